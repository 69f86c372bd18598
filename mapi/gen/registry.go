//go:build ignore

// Registry writes the tables of names that package mapi looks up: properties, named properties, error codes, and the
// code pages that golang.org/x/text lacks. Run it by go generate in the folder of the package; what it writes depends
// on nothing but the .tsv files beside it.
//
// A table is text, a line for each entry: a key, its names, the canonical one first. It is sorted by key, and next to
// it stand the offsets of all names sorted by name, three bytes each, and those of all keys that are numbers.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	tags, book := readTags()
	writeTable("ztags.go", "tag", "The tags of [MS-OXPROPS] and MFCMAPI below 0x8000.", tags, strings.Compare)
	writeTable("zaddressbook.go", "book", "The tags of address books, from 0x8000 on.", book, strings.Compare)
	guids, sets, named := readNamed()
	writeTable("znamed.go", "named", "The named properties of [MS-OXPROPS] and MFCMAPI.", named, compareFold)
	writeSets(guids)
	writeTable("zerrors.go", "error", "The error codes of MAPI.", readErrors(), strings.Compare)
	writeFlags(sets)
	writeCodePages()
}

// entry is one line of a table.
type entry struct {
	key   string
	names []string
}

// readTSV returns the rows of a file below the line of headings, which must be the given ones.
func readTSV(name string, headings ...string) [][]string {
	b, err := os.ReadFile(filepath.Join("gen", name))
	if err != nil {
		log.Fatal(err)
	}
	var rows [][]string
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		row := strings.Split(line, "\t")
		if len(row) != len(headings) || i == 0 && !slices.Equal(row, headings) {
			log.Fatalf("%s:%d: has columns %q", name, i+1, row)
		}
		if i > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// list splits a cell, and drops what is empty.
func list(cell string) []string {
	return slices.DeleteFunc(strings.Split(cell, ", "), func(s string) bool { return s == "" })
}

// readTags returns the properties with fixed ids everywhere, and those with fixed ids in an address book.
func readTags() (tags, book []entry) {
	rows := readTSV("proptags.tsv", "tag", "canonical", "aliases", "note")
	names := map[string][]string{}
	for _, r := range rows {
		names[r[0]] = append([]string{r[1]}, list(r[2])...)
	}
	for _, r := range rows {
		key := strings.TrimPrefix(r[0], "0x")
		if base, ok := strings.CutSuffix(key, "801F"); ok {
			key = base + "001F" // an artefact: the type is PtypString
		}
		e := entry{key, slices.Clone(names[r[0]])}
		if twin := names[unicodeTwin(r[0])]; isString8(key) && len(twin) > 0 {
			// PR_X_A beside PR_X: the look-up works that out, for the tag as well as for the name.
			e.names = slices.DeleteFunc(e.names, func(n string) bool { return derivable(n, "_A", twin) })
			if len(e.names) == 0 {
				continue
			}
			if canonical, ok := noteOf(r[3], "ansi-form-of="); ok && twin[0] == canonical {
				e.names = slices.Insert(e.names, 0, canonical)
			}
		}
		e.names = slices.DeleteFunc(e.names, func(n string) bool {
			return isUnicode(key) && (derivable(n, "_W", e.names) || derivable(n, "_UNICODE", e.names))
		})
		if key < "8000" {
			tags = append(tags, e)
		} else {
			book = append(book, e)
		}
	}
	return tags, book
}

func isString8(key string) bool {
	return strings.HasSuffix(key, "001E") || strings.HasSuffix(key, "101E")
}

func isUnicode(key string) bool {
	return strings.HasSuffix(key, "001F") || strings.HasSuffix(key, "101F")
}

func unicodeTwin(tag string) string { return strings.TrimSuffix(tag, "E") + "F" }

func derivable(name, suffix string, names []string) bool {
	base, ok := strings.CutSuffix(name, suffix)
	return ok && slices.Contains(names, base)
}

// noteOf returns what stands in a cell of notes behind the prefix.
func noteOf(notes, prefix string) (string, bool) {
	for _, n := range strings.Split(notes, "; ") {
		if v, ok := strings.CutPrefix(n, prefix); ok {
			return v, true
		}
	}
	return "", false
}

// readNamed returns the property sets, in order, and the named properties. The key of one is the letter of its set,
// '#' and four hexadecimal digits or '=' and the string, and the type. letters has the letter of a set by its name.
func readNamed() (sets []string, letters map[string]string, named []entry) {
	letters = map[string]string{}
	rows := readTSV("namedprops.tsv", "guid", "set", "kind", "key", "canonical", "dispid_alias", "other_aliases", "type")
	for _, r := range rows {
		if !slices.Contains(sets, r[0]) {
			sets = append(sets, r[0])
		}
	}
	slices.Sort(sets)
	if len(sets) > 26 {
		log.Fatal("namedprops.tsv: more property sets than letters")
	}
	for _, r := range rows {
		key := string(rune('A' + slices.Index(sets, r[0])))
		letters[r[1]] = key
		if r[2] == "MNID_ID" {
			key += fmt.Sprintf("#%04X", hex(r[3], 16))
		} else {
			key += "=" + r[3]
		}
		if strings.Contains(key, " ") {
			log.Fatalf("namedprops.tsv: %s: blanks separate the names", key)
		}
		typ := "0000"
		if r[7] != "" {
			typ = fmt.Sprintf("%04X", hex(r[7], 16))
		}
		// A '-' stands for the alias that is not there, so that other names are not taken for it.
		names := append(append([]string{r[4]}, list(r[5])...), list(r[6])...)
		if r[5] == "" {
			names = slices.Insert(names, 1, "-")
		}
		named = append(named, entry{key + " " + typ, names})
	}
	return sets, letters, named
}

func readErrors() (errs []entry) {
	for _, r := range readTSV("errors.tsv", "code", "name", "other_names") {
		errs = append(errs, entry{strings.TrimPrefix(r[0], "0x"), append([]string{r[1]}, list(r[2])...)})
	}
	return errs
}

func hex(s string, bits int) uint64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "0x"), 16, bits)
	if err != nil {
		log.Fatal(err)
	}
	return n
}

