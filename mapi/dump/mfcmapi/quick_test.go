package mfcmapi

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// pieces returns a text made of n of the pieces, in any order.
func pieces(r *rand.Rand, n int, of ...string) []byte {
	var b []byte
	for range n {
		b = append(b, of[r.IntN(len(of))]...)
	}
	return b
}

// rounds is how often a test with random input goes round: a tenth of n in a short run, such as that of the race detector.
func rounds(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// TestUsualTag reads tags as the exporter writes them, and those that nearly are, in the quick way and in the long one.
func TestUsualTag(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	quick := 0
	for range rounds(300000) {
		in := []byte([]string{` cb="70" >...`, ` cb="70">...`, ` num="0x00000001">...`, ` listtype="FullPropList">`}[r.IntN(4)])
		for range r.IntN(4) {
			at := r.IntN(len(in))
			switch r.IntN(3) {
			case 0:
				in = slices.Delete(in, at, min(len(in), at+1+r.IntN(3)))
			case 1:
				in[at] = "\"' ><=/?&\n\xE2aZ9_"[r.IntN(15)]
			default:
				in = slices.Insert(in, at, pieces(r, 1, `"`, ` `, `>`, `<`, `=`, "\u201C", "\u201D", `type="`, `" >`, "x", "\u00A0")...)
			}
			if len(in) == 0 {
				in = []byte{'>'}
			}
		}
		var a, b tag
		n := a.usual(in)
		if n == 0 {
			continue
		}
		quick++
		if want := b.attributes(in, r.IntN(2) == 0); n != want {
			t.Fatalf("%q: %d, want %d", in, n, want)
		}
		same := slices.EqualFunc(a.attrs, b.attrs, func(x, y attr) bool {
			return bytes.Equal(x.name, y.name) && bytes.Equal(x.value, y.value)
		})
		if !same || a.self != b.self || a.smart != b.smart || a.odd != b.odd {
			t.Fatalf("%q: %+v, want %+v", in, a, b)
		}
	}
	if quick < rounds(50000) {
		t.Fatalf("%d were read the quick way: the test tests nothing", quick)
	}
}

// TestPlainContent reads texts in the quick way and in the long one.
func TestPlainContent(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	quick := 0
	for range rounds(4000) {
		in := string(pieces(r, r.IntN(6), "text", " ", "]]>", "]]", ">", "\r\n", "</Value", "<Value>", "<", "\u00E9"))
		in += []string{"</Value>", "]]></Value>", "]]> </Value>", "</value>", "</Value >"}[r.IntN(5)] + strings.Repeat(".", r.IntN(2*maxGap))
		cdata := r.IntN(2) == 0
		read := func(content func(*Reader, element, bool, sink) bool) (bool, string, int) {
			rd := NewReader(strings.NewReader(in), "x", 0)
			rd.w.need(len(in))
			var out text
			out.reset(MaxText)
			ok := content(rd, elValue, cdata, &out)
			return ok, string(out.b), rd.w.pos
		}
		ok, out, pos := read((*Reader).plainContent)
		if !ok {
			if pos != 0 || out != "" {
				t.Fatalf("%q: was not read, but %q was", in, out)
			}
			continue
		}
		quick++
		if wantOK, want, wantPos := read((*Reader).anyContent); ok != wantOK || out != want || pos != wantPos {
			t.Fatalf("%q: %q up to %d; want %v, %q up to %d", in, out, pos, wantOK, want, wantPos)
		}
	}
	if quick < rounds(200) {
		t.Fatalf("%d were read the quick way: the test tests nothing", quick)
	}
}

// TestPlainTexts puts what checkText looks for into texts, and reads them the quick way and the long one.
func TestPlainTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	long := strings.Repeat("plain text ", 300)
	found := 0
	for range rounds(100) {
		var b strings.Builder
		for range 30 {
			some := func() string {
				return string(pieces(r, 1+r.IntN(3), "a", "b", " ", long, "a", "b", "c", "\x00", "\uFFFE", "\u00E9", "\U0001F600"))
			}
			b.WriteString(prop("0x80010003", "PT_LONG", "<Name>"+some()+"</Name><NamedPropGUID>{00062002-0000-0000-C000-000000000046} = "+some()+
				"</NamedPropGUID><NamedPropName>"+some()+"</NamedPropName><Value>1"+some()+"</Value><AltValue>0x1"+some()+"</AltValue><SmartView><![CDATA["+some()+"]]></SmartView>") + "\r\n")
			if r.IntN(3) == 0 {
				b.WriteString(prop("0x80010003", "PT_LONG", "<Name>"+long+"</Name><Value>1</Value><AltValue>0x1</AltValue>"))
			}
		}
		for _, in := range []string{"\xEF\xBB\xBF" + b.String(), "\xFF\xFE" + utf16le(b.String())} {
			lines, recs := readAll(strings.NewReader(in), 0)
			checkLong(t, in, recs)
			found += strings.Count(strings.Join(lines, ""), "nul-character")
		}
	}
	if found == 0 {
		t.Fatal("nothing is found: the test tests nothing")
	}
}

