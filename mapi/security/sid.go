package security

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// SID is the security identifier of an account, a group, or a computer ([MS-DTYP] 2.4.2.2). As a property it is who sent,
// made or changed a message, on the word of the server.
type SID struct {
	Revision            uint8    // Revision: 1
	IdentifierAuthority [6]byte  // IdentifierAuthority, big-endian: 5 for Windows accounts
	SubAuthorities      []uint32 // SubAuthority: up to 15 by the specification, 255 here
	Trailing            []byte   // what follows in a property; none in a descriptor
}

const (
	sidHeader         = 8
	maxSubAuthorities = 15
)

var words = wire.Words{Truncated: Truncated} // sections come from the catalogue

var sidFields = []wire.Field{
	{Name: "Revision", Size: 1}, {Name: "SubAuthorityCount", Size: 1}, {Name: "IdentifierAuthority", Kind: diag.Bytes, Size: 6, Meaning: authorityText},
}

var subAuthorityField = wire.Field{Name: "SubAuthority", Size: 4}

func authorityText(b []byte) string { return strconv.FormatUint(authority([6]byte(b)), 10) }

func authority(b [6]byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// DecodeSID decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is not
// kept.
func DecodeSID(b []byte) (*SID, error) {
	s := new(SID)
	if err := s.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return s, nil
}

// InspectSID decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectSID(b []byte) (*SID, *diag.Report) {
	s, r := new(SID), diag.New("sid", b, catalogue)
	c := wire.New(b, r, &words)
	s.readAll(&c)
	return s, r
}

// UnmarshalBinary decodes b into s strictly and reuses the memory s holds. After an error s holds no promised value, but may
// be used again.
func (s *SID) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	s.readAll(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("sid", catalogue)
	c = wire.New(b, r, &words)
	s.readAll(&c)
	return r.Err()
}

func (s *SID) readAll(c *wire.Cursor) {
	s.read(c)
	s.Trailing = append(s.Trailing[:0], c.Rest("trailing", TrailingData)...)
}

func (s *SID) read(c *wire.Cursor) {
	*s = SID{SubAuthorities: s.SubAuthorities[:0], Trailing: s.Trailing[:0]}
	at := c.Offset()
	b := c.Run(sidFields, sidHeader)
	if b == nil {
		return
	}
	s.Revision, s.IdentifierAuthority = b[0], [6]byte(b[2:])
	n := int(b[1])
	if s.Revision != 1 {
		c.Find(diag.Warning, SIDRevision, "Revision", at, 1, "is %d, must be 1", s.Revision)
	}
	if n > maxSubAuthorities {
		c.Find(diag.Warning, SubAuthorityCount, "SubAuthorityCount", at+1, 1, "is %d, must be at most %d", n, maxSubAuthorities)
	}
	subs := c.Array(&subAuthorityField, uint64(n))
	for i := range len(subs) / 4 {
		s.SubAuthorities = append(s.SubAuthorities, binary.LittleEndian.Uint32(subs[4*i:]))
	}
}

// size returns how many bytes s is written in, without Trailing.
func (s *SID) size() int { return sidHeader + 4*len(s.SubAuthorities) }

// AppendBinary appends the encoding of s: exactly what its fields say. The error is about more than 255 SubAuthorities.
func (s *SID) AppendBinary(b []byte) ([]byte, error) {
	if n := len(s.SubAuthorities); n > 255 {
		return b, fmt.Errorf("security: SubAuthorityCount: %d do not fit into 8 bits", n)
	}
	return append(s.append(b), s.Trailing...), nil
}

func (s *SID) append(b []byte) []byte {
	b = append(b, s.Revision, byte(len(s.SubAuthorities)))
	b = append(b, s.IdentifierAuthority[:]...)
	for _, sub := range s.SubAuthorities {
		b = binary.LittleEndian.AppendUint32(b, sub)
	}
	return b
}

// MarshalBinary returns the encoding of s, as AppendBinary does.
func (s *SID) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// Validate inspects s's own encoding and returns the findings. An s that AppendBinary refuses gives one, NotEncodable.
func (s *SID) Validate() []diag.Finding {
	b, err := s.AppendBinary(nil)
	if err != nil {
		return notEncodable("sid", err)
	}
	_, r := InspectSID(b)
	return slices.Collect(r.Findings())
}

// String returns the identifier as Windows writes it, "S-1-5-21-…" ([MS-DTYP] 2.4.2.1).
func (s *SID) String() string {
	b := strconv.AppendUint([]byte("S-"), uint64(s.Revision), 10)
	if n := authority(s.IdentifierAuthority); n < 1<<32 {
		b = strconv.AppendUint(append(b, '-'), n, 10)
	} else {
		b = fmt.Appendf(b, "-0x%012X", n)
	}
	for _, sub := range s.SubAuthorities {
		b = strconv.AppendUint(append(b, '-'), uint64(sub), 10)
	}
	return string(b)
}

// Name returns the English name of an identifier that is the same everywhere ([MS-DTYP] 2.4.2.4), "" of all others.
func (s *SID) Name() string {
	switch s.String() {
	case "S-1-0-0":
		return "NULL"
	case "S-1-1-0":
		return "Everyone"
	case "S-1-3-0":
		return "CREATOR OWNER"
	case "S-1-3-1":
		return "CREATOR GROUP"
	case "S-1-5-7":
		return "ANONYMOUS LOGON"
	case "S-1-5-10":
		return "SELF"
	case "S-1-5-11":
		return "Authenticated Users"
	case "S-1-5-18":
		return "SYSTEM"
	case "S-1-5-19":
		return "LOCAL SERVICE"
	case "S-1-5-20":
		return "NETWORK SERVICE"
	case "S-1-5-32-544":
		return "Administrators"
	case "S-1-5-32-545":
		return "Users"
	case "S-1-5-32-546":
		return "Guests"
	}
	return ""
}
