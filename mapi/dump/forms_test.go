package dump_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
	"github.com/mapiprop/mapiprop/mapi/dump/reg"
)

// written is one object, as its forms are to say it.
var written = []mapi.Prop{
	{Tag: 0x0037001F, Value: mapi.String("Plan \u010D\u00E9 \U0001F600 ]]> \"x\\y\"")},
	{Tag: 0x1000001F, Value: mapi.String("")},
	{Tag: 0x0E04001E, Value: mapi.String8{Raw: []byte("Ann; Bob")}},
	{Tag: 0x36130003, Value: mapi.Integer32(-2)},
	{Tag: 0x36170002, Value: mapi.Integer16(7)},
	{Tag: 0x0E1B000B, Value: mapi.Boolean(1)},
	{Tag: 0x67480014, Value: mapi.Integer64(1<<40 + 3)},
	{Tag: 0x36190006, Value: mapi.Currency(-25)},
	{Tag: 0x00390040, Value: mapi.Time(0x01CD2AD81FE4C000)},
	{Tag: 0x36180048, Value: mapi.GUID(guid.PSETID_Task.GUID())},
	{Tag: 0x0FF60102, Value: mapi.Binary{0, 1, 0xFE, 'A', 'B'}},
	{Tag: 0x0FF90102, Value: mapi.Binary{}},
	{Tag: 0x36131003, Value: mapi.MultipleInteger32{1, -1}},
	{Tag: 0x3614101F, Value: mapi.MultipleString{"Red", "", "a; b"}},
	{Tag: 0x36141102, Value: mapi.MultipleBinary{{1, 2, 3}, {}}},
	{Tag: 0x80050003, Name: mapi.PropName{Set: guid.PSETID_Appointment.GUID(), LID: mapi.PidLidBusyStatus}, Value: mapi.Integer32(2)},
	{Tag: 0x8006101F, Name: mapi.PropName{Set: guid.PS_PUBLIC_STRINGS.GUID(), Name: "Keywords"}, Value: mapi.MultipleString{"Red"}},
}

func rawOf(t *testing.T, v mapi.Value) []byte {
	b, err := v.AppendBinary([]byte{})
	require.NoError(t, err)
	return b
}

// elements returns the bytes of the elements of a list, each alone.
func elements(t *testing.T, v mapi.Value) (all [][]byte) {
	switch v := v.(type) {
	case mapi.MultipleInteger32:
		for _, e := range v {
			all = append(all, rawOf(t, mapi.Integer32(e)))
		}
	case mapi.MultipleString:
		for _, e := range v {
			all = append(all, rawOf(t, mapi.String(e)))
		}
	case mapi.MultipleBinary:
		for _, e := range v {
			all = append(all, e)
		}
	}
	return all
}

// TestForms writes the same properties in every form that can say them, and reads the same properties back.
func TestForms(t *testing.T) {
	for name, form := range map[string]struct {
		write func(*testing.T, mapi.Prop) string // "" for what the form cannot say
		head  string
		open  func(io.Reader) dump.Reader
	}{
		"mfcmapi":   {writeMFCMAPI, "", func(r io.Reader) dump.Reader { return mfcmapi.NewReader(r, "x", 1252) }},
		"lines":     {writeLine, "", func(r io.Reader) dump.Reader { return lines.NewReader(r, "x", lines.Hex) }},
		"jsonl":     {writeJSON, "", func(r io.Reader) dump.Reader { return lines.NewJSONReader(r, "x") }},
		"pffexport": {writePffexport, "", func(r io.Reader) dump.Reader { return pffexport.NewReader(r, "x", 0) }},
		"reg": {writeReg, "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\Outlook\\13dbb0c8aa05101a9bb000aa002fc45a]\r\n",
			func(r io.Reader) dump.Reader { return reg.NewReader(r, "x", 0) }},
	} {
		t.Run(name, func(t *testing.T) {
			var file strings.Builder
			file.WriteString(form.head)
			var want []mapi.Prop
			for _, p := range written {
				if text := form.write(t, p); text != "" {
					file.WriteString(text)
					want = append(want, p)
				}
			}
			var got []mapi.Prop
			for rec, err := range form.open(strings.NewReader(file.String())).Records() {
				require.NoError(t, err)
				for _, f := range rec.Findings {
					require.Equal(t, diag.Info, f.Severity, "%s", f)
				}
				require.Equal(t, rawOf(t, rec.Prop.Value), rec.Raw)
				require.False(t, rec.Derived)
				p := rec.Prop
				if s, ok := p.Value.(mapi.String8); ok { // who said the code page is another matter
					p.Value = mapi.String8{Raw: s.Raw}
				}
				if !p.Name.IsZero() && p.Tag.ID() == 0 {
					p.Tag = want[len(got)].Tag&0xFFFF0000 | mapi.PropTag(p.Tag.Type()) // lines do not say the id
				}
				got = append(got, p)
			}
			require.Empty(t, cmp.Diff(want, got))
			require.Greater(t, len(got), 14)
		})
	}
}

