package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// WebViews is the value of PidTagFolderWebviewinfo (0x36DF): the home page of a folder, which Outlook shows in the place of
// the folder's items. No section of [MS-OXPROPS] describes it; the layout is that of MFCMAPI.
type WebViews struct {
	Views []WebView
}

// WebView is one home page. No section of [MS-OXPROPS] describes it.
type WebView struct {
	Version uint32   // dwVersion: 2
	Type    uint32   // dwType: 1, Data is a URL
	Flags   uint32   // dwFlags: 1, the page is shown unless the user says otherwise
	Unused  [28]byte // dwUnused
	Data    []byte   // as many bytes as cbData says: UTF-16LE text with a NUL at its end, where Type is 1
}

const (
	webViewVersion = 2
	webViewURL     = 1
	webViewShown   = 1
	webViewHeader  = 44
)

var webViewFormat = format{"webview", wire.Words{Truncated: Truncated, Spec: webViewSpec}}

const webViewSpec = "MFCMAPI, WebViewPersistStream"

var webViewFields = []wire.Field{
	{Name: "dwVersion", Size: 4}, {Name: "dwType", Size: 4, Meaning: func(b []byte) string {
		if binary.LittleEndian.Uint32(b) == webViewURL {
			return "WEBVIEWURL"
		}
		return ""
	}}, {Name: "dwFlags", Size: 4, Meaning: func(b []byte) string {
		if binary.LittleEndian.Uint32(b)&webViewShown != 0 {
			return "WEBVIEW_FLAGS_SHOWBYDEFAULT"
		}
		return ""
	}}, {Name: "dwUnused", Kind: diag.Bytes, Size: 28}, {Name: "cbData", Size: 4},
}

// DecodeWebViews decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept. No bytes are no home pages.
func DecodeWebViews(b []byte) (*WebViews, error) { return decode[WebViews](b) }

// InspectWebViews decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectWebViews(b []byte) (*WebViews, *diag.Report) { return inspect[WebViews](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *WebViews) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *WebViews) format() *format { return &webViewFormat }

func (v *WebViews) read(c *wire.Cursor) {
	v.Views = room(v.Views, min(c.Left()/webViewHeader, 64))
	for i := 0; c.Left() > 0; i++ {
		c.In("WebViews", i)
		at := c.Offset()
		b := c.Run(webViewFields, webViewHeader)
		if b == nil {
			c.Out()
			return
		}
		var w *WebView
		v.Views, w = next(v.Views)
		u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
		*w = WebView{u32(0), u32(4), u32(8), [28]byte(b[12:]), w.Data[:0]}
		data, n := c.Offset(), uint64(u32(40))
		if w.Type == webViewURL {
			w.Data = keep(w.Data, c.BytesAs("data", n, urlText))
		} else {
			w.Data = keep(w.Data, c.Bytes("data", n))
		}
		if !c.Dead() && c.Recording() {
			w.check(c, at, data)
		}
		c.Out()
	}
}

func urlText(b []byte) string { return fmt.Sprintf("%q", WebView{Type: webViewURL, Data: b}.URL()) }

func (w *WebView) check(c *wire.Cursor, at, data int) {
	if w.Version != webViewVersion {
		c.Find(diag.Warning, WebViewVersion, "dwVersion", at, 4, "is %d, must be %d", w.Version, webViewVersion)
	}
	if w.Type != webViewURL {
		c.Find(diag.Warning, WebViewType, "dwType", at+4, 4, "is %d, must be %d for a URL; what the data is, is not known", w.Type, webViewURL)
		return
	}
	if n := len(w.Data); n%2 != 0 || n < 2 || w.Data[n-2] != 0 || w.Data[n-1] != 0 {
		c.Find(diag.Warning, WebViewText, "data", data, n, "is no UTF-16 text with a NUL at its end")
	}
	if url := w.URL(); url != "" {
		c.Find(diag.Info, HomePage, "data", data, len(w.Data), "shows %q in the place of the folder", url)
	}
}

// URL returns the address of the page, in WTF-8 where surrogates are unpaired, without the NULs at its end. It is empty for
// views that are of no URL.
func (w WebView) URL() string {
	if w.Type != webViewURL {
		return ""
	}
	return strings.TrimRight(string(wtf8.AppendDecode(nil, w.Data)), "\x00")
}

// Shown reports whether Outlook shows the page when the folder is opened.
func (w WebView) Shown() bool { return w.Flags&webViewShown != 0 }

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about Data of more bytes than cbData can
// count.
func (v *WebViews) AppendBinary(b []byte) ([]byte, error) {
	for i := range v.Views {
		if n := len(v.Views[i].Data); uint64(n) > math.MaxUint32 {
			return b, fmt.Errorf("blob: WebViews[%d]: data of %d bytes do not fit into 32 bits", i, n)
		}
	}
	for i := range v.Views {
		w := &v.Views[i]
		b = binary.LittleEndian.AppendUint32(b, w.Version)
		b = binary.LittleEndian.AppendUint32(b, w.Type)
		b = binary.LittleEndian.AppendUint32(b, w.Flags)
		b = append(b, w.Unused[:]...)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(w.Data)))
		b = append(b, w.Data...)
	}
	return b, nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *WebViews) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *WebViews) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *WebViews) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. Beside the bytes of a URL it has the text, which is not read again.
func (v *WebViews) AppendJSON(b []byte) []byte {
	b = appendList(append(b, '{'), "views", len(v.Views), func(b []byte, i int) []byte {
		w := &v.Views[i]
		b = appendUint(append(b, '{'), "version", uint64(w.Version))
		b = appendUint(b, "type", uint64(w.Type))
		b = appendUint(b, "flags", uint64(w.Flags))
		if w.Unused != [28]byte{} {
			b = appendHex(b, "unused", w.Unused[:])
		}
		if w.Type == webViewURL {
			b = appendText(b, "url", w.URL())
		}
		return append(appendHex(b, "data", w.Data), '}')
	})
	return append(b, '}')
}

// UnmarshalJSON reads the value form into v.
func (v *WebViews) UnmarshalJSON(b []byte) error {
	var form struct {
		Views []struct {
			Version, Type, Flags uint32
			Unused, Data         jsonform.Hex
		}
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	views := make([]WebView, len(form.Views))
	for i, f := range form.Views {
		if n := len(f.Unused); n != 28 && f.Unused != nil {
			return fmt.Errorf("blob: views[%d].unused: is %d bytes, must be 28", i, n)
		}
		views[i] = WebView{Version: f.Version, Type: f.Type, Flags: f.Flags, Data: f.Data}
		copy(views[i].Unused[:], f.Unused)
	}
	*v = WebViews{views}
	return nil
}
