package rule

import (
	"bytes"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The checks in this file are about meaning: none of them changes what is read. Those below Error are made only where
// somebody wants to know.

// checkTags compares the property of a condition with that of the value it is compared with. A list is compared with a single
// value, and bits for rows of a table may stand in either.
func (r reader) checkTags(tag mapi.PropTag, v *TaggedValue, at int) {
	if !r.Recording() || r.Dead() {
		return
	}
	if tag.ID() != v.PropertyTag.ID() || tag.Type().Element() != v.PropertyTag.Type().Element() {
		r.Find(diag.Warning, TagMismatch, "TaggedValue", at, 4, "is of %v, must be of %v", v.PropertyTag, tag)
	}
}

// checkText looks at the text that a condition looks for, whole or, with anywhere, as a part of another.
func (r reader) checkText(v *TaggedValue, at int, anywhere bool) {
	if !r.Recording() || r.Dead() {
		return
	}
	switch n, nul := textOf(v.Value); {
	case nul:
		r.Find(diag.Warning, NULInText, "TaggedValue", at, r.Offset()-at, "has a NUL inside")
	case n == 0 && anywhere:
		r.Find(diag.Info, EmptyText, "TaggedValue", at, r.Offset()-at, "is no text at all, which every text has")
	}
}

// textOf returns the length of a text, -1 for what is none, and whether there is a NUL in it.
//
// QUIRK: Outlook counts the NUL at the end of a text in search folders, as in [MS-OXOSRCH] 4.1. It is not inside
// (testdata/searchfolder/unread.vec).
func textOf(v mapi.Value) (n int, nul bool) {
	switch v := v.(type) {
	case mapi.String:
		s := strings.TrimSuffix(string(v), "\x00")
		return len(s), strings.IndexByte(s, 0) >= 0
	case mapi.String8:
		b := bytes.TrimSuffix(v.Raw, []byte{0})
		return len(b), bytes.IndexByte(b, 0) >= 0
	}
	return -1, false
}

// checkAction looks at an action whose data has been read; at is where that begins, and its type nine bytes before that.
func (r reader) checkAction(v *ActionBlock, at int) {
	if !r.Recording() {
		return
	}
	bad := v.ActionFlavor &^ v.ActionType.allowed()
	switch {
	case bad != 0 && v.ActionType.known():
		r.Find(diag.Warning, BadFlavor, "ActionFlavor", at-8, 4, "has the bits 0x%08X, which %v does not know", uint32(bad), v.ActionType)
	case v.ActionType == OpForward && v.ActionFlavor&ForwardAsAttachment != 0 && v.ActionFlavor != ForwardAsAttachment:
		r.Find(diag.Warning, BadFlavor, "ActionFlavor", at-8, 4, "is %s, of which AT excludes the others", strings.Join(v.ActionFlavor.Words(v.ActionType), " | "))
	}
	switch d := v.ActionData.(type) {
	case nil:
		if v.ActionType == OpDelete {
			r.Find(diag.Info, Deletes, "ActionType", at-blockHead, 1, "is %v: the message is gone for good", v.ActionType)
		}
	case *MoveCopy:
		if r.p != mapi.ProfileExtended && d.FolderInThisStore == 0 {
			r.Find(diag.Info, OtherStore, "ActionData.FolderInThisStore", at, 1, "is 0: the folder is in another store")
		}
	}
}

// checkOutside looks for a recipient that is not in the directory: one with an address of its own.
func (r reader) checkOutside(v *RecipientBlock, at int) {
	if !r.Recording() {
		return
	}
	if address, ok := v.Outside(); ok {
		r.Find(diag.Info, ForwardsOutside, "", at, r.Offset()-at, "is %s, an address outside of the directory", quote(address))
	}
}

// The properties of a recipient.
const (
	idEntryID     mapi.PropID = 0x0FFF
	idDisplayName mapi.PropID = 0x3001
	idAddressType mapi.PropID = 0x3002
	idAddress     mapi.PropID = 0x3003
	idSMTP        mapi.PropID = 0x39FE
)

// oneOff is the id of the provider of addresses that are in no directory, behind the flags of an entry id.
const oneOff = "\x81\x2B\x1F\xA4\xBE\xA3\x10\x19\x9D\x6E\x00\xDD\x01\x0F\x54\x02"

// Outside returns the address of a recipient that is not in the directory of the organisation, as far as the properties say
// so: the address is of another type than EX, or the entry id is that of a one-off address.
func (r *RecipientBlock) Outside() (address string, ok bool) {
	kind := valueText(r.Value(idAddressType))
	id, _ := r.Value(idEntryID).(mapi.Binary)
	if kind == "" && len(id) >= 20 && string(id[4:20]) == oneOff {
		kind = "one-off"
	}
	if kind == "" || strings.EqualFold(kind, "EX") {
		return "", false
	}
	for _, prop := range []mapi.PropID{idSMTP, idAddress, idDisplayName} {
		if text := valueText(r.Value(prop)); text != "" {
			return text, true
		}
	}
	return kind, true
}

// valueText returns a text, and "" for what is none.
func valueText(v mapi.Value) string {
	switch v := v.(type) {
	case mapi.String:
		return string(v)
	case mapi.String8:
		return v.String()
	}
	return ""
}
