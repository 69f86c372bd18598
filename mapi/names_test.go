package mapi

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/guid"
	"github.com/stretchr/testify/require"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

// readTSV reads a file of gen a second time: each row by its heading.
func readTSV(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("gen", name))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	headings := strings.Split(lines[0], "\t")
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[headings[i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func mustTag(t *testing.T, s string) PropTag {
	n, err := strconv.ParseUint(s, 0, 32)
	require.NoError(t, err)
	if n > 0xFFFF && n&0xFFFF == 0x801F {
		n ^= 0x8000 // an artefact of the table: PtypString
	}
	return PropTag(n)
}

func cells(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

// TestTagsAgainstTSV looks up every row: its tag gives its canonical name (that of the Unicode twin for what is only a
// twin), and each of its names gives its tag.
func TestTagsAgainstTSV(t *testing.T) {
	rows := readTSV(t, "proptags.tsv")
	owners := map[string][]PropTag{}
	for _, r := range rows {
		for _, name := range append(cells(r["aliases"]), r["canonical"]) {
			owners[name] = append(owners[name], mustTag(t, r["tag"]))
		}
	}
	canonical, ansiOf := map[PropTag]string{}, map[PropTag]string{}
	for _, r := range rows {
		tag := mustTag(t, r["tag"])
		canonical[tag] = r["canonical"]
		for _, note := range strings.Split(r["note"], "; ") {
			if of, ok := strings.CutPrefix(note, "ansi-form-of="); ok {
				ansiOf[tag] = of
			}
		}
	}
	for tag, name := range canonical {
		got, ok := AddressBookNameOf(tag)
		if twin := canonical[tag|1]; twin != "" && (twin == ansiOf[tag] || name == twin+"_A") {
			name = twin
		}
		if !ok || got != name {
			t.Errorf("%s is %q, %v, want %q", tag, got, ok, name)
		}
		if got, ok := NameOf(tag); ok != (tag.ID() < 0x8000) || ok && got != name {
			t.Errorf("NameOf(%s) is %q, %v", tag, got, ok)
		}
	}
	for name, tags := range owners {
		want, decided := tags[0], true
		for _, tag := range tags[1:] {
			if _, str := stringTwin(tag.Type()); str && tag|1 == want|1 {
				want |= 1
			} else {
				decided = false
			}
		}
		got, ok := TagByName(name)
		if ok != decided || ok && got != want {
			t.Errorf("TagByName(%q) = %s, %v, want %v", name, got, ok, tags)
		}
	}
	if len(owners) < 4000 {
		t.Errorf("only %d names", len(owners))
	}
}

// TestNamesOfID compares the tags of every id with the rows, and shows that no name comes from nowhere.
func TestNamesOfID(t *testing.T) {
	want := map[PropTag]bool{}
	names := map[string]bool{}
	for _, r := range readTSV(t, "proptags.tsv") {
		want[mustTag(t, r["tag"])] = true
		names[r["canonical"]] = true
		for _, a := range cells(r["aliases"]) {
			names[a] = true
		}
	}
	n := 0
	for id := range 0x10000 {
		last := PropTag(0)
		for tag, name := range NamesOfID(PropID(id)) {
			n++
			if !want[tag] || tag.ID() != PropID(id) || tag < last || id >= 0x8000 || !names[name] {
				t.Errorf("NamesOfID(%#04x) yields %s %s", id, tag, name)
			}
			last = tag
			for a := range AliasesOf(tag) {
				if !names[a] {
					t.Errorf("AliasesOf(%s) yields %q", tag, a)
				}
			}
		}
	}
	if n < 1200 {
		t.Errorf("only %d tags", n)
	}
}

func TestTagNames(t *testing.T) {
	for tag, want := range map[PropTag]string{
		0x0037001F: "PidTagSubject",
		0x0037001E: "PidTagSubject", // the 8-bit twin is the same property
		0x0037000A: "",              // no guess where the type says nothing
		0x00370003: "",
		0x0001000A: "",
		0x8000001F: "",
		0x80050003: "",
		0x00010003: "PidTagAcknowledgementMode",
		0x00010102: "PidTagTemplateData",
		0x0037801F: "PidTagSubject",
		0x3FFD0003: "PidTagMessageCodepage",
		0x00000000: "", 0xFFFFFFFF: "", 0x00000001: "",
	} {
		if got, ok := NameOf(tag); got != want || ok != (want != "") {
			t.Errorf("NameOf(%s) = %q, %v, want %q", tag, got, ok, want)
		}
	}
	for name, want := range map[string]PropTag{
		"PidTagSubject": 0x0037001F, "PR_SUBJECT": 0x0037001F, "PR_SUBJECT_A": 0x0037001E, "PR_SUBJECT_W": 0x0037001F,
		"PR_SUBJECT_UNICODE": 0x0037001F, "PR_MESSAGE_CLASS": 0x001A001F, "PR_ENTRYID": 0x0FFF0102, "PR_ENTRYID_A": 0,
		"PidTagSubject_A": 0, "pr_subject": 0x0037001F, "pidtagSUBJECT": 0x0037001F, "pr_Subject_a": 0x0037001E, "Pr_SuBjEcT_unicode": 0x0037001F,
		"ImapId": 0x0E2F0003, "IMAPId": 0x0E2F0003, "IMAPID": 0x0E2F0003, "pr_subjec": 0, "": 0, "PR_": 0, "_A": 0, "PR_SUBJECT_A_A": 0, "-": 0, "\n": 0, "PR_SUBJECT ": 0,
		"PR_EVENTS_ROOT_FOLDER_ENTRYID": 0, "PR_EMS_AB_PROXY_ADDRESSES": 0x800F101F,
	} {
		if got, ok := TagByName(name); got != want && ok || ok != (want != 0) {
			t.Errorf("TagByName(%q) = %s, %v, want %s", name, got, ok, want)
		}
	}
	if got := slices.Collect(AliasesOf(PidTagSubject)); !slices.Contains(got, "PR_SUBJECT") || slices.Contains(got, "PidTagSubject") {
		t.Errorf("AliasesOf(PidTagSubject) = %q", got)
	}
	for _, tag := range []PropTag{0, 0x80050003, 0x00370003} {
		if got := slices.Collect(AliasesOf(tag)); got != nil {
			t.Errorf("AliasesOf(%s) = %q", tag, got)
		}
	}
	if got := maps.Collect(NamesOfID(0x0001)); got[0x00010003] == "" || got[0x00010102] == "" || len(got) != 2 {
		t.Errorf("NamesOfID(0x0001) = %v", got)
	}
}

// TestNamedAgainstTSV looks up every row by its name and by each of its published names.
func TestNamedAgainstTSV(t *testing.T) {
	rows := readTSV(t, "namedprops.tsv")
	owners := map[string][]PropName{}
	types := map[PropName]PropType{}
	for _, r := range rows {
		set, err := guid.Parse(r["guid"])
		require.NoError(t, err)
		n := PropName{Set: set, Name: r["key"]}
		if r["kind"] == "MNID_ID" {
			n = PropName{Set: set, LID: uint32(mustTag(t, r["key"]))}
		}
		var typ PropTag
		if r["type"] != "" {
			typ = mustTag(t, r["type"])
		}
		types[n] = typ.Type()
		alias, _, _ := strings.Cut(r["dispid_alias"], ", ")
		want := NamedInfo{r["canonical"], alias, typ.Type()}
		got, ok := NamedName(n)
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("NamedName(%s): %v %s", n, ok, diff)
		}
		if n.Name != "" {
			n.Name = strings.ToUpper(n.Name)
			if got, ok := NamedName(n); !ok || got != want {
				t.Errorf("NamedName(%s) = %v, %v", n, got, ok)
			}
			n.Name = r["key"]
		}
		for _, name := range slices.Concat([]string{r["canonical"]}, cells(r["dispid_alias"]), cells(r["other_aliases"])) {
			if !slices.Contains(owners[name], n) {
				owners[name] = append(owners[name], n)
			}
		}
		if set, ok := guid.PropertySetOf(set); !ok || set.String() != r["set"] {
			t.Errorf("set %s of %s is %s, %v", r["set"], n, set, ok)
		}
	}
	for name, found := range owners {
		got, typ, ok := NamedByCanonical(name)
		if ok != (len(found) == 1) || ok && (got != found[0] || typ != types[got]) {
			t.Errorf("NamedByCanonical(%q) = %s, %s, %v, want %v", name, got, typ, ok, found)
		}
	}
	if len(rows) < 550 || len(owners) < 800 {
		t.Errorf("only %d rows, %d names", len(rows), len(owners))
	}
}

func TestNamedNames(t *testing.T) {
	appointment, _ := guid.ByName("PSETID_Appointment")
	meeting, _ := guid.ByName("PSETID_Meeting")
	for _, n := range []PropName{
		{}, {LID: 0x825E}, {Set: appointment}, {Set: appointment, LID: 0x1825E}, {Set: appointment, LID: 0xFFFFFFFF},
		{Set: appointment, Name: "825E"}, {Set: appointment, Name: "\n"}, {Set: appointment, Name: "a 0003"},
		{Set: meeting, LID: 0x8C23}, // MFCMAPI's table numbers it wrong
		{Set: guid.GUID{0xFF}, LID: 0x825E},
	} {
		if got, ok := NamedName(n); ok {
			t.Errorf("NamedName(%s) = %v", n, got)
		}
	}
	n, typ, ok := NamedByCanonical("dispidCleanGlobalObjId")
	if want := (PropName{Set: meeting, LID: PidLidCleanGlobalObjectId}); n != want || typ != PtypBinary || !ok {
		t.Errorf("dispidCleanGlobalObjId is %s, %s, %v", n, typ, ok)
	}
	var sets []string
	for n, info := range LIDCandidates(0x823E) {
		set, _ := guid.PropertySetOf(n.Set)
		sets = append(sets, set.String()+" "+info.Canonical)
	}
	slices.Sort(sets)
	if diff := cmp.Diff([]string{"PSETID_Appointment dispidTrustRecipHighlights", "PSETID_Task PidLidTrustRecipientHighlights"}, sets); diff != "" {
		t.Error(diff)
	}
	if n, _, ok := NamedByCanonical("pidlidappointmentrecur"); !ok || n != (PropName{Set: appointment, LID: PidLidAppointmentRecur}) {
		t.Errorf("in small letters it is %s, %v", n, ok)
	}
	if code, ok := ErrorByName("mapi_e_not_found"); !ok || code != 0x8004010F {
		t.Errorf("in small letters it is %s, %v", code, ok)
	}
	for n := range LIDCandidates(0x12345) {
		t.Errorf("0x12345 is %s", n)
	}
}

// TestNamesOfSet compares what a set holds with the rows.
func TestNamesOfSet(t *testing.T) {
	want := map[guid.GUID][]string{}
	for _, r := range readTSV(t, "namedprops.tsv") {
		set, err := guid.Parse(r["guid"])
		require.NoError(t, err)
		want[set] = append(want[set], r["canonical"])
	}
	require.Greater(t, len(want), 10)
	for set, names := range want {
		var got []string
		last := PropName{}
		for n, info := range NamesOfSet(set) {
			if n.Set != set || n.Name == "" && (last.Name != "" || n.LID < last.LID) {
				t.Errorf("%s: %s after %s", set, n, last)
			}
			if same, ok := NamedName(n); !ok || same != info {
				t.Errorf("%s is %v there and %v here", n, info, same)
			}
			got, last = append(got, info.Canonical), n
		}
		slices.Sort(got)
		slices.Sort(names)
		if diff := cmp.Diff(names, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", set, diff)
		}
		for range NamesOfSet(set) {
			break // stopping early is safe
		}
	}
	for n := range NamesOfSet(guid.GUID{1}) {
		t.Errorf("a set nobody knows has %s", n)
	}
}

// TestKnownConstants compares the hand-written constants with the registry, and their comments with the sets.
func TestKnownConstants(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "known.go", nil, parser.ParseComments)
	require.NoError(t, err)
	n := 0
	for _, d := range f.Decls {
		g := d.(*ast.GenDecl)
		for _, s := range g.Specs {
			spec := s.(*ast.ValueSpec)
			name := spec.Names[0].Name
			v, err := strconv.ParseUint(spec.Values[0].(*ast.BasicLit).Value, 0, 32)
			require.NoError(t, err)
			n++
			if strings.HasPrefix(name, "PidTag") {
				if tag, ok := TagByName(name); !ok || tag != PropTag(v) {
					t.Errorf("%s is %s, %v in the registry", name, tag, ok)
				}
				continue
			}
			named, _, ok := NamedByCanonical(name)
			set, _ := guid.PropertySetOf(named.Set)
			if !ok || named.LID != uint32(v) || !strings.Contains(g.Doc.Text(), set.String()+" ") {
				t.Errorf("%s is %s, %v in the registry, in %s", name, named, ok, set)
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d constants", n)
	}
}

func TestErrorsAgainstTSV(t *testing.T) {
	rows := readTSV(t, "errors.tsv")
	for _, r := range rows {
		code := ErrorCode(mustTag(t, r["code"]))
		if got := code.String(); got != r["name"] {
			t.Errorf("%#08x is %q, want %q", uint32(code), got, r["name"])
		}
		for _, name := range append(cells(r["other_names"]), r["name"]) {
			if got, ok := ErrorByName(name); !ok || got != code {
				t.Errorf("ErrorByName(%q) = %#08x, %v", name, uint32(got), ok)
			}
		}
	}
	if len(rows) < 330 {
		t.Errorf("only %d rows", len(rows))
	}
	if got, ok := ErrorByName("MAPI_E_"); ok {
		t.Errorf("MAPI_E_ is %#x", uint32(got))
	}
}

// TestGenerated runs the generator and compares what it writes with what is there.
func TestGenerated(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil || testing.Short() {
		t.Skip("needs the go command and a second")
	}
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "gen"), os.DirFS("gen")))
	cmd := exec.Command(goTool, "run", filepath.Join(dir, "gen", "registry.go"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=off")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	made, err := filepath.Glob(filepath.Join(dir, "z*.go"))
	require.NoError(t, err)
	here, err := filepath.Glob("z*.go")
	require.NoError(t, err)
	require.Len(t, here, len(made), "generated files that the generator does not write, or the other way round")
	for _, file := range made {
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Base(file))
		require.NoError(t, err)
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run go generate", filepath.Base(file))
		}
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	n, _, _ := NamedByCanonical("PidLidAppointmentRecur")
	for name, f := range map[string]func(){
		"NameOf":    func() { NameOf(PidTagSubject) },
		"TagByName": func() { TagByName("PR_SUBJECT") },
		"ErrorCode": func() { _ = ErrorCode(0x8004010F).String() },
	} {
		if got := testing.AllocsPerRun(100, f); got > 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
	if got := testing.AllocsPerRun(100, func() { NamedName(n) }); got > 0 {
		t.Errorf("NamedName: %v allocations", got)
	}
}

func BenchmarkNameOf(b *testing.B) {
	for b.Loop() {
		NameOf(PidTagMessageCodepage)
	}
}

func BenchmarkTagByName(b *testing.B) {
	for b.Loop() {
		TagByName("PR_SUBJECT_A")
	}
}

func ExampleNameOf() {
	fmt.Println(NameOf(0x3FFD0003))
	fmt.Println(NameOf(0x0037000A)) // a type that hides the real one: see NamesOfID
	// Output:
	// PidTagMessageCodepage true
	//  false
}

func ExampleTagByName() {
	tag, _ := TagByName("PR_SUBJECT_A")
	fmt.Println(tag, tag.Type())
	// Output: 0x0037001E PtypString8
}

func ExampleLIDCandidates() {
	// A dump that says "0x8216" and no set.
	for name, info := range LIDCandidates(PidLidAppointmentRecur) {
		fmt.Println(name, info.Canonical, info.Type)
	}
	// Output: {00062002-0000-0000-C000-000000000046}:0x8216 PidLidAppointmentRecur PtypBinary
}

func ExampleNamedByCanonical() {
	name, t, ok := NamedByCanonical("PidLidAppointmentTimeZoneDefinitionStartDisplay")
	fmt.Println(name, t, ok)
	// Output: {00062002-0000-0000-C000-000000000046}:0x825E PtypBinary true
}
