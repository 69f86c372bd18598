package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shared returns a path on the reference shelf that stands beside the project where it is built; without the shelf the
// test is skipped.
func shared(t *testing.T, elem ...string) string {
	t.Helper()
	p := filepath.Join(append([]string{"..", "..", "..", "shared"}, elem...)...)
	matches, _ := filepath.Glob(p)
	if len(matches) == 0 {
		t.Skipf("%s is not here", p)
	}
	return matches[0]
}

// TestSeed runs on the blog text the project was born from: the fragment in it says less than it seems to, and what is
// worked out is kept apart from what is there.
func TestSeed(t *testing.T) {
	seed := shared(t, "seeds", "001_*.txt")
	out, _, status := runWith("", "inspect", "-out", "json", seed)
	require.Equal(t, exitFinding, status)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 2)
	type finding struct{ Severity, Code, Message, Effect string }
	var zone struct {
		Line                      int
		Tag, Canonical, Kind, Raw string
		Findings                  []finding
		Inferred                  struct {
			Raw   string
			Value struct {
				KeyName string
				Rules   []struct{ Year, Bias int }
			}
			Findings []finding
		}
	}
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &zone))
	require.Equal(t, "0x80380102", zone.Tag)
	require.Equal(t, "PidLidAppointmentTimeZoneDefinitionStartDisplay", zone.Canonical)
	require.Equal(t, "tzdef", zone.Kind)
	require.Equal(t, 302, zone.Line)
	require.Equal(t, strings.Repeat("00", 39), zone.Raw, "the evidence is what is there, zeros and all")
	has := func(of []finding, severity, code string, words ...string) finding {
		t.Helper()
		for _, f := range of {
			if f.Code != code {
				continue
			}
			require.Equal(t, severity, f.Severity, code)
			for _, w := range words {
				require.Contains(t, f.Message, w)
			}
			return f
		}
		t.Fatalf("no %s in %+v", code, of)
		return finding{}
	}
	has(zone.Findings, "error", "mfcmapi.length-mismatch", "76", "39")
	has(zone.Findings, "error", "mfcmapi.alt-contradicts", "12=0x3E", "16=0x41", "32=0xF0")
	has(zone.Findings, "error", "mfcmapi.unterminated")
	has(zone.Findings, "info", "mfcmapi.inferred-value", "no evidence")
	require.Equal(t, "0201060002000000010002013e00020041060000000000000000000000000000f0000000"+strings.Repeat("00", 40), zone.Inferred.Raw)
	require.Equal(t, "", zone.Inferred.Value.KeyName)
	require.Equal(t, 1601, zone.Inferred.Value.Rules[0].Year)
	require.Equal(t, 240, zone.Inferred.Value.Rules[0].Bias)
	crash := has(zone.Inferred.Findings, "warning", "tzdef.empty-key-name")
	require.Contains(t, crash.Effect, "KB 2553248")

	var glued struct {
		Tag, Type, Raw, Value string
		Findings              []finding
	}
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &glued))
	require.Equal(t, "PtypTime", glued.Type)
	require.Equal(t, "00c0e41fd82acd01", glued.Raw)
	require.Equal(t, "2012-05-05T16:00:00Z", glued.Value)
	has(glued.Findings, "warning", "mfcmapi.anonymous", "inferred")
}

// TestSeedLog finds the one log line in the same text, and not the quotation of its GUID in the prose below.
func TestSeedLog(t *testing.T) {
	seed := shared(t, "seeds", "001_*.txt")
	out, _, status := runWith("", "guid", "-log", "-out", "json", seed)
	require.Equal(t, exitOK, status)
	var rec struct {
		Line             int
		Time             string
		GUID             struct{ Registry, ADSI string }
		LegacyExchangeDN string
	}
	require.NoError(t, json.Unmarshal([]byte(out), &rec), "exactly one line")
	require.Equal(t, 352, rec.Line)
	require.Equal(t, "14:13:08", rec.Time)
	require.Equal(t, "{66960343-B15D-443B-8199-1F9143325B37}", rec.GUID.Registry)
	require.Equal(t, "43 03 96 66 5D B1 3B 44 81 99 1F 91 43 32 5B 37", rec.GUID.ADSI)
	require.Equal(t, "/O=ORGNIZATION/OU=SITE/CN=RECIPIENTS/CN=USER", rec.LegacyExchangeDN)
}

// TestSmartViewOfMFCMAPI compares with the texts of MFCMAPI's own tests, byte for byte.
func TestSmartViewOfMFCMAPI(t *testing.T) {
	in := shared(t, "corpus", "mfcmapi", "In")
	for name, kind := range map[string]string{"TIMEZONE-1": "tzstruct", "TIMEZONEDEFINITION-1": "tzdef", "GLOBALOBJECTID-1": "goid",
		"RECURRENCEPATTERN-1": "recur", "RECURRENCEPATTERN-3": "recur",
		"APPOINTMENTRECURRENCEPATTERN-1": "apptrecur", "APPOINTMENTRECURRENCEPATTERN-3": "apptrecur"} {
		i := strings.LastIndexByte(name, '-')
		want, err := os.ReadFile(filepath.Join(in, "..", "Out", name[:i]+"-out"+name[i:]+".dat"))
		require.NoError(t, err)
		got, _, status := runWith("", "decode", kind, "-out", "smartview", filepath.Join(in, name+".dat"))
		require.Equal(t, exitOK, status)
		require.Equal(t, string(want), got, name)
	}
}
