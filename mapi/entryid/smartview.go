package entryid

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// AppendSmartView appends what MFCMAPI shows beside such a property, from the report that Inspect made of it: labels and
// numbers in its own spelling, a tab for every level, lines that end in CRLF, and no line end after the last. For ids of
// folders it is the same byte for byte; for other forms, of which there is no sample to compare with, the lines are those of
// its source. What was not read has no line. Ids of PST files have none of their own, and end in "Unparsed data".
func AppendSmartView(b []byte, r *diag.Report) []byte {
	v := smartView{b: append(b, "Entry ID"...)}
	for f := range r.Fields() {
		v.field(f)
	}
	return v.b
}

// AppendSmartView appends MFCMAPI's SmartView text of the id. It appends nothing for one that AppendBinary refuses.
func (id *EntryID) AppendSmartView(b []byte) []byte {
	blob, err := id.AppendBinary(nil)
	if err != nil {
		return b
	}
	_, r := Inspect(blob)
	return AppendSmartView(b, r)
}

// smartView collects lines.
type smartView struct {
	b     []byte
	flags []byte    // of the id that the last field was of
	uid   guid.GUID // of it
	form  string    // what stands before the labels of its fields: the heading that was printed
	block bool      // the fields are those of a block of a store
	low   uint16    // Version of a one-off id, which waits for Bits
}

func (v *smartView) line(depth int, format string, args ...any) {
	v.b = append(append(v.b, "\r\n"...), strings.Repeat("\t", depth)...)
	v.b = fmt.Appendf(v.b, format, args...)
}

func (v *smartView) bytes(depth int, label string, b []byte) {
	v.line(depth, "%s", label)
	v.line(depth+1, "cb: %d lpb: %X", len(b), b)
}

// field appends the lines of a field, and the headings before it.
func (v *smartView) field(f diag.Field) {
	level := strings.Count(f.Path, "EntryID.")
	name := f.Path[strings.LastIndex(f.Path, ".")+1:]
	depth := 2 * level
	raw, _ := f.Value.([]byte)
	switch name {
	case "Flags":
		if level > 0 {
			v.line(depth, "Entry ID")
		}
		v.flags, v.form, v.block = raw, "", false
		v.abFlags(depth+1, raw)
		return
	case "ProviderUID":
		v.uid = guid.GUID(raw)
		v.line(depth+1, "Provider GUID = %s", smartGUID(raw))
		return
	case "trailing", "undecoded", "ProviderData", "nid":
		if name == "nid" {
			raw = binary.LittleEndian.AppendUint32(nil, f.Value.(uint32))
		}
		v.bytes(depth+1, fmt.Sprintf("Unparsed data size = 0x%08X", len(raw)), raw)
		return
	}
	if v.form == "" {
		v.form = v.heading(name)
		v.line(depth+1, "%s", v.form)
	}
	if block := strings.TrimSuffix(f.Path[:len(f.Path)-len(name)], "."); strings.HasSuffix(block, "V2") || strings.HasSuffix(block, "V3") {
		depth++
		if !v.block {
			v.line(depth+1, "MAPI Message Store Entry ID %s", block[len(block)-2:])
		}
		v.block = true
	}
	if raw != nil {
		v.run(depth+2, name, raw)
		return
	}
	v.value(depth+2, name, f.Value)
}

// abFlags appends the flags of an id, in as many lines as they need.
func (v *smartView) abFlags(depth int, f []byte) {
	switch {
	case bytes.Equal(f, []byte{0, 0, 0, 0}):
		v.line(depth, "abFlags = 0x00000000")
		return
	case bytes.Equal(f[1:], []byte{0, 0, 0}):
		v.line(depth, "abFlags[0] = 0x%02X= %s", f[0], smartFlags(uint32(f[0]), entryFlags))
		v.line(depth, "abFlags[1..3] = 0x000000")
		return
	}
	v.line(depth, "abFlags[0] = 0x%02X= %s", f[0], smartFlags(uint32(f[0]), entryFlags))
	v.line(depth, "abFlags[1] = 0x%02X= %s", f[1], smartFlags(uint32(f[1]), []smartFlag{{0x80, "MAPI_COMPOUND", 'b'}}))
	v.line(depth, "abFlags[2..3] = 0x%02X%02X", f[2], f[3])
}

