package rule

import (
	"encoding/hex"

	"github.com/mapiprop/mapiprop/guid"
)

// Actions in words.

// action writes an action.
func (p *prose) action(v *ActionBlock) {
	switch d := v.ActionData.(type) {
	case *MoveCopy:
		p.moveCopy(v.ActionType, d)
	case *Reply:
		p.reply(v, d)
	case *Defer:
		p.addf("leave it to the client (%d bytes)", len(d.Data))
	case *Bounce:
		p.add("return it")
		if why := bounceText(d.BounceCode); why != "" {
			p.add(": ", why)
		} else {
			p.addf(" for reason 0x%08X", d.BounceCode)
		}
	case *Forward:
		p.forward(v, d)
	case *Tag:
		p.add("set ", p.name(d.PropertyValue.PropertyTag), " to ")
		p.value(&d.PropertyValue)
	case *Opaque:
		p.addf("%s with %d bytes that were not read", v.ActionType, len(d.Data))
	default:
		switch v.ActionType {
		case OpDelete:
			p.add("delete it for good")
		case OpMarkAsRead:
			p.add("mark as read")
		default:
			p.addf("%s with data that was not read", v.ActionType)
		}
	}
}

func (p *prose) moveCopy(t ActionType, v *MoveCopy) {
	if p.add("move"); t == OpCopy {
		p.b = append(p.b[:len(p.b)-len("move")], "copy"...)
	}
	p.add(" to folder ")
	if id, ok := v.Folder(); ok {
		p.add(idText(id))
		return
	}
	if counter, replica, ok := folderOf(v.FolderEID); ok {
		p.add(counter, " of ", replica)
	} else {
		p.add(binaryText(v.FolderEID))
	}
}

// The lengths of the entry ids of folders and messages in a store, and where their parts stand ([MS-OXCDATA] 2.2.4).
const (
	folderEIDSize  = 46
	messageEIDSize = 70
	eidReplica     = 22
	eidCounter     = 38
)

// folderOf returns the counter and the replica in the entry id of a folder.
func folderOf(b []byte) (counter, replica string, ok bool) {
	if len(b) != folderEIDSize {
		return "", "", false
	}
	return hex.EncodeToString(b[eidCounter : eidCounter+6]), guid.GUID(b[eidReplica:eidCounter]).String(), true
}

func (p *prose) reply(a *ActionBlock, v *Reply) {
	p.add("reply")
	if a.ActionType == OpOOFReply {
		p.add(" out of office")
	}
	if a.ActionFlavor&StockReplyTemplate != 0 && a.ActionType == OpReply {
		p.add(" with the text of the server")
	} else {
		p.add(" with template ", v.ReplyTemplateGUID.String())
	}
	if a.ActionFlavor&DoNotSendToOriginator != 0 && a.ActionType == OpReply {
		p.add(", but not to the sender")
	}
}

func (p *prose) forward(a *ActionBlock, v *Forward) {
	redirect := ForwardPreserveSender | ForwardDoNotMunge
	switch f := a.ActionFlavor; {
	case a.ActionType == OpDelegate:
		p.add("delegate to ")
	case f&ForwardAsAttachment != 0:
		p.add("forward as an attachment to ")
	case f&ForwardAsSMS != 0:
		p.add("forward as a text message to ")
	case f&redirect == redirect:
		p.add("redirect to ")
	default:
		p.add("forward to ")
	}
	for i := range v.RecipientBlocks {
		if i > 0 {
			p.add(" and ")
		}
		p.add(v.RecipientBlocks[i].String())
	}
	if len(v.RecipientBlocks) == 0 {
		p.add("nobody")
	}
}

// String returns name and address of the recipient: `"Alice" ("a@example.com")`.
func (r *RecipientBlock) String() string {
	name := valueText(r.Value(idDisplayName))
	address := valueText(r.Value(idSMTP))
	if address == "" {
		address = valueText(r.Value(idAddress))
	}
	switch {
	case address == "" && name == "":
		return "somebody without a name"
	case address == "" || address == name:
		return quote(name)
	case name == "":
		return quote(address)
	}
	return quote(name) + " (" + quote(address) + ")"
}
