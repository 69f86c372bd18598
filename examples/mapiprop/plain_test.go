package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// TestWordsArePlain: what is written as a word needs no escapes. All of it comes from tables.
func TestWordsArePlain(t *testing.T) {
	n := 0
	plain := func(word string) {
		n++
		require.Equal(t, `"`+word+`"`, string(mapi.String(word).AppendJSON(nil)))
	}
	for id := range mapi.PropID(0x8000) {
		for tag, name := range mapi.NamesOfID(id) {
			plain(name)
			plain(tag.String())
		}
	}
	for set := range guid.PropertySet(64) {
		for _, info := range mapi.NamesOfSet(set.GUID()) {
			plain(info.Canonical)
		}
		if name, ok := guid.Known(set.GUID()); ok {
			plain(name)
		}
	}
	for p := range mapi.PropType(0xFFFF) {
		plain(p.String())
	}
	for _, k := range inspect.Kinds() {
		plain(k.Name)
	}
	require.Greater(t, n, 0xFFFF+3000)
}
