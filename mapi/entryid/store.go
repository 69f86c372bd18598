package entryid

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Store is the rest of the id of a message store, wrapped by MAPI with the name of the library that opens it ([MS-OXCDATA]
// 2.2.4.3). Of a store of Exchange all is read; what others have behind WrappedProviderUID is Data.
type Store struct {
	Version     uint8 // 0
	Flag        uint8 // 0; of one with another value all that follows is Data
	DLLFileName Text8 // "emsmdb.dll" for Exchange, "mspst.dll" for a PST file, in any case of letters
	// Pad is what stands between the name's terminator and the next multiple of 4 bytes: zeros.
	Pad                []byte
	WrappedFlags       [4]byte // zero
	WrappedProviderUID guid.GUID

	// Of a store of Exchange, see IsExchange:

	WrappedType     StoreType
	ServerShortname Text8
	NoMailboxDN     bool  // nothing stands where MailboxDN does, as in many ids of public stores
	MailboxDN       Text8 // legacyExchangeDN
	V2              *StoreV2
	V3              *StoreV3

	Data []byte // of any other store
}

// StoreType are the flags with which a store of Exchange is opened: 0x0000000C for a mailbox, 0x00000006 for the public
// store.
type StoreType uint32

const (
	storePublic  StoreType = 0x2
	typeMailbox  StoreType = 0xC
	typePublic   StoreType = 0x6
	magicV2      uint32    = 0xF32135D8
	magicV3      uint32    = 0xF43246E9
	storeV2Size            = 20
	storeV3Size            = 16
	storePathMin           = 1
)

// storeTypeWords are the names of the bits, from the lowest on.
var storeTypeWords = [...]string{"OPENSTORE_USE_ADMIN_PRIVILEGE", "OPENSTORE_PUBLIC", "OPENSTORE_HOME_LOGON", "OPENSTORE_TAKE_OWNERSHIP",
	"OPENSTORE_OVERRIDE_HOME_MDB", "OPENSTORE_TRANSPORT", "OPENSTORE_REMOTE_TRANSPORT", "OPENSTORE_INTERNET_ANONYMOUS",
	"OPENSTORE_ALTERNATE_SERVER", "OPENSTORE_IGNORE_HOME_MDB", "OPENSTORE_NO_MAIL", "OPENSTORE_OVERRIDE_LAST_MODIFIER",
	"OPENSTORE_CALLBACK_LOGON", "OPENSTORE_LOCAL", "OPENSTORE_FAIL_IF_NO_MAILBOX", "OPENSTORE_CACHE_EXCHANGE",
	"OPENSTORE_CLI_WITH_NAMEDPROP_FIX", "OPENSTORE_ENABLE_LAZY_LOGGING", "OPENSTORE_CLI_WITH_REPLID_GUID_MAPPING_FIX",
	"OPENSTORE_NO_LOCALIZATION", "OPENSTORE_RESTORE_DATABASE", "OPENSTORE_XFOREST_MOVE"}

// IsPublic reports whether the store is that of public folders.
func (t StoreType) IsPublic() bool { return t&storePublic != 0 }

// String returns the names of the flags in edkmdb.h, with "+" between them and what has no name at the end, or "0".
func (t StoreType) String() string {
	var all []string
	for i, word := range storeTypeWords {
		if bit := StoreType(1) << i; t&bit != 0 {
			all = append(all, word)
			t &^= bit
		}
	}
	if t != 0 {
		all = append(all, fmt.Sprintf("0x%08X", uint32(t)))
	}
	return joinWords(all)
}

func storeTypeText(b []byte) string { return StoreType(binary.LittleEndian.Uint32(b)).String() }

func joinWords(all []string) string {
	if len(all) == 0 {
		return "0"
	}
	return strings.Join(all, "+")
}

// StoreV2 names the server of a store in full. It stands behind MailboxDN, or in its place, in what [MS-OXCDATA] 2.2.4.3
// specifies; Microsoft published it elsewhere, as version 2 of that.
type StoreV2 struct {
	Size       uint32 // of the block up to the end of FQDN
	Version    uint32 // 1
	OffsetDN   uint32 // of DN in the block; 0 where there is none
	OffsetFQDN uint32 // of FQDN in the block; 0 where there is none
	DN         Text8  // legacyExchangeDN of the server
	FQDN       string // WTF-8
	Reserved   []byte // two bytes, where there are so many
}

// StoreV3 names a mailbox by its address. It stands behind MailboxDN, or in its place, in what [MS-OXCDATA] 2.2.4.3
// specifies. It is known from MFCMAPI alone.
type StoreV3 struct {
	Size              uint32 // of the block up to the end of SMTPAddress
	Version           uint32 // 2
	OffsetSMTPAddress uint32 // of SMTPAddress in the block; 0 where there is none
	SMTPAddress       string // WTF-8
	Reserved          []byte // two bytes, where there are so many
}

var (
	storeFields = []wire.Field{{Name: "Version", Size: 1}, {Name: "Flag", Size: 1}}

	storeWrappedFields = []wire.Field{
		{Name: "WrappedFlags", Kind: diag.Bytes, Size: 4},
		{Name: "WrappedProviderUID", Kind: diag.Bytes, Size: 16, Meaning: providerText},
	}
	storeTypeFields = []wire.Field{{Name: "WrappedType", Size: 4, Meaning: storeTypeText}}
	storeV2Fields   = []wire.Field{{Name: "Magic", Size: 4}, {Name: "Size", Size: 4}, {Name: "Version", Size: 4},
		{Name: "OffsetDN", Size: 4}, {Name: "OffsetFQDN", Size: 4}}
	storeV3Fields = []wire.Field{{Name: "Magic", Size: 4}, {Name: "Size", Size: 4}, {Name: "Version", Size: 4},
		{Name: "OffsetSmtpAddress", Size: 4}}
)

// String returns "store".
func (s *Store) String() string { return "store" }

// IsExchange reports whether the store is one of Exchange, by the library or the provider it names, so that all of its id
// is known.
func (s *Store) IsExchange() bool {
	return s.Flag == 0 && (s.WrappedProviderUID == privateStoreUID || s.WrappedProviderUID == publicStoreUID ||
		strings.EqualFold(string(s.DLLFileName), "emsmdb.dll"))
}

func (s *Store) read(c *wire.Cursor, at place) {
	old := *s
	*s = Store{Pad: old.Pad[:0], Data: old.Data[:0]}
	if b := c.Run(storeFields, 2); b != nil {
		s.Version, s.Flag = b[0], b[1]
	}
	if s.Flag != 0 {
		c.Find(diag.Warning, StoreFlag, "Flag", at.start+headSize+1, 1, "is %d, where 0 is usual: what follows is not taken for the name of a library", s.Flag)
		s.readData(c)
		return
	}
	s.DLLFileName = readText8(c, "DLLFileName", old.DLLFileName)
	// QUIRK: DLLFileName is 14 bytes by the specification, which knows one name. MAPI writes any name, its terminator, and
	// zeros up to a multiple of 4 bytes: for that name the same. See store-pst.vec.
	s.Pad = append(s.Pad, c.Bytes("DLLFileNamePad", uint64(-(c.Offset()-at.start)&3))...)
	if b := c.Run(storeWrappedFields, 20); b != nil {
		s.WrappedFlags, s.WrappedProviderUID = [4]byte(b), guid.GUID(b[4:])
	}
	if c.Recording() {
		s.checkHead(c, at.start+headSize)
	}
	if !s.IsExchange() {
		s.readData(c)
		return
	}
	s.readExchange(c, &old)
}

func (s *Store) readData(c *wire.Cursor) {
	s.Data = append(s.Data, c.BytesAs("ProviderData", uint64(c.Left()), storeDataText)...)
}

func (s *Store) readExchange(c *wire.Cursor, old *Store) {
	if b := c.Run(storeTypeFields, 4); b != nil {
		s.WrappedType = StoreType(binary.LittleEndian.Uint32(b))
	}
	if c.Recording() {
		s.checkType(c)
	}
	s.ServerShortname = readText8(c, "ServerShortname", old.ServerShortname)
	if c.Dead() {
		return
	}
	// QUIRK: an id of a public store may end here, or go on with the magic of a block.
	if s.WrappedType.IsPublic() && (c.Left() == 0 || isMagic(c)) {
		s.NoMailboxDN = true
	} else {
		dnAt := c.Offset()
		s.MailboxDN = readText8(c, "MailboxDN", old.MailboxDN)
		if c.Recording() && !c.Dead() && s.MailboxDN != "" {
			checkDN(c, "MailboxDN", dnAt, s.MailboxDN)
		}
	}
	switch magic := c.Peek(c.Offset(), 4); {
	case len(magic) < 4:
	case binary.LittleEndian.Uint32(magic) == magicV2:
		s.V2 = old.V2
		if s.V2 == nil {
			s.V2 = new(StoreV2)
		}
		c.In("V2", -1)
		s.V2.read(c)
		c.Out()
	case binary.LittleEndian.Uint32(magic) == magicV3:
		s.V3 = old.V3
		if s.V3 == nil {
			s.V3 = new(StoreV3)
		}
		c.In("V3", -1)
		s.V3.read(c)
		c.Out()
	}
}

// isMagic reports whether a block comes next.
func isMagic(c *wire.Cursor) bool {
	b := c.Peek(c.Offset(), 4)
	return len(b) == 4 && (binary.LittleEndian.Uint32(b) == magicV2 || binary.LittleEndian.Uint32(b) == magicV3)
}

func (v *StoreV2) read(c *wire.Cursor) {
	start, old := c.Offset(), *v
	*v = StoreV2{Reserved: old.Reserved[:0]}
	b := c.Run(storeV2Fields, storeV2Size)
	if b == nil {
		return
	}
	v.Size, v.Version = binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])
	v.OffsetDN, v.OffsetFQDN = binary.LittleEndian.Uint32(b[12:]), binary.LittleEndian.Uint32(b[16:])
	if v.OffsetDN != 0 {
		checkOffset(c, "OffsetDN", start, 12, v.OffsetDN)
		v.DN = readText8(c, "DN", old.DN)
	}
	if v.OffsetFQDN != 0 {
		checkOffset(c, "OffsetFQDN", start, 16, v.OffsetFQDN)
		v.FQDN = readText16(c, "FQDN", old.FQDN)
	}
	if c.Recording() && !c.Dead() {
		checkBlock(c, start, v.Size, v.Version, 1)
	}
	v.Reserved = append(v.Reserved, c.Bytes("Reserved", uint64(min(2, c.Left())))...)
}

