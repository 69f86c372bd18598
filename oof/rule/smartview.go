package rule

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// SmartView text is what MFCMAPI shows beside a property: labels and numbers in its own spelling, a tab for every level, and
// a bar before it within restrictions, lines that end in CRLF, and no line end after the last. Of properties MFCMAPI lists all
// names it has, in an order of its own table; here they are those of our registry, the names of its headers first.

// AppendSmartView appends MFCMAPI's SmartView text of a blob, from the report that InspectAction or InspectCondition made of
// it. What was not read has no line.
func AppendSmartView(b []byte, r *diag.Report) []byte {
	blob := blobOf(r)
	switch r.What() {
	case "ruleaction":
		v, _ := InspectAction(blob, mapi.ProfileROP)
		return v.AppendSmartView(b)
	case "extruleaction":
		v, _ := InspectAction(blob, mapi.ProfileExtended)
		return v.AppendSmartView(b)
	case "rulecondition":
		v, _ := InspectCondition(blob, DetectCondition(blob))
		return v.AppendSmartView(b)
	case "extrulecondition":
		v, _ := InspectCondition(blob, mapi.ProfileExtended)
		return v.AppendSmartView(b)
	}
	v, _ := InspectCondition(blob, mapi.ProfileOCFG)
	return v.AppendSmartView(b)
}

// blobOf returns the bytes that a report is about: its fields tile them.
func blobOf(r *diag.Report) (b []byte) {
	for f := range r.Fields() {
		switch v := f.Value.(type) {
		case []byte:
			b = append(b, v...)
		case string:
			b, _ = wtf8.AppendEncode(b, v)
		default:
			b, _ = binary.Append(b, le, v)
		}
	}
	return b
}

// AppendSmartView appends MFCMAPI's SmartView text of the actions.
func (v *RuleAction) AppendSmartView(b []byte) []byte {
	s := smartView{b: b}
	if v.Profile == mapi.ProfileExtended {
		s.line("Extended Rule Action")
	} else {
		s.line("Rule Action")
	}
	s.within("\t", func() {
		if v.Profile == mapi.ProfileExtended {
			s.named(&v.Named)
			s.line("RuleVersion: 0x%08X", v.RuleVersion)
		}
		s.line("NoOfActions: 0x%08X", len(v.ActionBlocks))
		for i := range v.ActionBlocks {
			s.line("ActionBlocks[%d]", i)
			s.within("\t", func() { s.block(&v.ActionBlocks[i], v.Profile) })
		}
		s.rest(v.Trailing)
	})
	return s.b[:len(s.b)-len("\r\n")]
}

// AppendSmartView appends MFCMAPI's SmartView text of the condition.
func (v *Condition) AppendSmartView(b []byte) []byte {
	s := smartView{b: b}
	if v.Profile == mapi.ProfileOCFG { // the restriction is the root
		s.restriction("Restriction", v.Restriction)
		s.within("\t", func() { s.rest(v.Trailing) })
		return s.b[:len(s.b)-len("\r\n")]
	}
	if v.Profile == mapi.ProfileExtended {
		s.line("Extended Rule Condition")
	} else {
		s.line("Rule Condition")
	}
	s.within("\t", func() {
		if hasNames(v.Profile) {
			s.named(&v.Named)
		}
		if v.Restriction != nil {
			s.restriction("Restriction", v.Restriction)
		}
		s.rest(v.Trailing)
	})
	return s.b[:len(s.b)-len("\r\n")]
}

// smartView collects lines.
type smartView struct {
	b      []byte
	indent string
	depth  int // of restrictions
}

// maxSmart is how many restrictions lie in each other where they are shown: MFCMAPI reads no more. So the lines of a small
// blob, each as long as it is deep, stay in proportion.
const maxSmart = 25

func (s *smartView) line(format string, args ...any) {
	s.b = append(s.b, s.indent...)
	s.b = append(fmt.Appendf(s.b, format, args...), "\r\n"...)
}

