package dump

import (
	"bytes"
)

// SniffLen is how many bytes of a file Sniff wants to see: a fragment may stand deep inside a web page.
const SniffLen = 64 << 10

// Sniff returns the form of the file that begins with prefix, as the command's flag -in spells it: "mfcmapi", "msg",
// "tnef", "reg", "pffexport", "graph", "ews", "jsonl", "csv" or "lines" (hex, base64, "cb: N lpb: HEX"). It returns "" for
// everything else, and for compressed files. It looks only at prefix: a form that begins later is not seen. Sniff may
// be called concurrently.
func Sniff(prefix []byte) string {
	for _, m := range [...]struct{ magic, form string }{
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "msg"},
		{"\x78\x9F\x3E\x22", "tnef"},
		{"\x1F\x8B", ""}, {"PK\x03\x04", ""}, {"!BDN", ""},
	} {
		if bytes.HasPrefix(prefix, []byte(m.magic)) {
			return m.form
		}
	}
	text := bytes.ToLower(narrow(prefix[:min(len(prefix), SniffLen)]))
	has := func(s string) bool { return bytes.Contains(text, []byte(s)) }
	starts := func(s string) bool { return bytes.HasPrefix(text, []byte(s)) }
	switch {
	case starts("windows registry editor"), starts("regedit4"), starts("[hkey_"), starts("[-hkey_"):
		return "reg"
	case starts("{"), starts("["):
		return sniffJSON(text)
	case property(text), has("<propertypane"), mfcmapiRoot(text):
		return "mfcmapi"
	case starts("name: "), starts("namedpropname: "), starts("namedpropguid: "), mfcmapiText(text):
		return "mfcmapi"
	case has("extendedfielduri"), has("schemas.microsoft.com/exchange/services"):
		return "ews"
	case has("entry type:") && has("value type:"), has("number of sets:") && has("number of entries per set:"):
		return "pffexport"
	case has("[hkey_"), has("array(&h"):
		return "reg"
	case table(text):
		return "csv"
	case has("lpb:"), lines(text):
		return "lines"
	}
	return ""
}

func sniffJSON(text []byte) string {
	// What inspect says of such a file may hold the words too, the quotation mark before them escaped.
	for _, name := range [...]string{`"singlevalueextendedproperties`, `"multivalueextendedproperties`, `"@odata.`} {
		if i := bytes.Index(text, []byte(name)); i >= 0 && text[max(0, i-1)] != '\\' {
			return "graph"
		}
	}
	for _, key := range [...]string{`"tag"`, `"propset"`, `"lid"`, `"hex"`, `"raw"`} {
		if bytes.Contains(text, []byte(key)) {
			return "jsonl"
		}
	}
	return ""
}

