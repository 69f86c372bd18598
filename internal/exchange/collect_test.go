package exchange

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// evaluated is what becomes of a value, in one line.
func evaluated(v *Value, t mapi.PropType, short bool) string {
	rec := dump.Record{Prop: mapi.Prop{Tag: mapi.TagOf(0x6601, t)}}
	remarks := v.Evaluate(t, &rec, short)
	s := fmt.Sprintf("%s %x %v", rec.Prop.Tag, rec.Raw, rec.Prop.Value)
	if rec.Derived {
		s += " derived"
	}
	if rec.Text != "" {
		s += fmt.Sprintf(" text=%s", rec.Text)
	}
	for _, m := range remarks {
		s += fmt.Sprintf(" | %d%s", m.About, m.At)
		if m.Span.Offset >= 0 {
			s += fmt.Sprintf(" at %d", m.Span.Offset)
		}
	}
	return s
}

// scalar is a Value of one text, whose type was known before it came, or was not.
func scalar(known mapi.PropType, s string) *Value {
	v := new(Value)
	v.Reset()
	v.Scalar(known).Write([]byte(s))
	return v
}

// list is a Value of many; "-" is an element without text.
func list(elements ...string) *Value {
	v := new(Value)
	v.Reset()
	v.List()
	for _, e := range elements {
		if e != "-" {
			v.Element().Write([]byte(e))
		}
		v.EndElement(e != "-")
	}
	return v
}

