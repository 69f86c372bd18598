package blob_test

import (
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi/blob"
)

// The header Thread-Index of a mail is a conversation index in base64.
func ExampleConversationIndex_Times() {
	b, err := base64.StdEncoding.DecodeString("Adz2Gis8P5pRwn0ES+aaF8BeIdiEOwAAH0Bw")
	if err != nil {
		fmt.Println(err)
		return
	}
	index, err := blob.DecodeConversationIndex(b)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(index.GUID)
	for _, t := range index.Times() {
		fmt.Println(t)
	}
	// Output:
	// {3F9A51C2-7D04-4BE6-9A17-C05E21D8843B}
	// 2026-06-07T01:08:36.9207296Z
	// 2026-06-07T01:12:06.6359296Z
}

// Inspect says what a header of Exchange was taken for, and why.
func ExampleInspectConversationIndex() {
	_, report := blob.InspectConversationIndex([]byte{1, 1, 0xDC, 0xF6, 0x1A, 0x2B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	for f := range report.Findings() {
		fmt.Println(f.Severity, f.Code)
	}
	// Output: info blob.conversation-time-shifted
}

func ExampleDecodeXID() {
	x, err := blob.DecodeXID(append(make([]byte, 16), 0, 0, 0x1A, 0x67, 0xB3, 0x8E))
	fmt.Println(x, err)
	_, err = blob.DecodeXID(make([]byte, 16))
	fmt.Println(err, errors.Is(err, blob.Truncated))
	// Output:
	// {00000000-0000-0000-0000-000000000000}-00001A67B38E <nil>
	// xid: LocalId at 0x0010: needs 1 bytes, 0 left (blob.truncated) true
}

// A nickname cache says whom its user wrote to: here a made-up one, of one recipient.
func ExampleNicknameRow_Value() {
	b := []byte("\x0D\xF0\xAD\xBA\x0C\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00" + // metadata, version 12.0, 1 row
		"\x02\x00\x00\x00" + // of 2 properties
		"\x1F\x00\x01\x60\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00b\x00o\x00b\x00\x00\x00" +
		"\x03\x00\x04\x60\x00\x00\x00\x00\x00\x20\x00\x00\x00\x00\x00\x00" +
		"\x00\x00\x00\x00" + "\x00\x40\x3D\x2C\x1B\x9F\xCA\x01") // no extra information, and when it was written
	cache, err := blob.DecodeNicknameCache(b)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range cache.Rows {
		name, _ := row.Value(0x6001)
		weight, _ := row.Value(0x6004)
		fmt.Println(name, weight, cache.Modified)
	}
	// Output: bob 8192 2010-01-27T06:37:18.8625408Z
}
