package cfbfs

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// TestCorpusRTF takes the text out of every PidTagRtfCompressed of the corpus. Nothing is wrong with any, and the text is the
// one that Outlook has put beside it.
func TestCorpusRTF(t *testing.T) {
	values, compared := 0, map[rtf.Encapsulation]int{}
	check := func(name string, records []dump.Record) {
		items := map[string]*bodies{}
		for _, rec := range records {
			if items[rec.Item] == nil {
				items[rec.Item] = new(bodies)
			}
			items[rec.Item].add(rec)
		}
		for item, b := range items {
			if b.compressed == nil {
				continue
			}
			values++
			if form, ok := b.check(t, name+": "+item); ok {
				compared[form]++
			}
		}
	}
	for _, p := range corpus(t) {
		if recs, _, err := readMsg(t, p); err == nil {
			check(filepath.Base(p), recs)
		}
	}
	list, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "tnef", "*", "*"))
	require.NoError(t, err)
	for _, p := range list {
		f, err := os.Open(p)
		require.NoError(t, err)
		var recs []dump.Record
		for rec, err := range tnef.NewReader(f, filepath.Base(p), 0).Records() {
			if err == nil {
				recs = append(recs, rec)
			}
		}
		require.NoError(t, f.Close())
		check(filepath.Base(p), recs)
	}
	t.Log(values, compared)
	require.GreaterOrEqual(t, values, 50)
	require.GreaterOrEqual(t, compared[rtf.HTML], 35)
	require.GreaterOrEqual(t, compared[rtf.Native], 10)
	require.GreaterOrEqual(t, compared[rtf.PlainText], 5)
}

// bodies are those of one item.
type bodies struct {
	compressed, html []byte
	text             string
	hasText          bool
}

func (b *bodies) add(rec dump.Record) {
	switch rec.Prop.Tag {
	case mapi.PidTagRtfCompressed:
		b.compressed = rec.Raw
	case 0x10130102:
		b.html = rec.Raw
	case 0x1000001F, 0x1000001E:
		switch v := rec.Prop.Value.(type) {
		case mapi.String:
			b.text, b.hasText = string(v), true
		case mapi.String8:
			b.text, _ = v.Text()
			b.hasText = true
		}
	}
}

// check reports whether there was a text to compare with, and what the RTF was made of.
func (b *bodies) check(t *testing.T, name string) (rtf.Encapsulation, bool) {
	v, r := rtf.Inspect(b.compressed)
	for f := range r.Findings() {
		require.Equal(t, rtf.Padding, f.Code, "%s: %v", name, f)
	}
	text, err := rtf.Decompress(nil, b.compressed)
	require.NoError(t, err)
	require.EqualValues(t, v.RawSize, len(text))
	body, found := rtf.Deencapsulate(text)
	for _, f := range found {
		require.Less(t, f.Severity, diag.Warning, "%s: %v", name, f)
	}
	if !b.hasText {
		return 0, false
	}
	got := body.Text
	if body.Encapsulation == rtf.HTML {
		got = visible(got)
		if b.html != nil {
			same(t, visible(string(b.html)), got, name)
		}
	}
	same(t, addition.ReplaceAllString(b.text, ""), rule.ReplaceAllString(got, ""), name)
	return body.Encapsulation, true
}

var (
	// invisible are the parts of HTML that have no text, and the marks of conditions around those that have some.
	invisible = regexp.MustCompile(`(?is)<head.*?</head>|<style.*?</style>|<!--.*?-->|<script.*?</script>|<xml>.*?</xml>|<!\[.*?\]>`)
	image     = regexp.MustCompile(`(?is)<img[^>]*?\balt="([^"]*)"[^>]*>`)
	markup    = regexp.MustCompile(`(?s)<[^>]*>`)
	// addition is what Outlook adds to a text that it makes of HTML: where links lead to, and rules. A text can have the latter
	// of its own.
	addition = regexp.MustCompile(`<(https?|mailto|file|tel):[^>]*>|_{20,}`)
	rule     = regexp.MustCompile(`_{20,}`)
)

// visible returns the text of HTML.
func visible(s string) string {
	s = invisible.ReplaceAllString(s, "")
	s = image.ReplaceAllString(s, " $1 ")
	return html.UnescapeString(markup.ReplaceAllString(s, ""))
}

// fold drops what is no character to see.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0xFEFF || r == 0x200B {
			return -1
		}
		return r
	}, s)
}

// same compares what is to be seen of two texts.
func same(t *testing.T, want, got, name string) {
	want, got = fold(want), fold(got)
	n := 0
	for n < len(want) && n < len(got) && want[n] == got[n] {
		n++
	}
	if want != got {
		t.Errorf("%s: after %d bytes: %.80q, want %.80q", name, n, got[n:], want[n:])
	}
}
