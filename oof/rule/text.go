package rule

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
)

// Rules in words: one line, the same for the same value, and pure text whatever stands in it.

// maxShown is how many bytes of a text or binary are shown in words.
const maxShown = 200

// String returns the condition in words: `Subject contains "bank" and not has MessageDeliveryTime`. Properties have their
// published names without "PidTag" or "PidLid", or their tags. A condition that is not there is "every message".
func (v *Condition) String() string {
	p := prose{named: &v.Named}
	switch {
	case v.Restriction != nil:
		p.restriction(v.Restriction)
	case hasNames(v.Profile):
		p.add("every message")
	default:
		p.add("not read")
	}
	return string(p.b)
}

// String returns the actions in words, in order: "move to folder 1-000000000122, mark as read".
func (v *RuleAction) String() string {
	if len(v.ActionBlocks) == 0 {
		return "nothing"
	}
	return strings.Join(v.Texts(), ", ")
}

// Texts returns each action in words.
func (v *RuleAction) Texts() []string {
	all := make([]string, len(v.ActionBlocks))
	for i := range v.ActionBlocks {
		p := prose{named: &v.Named}
		p.action(&v.ActionBlocks[i])
		all[i] = string(p.b)
	}
	return all
}

// prose is text that is being written.
type prose struct {
	b     []byte
	named *NamedPropertyInformation
	names map[mapi.PropID]string // those of named, once one was asked for
	// search: the restriction is that of a search folder, whose counts have no limit.
	search bool
}

func (p *prose) add(words ...string) {
	for _, w := range words {
		p.b = append(p.b, w...)
	}
}

func (p *prose) addf(format string, args ...any) { p.b = fmt.Appendf(p.b, format, args...) }

// quote returns text in quotation marks, pure and on one line, and no longer than is good.
func quote(s string) string {
	if len(s) <= maxShown {
		return string(wtf8.AppendQuote(nil, s))
	}
	cut := maxShown
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return fmt.Sprintf("%s… (%d bytes)", wtf8.AppendQuote(nil, s[:cut]), len(s))
}

// name returns the name of a property.
func (p *prose) name(tag mapi.PropTag) string {
	if tag.ID().Local() {
		if p.names == nil {
			p.names = map[mapi.PropID]string{}
			for i := range p.named.NamedProperties {
				n := &p.named.NamedProperties[i]
				if _, seen := p.names[n.PropID]; !seen {
					p.names[n.PropID] = namedText(n)
				}
			}
		}
		if name := p.names[tag.ID()]; name != "" {
			return name
		}
		return tag.String()
	}
	if name, ok := mapi.NameOf(tag); ok {
		return strings.TrimPrefix(name, "PidTag")
	}
	return tag.String()
}

func namedText(n *NamedProperty) string {
	name, ok := n.PropName()
	if !ok {
		return ""
	}
	if info, ok := mapi.NamedName(name); ok {
		return strings.TrimPrefix(strings.TrimPrefix(info.Canonical, "PidLid"), "PidName")
	}
	return name.String()
}

// inner writes a restriction that stands in another: in parentheses where it has parts.
func (p *prose) inner(r Restriction) {
	switch v := r.(type) {
	case *And:
		p.parenthesis(r, len(v.Restricts) > 1)
	case *Or:
		p.parenthesis(r, len(v.Restricts) > 1)
	default:
		p.restriction(r)
	}
}

func (p *prose) parenthesis(r Restriction, needed bool) {
	if needed {
		p.add("(")
		defer p.add(")")
	}
	p.restriction(r)
}

// restriction writes a restriction.
func (p *prose) restriction(r Restriction) {
	switch v := r.(type) {
	case nil:
		p.add("something that was not read")
	case *And:
		p.joined(v.Restricts, " and ", "always")
	case *Or:
		p.joined(v.Restricts, " or ", "never")
	case *Not:
		p.add("not ")
		p.inner(v.Restriction)
	case *Content:
		p.add(p.name(v.PropertyTag), " ", fuzzyVerb(v.FuzzyLevelLow), " ")
		p.value(&v.TaggedValue)
		p.fuzzyFlags(v.FuzzyLevelLow, v.FuzzyLevelHigh)
	case *Property:
		p.add(p.name(v.PropTag), " ", v.RelOp.sign(), " ")
		p.value(&v.TaggedValue)
	case *CompareProps:
		p.add(p.name(v.PropTag1), " ", v.RelOp.sign(), " ", p.name(v.PropTag2))
	case *Bitmask:
		p.addf("%s & 0x%X %s", p.name(v.PropTag), v.Mask, v.BitmapRelOp.sign())
	case *Size:
		p.addf("size of %s %s %d", p.name(v.PropTag), v.RelOp.sign(), v.Size)
	case *Exist:
		p.add("has ", p.name(v.PropTag))
	case *SubObject:
		p.subObject(v)
	case *Comment:
		p.comment(v.Restriction)
	case *Annotation:
		p.comment(v.Restriction)
	case *Count:
		if p.search {
			p.inner(v.SubRestriction)
			return
		}
		p.addf("at most %d times: ", v.Count)
		p.inner(v.SubRestriction)
	}
}

