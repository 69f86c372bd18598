package oof

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// BodyForm is the form in which a message has its text.
type BodyForm string

// The forms.
const (
	NoBody    BodyForm = "none"
	PlainBody BodyForm = "plain" // PidTagBody
	RTFBody   BodyForm = "rtf"   // PidTagRtfCompressed
	HTMLBody  BodyForm = "html"  // PidTagHtml
)

// Body is the text of a message, out of that of its properties which is the original: [MS-OXBBODY] 2.1.3.1.
type Body struct {
	Form     BodyForm
	Text     string // as plain text
	HTML     string // its markup, where there is any: of HTML, and of RTF that was made of it
	CodePage int    // of the bytes it was read from, 0 where it was in Unicode
	PageFrom string // what said so: "PidTagInternetCodepage"
}

// Tags of the properties that say which body is the original.
const (
	tagRtfInSync  mapi.PropTag = 0x0E1F000B // PidTagRtfInSync
	tagNativeBody mapi.PropTag = 0x10160003 // PidTagNativeBody
)

// bodyReader reads a body and reports what it found, with the name of the property as the path.
type bodyReader struct {
	p mapi.Props
	r *diag.Report
}

// bodyOf returns the body among some properties. r may be nil.
func bodyOf(p mapi.Props, r *diag.Report) Body {
	b := bodyReader{p, r}
	plain, isPlain := b.value(mapi.PidTagBody)
	packed, isRTF := b.value(mapi.PidTagRtfCompressed)
	html, isHTML := b.value(mapi.PidTagHtml)
	native := 0
	if v, ok := b.value(tagNativeBody); ok {
		n, _ := v.(mapi.Integer32)
		native = int(n)
	}
	inSync := false
	if v, ok := b.value(tagRtfInSync); ok {
		sync, _ := v.(mapi.Boolean)
		inSync = sync.Bool()
	}
	switch {
	case native == 1 && isPlain:
		return b.plain(plain)
	case native == 2 && isRTF:
		return b.rtf(packed)
	case native == 3 && isHTML:
		return b.html(html)
	case isRTF && (inSync && (isPlain || isHTML) || !isPlain && !isHTML):
		return b.rtf(packed)
	case isHTML:
		return b.html(html)
	case isPlain:
		return b.plain(plain)
	}
	return Body{Form: NoBody}
}

// value returns the value of a property that is there, whatever the type of its text.
func (b *bodyReader) value(tag mapi.PropTag) (mapi.Value, bool) {
	p, ok := b.p.LookupID(tag.ID())
	if !ok || p.Value == nil {
		return nil, false
	}
	if _, missing := p.Value.(mapi.ErrorCode); missing {
		return nil, false
	}
	return p.Value, true
}

func (b *bodyReader) find(f diag.Finding, property string) {
	if b.r == nil {
		return
	}
	if f.Path == "" || strings.HasPrefix(f.Path, "Ptyp") {
		f.Path = property
	} else {
		f.Path = property + "." + f.Path
	}
	b.r.Add(f)
}

// text returns the text of a value that is one.
func (b *bodyReader) text(v mapi.Value, property string) (text string, codePage int, from string) {
	switch v := v.(type) {
	case mapi.String:
		return string(v), 0, ""
	case mapi.String8:
		text, found := v.Text()
		for _, f := range found {
			b.find(f, property)
		}
		return text, v.CodePage, v.Source
	case mapi.Binary: // of a string that an exporter could not have as one
		cp, from := mapi.CodePage(b.p, 0, 0)
		if bytes.IndexByte(v, 0) >= 0 {
			return string(wtf8.AppendDecode(nil, v)), 1200, "bytes"
		}
		return b.decode(v, cp, property), cp, from
	}
	return v.String(), 0, ""
}

func (b *bodyReader) decode(raw []byte, cp int, property string) string {
	text, found := mapi.String8{Raw: raw, CodePage: cp}.Text()
	for _, f := range found {
		b.find(f, property)
	}
	return text
}

func (b *bodyReader) plain(v mapi.Value) Body {
	text, cp, from := b.text(v, "PidTagBody")
	return Body{Form: PlainBody, Text: trimText(text), CodePage: cp, PageFrom: from}
}

