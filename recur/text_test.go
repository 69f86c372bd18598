package recur_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

func TestExceptionText(t *testing.T) {
	loud := func(b []byte) string { return "<" + string(b) + ">" }
	both := recur.OverrideSubject | recur.OverrideLocation
	details := &recur.Details{Subject: []byte("ansi subject"), Location: []byte("caf\x80"), WideCharSubject: recur.NewWideText("wide subject"),
		WideCharLocation: recur.NewWideText("café \xed\xa0\x80")}
	type answer struct {
		text string
		ok   bool
	}
	for name, c := range map[string]struct {
		e                 recur.Exception
		ansi              func([]byte) string
		subject, location answer
	}{
		"neither":              {recur.Exception{Details: details}, loud, answer{}, answer{}},
		"the subject":          {recur.Exception{Details: details, OverrideFlags: recur.OverrideSubject}, loud, answer{"wide subject", true}, answer{}},
		"the location":         {recur.Exception{Details: details, OverrideFlags: recur.OverrideLocation}, loud, answer{}, answer{"café \xed\xa0\x80", true}},
		"both":                 {recur.Exception{Details: details, OverrideFlags: both}, nil, answer{"wide subject", true}, answer{"café \xed\xa0\x80", true}},
		"cut":                  {recur.Exception{Details: details, OverrideFlags: both, Cut: true}, loud, answer{"<ansi subject>", true}, answer{"<caf\x80>", true}},
		"cut, no code page":    {recur.Exception{Details: details, OverrideFlags: both, Cut: true}, nil, answer{"ansi subject", true}, answer{}},
		"empty":                {recur.Exception{Details: &recur.Details{}, OverrideFlags: both}, loud, answer{"", true}, answer{"", true}},
		"empty, no details":    {recur.Exception{OverrideFlags: both}, loud, answer{"", true}, answer{"", true}},
		"empty, cut":           {recur.Exception{OverrideFlags: both, Cut: true}, nil, answer{"", true}, answer{"", true}},
		"wide copy is cleared": {recur.Exception{Details: &recur.Details{Subject: []byte("x")}, OverrideFlags: both}, loud, answer{"", true}, answer{"", true}},
	} {
		t.Run(name, func(t *testing.T) {
			s, ok := c.e.Subject(c.ansi)
			require.Equal(t, c.subject, answer{s, ok})
			s, ok = c.e.Location(c.ansi)
			require.Equal(t, c.location, answer{s, ok})
		})
	}
}

func TestSetText(t *testing.T) {
	e := recur.Exception{StartDateTime: 1, EndDateTime: 2, OriginalStartDate: 3}
	e.SetSubject("Ж", []byte("\xc6"))
	e.SetLocation("", nil)
	require.Equal(t, recur.Exception{StartDateTime: 1, EndDateTime: 2, OriginalStartDate: 3, OverrideFlags: recur.OverrideSubject | recur.OverrideLocation,
		Details: &recur.Details{SubjectLength: 2, Subject: []byte("\xc6"), WideCharSubject: recur.WideText{0x16, 0x04}, LocationLength: 1,
			WideCharLocation: recur.WideText(nil), StartDateTime: 1, EndDateTime: 2, OriginalStartDate: 3}}, e)
}
