package reg

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// table reads a list of strings or binaries: how many there are, where each begins (before that, in a list of binaries, how
// many bytes it has), and then all of them. Everything is a uint32, and offsets count from the first byte of the value.
func (p *prop) table(raw []byte) {
	if p.v.broken {
		p.keep(raw)
		return
	}
	list, why := p.elements(raw)
	if why != "" {
		p.v.find(diag.Error, BadList, "is no list: %s; its bytes were kept as they are", why)
		p.keep(raw)
		return
	}
	p.parse(list)
}

// elements returns the elements behind their lengths, as mapi.ParseRaw wants them, or why there are none.
func (p *prop) elements(raw []byte) (list []byte, why string) {
	le := binary.LittleEndian
	entry, width := 4, 0
	switch p.tag.Type() {
	case mapi.PtypMultipleBinary:
		entry = 8
	case mapi.PtypMultipleString:
		width = 2
	default:
		width = 1
	}
	if len(raw) < 4 {
		return nil, fmt.Sprintf("a count needs 4 bytes, there are %d", len(raw))
	}
	n := le.Uint32(raw)
	if uint64(n) > uint64(len(raw)-4)/uint64(entry) {
		return nil, fmt.Sprintf("it counts %d elements, and %d bytes hold %d at most", n, len(raw), (len(raw)-4)/entry)
	}
	end := 4 + int(n)*entry // where the last element that was read ends
	list = make([]byte, 0, len(raw))
	loose, first := 0, 0 // bytes that belong to no element
	for i := range int(n) {
		at := uint64(le.Uint32(raw[4+i*entry+entry-4:]))
		size := uint64(0)
		if width == 0 {
			if size = uint64(le.Uint32(raw[4+i*entry:])); size == 0 {
				list = append(list, 0, 0, 0, 0)
				continue
			}
		}
		switch {
		case at > uint64(len(raw)) || size > uint64(len(raw))-at || width > 0 && at == uint64(len(raw)):
			return nil, fmt.Sprintf("element %d is at offset 0x%X, with %d bytes, and there are 0x%X", i, at, size, len(raw))
		case at < uint64(end):
			return nil, fmt.Sprintf("element %d is at offset 0x%X, where what is before it goes on to 0x%X", i, at, end)
		}
		if gap := int(at) - end; gap > 0 {
			if loose == 0 {
				first = end
			}
			loose += gap
		}
		element := raw[at:][:size]
		after := int(at + size)
		if width > 0 {
			element = untilNUL(raw[at:], width)
			if after = int(at) + len(element) + width; after > len(raw) {
				p.v.find(diag.Warning, Unterminated, "element %d has no NUL at its end", i)
				element = raw[at:]
				after = len(raw)
			}
		}
		end = after
		list = append(le.AppendUint32(list, uint32(len(element))), element...)
	}
	if end < len(raw) {
		if loose == 0 {
			first = end
		}
		loose += len(raw) - end
	}
	if loose > 0 {
		p.loose(raw, loose, first)
	}
	return list, ""
}

// loose says that bytes of a list belong to no element.
func (p *prop) loose(raw []byte, n, first int) {
	shown := raw[first:min(len(raw), first+16)]
	p.v.find(diag.Warning, Loose, "has %d bytes that belong to no element, the first at offset 0x%X: % X", n, first, shown)
}

// untilNUL returns the string of characters of so many bytes at the front of b, without its NUL; all of b where there is
// none.
func untilNUL(b []byte, width int) []byte {
	for i := 0; i+width <= len(b); i += width {
		if b[i] == 0 && b[i+width-1] == 0 {
			return b[:i]
		}
	}
	return b
}
