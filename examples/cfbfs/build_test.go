package cfbfs

import (
	"encoding/binary"
	"unicode/utf16"
)

// entry is a storage (data nil) or a stream of a compound file made for a test.
type entry struct {
	name     string
	data     []byte
	children []*entry
}

func dir(name string, children ...*entry) *entry { return &entry{name: name, children: children} }

func file(name string, data []byte) *entry {
	if data == nil {
		data = []byte{}
	}
	return &entry{name: name, data: data}
}

// builder lays a compound file out: header, then sectors.
type builder struct {
	sectors []byte
	fat     []uint32
	mini    []byte
	minifat []uint32
	dirs    []byte
}

const sectorSize = 512

// build returns a version 3 compound file with the given root. Siblings are a list along their right links.
func build(root *entry) []byte {
	b := &builder{}
	root.name = "Root Entry"
	b.add(root)
	le := binary.LittleEndian
	if len(b.mini) > 0 {
		le.PutUint32(b.dirs[116:], b.chain(b.mini))
		le.PutUint32(b.dirs[120:], uint32(len(b.mini)))
	}
	minifat := uint32(endOfChain)
	var minifatSectors uint32
	if len(b.minifat) > 0 {
		raw := words(b.minifat)
		minifatSectors = uint32(len(raw)+sectorSize-1) / sectorSize
		minifat = b.chain(raw)
	}
	for len(b.dirs)%sectorSize != 0 {
		free := make([]byte, dirEntry)
		for i := 68; i < 80; i++ {
			free[i] = 0xFF
		}
		b.dirs = append(b.dirs, free...)
	}
	dirs := b.chain(b.dirs)
	n := 1
	for n*sectorSize/4 < len(b.fat)+n {
		n++
	}
	first := uint32(len(b.fat))
	for range n {
		b.fat = append(b.fat, 0xFFFFFFFD)
	}
	head := make([]byte, headerSize)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(head[24:], 0x3E)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(n))
	le.PutUint32(head[48:], dirs)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], minifat)
	le.PutUint32(head[64:], minifatSectors)
	le.PutUint32(head[68:], endOfChain)
	for i := range 109 {
		sect := uint32(noStream)
		if i < n {
			sect = first + uint32(i)
		}
		le.PutUint32(head[76+4*i:], sect)
	}
	return append(append(head, b.sectors...), words(b.fat)...)
}

// words returns numbers as whole sectors, the rest free.
func words(list []uint32) []byte {
	var raw []byte
	for _, w := range list {
		raw = binary.LittleEndian.AppendUint32(raw, w)
	}
	for len(raw)%sectorSize != 0 {
		raw = append(raw, 0xFF)
	}
	return raw
}

// chain stores data in sectors of its own and returns the first.
func (b *builder) chain(data []byte) uint32 {
	first := uint32(len(b.fat))
	for len(data) > 0 {
		n := min(len(data), sectorSize)
		b.sectors = append(b.sectors, data[:n]...)
		b.sectors = append(b.sectors, make([]byte, sectorSize-n)...)
		data = data[n:]
		b.fat = append(b.fat, uint32(len(b.fat))+1)
	}
	b.fat[len(b.fat)-1] = endOfChain
	return first
}

// miniChain stores data in the mini stream.
func (b *builder) miniChain(data []byte) uint32 {
	first := uint32(len(b.minifat))
	for len(data) > 0 {
		n := min(len(data), 64)
		b.mini = append(b.mini, data[:n]...)
		b.mini = append(b.mini, make([]byte, 64-n)...)
		data = data[n:]
		b.minifat = append(b.minifat, uint32(len(b.minifat))+1)
	}
	b.minifat[len(b.minifat)-1] = endOfChain
	return first
}

// add writes the directory entries of e and all below it, and returns the number of its own.
func (b *builder) add(e *entry) uint32 {
	number := uint32(len(b.dirs) / dirEntry)
	raw := make([]byte, dirEntry)
	units := utf16.Encode([]rune(e.name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(raw[2*i:], u)
	}
	le := binary.LittleEndian
	le.PutUint16(raw[64:], uint16(2*len(units)+2))
	raw[67] = 1
	le.PutUint32(raw[68:], noStream)
	le.PutUint32(raw[72:], noStream)
	le.PutUint32(raw[76:], noStream)
	switch {
	case number == 0:
		raw[66] = 5
		le.PutUint32(raw[116:], endOfChain)
	case e.data == nil:
		raw[66] = 1
	default:
		raw[66] = 2
		le.PutUint32(raw[116:], endOfChain)
		le.PutUint32(raw[120:], uint32(len(e.data)))
		if len(e.data) >= 4096 {
			le.PutUint32(raw[116:], b.chain(e.data))
		} else if len(e.data) > 0 {
			le.PutUint32(raw[116:], b.miniChain(e.data))
		}
	}
	b.dirs = append(b.dirs, raw...)
	link := int(number)*dirEntry + 76 // where the number of the next entry goes: first the child, then right siblings
	for _, c := range e.children {
		n := b.add(c)
		le.PutUint32(b.dirs[link:], n)
		link = int(n)*dirEntry + 72
	}
	return number
}
