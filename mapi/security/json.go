package security

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
)

// The value form: the Go names of the fields in lower camel case, bytes as lower-case hex. Beside the numbers of a SID it has
// its text, which is not read again. What is empty is left out. It is written by hand and read with the help of encoding/json.

func appendUint(b []byte, key string, n uint64) []byte {
	return strconv.AppendUint(append(b, key...), n, 10)
}

func appendHexIf(b []byte, key string, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	return append(hex.AppendEncode(append(append(b, key...), '"'), v), '"')
}

// MarshalJSON returns the value form. It never fails.
func (s *SID) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (s *SID) AppendJSON(b []byte) []byte {
	b = append(append(append(b, `{"sid":"`...), s.String()...), '"')
	if name := s.Name(); name != "" {
		b = append(append(append(b, `,"name":"`...), name...), '"')
	}
	b = appendUint(b, `,"revision":`, uint64(s.Revision))
	b = hex.AppendEncode(append(b, `,"identifierAuthority":"`...), s.IdentifierAuthority[:])
	b = append(b, `","subAuthorities":[`...)
	for i, n := range s.SubAuthorities {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	return append(appendHexIf(append(b, ']'), `,"trailing":`, s.Trailing), '}')
}

// UnmarshalJSON reads the value form into s.
func (s *SID) UnmarshalJSON(b []byte) error {
	var form struct {
		Revision            uint8
		IdentifierAuthority jsonform.Hex
		SubAuthorities      []uint32
		Trailing            jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	if n := len(form.IdentifierAuthority); n != 6 && form.IdentifierAuthority != nil {
		return fmt.Errorf("security: identifierAuthority: is %d bytes, must be 6", n)
	}
	*s = SID{Revision: form.Revision, SubAuthorities: form.SubAuthorities, Trailing: form.Trailing}
	copy(s.IdentifierAuthority[:], form.IdentifierAuthority)
	return nil
}

// MarshalJSON returns the value form. It never fails.
func (d *Descriptor) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (d *Descriptor) AppendJSON(b []byte) []byte {
	b = appendUint(b, `{"headerSize":`, uint64(d.HeaderSize))
	b = appendUint(b, `,"headerVersion":`, uint64(d.HeaderVersion))
	b = appendUint(b, `,"securityInformation":`, uint64(d.SecurityInformation))
	b = appendHexIf(b, `,"headerRest":`, d.HeaderRest)
	b = appendUint(b, `,"revision":`, uint64(d.Revision))
	b = appendUint(b, `,"sbz1":`, uint64(d.Sbz1))
	b = appendUint(b, `,"control":`, uint64(d.Control))
	b = append(append(append(b, `,"controlBits":"`...), d.Control.String()...), '"')
	b = appendUint(b, `,"offsetOwner":`, uint64(d.OffsetOwner))
	b = appendUint(b, `,"offsetGroup":`, uint64(d.OffsetGroup))
	b = appendUint(b, `,"offsetSacl":`, uint64(d.OffsetSacl))
	b = appendUint(b, `,"offsetDacl":`, uint64(d.OffsetDacl))
	if d.Owner != nil {
		b = d.Owner.AppendJSON(append(b, `,"owner":`...))
	}
	if d.Group != nil {
		b = d.Group.AppendJSON(append(b, `,"group":`...))
	}
	if d.Sacl != nil {
		b = d.Sacl.appendJSON(append(b, `,"sacl":`...))
	}
	if d.Dacl != nil {
		b = d.Dacl.appendJSON(append(b, `,"dacl":`...))
	}
	if len(d.Gaps) > 0 {
		b = append(b, `,"gaps":[`...)
		for i, gap := range d.Gaps {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(hex.AppendEncode(append(b, '"'), gap), '"')
		}
		b = append(b, ']')
	}
	return append(appendHexIf(b, `,"trailing":`, d.Trailing), '}')
}

func (a *ACL) appendJSON(b []byte) []byte {
	b = appendUint(b, `{"aclRevision":`, uint64(a.AclRevision))
	b = appendUint(b, `,"sbz1":`, uint64(a.Sbz1))
	b = appendUint(b, `,"sbz2":`, uint64(a.Sbz2))
	b = append(b, `,"aces":[`...)
	for i := range a.Aces {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.Aces[i].appendJSON(b)
	}
	b = append(b, ']')
	if a.Missing > 0 {
		b = appendUint(b, `,"missing":`, uint64(a.Missing))
	}
	return append(appendHexIf(b, `,"rest":`, a.Rest), '}')
}

func (e *ACE) appendJSON(b []byte) []byte {
	b = appendUint(b, `{"aceType":`, uint64(e.AceType))
	b = append(append(append(b, `,"type":"`...), e.AceType.String()...), '"')
	b = appendUint(b, `,"aceFlags":`, uint64(e.AceFlags))
	if e.SID != nil {
		b = appendUint(b, `,"mask":`, uint64(e.Mask))
		if o := e.Object; o != nil {
			b = appendUint(b, `,"object":{"flags":`, uint64(o.Flags))
			b, _ = o.ObjectType.AppendText(append(b, `,"objectType":"`...)) // never fails
			b, _ = o.InheritedObjectType.AppendText(append(b, `","inheritedObjectType":"`...))
			b = append(b, `"}`...)
		}
		b = e.SID.AppendJSON(append(b, `,"sid":`...))
	}
	return append(appendHexIf(b, `,"data":`, e.Data), '}')
}

type aclForm struct {
	AclRevision, Sbz1 uint8
	Sbz2              uint16
	Aces              []struct {
		AceType  AceType
		AceFlags uint8
		Mask     uint32
		Object   *struct {
			Flags                           uint32
			ObjectType, InheritedObjectType guid.GUID
		}
		SID  *SID
		Data jsonform.Hex
	}
	Missing uint16
	Rest    jsonform.Hex
}

func (f *aclForm) acl() *ACL {
	if f == nil {
		return nil
	}
	a := &ACL{AclRevision: f.AclRevision, Sbz1: f.Sbz1, Sbz2: f.Sbz2, Missing: f.Missing, Rest: f.Rest}
	for _, e := range f.Aces {
		ace := ACE{AceType: e.AceType, AceFlags: e.AceFlags, Mask: e.Mask, SID: e.SID, Data: e.Data}
		if o := e.Object; o != nil {
			ace.Object = &AceObject{o.Flags, o.ObjectType, o.InheritedObjectType}
		}
		a.Aces = append(a.Aces, ace)
	}
	return a
}

// UnmarshalJSON reads the value form into d.
func (d *Descriptor) UnmarshalJSON(b []byte) error {
	var form struct {
		HeaderSize, HeaderVersion                        uint16
		SecurityInformation                              uint32
		HeaderRest                                       jsonform.Hex
		Revision, Sbz1                                   uint8
		Control                                          Control
		OffsetOwner, OffsetGroup, OffsetSacl, OffsetDacl uint32
		Owner, Group                                     *SID
		Sacl, Dacl                                       *aclForm
		Gaps                                             []jsonform.Hex
		Trailing                                         jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*d = Descriptor{HeaderSize: form.HeaderSize, HeaderVersion: form.HeaderVersion, SecurityInformation: form.SecurityInformation,
		HeaderRest: form.HeaderRest, Revision: form.Revision, Sbz1: form.Sbz1, Control: form.Control,
		OffsetOwner: form.OffsetOwner, OffsetGroup: form.OffsetGroup, OffsetSacl: form.OffsetSacl, OffsetDacl: form.OffsetDacl,
		Owner: form.Owner, Group: form.Group, Sacl: form.Sacl.acl(), Dacl: form.Dacl.acl(), Trailing: form.Trailing}
	for _, gap := range form.Gaps {
		d.Gaps = append(d.Gaps, gap)
	}
	return nil
}
