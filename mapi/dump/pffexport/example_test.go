package pffexport_test

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
)

func ExampleReader_Records() {
	file := strings.NewReader(`Number of sets:			1
Number of entries per set:	2

Set:				0
Entry:				0
Entry type:			0x00000037
Value type:			0x0000001f
Value:
0x00000000: 50 00 6c 00 61 00 6e 00                            P.l.a.n. 

Set:				0
Entry:				1
Entry type:			0x00008005
Value type:			0x00000003
Maps to entry type:		0x00008205
Value:
0x00000000: 02 00 00 00                                        ....

`)
	for rec, err := range pffexport.NewReader(file, "mail.export/Calendar/Appointment00001/ItemValues.txt", 1252).Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(rec.Item, rec.Prop.Tag, rec.Prop.Name, rec.Prop.Value)
	}
	// Output:
	// folder Calendar/Appointment00001 0x0037001F {00000000-0000-0000-0000-000000000000}:0x0000 Plan
	// folder Calendar/Appointment00001 0x80050003 {00062002-0000-0000-C000-000000000046}:0x8205 2
}
