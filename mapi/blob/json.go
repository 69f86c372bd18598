package blob

import (
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
)

// The value form: the Go names of the fields in lower camel case, bytes as lower-case hex, GUIDs in braces. Trailing is left
// out when it is empty. It is written by hand and read with the help of encoding/json.

func itoa(n int) string { return strconv.Itoa(n) }

// appendKey appends the key of a member, and a comma before it unless it is the first of its object.
func appendKey(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(append(append(b, '"'), name...), '"', ':')
}

func appendUint(b []byte, name string, v uint64) []byte {
	return strconv.AppendUint(appendKey(b, name), v, 10)
}

func appendHex(b []byte, name string, v []byte) []byte {
	return mapi.Binary(v).AppendJSON(appendKey(b, name))
}

// appendHexIf appends bytes where there are any.
func appendHexIf(b []byte, name string, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	return appendHex(b, name, v)
}

func appendText(b []byte, name, s string) []byte { return wtf8.AppendQuote(appendKey(b, name), s) }

// appendList appends an array of n elements, each of which f appends.
func appendList(b []byte, name string, n int, f func(b []byte, i int) []byte) []byte {
	b = append(appendKey(b, name), '[')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = f(b, i)
	}
	return append(b, ']')
}
