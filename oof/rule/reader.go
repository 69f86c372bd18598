package rule

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// maxDepth is how deep a restriction may lie in others, and in the values of others: Exchange refuses what is deeper.
const maxDepth = 256

// maxPath is how many levels of that a path names. The path of what lies deeper ends in one step for all of them, so that
// what is printed of a small blob stays small.
const maxPath = 8

var words = wire.Words{Truncated: Truncated} // sections come from the catalogue

// reader reads the parts of rules, in the widths of a profile. Its depth is that of the value it reads.
type reader struct {
	*wire.Cursor
	p     mapi.Profile
	depth int
	*shared
}

// shared is what the readers of a blob have in common.
type shared struct {
	room  int // how many bytes may still be made room for before there is something to put there
	many  []group
	trial *trial
	// search: the restriction is that of a search folder, with comments and counts as [MS-OXOSRCH] 2.2.1.2.8.2 has them.
	search bool
}

// newReader returns a reader at the beginning of a blob.
func newReader(c *wire.Cursor, p mapi.Profile) reader {
	return reader{c, p, 0, &shared{room: 6 * c.Left()}}
}

// within returns the reader of a part that c cannot leave.
func (r reader) within(c *wire.Cursor) reader { return reader{c, r.p, r.depth, r.shared} }

// makeRoom makes room for n elements, or for fewer where what was made room for so far would be out of proportion to the
// input: a count may be a lie, and so may one in each of the 256 levels above it.
func makeRoom[E any](r reader, n uint32, size int) []E {
	m := min(int64(n), int64(r.room/size))
	r.room -= int(m) * size
	return make([]E, 0, m)
}

// grown returns the list with room for one more: where makeRoom made too little, for twice as many as are there, but for
// no more than n.
func grown(list []TaggedValue, n uint32) []TaggedValue {
	if len(list) < cap(list) {
		return list
	}
	return append(make([]TaggedValue, 0, min(int64(n), 2*int64(len(list))+4)), list...)
}

// The sizes of what lists are made of, on a machine of 64 bits.
const (
	pointerSize   = 16
	taggedSize    = 32
	recipientSize = 32
	blockSize     = 64
	namedSize     = 72
)

// number reads an integer that is 1, 2 or 4 bytes wide.
func (r reader) number(name string, width int) uint32 {
	switch width {
	case 1:
		return uint32(r.U8(name))
	case 2:
		return uint32(r.U16(name))
	}
	return r.U32(name)
}

// countTable returns the table of a count, which is 1, 2 or 4 bytes wide.
func (t *countTables) of(width int) []wire.Field { return t[width/2] }

// countTables are the tables of a count of 1, 2 and 4 bytes.
type countTables [3][]wire.Field

func countOf(name string) *countTables {
	return &countTables{{{Name: name, Size: 1}}, {{Name: name, Size: 2}}, {{Name: name, Size: 4}}}
}

var (
	restrictCount   = countOf("RestrictCount")
	valuesCount     = countOf("TaggedValuesCount")
	actionsCount    = countOf("NoOfActions")
	recipientCount  = countOf("RecipientCount")
	propertiesCount = countOf("NoOfProperties")
	namedCount      = countOf("NoOfNamedProps")
)

// count reads a count of elements of at least size bytes. It reports false where that many cannot follow.
func (r reader) count(table []wire.Field, size int) (uint32, bool) {
	off := r.Offset()
	b := r.Run(table, table[0].Size)
	if b == nil {
		return 0, false
	}
	name, width, n := table[0].Name, table[0].Size, uint32(b[0])
	switch width {
	case 2:
		n = uint32(le.Uint16(b))
	case 4:
		n = le.Uint32(b)
	}
	if left := r.Left(); uint64(n) > uint64(left/size) {
		r.Find(diag.Fatal, CountTooBig, name, off, width, "is %d, each of at least %d bytes, %d bytes left", n, size, left)
		r.Undecoded()
		return 0, false
	}
	return n, true
}

// enter adds the step of a restriction to the path, and leave takes it back. Below maxPath there is one step for all levels.
func (r reader) enter(name string, i int) {
	switch {
	case r.depth < maxPath:
		r.In(name, i)
	case r.depth == maxPath:
		r.In("deeper", -1)
	}
}

func (r reader) leave() {
	if r.depth <= maxPath {
		r.Out()
	}
}

// tooDeep reports whether what comes next, a field of n bytes, lies deeper than anything may, and that it does.
func (r reader) tooDeep(name string, n int) bool {
	if r.depth <= maxDepth || r.Dead() {
		return false
	}
	r.Find(diag.Fatal, TooDeep, name, r.Offset(), min(n, r.Left()), "lies deeper than %d others", maxDepth)
	r.Undecoded()
	return true
}

// The widths that depend on the profile.

func typeWidth(p mapi.Profile) int {
	if p == mapi.ProfileOCFG {
		return 4
	}
	return 1
}

// countWidth is that of the number of restrictions in AND and OR.
func countWidth(p mapi.Profile) int {
	if p == mapi.ProfileROP || p == mapi.ProfileMFCMAPI {
		return 2
	}
	return 4
}

// actionWidth is that of the number and length of actions, and of the sizes of entry ids.
func actionWidth(p mapi.Profile) int {
	if p == mapi.ProfileExtended {
		return 4
	}
	return 2
}