func TestEvaluate(t *testing.T) {
	const binary, unknown = mapi.PtypBinary, mapi.PtypUnspecified
	for _, tt := range []struct {
		name  string
		v     *Value
		t     mapi.PropType
		short bool
		want  string
	}{
		{"nothing", new(Value), mapi.PtypString, false, "0x6601001F  <nil>"},
		{"text", scalar(mapi.PtypString, "ab"), mapi.PtypString, false, "0x6601001F 61006200 ab derived"},
		{"text of no type", scalar(unknown, "ab"), unknown, false, "0x66010000  <nil> text=ab"},
		{"bad text", scalar(mapi.PtypString, "\xE9"), mapi.PtypString, false, "0x6601001F fdff \uFFFD derived text=\xE9 | 12"},
		{"number", scalar(mapi.PtypInteger32, "5"), mapi.PtypInteger32, false, "0x66010003 05000000 5"},
		{"no number", scalar(mapi.PtypInteger32, "five"), mapi.PtypInteger32, false, "0x66010003  <nil> text=five | 0"},
		{"time", scalar(mapi.PtypTime, "1601-01-01T00:00:01"), mapi.PtypTime, false, "0x66010040 8096980000000000 1601-01-01T00:00:01Z derived text=1601-01-01T00:00:01 | 9 | 8"},
		{"binary", scalar(binary, "LAEA"), binary, false, "0x66010102 2c0100 2c0100"},
		{"binary, type behind it", scalar(unknown, "LAEA"), binary, false, "0x66010102 2c0100 2c0100"},
		{"empty binary", scalar(binary, ""), binary, false, "0x66010102  "},
		{"bad binary", scalar(binary, "LAEA*"), binary, false, "0x66010102 2c0100 2c0100 text=LAEA* | 4 at 3"},
		{"bad binary, type behind it", scalar(unknown, "LAEA*"), binary, false, "0x66010102 2c0100 2c0100 text=LAEA* | 4 at 3"},
		{"unpadded", scalar(binary, "LAE"), binary, false, "0x66010102 2c01 2c01 text=LAE | 4 at 2"},
		{"broken off", scalar(binary, "LAE"), binary, true, "0x66010102 2c01 2c01 text=LAE"},
		{"bad and broken off", scalar(binary, "LA*"), binary, true, "0x66010102 2c 2c text=LA* | 4 at 1"},
		{"bits", scalar(binary, "LAF="), binary, false, "0x66010102 2c01 2c01 | 7"},
		{"blanks", scalar(binary, "LA EA"), binary, false, "0x66010102 2c0100 2c0100 | 5"},
		{"for URLs", scalar(binary, "LA_A"), binary, false, "0x66010102 2c0fc0 2c0fc0 | 6"},
		{"list", list("1", "2"), mapi.PtypMultipleInteger32, false, "0x66011003 0100000002000000 [1,2]"},
		{"list of strings", list("a", "", "b"), mapi.PtypMultipleString, false, "0x6601101F 02000000610000000000020000006200 [\"a\",\"\",\"b\"] derived"},
		{"list of binaries", list("LAEA", ""), mapi.PtypMultipleBinary, false, "0x66011102 030000002c010000000000 [\"2c0100\",\"\"]"},
		{"list of times", list("1601-01-01T00:00:00Z"), mapi.PtypMultipleTime, false, "0x66011040 0000000000000000 [\"1601-01-01T00:00:00Z\"] derived text=[\"1601-01-01T00:00:00Z\"] | 8"},
		{"empty list", list(), mapi.PtypMultipleInteger32, false, "0x66011003  []"},
		{"list with holes", list("-", "1", "-", "x"), mapi.PtypMultipleInteger32, false, "0x66011003 01000000 [1] text=[null,\"1\",null,\"x\"] | 1[0]"},
		{"list with a bad element", list("1", "x\"", "y"), mapi.PtypMultipleInteger32, false, "0x66011003 01000000 [1] text=[\"1\",\"x\\\"\",\"y\"] | 1[1]"},
		{"list with bad base64", list("LAEA", "LA*A"), mapi.PtypMultipleBinary, false, "0x66011102 030000002c0100 [\"2c0100\"] text=[\"LAEA\",\"LA*A\"] | 1[1]"},
		{"list of doubts", list("5", "6"), mapi.PtypMultipleCurrency, false, "0x66011006 05000000000000000600000000000000 [\"0.0005\",\"0.0006\"] | 11"},
		{"list of a single type", list("1"), mapi.PtypInteger32, false, "0x66011003 01000000 [1] | 2"},
		{"list of what has none", list("true"), mapi.PtypBoolean, false, "0x6601000B  <nil> text=[\"true\"] | 0"},
		{"list of no type", list("a", "-"), unknown, false, "0x66010000  <nil> text=[\"a\",null]"},
		{"one of a list", scalar(mapi.PtypMultipleInteger32, "5"), mapi.PtypMultipleInteger32, false, "0x66011003 05000000 [5] | 2"},
		{"one binary of a list", scalar(mapi.PtypMultipleBinary, "LAEA"), mapi.PtypMultipleBinary, false, "0x66011102 030000002c0100 [\"2c0100\"] | 2"},
		{"half a pair", scalar(mapi.PtypString, "\xED\xA0\xBD"), mapi.PtypString, false, "0x6601001F 3dd8 \xED\xA0\xBD derived | 13"},
		{"finer", scalar(mapi.PtypTime, "1601-01-01T00:00:00.00000001Z"), mapi.PtypTime, false, "0x66010040 0000000000000000 not set (1601-01-01T00:00:00Z) text=1601-01-01T00:00:00.00000001Z | 10"},
	} {
		if d := cmp.Diff(tt.want, evaluated(tt.v, tt.t, tt.short)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

// TestEvaluateAgain uses a Value for one property after the other: what one was given stays its own.
func TestEvaluateAgain(t *testing.T) {
	v := new(Value)
	var recs []dump.Record
	for _, s := range []string{"AAAA", "AQEB", "AgIC"} {
		v.Reset()
		v.Scalar(mapi.PtypBinary).Write([]byte(s))
		var rec dump.Record
		require.Empty(t, v.Evaluate(mapi.PtypBinary, &rec, false))
		recs = append(recs, rec)
		v.Reset()
		v.Scalar(mapi.PtypUnspecified).Write([]byte(s))
		rec = dump.Record{}
		require.Empty(t, v.Evaluate(mapi.PtypBinary, &rec, false))
		recs = append(recs, rec)
	}
	for i, rec := range recs {
		b := byte(i / 2)
		require.Equal(t, []byte{b, b, b}, rec.Raw)
	}
}

// TestEvaluateLimits cuts what is too long, and says how much.
func TestEvaluateLimits(t *testing.T) {
	v := new(Value)
	v.Reset()
	v.List()
	for range MaxElements + 5 {
		v.Element().Write([]byte("7"))
		v.EndElement(true)
	}
	var rec dump.Record
	remarks := v.Evaluate(mapi.PtypMultipleInteger16, &rec, false)
	require.Len(t, remarks, 1)
	require.Equal(t, AboutLength, remarks[0].About)
	require.Contains(t, remarks[0].Msg, "more than 1048576 elements; 5 were left out")
	require.Len(t, rec.Raw, 2*MaxElements)

	v.Reset()
	s := v.Scalar(mapi.PtypString)
	piece := []byte(strings.Repeat("x", 1<<20))
	for range MaxText>>20 + 1 {
		s.Write(piece)
	}
	rec = dump.Record{}
	remarks = v.Evaluate(mapi.PtypInteger32, &rec, false)
	require.Len(t, remarks, 2)
	require.Contains(t, remarks[0].Msg, "1048576 were left out")
	require.Len(t, rec.Text, MaxText)
	require.Less(t, len(remarks[1].Msg), 1000)

	v.Reset()
	v.Scalar(mapi.PtypBinary)
	v.b64.Reset(3, 100)
	v.b64.Write([]byte("AAAAAAAA"))
	remarks = v.Evaluate(mapi.PtypBinary, &rec, false)
	require.Len(t, remarks, 1)
	require.Contains(t, remarks[0].Msg, "3 were left out")
}

func TestStrays(t *testing.T) {
	file := NewText(strings.NewReader("\n\nabc"))
	require.True(t, file.Need(3))
	var s Strays
	require.Equal(t, "0", s.Summary())
	s.Add(file, "")
	require.Equal(t, "1", s.Summary())
	require.Equal(t, 1, s.Line)
	file.Skip(2)
	for i := range 20 {
		s.Add(file, strings.Repeat("x", 50)+"end")
		s.Add(file, fmt.Sprint("name", i))
	}
	require.Equal(t, int64(41), s.Values)
	require.Equal(t, 1, s.Line, "of the first")
	require.True(t, strings.HasPrefix(s.Summary(), "41, of "+strings.Repeat("x", 40)+", name0, name1, "))
	require.True(t, strings.HasSuffix(s.Names(), "name14 and others"))
	require.Equal(t, strings.Repeat("x", 40), Short(strings.Repeat("x", 41)))
	require.Equal(t, `"a"`, Quote("a"))
	require.Equal(t, `"`+strings.Repeat("a", 100)+`"…`, Quote(strings.Repeat("a", 101)))
}
