package goid_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mapiprop/mapiprop/mapi/goid"
)

// exception is the id of one instance of a series, that of 25 March 2008.
var exception = fromHex("040000008200E00074C5B7101A82E008" + "07D80319" + "5025D461E473C801" + "0000000000000000" + "10000000" + "000102030405060708090A0B0C0D0E0F")

func fromHex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func ExampleDecode() {
	id, err := goid.Decode(exception)
	if err != nil {
		fmt.Println(err)
		return
	}
	year, month, day, ok := id.InstanceDate()
	fmt.Println(year, month, day, ok)
	fmt.Println(id.CreationTime)

	_, err = goid.Decode(exception[:50])
	fmt.Println(err)
	fmt.Println(errors.Is(err, goid.Truncated), errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// 2008 March 25 true
	// 2008-02-20T17:16:51.109Z
	// goid: Data at 0x0028: needs 16 bytes, 10 left (goid.truncated)
	// true true
}

// An id goes into a calendar file as a UID, and comes back from it. The date, which is not in the UID, is that of
// RECURRENCE-ID there.
func ExampleGlobalObjectID_UID() {
	id, err := goid.Decode(exception)
	if err != nil {
		fmt.Println(err)
		return
	}
	uid := id.UID()
	fmt.Println(uid)

	back, err := goid.ParseUID(uid)
	if err != nil {
		fmt.Println(err)
		return
	}
	recurrenceID := time.Date(2008, time.March, 25, 9, 0, 0, 0, time.UTC)
	back, err = back.WithInstanceDate(recurrenceID.Date())
	if err != nil {
		fmt.Println(err)
		return
	}
	blob, err := back.MarshalBinary()
	fmt.Println(string(blob) == string(exception), err)
	// Output:
	// 040000008200E00074C5B7101A82E008000000005025D461E473C801000000000000000010000000000102030405060708090A0B0C0D0E0F
	// true <nil>
}

// A UID that no Microsoft product made is wrapped, and unwrapped as it was.
func ExampleParseUID() {
	id, err := goid.ParseUID("20080325T090000-1234@example.org")
	if err != nil {
		fmt.Println(err)
		return
	}
	uid, ok := id.Wrapped()
	fmt.Println(uid, ok)
	fmt.Printf("%q\n", id.Data)
	// Output:
	// 20080325T090000-1234@example.org true
	// "vCal-Uid\x01\x00\x00\x0020080325T090000-1234@example.org\x00"
}

// A series and its instances have one key, whatever the dates of the instances.
func ExampleGlobalObjectID_Key() {
	id, err := goid.Decode(exception)
	if err != nil {
		fmt.Println(err)
		return
	}
	series := id.Clean()
	fmt.Println(id.IsClean(), series.IsClean(), id.Key() == series.Key())
	// Output: false true true
}

// Inspect says what is wrong with an id, and still gives what there is of it.
func ExampleInspect() {
	blob := append([]byte(nil), exception...)
	blob[18] = 13 // the month
	id, report := goid.Inspect(blob[:54])
	for finding := range report.Findings() {
		fmt.Printf("%v: %v\n", finding.Severity, finding)
	}
	fmt.Println(id.Year, id.CreationTime)
	// Output:
	// warning: Year at 0x0010: is, with Month and Day, 2008-13-25, which is no date (goid.instance-date)
	// fatal: Data at 0x0028: needs 16 bytes, 14 left (goid.truncated)
	// 2008 2008-02-20T17:16:51.109Z
}

// A new id takes the moment and 16 bytes of randomness from its caller.
func ExampleNew() {
	created, ok := goid.FileTimeOf(time.Date(2026, time.July, 30, 9, 15, 0, 0, time.UTC))
	if !ok {
		fmt.Println("before 1601")
		return
	}
	id := goid.New(created, [16]byte{0x6E, 0x1F, 0x0C, 0x3A}) // crypto/rand.Read fills such an array
	fmt.Println(id.UID())
	// Output: 040000008200E00074C5B7101A82E00800000000004299E50320DD010000000000000000100000006E1F0C3A000000000000000000000000
}
