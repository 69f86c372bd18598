package cfbfs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
	"github.com/mapiprop/mapiprop/tzdef"
)

// readMsg returns every record of a .msg file.
func readMsg(t *testing.T, path string) (recs []dump.Record, errs []error, err error) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	f, err := New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, nil, err
	}
	r, err := msg.Open(f, filepath.Base(path), 0)
	if err != nil {
		return nil, nil, err
	}
	for rec, err := range r.Records() {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		recs = append(recs, rec)
	}
	return recs, errs, nil
}

// Every .msg of the corpus is read, and no healthy one has a finding beyond Warning.
func TestCorpusMessages(t *testing.T) {
	total := map[diag.Code]int{}
	for _, p := range corpus(t) {
		name := filepath.Base(p)
		recs, errs, err := readMsg(t, p)
		if strings.HasPrefix(name, "clusterfuzz") {
			t.Logf("%s: %d records, errors %v, %v", name, len(recs), errs, err)
			require.True(t, err != nil || len(recs) > 0)
			continue
		}
		require.NoError(t, err, name)
		require.Empty(t, errs, name)
		require.NotEmpty(t, recs, name)
		for _, r := range recs {
			for _, f := range r.Findings {
				total[f.Code]++
				if f.Severity >= diag.Warning {
					t.Logf("%s %s %s %s: %v", name, r.Item, r.Prop.Tag, f.Severity, f)
				}
				require.Less(t, f.Severity, diag.Error, "%s %s %s: %v", name, r.Item, r.Prop.Tag, f)
			}
			if r.Prop.Value != nil {
				b, err := r.Prop.Value.AppendBinary(nil)
				require.NoError(t, err)
				require.True(t, bytes.Equal(r.Raw, b), "%s %s %s", name, r.Item, r.Prop.Tag)
			}
		}
	}
	t.Log(total)
}

// item is one object, put together from records.
type item struct {
	props                   mapi.Props
	recipients, attachments map[string]bool
}

func rootItem(recs []dump.Record) item {
	it := item{recipients: map[string]bool{}, attachments: map[string]bool{}}
	for _, r := range recs {
		inner, ok := strings.CutPrefix(r.Item, "message/")
		switch {
		case !ok:
			it.props = append(it.props, r.Prop)
		case strings.Contains(inner, "/"):
		case strings.HasPrefix(inner, "recipient "):
			it.recipients[inner] = true
		case strings.HasPrefix(inner, "attachment "):
			it.attachments[inner] = true
		}
	}
	return it
}

