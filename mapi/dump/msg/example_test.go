package msg_test

import (
	"fmt"
	"testing/fstest"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// A message made by hand: the header of its property stream, one entry, and the stream with the value. Programs get the
// file system from a compound file, for instance with the package cfbfs among this repository's examples.
func ExampleReader_Records() {
	fsys := fstest.MapFS{
		"__properties_version1.0": {Data: append(make([]byte, 32), 0x1F, 0x00, 0x37, 0x00, 6, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0)},
		"__substg1.0_0037001F":    {Data: []byte("P\x00l\x00a\x00n\x00")},
		"__substg1.0_1000001F":    {Data: []byte("?\x00")},
	}
	r, err := msg.Open(fsys, "plan.msg", 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for rec, err := range r.Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(rec.Item, rec.Prop.Tag, rec.Prop.Value)
		for _, f := range rec.Findings {
			fmt.Println(" ", f)
		}
	}
	// Output:
	// message 0x0037001F Plan
	// message 0x1000001F <nil>
	//   __substg1.0_1000001F: no property claims it: 2 bytes (msg.unclaimed)
}

// Every named property of a message: the map of names says which id stands for which name.
func ExampleOpen_named() {
	fsys := fstest.MapFS{
		"__properties_version1.0":                  {Data: append(make([]byte, 32), 0x03, 0x00, 0x00, 0x80, 6, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0)},
		"__nameid_version1.0/__substg1.0_00020102": {Data: []byte("\x02\x20\x06\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46")},
		"__nameid_version1.0/__substg1.0_00030102": {Data: []byte("\x05\x82\x00\x00\x06\x00\x00\x00")},
		"__nameid_version1.0/__substg1.0_00040102": {},
	}
	r, err := msg.Open(fsys, "busy.msg", 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for rec, err := range r.Records() {
		if err == nil && !rec.Prop.Name.IsZero() {
			info, _ := mapi.NamedName(rec.Prop.Name)
			fmt.Println(rec.Item, rec.Prop.Name, info.Canonical, rec.Prop.Value)
		}
	}
	// Output: message {00062002-0000-0000-C000-000000000046}:0x8205 PidLidBusyStatus 2
}

func ExampleOpen() {
	r, err := msg.Open(meeting().files, "meeting.msg", 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for item, err := range dump.Items(r.Records()) {
		fmt.Println(item.Class, len(item.Props), len(item.Recipients), len(item.Attachments), err)
	}
	// Output: IPM.Appointment 10 1 2 <nil>
}
