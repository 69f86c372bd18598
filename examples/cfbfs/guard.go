package cfbfs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

const (
	headerSize = 512        // the part of the header that every version has
	dirEntry   = 128        // bytes of a directory entry
	noStream   = 0xFFFFFFFF // no such entry
	endOfChain = 0xFFFFFFFE
	maxSector  = 0xFFFFFFFA // the first sector number that means something else
)

// maxDepth is how deep storages may lie in each other. A message in a message takes two levels.
const maxDepth = 128

// maxEntries is how many directory entries are read.
const maxEntries = 1 << 19

// guard walks the directory before mscfb does. mscfb keeps a copy of the whole path for every storage and recurses along
// siblings, so that storages nested a hundred thousand deep, in a file of a few megabytes, would cost it gigabytes, and
// a long enough list of siblings the process. The walk here needs twelve bytes an entry and no recursion.
//
// It returns how many bytes the file's last sector lacks.
func guard(ra io.ReaderAt, size int64) (missing int64, err error) {
	links, sector, err := readLinks(ra, size)
	if err != nil {
		return 0, err
	}
	return (sector - size%sector) % sector, walk(links)
}

// walk visits every entry that can be reached.
func walk(links []link) error {
	if links[0].left != noStream || links[0].right != noStream {
		return fmt.Errorf("cfbfs: the root entry has siblings (%d, %d)", links[0].left, links[0].right)
	}
	type step struct {
		entry uint32
		depth int
	}
	seen := make([]bool, len(links))
	todo := []step{{0, 0}}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch {
		case s.entry == noStream:
			continue
		case uint64(s.entry) >= uint64(len(links)):
			return fmt.Errorf("cfbfs: directory entry %d is named, there are %d", s.entry, len(links))
		case seen[s.entry]:
			return fmt.Errorf("cfbfs: directory entry %d is reached twice", s.entry)
		case s.depth > maxDepth:
			return fmt.Errorf("cfbfs: storages lie more than %d deep", maxDepth)
		}
		seen[s.entry] = true
		l := links[s.entry]
		todo = append(todo, step{l.right, s.depth}, step{l.left, s.depth}, step{l.child, s.depth + 1})
	}
	return nil
}

// link holds what a directory entry says about others.
type link struct{ left, right, child uint32 }

// signature is what every compound file begins with.
var signature = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// readLinks follows the chain of directory sectors.
func readLinks(ra io.ReaderAt, size int64) (links []link, sector int64, err error) {
	var head [headerSize]byte
	if n, err := ra.ReadAt(head[:], 0); n < len(head) {
		return nil, 0, fmt.Errorf("cfbfs: reading the header: %w", short(err))
	}
	if !bytes.HasPrefix(head[:], signature) {
		return nil, 0, fmt.Errorf("cfbfs: bad signature %X, must be %X: no Outlook message file, or none any more", head[:len(signature)], signature)
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, 0, fmt.Errorf("cfbfs: sector shift is %d, must be 9 or 12", shift)
	}
	f := fat{ra: ra, sector: 1 << shift}
	if err := f.locate(head[:], size); err != nil {
		return nil, 0, err
	}
	buf := make([]byte, f.sector)
	// A chain that meets itself is longer than the file.
	left := size/f.sector + 1
	for sn := binary.LittleEndian.Uint32(head[48:]); sn != endOfChain; left-- {
		if left == 0 {
			return nil, 0, fmt.Errorf("cfbfs: the chain of directory sectors does not end")
		}
		if n, err := ra.ReadAt(buf, f.offset(sn)); n < len(buf) {
			return nil, 0, fmt.Errorf("cfbfs: reading directory sector %d: %w", sn, short(err))
		}
		for i := 0; i < len(buf); i += dirEntry {
			e := buf[i:]
			links = append(links, link{binary.LittleEndian.Uint32(e[68:]), binary.LittleEndian.Uint32(e[72:]), binary.LittleEndian.Uint32(e[76:])})
		}
		if len(links) > maxEntries {
			return nil, 0, fmt.Errorf("cfbfs: more than %d directory entries", maxEntries)
		}
		if sn, err = f.next(sn); err != nil {
			return nil, 0, err
		}
	}
	if len(links) == 0 {
		return nil, 0, fmt.Errorf("cfbfs: there is no directory")
	}
	return links, f.sector, nil
}

// fat finds the successors of sectors.
type fat struct {
	ra      io.ReaderAt
	sector  int64
	sectors []uint32 // where the FAT lies
}

func (f *fat) offset(sn uint32) int64 { return (int64(sn) + 1) * f.sector }

// locate lists the sectors of the FAT: 109 in the header, the others in a chain of their own.
func (f *fat) locate(head []byte, size int64) error {
	for i := 76; i < headerSize; i += 4 {
		f.sectors = append(f.sectors, binary.LittleEndian.Uint32(head[i:]))
	}
	buf := make([]byte, f.sector)
	sn := binary.LittleEndian.Uint32(head[68:])
	n := binary.LittleEndian.Uint32(head[72:])
	if int64(n) > size/f.sector {
		return fmt.Errorf("cfbfs: %d DIFAT sectors are claimed, the file has %d bytes", n, size)
	}
	for range n {
		if got, err := f.ra.ReadAt(buf, f.offset(sn)); got < len(buf) {
			return fmt.Errorf("cfbfs: reading DIFAT sector %d: %w", sn, short(err))
		}
		last := len(buf) - 4
		for i := 0; i < last; i += 4 {
			f.sectors = append(f.sectors, binary.LittleEndian.Uint32(buf[i:]))
		}
		sn = binary.LittleEndian.Uint32(buf[last:])
	}
	return nil
}

func (f *fat) next(sn uint32) (uint32, error) {
	per := uint32(f.sector / 4)
	i := sn / per
	if uint64(i) >= uint64(len(f.sectors)) || f.sectors[i] >= maxSector {
		return 0, fmt.Errorf("cfbfs: sector %d is outside the FAT", sn)
	}
	var b [4]byte
	if n, err := f.ra.ReadAt(b[:], f.offset(f.sectors[i])+int64(sn%per)*4); n < len(b) {
		return 0, fmt.Errorf("cfbfs: reading the FAT entry of sector %d: %w", sn, short(err))
	}
	return binary.LittleEndian.Uint32(b[:]), nil
}

// short makes the end of the file what it is in the middle of a structure.
func short(err error) error {
	if err == nil || err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
