//go:build ignore

// Command genweb writes event.json, a meeting as Microsoft Graph returns it with extended properties, and event.xml, the
// same meeting as Exchange Web Services do. Run it in their folder: go run genweb.go.
//
// Everything in them is made up; the layouts are those of the forms.
package main

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/mapiprop/mapiprop/tzdef"
)

func zone() string {
	sunday := func(month, nth uint16) tzdef.SystemTime { return tzdef.SystemTime{Month: month, Day: nth, Hour: 2} }
	rule := func(year, flags uint16, standard, daylight tzdef.SystemTime) tzdef.TZRule {
		return tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: tzdef.RuleFlags(flags), Year: year, X: [14]byte{0: 1, 4: 1}, Bias: 300,
			DaylightBias: -60, StandardDate: standard, DaylightDate: daylight}
	}
	b, err := tzdef.New("Eastern Standard Time", rule(2006, 0, sunday(10, 5), sunday(4, 1)), rule(2007, 2, sunday(11, 1), sunday(3, 2))).AppendBinary(nil)
	if err != nil {
		log.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b)
}

// property is one extended property, in the words of both forms.
type property struct {
	typ, set, id, name string // no set: id is that of the property
	values             []string
}

const (
	subject = "Weekly call with Boston & <friends>"
	// An id that no mailbox gave.
	itemID = "AAMkAGZhYnJpa2FtAAABAAAA-_8="
)

func properties() []property {
	return []property{
		{typ: "String", id: "0x37", values: []string{subject}},
		{typ: "Integer", set: "Appointment", id: "0x8205", values: []string{"2"}},
		{typ: "SystemTime", set: "Appointment", id: "0x820d", values: []string{"2026-09-16T14:00:00Z"}},
		{typ: "Binary", set: "Appointment", id: "0x825e", values: []string{zone()}},
		{typ: "StringArray", set: "PublicStrings", name: "Keywords", values: []string{"Boston", "every week"}},
	}
}

var sets = map[string]string{"Appointment": "{00062002-0000-0000-c000-000000000046}", "PublicStrings": "{00020329-0000-0000-c000-000000000046}"}

func graph() []byte {
	type value struct {
		ID    string `json:"id"`
		Value any    `json:"value"`
	}
	var single, multi []value
	for _, p := range properties() {
		id := p.typ + " " + p.id
		switch {
		case p.name != "":
			id = p.typ + " " + sets[p.set] + " Name " + p.name
		case p.set != "":
			id = p.typ + " " + sets[p.set] + " Id " + p.id
		}
		if strings.HasSuffix(p.typ, "Array") {
			multi = append(multi, value{id, p.values})
		} else {
			single = append(single, value{id, p.values[0]})
		}
	}
	b, err := json.MarshalIndent(map[string]any{
		"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#me/events(singleValueExtendedProperties(),multiValueExtendedProperties())/$entity",
		"id":             itemID, "subject": subject, "start": map[string]string{"dateTime": "2026-09-16T14:00:00.0000000", "timeZone": "UTC"},
		"singleValueExtendedProperties": single, "multiValueExtendedProperties": multi,
	}, "", "  ")
	if err != nil {
		log.Fatal(err)
	}
	return append(b, '\n')
}

func ews() []byte {
	var s strings.Builder
	text := func(t string) string {
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(t)); err != nil {
			log.Fatal(err)
		}
		return b.String()
	}
	s.WriteString(`<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Body>
    <m:GetItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
      <m:ResponseMessages>
        <m:GetItemResponseMessage ResponseClass="Success">
          <m:ResponseCode>NoError</m:ResponseCode>
          <m:Items>
            <t:CalendarItem>
`)
	fmt.Fprintf(&s, "              <t:ItemId Id=\"%s\" ChangeKey=\"DwAAABYAAAD=\"/>\n", strings.NewReplacer("-", "/", "_", "+").Replace(itemID))
	fmt.Fprintf(&s, "              <t:Subject>%s</t:Subject>\n", text(subject))
	for _, p := range properties() {
		field := fmt.Sprintf(`PropertyTag="%s"`, p.id)
		switch {
		case p.name != "":
			field = fmt.Sprintf(`DistinguishedPropertySetId="%s" PropertyName="%s"`, p.set, p.name)
		case p.set != "":
			var lid int
			if _, err := fmt.Sscanf(p.id, "0x%x", &lid); err != nil {
				log.Fatal(err)
			}
			field = fmt.Sprintf(`DistinguishedPropertySetId="%s" PropertyId="%d"`, p.set, lid)
		}
		fmt.Fprintf(&s, "              <t:ExtendedProperty>\n                <t:ExtendedFieldURI %s PropertyType=\"%s\"/>\n", field, p.typ)
		indent := "                "
		if strings.HasSuffix(p.typ, "Array") {
			s.WriteString(indent + "<t:Values>\n")
			indent += "  "
		}
		for _, v := range p.values {
			fmt.Fprintf(&s, "%s<t:Value>%s</t:Value>\n", indent, text(v))
		}
		if strings.HasSuffix(p.typ, "Array") {
			s.WriteString("                </t:Values>\n")
		}
		s.WriteString("              </t:ExtendedProperty>\n")
	}
	s.WriteString(`            </t:CalendarItem>
          </m:Items>
        </m:GetItemResponseMessage>
      </m:ResponseMessages>
    </m:GetItemResponse>
  </s:Body>
</s:Envelope>
`)
	return []byte(s.String())
}

func main() {
	for name, b := range map[string][]byte{"event.json": graph(), "event.xml": ews()} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
