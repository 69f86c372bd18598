package dump

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Page is a code page that the 8-bit text of an object may be in. Readers list the pages of an object best first, and
// give the list to Decode8.
type Page struct {
	Number int
	Source string // who says so: "PidTagMessageCodepage of message"
	Guess  bool   // nothing in the file says so
}

// PagesOf returns the pages that the properties p name, those of the object called item, best first. The order is that
// of mapi.CodePage.
func PagesOf(p mapi.Props, item string) (list []Page) {
	none, nobody := mapi.CodePage(nil, 0, 0)
	for _, tag := range [...]mapi.PropTag{mapi.PidTagMessageCodepage, mapi.PidTagInternetCodepage, mapi.PidTagMessageLocaleId,
		mapi.PidTagCodePageId, mapi.PidTagLocaleId} {
		if prop, ok := p.Lookup(tag); ok {
			// One property at a time, because a value may turn out not to be in the page that comes first.
			number, source := mapi.CodePage(mapi.Props{prop}, 0, 0)
			if number != none || source != nobody {
				list = append(list, Page{number, source + " of " + item, false})
			}
		}
	}
	return list
}

// GuessedPages returns the pages that are left where a file names none: that of the caller, where it is not 0, and the
// one that mapi.CodePage assumes. There is always one.
func GuessedPages(caller int) []Page {
	assumed, _ := mapi.CodePage(nil, 0, 0)
	list := []Page{{assumed, "assumed", true}}
	if caller != 0 {
		list = append([]Page{{caller, "caller", true}}, list...)
	}
	return list
}

// Decode8 returns v, a mapi.String8 or a mapi.MultipleString8, with the first of pages, of which there must be one, that
// all its bytes can be in, and the index of that page. It reports whether the text depends on the page, which is no use
// telling of plain ASCII, and returns what is to be said about its bytes: of a list, about the first value that cannot be
// read, how many more there are. Offsets count bytes of the value's AppendBinary.
//
// QUIRK: Outlook writes 50220 or 20127, pages of seven bits, as PidTagInternetCodepage of messages whose 8-bit strings
// are in the ANSI code page of the locale, and others write 65001 (real files). No specification says anything of it.
func Decode8(v mapi.Value, pages []Page) (_ mapi.Value, chosen int, depends bool, found []diag.Finding) {
	var all mapi.MultipleString8
	list := false
	switch v := v.(type) {
	case mapi.String8:
		all = mapi.MultipleString8{v}
	case mapi.MultipleString8:
		all, list = v, true
	default:
		return v, 0, false, nil
	}
	for chosen < len(pages)-1 && !possible(pages[chosen].Number, all) {
		chosen++
	}
	page := pages[chosen]
	depends = notASCII(page.Number)
	for i := range all {
		all[i].CodePage, all[i].Source = page.Number, page.Source
		depends = depends || !ascii(all[i].Raw) || shifts(page.Number, all[i].Raw)
	}
	if depends {
		found = unread(all, list)
	}
	if list {
		return all, chosen, depends, found
	}
	return all[0], chosen, depends, found
}

// unread reports what cannot be read in a code page. In a list the bytes of a value begin behind its length.
func unread(all mapi.MultipleString8, list bool) (found []diag.Finding) {
	at, bad := 0, 0
	for i := range all {
		if list {
			at += 4
		}
		_, about := all[i].Text()
		if len(about) > 0 {
			bad++
		}
		for _, f := range about {
			if bad == 1 {
				if f.Span.Offset += at; list {
					f.Path = fmt.Sprintf("%s[%d]", all.Type(), i)
				}
				found = append(found, f)
			}
		}
		at += len(all[i].Raw)
	}
	if bad > 1 {
		found[len(found)-1].Msg += fmt.Sprintf("; the same goes for %d more values", bad-1)
	}
	return found
}

// possible reports whether text can be in a code page.
func possible(page int, all mapi.MultipleString8) bool {
	for i := range all {
		switch b := all[i].Raw; {
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
	case 65000:
		return bytes.IndexByte(b, '+') >= 0
	}
	return false
}

// notASCII reports whether bytes below 0x80 are not ASCII in the code page: EBCDIC, and characters of two and four bytes.
func notASCII(page int) bool {
	switch page {
	case 37, 500, 870, 875, 1026, 1047, 1200, 1201, 12000, 12001:
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
