package entryid

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The checks in this file are about meaning: none of them changes what is read. Except for the offsets of a store, which
// raise doubts, they run where somebody wants the findings.

// Validate inspects id's own encoding and returns the findings: the checks, offsets and words of Inspect. An id that
// AppendBinary refuses gives one finding, NotEncodable.
func (id *EntryID) Validate() []diag.Finding {
	b, err := id.AppendBinary(nil)
	if err != nil {
		return notEncodable(err)
	}
	_, r := Inspect(b)
	return slices.Collect(r.Findings())
}

func notEncodable(err error) []diag.Finding {
	r := diag.NewErrors("entryid", catalogue)
	what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "entryid: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Msg: msg})
	return slices.Collect(r.Findings())
}

// checkHead checks flags and provider against the form.
func (id *EntryID) checkHead(c *wire.Cursor, at, depth int) {
	flags := id.Flags
	if _, ok := id.Form.(*Ephemeral); ok {
		flags[0] = 0
	}
	if depth >= maxDepth {
		return // an Unknown whatever it is
	}
	if flags != [4]byte{} {
		var room [64]byte
		b := hex.AppendEncode(append(room[:0], "are "...), id.Flags[:])
		c.Say(diag.Warning, FlagsNotZero, "Flags", at, 4, append(b, ", must be zero in an id that lasts"...))
	}
	var t ObjectType
	public := id.ProviderUID == publicUID
	switch word := c.Peek(at+headSize, 2); id.Form.(type) {
	case *Folder, *Message:
		t = ObjectType(word[0])
	case *Unknown:
		id.checkUnknown(c, at)
		return
	default:
		return
	}
	if t.IsPublic() != public {
		what := "that"
		if !public {
			what = "not that"
		}
		c.Find(diag.Warning, ProviderMismatch, "ProviderUID", at+4, 16, "is %s of the public folders, but the object is %v", what, t)
	}
}

// checkUnknown says why the form of an id is not known.
func (id *EntryID) checkUnknown(c *wire.Cursor, at int) {
	n := headSize + c.Left()
	var room [192]byte
	b := strconv.AppendInt(append(room[:0], "an id of "...), int64(n), 10)
	b, _ = id.ProviderUID.AppendText(append(b, " bytes of "...)) // never fails
	switch word := c.Peek(at+headSize, 4); {
	case n == folderSize || n == messageSize:
		b = append(b, " is as long as that of a folder or a message in a store, but its type is 0x"...)
		b = wire.AppendHex(b, uint64(binary.LittleEndian.Uint16(word)), 4)
	case n == localSize:
		b = append(b, " is as long as that of an object in a PST file, but ends in 0x"...)
		b = wire.AppendHex(b, uint64(binary.LittleEndian.Uint32(word)), 8)
		b = append(b, ", the number of none"...)
	case providerName(id.ProviderUID) != "":
		b = append(b, " has a form that is not known here"...)
	default:
		b = append(b, " is of no provider known here"...)
	}
	c.Say(diag.Info, UnknownProvider, "ProviderUID", at+4, 16, b)
}

func checkPad(c *wire.Cursor, name string, pad []byte, at int) {
	for _, p := range pad {
		if p != 0 {
			c.Find(diag.Warning, PadNotZero, name, at, len(pad), "is %x, must be zero", pad)
			return
		}
	}
}

// checkVersionType checks the words with which an id of the address book begins.
func checkVersionType(c *wire.Cursor, at int, version uint32, t DisplayType) {
	if version != 1 {
		c.Find(diag.Warning, AddressBookVersion, "Version", at, 4, "is %d, must be 1", version)
	}
	if !t.isKnown() {
		c.Find(diag.Info, DisplayTypeUnknown, "Type", at+4, 4, "is 0x%08X, which is no display type", uint32(t))
	}
}

// checkDN checks the grammar of a legacyExchangeDN. The root of the address book is "/", and entries that are in no
// directory are known by a GUID.
func checkDN(c *wire.Cursor, name string, at int, dn Text8) {
	if dn == "/" || strings.HasPrefix(strings.ToLower(string(dn)), "/guid=") {
		return
	}
	if f, bad := dnFault(string(dn)); bad {
		c.Find(diag.Warning, DNSyntax, name, at+f.Span.Offset, f.Span.Len, "%s", f.Msg)
	}
}

func (o *OneOff) check(c *wire.Cursor, at int) {
	if o.Version != 0 {
		c.Find(diag.Warning, OneOffVersion, "Version", at, 2, "is %d, must be 0", o.Version)
	}
}

func (k *Contact) check(c *wire.Cursor, at int) {
	if k.Version != contactVersion {
		c.Find(diag.Warning, ContactVersion, "Version", at, 4, "is %d, must be %d", k.Version, contactVersion)
	}
	if k.Type < ContactRoot || k.Type > ContactDistList {
		c.Find(diag.Warning, ContactTypeUnknown, "Type", at+4, 4, "is %d, must be 1 to 5: read as that of a contact", uint32(k.Type))
	}
}

// checkHead checks what stands before the type of a store. Where that was not read, nothing is said of it.
func (s *Store) checkHead(c *wire.Cursor, at int) {
	if c.Dead() {
		return
	}
	if s.Version != 0 {
		c.Find(diag.Warning, StoreVersion, "Version", at, 1, "is %d, must be 0", s.Version)
	}
	wrapped := c.Offset() - 20
	checkPad(c, "DLLFileNamePad", s.Pad, wrapped-len(s.Pad))
	if s.WrappedFlags != [4]byte{} {
		c.Find(diag.Warning, FlagsNotZero, "WrappedFlags", wrapped, 4, "are %x, must be zero in an id that lasts", s.WrappedFlags)
	}
}

func (s *Store) checkType(c *wire.Cursor) {
	if !c.Dead() && s.WrappedType != typeMailbox && s.WrappedType != typePublic {
		c.Find(diag.Info, StoreTypeUnusual, "WrappedType", c.Offset()-4, 4, "is 0x%08X, 0x0000000C for a mailbox and 0x00000006 for public folders are usual", uint32(s.WrappedType))
	}
}

// checkOffset checks the offset of a text in a block against where the text is taken to begin: behind what was read.
func checkOffset(c *wire.Cursor, name string, start, at int, offset uint32) {
	if want := c.Offset() - start; !c.Dead() && uint64(offset) != uint64(want) {
		c.Find(diag.Error, StoreOffset, name, start+at, 4, "is %d, must be %d: read from there", offset, want)
	}
}

// checkBlock checks version and size of a block that was read up to its reserved bytes. Whether those count is not clear.
func checkBlock(c *wire.Cursor, start int, size, version, wantVersion uint32) {
	if version != wantVersion {
		c.Find(diag.Warning, StoreVersion, "Version", start+8, 4, "is %d, must be %d", version, wantVersion)
	}
	if n := uint64(c.Offset() - start); uint64(size) != n && uint64(size) != n+2 {
		c.Find(diag.Warning, StoreSize, "Size", start+4, 4, "is %d, must be %d", size, n)
	}
}
