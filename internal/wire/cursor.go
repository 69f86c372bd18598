// Package wire reads and writes little-endian structures.
//
// A Cursor eats bytes from the front. After the first read that does not fit it is dead: every later read returns zero,
// so a decoder is straight-line code in the order of the specification. There is one bounds check, take. With a
// diag.Report the same walk records which bytes became which field; without one it costs next to nothing.
package wire

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Words are what a Cursor needs to know of the format it reads: the code for missing bytes, and the section that
// findings name when their catalogue entry has none of its own.
type Words struct {
	Truncated diag.Code
	Spec      string
}

// Cursor reads one blob, or a part of it that it cannot leave. Offsets are always those of the whole blob.
type Cursor struct {
	b      []byte // the whole blob
	off    int    // the next byte to read
	end    int    // the first byte out of reach
	fast   int    // end where nothing is recorded, else 0: what Fast may read up to
	stop   int    // where a dead cursor died
	dead   bool   // a read did not fit
	failed bool   // a finding of severity Error or above was made, here or in a child
	rep    *diag.Report
	fields *diag.Report // rep where that takes fields, else nil
	words  *Words
}

// New returns a Cursor over b that reports to rep. A nil rep makes a strict cursor: nothing is recorded, and OK says
// whether something would have been.
func New(b []byte, rep *diag.Report, words *Words) Cursor {
	var c Cursor
	c.Start(b, rep, words)
	return c
}

// Start makes c what New returns. In a place of its own a cursor is ready sooner than a copy of one.
func (c *Cursor) Start(b []byte, rep *diag.Report, words *Words) {
	c.b, c.off, c.end, c.fast, c.stop = b, 0, len(b), 0, 0
	if rep == nil {
		c.fast = len(b)
	}
	c.dead, c.failed, c.rep, c.fields, c.words = false, false, rep, nil, words
	if rep != nil && rep.Mapping() {
		c.fields = rep
	}
}

// OK reports whether nothing of severity Error or above was found.
func (c *Cursor) OK() bool { return !c.failed }

// Dead reports whether a read did not fit.
func (c *Cursor) Dead() bool { return c.dead }

// Recording reports whether findings below Error are of interest: a decoder skips their checks otherwise.
func (c *Cursor) Recording() bool { return c.rep != nil && c.rep.Recording() }

// Offset returns the offset of the next byte.
func (c *Cursor) Offset() int { return c.off }

// Left returns the number of bytes within reach: none when the cursor is dead.
func (c *Cursor) Left() int { return c.end - c.off }

// Peek returns up to n bytes at the absolute offset off without reading them: fewer, or none, where the cursor's reach
// ends.
func (c *Cursor) Peek(off, n int) []byte {
	if c.dead || off < 0 || off >= c.end {
		return nil
	}
	return c.b[off : off+min(n, c.end-off)]
}

// take is the one bounds check: the next n bytes, or nil. A dead cursor stands at its end.
func (c *Cursor) take(n int) []byte {
	if uint(n) > uint(c.end-c.off) {
		return nil
	}
	c.off += n
	return c.b[c.off-n : c.off]
}

// short kills the cursor: need bytes of the field name do not fit where it stands.
func (c *Cursor) short(name string, need uint64) {
	if c.dead {
		return
	}
	left := c.end - c.off
	c.Find(diag.Fatal, c.words.Truncated, name, c.off, left, "needs %d bytes, %d left", need, left)
	c.Undecoded()
}

// Undecoded gives up on what is left: it is recorded as such, and the cursor is dead. The decoder has said why.
func (c *Cursor) Undecoded() {
	if c.dead {
		return
	}
	if c.fields != nil && c.end > c.off {
		// The rest belongs to no field, whatever structure the walk was in.
		c.fields.AddUndecoded(c.off, c.end-c.off)
	}
	c.dead = true
	c.stop = c.off
	c.off = c.end
}

// Whole returns what was read from the offset at on before the cursor died: whole fields, which a decoder may still make
// use of.
func (c *Cursor) Whole(at int) []byte { return c.b[at:max(at, c.stop)] }

