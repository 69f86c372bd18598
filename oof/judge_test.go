package oof_test

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/oof"
)

// many yields items of a mailbox: n messages of several classes between those of the seed, each with a body that is large.
func many(n int, own []*mapi.Item) iter.Seq[*mapi.Item] {
	body := mapi.String(strings.Repeat("x", 1000))
	return func(yield func(*mapi.Item) bool) {
		for i := range n {
			item := &mapi.Item{Source: "mailbox", Path: fmt.Sprintf("message %d", i), Folder: fmt.Sprintf("Folder %d", i%1000), Props: mapi.Props{
				{Tag: 0x001A001F, Value: mapi.String("IPM.Note")}, {Tag: 0x1000001F, Value: body}, {Tag: 0x0FFF0102, Value: mapi.Binary(messageID(byte(i)))}}}
			switch i % 10 {
			case 1: // a reply of somebody else
				item.Props[0].Value = mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")
				item.Props = append(item.Props, mapi.Prop{Tag: 0x0E070003, Value: mapi.Integer32(1)})
			case 2:
				item.Props[0].Value = mapi.String("IPM.Appointment")
			case 3:
				item.Associated = true
				item.Props[0].Value = mapi.String("IPM.Configuration.x")
			}
			if !yield(item) {
				return
			}
			if i%(n/len(own)+1) == 0 && !yield(own[i/(n/len(own)+1)]) {
				return
			}
		}
	}
}

// TestMany judges 100 000 items in one pass, and keeps nothing of those that are not about replies.
func TestMany(t *testing.T) {
	var b box
	seed(&b)
	var own []*mapi.Item
	for item := range items(t, readersOf(t, &b)...) {
		own = append(own, item)
	}
	want := oof.Judge(slices.Values(own), noon)
	took := map[int]time.Duration{}
	for _, n := range []int{10_000, 100_000} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		v := oof.Judge(many(n, own), noon)
		took[n] = time.Since(start)
		runtime.GC()
		runtime.ReadMemStats(&after)
		require.Equal(t, n+len(own), v.Seen.Items)
		require.Equal(t, want.Sends.Internal[0].Text, v.Sends.Internal[0].Text)
		require.LessOrEqual(t, len(v.Items), len(want.Items)+5, "a few of the replies, and nothing else")
		require.Len(t, v.Seen.Folders, 20)
		require.True(t, v.Seen.MoreFolders)
		require.Contains(t, outcome(v), "reply-not-template/high")
		if !underRace {
			require.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(1<<20), "what is kept of %d items", n)
		}
		runtime.KeepAlive(v)
	}
	t.Logf("10 000 items in %v, 100 000 in %v", took[10_000], took[100_000])
	require.Less(t, took[100_000], 60*took[10_000]+time.Second, "is not in proportion")
}

