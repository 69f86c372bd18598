package mapi

import (
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// byType is the source of a code page that stands in the property's type.
const byType = "property type"

// decodeCodePage reads text whose type says its code page: 0x84B0 is UTF-16, 0x84E4 is 1252.
func decodeCodePage(c *wire.Cursor, name string, cp int) (Value, bool) {
	raw, odd, ok := decodeFastText(c, name, unitSize(cp))
	switch {
	case cp != 1200:
		return String8{Raw: keep(raw), CodePage: cp, Source: byType}, ok
	case odd:
		return Unknown{PtypString, keep(raw)}, ok
	}
	return String(wtf8.AppendDecode(nil, raw)), ok
}

// unitSize returns the size of a NUL in a code page.
func unitSize(cp int) int {
	switch cp {
	case 1200, 1201:
		return 2
	case 12000, 12001:
		return 4
	}
	return 1
}

// decodeFastText reads text behind the count of its bytes, which are those of the terminator too. One that is not there
// is told, and no reason to stop: [MS-OXCFXICS] 2.2.4.1.3 only recommends it to servers. Text in units of two bytes may count
// half of one; it is returned with the text, and odd is true. The result aliases the input.
func decodeFastText(c *wire.Cursor, name string, unit int) (raw []byte, odd, ok bool) {
	enter(c, name)
	defer leave(c, name)
	off := c.Offset()
	n := uint64(c.U32("COUNT"))
	if c.Dead() || n > uint64(c.Left()) {
		c.Bytes("text", n)
		return nil, false, false
	}
	text, odd := int(n), unit == 2 && n%2 != 0
	switch {
	case odd:
		c.Find(diag.Error, OddText, "COUNT", off, 4, "is %d bytes, which end in half a character", n)
	case text >= unit && zero(c.Peek(c.Offset()+text-unit, unit)):
		text -= unit
	default:
		c.Find(diag.Warning, MissingTerminator, "COUNT", off, 4, "is %d bytes, of which the last are no NUL", n)
	}
	if unit == 2 && !odd {
		raw = c.UTF16("text", uint64(text/2))
	} else {
		raw = c.Bytes("text", uint64(text))
	}
	if text < int(n) {
		c.Bytes("terminator", uint64(unit))
	}
	return raw, odd, true
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// appendFastText appends text, a NUL of so many bytes, and before them the count of both.
func appendFastText(b, raw []byte, unit int) []byte {
	b = append(le.AppendUint32(b, uint32(len(raw)+unit)), raw...)
	return append(b, make([]byte, unit)...)
}
