package recur_test

import (
	"encoding/hex"
	"fmt"
	"log"
	"time"

	"github.com/mapiprop/mapiprop/recur"
)

// blob is the value of PidLidAppointmentRecur of a call every Wednesday, of which one was moved and one has another subject.
var blob = fromHex("043004300b2001000000c021000001000000000000000800000021200000100000000000000003000000e0e6580d80fa590da0705a0d0200" +
	"000080ec580da0705a0dc070580d60bf5a0d06300000093000005802000085020000020014ef580d50ef580d38e9580d300018001700526f" +
	"6f6d20436861726c65732c2033726420666c6f6f7201000000f8725a0d25735a0df8725a0d01002d002c005765656b6c792063616c6c2077" +
	"69746820426f73746f6e202d20736561736f6e2773206772656574696e677300000000040000000b0000000000000014ef580d50ef580d38" +
	"e9580d170052006f006f006d00200043006800610072006c00650073002c002000330072006400200066006c006f006f0072000000000004" +
	"0000001000000000000000f8725a0d25735a0df8725a0d2c005700650065006b006c0079002000630061006c006c00200077006900740068" +
	"00200042006f00730074006f006e0020001320200073006500610073006f006e001920730020006700720065006500740069006e00670073" +
	"000000000000000000")

func fromHex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func Example() {
	series, err := recur.Decode(blob) // the value of PidLidAppointmentRecur
	if err != nil {
		log.Fatal(err)
	}
	next, err := series.Instances(time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)) // on the clock of the series
	if err != nil {
		log.Fatal(err) // of a task that comes again once it is done, say
	}
	left := 5
	for i := range next {
		fmt.Println(i.Start, "to", i.End)
		if left--; left == 0 {
			break
		}
	}
	// Output:
	// 2026-10-08T11:00:00 to 2026-10-08T12:00:00
	// 2026-10-14T10:00:00 to 2026-10-14T10:45:00
	// 2026-10-21T10:00:00 to 2026-10-21T10:45:00
	// 2026-10-28T10:00:00 to 2026-10-28T10:45:00
	// 2026-11-04T10:00:00 to 2026-11-04T10:45:00
}
