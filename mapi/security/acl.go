package security

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ACL is a list of who may, or may not, do what ([MS-DTYP] 2.4.5). AclSize is counted when it is written, AceCount is the
// number of the entries.
type ACL struct {
	AclRevision uint8  // AclRevision: 2, or 4 where there are entries about objects
	Sbz1        uint8  // Sbz1: 0
	Sbz2        uint16 // Sbz2: 0
	Aces        []ACE
	Missing     uint16 // how many entries AceCount counts that are not in Aces
	Rest        []byte // what AclSize counts beyond the entries, and an entry that does not fit
}

// ACE is one entry of an ACL ([MS-DTYP] 2.4.4.1). AceSize is counted when it is written.
type ACE struct {
	AceType  AceType
	AceFlags uint8      // AceFlags: how the entry is inherited, and what is audited
	Mask     uint32     // Mask: the rights, which differ for folders and messages; 0 where SID is nil
	Object   *AceObject // in an entry about objects
	SID      *SID       // Sid; nil where the type is not known here, or the entry is too short for it
	Data     []byte     // what follows Sid; all of the entry where SID is nil
}

// AceObject says what kind of object an entry is about ([MS-DTYP] 2.4.4.3).
type AceObject struct {
	Flags               uint32    // Flags: 1 where there is an ObjectType, 2 where there is an InheritedObjectType
	ObjectType          guid.GUID // ObjectType
	InheritedObjectType guid.GUID // InheritedObjectType
}

// AceType says what an entry does.
type AceType uint8

// The types of [MS-DTYP] 2.4.4.1 that name a SID.
const (
	AccessAllowed               AceType = 0x00 // ACCESS_ALLOWED_ACE_TYPE
	AccessDenied                AceType = 0x01 // ACCESS_DENIED_ACE_TYPE
	SystemAudit                 AceType = 0x02 // SYSTEM_AUDIT_ACE_TYPE
	SystemAlarm                 AceType = 0x03 // SYSTEM_ALARM_ACE_TYPE: reserved
	AccessAllowedObject         AceType = 0x05 // ACCESS_ALLOWED_OBJECT_ACE_TYPE
	AccessDeniedObject          AceType = 0x06 // ACCESS_DENIED_OBJECT_ACE_TYPE
	SystemAuditObject           AceType = 0x07 // SYSTEM_AUDIT_OBJECT_ACE_TYPE
	SystemAlarmObject           AceType = 0x08 // SYSTEM_ALARM_OBJECT_ACE_TYPE: reserved
	AccessAllowedCallback       AceType = 0x09 // ACCESS_ALLOWED_CALLBACK_ACE_TYPE
	AccessDeniedCallback        AceType = 0x0A // ACCESS_DENIED_CALLBACK_ACE_TYPE
	AccessAllowedCallbackObject AceType = 0x0B // ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE
	AccessDeniedCallbackObject  AceType = 0x0C // ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE
	SystemMandatoryLabel        AceType = 0x11 // SYSTEM_MANDATORY_LABEL_ACE_TYPE
)

// String returns the words of the type, or its number in hexadecimal.
func (t AceType) String() string {
	switch t {
	case AccessAllowed:
		return "allow"
	case AccessDenied:
		return "deny"
	case SystemAudit:
		return "audit"
	case SystemAlarm:
		return "alarm"
	case AccessAllowedObject:
		return "allow object"
	case AccessDeniedObject:
		return "deny object"
	case SystemAuditObject:
		return "audit object"
	case SystemAlarmObject:
		return "alarm object"
	case AccessAllowedCallback:
		return "allow callback"
	case AccessDeniedCallback:
		return "deny callback"
	case AccessAllowedCallbackObject:
		return "allow callback object"
	case AccessDeniedCallbackObject:
		return "deny callback object"
	case SystemMandatoryLabel:
		return "mandatory label"
	}
	return fmt.Sprintf("0x%02X", uint8(t))
}

// known reports whether the layout of the type is known, and whether it is that of entries about objects.
func (t AceType) known() (known, object bool) {
	switch t {
	case AccessAllowed, AccessDenied, SystemAudit, SystemAlarm, AccessAllowedCallback, AccessDeniedCallback, SystemMandatoryLabel:
		return true, false
	case AccessAllowedObject, AccessDeniedObject, SystemAuditObject, SystemAlarmObject, AccessAllowedCallbackObject, AccessDeniedCallbackObject:
		return true, true
	}
	return false, false
}

