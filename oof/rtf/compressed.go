package rtf

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// CompType says how RTF is stored: COMPTYPE of [MS-OXRTFCP] 2.1.3.1.1. Its String is LZFu or MELA, or else the number.
type CompType uint32

// The two ways there are. The number of each is its name in ASCII, read as a little-endian integer.
const (
	LZFu CompType = 0x75465A4C // compressed
	MELA CompType = 0x414C454D // as it is
)

// String returns the name of the type, or the number of one that has none.
func (t CompType) String() string {
	switch t {
	case LZFu:
		return "LZFu"
	case MELA:
		return "MELA"
	}
	return string(appendHex32(nil, uint32(t)))
}

func appendHex32(b []byte, v uint32) []byte { return wire.AppendHex(append(b, "0x"...), uint64(v), 8) }

// append appends what String returns.
func (t CompType) append(b []byte) []byte {
	if t == LZFu || t == MELA {
		return append(b, t.String()...)
	}
	return appendHex32(b, uint32(t))
}

// Compressed is the value of PidTagRtfCompressed ([MS-OXRTFCP] 2.1.3.1.1): a header of 16 bytes, and RTF that is compressed or
// not. The zero value is of no known type; use New.
type Compressed struct {
	CompSize uint32   // COMPSIZE: the bytes behind itself, 12 more than Contents
	RawSize  uint32   // RAWSIZE: the bytes of the RTF
	CompType CompType // COMPTYPE
	CRC      uint32   // CRC of Contents; 0 with MELA
	Contents []byte   // CONTENTS as stored, with what may follow the RTF in it
	Trailing []byte   // what follows the bytes that COMPSIZE counts
}

const (
	headerSize = 16
	counted    = 12 // what COMPSIZE counts of the header
)

var words = wire.Words{Truncated: Truncated} // sections come from the catalogue

var headerFields = []wire.Field{
	{Name: "COMPSIZE", Size: 4},
	{Name: "RAWSIZE", Size: 4},
	{Name: "COMPTYPE", Size: 4, Meaning: compTypeText},
	{Name: "CRC", Size: 4, Meaning: crcText},
}

func compTypeText(b []byte) string { return CompType(binary.LittleEndian.Uint32(b)).String() }

func crcText(b []byte) string { return string(appendHex32(nil, binary.LittleEndian.Uint32(b))) }

// Decode decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above; it is an
// io.ErrUnexpectedEOF when b ends too early. b is not kept.
func Decode(b []byte) (*Compressed, error) {
	v := new(Compressed)
	if err := v.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return v, nil
}

// Inspect decodes as much of b as there is, and reports every field and every finding. It never fails. After a Fatal
// finding the value holds what there is, and AppendRTF returns the RTF up to there.
func Inspect(b []byte) (*Compressed, *diag.Report) {
	r := diag.NewLazy("rtf", b, catalogue, func(b []byte, r *diag.Report) { inspect(b, r) })
	return inspect(b, r), r
}

func inspect(b []byte, r *diag.Report) *Compressed {
	v, c := new(Compressed), wire.New(b, r, &words)
	v.read(&c)
	return v
}

// UnmarshalBinary decodes b into v strictly, as Decode does, and reuses the memory v holds. After an error v holds no
// promised value, but may be used again.
func (v *Compressed) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	v.read(&c)
	if c.OK() {
		return nil
	}
	return failure(b)
}

// failure returns what is wrong with b.
func failure(b []byte) error {
	r := diag.NewErrors("rtf", catalogue)
	c := wire.New(b, r, &words)
	new(Compressed).read(&c)
	return r.Err()
}

func (v *Compressed) read(c *wire.Cursor) {
	b := c.Run(headerFields, headerSize)
	if b == nil {
		var part [headerSize]byte // what there is of it, and zeros
		copy(part[:], c.Whole(0))
		b = part[:]
	}
	v.header(b)
	v.Contents, v.Trailing = v.Contents[:0], v.Trailing[:0]
	if c.Dead() {
		return
	}
	n, whole := v.size(c.Left())
	stored := c.Peek(headerSize, n)
	w := walkOf(v.CompType, v.RawSize, stored)
	w.there, w.whole = n, whole
	if v.CompType == LZFu {
		w.crc = checksum(0, stored)
	}
	v.readContents(c, &w)
	v.Contents = append(v.Contents, stored...)
	v.check(c, &w)
	if whole {
		v.Trailing = append(v.Trailing, c.Rest("trailing", TrailingData)...)
	}
}

func (v *Compressed) header(b []byte) {
	v.CompSize, v.RawSize = binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	v.CompType, v.CRC = CompType(binary.LittleEndian.Uint32(b[8:])), binary.LittleEndian.Uint32(b[12:])
}

