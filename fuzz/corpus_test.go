package fuzz_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCorpus holds every decoder to the laws on real files, those of other formats too: any bytes must be borne. The
// files stand beside the project where it is built, and are not part of it.
func TestCorpus(t *testing.T) {
	shelf := filepath.Join("..", "..", "shared", "corpus")
	list, err := os.ReadFile(filepath.Join(shelf, "blobs.jsonl"))
	if err != nil {
		t.Skip("no shelf: ", err)
	}
	blobs := bufio.NewScanner(bytes.NewReader(list))
	blobs.Buffer(nil, len(list)+1)
	n := 0
	for ; blobs.Scan(); n++ {
		var line struct{ Hex string }
		require.NoError(t, json.Unmarshal(blobs.Bytes(), &line))
		b, err := hex.DecodeString(line.Hex)
		require.NoError(t, err)
		for _, target := range targets {
			if target.laws != nil {
				target.check(t, b)
				if slack == 1 {
					target.laws.memory(t, b)
				}
			}
		}
	}
	require.Greater(t, n, 10, "blobs")
	checkDump(t, list, jsonlForm, chunked(list))
	require.NoError(t, filepath.WalkDir(shelf, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil || len(b) > 1<<20 {
			return err
		}
		for _, f := range []form{mfcmapiAll[0], linesAll[0], linesAll[3], jsonlForm, graphForm, ewsForm} {
			checkDump(t, b, f, nil)
		}
		checkTNEF(t, b, nil)
		checkExMergeLog(t, b)
		return nil
	}))
}