const (
	aclHeader  = 8
	aceHeader  = 4
	hasObject  = 1
	hasInherit = 2
)

var aclFields = []wire.Field{
	{Name: "AclRevision", Size: 1}, {Name: "Sbz1", Size: 1}, {Name: "AclSize", Size: 2}, {Name: "AceCount", Size: 2}, {Name: "Sbz2", Size: 2},
}

var aceFields = []wire.Field{
	{Name: "AceType", Size: 1, Meaning: func(b []byte) string { return AceType(b[0]).String() }}, {Name: "AceFlags", Size: 1}, {Name: "AceSize", Size: 2},
}

var (
	maskField      = []wire.Field{{Name: "Mask", Size: 4}}
	flagsField     = []wire.Field{{Name: "Flags", Size: 4}}
	objectField    = []wire.Field{{Name: "ObjectType", Kind: diag.Bytes, Size: 16, Meaning: guidText}}
	inheritedField = []wire.Field{{Name: "InheritedObjectType", Kind: diag.Bytes, Size: 16, Meaning: guidText}}
)

func guidText(b []byte) string { return guid.GUID(b).String() }

// read reads an ACL whose bytes are known to be there: AclSize of them, 8 at least.
func (a *ACL) read(c *wire.Cursor) {
	b := c.Run(aclFields, aclHeader)
	*a = ACL{AclRevision: b[0], Sbz1: b[1], Sbz2: binary.LittleEndian.Uint16(b[6:]), Aces: a.Aces[:0], Rest: a.Rest[:0]}
	count := int(binary.LittleEndian.Uint16(b[4:]))
	if n := c.Count(uint64(count), aceHeader); n > cap(a.Aces) {
		a.Aces = make([]ACE, 0, n)
	}
	var short, unknown some
	for i := range count {
		at, left := c.Offset(), c.Left()
		head := c.Peek(at, aceHeader)
		size := 0
		if len(head) == aceHeader {
			size = int(binary.LittleEndian.Uint16(head[2:]))
		}
		if size < aceHeader || size > left {
			a.Missing = uint16(count - i)
			c.In("Aces", i)
			c.Find(diag.Error, AceOverrun, "AceSize", at, min(left, aceHeader), "is %d, must be from %d to what is left of AclSize, %d; %d entries are not read", size, aceHeader, left, a.Missing)
			c.Out()
			break
		}
		c.In("Aces", i)
		child := c.Sub("Ace", uint64(size))
		var e ACE
		e.read(&child)
		a.Aces = append(a.Aces, e)
		c.Join(&child, "rest")
		c.Out()
		if known, _ := e.AceType.known(); !known {
			unknown.add(i, at)
		} else if e.SID == nil {
			short.add(i, at)
		}
	}
	a.find(c, short, unknown)
	a.Rest = append(a.Rest, c.Peek(c.Offset(), c.Left())...)
}

func (a *ACL) find(c *wire.Cursor, short, unknown some) {
	if short.n > 0 {
		e := &a.Aces[short.first]
		c.In("Aces", short.first)
		c.Find(diag.Error, AceBody, "AceSize", short.at+2, 2, "leaves %d bytes, too few for an entry of type %v%s", len(e.Data), e.AceType, short.others())
		c.Out()
	}
	if unknown.n > 0 {
		c.In("Aces", unknown.first)
		c.Find(diag.Info, AceUnknown, "AceType", unknown.at, 1, "is %v, of which the layout is not known here%s", a.Aces[unknown.first].AceType, unknown.others())
		c.Out()
	}
}

// read reads an entry of as many bytes as c has.
func (e *ACE) read(c *wire.Cursor) {
	b := c.Run(aceFields, aceHeader)
	e.AceType, e.AceFlags = AceType(b[0]), b[1]
	body := c.Peek(c.Offset(), c.Left())
	if known, object := e.AceType.known(); known {
		if n, ok := sidAt(body, object); ok {
			e.readBody(c, object)
			e.Data = append(e.Data, c.Bytes("Data", uint64(len(body)-n))...)
			return
		}
	}
	e.Data = append(e.Data, c.Bytes("Data", uint64(len(body)))...)
}