// compareFold is that of package mapi.
func compareFold(a, b string) int { return strings.Compare(lowerASCII(a), lowerASCII(b)) }

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// writeTable writes the constants <name>Table and <name>Order.
func writeTable(file, name, doc string, entries []entry, compare func(a, b string) int) {
	slices.SortFunc(entries, func(a, b entry) int { return compare(a.key, b.key) })
	for i := 1; i < len(entries); i++ {
		if compare(field(entries[i-1].key), field(entries[i].key)) == 0 {
			log.Fatalf("%s: %q is there twice", file, entries[i].key)
		}
	}
	text := "\n"
	type at struct {
		name string
		off  int
	}
	var order []at
	var numbers []byte
	for _, e := range entries {
		if n, ok := number(field(e.key)); ok {
			off := len(text)
			numbers = append(numbers, byte(n>>24), byte(n>>16), byte(n>>8), byte(n), byte(off), byte(off>>8), byte(off>>16))
		}
		text += e.key
		for _, n := range e.names {
			if n != "-" {
				order = append(order, at{n, len(text) + 1})
			}
			text += " " + n
		}
		text += "\n"
	}
	slices.SortFunc(order, func(a, b at) int {
		return cmp.Or(compareFold(a.name, b.name), strings.Compare(a.name, b.name), a.off-b.off)
	})
	var b bytes.Buffer
	fmt.Fprintf(&b, "// %s A line is a key and its names, sorted by key.\nconst %sTable = `%s`\n\n", doc, name, text)
	var offsets []byte
	for _, o := range order {
		offsets = append(offsets, byte(o.off), byte(o.off>>8), byte(o.off>>16))
	}
	fmt.Fprintf(&b, "// Where each name stands in %sTable, sorted by name: three bytes each, little-endian.\nconst %sOrder = \"\" +\n%s",
		name, name, quoteBytes(offsets))
	fmt.Fprintf(&b, "\n// Where each key that is a number stands in %sTable, sorted by number: the number in four bytes, big-endian, and the\n"+
		"// place in three, little-endian.\nconst %sNumbers = \"\" +\n%s", name, name, quoteBytes(numbers))
	write(file, b.Bytes())
}

// number returns the number of a key: eight digits, or the letter of a property set and four digits.
func number(key string) (uint64, bool) {
	if set, lid, ok := strings.Cut(key, "#"); ok {
		return uint64(set[0]-'A')<<16 | hex(lid, 16), true
	}
	if strings.Contains(key, "=") {
		return 0, false
	}
	return hex(key, 32), true
}

