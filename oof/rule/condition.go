package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Condition is a condition as a property holds it. In the profiles ext and mfcmapi names stand before it
// ([MS-OXORULE] 2.2.4.1.10), in rop and ocfg none.
type Condition struct {
	Profile     mapi.Profile
	Named       NamedPropertyInformation
	Restriction Restriction // nil where there is none behind the names: the rule is for every message
	Trailing    []byte      // bytes behind the restriction
}

// DecodeCondition decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeCondition(b []byte, p mapi.Profile) (*Condition, error) {
	v := &Condition{Profile: p}
	if err := v.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return v, nil
}

// InspectCondition decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectCondition(b []byte, p mapi.Profile) (*Condition, *diag.Report) {
	v, r := &Condition{Profile: p}, diag.New(conditionKind(p), b, reported)
	c := wire.New(b, r, &words)
	v.read(&c)
	return v, r
}

// UnmarshalBinary decodes b into v strictly, as DecodeCondition does, in the profile v.Profile. After an error v holds no
// promised value, but may be used again.
func (v *Condition) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	v.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors(conditionKind(v.Profile), reported)
	c = wire.New(b, r, &words)
	v.read(&c)
	return r.Err()
}

// conditionKind returns the name of the kind of blob that has the profile.
func conditionKind(p mapi.Profile) string {
	switch p {
	case mapi.ProfileExtended:
		return "extrulecondition"
	case mapi.ProfileOCFG:
		return "restriction"
	}
	return "rulecondition"
}

// hasNames reports whether names stand before a condition of the profile.
func hasNames(p mapi.Profile) bool { return p == mapi.ProfileExtended || p == mapi.ProfileMFCMAPI }

// DetectCondition returns the profile of what is said to be a condition of a standard rule: ProfileROP, unless only
// ProfileMFCMAPI reads all of b without an error.
//
// QUIRK: blobs pasted from the test data of MFCMAPI, and from what imitates it, are in a layout that no server writes
// (testdata/rulecondition-mfcmapi/names-first.vec).
func DetectCondition(b []byte) mapi.Profile {
	for _, p := range []mapi.Profile{mapi.ProfileROP, mapi.ProfileMFCMAPI} {
		v := Condition{Profile: p}
		c := wire.New(b, nil, &words)
		v.read(&c)
		if c.OK() && len(v.Trailing) == 0 {
			return p
		}
	}
	return mapi.ProfileROP
}

func (v *Condition) read(c *wire.Cursor) {
	r := newReader(c, v.Profile)
	*v = Condition{Profile: v.Profile}
	if !checkProfile(c, v.Profile) {
		return
	}
	if hasNames(v.Profile) {
		v.Named = r.named()
	}
	if !hasNames(v.Profile) || c.Left() > 0 {
		r.In("Restriction", -1)
		v.Restriction = r.restriction()
		r.Out()
	}
	v.Trailing = keep(c.Rest("trailing", TrailingData))
	r.rest()
}

// checkProfile reports whether p is a profile, and that it is not.
func checkProfile(c *wire.Cursor, p mapi.Profile) bool {
	switch {
	case p > mapi.ProfileMFCMAPI:
		c.Find(diag.Fatal, BadProfile, "Profile", 0, c.Left(), "is %v, in which nothing can be read", p)
		c.Undecoded()
		return false
	case p == mapi.ProfileMFCMAPI:
		c.Find(diag.Info, MFCMAPILayout, "Profile", 0, 0, "is that of MFCMAPI, and of no server")
	}
	return true
}

// AppendBinary appends the encoding of v in its profile: exactly what its fields say. The error names the first thing that
// no blob can hold.
func (v *Condition) AppendBinary(b []byte) ([]byte, error) {
	w := writer{b: b, p: v.Profile}
	w.checkProfile()
	switch {
	case hasNames(v.Profile):
		w.named(&v.Named)
	case len(v.Named.NamedProperties) > 0 || len(v.Named.Excess) > 0:
		w.fail("Named", "is there, which %s cannot say", v.Profile)
	}
	switch {
	case v.Restriction != nil || !hasNames(v.Profile):
		w.restriction(v.Restriction)
	case len(v.Trailing) > 0:
		w.fail("Trailing", "is there without a restriction, and would be read as one")
	}
	return w.end(b, v.Trailing)
}

func (w *writer) checkProfile() {
	if w.p > mapi.ProfileMFCMAPI {
		w.fail("Profile", "is %v, in which nothing can be written", w.p)
	}
}

// end appends what follows a structure, and returns all, or what there was before.
func (w *writer) end(before, trailing []byte) ([]byte, error) {
	if w.err != nil {
		return before, w.err
	}
	return append(w.b, trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *Condition) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings: the checks, offsets and words of InspectCondition. A v that
// AppendBinary refuses gives one finding, NotEncodable.
func (v *Condition) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	if err != nil {
		return notEncodable(conditionKind(v.Profile), err)
	}
	_, r := InspectCondition(b, v.Profile)
	return slices.Collect(r.Findings())
}

func notEncodable(what string, err error) []diag.Finding {
	r := diag.NewErrors(what, reported)
	path, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "rule: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: path, Msg: msg})
	return slices.Collect(r.Findings())
}

func hexText(b []byte) string {
	switch len(b) {
	case 2:
		return fmt.Sprintf("0x%04X", le.Uint16(b))
	case 4:
		return fmt.Sprintf("0x%08X", le.Uint32(b))
	}
	return ""
}
