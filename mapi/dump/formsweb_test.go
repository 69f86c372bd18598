package dump_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
)

// webTypes are the words that Exchange's interfaces have for types. They have none for text of 8 bits.
var webTypes = map[mapi.PropType]string{mapi.PtypString: "String", mapi.PtypInteger32: "Integer", mapi.PtypInteger16: "Short", mapi.PtypBoolean: "Boolean",
	mapi.PtypInteger64: "Long", mapi.PtypCurrency: "Currency", mapi.PtypTime: "SystemTime", mapi.PtypGuid: "CLSID", mapi.PtypBinary: "Binary"}

// webTexts returns the type of a property in words, and its values as text.
func webTexts(t *testing.T, p mapi.Prop) (word string, texts []string) {
	word = webTypes[p.Tag.Type().Element()]
	values := []mapi.Value{p.Value}
	if p.Tag.Type().Multiple() {
		word += "Array"
		values = nil
		for _, e := range elements(t, p.Value) {
			v, err := mapi.ParseRaw(p.Tag.Type().Element(), e)
			require.NoError(t, err)
			values = append(values, v)
		}
	}
	for _, v := range values {
		switch v := v.(type) {
		case mapi.Binary:
			texts = append(texts, base64.StdEncoding.EncodeToString(v))
		case mapi.GUID:
			texts = append(texts, strings.Trim(v.String(), "{}"))
		default:
			texts = append(texts, v.String())
		}
	}
	return word, texts
}

// ofTypes returns the properties that those interfaces can say, those with one value first.
func ofTypes(props []mapi.Prop) (all []mapi.Prop) {
	for _, multiple := range []bool{false, true} {
		for _, p := range props {
			if p.Tag.Type().Multiple() == multiple && webTypes[p.Tag.Type().Element()] != "" {
				all = append(all, p)
			}
		}
	}
	return all
}

func openGraph(t *testing.T, props []mapi.Prop) (dump.Reader, []mapi.Prop) {
	type property struct {
		ID    string `json:"id"`
		Value any    `json:"value"`
	}
	file := struct {
		ID     string     `json:"id"`
		Single []property `json:"singleValueExtendedProperties"`
		Multi  []property `json:"multiValueExtendedProperties"`
	}{ID: "A"}
	props = ofTypes(props)
	for _, p := range props {
		word, texts := webTexts(t, p)
		id := fmt.Sprintf("%s 0x%x", word, uint16(p.Tag.ID()))
		switch {
		case p.Name.Name != "":
			id = fmt.Sprintf("%s %s Name %s", word, p.Name.Set, p.Name.Name)
		case !p.Name.IsZero():
			id = fmt.Sprintf("%s %s Id 0x%x", word, p.Name.Set, p.Name.LID)
		}
		if p.Tag.Type().Multiple() {
			file.Multi = append(file.Multi, property{id, texts})
		} else {
			file.Single = append(file.Single, property{id, texts[0]})
		}
	}
	text, err := json.MarshalIndent(file, "", " ")
	require.NoError(t, err)
	return graph.NewReader(strings.NewReader(string(text)), "x"), props
}

func openEWS(t *testing.T, props []mapi.Prop) (dump.Reader, []mapi.Prop) {
	var b strings.Builder
	b.WriteString(`<t:Message xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><t:ItemId Id="A"/>`)
	props = ofTypes(props)
	for _, p := range props {
		word, texts := webTexts(t, p)
		name := fmt.Sprintf(`PropertyTag="0x%x"`, uint16(p.Tag.ID()))
		switch set := strings.Trim(p.Name.Set.String(), "{}"); {
		case p.Name.Name != "":
			name = fmt.Sprintf(`PropertySetId="%s" PropertyName="%s"`, set, p.Name.Name)
		case !p.Name.IsZero():
			name = fmt.Sprintf(`PropertySetId="%s" PropertyId="%d"`, set, p.Name.LID)
		}
		fmt.Fprintf(&b, `<t:ExtendedProperty><t:ExtendedFieldURI %s PropertyType="%s"/>`, name, word)
		values := ""
		for _, text := range texts {
			values += "<t:Value>" + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text) + "</t:Value>"
		}
		if p.Tag.Type().Multiple() {
			values = "<t:Values>" + values + "</t:Values>"
		}
		b.WriteString(values + "</t:ExtendedProperty>\r\n")
	}
	b.WriteString("</t:Message>")
	return ews.NewReader(strings.NewReader(b.String()), "x"), props
}
