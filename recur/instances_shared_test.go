package recur_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/recur"
)

// read decodes as much of a blob as there is.
func read(t *testing.T, kind, hex string) series {
	b := golden.Unhex(t, hex)
	if kind == "recur" {
		p, _ := recur.InspectPattern(b)
		return p
	}
	a, _ := recur.Inspect(b)
	return a
}

// vectorInstances are the occurrences that calendar.md names; a sequence may go on behind "…". What it refuses is an error.
var vectorInstances = map[string]string{
	"RP01": "2024-01-01 2024-01-04 2024-01-07 2024-01-10 …",
	"RP02": "2024-02-01 2024-02-02 2024-02-05 2024-02-06 2024-02-07",
	"RP03": "2024-03-10 2024-03-24 2024-04-07",
	"RP05": "2024-01-31 2024-02-29 2024-03-31 2024-04-30",
	"RP06": "2024-03-29 2024-05-31 2024-07-31",
	"RP07": "2024-02-29 2025-02-28 2026-02-28",
	"RP08": "2024-04-15 2026-04-15 2028-04-15 …",
	"RP09": "2023-01-31 2023-02-28",
	"RP10": "2024-03-11 …",
	"RP11": "recur.calendar-not-computed",
	"RP12": "recur.regenerating",
	"RP13": "2024-01-01 2024-01-02 …",
	"RP14": "recur.unknown-pattern-type",
	"RP17": "2024-03-10 2024-03-18 2024-03-24 2024-04-01",
	"AR01": "2024-03-04T09:00 2024-03-11T09:00 2024-03-18T09:00 2024-03-25T09:00",
	"AR02": "2024-03-11T10:00<2024-03-11T09:00 2024-03-18T09:00 2024-03-25T09:00",
	"AR07": "2024-03-04T09:00 2024-03-11T09:00<2024-03-11T09:00 2024-03-18T09:00<2024-03-18T09:00 2024-03-25T09:00",
	"AR09": "2024-03-11T10:00<2024-03-11T09:00 2024-03-18T09:00 2024-03-25T09:00",
	"AR10": "2024-03-04 2024-03-12<2024-03-11 2024-03-18 2024-03-25",
}

// peerInstances are the occurrences that peer-bugs.json names, or that follow from what it says.
var peerInstances = map[string]string{
	"R01-weekly-monday":          "2026-07-06T09:00 2026-07-13T09:00 …",
	"R02-monthly-day31":          "2026-01-31T09:00 2026-02-28T09:00 2026-03-31T09:00 2026-04-30T09:00",
	"R03-monthly-last-weekday":   "2026-01-30T09:00 2026-02-27T09:00 2026-03-31T09:00",
	"R04-saturday":               "2026-07-11T09:00 2026-07-18T09:00 …",
	"R05-yearly-2nd-tue-nov":     "2026-11-10T09:00 2027-11-09T09:00 2028-11-14T09:00 …",
	"R06-monthend":               "2026-01-31T09:00 2026-02-28T09:00 2026-03-31T09:00 …",
	"R07-hijri-nth":              "recur.calendar-not-computed",
	"R08-cal-gregorian-us-month": "2026-01-15T09:00 2026-02-15T09:00 …",
	"R09-endtype-ffffffff":       "2026-07-06T09:00 2026-07-13T09:00 …",
	"R10-nth-minus1":             "recur.nth",
	"X03-wv2-3006-no-flags":      "2026-07-06T09:00 2026-07-08T15:00<2026-07-08T09:00 2026-07-13T09:00 2026-07-15T09:00 2026-07-20T09:00 2026-07-22T09:00",
	"X10-no-tail":                "2026-07-06T09:00 2026-07-08T15:00<2026-07-08T09:00 2026-07-13T09:00 …",
	"X11-exccount-ne-modcount":   "2026-07-06T09:00 2026-07-08T15:00<2026-07-08T09:00 2026-07-13T09:00 …",
	"X12-mod-gt-del":             "2026-07-06T09:00 2026-07-08T15:00<2026-07-08T09:00 2026-07-13T09:00 …",
	"X15-stale-tail":             "2026-07-06T09:00 2026-07-20T09:00",
	"X18-endby-not-an-occurrence": "2026-07-14T09:00 2026-08-11T09:00 2026-09-08T09:00 2026-10-13T09:00 2026-11-10T09:00 2026-12-08T09:00 " +
		"2027-01-12T09:00",
}

