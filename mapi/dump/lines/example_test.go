package lines_test

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/dump/lines"
)

func ExampleReader_Records() {
	file := strings.NewReader("PidLidTimeZoneStruct: cb: 6 lpb: 2C0100000000\n0102ZZ\n")
	for rec, err := range lines.NewReader(file, "notes.txt", lines.Any).Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("line %d: %v %x\n", rec.Line, rec.Prop.Name, rec.Raw)
		for _, f := range rec.Findings {
			fmt.Println(" ", f.Severity, f.Msg)
		}
	}
	// Output:
	// line 1: {00062002-0000-0000-C000-000000000046}:0x8233 2c0100000000
	// line 2: {00000000-0000-0000-0000-000000000000}:0x0000 0102
	//   error bad hex digit 'Z' at column 5, 2 bytes before it
}

func ExampleJSONReader_Records() {
	file := strings.NewReader(`{"item":"m1","tag":"0x0E060040","value":"2012-05-05T16:00:00Z"}`)
	for rec, err := range lines.NewJSONReader(file, "items.jsonl").Records() {
		fmt.Printf("%s %v %x %v %v\n", rec.Item, rec.Prop.Tag, rec.Raw, rec.Derived, err)
	}
	// Output: m1 0x0E060040 00c0e41fd82acd01 true <nil>
}
