package house

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// text is the one dependency at run time.
const text = "golang.org/x/text"

// picture is the picture of the architecture: what each package may import beyond the standard library. An arrow that is
// not here is a decision to be made, not a line to be added. "/*" stands for every package one level down.
var picture = map[string][]string{
	"guid":           {},
	"internal/wtf8":  {},
	"internal/house": {},
	"mapi/diag":      {"internal/wtf8"},
	"internal/wire":  {"internal/wtf8", "mapi/diag"},

	"internal/jsonform": {"internal/wtf8"},
	"internal/textline": {"internal/wtf8"},
	"internal/exchange": {"guid", "mapi", "mapi/diag", "mapi/dump", "internal/wtf8"},

	"mapi":          {"guid", "mapi/diag", "internal/wire", "internal/wtf8", text},
	"tzdef":         {"guid", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"recur":         {"guid", "mapi/diag", "internal/wire", "internal/wtf8"},
	"mapi/goid":     {"guid", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"mapi/entryid":  {"guid", "mapi", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"mapi/blob":     {"guid", "mapi", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"mapi/security": {"guid", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"mapi/freebusy": {"mapi", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"oof/rtf":       {"mapi", "mapi/diag", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"oof/rule":      {"guid", "mapi", "mapi/diag", "mapi/entryid", "internal/wire", "internal/wtf8", "internal/jsonform"},
	"oof":           {"guid", "mapi", "mapi/diag", "mapi/entryid", "oof/rtf", "oof/rule", "internal/wire", "internal/wtf8", "internal/jsonform"},

	"mapi/dump":   {"guid", "mapi", "mapi/diag"},
	"mapi/dump/*": {"guid", "mapi", "mapi/diag", "mapi/dump", "internal/wire", "internal/wtf8", "internal/textline", "internal/exchange", text},
	// The list of forms is for programs that want all of them; mapi/dump itself knows none.
	"mapi/dump/all": {"mapi/dump", "mapi/dump/*"},

	"mapi/inspect": {"guid", "mapi", "mapi/*", "mapi/dump/*", "tzdef", "recur", "oof", "oof/*", "internal/wire", "internal/wtf8", text},
	"mapi/check":   {"guid", "mapi", "mapi/*", "mapi/dump/*", "tzdef", "recur", "oof", "oof/*", "internal/wire", "internal/wtf8", text},

	"fuzz": {"mapi/diag"},
}

// testSupport are packages for tests, which may import what tests may.
var testSupport = []string{"internal/golden"}

// never are the packages of the standard library that no package of ours imports, with all below them: a decoder reads
// bytes, and says what it has to say to its caller.
var never = []string{"C", "log", "net", "os", "plugin", "reflect", "syscall", "unsafe"}

// exempt says who may import one of those, and why.
var exempt = map[string]string{
	"fuzz reflect": "the laws compare values of types that they do not know",
}

// network are those packages below net that only know words.
var words = []string{"net/netip", "net/url"}

func TestImports(t *testing.T) {
	for _, f := range library(t) {
		if slices.Contains(testSupport, f.pkg) {
			continue
		}
		for _, p := range f.imports() {
			if why := forbidden(f.pkg, p); why != "" {
				t.Errorf("%s imports %s: %s", f.path, p, why)
			}
		}
	}
}

// forbidden returns why pkg must not import p, "" if it may.
func forbidden(pkg, p string) string {
	top, _, _ := strings.Cut(p, "/")
	if !strings.Contains(top, ".") {
		if slices.Contains(never, top) && !slices.Contains(words, p) && exempt[pkg+" "+p] == "" {
			return "no package of the library does"
		}
		return ""
	}
	may, ok := picture[pkg]
	if !ok {
		may, ok = picture[path.Dir(pkg)+"/*"]
	}
	to, ours := strings.CutPrefix(p, module+"/")
	if !ours && (p == text || strings.HasPrefix(p, text+"/")) {
		to = text
	}
	switch {
	case !ok:
		return "the package is not in the picture"
	case !slices.Contains(may, to) && !slices.Contains(may, path.Dir(to)+"/*"):
		return "there is no such arrow in the picture"
	}
	return ""
}

// TestPicture wants every package in the picture, and every arrow's end to be a package of the picture.
func TestPicture(t *testing.T) {
	for _, f := range library(t) {
		if _, ok := picture[f.pkg]; !ok && picture[path.Dir(f.pkg)+"/*"] == nil && !slices.Contains(testSupport, f.pkg) {
			t.Errorf("%s: package %s is not in the picture", f.path, f.pkg)
		}
	}
	for from, arrows := range picture {
		for _, to := range arrows {
			if _, ok := picture[to]; !ok && to != text && !strings.HasSuffix(to, "/*") {
				t.Errorf("%s may import %s, which is nowhere", from, to)
			}
		}
	}
}

// TestForbidden proves the rule on arrows that must not be.
func TestForbidden(t *testing.T) {
	for _, tc := range []struct {
		pkg, imports string
		want         bool
	}{
		{"tzdef", "time", false}, {"tzdef", "os", true}, {"tzdef", "net/http", true}, {"tzdef", "log/slog", true}, {"tzdef", "unsafe", true},
		{"tzdef", "reflect", true}, {"fuzz", "reflect", false}, {"mapi/dump/ews", "net/url", false}, {"tzdef", module + "/mapi", true},
		{"tzdef", module + "/mapi/diag", false}, {"guid", module + "/mapi/diag", true}, {"mapi", text + "/encoding/charmap", false},
		{"tzdef", text + "/encoding", true}, {"mapi", module + "/mapi/dump", true}, {"mapi/dump/msg", module + "/mapi/dump", false},
		{"mapi/dump/msg", module + "/mapi/dump/mfcmapi", true}, {"mapi/dump/all", module + "/mapi/dump/msg", false}, {"mapi/dump", module + "/mapi/dump/all", true}, {"mapi/inspect", module + "/mapi/goid", false}, {"mapi/inspect", module + "/fuzz", true},
		{"mapi/newest", module + "/guid", true}, {"mapi", "github.com/stretchr/testify/require", true}, {"guid", "C", true},
	} {
		if got := forbidden(tc.pkg, tc.imports); (got != "") != tc.want {
			t.Errorf("%s imports %s: %q, must be forbidden: %v", tc.pkg, tc.imports, got, tc.want)
		}
	}
}
