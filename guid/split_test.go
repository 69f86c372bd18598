package guid_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

func TestExplainSplit(t *testing.T) {
	s := guid.ExplainSplit(" " + escapedText)
	require.NoError(t, s.Err)
	require.True(t, s.Agrees)
	require.Equal(t, mailbox, s.GUID)
	require.Equal(t, mailbox[:], s.Octets)
	require.Len(t, s.Chunks, 11)
	if diff := cmp.Diff(guid.Chunk{
		Offset: 29, Text: "91C2", Units: []string{"91", "C", "2"}, Right: []string{"91", "C", "2"},
		Trap: "C looks like a hex digit but is a character: its byte is 43, not 0C",
	}, s.Chunks[9]); diff != "" {
		t.Errorf("chunk (-want +got):\n%s", diff)
	}
}

func TestExplainSplitFails(t *testing.T) {
	const tail = `\03\96f\5D\B1\3BD\81\99\1F\91C2`
	for _, c := range []struct {
		name, text, octets, fault string
		at                        int // chunk with the fault
	}{
		{
			"two raw characters first, not hex", `ZE\EF\2E\12\E3\F8E\81\CBR\C4p\92\0D\BB`, "",
			"no backslash stands before the first chunk, so its 2 characters are all raw: Z E, not ZE", 0,
		},
		{
			"two raw characters first, hex by chance", "12" + tail + `\5B`, "1203 9666 5DB1 3B44 8199 1F91 4332 5B",
			"no backslash stands before the first chunk, so its 2 characters are all raw: 1 2, not 12", 0,
		},
		{
			"three raw characters first", "ABC" + strings.TrimSuffix(tail, "2") + `\5B`, "AB43 0396 665D B13B 4481 991F 9143 5B",
			"no backslash stands before the first chunk, so its 3 characters are all raw: A B C, not AB C", 0,
		},
		{
			"five characters in one chunk", `C` + tail + `xy`, "",
			"the procedure has no rule for 6 characters; they are an escape and 4 raw ones: 91 C 2 x y", 9,
		},
	} {
		s := guid.ExplainSplit(c.text)
		require.NoError(t, s.Err, c.name)
		require.False(t, s.Agrees, c.name)
		require.Equal(t, strings.ReplaceAll(c.octets, " ", ""), fmt.Sprintf("%X", s.Octets), c.name)
		require.Equal(t, c.fault, s.Chunks[c.at].Fault, c.name)
		require.Contains(t, s.String(), c.fault, c.name)
	}
}

func TestExplainSplitErrors(t *testing.T) {
	for _, text := range []string{"", `C\`, `C\0`, `C\0G`, `C\03`, "\u00e9"} {
		s := guid.ExplainSplit(text)
		_, err := guid.ParseForm(text, guid.ExMerge)
		require.Equal(t, err, s.Err, text)
		require.False(t, s.Agrees, text)
		require.Contains(t, s.String(), err.Error(), text)
	}
	require.Nil(t, guid.ExplainSplit("").Octets)
	require.Equal(t, []byte("C\x03"), guid.ExplainSplit(`C\03`).Octets)
	require.Equal(t, "a backslash needs two hex digits after it", guid.ExplainSplit(`C\0`).Chunks[1].Fault)
}

// TestExplainSplitLaw: by hand is right exactly when the first chunk has at
// most one character and every other two to four.
func TestExplainSplitLaw(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	right := 0
	for range 20000 {
		var g guid.GUID
		for i := range g {
			g[i] = byte(random.IntN(256))
		}
		s := guid.ExplainSplit(string(g.AppendForm(nil, guid.ExMerge)))
		want := true
		for i, c := range s.Chunks {
			want = want && (i == 0 && len(c.Text) <= 1 || i > 0 && 2 <= len(c.Text) && len(c.Text) <= 4)
			require.Equal(t, i == 0 && len(c.Text) > 1 || i > 0 && len(c.Text) > 4, c.Fault != "")
		}
		require.Equal(t, want, s.Agrees, "%v", g)
		require.Equal(t, g, s.GUID)
		if want {
			right++
		}
	}
	require.Greater(t, right, 15000)
	require.Less(t, right, 20000)
}
