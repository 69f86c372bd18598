package main

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// idLines says in a few lines of what an entry id is the id.
func idLines(b *blob, id *entryid.EntryID) []string {
	lines := idWriter{codePage: b.codePage, read: b.has}.lines(id, "")
	if id.Form == nil {
		lines = append(lines, "cut off before it says what it is")
	}
	return lines
}

// labelLen is how wide the label of a line is.
const labelLen = 9

// idText says in one line of what an id inside another structure is the id, and what it is where that is not known.
func idText(raw []byte, codePage int) string {
	id, r := entryid.Inspect(raw)
	if _, unknown := id.Form.(*entryid.Unknown); unknown || r.Max() == diag.Fatal {
		return bytesText(raw)
	}
	var all []string
	for _, line := range (idWriter{codePage: codePage, read: func(string) bool { return true }}).lines(id, "") {
		line = strings.TrimLeft(line, " ")
		all = append(all, strings.TrimRight(line[:labelLen], " ")+" "+line[labelLen+1:])
	}
	return fmt.Sprintf("%s: %s", count(len(raw), "byte"), strings.Join(all, ", "))
}

// idWriter writes ids, and those inside them.
type idWriter struct {
	codePage int
	read     func(path string) bool
}

func (w idWriter) lines(id *entryid.EntryID, path string) []string {
	switch f := id.Form.(type) {
	case *entryid.Folder:
		lines := labelled("folder", objectText(f.Type, f.GlobalCounter))
		lines = append(lines, labelled("replica", f.DatabaseGUID.String())...)
		return append(lines, owner(f.Type, id)...)
	case *entryid.Message:
		lines := labelled("message", objectText(f.Type, f.MessageGlobalCounter))
		lines = append(lines, labelled("replica", f.MessageDatabaseGUID.String())...)
		lines = append(lines, labelled("in folder", fmt.Sprintf("%v of replica %v", f.FolderGlobalCounter, f.FolderDatabaseGUID))...)
		return append(lines, owner(f.Type, id)...)
	case *entryid.Local:
		return append(labelled("node", f.NID.String()+" of a PST or OST file"), labelled("file", "with the record key "+id.ProviderUID.String())...)
	case *entryid.AddressBook:
		return append(labelled("entry", "of the address book, "+f.Type.String()), w.text("DN", f.X500DN)...)
	case *entryid.Ephemeral:
		lines := labelled("entry", "of the address book for one session, "+f.Type.String())
		if w.read(path + "MId") {
			lines = append(lines, labelled("number", fmt.Sprintf("0x%X on server %v", f.MID, id.ProviderUID))...)
		}
		return lines
	case *entryid.OneOff:
		return w.oneOff(f)
	case *entryid.Contact:
		what := "of the contacts, " + f.Type.String()
		if f.Type != entryid.ContactContainer && f.Index < 6 && w.read(path+"Index") {
			what += [...]string{", email address 1", ", email address 2", ", email address 3", ", fax number 1", ", fax number 2", ", fax number 3"}[f.Index]
		}
		return append(labelled("entry", what), w.inner(f.EntryID, path)...)
	case *entryid.Wrapped:
		return append(labelled("wrapped", f.Type.String()), w.inner(f.EntryID, path)...)
	case *entryid.Store:
		return w.store(f, path)
	case *entryid.Unknown:
		return append(labelled("provider", id.ProviderUID.String()), labelled("bytes", bytesText(f.Data))...)
	}
	return nil
}

// inner returns the lines of an id inside another, set in.
func (w idWriter) inner(id *entryid.EntryID, path string) []string {
	if id == nil {
		return nil
	}
	lines := w.lines(id, path+"EntryID.")
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}

// text returns a line with text of 8 bits, none for none.
func (w idWriter) text(label string, t entryid.Text8) []string {
	if t == "" {
		return nil
	}
	return labelled(label, safe(t.Decode(w.codePage)))
}

func (w idWriter) oneOff(o *entryid.OneOff) []string {
	name, kind, address := o.Text(w.codePage)
	lines := labelled("person", "in no directory")
	if name != "" {
		lines = append(lines, labelled("name", safe(name))...)
	}
	if kind != "" || address != "" {
		lines = append(lines, labelled("address", safe(kind)+" "+safe(address))...)
	}
	if bits := o.Bits &^ entryid.OneOffUnicode; bits != 0 {
		lines = append(lines, labelled("bits", bits.String())...)
	}
	return lines
}

func (w idWriter) store(s *entryid.Store, path string) []string {
	narrow, wide, isPST := s.Path()
	var lines []string
	switch {
	case !w.read(path + "WrappedProviderUID"):
		lines = labelled("store", "not read")
	case isPST && wide != "":
		lines = append(labelled("store", "PST file"), labelled("file", safe(wide))...)
	case isPST:
		lines = append(labelled("store", "PST file"), w.text("file", narrow)...)
	case !s.IsExchange():
		lines = append(labelled("store", "of the provider "+s.WrappedProviderUID.String()), labelled("bytes", bytesText(s.Data))...)
	case s.WrappedType.IsPublic():
		lines = labelled("store", "public folders")
	default:
		lines = labelled("store", "mailbox")
	}
	lines = append(lines, w.text("server", s.ServerShortname)...)
	lines = append(lines, w.text("DN", s.MailboxDN)...)
	if v := s.V2; v != nil {
		lines = append(lines, w.text("server DN", v.DN)...)
		if v.FQDN != "" {
			lines = append(lines, labelled("host", safe(v.FQDN))...)
		}
	}
	if v := s.V3; v != nil && v.SMTPAddress != "" {
		lines = append(lines, labelled("address", "SMTP "+safe(v.SMTPAddress))...)
	}
	return append(lines, w.text("library", s.DLLFileName)...)
}

// objectText says which object of a store it is.
func objectText(t entryid.ObjectType, n entryid.GlobalCounter) string {
	if t.IsPublic() {
		return n.String() + " of a public store"
	}
	return n.String() + " of a mailbox"
}

// owner says whose object it is: the mailbox has its GUID in the place of the provider.
func owner(t entryid.ObjectType, id *entryid.EntryID) []string {
	if t.IsPublic() {
		return nil
	}
	return labelled("mailbox", id.ProviderUID.String())
}

func serverIDLines(s *entryid.ServerID, read func(path string) bool) []string {
	switch {
	case s.Ours != 1:
		return labelled("foreign", bytesText(s.Foreign))
	case !read("FolderID"):
		return labelled("folder", "not read")
	case s.MessageID.IsZero():
		return labelled("folder", s.FolderID.String())
	}
	return append(labelled("message", s.MessageID.String()), labelled("in folder", s.FolderID.String())...)
}
