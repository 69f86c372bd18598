package rtf

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
	"slices"
)

// preset is what the dictionary holds before anything is written, by [MS-OXRTFCP]. The next byte goes behind it.
const preset = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

const (
	window   = 4096 // bytes of the dictionary, which is a ring
	longest  = 17   // bytes of the longest reference
	groupIn  = 24   // what the fast loop may look at of one group: 17 bytes, and beyond them
	groupOut = 8*longest + 24
)

// checksum continues the CRC of [MS-OXRTFCP] 2.1.3.2 over b: that of zip, but from 0 on and without the final inversion.
func checksum(crc uint32, b []byte) uint32 { return ^crc32.Update(^crc, crc32.IEEETable, b) }

// A walk is the state of reading contents: what was found, and how far it went. Offsets are those in CONTENTS.
type walk struct {
	known bool // the type is one of the two
	ended bool // the end marker was read
	half  bool // a reference has one byte only: the last that there is
	whole bool // the bytes that COMPSIZE counts are there
	used  int  // the bytes read: up to the end marker, or all
	there int  // the bytes of CONTENTS
	crc   uint32
	size  uint64
	bad   struct { // references to what was never written
		n     int
		at    int
		place int // in the dictionary, of the first
	}
	base int // where in the output its first byte is; negative where that is gone
}

// walkOf reads contents for what is wrong with them, without making any output.
func walkOf(t CompType, rawSize uint32, b []byte) (w walk) {
	switch t {
	case LZFu:
		w.known = true
		w.scan(b)
	case MELA:
		w.known = true
		w.used = int(min(uint64(len(b)), uint64(rawSize)))
		w.size = uint64(w.used)
	}
	return w
}

// scan reads all tokens of b.
func (w *walk) scan(b []byte) {
	for !w.ended && w.used < len(b) {
		control := uint(b[w.used])
		w.used++
		if control == 0 {
			n := min(8, len(b)-w.used)
			w.used, w.size = w.used+n, w.size+uint64(n)
			continue
		}
		for bit := 0; bit < 8 && w.used < len(b); bit++ {
			if control>>bit&1 == 0 {
				w.used++
				w.size++
			} else if d, n := w.reference(b, 0, w.size); n > 0 {
				if uint64(d) > w.size+uint64(len(preset)) {
					w.missing(w.used-2, w.size, d)
				}
				w.size += uint64(n)
			} else {
				break
			}
		}
	}
}

// reference reads two bytes of b, which begins at the offset at of CONTENTS, behind size bytes of output: how far back the
// bytes are, and how many. That is 0, 0 at the end.
func (w *walk) reference(b []byte, at int, size uint64) (distance, n int) {
	p := w.used - at
	if len(b)-p < 2 {
		w.half = true
		w.used++
		return 0, 0
	}
	v := int(b[p])<<8 | int(b[p+1])
	w.used += 2
	distance = (len(preset) + int(size&(window-1)) - v>>4) & (window - 1)
	if distance == 0 {
		w.ended = true
		return 0, 0
	}
	return distance, v&15 + 2
}

// missing notes a reference, at the offset at, to bytes that nobody wrote.
func (w *walk) missing(at int, size uint64, distance int) {
	if w.bad.n == 0 {
		w.bad.at = at
		w.bad.place = (len(preset) + int(size&(window-1)) - distance) & (window - 1)
	}
	w.bad.n++
}

// expand appends what all of b says to dst. rawSize is believed as far as b can make so much.
func (w *walk) expand(dst, b []byte, rawSize uint32) []byte {
	w.known = true
	w.base = len(dst)
	most := uint64(len(b)) * longest / 2 // a reference of two bytes makes 17
	dst = slices.Grow(dst, int(min(uint64(rawSize), most, 1<<30))+groupOut)
	out, o := dst[:cap(dst)], len(dst)
	for {
		o = w.groups(out, o, b, 0, true)
		if w.ended || w.used >= len(b) {
			w.size = uint64(o - w.base)
			return out[:o]
		}
		out = slices.Grow(out[:o], o/2+groupOut)
		out = out[:cap(out)]
	}
}

// groups reads control bytes and their eight tokens out of b, which begins at the offset at of CONTENTS, and writes to
// out[o:], while there is room for another group. Unless b is the last there is, it leaves a group that may be incomplete.
// It returns the next place in out.
func (w *walk) groups(out []byte, o int, b []byte, at int, last bool) int {
	for !w.ended {
		o = w.fast(out, o, b, at)
		left := len(b) - (w.used - at)
		if w.ended || left == 0 || len(out)-o < groupOut || !last && left < groupIn {
			return o
		}
		o = w.careful(out, o, b, at)
	}
	return o
}

// fast reads groups as groups does, as long as there is more of everything than one can need. It copies eight bytes at a
// time, and more than is asked for: what is beyond is written again.
func (w *walk) fast(out []byte, o int, b []byte, at int) int {
	p, base := w.used-at, w.base
	for len(b)-p >= groupIn && len(out)-o >= groupOut {
		control := uint32(b[p]) | 1<<8 // a bit beyond the last ends the group
		p++
		for {
			literals := bits.TrailingZeros32(control)
			binary.LittleEndian.PutUint64(out[o:], binary.LittleEndian.Uint64(b[p:]))
			p, o = p+literals, o+literals
			if control >>= literals; control == 1 {
				break
			}
			control >>= 1
			v := int(b[p])<<8 | int(b[p+1])
			p += 2
			distance := (len(preset) + o - base - v>>4) & (window - 1)
			s, n := o-distance, v&15+2
			switch {
			case distance >= 8 && s >= base:
				from, to := out[s:s+17:s+17], out[o:o+17:o+17]
				binary.LittleEndian.PutUint64(to, binary.LittleEndian.Uint64(from))
				binary.LittleEndian.PutUint64(to[8:], binary.LittleEndian.Uint64(from[8:]))
				to[16] = from[16]
			case distance == 0:
				w.ended, w.used = true, p+at
				return o
			default:
				w.used = p + at
				w.slow(out, o, distance, n)
			}
			o += n
			if control == 1 {
				break
			}
		}
	}
	w.used = p + at
	return o
}

// slow copies n bytes from where fast does not: out of the preset dictionary, or so near that they are still to be written.
// What was never written is zero.
func (w *walk) slow(out []byte, o, distance, n int) {
	if first := o - distance - w.base + len(preset); first < 0 {
		w.missing(w.used-2, uint64(o-w.base), distance)
	}
	for i := range n {
		switch s := o + i - distance; {
		case s >= w.base:
			out[o+i] = out[s]
		case s-w.base+len(preset) >= 0:
			out[o+i] = preset[s-w.base+len(preset)]
		default:
			out[o+i] = 0
		}
	}
}

// careful reads one group, of which there may be less than all.
func (w *walk) careful(out []byte, o int, b []byte, at int) int {
	control := b[w.used-at]
	w.used++
	for bit := 0; bit < 8 && w.used-at < len(b); bit++ {
		if control>>bit&1 == 0 {
			out[o] = b[w.used-at]
			w.used, o = w.used+1, o+1
			continue
		}
		distance, n := w.reference(b, at, uint64(o-w.base))
		if n == 0 {
			break
		}
		w.slow(out, o, distance, n)
		o += n
	}
	return o
}
