package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// AdditionalRenEntryIDs is the value of PidTagAdditionalRenEntryIdsEx (0x36D9): which folders of a store are the special ones
// that are younger than the properties for the others ([MS-OXOSFLD] 2.2.5).
type AdditionalRenEntryIDs struct {
	Folders  []PersistData
	Trailing []byte // what follows PERSIST_SENTINEL
}

// PersistData is one special folder ([MS-OXOSFLD] 2.2.5.1).
type PersistData struct {
	PersistID PersistID
	Elements  []PersistElement
	Rest      []byte // what is in DataElements and no element: behind ELEMENT_SENTINEL, and all of PERSIST_SENTINEL
}

// PersistElement is something that is said of a special folder ([MS-OXOSFLD] 2.2.5.2).
type PersistElement struct {
	ElementID ElementID
	Data      []byte // ElementData: the entry id of the folder, where ElementID says so
}

// PersistID says which special folder it is.
type PersistID uint16

// The special folders of [MS-OXOSFLD] 2.2.5.1.
const (
	PersistSentinel     PersistID = 0x0000 // PERSIST_SENTINEL: the end of the list
	RSSSubscription     PersistID = 0x8001 // RSF_PID_RSS_SUBSCRIPTION: RSS Feeds
	SendAndTrack        PersistID = 0x8002 // RSF_PID_SEND_AND_TRACK: Tracked Mail Processing
	TodoSearch          PersistID = 0x8004 // RSF_PID_TODO_SEARCH: To-Do
	ConversationActions PersistID = 0x8006 // RSF_PID_CONV_ACTIONS: Conversation Action Settings
	CombinedActions     PersistID = 0x8007 // RSF_PID_COMBINED_ACTIONS: reserved
	SuggestedContacts   PersistID = 0x8008 // RSF_PID_SUGGESTED_CONTACTS: Suggested Contacts
	ContactSearch       PersistID = 0x8009 // RSF_PID_CONTACT_SEARCH: Contacts Search
	BuddyListPDLs       PersistID = 0x800A // RSF_PID_BUDDYLIST_PDLS: IM Contacts List
	BuddyListContacts   PersistID = 0x800B // RSF_PID_BUDDYLIST_CONTACTS: Quick Contacts
)

// String returns the word of the specification, or the number in hexadecimal.
func (id PersistID) String() string {
	switch id {
	case PersistSentinel:
		return "PERSIST_SENTINEL"
	case RSSSubscription:
		return "RSF_PID_RSS_SUBSCRIPTION"
	case SendAndTrack:
		return "RSF_PID_SEND_AND_TRACK"
	case TodoSearch:
		return "RSF_PID_TODO_SEARCH"
	case ConversationActions:
		return "RSF_PID_CONV_ACTIONS"
	case CombinedActions:
		return "RSF_PID_COMBINED_ACTIONS"
	case SuggestedContacts:
		return "RSF_PID_SUGGESTED_CONTACTS"
	case ContactSearch:
		return "RSF_PID_CONTACT_SEARCH"
	case BuddyListPDLs:
		return "RSF_PID_BUDDYLIST_PDLS"
	case BuddyListContacts:
		return "RSF_PID_BUDDYLIST_CONTACTS"
	}
	return fmt.Sprintf("0x%04X", uint16(id))
}

// ElementID says what an element holds.
type ElementID uint16

// The elements of [MS-OXOSFLD] 2.2.5.2.
const (
	ElementSentinel ElementID = 0 // ELEMENT_SENTINEL: the end of the elements
	ElementEntryID  ElementID = 1 // RSF_ELID_ENTRYID: the entry id of the folder
	ElementHeader   ElementID = 2 // RSF_ELID_HEADER: four zeros
)

// String returns the word of the specification, or the number in hexadecimal.
func (id ElementID) String() string {
	switch id {
	case ElementSentinel:
		return "ELEMENT_SENTINEL"
	case ElementEntryID:
		return "RSF_ELID_ENTRYID"
	case ElementHeader:
		return "RSF_ELID_HEADER"
	}
	return fmt.Sprintf("0x%04X", uint16(id))
}