// field returns the key without the type that follows it.
func field(key string) string {
	key, _, _ = strings.Cut(key, " ")
	return key
}

func quoteBytes(b []byte) string {
	var s strings.Builder
	for line := range slices.Chunk(b, 24) {
		s.WriteString("\t\"")
		for _, c := range line {
			fmt.Fprintf(&s, "\\x%02x", c)
		}
		s.WriteString("\" +\n")
	}
	return strings.TrimSuffix(s.String(), " +\n") + "\n"
}

// writeSets writes the GUIDs of the property sets in wire order, one behind the other.
func writeSets(sets []string) {
	var all []byte
	for _, s := range sets {
		d := strings.ReplaceAll(strings.Trim(s, "{}"), "-", "")
		var g []byte
		for i := 0; i < len(d); i += 2 {
			g = append(g, byte(hex(d[i:i+2], 8)))
		}
		slices.Reverse(g[0:4])
		slices.Reverse(g[4:6])
		slices.Reverse(g[6:8])
		all = append(all, g...)
	}
	write("zsets.go", fmt.Appendf(nil, "// The property sets of namedTable: sixteen bytes for each letter from A on.\nconst namedSets = \"\" +\n%s",
		quoteBytes(all)))
}

// writeFlags writes what the numbers of properties mean: a line for each property, its key as in the tables of names,
// and its rows with a semicolon between, each a letter that says how it is compared, the value in hex, '=' and the word.
func writeFlags(sets map[string]string) {
	letters := map[string]string{"value": "v", "bit": "b", "value-high-word": "h", "value-byte1": "1", "value-byte0": "0", "clear-bits": "c"}
	lines := map[string]string{}
	for _, r := range readTSV("flags.tsv", "property", "canonical", "value", "name", "match") {
		key := strings.TrimPrefix(r[0], "0x")
		if set, lid, ok := strings.Cut(r[0], ":"); ok {
			if sets[set] == "" {
				log.Fatalf("flags.tsv: %s: no such set in namedprops.tsv", r[0])
			}
			key = fmt.Sprintf("%s#%04X", sets[set], hex(lid, 16))
		}
		if letters[r[4]] == "" || strings.ContainsAny(r[3], ";=`") {
			log.Fatalf("flags.tsv: %q", r)
		}
		sep := ";"
		if lines[key] == "" {
			sep = " "
		}
		lines[key] += fmt.Sprintf("%s%s%X=%s", sep, letters[r[4]], hex(r[2], 32), r[3])
	}
	text := "\n"
	for _, key := range slices.SortedFunc(maps.Keys(lines), compareFold) {
		text += key + lines[key] + "\n"
	}
	write("zflags.go", fmt.Appendf(nil, "// What the numbers of properties mean. A line is a key and its rows in order: how to compare (v the whole rest, b bits,\n"+
		"// h the high word, 1 and 0 that byte, c bits to leave out), a value in hex, and the word.\nconst flagTable = `%s`\n", text))
}

// writeCodePages writes the code pages as strings of 256 characters.
func writeCodePages() {
	var b bytes.Buffer
	b.WriteString("// codePageChars returns the 256 characters of a code page that golang.org/x/text has no table of, U+FFFD for none.\n")
	b.WriteString("func codePageChars(cp int) string {\nswitch cp {\n")
	for _, r := range readTSV("codepages.tsv", "codepage", "characters of the bytes 00 to FF, FFFD for none") {
		var chars []rune
		for _, c := range strings.Fields(r[1]) {
			chars = append(chars, rune(hex(c, 21)))
		}
		if len(chars) != 256 {
			log.Fatalf("codepages.tsv: %s has %d characters", r[0], len(chars))
		}
		fmt.Fprintf(&b, "case %s:\nreturn \"\"", r[0])
		for line := range slices.Chunk(chars, 32) {
			fmt.Fprintf(&b, " +\n%s", strconv.QuoteToASCII(string(line)))
		}
		b.WriteString("\n")
	}
	b.WriteString("}\nreturn \"\"\n}\n")
	write("zcodepages.go", b.Bytes())
}

func write(file string, body []byte) {
	src, err := format.Source(append([]byte("// Code generated by gen/registry.go from the .tsv files beside it; DO NOT EDIT.\n\npackage mapi\n\n"), body...))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(file, src, 0o644); err != nil {
		log.Fatal(err)
	}
}