// Find reports a finding about the n bytes at off, which are the field name below the current path.
func (c *Cursor) Find(s diag.Severity, code diag.Code, name string, off, n int, format string, args ...any) {
	if s >= diag.Error {
		c.failed = true
	}
	if c.rep != nil && c.rep.Takes(s) {
		var room [192]byte
		c.rep.AddText(s, code, name, diag.Span{Offset: off, Len: n}, c.words.Spec, fmt.Appendf(room[:0], format, args...))
	}
}

// Say does what Find does, with a message that was made without a format: for findings that nearly every blob has. The
// message is not kept.
func (c *Cursor) Say(s diag.Severity, code diag.Code, name string, off, n int, msg []byte) {
	if s >= diag.Error {
		c.failed = true
	}
	if c.rep != nil {
		c.rep.AddText(s, code, name, diag.Span{Offset: off, Len: n}, c.words.Spec, msg)
	}
}

// AppendHex appends the last n digits of v, in capitals: for messages that are made without a format.
func AppendHex(b []byte, v uint64, n int) []byte {
	const digits = "0123456789ABCDEF"
	for n--; n >= 0; n-- {
		b = append(b, digits[v>>(4*n)&15])
	}
	return b
}

// In adds a step to the path, with an index unless i is negative; Out takes it back.
func (c *Cursor) In(name string, i int) {
	if c.rep != nil {
		c.rep.Enter(name, i)
	}
}

// Out takes back the last step of the path.
func (c *Cursor) Out() {
	if c.rep != nil {
		c.rep.Leave()
	}
}

// Fast returns the next n bytes of a strict cursor, and nil where it is not strict or they do not fit: then Run does the
// same and all that goes with it. It is for the places that are read most often, because it costs no call.
func (c *Cursor) Fast(n int) []byte {
	if n > c.fast-c.off {
		return nil
	}
	c.off += n
	return c.b[c.off-n : c.off]
}

// Field describes one field of a fixed-size run.
type Field = diag.FieldType

// Run reads n bytes that are laid out as the table says, with one check, and returns them for the caller to index into;
// they must not be kept. Where they do not all fit it reads those fields that do, reports the first that does not, and
// returns nil.
func (c *Cursor) Run(table []Field, n int) []byte {
	b := c.take(n)
	if b == nil || c.fields != nil {
		c.runSlow(table, n, b)
	}
	return b
}

// runSlow does what a run costs beyond its bytes: it records them, or says why they are none.
func (c *Cursor) runSlow(table []Field, n int, b []byte) {
	if b == nil {
		c.runShort(table)
		return
	}
	c.fields.AddRun(table, c.off-n)
}

func (c *Cursor) runShort(table []Field) {
	for i := range table {
		f := &table[i]
		if c.take(f.Size) == nil {
			c.short(f.Name, uint64(f.Size))
			return
		}
		c.record(f.Name, f.Kind, f.Size, f.Meaning)
	}
}

// Array reads n elements of the type f, with one check, and returns their bytes for the caller to index into; they must
// not be kept. Where they do not all fit it reports that and returns nil, for no elements too.
func (c *Cursor) Array(f *Field, n uint64) []byte {
	if n > uint64(c.Left()/f.Size) {
		need := n * uint64(f.Size)
		if need/uint64(f.Size) != n {
			need = 1<<64 - 1 // it is more than that
		}
		c.short(f.Name, need)
		return nil
	}
	if c.fields != nil {
		c.fields.AddArray(f, c.off, int(n))
	}
	return c.take(int(n) * f.Size)
}

// record records the last n bytes read as the field name.
func (c *Cursor) record(name string, kind diag.Kind, n int, meaning func([]byte) string) {
	if c.fields != nil && n > 0 {
		c.fields.AddField(name, kind, c.off-n, n, meaning)
	}
}

// Bytes reads a run of n bytes. The result aliases the input: a decoder copies what it keeps.
func (c *Cursor) Bytes(name string, n uint64) []byte { return c.run(name, diag.Bytes, n, nil) }

