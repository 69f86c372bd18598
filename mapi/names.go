package mapi

import (
	"iter"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
)

//go:generate go run gen/registry.go

// registry is a generated table: lines of a key and its names, the canonical one first, sorted by key; where each name
// stands in it, sorted by name without regard to case; and where each key that is a number does. Nothing is built when a
// program starts, and a table nobody asks for is not linked (TestTablesAreNotLinked).
type registry struct{ text, order, numbers string }

func tagRegistry() registry   { return registry{tagTable, tagOrder, tagNumbers} }
func bookRegistry() registry  { return registry{bookTable, bookOrder, bookNumbers} }
func namedRegistry() registry { return registry{namedTable, namedOrder, namedNumbers} }
func errorRegistry() registry { return registry{errorTable, errorOrder, errorNumbers} }
func flagRegistry() registry  { return registry{text: flagTable} } // its lines have no names: see Words

// seek returns the offset of the first line whose key is not less than key, the letters of its case aside.
func (r registry) seek(key string) int {
	lo, hi := 1, len(r.text) // the line is one that begins at lo, at hi or between them
	for lo < hi {
		// The first line that begins behind the middle; near the end there may be none.
		line := lo
		if mid := lo + (hi-lo)/2; mid > lo {
			if line = mid + strings.IndexByte(r.text[mid:hi], '\n') + 1; line == hi {
				line = lo
			}
		}
		if compareWord(r.text[line:], key, true) < 0 {
			lo = line + strings.IndexByte(r.text[line:], '\n') + 1
		} else {
			hi = line
		}
	}
	return lo
}

// compareWord compares the word at the front of text, which a blank or a line end follows, with word; with fold set,
// capital ASCII letters are taken for small ones.
func compareWord(text, word string, fold bool) int {
	for i := range len(word) {
		x, y := text[i], word[i]
		if x == ' ' || x == '\n' {
			return -1
		}
		if fold {
			x, y = lower(x), lower(y)
		}
		if x != y {
			return int(x) - int(y)
		}
	}
	if c := text[len(word)]; c != ' ' && c != '\n' {
		return 1
	}
	return 0
}

// lineAt returns the line that begins at off, without its end; the empty string at the end of the table.
func (r registry) lineAt(off int) string {
	return r.text[off : off+max(strings.IndexByte(r.text[off:], '\n'), 0)]
}

// find returns what stands behind the key on its line.
func (r registry) find(key string) (rest string, ok bool) {
	off := r.seek(key)
	if off == len(r.text) || compareWord(r.text[off:], key, true) != 0 {
		return "", false
	}
	_, rest, _ = strings.Cut(r.lineAt(off), " ")
	return rest, true
}

// numbered returns what stands behind the key that is the number n, as find does and much faster: a dump asks for the name of
// each of its properties.
func (r registry) numbered(n uint32) (rest string, ok bool) {
	const size = 7 // of an entry: the number and where its line begins
	lo, hi := 0, len(r.numbers)/size
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		e := r.numbers[mid*size:][:size]
		switch v := uint32(e[0])<<24 | uint32(e[1])<<16 | uint32(e[2])<<8 | uint32(e[3]); {
		case v < n:
			lo = mid + 1
		case v > n:
			hi = mid
		default:
			line := r.lineAt(int(e[4]) | int(e[5])<<8 | int(e[6])<<16)
			return line[strings.IndexByte(line, ' ')+1:], true
		}
	}
	return "", false
}

// lines yields the lines whose keys begin with the prefix.
func (r registry) lines(prefix string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for off := r.seek(prefix); ; {
			line := r.lineAt(off)
			if line == "" || !strings.HasPrefix(line, prefix) || !yield(line) {
				return
			}
			off += len(line) + 1
		}
	}
}

// named yields the lines on which the name stands: in just that case if it does so anywhere, else in any.
func (r registry) named(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from, exact := r.seekName(name), false
		for i := from; i < len(r.order)/3 && compareWord(r.text[r.nameAt(i):], name, true) == 0; i++ {
			exact = exact || compareWord(r.text[r.nameAt(i):], name, false) == 0
		}
		for i := from; i < len(r.order)/3; i++ {
			off := r.nameAt(i)
			if compareWord(r.text[off:], name, true) != 0 {
				return
			}
			if exact && compareWord(r.text[off:], name, false) != 0 {
				continue
			}
			if !yield(r.lineAt(strings.LastIndexByte(r.text[:off], '\n') + 1)) {
				return
			}
		}
	}
}

