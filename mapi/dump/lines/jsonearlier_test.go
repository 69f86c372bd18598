package lines

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// one reads a file of one line.
func one(t *testing.T, in string) (dump.Record, error) {
	t.Helper()
	var recs []dump.Record
	var errs []error
	for rec, err := range NewJSONReader(strings.NewReader(in), "out.jsonl").Records() {
		recs, errs = append(recs, rec), append(errs, err)
	}
	require.Len(t, recs, 1)
	return recs[0], errs[0]
}

// TestEarlier has everything back that inspect knew about a property and its bytes do not say.
func TestEarlier(t *testing.T) {
	known := diag.Finding{Severity: diag.Error, Code: "mfcmapi.cut", Span: diag.Span{Offset: 1, Len: 1}, Path: "Value", Spec: "MFCMAPI XML export",
		Msg: "breaks \"off\"", Effect: "crashes", Ref: "KB 1", Repair: "none"}
	again := diag.Finding{Severity: diag.Fatal, Code: "tzdef.truncated", Msg: "x"}
	absent := diag.Finding{Severity: diag.Info, Code: "inspect.absent", Span: diag.Span{Offset: -1}, Msg: "x"}
	line := `{"source":"a.xml","item":"message 3","line":7,"offset":99,"tag":"0x80380102","size":2,"raw":"0201","derived":true,"text":"shown","value":{},` +
		`"inferred":{"raw":"020106","value":{},"findings":[]},"findings":[` + string(known.AppendJSON(nil)) + "," + string(again.AppendJSON(nil)) + "," +
		string(absent.AppendJSON(nil)) + "]}"
	rec, err := one(t, line)
	require.NoError(t, err)
	want := dump.Record{Source: "a.xml", Line: 7, Offset: 99, Item: "message 3", Prop: mapi.Prop{Tag: 0x80380102, Value: mapi.Binary{2, 1}}, Raw: []byte{2, 1},
		Derived: true, Text: "shown", Inferred: []byte{2, 1, 6}, Findings: []diag.Finding{known}}
	require.Empty(t, cmp.Diff(want, rec))
}

// TestEarlierTwice says once what both runs find.
func TestEarlierTwice(t *testing.T) {
	rec, err := one(t, `{"source":"a","tag":"0x0E070003","raw":"01","value":"01","findings":[]}`)
	require.NoError(t, err)
	require.Len(t, rec.Findings, 1)
	twice, err := one(t, `{"source":"a","tag":"0x0E070003","raw":"01","value":"01","findings":[`+string(rec.Findings[0].AppendJSON(nil))+`]}`)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(rec, twice))
	require.ErrorIs(t, rec.Findings[0], mapi.Truncated)
}

// TestEarlierUnread: bytes that an earlier run did not read as their type, for its reasons, are not read so now.
func TestEarlierUnread(t *testing.T) {
	f := diag.Finding{Severity: diag.Warning, Code: "reg.data-type", Span: diag.Span{Offset: -1}, Path: "x", Spec: "s", Msg: "m"}
	found := `"findings":[` + string(f.AppendJSON(nil)) + `]}`
	for line, want := range map[string]mapi.Value{
		`{"source":"a","tag":"0x6623001F","raw":"41000000","value":"41000000",`:                 mapi.Unknown{PropType: mapi.PtypString, Data: []byte{0x41, 0, 0, 0}},
		`{"source":"a","tag":"0x66230003","raw":"41","value":"41",`:                             mapi.Unknown{PropType: mapi.PtypInteger32, Data: []byte{0x41}},
		`{"source":"a","tag":"0x6623001F","raw":"41000000","value":"A\u0000",`:                  mapi.String("A\x00"),
		`{"source":"a","tag":"0x6623000D","raw":"41000000","value":"41000000",`:                 mapi.Object{Raw: []byte{0x41, 0, 0, 0}},
		`{"source":"a","tag":"0x66230102","raw":"41000000","value":{"a":1},`:                    mapi.Binary{0x41, 0, 0, 0},
		`{"source":"a","tag":"0x67F0001F","raw":"0100","text":"not decoded",`:                   nil,
		`{"source":"a","tag":"0x66230048","raw":"41000000","value":"41000001",`:                 mapi.Unknown{PropType: mapi.PtypGuid, Data: []byte{0x41, 0, 0, 0}},
		`{"source":"a","tag":"0x66231003","raw":"4100000042000000","value":[65,66],`:            mapi.MultipleInteger32{65, 66},
		`{"source":"a","tag":"0x66231003","raw":"4100000042000000","value":"4100000042000000",`: mapi.Unknown{PropType: mapi.PtypMultipleInteger32, Data: []byte{0x41, 0, 0, 0, 0x42, 0, 0, 0}},
	} {
		rec, err := one(t, line+found)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(want, rec.Prop.Value), line)
		wantFound := 1
		if strings.Contains(line, "0048") { // the earlier value is not these bytes
			wantFound = 2
		}
		require.Len(t, rec.Findings, wantFound, line)
	}
}

