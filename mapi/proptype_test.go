package mapi

import "testing"

func TestPropTypeNames(t *testing.T) {
	for _, tc := range []struct {
		t        PropType
		ptyp, pt string
	}{
		{0x0000, "PtypUnspecified", "PT_UNSPECIFIED"},
		{0x0001, "PtypNull", "PT_NULL"},
		{0x0002, "PtypInteger16", "PT_I2"},
		{0x0003, "PtypInteger32", "PT_LONG"},
		{0x0004, "PtypFloating32", "PT_R4"},
		{0x0005, "PtypFloating64", "PT_DOUBLE"},
		{0x0006, "PtypCurrency", "PT_CURRENCY"},
		{0x0007, "PtypFloatingTime", "PT_APPTIME"},
		{0x000A, "PtypErrorCode", "PT_ERROR"},
		{0x000B, "PtypBoolean", "PT_BOOLEAN"},
		{0x000D, "PtypObject", "PT_OBJECT"},
		{0x0014, "PtypInteger64", "PT_I8"},
		{0x001E, "PtypString8", "PT_STRING8"},
		{0x001F, "PtypString", "PT_UNICODE"},
		{0x0040, "PtypTime", "PT_SYSTIME"},
		{0x0048, "PtypGuid", "PT_CLSID"},
		{0x00FB, "PtypServerId", "PT_SVREID"},
		{0x00FD, "PtypRestriction", "PT_SRESTRICTION"},
		{0x00FE, "PtypRuleAction", "PT_ACTIONS"},
		{0x0102, "PtypBinary", "PT_BINARY"},
		{0x0103, "0x0103", "PT_FILE_HANDLE"},
		{0x0104, "0x0104", "PT_FILE_EA"},
		{0x0105, "0x0105", "PT_VIRTUAL"},
		{0x1002, "PtypMultipleInteger16", "PT_MV_I2"},
		{0x1003, "PtypMultipleInteger32", "PT_MV_LONG"},
		{0x1004, "PtypMultipleFloating32", "PT_MV_R4"},
		{0x1005, "PtypMultipleFloating64", "PT_MV_DOUBLE"},
		{0x1006, "PtypMultipleCurrency", "PT_MV_CURRENCY"},
		{0x1007, "PtypMultipleFloatingTime", "PT_MV_APPTIME"},
		{0x1014, "PtypMultipleInteger64", "PT_MV_I8"},
		{0x101E, "PtypMultipleString8", "PT_MV_STRING8"},
		{0x101F, "PtypMultipleString", "PT_MV_UNICODE"},
		{0x1040, "PtypMultipleTime", "PT_MV_SYSTIME"},
		{0x1048, "PtypMultipleGuid", "PT_MV_CLSID"},
		{0x1102, "PtypMultipleBinary", "PT_MV_BINARY"},
		{0x3003, "PtypMultipleInteger32 | MV_INSTANCE", "PT_MV_LONG | MV_INSTANCE"},
		{0x2003, "PtypInteger32 | MV_INSTANCE", "PT_LONG | MV_INSTANCE"},
		{0x0107, "0x0107", "0x0107"},
		{0x0ABC, "0x0ABC", "0x0abc"},
		{0x84B0, "0x84B0", "0x84b0"},
	} {
		if got := tc.t.String(); got != tc.ptyp {
			t.Errorf("%#04x.String() = %q, want %q", uint16(tc.t), got, tc.ptyp)
		}
		if got := tc.t.PT(); got != tc.pt {
			t.Errorf("%#04x.PT() = %q, want %q", uint16(tc.t), got, tc.pt)
		}
		for _, name := range []string{tc.ptyp, tc.pt} {
			if got, ok := ParsePropType(name); !ok || got != tc.t {
				t.Errorf("ParsePropType(%q) = %#04x, %v", name, uint16(got), ok)
			}
		}
	}
}

// TestPropTypeRoundTrip holds for every number there is: a name says the same type again.
func TestPropTypeRoundTrip(t *testing.T) {
	for n := range 0x10000 {
		p := PropType(n)
		if got, ok := ParsePropType(p.String()); !ok || got != p {
			t.Fatalf("%#04x: String %q is read as %#04x, %v", n, p.String(), uint16(got), ok)
		}
		if got, ok := ParsePropType(p.PT()); !ok || got != p {
			t.Fatalf("%#04x: PT %q is read as %#04x, %v", n, p.PT(), uint16(got), ok)
		}
	}
}

func TestParsePropType(t *testing.T) {
	for name, want := range map[string]PropType{
		"PT_SHORT": 0x0002, "PT_I4": 0x0003, "PT_TSTRING": 0x001F, "PT_LONGLONG": 0x0014, "PT_R8": 0x0005, "PT_FLOAT": 0x0004,
		"PT_MV_TSTRING": 0x101F, "0x1f": 0x001F, "0X001F": 0x001F, "0x0003 | MV_INSTANCE": 0x2003,
	} {
		if got, ok := ParsePropType(name); !ok || got != want {
			t.Errorf("ParsePropType(%q) = %#04x, %v", name, uint16(got), ok)
		}
	}
	for _, name := range []string{"", "PT_", "Ptyp", "0x", "0x10000", "0x-1", "0x+1", "1F", "ptypbinary", " PT_LONG", "PT_LONG ", "P"} {
		if got, ok := ParsePropType(name); ok {
			t.Errorf("ParsePropType(%q) = %#04x, want none", name, uint16(got))
		}
	}
}

func TestPropTypeParts(t *testing.T) {
	for _, tc := range []struct {
		t                  PropType
		multiple, instance bool
		element            PropType
		cp                 int
	}{
		{PtypInteger32, false, false, PtypInteger32, 0},
		{PtypMultipleInteger32, true, false, PtypInteger32, 0},
		{0x3003, false, true, PtypInteger32, 0},
		{0x301F, false, true, PtypString, 0},
		{0x84B0, false, false, 0x84B0, 1200},
		{0x84E4, false, false, 0x84E4, 1252},
		{0xA710, false, false, 0xA710, 10000},
		{0x801F, false, false, PtypString, 0},
	} {
		if tc.t.Multiple() != tc.multiple || tc.t.Instance() != tc.instance || tc.t.Element() != tc.element {
			t.Errorf("%#04x: Multiple %v, Instance %v, Element %s", uint16(tc.t), tc.t.Multiple(), tc.t.Instance(), tc.t.Element())
		}
		if cp, ok := tc.t.CodePage(); cp != tc.cp || ok != (tc.cp != 0) {
			t.Errorf("%#04x: CodePage %d, %v", uint16(tc.t), cp, ok)
		}
	}
	tag := TagOf(0x0037, PtypString)
	if tag != PidTagSubject || tag.ID() != 0x0037 || tag.Type() != PtypString || tag.String() != "0x0037001F" || tag.ID().String() != "0x0037" {
		t.Errorf("tag %s of %s and %s", tag, tag.ID(), tag.Type())
	}
	if PropID(0x7FFF).Local() || !PropID(0x8000).Local() || !PropID(0xFFFE).Local() || PropID(0xFFFF).Local() {
		t.Error("ids 0x8000 to 0xFFFE are local")
	}
}
