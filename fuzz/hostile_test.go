package fuzz_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// Some inputs are long, and the same again and again: an opening without an end, a nesting without a bottom. What a
// reader allocates for twice as much must be about twice as much, and so must its time be.
var hostile = map[string][]string{
	"DumpGraph": graphHostile, "DumpEWS": ewsHostile,
	"DumpMFCMAPI": {"<property", "<property ", "<property tag = \"0x00370102\" ", "<message>", "<row>", "<Value>", "<![CDATA[", "]]>", "&lt;", "&lt;property ", "<",
		"</property>", "<property><Value>", "<property tag=\"0x1003001F\"><row>", "cb: 1 lpb: 01", "\x00", "\xFF\xFE<\x00", "A", "\r", "\n", xmlZone, xmlText, xmlList, xmlHead,
		"Name: x\r\n", "<recipients><recipient num=\"0\">", "<attachment num=\"0x00000000\">", "<?xml version=\"1.0\"?>\n", "\xE4", "\xED\xA0\x80", "<SmartView>", "&amp;"},
	"DumpLines": {"2C", "2C ", "cb: 1 lpb: 01 ", "cb: ", "lpb: ", "QUJD", "NULL\n", "\r", "\n", "0x", "0x2C, ", "x", "=", "...", "\u200B", "2C\u200B", "PidTagSubject=", "\xFF\xFE2\x00", "\"", "cb: 99999 lpb: 01\n"},
	"DumpJSONL": {"{", "[", "\"", "\\", "{\"hex\":\"", "{\"hex\":\"00\"}\n", "{\"a\":", "[[", "\"\\u", "{\"value\":\"x\"}\n", " ", "\n", "{}\n", "{\"item\":\"attachment 0/\"}\n",
		"{\"type\":\"PtypMultipleString\",\"value\":[\"\"]}\n"},
	"DumpReg": {reg5, regKey, regAny, "\"", "\\", "=", ",", "00,", "0", "[", "]", "@", "@=", "@=-\n", "@=\"", "\"001f6622\"=hex:", "\"001f6622\"=hex:00,\n", "\"001f6622\"=hex:00,\\\n", "\"001e3001\"=\"ä\"\n",
		"\"001e3001\"=\"\xE4\"\n", "\"001f3001\"=\"x\n", "\"101e6601\"=hex:ff,ff,ff,ff\n", "[HKEY_X]\n@=\"\"\n", "x\n", ";", "\r", "\n", "\uFEFF", "\x00", "\xFF\xFE[\x00", "x=Array(&H00)\n", "x=Array(&H00, _\n"},
	"DumpPffexport": {pffHead, pffText, pffZone, pffList, "Set: 0\n", "Entry: 0\n", "Value:\n", "Entry type: 8001\n", "Maps to entry: x\n", "0000: 41\n", "0x00000000: 41", ":", "x\n", "\n", "\r", "\t", "\x00", "\xFF\xFES\x00"},
	"ExMergeLog":    {logLine + "\n", logLine, "Error! ", "msExchMailboxGuid ", "Cannot identify the user with the msExchMailboxGuid ", "[14:13:08] ", "\n", "\\", "> ", "/CN=", "\x00"},
}

// nested are openings, repeated inside one element: before, again and again, and after.
var nested = map[string][][3]string{
	"DumpGraph": graphNested, "DumpEWS": ewsNested,
	"DumpMFCMAPI": {{"<property tag=\"0x1003001F\"><Value>", "<row>", "</Value></property>"}, {"<property tag=\"0x37010102\"><Value cb=\"1\">", "01", "</Value></property>"},
		{"<property tag=\"0x37010102\"><Value cb=\"1\">01</Value><AltValue><![CDATA[", "]]>", ""}, {"<property tag=\"0x0037001F\"><Value><![CDATA[", "]]", "]]></Value></property>"},
		{"<property tag=\"", "0", "\"><Value>1</Value></property>"}, {"<property tag=\"0x80380102\"><Value>cb: 48 lpb: 00</Value><SmartView>", "Time Zone: ", "</SmartView></property>"},
		{"<property tag=\"0x80010003\"><NamedPropName>", "id: 0x8205=", "</NamedPropName><Value>1</Value></property>"}},
	"DumpJSONL": {{"{\"a\":", "[", ""}, {"{\"a\":", "{\"a\":", ""}, {"{\"hex\":\"", "00", "\"}"}, {"{\"item\":\"", "attachment 0/", "\",\"hex\":\"00\"}"}, {"{\"item\":\"", "recipient /", "\",\"hex\":\"00\"}"},
		{"{\"sub\":\"", ":", "\",\"hex\":\"00\"}"}, {"{\"value\":\"", "\\ud800", "\",\"type\":31}"}, {"{\"type\":\"PT_MV_UNICODE\",\"value\":[", "\"\",", "\"\"]}"}, {"{", "\"hex\":0,", "\"hex\":\"00\"}"}},
	"DumpReg": {{reg5 + regKey + "\"01026601\"=hex:", "4a,", "4b\n"}, {reg5 + regKey + "\"01026601\"=hex:", "4a,\\\n  ", "4b\n"}, {reg5 + regKey + "\"001f3001\"=\"", "x\n", "\"\n"}, {reg5 + regKey + "\"001e3001\"=\"", "ä", "\"\n"},
		{reg4 + regKey + "\"001f3001\"=\"", "\xE4", "\"\n"}, {reg5 + regKey + "\"", "n", "\"=\"\"\n"}, {reg5 + "[HKEY_X", "\\k", "]\n@=\"\"\n"}, {reg5 + regKey + "\"101e6601\"=hex:00,04,00,00", ",04,00,00,00", "\n"}, {reg5 + regKey + "@=\"", "\\", "\"\n"}},
	"DumpPffexport": {{"Entry type: ff6\nValue type: 102\nValue:\n", "0000: 41\n", "\n"}, {"Entry type: 8001\nMaps to entry: ", "n", "\n\n"}, {"Entry type: ff6\n0000: ", "41 ", "\n"}, {"Entry type: ff6\n0000: 41", " ", "A\n"}},
	"ExMergeLog":    {{"Error! Cannot identify the user with the msExchMailboxGuid ", "\n\\03", "."}, {logLine[:130], "\n/CN=A", "."}},
}

