package msg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// page is a code page that may be that of an object's PtypString8 values, and who says so.
type page struct {
	number int
	source string
	guess  bool // nothing in the file says so
}

// basePages is what is left when no message names a code page.
func (r *Reader) basePages() []page {
	assumed, _ := mapi.CodePage(nil, 0, 0)
	list := []page{{assumed, "assumed", true}}
	if r.codePage != 0 {
		list = append([]page{{r.codePage, "caller", true}}, list...)
	}
	return list
}

// ownPages returns the code pages that a message's own properties name, in the order in which they decide. The objects in
// the message inherit them.
func ownPages(entries []byte, item string) []page {
	var list []page
	none, nobody := mapi.CodePage(nil, 0, 0)
	for _, tag := range [...]mapi.PropTag{mapi.PidTagMessageCodepage, mapi.PidTagInternetCodepage, mapi.PidTagMessageLocaleId} {
		for off := 0; off+entrySize <= len(entries); off += entrySize {
			if mapi.PropTag(binary.LittleEndian.Uint32(entries[off:])) != tag {
				continue
			}
			v := mapi.Integer32(binary.LittleEndian.Uint32(entries[off+8:]))
			// One property at a time, because a value may turn out not to be in the page that comes first.
			number, source := mapi.CodePage(mapi.Props{{Tag: tag, Value: v}}, 0, 0)
			if number != none || source != nobody {
				list = append(list, page{number, source + " of " + item, false})
			}
			break
		}
	}
	return list
}

// codePage gives v the first code page of its object that its bytes can be in, and says so where it matters.
func (p *prop) codePage(v *mapi.String8, parts [][]byte) {
	pages := p.o.pages
	i := 0
	for i < len(pages)-1 && !possible(pages[i].number, parts) {
		i++
	}
	chosen := pages[i]
	v.CodePage, v.Source = chosen.number, chosen.source
	plain := true
	for _, b := range parts {
		plain = plain && ascii(b) && !shifts(chosen.number, b)
	}
	if plain && !ebcdic(chosen.number) {
		return
	}
	switch {
	case chosen.guess && i > 0 && !pages[0].guess:
		p.find(diag.Warning, CodePageGuess, "the bytes cannot be code page %d (%s), and nothing else says one: read as %d (%s)",
			pages[0].number, pages[0].source, chosen.number, chosen.source)
	case chosen.guess:
		p.find(diag.Warning, CodePageGuess, "nothing says the code page: read as %d (%s)", chosen.number, chosen.source)
	case i > 0:
		p.find(diag.Warning, CodePageConflict, "the bytes cannot be code page %d (%s): read as %d (%s)",
			pages[0].number, pages[0].source, chosen.number, chosen.source)
	default:
		p.find(diag.Info, CodePage, "read as code page %d (%s)", chosen.number, chosen.source)
	}
	p.texts(chosen.number, parts)
}

// texts reports what cannot be read in a code page. Of a list that is the first such value, and how many more there are;
// its bytes begin behind its length.
func (p *prop) texts(number int, parts [][]byte) {
	list := p.tag.Type().Multiple()
	at, bad := 0, 0
	for i, b := range parts {
		if list {
			at += 4
		}
		_, found := mapi.String8{Raw: b, CodePage: number}.Text()
		if len(found) > 0 {
			bad++
		}
		for _, f := range found {
			if bad == 1 {
				if f.Span.Offset += at; list {
					f.Path = fmt.Sprintf("%s[%d]", p.tag.Type(), i)
				}
				p.rec.Findings = append(p.rec.Findings, f)
			}
		}
		at += len(b)
	}
	if bad > 1 {
		f := &p.rec.Findings[len(p.rec.Findings)-1]
		f.Msg += fmt.Sprintf("; the same goes for %d more values", bad-1)
	}
}

// possible reports whether text with the given parts can be in a code page.
//
// QUIRK: Outlook writes 50220 or 20127, pages of seven bits, as PidTagInternetCodepage of messages whose 8-bit strings are
// in the ANSI code page of the locale, and others write 65001 (real files). [MS-OXMSG] says nothing of it.
func possible(page int, parts [][]byte) bool {
	for _, b := range parts {
		switch {
		case page == 65001 && !utf8.Valid(b):
			return false
		case sevenBits(page) && !ascii(b):
			return false
		}
	}
	return true
}

// sevenBits reports whether no text in the code page has a byte above 0x7F.
func sevenBits(page int) bool {
	switch page {
	case 20127, 50220, 50221, 50222, 50225, 50227, 50229, 52936, 65000:
		return true
	}
	return false
}

// shifts reports whether text that is all ASCII bytes has some by which the code page switches to other characters.
func shifts(page int, b []byte) bool {
	switch page {
	case 50220, 50221, 50222, 50225, 50227, 50229:
		return bytes.ContainsAny(b, "\x1b\x0e\x0f")
	case 52936:
		return bytes.IndexByte(b, '~') >= 0
	}
	return false
}

// ebcdic reports whether bytes below 0x80 are not ASCII in the code page.
func ebcdic(page int) bool {
	switch page {
	case 37, 500, 870, 875, 1026, 1047:
		return true
	}
	return page >= 1140 && page <= 1149
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