func (p *prose) joined(all []Restriction, word, none string) {
	if len(all) == 0 {
		p.add(none)
	}
	for i, r := range all {
		if i > 0 {
			p.add(word)
		}
		p.inner(r)
	}
}

func (p *prose) subObject(v *SubObject) {
	switch v.Subobject {
	case messageRecipients:
		p.add("a recipient: ")
	case messageAttachments:
		p.add("an attachment: ")
	default:
		p.add("one of ", p.name(v.Subobject), ": ")
	}
	p.inner(v.Restriction)
}

// comment writes what a comment is beside. What it keeps is the client's own.
func (p *prose) comment(inner Restriction) {
	if inner == nil {
		p.add("a comment")
		return
	}
	p.inner(inner)
}

func fuzzyVerb(low uint16) string {
	switch low & 0xF {
	case FullString:
		return "is"
	case Substring:
		return "contains"
	case Prefix:
		return "begins with"
	}
	return fmt.Sprintf("matches in way %d", low&0xF)
}

// fuzzyFlags writes what else there is to a fuzzy level.
func (p *prose) fuzzyFlags(low, high uint16) {
	words := appendBits(nil, uint32(low&^0xF)|uint32(high)<<16, []bit{{uint32(PrefixOnAnyWord), "at any word"}, {uint32(PhraseMatch), "as a phrase"},
		{uint32(IgnoreCase) << 16, "in any case"}, {uint32(IgnoreNonSpace) << 16, "with any accents"}, {uint32(Loose) << 16, "loosely"}})
	if len(words) > 0 {
		p.add(" (", strings.Join(words, ", "), ")")
	}
}

// sign returns the comparison in words.
func (o RelOp) sign() string {
	switch o {
	case RegExp:
		return "matches"
	case MemberOfDL:
		return "is a member of"
	}
	if int(o) < len(relOpSigns) {
		return relOpSigns[o]
	}
	return fmt.Sprintf("compares in way %d with", uint32(o))
}

var relOpSigns = [...]string{"<", "<=", ">", ">=", "=", "!="}

func (o BitmapRelOp) sign() string {
	switch o {
	case AllZero:
		return "= 0"
	case NotZero:
		return "!= 0"
	}
	return fmt.Sprintf("compares in way %d with 0", uint32(o))
}

// value writes a value.
func (p *prose) value(v *TaggedValue) {
	switch value := v.Value.(type) {
	case nil:
		p.nested(v)
	case mapi.String:
		p.add(quote(strings.TrimSuffix(string(value), "\x00"))) // which search folders count
	case mapi.String8:
		p.add(quote(mapi.String8{Raw: bytes.TrimSuffix(value.Raw, []byte{0}), CodePage: value.CodePage, Source: value.Source}.String()))
	case mapi.MultipleString:
		p.list(len(value), func(i int) string { return quote(value[i]) })
	case mapi.MultipleString8:
		p.list(len(value), func(i int) string { return quote(value[i].String()) })
	case mapi.Binary:
		p.add(binaryText(value))
	case mapi.MultipleBinary:
		p.list(len(value), func(i int) string { return binaryText(value[i]) })
	case mapi.ServerID:
		p.add(binaryText(value.Raw))
	case mapi.Unknown:
		p.add(binaryText(value.Data))
	case mapi.Null:
		p.add("null")
	default:
		p.add(value.String()) // numbers, times and GUIDs, and lists of them
	}
}

func (p *prose) nested(v *TaggedValue) {
	switch {
	case v.Nested != nil && v.Nested.Restriction != nil:
		p.add("{")
		p.restriction(v.Nested.Restriction)
		p.add("}")
	case v.Nested != nil:
		p.add("{")
		for i := range v.Nested.ActionBlocks {
			if i > 0 {
				p.add(", ")
			}
			p.action(&v.Nested.ActionBlocks[i])
		}
		p.add("}")
	default:
		p.add("something that was not read")
	}
}

func (p *prose) list(n int, element func(int) string) {
	p.add("[")
	for i := range n {
		if i > 0 {
			p.add(", ")
		}
		p.add(element(i))
	}
	p.add("]")
}

// binaryText returns bytes as text where they are ASCII, as search keys are, and in hex where they are not.
func binaryText(b []byte) string {
	text := strings.TrimSuffix(string(b), "\x00")
	ascii := len(text) > 0
	for i := 0; i < len(text) && ascii; i++ {
		ascii = text[i] >= ' ' && text[i] < 0x7F
	}
	switch {
	case ascii:
		return quote(string(b))
	case len(b) == 0:
		return "no bytes"
	case len(b) > maxShown:
		return fmt.Sprintf("hex %s… (%d bytes)", hex.EncodeToString(b[:maxShown/2]), len(b))
	}
	return "hex " + hex.EncodeToString(b)
}
