package entryid

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// DN is a legacyExchangeDN in its parts, the outermost first ([MS-OXOABK] 2.2.1.1): an organisation, its units, and names.
type DN []RDN

// RDN is one part of a DN ([MS-OXOABK] 2.2.1.1). A "/" cannot stand in it; a "=" can stand in Value.
type RDN struct {
	Attr  string // o, ou or cn, in any case of letters
	Value string
}

// ParseDN takes a legacyExchangeDN such as "/o=Org/ou=Site/cn=Recipients/cn=user" apart. The error is a diag.Finding whose
// offset counts bytes of s: DNSyntax.
func ParseDN(s string) (DN, error) {
	if f, bad := dnFault(s); bad {
		return nil, f
	}
	var dn DN
	for part := range strings.SplitSeq(s[1:], "/") {
		attr, value, _ := strings.Cut(part, "=")
		dn = append(dn, RDN{attr, value})
	}
	return dn, nil
}

// String returns the DN as it was parsed.
func (d DN) String() string {
	var b strings.Builder
	for _, r := range d {
		b.WriteString("/" + r.Attr + "=" + r.Value)
	}
	return b.String()
}

// dnFault returns what is wrong with a legacyExchangeDN, and whether anything is.
func dnFault(s string) (diag.Finding, bool) {
	fault := func(at, n int, format string, args ...any) (diag.Finding, bool) {
		return diag.Finding{Severity: diag.Warning, Code: DNSyntax, Span: diag.Span{Offset: at, Len: n}, Path: "DN", Spec: dnSpec, Msg: fmt.Sprintf(format, args...)}, true
	}
	if s == "" || s[0] != '/' {
		return fault(0, min(1, len(s)), "does not begin with %q", "/")
	}
	for at := 1; ; {
		part, _, more := strings.Cut(s[at:], "/")
		attr, value, ok := strings.Cut(part, "=")
		switch {
		case !ok:
			return fault(at, len(part), "has a part without %q", "=")
		case !slices.Contains([]string{"o", "ou", "cn"}, strings.ToLower(attr)):
			return fault(at, len(attr), "has a part that is neither o, ou nor cn")
		case value == "":
			return fault(at+len(part), 0, "has an empty part")
		}
		if at += len(part) + 1; !more {
			return diag.Finding{}, false
		}
	}
}

// EqualDN reports whether two legacyExchangeDNs name the same entry: letters of ASCII count in neither case. Where they
// differ in other characters, it is not certain, because the directory compares those as the language of its server has it.
func EqualDN(a, b string) (equal, certain bool) {
	if foldASCII(a) == foldASCII(b) {
		return true, true
	}
	return false, Text8(a).isASCII() && Text8(b).isASCII()
}

// foldASCII returns s with small letters for the capitals of ASCII, all other bytes as they are.
func foldASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

const imceaex = "IMCEAEX-"

// FormatIMCEAEX returns the address of Internet mail that stands for the entry of the address book with the
// legacyExchangeDN dn ([MS-OXCMAIL] 2.1.3.1.8).
func FormatIMCEAEX(dn, domain string) string {
	b := []byte(imceaex)
	for i := range len(dn) {
		switch c := dn[i]; {
		case c == '/':
			b = append(b, '_')
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '=' || c == '-':
			b = append(b, c)
		default:
			b = fmt.Appendf(b, "+%02X", c)
		}
	}
	return string(b) + "@" + domain
}

// ParseIMCEAEX returns the legacyExchangeDN that such an address stands for, and its domain, "" where there is none. Offsets
// of the findings count bytes of the address. IMCEAEXPrefix, the one Fatal finding, says that it is another address, and
// there is nothing else then; after the others dn is as much as can be said. Bytes of dn above ASCII are in a code page
// that the address does not name.
func ParseIMCEAEX(address string) (dn, domain string, found []diag.Finding) {
	find := func(severity diag.Severity, code diag.Code, at, n int, format string, args ...any) {
		found = append(found, diag.Finding{Severity: severity, Code: code, Span: diag.Span{Offset: at, Len: n}, Path: "IMCEAEX", Spec: imceaSpec, Msg: fmt.Sprintf(format, args...)})
	}
	if len(address) < len(imceaex) || !strings.EqualFold(address[:len(imceaex)], imceaex) {
		find(diag.Fatal, IMCEAEXPrefix, 0, min(len(address), len(imceaex)), "does not begin with %s", imceaex)
		return "", "", found
	}
	encoded, domain, _ := strings.Cut(address[len(imceaex):], "@")
	b := make([]byte, 0, len(encoded))
	plain := -1 // the first character that should be an escape
	for i := 0; i < len(encoded); i++ {
		switch c := encoded[i]; {
		case c == '_':
			b = append(b, '/')
		case c == '+':
			v, err := hex.DecodeString(encoded[i+1 : min(i+3, len(encoded))])
			if err != nil || len(v) != 1 {
				find(diag.Error, IMCEAEXEscape, len(imceaex)+i, 1, "is followed by no two hexadecimal digits: kept as it is")
				b = append(b, c)
				continue
			}
			b = append(b, v[0])
			i += 2
		default:
			if plain < 0 && FormatIMCEAEX(encoded[i:i+1], "") != imceaex+encoded[i:i+1]+"@" {
				plain = i
			}
			b = append(b, c)
		}
	}
	if plain >= 0 {
		find(diag.Warning, IMCEAEXPlain, len(imceaex)+plain, 1, "is %q, which must be escaped: kept as it is", encoded[plain:plain+1])
	}
	return string(b), domain, found
}
