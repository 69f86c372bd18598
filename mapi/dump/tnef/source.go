package tnef

import "io"

const (
	aheadSize = 16 << 10 // how much of a file is read ahead of need
	firstTake = 64 << 10 // how much room is made for bytes that are claimed and not yet seen
)

// source is a TNEF stream: a file, which is read from its front, or one inside another, which lies in memory.
type source struct {
	r    io.Reader // nil where everything is in b
	b    []byte    // what has been read and not taken
	room []byte    // what r is read into
	off  int64     // of b in the file
	err  error     // why there is no more of r
}

func fileSource(r io.Reader) *source { return &source{r: r, room: make([]byte, aheadSize)} }

// peek returns the next n bytes, of which there may be fewer at the end; n is at most aheadSize. They are valid until the
// next call of peek or take.
func (s *source) peek(n int) []byte {
	for s.r != nil && len(s.b) < n && s.err == nil {
		kept := copy(s.room, s.b)
		var got int
		got, s.err = s.read(s.room[kept:])
		s.b = s.room[:kept+got]
	}
	return s.b[:min(n, len(s.b))]
}

// read reads once. It gives up on a reader that gives nothing, again and again, and no reason.
func (s *source) read(b []byte) (int, error) {
	for range 100 {
		if n, err := s.r.Read(b); n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}

// take returns the next n bytes, of which there may be fewer at the end, and goes on behind them. They are the caller's,
// and part of the stream that lies in memory where this one does. Room is made as bytes come in, never for a claim: at
// most four times what has come, so that a long value is copied but for its last part.
func (s *source) take(n int64) []byte {
	if s.r == nil {
		m := min(n, int64(len(s.b)))
		out := s.b[:m:m]
		s.b, s.off = s.b[m:], s.off+m
		return out
	}
	out := make([]byte, 0, min(n, firstTake))
	for int64(len(out)) < n {
		if len(out) == cap(out) {
			out = append(make([]byte, 0, min(n, 4*int64(cap(out)))), out...)
		}
		free := out[len(out):cap(out)]
		if m := copy(free, s.b); m > 0 {
			s.b, out = s.b[m:], out[:len(out)+m]
			continue
		}
		if s.err != nil {
			break
		}
		var m int
		m, s.err = s.read(free)
		out = out[:len(out)+m]
	}
	s.off += int64(len(out))
	return out
}

// skip goes on behind the next n bytes and returns how many there were.
func (s *source) skip(n int64) (skipped int64) {
	for skipped < n {
		m := int64(len(s.peek(int(min(n-skipped, aheadSize)))))
		if m == 0 {
			break
		}
		s.b, s.off, skipped = s.b[m:], s.off+m, skipped+m
	}
	return skipped
}
