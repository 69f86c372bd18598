package mfcmapi

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// maxNotes is how many findings one property may have, and how many about the dump may wait for the next record; the
// rest are counted. A list of a million doubles has as many of them.
const maxNotes = 100

// beyond counts the findings beyond maxNotes. Of the worst of them it keeps the first.
type beyond struct {
	n      int // how many
	counts [diag.Fatal + 1]int
	worst  diag.Finding
}

func (b *beyond) reset() {
	if b.n > 0 {
		*b = beyond{}
	}
}

func (b *beyond) total() int { return b.n }

// add counts a finding. Only one that is worse than all before it is put into words.
func (b *beyond) add(s diag.Severity, code diag.Code, span diag.Span, path, format string, args []any) {
	b.n++
	b.counts[min(s, diag.Fatal)]++
	if s > b.worst.Severity {
		b.worst = diag.Finding{Severity: s, Code: code, Span: span, Path: path, Spec: specXML, Msg: fmt.Sprintf(format, args...)}
	}
}

// appendTo appends to list one finding that stands for all that were counted, as severe as the worst of them.
func (b *beyond) appendTo(list []diag.Finding, path string) []diag.Finding {
	n := b.total()
	if n == 0 {
		return list
	}
	severity, code := diag.Info, MoreInfo
	switch s := b.worst.Severity; {
	case s >= diag.Error:
		severity, code = diag.Error, MoreErrors
	case s == diag.Warning:
		severity, code = diag.Warning, MoreWarnings
	}
	var kinds []string
	for s := diag.Fatal; s >= diag.Info; s-- {
		if k := b.counts[s]; k > 0 {
			kinds = append(kinds, fmt.Sprintf("%d %s", k, s))
		}
	}
	return append(list, diag.Finding{Severity: severity, Code: code, Span: nowhere, Path: path, Spec: specXML,
		Msg: fmt.Sprintf("has %d more findings (%s) than are listed, of which the worst and first is: %s", n, strings.Join(kinds, ", "), b.worst.Error())})
}