// BytesAs reads a run of n bytes as Bytes does. The meaning is asked for the field's text when somebody reads it.
func (c *Cursor) BytesAs(name string, n uint64, meaning func([]byte) string) []byte {
	return c.run(name, diag.Bytes, n, meaning)
}

// UTF16 reads n code units of UTF-16LE text as bytes, which alias the input.
func (c *Cursor) UTF16(name string, units uint64) []byte {
	if units > 1<<62 {
		units = 1 << 62 // still more than any input holds, and twice that is no overflow
	}
	return c.run(name, diag.UTF16, 2*units, nil)
}

func (c *Cursor) run(name string, kind diag.Kind, n uint64, meaning func([]byte) string) []byte {
	if n > uint64(c.Left()) {
		c.short(name, n)
		return nil
	}
	b := c.take(int(n))
	c.record(name, kind, int(n), meaning)
	return b
}

// U8 reads an unsigned byte.
func (c *Cursor) U8(name string) uint8 {
	if b := c.fixed(name, diag.Uint, 1); b != nil {
		return b[0]
	}
	return 0
}

// U16 reads an unsigned 16-bit integer.
func (c *Cursor) U16(name string) uint16 {
	if b := c.fixed(name, diag.Uint, 2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// U32 reads an unsigned 32-bit integer.
func (c *Cursor) U32(name string) uint32 {
	if b := c.fixed(name, diag.Uint, 4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// U64 reads an unsigned 64-bit integer.
func (c *Cursor) U64(name string) uint64 {
	if b := c.fixed(name, diag.Uint, 8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// I32 reads a signed 32-bit integer.
func (c *Cursor) I32(name string) int32 {
	if b := c.fixed(name, diag.Int, 4); b != nil {
		return int32(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (c *Cursor) fixed(name string, kind diag.Kind, n int) []byte {
	b := c.take(n)
	if b == nil || c.fields != nil {
		c.fixedSlow(name, kind, n, b)
	}
	return b
}

// fixedSlow does what an integer costs beyond its bytes.
func (c *Cursor) fixedSlow(name string, kind diag.Kind, n int, b []byte) {
	if b == nil {
		c.short(name, uint64(n))
		return
	}
	c.record(name, kind, n, nil)
}

// Count bounds how many elements to allocate for: n, or as many of at least size bytes as are left. It reports
// nothing, because the read of the first element that is missing says more.
func (c *Cursor) Count(n uint64, size int) int {
	return int(min(n, uint64(c.Left()/size)))
}

// Sub returns a child that reads the next n bytes and cannot leave them; the cursor itself goes on behind them. A child
// that dies does not kill its parent. The caller hands it to Join when done. Where n bytes are not left, the cursor
// dies and the child is dead too.
func (c *Cursor) Sub(name string, n uint64) Cursor {
	child := *c
	child.failed = false
	if n > uint64(c.Left()) {
		c.short(name, n)
		child.dead, child.off = true, child.end
		return child
	}
	c.off += int(n)
	child.end = c.off
	child.fast = min(c.fast, c.off)
	return child
}

// Join ends a child: what it did not read is recorded as the field rest, and its failure becomes the parent's.
func (c *Cursor) Join(child *Cursor, rest string) {
	child.Bytes(rest, uint64(child.Left()))
	c.failed = c.failed || child.failed
}

// Rest reads all that is left, with a Warning if that is anything. The result aliases the input.
func (c *Cursor) Rest(name string, code diag.Code) []byte {
	n := c.Left()
	if n == 0 {
		return nil
	}
	if c.rep != nil {
		c.Find(diag.Warning, code, name, c.off, n, "%d bytes follow the structure", n)
	}
	return c.run(name, diag.Bytes, uint64(n), nil)
}

// Text reads n code units of UTF-16LE as a string, in WTF-8 where surrogates are unpaired.
func (c *Cursor) Text(name string, units uint64) string {
	return string(wtf8.AppendDecode(nil, c.UTF16(name, units)))
}