func (v *StoreV3) read(c *wire.Cursor) {
	start, old := c.Offset(), *v
	*v = StoreV3{Reserved: old.Reserved[:0]}
	b := c.Run(storeV3Fields, storeV3Size)
	if b == nil {
		return
	}
	v.Size, v.Version = binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])
	v.OffsetSMTPAddress = binary.LittleEndian.Uint32(b[12:])
	if v.OffsetSMTPAddress != 0 {
		checkOffset(c, "OffsetSmtpAddress", start, 12, v.OffsetSMTPAddress)
		v.SMTPAddress = readText16(c, "SmtpAddress", old.SMTPAddress)
	}
	if c.Recording() && !c.Dead() {
		checkBlock(c, start, v.Size, v.Version, 2)
	}
	v.Reserved = append(v.Reserved, c.Bytes("Reserved", uint64(min(2, c.Left())))...)
}

var errExchange = misplaced("WrappedType", "stands in ids of stores of Exchange only, and so does what follows it")

// misplaced says why a value cannot be written.
func misplaced(field, why string) error { return fmt.Errorf("%s: %s", field, why) }

func (s *Store) append(b []byte, at place) (_ []byte, err error) {
	b = append(b, s.Version, s.Flag)
	if s.Flag != 0 {
		if s.DLLFileName != "" || len(s.Pad) > 0 || s.WrappedFlags != [4]byte{} || !s.WrappedProviderUID.IsZero() || s.hasExchange() {
			return b, misplaced("Flag", "is not 0, so that there is Data alone")
		}
		return append(b, s.Data...), nil
	}
	if b, err = appendText8(b, "DLLFileName", s.DLLFileName); err != nil {
		return b, err
	}
	b = append(b, s.Pad...)
	if (len(b)-at.start)%4 != 0 || len(s.Pad) > 3 {
		return b, misplaced("Pad", "must fill up to a multiple of 4 bytes")
	}
	b = append(append(b, s.WrappedFlags[:]...), s.WrappedProviderUID[:]...)
	switch {
	case !s.IsExchange() && s.hasExchange():
		return b, errExchange
	case !s.IsExchange():
		return append(b, s.Data...), nil
	case len(s.Data) > 0:
		return b, misplaced("Data", "stands in ids of stores of Exchange in other fields")
	}
	return s.appendExchange(b)
}

