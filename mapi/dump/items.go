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
			if g.top != nil && (g.top.Path != top || g.top.Source != rec.Source) {
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
	top   *mapi.Item
	items map[string]*object // by path
}

// object is an Item, and which of its properties came from lists of a few; the maps are made for the first of those.
type object struct {
	item   *mapi.Item
	copies map[mapi.PropTag]int  // index in Props of a Copy
	full   map[mapi.PropTag]bool // tags of which there is more than a Copy
}

func (g *group) add(rec *Record, top, inner string) {
	if g.top == nil {
		g.items = make(map[string]*object)
		g.top = g.object(rec.Source, top).item
		g.top.Associated = strings.Contains("/"+top, "/associated ")
	}
	o := g.items[top]
	for path := top; inner != ""; {
		step, rest, _ := strings.Cut(inner, "/")
		inner = rest
		if path != "" {
			path += "/"
		}
		path += step
		child, ok := g.items[path]
		if !ok {
			child = g.object(rec.Source, path)
			if strings.HasPrefix(step, "recipient ") {
				o.item.Recipients = append(o.item.Recipients, child.item)
			} else {
				o.item.Attachments = append(o.item.Attachments, child.item)
			}
		}
		o = child
	}
	if rec.Prop.Tag != 0 || !rec.Prop.Name.IsZero() || rec.Prop.Value != nil {
		o.add(rec.Prop, isCopy(rec))
	}
}

func (g *group) object(source, path string) *object {
	o := &object{item: &mapi.Item{Source: source, Path: path}}
	g.items[path] = o
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

// add appends a property. A copy gives way to the full record of the same tag, whichever comes first.
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
	for _, o := range g.items {
		describe(o.item)
	}
	top := g.top
	g.top, g.items = nil, nil
	return top
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
