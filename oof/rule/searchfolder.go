package rule

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// SearchFolder is the value of PidTagSearchFolderDefinition (0x6845): which messages a search folder shows, and where they
// are sought ([MS-OXOSRCH] 2.2.1.2.8). What the fields mean depends on PidTagSearchFolderTemplateId beside it.
//
// Its restriction has the widths of mapi.ProfileOCFG, but two of its kinds are written otherwise than Condition reads them: a
// comment has its restriction, which is always there, before its values, and a RES_COUNT has no Count ([MS-OXOSRCH]
// 2.2.1.2.8.2). RestrictionPresent is 1 here, and Count is 0.
type SearchFolder struct {
	Version         uint32      // Version: 0x1004
	Flags           SearchFlags // A to L and Reserved: which of the fields below there are
	NumericalSearch uint32      // NumericalSearch: a size or an age
	TextSearch      SearchText  // TextSearch
	SkipBlock1      []byte      // SkipBlock1, without its size, like the others: for versions to come
	DeepSearch      uint32      // DeepSearch: 1 with the folders below, 0 without
	FolderList1     SearchText  // FolderList1: the names of the folders
	FolderList2     []byte      // FolderList2: their entry ids, an EntryList; Folders reads it
	Addresses       []SearchAddress
	SkipBlock2      []byte
	Restriction     Restriction // SearchRestriction, nil where Flags have none
	AdvancedSearch  []byte      // AdvancedSearch: for Outlook alone
	SkipBlock3      []byte
	Trailing        []byte // bytes behind the definition
}

// SearchText is a text behind the number of its units of UTF-16 ([MS-OXOSRCH] 2.2.1.2.8).
type SearchText struct {
	Text string // WTF-8
	Long bool   // the number has 3 bytes where 1 would do, as it need not below 255
}

// SearchAddress is somebody whose messages a search folder shows ([MS-OXOSRCH] 2.2.1.2.8.1.1).
type SearchAddress struct {
	Pad    uint32 // Pad: of no meaning
	Values []TaggedValue
}

// SearchFlags are those of PidTagSearchFolderStorageType ([MS-OXOSRCH] 2.2.1.2.6), under the names that MFCMAPI has for them.
type SearchFlags uint32

// The bits of PidTagSearchFolderStorageType that say which fields a definition has.
const (
	SearchNumber       SearchFlags = 0x01 // H, SFST_NUMBER: NumericalSearch has a meaning
	SearchWords        SearchFlags = 0x02 // G, SFST_TEXT: there is TextSearch
	SearchAddresses    SearchFlags = 0x04 // F, SFST_BINARY: there are Addresses
	SearchRestriction  SearchFlags = 0x08 // E, SFST_MRES: there is a restriction
	SearchFilterStream SearchFlags = 0x10 // D, SFST_FILTERSTREAM: there is AdvancedSearch
	SearchFolderNames  SearchFlags = 0x20 // C, SFST_FOLDERNAME: there is FolderList1
	SearchFolderList   SearchFlags = 0x40 // B, SFST_FOLDERLIST: there is FolderList2
)

const (
	searchFolderBlob = "searchfolder"
	searchSpec       = "[MS-OXOSRCH] 2.2.1.2.8"
	searchVersion    = 0x1004
	longText         = 0xFF // the number of units follows in 2 bytes
	addressSize      = 32
)

var searchWords = wire.Words{Truncated: Truncated, Spec: searchSpec}

var (
	searchFields  = []wire.Field{{Name: "Version", Size: 4, Meaning: hexText}, {Name: "Flags", Size: 4, Meaning: hexText}, {Name: "NumericalSearch", Size: 4, Meaning: hexText}}
	addressFields = []wire.Field{{Name: "Pad", Size: 4}}
	addressCount  = []wire.Field{{Name: "AddressCount", Size: 4}}
	valueCount    = []wire.Field{{Name: "PropertyCount", Size: 4}}
)

// DecodeSearchFolder decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeSearchFolder(b []byte) (*SearchFolder, error) {
	v := new(SearchFolder)
	if err := v.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return v, nil
}

// InspectSearchFolder decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectSearchFolder(b []byte) (*SearchFolder, *diag.Report) {
	v, r := new(SearchFolder), diag.New(searchFolderBlob, b, reported)
	c := wire.New(b, r, &searchWords)
	v.read(&c)
	return v, r
}

// UnmarshalBinary decodes b into v strictly, as DecodeSearchFolder does, and reuses the memory of v's addresses. After an error
// v holds no promised value, but may be used again.
func (v *SearchFolder) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &searchWords)
	v.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors(searchFolderBlob, reported)
	c = wire.New(b, r, &searchWords)
	v.read(&c)
	return r.Err()
}