func writeMFCMAPI(t *testing.T, p mapi.Prop) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<property tag = \"%s\" type = \"%s\" >", p.Tag, p.Tag.Type().PT())
	if !p.Name.IsZero() {
		fmt.Fprintf(&b, "<NamedPropGUID>%s</NamedPropGUID><NamedPropName>", p.Name.Set)
		if p.Name.Name != "" {
			b.WriteString(p.Name.Name)
		} else {
			fmt.Fprintf(&b, "id: 0x%04X=%d = PidLidBusyStatus (dispidBusyStatus)", p.Name.LID, p.Name.LID)
		}
		b.WriteString("</NamedPropName>")
	}
	if list := elements(t, p.Value); p.Tag.Type().Multiple() {
		fmt.Fprintf(&b, "<Value mv=\"true\" count=\"%d\" >", len(list))
		for _, e := range list {
			v, err := mapi.ParseRaw(p.Tag.Type().Element(), e)
			require.NoError(t, err)
			b.WriteString("<row>" + mfcmapiValue(t, v) + "</row>")
		}
		b.WriteString("</Value>")
	} else {
		b.WriteString(mfcmapiValue(t, p.Value))
	}
	return b.String() + "</property>\r\n"
}

func mfcmapiValue(t *testing.T, v mapi.Value) string {
	raw := rawOf(t, v)
	switch v := v.(type) {
	case mapi.Binary:
		if len(v) == 0 {
			return "<Value cb=\"0\" >NULL</Value>"
		}
		return fmt.Sprintf("<Value cb=\"%d\" >%X</Value>", len(v), []byte(v))
	case mapi.Integer32, mapi.Integer16:
		return fmt.Sprintf("<Value>%d</Value><AltValue>0x%X</AltValue>", v, binary.LittleEndian.Uint32(append(raw, 0, 0)))
	case mapi.Boolean:
		return "<Value>True</Value>"
	case mapi.Integer64:
		return fmt.Sprintf("<Value>0x%08X:0x%08X</Value><AltValue>%d</AltValue>", uint32(v>>32), uint32(v), v)
	case mapi.Currency:
		return fmt.Sprintf("<Value>-.0025</Value><AltValue>0x%08X:0x%08X</AltValue>", uint32(v>>32), uint32(v))
	case mapi.Time:
		return fmt.Sprintf("<Value>04:00:00.000 PM 5/5/2012</Value><AltValue>Low: 0x%08X High: 0x%08X</AltValue>", uint32(v), uint32(v>>32))
	case mapi.GUID:
		return fmt.Sprintf("<Value>%s</Value>", v)
	}
	if len(raw) == 0 {
		return ""
	}
	return fmt.Sprintf("<Value><![CDATA[%s]]></Value><AltValue cb=\"%d\" >%X</AltValue>", v, len(raw), raw)
}

