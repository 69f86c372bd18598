package oof

import (
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The namespaces that are looked at.
const (
	nsInstance = "http://www.w3.org/2001/XMLSchema-instance"
	nsTypes    = "http://schemas.microsoft.com/exchange/services/2006/types"
	nsXML      = "http://www.w3.org/XML/1998/namespace"
)

// name reads a name at the scanner. Which letters XML allows in one is not checked.
func (x *scanner) name() string {
	s := x.s[x.at:]
	n := strings.IndexAny(s, " \t\r\n/>=<\"'&?!")
	if n < 0 {
		n = len(s)
	}
	x.at += n
	return s[:n]
}

func (x *scanner) space() {
	for x.at < len(x.s) && strings.IndexByte(" \t\r\n", x.s[x.at]) >= 0 {
		x.at++
	}
}

// startTag reads a start tag. It reports false where that failed.
func (x *scanner) startTag() bool {
	at := x.at
	if len(x.open) == 0 && x.rooted {
		x.fail(at, "has an element behind the root")
		return false
	}
	x.at++
	name := x.name()
	if name == "" || name[0] >= '0' && name[0] <= '9' || name[0] == '-' || name[0] == '.' || name[0] == ':' {
		if x.at == len(x.s) {
			x.truncated("a tag")
			return false
		}
		x.fail(at, "has < where no tag is")
		return false
	}
	if len(x.open) >= maxDepth {
		x.fail(at, "has more than %d elements inside each other", maxDepth)
		return false
	}
	x.rooted = true
	x.depths = append(x.depths, len(x.scopes))
	x.open = append(x.open, name)
	x.attrs = x.attrs[:0]
	for {
		x.space()
		switch {
		case x.at == len(x.s):
			x.truncated("a tag")
			return false
		case x.s[x.at] == '>':
			x.at++
			return true
		case strings.HasPrefix(x.s[x.at:], "/>"):
			x.at += 2
			x.self = true
			return true
		}
		if !x.attribute() {
			return false
		}
	}
}

func (x *scanner) attribute() bool {
	at := x.at
	name := x.name()
	x.space()
	if x.at == len(x.s) {
		x.truncated("a tag")
		return false
	}
	if name == "" || x.s[x.at] != '=' {
		x.fail(at, "has a tag that is not well-formed here")
		return false
	}
	x.at++
	x.space()
	if x.at == len(x.s) {
		x.truncated("a tag")
		return false
	}
	quote := x.s[x.at]
	if quote != '"' && quote != '\'' {
		x.fail(x.at, "has a value of an attribute without quotation marks")
		return false
	}
	n := strings.IndexByte(x.s[x.at+1:], quote)
	if n < 0 {
		x.truncated("the value of an attribute")
		return false
	}
	raw, start := x.s[x.at+1:x.at+1+n], x.at+1
	x.at += n + 2
	if i := strings.IndexByte(raw, '<'); i >= 0 {
		x.note(diag.Error, XMLMarkup, "#<", start+i, 1, "< is in the value of an attribute, where it must be &lt;")
	}
	var value []byte
	x.references(&value, raw, start)
	return x.addAttribute(name, string(value), at)
}

func (x *scanner) addAttribute(name, value string, at int) bool {
	prefix, after, prefixed := strings.Cut(name, ":")
	a := attr{prefix, after, value}
	if !prefixed {
		a = attr{"", name, value}
	}
	for _, other := range x.attrs {
		if other.prefix == a.prefix && other.name == a.name {
			x.note(diag.Error, XMLMarkup, "#attribute", at, len(name), "the attribute %s is there twice in one tag", short(name, maxName))
		}
	}
	x.attrs = append(x.attrs, a)
	switch {
	case a.prefix == "xmlns":
		x.scopes = append(x.scopes, binding{a.name, value})
	case a.prefix == "" && a.name == "xmlns":
		x.scopes = append(x.scopes, binding{"", value})
	}
	if len(x.attrs) > maxAttributes || len(x.scopes) > maxScopes {
		x.fail(at, "has more than %d attributes in a tag, or than %d namespaces", maxAttributes, maxScopes)
		return false
	}
	return true
}

// endTag reads an end tag. It reports false where that failed.
func (x *scanner) endTag() bool {
	at := x.at
	x.at += 2
	name := x.name()
	x.space()
	switch {
	case x.at == len(x.s):
		x.truncated("a tag")
		return false
	case x.s[x.at] != '>':
		x.fail(at, "has a tag that is not well-formed here")
		return false
	case len(x.open) == 0:
		x.fail(at, "has </%s>, where nothing is open", short(name, maxName))
		return false
	case x.open[len(x.open)-1] != name:
		x.fail(at, "has </%s>, where <%s> is open", short(name, maxName), short(x.open[len(x.open)-1], maxName))
		return false
	}
	x.at++
	x.pop()
	return true
}

func (x *scanner) pop() {
	n := len(x.open) - 1
	x.open, x.scopes, x.depths = x.open[:n], x.scopes[:x.depths[n]], x.depths[:n]
}

// top returns local name and namespace of the element that was just opened.
func (x *scanner) top() (name, space string) {
	name = x.open[len(x.open)-1]
	prefix, after, ok := strings.Cut(name, ":")
	if !ok {
		return name, x.namespace("")
	}
	return after, x.namespace(prefix)
}

// namespace returns what a prefix stands for, "" for none.
func (x *scanner) namespace(prefix string) string {
	if prefix == "xml" {
		return nsXML
	}
	for i := len(x.scopes) - 1; i >= 0; i-- {
		if x.scopes[i].prefix == prefix {
			return x.scopes[i].uri
		}
	}
	if prefix != "" {
		return "?" + prefix // of no known namespace, and so of none that is looked for
	}
	return ""
}

// attribute returns an attribute of the element that was just opened.
func (x *scanner) attributeOf(space, name string) (string, bool) {
	for _, a := range x.attrs {
		if a.name == name && a.prefix != "" && x.namespace(a.prefix) == space {
			return a.value, true
		}
	}
	return "", false
}

// null reports whether the element that was just opened says that it has no value.
func (x *scanner) null() bool {
	v, _ := x.attributeOf(nsInstance, "nil")
	v = strings.TrimSpace(v)
	return v == "true" || v == "1"
}

// skip passes over the element that was just opened.
func (x *scanner) skip() {
	for depth := len(x.open); !x.dead && len(x.open) >= depth; {
		if x.next(nil) == kindEnd {
			return
		}
	}
}
