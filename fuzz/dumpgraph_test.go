package fuzz_test

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
)

var graphForm = form{open: func(r io.Reader) dump.Reader { return graph.NewReader(r, sourceName) }, codes: slices.Concat(ours, graph.Codes()), wide: true}

func checkDumpGraph(tb testing.TB, b []byte) {
	tb.Helper()
	checkDumpAs(tb, b, []form{graphForm})
	checkGraphJSON(tb, b)
}

// readHere is what is read here and not by encoding/json, or not looked at closely.
var readHere = regexp.MustCompile(`NaN|Infinity|[\x00-\x09\x0B\x0C\x0E-\x1F\x{FEFF}]|@|(?i:extended)`)

// checkGraphJSON compares what is said of damage with encoding/json, which knows a good file too.
func checkGraphJSON(tb testing.TB, b []byte) {
	tb.Helper()
	good, known := true, readHere.Match(b) || !utf8.Valid(b)
	for d := json.NewDecoder(bytes.NewReader(b)); ; {
		var v json.RawMessage
		if err := d.Decode(&v); err == io.EOF {
			break
		} else if err != nil {
			good = false
			break
		}
		if at := d.InputOffset(); at < int64(len(b)) && v[0] != '{' && v[0] != '[' && !strings.ContainsRune(" \t\r\n", rune(b[at])) {
			return // it reads 00 as two numbers
		}
	}
	damaged := ""
	for _, r := range readDump(graphForm.open(bytes.NewReader(b))) {
		for _, f := range r.rec.Findings {
			if f.Code == graph.BadJSON || f.Code == graph.Truncated || f.Code == graph.TooDeep {
				damaged = f.Error()
			}
		}
	}
	if good && damaged != "" {
		tb.Fatalf("%q: encoding/json reads it, and here %s", b, damaged)
	}
	if !good && damaged == "" && !known {
		tb.Fatalf("%q: encoding/json does not read it, and here nothing is said", b)
	}
}

// files makes seeds of the vectors of a folder whose input is a text.
func files(folder string) seeder {
	return func(tb testing.TB) (all []seed) {
		for _, v := range golden.Load(tb, folder) {
			data, ok := v.Section("input.txt")
			if !ok {
				data = string(v.Blob(tb))
			}
			all = append(all, seed{v.Name, []byte(strings.TrimSuffix(data, "\n"))})
		}
		return all
	}
}

const (
	graphOne  = `{"id":"String 0x37","value":"a"}`
	graphItem = `{"id":"A","singleValueExtendedProperties":[` + graphOne + `]}`
)

// graphTexts are the pieces of which a fuzzer makes more, broken in ways that no vector is.
var graphTexts = []string{
	"", "{", "[", "\"", "{\"", "}", "]", ",", "{}", "[]", "null", "\uFEFF", "\x1E", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\"\n:\n1\n}", "[1,2,3]", "[[[[]]]]", "{\"a\":{\"a\":{\"a\":[]}}}", "{\"\":\"\"}", "\"\\ud83d\\ude00\"",
	`{"singleValueExtendedProperties":`, `{"singleValueExtendedProperties":[`, `{"singleValueExtendedProperties":[{`, `{"singleValueExtendedProperties":[{"id":"`, `{"singleValueExtendedProperties":[{"id":"Binary 0x65E0","value":"LA`,
	`{"singleValueExtendedProperties":[{"value":["a",{"b":1},null,1`, `{"singleValueExtendedProperties":5}`, `{"singleValueExtendedProperties":"x"}`, `{"singleValueExtendedProperties":[[[]],{},1,"x"]}`,
	"{\"id\":1}\n{\"id\":\"String 0x37\",\"value\":1}\n" + graphItem, "{\"a\" 1}\n {\"id\":\"String 0x37\",\"value\":\"a\"} {\"id\":\"B\"}", "{x{\"id\":\"Binary 0x65E0\",\"value\":\"LA", graphItem + graphItem + "," + graphItem + "]}",
	`{"attachments":[` + graphItem + `,{"item":` + graphItem + `}]}`, `{"item":` + graphItem + `,"@odata.type":"#microsoft.graph.itemAttachment"}`, `{"@odata.type":"#microsoft.graph.itemAttachment","item":` + graphItem + `,"id":"a/b"}`,
	utf16le(graphItem), utf16le(graphItem)[2:], utf16le(graphItem) + "\x00", "{\x00\"\x00a\x00",
}

// graphHostile are repeated, graphNested are openings, what is repeated in them, and ends.
var (
	graphHostile = []string{"{", "[", "\"", "\\", "{\"a\":", "[[", "{\"a\":[", "\\u", "{}", "[]", "{}\n", "{\n", "[\n", "]", "\n", " ", ",", "x", "1 ", "\"a\" ", "{\"\n", "{\"a\"\n", "{{", "{ ", "\x00", "\x1E", "\uFEFF", "\xED\xA0\x80", "\xFF\xFE{\x00",
		graphOne + "\n", graphItem + "\n", graphItem + ",", graphItem[:len(graphItem)-2] + "\n", `{"singleValueExtendedProperties":[`, `{"attachments":[{"item":`, `{"attachments":[{"item":{"singleValueExtendedProperties":[` + graphOne + `],"a":`, `{"id":"A",`}
	graphNested = [][3]string{{`{"a":`, "[", ""}, {`{"a":`, `{"a":`, ""}, {`{"singleValueExtendedProperties":[`, `{"id":"String 0x37","value":"a"},`, "{}]}"}, {`{"singleValueExtendedProperties":[`, "{},", "{}]}"},
		{`{"singleValueExtendedProperties":[`, "1,", "1]}"}, {`{"singleValueExtendedProperties":[{"id":"Binary 0x65E0","value":"`, "LAEA", `"}]}`}, {`{"singleValueExtendedProperties":[{"id":"Binary 0x65E0","value":"`, "LA+EA-", `"}]}`},
		{`{"singleValueExtendedProperties":[{"id":"String 0x37","value":"`, `\ud800`, `"}]}`}, {`{"singleValueExtendedProperties":[{"id":"IntegerArray 0x37","value":[`, `"",`, `""]}]}`}, {`{"singleValueExtendedProperties":[{"id":"StringArray 0x37","value":[`, `1,`, `1]}]}`},
		{`{"singleValueExtendedProperties":[{"id":"StringArray 0x37","value":[`, `[],`, `1]}]}`}, {`{"id":"`, "attachment 0/", `","singleValueExtendedProperties":[` + graphOne + `]}`}, {`{"singleValueExtendedProperties":[{"id":"`, "String ", `"}]}`},
		{`{"singleValueExtendedProperties":[{`, `"id":"String 0x37",`, `"value":"a"}]}`}, {`{"singleValueExtendedProperties":[{`, `"value":"a",`, `"id":"String 0x37"}]}`}, {`{`, `"subject":"a",`, `"a":1}`}, {`{`, `"id":"a",`, `"singleValueExtendedProperties":[` + graphOne + `]}`},
		{`{"value":[`, graphItem + ",", "{}]}"}, {`{"singleValueExtendedProperties":[` + graphOne + `],"value":[`, graphItem + ",", "{}]}"}, {`x`, graphItem + ",", ""}}
)
