package security

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Descriptor is the value of PR_NT_SECURITY_DESCRIPTOR (0x0E27) and PR_FREEBUSY_NT_SECURITY_DESCRIPTOR (0x0F00): a header that
// is not published, and behind it a SECURITY_DESCRIPTOR ([MS-DTYP] 2.4.6), whose offsets count from where it begins.
type Descriptor struct {
	HeaderSize          uint16 // the size of the header: 8
	HeaderVersion       uint16 // the version of the header: 3
	SecurityInformation uint32 // which parts are meant ([MS-DTYP] 2.4.7), 0 in what is stored
	HeaderRest          []byte // what HeaderSize counts beyond that

	Revision    uint8   // Revision: 1
	Sbz1        uint8   // Sbz1
	Control     Control // Control
	OffsetOwner uint32  // OffsetOwner, 0 for none
	OffsetGroup uint32  // OffsetGroup
	OffsetSacl  uint32  // OffsetSacl
	OffsetDacl  uint32  // OffsetDacl

	// The parts are nil where their offsets are 0 or lead nowhere.
	Owner, Group *SID
	Sacl, Dacl   *ACL

	Gaps     [][]byte // what stands between the parts, from the first to the last
	Trailing []byte   // what follows the last part
}

// Control are the bits of Control ([MS-DTYP] 2.4.6).
type Control uint16

// The bits that say which lists there are.
const (
	DaclPresent  Control = 0x0004 // DP: without it everybody may do everything
	SaclPresent  Control = 0x0010 // SP
	SelfRelative Control = 0x8000 // SR: the parts stand in the same blob
)

// String returns the short names of the specification, highest bit first: "SR+PS+DP".
func (f Control) String() string {
	names := [...]string{"OD", "GD", "DP", "DD", "SP", "SD", "DT", "SS", "DC", "SC", "DI", "SI", "PD", "PS", "RM", "SR"}
	var words []string
	for i := len(names) - 1; i >= 0; i-- {
		if f&(1<<i) != 0 {
			words = append(words, names[i])
		}
	}
	if words == nil {
		return "0"
	}
	return strings.Join(words, "+")
}

const (
	transferHeader  = 8
	transferVersion = 3
	descHeader      = 20
)

var transferFields = []wire.Field{{Name: "HeaderSize", Size: 2}, {Name: "HeaderVersion", Size: 2}, {Name: "SecurityInformation", Size: 4}}

var descFields = []wire.Field{
	{Name: "Revision", Size: 1}, {Name: "Sbz1", Size: 1},
	{Name: "Control", Size: 2, Meaning: func(b []byte) string { return Control(binary.LittleEndian.Uint16(b)).String() }},
	{Name: "OffsetOwner", Size: 4}, {Name: "OffsetGroup", Size: 4}, {Name: "OffsetSacl", Size: 4}, {Name: "OffsetDacl", Size: 4},
}

// part is one part of a descriptor: where its offset stands, and what it points to.
type part struct {
	name   string
	at     int // of the offset, from the descriptor
	offset uint32
	sid    **SID
	acl    **ACL
}

// parts returns the parts with an offset in the order of their offsets.
func (d *Descriptor) parts() []part {
	all := []part{
		{"Owner", 4, d.OffsetOwner, &d.Owner, nil}, {"Group", 8, d.OffsetGroup, &d.Group, nil},
		{"Sacl", 12, d.OffsetSacl, nil, &d.Sacl}, {"Dacl", 16, d.OffsetDacl, nil, &d.Dacl},
	}
	all = slices.DeleteFunc(all, func(p part) bool { return p.offset == 0 })
	slices.SortStableFunc(all, func(a, b part) int { return cmp.Compare(a.offset, b.offset) })
	return all
}

// DecodeDescriptor decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeDescriptor(b []byte) (*Descriptor, error) {
	d := new(Descriptor)
	if err := d.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return d, nil
}

// InspectDescriptor decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectDescriptor(b []byte) (*Descriptor, *diag.Report) {
	d, r := new(Descriptor), diag.New("ntsd", b, catalogue)
	c := wire.New(b, r, &words)
	d.read(&c)
	return d, r
}

