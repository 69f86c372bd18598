package exchange

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
)

func TestTypeOf(t *testing.T) {
	for word, want := range map[string]mapi.PropType{
		"ApplicationTime": 0x0007, "Binary": 0x0102, "Boolean": 0x000B, "CLSID": 0x0048, "Currency": 0x0006, "Double": 0x0005, "Error": 0x000A,
		"Float": 0x0004, "Integer": 0x0003, "Long": 0x0014, "Null": 0x0001, "Object": 0x000D, "Short": 0x0002, "String": 0x001F, "SystemTime": 0x0040,
		"ApplicationTimeArray": 0x1007, "BinaryArray": 0x1102, "CLSIDArray": 0x1048, "CurrencyArray": 0x1006, "DoubleArray": 0x1005,
		"FloatArray": 0x1004, "IntegerArray": 0x1003, "LongArray": 0x1014, "ShortArray": 0x1002, "StringArray": 0x101F, "SystemTimeArray": 0x1040,
	} {
		for _, w := range []string{word, strings.ToLower(word), strings.ToUpper(word)} {
			got, ok := TypeOf(w)
			require.True(t, ok, w)
			require.Equal(t, want, got, w)
		}
	}
	for _, w := range []string{"", "Array", "Text", "Int", "StringArrayArray", "BooleanArray", "ErrorArray", "NullArray", "ObjectArray", " String", "0x001F"} {
		got, ok := TypeOf(w)
		require.False(t, ok, w)
		require.Equal(t, mapi.PtypUnspecified, got, w)
	}
}

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		s       string
		n       uint32
		hex, ok bool
	}{
		{"0x37", 0x37, true, true}, {"0X8216", 0x8216, true, true}, {"0xFFFFFFFF", 0xFFFFFFFF, true, true}, {"33302", 33302, false, true},
		{"-2147450594", 0x8000811E, false, true}, {"0", 0, false, true}, {"007", 7, false, true},
		{"0x100000000", 0, true, false}, {"4294967296", 0, false, false}, {"0x", 0, true, false}, {"0x+1", 0, true, false}, {"0x1_0", 0, true, false},
		{"", 0, false, false}, {"x37", 0, false, false}, {"+1", 0, false, false}, {"--1", 0, false, false}, {"-", 0, false, false}, {"8216h", 0, false, false}, {" 1", 0, false, false},
	} {
		n, hex, ok := Number(tt.s)
		require.Equal(t, tt.ok, ok, tt.s)
		require.Equal(t, tt.hex, hex, tt.s)
		if ok {
			require.Equal(t, tt.n, n, tt.s)
		}
	}
}

func TestTagOf(t *testing.T) {
	for _, tt := range []struct {
		n    uint32
		t    mapi.PropType
		want Tagged
	}{
		{0x37, mapi.PtypString, Tagged{Tag: 0x0037001F}},
		{0x8037, mapi.PtypString, Tagged{Tag: 0x8037001F, Local: true}},
		{0x0037001F, mapi.PtypString, Tagged{Tag: 0x0037001F, Full: true}},
		{0x0037001E, mapi.PtypString, Tagged{Tag: 0x0037001F, Full: true}},
		{0x6601101E, mapi.PtypMultipleString, Tagged{Tag: 0x6601101F, Full: true}},
		{0x00370003, mapi.PtypString, Tagged{Tag: 0x0037001F, Full: true, Other: true}},
		{0x80370102, mapi.PtypBinary, Tagged{Tag: 0x80370102, Full: true, Local: true}},
	} {
		require.Equal(t, tt.want, TagOf(tt.n, tt.t), "0x%X", tt.n)
	}
}

func TestHexMeant(t *testing.T) {
	appointment, err := guid.Parse("00062002-0000-0000-C000-000000000046")
	require.NoError(t, err)
	for _, tt := range []struct {
		lid    uint32
		digits string
		want   uint32
	}{
		{8208, "8208", 0x8208}, {33288, "33288", 0}, {1, "1", 0}, {12345, "12345", 0}, {0, "zz", 0},
	} {
		lid, ok := HexMeant(mapi.PropName{Set: appointment, LID: tt.lid}, tt.digits)
		require.Equal(t, tt.want != 0, ok, tt.digits)
		if ok {
			require.Equal(t, tt.want, lid, tt.digits)
		}
	}
}
