package blob_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
)

// TestHostile measures what blobs cost that are made of the smallest elements there are, as many as fit, of those that are
// wrong in every way, and of those that lie about how many there are.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	many := func(head, element string, n int) []byte {
		return append(golden.Unhex(t, head), bytes.Repeat(golden.Unhex(t, element), n)...)
	}
	guid := strings.Repeat("01", 16)
	const n = 20000
	for name, c := range map[string]struct {
		check func(b []byte)
		most  int // findings
		b     []byte
	}{
		"convindex":       {func(b []byte) { convIndexLaws.CheckMemory(t, b) }, 1, many("01dcf61a2b3c"+guid, "ffffffffff", n)},
		"xid":             {func(b []byte) { xidLaws.CheckMemory(t, b) }, 1, many(guid, "01", n)},
		"pcl":             {func(b []byte) { pclLaws.CheckMemory(t, b) }, 0, many("", "11"+guid+"01", n)},
		"pcl wrong":       {func(b []byte) { pclLaws.CheckMemory(t, b) }, 2, many("", "19"+strings.Repeat("02", 25)+"19"+strings.Repeat("01", 25), n/2)},
		"flatlist":        {func(b []byte) { flatLaws.CheckMemory(t, b) }, 1, many("204e000000000000", "00000000", n)},
		"flatlist 1":      {func(b []byte) { flatLaws.CheckMemory(t, b) }, 2, many("204e000000000000", "01000000aabbccdd", n)},
		"verbstream":      {func(b []byte) { verbLaws.CheckMemory(t, b) }, 2, many("0201204e0000", "0400000000000000"+strings.Repeat("00", 29), n)},
		"reporttag":       {func(b []byte) { reportLaws.CheckMemory(t, b) }, 3, many("", "ff000000", n)},
		"renids":          {func(b []byte) { renIDsLaws.CheckMemory(t, b) }, 0, many("", "01800000", n)},
		"renids elements": {func(b []byte) { renIDsLaws.CheckMemory(t, b) }, 0, many("0180fcff", "01000000", 65532/4)},
		"renids bytes":    {func(b []byte) { renIDsLaws.CheckMemory(t, b) }, 0, many("", "01800500"+"01000100aa", n)},
		"folderflags":     {func(b []byte) { folderFlagsLaws.CheckMemory(t, b) }, 3, many("", "0100", n)},
		"webview":         {func(b []byte) { webViewLaws.CheckMemory(t, b) }, 4 * n, many("", "0300000001000000"+strings.Repeat("00", 32)+"02000000"+"4100", n)},
		"tombstone":       {func(b []byte) { tombstoneLaws.CheckMemory(t, b) }, 1, many("cdafdebe1400000003000000204e000014000000", "0100000000000000000000000000", n)},
		"propdef":         {func(b []byte) { propDefLaws.CheckMemory(t, b) }, 0, many("0201204e0000", strings.Repeat("00", 17), n)},
		"propdef 2":       {func(b []byte) { propDefLaws.CheckMemory(t, b) }, 0, many("0301204e0000", strings.Repeat("00", 25), n)},
		"propdef blocks":  {func(b []byte) { propDefLaws.CheckMemory(t, b) }, 1, many("030101000000"+strings.Repeat("00", 21), "0100000001", n)},
		"nickname":        {func(b []byte) { nicknameLaws.CheckMemory(t, b) }, 3, many("0df0adba0c00000000000000204e0000", "00000000", n)},
		"nickname values": {func(b []byte) { nicknameLaws.CheckMemory(t, b) }, 3, many("0df0adba0c0000000000000001000000204e0000", "03000460"+strings.Repeat("00", 12), n)},
		"nickname rows":   {func(b []byte) { nicknameLaws.CheckMemory(t, b) }, 4, many("0df0adba0c00000000000000204e0000", "010000001f000160"+strings.Repeat("00", 16), n)},
		"nickname list":   {func(b []byte) { nicknameLaws.CheckMemory(t, b) }, 3, many("0df0adba0c0000000000000001000000010000001f100160"+strings.Repeat("00", 12)+"204e0000", "00000000", n)},
		"nickname lies":   {func(b []byte) { nicknameLaws.CheckMemory(t, b) }, 2, many("0df0adba0c00000000000000ffffffff", "ffffffff1f000160"+strings.Repeat("00", 12)+"ffffff7f", n)},
		"swappedtodo":     {func(b []byte) { todoLaws.CheckMemory(t, b) }, 2, many("", "ff", n)},
	} {
		t.Run(name, func(t *testing.T) {
			c.check(c.b)
			kind, _, _ := strings.Cut(name, " ")
			require.LessOrEqual(t, len(slices.Collect(inspectors[kind](c.b).Findings())), c.most)
			for _, b := range [][]byte{bytes.Repeat([]byte{0xFF}, 1<<20), make([]byte, 1<<20)} {
				c.check(b)
			}
		})
	}
}
