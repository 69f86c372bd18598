package fuzz_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// morePages are pages of every kind that DecodeString8 has a way of its own for.
var morePages = append([]int{37, 500, 708, 720, 850, 866, 870, 936, 1253, 1255, 1257, 1361, 10001, 10007, 12000, 12001, 20936, 21866, 28593, 38598, 50221,
	51936, 57002, 1201, -1}, codePages...)

var codePageTexts = []string{"\x01\x02\x03\x04plain", "\x05\x06\x07\x00\x93\xfa\x96\x7b\x8c\xea", "\x10\x11\x12\x01\x93\xfa\x00\x96", "\x1e\x1f\x20\x00\x1b$B$\"\x1b(B",
	"\x2a\x2b\x2c\x00~{VP~}\xff", "\x2c\x2d\x2e\x03+AOk-\x80\xef\xbf\xbd", "\x0b\x0c\x0d\x01a\x0e12\x0fb", "\x09\x01\x02\x00\xfe\x50\x81\x40\xf9\xfe"}

// checkDecode8 gives 8-bit text, one or a list, the first of three code pages that it can be in: the bytes stay what they
// were, the page is one of those, what cannot be read is told where it is, and nothing else is.
func checkDecode8(tb testing.TB, b []byte) {
	s := &source{b}
	pages := make([]dump.Page, 3)
	for i := range pages {
		pages[i] = dump.Page{Number: morePages[s.below(len(morePages))], Source: "test"}
	}
	list := s.one(2)
	var v mapi.Value = mapi.String8{Raw: bytes.Clone(s.b)}
	if list {
		var all mapi.MultipleString8
		for part := range bytes.SplitSeq(s.b, []byte{0}) {
			all = append(all, mapi.String8{Raw: bytes.Clone(part)})
		}
		v = all
	}
	before, _ := v.AppendBinary(nil) // never fails
	read, chosen, depends, found := dump.Decode8(v, pages)
	after, err := read.AppendBinary(nil)
	if err != nil || !bytes.Equal(before, after) || chosen < 0 || chosen >= len(pages) || read.Type() != v.Type() {
		tb.Fatalf("%v: %x became %x, page %d, %v", pages, before, after, chosen, err)
	}
	all, one := read.(mapi.MultipleString8)
	if !one {
		all = mapi.MultipleString8{read.(mapi.String8)}
	}
	damaged := 0
	for _, e := range all {
		if e.CodePage != pages[chosen].Number || e.Source != "test" {
			tb.Fatalf("%v: chose %d, read %+v", pages, chosen, e)
		}
		_, n, err := mapi.DecodeString8(e.Raw, e.CodePage)
		if n > 0 || err != nil {
			damaged++
		}
		if !depends && (e.String() != string(e.Raw)) {
			tb.Fatalf("%d: %x is %q, and does not depend on the page", e.CodePage, e.Raw, e)
		}
		checkSingle(tb, e)
	}
	if (damaged > 0) != (len(found) > 0) && depends {
		tb.Fatalf("%v: %d values cannot be read, but it says %v", pages[chosen], damaged, found)
	}
	for _, f := range found {
		if f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(after) || f.Msg == "" || f.Severity == 0 {
			tb.Fatalf("%v: %#v of %d bytes", pages[chosen], f, len(after))
		}
	}
	checkShown(tb, read)
}

// checkSingle writes text of a page of one byte a character again: the bytes are the same but for those that the page leaves
// undefined.
func checkSingle(tb testing.TB, v mapi.String8) {
	tb.Helper()
	table := map[int]*charmap.Charmap{850: charmap.CodePage850, 866: charmap.CodePage866, 1250: charmap.Windows1250, 1251: charmap.Windows1251,
		1253: charmap.Windows1253, 1258: charmap.Windows1258, 21866: charmap.KOI8U, 37: charmap.CodePage037}[v.CodePage]
	if table == nil {
		return
	}
	runes := []rune(strings.ToValidUTF8(v.String(), "\uFFFD"))
	if len(runes) != len(v.Raw) {
		tb.Fatalf("%d: %x is %d characters", v.CodePage, v.Raw, len(runes))
	}
	for i, r := range runes {
		if table.DecodeByte(v.Raw[i]) == utf8.RuneError {
			continue
		}
		if c, ok := table.EncodeRune(r); !ok || c != v.Raw[i] {
			tb.Fatalf("%d: %02X is %U, which is written as %02X, %v", v.CodePage, v.Raw[i], r, c, ok)
		}
	}
}