// TestManyTemplates is a mailbox of templates and rules and nothing else, all of them wrong.
func TestManyTemplates(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 20_000
	rules := [][]byte{replyWith(mapi.ProfileExtended, nil, 1), replyWith(mapi.ProfileExtended, nil, '0')}
	all := func(yield func(*mapi.Item) bool) {
		for i := range n {
			id := mapi.Binary(fmt.Sprintf("%016d", i/2*2)) // each twice
			if !yield(&mapi.Item{Path: fmt.Sprint(i), Associated: true, Props: mapi.Props{{Tag: 0x001A001F, Value: mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")},
				{Tag: 0x65C20102, Value: id}, {Tag: 0x1000001F, Value: mapi.String("B")}}}) {
				return
			}
			if !yield(&mapi.Item{Path: fmt.Sprint(i), Associated: true, Props: mapi.Props{{Tag: 0x001A001F, Value: mapi.String("IPM.ExtendedRule.Message")},
				{Tag: 0x65EB001F, Value: mapi.String(legacy)}, {Tag: 0x65E90003, Value: mapi.Integer32(13)}, {Tag: 0x0E990102, Value: mapi.Binary(rules[i%2])}}}) {
				return
			}
		}
	}
	start := time.Now()
	v := oof.Judge(all, noon)
	require.Less(t, time.Since(start), 10*time.Second)
	require.Len(t, v.Items, 2*n)
	b, err := v.MarshalJSON()
	require.NoError(t, err)
	require.Less(t, len(b), 200<<20)
}

// TestConflict reads what the seed's mailbox is told.
func TestConflict(t *testing.T) {
	var b box
	seed(&b)
	b.log(logRecord("A", false), logRecord("B", true), logRecord("A", false))
	v := b.judgeJSON(t, noon)
	var dup, log oof.Finding
	for _, f := range v.Findings {
		switch f.Code {
		case oof.TemplateDuplicate:
			dup = f
		case oof.LogPresent:
			log = f
		}
	}
	require.Equal(t, "2 templates are for internal senders beside the settings, which are the master: associated message 2 is what Exchange made of the settings; "+
		"associated message 3 comes from another client, such as a BlackBerry or Outlook 2003, and loses: what it says is not what counts", dup.Msg)
	require.Contains(t, dup.Effect, "for a few minutes")
	require.Contains(t, dup.Repair, "Outlook on the web")
	require.Equal(t, "KB15155 of Research In Motion", dup.Ref)
	require.Contains(t, log.Msg, "a legacy client wrote 1 of them, and was overridden each time: the first was \"B\"")
	require.Len(t, v.Advice, 2)
	require.Equal(t, "live: an active rule names it", v.Items[2].Status)
	require.Equal(t, "never sent: no rule names it", v.Items[3].Status)
	require.Equal(t, "master", v.Items[v.Master].Status)
	require.Empty(t, v.Missing)
	require.LessOrEqual(t, v.Max(), v.Findings[1].Severity)
}

// TestMissing: what was not in the dump is said, and nothing is concluded from it.
func TestMissing(t *testing.T) {
	v := oof.Judge(slices.Values([]*mapi.Item{}), time.Time{})
	require.Len(t, v.Missing, 5)
	require.Contains(t, v.Missing[0], "no time was given")
	require.Equal(t, oof.Unknown, v.State.Effective)
	var b box
	b.settings(set(oof.Enabled, oof.AudienceAll, "A", "X"))
	v = b.judgeXML(t, noon)
	require.Len(t, v.Missing, 3)
}

// A mailbox with the conflict of Exchange 2007: the settings, and a template that a BlackBerry wrote.
func ExampleJudge() {
	message := func(class, body string) mapi.Props {
		return mapi.Props{{Tag: mapi.PidTagMessageClass, Value: mapi.String(class)}, {Tag: mapi.PidTagBody, Value: mapi.String(body)}}
	}
	mailbox := []*mapi.Item{
		{Path: "settings", Props: message("IPM.Microsoft.OOF.UserOofSettings", `<?xml version="1.0" encoding="utf-16"?><UserOofSettings><OofState>Enabled</OofState>`+
			`<ExternalAudience>None</ExternalAudience><InternalReply><Message>&lt;p&gt;In Oslo&lt;/p&gt;</Message></InternalReply><ExternalReply/></UserOofSettings>`)},
		{Path: "template 1", Associated: true, Props: message("IPM.Note.Rules.OofTemplate.Microsoft", "In Oslo")},
		{Path: "template 2", Associated: true, Props: message("IPM.Note.Rules.OofTemplate.Microsoft", "In Rome")},
	}
	v := oof.Judge(slices.Values(mailbox), time.Date(2008, 7, 8, 12, 0, 0, 0, time.UTC))
	fmt.Println(v.Model, v.State.Effective, v.Items[v.Master].Path)
	fmt.Println(v.Sends.Internal[0].Text, v.Sends.Internal[0].Confidence)
	for _, f := range v.Findings {
		if f.Code == oof.TemplateForeign {
			fmt.Println(f.Path, f.Confidence)
		}
	}
	// Output:
	// modern on settings
	// In Oslo low
	// template 2 medium
}
