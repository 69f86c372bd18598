package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// wrapNotice says that the lines of a file are one blob, as base64 and xxd -p wrap what they print, and nothing where they
// are not. Each line is a blob all the same, because a list of blobs of one size looks no different: so it is only said
// where the first line breaks off and all of them together are right. Only files that are no longer than what is looked at
// before reading are looked at.
func wrapNotice(in *input, k inspect.Kind, o *options) string {
	text, err := in.Peek(dump.SniffLen)
	if err != io.EOF || o.in == "raw" {
		return ""
	}
	lines := bytes.Split(bytes.TrimRight(bytes.ReplaceAll(text, []byte("\r"), nil), "\n"), []byte("\n"))
	width := len(lines[0])
	for i, line := range lines {
		if len(line) != width && i+1 < len(lines) || len(line) > width {
			return ""
		}
	}
	first, all := unwrapped(lines[0]), unwrapped(bytes.Join(lines, nil))
	if len(lines) < 2 || first == nil || all == nil ||
		decodeBlob(k, first, o.codePage).max() < diag.Fatal || decodeBlob(k, all, o.codePage).max() >= diag.Error {
		return ""
	}
	return fmt.Sprintf("%s: its %d lines are one blob, joined, and the first alone breaks off: were they wrapped? Join them, as with tr -d '\\n'",
		safe(in.name), len(lines))
}

// unwrapped returns the bytes that text is in hex or base64, nil where it is neither.
func unwrapped(text []byte) []byte {
	b, err := hex.AppendDecode(nil, text)
	if err != nil {
		if b, err = base64.StdEncoding.AppendDecode(nil, text); err != nil {
			return nil
		}
	}
	return b
}
