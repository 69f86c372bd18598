package dump

import (
	"iter"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// Items groups the records of a dump into objects: a message, a folder, a row of a table, with its recipients and
// attachments inside. A message in an attachment is the only element of that attachment's Attachments. An object ends
// where a record of another begins; if its records go on later, they make another Item with the same Path. Of two
// records of which one is a Copy, the other is kept. Memory holds one top-level object at a time.
//
// Conditions and actions of rules, of which a dump may have nothing but a description in words, have that as a String.
//
// Errors of records come through as they are, with a nil Item, before the Item in which they lie.
func Items(records iter.Seq2[Record, error]) iter.Seq2[*mapi.Item, error] {
	return func(yield func(*mapi.Item, error) bool) {
		var g group
		for rec, err := range records {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			top, inner := splitPath(rec.Item)
			if g.top != nil && (g.top.item.Path != top || g.top.item.Source != rec.Source) {
				if !yield(g.finish(), nil) {
					return
				}
			}
			g.add(&rec, top, inner)
		}
		if g.top != nil {
			yield(g.finish(), nil)
		}
	}
}

// splitPath cuts the path of an object before the first recipient or attachment: what is before is a top-level object.
func splitPath(path string) (top, inner string) {
	for at := 0; ; {
		step, _, more := strings.Cut(path[at:], "/")
		if kind, _, numbered := strings.Cut(step, " "); numbered && (kind == "recipient" || kind == "attachment") {
			return strings.TrimSuffix(path[:at], "/"), path[at:]
		}
		if !more {
			return path, ""
		}
		at += len(step) + 1
	}
}

// group is the top-level object that is being put together.
type group struct {
	top *object
	all []*mapi.Item
}

// object is an Item, the objects in it, and which of its properties came from lists of a few. The maps are made when they
// are needed.
type object struct {
	item   *mapi.Item
	parts  map[string]*object    // by the last step of their path
	copies map[mapi.PropTag]int  // index in Props of a Copy
	full   map[mapi.PropTag]bool // tags of which there is more than a Copy
}

func (g *group) add(rec *Record, top, inner string) {
	if g.top == nil {
		g.top = g.object(rec.Source, top)
		g.top.item.Associated = strings.Contains("/"+top, "/associated ")
	}
	o := g.top
	for inner != "" {
		step, rest, _ := strings.Cut(inner, "/")
		// The path is a part of the record's, not put together: a path may have a million steps.
		path := rec.Item[:len(rec.Item)-len(inner)+len(step)]
		inner = rest
		child, ok := o.parts[step]
		if !ok {
			child = g.object(rec.Source, path)
			if o.parts == nil {
				o.parts = make(map[string]*object)
			}
			o.parts[step] = child
			if strings.HasPrefix(step, "recipient ") {
				o.item.Recipients = append(o.item.Recipients, child.item)
			} else {
				o.item.Attachments = append(o.item.Attachments, child.item)
			}
		}
		o = child
	}
	if rec.Prop.Tag != 0 || !rec.Prop.Name.IsZero() || rec.Prop.Value != nil {
		p := rec.Prop
		if t := p.Tag.Type(); p.Value == nil && rec.Text != "" && (t == mapi.PtypRestriction || t == mapi.PtypRuleAction) {
			p.Value = mapi.String(rec.Text)
		}
		o.add(p, isCopy(rec) && p.Tag.ID() != 0)
	}
}

func (g *group) object(source, path string) *object {
	o := &object{item: &mapi.Item{Source: source, Path: path}}
	g.all = append(g.all, o.item)
	return o
}

func isCopy(rec *Record) bool {
	for i := range rec.Findings {
		if rec.Findings[i].Code == Copy {
			return true
		}
	}
	return false
}

// add appends a property. A copy gives way to the full record of the same tag, whichever comes first; one without an id
// is nobody's copy.
func (o *object) add(p mapi.Prop, dup bool) {
	if dup && o.full == nil {
		o.full, o.copies = make(map[mapi.PropTag]bool), make(map[mapi.PropTag]int)
		for i := range o.item.Props {
			o.full[o.item.Props[i].Tag] = true
		}
	}
	at, copied := o.copies[p.Tag]
	switch {
	case dup && (copied || o.full[p.Tag]):
		return
	case dup:
		o.copies[p.Tag] = len(o.item.Props)
	case o.full != nil:
		o.full[p.Tag] = true
		if copied {
			o.item.Props[at] = p
			delete(o.copies, p.Tag)
			return
		}
	}
	o.item.Props = append(o.item.Props, p)
}

// finish fills in what the properties of the objects say, and returns the top one.
func (g *group) finish() *mapi.Item {
	for _, item := range g.all {
		describe(item)
	}
	top := g.top.item
	if top.Folder == "" {
		top.Folder = folderOf(top.Path)
	}
	g.top, g.all = nil, nil
	return top
}

// folderOf returns the folders in the path of an object, "Root - Mailbox/Inbox", where the dump says in which it lies.
func folderOf(path string) string {
	folder := ""
	for step := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(step, "folder "); ok {
			folder = strings.TrimPrefix(folder+"/"+name, "/")
		}
	}
	return folder
}

// Ids of the properties that describe an object: [MS-OXPROPS] PidTagMessageClass, PidTagMessageFlags, PidTagAssociated,
// PidTagParentDisplay.
const (
	idMessageClass  mapi.PropID = 0x001A
	idMessageFlags  mapi.PropID = 0x0E07
	idAssociated    mapi.PropID = 0x67AA
	idParentDisplay mapi.PropID = 0x0E05
)

// flagAssociated is mfFAI of PidTagMessageFlags: [MS-OXCMSG] 2.2.1.6.
const flagAssociated = 0x40

func describe(item *mapi.Item) {
	for _, p := range item.Props {
		switch v := p.Value.(type) {
		case mapi.String, mapi.String8:
			text := v.String()
			if p.Tag.ID() == idMessageClass && item.Class == "" {
				item.Class = text
			}
			if p.Tag.ID() == idParentDisplay && item.Folder == "" {
				item.Folder = text
			}
		case mapi.Integer32:
			if p.Tag.ID() == idMessageFlags && v&flagAssociated != 0 {
				item.Associated = true
			}
		case mapi.Boolean:
			if p.Tag.ID() == idAssociated && v.Bool() {
				item.Associated = true
			}
		}
	}
}
