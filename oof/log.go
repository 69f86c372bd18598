package oof

import (
	"encoding/json"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Log is the text in the body of IPM.Microsoft.OOF.Log: the changes of the settings, oldest first. Its form is published
// nowhere; what is read here is what Exchange 2007 and 2010 were seen to write. [MS-OXWOOF] describes the settings.
type Log struct {
	Records []LogRecord
}

// LogRecord is one change. [MS-OXWOOF] describes the settings that it tells of.
type LogRecord struct {
	Time              string // in the spelling of the server's culture, and in a zone that is not said
	Mailbox           string
	OofState          string
	ExternalAudience  string
	InternalReply     string // HTML; text where SetByLegacyClient is True
	ExternalReply     string
	SetByLegacyClient string // "True" or "False"
	Comment           string
	Raw               string // the lines of the record as they stand, with their ends
}

// logLabels are the names in a record, in the order in which they stand.
var logLabels = [...]string{"Mailbox:", "OofState:", "ExternalAudience:", "InternalReply:", "ExternalReply:", "SetByLegacyClient:", "comment:"}

// InspectLog reads a log, and reports every finding, with offsets in bytes of the text. It never fails, and no finding of
// it is an Error. text is the body of the message, in WTF-8. The report has no fields; the Raw of all records together is
// the text.
func InspectLog(text string) (*Log, *diag.Report) {
	v, r := new(Log), diag.New("oof log", nil, catalogue)
	text = strings.Clone(text) // once, and not for every part of it
	start, lines, bad, firstBad := 0, 0, 0, 0
	end := func(at int) {
		if at == start {
			return
		}
		rec, ok := parseRecord(text[start:at])
		if !ok {
			if bad++; bad == 1 {
				firstBad = start
			}
		}
		v.Records = append(v.Records, rec)
		start = at
	}
	for at := 0; at < len(text); {
		n := lineLength(text[at:])
		if line := text[at : at+n]; strings.Contains(line, logLabels[0]) || lines == 0 && strings.TrimSpace(line) != "" {
			if lines > 0 {
				end(at)
			}
			lines++
		}
		at += n
	}
	end(len(text))
	if bad > 0 {
		at := firstBad
		r.Add(diag.Finding{Severity: diag.Warning, Code: LogRecordForm, Span: diag.Span{Offset: at, Len: lineLength(text[at:])}, Path: "Records",
			Msg: plural(bad, "record does", "records do") + " not have all of the names that a record has, this is the first; what there is was read"})
	}
	return v, r
}

// lineLength returns the length of the first line with its end: CR, LF or both.
func lineLength(s string) int {
	i := strings.IndexAny(s, "\r\n")
	switch {
	case i < 0:
		return len(s)
	case s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
		return i + 2
	}
	return i + 1
}

// parseRecord reads one record. The replies in it are HTML in which anything may stand, so what is in front of them is
// found from the left, and what is behind them from the right. It reports false where a name is missing.
func parseRecord(raw string) (r LogRecord, ok bool) {
	r.Raw, ok = raw, true
	fields := [len(logLabels)]*string{&r.Mailbox, &r.OofState, &r.ExternalAudience, &r.InternalReply, &r.ExternalReply, &r.SetByLegacyClient, &r.Comment}
	var at, end [len(logLabels)]int // where names begin and end; end 0 for those that are not there
	left := 0
	for i := range 4 {
		if n := strings.Index(raw[left:], logLabels[i]); n >= 0 {
			at[i] = left + n
			end[i] = at[i] + len(logLabels[i])
			left = end[i]
		}
	}
	right := len(raw)
	for i := len(logLabels) - 1; i >= 4; i-- {
		if n := strings.LastIndex(raw[left:right], logLabels[i]); n >= 0 {
			at[i] = left + n
			end[i] = at[i] + len(logLabels[i])
			right = at[i]
		}
	}
	next := len(raw)
	for i := len(logLabels) - 1; i >= 0; i-- {
		if end[i] == 0 {
			ok = false
			continue
		}
		*fields[i] = unwrap(raw[end[i]:next])
		next = at[i]
	}
	r.Time = unwrap(raw[:next])
	return r, ok
}

// unwrap takes blanks off a value, the comma behind it, and quotation marks.
func unwrap(s string) string {
	s = strings.Trim(s, " \t\r\n")
	s = strings.TrimRight(strings.TrimSuffix(s, ","), " \t")
	if n := len(s); n >= 2 && (s[0] == '\'' || s[0] == '"') && s[n-1] == s[0] {
		s = s[1 : n-1]
	}
	return s
}

// legacy reports whether the change came from Outlook 2003, a BlackBerry, or another client like these.
func (r *LogRecord) legacy() bool { return strings.EqualFold(r.SetByLegacyClient, "true") }

// Overridden returns the records that a legacy client wrote and that a later one replaced: those whose SetByLegacyClient is
// true between two of which it is false. They prove that a text was set and was lost again.
func (v *Log) Overridden() []int {
	var all, since []int
	modern := false
	for i := range v.Records {
		r := &v.Records[i]
		switch {
		case r.legacy():
			if modern {
				since = append(since, i)
			}
		case strings.EqualFold(r.SetByLegacyClient, "false"):
			all, since, modern = append(all, since...), since[:0], true
		}
	}
	return all
}

// MarshalJSON returns the value form. It never fails.
func (v *Log) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form: the names of the fields in lower camel case.
func (v *Log) AppendJSON(b []byte) []byte {
	b = append(b, `{"records":[`...)
	for i := range v.Records {
		if i > 0 {
			b = append(b, ',')
		}
		b = v.Records[i].appendJSON(b)
	}
	return append(b, "]}"...)
}

func (r *LogRecord) appendJSON(b []byte) []byte {
	b = append(b, '{')
	for _, f := range []struct{ name, text string }{{"time", r.Time}, {"mailbox", r.Mailbox}, {"oofState", r.OofState},
		{"externalAudience", r.ExternalAudience}, {"internalReply", r.InternalReply}, {"externalReply", r.ExternalReply},
		{"setByLegacyClient", r.SetByLegacyClient}, {"comment", r.Comment}} {
		b = append(append(append(b, '"'), f.name...), `":`...)
		b = append(wtf8.AppendQuote(b, f.text), ',')
	}
	b = wtf8.AppendQuote(append(b, `"raw":`...), r.Raw)
	return append(b, '}')
}

// UnmarshalJSON reads the value form into v.
func (v *Log) UnmarshalJSON(b []byte) error {
	var form struct {
		Records []struct {
			Time, Mailbox, OofState, ExternalAudience, InternalReply, ExternalReply, SetByLegacyClient, Comment, Raw text
		}
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = Log{}
	for _, r := range form.Records {
		v.Records = append(v.Records, LogRecord{string(r.Time), string(r.Mailbox), string(r.OofState), string(r.ExternalAudience),
			string(r.InternalReply), string(r.ExternalReply), string(r.SetByLegacyClient), string(r.Comment), string(r.Raw)})
	}
	return nil
}