// heading returns the line before the first field of a form.
func (v *smartView) heading(name string) string {
	switch name {
	case "FolderType":
		return "Exchange Folder Entry ID"
	case "MessageType":
		return "Exchange Message Entry ID"
	}
	switch {
	case v.flags[0] == ephemeral:
		return "Ephemeral Entry ID"
	case v.uid == oneOffUID:
		return "MAPI One Off Recipient Entry ID"
	case v.uid == addressBookUID:
		return "Exchange Address Entry ID"
	case v.uid == contactUID:
		return "Contact Address Book / PDL Entry ID"
	case v.uid == wrappedUID:
		return "Wrapped Entry ID"
	}
	return "MAPI Message Store Entry ID"
}

// run appends the lines of a field of bytes: a GUID, text of 8 bits, or what nothing is known of.
func (v *smartView) run(depth int, name string, raw []byte) {
	label := smartLabel(name)
	switch {
	case name == "DLLFileNamePad":
	case name == "WrappedFlags":
		v.line(depth, "%s = 0x%08X", label, binary.LittleEndian.Uint32(raw))
	case len(raw) == 16 && (strings.HasSuffix(name, "GUID") || strings.HasSuffix(name, "UID")):
		v.line(depth, "%s = %s", label, smartGUID(raw))
	case strings.HasSuffix(name, "Counter"), strings.HasPrefix(name, "Pad"), name == "Reserved":
		v.bytes(depth, label, raw)
	default: // text of 8 bits, or what there is of a text without an end
		v.line(depth, "%s = %s", label, smartText(Text8(bytes.TrimSuffix(raw, []byte{0})).Decode(1252)))
	}
}

// value appends the line of a field that is a number or text in UTF-16.
func (v *smartView) value(depth int, name string, value any) {
	label := smartLabel(name)
	switch n := value.(type) {
	case string:
		v.line(depth, "%s = %s", label, smartText(strings.TrimSuffix(n, "\x00")))
	case uint8:
		if v.uid == wrappedUID {
			label = "Wrapped Entry Type"
		}
		v.line(depth, "%s = 0x%02X = %s", label, n, v.word(name, uint32(n)))
	case uint16:
		if v.form == "MAPI One Off Recipient Entry ID" {
			v.oneOff(depth, name, n)
			return
		}
		v.line(depth, "%s = 0x%04X = %s", label, n, v.word(name, uint32(n)))
	case uint32:
		switch name {
		case "EntryIDCount", "OffsetDN", "OffsetFQDN", "OffsetSmtpAddress":
			v.line(depth, "%s = 0x%08X", label, n)
		case "Size":
			v.line(depth, "%s = 0x%08X = %d", label, n, int32(n))
		case "MId": // MFCMAPI does not read it
			v.bytes(depth-1, "Unparsed data size = 0x00000004", binary.LittleEndian.AppendUint32(nil, n))
		default:
			v.line(depth, "%s = 0x%08X = %s", label, n, v.word(name, n))
		}
	}
}

// oneOff appends Version and Bits, which MFCMAPI reads as one number, where the second of them stands.
func (v *smartView) oneOff(depth int, name string, n uint16) {
	if name == "Version" {
		v.low = n
		return
	}
	all := uint32(n)<<16 | uint32(v.low)
	v.line(depth, "dwBitmask: 0x%08X = %s", all, smartFlags(all, oneOffFlags))
}

// smartLabel returns MFCMAPI's label of a field.
func smartLabel(name string) string {
	switch name {
	case "FolderType", "MessageType":
		return strings.TrimSuffix(name, "Type") + " Type"
	case "DatabaseGUID":
		return "Database GUID"
	case "FolderDatabaseGUID", "MessageDatabaseGUID":
		return strings.TrimSuffix(name, "DatabaseGUID") + " Database GUID"
	case "FolderGlobalCounter", "MessageGlobalCounter":
		return strings.TrimSuffix(name, "GlobalCounter") + " GlobalCounter"
	case "WrappedFlags":
		return "Wrapped Flags"
	case "DisplayName", "AddressType", "EmailAddress":
		return "sz" + name
	case "MUID":
		return "muidID"
	case "Reserved":
		return "Reserved Bytes"
	}
	return name
}

// smartText returns text as MFCMAPI shows it: what is not for print becomes a full stop.
func smartText(s string) string {
	le, _ := wtf8.AppendEncode(nil, wtf8.Dotted(s)) // what is no text was replaced before
	return string(wtf8.AppendDecode(nil, le))
}

func smartGUID(b []byte) string {
	name, ok := guid.Known(guid.GUID(b))
	if !ok {
		name = "Unknown GUID"
	}
	return guid.GUID(b).String() + " = " + name
}
