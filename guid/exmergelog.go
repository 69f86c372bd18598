package guid

import (
	"bytes"
	"strings"
)

// ExMerge.log: one message a line, behind its time of day. The message that
// matters is, without its line break here,
//
//	[14:13:08] Error! Cannot identify the user with the msExchMailboxGuid
//	C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7. The legacyExchangeDN is /O=ORG/OU=SITE/CN=RECIPIENTS/CN=USER.
//
// Some versions write the final full stop, some do not.

// A LogRecord is one such message: a mailbox in the database whose GUID no
// directory user bears. It is plain data.
type LogRecord struct {
	// Time is the time of day as it stands there, "14:13:08"; "" if it is
	// missing. The log has no dates, and none is guessed: see Day.
	Time string
	// GUID is the mailbox GUID. Its bytes in order, the ADSI form, are what
	// the directory attribute takes.
	GUID GUID
	// Text is the escaped GUID as found, white space inside it removed.
	Text string
	// Canonical: Text is what ExMerge writes, not merely readable.
	Canonical bool
	// LegacyExchangeDN is the mailbox's old name, without the one full stop
	// that ends the sentence.
	LegacyExchangeDN string
	// Notes says what the text had suffered.
	Notes LogNotes
	// Raw is the input the record was read from, as it was: the whole line,
	// or several with their line breaks, without the last one.
	Raw string

	// Where a LogReader found it; all zero from ParseLogLine.
	Line   int   // number of Raw's first line, from 1
	Offset int64 // byte offset of Raw's first byte
	Day    int   // how often the clock went back before this line: midnights and new runs
}

// LogNotes is a set of remarks about a LogRecord.
type LogNotes uint8

// The remarks.
const (
	Joined       LogNotes = 1 << iota // Raw is several lines: something wrapped the message
	SpaceRemoved                      // white space stood inside the escaped GUID
	NoBracket                         // the "[" before the time is missing
	NoTime                            // there is no time
	NoDN                              // the second sentence, with the name, is missing
	NoPeriod                          // no full stop after the name
	InProse                           // other text stands before the message on its line

	logNotesEnd
)

// Words returns the remarks as words, in the order of the constants: "joined",
// "space-removed", "no-bracket", "no-time", "no-dn", "no-period", "in-prose".
func (n LogNotes) Words() []string {
	var words []string
	for bit := Joined; bit < logNotesEnd; bit <<= 1 {
		if n&bit != 0 {
			words = append(words, bit.word())
		}
	}
	return words
}

// String returns the words with plus signs between: "joined+space-removed".
func (n LogNotes) String() string { return strings.Join(n.Words(), "+") }

func (n LogNotes) word() string {
	switch n {
	case Joined:
		return "joined"
	case SpaceRemoved:
		return "space-removed"
	case NoBracket:
		return "no-bracket"
	case NoTime:
		return "no-time"
	case NoDN:
		return "no-dn"
	case NoPeriod:
		return "no-period"
	default:
		return "in-prose"
	}
}

const (
	logError    = "Error! "
	logSentence = "Cannot identify the user with the msExchMailboxGuid"
	logName     = ". The legacyExchangeDN is"
	timeLen     = len("14:13:08")
	blanks      = " \t\n\v\f\r"
)

// ParseLogLine reads the first message about an msExchMailboxGuid in text,
// which is one line, or one that was wrapped into several: then line breaks
// are taken out again, and mail quoting (">") too. The message may stand
// inside other text.
//
// An error is a *SyntaxError whose Offset counts bytes of text: NotLogRecord
// if there is no such message, else what is wrong with its GUID. With the
// latter, the record still holds whatever else was read.
func ParseLogLine(text string) (LogRecord, error) {
	b := unwrap(strings.TrimRight(text, "\r\n"))
	found := b.messages()
	if len(found) == 0 {
		return LogRecord{}, &SyntaxError{Form: ExMerge, Code: NotLogRecord, Msg: "no msExchMailboxGuid message"}
	}
	return b.record(found[0])
}

// A block is one message or line with its line breaks taken out.
type block struct {
	raw  string
	text string
	at   []int // index into raw of each byte of text; nil if text is raw
}

// origin returns where byte i of the text stands in raw.
func (b *block) origin(i int) int {
	switch {
	case b.at == nil:
		return i
	case i < len(b.at):
		return b.at[i]
	}
	return len(b.raw)
}

// unwrap joins the lines of raw.
func unwrap(raw string) block {
	if !strings.Contains(raw, "\n") && unquote(raw) == 0 {
		return block{raw: raw, text: raw}
	}
	text, at := make([]byte, 0, len(raw)), make([]int, 0, len(raw))
	named := false
	for start := 0; start < len(raw); {
		end := len(raw)
		if i := strings.IndexByte(raw[start:], '\n'); i >= 0 {
			end = start + i
		}
		from := start + unquote(raw[start:end])
		line := strings.TrimRight(raw[from:end], " \t\r")
		if len(text) > 0 && line != "" && !(named && tight(text, line)) {
			text = append(text, ' ')
			at = append(at, from)
		}
		seen := max(0, len(text)-len(logName)-1)
		for i := range len(line) {
			text = append(text, line[i])
			at = append(at, from+i)
		}
		named = named || bytes.Contains(text[seen:], []byte(logName+" "))
		start = end + 1
	}
	return block{raw: raw, text: string(text), at: at}
}

