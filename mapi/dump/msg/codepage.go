package msg

import (
	"encoding/binary"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// ownPages returns the code pages that a message's own properties name, in the order in which they decide. The objects in
// the message inherit them.
func ownPages(entries []byte, item string) []dump.Page {
	var p mapi.Props
	for off := 0; off+entrySize <= len(entries); off += entrySize {
		switch tag := mapi.PropTag(binary.LittleEndian.Uint32(entries[off:])); tag {
		case mapi.PidTagMessageCodepage, mapi.PidTagInternetCodepage, mapi.PidTagMessageLocaleId, mapi.PidTagCodePageId, mapi.PidTagLocaleId:
			if _, again := p.Lookup(tag); !again {
				p = append(p, mapi.Prop{Tag: tag, Value: mapi.Integer32(binary.LittleEndian.Uint32(entries[off+8:]))})
			}
		}
	}
	return dump.PagesOf(p, item)
}

// codePage gives 8-bit text the first code page of its object that its bytes can be in, and says so where it matters.
func (p *prop) codePage(v mapi.Value) mapi.Value {
	pages := p.o.pages
	v, i, depends, found := dump.Decode8(v, pages)
	if !depends {
		return v
	}
	switch chosen := pages[i]; {
	case chosen.Guess && i > 0 && !pages[0].Guess:
		p.find(diag.Warning, CodePageGuess, "the bytes cannot be code page %d (%s), and nothing else says one: read as %d (%s)",
			pages[0].Number, pages[0].Source, chosen.Number, chosen.Source)
	case chosen.Guess:
		p.find(diag.Warning, CodePageGuess, "nothing says the code page: read as %d (%s)", chosen.Number, chosen.Source)
	case i > 0:
		p.find(diag.Warning, CodePageConflict, "the bytes cannot be code page %d (%s): read as %d (%s)",
			pages[0].Number, pages[0].Source, chosen.Number, chosen.Source)
	default:
		p.find(diag.Info, CodePage, "read as code page %d (%s)", chosen.Number, chosen.Source)
	}
	p.rec.Findings = append(p.rec.Findings, found...)
	return v
}
