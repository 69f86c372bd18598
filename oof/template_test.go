package oof_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

func prop(tag mapi.PropTag, v mapi.Value) mapi.Prop { return mapi.Prop{Tag: tag, Value: v} }

// packed returns RTF as PidTagRtfCompressed.
func packed(t testing.TB, text string) mapi.Binary {
	v, err := rtf.New([]byte(text), rtf.LZFu)
	require.NoError(t, err)
	b, err := v.MarshalBinary()
	require.NoError(t, err)
	return b
}

// TestBody chooses the body that is the original, and reads it in its code page.
func TestBody(t *testing.T) {
	plain, html := prop(0x1000001F, mapi.String("plain")), prop(0x10130102, mapi.Binary("<p>html</p>"))
	native := prop(0x10090102, packed(t, `{\rtf1\ansi native\par}`))
	fromHTML := prop(0x10090102, packed(t, `{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}of <html>{\*\htmltag72 </p>}}`))
	page := func(n int32) mapi.Prop { return prop(0x3FDE0003, mapi.Integer32(n)) }
	for _, tt := range []struct {
		name  string
		props mapi.Props
		form  oof.BodyForm
		text  string
		page  int
		found []diag.Code
	}{
		{"none", nil, oof.NoBody, "", 0, nil},
		{"plain", mapi.Props{plain}, oof.PlainBody, "plain", 0, nil},
		{"html", mapi.Props{html}, oof.HTMLBody, "html", 1252, nil},
		{"plain and html", mapi.Props{plain, html}, oof.HTMLBody, "html", 1252, nil},
		{"rtf", mapi.Props{native}, oof.RTFBody, "native", 1252, []diag.Code{"rtf.native"}},
		{"plain and rtf", mapi.Props{plain, native}, oof.PlainBody, "plain", 0, nil},
		{"plain and rtf, in sync", mapi.Props{plain, native, prop(0x0E1F000B, mapi.Boolean(1))}, oof.RTFBody, "native", 1252, []diag.Code{"rtf.native"}},
		{"html and rtf, in sync", mapi.Props{html, native, prop(0x0E1F000B, mapi.Boolean(1))}, oof.RTFBody, "native", 1252, []diag.Code{"rtf.native"}},
		{"html and rtf", mapi.Props{html, native}, oof.HTMLBody, "html", 1252, nil},
		{"native says plain", mapi.Props{plain, html, prop(0x10160003, mapi.Integer32(1))}, oof.PlainBody, "plain", 0, nil},
		{"native says rtf", mapi.Props{plain, html, native, prop(0x10160003, mapi.Integer32(2))}, oof.RTFBody, "native", 1252, []diag.Code{"rtf.native"}},
		{"native says html, which is not there", mapi.Props{plain, prop(0x10160003, mapi.Integer32(3))}, oof.PlainBody, "plain", 0, nil},
		{"rtf made of html", mapi.Props{fromHTML}, oof.RTFBody, "of <html>", 1252, nil},
		{"utf-8", mapi.Props{prop(0x10130102, mapi.Binary("<p>caf\u00e9</p>")), page(65001)}, oof.HTMLBody, "caf\u00e9", 65001, nil},
		{"1252 by default", mapi.Props{prop(0x10130102, mapi.Binary("<p>caf\xe9</p>"))}, oof.HTMLBody, "caf\u00e9", 1252, nil},
		{"1251", mapi.Props{prop(0x10130102, mapi.Binary("\xcf\xf0\xe8")), page(1251)}, oof.HTMLBody, "\u041f\u0440\u0438", 1251, nil},
		{"by its own word", mapi.Props{prop(0x10130102, mapi.Binary("<meta charset=\"windows-1251\">\xcf"))}, oof.HTMLBody, "\u041f", 1251, nil},
		{"by its own word, iso", mapi.Props{prop(0x10130102, mapi.Binary("<meta content='text/html; charset=iso-8859-5'>\xbf"))}, oof.HTMLBody, "\u041f", 28595, nil},
		{"the property goes before the word", mapi.Props{prop(0x10130102, mapi.Binary("<meta charset=utf-8>\xe9")), page(1252)}, oof.HTMLBody, "\u00e9", 1252, []diag.Code{oof.CharsetDiffers}},
		{"a byte order mark", mapi.Props{prop(0x10130102, mapi.Binary("\uFEFF<p>\u00e9"))}, oof.HTMLBody, "\u00e9", 65001, nil},
		{"utf-16", mapi.Props{prop(0x10130102, mapi.Binary("\xff\xfe<\x00b\x00>\x00\xac\x20"))}, oof.HTMLBody, "\u20ac", 1200, nil},
		{"html as text", mapi.Props{prop(0x1013001F, mapi.String("<p>\u00e9"))}, oof.HTMLBody, "\u00e9", 0, nil},
		{"plain, of 8 bits", mapi.Props{prop(0x1000001E, mapi.String8{Raw: []byte("\x82\xa0"), CodePage: 932, Source: "container"})}, oof.PlainBody, "\u3042", 932, nil},
		{"damaged", mapi.Props{prop(0x10130102, mapi.Binary("\xff")), page(65001)}, oof.HTMLBody, "\uFFFD", 65001, []diag.Code{mapi.DamagedText}},
		{"rtf that is none", mapi.Props{prop(0x10090102, mapi.Binary("x"))}, oof.RTFBody, "", 1252, []diag.Code{rtf.Truncated}},
		{"an error in its place", mapi.Props{prop(0x1000000A, mapi.ErrorCode(0x8004010F)), html}, oof.HTMLBody, "html", 1252, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id := guidOf(1)
			v, r := oof.Inspect(append(mapi.Props{prop(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")), prop(0x65C20102, mapi.Binary(id[:]))}, tt.props...))
			require.Equal(t, tt.form, v.Body.Form)
			require.Equal(t, tt.text, v.Body.Text)
			require.Equal(t, tt.page, v.Body.CodePage)
			var found []diag.Code
			for f := range r.Findings() {
				found = append(found, f.Code)
			}
			require.Subset(t, found, tt.found)
			if tt.found == nil {
				require.Empty(t, found)
			}
			checkTemplateJSON(t, v)
		})
	}
}

func checkTemplateJSON(t *testing.T, v *oof.Template) {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	var back oof.Template
	require.NoError(t, json.Unmarshal(b, &back), "%s", b)
	if diff := cmp.Diff(v, &back); diff != "" && v.Body.CodePage != 0 {
		t.Fatalf("%s (-written +read):\n%s", b, diff)
	}
}

func TestTemplate(t *testing.T) {
	id := guid.GUID{1, 2, 3, 4}
	v, err := oof.Decode(mapi.Props{prop(0x001A001F, mapi.String("ipm.note.rules.externalooftemplate.MICROSOFT")), prop(0x65C20102, mapi.Binary(id[:])),
		prop(0x40800003, mapi.Integer32(3)), prop(0x0037001F, mapi.String("")), prop(0x0E1D001F, mapi.String("Away")), prop(0x1000001F, mapi.String("X\r\n")),
		prop(0x30080040, mapi.Time(fileTime("2008-07-08T12:00"))), prop(0x3FFA001F, mapi.String("BESAdmin")), prop(0x0FFF0102, mapi.Binary{1, 2}),
		prop(0x674A0014, mapi.Integer64(-2))})
	require.NoError(t, err)
	require.Equal(t, &oof.Template{MessageClass: "ipm.note.rules.externalooftemplate.MICROSOFT", Audience: oof.External, ID: id, HasID: true, ReplyType: oof.ReplyExternal,
		Subject: "Away", Body: oof.Body{Form: oof.PlainBody, Text: "X"}, Modified: fileTime("2008-07-08T12:00"), LastModifier: "BESAdmin", EntryID: []byte{1, 2},
		MID: 0xFFFFFFFFFFFFFFFE}, v)
	b, err := json.Marshal(v)
	require.NoError(t, err)
	var back oof.Template
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, v, &back)

	_, err = oof.Decode(mapi.Props{prop(0x001A001F, mapi.String("IPM.Note"))})
	require.ErrorIs(t, err, oof.NotTemplate)
	_, r := oof.Inspect(mapi.Props{prop(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")), prop(0x65C20102, mapi.Binary{1}), prop(0x10090003, mapi.Integer32(1))})
	var found []diag.Code
	for f := range r.Findings() {
		found = append(found, f.Code)
	}
	require.Equal(t, []diag.Code{oof.TemplateNoGUID, oof.BodyNotRead}, found)
	for _, text := range []string{`{"id":"x"}`, `{"mid":"x"}`, `[]`, `{"entryID":"x"}`} {
		require.Error(t, json.Unmarshal([]byte(text), &back), text)
	}
}

func TestClasses(t *testing.T) {
	for class, want := range map[string]oof.Class{
		"IPM.Microsoft.OOF.UserOofSettings": oof.ClassSettings, "ipm.microsoft.oof.USEROOFSETTINGS": oof.ClassSettings,
		"IPM.Microsoft.OOF.UserOofSettings.x": oof.ClassOther, "IPM.Note.Rules.OofTemplate.Microsoft": oof.ClassTemplate,
		"IPM.Note.Rules.OofTemplate.Microsoft.x": oof.ClassTemplate, "IPM.Note.Rules.OofTemplate.Microsoftx": oof.ClassOther,
		"IPM.Note.Rules.ExternalOofTemplate.Microsoft": oof.ClassExternal, "IPM.RuleOrganizer.ClientRules": oof.ClassRuleOrganizer, "": oof.ClassOther, "IPM.Note": oof.ClassOther,
	} {
		require.Equal(t, want, oof.ClassOf(class), class)
	}
	for c := oof.ClassSettings; c <= oof.ClassRuleOrganizer; c++ {
		require.Equal(t, c, oof.ClassOf(c.String()))
	}
}

func TestNature(t *testing.T) {
	for _, tt := range []struct {
		name  string
		item  mapi.Item
		want  oof.Nature
		which string
	}{
		{"nothing", mapi.Item{}, oof.NatureUnknown, ""},
		{"associated table", mapi.Item{Associated: true}, oof.NatureTemplate, ""},
		{"flags", mapi.Item{Props: mapi.Props{prop(0x0E070003, mapi.Integer32(0x41))}}, oof.NatureTemplate, "PidTagMessageFlags"},
		{"flags of a message", mapi.Item{Props: mapi.Props{prop(0x0E070003, mapi.Integer32(1)), prop(0x65C20102, mapi.Binary{1})}}, oof.NatureReply, "PidTagMessageFlags"},
		{"PidTagAssociated", mapi.Item{Props: mapi.Props{prop(0x67AA000B, mapi.Boolean(1))}}, oof.NatureTemplate, "PidTagAssociated"},
		{"not associated", mapi.Item{Props: mapi.Props{prop(0x67AA000B, mapi.Boolean(0))}}, oof.NatureReply, "PidTagAssociated"},
		{"an id", mapi.Item{Props: mapi.Props{prop(0x65C20102, mapi.Binary{1}), prop(0x0C1A001F, mapi.String("b"))}}, oof.NatureTemplate, "PidTagReplyTemplateId"},
		{"a sender", mapi.Item{Props: mapi.Props{prop(0x0C1A001F, mapi.String("b"))}}, oof.NatureReply, "PidTagSenderName"},
		{"a delivery", mapi.Item{Props: mapi.Props{prop(0x0E060040, mapi.Time(1))}}, oof.NatureReply, "PidTagMessageDeliveryTime"},
	} {
		n, which := oof.NatureOf(&tt.item)
		require.Equal(t, tt.want, n, tt.name)
		require.Equal(t, tt.which, which, tt.name)
	}
}