// TestHostile feeds long inputs to everything that reads a stream.
func TestHostile(t *testing.T) {
	skipRace(t)
	readers := map[string]func(io.Reader) dump.Reader{"DumpMFCMAPI": mfcmapiAll[0].open, "DumpLines": linesAll[0].open, "DumpJSONL": jsonlForm.open,
		"DumpReg": regAll[0].open, "DumpPffexport": pffexportAll[0].open, "DumpGraph": graphForm.open, "DumpEWS": ewsForm.open}
	for name, units := range hostile {
		read := func(b []byte) {
			for range guid.NewLogReader(bytes.NewReader(b)).Records() {
			}
		}
		if open := readers[name]; open != nil {
			read = func(b []byte) {
				for range dump.Items(open(bytes.NewReader(b)).Records()) {
				}
			}
		}
		for _, unit := range units {
			checkLinear(t, name+" "+unit, read, func(n int) []byte { return []byte(strings.Repeat(unit, 1+n/len(unit))) })
		}
		for _, u := range nested[name] {
			checkLinear(t, name+" "+strings.Join(u[:], " "), read, func(n int) []byte { return []byte(u[0] + strings.Repeat(u[1], 1+n/len(u[1])) + u[2]) })
		}
	}
}

// TestHostileMSG reads messages of many streams, and of many properties that are no streams.
func TestHostileMSG(t *testing.T) {
	skipRace(t)
	entry := unhex(t, "1F003700060000000400000000000000")
	list := unhex(t, "1F10018006000000FFFFFFFF00000000")
	object := unhex(t, "0D000137060000000000000001000000")
	for name, entries := range map[string][]byte{"text": entry, "lists": list, "objects": object, "numbers": unhex(t, "03001700060000000400000000000000")} {
		checkLinear(t, "DumpMSG "+name, readAnyMSG, func(n int) []byte {
			return append(make([]byte, 32), bytes.Repeat(entries, n/16)...)
		})
	}
}

func readAnyMSG(b []byte) {
	r, err := msg.Open(fstest.MapFS{"__properties_version1.0": {Data: b}, "__substg1.0_0037001F": {Data: b}, "__substg1.0_8001101F": {Data: b},
		"__substg1.0_3701000D/x": {Data: b}, "__nameid_version1.0/__substg1.0_00030102": {Data: b}, "__nameid_version1.0/__substg1.0_00040102": {Data: b}}, "", 0)
	if err != nil {
		panic(err)
	}
	for range dump.Items(r.Records()) {
	}
}

// skipRace leaves a test out that measures, and has nothing that could race.
func skipRace(t *testing.T) {
	if slack > 1 {
		t.Skip("the race detector takes time and memory of its own")
	}
}

// checkLinear compares what read allocates, and how long it takes, for an input and one eight times as long.
func checkLinear(t *testing.T, name string, read func([]byte), input func(n int) []byte) {
	t.Helper()
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '.'
		}
		return r
	}, name)
	name = name[:min(len(name), 60)]
	t.Run(name, func(t *testing.T) {
		const small, large = 8 << 10, 64 << 10
		few, _ := fuzz.Allocated(0, func() { read(input(small)) })
		many, _ := fuzz.Allocated(0, func() { read(input(large)) })
		if many > 20*few+1<<20 {
			t.Errorf("allocates %d bytes for %d, and %d for eight times as many", few, small, many)
		}
		if many > 1024*large {
			t.Errorf("allocates %d bytes for %d: %d times the input", many, large, many/large)
		}
		var took [2]time.Duration
		for i, b := range [][]byte{input(large), input(8 * large)} {
			took[i] = fastest(func() { read(b) })
		}
		if took[1] > 24*took[0]+time.Second {
			t.Errorf("takes %v for %d bytes, and %v for eight times as many", took[0], large, took[1])
		}
	})
}

// fastest returns the least of three times.
func fastest(f func()) time.Duration {
	var all []time.Duration
	for range 3 {
		start := time.Now()
		f()
		all = append(all, time.Since(start))
		if all[0] < time.Millisecond || all[0] > 5*time.Second {
			break
		}
	}
	return slices.Min(all)
}
