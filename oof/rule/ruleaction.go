package rule

import (
	"encoding/binary"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

var le = binary.LittleEndian

// RuleAction is what a rule does, as a property holds it. In the profile ext names and a version stand before the actions
// ([MS-OXORULE] 2.2.4.1.9 and 2.2.5), in rop and mfcmapi neither. ocfg has no actions.
type RuleAction struct {
	Profile      mapi.Profile
	Named        NamedPropertyInformation
	RuleVersion  uint32 // 1, of ext
	ActionBlocks []ActionBlock
	Trailing     []byte // bytes behind the last action
}

// DecodeAction decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeAction(b []byte, p mapi.Profile) (*RuleAction, error) {
	v := &RuleAction{Profile: p}
	if err := v.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return v, nil
}

// InspectAction decodes as much of b as there is, and reports every field and every finding. It never fails. An action that
// cannot be read costs no other, as long as the next one can be found: its data is an *Opaque then.
func InspectAction(b []byte, p mapi.Profile) (*RuleAction, *diag.Report) {
	v, r := &RuleAction{Profile: p}, diag.New(actionKind(p), b, reported)
	c := wire.New(b, r, &words)
	v.read(&c)
	return v, r
}

// UnmarshalBinary decodes b into v strictly, as DecodeAction does, in the profile v.Profile. After an error v holds no
// promised value, but may be used again.
func (v *RuleAction) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	v.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors(actionKind(v.Profile), reported)
	c = wire.New(b, r, &words)
	v.read(&c)
	return r.Err()
}

func actionKind(p mapi.Profile) string {
	if p == mapi.ProfileExtended {
		return "extruleaction"
	}
	return "ruleaction"
}

func (v *RuleAction) read(c *wire.Cursor) {
	r := newReader(c, v.Profile)
	*v = RuleAction{Profile: v.Profile}
	if v.Profile == mapi.ProfileOCFG {
		c.Find(diag.Fatal, BadProfile, "Profile", 0, c.Left(), "is %v, which has no actions", v.Profile)
		c.Undecoded()
	}
	if !checkProfile(c, v.Profile) {
		return
	}
	if v.Profile == mapi.ProfileExtended {
		v.Named = r.named()
		at := c.Offset()
		v.RuleVersion = c.U32("RuleVersion")
		if v.RuleVersion != 1 && !c.Dead() {
			c.Find(diag.Warning, BadRuleVersion, "RuleVersion", at, 4, "is %d, must be 1", v.RuleVersion)
		}
	}
	if !c.Dead() {
		v.ActionBlocks = r.actions()
	}
	v.Trailing = keep(c.Rest("trailing", TrailingData))
	r.rest()
}

// AppendBinary appends the encoding of v in its profile: exactly what its fields say. The error names the first thing that
// no blob can hold.
func (v *RuleAction) AppendBinary(b []byte) ([]byte, error) {
	w := writer{b: b, p: v.Profile}
	w.checkProfile()
	if v.Profile == mapi.ProfileOCFG {
		w.fail("Profile", "is %v, which has no actions", v.Profile)
	}
	switch {
	case v.Profile == mapi.ProfileExtended:
		w.named(&v.Named)
		w.number("RuleVersion", uint64(v.RuleVersion), 4)
	case len(v.Named.NamedProperties) > 0 || len(v.Named.Excess) > 0 || v.RuleVersion != 0:
		w.fail("Named", "is there, or RuleVersion, which %s cannot say", v.Profile)
	}
	w.actions(v.ActionBlocks)
	return w.end(b, v.Trailing)
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *RuleAction) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings: the checks, offsets and words of InspectAction. A v that
// AppendBinary refuses gives one finding, NotEncodable.
func (v *RuleAction) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	if err != nil {
		return notEncodable(actionKind(v.Profile), err)
	}
	_, r := InspectAction(b, v.Profile)
	return slices.Collect(r.Findings())
}
