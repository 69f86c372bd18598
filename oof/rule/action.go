package rule

import (
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// ActionBlock is one action ([MS-OXORULE] 2.2.5.1). ActionLength is not a field: it follows from the others.
type ActionBlock struct {
	ActionType   ActionType
	ActionFlavor ActionFlavor
	ActionFlags  uint32     // the client's own
	ActionData   ActionData // nil where the type has none, or none was there
	Excess       []byte     // what ActionLength counts behind the data
}

// ActionData is what an action says beyond its type. The pointers to the types of this package are the only ones that
// implement it.
type ActionData interface{ data() }

// MoveCopy is the data of OP_MOVE and OP_COPY: a folder ([MS-OXORULE] 2.2.5.1.2.1).
type MoveCopy struct {
	FolderInThisStore uint8  // of standard rules; extended ones have no such field, and here 0
	StoreEID          []byte // of the store where the folder is another's; else a placeholder
	FolderEID         []byte // of standard rules in the same store: see entryid.ServerID; else an entry id
}

// Reply is the data of OP_REPLY and OP_OOF_REPLY: a template ([MS-OXORULE] 2.2.5.1.2.2). Standard rules name it by two ids,
// extended ones by its entry id. ReplyTemplateGUID is the value of PidTagReplyTemplateId of the template.
type Reply struct {
	ReplyTemplateFID        entryid.ObjectID
	ReplyTemplateMID        entryid.ObjectID
	ReplyTemplateMessageEID []byte // of extended rules
	ReplyTemplateGUID       guid.GUID
}

// Defer is the data of OP_DEFER_ACTION, which only the client knows that wrote it ([MS-OXORULE] 2.2.5.1.2.3).
type Defer struct{ Data []byte }

// Bounce is the data of OP_BOUNCE ([MS-OXORULE] 2.2.5.1.2.5).
type Bounce struct{ BounceCode uint32 }

// Forward is the data of OP_FORWARD and OP_DELEGATE ([MS-OXORULE] 2.2.5.1.2.4).
type Forward struct{ RecipientBlocks []RecipientBlock }

// RecipientBlock is one recipient ([MS-OXORULE] 2.2.5.1.2.4.1).
type RecipientBlock struct {
	Reserved       uint8 // 1
	PropertyValues []TaggedValue
}

// Tag is the data of OP_TAG: a property that is set ([MS-OXORULE] 2.2.5.1.2.6).
type Tag struct{ PropertyValue TaggedValue }

// Opaque is the data of an action whose type is not known, and data that could not be read ([MS-OXORULE] 2.2.5.1).
type Opaque struct{ Data []byte }

func (*MoveCopy) data() {}
func (*Reply) data()    {}
func (*Defer) data()    {}
func (*Bounce) data()   {}
func (*Forward) data()  {}
func (*Tag) data()      {}
func (*Opaque) data()   {}

// serverIDSize is that of a server's own id.
const serverIDSize = 1 + 8 + 8 + 4

// ownID reports whether b is a PtypServerId of the server itself ([MS-OXCDATA] 2.11.1.4), with the id of a folder in it.
func ownID(b []byte) bool { return len(b) == serverIDSize && b[0] == 1 }

// idText returns replica and counter of the id of a folder or message, "1-000000000122".
func idText(id entryid.ObjectID) string {
	return fmt.Sprintf("%d-%012x", id.ReplicaID, id.GlobalCounter.Uint64())
}

// Folder returns the id of the folder, of standard rules in the same store.
func (m *MoveCopy) Folder() (entryid.ObjectID, bool) {
	if m.FolderInThisStore == 0 || !ownID(m.FolderEID) {
		return entryid.ObjectID{}, false
	}
	return entryid.ReadObjectID([8]byte(m.FolderEID[1:])), true
}

// Value returns the value of the first property with the id, of whatever type, and nil where there is none.
func (r *RecipientBlock) Value(id mapi.PropID) mapi.Value {
	for i := range r.PropertyValues {
		if r.PropertyValues[i].PropertyTag.ID() == id {
			return r.PropertyValues[i].Value
		}
	}
	return nil
}
