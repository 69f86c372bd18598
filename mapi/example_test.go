package mapi_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
)

func ExampleParseRaw() {
	v, err := mapi.ParseRaw(mapi.PtypTime, []byte{0x00, 0x40, 0xDD, 0xA3, 0x57, 0x45, 0xB3, 0x0C})
	fmt.Println(v, err)

	v, err = mapi.ParseRaw(mapi.PtypTime, []byte{0x00, 0x40, 0xDD})
	fmt.Println(v, err, errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// none (4501-01-01T00:00:00Z) <nil>
	// 0040dd PtypTime at 0x0003: needs 8 bytes, has 3 (mapi.truncated) true
}

func ExampleParseMulti() {
	v, err := mapi.ParseMulti(mapi.PtypMultipleString, [][]byte{{'A', 0}, {'B', 0, 'C', 0}})
	fmt.Println(v, err)
	// Output: ["A","BC"] <nil>
}

func ExampleFileTimeOf() {
	ft, ok := mapi.FileTimeOf(time.Date(2011, 2, 17, 14, 30, 0, 0, time.UTC))
	fmt.Println(uint64(ft), ok)
	fmt.Println(mapi.Time(ft))
	// Output:
	// 129424266000000000 true
	// 2011-02-17T14:30:00Z
}

func ExampleCodePage() {
	props := mapi.Props{
		{Tag: mapi.PidTagMessageCodepage, Value: mapi.Integer32(1200)}, // says only that the text is elsewhere
		{Tag: mapi.PidTagInternetCodepage, Value: mapi.Integer32(1251)},
	}
	cp, source := mapi.CodePage(props, 0, 0)
	text, damaged, err := mapi.DecodeString8([]byte{0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2}, cp)
	fmt.Println(cp, source, text, damaged, err)
	// Output: 1251 PidTagInternetCodepage Привет 0 <nil>
}

func ExampleString8_Text() {
	text, findings := mapi.String8{Raw: []byte("A\x81\x42B\xC7"), CodePage: 949}.Text()
	fmt.Printf("%+q\n", text)
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// "A\uac03B\ufffd"
	// PtypString8 at 0x0004: 1 characters of code page 949 cannot be read, this is the first (mapi.damaged-text)
}

func ExampleWords() {
	words, flags := mapi.Words(mapi.Prop{Tag: mapi.PidTagMessageFlags, Value: mapi.Integer32(0x10000021)})
	fmt.Println(words, flags)
	words, flags = mapi.Words(mapi.Prop{Tag: 0x00170003, Value: mapi.Integer32(2)})
	fmt.Println(words, flags)
	// Output:
	// [MSGFLAG_READ MSGFLAG_FROMME 0x10000000] true
	// [IMPORTANCE_HIGH] false
}

func ExampleMeaning() {
	fmt.Println(mapi.Meaning(mapi.Prop{Tag: 0x67480014, Value: mapi.Integer64(0x12C7000000000001)}))
	fmt.Println(mapi.Meaning(mapi.Prop{Tag: 0x68340003, Value: mapi.Integer32(215112960)}))
	// Output:
	// ReplicaId 0x0001, GlobalCounter 0x00000000C712
	// 2010-01-01T00:00Z
}

func ExampleNamesOfSet() {
	note, _ := guid.ByName("PSETID_Note")
	for name, info := range mapi.NamesOfSet(note) {
		fmt.Println(name, info.Canonical, info.Type)
	}
	// Output:
	// {0006200E-0000-0000-C000-000000000046}:0x8B00 PidLidNoteColor PtypInteger32
	// {0006200E-0000-0000-C000-000000000046}:0x8B02 PidLidNoteWidth PtypInteger32
	// {0006200E-0000-0000-C000-000000000046}:0x8B03 PidLidNoteHeight PtypInteger32
	// {0006200E-0000-0000-C000-000000000046}:0x8B04 PidLidNoteX PtypInteger32
	// {0006200E-0000-0000-C000-000000000046}:0x8B05 PidLidNoteY PtypInteger32
}

func ExampleParseValue() {
	// A TaggedPropertyValue of a rule: the tag, type first, and the value, which says how long it is.
	b := []byte{0x02, 0x01, 0x0B, 0x30, 0x02, 0x00, 0xAB, 0xCD, 0xEE}
	tag := mapi.PropTag(binary.LittleEndian.Uint32(b))
	v, n, err := mapi.ParseValue(tag.Type(), b[4:], mapi.ProfileROP)
	fmt.Println(tag, v, n, err)

	_, _, err = mapi.ParseValue(tag.Type(), b[4:7], mapi.ProfileROP)
	fmt.Println(err)
	// Output:
	// 0x300B0102 abcd 4 <nil>
	// value: PropertyValue.bytes at 0x0002: needs 2 bytes, 1 left (mapi.truncated)
}

func ExampleInspectValue() {
	_, report := mapi.InspectValue(mapi.PtypBoolean, []byte{0xFF, 0xEE}, mapi.ProfileROP)
	for f := range report.Findings() {
		fmt.Println(f)
	}
	for f := range report.Fields() {
		fmt.Println(f.Span.Offset, f.Path, f.Value)
	}
	// Output:
	// PropertyValue at 0x0000: is 255, must be 0 or 1; it counts as true (mapi.boolean-value)
	// 0 PropertyValue 255
	// 1 trailing [238]
}