var appointment = guid.GUID{0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

func (it item) named(lid uint32) mapi.Value {
	p, _ := it.props.ByName(mapi.PropName{Set: appointment, LID: lid})
	return p.Value
}

// scalar returns a property as the third party's JSON spells it.
func (it item) scalar(key string) (any, bool) {
	ids := map[string]mapi.PropID{"subject": 0x0037, "messageClass": 0x001A, "creationTime": 0x3007, "lastModificationTime": 0x3008,
		"clientSubmitTime": 0x0039, "messageDeliveryTime": 0x0E06, "messageLocaleId": 0x3FF1, "internetCodepage": 0x3FDE,
		"messageFlags": 0x0E07, "conversationTopic": 0x0070, "normalizedSubject": 0x0E1D, "body": 0x1000, "senderName": 0x0C1A}
	lids := map[string]uint32{"apptStartWhole": 0x820D, "apptEndWhole": 0x820E, "clipStart": 0x8235, "clipEnd": 0x8236,
		"timeZoneDesc": 0x8234, "apptLocation": 0x8208}
	var v mapi.Value
	if id, ok := ids[key]; ok {
		p, _ := it.props.LookupID(id)
		v = p.Value
	} else if lid, ok := lids[key]; ok {
		v = it.named(lid)
	} else {
		return nil, false
	}
	switch v := v.(type) {
	case nil:
		return nil, true
	case mapi.Time:
		at, _ := v.FileTime().Time()
		return at.Format(time.RFC1123)[:26] + "GMT", true
	case mapi.Integer32:
		return float64(v), true
	}
	return v.String(), true
}

// Where another program's reading of the same file is on the shelf, ours is the same.
func TestCorpusJSON(t *testing.T) {
	files, compared := 0, 0
	for _, p := range corpus(t) {
		side := strings.Replace(strings.TrimSuffix(p, ".msg")+".json", filepath.Join("corpus", "msg"), filepath.Join("corpus", "json"), 1)
		b, err := os.ReadFile(side)
		if err != nil {
			continue
		}
		files++
		var want map[string]any
		require.NoError(t, json.Unmarshal(b, &want))
		recs, _, err := readMsg(t, p)
		require.NoError(t, err)
		it := rootItem(recs)
		require.Len(t, it.recipients, len(want["recipients"].([]any)), p)
		require.Len(t, it.attachments, len(want["attachments"].([]any)), p)
		for key, value := range want {
			got, ok := it.scalar(key)
			if !ok {
				continue
			}
			require.Equal(t, value, got, "%s %s", p, key)
			compared++
		}
		compared += 2 + zones(t, p, it, want)
	}
	t.Logf("%d values of %d files agree", compared, files)
	require.Greater(t, compared, 100)
}

// zones compares the time zones of an appointment.
func zones(t *testing.T, p string, it item, want map[string]any) (compared int) {
	t.Helper()
	for key, lid := range map[string]uint32{"apptTZDefStartDisplay": 0x825E, "apptTZDefEndDisplay": 0x825F, "apptTZDefRecur": 0x8260} {
		value, ok := want[key].(map[string]any)
		if !ok {
			continue
		}
		blob, ok := it.named(lid).(mapi.Binary)
		require.True(t, ok, "%s %s", p, key)
		d, err := tzdef.Decode(blob)
		require.NoError(t, err, "%s %s", p, key)
		got := map[string]any{"keyName": d.KeyName}
		var rules []any
		for _, r := range d.Rules {
			rules = append(rules, map[string]any{"flags": float64(r.Flags), "start": fmt.Sprintf("Mon, 01 Jan %04d 00:00:00 GMT", r.Year),
				"bias": float64(r.Bias), "standardBias": float64(r.StandardBias), "daylightBias": float64(r.DaylightBias),
				"standardDate": date(r.StandardDate), "daylightDate": date(r.DaylightDate)})
		}
		got["rules"] = rules
		require.Empty(t, cmp.Diff(value, got), "%s %s", p, key)
		compared++
	}
	if value, ok := want["timeZoneStruct"].(map[string]any); ok {
		blob, ok := it.named(0x8233).(mapi.Binary)
		require.True(t, ok)
		s, err := tzdef.DecodeStruct(blob)
		require.NoError(t, err)
		got := map[string]any{"bias": float64(s.Bias), "standardBias": float64(s.StandardBias), "daylightBias": float64(s.DaylightBias),
			"standardYear": float64(s.StandardYear), "standardDate": date(s.StandardDate),
			"daylightYear": float64(s.DaylightYear), "daylightDate": date(s.DaylightDate)}
		require.Empty(t, cmp.Diff(value, got), p)
		compared++
	}
	return compared
}

func date(d tzdef.SystemTime) map[string]any {
	return map[string]any{"year": float64(d.Year), "month": float64(d.Month), "dayOfWeek": float64(d.DayOfWeek), "day": float64(d.Day),
		"hour": float64(d.Hour), "minute": float64(d.Minute)}
}

// Cut or damaged, a real file gives what can be read and never a panic, in memory that the file bounds.
func TestCorpusDamaged(t *testing.T) {
	files := corpus(t)
	b, err := os.ReadFile(files[len(files)/2])
	require.NoError(t, err)
	for n := 0; n < len(b); n += 509 {
		damaged := bytes.Clone(b)
		for i := n; i < min(n+16, len(b)); i++ {
			damaged[i] ^= 0x5A
		}
		for _, data := range [][]byte{b[:n], damaged} {
			f, err := New(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				continue
			}
			r, err := msg.Open(f, "", 0)
			if err != nil {
				continue
			}
			shown := 0
			for rec := range r.Records() {
				shown += len(rec.Raw)
			}
			require.Less(t, shown, math.MaxInt32)
			require.LessOrEqual(t, shown, 5*len(data)+1<<17)
		}
	}
}
