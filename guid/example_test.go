package guid_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
)

func ExampleParse() {
	g, err := guid.Parse("66960343-b15d-443b-8199-1f9143325b37")
	fmt.Println(g, err)
	fmt.Printf("% X\n", g[:])

	_, err = guid.Parse("66960343-b15d-443b-8199-1f9143325bZ7")
	fmt.Println(err)
	fmt.Println(errors.Is(err, guid.BadHex))
	// Output:
	// {66960343-B15D-443B-8199-1F9143325B37} <nil>
	// 43 03 96 66 5D B1 3B 44 81 99 1F 91 43 32 5B 37
	// guid: registry: bad hex digit 'Z' at 34
	// true
}

// What ExMerge.log prints is the mailbox GUID, escaped for an LDAP filter.
// ADSI Edit takes its bytes, PowerShell its registry form.
func ExampleParseForm_exmerge() {
	g, err := guid.ParseForm(`ZE\EF\2E\12\E3\F8E\81\CBR\C4p\92\0D\BB`, guid.ExMerge)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(g.AppendForm(nil, guid.ADSI)))
	fmt.Println(string(g.AppendForm(nil, guid.Registry)))
	fmt.Println("(msExchMailboxGuid=" + string(g.AppendForm(nil, guid.LDAPFilter)) + ")")

	_, err = guid.ParseForm(`ZE\EF\2E\12\E3\F8E\81\CBR\C4p\92\0D\B`, guid.ExMerge)
	fmt.Println(err, errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// 5A 45 EF 2E 12 E3 F8 45 81 CB 52 C4 70 92 0D BB
	// 2EEF455A-E312-45F8-81CB-52C470920DBB
	// (msExchMailboxGuid=\5a\45\ef\2e\12\e3\f8\45\81\cb\52\c4\70\92\0d\bb)
	// guid: exmerge: escape cut short at 35 true
}

// Thirty-two digits are bytes or numbers. Detect returns both readings; here
// only one of them looks like a GUID that somebody made.
func ExampleDetect() {
	for _, r := range guid.Detect("430396665DB13B4481991F9143325B37") {
		fmt.Println(r.Form, r.GUID, "version", r.GUID.Version(), "plausible:", r.Plausible, "ambiguous:", r.Ambiguous)
	}
	fmt.Println(guid.Detect("no GUID") == nil)
	// Output:
	// bytes {66960343-B15D-443B-8199-1F9143325B37} version 4 plausible: true ambiguous: true
	// hex32 {43039666-5DB1-3B44-8199-1F9143325B37} version 3 plausible: false ambiguous: true
	// true
}

func ExampleGUID_AppendForm() {
	g := guid.PSETID_Appointment.GUID()
	for f := range guid.Forms() {
		fmt.Printf("%-11s %s\n", f, g.AppendForm(nil, f))
	}
	// Output:
	// registry    00062002-0000-0000-C000-000000000046
	// braced      {00062002-0000-0000-C000-000000000046}
	// paren       (00062002-0000-0000-C000-000000000046)
	// hex32       0006200200000000c000000000000046
	// struct      {0x00062002,0x0000,0x0000,{0xc0,0x00,0x00,0x00,0x00,0x00,0x00,0x46}}
	// bytes       0220060000000000C000000000000046
	// adsi        02 20 06 00 00 00 00 00 C0 00 00 00 00 00 00 46
	// ldp         00062002-0000-0000-c000-000000000046;
	// ldif        AiAGAAAAAADAAAAAAAAARg==
	// ldapfilter  \02\20\06\00\00\00\00\00\c0\00\00\00\00\00\00\46
	// dn          #04100220060000000000C000000000000046
	// guidbinding <GUID=0220060000000000c000000000000046>
	// exmerge     \02\20\06\00\00\00\00\00\C0\00\00\00\00\00\00F
}

func ExampleGUID_MarshalText() {
	text, _ := json.Marshal(map[string]guid.GUID{"set": guid.PS_INTERNET_HEADERS.GUID()})
	fmt.Println(string(text))

	var back struct{ Set guid.GUID }
	err := json.Unmarshal(text, &back)
	name, _ := guid.Known(back.Set)
	fmt.Println(name, err)
	// Output:
	// {"set":"{00020386-0000-0000-C000-000000000046}"}
	// PS_INTERNET_HEADERS <nil>
}

func ExampleByName() {
	g, ok := guid.ByName("muidEMSAB")
	fmt.Println(g, ok)
	// Output: {C840A7DC-42C0-1A10-B4B9-08002B2FE182} true
}

func ExampleLogReader_Records() {
	log := `[14:13:07] Checking service 'MSEMS'
[14:13:08] Error! Cannot identify the user with the msExchMailboxGuid C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7. The legacyExchangeDN is /O=EXAMPLE/OU=SITE/CN=RECIPIENTS/CN=ANNA.
[14:13:09] Error! Cannot identify the user with the msExchMailboxGuid C\0Z. The legacyExchangeDN is /O=EXAMPLE/OU=SITE/CN=RECIPIENTS/CN=BERT.
`
	r := guid.NewLogReader(strings.NewReader(log))
	for rec, err := range r.Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(rec.Line, rec.Time, rec.GUID, rec.LegacyExchangeDN)
	}
	fmt.Println(r.Lines(), "lines,", r.Skipped(), "without a message")
	// Output:
	// 2 14:13:08 {66960343-B15D-443B-8199-1F9143325B37} /O=EXAMPLE/OU=SITE/CN=RECIPIENTS/CN=ANNA
	// guid: log line 3: exmerge: bad hex digit 'Z' at 73
	// 3 lines, 1 without a message
}

// The manual procedure takes the two raw characters in front for hex digits.
func ExampleExplainSplit() {
	fmt.Print(guid.ExplainSplit(`12\EF\2E\12\E3\F8E\81\CBR\C4p\92\0D\BB`))
	// Output:
	// chunk 1, "12" at 0: no backslash stands before the first chunk, so its 2 characters are all raw: 1 2, not 12
	// chunk 6, "F8E" at 15: E looks like a hex digit but is a character: its byte is 45, not 0E
	// by hand: 12 EF 2E 12 E3 F8 45 81 CB 52 C4 70 92 0D BB
	// decoded: 31 32 EF 2E 12 E3 F8 45 81 CB 52 C4 70 92 0D BB, not the same; {2EEF3231-E312-45F8-81CB-52C470920DBB}
}