// TestEarlierElement makes a list of each value that inspect wrote in a line of its own, and checks its size before.
func TestEarlierElement(t *testing.T) {
	for raw, want := range map[string]mapi.MultipleBinary{"1C025802": {{0x1C, 0x02, 0x58, 0x02}}, "": {{}}, "080000001C0258": {{8, 0, 0, 0, 0x1C, 2, 0x58}}} {
		rec, err := one(t, fmt.Sprintf(`{"source":"a","tag":"0x68541102","element":3,"size":%d,"raw":%q,"value":{},"findings":[]}`, len(raw)/2, raw))
		require.NoError(t, err)
		require.Empty(t, rec.Findings)
		require.Empty(t, cmp.Diff(mapi.Value(want), rec.Prop.Value))
		back, err := mapi.ParseRaw(mapi.PtypMultipleBinary, rec.Raw)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(mapi.Value(want), back))
	}
	rec, err := one(t, `{"tag":"0x68540102","element":3,"raw":"1C"}`)
	require.NoError(t, err)
	require.Equal(t, []byte{0x1C}, rec.Raw, "of no list")
}

// TestEarlierPlace: what is wrong with the JSON names its own line, because the record names that of the dump.
func TestEarlierPlace(t *testing.T) {
	rec, _ := one(t, "\n"+`{"source":"a.xml","line":7,"tag":12.5,"raw":"01","findings":[]}`)
	require.Equal(t, 7, rec.Line)
	require.Len(t, rec.Findings, 1)
	require.Equal(t, `"tag" is 12.5, must be a whole number (line 2 of out.jsonl)`, rec.Findings[0].Msg)
	rec, _ = one(t, `{"line":7,"offset":5,"tag":12.5,"raw":"01"}`)
	require.Equal(t, 1, rec.Line, "a line of nothing that has a name")
	require.NotContains(t, rec.Findings[0].Msg, "out.jsonl")
}

// TestEarlierNull keeps no bytes apart from an empty value.
func TestEarlierNull(t *testing.T) {
	rec, _ := one(t, `{"source":"a","tag":"0x37010102","size":0,"raw":null,"text":"(too large)","findings":[]}`)
	require.Nil(t, rec.Raw)
	require.Nil(t, rec.Prop.Value)
	require.Empty(t, rec.Findings)
	rec, _ = one(t, `{"source":"a","tag":"0x37010102","size":0,"raw":"","value":"","findings":[]}`)
	require.NotNil(t, rec.Raw)
	rec, _ = one(t, `{"source":"a","tag":"0x00390102","raw":null,"value":{"majorVersion":0},"inferred":{"raw":""},"findings":[]}`)
	require.Nil(t, rec.Raw)
	require.Equal(t, []byte{}, rec.Inferred)
	rec, _ = one(t, `{"tag":"0x37010102","raw":null,"value":"01"}`)
	require.Equal(t, []byte{1}, rec.Raw, "without findings the line is not inspect's")
	rec, _ = one(t, `{"source":"a","offset":-1,"tag":"0x37010102","raw":"01","findings":[]}`)
	require.Nil(t, rec.Prop.Value)
	require.Equal(t, int64(-1), rec.Offset)
	rec, _ = one(t, `{"tag":"0x3701000D","raw":null,"value":"","findings":[]}`)
	require.Equal(t, mapi.Object{}, rec.Prop.Value)
}

