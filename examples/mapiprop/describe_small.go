package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	smallblob "github.com/mapiprop/mapiprop/mapi/blob"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/mapi/security"
)

// smallLines says in a few lines what a structure of package mapi/blob says.
func smallLines(b *blob) []string {
	switch v := b.value.(type) {
	case *smallblob.ConversationIndex:
		return conversationLines(v, b.has)
	case *smallblob.XID:
		if b.report.Max() == diag.Fatal {
			return labelled("number", "not read")
		}
		return labelled("number", xidText(v))
	case *smallblob.PredecessorChangeList:
		lines := make([]string, 0, len(v.Changes)+1)
		for i := range v.Changes {
			lines = append(lines, labelled("change", xidText(&v.Changes[i]))...)
		}
		return b.orNone(lines, "no changes")
	case *smallblob.FlatEntryList:
		lines := make([]string, 0, len(v.Entries)+1)
		for i := range v.Entries {
			lines = append(lines, labelled(fmt.Sprintf("entry %d", i+1), idText(v.Entries[i].EntryID, b.codePage))...)
		}
		return b.orNone(lines, "no entry ids")
	}
	return folderLines(b)
}

// folderLines is smallLines for those that are about folders, or that name entry ids.
func folderLines(b *blob) []string {
	switch v := b.value.(type) {
	case *smallblob.VerbStream:
		return b.orNone(verbLines(v, b.ansi()), "no answers")
	case *smallblob.ReportTag:
		return b.orNone(reportLines(v, b.ansi()), "says nothing")
	case *smallblob.AdditionalRenEntryIDs:
		return b.orNone(renLines(v), "no folders")
	case *smallblob.ExtendedFolderFlags:
		lines := make([]string, 0, len(v.SubProperties)+1)
		for _, s := range v.SubProperties {
			lines = append(lines, strings.TrimSpace(s.ID.String()+" "+s.String()))
		}
		return b.orNone(lines, "no flags")
	case *smallblob.WebViews:
		lines := make([]string, 0, len(v.Views)+1)
		for _, w := range v.Views {
			switch {
			case w.URL() == "":
				lines = append(lines, labelled("page", bytesText(w.Data))...)
			case w.Shown():
				lines = append(lines, labelled("page", safe(w.URL())+", shown when the folder is opened")...)
			default:
				lines = append(lines, labelled("page", safe(w.URL())+", not shown unless asked for")...)
			}
		}
		return b.orNone(lines, "no home page")
	case *smallblob.Tombstones:
		return b.orNone(tombstoneLines(v, b.ansi()), "no meetings")
	case *smallblob.PropertyDefinitions:
		return b.orNone(propDefLines(v, b.ansi()), "no fields")
	case *smallblob.SwappedToDo:
		return b.orNone(todoLines(v, b.report.Max() == diag.Fatal), "nothing is meant")
	case *smallblob.NicknameCache:
		return b.orNone(nicknameLines(v, b.ansi(), b.has), "nothing was read")
	case *security.SID:
		if b.report.Max() == diag.Fatal {
			return labelled("account", "not read")
		}
		return labelled("account", sidText(v))
	case *security.Descriptor:
		return b.orNone(descriptorLines(v), "says nothing")
	}
	return []string{fmt.Sprintf("%T", b.value)}
}

// labelled returns a line with a label, "" for a value that says nothing.
func labelled(label, text string) []string { return []string{fmt.Sprintf("%-9s %s", label, text)} }

