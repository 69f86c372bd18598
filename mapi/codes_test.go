package mapi

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/stretchr/testify/require"
)

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", Codes(), func(kind, example string) (found []diag.Finding) {
		switch first, rest, _ := strings.Cut(example, " "); kind {
		case "propvalue":
			_, _, _, r, _ := inspectTagged(unhex(t, example), ProfileROP)
			found = findings(r)
		case "ocfgvalue":
			_, _, _, r, _ := inspectTagged(unhex(t, example), ProfileOCFG)
			found = findings(r)
		case "fasttransfer":
			_, _, _, r, _ := inspectTagged(unhex(t, example), ProfileFastTransfer)
			found = findings(r)
		case "string8":
			cp, err := strconv.Atoi(first)
			require.NoError(t, err)
			_, found = String8{Raw: unhex(t, rest), CodePage: cp}.Text()
		case "raw":
			typ, ok := ParsePropType("0x" + first)
			require.True(t, ok)
			_, err := ParseRaw(typ, unhex(t, rest))
			var f diag.Finding
			require.True(t, errors.As(err, &f))
			found = append(found, f)
		default:
			t.Errorf("kind %q", kind)
		}
		require.Len(t, found, 1, example)
		return found
	})
	Codes()[0].Means = "" // a copy
	require.NotEmpty(t, catalogue[0].Means)
}