// sidAt returns where the SID of an entry ends, if all of it is there.
func sidAt(body []byte, object bool) (end int, ok bool) {
	end = 4
	if object && len(body) >= 8 {
		end = 8 + 16*int(body[4]&hasObject) + 8*int(body[4]&hasInherit)
	} else if object {
		return 0, false
	}
	if len(body) < end+sidHeader {
		return 0, false
	}
	end += sidHeader + 4*int(body[end+1])
	return end, end <= len(body)
}

func (e *ACE) readBody(c *wire.Cursor, object bool) {
	e.Mask = binary.LittleEndian.Uint32(c.Run(maskField, 4))
	if object {
		o := &AceObject{Flags: binary.LittleEndian.Uint32(c.Run(flagsField, 4))}
		if o.Flags&hasObject != 0 {
			o.ObjectType = guid.GUID(c.Run(objectField, 16))
		}
		if o.Flags&hasInherit != 0 {
			o.InheritedObjectType = guid.GUID(c.Run(inheritedField, 16))
		}
		e.Object = o
	}
	e.SID = new(SID)
	c.In("Sid", -1)
	e.SID.read(c)
	c.Out()
}

// append appends an ACL that was found to be encodable.
func (a *ACL) append(b []byte) []byte {
	start := len(b)
	b = append(b, a.AclRevision, a.Sbz1, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(a.Aces))+a.Missing)
	b = binary.LittleEndian.AppendUint16(b, a.Sbz2)
	for i := range a.Aces {
		b = a.Aces[i].append(b)
	}
	b = append(b, a.Rest...)
	binary.LittleEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return b
}

func (e *ACE) append(b []byte) []byte {
	start := len(b)
	b = append(b, byte(e.AceType), e.AceFlags, 0, 0)
	if e.SID != nil {
		b = binary.LittleEndian.AppendUint32(b, e.Mask)
		if o := e.Object; o != nil {
			b = binary.LittleEndian.AppendUint32(b, o.Flags)
			if o.Flags&hasObject != 0 {
				b = append(b, o.ObjectType[:]...)
			}
			if o.Flags&hasInherit != 0 {
				b = append(b, o.InheritedObjectType[:]...)
			}
		}
		b = e.SID.append(b)
	}
	b = append(b, e.Data...)
	binary.LittleEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return b
}

// encodable returns why the ACL cannot be written, nil if it can.
func (a *ACL) encodable() error {
	if n := len(a.Aces) + int(a.Missing); n > math.MaxUint16 {
		return fmt.Errorf("%d entries do not fit into 16 bits", n)
	}
	size := aclHeader + len(a.Rest)
	for i := range a.Aces {
		n, err := a.Aces[i].size()
		if err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		size += n
	}
	if size > math.MaxUint16 {
		return fmt.Errorf("%d bytes do not fit into 16 bits", size)
	}
	return nil
}

func (e *ACE) size() (int, error) {
	known, object := e.AceType.known()
	switch {
	case e.SID == nil:
		return aceHeader + len(e.Data), nil
	case !known || object != (e.Object != nil):
		return 0, fmt.Errorf("type %v has no known place for what there is", e.AceType)
	case len(e.SID.SubAuthorities) > 255 || len(e.SID.Trailing) > 0:
		return 0, fmt.Errorf("its Sid has %d SubAuthorities and %d bytes behind them", len(e.SID.SubAuthorities), len(e.SID.Trailing))
	}
	n := aceHeader + 4 + e.SID.size() + len(e.Data)
	if o := e.Object; o != nil {
		n += 4 + 16*int(o.Flags&hasObject) + 8*int(o.Flags&hasInherit)
	}
	return n, nil
}

// some are entries that have something in common: the first of them, and how many there are. So a list of many wrong ones has
// a finding, and not many.
type some struct{ first, n, at int }

func (s *some) add(i, at int) {
	if s.n == 0 {
		s.first, s.at = i, at
	}
	s.n++
}

// others says how many there are besides the first.
func (s some) others() string {
	switch {
	case s.n < 2:
		return ""
	case s.n == 2:
		return "; 1 more is like that"
	}
	return fmt.Sprintf("; %d more are like that", s.n-1)
}
