package textline

// Buffer collects the bytes of a value whose length nobody knows before its end. It keeps them in pieces and joins them
// once, so that a long value takes twice its length altogether, where append would take five times. The zero Buffer is
// empty.
type Buffer struct {
	full [][]byte
	last []byte
	n    int // bytes in full
}

const (
	leastPiece = 256
	mostPiece  = 1 << 20
)

// Len returns the number of bytes.
func (b *Buffer) Len() int { return b.n + len(b.last) }

// Add appends p.
func (b *Buffer) Add(p ...byte) {
	for len(p) > 0 {
		if len(b.last) == cap(b.last) {
			size := leastPiece
			if len(b.last) > 0 {
				b.full, b.n = append(b.full, b.last), b.n+len(b.last)
				size = min(2*len(b.last), mostPiece)
			}
			b.last = make([]byte, 0, size)
		}
		n := copy(b.last[len(b.last):cap(b.last)], p)
		b.last, p = b.last[:len(b.last)+n], p[n:]
	}
}

// Take returns the bytes, which are the caller's, and empties the Buffer. It never returns nil.
func (b *Buffer) Take() []byte {
	all := make([]byte, 0, b.Len())
	for i, p := range b.full {
		all = append(all, p...)
		b.full[i] = nil // a piece is garbage as soon as it was copied
	}
	all = append(all, b.last...)
	if b.last = b.last[:0]; b.n > 0 {
		b.last = nil
	}
	b.full, b.n = b.full[:0], 0
	return all
}
