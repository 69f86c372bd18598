package entryid

import (
	"strconv"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
)

// The value form: the Go names of the fields in lower camel case, types as the words of the specification, GUIDs in
// registry format, bytes as lower-case hex. Text of 8 bits is a string where it is ASCII, else {"raw": hex}. The form comes
// behind the provider, and its fields behind that, in the same object. It is written by hand, because encoding/json would
// lose unpaired surrogates.

// MarshalJSON returns the value form. It never fails.
func (id *EntryID) MarshalJSON() ([]byte, error) { return id.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (id *EntryID) AppendJSON(b []byte) []byte {
	b = appendHex(b, `{"flags":`, id.Flags[:])
	b = appendGUID(b, `,"providerUid":`, id.ProviderUID)
	if id.Form != nil {
		b = append(append(append(b, `,"form":"`...), id.Form.String()...), '"')
		b = id.Form.appendJSON(b)
	}
	b = appendHexIf(b, `,"trailing":`, id.Trailing)
	return append(b, '}')
}

func (f *Folder) appendJSON(b []byte) []byte {
	b = appendWord(b, `,"type":`, f.Type.isFolder() || f.Type.isMessage(), f.Type.String(), uint64(f.Type))
	b = appendGUID(b, `,"databaseGuid":`, f.DatabaseGUID)
	b = appendHex(b, `,"globalCounter":`, f.GlobalCounter[:])
	return appendHex(b, `,"pad":`, f.Pad[:])
}

func (m *Message) appendJSON(b []byte) []byte {
	b = appendWord(b, `,"type":`, m.Type.isFolder() || m.Type.isMessage(), m.Type.String(), uint64(m.Type))
	b = appendGUID(b, `,"folderDatabaseGuid":`, m.FolderDatabaseGUID)
	b = appendHex(b, `,"folderGlobalCounter":`, m.FolderGlobalCounter[:])
	b = appendHex(b, `,"pad1":`, m.Pad1[:])
	b = appendGUID(b, `,"messageDatabaseGuid":`, m.MessageDatabaseGUID)
	b = appendHex(b, `,"messageGlobalCounter":`, m.MessageGlobalCounter[:])
	return appendHex(b, `,"pad2":`, m.Pad2[:])
}

func (l *Local) appendJSON(b []byte) []byte { return appendUint(b, `,"nid":`, uint64(l.NID)) }

func (u *Unknown) appendJSON(b []byte) []byte { return appendHex(b, `,"data":`, u.Data) }

func (a *AddressBook) appendJSON(b []byte) []byte {
	b = appendUint(b, `,"version":`, uint64(a.Version))
	b = appendWord(b, `,"type":`, a.Type.isKnown(), a.Type.String(), uint64(a.Type))
	return a.X500DN.appendJSON(append(b, `,"x500Dn":`...))
}

func (e *Ephemeral) appendJSON(b []byte) []byte {
	b = appendUint(b, `,"version":`, uint64(e.Version))
	b = appendWord(b, `,"type":`, e.Type.isKnown(), e.Type.String(), uint64(e.Type))
	return appendUint(b, `,"mid":`, uint64(e.MID))
}

func (o *OneOff) appendJSON(b []byte) []byte {
	b = appendUint(b, `,"version":`, uint64(o.Version))
	b = append(b, `,"bits":[`...)
	for i, w := range o.Bits.Words() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), w...), '"')
	}
	b = append(b, ']')
	for _, f := range [...]struct{ key, text string }{
		{`,"displayName":`, o.DisplayName}, {`,"addressType":`, o.AddressType}, {`,"emailAddress":`, o.EmailAddress},
	} {
		if b = append(b, f.key...); o.Bits&OneOffUnicode != 0 {
			b = wtf8.AppendQuote(b, f.text)
		} else {
			b = Text8(f.text).appendJSON(b)
		}
	}
	return b
}

func (k *Contact) appendJSON(b []byte) []byte {
	b = appendUint(b, `,"version":`, uint64(k.Version))
	b = appendWord(b, `,"type":`, k.Type >= ContactRoot && k.Type <= ContactDistList, k.Type.String(), uint64(k.Type))
	if k.Type == ContactContainer || !k.MUID.IsZero() {
		b = appendGUID(b, `,"muid":`, k.MUID)
	}
	if k.Type != ContactContainer || k.Index != 0 || k.EntryIDCount != 0 {
		b = appendUint(b, `,"index":`, uint64(k.Index))
		b = appendUint(b, `,"entryIdCount":`, uint64(k.EntryIDCount))
	}
	return appendEntryID(b, k.EntryID)
}

