package freebusy_test

import (
	"errors"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
)

func ExampleDecode() {
	v, err := freebusy.Decode([]byte{0x66, 0x5D, 0xA2, 0x5D})
	fmt.Println(v.Blocks, err)

	_, err = freebusy.Decode([]byte{0x66, 0x5D, 0xA2, 0x5D, 0x66})
	fmt.Println(err)
	fmt.Println(errors.Is(err, freebusy.PartialBlock))
	// Output:
	// [{23910 23970}] <nil>
	// freebusy: trailing at 0x0004: has 1 of the 4 bytes of a block (freebusy.partial-block)
	// true
}

// The properties of a free/busy message become spans of time.
func ExampleStatus_Intervals() {
	props := mapi.Props{
		{Tag: 0x68531003, Value: mapi.MultipleInteger32{0x7DB2}},
		{Tag: 0x68541102, Value: mapi.MultipleBinary{{0x66, 0x5D, 0xA2, 0x5D}, {0, 0, 30, 0}}},
	}
	intervals, findings := freebusy.Busy.Intervals(props)
	for _, i := range intervals {
		fmt.Println(i.Times())
	}
	for _, f := range findings {
		fmt.Printf("%v: %v\n", f.Severity, f)
	}
	// Output:
	// 2011-02-17 14:30:00 +0000 UTC 2011-02-17 15:30:00 +0000 UTC
	// warning: PidTagScheduleInfoMonthsBusy: are 1, must be as many as in PidTagScheduleInfoFreeBusyBusy, 2 (freebusy.count-mismatch)
}

// Inspect says what is wrong with blocks, and still gives all of them.
func ExampleInspect() {
	v, report := freebusy.Inspect([]byte{30, 0, 60, 0, 0, 0, 45, 0})
	for f := range report.Findings() {
		fmt.Printf("%v: %v\n", f.Severity, f)
	}
	fmt.Println(v.Blocks)
	v.Normalize()
	fmt.Println(v.Blocks)
	// Output:
	// warning: Blocks[0].Start at 0x0000: is 30, where another block has not ended (freebusy.block-overlap)
	// warning: Blocks[1].Start at 0x0004: is 0, less than that of the block before it, 30 (freebusy.block-order)
	// [{30 60} {0 45}]
	// [{0 60}]
}

func ExampleMonth() {
	m := freebusy.Month(32178)
	fmt.Println(m, m.Minutes())
	// Output: 2011-02 40320
}
