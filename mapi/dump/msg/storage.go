package msg

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// The names of streams and storages ([MS-OXMSG] 2.2), in lower case: compound files do not tell cases apart.
const (
	propertyStream = "__properties_version1.0"
	nameStorage    = "__nameid_version1.0"
	recipPrefix    = "__recip_version1.0_#"
	attachPrefix   = "__attach_version1.0_#"
	valuePrefix    = "__substg1.0_"
)

// storage is the listing of one storage. What is asked for by name is claimed; the rest is reported at the end.
type storage struct {
	fsys    fs.FS
	path    string
	byName  map[string]*entry // by lower-case name; of names that differ in case only, the first
	entries []*entry
}

type entry struct {
	name    string // as it is stored
	dir     bool
	claimed bool
}

// list reads the listing of the storage at p. The error comes with what could be listed.
func list(fsys fs.FS, p string) (*storage, error) {
	s := &storage{fsys: fsys, path: p, byName: map[string]*entry{}}
	found, err := fs.ReadDir(fsys, p)
	for _, d := range found {
		e := &entry{name: d.Name(), dir: d.IsDir()}
		s.entries = append(s.entries, e)
		if key := strings.ToLower(e.name); s.byName[key] == nil {
			s.byName[key] = e
		}
	}
	return s, err
}

// claim returns the entry with the lower-case name, nil if there is none.
func (s *storage) claim(name string) *entry {
	e := s.byName[name]
	if e != nil {
		e.claimed = true
	}
	return e
}

// join returns the path of the entry e.
func (s *storage) join(e *entry) string { return path.Join(s.path, e.name) }

// read returns the contents of a stream: all that can be read, whatever size anything claims, and the error that ended it.
func (s *storage) read(e *entry) ([]byte, error) { return readStream(s.fsys, s.join(e)) }

func readStream(fsys fs.FS, p string) ([]byte, error) {
	f, err := fsys.Open(p)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return b, err
}

// numbered is a storage whose name ends in a number.
type numbered struct {
	n uint32
	e *entry
}

// numbered claims and returns the storages called prefix and eight hexadecimal digits, in the order of their numbers.
func (s *storage) numbered(prefix string) []numbered {
	var list []numbered
	for _, e := range s.entries {
		digits, ok := strings.CutPrefix(strings.ToLower(e.name), prefix)
		if !ok || !e.dir || s.byName[strings.ToLower(e.name)] != e {
			continue
		}
		if n, ok := hex32(digits); ok {
			e.claimed = true
			list = append(list, numbered{n, e})
		}
	}
	slices.SortFunc(list, func(a, b numbered) int {
		if a.n < b.n {
			return -1
		}
		return 1
	})
	return list
}

// hex32 reads exactly eight hexadecimal digits.
func hex32(s string) (uint32, bool) {
	n, err := strconv.ParseUint(s, 16, 32)
	return uint32(n), err == nil && len(s) == 8
}

// valueName returns the lower-case name of the stream that holds the value of tag.
func valueName(tag mapi.PropTag) string { return fmt.Sprintf("%s%08x", valuePrefix, uint32(tag)) }

// tagOf returns the tag in the name of a value's stream. An element of a list has its index behind the tag.
func tagOf(name string) (tag mapi.PropTag, element, ok bool) {
	digits, ok := strings.CutPrefix(strings.ToLower(name), valuePrefix)
	if !ok {
		return 0, false, false
	}
	digits, index, element := strings.Cut(digits, "-")
	n, ok := hex32(digits)
	if element && ok {
		_, ok = hex32(index)
	}
	return mapi.PropTag(n), element, ok
}