// within writes lines one level down.
func (s *smartView) within(step string, write func()) {
	before := s.indent
	s.indent += step
	write()
	s.indent = before
}

// bytes writes a heading and bytes below it.
func (s *smartView) bytes(b []byte, heading string, args ...any) {
	s.line(heading, args...)
	s.within("\t", func() { s.line("%s", cbText(b)) })
}

func cbText(b []byte) string { return fmt.Sprintf("cb: %d lpb: %X", len(b), b) }

// rest writes what follows a structure.
func (s *smartView) rest(b []byte) {
	if len(b) > 0 {
		s.bytes(b, "Unparsed data size = 0x%08X", len(b))
	}
}

func (s *smartView) named(v *NamedPropertyInformation) {
	s.line("NamedPropertyInformation")
	s.within("\t", func() {
		s.line("Number of named props = 0x%04X", len(v.NamedProperties))
		if len(v.NamedProperties) == 0 {
			return
		}
		w := writer{p: mapi.ProfileExtended}
		w.named(v)
		s.line("Named prop size = 0x%08X", len(w.b)-2-2*len(v.NamedProperties)-4)
		for i := range v.NamedProperties {
			p := &v.NamedProperties[i]
			s.line("Named Prop 0x%04X", i)
			s.within("\t", func() { s.name(p) })
		}
	})
}

func (s *smartView) name(p *NamedProperty) {
	s.line("PropID = 0x%04X", uint16(p.PropID))
	s.line("Kind = 0x%02X", p.Kind)
	s.line("Guid = %s", p.GUID)
	switch p.Kind {
	case KindLID:
		s.line("LID = 0x%08X", p.LID)
	case KindName:
		s.line("NameSize = 0x%02X", 2*wtf8.Units(p.Name))
		s.line("Name = %s", scrub(p.Name))
	}
}

// scrub returns text as MFCMAPI shows it: cut at the first NUL, and a dot for every control character but TAB, CR and LF.
func scrub(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return wtf8.Dotted(s)
}

func smartGUID(g guid.GUID) string {
	if name, ok := guid.Known(g); ok {
		return g.String() + " = " + name
	}
	return g.String() + " = Unknown GUID"
}

// The words of flavors in MAPI's headers.
var (
	replyFlavors   = []bit{{1, "DO_NOT_SEND_TO_ORIGINATOR"}, {2, "STOCK_REPLY_TEMPLATE"}}
	forwardFlavors = []bit{{1, "FWD_PRESERVE_SENDER"}, {2, "FWD_DO_NOT_MUNGE_MSG"}, {4, "FWD_AS_ATTACHMENT"}, {8, "FWD_AS_SMS_ALERT"}}
)

// flagText returns the words of bits as MFCMAPI writes them.
func flagText(n uint32, bits []bit) string {
	if n == 0 {
		return "0x0"
	}
	return strings.Join(appendBits(nil, n, bits), " | ")
}

func (s *smartView) block(v *ActionBlock, p mapi.Profile) {
	w := writer{p: p}
	w.data(v)
	length := blockHead + len(w.b) + len(v.Excess)
	s.line("ActionLength: 0x%08X", length)
	s.line("ActionType: %v = %d", v.ActionType, uint8(v.ActionType))
	switch v.ActionType {
	case OpForward:
		s.line("ActionFlavor: %s = 0x%08X", flagText(uint32(v.ActionFlavor), forwardFlavors), uint32(v.ActionFlavor))
	case OpReply, OpOOFReply:
		s.line("ActionFlavor: %s = 0x%08X", flagText(uint32(v.ActionFlavor), replyFlavors), uint32(v.ActionFlavor))
	default:
		s.line("ActionFlavor: 0x%08X", uint32(v.ActionFlavor))
	}
	s.line("ActionFlags: 0x%08X", v.ActionFlags)
	if length > blockHead {
		s.line("%s", dataName(v.ActionType))
		s.within("\t", func() {
			s.data(v.ActionData, p)
			s.rest(v.Excess)
		})
	}
}