// writeLine writes a line of hex. Names are those of [MS-OXPROPS]; "0x80050003 = …" would say a local id.
func writeLine(t *testing.T, p mapi.Prop) string {
	label := p.Tag.String() + " = "
	if !p.Name.IsZero() {
		info, ok := mapi.NamedName(p.Name)
		require.True(t, ok)
		label = info.Canonical + ": "
	}
	raw := rawOf(t, p.Value)
	if len(raw) == 0 {
		return label + "NULL\n"
	}
	return fmt.Sprintf("%s%X\n", label, raw)
}

func writeJSON(t *testing.T, p mapi.Prop) string {
	name := ""
	switch {
	case p.Name.Name != "":
		name = fmt.Sprintf(`"propset":"%s","propname":"%s",`, p.Name.Set, p.Name.Name)
	case !p.Name.IsZero():
		name = fmt.Sprintf(`"propset":"%s","lid":%d,`, p.Name.Set, p.Name.LID)
	}
	return fmt.Sprintf(`{%s"tag":"%s","hex":"%x"}`+"\n", name, p.Tag, rawOf(t, p.Value))
}

func writePffexport(t *testing.T, p mapi.Prop) string {
	value := rawOf(t, p.Value)
	if list := elements(t, p.Value); list != nil && p.Tag.Type() != mapi.PtypMultipleInteger32 {
		value = binary.LittleEndian.AppendUint32(nil, uint32(len(list)))
		at := 4 + 4*len(list)
		for _, e := range list {
			value = binary.LittleEndian.AppendUint32(value, uint32(at))
			at += len(e)
		}
		for _, e := range list {
			value = append(value, e...)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Set:\t\t\t\t0\nEntry type:\t\t\t0x%08x\nValue type:\t\t\t0x%08x\n", uint32(p.Tag.ID()), uint32(p.Tag.Type()))
	switch {
	case p.Name.Name != "":
		fmt.Fprintf(&b, "Maps to entry:\t\t\t%s\n", p.Name.Name)
	case !p.Name.IsZero():
		fmt.Fprintf(&b, "Maps to entry type:\t\t0x%08x\n", p.Name.LID)
	}
	if len(value) > 0 {
		b.WriteString("Value:\n")
	}
	for at := 0; at < len(value); at += 16 {
		fmt.Fprintf(&b, "0x%08x: % x\n", at, value[at:min(at+16, len(value))])
	}
	return b.String() + "\n"
}

func writeReg(t *testing.T, p mapi.Prop) string {
	if !p.Name.IsZero() {
		return ""
	}
	name := fmt.Sprintf("\"%04x%04x\"=", uint16(p.Tag.Type()), uint16(p.Tag.ID()))
	value := rawOf(t, p.Value)
	switch v := p.Value.(type) {
	case mapi.String8:
		return name + "\"" + string(v.Raw) + "\"\r\n"
	case mapi.Integer32:
		return fmt.Sprintf("%sdword:%08x\r\n", name, uint32(v))
	case mapi.String:
		value = append(value, 0, 0)
	case mapi.Boolean:
		value = append(value, 0)
	case mapi.MultipleString:
		value = binary.LittleEndian.AppendUint32(nil, uint32(len(v)))
		at := 4 + 4*len(v)
		for _, e := range v {
			value = binary.LittleEndian.AppendUint32(value, uint32(at))
			at += len(rawOf(t, mapi.String(e))) + 2
		}
		for _, e := range v {
			value = append(append(value, rawOf(t, mapi.String(e))...), 0, 0)
		}
	case mapi.MultipleBinary:
		value = binary.LittleEndian.AppendUint32(nil, uint32(len(v)))
		at := 4 + 8*len(v)
		for _, e := range v {
			value = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(value, uint32(len(e))), uint32(at))
			at += len(e)
		}
		for _, e := range v {
			value = append(value, e...)
		}
	}
	return name + "hex:" + strings.ReplaceAll(fmt.Sprintf("% x", value), " ", ",") + "\r\n"
}
