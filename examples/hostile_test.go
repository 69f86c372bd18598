package examples_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rtf"
	"github.com/mapiprop/mapiprop/oof/rule"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// The hostile blobs: what they claim is far beyond what they hold.
const (
	claimsRules = "\x02\x01\x06\x00\x02\x00\x00\x00\xff\xff" // cRules 65535, and nothing behind it
	claimsName  = "\x02\x01\x06\x00\x02\x00\xff\xff"         // cchKeyName 65535, and nothing behind it
	// A daily pattern with a DeletedInstanceCount of 2^32-1, and nothing behind it.
	claimsDates = "\x04\x30\x04\x30\x0a\x20\x00\x00\x00\x00\x00\x00\x00\x00\xa0\x05\x00\x00\x00\x00\x00\x00" +
		"\x23\x20\x00\x00\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff"
	claimsRestrictions = "\x00\x00\x00\xff\xff\xff\xff" // all of 2^32-1 restrictions, and none behind it
	// RTF of 2^32-1 bytes in 2^32-1, and nothing behind the header.
	claimsRTF = "\xff\xff\xff\xff\xff\xff\xff\xffLZFu\x00\x00\x00\x00"
)

// exceptions is a series with 65535 exceptions, all of zeros, of which none can be right.
func exceptions(b *testing.B) []byte {
	a := recur.NewAppointment(recur.NewDaily(223678080, 1), 540, 600)
	a.Exceptions = make([]recur.Exception, 65535)
	blob, err := a.MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	return blob
}

// BenchmarkHostile measures the table of README's "Hostile input".
func BenchmarkHostile(b *testing.B) {
	decode := func(blob string) func() bool {
		return func() bool { _, err := tzdef.Decode([]byte(blob)); return err != nil }
	}
	inspect := func(blob string) func() bool {
		return func() bool { _, r := tzdef.Inspect([]byte(blob)); return r.Err() != nil }
	}
	zeros := exceptions(b)
	far := recur.NewMonthlyNth(223678080, 1, recur.Last, recur.Workdays)
	far.EndType, far.OccurrenceCount = recur.EndAfterCount, 1<<32-1
	read := func(open func() dump.Reader) func() bool {
		return func() bool {
			said := false
			for rec, err := range open().Records() {
				said = said || err != nil || len(rec.Findings) > 0
			}
			return said
		}
	}
	export := func(text string) func() bool {
		return read(func() dump.Reader { return mfcmapi.NewReader(strings.NewReader(text), "", 0) })
	}
	ones, braces := bytes.Repeat([]byte{0xFF}, 1<<20), bytes.Repeat([]byte("{"), 1e6)
	backslashes := strings.Repeat(`\`, 1<<20)
	reply := "<UserOofSettings><InternalReply><Message>" + strings.Repeat("x", 100e6) + "</Message></InternalReply><ExternalReply/></UserOofSettings>"
	ampersands := "<UserOofSettings><OofState>" + strings.Repeat("&", 1<<20)
	templates := slices.Repeat([]*mapi.Item{{Associated: true, Class: "IPM.Note.Rules.OofTemplate.Microsoft"}}, 1e5)
	deep := bytes.Repeat([]byte{byte(rule.TypeNot)}, 100_000)
	broken := append([]byte{0xFF, 0xFF}, bytes.Repeat([]byte("\x09\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00"), 65535)...) // moves without a folder
	line := func(text string) func() bool {
		return read(func() dump.Reader { return lines.NewReader(strings.NewReader(text), "", lines.Any) })
	}
	for _, h := range []struct {
		name string
		size int
		run  func() bool // whether something was said about it
	}{
		{"Decode/65535-rules", len(claimsRules), decode(claimsRules)},
		{"Decode/65535-units", len(claimsName), decode(claimsName)},
		{"Inspect/65535-rules", len(claimsRules), inspect(claimsRules)},
		{"Inspect/1MB-of-FF", 1 << 20, inspect(strings.Repeat("\xff", 1<<20))},
		{"recur.Decode/2^32-1-dates", len(claimsDates), func() bool { _, err := recur.Decode([]byte(claimsDates)); return err != nil }},
		{"recur.Inspect/65535-exceptions", len(zeros), func() bool { _, r := recur.Inspect(zeros); return r.Max() > 0 }},
		{"recur.Instances/year-9000", 0, func() bool {
			all, err := far.Instances(time.Date(9000, time.January, 1, 0, 0, 0, 0, time.UTC))
			if err != nil {
				return false
			}
			for i := range all {
				year, _, _ := i.Start.Date()
				return year == 9000
			}
			return false
		}},
		{"rule.DecodeCondition/2^32-1-restrictions", len(claimsRestrictions), func() bool {
			_, err := rule.DecodeCondition([]byte(claimsRestrictions), mapi.ProfileExtended)
			return err != nil
		}},
		{"rule.InspectCondition/100000-deep", len(deep), func() bool { _, r := rule.InspectCondition(deep, mapi.ProfileROP); return r.Err() != nil }},
		{"rule.InspectAction/65535-broken", len(broken), func() bool { _, r := rule.InspectAction(broken, mapi.ProfileROP); return r.Err() != nil }},
		{"rtf.Decompress/4GB-claimed", len(claimsRTF), func() bool { _, err := rtf.Decompress(nil, []byte(claimsRTF)); return err != nil }},
		{"rtf.Inspect/1MB-of-FF", 1 << 20, func() bool { _, r := rtf.Inspect(ones); return r.Err() != nil }},
		{"rtf.Deencapsulate/1e6-groups", 1e6, func() bool { _, found := rtf.Deencapsulate(braces); return len(found) > 0 }},
		{"oof.DecodeSettings/100MB-reply", len(reply), func() bool { _, err := oof.DecodeSettings(reply); return err == nil }},
		{"oof.DecodeSettings/1MB-ampersands", 1 << 20, func() bool { _, err := oof.DecodeSettings(ampersands); return err != nil }},
		{"oof.Judge/1e5-templates", 0, func() bool { return len(oof.Judge(slices.Values(templates), time.Time{}).Findings) > 0 }},
		{"guid/1MB-backslashes", 1 << 20, func() bool { return len(guid.Detect(backslashes)) == 0 }},
		{"mfcmapi/1e6-nested", 1e6 * len("<property>"), export(strings.Repeat("<property>", 1e6))},
		{"mfcmapi/16MB-value", 16 << 20, export(`<property tag="0x80380102"><Value>` + strings.Repeat("0", 16<<20))},
		{"lines/4GB-claimed", 0, line("cb: 4294967295 lpb: 00")},
	} {
		b.Run(h.name, func(b *testing.B) {
			b.SetBytes(int64(h.size))
			b.ReportAllocs()
			for b.Loop() {
				if !h.run() {
					b.Fatal("nothing was said about it")
				}
			}
		})
	}
}