// TestAppendQuote quotes every character, and what is none, as strconv does.
func TestAppendQuote(t *testing.T) {
	check := func(s string) {
		if got, want := string(appendQuote(nil, []byte(s))), strconv.Quote(s); got != want {
			t.Fatalf("%q: %s, want %s", s, got, want)
		}
	}
	for c := range rune(utf8.MaxRune + 1) {
		check("a" + string(c) + "b")
	}
	r := rand.New(rand.NewPCG(11, 12))
	for range rounds(100000) {
		in := pieces(r, r.IntN(50), "a", "\u00E9", "\xE9", "\u6F22", "\xED\xA0\x80", "\xF0\x9F", "\n", `"`, `\`, "\u200B", "\U0001F600", "\uFFFD", "\xFF")
		check(string(in))
		if got, want := string(appendExcerpt(nil, in)), strconv.Quote(excerpt(in)); got != want {
			t.Fatalf("%q: %s, want %s", in, got, want)
		}
	}
}

// TestCompareFolded compares texts character by character, and as wholes.
func TestCompareFolded(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	equal, begins := 0, 0
	for range rounds(300000) {
		of := []string{"a", "b", " ", "\t", "\r", "\n", "\r\n", "\u00A0", "\xC2", "\xA0", ".", "\x01", "\x00", "\u00E9"}
		a := pieces(r, r.IntN(5), of...)
		b := pieces(r, r.IntN(5), of...)
		if r.IntN(2) == 0 {
			b = append(bytes.Clone(a[:r.IntN(len(a)+1)]), pieces(r, r.IntN(2), of...)...)
		}
		x, y := fold(scrub(a)), fold(scrub(b))
		gotEqual, gotBegins := compareFolded(a, b)
		if wantEqual, wantBegins := bytes.Equal(x, y), len(y) > 0 && bytes.HasPrefix(x, y); gotEqual != wantEqual || gotBegins != wantBegins {
			t.Fatalf("%q and %q: %v, %v; want %v, %v", a, b, gotEqual, gotBegins, wantEqual, wantBegins)
		}
		if gotEqual {
			equal++
		}
		if gotBegins {
			begins++
		}
	}
	if equal < 1000 || begins < 1000 {
		t.Fatalf("%d are equal, %d begin so: the test tests nothing", equal, begins)
	}
}

// TestUsual reads exports as the exporter writes them, and those in which something is not, the quick way and the long one.
func TestUsual(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	seeds := []string{sample(t), mvRows(3)}
	for range 40 {
		body := []byte{}
		for range r.IntN(9) {
			name := []string{"Name", "OtherNames", "NamedPropGUID", "NamedPropName", "Value", "AltValue", "SmartView", "value"}[r.IntN(8)]
			body = append(body, "\r\n\t\t<"+name+[]string{"", "", ` cb="3" `, ` cb="3"`, " ", ` err="0x8007000E"`}[r.IntN(6)]+">"...)
			text := pieces(r, 1, "id: 0x8205=33285 = x", "{00062002-0000-0000-C000-000000000046} = X", "010203", "cb: 3 lpb: 010203", "NULL", "-1", "1", "-2147483648", "4294967295", "0xFFFF", "0x1", "0xFFFFFFFF", "0x80000000", "id: 0x8205=33286", "id: 0x8205=33285", "False", "Low: 0x1FE4C000 High: 0x01CD2AD8", "True", "a]]>", strings.Repeat("4142", 40), "")
			if r.IntN(3) == 0 {
				text = append(append([]byte("<![CDATA["), text...), "]]>"...)
			}
			body = append(append(body, text...), "</"+name+">"...)
		}
		kind := [][2]string{{"0102", "PT_BINARY"}, {"001F", "PT_UNICODE"}, {"001E", "PT_STRING8"}, {"0003", "PT_LONG"}, {"0040", "PT_SYSTIME"}, {"000B", "PT_BOOLEAN"}, {"0000", "PT_UNSPECIFIED"}, {"1003", "PT_MV_LONG"}, {"0003", "PT_I2"}}[r.IntN(9)]
		seeds = append(seeds, prop("0x8"+[]string{"001", "00x", "00f", "00F"}[r.IntN(4)]+kind[0], kind[1], string(body)))
	}
	for range rounds(3000) {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			one := []byte(seeds[r.IntN(len(seeds))])
			for range r.IntN(3) {
				at := r.IntN(len(one))
				switch r.IntN(3) {
				case 0:
					one = slices.Delete(one, at, min(len(one)-1, at+r.IntN(20)))
				case 1:
					one[at] = "\"' ><=/]&0\n\x00"[r.IntN(12)]
				default:
					one = slices.Insert(one, at, pieces(r, 1, `"`, " ", ">", "<", "</Value>", "<Value>", "]]>", "</property>", "<property", "\u00A0", "\u6F22", "\x00")...)
				}
			}
			b.Write(one)
			b.WriteString([]string{"\r\n", "", "\u00E9", strings.Repeat(" ", 600)}[r.IntN(4)])
		}
		if r.IntN(4) > 0 {
			b.WriteString(strings.Repeat("\r\n", maxTag)) // else the end is always read the long way
		}
		in := b.String()
		if utf8.ValidString(in) && r.IntN(2) == 0 {
			in = "\xFF\xFE" + utf16le(in)
		}
		_, recs := readAll(strings.NewReader(in), 0)
		checkLong(t, in, recs)
	}
}

