package rule_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// propsOf makes properties of JSON: tags, and values as text, numbers, hex, or null for what could not be read.
func propsOf(t *testing.T, text string) (p mapi.Props) {
	t.Helper()
	var all map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &all))
	for key, v := range all {
		n, err := strconv.ParseUint(key, 16, 32)
		require.NoError(t, err)
		prop := mapi.Prop{Tag: mapi.PropTag(n)}
		switch v := v.(type) {
		case string:
			if prop.Tag.Type() == mapi.PtypString {
				prop.Value = mapi.String(v)
				break
			}
			prop.Value, err = mapi.ParseRaw(prop.Tag.Type(), golden.Unhex(t, v))
			require.NoError(t, err)
		case float64:
			prop.Value = mapi.Integer32(v)
			if prop.Tag.Type() == mapi.PtypInteger64 {
				prop.Value = mapi.Integer64(v)
			}
		}
		p = append(p, prop)
	}
	sort.Slice(p, func(i, j int) bool { return p[i].Tag < p[j].Tag })
	return p
}

func shownHidden([]byte) bool { return true }

// fromJSON makes a rule of the properties of an example, in a mailbox where the folder 1-000000000122 is not shown.
func fromJSON(t *testing.T, text string) *rule.Rule {
	v, ok := rule.FromProps(propsOf(t, text))
	require.True(t, ok)
	v.MarkHidden(func(folder []byte) bool {
		id, err := entryid.DecodeServerID(folder)
		return err == nil && id.FolderID.GlobalCounter.Uint64() == 0x122
	})
	return v
}

func TestRules(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/props") {
		t.Run(vec.Name, func(t *testing.T) {
			text, ok := vec.Section("props.json")
			require.True(t, ok)
			v := fromJSON(t, text)
			var found []string
			out := []string{v.String(), fmt.Sprintf("%v %d, provider %q, sequence %d, level %d, state %v, runs %v, while out of office %v", v.Source, v.ID, v.Provider, v.Sequence, v.Level,
				v.State, v.State.Runs(false), v.State.Runs(true))}
			for _, f := range v.Findings {
				found = append(found, f.Severity.String()+" "+string(f.Code))
				out = append(out, f.Severity.String()+": "+f.Error())
			}
			if diff := cmp.Diff(vec.Expected(), found); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			vec.Check(t, "rule.txt", strings.Join(out, "\n"))
		})
	}
}

func TestNoRule(t *testing.T) {
	for _, text := range []string{`{}`, `{"0037001f":"x"}`, `{"66760003":1}`} {
		_, ok := rule.FromProps(propsOf(t, text))
		require.False(t, ok, text)
	}
	// Properties without bytes are as good as none.
	v, ok := rule.FromProps(propsOf(t, `{"65eb001f":"y","65ec001f":"x","0e990102":"","0e9a0102":""}`))
	require.True(t, ok)
	require.Empty(t, v.Findings)
	require.Equal(t, `"x": every message → nothing`, v.String())
	v, ok = rule.FromProps(propsOf(t, `{"6682001f":"x"}`))
	require.True(t, ok)
	require.Nil(t, v.MovesTo())
	v.MarkHidden(shownHidden)
	require.Equal(t, `"x": every message → nothing`, v.String())
}

func TestState(t *testing.T) {
	for _, c := range []struct {
		state     rule.State
		text      string
		runs, oof bool
	}{
		{0, "0", false, false},
		{0x1, "ST_ENABLED", true, true},
		{0x2, "ST_ERROR", false, false},
		{0xD, "ST_ENABLED | ST_ONLY_WHEN_OOF | ST_KEEP_OOF_HIST", false, true},
		{0x108, "ST_KEEP_OOF_HIST | only when OOF, extended", false, true},
		{0x80000108, "ST_KEEP_OOF_HIST | only when OOF, extended | ST_CLEAR_OOF_HIST", false, true},
		{0x40000001, "ST_ENABLED | temporarily disabled", false, false},
		{0x200, "0x200", false, false},
		{0x71, "ST_ENABLED | ST_EXIT_LEVEL | ST_SKIP_IF_SCL_IS_SAFE | ST_RULE_PARSE_ERROR", true, true},
	} {
		require.Equal(t, c.text, c.state.String())
		require.Equal(t, c.runs, c.state.Runs(false), c.text)
		require.Equal(t, c.oof, c.state.Runs(true), c.text)
	}
	require.Equal(t, "Source(7)", rule.Source(7).String())
}

// TestPropertyIDs holds the ids of both sources to the registry.
func TestPropertyIDs(t *testing.T) {
	for _, name := range []string{"PidTagRuleId", "PidTagRuleSequence", "PidTagRuleState", "PidTagRuleUserFlags", "PidTagRuleProvider", "PidTagRuleName",
		"PidTagRuleLevel", "PidTagRuleProviderData", "PidTagRuleMessageState", "PidTagRuleMessageUserFlags", "PidTagRuleMessageProvider", "PidTagRuleMessageName",
		"PidTagRuleMessageLevel", "PidTagRuleMessageProviderData", "PidTagRuleMessageSequence"} {
		tag, ok := mapi.TagByName(name)
		require.True(t, ok, name)
		prop := mapi.Prop{Tag: tag}
		message := strings.Contains(name, "Message")
		switch tag.Type() {
		case mapi.PtypInteger32:
			prop.Value = mapi.Integer32(7)
		case mapi.PtypInteger64:
			prop.Value = mapi.Integer64(7)
		case mapi.PtypBinary:
			prop.Value = mapi.Binary{7}
		default:
			prop.Value = mapi.String("7")
		}
		seed := mapi.Prop{Tag: 0x667900FD, Value: mapi.Restriction{Raw: []byte{8, 0x1F, 0, 0x1A, 0}}}
		if message {
			seed = mapi.Prop{Tag: 0x0E9A0102, Value: mapi.Binary{0, 0}}
		}
		v, ok := rule.FromProps(mapi.Props{seed, prop})
		require.True(t, ok)
		require.Equal(t, message, v.Source == rule.FromMessage, name)
		got := []bool{v.ID == 7, v.Sequence == 7, v.State == 7, v.UserFlags == 7, v.Provider == "7", v.Name == "7", v.Level == 7, len(v.ProviderData) == 1}
		n := 0
		for _, set := range got {
			if set {
				n++
			}
		}
		require.Equal(t, 1, n, "%s: %v", name, got)
		require.Equal(t, strings.Contains(name, "State"), v.HasState)
	}
}

func inspectProps(t *testing.T, text string) []diag.Finding {
	return slices.Clone(fromJSON(t, text).Findings)
}