func (s *Store) hasExchange() bool {
	return s.WrappedType != 0 || s.ServerShortname != "" || s.NoMailboxDN || s.MailboxDN != "" || s.V2 != nil || s.V3 != nil
}

func (s *Store) appendExchange(b []byte) (_ []byte, err error) {
	b = binary.LittleEndian.AppendUint32(b, uint32(s.WrappedType))
	if b, err = appendText8(b, "ServerShortname", s.ServerShortname); err != nil {
		return b, err
	}
	switch {
	case s.V2 != nil && s.V3 != nil:
		return b, misplaced("V3", "stands in the place of V2, not behind it")
	case s.NoMailboxDN && (s.MailboxDN != "" || !s.WrappedType.IsPublic()):
		return b, misplaced("NoMailboxDN", "is for public stores without one")
	case !s.NoMailboxDN:
		if b, err = appendText8(b, "MailboxDN", s.MailboxDN); err != nil {
			return b, err
		}
	}
	switch {
	case s.V2 != nil:
		b, err = s.V2.append(b)
	case s.V3 != nil:
		b, err = s.V3.append(b)
	}
	return b, err
}

func (v *StoreV2) append(b []byte) (_ []byte, err error) {
	for _, n := range [...]uint32{magicV2, v.Size, v.Version, v.OffsetDN, v.OffsetFQDN} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	switch {
	case v.OffsetDN == 0 && v.DN != "":
		return b, misplaced("V2.DN", "is there, and OffsetDN is 0")
	case v.OffsetFQDN == 0 && v.FQDN != "":
		return b, misplaced("V2.FQDN", "is there, and OffsetFQDN is 0")
	case v.OffsetDN != 0:
		if b, err = appendText8(b, "V2.DN", v.DN); err != nil {
			return b, err
		}
	}
	if v.OffsetFQDN != 0 {
		if b, err = appendText16(b, "V2.FQDN", v.FQDN); err != nil {
			return b, err
		}
	}
	return appendReserved(b, "V2.Reserved", v.Reserved)
}

