package golden

import (
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
