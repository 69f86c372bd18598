package reg

import "strings"

// sections are the uses of the sections whose UIDs are the same in all profiles.
var sections = [...]struct{ uid, use string }{
	{"13dbb0c8aa05101a9bb000aa002fc45a", "global"},                // pbGlobalProfileSectionGuid of edkmdb.h
	{"9375cff0413111d3b88a00104b2a6676", "accounts"},              // Outlook's account manager
	{"dca740c8c042101ab4b908002b2fe182", "Exchange address book"}, // the provider of [MS-OXCDATA] 2.2.5.2
	{"0a0d020000000000c000000000000046", "Capone"},                // IID_CAPONE_PROF of MFCMAPI's table
}

// itemOf returns the path of the object that a key is, and whether values in it are those of a profile section.
func itemOf(path string) (item string, ofMAPI bool) {
	parts := strings.Split(path, `\`)
	for i := 1; i+1 < len(parts); i++ {
		if strings.EqualFold(parts[i], "Profiles") && (strings.EqualFold(parts[i-1], "Outlook") || strings.EqualFold(parts[i-1], "Windows Messaging Subsystem")) {
			return below("profile "+escape(parts[i+1]), parts[i+2:]), true
		}
	}
	// Of a hive that was loaded somewhere else, or a part of one: a section is known by its name alone.
	for i, p := range parts {
		if isUID(p) {
			return strings.TrimPrefix(below("key "+escape(strings.Join(parts[:i], `\`)), parts[i:]), "key /"), true
		}
	}
	return "key " + escape(path), false
}

// below adds the keys under a profile to its path: a section, and what is in it.
func below(item string, keys []string) string {
	var b strings.Builder
	b.WriteString(item)
	for i, k := range keys {
		if i > 0 || !isUID(k) {
			b.WriteString("/key " + escape(k))
			continue
		}
		b.WriteString("/section " + k)
		for _, s := range sections {
			if strings.EqualFold(s.uid, k) {
				b.WriteString(" (" + s.use + ")")
			}
		}
	}
	return b.String()
}

// isUID reports whether s is a MAPIUID as profiles write it.
func isUID(s string) bool {
	if len(s) != 32 {
		return false
	}
	for i := range len(s) {
		if nibble(s[i]) == notHex {
			return false
		}
	}
	return true
}

// escape writes a name as a step of a path: a slash as %2F, and a percent sign as %25 where it could be taken for one of
// these two.
func escape(name string) string {
	if !strings.ContainsAny(name, "/%") {
		return name
	}
	var b strings.Builder
	for i := range len(name) {
		switch rest := name[i:]; {
		case name[i] == '/':
			b.WriteString("%2F")
		case strings.HasPrefix(rest, "%2F"), strings.HasPrefix(rest, "%25"):
			b.WriteString("%25")
		default:
			b.WriteByte(name[i])
		}
	}
	return b.String()
}
