package msg

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// list reads a list of strings or binaries: a stream of lengths, and a stream for each value ([MS-OXMSG] 2.1.4.2). Raw
// is as mapi.ParseRaw wants it, each value behind its length as a uint32. A value whose stream is missing is an empty one.
func (p *prop) list() {
	name := valueName(p.tag)
	e := p.o.claim(name)
	if e == nil || e.dir {
		if p.size() == 0 {
			p.find(diag.Warning, EmptyNoStream, "has no stream of lengths and the size 0: taken to be an empty list")
			p.parse([]byte{})
			return
		}
		p.find(diag.Error, NoStream, "has no stream %s, of which it claims %d bytes", name, p.size())
		return
	}
	lengths, err := p.o.read(e)
	if err != nil {
		p.rec.Findings = append(p.rec.Findings, unreadable(p.o.join(e), lengths, err))
	}
	p.checkSize(lengths, len(lengths), 0)
	per := 4
	if p.tag.Type() == mapi.PtypMultipleBinary {
		per = 8 // a reserved uint32 follows each length
	}
	if over := len(lengths) % per; over != 0 {
		p.find(diag.Error, LengthStream, "%s has %d bytes: %d lengths of %d bytes, and %d more", p.o.join(e), len(lengths), len(lengths)/per, per, over)
	}
	raw := []byte{}
	missing, first := 0, 0
	for i := range len(lengths) / per {
		value, ok := p.element(fmt.Sprintf("%s-%08x", name, i), i, binary.LittleEndian.Uint32(lengths[per*i:]))
		if !ok {
			if missing == 0 {
				first = i
			}
			missing++
		}
		raw = append(binary.LittleEndian.AppendUint32(raw, uint32(len(value))), value...)
	}
	if missing > 0 {
		p.find(diag.Error, NoValueStream, "%d of %d values have no stream, the first is number %d: taken to be empty", missing, len(lengths)/per, first)
	}
	p.parse(raw)
}

// element reads value number i of a list.
func (p *prop) element(name string, i int, claimed uint32) ([]byte, bool) {
	e := p.o.claim(name)
	if e == nil || e.dir {
		return nil, false
	}
	b, err := p.o.read(e)
	if err != nil {
		p.rec.Findings = append(p.rec.Findings, unreadable(p.o.join(e), b, err))
	}
	value := b
	term := terminator(p.tag.Type())
	// The lengths of strings count the NUL, which here is stored; some writers store none.
	if n := len(b); term > 0 && n >= term && zero(b[n-term:]) {
		value = b[:n-term]
	} else if term > 0 && uint64(claimed) == uint64(n+term) {
		return value, true
	}
	switch {
	case uint64(claimed) > uint64(len(b)):
		p.find(diag.Error, SizeOverrun, "value %d claims %d bytes, its stream has %d", i, claimed, len(b))
	case uint64(claimed) != uint64(len(b)):
		p.find(diag.Warning, SizeMismatch, "value %d claims %d bytes, its stream has %d", i, claimed, len(b))
	}
	return value, true
}
