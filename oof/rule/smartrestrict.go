package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// Restrictions and properties in MFCMAPI's SmartView text.

const pipe = "|\t"

// restriction writes a restriction below a heading, with bars.
func (s *smartView) restriction(heading string, r Restriction) {
	s.line("%s", heading)
	if r == nil {
		return
	}
	if s.depth >= maxSmart {
		s.within(pipe, func() { s.line("deeper than MFCMAPI reads") })
		return
	}
	s.depth++
	defer func() { s.depth-- }()
	s.within(pipe, func() {
		s.line("rt = 0x%X = %v", uint32(r.Type()), r.Type())
		s.line("%s", bodyName(r.Type()))
		s.within(pipe, func() { s.body(r) })
	})
}

var bodyNames = [...]string{"resAnd", "resOr", "resNot", "resContent", "resProperty", "resCompareProps", "resBitMask", "resSize", "resExist", "resSub",
	"resComment", "resCount", "resAnnotation"}

func bodyName(t RestrictType) string { return bodyNames[t] }

func (s *smartView) body(r Restriction) {
	switch v := r.(type) {
	case *And:
		s.list(v.Restricts)
	case *Or:
		s.list(v.Restricts)
	case *Not:
		s.inner(v.Restriction)
	case *Content:
		s.line("FuzzyLevel = %s = 0x%08X", smartFuzzy(v.FuzzyLevelLow, v.FuzzyLevelHigh), uint32(v.FuzzyLevelHigh)<<16|uint32(v.FuzzyLevelLow))
		s.tag("PropTag", v.PropertyTag)
		s.lpProp(&v.TaggedValue)
	case *Property:
		s.relOp(v.RelOp)
		s.tag("PropTag", v.PropTag)
		s.lpProp(&v.TaggedValue)
	case *CompareProps:
		s.relOp(v.RelOp)
		s.tag("PropTag1", v.PropTag1)
		s.tag("PropTag2", v.PropTag2)
	case *Bitmask:
		s.line("relBMR = %v = 0x%08X", v.BitmapRelOp, uint32(v.BitmapRelOp))
		s.tag("PropTag", v.PropTag)
		s.mask(v)
	case *Size:
		s.relOp(v.RelOp)
		s.line("cb = 0x%08X", v.Size)
		s.tag("PropTag", v.PropTag)
	case *Exist:
		s.tag("PropTag", v.PropTag)
	case *SubObject:
		s.tag("SubObject", v.Subobject)
		s.inner(v.Restriction)
	case *Comment:
		s.comment(v.TaggedValues, v.Restriction)
	case *Annotation:
		s.comment(v.TaggedValues, v.Restriction)
	case *Count:
		s.line("resCount.ulCount = 0x%08X", v.Count)
		s.inner(v.SubRestriction)
	}
}

func (s *smartView) list(all []Restriction) {
	s.line("cRes = 0x%08X", len(all))
	for i, r := range all {
		s.restriction(fmt.Sprintf("lpRes[0x%08X]", i), r)
	}
}

func (s *smartView) inner(r Restriction) {
	if r != nil {
		s.restriction("lpRes", r)
	}
}

func (s *smartView) comment(values []TaggedValue, inner Restriction) {
	s.line("cValues = 0x%08X", len(values))
	s.properties("Property[%d]", values)
	s.inner(inner)
}

func (s *smartView) relOp(o RelOp) { s.line("relop = %v = 0x%08X", o, uint32(o)) }

// mask writes bits, with their words where they have any.
func (s *smartView) mask(v *Bitmask) {
	words, flags := mapi.Words(mapi.Prop{Tag: v.PropTag, Value: mapi.Integer32(v.Mask)})
	if flags && len(words) > 0 {
		s.line("Mask = %s = 0x%08X", strings.Join(words, " | "), v.Mask)
		return
	}
	s.line("Mask = 0x%08X", v.Mask)
}

// smartFuzzy returns the words of a fuzzy level in MFCMAPI's order: the flags, and then how much of the text must be there.
func smartFuzzy(low, high uint16) string {
	words := appendBits(nil, uint32(low&(PrefixOnAnyWord|PhraseMatch)), []bit{{uint32(PrefixOnAnyWord), "FL_PREFIX_ON_ANY_WORD"}, {uint32(PhraseMatch), "FL_PHRASE_MATCH"}})
	words = appendHigh(words, high)
	if rest := low &^ (PrefixOnAnyWord | PhraseMatch | 0xF); rest != 0 {
		words = append(words, fmt.Sprintf("0x%X", rest))
	}
	switch low & 0xF {
	case FullString:
		words = append(words, "FL_FULLSTRING")
	case Substring:
		words = append(words, "FL_SUBSTRING")
	case Prefix:
		words = append(words, "FL_PREFIX")
	default:
		words = append(words, fmt.Sprintf("0x%X", low&0xF))
	}
	return strings.Join(words, " | ")
}

