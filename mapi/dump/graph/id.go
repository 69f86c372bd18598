package graph

import (
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// setMAPI is PS_MAPI: a number in it is the id of a property, and not that of a named one.
var setMAPI = guid.GUID{0x28, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

// ident is what the id of a property says: its type, and its tag or its name.
type ident struct {
	there bool
	typed bool // the type is known
	t     mapi.PropType
	prop  mapi.Prop // without value
	notes []diag.Finding
}

func (i *ident) note(s diag.Severity, code diag.Code, format string, args ...any) {
	i.notes = append(i.notes, note(s, code, "id", format, args...))
}

// isPropertyID reports whether s is the id of a property, of whatever type, and not that of an object.
func isPropertyID(s string) bool {
	i := parseID(s)
	return i.typed && (i.prop.Tag.ID() != 0 || !i.prop.Name.IsZero())
}

// parseID reads the id of a property:
//
//	Type {set} Id 0x8216        also decimal; the case of words and digits does not matter
//	Type {set} Name any text    blanks included
//	Type 0x37                   the id of 16 bits, without its leading zeros
func parseID(s string) ident {
	i := ident{there: true}
	word, rest := cutWord(s)
	i.t, i.typed = exchange.TypeOf(word)
	if !i.typed {
		i.note(diag.Error, UnknownType, "begins with %s, which is no type of properties", exchange.Quote(word))
	}
	i.prop.Tag = mapi.TagOf(0, i.t)
	if strings.Trim(rest, " ") == "" {
		i.note(diag.Error, BadID, "%s does not say which property it is", exchange.Quote(s))
		return i
	}
	first, what := cutWord(rest)
	if first[0] == '{' || strings.Count(first, "-") == 4 || what != "" {
		i.named(s, first, what)
	} else {
		i.tag(first)
	}
	return i
}

// cutWord returns the word at the front of s, and what is behind the blank that follows; blanks before it are dropped.
func cutWord(s string) (word, rest string) {
	word, rest, _ = strings.Cut(strings.TrimLeft(s, " "), " ")
	return word, rest
}

// tag reads the id of a property without a name.
func (i *ident) tag(s string) {
	n, hex, ok := exchange.Number(s)
	if !ok {
		i.note(diag.Error, BadID, "has %s where the number of a property must be, or {set} and Id or Name", exchange.Quote(s))
		return
	}
	if !hex {
		i.note(diag.Warning, DecimalTag, "has the number %s, read as decimal; Graph writes numbers of properties in hex behind 0x", s)
	}
	// QUIRK: programs ask for tags of 32 bits, and files that they write have them (id-string8.vec).
	t := exchange.TagOf(n, i.t)
	i.prop.Tag = t.Tag
	switch {
	case t.Other:
		i.note(diag.Error, TagMismatch, "has a tag of 32 bits, 0x%08X, whose type is %s, and says %s; this was taken", n, mapi.PropTag(n).Type(), i.t)
	case t.Full:
		i.note(diag.Warning, FullTag, "has a tag of 32 bits, 0x%08X, where the id of 16 bits must be", n)
	}
	if t.Local {
		i.note(diag.Warning, LocalID, "has the number %s, which says nothing without a name: from 0x8000 on they mean something in one mailbox only", t.Tag.ID())
	}
}

// named reads the name of a property.
func (i *ident) named(s, set, rest string) {
	g, err := guid.Parse(set)
	if err != nil {
		i.note(diag.Error, BadID, "has the property set %s: %v", exchange.Quote(set), err)
		return
	}
	switch kind, name := cutWord(rest); strings.ToLower(kind) {
	case "name":
		if name == "" {
			break
		}
		i.prop.Name = mapi.PropName{Set: g, Name: name}
		return
	case "id":
		digits := strings.Trim(name, " ")
		n, hex, ok := exchange.Number(digits)
		if !ok {
			break
		}
		i.prop.Name = mapi.PropName{Set: g, LID: n}
		if lid, ok := exchange.HexMeant(i.prop.Name, digits); ok && !hex {
			i.note(diag.Warning, DecimalLID, "has the number %s, read as decimal, which nothing is known by; 0x%04X would be known", digits, lid)
		}
		if g == setMAPI && n <= 0xFFFF {
			i.prop.Tag = mapi.TagOf(mapi.PropID(n), i.t)
		}
		return
	}
	i.note(diag.Error, BadID, "%s has neither Id and a number nor Name and a text behind its property set", exchange.Quote(s))
}