// FuzzUsual reads any bytes, and many blanks behind them, the quick way and the long one.
func FuzzUsual(f *testing.F) {
	for _, in := range lawSeeds(f) {
		f.Add(in)
		f.Add("\xFF\xFE" + utf16le(in))
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, in := range []string{in, in + strings.Repeat(" \x00", maxTag)} {
			_, recs := readAll(strings.NewReader(in), 0)
			checkLong(t, in, recs)
		}
	})
}

// TestRemembered reads properties one after another, and each alone: what is remembered of those before changes nothing.
func TestRemembered(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	var all []string
	for _, tag := range []string{"0x0037", "0x1000", "0x3FFA", "0x0FFF", "0x8001", "0x8041", "0x6900"} {
		for _, kind := range [][2]string{{"0102", "PT_BINARY"}, {"001F", "PT_UNICODE"}, {"0102", "PT_UNICODE"}, {"0003", "PT_LONG"}, {"0102", "0x0102"}, {"0102", "?"}} {
			for _, set := range []string{"{00062002-0000-0000-C000-000000000046} = PSETID_Appointment", "{00020329-0000-0000-C000-000000000046}", "{0}"} {
				for _, name := range []string{"id: 0x8208=33288", "id: 0x8205=33285", "Keywords", strings.Repeat("n", 100)} {
					value := []string{"<Value cb=\"1\">00</Value>", "<Value>" + strings.Repeat("FA", r.IntN(200)) + "</Value><AltValue>" + strings.Repeat(".", 200) + "</AltValue>", "<AltValue>00</AltValue>", ""}[r.IntN(4)]
					all = append(all, prop(tag+kind[0], kind[1], "<NamedPropGUID>"+set+"</NamedPropGUID><NamedPropName>"+name+"</NamedPropName>"+value), prop(tag+kind[0], kind[1], value))
				}
			}
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = append(all, all...)
	got, _ := readAll(strings.NewReader(strings.Join(all, "\n")), 0)
	for i, in := range all {
		if alone, _ := readAll(strings.NewReader(in), 0); len(alone) != 1 || i >= len(got) || got[i] != alone[0] {
			t.Fatalf("%q: alone %s, among others %s", in, alone, got[i])
		}
	}
}