const persistHeader = 4

var renIDsFormat = format{"renids", wire.Words{Truncated: Truncated, Spec: "[MS-OXOSFLD] 2.2.5"}}

var persistFields = []wire.Field{
	{Name: "PersistID", Size: 2, Meaning: func(b []byte) string { return PersistID(binary.LittleEndian.Uint16(b)).String() }},
	{Name: "DataElementsSize", Size: 2},
}

var elementFields = []wire.Field{
	{Name: "ElementID", Size: 2, Meaning: func(b []byte) string { return ElementID(binary.LittleEndian.Uint16(b)).String() }},
	{Name: "ElementDataSize", Size: 2},
}

// blocks returns how many blocks of a header of 4 bytes, the last 2 of them the size of what follows, are in b: what memory
// is taken for before they are read.
func blocks(b []byte) (n int) {
	for len(b) >= persistHeader {
		n++
		b = b[min(len(b), persistHeader+int(binary.LittleEndian.Uint16(b[2:]))):]
	}
	return n
}

// DecodeAdditionalRenEntryIDs decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and
// above. b is not kept. No bytes are no folders.
func DecodeAdditionalRenEntryIDs(b []byte) (*AdditionalRenEntryIDs, error) {
	return decode[AdditionalRenEntryIDs](b)
}

// InspectAdditionalRenEntryIDs decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectAdditionalRenEntryIDs(b []byte) (*AdditionalRenEntryIDs, *diag.Report) {
	return inspect[AdditionalRenEntryIDs](b)
}

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *AdditionalRenEntryIDs) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *AdditionalRenEntryIDs) format() *format { return &renIDsFormat }

func (v *AdditionalRenEntryIDs) read(c *wire.Cursor) {
	v.Trailing = v.Trailing[:0]
	v.Folders = room(v.Folders, blocks(c.Peek(0, c.Left())))
	for i := 0; c.Left() > 0; i++ {
		c.In("PersistData", i)
		b := c.Run(persistFields, persistHeader)
		if b == nil {
			c.Out()
			return
		}
		var p *PersistData
		v.Folders, p = next(v.Folders)
		*p = PersistData{PersistID(binary.LittleEndian.Uint16(b)), p.Elements[:0], p.Rest[:0]}
		data := c.Sub("DataElements", uint64(binary.LittleEndian.Uint16(b[2:])))
		if c.Dead() {
			c.Out()
			return
		}
		if p.PersistID != PersistSentinel {
			p.readElements(&data)
		}
		p.Rest = keep(p.Rest, data.Peek(data.Offset(), data.Left()))
		c.Join(&data, "rest")
		c.Out()
		if p.PersistID == PersistSentinel {
			v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
			return
		}
	}
}