func (w *Wrapped) appendJSON(b []byte) []byte {
	return appendEntryID(appendUint(b, `,"type":`, uint64(w.Type)), w.EntryID)
}

func appendEntryID(b []byte, id *EntryID) []byte {
	if id == nil {
		return b
	}
	return id.AppendJSON(append(b, `,"entryId":`...))
}

func (s *Store) appendJSON(b []byte) []byte {
	b = appendUint(b, `,"version":`, uint64(s.Version))
	b = appendUint(b, `,"flag":`, uint64(s.Flag))
	if s.Flag != 0 {
		return appendHexIf(b, `,"data":`, s.Data)
	}
	b = s.DLLFileName.appendJSON(append(b, `,"dllFileName":`...))
	b = appendHex(b, `,"pad":`, s.Pad)
	b = appendHex(b, `,"wrappedFlags":`, s.WrappedFlags[:])
	b = appendGUID(b, `,"wrappedProviderUid":`, s.WrappedProviderUID)
	if !s.IsExchange() {
		return appendHexIf(b, `,"data":`, s.Data)
	}
	b = appendUint(b, `,"wrappedType":`, uint64(s.WrappedType))
	b = s.ServerShortname.appendJSON(append(b, `,"serverShortname":`...))
	if s.NoMailboxDN {
		b = append(b, `,"mailboxDn":null`...)
	} else {
		b = s.MailboxDN.appendJSON(append(b, `,"mailboxDn":`...))
	}
	if v := s.V2; v != nil {
		b = appendUint(b, `,"v2":{"size":`, uint64(v.Size))
		b = appendUint(b, `,"version":`, uint64(v.Version))
		b = appendUint(b, `,"offsetDn":`, uint64(v.OffsetDN))
		b = appendUint(b, `,"offsetFqdn":`, uint64(v.OffsetFQDN))
		b = v.DN.appendJSON(append(b, `,"dn":`...))
		b = wtf8.AppendQuote(append(b, `,"fqdn":`...), v.FQDN)
		b = append(appendHex(b, `,"reserved":`, v.Reserved), '}')
	}
	if v := s.V3; v != nil {
		b = appendUint(b, `,"v3":{"size":`, uint64(v.Size))
		b = appendUint(b, `,"version":`, uint64(v.Version))
		b = appendUint(b, `,"offsetSmtpAddress":`, uint64(v.OffsetSMTPAddress))
		b = wtf8.AppendQuote(append(b, `,"smtpAddress":`...), v.SMTPAddress)
		b = append(appendHex(b, `,"reserved":`, v.Reserved), '}')
	}
	return b
}

// MarshalJSON returns the value form. It never fails.
func (s *ServerID) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (s *ServerID) AppendJSON(b []byte) []byte {
	b = appendUint(b, `{"ours":`, uint64(s.Ours))
	if s.Ours != 1 {
		return append(appendHex(b, `,"foreign":`, s.Foreign), '}')
	}
	b = s.FolderID.AppendJSON(append(b, `,"folderId":`...))
	b = s.MessageID.AppendJSON(append(b, `,"messageId":`...))
	b = appendUint(b, `,"instance":`, uint64(s.Instance))
	return append(b, '}')
}

// MarshalJSON returns the value form. It never fails.
func (o ObjectID) MarshalJSON() ([]byte, error) { return o.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (o ObjectID) AppendJSON(b []byte) []byte {
	b = appendUint(b, `{"replicaId":`, uint64(o.ReplicaID))
	return append(appendHex(b, `,"globalCounter":`, o.GlobalCounter[:]), '}')
}

func (t Text8) appendJSON(b []byte) []byte {
	if t.isASCII() {
		return wtf8.AppendQuote(b, string(t))
	}
	return append(appendHex(b, `{"raw":`, []byte(t)), '}')
}

func appendUint(b []byte, key string, v uint64) []byte {
	return strconv.AppendUint(append(b, key...), v, 10)
}

// appendWord appends a type as its word, or as a number where it has none.
func appendWord(b []byte, key string, known bool, word string, v uint64) []byte {
	if !known {
		return appendUint(b, key, v)
	}
	return append(append(append(append(b, key...), '"'), word...), '"')
}

func appendHex(b []byte, key string, v []byte) []byte {
	return mapi.Binary(v).AppendJSON(append(b, key...))
}

func appendHexIf(b []byte, key string, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	return appendHex(b, key, v)
}

func appendGUID(b []byte, key string, g guid.GUID) []byte {
	b, _ = g.AppendText(append(append(b, key...), '"')) // never fails
	return append(b, '"')
}
