package mfcmapi

import "github.com/mapiprop/mapiprop/mapi"

// usualNumber is scalar for numbers of which both texts are as the exporter writes them, and agree. It returns nil for
// anything else.
func (r *Reader) usualNumber(t mapi.PropType, value, alt []byte) []byte {
	switch t {
	case mapi.PtypInteger16, mapi.PtypInteger32:
		n, ok := usualDecimal(value)
		u, hex := parseHex32(alt)
		switch {
		case !ok || !hex:
		case t == mapi.PtypInteger32 && n >= -1<<31 && n < 1<<32 && uint32(n) == u:
			raw := r.room(4)
			le.PutUint32(raw, u)
			return raw
		case t == mapi.PtypInteger16 && n >= -1<<15 && n < 1<<16 && uint32(uint16(n)) == u:
			raw := r.room(2)
			le.PutUint16(raw, uint16(u))
			return raw
		}
	case mapi.PtypBoolean:
		switch string(value) {
		case "True":
			raw := r.room(1)
			raw[0] = 1
			return raw
		case "False":
			return r.room(1)
		}
	case mapi.PtypTime:
		const low, high, digits = "Low: ", " High: ", len("0x1FE4C000")
		if len(alt) != len(low)+len(high)+2*digits || string(alt[:len(low)]) != low || string(alt[len(low)+digits:len(low)+digits+len(high)]) != high {
			return nil
		}
		lo, ok1 := parseHex32(alt[len(low) : len(low)+digits])
		hi, ok2 := parseHex32(alt[len(alt)-digits:])
		v := uint64(hi)<<32 | uint64(lo)
		if _, ok := mapi.FileTime(v).Time(); ok && ok1 && ok2 {
			raw := r.room(8)
			le.PutUint64(raw, v)
			return raw
		}
	}
	return nil
}

// usualDecimal reads a number of up to ten digits.
func usualDecimal(d []byte) (n int64, ok bool) {
	negative := len(d) > 0 && d[0] == '-'
	if negative {
		d = d[1:]
	}
	if len(d) == 0 || len(d) > 10 {
		return 0, false
	}
	for _, c := range d {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

// usualID reads NamedPropName where it is "id: 0x825E=33374 = PidLidX", and both numbers are the same.
func usualID(name []byte) (lid uint32, ok bool) {
	const begin, most = "id: 0x", 8
	if len(name) < len(begin) || string(name[:len(begin)]) != begin {
		return 0, false
	}
	hex := digits(name[:min(len(name), len(begin)+most)][len(begin):], 16)
	lid, ok = parseHex32(name[len("id: ") : len(begin)+hex])
	rest := name[len(begin)+hex:]
	if !ok || len(rest) == 0 || rest[0] != '=' {
		return 0, false
	}
	k := 1 + digits(rest[1:], 10)
	n, ok := usualDecimal(rest[1:k])
	const end = " = "
	if rest = rest[k:]; len(rest) > 0 && (len(rest) < len(end) || string(rest[:len(end)]) != end) {
		return 0, false
	}
	return lid, ok && n == int64(lid)
}

// maxTogether is the length of bytes that are allocated together with others.
const maxTogether = 64

// room returns n bytes, all zero, that a record may keep. Who keeps few that were allocated together keeps some hundred.
func (r *Reader) room(n int) []byte {
	const block = 8 * maxTogether
	if n == 0 || n > maxTogether {
		return make([]byte, n)
	}
	if len(r.spare) < n {
		r.spare = make([]byte, block)
	}
	b := r.spare[:n:n]
	r.spare = r.spare[n:]
	return b
}
