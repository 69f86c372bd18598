package dump_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

var le = binary.LittleEndian

// object is a message, a recipient or an attachment; what is attached to an attachment is the message in it.
type object struct {
	props                   []mapi.Prop
	recipients, attachments []object
}

// msgFile makes the streams of a .msg file.
type msgFile struct {
	files                fstest.MapFS
	sets, entries, words []byte
	ids                  map[mapi.PropName]uint16
}

func openMSG(t *testing.T, o object) dump.Reader {
	m := &msgFile{files: fstest.MapFS{}, ids: map[mapi.PropName]uint16{}}
	m.object(t, "", o, 32)
	for name, data := range map[string][]byte{"00020102": m.sets, "00030102": m.entries, "00040102": m.words} {
		m.files["__nameid_version1.0/__substg1.0_"+name] = &fstest.MapFile{Data: data}
	}
	r, err := msg.Open(m.files, "x", 1252)
	require.NoError(t, err)
	return r
}

// object writes an object whose property stream has a header of the given size.
func (m *msgFile) object(t *testing.T, dir string, o object, header int) {
	stream := make([]byte, header)
	if header > 8 {
		le.PutUint32(stream[8:], uint32(len(o.recipients)))
		le.PutUint32(stream[12:], uint32(len(o.attachments)))
		le.PutUint32(stream[16:], uint32(len(o.recipients)))
		le.PutUint32(stream[20:], uint32(len(o.attachments)))
	}
	entry := func(tag mapi.PropTag, value []byte) {
		stream = le.AppendUint32(le.AppendUint32(stream, uint32(tag)), 6)
		stream = append(append(stream, value...), make([]byte, 8-len(value))...)
	}
	for _, p := range o.props {
		tag := p.Tag
		if !p.Name.IsZero() {
			tag = mapi.TagOf(mapi.PropID(m.id(t, p.Name)), tag.Type())
		}
		name := path.Join(dir, fmt.Sprintf("__substg1.0_%08X", uint32(tag)))
		raw := rawOf(t, p.Value)
		switch tag.Type() {
		case mapi.PtypString, mapi.PtypString8, mapi.PtypBinary, mapi.PtypGuid:
			size := map[mapi.PropType]int{mapi.PtypString: 2, mapi.PtypString8: 1}[tag.Type()]
			m.files[name] = &fstest.MapFile{Data: raw}
			entry(tag, le.AppendUint32(nil, uint32(len(raw)+size)))
		case mapi.PtypMultipleInteger32, mapi.PtypMultipleString, mapi.PtypMultipleBinary:
			var sizes []byte
			for i, e := range elements(t, p.Value) {
				switch tag.Type() {
				case mapi.PtypMultipleInteger32:
					sizes = append(sizes, e...)
					continue
				case mapi.PtypMultipleString:
					e = append(e, 0, 0)
					sizes = le.AppendUint32(sizes, uint32(len(e)))
				default:
					sizes = le.AppendUint64(sizes, uint64(len(e)))
				}
				m.files[fmt.Sprintf("%s-%08X", name, i)] = &fstest.MapFile{Data: e}
			}
			m.files[name] = &fstest.MapFile{Data: sizes}
			entry(tag, le.AppendUint32(nil, uint32(len(sizes))))
		default:
			entry(tag, raw)
		}
	}
	if header == 8 { // of an attachment: what is attached to it was written before
		for range o.attachments {
			entry(0x3701000D, []byte{0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0})
		}
		o.attachments = nil
	}
	for i, r := range o.recipients {
		m.object(t, path.Join(dir, fmt.Sprintf("__recip_version1.0_#%08X", i)), r, 8)
	}
	for i, a := range o.attachments {
		to := path.Join(dir, fmt.Sprintf("__attach_version1.0_#%08X", i))
		if len(a.attachments) > 0 {
			m.object(t, path.Join(to, "__substg1.0_3701000D"), a.attachments[0], 24)
		}
		m.object(t, to, object{props: a.props, attachments: a.attachments}, 8)
	}
	m.files[path.Join(dir, "__properties_version1.0")] = &fstest.MapFile{Data: stream}
}

