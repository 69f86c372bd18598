package rule

import (
	"encoding/json"

	"github.com/mapiprop/mapiprop/internal/jsonform"
)

// MarshalJSON returns the value form. It never fails.
func (v *SearchFolder) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. What is empty is left out.
func (v *SearchFolder) AppendJSON(b []byte) []byte {
	o := begin(b)
	o.num("version", uint64(v.Version))
	o.num("flags", uint64(v.Flags))
	o.num("numericalSearch", uint64(v.NumericalSearch))
	o.searchText("textSearch", v.TextSearch)
	o.bytes("skipBlock1", v.SkipBlock1)
	o.num("deepSearch", uint64(v.DeepSearch))
	o.searchText("folderList1", v.FolderList1)
	o.bytes("folderList2", v.FolderList2)
	if len(v.Addresses) > 0 {
		o.list("addresses", len(v.Addresses), func(o *object, i int) {
			o.num("pad", uint64(v.Addresses[i].Pad))
			o.values("values", v.Addresses[i].Values)
		})
	}
	o.bytes("skipBlock2", v.SkipBlock2)
	o.restriction("restriction", v.Restriction)
	o.bytes("advancedSearch", v.AdvancedSearch)
	o.bytes("skipBlock3", v.SkipBlock3)
	o.bytes("trailing", v.Trailing)
	return o.end()
}

func (o *object) searchText(name string, t SearchText) {
	if t == (SearchText{}) {
		return
	}
	o.nested(name, func(o *object) {
		o.str("text", t.Text)
		if t.Long {
			o.key("long")
			o.b = append(o.b, "true"...)
		}
	})
}

type searchTextForm struct {
	Text jsonform.Text
	Long bool
}

// UnmarshalJSON reads the value form into v.
func (v *SearchFolder) UnmarshalJSON(b []byte) error {
	var f struct {
		Version                 uint32
		Flags                   SearchFlags
		NumericalSearch         uint32
		TextSearch, FolderList1 searchTextForm
		DeepSearch              uint32
		FolderList2             jsonform.Hex
		Addresses               []struct {
			Pad    uint32
			Values []valueForm
		}
		Restriction                        *restrictionForm
		AdvancedSearch                     jsonform.Hex
		SkipBlock1, SkipBlock2, SkipBlock3 jsonform.Hex
		Trailing                           jsonform.Hex
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	var m maker
	out := SearchFolder{f.Version, f.Flags, f.NumericalSearch, SearchText{string(f.TextSearch.Text), f.TextSearch.Long}, f.SkipBlock1, f.DeepSearch,
		SearchText{string(f.FolderList1.Text), f.FolderList1.Long}, f.FolderList2, nil, f.SkipBlock2, m.restriction(f.Restriction), f.AdvancedSearch, f.SkipBlock3, f.Trailing}
	for _, a := range f.Addresses {
		out.Addresses = append(out.Addresses, SearchAddress{a.Pad, m.values(a.Values)})
	}
	if m.err == nil {
		*v = out
	}
	return m.err
}
