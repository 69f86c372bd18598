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
		"csv":       {writeCSV, "Codepage;Tag;propset;LID;propname;HEX\r\n", func(r io.Reader) dump.Reader { return lines.NewCSVReader(r, "x") }},
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
			checkForm(t, form.open(strings.NewReader(file.String())), want, false)
		})
	}
	for name, form := range map[string]struct {
		open    func(*testing.T, []mapi.Prop) (dump.Reader, []mapi.Prop) // with what the form can say
		derived bool                                                     // it has texts, from which bytes are computed
	}{
		"msg":   {func(t *testing.T, p []mapi.Prop) (dump.Reader, []mapi.Prop) { return openMSG(t, object{props: p}), p }, false},
		"tnef":  {func(t *testing.T, p []mapi.Prop) (dump.Reader, []mapi.Prop) { return openTNEF(t, object{props: p}), p }, false},
		"graph": {openGraph, true},
		"ews":   {openEWS, true},
	} {
		t.Run(name, func(t *testing.T) {
			r, want := form.open(t, written)
			checkForm(t, r, want, form.derived)
		})
	}
}

// checkForm wants the properties, without a finding worse than Info, and bytes that say the same as the value.
func checkForm(t *testing.T, r dump.Reader, want []mapi.Prop, derived bool) {
	t.Helper()
	var got []mapi.Prop
	for rec, err := range r.Records() {
		require.NoError(t, err)
		for _, f := range rec.Findings {
			require.Equal(t, diag.Info, f.Severity, "%s", f)
		}
		if rec.Prop.Tag == 0 && rec.Prop.Name.IsZero() && rec.Prop.Value == nil {
			continue // about the file, no property
		}
		require.Equal(t, rawOf(t, rec.Prop.Value), rec.Raw)
		require.True(t, derived || !rec.Derived)
		require.Less(t, len(got), len(want), "%v", rec.Prop)
		got = append(got, plain(rec.Prop, want[len(got)]))
	}
	require.Empty(t, cmp.Diff(want, got))
	require.Greater(t, len(got), 14)
}

// plain returns a property without what is another matter: who said the code page, and the id that a store has for a name.
func plain(p, want mapi.Prop) mapi.Prop {
	if s, ok := p.Value.(mapi.String8); ok {
		p.Value = mapi.String8{Raw: s.Raw}
	}
	if !p.Name.IsZero() && (p.Tag.ID() == 0 || p.Tag.ID().Local()) {
		p.Tag = mapi.TagOf(want.Tag.ID(), p.Tag.Type())
	}
	return p
}

// TestFormsItems writes a message with recipients, a file and a message in it in every form that has them all, and reads
// the same items back.
func TestFormsItems(t *testing.T) {
	text := func(tag mapi.PropTag, s string) mapi.Prop { return mapi.Prop{Tag: tag, Value: mapi.String(s)} }
	busy := written[15]
	want := object{
		props: append([]mapi.Prop{text(mapi.PidTagMessageClass, "IPM.Appointment")}, written...),
		recipients: []object{
			{props: []mapi.Prop{{Tag: 0x0C150003, Value: mapi.Integer32(1)}, text(mapi.PidTagDisplayName, "Ann")}},
			{props: []mapi.Prop{{Tag: 0x0C150003, Value: mapi.Integer32(2)}, text(mapi.PidTagDisplayName, "Bob")}},
		},
		attachments: []object{
			{props: []mapi.Prop{{Tag: 0x37050003, Value: mapi.Integer32(1)}, {Tag: 0x37010102, Value: mapi.Binary("file")}}},
			{props: []mapi.Prop{{Tag: 0x37050003, Value: mapi.Integer32(5)}}, attachments: []object{
				{props: []mapi.Prop{text(mapi.PidTagSubject, "Inner"), busy}, recipients: []object{{props: []mapi.Prop{text(mapi.PidTagDisplayName, "Eve")}}}},
			}},
		},
	}
	for name, r := range map[string]dump.Reader{"msg": openMSG(t, want), "tnef": openTNEF(t, want),
		"jsonl": lines.NewJSONReader(strings.NewReader(jsonItems(t, "message", want)), "x"), "mfcmapi": mfcmapi.NewReader(strings.NewReader(exportItem(t, want)), "x", 1252)} {
		t.Run(name, func(t *testing.T) {
			n := 0
			for item, err := range dump.Items(r.Records()) {
				require.NoError(t, err)
				require.Equal(t, "IPM.Appointment", item.Class)
				n++
				want := want
				if name == "mfcmapi" {
					// The message in an attachment is a file of its own there.
					want.attachments = []object{want.attachments[0], {props: want.attachments[1].props}}
				}
				require.Empty(t, cmp.Diff(want, objectOf(item, want), cmp.AllowUnexported(object{})))
			}
			require.Equal(t, 1, n)
		})
	}
}

