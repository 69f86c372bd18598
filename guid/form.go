package guid

import "iter"

// A Form is one notation of a GUID. The zero Form is none of them.
type Form uint8

// The notations. Each comment shows the text AppendForm writes for one GUID,
// and what ParseForm reads besides: digits of either case everywhere.
const (
	// Registry is D: 66960343-B15D-443B-8199-1F9143325B37.
	Registry Form = iota + 1
	// Braced is B, the canonical form: {66960343-B15D-443B-8199-1F9143325B37}.
	Braced
	// Paren is P: (66960343-B15D-443B-8199-1F9143325B37).
	Paren
	// Hex32 is N, the registry form without its hyphens:
	// 66960343b15d443b81991f9143325b37. The same shape as Bytes.
	Hex32
	// Struct is X, the C initialiser of eleven numbers:
	// {0x66960343,0xb15d,0x443b,{0x81,0x99,0x1f,0x91,0x43,0x32,0x5b,0x37}}.
	// Read with blanks between tokens and with leading zeros left out.
	Struct
	// Bytes is raw hex in wire order: 430396665DB13B4481991F9143325B37.
	// MFCMAPI dumps print it, and so does an octet string that VBScript or
	// JScript turned into text.
	Bytes
	// ADSI is ADSI Edit's octet list: 43 03 96 66 5D B1 3B 44 81 99 1F 91 43 32 5B 37.
	// Read with one of blank, comma, colon or hyphen between all groups, a
	// comma also with a blank after it, and with 0x before every group.
	ADSI
	// LDP is a value line of ldp.exe: 66960343-b15d-443b-8199-1f9143325b37;
	// Read with its attribute label, and with an octet list or raw hex for
	// value, as ldp's "Value Parsing" setting has it. A value with neither
	// label nor semicolon is not this form.
	LDP
	// LDIF is RFC 2849: QwOWZl2xO0SBmR+RQzJbNw== which is the value part alone.
	// Read with its attribute, "attr:: base64", and folded; or as plain text,
	// "attr: value", the value being sixteen safe characters or Registry or
	// Braced text.
	LDIF
	// LDAPFilter is an assertion value of RFC 4515 (and RFC 2254):
	// \43\03\96\66\5d\b1\3b\44\81\99\1f\91\43\32\5b\37. Read as a whole
	// filter, (attr=value), too, and with any byte unescaped but * ( ) \ NUL.
	LDAPFilter
	// DN is an attribute value of RFC 4514, as a BER octet string:
	// #0410430396665DB13B4481991F9143325B37. Read as text as well, with hex
	// pairs and one-character escapes.
	DN
	// GUIDBinding is the Active Directory binding string of [MS-ADTS]
	// 3.1.1.3.1.2.4: <GUID=430396665db13b4481991f9143325b37>. Without hyphens
	// the digits are bytes, with hyphens they are the registry form.
	GUIDBinding
	// ExMerge is what ExMerge.log prints: C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7.
	// ASCII letters and digits stand for themselves, every other byte is a
	// backslash and two upper-case digits. Read tolerantly: see ParseForm.
	ExMerge

	formEnd // one past the last form
)

// formNames holds the names in the order of the constants.
const formNames = "registry" + "braced" + "paren" + "hex32" + "struct" + "bytes" + "adsi" +
	"ldp" + "ldif" + "ldapfilter" + "dn" + "guidbinding" + "exmerge"

// formEnds holds where each name ends in formNames; formEnds[0] is where the first starts.
var formEnds = [formEnd]uint8{0, 8, 14, 19, 24, 30, 35, 39, 42, 46, 56, 58, 69, 76}

// Forms yields every form, in the order of the constants.
func Forms() iter.Seq[Form] {
	return func(yield func(Form) bool) {
		for f := Registry; f < formEnd; f++ {
			if !yield(f) {
				return
			}
		}
	}
}

// valid reports whether f is one of the constants.
func (f Form) valid() bool { return f >= Registry && f < formEnd }

// String returns the form's name, "exmerge", or "unknown".
func (f Form) String() string {
	if !f.valid() {
		return "unknown"
	}
	return formNames[formEnds[f-1]:formEnds[f]]
}

// AppendText appends the form's name to b. A value that is none of the
// constants is an error.
func (f Form) AppendText(b []byte) ([]byte, error) {
	if !f.valid() {
		return b, &SyntaxError{Code: UnknownForm, Msg: "no such form"}
	}
	return append(b, f.String()...), nil
}

// MarshalText returns the form's name.
func (f Form) MarshalText() ([]byte, error) { return f.AppendText(nil) }

// UnmarshalText sets f to the form of that name, spelled as String spells it.
func (f *Form) UnmarshalText(name []byte) error {
	for g := range Forms() {
		if string(name) == g.String() {
			*f = g
			return nil
		}
	}
	return &SyntaxError{Code: UnknownForm, Msg: "no such form"}
}

// Parse reads the canonical text, with or without its braces and in either
// case: {66960343-B15D-443B-8199-1F9143325B37}. It reads nothing else, and
// drops no blanks. An error is a *SyntaxError.
func Parse(s string) (GUID, error) {
	var g GUID
	f := Registry
	if len(s) > 0 && s[0] == '{' {
		f = Braced
	}
	if ft := parseCanonical(&g, s); ft.kind != fine {
		return GUID{}, ft.error(s, f, 0, 0)
	}
	return g, nil
}

