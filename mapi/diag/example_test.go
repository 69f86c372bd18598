package diag_test

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

// What Decode says is every finding of severity Error and above, each with its code, its field and its place.
func ExampleDecodeError() {
	_, err := tzdef.Decode([]byte{2, 1, 12, 0, 2, 0, 3, 0, 'U', 0, 'T', 0, 'C', 0, 1})
	if e, ok := errors.AsType[*diag.DecodeError](err); ok {
		for _, f := range e.Findings {
			fmt.Println(f.Severity, f.Path, f.Span.Offset, f.Spec)
		}
	}
	fmt.Println(errors.Is(err, tzdef.Truncated), errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// fatal cRules 14 [MS-OXOCAL] 2.2.1.41
	// true true
}

// A report has the fields of a blob, which tile it, and the findings.
func ExampleReport() {
	_, r := tzdef.Inspect([]byte{2, 1, 6, 0, 2, 0, 0, 0, 0, 0})
	for f := range r.Fields() {
		fmt.Printf("%d+%d %s = %v %q\n", f.Span.Offset, f.Span.Len, f.Path, f.Value, f.Text)
	}
	for f := range r.Findings() {
		fmt.Println(f.Severity, f)
	}
	if f, ok := r.At(3); ok {
		fmt.Println("the byte at 3 is of", f.Path)
	}
	// Output:
	// 0+1 bMajorVersion = 2 ""
	// 1+1 bMinorVersion = 1 ""
	// 2+2 cbHeader = 6 ""
	// 4+2 Reserved = 2 "TZDEFINITION_FLAG_VALID_KEYNAME"
	// 6+2 cchKeyName = 0 ""
	// 8+2 cRules = 0 ""
	// warning cchKeyName at 0x0006: is 0: the zone has no name (tzdef.empty-key-name)
	// warning cRules at 0x0008: is 0: the zone has no rules (tzdef.no-rules)
	// the byte at 3 is of cbHeader
}

// Every byte once, with its field, value and meaning, and the findings where they begin.
func ExampleHexdump() {
	b := []byte{2, 1, 6, 0, 2, 0, 0, 0, 1}
	_, r := tzdef.Inspect(b)
	if err := diag.Hexdump(os.Stdout, b, r); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 0000  02                                               bMajorVersion = 2
	// 0001  01                                               bMinorVersion = 1
	// 0002  06 00                                            cbHeader = 6
	// 0004  02 00                                            Reserved = 2 (TZDEFINITION_FLAG_VALID_KEYNAME)
	// 0006  00 00                                            cchKeyName = 0
	// 0008  01                                               undecoded = 1 bytes
	//       ^ fatal: cRules at 0x0008: needs 2 bytes, 1 left (tzdef.truncated)
}