// narrow returns text without byte order mark, blanks at its front, and the zero bytes of UTF-16.
func narrow(b []byte) []byte {
	if !bytes.HasPrefix(b, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(b, []byte{0xFE, 0xFF}) && bytes.Count(b, []byte{0})*3 < len(b) {
		return bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n")
	}
	out := make([]byte, 0, len(b)/2)
	for _, c := range b {
		if c != 0 && c != 0xFF && c != 0xFE {
			out = append(out, c)
		}
	}
	return bytes.TrimLeft(out, " \t\r\n")
}

// property reports whether text holds the opening tag of a property, be it escaped as HTML.
func property(text []byte) bool {
	for _, open := range [...]string{"<property", "&lt;property"} {
		for at := 0; ; {
			i := bytes.Index(text[at:], []byte(open))
			if i < 0 {
				break
			}
			at += i + len(open)
			rest := text[at:min(len(text), at+64)]
			if i := bytes.Index(rest, []byte("tag")); i > 0 && bytes.Contains(rest[i:], []byte("0x")) {
				return true
			}
		}
	}
	return false
}

// mfcmapiRoot reports whether text is an export whose first property may be far off.
func mfcmapiRoot(text []byte) bool {
	i := bytes.Index(text, []byte("?>"))
	if !bytes.HasPrefix(text, []byte("<?xml")) || i < 0 {
		return false
	}
	text = bytes.TrimLeft(text[i+2:], " \t\r\n")
	for _, root := range [...]string{"<message>", "<contentstable", "<folderprops>", "<mailboxtable", "<profile profilename", "<properties ", "<table>"} {
		if bytes.HasPrefix(text, []byte(root)) {
			return true
		}
	}
	return false
}

// mfcmapiText reports whether text is what MFCMAPI copies out of tables and dialogs, or its debug log.
func mfcmapiText(text []byte) bool {
	if bytes.HasPrefix(text, []byte("tag: 0x")) || bytes.HasPrefix(text, []byte("dasl: ")) ||
		bytes.HasPrefix(text, []byte("row: ")) && bytes.Contains(text, []byte("::")) {
		return true
	}
	text, _, _ = bytes.Cut(text[:min(len(text), 16<<10)], []byte{'<'})
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		for _, begin := range [...]string{"lpentrylist->lpbin[", "lpnotifications[", "prop tag list, "} {
			if bytes.HasPrefix(line, []byte(begin)) {
				return true
			}
		}
		word, rest, _ := bytes.Cut(line, []byte{' '})
		switch {
		case bytes.HasPrefix(word, []byte("0x")) && only(word[2:], "0123456789abcdef"):
			// A tag in words, or the thread before a time.
			if bytes.HasPrefix(rest, []byte("(pt_")) || len(rest) > 13 && rest[2] == ':' && rest[5] == ':' && rest[8] == '.' && rest[13] == 'm' {
				return true
			}
		case string(word) == "dumping" && bytes.Contains(rest, []byte(" entry ids.")):
			return true
		}
	}
	return false
}

// table reports whether the first line names columns of a table of properties: what they are, and their bytes.
func table(text []byte) bool {
	head, _, _ := bytes.Cut(text, []byte{'\n'})
	if len(head) > 4<<10 {
		return false
	}
	for _, delim := range [...]string{",", ";", "\t"} {
		named, surely, raw, value := false, false, false, false
		for cell := range bytes.SplitSeq(head, []byte(delim)) {
			switch string(bytes.Trim(cell, " \t\r\"")) {
			case "proptag", "lid", "dispid", "propname", "propset", "dasl":
				named, surely = true, true
			case "tag", "name":
				named = true
			case "hex", "raw", "base64":
				raw = true
			case "value":
				value = true
			}
		}
		if named && raw || surely && value {
			return true
		}
	}
	return false
}

// lines reports whether the first line that is no comment is hex or base64 and nothing else, perhaps behind the name of
// a property; DASL's names of properties stand nowhere else at the front of a line.
func lines(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' || string(line) == "null" {
			continue
		}
		if bytes.HasPrefix(line, []byte("http://schemas.microsoft.com/mapi/")) {
			return true
		}
		least := 8
		if i := bytes.IndexAny(line, "=:\t"); i > 0 && i < len(line)-1 && (bytes.HasPrefix(line, []byte("0x")) || bytes.HasPrefix(line, []byte("p"))) &&
			only(bytes.TrimSpace(line[:i]), "abcdefghijklmnopqrstuvwxyz0123456789_") {
			line = bytes.TrimSpace(line[i+1:])
			least = 2
		}
		line = bytes.TrimPrefix(line, []byte("0x"))
		return len(line) >= least && (only(line, "0123456789abcdefx \t.,-\\/'{}`\"") || len(line)%4 == 0 && base64(line))
	}
	return false
}

func only(line []byte, set string) bool {
	for _, c := range line {
		if bytes.IndexByte([]byte(set), c) < 0 {
			return false
		}
	}
	return true
}

// base64 reports whether line, in lower case, is base64 and does not look like words.
func base64(line []byte) bool {
	return only(bytes.TrimRight(line, "="), "abcdefghijklmnopqrstuvwxyz0123456789+/") && bytes.ContainsAny(line, "0123456789+/=") && len(line) >= 16
}