// parseCanonical is Parse for a string and for UnmarshalText's bytes.
func parseCanonical[T string | []byte](g *GUID, s T) fault {
	switch {
	case len(s) == 0:
		return fault{kind: unrecognised, short: true}
	case s[0] == '{':
		return parseEnclosed(g, s, '{', '}')
	default:
		return parseDashed(g, s)
	}
}

// ParseForm reads s as the notation f and as nothing else. White space around
// s and one pair of quotes are dropped first. An error is a *SyntaxError whose
// Offset counts bytes of s as given.
//
// The grammars are complete and strict, with one exception. ExMerge is read
// tolerantly, since logs are copied through mails and web pages: hex digits of
// either case, escapes where none are needed, and raw bytes that should have
// been escaped. A byte of 80 and above that is not part of a UTF-8 character
// is taken as it is (the log was read byte for byte); a UTF-8 character is
// NotAByte. ParseCanonical refuses all of that.
func ParseForm(s string, f Form) (GUID, error) {
	var g GUID
	if !f.valid() {
		return GUID{}, &SyntaxError{Form: f, Code: UnknownForm, Msg: "no such form"}
	}
	inner, start, off := trim(s, f)
	if ft := g.parse(inner, f); ft.kind != fine {
		return GUID{}, ft.error(s, f, start, off)
	}
	return g, nil
}

// ParseCanonical reads s only if it is exactly what AppendForm writes for f.
// Where s is that GUID in another spelling, the error is NotCanonical at the
// first byte that differs; where it is no GUID, the error is ParseForm's.
func ParseCanonical(s string, f Form) (GUID, error) {
	g, err := ParseForm(s, f)
	if err != nil {
		return GUID{}, err
	}
	if at := g.differs(s, f); at >= 0 {
		return GUID{}, fault{kind: notCanonical, at: at}.error(s, f, 0, 0)
	}
	return g, nil
}

// differs returns where s departs from the canonical text of g, or -1.
func (g *GUID) differs(s string, f Form) int {
	var buf [maxFormLen]byte
	want := g.AppendForm(buf[:0], f)
	if string(want) == s {
		return -1
	}
	i := 0
	for i < len(s) && i < len(want) && s[i] == want[i] {
		i++
	}
	return i
}

// maxFormLen is the length of the longest canonical text.
const maxFormLen = structLen

// parse reads trimmed text into g, which is worthless after a fault.
func (g *GUID) parse(s string, f Form) fault {
	if len(s) == 0 {
		return fault{kind: empty, short: true}
	}
	switch f {
	case Registry:
		return parseDashed(g, s)
	case Braced:
		return parseEnclosed(g, s, '{', '}')
	case Paren:
		return parseEnclosed(g, s, '(', ')')
	case Hex32:
		return g.parseHex32(s)
	case Struct:
		return g.parseStruct(s)
	case Bytes:
		return g.parseBytes(s)
	case ADSI:
		return g.parseOctets(s)
	case LDP:
		return g.parseLDP(s)
	case LDIF:
		return g.parseLDIF(s)
	case LDAPFilter:
		return g.parseFilter(s)
	case DN:
		return g.parseDN(s)
	case GUIDBinding:
		return g.parseBinding(s)
	default:
		return g.parseExMerge(s)
	}
}

// AppendForm appends g in the notation f to b and returns the extended
// buffer. It allocates only if b is too small; 68 bytes are enough for every
// form. A value of f that is none of the constants appends the canonical text.
func (g GUID) AppendForm(b []byte, f Form) []byte {
	switch f {
	case Registry:
		return appendDashed(b, &g, upper, 0, 0)
	case Paren:
		return appendDashed(b, &g, upper, '(', ')')
	case Hex32:
		h := swap(g)
		return appendHex(b, h[:], lower)
	case Struct:
		return appendStruct(b, &g)
	case Bytes:
		return appendHex(b, g[:], upper)
	case ADSI:
		return appendOctets(b, &g)
	case LDP:
		return append(appendDashed(b, &g, lower, 0, 0), ';')
	case LDIF:
		return appendBase64(b, &g)
	case LDAPFilter:
		return appendFilter(b, &g)
	case DN:
		return appendHex(append(b, "#0410"...), g[:], upper)
	case GUIDBinding:
		return append(appendHex(append(b, "<GUID="...), g[:], lower), '>')
	case ExMerge:
		return appendExMerge(b, &g)
	default:
		return appendDashed(b, &g, upper, '{', '}')
	}
}

// trim drops white space around s and then one pair of quotes. start is the
// index of the first character that is not blank, off that of inner.
func trim(s string, f Form) (inner string, start, off int) {
	for start < len(s) && isBlank(s[start]) {
		start++
	}
	end := len(s)
	for end > start && isBlank(s[end-1]) && (f != DN || !escapedBlank(s[start:end])) {
		end--
	}
	off = start
	if end-off >= 2 && s[off] == s[end-1] && (s[off] == '"' || s[off] == '\'') {
		off++
		end--
	}
	return s[off:end], start, off
}

// escapedBlank reports whether the last character of s, a blank, has an odd
// number of backslashes before it: it belongs to the value (RFC 4514 "\ ").
func escapedBlank(s string) bool {
	n := 0
	for i := len(s) - 2; i >= 0 && s[i] == '\\'; i-- {
		n++
	}
	return s[len(s)-1] == ' ' && n%2 == 1
}

func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }
