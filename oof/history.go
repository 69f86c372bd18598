package oof

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// History is who has got a reply already: property 0x3FE30102 of the folder "Freebusy Data", which is no message's. It is
// published nowhere; [MS-OXORULE] 2.2.1.3.1.3 names it, as what ST_KEEP_OOF_HIST keeps.
type History struct {
	Version    uint8 // 1
	OofOn      uint8 // 1 while replies are sent, else 0
	Counts     []uint8
	Properties []HistoryProperty // those of all entries: the first Counts[0] are of the first entry, and so on
	Trailing   []byte            // what follows the last entry

	data []byte // where the values of a decoded history lie
}

// HistoryProperty is one property of an entry: [MS-OXORULE] 2.2.1.3.1.3.
type HistoryProperty struct {
	ID    uint8 // PropSender, PropRule, or one that is not known
	Value []byte
}

// The properties of an entry.
const (
	PropSender uint8 = 1 // the address of the one who got a reply
	PropRule   uint8 = 2 // the rule that sent it: 22 bytes, a replica's GUID and a counter
)

// maxHistoryValue is how long a value is at most.
const maxHistoryValue = 1000

var historyWords = wire.Words{Truncated: Truncated, Spec: historySpec}

var historyHead = []wire.Field{
	{Name: "version", Size: 1},
	{Name: "oofOn", Size: 1},
	{Name: "entryCount", Kind: diag.Int, Size: 4},
}

// noProperties is an entry that has none, and its number among those that stand together.
var noProperties = wire.Field{Name: "propertyCount", Size: 1}

// historyNames are the fields of a property, by its id: of those that are known, and of all others. In front of those of
// the first property of an entry stands their number: the two are read together, because entries may be many.
var historyNames = [...]struct {
	first, next []wire.Field
	value       string
}{
	{propFields(""), propFields("")[1:], "value"},
	PropSender: {propFields("sender."), propFields("sender.")[1:], "sender.value"},
	PropRule:   {propFields("rule."), propFields("rule.")[1:], "rule.value"},
}

func propFields(of string) []wire.Field {
	return []wire.Field{{Name: "propertyCount", Size: 1}, {Name: of + "propId", Size: 1}, {Name: of + "size", Size: 2}}
}

// Entries yields the properties of one entry after the other.
func (h *History) Entries() iter.Seq[[]HistoryProperty] {
	return func(yield func([]HistoryProperty) bool) {
		rest := h.Properties
		for _, n := range h.Counts {
			n := min(int(n), len(rest))
			if !yield(rest[:n:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// DecodeHistory decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above;
// Exchange deletes such a history. b is not kept.
func DecodeHistory(b []byte) (*History, error) {
	h := new(History)
	if err := h.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return h, nil
}

// InspectHistory decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectHistory(b []byte) (*History, *diag.Report) {
	h, r := new(History), diag.New("oofhistory", b, catalogue)
	c := wire.New(b, r, &historyWords)
	h.read(&c)
	return h, r
}

// UnmarshalBinary decodes b into h strictly, as DecodeHistory does, and reuses the memory h holds. After an error h holds
// no promised value, but may be used again.
func (h *History) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &historyWords)
	h.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("oofhistory", catalogue)
	c = wire.New(b, r, &historyWords)
	h.read(&c)
	return r.Err()
}

func (h *History) read(c *wire.Cursor) {
	h.Version, h.OofOn, h.Counts, h.Properties, h.Trailing = 0, 0, h.Counts[:0], h.Properties[:0], h.Trailing[:0]
	at := c.Offset()
	head := c.Run(historyHead, 6)
	if head == nil {
		whole := c.Whole(at)
		if len(whole) > 0 {
			h.Version = whole[0]
		}
		if len(whole) > 1 {
			h.OofOn = whole[1]
		}
		return
	}
	h.Version, h.OofOn = head[0], head[1]
	count := int32(binary.LittleEndian.Uint32(head[2:]))
	if h.Version != 1 {
		c.Find(diag.Error, HistoryVersion, "version", 0, 1, "is %d, must be 1; read as 1", h.Version)
	}
	if h.OofOn > 1 {
		c.Find(diag.Warning, HistoryOofOn, "oofOn", 1, 1, "is %d, must be 0 or 1", h.OofOn)
	}
	if count < 0 {
		c.Find(diag.Fatal, BadCount, "entryCount", 2, 4, "is %d, must not be negative", count)
		c.Undecoded()
		return
	}
	h.entries(c, int(count))
	h.Trailing = append(h.Trailing, c.Rest("trailing", TrailingData)...)
}

// measure returns how many entries and properties there are in b, at most n entries.
func measure(b []byte, n int) (entries, properties int) {
	for at := 0; entries < n && at < len(b); entries++ {
		count := int(b[at])
		at++
		for ; count > 0 && len(b)-at >= 3; count-- {
			at += 3 + int(binary.LittleEndian.Uint16(b[at+1:]))
			if at > len(b) {
				break
			}
			properties++
		}
	}
	return entries, properties
}

func (h *History) entries(c *wire.Cursor, count int) {
	entries, properties := measure(c.Peek(c.Offset(), c.Left()), count)
	if entries > cap(h.Counts) {
		h.Counts = make([]uint8, 0, entries)
	}
	if properties > cap(h.Properties) {
		h.Properties = make([]HistoryProperty, 0, properties)
	}
	h.data = h.data[:0]
	if count > 0 {
		h.data = append(h.data, c.Peek(c.Offset(), c.Left())...)
	}
	u := unknownProps{start: c.Offset()}
	for i := 0; i < count && !c.Dead(); i++ {
		if n := empty(c, count-i); n > 0 {
			c.Array(&noProperties, uint64(n))
			h.Counts = append(h.Counts, make([]uint8, n)...)
			i += n - 1
			continue
		}
		c.In("entry", i)
		h.entry(c, i, &u)
		c.Out()
	}
	if u.n > 0 {
		c.In("entry", u.entry)
		c.Find(diag.Info, HistoryProp, "propId", u.at, 1, "is neither sender nor rule; %s like that, this is the first", plural(u.n, "property is", "properties are"))
		c.Out()
	}
}

// unknownProps are the properties that are not known, and where the first of them is.
type unknownProps struct {
	start        int // where the entries begin
	n, at, entry int
}

// empty returns how many entries follow that have no properties, at most n.
func empty(c *wire.Cursor, n int) int {
	b := c.Peek(c.Offset(), n)
	for i, count := range b {
		if count > 0 {
			return i
		}
	}
	return len(b)
}

// entry reads an entry that has properties, or one that is not there.
func (h *History) entry(c *wire.Cursor, i int, u *unknownProps) {
	n := 1
	if b := c.Peek(c.Offset(), 1); b != nil {
		n = int(b[0])
		h.Counts = append(h.Counts, 0)
	}
	for j := range n {
		at := c.Offset()
		if !h.property(c, u.start, j == 0) {
			return
		}
		h.Counts[i]++
		if id := h.Properties[len(h.Properties)-1].ID; id != PropSender && id != PropRule {
			if u.n++; u.n == 1 {
				u.at, u.entry = at, i
				if j == 0 {
					u.at++
				}
			}
		}
	}
}

// property reads one property, and before the first of an entry the number of them. It reports whether all of it is there.
// The copy of the bytes begins at the offset start.
func (h *History) property(c *wire.Cursor, start int, first bool) bool {
	at := c.Offset() // of propId
	if first {
		at++
	}
	names := &historyNames[0]
	if id := c.Peek(at, 1); id != nil && (id[0] == PropSender || id[0] == PropRule) {
		names = &historyNames[id[0]]
	}
	var b []byte
	if first {
		b = c.Run(names.first, 4)
	} else {
		b = c.Run(names.next, 3)
	}
	if b == nil {
		return false
	}
	b = b[len(b)-3:]
	id, size := b[0], binary.LittleEndian.Uint16(b[1:])
	if size > maxHistoryValue {
		c.Find(diag.Fatal, PropTooBig, names.next[0].Name, at, 3, "has a value of %d bytes, must be at most %d", size, maxHistoryValue)
		c.Undecoded()
		return false
	}
	from := c.Offset() - start
	c.Bytes(names.value, uint64(size))
	if c.Dead() {
		return false
	}
	to := from + int(size)
	h.Properties = append(h.Properties, HistoryProperty{id, h.data[from:to:to]})
	return true
}

// AppendBinary appends the encoding of h: exactly what its fields say. The error is about what no blob can hold: values of
// more than 1000 bytes, and Counts that do not make the number of Properties.
func (h *History) AppendBinary(b []byte) ([]byte, error) {
	total := 0
	for _, n := range h.Counts {
		total += int(n)
	}
	if total != len(h.Properties) {
		return b, fmt.Errorf("oof: Counts: make %d properties, must make as many as there are, %d", total, len(h.Properties))
	}
	if len(h.Counts) > math.MaxInt32 {
		return b, fmt.Errorf("oof: Counts: are %d, must be at most %d", len(h.Counts), math.MaxInt32)
	}
	start := len(b)
	b = binary.LittleEndian.AppendUint32(append(b, h.Version, h.OofOn), uint32(len(h.Counts)))
	for entry := range h.Entries() {
		b = append(b, uint8(len(entry)))
		for i := range entry {
			p := &entry[i]
			if len(p.Value) > maxHistoryValue {
				return b[:start], fmt.Errorf("oof: Properties: a value of %d bytes, must be at most %d", len(p.Value), maxHistoryValue)
			}
			b = binary.LittleEndian.AppendUint16(append(b, p.ID), uint16(len(p.Value)))
			b = append(b, p.Value...)
		}
	}
	return append(b, h.Trailing...), nil
}

// MarshalBinary returns the encoding of h, as AppendBinary does.
func (h *History) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// Validate inspects h's own encoding and returns the findings: the checks, offsets and words of InspectHistory. An h that
// AppendBinary refuses gives one finding, NotEncodable.
func (h *History) Validate() []diag.Finding {
	b, err := h.AppendBinary(nil)
	if err != nil {
		r := diag.NewErrors("oofhistory", catalogue)
		what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "oof: "), ": ")
		r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Msg: msg})
		return slices.Collect(r.Findings())
	}
	_, r := InspectHistory(b)
	return slices.Collect(r.Findings())
}

// Normalize makes Version 1 and OofOn 0 or 1, and drops Trailing.
func (h *History) Normalize() {
	h.Version, h.OofOn, h.Trailing = 1, min(h.OofOn, 1), nil
}

// MarshalJSON returns the value form. It never fails.
func (h *History) MarshalJSON() ([]byte, error) { return h.AppendJSON(nil), nil }

// AppendJSON appends the value form: a list of properties for every entry, bytes as lower-case hex.
func (h *History) AppendJSON(b []byte) []byte {
	b = strconv.AppendUint(append(b, `{"version":`...), uint64(h.Version), 10)
	b = strconv.AppendUint(append(b, `,"oofOn":`...), uint64(h.OofOn), 10)
	b = append(b, `,"entries":[`...)
	first := true
	for entry := range h.Entries() {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, '[')
		for i, p := range entry {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendUint(append(b, `{"id":`...), uint64(p.ID), 10)
			b = append(hex.AppendEncode(append(b, `,"value":"`...), p.Value), `"}`...)
		}
		b = append(b, ']')
	}
	b = append(b, ']')
	if len(h.Trailing) > 0 {
		b = append(hex.AppendEncode(append(b, `,"trailing":"`...), h.Trailing), '"')
	}
	return append(b, '}')
}

// UnmarshalJSON reads the value form into h.
func (h *History) UnmarshalJSON(b []byte) error {
	var v struct {
		Version, OofOn uint8
		Entries        [][]struct {
			ID    uint8
			Value jsonform.Hex
		}
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	n := History{Version: v.Version, OofOn: v.OofOn, Trailing: v.Trailing}
	for _, entry := range v.Entries {
		if len(entry) > math.MaxUint8 {
			return fmt.Errorf("oof: an entry of %d properties, must be at most %d", len(entry), math.MaxUint8)
		}
		n.Counts = append(n.Counts, uint8(len(entry)))
		for _, p := range entry {
			n.Properties = append(n.Properties, HistoryProperty{p.ID, p.Value})
		}
	}
	*h = n
	return nil
}
