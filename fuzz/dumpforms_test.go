package fuzz_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
)

// TestDumpFormsAgree writes messages of any properties as Graph, as EWS and as MFCMAPI would, and reads them back: the
// properties are those of the message, whatever the form, and nothing worse than Info is said of them.
func TestDumpFormsAgree(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		var message mapi.Props
		for range 1 + r.IntN(8) {
			message = append(message, anyProp(r))
		}
		want := portable(message)
		require.Empty(t, cmp.Diff(want, read1(t, graph.NewReader(strings.NewReader(asGraph(r, message)), ""))), "Graph, seed %d", seed)
		require.Empty(t, cmp.Diff(want, read1(t, ews.NewReader(strings.NewReader(asEWS(r, message)), ""))), "EWS, seed %d", seed)
		comparable := slices.DeleteFunc(slices.Clone(message), func(p mapi.Prop) bool { return asCell(p.Value) == "" })
		if len(comparable) > 0 {
			require.Empty(t, cmp.Diff(portable(comparable), read1(t, mfcmapi.NewReader(strings.NewReader(asMFCMAPI(comparable)), "", 0))), "MFCMAPI, seed %d", seed)
		}
	}
}

// read1 reads a dump of one item.
func read1(t *testing.T, r dump.Reader) []string {
	t.Helper()
	var items []*mapi.Item
	for item, err := range dump.Items(func(yield func(dump.Record, error) bool) {
		for rec, err := range r.Records() {
			for _, f := range rec.Findings {
				require.LessOrEqual(t, f.Severity, diag.Info, "%v", f)
			}
			if !yield(rec, err) {
				return
			}
		}
	}) {
		require.NoError(t, err)
		items = append(items, item)
	}
	require.Len(t, items, 1)
	return portable(items[0].Props)
}

// portable writes properties without the ids that one store gave to names.
func portable(props mapi.Props) (all []string) {
	for _, p := range props {
		tag := p.Tag
		if !p.Name.IsZero() {
			tag = mapi.TagOf(0, tag.Type())
		}
		b, err := p.Value.AppendBinary(nil)
		all = append(all, fmt.Sprintf("%s %s %s %x %v", tag, p.Name, p.Value.Type(), b, err))
	}
	return all
}

func anyGUID(r *rand.Rand) (g guid.GUID) {
	for i := range g {
		g[i] = byte(r.Uint32())
	}
	return g
}

// anyText is text that is hard on JSON, on XML, or on neither; without what XML does not have and MFCMAPI does not show.
func anyText(r *rand.Rand) string {
	pieces := []string{"Plan", " ", "é", "\U0001F600", "<b>", "&amp;", "]]>", "\"", "'", "\\", "\t", "\n", "日本", "{\"a\":1}", "--", "\u2028"}
	var s strings.Builder
	for range r.IntN(6) {
		s.WriteString(pieces[r.IntN(len(pieces))])
	}
	return s.String()
}

