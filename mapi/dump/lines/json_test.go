package lines

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// showJSON writes a record in one line.
func showJSON(rec dump.Record, err error) string {
	s := show(rec, err)
	if rec.Item != "" {
		s += " item=" + rec.Item
	}
	if rec.Derived {
		s += " derived"
	}
	if rec.Prop.Value != nil {
		s += " value=" + rec.Prop.Value.String()
	}
	return s
}

func readJSON(t testing.TB, in string) (shown []string) {
	t.Helper()
	for rec, err := range NewJSONReader(strings.NewReader(in), "f").Records() {
		if !strings.Contains(strings.ToLower(in), "source") {
			require.Equal(t, "f", rec.Source)
		}
		shown = append(shown, showJSON(rec, err))
	}
	return shown
}

const appointmentSet = "{00062002-0000-0000-C000-000000000046}"

func TestJSON(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"V34 named", `{"item":"m1","propset":"` + appointmentSet + `","lid":"0x8233","type":"binary","hex":"2C01"}`,
			"1@0 0x00000102 " + appointmentSet + ":0x8233 raw=2C01 item=m1 value=2c01"},
		{"V34 value", `{"tag":"0x0E060040","value":"2012-05-05T16:00:00Z"}`, "1@0 0x0E060040 raw=00C0E41FD82ACD01 derived value=2012-05-05T16:00:00Z"},
		{"inspect", `{"source":"a.xml","item":"message 3","tag":"0x80380102","type":"PtypBinary","name":{"set":"` + appointmentSet +
			`","setName":"PSETID_Appointment","lid":"0x825E"},"canonical":"X","kind":"tzdef","size":2,"raw":"0201","value":{"a":[1,{"b":"]}"}]},"findings":[]}`,
			"0@0 0x80380102 " + appointmentSet + ":0x825E raw=0201 item=message 3 value=0201"},
		{"common record", `{"item":"m","sub":"recipient:0","tag":"0x80380102","type":"PtypBinary","named":{"guid":"` + appointmentSet + `","kind":"id","lid":33374},"hex":"01"}`,
			"1@0 0x80380102 " + appointmentSet + ":0x825E raw=01 item=m/recipient 0 value=01"},
		{"string named", `{"propset":"` + appointmentSet + `","name":"Keywords","type":"StringArray","value":["a","b"]}`,
			"1@0 0x0000101F " + appointmentSet + `:"Keywords" raw=020000006100020000006200 derived value=["a","b"]`},
		{"DASL", `{"dasl":"http://schemas.microsoft.com/mapi/id/` + appointmentSet + `/82330102","hex":"2C01"}`, "1@0 0x00000102 " + appointmentSet + ":0x8233 raw=2C01 value=2c01"},
		{"DASL as name", `{"name":"http://schemas.microsoft.com/mapi/proptag/0x0037001F","value":"Plan"}`, "1@0 0x0037001F raw=50006C0061006E00 derived value=Plan"},
		{"DASL, another tag", `{"tag":"0x37010102","dasl":"proptag/0x37020102","hex":"01"}`, "1@0 0x37010102 raw=01 | warning conflict value=01"},
		{"DASL, another name", `{"propset":"` + appointmentSet + `","lid":1,"type":"binary","dasl":"id/` + appointmentSet + `/00020102","hex":"01"}`,
			"1@0 0x00000102 " + appointmentSet + ":0x0001 raw=01 | warning conflict value=01"},
		{"DASL of nothing", `{"dasl":"urn:schemas:httpmail:subject","hex":"01"}`, "1@0 raw=01 | error bad-member value=01"},
		{"any case", `{"PropTag":"0x37010102","HEX":"0a"}`, "1@0 0x37010102 raw=0A value=0a"},
		{"hex wins", `{"tag":"0x37010102","value":"03","base64":"Ag==","hex":"01"}`, "1@0 0x37010102 raw=01 | warning conflict value=01"},
		{"hex and base64 agree", `{"value":"03","base64":"AQ==","hex":"01"}`, "1@0 raw=01 value=01"},
		{"hex and broken base64", `{"base64":"AQ=","hex":"01"}`, "1@0 raw=01 | warning conflict value=01"},
		{"twice", `{"hex":"01","hex":"02"}`, "1@0 raw=01 | warning conflict value=01"},
		{"three times", `{"hex":"01","RAW":"02","raw":"03"}`, "1@0 raw=01 | warning conflict value=01"},
		{"null first", `{"hex":null,"raw":"02"}`, "1@0 raw=02 value=02"},
		{"null second", `{"raw":"02","hex":null}`, "1@0 raw=02 value=02"},
		{"two tags", `{"tag":"0x37010102","proptag":"0x37020102","hex":"01"}`, "1@0 0x37010102 raw=01 | warning conflict value=01"},
		{"LID inside and outside", `{"lid":33331,"named":{"guid":"` + appointmentSet + `","lid":33374},"hex":"01"}`,
			"1@0 0x00000102 " + appointmentSet + ":0x8233 raw=01 | warning conflict value=01"},
		{"the same LID inside and outside", `{"lid":33331,"named":{"guid":"` + appointmentSet + `","lid":"0x8233"},"hex":"01"}`,
			"1@0 0x00000102 " + appointmentSet + ":0x8233 raw=01 value=01"},
		{"LID twice inside", `{"named":{"guid":"` + appointmentSet + `","lid":33331,"id":2},"hex":"01"}`,
			"1@0 0x00000102 " + appointmentSet + ":0x8233 raw=01 | warning conflict value=01"},
		{"base64 wins", `{"tag":"0x37010102","value":"03","base64":"Ag=="}`, "1@0 0x37010102 raw=02 value=02"},
		{"tag as a number", `{"tag":924909826,"hex":""}`, "1@0 0x37210102 raw= value="},
		{"only a name", `{"name":"PidTagSubject","value":"Plan"}`, "1@0 0x0037001F raw=50006C0061006E00 derived value=Plan"},
		{"only a named name", `{"name":"PidLidTimeZoneStruct","hex":"01"}`, "1@0 0x00000102 " + appointmentSet + ":0x8233 raw=01 value=01"},
		{"nothing but hex", `{"hex":"0102"}`, "1@0 raw=0102 value=0102"},
		{"lone surrogate", `{"tag":"0x0037001F","value":"\ud800x"}`, "1@0 0x0037001F raw=00D87800 derived value=\xED\xA0\x80x"},
		{"long", `{"tag":"0x66740014","value":"72057601616445441"}`, "1@0 0x66740014 raw=0100B7C301000001 derived value=72057601616445441"},
		{"unsigned long", `{"tag":"0x0E070003","value":4294967295}`, "1@0 0x0E070003 raw=FFFFFFFF derived value=-1"},
		{"short", `{"type":"Short","value":-2}`, "1@0 0x00000002 raw=FEFF derived value=-2"},
		{"boolean", `{"type":"Boolean","value":true}`, "1@0 0x0000000B raw=01 derived value=true"},
		{"currency", `{"type":"Currency","value":"-0.0001"}`, "1@0 0x00000006 raw=FFFFFFFFFFFFFFFF derived value=-0.0001"},
		{"currency without decimals", `{"type":"Currency","value":12}`, "1@0 0x00000006 raw=C0D4010000000000 derived value=12.0000"},
		{"double", `{"type":"Double","value":1.5}`, "1@0 0x00000005 raw=000000000000F83F derived value=1.5"},
		{"float", `{"type":"Float","value":1.5}`, "1@0 0x00000004 raw=0000C03F derived value=1.5"},
		{"application time", `{"type":"ApplicationTime","value":1}`, "1@0 0x00000007 raw=000000000000F03F derived value=1899-12-31T00:00:00"},
		{"clsid", `{"type":"CLSID","value":"` + appointmentSet + `"}`, "1@0 0x00000048 raw=0220060000000000C000000000000046 derived value=" + appointmentSet},
		{"error", `{"type":"Error","value":"MAPI_E_NOT_FOUND"}`, "1@0 0x0000000A raw=0F010480 derived value=MAPI_E_NOT_FOUND"},
		{"error by number", `{"type":"Error","value":"0x8004010F"}`, "1@0 0x0000000A raw=0F010480 derived value=MAPI_E_NOT_FOUND"},
		{"null", `{"type":"Null","value":null}`, "1@0 0x00000001 raw= derived value="},
		{"filetime beyond years", `{"type":"SystemTime","value":"9223372036854775807"}`, "1@0 0x00000040 raw=FFFFFFFFFFFFFF7F derived value="},
		{"list of numbers", `{"type":"IntegerArray","value":[1,-1]}`, "1@0 0x00001003 raw=01000000FFFFFFFF derived value=[1,-1]"},
		{"empty list", `{"type":"IntegerArray","value":[]}`, "1@0 0x00001003 raw= derived value=[]"},
		{"no list", `{"type":"IntegerArray","value":1}`, "1@0 0x00001003 raw= | error bad-member"},
		{"bad element", `{"type":"IntegerArray","value":[1,"x","y"]}`, "1@0 0x00001003 raw= | error bad-member"},
		{"too great", `{"type":"Short","value":65536}`, "1@0 0x00000002 raw= | error bad-member"},
		{"8-bit text", `{"type":"0x001E","value":"é"}`, "1@0 0x0000001E raw= | error bad-member"},
		{"local time", `{"type":"SystemTime","value":"2012-05-05T16:00:00"}`, "1@0 0x00000040 raw= | error bad-member"},
		{"100 ns", `{"type":"SystemTime","value":"2012-05-05T16:00:00.000000100000000Z"}`, "1@0 0x00000040 raw=01C0E41FD82ACD01 derived value=2012-05-05T16:00:00.0000001Z"},
		{"finer than 100 ns", `{"type":"SystemTime","value":"2012-05-05T16:00:00.00000015Z"}`, "1@0 0x00000040 raw= | error bad-member"},
		{"finer than 1 ns", `{"type":"SystemTime","value":"2012-05-05T16:00:00.0000001000001Z"}`, "1@0 0x00000040 raw= | error bad-member"},
		{"finer than 100 ns, in a list", `{"type":"SystemTimeArray","value":["2012-05-05T16:00:00.00000015Z"]}`, "1@0 0x00001040 raw= | error bad-member"},
		{"no type for text", `{"type":"PtypObject","value":"x"}`, "1@0 0x0000000D raw= | error bad-member"},
		{"hex is a number", `{"tag":"0x37010102","hex":12}`, "1@0 0x37010102 raw= | error bad-member"},
		{"bad set", `{"guid":"{00062002}","lid":1,"hex":"01"}`, "1@0 raw=01 | error bad-member value=01"},
		{"set alone", `{"guid":"` + appointmentSet + `","hex":"01"}`, "1@0 raw=01 | error bad-member value=01"},
		{"unknown type", `{"type":"Colour","hex":"01"}`, "1@0 raw=01 | error bad-member value=01"},
		{"types differ", `{"tag":"0x37010102","type":3,"hex":"01"}`, "1@0 0x37010102 raw=01 | error type-mismatch value=01"},
		{"size", `{"tag":"0x37010102","hex":"0102","size":3}`, "1@0 0x37010102 raw=0102 | error size-mismatch value=0102"},
		{"damaged hex", `{"tag":"0x37010102","hex":"01ZZ"}`, "1@0 0x37010102 raw=01 | error bad-digit value=01"},
		{"does not fit", `{"tag":"0x0E070003","hex":"01"}`, "1@0 0x0E070003 raw=01 | fatal mapi.truncated value=01"},
		{"error of an earlier run", `{"source":"a","line":7,"error":"broken"}`, "7@0 | error earlier-error"},
		{"no object", `[1]`, "1@0 | error bad-json"},
		{"cut before anything", `{"hex":"01`, "1@0 | error bad-json"},
		{"cut later", `{"hex":"01","item":"m`, "1@0 raw=01 | error bad-json value=01"},
		{"more follows", `{"hex":"01"} {"hex":"02"}`, "1@0 raw=01 | error bad-json value=01"},
		{"no comma", `{"hex":"01" "item":"m"}`, "1@0 raw=01 | error bad-json value=01"},
		{"deep", `{"hex":"01","value":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`, "1@0 raw=01 value=01"},
		{"crossed", `{"hex":"01","value":[{]}}`, "1@0 raw=01 | error bad-json value=01"},
		{"no value", `{"tag":"0x37010102"}`, "1@0 0x37010102 raw= | warning no-value"},
		{"LID alone", `{"lid":33331,"hex":"01"}`, "1@0 raw=01 | warning no-set value=01"},
		{"unknown name", `{"name":"PidLidNothing","hex":"01"}`, "1@0 raw=01 | warning unknown-name value=01"},
		{"blank lines", "\n \r\n{\"hex\":\"01\"}\n", "3@4 raw=01 value=01"},
		{"derived", `{"tag":"0x37050005","raw":"000000000000F83F","derived":true,"value":1.5}`, "1@0 0x37050005 raw=000000000000F83F derived value=1.5"},
		{"not derived", `{"hex":"01","derived":false}`, "1@0 raw=01 value=01"},
		{"derived somehow", `{"hex":"01","derived":"yes"}`, "1@0 raw=01 | error bad-member value=01"},
		{"broken name", `{"name":{"set" "` + appointmentSet + `"},"hex":"01"}`, "1@0 raw=01 | error bad-member value=01"},
		{"BOM", "\uFEFF{\"hex\":\"01\"}", "1@3 raw=01 value=01"},
		{"empty", "", "0@0 | error no-blobs"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readJSON(t, tt.in)
			require.Len(t, got, 1)
			if tt.name == "filetime beyond years" {
				got[0], _, _ = strings.Cut(got[0], "value=")
				got[0] += "value="
			}
			require.Empty(t, cmp.Diff(tt.want, got[0]))
		})
	}
}

