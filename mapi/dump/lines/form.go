package lines

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Forms returns the forms of dump this package reads, for [dump.Open]: "lines", "hex", "base64", "jsonl" and "csv". Of the first
// three, dump.Sniff names only "lines"; a program may offer the others to be chosen by name.
func Forms() []dump.Form {
	form := func(name, title string, f Form) dump.Form {
		return dump.Form{Name: name, Title: title, Open: func(r io.Reader, source string) (dump.Reader, error) {
			return NewReader(r, source, f), nil
		}}
	}
	return []dump.Form{
		form("lines", "lines of hex, base64 or cb: N lpb: HEX", Any),
		form("hex", "lines of hex", Hex),
		form("base64", "lines of base64", Base64),
		{Name: "jsonl", Title: "JSON lines: what inspect -out json prints, or tag and hex by hand", Open: func(r io.Reader, source string) (dump.Reader, error) {
			return NewJSONReader(r, source), nil
		}},
		{Name: "csv", Title: "a table of properties (CSV), with tag, hex and the other names of JSON lines in its first row", Open: func(r io.Reader, source string) (dump.Reader, error) {
			return NewCSVReader(r, source), nil
		}},
	}
}