func (v *StoreV3) append(b []byte) (_ []byte, err error) {
	for _, n := range [...]uint32{magicV3, v.Size, v.Version, v.OffsetSMTPAddress} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	if v.OffsetSMTPAddress == 0 && v.SMTPAddress != "" {
		return b, misplaced("V3.SMTPAddress", "is there, and OffsetSMTPAddress is 0")
	}
	if v.OffsetSMTPAddress != 0 {
		if b, err = appendText16(b, "V3.SMTPAddress", v.SMTPAddress); err != nil {
			return b, err
		}
	}
	return appendReserved(b, "V3.Reserved", v.Reserved)
}

func appendReserved(b []byte, field string, reserved []byte) ([]byte, error) {
	if len(reserved) > 2 {
		return b, fmt.Errorf("%s: is %d bytes, must be 2", field, len(reserved))
	}
	return append(b, reserved...), nil
}

func (s *Store) normalize(int) {
	clear(s.Pad)
	if s.V2 != nil {
		s.V2.normalize()
	}
	if s.V3 != nil {
		s.V3.normalize()
	}
}

// textSize returns how many bytes a text of n units of a size takes with its terminator, 0 where its offset says that it is
// not there.
func textSize(offset uint32, units, size int) uint32 {
	if offset == 0 {
		return 0
	}
	return uint32((units + 1) * size)
}

func (v *StoreV2) normalize() {
	dn, fqdn := textSize(v.OffsetDN, len(v.DN), 1), textSize(v.OffsetFQDN, wtf8.Units(v.FQDN), 2)
	if v.OffsetDN != 0 {
		v.OffsetDN = storeV2Size
	}
	if v.OffsetFQDN != 0 {
		v.OffsetFQDN = storeV2Size + dn
	}
	v.Size, v.Reserved = storeV2Size+dn+fqdn, make([]byte, 2)
}

func (v *StoreV3) normalize() {
	if v.OffsetSMTPAddress != 0 {
		v.OffsetSMTPAddress = storeV3Size
	}
	v.Size, v.Reserved = storeV3Size+textSize(v.OffsetSMTPAddress, wtf8.Units(v.SMTPAddress), 2), make([]byte, 2)
}

// Path returns the file that holds the store, for the id of a PST file: its name in 8 bits, and in UTF-16 (as WTF-8), where
// the id has it so. What follows is not documented: a byte 0, then one name or both.
func (s *Store) Path() (narrow Text8, wide string, ok bool) {
	if s.WrappedProviderUID != pstUID || s.Flag != 0 {
		return "", "", false
	}
	return storePath(s.Data)
}

func storePath(data []byte) (narrow Text8, wide string, ok bool) {
	if len(data) <= storePathMin || data[0] != 0 {
		return "", "", false
	}
	rest := data[1:]
	// A name of one letter is none: where the second byte is 0, the name is UTF-16.
	if len(rest) < 2 || rest[1] != 0 {
		n := bytes.IndexByte(rest, 0)
		if n < 0 {
			return "", "", false
		}
		narrow, rest = Text8(rest[:n]), rest[n+1:]
	}
	if n := indexNUL16(rest); n > 0 {
		wide = string(wtf8.AppendDecode(nil, rest[:n]))
	}
	return narrow, wide, narrow != "" || wide != ""
}

// storeDataText says which file it is, where that is what the bytes say.
func storeDataText(b []byte) string {
	narrow, wide, ok := storePath(b)
	switch {
	case !ok:
		return ""
	case wide != "":
		return string(wtf8.AppendQuote(nil, wide))
	}
	return string(wtf8.AppendQuote(nil, narrow.String()))
}