// size returns how many of the bytes left are CONTENTS, and whether those are all that COMPSIZE counts.
func (v *Compressed) size(left int) (n int, whole bool) {
	switch claimed := uint64(v.CompSize); {
	case claimed < counted:
		return left, true // it counts less than its own header
	case claimed-counted > uint64(left):
		return left, false
	default:
		return int(claimed - counted), true
	}
}

// readContents reads CONTENTS, and records apart from them those bytes in which no RTF is any more.
func (v *Compressed) readContents(c *wire.Cursor, w *walk) {
	if !c.Recording() || !w.known {
		c.Bytes("CONTENTS", uint64(w.there))
		return
	}
	size := w.size
	c.BytesAs("CONTENTS", uint64(w.used), func([]byte) string { return fmt.Sprintf("%d bytes of RTF", size) })
	c.Bytes("padding", uint64(w.there-w.used))
}

// AppendBinary appends the encoding of v: exactly what its fields say, whether that makes a good blob or not. The error is
// always nil.
func (v *Compressed) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, v.CompSize)
	b = binary.LittleEndian.AppendUint32(b, v.RawSize)
	b = binary.LittleEndian.AppendUint32(b, uint32(v.CompType))
	b = binary.LittleEndian.AppendUint32(b, v.CRC)
	b = append(b, v.Contents...)
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *Compressed) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Decompress appends the RTF that b, the value of PidTagRtfCompressed, holds. It is as strict as Decode, and returns dst alone
// beside its errors. Where dst has room for the RTF and some 200 bytes more, nothing is allocated.
func Decompress(dst, b []byte) ([]byte, error) {
	if len(b) < headerSize {
		return dst, failure(b)
	}
	var v Compressed
	v.header(b)
	n, whole := v.size(len(b) - headerSize)
	v.Contents = b[headerSize : headerSize+n]
	ok, out := whole && v.CompSize >= counted, dst
	switch v.CompType {
	case LZFu:
		var w walk
		out = w.expand(dst, v.Contents, v.RawSize)
		ok = ok && !w.half && w.bad.n == 0 && (v.CRC == 0 || v.CRC == checksum(0, v.Contents))
	case MELA:
		out = v.AppendRTF(dst)
		ok = ok && uint64(v.RawSize) <= uint64(n)
	default:
		ok = false
	}
	if !ok {
		return dst, failure(b)
	}
	return out, nil
}

// AppendRTF appends the RTF, decompressed, and as much of it as there is where something is missing. Of an unknown type
// there is none. Where b has room for it and some 200 bytes more, nothing is allocated.
func (v *Compressed) AppendRTF(b []byte) []byte {
	switch v.CompType {
	case LZFu:
		var w walk
		return w.expand(b, v.Contents, v.RawSize)
	case MELA:
		return append(b, v.Contents[:min(uint64(len(v.Contents)), uint64(v.RawSize))]...)
	}
	return b
}

// Normalize makes the header true: sizes and CRC are those of the contents. It drops what follows the RTF, in CONTENTS and
// behind them, and changes no value of an unknown type but for the sizes. What is missing stays missing.
func (v *Compressed) Normalize() {
	v.Trailing = nil
	w := walkOf(v.CompType, v.RawSize, v.Contents)
	switch v.CompType {
	case LZFu:
		v.Contents = v.Contents[:w.used]
		v.RawSize, v.CRC = uint32(min(w.size, math.MaxUint32)), checksum(0, v.Contents)
	case MELA:
		v.Contents = v.Contents[:w.used]
		v.RawSize, v.CRC = uint32(len(v.Contents)), 0
	}
	v.CompSize = uint32(min(uint64(len(v.Contents))+counted, math.MaxUint32))
}

// New returns RTF as the value of PidTagRtfCompressed, compressed with LZFu or as it is with MELA. rtf is not kept. The
// error is about another type, and about RTF that is too long for 32 bits to count.
func New(rtf []byte, t CompType) (*Compressed, error) {
	v := &Compressed{CompType: t}
	if uint64(len(rtf)) > math.MaxUint32 {
		return nil, fmt.Errorf("rtf: RAWSIZE: %d bytes do not fit in 32 bits", len(rtf))
	}
	v.RawSize = uint32(len(rtf))
	switch t {
	case LZFu:
		v.Contents = compress(rtf)
		v.CRC = checksum(0, v.Contents)
	case MELA:
		v.Contents = append([]byte{}, rtf...)
	default:
		return nil, fmt.Errorf("rtf: COMPTYPE: %v is none that can be written", t)
	}
	if uint64(len(v.Contents))+counted > math.MaxUint32 {
		return nil, fmt.Errorf("rtf: COMPSIZE: %d bytes of CONTENTS do not fit in 32 bits", len(v.Contents))
	}
	v.CompSize = uint32(len(v.Contents) + counted)
	return v, nil
}
