package textline

import (
	"encoding/binary"
	"io"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// utf16Reader turns UTF-16 into WTF-8, so that offsets can be counted back.
type utf16Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    [4096]byte
	n     int // how many bytes of in wait
	le    []byte
	out   []byte
	rest  []byte // what of out has not been handed on
	half  bool   // the file ends in half a character
	err   error
}

func (u *utf16Reader) Read(b []byte) (int, error) {
	for len(u.rest) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		n, err := u.src.Read(u.in[u.n:])
		if n == 0 && err == nil {
			return 0, nil // whoever reads from here counts how often that happens
		}
		u.n += n
		u.err = err
		u.decode(err != nil)
	}
	n := copy(b, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// decode turns what waits into text, all of it if there is no more, and else all but the beginning of a character.
func (u *utf16Reader) decode(last bool) {
	whole := u.n &^ 1
	if !last && whole >= 2 && u.order.Uint16(u.in[whole-2:])&0xFC00 == 0xD800 {
		whole -= 2
	}
	u.le = u.le[:0]
	for i := 0; i < whole; i += 2 {
		u.le = binary.LittleEndian.AppendUint16(u.le, u.order.Uint16(u.in[i:]))
	}
	u.out = wtf8.AppendDecode(u.out[:0], u.le)
	u.n = copy(u.in[:], u.in[whole:u.n])
	if last && u.n == 1 {
		u.out = append(u.out, "\uFFFD"...) // half a character at the end: no digit and no letter, so it is reported
		u.n, u.half = 0, true
	}
	u.rest = u.out
}
