package guid

// A CodeInfo is the catalogue entry of one Code. It is plain data.
type CodeInfo struct {
	Code    Code
	Meaning string // what is wrong, in a sentence
	Spec    string // the rule that is broken
	// Form and Example: ParseForm(Example, Form) fails with Code at Offset,
	// and no shorter text shows it better. Two codes come from elsewhere:
	// NotCanonical from ParseCanonical(Example, Form), NotLogRecord from
	// ParseLogLine(Example).
	Form    Form
	Example string
	Offset  int
}

// Codes returns the catalogue: every Code, once. The slice is the caller's.
func Codes() []CodeInfo {
	return []CodeInfo{
		{
			DanglingBackslash, "The text ends in a backslash; two hex digits belong after it.",
			"RFC 4515 section 3, escaped; RFC 4514 section 3, pair", ExMerge, `\`, 0,
		},
		{
			ShortEscape, "The text ends after a backslash and one hex digit; a second belongs there.",
			"RFC 4515 section 3, escaped; RFC 4514 section 3, pair", ExMerge, `\5`, 0,
		},
		{
			BadHex, "A character stands where a hex digit belongs.",
			"RFC 9562 section 4, hexDigit; RFC 4515 section 3, HEX", ExMerge, `\4G`, 2,
		},
		{
			NotAByte, "A character above 7F stands raw and is not one byte: in ExMerge text because it is a UTF-8 character, in LDAP text because it is not one.",
			"RFC 4515 section 3, UTFMB; RFC 4514 section 3, UTFMB", ExMerge, "\u00e9", 0,
		},
		{
			Unescaped, "A character that the notation reserves stands raw; a backslash belongs before it.",
			"RFC 4515 section 3, UTF1SUBSET; RFC 4514 section 3, SUTF1", LDAPFilter, "*", 0,
		},
		{
			NotSixteenBytes, "The text is well formed and gives fewer or more than sixteen bytes. Fifteen or seventeen often mean that a line was wrapped or that the full stop of the sentence was taken along.",
			"[MS-DTYP] 2.3.4.2", Bytes, "00", 0,
		},
		{
			Unrecognised, "The text does not have the shape of this notation.",
			"RFC 9562 section 4; RFC 2849; RFC 4515 section 3; RFC 4514 section 3", Registry, "?-", 0,
		},
		{
			BadBase64, "The base64 has a foreign character, wrong padding, or unused bits that are not zero.",
			"RFC 4648 sections 3.5 and 4", LDIF, "A", 0,
		},
		{
			BadOctetList, "A group of the octet list has not two digits, or the separators are not all the same.",
			"none: as ADSI Edit takes it", ADSI, "0", 0,
		},
		{
			BadXForm, "The initialiser is not eleven numbers in 0x notation with two pairs of braces.",
			"none: as C and .NET's format X write it", Struct, "{", 0,
		},
		{
			BadBraces, "A brace, parenthesis or angle bracket is missing or has no partner.",
			"[MS-DTYP] 2.3.4.3; RFC 4515 section 3, filter; [MS-ADTS] 3.1.1.3.1.2.4", Braced, "{", 0,
		},
		{
			Empty, "There is no text.",
			"none", ExMerge, "", 0,
		},
		{
			NotCanonical, "The text is a GUID of this notation, but not in the spelling its writers use.",
			"none: as AppendForm writes it", Hex32, "0000000000000000000000000000000A", 31,
		},
		{
			UnknownForm, "There is no such notation.",
			"none", 0, "", 0,
		},
		{
			NotLogRecord, "The line does not hold ExMerge's sentence about an msExchMailboxGuid.",
			"none: as ExMerge writes it", ExMerge, "[", 0,
		},
	}
}
