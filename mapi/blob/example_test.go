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