func (b *bodyReader) rtf(v mapi.Value) Body {
	raw, ok := v.(mapi.Binary)
	if !ok {
		b.find(diag.Finding{Severity: diag.Error, Code: BodyNotRead, Span: diag.Span{Offset: -1}, Msg: "is no binary"}, "PidTagRtfCompressed")
		return Body{Form: RTFBody}
	}
	packed, report := rtf.Inspect(raw)
	for f := range report.Findings() {
		b.find(f, "PidTagRtfCompressed")
	}
	inside, found := rtf.Deencapsulate(packed.AppendRTF(nil))
	for _, f := range found {
		f.Span = diag.Span{Offset: -1} // its offset is one in what was compressed
		b.find(f, "PidTagRtfCompressed.RTF")
	}
	body := Body{Form: RTFBody, Text: trimText(inside.Text), CodePage: inside.CodePage, PageFrom: "RTF"}
	if inside.Encapsulation == rtf.HTML {
		body.HTML, body.Text = inside.Text, htmlText(inside.Text)
	}
	return body
}

func (b *bodyReader) html(v mapi.Value) Body {
	raw, ok := v.(mapi.Binary)
	if !ok {
		text, cp, from := b.text(v, "PidTagHtml")
		return Body{Form: HTMLBody, HTML: text, Text: htmlText(text), CodePage: cp, PageFrom: from}
	}
	cp, from := b.htmlPage(raw)
	text := ""
	switch {
	case cp == 1200:
		text = string(wtf8.AppendDecode(nil, bytes.TrimPrefix(raw, []byte{0xFF, 0xFE})))
	default:
		text = b.decode(bytes.TrimPrefix(raw, []byte("\uFEFF")), cp, "PidTagHtml")
	}
	return Body{Form: HTMLBody, HTML: text, Text: htmlText(text), CodePage: cp, PageFrom: from}
}

// htmlPage returns the code page of the bytes of PidTagHtml, and what says so: the property does before the document.
func (b *bodyReader) htmlPage(raw []byte) (cp int, from string) {
	name, meta := metaCharset(raw)
	if v, ok := b.value(mapi.PidTagInternetCodepage); ok {
		if n, ok := v.(mapi.Integer32); ok && n > 0 {
			if meta > 0 && meta != int(n) {
				b.find(diag.Finding{Severity: diag.Info, Code: CharsetDiffers, Span: diag.Span{Offset: -1},
					Msg: fmt.Sprintf("names the charset %q, and PidTagInternetCodepage is %d: read as the latter", name, n)}, "PidTagHtml")
			}
			return int(n), "PidTagInternetCodepage"
		}
	}
	switch {
	case bytes.HasPrefix(raw, []byte("\uFEFF")):
		return 65001, "byte order mark"
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return 1200, "byte order mark"
	case meta > 0:
		return meta, "meta element"
	}
	return mapi.CodePage(b.p, 0, 0)
}

// metaCharset returns the charset that HTML names, and its code page, 0 where it is none that is known.
func metaCharset(raw []byte) (name string, cp int) {
	head := bytes.ToLower(raw[:min(len(raw), 2048)])
	_, after, ok := bytes.Cut(head, []byte("charset="))
	if !ok {
		return "", 0
	}
	after = bytes.TrimLeft(after, "\"' ")
	if i := bytes.IndexAny(after, "\"' >;/"); i >= 0 {
		after = after[:i]
	}
	name = string(after)
	if n, ok := strings.CutPrefix(name, "windows-"); ok {
		_, _ = fmt.Sscanf(n, "%d", &cp) // 0 where it is no number
		return name, cp
	}
	if n, ok := strings.CutPrefix(name, "iso-8859-"); ok {
		if _, err := fmt.Sscanf(n, "%d", &cp); err == nil {
			cp += 28590
		}
		return name, cp
	}
	return name, map[string]int{"utf-8": 65001, "us-ascii": 20127, "shift_jis": 932, "gb2312": 936, "gbk": 936, "gb18030": 54936, "big5": 950,
		"euc-kr": 51949, "ks_c_5601-1987": 949, "iso-2022-jp": 50220, "euc-jp": 51932, "koi8-r": 20866, "koi8-u": 21866}[name]
}
