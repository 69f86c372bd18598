package tzdef_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

// easternBlob is the zone of an appointment as Outlook keeps it: US Eastern time, before and since 2007.
var easternBlob = fromHex("0201300002001500" +
	"4500610073007400650072006e0020005300740061006e0064006100720064002000540069006d006500" + // Eastern Standard Time
	"0200" +
	"02013e000000d60701000000010000000000000000002c01000000000000c4ffffff00000a000000050002000000000000000000040000000100020000000000000002" +
	"013e000200d70701000000010000000000000000002c01000000000000c4ffffff00000b0000000100020000000000000000000300000002000200000000000000")

// namelessBlob is a zone as clients of Exchange Web Services make it when they forget its name.
var namelessBlob = fromHex("0201060002000000010002013e0002004106000000000000000000000000" +
	"0000f000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")

func fromHex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func Example() {
	zone, err := tzdef.Decode(easternBlob)
	if err != nil {
		fmt.Println(err)
		return
	}
	off, _ := zone.At(time.Date(2006, time.October, 29, 5, 30, 0, 0, time.UTC))
	fmt.Println(zone.Name(), off.Minutes, off.Daylight)
	// Output: Eastern Standard Time -240 true
}

func ExampleDecode() {
	_, err := tzdef.Decode(easternBlob[:80])
	fmt.Println(err)
	fmt.Println(errors.Is(err, tzdef.Truncated), errors.Is(err, io.ErrUnexpectedEOF))
	var e *diag.DecodeError
	if errors.As(err, &e) {
		fmt.Println(e.Findings[0].Path, e.Findings[0].Span.Offset, e.Findings[0].Spec)
	}
	// Output:
	// tzdef: TZRules[0].lStandardBias at 0x004E: needs 4 bytes, 2 left (tzdef.truncated)
	// true true
	// TZRules[0].lStandardBias 78 [MS-OXOCAL] 2.2.1.41
}

// Inspect reads what there is, also of a blob that Decode refuses.
func ExampleInspect() {
	zone, report := tzdef.Inspect(easternBlob[:80])
	fmt.Println(zone.KeyName, len(zone.Rules))
	for f := range report.Findings() {
		fmt.Println(f.Severity, f)
	}
	field, _ := report.At(58)
	fmt.Println(field.Path, field.Value)

	_, report = tzdef.Inspect(namelessBlob)
	for f := range report.Findings() {
		fmt.Println(f.Severity, f)
		fmt.Println(f.Ref)
	}
	// Output:
	// Eastern Standard Time 0
	// fatal TZRules[0].lStandardBias at 0x004E: needs 4 bytes, 2 left (tzdef.truncated)
	// TZRules[0].wYear 2006
	// warning cchKeyName at 0x0006: is 0: the zone has no name (tzdef.empty-key-name)
	// KB 2553248
}

// A Report can be shown beside the bytes it speaks of.
func ExampleInspect_hexdump() {
	blob := easternBlob[:56]
	_, report := tzdef.Inspect(blob)
	if err := diag.Hexdump(os.Stdout, blob, report); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 0000  02                                               bMajorVersion = 2
	// 0001  01                                               bMinorVersion = 1
	// 0002  30 00                                            cbHeader = 48
	// 0004  02 00                                            Reserved = 2 (TZDEFINITION_FLAG_VALID_KEYNAME)
	// 0006  15 00                                            cchKeyName = 21
	// 0008  45 00 61 00 73 00 74 00 65 00 72 00 6e 00 20 00  KeyName = "Eastern Standard Time"
	// 0018  53 00 74 00 61 00 6e 00 64 00 61 00 72 00 64 00
	// 0028  20 00 54 00 69 00 6d 00 65 00
	// 0032  02 00                                            cRules = 2
	// 0034  02                                               TZRules[0].bMajorVersion = 2
	// 0035  01                                               TZRules[0].bMinorVersion = 1
	// 0036  3e 00                                            TZRules[0].Reserved = 62
	//       ^ fatal: TZRules[0].flags at 0x0038: needs 2 bytes, 0 left (tzdef.truncated)
}

