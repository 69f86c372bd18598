package tzdef_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", tzdef.Codes(), func(kind, example string) []diag.Finding {
		b := golden.Unhex(t, example)
		var r *diag.Report
		switch kind {
		case "tzdef":
			_, r = tzdef.Inspect(b)
		case "tzstruct":
			_, r = tzdef.InspectStruct(b)
		case "tzreg":
			_, r = tzdef.InspectInformation(b)
		default:
			t.Fatalf("no kind %q", kind)
		}
		return slices.Collect(r.Findings())
	})
}

// TestCodesWithoutExample makes the two findings whose smallest input is too large for a catalogue, or none.
func TestCodesWithoutExample(t *testing.T) {
	missing := map[diag.Code]bool{}
	for _, e := range tzdef.Codes() {
		if e.Example == "" {
			missing[e.Code] = true
		}
	}
	require.Equal(t, map[diag.Code]bool{tzdef.TooManyRules: true, tzdef.NotEncodable: true}, missing)

	d := tzdef.New("UTC", make([]tzdef.TZRule, 1025)...)
	for i := range d.Rules {
		d.Rules[i].Year = uint16(1601 + i)
	}
	d.Rules[1024].Flags = tzdef.EffectiveTZReg
	found := d.Validate()
	require.Len(t, found, 1)
	require.Equal(t, diag.Finding{Severity: diag.Warning, Code: tzdef.TooManyRules, Span: diag.Span{Offset: 14, Len: 2},
		Path: "cRules", Spec: "[MS-OXOCAL] 2.2.1.41", Msg: "is 1025, must be 1024 at most"}, found[0])
	d.Rules = d.Rules[1:]
	require.Empty(t, d.Validate(), "1024 rules are allowed")

	d.Reserved = 0
	found = d.Validate()
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], tzdef.NotEncodable)
	require.Equal(t, diag.Error, found[0].Severity)
}

func TestCodesIsACopy(t *testing.T) {
	tzdef.Codes()[0].Means = ""
	require.NotEmpty(t, tzdef.Codes()[0].Means)
}