// orNone returns lines, or the one that says that there is nothing, unless there may be something that was not read.
func (b *blob) orNone(lines []string, none string) []string {
	switch {
	case len(lines) > 0:
		return lines
	case b.report.Max() >= diag.Error:
		return []string{"not read"}
	}
	return []string{none}
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

// ansiText shows 8-bit text, which is all there is of it where nobody knows its code page.
func ansiText(b []byte, ansi func([]byte) string) string {
	if ansi == nil {
		return fmt.Sprintf("%+q", b)
	}
	return safe(ansi(b))
}

func verbLines(v *smallblob.VerbStream, ansi func([]byte) string) []string {
	lines := make([]string, 0, len(v.Options)+1)
	for i := range v.Options {
		o := &v.Options[i]
		name := ansiText(o.DisplayName, ansi)
		if i < len(v.Extras) {
			name = safe(v.Extras[i].DisplayName)
		}
		label := "verb"
		if o.VerbType == 4 {
			label = "answer"
			switch o.SendBehavior {
			case 1:
				name += ", sent at once"
			case 2:
				name += ", the user is asked"
			}
		}
		lines = append(lines, labelled(label, name)...)
	}
	return lines
}

func reportLines(v *smallblob.ReportTag, ansi func([]byte) string) []string {
	var lines []string
	for _, p := range [...]struct {
		label string
		bytes []byte
	}{{"store", v.StoreEntryID}, {"folder", v.FolderEntryID}, {"message", v.MessageEntryID}, {"search", v.SearchFolderEntryID}, {"key", v.MessageSearchKey}} {
		if len(p.bytes) > 0 {
			lines = append(lines, labelled(p.label, idText(p.bytes, 0))...)
		}
	}
	if text := bytes.TrimRight(v.ANSIText, "\x00"); len(text) > 0 {
		lines = append(lines, labelled("subject", ansiText(text, ansi))...)
	}
	return lines
}

func renLines(v *smallblob.AdditionalRenEntryIDs) []string {
	lines := make([]string, 0, len(v.Folders)+1)
	for i := range v.Folders {
		p := &v.Folders[i]
		if p.PersistID == smallblob.PersistSentinel {
			continue
		}
		lines = append(lines, p.PersistID.String())
		for _, e := range p.Elements {
			if e.ElementID != smallblob.ElementSentinel {
				lines = append(lines, fmt.Sprintf("  %v %s", e.ElementID, idText(e.Data, 0)))
			}
		}
	}
	return lines
}

func tombstoneLines(v *smallblob.Tombstones, ansi func([]byte) string) []string {
	lines := make([]string, 0, 2*len(v.Records)+1)
	for i := range v.Records {
		t := &v.Records[i]
		lines = append(lines, labelled("declined", fmt.Sprintf("%v to %v, by %s", t.StartTime, t.EndTime, ansiText(t.Username, ansi)))...)
		if id, err := goid.Decode(t.GlobalObjectID); err == nil {
			lines = append(lines, labelled("  UID", safe(id.UID()))...)
		} else if len(t.GlobalObjectID) > 0 {
			lines = append(lines, labelled("  id", bytesText(t.GlobalObjectID))...)
		}
	}
	return lines
}

// sidText shows a SID, and its name where that is the same everywhere.
func sidText(s *security.SID) string {
	if name := s.Name(); name != "" {
		return s.String() + " (" + name + ")"
	}
	return s.String()
}

func descriptorLines(d *security.Descriptor) []string {
	var lines []string
	for _, p := range [...]struct {
		label string
		sid   *security.SID
	}{{"owner", d.Owner}, {"group", d.Group}} {
		if p.sid != nil {
			lines = append(lines, labelled(p.label, sidText(p.sid))...)
		}
	}
	for _, p := range [...]struct {
		label string
		acl   *security.ACL
	}{{"audit", d.Sacl}, {"rights", d.Dacl}} {
		if p.acl == nil {
			continue
		}
		if len(p.acl.Aces) == 0 && p.acl.Missing == 0 {
			lines = append(lines, labelled(p.label, "none: an empty list")...)
		}
		for i := range p.acl.Aces {
			e := &p.acl.Aces[i]
			text := e.AceType.String() + " " + bytesText(e.Data)
			if e.SID != nil {
				text = fmt.Sprintf("%v 0x%08X to %s", e.AceType, e.Mask, sidText(e.SID))
			}
			lines = append(lines, labelled(p.label, text)...)
		}
	}
	return lines
}

func propDefLines(v *smallblob.PropertyDefinitions, ansi func([]byte) string) []string {
	lines := make([]string, 0, len(v.Fields)+1)
	for i := range v.Fields {
		f := &v.Fields[i]
		lines = append(lines, labelled("field", safe(f.NmidName))...)
		for _, t := range [...]struct {
			label string
			text  smallblob.PackedText
		}{{"  formula", f.FormulaANSI}, {"  rule", f.ValidationRuleANSI}, {"  message", f.ValidationTextANSI}, {"  error", f.ErrorANSI}} {
			if len(t.text.Text) > 0 {
				lines = append(lines, labelled(t.label, ansiText(t.text.Text, ansi))...)
			}
		}
	}
	return lines
}

func todoLines(v *smallblob.SwappedToDo, cut bool) []string {
	if cut {
		return []string{"cut off: see the fields with -out hex"}
	}
	var lines []string
	for _, f := range [...]struct {
		valid       smallblob.ToDoFields
		label, text string
	}{
		{smallblob.ValidFlagTo, "flag", safe(v.FlagTo)}, {smallblob.ValidStartDate, "start", v.StartDate.String()}, {smallblob.ValidDueDate, "due", v.DueDate.String()},
		{smallblob.ValidReminder, "reminder", v.Reminder.String()},
	} {
		if v.Valid&f.valid != 0 {
			lines = append(lines, labelled(f.label, f.text)...)
		}
	}
	if v.Valid&smallblob.ValidReminderSet != 0 && v.ReminderSet == 0 {
		lines = append(lines, "no reminder is shown")
	}
	return lines
}

// nicknameLines says whom the user wrote to, the most frequent first, and when the list was written.
func nicknameLines(v *smallblob.NicknameCache, ansi func([]byte) string, read func(path string) bool) []string {
	lines := make([]string, 0, len(v.Rows)+2)
	for i := range v.Rows {
		r := &v.Rows[i]
		name := firstText(r, ansi, 0x3001, 0x6003, 0x6001)
		if at := firstText(r, ansi, 0x39FE, 0x3003); at != "" {
			name += " <" + at + ">"
		}
		if kind := firstText(r, ansi, 0x3002); kind != "" && kind != "SMTP" {
			name += ", " + kind
			if at := firstText(r, ansi, 0x3003); at != "" && firstText(r, ansi, 0x39FE) != "" {
				name += " " + at
			}
		}
		if w, ok := r.Value(0x6004); ok {
			name += ", weight " + short(w)
		}
		lines = append(lines, labelled(fmt.Sprintf("entry %d", i+1), strings.TrimSpace(name))...)
	}
	if read("Modified") {
		lines = append(lines, labelled("written", v.Modified.String())...)
	}
	return lines
}

// firstText returns the first of the properties that is a text and not empty.
func firstText(r *smallblob.NicknameRow, ansi func([]byte) string, ids ...mapi.PropID) string {
	for _, id := range ids {
		switch v, _ := r.Value(id); v := v.(type) {
		case mapi.String:
			if v != "" {
				return safe(string(v))
			}
		case mapi.String8:
			if len(v.Raw) > 0 {
				return ansiText(v.Raw, ansi)
			}
		}
	}
	return ""
}