// objectOf returns an item as an object, as far as it is one of those of the same place in like.
func objectOf(item *mapi.Item, like object) (o object) {
	at := func(list []object, i int) object {
		if i < len(list) {
			return list[i]
		}
		return object{}
	}
	for _, p := range item.Props {
		var want mapi.Prop
		if len(o.props) < len(like.props) {
			want = like.props[len(o.props)]
		}
		if p.Tag == 0x3701000D {
			continue // stands for the message in it
		}
		if p.Tag.ID() == 0x370B || p.Tag.ID() == 0x3702 {
			continue // of the attribute that begins an attachment in TNEF
		}
		o.props = append(o.props, plain(p, want))
	}
	for i, r := range item.Recipients {
		o.recipients = append(o.recipients, objectOf(r, at(like.recipients, i)))
	}
	for i, a := range item.Attachments {
		o.attachments = append(o.attachments, objectOf(a, at(like.attachments, i)))
	}
	return o
}

func jsonItems(t *testing.T, path string, o object) string {
	var b strings.Builder
	for _, p := range o.props {
		b.WriteString(strings.Replace(writeJSON(t, p), "{", fmt.Sprintf(`{"item":%q,`, path), 1))
	}
	for i, r := range o.recipients {
		b.WriteString(jsonItems(t, fmt.Sprintf("%s/recipient %d", path, i), r))
	}
	for i, a := range o.attachments {
		to := fmt.Sprintf("%s/attachment %d", path, i)
		b.WriteString(jsonItems(t, to, object{props: a.props}))
		for _, inner := range a.attachments {
			b.WriteString(jsonItems(t, to+"/message", inner))
		}
	}
	return b.String()
}

func exportItem(t *testing.T, o object) string {
	var b strings.Builder
	list := func(props []mapi.Prop) {
		for _, p := range props {
			b.WriteString(writeMFCMAPI(t, p))
		}
	}
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<message>\r\n<properties listtype=\"summary\">\r\n")
	list(o.props[:2])
	b.WriteString("</properties>\r\n<properties listtype=\"FullPropList\">\r\n")
	list(o.props)
	b.WriteString("</properties>\r\n<recipients>\r\n")
	for i, r := range o.recipients {
		fmt.Fprintf(&b, "<recipient num=\"0x%08X\">\r\n", i)
		list(r.props)
		b.WriteString("</recipient>\r\n")
	}
	b.WriteString("</recipients>\r\n<attachments>\r\n")
	for i, a := range o.attachments {
		fmt.Fprintf(&b, "<attachment num=\"0x%08X\" filename=\"a&b\">\r\n<tableprops>\r\n", i)
		list(a.props[:1])
		b.WriteString("</tableprops>\r\n<getprops>\r\n")
		list(a.props)
		b.WriteString("</getprops>\r\n</attachment>\r\n")
		if len(a.attachments) > 0 {
			b.WriteString("<embeddedmessage path=\"C:\\x-Attach1.xml\"/>\r\n")
		}
	}
	b.WriteString("</attachments>\r\n</message>\r\n")
	return b.String()
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

func writeCSV(t *testing.T, p mapi.Prop) string {
	set, lid := "", ""
	if !p.Name.IsZero() {
		set = p.Name.Set.String()
	}
	if p.Name.LID != 0 {
		lid = fmt.Sprint(p.Name.LID)
	}
	return fmt.Sprintf(";%s;%s;%s;%s;\"%x\"\r\n", p.Tag, set, lid, p.Name.Name, rawOf(t, p.Value))
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
