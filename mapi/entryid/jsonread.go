package entryid

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// idJSON are the members of every form at once. Each form takes its own.
type idJSON struct {
	Flags, Trailing jsonform.Hex
	ProviderUID     guid.GUID
	Form            string

	Type                                                        typeJSON
	DatabaseGUID, FolderDatabaseGUID, MessageDatabaseGUID, MUID guid.GUID
	GlobalCounter, FolderGlobalCounter, MessageGlobalCounter    jsonform.Hex
	Pad, Pad1, Pad2, Data, WrappedFlags                         jsonform.Hex
	NID, Version, MID, Index, EntryIDCount, Flag, WrappedType   uint32
	Bits                                                        []string
	DisplayName, AddressType, EmailAddress                      textJSON
	X500DN, DLLFileName, ServerShortname, MailboxDN             text8JSON
	WrappedProviderUID                                          guid.GUID
	EntryID                                                     json.RawMessage
	V2                                                          *struct {
		Size, Version, OffsetDN, OffsetFQDN uint32
		DN                                  text8JSON
		FQDN                                text16JSON
		Reserved                            jsonform.Hex
	}
	V3 *struct {
		Size, Version, OffsetSMTPAddress uint32
		SMTPAddress                      text16JSON
		Reserved                         jsonform.Hex
	}
}

// text8JSON is text of 8 bits: a string of ASCII, or its bytes.
type text8JSON struct {
	text Text8
	null bool
}

func (t *text8JSON) UnmarshalJSON(b []byte) error {
	*t = text8JSON{null: string(b) == "null"}
	switch {
	case t.null:
		return nil
	case b[0] != '{':
		s, err := wtf8.Unquote(b)
		if t.text = Text8(s); err == nil && !t.text.isASCII() {
			return errors.New("entryid: text of 8 bits that is no ASCII must be given as its bytes")
		}
		return err
	}
	var v struct{ Raw jsonform.Hex }
	err := json.Unmarshal(b, &v)
	t.text = Text8(v.Raw)
	return err
}

// textJSON is text of a one-off id, in either form.
type textJSON struct {
	text string
	raw  bool
}

func (t *textJSON) UnmarshalJSON(b []byte) (err error) {
	if t.raw = b[0] == '{'; t.raw {
		var narrow text8JSON
		err = narrow.UnmarshalJSON(b)
		t.text = string(narrow.text)
		return err
	}
	t.text, err = wtf8.Unquote(b)
	return err
}

// text16JSON is text in UTF-16.
type text16JSON struct{ text string }

func (t *text16JSON) UnmarshalJSON(b []byte) (err error) {
	t.text, err = wtf8.Unquote(b)
	return err
}

// typeJSON is a type: a number, or one of the words that the types of all forms have.
type typeJSON uint32

func (t *typeJSON) UnmarshalJSON(b []byte) error {
	if b[0] != '"' {
		return json.Unmarshal(b, (*uint32)(t))
	}
	word := strings.Trim(string(b), `"`)
	for n := range uint32(0x201) {
		if ObjectType(n).isFolder() && ObjectType(n).String() == word || ObjectType(n).isMessage() && ObjectType(n).String() == word ||
			DisplayType(n).isKnown() && DisplayType(n).String() == word || n < uint32(len(contactTypes)) && contactTypes[n] == word {
			*t = typeJSON(n)
			return nil
		}
	}
	return fmt.Errorf("entryid: %s is no type", b)
}

// UnmarshalJSON reads the value form into id.
func (id *EntryID) UnmarshalJSON(b []byte) error { return id.unmarshalJSON(b, 0) }

func (id *EntryID) unmarshalJSON(b []byte, depth int) error {
	if depth > maxDepth {
		return errTooDeep
	}
	var v idJSON
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	out := EntryID{ProviderUID: v.ProviderUID, Trailing: v.Trailing}
	if err := jsonform.Fill(out.Flags[:], v.Flags, "entryid: flags"); err != nil {
		return err
	}
	if v.Form != "" {
		form, err := v.form(depth)
		if err != nil {
			return err
		}
		out.Form = form
	}
	*id = out
	return nil
}

// form makes a form of its members.
func (v *idJSON) form(depth int) (Form, error) {
	switch v.Form {
	case "folder":
		f := &Folder{Type: ObjectType(v.Type), DatabaseGUID: v.DatabaseGUID}
		return f, errors.Join(fits(uint32(v.Type), 16, "type"), jsonform.Fill(f.GlobalCounter[:], v.GlobalCounter, "entryid: globalCounter"), jsonform.Fill(f.Pad[:], v.Pad, "entryid: pad"))
	case "message":
		m := &Message{Type: ObjectType(v.Type), FolderDatabaseGUID: v.FolderDatabaseGUID, MessageDatabaseGUID: v.MessageDatabaseGUID}
		return m, errors.Join(fits(uint32(v.Type), 16, "type"), jsonform.Fill(m.FolderGlobalCounter[:], v.FolderGlobalCounter, "entryid: folderGlobalCounter"),
			jsonform.Fill(m.MessageGlobalCounter[:], v.MessageGlobalCounter, "entryid: messageGlobalCounter"), jsonform.Fill(m.Pad1[:], v.Pad1, "entryid: pad1"), jsonform.Fill(m.Pad2[:], v.Pad2, "entryid: pad2"))
	case "local":
		return &Local{NID(v.NID)}, nil
	case "unknown":
		return &Unknown{v.Data}, nil
	case "addressBook":
		return &AddressBook{v.Version, DisplayType(v.Type), v.X500DN.text}, nil
	case "ephemeral":
		return &Ephemeral{v.Version, DisplayType(v.Type), v.MID}, nil
	case "oneOff":
		return v.oneOff()
	case "store":
		return v.store()
	case "wrapped":
		w := &Wrapped{Type: WrappedType(v.Type)}
		embedded, err := v.embedded(depth)
		w.EntryID = embedded
		return w, errors.Join(fits(uint32(v.Type), 8, "type"), err)
	case "contact":
		k := &Contact{Version: v.Version, Type: ContactType(v.Type), MUID: v.MUID, Index: v.Index, EntryIDCount: v.EntryIDCount}
		embedded, err := v.embedded(depth)
		k.EntryID = embedded
		return k, err
	}
	return nil, fmt.Errorf("entryid: %q is no form", v.Form)
}