// short returns when the occurrences start, midnights without a time and exceptions with their original start behind <.
func short(t *testing.T, s series, most int) (string, error) {
	seq, err := s.Instances(time.Time{})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	n := 0
	for i := range seq {
		if n++; n > most {
			b.WriteString(" …")
			break
		}
		b.WriteString(" " + clock(i.Start))
		if i.Exception != nil {
			b.WriteString("<" + clock(i.OriginalStart))
		}
	}
	return strings.TrimSpace(b.String()), nil
}

func clock(r recur.RTime) string { return strings.TrimSuffix(r.String()[:16], "T00:00") }

func checkShort(t *testing.T, s series, want string) {
	t.Helper()
	got, err := short(t, s, len(words(strings.TrimSuffix(want, "…"))))
	if strings.HasPrefix(want, "recur.") {
		require.ErrorContains(t, err, "("+want+")")
		return
	}
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestCalendarVectorInstances(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(golden.Shared(t, "vectors/calendar.jsonl")))
	lines.Buffer(nil, 1<<24)
	n := 0
	for lines.Scan() {
		var v calendarVector
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		if want, ok := vectorInstances[v.ID]; ok {
			n++
			t.Run(v.ID, func(t *testing.T) { checkShort(t, read(t, v.Kind, v.Hex), want) })
		}
	}
	require.NoError(t, lines.Err())
	require.Equal(t, len(vectorInstances), n)
}

func TestPeerBugInstances(t *testing.T) {
	all := peerVectors(t)
	for id, want := range peerInstances {
		t.Run(id, func(t *testing.T) {
			require.NotEmpty(t, all[id].Hex)
			checkShort(t, read(t, "apptrecur", all[id].Hex), want)
		})
	}
	// 600 days are deleted, and none of them occurs.
	checkShort(t, read(t, "apptrecur", all["X13-600-deletions"].Hex), "2021-08-23T09:00 2021-08-24T09:00 …")
	// A task is on for the day.
	checkShort(t, read(t, "recur", all["X16-task-pattern-only"].Hex), "2026-07-06 2026-07-13 2026-07-20 2026-07-27 2026-08-03")
}

// TestCorpusInstances: series that Outlook wrote, some of them with EndDate on a day on which nothing occurs, or with all of
// their days deleted.
func TestCorpusInstances(t *testing.T) {
	for name, want := range map[string]string{
		"APPOINTMENTRECURRENCEPATTERN-3": "2010-04-01T15:00<2010-04-01T15:00 2010-04-15T15:00<2010-04-15T15:00 2010-05-26T15:00<2010-05-27T15:00 " +
			"2010-06-10T15:00<2010-06-10T15:00 2010-08-05T15:00<2010-08-05T15:00",
		"RECURRENCEPATTERN-3": "2010-04-01 2010-04-15 2010-05-26 2010-06-10 2010-08-05",
	} {
		kind := "apptrecur"
		if strings.HasPrefix(name, "REC") {
			kind = "recur"
		}
		checkShort(t, read(t, kind, string(golden.Shared(t, "corpus/mfcmapi/In/"+name+".dat"))), want)
	}
	var last recur.Instance
	seq, err := read(t, "apptrecur", string(golden.Shared(t, "corpus/mfcmapi/In/APPOINTMENTRECURRENCEPATTERN-1.dat"))).Instances(time.Time{})
	require.NoError(t, err)
	for last = range seq {
	}
	require.Equal(t, at(t, "2011-06-23T14:30"), last.Start)

	// What the messages say of their first occurrence, beside the blob.
	lines := bufio.NewScanner(bytes.NewReader(golden.Shared(t, "corpus/blobs.jsonl")))
	lines.Buffer(nil, 1<<24)
	n := 0
	for lines.Scan() {
		var v struct {
			Kind, Hex, Source string
			Context           struct {
				CommonStart, CommonEnd time.Time
				AllDay                 bool
			}
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		if v.Kind != "apptrecur" || v.Context.CommonStart.IsZero() {
			continue
		}
		n++
		seq, err := read(t, v.Kind, v.Hex).Instances(time.Time{})
		require.NoError(t, err)
		tokyo := time.FixedZone("", 9*3600) // all of them are from there
		for i := range seq {
			if i.Exception != nil { // PidLidAppointmentStartWhole is about the pattern's first day
				continue
			}
			require.Equal(t, v.Context.AllDay, i.AllDay(), v.Source)
			if !strings.Contains(v.Source, "chgs1") {
				require.True(t, v.Context.CommonStart.Equal(i.Start.In(tokyo)), v.Source)
				require.True(t, v.Context.CommonEnd.Equal(i.End.In(tokyo)), v.Source)
			}
			break
		}
	}
	require.NoError(t, lines.Err())
	require.GreaterOrEqual(t, n, 4)
}