// Many blobs are read into one value, whose memory is used again.
func ExampleDefinition_UnmarshalBinary() {
	var zone tzdef.Definition
	for _, blob := range [][]byte{easternBlob, namelessBlob[:20], namelessBlob} {
		if err := zone.UnmarshalBinary(blob); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%q, rules: %d\n", zone.KeyName, len(zone.Rules))
	}
	// Output:
	// "Eastern Standard Time", rules: 2
	// tzdef: TZRules[0].X at 0x0012: needs 14 bytes, 2 left (tzdef.truncated)
	// "", rules: 1
}

// A blob that is wrong but readable is written as it was read, or as it should be.
func ExampleDefinition_Normalize() {
	blob := append([]byte(nil), easternBlob...)
	blob[2] = 0x99 // cbHeader
	zone, err := tzdef.Decode(blob)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range zone.Validate() {
		fmt.Println(f)
	}
	faithful, _ := zone.MarshalBinary()
	zone.Normalize()
	right, _ := zone.MarshalBinary()
	fmt.Printf("% x\n% x\n", faithful[:4], right[:4])
	fmt.Println(len(zone.Validate()))
	// Output:
	// cbHeader at 0x0002: is 153, the fields take 48; read by the fields (tzdef.cbheader-mismatch)
	// 02 01 99 00
	// 02 01 30 00
	// 0
}

func ExampleNew() {
	zone := tzdef.New("W. Europe Standard Time", tzdef.TZRule{
		Flags: tzdef.EffectiveTZReg, Year: 1601, Bias: -60, DaylightBias: -60,
		StandardDate: tzdef.SystemTime{Month: 10, Day: 5, Hour: 3}, // last Sunday of October
		DaylightDate: tzdef.SystemTime{Month: 3, Day: 5, Hour: 2},
	})
	blob, err := zone.MarshalBinary()
	fmt.Println(len(blob), err, zone.Rules[0].StandardDate)
	// Output: 122 <nil> last Sunday of October at 03:00
}

func ExampleIANA() {
	name, ok := tzdef.IANA("W. Europe Standard Time")
	fmt.Println(name, ok)
	_, ok = tzdef.IANA("Customized Time Zone")
	fmt.Println(ok)
	// Output:
	// Europe/Berlin true
	// false
}

// Outlook applies the effective rule to every year of a series; other readers apply to each year its own rule. In
// March 2006 they are an hour apart.
func ExampleDefinition_Effective() {
	zone, err := tzdef.Decode(easternBlob)
	if err != nil {
		fmt.Println(err)
		return
	}
	instant := time.Date(2006, time.March, 20, 12, 0, 0, 0, time.UTC)
	byYear, _ := zone.At(instant)
	rule, _ := zone.Effective()
	fmt.Println(byYear.Minutes, rule.At(instant).Minutes)
	// Output: -300 -240
}

// A time on the wall may be no instant, or two.
func ExampleDefinition_AtLocal() {
	zone, err := tzdef.Decode(easternBlob)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, wall := range []time.Time{
		time.Date(2007, time.March, 11, 2, 30, 0, 0, time.UTC),
		time.Date(2007, time.July, 4, 12, 0, 0, 0, time.UTC),
		time.Date(2007, time.November, 4, 1, 30, 0, 0, time.UTC),
	} {
		off, kind := zone.AtLocal(wall)
		fmt.Println(wall.Format("2006-01-02 15:04"), kind, off.Minutes)
	}
	// Output:
	// 2007-03-11 02:30 gap -300
	// 2007-07-04 12:00 unique -240
	// 2007-11-04 01:30 overlap -240
}

func ExampleDecodeStruct() {
	_, err := tzdef.DecodeStruct(make([]byte, 44))
	fmt.Println(err)
	_, report := tzdef.InspectStruct(make([]byte, 44))
	for f := range report.Findings() {
		fmt.Println(f.Severity, f.Msg)
	}
	zone, err := tzdef.DecodeInformation(make([]byte, 44))
	fmt.Println(zone.Layout, err)
	// Output:
	// tzstruct: stDaylightDate.wSecond at 0x002C: needs 2 bytes, 0 left (tzdef.truncated)
	// info is 44 bytes long, the size of a REG_TZI_FORMAT: a value from the registry, put here by mistake?
	// fatal needs 2 bytes, 0 left
	// REG_TZI_FORMAT <nil>
}