func TestEarlierCodePage(t *testing.T) {
	for _, in := range []string{`{"tag":"0x0037001E","raw":"d1","codePage":1251}`, `{"tag":"0x0037001E","raw":"d1","value":{"text":"x","codePage":1251,"raw":"d1"}}`} {
		rec, _ := one(t, in)
		require.Equal(t, mapi.String8{Raw: []byte{0xD1}, CodePage: 1251}, rec.Prop.Value)
	}
	rec, _ := one(t, `{"tag":"0x0037101E","raw":"01000000d1","codePage":1251}`)
	for _, v := range rec.Prop.Value.(mapi.MultipleString8) {
		require.Equal(t, 1251, v.CodePage)
	}
}

// TestEarlierMalformed finds every member that is not what inspect writes.
func TestEarlierMalformed(t *testing.T) {
	finding := func(f string) string { return `{"hex":"01","findings":[` + f + `]}` }
	for in, want := range map[string]string{
		`{"hex":"01","findings":7}`:                                                     `"findings" is 7, must be an array`,
		`{"hex":"01","inferred":7}`:                                                     `"inferred" is 7, must be an object with "raw" in hex`,
		`{"hex":"01","inferred":{"raw":"0"}}`:                                           `"inferred" is {"raw":"0"}, must be an object with "raw" in hex`,
		`{"hex":"01","inferred":{}}`:                                                    `"inferred" is {}, must be an object with "raw" in hex`,
		`{"hex":"01","text":7}`:                                                         `"text" is 7, must be a string`,
		`{"hex":"01","source":7}`:                                                       `"source" is 7, must be a string`,
		`{"hex":"01","source":"a","line":-1}`:                                           `"line" is -1, must be a whole number (line 1 of out.jsonl)`,
		`{"hex":"01","source":"a","offset":-2}`:                                         `"offset" is -2, must be a whole number (line 1 of out.jsonl)`,
		finding(`7`):                                                                    `"findings" 0 is no object: there is no '{'; 1 of 1 are not used`,
		finding(`{"severity":"bad","code":"msg.x"},{},{}`):                              `"findings" 0 has no severity; 3 of 3 are not used`,
		finding(`{"severity":"info","code":"msg.x"}`):                                   `"findings" 0 has no code or no message; 1 of 1 are not used`,
		finding(`{"severity":"info","message":"m"}`):                                    `"findings" 0 has no code or no message; 1 of 1 are not used`,
		finding(`{"severity":"info","code":"msg.x","path":1}`):                          `"findings" 0 has a bad "path"; 1 of 1 are not used`,
		finding(`{"severity":"info","code":"m.x","offset":-2}`):                         `"findings" 0 has a bad "offset"; 1 of 1 are not used`,
		finding(`{"severity":"info","code":"msg.x","message":"m","offset":1,"len":1}`):  `"findings" 0 is about bytes that are not there; 1 of 1 are not used`,
		finding(`{"severity":"info","code":"msg.x","message":"m","offset":1,"len":-1}`): `"findings" 0 is about bytes that are not there; 1 of 1 are not used`,
	} {
		rec, err := one(t, in)
		require.NoError(t, err)
		require.Equal(t, []byte{1}, rec.Raw)
		require.Len(t, rec.Findings, 1, in)
		require.Equal(t, BadMember, rec.Findings[0].Code)
		require.Equal(t, want, rec.Findings[0].Msg)
	}
}

// TestEarlierError passes on an error in the place of a record as what it was.
func TestEarlierError(t *testing.T) {
	f := diag.Finding{Severity: diag.Fatal, Code: "msg.cycle", Span: diag.Span{Offset: -1}, Path: "file", Msg: "is broken"}
	rec, err := one(t, `{"source":"a.msg","error":"file: is broken (msg.cycle)","findings":[`+string(f.AppendJSON(nil))+`]}`)
	require.Equal(t, f, err)
	require.Equal(t, "a.msg", rec.Source)
	require.Equal(t, []diag.Finding{f}, rec.Findings)
	rec, err = one(t, `{"source":"a.msg","error":"open a.msg: no such file","findings":[]}`)
	require.True(t, errors.Is(err, EarlierError))
	require.Contains(t, err.Error(), "open a.msg: no such file")
	require.Equal(t, "a.msg", rec.Source)
}
