package rtf

import (
	"io"
	"math"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// A Reader decompresses a value of PidTagRtfCompressed while it is read, in constant memory ([MS-OXRTFCP] 2.1.3.1.1). It belongs
// to one goroutine.
type Reader struct {
	r    io.Reader
	head Compressed // the header
	w    walk
	left uint64 // bytes of CONTENTS to come from r
	eof  bool   // r has no more of them
	fail error  // of r, where that is why
	cut  bool   // r has ended before CONTENTS did
	in   []byte // of CONTENTS: read from r, and not looked at yet
	room []byte // what in is a part of
	out  []byte // the dictionary, and RTF that is to be returned: out[from:to]
	from int
	to   int
	err  error // what comes after the last of the RTF
}

const (
	readerIn  = 8 << 10
	readerOut = window + 32<<10
	patience  = 100 // how often r may return nothing at all
)

// NewReader returns a Reader of the value that r yields. It reads no more of r than COMPSIZE counts, and nothing before the
// first Read.
func NewReader(r io.Reader) *Reader { return &Reader{r: r} }

// Read returns RTF. After the last of it comes io.EOF, or else the *diag.DecodeError that Decode has for the same value: what
// was returned before is as much as there is. Errors of the reader below are returned as they are, in the same way.
func (z *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if z.room == nil {
		z.start()
	}
	for z.from == z.to && z.err == nil {
		z.step()
	}
	if z.from == z.to {
		return 0, z.err
	}
	n := copy(p, z.out[z.from:z.to])
	z.from += n
	return n, nil
}

// start reads the header.
func (z *Reader) start() {
	z.room, z.out = make([]byte, readerIn), make([]byte, readerOut)
	switch n, err := io.ReadFull(z.r, z.room[:headerSize]); {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		z.err = failure(z.room[:n])
		return
	case err != nil:
		z.err = err
		return
	}
	z.head.header(z.room)
	z.w.known = z.head.CompType == LZFu || z.head.CompType == MELA
	z.left = math.MaxUint64
	if z.head.CompSize >= counted {
		z.left = uint64(z.head.CompSize) - counted
	}
	z.eof = z.left == 0
}

// step reads some more of CONTENTS, and makes RTF of it. All of out was returned before.
func (z *Reader) step() {
	if !z.eof && len(z.in) < groupIn {
		z.fill()
	}
	before := z.w.used
	switch {
	case !z.w.known || z.w.ended:
		z.in = z.in[:0] // read for the CRC alone, or for the end
	case z.head.CompType == LZFu:
		z.forget()
		z.to = z.w.groups(z.out, z.to, z.in, before, z.eof)
		z.w.size += uint64(z.to - z.from)
		z.in = z.in[z.w.used-before:]
	default:
		z.to = copy(z.out, z.in[:min(uint64(len(z.in)), uint64(z.head.RawSize)-z.w.size)])
		z.from = 0
		z.w.used += z.to
		z.w.size += uint64(z.to)
		z.w.ended = z.w.size == uint64(z.head.RawSize)
		z.in = z.in[z.to:]
	}
	if z.eof && len(z.in) == 0 {
		z.finish()
	}
}

// fill reads from r.
func (z *Reader) fill() {
	kept := copy(z.room, z.in)
	most := kept + int(min(uint64(readerIn-kept), z.left))
	for range patience {
		n, err := z.r.Read(z.room[kept:most])
		z.in = z.room[:kept+n]
		z.left -= uint64(n)
		z.w.there += n
		if z.head.CompType == LZFu {
			z.w.crc = checksum(z.w.crc, z.room[kept:kept+n])
		}
		switch {
		case z.left == 0:
			z.eof = true
		case err == io.EOF:
			z.eof, z.cut = true, z.head.CompSize >= counted
		case err != nil:
			z.eof, z.fail = true, err
		case n == 0:
			continue
		}
		return
	}
	z.eof, z.fail = true, io.ErrNoProgress
}

// forget makes room for more output. What references can reach is kept.
func (z *Reader) forget() {
	if len(z.out)-z.to >= groupOut {
		return
	}
	n := z.to - window
	copy(z.out, z.out[n:z.to])
	z.from, z.to = window, window
	if z.w.base -= n; z.w.base < -2*window { // so far back that no reference reaches it: only its place in the ring counts
		z.w.base = -window + z.w.base%window
	}
}

// finish says what Decode would say.
func (z *Reader) finish() {
	if z.fail != nil {
		z.err = z.fail
		return
	}
	z.w.whole = !z.cut
	r := diag.NewErrors("rtf", catalogue)
	c := wire.New(nil, r, &words)
	z.head.check(&c, &z.w)
	if z.err = r.Err(); z.err == nil {
		z.err = io.EOF
	}
}
