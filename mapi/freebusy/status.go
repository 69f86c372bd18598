package freebusy

import (
	"fmt"
	"slices"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Status is a kind of time that is not free. Each has two properties: one of months, and one of blocks.
type Status uint8

// The kinds of time. What Outlook calls "working elsewhere" is none of them.
const (
	Merged    Status = iota // busy or away, but not tentative
	Tentative               // not yet accepted
	Busy                    // busy
	Away                    // out of office
)

var statusNames = [...]string{"Merged", "Tentative", "Busy", "Away"}

// String returns the name as it stands in those of the properties: "Busy".
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// Tags returns the tags of the two properties: PidTagScheduleInfoMonthsBusy and PidTagScheduleInfoFreeBusyBusy, say. They
// are 0 for what is none of the four.
func (s Status) Tags() (months, blocks mapi.PropTag) {
	switch s {
	case Merged:
		return 0x684F1003, 0x68501102
	case Tentative:
		return 0x68511003, 0x68521102
	case Busy:
		return 0x68531003, 0x68541102
	case Away:
		return 0x68551003, 0x68561102
	}
	return 0, 0
}

// Interval is a span of time, in minutes since 1601-01-01 00:00 UTC, the unit of PidTagFreeBusyPublishStart
// ([MS-OXOPFFB] 2.2.1.2).
type Interval struct {
	Start int32 // the first minute
	End   int32 // the first minute behind it, greater than Start
}

// Times returns start and end, in UTC.
func (i Interval) Times() (start, end time.Time) { return moment(i.Start), moment(i.End) }

func moment(minutes int32) time.Time { return time.Unix(int64(minutes)*60-epochSeconds, 0).UTC() }

// Intervals returns the time that the two properties of s say is not free, in the order in which they say it, and every
// finding. The first property with either tag is read. Properties that are not there say nothing, and are no finding.
func (s Status) Intervals(p mapi.Props) ([]Interval, []diag.Finding) {
	monthsTag, blocksTag := s.Tags()
	var all paired
	months, _ := p.Lookup(monthsTag)
	values, _ := p.Lookup(blocksTag)
	m, ok := months.Value.(mapi.MultipleInteger32)
	if !ok && months.Tag != 0 {
		all.find(diag.Error, NotRead, s.months(), "is there, but is no list of numbers that could be read")
	}
	b, ok := values.Value.(mapi.MultipleBinary)
	if !ok && values.Tag != 0 {
		all.find(diag.Error, NotRead, s.blocks(), "is there, but is no list of binaries that could be read")
	}
	if len(all.findings) > 0 {
		return nil, all.findings
	}
	return s.Pair(m, b)
}

// Pair puts months together with the blocks that stand in the same place, and returns the time these cover, in the order
// in which they stand, and every finding, those of the blocks among them: their offsets are those in the value that the
// path names. Nothing is merged or cut off. Blocks that do not end after they start, and those of no known month, cover no
// time; each is a finding.
func (s Status) Pair(months []int32, values [][]byte) ([]Interval, []diag.Finding) {
	var all paired
	if len(months) != len(values) {
		all.find(diag.Warning, CountMismatch, s.months(), "are %d, must be as many as in %s, %d", len(months), s.blocks(), len(values))
	}
	var last Month // that is one
	for i, m := range months {
		month := Month(m)
		path := fmt.Sprintf("%s[%d]", s.months(), i)
		if month.Minutes() == 0 {
			all.find(diag.Error, MonthRange, path, "is %d, which is no month", m)
		} else {
			if month <= last {
				all.find(diag.Warning, MonthOrder, path, "is %v, must be after the one before it, %v", month, last)
			}
			last = month
		}
		if i < len(values) {
			all.add(month, fmt.Sprintf("%s[%d]", s.blocks(), i), values[i])
		}
	}
	for i := len(months); i < len(values); i++ {
		all.add(0, fmt.Sprintf("%s[%d]", s.blocks(), i), values[i])
	}
	return all.intervals, all.findings
}

func (s Status) months() string { return "PidTagScheduleInfoMonths" + s.String() }
func (s Status) blocks() string { return "PidTagScheduleInfoFreeBusy" + s.String() }

// paired is what came of months and blocks so far.
type paired struct {
	intervals []Interval
	findings  []diag.Finding
}

// find adds a finding that is about the properties and not about bytes.
func (p *paired) find(severity diag.Severity, code diag.Code, path, format string, args ...any) {
	r := diag.New("freebusy", nil, catalogue)
	r.Add(diag.Finding{Severity: severity, Code: code, Span: diag.Span{Offset: -1}, Path: path, Msg: fmt.Sprintf(format, args...)})
	p.findings = slices.AppendSeq(p.findings, r.Findings())
}

// add adds the blocks of a month, and what was found in them. A month that is none covers nothing.
func (p *paired) add(month Month, path string, value []byte) {
	v, r := Inspect(value)
	length := month.Minutes()
	var late some
	for i, b := range v.Blocks {
		if length > 0 && b.Start < b.End {
			start := month.start()
			p.intervals = append(p.intervals, Interval{start + int32(b.Start), start + int32(b.End)})
		}
		if length > 0 && int(b.End) > length && b.End <= longestMonth {
			late.add(i)
		}
	}
	if late.n > 0 {
		r.Add(diag.Finding{Severity: diag.Warning, Code: MonthEnd, Span: diag.Span{Offset: late.first*blockSize + 2, Len: 2}, Path: fmt.Sprintf("Blocks[%d].End", late.first),
			Msg: fmt.Sprintf("is %d, must be at most %d in %v%s", v.Blocks[late.first].End, length, month, late.others())})
	}
	for f := range r.Findings() {
		f.Path = path + "." + f.Path
		p.findings = append(p.findings, f)
	}
}
