package guid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

// TestAllocs holds the package to its promise: nothing is allocated to read or
// write a form into a big enough buffer.
func TestAllocs(t *testing.T) {
	buf := make([]byte, 0, 128)
	for f := range guid.Forms() {
		text := string(mailbox.AppendForm(nil, f))
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if g, err := guid.ParseForm(text, f); err != nil || g != mailbox {
				panic(err)
			}
		}), "ParseForm %v", f)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if g, err := guid.ParseCanonical(text, f); err != nil || g != mailbox {
				panic(err)
			}
		}), "ParseCanonical %v", f)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			buf = mailbox.AppendForm(buf[:0], f)
		}), "AppendForm %v", f)
	}
	text := []byte(mailbox.String())
	canonical := string(text)
	var g guid.GUID
	for name, do := range map[string]func(){
		"Parse":           func() { g, _ = guid.Parse(canonical) },
		"AppendText":      func() { buf, _ = mailbox.AppendText(buf[:0]) },
		"UnmarshalText":   func() { _ = g.UnmarshalText(text) },
		"AppendBinary":    func() { buf, _ = mailbox.AppendBinary(buf[:0]) },
		"UnmarshalBinary": func() { _ = g.UnmarshalBinary(mailbox[:]) },
		"Known":           func() { _, _ = guid.Known(mailbox) },
		"ByName":          func() { g, _ = guid.ByName("PSETID_Common") },
		"PropertySet":     func() { g = guid.PSETID_Meeting.GUID() },
	} {
		require.Zero(t, testing.AllocsPerRun(100, do), name)
	}
	require.Equal(t, 1.0, testing.AllocsPerRun(100, func() { _ = mailbox.String() }), "String, for its text")
}

func BenchmarkParse(b *testing.B) {
	for f := range guid.Forms() {
		text := string(mailbox.AppendForm(nil, f))
		b.Run(f.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := guid.ParseForm(text, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	text := mailbox.String()
	b.Run("canonical", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := guid.Parse(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkFormat(b *testing.B) {
	buf := make([]byte, 0, 128)
	for f := range guid.Forms() {
		b.Run(f.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf = mailbox.AppendForm(buf[:0], f)
			}
		})
	}
}

func BenchmarkKnown(b *testing.B) {
	set := guid.PSETID_Messaging.GUID()
	b.Run("hit", func(b *testing.B) {
		for b.Loop() {
			guid.Known(set)
		}
	})
	b.Run("miss", func(b *testing.B) {
		for b.Loop() {
			guid.Known(mailbox)
		}
	})
	b.Run("name", func(b *testing.B) {
		for b.Loop() {
			guid.ByName("PSETID_Messaging")
		}
	})
	b.Run("set", func(b *testing.B) {
		for b.Loop() {
			_ = guid.PSETID_Messaging.GUID()
		}
	})
}
