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
	l := layoutOf(p.tag.Type())
	if len(raw) < 4 {
		return nil, fmt.Sprintf("a count needs 4 bytes, there are %d", len(raw))
	}
	n := le.Uint32(raw)
	if uint64(n) > uint64(len(raw)-4)/uint64(l.entry) {
		return nil, fmt.Sprintf("it counts %d elements, and %d bytes hold %d at most", n, len(raw), (len(raw)-4)/l.entry)
	}
	end := 4 + int(n)*l.entry // where the last element that was read ends
	list = make([]byte, 0, len(raw))
	loose, first := 0, 0 // bytes that belong to no element
	skip := func(to int) {
		if loose == 0 {
			first = end
		}
		loose += to - end
	}
	for i := range int(n) {
		at, size, why := l.place(raw, i, end)
		if why != "" {
			return nil, why
		}
		element := raw[at:][:size]
		switch {
		case l.width == 0 && size == 0: // wherever that is
			list = append(list, 0, 0, 0, 0)
			continue
		case l.width > 0:
			element = untilNUL(raw[at:], l.width)
		}
		skip(at)
		if end = at + len(element) + l.width; end > len(raw) {
			p.v.find(diag.Warning, Unterminated, "element %d has no NUL at its end", i)
			element, end = raw[at:], len(raw)
		}
		list = append(le.AppendUint32(list, uint32(len(element))), element...)
	}
	if skip(len(raw)); loose > 0 {
		p.loose(raw, loose, first)
	}
	return list, ""
}

var le = binary.LittleEndian

// layout is how a list of one type is laid out.
type layout struct {
	entry int // bytes of an entry of its table
	width int // bytes of the NUL behind an element, 0 where the table says its size
}

func layoutOf(t mapi.PropType) layout {
	switch t {
	case mapi.PtypMultipleBinary:
		return layout{entry: 8}
	case mapi.PtypMultipleString:
		return layout{entry: 4, width: 2}
	}
	return layout{entry: 4, width: 1}
}

// place returns where element i begins and, if the table says so, how many bytes it has; or why that cannot be, where what
// is before it ends at end.
func (l layout) place(raw []byte, i, end int) (at, size int, why string) {
	entry := raw[4+i*l.entry:][:l.entry]
	from, n := uint64(le.Uint32(entry[l.entry-4:])), uint64(0)
	if l.width == 0 {
		if n = uint64(le.Uint32(entry)); n == 0 {
			return 0, 0, ""
		}
	}
	switch {
	case from > uint64(len(raw)) || n > uint64(len(raw))-from || l.width > 0 && from == uint64(len(raw)):
		return 0, 0, fmt.Sprintf("element %d is at offset 0x%X, with %d bytes, and there are 0x%X", i, from, n, len(raw))
	case from < uint64(end):
		return 0, 0, fmt.Sprintf("element %d is at offset 0x%X, where what is before it goes on to 0x%X", i, from, end)
	}
	return int(from), int(n), ""
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
