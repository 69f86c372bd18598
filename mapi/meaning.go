package mapi

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// Meaning says in words what the value of a property means, where its type does not say it: the words of Words, with
// " | " between flags and ", " between the elements of a list; the time that minutes since 1601 come to; the parts of a
// folder, message or rule id; and what a moment stands for that is no moment, "none" for 4501-01-01 (see
// FileTime.Special). It is empty where there is nothing to say.
func Meaning(p Prop) string {
	switch v := p.Value.(type) {
	case Time:
		return FileTime(v).Special()
	case FloatingTime:
		return v.Special()
	case Integer64:
		return idMeaning(p.Tag, uint64(v))
	case Integer32:
		if isMinutes(p) {
			return minutesMeaning(uint32(v))
		}
	}
	words, _ := Words(p)
	if _, list := numbersOf(p.Value); list {
		return strings.Join(words, ", ")
	}
	return strings.Join(words, " | ")
}

// isMinutes reports whether a property counts minutes since 1601-01-01 00:00 UTC: PidTagSearchFolderLastUsed and
// PidTagSearchFolderExpiration ([MS-OXOSRCH] 2.2.1.2.4 and 2.2.1.2.5), PidTagFreeBusyPublishStart and
// PidTagFreeBusyPublishEnd ([MS-OXOPFFB] 2.2.1.2.9 and 2.2.1.2.10).
func isMinutes(p Prop) bool {
	switch p.Tag {
	case 0x68340003, 0x683A0003, 0x68470003, 0x68480003:
		return p.Name.IsZero()
	}
	return false
}

// The numbers of minutes that writers use for "none" and "no end".
const (
	minutesNone = 0x5AE980E0 // 4501-01-01 00:00
	minutesEnd  = 0x5AE980DF // 4500-12-31 23:59
)

func minutesMeaning(n uint32) string {
	text := time.Unix(int64(n)*60-epochSeconds, 0).UTC().Format("2006-01-02T15:04Z07:00")
	switch n {
	case 0:
		return "not set (" + text + ")"
	case minutesNone:
		return "none (" + text + ")"
	case minutesEnd:
		return "no end (" + text + ")"
	}
	return text
}

// idMeaning takes apart a Folder ID or Message ID ([MS-OXCDATA] 2.2.1.1 and 2.2.1.2): two bytes that say which replica
// gave it out, and six that count, the first the most significant. What the halves of a rule's id mean is its server's
// affair; they are shown as MFCMAPI shows them.
func idMeaning(tag PropTag, v uint64) string {
	switch tag {
	case 0x67480014, 0x67490014, 0x674A0014: // PidTagFolderId, PidTagParentFolderId, PidTagMid
		b := binary.LittleEndian.AppendUint64(nil, v)
		return fmt.Sprintf("ReplicaId 0x%04X, GlobalCounter 0x%012X", uint16(v), binary.BigEndian.Uint64(b)&0xFFFFFFFFFFFF)
	case PidTagRuleId:
		return fmt.Sprintf("high 0x%08X, low 0x%08X", v>>32, uint32(v))
	}
	return ""
}
