package main

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"

	smallblob "github.com/mapiprop/mapiprop/mapi/blob"
)

// smallLines says in a few lines what a structure of package mapi/blob says.
func smallLines(b *blob) []string {
	switch v := b.value.(type) {
	case *smallblob.ConversationIndex:
		return conversationLines(v, b.has)
	case *smallblob.XID:
		return labelled("number", xidText(v))
	case *smallblob.PredecessorChangeList:
		lines := make([]string, 0, len(v.Changes)+1)
		for i := range v.Changes {
			lines = append(lines, labelled("change", xidText(&v.Changes[i]))...)
		}
		return orNone(lines, "no changes")
	case *smallblob.FlatEntryList:
		lines := make([]string, 0, len(v.Entries)+1)
		for i := range v.Entries {
			lines = append(lines, labelled(fmt.Sprintf("entry %d", i+1), bytesText(v.Entries[i].EntryID))...)
		}
		return orNone(lines, "no entry ids")
	}
	return []string{fmt.Sprintf("%T", b.value)}
}

// labelled returns a line with a label, "" for a value that says nothing.
func labelled(label, text string) []string { return []string{fmt.Sprintf("%-9s %s", label, text)} }

func orNone(lines []string, none string) []string {
	if len(lines) == 0 {
		return []string{none}
	}
	return lines
}

// bytesText returns how many bytes there are, and the first of them.
func bytesText(b []byte) string {
	const most = 24
	text := strings.ToUpper(hex.EncodeToString(b[:min(len(b), most)]))
	if len(b) > most {
		text += "…"
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s", count(len(b), "byte"), text))
}

func conversationLines(v *smallblob.ConversationIndex, read func(path string) bool) []string {
	var lines []string
	times := v.Times()
	switch {
	case len(times) > 0:
		lines = labelled("began", times[0].String())
	case read("CurrentFILETIME"):
		lines = labelled("began", "not known")
	default:
		return labelled("began", "not read")
	}
	if read("GUID") {
		lines = append(lines, labelled("guid", v.GUID.String())...)
	}
	for i, l := range v.ResponseLevels {
		text := laterText(l.Elapsed())
		if len(times) > 0 {
			// Not what Elapsed says: it has lost the years before a header of Exchange.
			between := time.Duration(min(times[i+1]-times[i], math.MaxInt64/100)) * 100
			text = fmt.Sprintf("%v, %s", times[i+1], laterText(between))
		}
		lines = append(lines, labelled(fmt.Sprintf("reply %d", i+1), text)...)
	}
	return lines
}

func laterText(d time.Duration) string { return d.Round(10*time.Millisecond).String() + " later" }

func xidText(x *smallblob.XID) string {
	if n, ok := x.Counter(); ok {
		return fmt.Sprintf("%d of %v", n, x.NamespaceGUID)
	}
	return strings.TrimSpace(fmt.Sprintf("%s of %v", strings.ToUpper(hex.EncodeToString(x.LocalID)), x.NamespaceGUID))
}
