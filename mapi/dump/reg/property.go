package reg

import (
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// NameOf returns the name of a tag as it is meant in a profile, and whether it has one. Ids from 0x6600 on are used again:
// where a tag has several names, profiles mean the one that begins with PR_PROFILE_, PR_ROH_ or PidTagProfile, if there is
// such, and else that of mapi.NameOf.
func NameOf(tag mapi.PropTag) (string, bool) {
	name, ok := mapi.NameOf(tag)
	if !ok || ofProfile(name) {
		return name, ok
	}
	for alias := range mapi.AliasesOf(tag) {
		if ofProfile(alias) {
			return alias, true
		}
	}
	return name, true
}

func ofProfile(name string) bool {
	return strings.HasPrefix(name, "PR_PROFILE_") || strings.HasPrefix(name, "PR_ROH_") || strings.HasPrefix(name, "PidTagProfile")
}

// tagOf returns the tag that a value's name stands for: eight digits, the type before the id; an S before them says that
// the data is encrypted. Why says of a name of that form why it stands for none.
func tagOf(name string) (tag mapi.PropTag, secure bool, why string) {
	if len(name) == 9 && name[0]|0x20 == 's' {
		name, secure = name[1:], true
	}
	if len(name) != 8 {
		return 0, false, ""
	}
	n, err := strconv.ParseUint(name, 16, 32)
	if err != nil || strings.ContainsAny(name, "+-_") {
		return 0, false, ""
	}
	t, id := mapi.PropType(n>>16), mapi.PropID(n)
	switch {
	case t == mapi.PtypUnspecified || strings.HasPrefix(t.PT(), "0x"):
		return 0, false, "0x" + strings.ToUpper(name[:4]) + " is no property type"
	case id == 0:
		return 0, false, "0 is no property id"
	}
	return mapi.TagOf(id, t), secure, ""
}

// flag is a bit of a number, or several, and its name.
type flag struct {
	bits uint32
	name string
}

// configFlags are the bits of PR_PROFILE_CONFIG_FLAGS (edkmdb.h). Two of them have the same name, and are set together.
var configFlags = [...]flag{{0x1, "CONFIG_SERVICE"}, {0x2, "CONFIG_SHOW_STARTUP_UI"}, {0x4, "CONFIG_SHOW_CONNECT_UI"},
	{0x8, "CONFIG_PROMPT_FOR_CREDENTIALS"}, {0x10, "CONFIG_NO_AUTO_DETECT"}, {0x20, "CONFIG_OST_CACHE_ONLY"}, {0x40, "CONFIG_USE_SMTP_ADDRESSES"},
	{0x80, "CONFIG_OST_CACHE_PRIVATE (0x80)"}, {0x100, "CONFIG_OST_CACHE_PRIVATE (0x100)"}, {0x400, "CONFIG_OST_CACHE_PUBLIC"}}

// authSchemes are the values of PR_ROH_PROXY_AUTH_SCHEME.
var authSchemes = [...]flag{{0x1, "Basic"}, {0x2, "NTLM"}, {0x10, "Negotiate"}, {0x10000, "certificate"}}

const (
	cachedMode    = 0x180 // both bits of CONFIG_OST_CACHE_PRIVATE
	cachedFolders = 0x400
)

// words returns what a number says, and "" for most. It is for the numbers by which people find out why Outlook works
// without its cache, or does not find its server.
func words(tag mapi.PropTag, n uint32) string {
	switch tag {
	case 0x66010003: // PR_PROFILE_CONFIG_FLAGS
		text := flagNames(n, configFlags[:])
		if n&cachedMode == cachedMode {
			text += "; the mailbox is cached"
			if n&cachedFolders != 0 {
				text += ", and so are the favourites among the public folders"
			}
		}
		return text
	case 0x66270003: // PR_ROH_PROXY_AUTH_SCHEME
		return flagNames(n, authSchemes[:])
	}
	return ""
}

func flagNames(n uint32, of []flag) string {
	var names []string
	for _, f := range of {
		if n&f.bits != 0 {
			names = append(names, f.name)
			n &^= f.bits
		}
	}
	if n != 0 || len(names) == 0 {
		names = append(names, "0x"+strings.ToUpper(strconv.FormatUint(uint64(n), 16)))
	}
	return strings.Join(names, " | ")
}