// readElements reads the elements up to the sentinel, or to the first that does not fit.
func (p *PersistData) readElements(c *wire.Cursor) {
	p.Elements = room(p.Elements, blocks(c.Peek(c.Offset(), c.Left())))
	for i := 0; c.Left() > 0; i++ {
		at := c.Offset()
		head := c.Peek(at, persistHeader)
		need := persistHeader
		if len(head) == persistHeader {
			need += int(binary.LittleEndian.Uint16(head[2:]))
		}
		if need > c.Left() {
			c.In("DataElements", i)
			c.Find(diag.Error, ElementOverrun, "ElementDataSize", at, c.Left(), "needs %d bytes for the element, %d left of DataElementsSize", need, c.Left())
			c.Out()
			return
		}
		var e *PersistElement
		p.Elements, e = next(p.Elements)
		c.In("DataElements", i)
		b := c.Run(elementFields, persistHeader)
		e.ElementID = ElementID(binary.LittleEndian.Uint16(b))
		e.Data = keep(e.Data, c.Bytes("ElementData", uint64(need-persistHeader)))
		c.Out()
		if e.ElementID == ElementSentinel {
			return
		}
	}
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about sizes that do not fit into 16 bits,
// and about what stands behind a sentinel, or before none, and would be read as something else.
func (v *AdditionalRenEntryIDs) AppendBinary(b []byte) ([]byte, error) {
	out := b
	for i := range v.Folders {
		p := &v.Folders[i]
		if p.PersistID == PersistSentinel && (len(p.Elements) > 0 || i < len(v.Folders)-1) {
			return b, fmt.Errorf("blob: PersistData[%d]: PERSIST_SENTINEL is the last, and has no elements", i)
		}
		start := len(out)
		out = binary.LittleEndian.AppendUint32(out, uint32(p.PersistID))
		for j, e := range p.Elements {
			if e.ElementID == ElementSentinel && j < len(p.Elements)-1 || len(e.Data) > math.MaxUint16 {
				return b, fmt.Errorf("blob: PersistData[%d].DataElements[%d]: cannot be written there", i, j)
			}
			out = binary.LittleEndian.AppendUint16(out, uint16(e.ElementID))
			out = binary.LittleEndian.AppendUint16(out, uint16(len(e.Data)))
			out = append(out, e.Data...)
		}
		out = append(out, p.Rest...)
		size := len(out) - start - persistHeader
		if size > math.MaxUint16 || !p.restFits() {
			return b, fmt.Errorf("blob: PersistData[%d]: DataElements of %d bytes cannot be written", i, size)
		}
		binary.LittleEndian.PutUint16(out[start+2:], uint16(size))
	}
	if n := len(v.Folders); len(v.Trailing) > 0 && (n == 0 || v.Folders[n-1].PersistID != PersistSentinel) {
		return b, fmt.Errorf("blob: Trailing: is there without PERSIST_SENTINEL")
	}
	return append(out, v.Trailing...), nil
}

// restFits reports whether Rest would be read as such: it is behind a sentinel, or begins with no whole element.
func (p *PersistData) restFits() bool {
	n := len(p.Elements)
	if len(p.Rest) < persistHeader || p.PersistID == PersistSentinel || n > 0 && p.Elements[n-1].ElementID == ElementSentinel {
		return true
	}
	return persistHeader+int(binary.LittleEndian.Uint16(p.Rest[2:])) > len(p.Rest)
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *AdditionalRenEntryIDs) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *AdditionalRenEntryIDs) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *AdditionalRenEntryIDs) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. Beside the number of a folder or an element it has its word, which is not read again.
func (v *AdditionalRenEntryIDs) AppendJSON(b []byte) []byte {
	b = appendList(append(b, '{'), "folders", len(v.Folders), func(b []byte, i int) []byte {
		p := &v.Folders[i]
		b = appendUint(append(b, '{'), "persistId", uint64(p.PersistID))
		b = appendText(b, "folder", p.PersistID.String())
		b = appendList(b, "elements", len(p.Elements), func(b []byte, j int) []byte {
			e := &p.Elements[j]
			b = appendUint(append(b, '{'), "elementId", uint64(e.ElementID))
			b = appendText(b, "element", e.ElementID.String())
			return append(appendHex(b, "data", e.Data), '}')
		})
		return append(appendHexIf(b, "rest", p.Rest), '}')
	})
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *AdditionalRenEntryIDs) UnmarshalJSON(b []byte) error {
	var form struct {
		Folders []struct {
			PersistID PersistID
			Elements  []struct {
				ElementID ElementID
				Data      jsonform.Hex
			}
			Rest jsonform.Hex
		}
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = AdditionalRenEntryIDs{Trailing: form.Trailing}
	for _, f := range form.Folders {
		p := PersistData{PersistID: f.PersistID, Rest: f.Rest}
		for _, e := range f.Elements {
			p.Elements = append(p.Elements, PersistElement{e.ElementID, e.Data})
		}
		v.Folders = append(v.Folders, p)
	}
	return nil
}
