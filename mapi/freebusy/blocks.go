package freebusy

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Blocks is one value of PidTagScheduleInfoFreeBusyMerged (0x6850), …Tentative (0x6852), …Busy (0x6854) or …Away (0x6856),
// each a list of such values: the blocks of one month ([MS-OXOPFFB] 2.2.1.2.2). Which month that
// is says another property.
type Blocks struct {
	Blocks   []Block // ascending, none touching another
	Trailing []byte  // what follows the last whole block: up to 3 bytes
}

// Block is a span of time, in minutes since 00:00 UTC of the first day of the month ([MS-OXOPFFB] 2.2.1.2.2).
type Block struct {
	Start uint16 // the first minute
	End   uint16 // the first minute that is free again: 1 to 44640, greater than Start
}

const (
	blockSize    = 4
	minutesOfDay = 24 * 60
	longestMonth = 31 * minutesOfDay
)

var words = wire.Words{} // no read can fail, and sections come from the catalogue

var blockFields = []wire.Field{
	{Name: "Start", Size: 2, Meaning: minuteText},
	{Name: "End", Size: 2, Meaning: minuteText},
}

// minuteText says when in its month a minute is.
func minuteText(b []byte) string {
	m := binary.LittleEndian.Uint16(b)
	return fmt.Sprintf("day %d, %02d:%02d", m/minutesOfDay+1, m%minutesOfDay/60, m%60)
}

// Decode decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above: PartialBlock
// and ReversedBlock. b is not kept. No bytes are no blocks.
func Decode(b []byte) (*Blocks, error) {
	v := new(Blocks)
	if err := v.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return v, nil
}

// Inspect decodes as much of b as there is, and reports every field and every finding. It never fails, and no finding of
// it is Fatal: the value always holds all of b.
func Inspect(b []byte) (*Blocks, *diag.Report) {
	v, r := new(Blocks), diag.New("freebusy", b, catalogue)
	c := wire.New(b, r, &words)
	v.read(&c)
	return v, r
}

// UnmarshalBinary decodes b into v strictly, as Decode does, and reuses the memory v holds. After an error v holds no
// promised value, but may be used again.
func (v *Blocks) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	v.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("freebusy", catalogue)
	c = wire.New(b, r, &words)
	v.read(&c)
	return r.Err()
}

func (v *Blocks) read(c *wire.Cursor) {
	n := c.Left() / blockSize
	v.Blocks = v.Blocks[:0]
	if n > cap(v.Blocks) {
		v.Blocks = make([]Block, 0, n)
	}
	for i := range n {
		c.In("Blocks", i)
		b := c.Run(blockFields, blockSize)
		c.Out()
		v.Blocks = append(v.Blocks, Block{binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])})
	}
	v.check(c)
	left := c.Left()
	if left > 0 {
		c.Find(diag.Error, PartialBlock, "trailing", c.Offset(), left, "has %d of the %d bytes of a block", left, blockSize)
	}
	v.Trailing = append(v.Trailing[:0], c.Bytes("trailing", uint64(left))...)
}

// AppendBinary appends the encoding of v: exactly what its fields say, whether that makes good blocks or not. The error is
// about Trailing of 4 bytes or more, which would be read as blocks.
func (v *Blocks) AppendBinary(b []byte) ([]byte, error) {
	if len(v.Trailing) >= blockSize {
		return b, fmt.Errorf("freebusy: Trailing: is %d bytes, must be fewer than %d", len(v.Trailing), blockSize)
	}
	for _, block := range v.Blocks {
		b = binary.LittleEndian.AppendUint16(b, block.Start)
		b = binary.LittleEndian.AppendUint16(b, block.End)
	}
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *Blocks) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Normalize sorts the blocks, makes one of those that touch or overlap, and drops Trailing and the blocks that do not end
// after they start, those of which it is not known what they were to cover among them. It cuts off no block at the end of
// a month, because it knows of none.
func (v *Blocks) Normalize() {
	good := slices.DeleteFunc(v.Blocks, func(b Block) bool { return b.Start >= b.End })
	slices.SortFunc(good, byStart)
	v.Blocks, v.Trailing = good[:0], nil
	for _, b := range good {
		if n := len(v.Blocks); n > 0 && b.Start <= v.Blocks[n-1].End {
			v.Blocks[n-1].End = max(v.Blocks[n-1].End, b.End)
			continue
		}
		v.Blocks = append(v.Blocks, b)
	}
}

func byStart(a, b Block) int { return int(a.Start) - int(b.Start) }
