package security_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/security"
)

// TestHostile measures what lists cost that are made of the smallest entries there are, right and wrong ones.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	list := func(entry string) []byte {
		e := golden.Unhex(t, entry)
		n := (65535 - 8) / len(e)
		d := &security.Descriptor{HeaderSize: 8, HeaderVersion: 3, Revision: 1, Control: security.SelfRelative | security.DaclPresent, OffsetDacl: 20,
			Dacl: &security.ACL{AclRevision: 2, Rest: bytes.Repeat(e, n)}}
		b, err := d.MarshalBinary()
		require.NoError(t, err)
		b[32], b[33] = byte(n), byte(n>>8) // AceCount, of what is in Rest
		return b
	}
	for name, b := range map[string][]byte{
		"empty":     list("00000400"),
		"unknown":   list("ff000400"),
		"no SID":    list("00000800ffffffff"),
		"small":     list("00001000" + "ffffffff" + "0100000000000005"),
		"object":    list("05001400" + "ffffffff" + "00000000" + "0100000000000005"),
		"revisions": list("00001000" + "ffffffff" + "0000000000000005"),
		"ones":      bytes.Repeat([]byte{0xFF}, 1<<20),
		"zeros":     make([]byte, 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			descriptorLaws.CheckMemory(t, b)
			descriptorLaws.Check(t, b)
			sidLaws.CheckMemory(t, b)
		})
	}
}
