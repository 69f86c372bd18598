package tnef

import (
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// interfaces are the kinds of objects: the first 16 bytes of a PtypObject say which it is ([MS-OXTNEF] 2.1.3.4).
var interfaces = [...]struct {
	id   guid.GUID
	name string
}{
	{guid.GUID{0x07, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "IMessage"},
	{guid.GUID{0x0B, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "IStorage"},
	{guid.GUID{0x0C, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "IStream"},
}

// object reads the value of a PtypObject: a message, whose properties follow as records of their own, or bytes.
func (p *prop) object(raw []byte, off int64) {
	if len(raw) < 16 {
		p.find(diag.Error, ObjectForm, "the object at 0x%X needs 16 bytes that say what it is, has %d", off, len(raw))
		p.parse(raw, off)
		return
	}
	id, name := guid.GUID(raw[:16]), "of a kind that is not known"
	for i := range interfaces {
		if interfaces[i].id == id {
			name = interfaces[i].name
		}
	}
	data := raw[16:]
	message := id == interfaces[0].id
	switch {
	case message && (len(data) < len(magic) || string(data[:len(magic)]) != magic):
		p.find(diag.Error, ObjectForm, "the object at 0x%X is said to be a message, %s, and is no TNEF: its %d bytes are kept", off, id, len(data))
	case message && p.l.o.depth+1 > MaxDepth:
		p.find(diag.Error, TooDeep, "the message at 0x%X lies %d messages deep, %d are read: its %d bytes are kept", off+16, p.l.o.depth+1, MaxDepth, len(data))
	case message:
		p.find(diag.Info, Object, "the value is a message, %s: its %d bytes from 0x%X on follow as records of their own", id, len(data), off+16)
		p.rec.Offset = off + 16
		p.l.subs = append(p.l.subs, sub{p.rec.Prop.Tag, data, off + 16})
		return
	default:
		p.find(diag.Info, Object, "the value is an object, %s (%s), of %d bytes", id, name, len(data))
	}
	p.parse(data, off+16)
}

// embedded reads the messages that are values of a part's properties.
func (w *walk) embedded(o *object, of *part, subs []sub) {
	for _, s := range subs {
		if w.stopped {
			return
		}
		step := "message"
		if s.tag != mapi.PidTagAttachDataObject {
			step = s.tag.String()
		}
		if of.messages == nil {
			of.messages = make(map[mapi.PropTag]int)
		}
		if of.messages[s.tag]++; of.messages[s.tag] > 1 {
			step = fmt.Sprintf("%s %d", step, of.messages[s.tag])
		}
		inner := &object{item: of.item + "/" + step, depth: o.depth + 1, pages: o.pages, around: o.pages}
		w.message(inner, &source{b: s.data, off: s.off})
	}
}