// seekName returns which of the names is the first that is not less than name, the case of letters aside.
func (r registry) seekName(name string) int {
	lo, hi := 0, len(r.order)/3
	for lo < hi {
		mid := lo + (hi-lo)/2
		if compareWord(r.text[r.nameAt(mid):], name, true) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// nameAt returns where the i-th name stands, in the order of names.
func (r registry) nameAt(i int) int {
	o := r.order[3*i:]
	return int(o[0]) | int(o[1])<<8 | int(o[2])<<16
}

func first(names string) string {
	name, _, _ := strings.Cut(names, " ")
	return name
}

// NameOf returns the canonical name of a tag: that of [MS-OXPROPS], "PidTagSubject", and where it has none that of
// MAPI's headers. Id and type must both be those of the name, because ids are used again with other types; only the two
// types of strings stand for one another, and a type 0x3xxx for that of its list. For ids from 0x8000 on there are no
// such names: see NamedName and AddressBookNameOf.
//
// Some tags have several names that mean different things in different objects, above all those of ids 0x6800 to
// 0x7BFF: AliasesOf has the others.
func NameOf(tag PropTag) (string, bool) {
	if tag.ID() >= 0x8000 {
		return "", false
	}
	names, ok := tagRegistry().tag(tag)
	return first(names), ok
}

// AddressBookNameOf is NameOf for the objects of an address book, in which the ids from 0x8000 on are fixed.
func AddressBookNameOf(tag PropTag) (string, bool) {
	if tag.ID() < 0x8000 {
		return NameOf(tag)
	}
	names, ok := bookRegistry().tag(tag)
	return first(names), ok
}

// tag returns the names of a tag.
func (r registry) tag(tag PropTag) (names string, ok bool) {
	t := tag.Type()
	if t.Instance() {
		t &^= flagInstance
	}
	if t&flagCodePage != 0 {
		t = t.Element()
	}
	names, ok = r.numbered(uint32(TagOf(tag.ID(), t)))
	if twin, isString := stringTwin(t); !ok && isString {
		names, ok = r.numbered(uint32(TagOf(tag.ID(), twin)))
	}
	return names, ok
}

// stringTwin returns the type of strings that goes with t, if that is one.
func stringTwin(t PropType) (PropType, bool) {
	return t ^ 1, t|1 == PtypString || t|1 == PtypMultipleString
}

// key returns the eight digits with which a line begins.
func key(tag PropTag) string {
	var b [8]byte
	return string(wire.AppendHex(b[:0], uint64(tag), 8))
}

// NamesOfID yields every tag that is known with the id, in ascending order, and its canonical name. Use it where the type
// was lost, as in a dump that gives PtypErrorCode instead: more than one may be right.
func NamesOfID(id PropID) iter.Seq2[PropTag, string] {
	return func(yield func(PropTag, string) bool) {
		for line := range tagRegistry().lines(id.String()[2:]) {
			if !yield(lineTag(line), first(line[9:])) {
				return
			}
		}
	}
}

func lineTag(line string) PropTag {
	n, _ := strconv.ParseUint(line[:8], 16, 32) // a line begins with eight digits
	return PropTag(n)
}

// AliasesOf yields the other names of the tag that NameOf names, without the twins of names of strings that end in _A,
// _W and _UNICODE.
func AliasesOf(tag PropTag) iter.Seq[string] {
	names, ok := tagRegistry().tag(tag)
	_, aliases, more := strings.Cut(names, " ")
	if !ok || !more || tag.ID() >= 0x8000 {
		return func(func(string) bool) {}
	}
	return strings.SplitSeq(aliases, " ")
}

// TagByName returns the tag that has the name: the one of [MS-OXPROPS] or one of MAPI's headers, "PidTagSubject" or
// "PR_SUBJECT", also with _A for the PtypString8 twin of a string, and _W or _UNICODE for the PtypString; without, a
// string is PtypString where both are known. It includes the tags of address books. A name that stands for properties
// with different ids is not decided on: TagByName reports false. The case of letters does not matter, except between names
// that differ in nothing else.
func TagByName(name string) (PropTag, bool) {
	if tag, n := tagNamed(name); n > 0 {
		return tag, n == 1
	}
	if len(name) < 3 || compareFold(name[:3], "PR_") != 0 {
		return 0, false
	}
	base, ansi := cutSuffixFold(name, "_A")
	if !ansi {
		var wide bool
		if base, wide = cutSuffixFold(name, "_W"); !wide {
			if base, wide = cutSuffixFold(name, "_UNICODE"); !wide {
				return 0, false
			}
		}
	}
	tag, n := tagNamed(base)
	if _, isString := stringTwin(tag.Type()); n != 1 || !isString {
		return 0, false
	}
	if ansi {
		return tag &^ 1, true
	}
	return tag | 1, true
}

// cutSuffixFold is strings.CutSuffix, the case of ASCII letters aside.
func cutSuffixFold(s, suffix string) (string, bool) {
	n := len(s) - len(suffix)
	if n < 0 || compareFold(s[n:], suffix) != 0 {
		return s, false
	}
	return s[:n], true
}

// tagNamed returns the tag with the name, and how many there are. Twins count as one.
func tagNamed(name string) (tag PropTag, n int) {
	for _, r := range [...]registry{tagRegistry(), bookRegistry()} {
		for line := range r.named(name) {
			found := lineTag(line)
			if _, isString := stringTwin(found.Type()); n > 0 && isString && found|1 == tag|1 {
				tag |= 1
				continue
			}
			if n > 0 && found == tag {
				continue // two of its names differ in case only
			}
			tag, n = found, n+1
		}
	}
	return tag, n
}

// ErrorByName returns the error code with the name, "MAPI_E_NOT_FOUND", in any case.
func ErrorByName(name string) (ErrorCode, bool) {
	for line := range errorRegistry().named(name) {
		return ErrorCode(lineTag(line)), true
	}
	return 0, false
}

func errorName(code uint32) (string, bool) {
	names, ok := errorRegistry().numbered(code)
	return first(names), ok
}