// A conflict names both members as they are spelled, and which is used.
func TestJSONConflict(t *testing.T) {
	for in, want := range map[string]string{
		`{"HEX":"01","base64":"AgI="}`:                                          `"HEX" and "base64" are both there: "HEX" is used`,
		`{"base64":"AgI=","raw":"01"}`:                                          `"raw" and "base64" are both there: "raw" is used`,
		`{"hex":"01","lid":1,"named":{"guid":"` + appointmentSet + `","id":2}}`: `"lid" and "named.id" are both there: "lid" is used`,
	} {
		rec, err := one(t, in)
		require.NoError(t, err)
		require.Len(t, rec.Findings, 1)
		require.Equal(t, want, rec.Findings[0].Msg)
	}
}

func TestJSONUTF16(t *testing.T) {
	b, _ := wtf8.AppendEncode(nil, "\uFEFF{\"hex\":\"01\"}\r\n{\"hex\":\"02\"}")
	var got []string
	for rec, err := range NewJSONReader(bytes.NewReader(b), "").Records() {
		got = append(got, showJSON(rec, err))
	}
	require.Equal(t, []string{"1@2 raw=01 value=01", "2@30 raw=02 value=02"}, got)
}

func TestJSONErrors(t *testing.T) {
	broken := errors.New("broken")
	var errs []error
	for _, err := range NewJSONReader(io.MultiReader(strings.NewReader("{}\n{"), iotest.ErrReader(broken)), "").Records() {
		if err != nil {
			errs = append(errs, err)
		}
	}
	require.Len(t, errs, 2)
	require.ErrorIs(t, errs[0], BadJSON)
	require.Equal(t, broken, errs[1])
	j := NewJSONReader(strings.NewReader(`{"hex":"0102030405060708"}`+"\n"+`{"hex":"01"}`), "")
	j.r.maxLine = 12
	var got []string
	for rec, err := range j.Records() {
		got = append(got, showJSON(rec, err))
	}
	require.Equal(t, []string{"1@0 | error too-long", "2@27 raw=01 value=01"}, got)
}

