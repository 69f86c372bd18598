package rule_test

import (
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// TestTruncationSweep cuts every good vector after every byte. What is missing is missed where it begins: the only prefixes
// that are good are names without the condition behind them.
func TestTruncationSweep(t *testing.T) {
	for dir, p := range map[string]mapi.Profile{"ruleaction": mapi.ProfileROP, "extruleaction": mapi.ProfileExtended, "rulecondition": mapi.ProfileROP,
		"extrulecondition": mapi.ProfileExtended, "restriction": mapi.ProfileOCFG, "rulecondition-mfcmapi": mapi.ProfileMFCMAPI} {
		for _, vec := range golden.Load(t, "testdata/"+dir) {
			b := vec.Blob(t)
			walk := func(b []byte) (*diag.Report, error) {
				if dir == "ruleaction" || dir == "extruleaction" {
					_, r := rule.InspectAction(b, p)
					_, err := rule.DecodeAction(b, p)
					return r, err
				}
				_, r := rule.InspectCondition(b, p)
				_, err := rule.DecodeCondition(b, p)
				return r, err
			}
			r, err := walk(b)
			if err != nil || slices.ContainsFunc(slices.Collect(r.Findings()), func(f diag.Finding) bool { return f.Code == rule.TrailingData }) {
				continue
			}
			names := 0
			for f := range r.Fields() {
				if f.Path == "Restriction.RestrictType" && p != mapi.ProfileROP && p != mapi.ProfileOCFG {
					names = f.Span.Offset
				}
			}
			for n := range b {
				r, err := walk(b[:n:n])
				if n == names && names > 0 {
					require.NoError(t, err, "%s: the first %d bytes", vec.Name, n)
					continue
				}
				require.Truef(t, errors.Is(err, io.ErrUnexpectedEOF), "%s: the first %d bytes: %v", vec.Name, n, err)
				for f := range r.Findings() {
					if f.Severity == diag.Fatal {
						require.LessOrEqual(t, f.Span.Offset, n)
					}
				}
			}
		}
	}
}

// TestAlike: of errors that are alike the first sixteen are reported one by one, and the others together.
func TestAlike(t *testing.T) {
	unknown := golden.Unhex(t, "0900 63 00000000 00000000")
	b := []byte{100, 0}
	for range 100 {
		b = append(b, unknown...)
	}
	v, r := rule.InspectAction(b, mapi.ProfileROP)
	require.Len(t, v.ActionBlocks, 100)
	found := slices.Collect(r.Findings())
	require.Len(t, found, 17)
	require.EqualError(t, found[16], "ActionType at 0x00B4: is like the 16 before, as are 83 more behind it (rule.unknown-action)")

	// Broken actions, and good ones between them.
	b = []byte{200, 0}
	for range 100 {
		b = append(b, golden.Unhex(t, "0a00 06 00000000 00000000 0d 0d00 06 00000000 00000000 0d000000")...)
	}
	v, r = rule.InspectAction(b, mapi.ProfileROP)
	require.Len(t, v.ActionBlocks, 200)
	for i, a := range v.ActionBlocks {
		switch i % 2 {
		case 0:
			require.Equal(t, &rule.Opaque{Data: []byte{0x0D}}, a.ActionData)
		default:
			require.Equal(t, &rule.Bounce{BounceCode: 0x0D}, a.ActionData)
		}
	}
	found = slices.Collect(r.Findings())
	require.Len(t, found, 17)
	require.Equal(t, rule.Truncated, found[16].Code)
	require.Equal(t, diag.Fatal, found[16].Severity)
	_, err := rule.DecodeAction(b, mapi.ProfileROP)
	require.Len(t, err.(*diag.DecodeError).Findings, 17)
}

// TestManyBroken: behind many actions that cannot be read every action is read as it is by itself.
func TestManyBroken(t *testing.T) {
	for _, p := range []mapi.Profile{mapi.ProfileROP, mapi.ProfileExtended, mapi.ProfileMFCMAPI} {
		list := func(blocks ...[]byte) *rule.RuleAction {
			v := &rule.RuleAction{Profile: p, RuleVersion: 1}
			if p != mapi.ProfileExtended {
				v.RuleVersion = 0
			}
			for _, b := range blocks {
				v.ActionBlocks = append(v.ActionBlocks, rule.ActionBlock{ActionType: rule.ActionType(b[0]), ActionData: &rule.Opaque{Data: b[1:]}})
			}
			b, err := v.MarshalBinary()
			require.NoError(t, err)
			v, _ = rule.InspectAction(b, p)
			return v
		}
		broken := slices.Repeat([][]byte{{byte(rule.OpBounce), 1}}, 16)
		for kind := range byte(13) {
			for n := range 60 {
				for fill := range byte(2) {
					one := append([]byte{kind}, slices.Repeat([]byte{fill}, n)...)
					want, got := list(one).ActionBlocks[0], list(append(slices.Clone(broken), one)...).ActionBlocks[16]
					if o, ok := want.ActionData.(*rule.Opaque); ok && len(o.Data) == 0 && got.ActionData == nil {
						continue
					}
					require.Equal(t, want, got, "%v %x", p, one)
				}
			}
		}
	}
	// A list inside a value ends at the first that cannot be read behind so many.
	inner := append([]byte{40, 0}, slices.Repeat([]byte{10, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 40)...)
	v, r := rule.InspectAction(nestedActions(1, inner), mapi.ProfileROP)
	require.Len(t, v.ActionBlocks, 1)
	require.IsType(t, &rule.Opaque{}, v.ActionBlocks[0].ActionData)
	require.LessOrEqual(t, len(slices.Collect(r.Findings())), 19)
	actions("rop", mapi.ProfileROP).Check(t, nestedActions(3, inner))
}

// TestMovesTo lists the folders, which the caller may change.
func TestMovesTo(t *testing.T) {
	v := fromJSON(t, `{"668000fe":"0200 0e00 01 00000000 00000000 00 0000 0000 1000 02 00000000 00000000 00 0000 0200 0102"}`)
	require.Equal(t, [][]byte{nil, {1, 2}}, v.MovesTo())
	v.MovesTo()[1][0] = 9
	require.Equal(t, []byte{1, 2}, v.MovesTo()[1])
	require.Empty(t, v.Actions.Validate()[0].Ref)
	b, err := v.Actions.MarshalBinary()
	require.NoError(t, err)
	require.Len(t, b, 2+16+18)
}