// unquote returns the length of the mail quoting and indentation before line.
func unquote(line string) int {
	return len(line) - len(strings.TrimLeft(line, "> \t"))
}

// tight reports whether a name goes on in the next line without a blank: at
// its slashes and equals signs. Elsewhere lines are taken to be broken at blanks.
func tight(text []byte, next string) bool {
	last := text[len(text)-1]
	return next[0] == '/' || last == '/' || last == '='
}

// A message is where one message begins, where its sentence begins and where
// it ends in a block's text.
type message struct {
	start, sentence, end int
	time                 string
	notes                LogNotes
}

// messages finds the messages of b.
func (b *block) messages() []message {
	var found []message
	lead := len(b.text) - len(strings.TrimLeft(b.text, "\ufeff \t"))
	for from := 0; ; {
		i := strings.Index(b.text[from:], logSentence)
		if i < 0 {
			return found
		}
		m := b.message(from, from+i)
		if lead < m.start {
			m.notes |= InProse
		}
		from = m.sentence + len(logSentence)
		if from < len(b.text) && b.text[from] != ' ' {
			continue // a longer word
		}
		if len(found) > 0 {
			found[len(found)-1].end = m.start
		}
		found = append(found, m)
	}
}

// message reads what stands before the sentence at i, back to from at most:
// "[14:13:08] Error! ".
func (b *block) message(from, i int) message {
	m := message{start: i, sentence: i, end: len(b.text)}
	if strings.HasSuffix(b.text[from:m.start], logError) {
		m.start -= len(logError)
	}
	before := b.text[from:m.start]
	if n := len(before) - timeLen - len("] "); n >= 0 && isTime(before[n:]) && before[len(before)-1] == ' ' {
		m.time = before[n : n+timeLen]
		m.start = from + n
		if n > 0 && before[n-1] == '[' {
			m.start--
		} else {
			m.notes |= NoBracket
		}
	} else {
		m.notes |= NoTime
	}
	return m
}

// isTime reports whether s begins with two digits, colon, two digits, colon,
// two digits and the closing bracket of a log line's time.
func isTime(s string) bool {
	if len(s) <= timeLen || s[timeLen] != ']' {
		return false
	}
	for i := range timeLen {
		if i%3 == 2 {
			if s[i] != ':' {
				return false
			}
		} else if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// record reads one message of b.
func (b *block) record(m message) (LogRecord, error) {
	r := LogRecord{Time: m.time, Notes: m.notes, Raw: b.raw}
	if strings.Contains(b.raw, "\n") {
		r.Notes |= Joined
	}
	body := m.sentence + len(logSentence)
	rest := b.text[body:m.end]
	value := rest
	// Sixteen bytes, raw or escaped, cannot hold the second sentence: where it
	// begins, the value ends, even one with a raw full stop.
	if before, name, found := strings.Cut(rest, logName); found {
		value = before
		r.name(name)
	} else {
		value, _, _ = strings.Cut(rest, ".")
		r.Notes |= NoDN
	}
	body += len(value) - len(strings.TrimLeft(value, blanks))
	value = strings.Trim(value, blanks)
	r.Text = squeeze(value)
	if r.Text != value {
		r.Notes |= SpaceRemoved
	}
	inner, start, off := trim(r.Text, ExMerge)
	if ft := r.GUID.parse(inner, ExMerge); ft.kind != fine {
		r.GUID = GUID{}
		e := ft.error(r.Text, ExMerge, start, off)
		e.Offset = b.origin(body + blanksBefore(value, e.Offset))
		return r, e
	}
	r.Canonical = r.GUID.differs(r.Text, ExMerge) < 0
	return r, nil
}

// name takes the name of the mailbox out of the end of a message.
func (r *LogRecord) name(s string) {
	s = strings.Trim(s, " \t\r\n")
	if r.Notes&InProse != 0 {
		// In running text nothing but the full stop says where the name ends.
		for i := range len(s) - 1 {
			if s[i] == '.' && strings.IndexByte(" \"')", s[i+1]) >= 0 {
				s = s[:i+1]
				break
			}
		}
	}
	name, period := strings.CutSuffix(s, ".")
	if !period {
		r.Notes |= NoPeriod
	}
	r.LegacyExchangeDN = name
}

// squeeze returns s without its blanks, byte by byte: s need not be UTF-8.
func squeeze(s string) string {
	if !strings.ContainsAny(s, blanks) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if !isBlank(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// blanksBefore returns the index in s of the n-th byte that is no blank.
func blanksBefore(s string, n int) int {
	for i := range len(s) {
		if isBlank(s[i]) {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}