func (v *SearchFolder) read(c *wire.Cursor) {
	r := newReader(c, mapi.ProfileOCFG)
	r.search = true
	*v = SearchFolder{Addresses: v.Addresses[:0]}
	b := c.Run(searchFields, 12)
	if b == nil {
		return
	}
	v.Version, v.Flags, v.NumericalSearch = le.Uint32(b), SearchFlags(le.Uint32(b[4:])), le.Uint32(b[8:])
	if v.Version != searchVersion {
		c.Find(diag.Warning, SearchVersion, "Version", 0, 4, "is 0x%08X, must be 0x%08X; it was read by the same layout", v.Version, searchVersion)
	}
	v.agree(c, SearchNumber, "NumericalSearch", 8, v.NumericalSearch != 0, true)
	at := c.Offset()
	v.TextSearch = r.searchText("TextSearch", "TextSearchLength", "TextSearchExtendedLength")
	v.agree(c, SearchWords, "TextSearch", at, v.TextSearch.Text != "", false)
	v.SkipBlock1 = r.skipBlock("SkipBlock1", "SkipBlock1Size")
	v.DeepSearch = c.U32("DeepSearch")
	at = c.Offset()
	v.FolderList1 = r.searchText("FolderList1", "FolderList1Length", "FolderList1ExtendedLength")
	v.agree(c, SearchFolderNames, "FolderList1", at, v.FolderList1.Text != "", false)
	at = c.Offset()
	v.FolderList2 = keep(c.Bytes("FolderList2", uint64(c.U32("FolderList2Length"))))
	v.agree(c, SearchFolderList, "FolderList2", at, len(v.FolderList2) > 0, false)
	if v.Flags&SearchAddresses != 0 {
		v.Addresses = r.addresses(v.Addresses)
	}
	v.SkipBlock2 = r.skipBlock("SkipBlock2", "SkipBlock2Size")
	if v.Flags&SearchRestriction != 0 {
		r.In("SearchRestriction", -1)
		v.Restriction = r.restriction()
		r.Out()
	}
	if v.Flags&SearchFilterStream != 0 {
		v.AdvancedSearch = keep(c.Bytes("AdvancedSearch", c.U64("AdvancedSearchLength")))
	}
	v.SkipBlock3 = r.skipBlock("SkipBlock3", "SkipBlock3Size")
	v.Trailing = keep(c.Rest("trailing", TrailingData))
	r.rest()
}

// agree finds a field that is there although the flag says that it is not, and, unless it may be empty, one that is not there
// although the flag says that it is.
func (v *SearchFolder) agree(c *wire.Cursor, flag SearchFlags, name string, at int, there, mayBeEmpty bool) {
	switch set := v.Flags&flag != 0; {
	case c.Dead():
	case there && !set:
		c.Find(diag.Warning, SearchFlagsWrong, name, at, c.Offset()-at, "is there, and Flags do not have 0x%02X, which says so", uint32(flag))
	case set && !there && !mayBeEmpty:
		c.Find(diag.Warning, SearchFlagsWrong, name, at, c.Offset()-at, "is not there, and Flags have 0x%02X, which says that it is", uint32(flag))
	}
}

// searchText reads a text behind its number of units.
func (r reader) searchText(name, length, extended string) (t SearchText) {
	n := uint64(r.U8(length))
	if n == longText {
		n = uint64(r.U16(extended))
		t.Long = n < longText && !r.Dead()
	}
	t.Text = r.Text(name, n)
	return t
}

func (r reader) skipBlock(name, size string) []byte {
	return keep(r.Bytes(name, uint64(r.U32(size))))
}

// addresses reads addresses into the memory of all, as far as it goes.
func (r reader) addresses(all []SearchAddress) []SearchAddress {
	n, ok := r.count(addressCount, 8)
	if !ok {
		return all
	}
	if all = all[:cap(all)]; len(all) == 0 {
		all = makeRoom[SearchAddress](r, n, addressSize)
	}
	used := all[:0]
	for i := range n {
		var a SearchAddress
		if len(used) < len(all) {
			a.Values = all[len(used)].Values[:0]
		}
		r.In("Addresses", int(i))
		whole := r.address(&a)
		r.Out()
		if whole || len(a.Values) > 0 {
			used = append(used, a)
		}
		if r.Dead() {
			break
		}
	}
	return used
}

// address reads an address. It reports false where not even its pad was there.
func (r reader) address(a *SearchAddress) bool {
	n, ok := r.count(valueCount, 4)
	if !ok {
		return false
	}
	b := r.Run(addressFields, 4)
	if b == nil {
		return false
	}
	a.Pad = le.Uint32(b)
	if cap(a.Values) == 0 {
		a.Values = makeRoom[TaggedValue](r, n, taggedSize)
	}
	for i := range n {
		v, ok := r.tagged("Values", int(i))
		if !ok {
			break
		}
		a.Values = append(grown(a.Values, n), v)
	}
	return true
}

