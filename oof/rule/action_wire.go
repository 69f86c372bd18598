package rule

import (
	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// Reading and writing actions. Each stands in a window of ActionLength bytes, so that one that cannot be read costs no other.

// blockHead is the length of an action without data: what ActionLength is at least.
const blockHead = 1 + 4 + 4

var headFields = []wire.Field{
	{Name: "ActionType", Size: 1, Meaning: func(b []byte) string { return ActionType(b[0]).String() }},
	{Name: "ActionFlavor", Size: 4, Meaning: hexText},
	{Name: "ActionFlags", Size: 4, Meaning: hexText},
}

// actions reads the number of actions, and as many of them as there are.
func (r reader) actions() []ActionBlock {
	width := actionWidth(r.p)
	n, ok := r.count(actionsCount.of(width), width+blockHead)
	if !ok {
		return nil
	}
	all := makeRoom[ActionBlock](r, n, blockSize)
	var c wire.Cursor // of one action after the other
	for i := range n {
		r.In("ActionBlocks", int(i))
		block, ok := r.block(&c)
		r.Out()
		if !ok {
			break
		}
		all = append(all, block)
	}
	return all
}

// block reads an action. It reports false where the next one cannot be found.
func (r reader) block(c *wire.Cursor) (ActionBlock, bool) {
	at := r.Offset()
	n := r.number("ActionLength", actionWidth(r.p))
	if n < blockHead && !r.Dead() {
		r.Find(diag.Fatal, BadActionLength, "ActionLength", at, actionWidth(r.p), "is %d, must be at least %d", n, blockHead)
		r.Undecoded()
	}
	*c = r.Sub("ActionData", uint64(n))
	if r.Dead() {
		return ActionBlock{}, false
	}
	inner := r.within(c)
	if r.broken(c) {
		return inner.opaque(), r.joined(c)
	}
	v := inner.window(at)
	if c.Dead() && !r.alike(Truncated, "ActionLength", at, actionWidth(r.p)) && r.depth > 0 {
		// Nobody nests such lists, and so many that are bad are not worth their cost.
		r.joined(c)
		r.Undecoded()
		return v, false
	}
	return v, r.joined(c)
}

// joined ends the window of an action.
func (r reader) joined(c *wire.Cursor) bool {
	r.Join(c, "excess")
	return true
}

// opaque reads an action that cannot be read, and of which nothing is said by itself.
func (r reader) opaque() (v ActionBlock) {
	at := r.Offset()
	v.head(r.Run(headFields, blockHead))
	if b := r.Bytes("bytes", uint64(r.Left())); len(b) > 0 {
		v.ActionData = &Opaque{keep(b)}
	}
	r.alike(Truncated, "ActionType", at, 1)
	return v
}

// head takes the first fields of an action over.
func (v *ActionBlock) head(b []byte) {
	v.ActionType, v.ActionFlavor, v.ActionFlags = ActionType(b[0]), ActionFlavor(le.Uint32(b[1:])), le.Uint32(b[5:])
}

// window reads what ActionLength counts.
func (r reader) window(at int) (v ActionBlock) {
	v.head(r.Run(headFields, blockHead))
	data, all := r.Offset(), r.Left()
	raw := r.Peek(data, all)
	r.In("ActionData", -1)
	v.ActionData = r.data(v.ActionType, at)
	r.Out()
	switch left := r.Left(); {
	case r.Dead() && r.depth == 0:
		v.ActionData = &Opaque{keep(raw)} // half of an action's data would say what it never said
	case r.Dead():
		v.ActionData = nil // its bytes are those of the outer action too
	case left > 0:
		r.Find(diag.Warning, ExcessBytes, "excess", r.Offset(), left, "%d bytes follow the data of the action", left)
		v.Excess = keep(r.Peek(r.Offset(), left))
	}
	r.checkAction(&v, data)
	return v
}

// data reads the data of an action.
func (r reader) data(t ActionType, at int) ActionData {
	switch t {
	case OpMove, OpCopy:
		return r.moveCopy()
	case OpReply, OpOOFReply:
		return r.reply()
	case OpDefer:
		return &Defer{keep(r.Bytes("DeferData", uint64(r.Left())))}
	case OpBounce:
		b := r.Run(bounceFields, 4)
		if b == nil {
			return nil
		}
		return r.bounce(b)
	case OpForward, OpDelegate:
		return r.forward()
	case OpTag:
		v, ok := r.tagged("PropertyValue", -1)
		if !ok {
			return nil
		}
		return &Tag{v}
	case OpDelete, OpMarkAsRead:
		return nil
	}
	r.error(UnknownAction, "ActionType", at+actionWidth(r.p), 1, "is %d, which is no type of action", uint8(t))
	return &Opaque{keep(r.Bytes("bytes", uint64(r.Left())))}
}

var bounceFields = []wire.Field{{Name: "BounceCode", Size: 4, Meaning: func(b []byte) string { return bounceText(le.Uint32(b)) }}}

func (r reader) bounce(b []byte) ActionData {
	v := &Bounce{le.Uint32(b)}
	if bounceText(v.BounceCode) == "" {
		r.Find(diag.Warning, BadBounceCode, "BounceCode", r.Offset()-4, 4, "is 0x%08X, must be 0x0000000D, 0x0000001F or 0x00000026", v.BounceCode)
	}
	return v
}

// counted reads a run of bytes behind its length, which it copies.
func (r reader) counted(size, name string) []byte {
	n := r.number(size, actionWidth(r.p))
	return keep(r.Bytes(name, uint64(n)))
}

func (r reader) moveCopy() ActionData {
	v := new(MoveCopy)
	if r.p == mapi.ProfileExtended {
		v.StoreEID = r.counted("StoreEIDSize", "StoreEID")
		v.FolderEID = r.counted("FolderEIDSize", "FolderEID")
		return v
	}
	v.FolderInThisStore = r.U8("FolderInThisStore")
	v.StoreEID = r.counted("StoreEIDSize", "StoreEID")
	if v.FolderInThisStore == 0 {
		v.FolderEID = r.counted("FolderEIDSize", "FolderEID")
		return v
	}
	at := r.Offset()
	n := r.U16("FolderEIDSize")
	v.FolderEID = r.serverID("FolderEID", n, at)
	return v
}

var serverIDFields = []wire.Field{{Name: "Ours", Size: 1}, {Name: "FolderId", Size: 8, Kind: diag.Bytes, Meaning: idMeaning},
	{Name: "MessageId", Size: 8, Kind: diag.Bytes, Meaning: idMeaning}, {Name: "Instance", Size: 4}}

func idMeaning(b []byte) string { return idText(entryid.ReadObjectID([8]byte(b))) }

// serverID reads the n bytes of a PtypServerId, whose count stands at at.
func (r reader) serverID(name string, n uint16, at int) []byte {
	if r.Dead() {
		return nil
	}
	b := r.Peek(r.Offset(), int(n))
	if ownID(b) && len(b) == int(n) {
		r.In(name, -1)
		raw := keep(r.Run(serverIDFields, serverIDSize))
		r.Out()
		return raw
	}
	switch {
	case len(b) < int(n): // Bytes says so
	case n == 0:
		r.error(BadServerIDLength, "FolderEIDSize", at, 2, "is 0, where the id of a folder must follow")
	case b[0] == 1:
		r.error(BadServerIDLength, name, r.Offset(), 1, "is the id of this server's own folder in %d bytes, must be %d", n, serverIDSize)
	default:
		r.error(ForeignFolder, name, r.Offset(), 1, "begins with %d, where the folder is said to be in this store; must be 1", b[0])
	}
	return keep(r.Bytes(name, uint64(n)))
}

var standardReplyFields = []wire.Field{{Name: "ReplyTemplateFID", Size: 8, Kind: diag.Bytes, Meaning: idMeaning},
	{Name: "ReplyTemplateMID", Size: 8, Kind: diag.Bytes, Meaning: idMeaning}, guidField}

var guidField = wire.Field{Name: "ReplyTemplateGUID", Size: 16, Kind: diag.Bytes, Meaning: func(b []byte) string { return guid.GUID(b).String() }}

func (r reader) reply() ActionData {
	v := new(Reply)
	if r.p == mapi.ProfileExtended {
		v.ReplyTemplateMessageEID = r.counted("MessageEIDSize", "ReplyTemplateMessageEID")
		if b := r.Run(standardReplyFields[2:], 16); b != nil {
			v.ReplyTemplateGUID = guid.GUID(b)
		}
		return v
	}
	if b := r.Run(standardReplyFields, 32); b != nil {
		v.ReplyTemplateFID, v.ReplyTemplateMID, v.ReplyTemplateGUID = entryid.ReadObjectID([8]byte(b)), entryid.ReadObjectID([8]byte(b[8:])), guid.GUID(b[16:])
	}
	return v
}

func (r reader) forward() ActionData {
	width := recipientWidth(r.p)
	at := r.Offset()
	n, ok := r.count(recipientCount.of(width), 1+width)
	if !ok {
		return nil
	}
	if n == 0 {
		r.Find(diag.Warning, NoRecipients, "RecipientCount", at, width, "is 0, must be at least 1")
	}
	v := &Forward{makeRoom[RecipientBlock](r, n, recipientSize)}
	for i := range n {
		r.In("RecipientBlocks", int(i))
		block, ok := r.recipient()
		r.Out()
		if !ok {
			break
		}
		v.RecipientBlocks = append(v.RecipientBlocks, block)
	}
	return v
}

func (r reader) recipient() (RecipientBlock, bool) {
	start := r.Offset()
	v := RecipientBlock{Reserved: r.U8("Reserved")}
	width := recipientWidth(r.p)
	at := r.Offset()
	n, ok := r.count(propertiesCount.of(width), 4)
	if !ok {
		return v, false
	}
	if n == 0 {
		r.Find(diag.Warning, NoRecipients, "NoOfProperties", at, width, "is 0, must be at least 1")
	}
	v.PropertyValues = makeRoom[TaggedValue](r, n, taggedSize)
	for i := range n {
		p, ok := r.tagged("PropertyValues", int(i))
		if !ok {
			return v, false
		}
		v.PropertyValues = append(grown(v.PropertyValues, n), p)
	}
	r.checkOutside(&v, start)
	return v, true
}

// actions appends the number of actions, and the actions.
func (w *writer) actions(all []ActionBlock) {
	w.number("NoOfActions", uint64(len(all)), actionWidth(w.p))
	for i := range all {
		v := &all[i]
		at := len(w.b)
		w.number("ActionLength", 0, actionWidth(w.p))
		start := len(w.b)
		w.b = append(w.b, byte(v.ActionType))
		w.b = le.AppendUint32(w.b, uint32(v.ActionFlavor))
		w.b = le.AppendUint32(w.b, v.ActionFlags)
		w.data(v)
		if len(v.Excess) > 0 && v.ActionType.takesAll() {
			w.fail("Excess", "is there, where the data of %v has no end of its own", v.ActionType)
		}
		w.b = append(w.b, v.Excess...)
		if w.err != nil {
			return
		}
		n := len(w.b) - start
		tail := w.b
		w.b = w.b[:at]
		w.number("ActionLength", uint64(n), actionWidth(w.p))
		w.b = tail
	}
}

// data appends the data of an action. Opaque is what a type that is not known has, and stands for any other that could not
// be read.
func (w *writer) data(v *ActionBlock) {
	fits := false
	switch d := v.ActionData.(type) {
	case nil:
		fits = v.ActionType == OpDelete || v.ActionType == OpMarkAsRead
	case *Opaque:
		fits = true
		w.b = append(w.b, d.Data...)
	case *Defer:
		fits = v.ActionType == OpDefer
		w.b = append(w.b, d.Data...)
	case *Bounce:
		fits = v.ActionType == OpBounce
		w.number("BounceCode", uint64(d.BounceCode), 4)
	case *Tag:
		fits = v.ActionType == OpTag
		w.tagged("PropertyValue", &d.PropertyValue)
	case *MoveCopy:
		fits = v.ActionType == OpMove || v.ActionType == OpCopy
		w.moveCopy(d)
	case *Reply:
		fits = v.ActionType == OpReply || v.ActionType == OpOOFReply
		w.reply(d)
	case *Forward:
		fits = v.ActionType == OpForward || v.ActionType == OpDelegate
		w.forward(d)
	}
	if !fits {
		w.fail("ActionData", "is not that of %s", v.ActionType)
	}
}

func (w *writer) moveCopy(v *MoveCopy) {
	switch {
	case w.p != mapi.ProfileExtended:
		w.b = append(w.b, v.FolderInThisStore)
	case v.FolderInThisStore != 0:
		w.fail("FolderInThisStore", "is %d, which extended rules cannot say", v.FolderInThisStore)
	}
	w.bytes("StoreEID", v.StoreEID, actionWidth(w.p))
	w.bytes("FolderEID", v.FolderEID, actionWidth(w.p))
}

func (w *writer) reply(v *Reply) {
	if w.p == mapi.ProfileExtended {
		if !v.ReplyTemplateFID.IsZero() || !v.ReplyTemplateMID.IsZero() {
			w.fail("ReplyTemplateFID", "is there, with ReplyTemplateMID, which extended rules cannot say")
		}
		w.bytes("ReplyTemplateMessageEID", v.ReplyTemplateMessageEID, 4)
	} else {
		if len(v.ReplyTemplateMessageEID) > 0 {
			w.fail("ReplyTemplateMessageEID", "is there, which standard rules cannot say")
		}
		fid, mid := v.ReplyTemplateFID.Bytes(), v.ReplyTemplateMID.Bytes()
		w.b = append(append(w.b, fid[:]...), mid[:]...)
	}
	w.b = append(w.b, v.ReplyTemplateGUID[:]...)
}

func (w *writer) forward(v *Forward) {
	w.number("RecipientCount", uint64(len(v.RecipientBlocks)), recipientWidth(w.p))
	for i := range v.RecipientBlocks {
		block := &v.RecipientBlocks[i]
		w.b = append(w.b, block.Reserved)
		w.number("NoOfProperties", uint64(len(block.PropertyValues)), recipientWidth(w.p))
		for j := range block.PropertyValues {
			w.tagged("PropertyValues", &block.PropertyValues[j])
		}
	}
}
