package guid

import (
	"cmp"
	"slices"
)

// A Reading is one way to read a text. It is plain data.
type Reading struct {
	Form Form
	GUID GUID
	// Canonical: the text, apart from blanks and quotes around it, is exactly
	// what AppendForm writes. For ExMerge that is the strict grammar.
	Canonical bool
	// Plausible: the GUID is well known, or claims to be random (version 4)
	// or time-based (version 1) in the RFC variant. A hint, never a verdict.
	Plausible bool
	// Ambiguous: another reading of the same text gives another GUID.
	Ambiguous bool
}

// Detect returns every reading that fits s, likeliest first, or nil. A form
// is among them exactly when ParseForm(s, form) succeeds.
//
// Several forms often read the same bytes out of a text (a backslash-escaped
// one is an LDAP filter value, too): then the form that would have written
// this very spelling comes first. Where readings disagree about the GUID they
// are marked Ambiguous and the more plausible one comes first: 32 hex digits
// are Bytes and Hex32. Sixteen letters and digits are a good ExMerge text.
func Detect(s string) []Reading {
	var found []Reading
	for f := range Forms() {
		var g GUID
		inner, _, _ := trim(s, f)
		if g.parse(inner, f).kind != fine {
			continue
		}
		found = append(found, Reading{
			Form: f, GUID: g,
			Canonical: g.differs(inner, f) < 0,
			Plausible: plausibility(g) > 0,
		})
	}
	for i := range found {
		for j := range found {
			if found[i].GUID != found[j].GUID {
				found[i].Ambiguous = true
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Reading) int {
		return cmp.Or(
			cmp.Compare(plausibility(b.GUID), plausibility(a.GUID)),
			cmp.Compare(rank(b), rank(a)),
		)
	})
	return found
}

// plausibility says how much a GUID looks like one that somebody made: well
// known, random, time-based, anything.
func plausibility(g GUID) int {
	if _, known := Known(g); known {
		return 3
	}
	switch {
	case g.Variant() != VariantRFC:
		return 0
	case g.Version() == 4:
		return 2
	case g.Version() == 1:
		return 1
	}
	return 0
}

// rank orders readings of one GUID: canonical ones first, ExMerge before the
// LDAP forms that read the same escapes, Bytes before Hex32.
func rank(r Reading) int {
	n := 0
	if r.Canonical {
		n = 4
	}
	switch r.Form {
	case ExMerge, Bytes:
		n += 2
	case LDAPFilter:
		n++
	}
	return n
}
