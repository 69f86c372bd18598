package tnef_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

// A file made by hand: the signature, a key, attSubject with its checksum, and attMsgProps, of which the end is missing.
func ExampleReader_Records() {
	file := "\x78\x9F\x3E\x22\x01\x00" +
		"\x01\x04\x80\x01\x00\x05\x00\x00\x00Plan\x00\x8B\x01" +
		"\x01\x03\x90\x06\x00\x10\x00\x00\x00\x01\x00\x00\x00\x03\x00\x17\x00\x02"
	for rec, err := range tnef.NewReader(strings.NewReader(file), "winmail.dat", 0).Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(rec.Item, rec.Offset, rec.Prop.Tag, rec.Prop.Value)
		for _, f := range rec.Findings {
			fmt.Println(" ", f)
		}
	}
	// Output:
	// message 4 0x00000000 <nil>
	//   key: is 0x0001 (tnef.key)
	// message 15 0x0037001E Plan
	//   attSubject: stands for PidTagSubject (tnef.attribute)
	// message 31 0x00000000 <nil>
	//   attMsgProps: at 0x16 claims 16 bytes, 9 are left: read as far as they go (tnef.attribute-overrun)
	// message 39 0x00170003 02
	//   attMsgProps.0x00170003: the value at 0x27 needs 4 bytes, has 1 (tnef.property-overrun)
}

// The messages of a file, put together.
func ExampleNewReader() {
	file := outer().b
	for item, err := range dump.Items(tnef.NewReader(bytes.NewReader(file), "winmail.dat", 0).Records()) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(item.Class, len(item.Recipients), "recipients,", len(item.Attachments), "attachments")
		inner := item.Attachments[1].Attachments[0]
		subject, _ := inner.Props.LookupID(mapi.PidTagSubject.ID())
		fmt.Println(inner.Path, subject.Value)
	}
	// Output:
	// IPM.Schedule.Meeting.Request 2 recipients, 2 attachments
	// message/attachment 1/message Inner
}
