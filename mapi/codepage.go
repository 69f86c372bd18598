package mapi

// CodePage returns the code page of the PtypString8 values of an object with the properties p, and which source said
// so. Asked in this order: PidTagMessageCodepage, PidTagInternetCodepage, the ANSI page of PidTagMessageLocaleId, what a
// store or a logon has instead of them, PidTagCodePageId and the ANSI page of PidTagLocaleId, then container (what the object
// around it has: message, folder or store), def (the caller's own default), and in the end 1252, as "assumed". Numbers that
// name no 8-bit page for such values are passed over: 0 to 3, 42 and 0xFFFFFFFF, which mean "whatever the machine has", and
// 1200, 1201, 12000, 12001 and 65000, which Outlook writes when the text is elsewhere.
//
// The source is the property's name, "container", "default" or "assumed".
func CodePage(p Props, container, def int) (cp int, source string) {
	for _, s := range [...]struct {
		tag    PropTag
		locale bool
		name   string
	}{
		{PidTagMessageCodepage, false, "PidTagMessageCodepage"}, {PidTagInternetCodepage, false, "PidTagInternetCodepage"},
		{PidTagMessageLocaleId, true, "PidTagMessageLocaleId"}, {PidTagCodePageId, false, "PidTagCodePageId"},
		{PidTagLocaleId, true, "PidTagLocaleId"},
	} {
		if cp := codePageOf(p, s.tag, s.locale); cp != 0 {
			return cp, s.name
		}
	}
	if saysCodePage(container) {
		return container, "container"
	}
	if saysCodePage(def) {
		return def, "default"
	}
	return 1252, "assumed"
}

// codePageOf returns the code page that a property names, itself or by its locale, 0 where it is not there or names none.
func codePageOf(p Props, tag PropTag, locale bool) int {
	prop, _ := p.Lookup(tag)
	v, ok := prop.Value.(Integer32)
	switch {
	case ok && locale:
		return localeCodePage(uint32(v))
	case ok && saysCodePage(int(v)):
		return int(v)
	}
	return 0
}

// saysCodePage reports whether a code page number says how 8-bit text is to be read.
func saysCodePage(cp int) bool {
	switch cp {
	case 0, 1, 2, 3, 42: // CP_ACP, CP_OEMCP, CP_MACCP, CP_THREAD_ACP, CP_SYMBOL
		return false
	case 1200, 1201, 12000, 12001, 65000:
		return false
	}
	return cp > 0 // 0xFFFFFFFF is negative as an Integer32
}

// localeCodePage returns the ANSI code page of a locale, 0 where it has none or is not known ([MS-LCID] 2.2).
func localeCodePage(lcid uint32) int {
	switch lcid & 0xFFFF {
	case 0x0405, 0x040E, 0x0415, 0x0418, 0x041A, 0x041B, 0x081A, 0x0424, 0x041C, 0x101A, 0x141A:
		return 1250
	case 0x0419, 0x0422, 0x0402, 0x0423, 0x0C1A, 0x042F, 0x043F, 0x0440, 0x0444, 0x0450, 0x0843, 0x082C, 0x201A, 0x1C1A:
		return 1251
	case 0x0408:
		return 1253
	case 0x041F, 0x042C, 0x0443:
		return 1254
	case 0x040D:
		return 1255
	case 0x0429, 0x0420:
		return 1256
	case 0x0425, 0x0426, 0x0427:
		return 1257
	case 0x042A:
		return 1258
	case 0x041E:
		return 874
	case 0x0411:
		return 932
	case 0x0804, 0x1004:
		return 936
	case 0x0412:
		return 949
	case 0x0404, 0x0C04, 0x1404:
		return 950
	}
	switch lcid & 0x3FF { // the language, wherever it is spoken
	case 0x01:
		return 1256
	case 0x09, 0x07, 0x0C, 0x10, 0x0A, 0x13, 0x16, 0x1D, 0x06, 0x14, 0x0B, 0x0F, 0x03, 0x2D, 0x56, 0x21, 0x36, 0x3E:
		return 1252
	}
	return 0
}