// Value returns the value of the first property with that id, nil where there is none.
func (a *SearchAddress) Value(id mapi.PropID) mapi.Value {
	return (&RecipientBlock{PropertyValues: a.Values}).Value(id)
}

// Folders returns the entry ids of FolderList2, an EntryList ([MS-OXCDATA] 2.3.1). It reports false where it is none, with
// those that could be read.
func (v *SearchFolder) Folders() (ids [][]byte, ok bool) {
	b := v.FolderList2
	if len(b) < 8 {
		return nil, len(b) == 0
	}
	n, sizes := uint64(le.Uint32(b)), b[8:]
	if n > uint64(len(sizes)/8) {
		return nil, false
	}
	rest := sizes[8*n:]
	for ; n > 0; n-- {
		size := uint64(le.Uint32(sizes))
		if sizes = sizes[8:]; size > uint64(len(rest)) {
			return ids, false
		}
		ids, rest = append(ids, rest[:size:size]), rest[size:]
	}
	return ids, len(rest) == 0
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error names the first thing that no blob can hold,
// or that Flags say is not there.
func (v *SearchFolder) AppendBinary(b []byte) ([]byte, error) {
	w := writer{b: b, p: mapi.ProfileOCFG, search: true}
	for _, n := range [...]uint32{v.Version, uint32(v.Flags), v.NumericalSearch} {
		w.b = le.AppendUint32(w.b, n)
	}
	w.searchText("TextSearch", v.TextSearch)
	w.bytes("SkipBlock1", v.SkipBlock1, 4)
	w.b = le.AppendUint32(w.b, v.DeepSearch)
	w.searchText("FolderList1", v.FolderList1)
	w.bytes("FolderList2", v.FolderList2, 4)
	if w.there(v.Flags, SearchAddresses, "Addresses", len(v.Addresses) > 0) {
		w.number("AddressCount", uint64(len(v.Addresses)), 4)
		for i := range v.Addresses {
			w.number("PropertyCount", uint64(len(v.Addresses[i].Values)), 4)
			w.b = le.AppendUint32(w.b, v.Addresses[i].Pad)
			for j := range v.Addresses[i].Values {
				w.tagged("Addresses", &v.Addresses[i].Values[j])
			}
		}
	}
	w.bytes("SkipBlock2", v.SkipBlock2, 4)
	if w.there(v.Flags, SearchRestriction, "SearchRestriction", v.Restriction != nil) {
		w.restriction(v.Restriction)
	}
	if w.there(v.Flags, SearchFilterStream, "AdvancedSearch", len(v.AdvancedSearch) > 0) {
		w.b = append(le.AppendUint64(w.b, uint64(len(v.AdvancedSearch))), v.AdvancedSearch...)
	}
	w.bytes("SkipBlock3", v.SkipBlock3, 4)
	return w.end(b, v.Trailing)
}

// there reports whether the flag says that a field is there. A field may not be there without it.
func (w *writer) there(flags, flag SearchFlags, name string, there bool) bool {
	if there && flags&flag == 0 {
		w.fail(name, "is there, and Flags do not have 0x%02X, without which nobody reads it", uint32(flag))
	}
	return flags&flag != 0
}

func (w *writer) searchText(name string, t SearchText) {
	n := wtf8.Units(t.Text)
	if t.Long && n >= longText {
		w.fail(name, "is %d units long, which always takes 3 bytes", n)
	}
	if t.Long || n >= longText {
		w.b = append(w.b, longText)
		w.number(name, uint64(n), 2)
	} else {
		w.b = append(w.b, byte(n))
	}
	var ok bool
	if w.b, ok = wtf8.AppendEncode(w.b, t.Text); !ok {
		w.fail(name, "is no WTF-8")
	}
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *SearchFolder) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings: the checks, offsets and words of InspectSearchFolder. A v that
// AppendBinary refuses gives one finding, NotEncodable.
func (v *SearchFolder) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	if err != nil {
		return notEncodable(searchFolderBlob, err)
	}
	_, r := InspectSearchFolder(b)
	return slices.Collect(r.Findings())
}

// String returns which messages the folder shows, in words, as far as its restriction says so.
func (v *SearchFolder) String() string {
	if v.Flags&SearchRestriction == 0 {
		return fmt.Sprintf("messages that no restriction describes (flags 0x%04X)", uint32(v.Flags))
	}
	if v.Restriction == nil {
		return "not read"
	}
	p := prose{named: new(NamedPropertyInformation), search: true}
	p.restriction(v.Restriction)
	return string(p.b)
}