// recipientWidth is that of the number of recipients, and of their properties.
func recipientWidth(p mapi.Profile) int {
	if p == mapi.ProfileROP {
		return 2
	}
	return 4
}

// run reads the fields of one of two tables: that of the narrow numbers, and that of the wide ones.
func (r reader) run(tables *[2][]wire.Field) []byte {
	table := tables[0]
	if typeWidth(r.p) == 4 {
		table = tables[1]
	}
	size := 0
	for i := range table {
		size += table[i].Size
	}
	return r.Run(table, size)
}

// number takes an integer of the width of types off the front of b.
func takeNumber(b []byte, p mapi.Profile) (uint32, []byte) {
	if typeWidth(p) == 4 {
		return le.Uint32(b), b[4:]
	}
	return uint32(b[0]), b[1:]
}

func takeTag(b []byte) (mapi.PropTag, []byte) {
	return mapi.PropTag(le.Uint32(b)), b[4:]
}

// writer appends the parts of rules. The first thing that no blob can hold is its error, and nothing is appended then.
type writer struct {
	b     []byte
	p     mapi.Profile
	depth int
	err   error
	// search is what it is in shared.
	search bool
}

func (w *writer) fail(path, format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("rule: %s: %w", path, fmt.Errorf(format, args...))
	}
}

// number appends an integer that is 1, 2 or 4 bytes wide.
func (w *writer) number(path string, n uint64, width int) {
	switch {
	case n >= 1<<(8*width):
		w.fail(path, "is %d, which does not fit %d bits", n, 8*width)
	case width == 1:
		w.b = append(w.b, byte(n))
	case width == 2:
		w.b = le.AppendUint16(w.b, uint16(n))
	default:
		w.b = le.AppendUint32(w.b, uint32(n))
	}
}

func (w *writer) tag(t mapi.PropTag) { w.b = le.AppendUint32(w.b, uint32(t)) }

// bytes appends a run of bytes behind its length.
func (w *writer) bytes(path string, b []byte, width int) {
	w.number(path, uint64(len(b)), width)
	w.b = append(w.b, b...)
}

// deeper goes one level down, and reports false where that is one too many. up takes it back.
func (w *writer) deeper() bool {
	if w.depth > maxDepth {
		w.fail("Restriction", "lies deeper than %d others", maxDepth)
	}
	w.depth++
	return w.err == nil
}

func (w *writer) up() { w.depth-- }

// tagged reads a property and its value.
func (r reader) tagged(name string, i int) (TaggedValue, bool) {
	r.In(name, i)
	defer r.Out()
	at := r.Offset()
	b := r.Run(tagFields, 4)
	if b == nil {
		return TaggedValue{}, false
	}
	tag, _ := takeTag(b)
	v := TaggedValue{PropertyTag: tag}
	switch {
	case tag.Type() == mapi.PtypRestriction:
		r.depth++
		v.Nested = &Nested{Restriction: r.restriction()}
	case tag.Type() == mapi.PtypRuleAction && r.p != mapi.ProfileOCFG:
		r.depth++
		if r.tooDeep("NoOfActions", actionWidth(r.p)) {
			return v, false
		}
		v.Nested = &Nested{ActionBlocks: r.actions()}
	default:
		v.Value, _ = mapi.DecodeValue(r.Cursor, "PropertyValue", tag.Type(), at, r.p)
	}
	return v, !r.Dead()
}

// tagged appends a property and its value.
func (w *writer) tagged(path string, v *TaggedValue) {
	w.tag(v.PropertyTag)
	t := v.PropertyTag.Type()
	switch {
	case t == mapi.PtypRestriction:
		if v.Nested == nil || v.Value != nil || v.Nested.ActionBlocks != nil {
			w.fail(path, "has type %s and not just a restriction", t)
			return
		}
		if w.deeper() {
			w.restriction(v.Nested.Restriction)
		}
		w.up()
	case t == mapi.PtypRuleAction && w.p != mapi.ProfileOCFG:
		if v.Nested == nil || v.Value != nil || v.Nested.Restriction != nil {
			w.fail(path, "has type %s and not just actions", t)
			return
		}
		if w.deeper() {
			w.actions(v.Nested.ActionBlocks)
		}
		w.up()
	case v.Value == nil || v.Nested != nil:
		w.fail(path, "has type %s and not just a value", t)
	case !ofType(v.Value, t):
		w.fail(path, "has type %s and a value of type %s", t, v.Value.Type())
	default:
		b, err := mapi.AppendValue(w.b, v.Value, w.p)
		if err != nil {
			w.fail(path, "%w", errors.Unwrap(err))
		}
		w.b = b
	}
}

// ofType reports whether DecodeValue gives values like v to a property of type t.
func ofType(v mapi.Value, t mapi.PropType) bool { return v.Type() == valueType(t) || v.Type() == t }

// valueType returns the type of the values of a property of type t: 0x3xxx and 0x8xxx are read as the single type.
func valueType(t mapi.PropType) mapi.PropType {
	if t.Multiple() {
		return t
	}
	return t.Element()
}

var tagFields = []wire.Field{{Name: "PropertyTag", Size: 4, Meaning: tagText}}

// tagText returns a tag, and the name of its property where that does not depend on the mailbox.
func tagText(b []byte) string {
	tag, _ := takeTag(b)
	if name, ok := mapi.NameOf(tag); ok {
		return tag.String() + " " + name
	}
	return tag.String()
}

// keep copies b. What is not there is nil.
func keep(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return slices.Clone(b)
}