var dataNames = [...]string{"", "Move", "Copy", "Reply", "OOFReply", "Defer", "Bounce", "Forward", "Delegate", "Tag", "Delete", "MarkRead"}

func dataName(t ActionType) string {
	if int(t) < len(dataNames) {
		return "ActionData" + dataNames[t]
	}
	return "ActionData"
}

func (s *smartView) data(d ActionData, p mapi.Profile) {
	switch d := d.(type) {
	case *MoveCopy:
		s.moveCopy(d, p)
	case *Reply:
		if p == mapi.ProfileExtended {
			s.line("MessageEIDSize: 0x%08X", len(d.ReplyTemplateMessageEID))
			s.entryID("ReplyTemplateMessageEID", d.ReplyTemplateMessageEID)
		} else {
			s.id("ReplyTemplateFID", d.ReplyTemplateFID.Bytes())
			s.id("ReplyTemplateMID", d.ReplyTemplateMID.Bytes())
		}
		s.line("ReplyTemplateGUID = %s", smartGUID(d.ReplyTemplateGUID))
	case *Defer:
		s.bytes(d.Data, "deferBytes")
	case *Bounce:
		s.line("BounceCode: 0x%08X", d.BounceCode)
	case *Forward:
		s.line("RecipientCount: 0x%08X", len(d.RecipientBlocks))
		for i := range d.RecipientBlocks {
			r := &d.RecipientBlocks[i]
			s.line("RecipientBlocks[%d]", i)
			s.within("\t", func() {
				s.line("Reserved: 0x%X", r.Reserved)
				s.line("NoOfProperties: 0x%08X", len(r.PropertyValues))
				s.properties("PropertyValues[%d]", r.PropertyValues)
			})
		}
	case *Tag:
		s.line("TaggedPropertyValue")
		s.within("\t", func() { s.properties("Property[%d]", []TaggedValue{d.PropertyValue}) })
	case *Opaque:
		s.rest(d.Data)
	}
}

// id writes the id of a folder or a message: its two halves, the upper one first.
func (s *smartView) id(name string, id [8]byte) {
	s.line("%s: 0x%08X:0x%08X", name, le.Uint32(id[4:]), le.Uint32(id[:4]))
}

// entryID writes an entry id as MFCMAPI's parser of entry ids does.
func (s *smartView) entryID(name string, b []byte) {
	s.line("%s", name)
	v, r := entryid.Inspect(b)
	if r.Max() == diag.Fatal || v == nil {
		s.within("\t", func() { s.line("%s", cbText(b)) })
		return
	}
	s.within("\t", func() {
		for line := range strings.SplitSeq(string(entryid.AppendSmartView(nil, r)), "\r\n") {
			s.line("%s", line)
		}
	})
}

func (s *smartView) moveCopy(v *MoveCopy, p mapi.Profile) {
	if p == mapi.ProfileExtended {
		s.line("StoreEIDSize: 0x%08X", len(v.StoreEID))
		if len(v.StoreEID) > 0 {
			s.bytes(v.StoreEID, "StoreEIDBytes")
		}
		s.line("FolderEIDSize: 0x%08X", len(v.FolderEID))
		s.entryID("FolderEID", v.FolderEID)
		return
	}
	s.line("FolderInThisStore: %v", v.FolderInThisStore != 0)
	s.line("StoreEIDSize: 0x%04X", len(v.StoreEID))
	s.line("FolderEIDSize: 0x%04X", len(v.FolderEID))
	if v.FolderInThisStore == 0 || !ownID(v.FolderEID) {
		s.bytes(v.FolderEID, "FolderEIDBytes")
		return
	}
	s.line("FolderEIDserverEID")
	s.within("\t", func() {
		s.line("ServerEID")
		s.within("\t", func() {
			s.line("Ours: true")
			s.id("FolderId", [8]byte(v.FolderEID[1:]))
			s.id("MessageId", [8]byte(v.FolderEID[9:]))
			s.line("Instance: 0x%04X", le.Uint32(v.FolderEID[17:]))
		})
	})
}
