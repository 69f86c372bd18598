package golden

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

const file = `expect: warning a.b, info c.d
spec: none
source: synthetic
-- blob.hex --
01 02
03
-- value.json --
{}
`

func TestParse(t *testing.T) {
	v, err := parse(file)
	require.NoError(t, err)
	require.Equal(t, "none", v.Header("spec"))
	require.Equal(t, "", v.Header("comment"))
	require.Equal(t, []byte{1, 2, 3}, v.Blob(t))
	if diff := cmp.Diff([]string{"warning a.b", "info c.d"}, v.Expected()); diff != "" {
		t.Error(diff)
	}
	text, ok := v.Section("value.json")
	require.True(t, ok)
	require.Equal(t, "{}\n", text)
	_, ok = v.Section("other")
	require.False(t, ok)
	require.Equal(t, file, v.String(), "a file is written as it was read")
}

func TestParseErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no line end":   "expect: ok\nspec: x\nsource: y",
		"no expect":     "spec: x\nsource: y\n",
		"no key":        "expect: ok\nspec: x\nsource: y\nword\n",
		"blank in key":  "expect: ok\nspec: x\nsource: y\na b: c\n",
		"empty section": "-- blob.hex --\n01\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse(text)
			require.Error(t, err)
		})
	}
}

// failures are what a test says that must fail, in the place of a test that would.
type failures struct {
	testing.TB
	n int
}

func (*failures) Helper()                 {}
func (f *failures) Errorf(string, ...any) { f.n++ }

// TestUpdate: what is not as it should be fails the test, and is written with -update, where the next test finds it.
func TestUpdate(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "one.vec"), []byte(file), 0o600))
	load := func() *Vec {
		all := Load(t, dir)
		require.Len(t, all, 1)
		require.Equal(t, "one", all[0].Name)
		return all[0]
	}
	outputs := map[string]string{"value.json": "[1]", "inspect.txt": "0000\n"}
	check := func() int {
		tb, v := &failures{TB: t}, load()
		for name, got := range outputs {
			v.Check(tb, name, got)
		}
		return tb.n
	}
	require.Equal(t, 2, check(), "one differs, the other is not there")
	defer func(before bool) { *update = before }(*update)
	*update = true
	require.Zero(t, check())
	*update = false
	require.Zero(t, check())
	require.Equal(t, []byte{1, 2, 3}, load().Blob(t), "the bytes are as they were")
}