// UnmarshalBinary decodes b into d strictly and reuses the lists d holds. After an error d holds no promised value, but may be
// used again.
func (d *Descriptor) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	d.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("ntsd", catalogue)
	c = wire.New(b, r, &words)
	d.read(&c)
	return r.Err()
}

func (d *Descriptor) read(c *wire.Cursor) {
	sacl, dacl := d.Sacl, d.Dacl // of what was read before: their memory is used again
	*d = Descriptor{}
	if !d.readHeader(c) {
		return
	}
	base := c.Offset()
	b := c.Run(descFields, descHeader)
	if b == nil {
		return
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	d.Revision, d.Sbz1, d.Control = b[0], b[1], Control(binary.LittleEndian.Uint16(b[2:]))
	d.OffsetOwner, d.OffsetGroup, d.OffsetSacl, d.OffsetDacl = u32(4), u32(8), u32(12), u32(16)
	if d.Revision != 1 {
		c.Find(diag.Warning, DescriptorRevision, "Revision", base, 1, "is %d, must be 1", d.Revision)
	}
	d.checkControl(c, base)
	for _, p := range d.parts() {
		spare := sacl
		if p.name == "Dacl" {
			spare = dacl
		}
		if !d.readPart(c, base, p, spare) {
			break
		}
	}
	d.Trailing = append(d.Trailing, c.Rest("trailing", TrailingData)...)
}

func (d *Descriptor) readHeader(c *wire.Cursor) bool {
	b := c.Run(transferFields, transferHeader)
	if b == nil {
		return false
	}
	d.HeaderSize, d.HeaderVersion = binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
	d.SecurityInformation = binary.LittleEndian.Uint32(b[4:])
	if d.HeaderSize != transferHeader {
		c.Find(diag.Warning, DescriptorHeader, "HeaderSize", 0, 2, "is %d, must be %d", d.HeaderSize, transferHeader)
	}
	if d.HeaderVersion != transferVersion {
		c.Find(diag.Warning, DescriptorHeader, "HeaderVersion", 2, 2, "is %d, must be %d", d.HeaderVersion, transferVersion)
	}
	if d.HeaderSize > transferHeader {
		d.HeaderRest = append(d.HeaderRest, c.Bytes("HeaderRest", uint64(d.HeaderSize-transferHeader))...)
	}
	return !c.Dead()
}

// checkControl says what the bits and the offsets say differently.
func (d *Descriptor) checkControl(c *wire.Cursor, base int) {
	if d.Control&SelfRelative == 0 {
		c.Find(diag.Warning, DescriptorControl, "Control", base+2, 2, "is 0x%04X, must have SR, 0x8000", uint16(d.Control))
	}
	switch {
	case d.Control&DaclPresent != 0 && d.OffsetDacl == 0:
		c.Find(diag.Warning, NoDacl, "OffsetDacl", base+16, 4, "is 0, and Control has DP: everybody may do everything")
	case d.Control&DaclPresent == 0:
		c.Find(diag.Warning, NoDacl, "Control", base+2, 2, "is 0x%04X, without DP: everybody may do everything", uint16(d.Control))
	}
}

// readPart reads a part, with what stands before it. It reports false where nothing more can be read. A list is
// read into spare, if there is one.
func (d *Descriptor) readPart(c *wire.Cursor, base int, p part, spare *ACL) bool {
	pos := uint64(c.Offset() - base)
	switch {
	case uint64(p.offset) < pos:
		c.Find(diag.Error, PartOverlap, "Offset"+p.name, base+p.at, 4, "is %d, where something else was read up to %d; the part is not read", p.offset, pos)
		return true
	case uint64(p.offset)-pos > uint64(c.Left()):
		c.Find(diag.Error, PartOverrun, "Offset"+p.name, base+p.at, 4, "is %d, beyond the end of the descriptor, %d", p.offset, pos+uint64(c.Left()))
		return true
	}
	if gap := uint64(p.offset) - pos; gap > 0 {
		d.Gaps = append(d.Gaps, slices.Clone(c.Bytes("gap", gap)))
	}
	c.In(p.name, -1)
	defer c.Out()
	if p.sid != nil {
		*p.sid = new(SID)
		(*p.sid).read(c)
		return !c.Dead()
	}
	at := c.Offset()
	head := c.Peek(at, aclHeader)
	size := aclHeader
	if len(head) == aclHeader {
		size = int(binary.LittleEndian.Uint16(head[2:]))
	}
	if size < aclHeader {
		c.Find(diag.Fatal, AclSize, "AclSize", at+2, 2, "is %d, must be at least %d", size, aclHeader)
		c.Undecoded()
		return false
	}
	child := c.Sub("AclSize", uint64(size))
	if c.Dead() {
		return false
	}
	if spare == nil {
		spare = new(ACL)
	}
	*p.acl = spare
	(*p.acl).read(&child)
	c.Join(&child, "rest")
	return true
}

// AppendBinary appends the encoding of d: exactly what its fields say, offsets among them. The error is about parts that are
// not where their offsets say, about gaps of other sizes than the offsets leave, and about what is too long.
func (d *Descriptor) AppendBinary(b []byte) ([]byte, error) {
	if want := max(int(d.HeaderSize)-transferHeader, 0); len(d.HeaderRest) != want {
		return b, fmt.Errorf("security: HeaderRest: is %d bytes, must be %d", len(d.HeaderRest), want)
	}
	out := binary.LittleEndian.AppendUint16(b, d.HeaderSize)
	out = binary.LittleEndian.AppendUint16(out, d.HeaderVersion)
	out = binary.LittleEndian.AppendUint32(out, d.SecurityInformation)
	out = append(out, d.HeaderRest...)
	base := len(out)
	out = append(out, d.Revision, d.Sbz1)
	out = binary.LittleEndian.AppendUint16(out, uint16(d.Control))
	for _, n := range [...]uint32{d.OffsetOwner, d.OffsetGroup, d.OffsetSacl, d.OffsetDacl} {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	gaps := d.Gaps
	written := 0
	for _, p := range d.parts() {
		if p.sid != nil && *p.sid == nil || p.acl != nil && *p.acl == nil {
			continue // was not read
		}
		pos := uint64(len(out) - base)
		if uint64(p.offset) > pos && len(gaps) > 0 {
			out = append(out, gaps[0]...)
			gaps = gaps[1:]
			pos = uint64(len(out) - base)
		}
		if uint64(p.offset) != pos {
			return b, fmt.Errorf("security: %s: would begin at %d, must at %d, its offset", p.name, pos, p.offset)
		}
		var err error
		if out, err = p.append(out); err != nil {
			return b, err
		}
		written++
	}
	if n := d.count(); written != n || len(gaps) > 0 {
		return b, fmt.Errorf("security: Gaps: %d of %d parts have an offset, %d gaps are left", written, n, len(gaps))
	}
	return append(out, d.Trailing...), nil
}

// count returns how many parts there are.
func (d *Descriptor) count() (n int) {
	for _, there := range [...]bool{d.Owner != nil, d.Group != nil, d.Sacl != nil, d.Dacl != nil} {
		if there {
			n++
		}
	}
	return n
}

func (p part) append(b []byte) ([]byte, error) {
	if p.sid != nil {
		s := *p.sid
		if len(s.SubAuthorities) > 255 || len(s.Trailing) > 0 {
			return b, fmt.Errorf("security: %s: has %d SubAuthorities and %d bytes behind them", p.name, len(s.SubAuthorities), len(s.Trailing))
		}
		return s.append(b), nil
	}
	if err := (*p.acl).encodable(); err != nil {
		return b, fmt.Errorf("security: %s: %w", p.name, err)
	}
	return (*p.acl).append(b), nil
}

// MarshalBinary returns the encoding of d, as AppendBinary does.
func (d *Descriptor) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

// Validate inspects d's own encoding and returns the findings. A d that AppendBinary refuses gives one, NotEncodable.
func (d *Descriptor) Validate() []diag.Finding {
	b, err := d.AppendBinary(nil)
	if err != nil {
		return notEncodable("ntsd", err)
	}
	_, r := InspectDescriptor(b)
	return slices.Collect(r.Findings())
}

func notEncodable(what string, err error) []diag.Finding {
	r := diag.NewErrors(what, catalogue)
	field, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "security: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: field, Msg: msg})
	return slices.Collect(r.Findings())
}