func (v *idJSON) oneOff() (Form, error) {
	o := &OneOff{Version: uint16(v.Version)}
	if err := errors.Join(fits(v.Version, 16, "version"), o.Bits.parse(v.Bits)); err != nil {
		return nil, err
	}
	for i, t := range [...]textJSON{v.DisplayName, v.AddressType, v.EmailAddress} {
		switch f := o.fields()[i]; {
		case o.Bits&OneOffUnicode != 0 && t.raw:
			return nil, fmt.Errorf("entryid: %s: is UTF-16, and given as bytes of 8-bit text", f.name)
		case o.Bits&OneOffUnicode == 0 && !t.raw && !Text8(t.text).isASCII():
			return nil, fmt.Errorf("entryid: %s: is text of 8 bits, and no ASCII: must be given as its bytes", f.name)
		default:
			*f.text = t.text
		}
	}
	return o, nil
}

func fits(n uint32, bits int, name string) error {
	if n>>bits != 0 {
		return fmt.Errorf("entryid: %s: %d does not fit in %d bits", name, n, bits)
	}
	return nil
}

func (v *idJSON) embedded(depth int) (*EntryID, error) {
	if len(v.EntryID) == 0 || string(v.EntryID) == "null" {
		return nil, nil
	}
	id := new(EntryID)
	if err := id.unmarshalJSON(v.EntryID, depth+1); err != nil {
		return nil, err
	}
	return id, nil
}

// store makes a store of those members that such a store has.
func (v *idJSON) store() (Form, error) {
	s := &Store{Version: uint8(v.Version), Flag: uint8(v.Flag)}
	if err := errors.Join(fits(v.Version, 8, "version"), fits(v.Flag, 8, "flag")); err != nil {
		return nil, err
	}
	if s.Flag != 0 {
		s.Data = v.Data
		return s, nil
	}
	s.DLLFileName, s.Pad, s.WrappedProviderUID = v.DLLFileName.text, v.Pad, v.WrappedProviderUID
	if err := jsonform.Fill(s.WrappedFlags[:], v.WrappedFlags, "entryid: wrappedFlags"); err != nil {
		return nil, err
	}
	if !s.IsExchange() {
		s.Data = v.Data
		return s, nil
	}
	s.WrappedType, s.ServerShortname = StoreType(v.WrappedType), v.ServerShortname.text
	s.MailboxDN, s.NoMailboxDN = v.MailboxDN.text, v.MailboxDN.null
	if v.V2 != nil {
		s.V2 = &StoreV2{v.V2.Size, v.V2.Version, v.V2.OffsetDN, v.V2.OffsetFQDN, v.V2.DN.text, v.V2.FQDN.text, v.V2.Reserved}
	}
	if v.V3 != nil {
		s.V3 = &StoreV3{v.V3.Size, v.V3.Version, v.V3.OffsetSMTPAddress, v.V3.SMTPAddress.text, v.V3.Reserved}
	}
	return s, nil
}

// parse sets the bits that words, as Words returns them, stand for.
func (f *OneOffBits) parse(all []string) error {
	for _, word := range all {
		bits, err := oneOffBit(word)
		if err != nil {
			return err
		}
		*f |= bits
	}
	return nil
}

func oneOffBit(word string) (OneOffBits, error) {
	if word == "MAC_ATTACH_ENCODING_APPLEDOUBLE" {
		return 0x0060, nil
	}
	for _, w := range oneOffWords {
		if w.word == word {
			return w.bit, nil
		}
	}
	digits, ok := strings.CutPrefix(word, "0x")
	n, err := strconv.ParseUint(digits, 16, 16)
	if !ok || err != nil {
		return 0, fmt.Errorf("entryid: bits: %q is none", word)
	}
	return OneOffBits(n), nil
}

// UnmarshalJSON reads the value form into s.
func (s *ServerID) UnmarshalJSON(b []byte) error {
	var v struct {
		Ours                uint8
		FolderID, MessageID ObjectID
		Instance            uint32
		Foreign             jsonform.Hex
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*s = ServerID{v.Ours, v.FolderID, v.MessageID, v.Instance, v.Foreign}
	return nil
}

// UnmarshalJSON reads the value form into o.
func (o *ObjectID) UnmarshalJSON(b []byte) error {
	var v struct {
		ReplicaID     uint16
		GlobalCounter jsonform.Hex
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	id := ObjectID{ReplicaID: v.ReplicaID}
	if err := jsonform.Fill(id.GlobalCounter[:], v.GlobalCounter, "entryid: globalCounter"); err != nil {
		return err
	}
	*o = id
	return nil
}
