package lines

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// readDecimal reads "{2, 1, 48, 0}", as PowerShell shows bytes. It reports false for what is no such list, or might be hex
// as well: numbers of two digits each.
func readDecimal(b []byte, column int) (t text, ok bool) {
	inner, ok := bytes.CutPrefix(b, []byte{'{'})
	if !ok {
		return text{}, false
	}
	inner, closed := bytes.CutSuffix(inner, []byte{'}'})
	inner = bytes.TrimRight(inner, " \t")
	whole := len(inner)
	for _, dots := range [...]string{"...", "\u2026"} {
		inner = bytes.TrimSuffix(inner, []byte(dots))
	}
	cut := len(inner) < whole || !closed
	inner = bytes.TrimRight(inner, ", \t")
	sure := false
	for number := range bytes.SplitSeq(inner, []byte{','}) {
		number = bytes.TrimLeft(number, " \t")
		n := 0
		for _, c := range number {
			if c < '0' || c > '9' || n > 255 {
				return text{}, false
			}
			n = 10*n + int(c-'0')
		}
		if len(number) == 0 || n > 255 || len(number) > 1 && number[0] == '0' {
			return text{}, false
		}
		sure = sure || len(number) != 2
		t.raw = append(t.raw, byte(n))
	}
	if !sure {
		return text{}, false
	}
	t.digits, t.taken = len(inner), len(inner)
	t.found = append(t.found, note(diag.Info, Decimal, -1, "is a list of %d decimal numbers", len(t.raw)))
	if cut {
		t.found = append(t.found, note(diag.Error, Truncated, len(t.raw), "is cut off behind %d numbers at column %d: PowerShell shows so many, see $FormatEnumerationLimit",
			len(t.raw), column+1+utf8.RuneCount(inner)))
	}
	return t, true
}

// daslPrefixes are what names that DASL has for properties begin with, in lower case.
var daslPrefixes = [...]string{"http://schemas.microsoft.com/mapi/", "proptag/0x", "id/{", "string/{"}

// daslLabel reads the name that DASL has for a property, and the separator behind it, at the front of a line. A name may
// hold the separators: one ends it where a blank stands beside it, behind a number in any case.
func daslLabel(b []byte) (l label, rest int) {
	const longest = 256
	front := strings.ToLower(string(b[:min(len(b), len(daslPrefixes[0]))]))
	for _, prefix := range daslPrefixes {
		if !strings.HasPrefix(front, prefix) {
			continue
		}
		for i := len(prefix); i < min(len(b), longest); i++ {
			if c := b[i]; c != '=' && c != ':' && c != '\t' {
				continue
			}
			tag, name, ok := mapi.ParseDASL(string(bytes.TrimSpace(b[:i])))
			if !ok || name.Name != "" && b[i] != '\t' && i+1 < len(b) && b[i+1] != ' ' {
				continue
			}
			if tag.Type() == mapi.PtypUnspecified {
				tag = mapi.TagOf(tag.ID(), mapi.PtypBinary)
				if info, ok := mapi.NamedName(name); ok && info.Type != mapi.PtypUnspecified {
					tag = mapi.TagOf(0, info.Type)
				}
			}
			return label{tag: tag, name: name}, i + 1
		}
	}
	return label{}, 0
}
