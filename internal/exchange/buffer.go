package exchange

import "unicode/utf8"

// Buffer keeps the bytes it gets, up to a limit. The zero Buffer keeps none.
type Buffer struct {
	B     []byte
	Limit int
	Lost  int64 // bytes not kept
}

// Reset empties b. The bytes it had may be somebody's by now, so they are left alone.
func (b *Buffer) Reset(limit int) { *b = Buffer{Limit: limit} }

// maxKept is the size of a buffer that is used again.
const maxKept = 64 << 10

// Reuse is Reset for bytes that are nobody's: their memory is used again, if it is not too much.
func (b *Buffer) Reuse(limit int) {
	keep := b.B[:0]
	if cap(keep) > maxKept {
		keep = nil
	}
	*b = Buffer{B: keep, Limit: limit}
}

// Write appends p.
func (b *Buffer) Write(p []byte) {
	if n := b.Limit - len(b.B); n < len(p) {
		b.Lost += int64(len(p) - n)
		p = p[:n]
	}
	b.B = append(b.room(len(p)), p...)
}

// room returns B with room for n more bytes. A value of many megabytes comes without its length. What it grows by is
// the same whatever pieces it comes in: fourfold while it is small, then by five halves, which has less in memory at a
// time than doubling, most of the time, and moves less.
func (b *Buffer) room(n int) []byte {
	need := len(b.B) + n
	if cap(b.B) >= need {
		return b.B
	}
	size := 64
	for size < need {
		if size < 64<<10 {
			size *= 4
		} else {
			size = size / 2 * 5
		}
	}
	return append(make([]byte, 0, max(need, min(size, b.Limit))), b.B...)
}

// Whole drops the beginning of a character at the end, where something was lost.
func (b *Buffer) Whole() {
	if b.Lost == 0 {
		return
	}
	for i := 1; i < utf8.UTFMax && i <= len(b.B); i++ {
		if c := b.B[len(b.B)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b.B[len(b.B)-i:]) {
				b.Lost += int64(i)
				b.B = b.B[:len(b.B)-i]
				b.Limit = len(b.B) // nothing comes behind a gap
			}
			return
		}
	}
}