// Every value that JSON can spell comes back from what AppendJSON wrote of it.
func TestJSONValues(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 9))
		raw := make([]byte, 16)
		for i := range raw {
			raw[i] = byte(r.IntN(256))
		}
		for typ, n := range map[mapi.PropType]int{mapi.PtypInteger16: 2, mapi.PtypInteger32: 4, mapi.PtypInteger64: 8, mapi.PtypCurrency: 8,
			mapi.PtypErrorCode: 4, mapi.PtypGuid: 16, mapi.PtypString: 16, mapi.PtypBinary: 5, mapi.PtypMultipleInteger16: 6,
			mapi.PtypMultipleInteger64: 16, mapi.PtypMultipleCurrency: 16, mapi.PtypTime: 8, mapi.PtypMultipleGuid: 16} {
			v, err := mapi.ParseRaw(typ, raw[:n])
			require.NoError(t, err)
			line := fmt.Sprintf(`{"type":%d,"value":%s}`, typ, v.AppendJSON(nil))
			for rec, err := range NewJSONReader(strings.NewReader(line), "").Records() {
				require.NoError(t, err, line)
				require.Equal(t, hex.EncodeToString(raw[:n]), hex.EncodeToString(rec.Raw), line)
				require.True(t, rec.Derived)
			}
		}
	}
}

// Cut or changed anywhere, a line gives records or errors, and no panic.
func TestJSONDamaged(t *testing.T) {
	line := `{"source":"a.xml","item":"m","tag":"0x80380102","type":"PtypBinary","name":{"set":"` + appointmentSet +
		`","lid":"0x825E"},"size":2,"raw":"0201","value":{"a":[1,true,null,"x\u0041\n"]},"findings":[]}`
	for n := 1; n < len(line); n++ {
		got := readJSON(t, line[:n])
		require.Len(t, got, 1)
		require.Contains(t, got[0], "bad-json", "%d", n)
	}
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 11))
		b := []byte(line)
		for range 1 + r.IntN(6) {
			b[r.IntN(len(b))] = `{}[]",:\0123abcxz-.eE`[r.IntN(21)]
		}
		require.NotEmpty(t, readJSON(t, string(b)))
	}
	var _ dump.Reader = (*JSONReader)(nil)
	_, ok := diag.Lookup(Codes(), BadJSON)
	require.True(t, ok)
}