func anyBytes(r *rand.Rand) mapi.Binary {
	b := make(mapi.Binary, r.IntN(100))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func anyTime(r *rand.Rand) mapi.FileTime { return mapi.FileTime(r.Uint64N(2_650_467_743_999_999_999)) }

// anyProp is a property of any type that the three forms have a text for.
func anyProp(r *rand.Rand) mapi.Prop {
	values := []mapi.Value{anyBytes(r), mapi.Boolean(r.IntN(2)), mapi.GUID(anyGUID(r)), mapi.Currency(r.Uint64()), mapi.Floating64(float64(r.Int32()) / 64),
		mapi.Floating32(float32(r.IntN(1<<12)) / 64), mapi.Integer32(r.Uint32()), mapi.Integer64(r.Uint64()), mapi.Integer16(r.Uint32()), mapi.String(anyText(r)), mapi.Time(anyTime(r)),
		mapi.FloatingTime(float64(r.IntN(1<<20)) / 64), mapi.MultipleString{anyText(r), anyText(r)}, mapi.MultipleBinary{anyBytes(r), anyBytes(r)}, mapi.MultipleInteger32{int32(r.Uint32()), 5}, mapi.MultipleInteger64{int64(r.Uint64())}}
	p := mapi.Prop{Value: values[r.IntN(len(values))]}
	p.Tag = mapi.TagOf(mapi.PropID(1+r.IntN(0x7FFE)), p.Value.Type())
	switch r.IntN(3) {
	case 0:
		p.Name = mapi.PropName{Set: anyGUID(r), LID: uint32(r.IntN(0x10000))}
	case 1:
		p.Name = mapi.PropName{Set: anyGUID(r), Name: "x " + strings.NewReplacer("\t", "", "\n", "", "<", "", "&", "").Replace(anyText(r)) + "y"}
	}
	if !p.Name.IsZero() {
		p.Tag = mapi.TagOf(mapi.PropID(0x8000+r.IntN(0x7000)), p.Value.Type())
	}
	return p
}

// webTypes are the words of Graph and EWS.
var webTypes = map[mapi.PropType]string{mapi.PtypBinary: "Binary", mapi.PtypBoolean: "Boolean", mapi.PtypGuid: "CLSID", mapi.PtypCurrency: "Currency", mapi.PtypFloating64: "Double", mapi.PtypFloating32: "Float",
	mapi.PtypInteger32: "Integer", mapi.PtypInteger64: "Long", mapi.PtypInteger16: "Short", mapi.PtypString: "String", mapi.PtypTime: "SystemTime", mapi.PtypFloatingTime: "ApplicationTime",
	mapi.PtypMultipleString: "StringArray", mapi.PtypMultipleBinary: "BinaryArray", mapi.PtypMultipleInteger32: "IntegerArray", mapi.PtypMultipleInteger64: "LongArray"}

// webText is a value as Graph and EWS write it; a list is one text for each element.
func webText(v mapi.Value) (all []string, list bool) {
	switch v := v.(type) {
	case mapi.Binary:
		return []string{base64.StdEncoding.EncodeToString(v)}, false
	case mapi.GUID:
		return []string{strings.ToLower(strings.Trim(v.String(), "{}"))}, false
	case mapi.Time:
		at, _ := v.FileTime().Time()
		return []string{at.Format("2006-01-02T15:04:05.0000000Z")}, false
	case mapi.FloatingTime:
		return []string{strconv.FormatFloat(float64(v), 'g', -1, 64)}, false
	case mapi.MultipleString:
		return slices.Clone(v), true
	case mapi.MultipleBinary:
		for _, b := range v {
			all = append(all, base64.StdEncoding.EncodeToString(b))
		}
		return all, true
	case mapi.MultipleInteger32:
		for _, n := range v {
			all = append(all, strconv.Itoa(int(n)))
		}
		return all, true
	case mapi.MultipleInteger64:
		for _, n := range v {
			all = append(all, strconv.FormatInt(n, 10))
		}
		return all, true
	}
	return []string{v.String()}, false
}

// letters writes a word in letters of another case.
func letters(r *rand.Rand, s string) string {
	return []string{s, strings.ToLower(s), strings.ToUpper(s)}[r.IntN(3)]
}

func asGraph(r *rand.Rand, message mapi.Props) string {
	var props []string
	for _, p := range message {
		id := letters(r, webTypes[p.Value.Type()]) + " "
		switch set := strings.ToLower(p.Name.Set.String()); {
		case p.Name.IsZero():
			id += fmt.Sprintf("0x%x", uint16(p.Tag.ID()))
		case p.Name.Name != "":
			id += set + " " + letters(r, "Name") + " " + p.Name.Name
		default:
			id += set + " " + letters(r, "Id") + fmt.Sprintf(" 0x%x", p.Name.LID)
		}
		texts, list := webText(p.Value)
		for i := range texts {
			texts[i] = string(wtf8.AppendQuote(nil, texts[i]))
		}
		value := strings.Join(texts, " , ")
		if list {
			value = "[" + value + "]"
		}
		members := []string{`"id":` + string(wtf8.AppendQuote(nil, id)), `"value" : ` + value}
		if r.IntN(4) == 0 {
			slices.Reverse(members)
		}
		props = append(props, "{"+strings.Join(members, ",")+"}")
	}
	// Which list a property stands in says nothing.
	lists := fmt.Sprintf(`"singleValueExtendedProperties":[%s]`, strings.Join(props, ",\n"))
	if r.IntN(4) == 0 {
		return `{` + lists + `,"id":"A"}`
	}
	return `{"@odata.context":"x","value":[{"id":"A",` + lists + `}]}`
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "\t", "&#9;", "\n", "&#xA;")

func asEWS(r *rand.Rand, message mapi.Props) string {
	prefix := []string{"", "t:", "typ:"}[r.IntN(3)]
	var s strings.Builder
	fmt.Fprintf(&s, `<%[1]sItem><%[1]sItemId Id="A" ChangeKey="C"/>`, prefix)
	for _, p := range message {
		field := fmt.Sprintf(`PropertyTag="0x%x"`, uint16(p.Tag.ID()))
		if set := strings.Trim(p.Name.Set.String(), "{}"); p.Name.Name != "" {
			field = fmt.Sprintf(`PropertySetId="%s" PropertyName="%s"`, set, xmlEscapes.Replace(p.Name.Name))
		} else if !p.Name.IsZero() {
			field = fmt.Sprintf(`PropertySetId="%s" PropertyId="%d"`, set, p.Name.LID)
		}
		fmt.Fprintf(&s, `<%[1]sExtendedProperty><%[1]sExtendedFieldURI %[2]s PropertyType="%[3]s"/>`, prefix, field, webTypes[p.Value.Type()])
		texts, list := webText(p.Value)
		if list {
			fmt.Fprintf(&s, "<%sValues>", prefix)
		}
		for _, text := range texts {
			fmt.Fprintf(&s, `<%[1]sValue>%[2]s</%[1]sValue>`, prefix, xmlEscapes.Replace(text))
		}
		if list {
			fmt.Fprintf(&s, "</%sValues>", prefix)
		}
		fmt.Fprintf(&s, "</%sExtendedProperty>\r\n", prefix)
	}
	fmt.Fprintf(&s, "</%sItem>", prefix)
	return s.String()
}

// asCell is a value as MFCMAPI writes it, "" where its text says less than the others'.
func asCell(v mapi.Value) string {
	hi := func(n uint64) string { return fmt.Sprintf("0x%08X:0x%08X", uint32(n>>32), uint32(n)) }
	switch v := v.(type) {
	case mapi.Binary:
		return fmt.Sprintf(`<Value cb="%d" >%X</Value>`, len(v), []byte(v))
	case mapi.Boolean:
		return "<Value>" + v.String() + "</Value>"
	case mapi.GUID:
		return "<Value>" + v.String() + " = Unknown GUID</Value>"
	case mapi.Currency:
		return fmt.Sprintf("<Value>%s</Value><AltValue>%s</AltValue>", v, hi(uint64(v)))
	case mapi.Floating64:
		return fmt.Sprintf("<Value>%f</Value>", float64(v))
	case mapi.Floating32:
		return fmt.Sprintf("<Value>%f</Value>", float32(v))
	case mapi.Integer32:
		return fmt.Sprintf("<Value>%d</Value><AltValue>0x%X</AltValue>", v, uint32(v))
	case mapi.Integer16:
		return fmt.Sprintf("<Value>%d</Value><AltValue>0x%X</AltValue>", v, uint16(v))
	case mapi.Integer64:
		return fmt.Sprintf("<Value>%s</Value><AltValue>%d</AltValue>", hi(uint64(v)), v)
	case mapi.Time:
		return fmt.Sprintf("<Value>x</Value><AltValue>Low: 0x%08X High: 0x%08X</AltValue>", uint32(v), uint32(v>>32))
	case mapi.String:
		raw, _ := wtf8.AppendEncode(nil, string(v))
		return fmt.Sprintf(`<Value><![CDATA[%s]]></Value><AltValue cb="%d" >%s</AltValue>`, string(v), len(raw), strings.ToUpper(hex.EncodeToString(raw)))
	case mapi.MultipleString:
		return rows(v, func(s string) mapi.Value { return mapi.String(s) })
	case mapi.MultipleBinary:
		return rows(v, func(b []byte) mapi.Value { return mapi.Binary(b) })
	case mapi.MultipleInteger32:
		return rows(v, func(n int32) mapi.Value { return mapi.Integer32(n) })
	}
	return ""
}

func rows[E any](v []E, value func(E) mapi.Value) string {
	var s strings.Builder
	fmt.Fprintf(&s, `<Value mv="true" count="%d" >`, len(v))
	for _, e := range v {
		s.WriteString("<row>" + asCell(value(e)) + "</row>")
	}
	return s.String() + "</Value>"
}

func asMFCMAPI(message mapi.Props) string {
	var s strings.Builder
	s.WriteString("<?xml version=\"1.0\"?>\r\n<propertypane>\r\n")
	for _, p := range message {
		fmt.Fprintf(&s, "<property tag = \"%s\" type = \"%s\" >", p.Tag, p.Tag.Type().PT())
		if !p.Name.IsZero() {
			fmt.Fprintf(&s, "<NamedPropGUID>%s</NamedPropGUID>", p.Name.Set)
			if p.Name.Name != "" {
				fmt.Fprintf(&s, "<NamedPropName>%s</NamedPropName>", p.Name.Name)
			} else {
				fmt.Fprintf(&s, "<NamedPropName>id: 0x%04X=%d</NamedPropName>", p.Name.LID, p.Name.LID)
			}
		}
		s.WriteString(asCell(p.Value) + "</property>\r\n")
	}
	return s.String() + "</propertypane>"
}

// TestWebFormsKeepText has text through both forms that XML does not have: NUL, lone surrogates, noncharacters.
func TestWebFormsKeepText(t *testing.T) {
	for _, text := range []string{"\x00", "a\x1Fb", "\uFFFE\uFFFF", "\xED\xA0\xBD", "\xED\xB8\x80\xED\xA0\xBD", "\x7F\u0085\r\n", "\U0010FFFF"} {
		quoted := string(wtf8.AppendQuote(nil, text))
		var references strings.Builder
		raw, ok := wtf8.AppendEncode(nil, text)
		require.True(t, ok)
		for i := 0; i < len(raw); i += 2 {
			fmt.Fprintf(&references, "&#x%X;", uint16(raw[i])|uint16(raw[i+1])<<8)
		}
		for name, r := range map[string]dump.Reader{
			"Graph": graph.NewReader(strings.NewReader(`{"singleValueExtendedProperties":[{"id":"String 0x37","value":`+quoted+`}]}`), ""),
			"EWS":   ews.NewReader(strings.NewReader(`<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="55" PropertyType="String"/><t:Value>`+references.String()+`</t:Value></t:ExtendedProperty>`), ""),
		} {
			n := 0
			for rec, err := range r.Records() {
				require.NoError(t, err)
				require.Equal(t, mapi.String(text), rec.Prop.Value, "%s %q", name, text)
				require.Equal(t, raw, rec.Raw)
				require.Equal(t, mapi.PidTagSubject, rec.Prop.Tag)
				n++
			}
			require.Equal(t, 1, n)
		}
	}
}