// id returns the id under which the file has a name.
func (m *msgFile) id(t *testing.T, n mapi.PropName) uint16 {
	if id, ok := m.ids[n]; ok {
		return id
	}
	id := uint16(0x8000 + len(m.ids))
	m.ids[n] = id
	at := bytes.Index(m.sets, n.Set[:])
	if at < 0 {
		at = len(m.sets)
		m.sets = append(m.sets, n.Set[:]...)
	}
	first, kind := n.LID, uint16(0)
	if n.Name != "" {
		first, kind = uint32(len(m.words)), 1
		text := rawOf(t, mapi.String(n.Name))
		m.words = append(le.AppendUint32(m.words, uint32(len(text))), text...)
		m.words = append(m.words, make([]byte, -len(m.words)&3)...)
	}
	m.entries = le.AppendUint32(m.entries, first)
	m.entries = le.AppendUint16(le.AppendUint16(m.entries, uint16(3+at/16)<<1|kind), id-0x8000)
	return id
}

func openTNEF(t *testing.T, o object) dump.Reader {
	return tnef.NewReader(bytes.NewReader(tnefFile(t, o)), "x", 1252)
}

func tnefFile(t *testing.T, o object) []byte {
	b := []byte{0x78, 0x9F, 0x3E, 0x22, 1, 0}
	attribute := func(level byte, id uint32, data []byte) {
		b = le.AppendUint32(le.AppendUint32(append(b, level), id), uint32(len(data)))
		var sum uint16
		for _, c := range data {
			sum += uint16(c)
		}
		b = le.AppendUint16(append(b, data...), sum)
	}
	if len(o.recipients) > 0 {
		rows := le.AppendUint32(nil, uint32(len(o.recipients)))
		for _, r := range o.recipients {
			rows = append(rows, tnefList(t, r)...)
		}
		attribute(1, 0x00069004, rows)
	}
	attribute(1, 0x00069003, tnefList(t, object{props: o.props}))
	for _, a := range o.attachments {
		attribute(2, 0x00069002, []byte{1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 32, 0, 32, 0, 0, 0, 0, 0})
		attribute(2, 0x00069005, tnefList(t, a))
	}
	return b
}

// tnefList writes the properties of an object, and the message in it if there is one.
func tnefList(t *testing.T, o object) []byte {
	n := len(o.props) + len(o.attachments)
	b := le.AppendUint32(nil, uint32(n))
	sized := func(e []byte) {
		b = append(le.AppendUint32(b, uint32(len(e))), e...)
		b = append(b, make([]byte, -len(e)&3)...)
	}
	for _, p := range o.props {
		b = le.AppendUint16(le.AppendUint16(b, uint16(p.Tag.Type())), uint16(p.Tag.ID()))
		if !p.Name.IsZero() {
			b = append(b, p.Name.Set[:]...)
			if p.Name.Name != "" {
				b = le.AppendUint32(b, 1)
				sized(append(rawOf(t, mapi.String(p.Name.Name)), 0, 0))
			} else {
				b = le.AppendUint32(le.AppendUint32(b, 0), p.Name.LID)
			}
		}
		list, raw := elements(t, p.Value), rawOf(t, p.Value)
		switch p.Tag.Type() {
		case mapi.PtypMultipleInteger32:
			b = le.AppendUint32(b, uint32(len(list)))
			for _, e := range list {
				b = append(b, e...)
			}
		case mapi.PtypString, mapi.PtypString8, mapi.PtypBinary:
			list = [][]byte{raw}
			fallthrough
		case mapi.PtypMultipleString, mapi.PtypMultipleBinary:
			b = le.AppendUint32(b, uint32(len(list)))
			nul := map[mapi.PropType]int{mapi.PtypString: 2, mapi.PtypString8: 1}[p.Tag.Type().Element()]
			for _, e := range list {
				sized(append(bytes.Clone(e), make([]byte, nul)...))
			}
		default:
			b = append(append(b, raw...), make([]byte, -len(raw)&3)...)
		}
	}
	for _, inner := range o.attachments {
		b = le.AppendUint32(le.AppendUint32(b, 0x3701000D), 1)
		iid := []byte{7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
		sized(append(iid, tnefFile(t, inner)...))
	}
	return b
}
