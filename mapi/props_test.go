package mapi

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/guid"
)

func TestProps(t *testing.T) {
	set, other := guid.GUID{1}, guid.GUID{2}
	props := Props{
		{Tag: 0x0037001E, Value: String8{Raw: []byte("a")}},
		{Tag: PidTagSubject, Value: String("b")},
		{Tag: PidTagSubject, Value: String("c")},
		{Tag: 0x80010003, Name: PropName{Set: set, LID: 0x8205}, Value: Integer32(1)},
		{Tag: 0x80020003, Name: PropName{Set: other, LID: 0x8205}, Value: Integer32(2)},
		{Tag: 0x8003001F, Name: PropName{Set: set, Name: "Keywords"}, Value: String("d")},
		{Tag: 0x8004001F, Name: PropName{Set: set, Name: "KEYWORDS"}, Value: String("e")},
	}
	text := func(p Prop, ok bool) string {
		if !ok {
			return "-"
		}
		return p.Value.String()
	}
	values := func(all []Prop) (s []string) {
		for _, p := range all {
			s = append(s, p.Value.String())
		}
		return s
	}
	got := []string{
		text(props.Lookup(PidTagSubject)), text(props.Lookup(PidTagBody)),
		text(props.LookupID(0x0037)), text(props.LookupID(0x0038)),
		text(props.ByName(PropName{Set: other, LID: 0x8205})), text(props.ByName(PropName{Set: set, Name: "keywords"})),
		text(props.ByName(PropName{Set: set, Name: "keyword"})), text(props.ByName(PropName{})),
	}
	if diff := cmp.Diff([]string{"b", "-", "a", "-", "2", "d", "-", "-"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, values(slices.Collect(props.All(0x0037)))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"d", "e"}, values(slices.Collect(props.AllNamed(PropName{Set: set, Name: "keyWords"})))); diff != "" {
		t.Error(diff)
	}
	for range props.All(0x0037) {
		break // the iterators stop when they are told to
	}
	for range props.AllNamed(PropName{Set: set, Name: "keywords"}) {
		break
	}
	for p := range props.AllNamed(PropName{}) {
		t.Errorf("the zero name finds %v", p)
	}
}

func TestPropName(t *testing.T) {
	set := guid.GUID{1}
	for _, tc := range []struct {
		a, b  PropName
		equal bool
	}{
		{PropName{}, PropName{}, true},
		{PropName{Set: set, LID: 1}, PropName{Set: set, LID: 1}, true},
		{PropName{Set: set, LID: 1}, PropName{Set: set, LID: 2}, false},
		{PropName{Set: set, LID: 1}, PropName{LID: 1}, false},
		{PropName{Set: set, Name: "a-Z"}, PropName{Set: set, Name: "A-z"}, true},
		{PropName{Set: set, Name: "a"}, PropName{Set: set, Name: "ab"}, false},
		{PropName{Set: set, Name: "ä"}, PropName{Set: set, Name: "Ä"}, false}, // ASCII only
		{PropName{Set: set, Name: "["}, PropName{Set: set, Name: "{"}, false},
		{PropName{Set: set, Name: "a", LID: 1}, PropName{Set: set, Name: "a", LID: 2}, true}, // the string is the name
		{PropName{Set: set, Name: "a"}, PropName{Set: set}, false},
	} {
		if tc.a.Equal(tc.b) != tc.equal || tc.b.Equal(tc.a) != tc.equal {
			t.Errorf("%s and %s: equal is not %v", tc.a, tc.b, tc.equal)
		}
	}
	if !(PropName{}).IsZero() || (PropName{LID: 1}).IsZero() || (PropName{Set: set}).IsZero() {
		t.Error("IsZero")
	}
}

func ExamplePropName_String() {
	set, _ := guid.ByName("PS_PUBLIC_STRINGS")
	fmt.Println(PropName{Set: set, Name: "Keywords"})
	fmt.Println(PropName{Set: set, LID: 0x9000})
	// Output:
	// {00020329-0000-0000-C000-000000000046}:"Keywords"
	// {00020329-0000-0000-C000-000000000046}:0x9000
}