// smartNames returns the names of a tag in MFCMAPI's order, as far as a rule gives it: the best is the one of the headers, then
// come its twin for UTF-16, the published name, others, and the twin for 8 bits.
func smartNames(tag mapi.PropTag) []string {
	canonical, ok := mapi.NameOf(tag)
	if !ok {
		return nil
	}
	names := append([]string{canonical}, slices.Collect(mapi.AliasesOf(tag))...)
	order := func(name string) int {
		switch {
		case strings.HasPrefix(name, "PR_") && strings.HasSuffix(name, "_W"):
			return 1
		case strings.HasPrefix(name, "PR_") && strings.HasSuffix(name, "_A"):
			return 4
		case strings.HasPrefix(name, "PR_"):
			return 0
		case strings.HasPrefix(name, "PidTag"):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(names, func(a, b string) int { return order(a) - order(b) })
	if tag.Type() != mapi.PtypString || !strings.HasPrefix(names[0], "PR_") {
		return names
	}
	// The registry leaves the twins out, because they say nothing that the type does not.
	if t, ok := mapi.TagByName(names[0] + "_A"); ok && t.ID() == tag.ID() {
		for _, twin := range []string{names[0] + "_W", names[0] + "_A"} {
			if !slices.Contains(names, twin) {
				names = append(names, twin)
			}
		}
		slices.SortStableFunc(names, func(a, b string) int { return order(a) - order(b) })
	}
	return names
}

// tag writes a tag and its names on one line.
func (s *smartView) tag(label string, tag mapi.PropTag) {
	text := fmt.Sprintf("%s = 0x%08X (%s)", label, uint32(tag), tag.Type().PT())
	if names := smartNames(tag); len(names) > 0 {
		text += ": " + names[0]
		if len(names) > 1 {
			text += ": (" + strings.Join(names[1:], ", ") + ")"
		}
	}
	s.line("%s", text)
}

func (s *smartView) lpProp(v *TaggedValue) {
	s.line("lpProp")
	s.within("\t", func() { s.property(v) })
}

func (s *smartView) properties(heading string, values []TaggedValue) {
	for i := range values {
		s.line(heading, i)
		s.within("\t", func() { s.property(&values[i]) })
	}
}

// property writes a property and its value.
func (s *smartView) property(v *TaggedValue) {
	s.line("PropTag = 0x%08X (%s)", uint32(v.PropertyTag), v.PropertyTag.Type().PT())
	if names := smartNames(v.PropertyTag); len(names) > 0 {
		s.within("\t", func() {
			s.line("Name: %s", names[0])
			if len(names) > 1 {
				s.line("Other Matches: %s", strings.Join(names[1:], ", "))
			}
		})
	}
	text, alt := smartValue(v.Value)
	if text != "" {
		s.line("PropString = %s", text)
	}
	if alt != "" {
		s.line("AltPropString = %s", alt)
	}
	if v.Nested != nil && v.Nested.Restriction != nil {
		s.restriction("Restriction", v.Nested.Restriction)
	}
}

// smartValue returns the two texts that MFCMAPI has of a value.
func smartValue(v mapi.Value) (text, alt string) {
	switch v := v.(type) {
	case nil:
		return "", ""
	case mapi.String:
		raw, _ := v.AppendBinary(nil)
		return scrub(string(v)), cbText(raw)
	case mapi.String8:
		return scrub(v.String()), cbText(v.Raw)
	case mapi.Binary:
		return cbText(v), dotted(v)
	case mapi.Integer16:
		return v.String(), fmt.Sprintf("0x%X", uint16(v))
	case mapi.Integer32:
		return v.String(), fmt.Sprintf("0x%08X", uint32(v))
	case mapi.Boolean:
		if v.Bool() {
			return "True", ""
		}
		return "False", ""
	}
	return v.String(), ""
}

// dotted returns bytes as text, with dots for what is none.
func dotted(b []byte) string {
	out := make([]byte, len(b))
	for i, c := range b {
		if out[i] = c; c < ' ' || c > 0x7E {
			out[i] = '.'
		}
	}
	return string(out)
}
