package lines

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// value computes the bytes from the member "value", which is text.
func (o *reading) value() {
	raw := o.m["value"]
	t := o.rec.Prop.Tag.Type()
	if t.Multiple() {
		o.values(t, raw)
		return
	}
	b, why := encode(t.Element(), raw)
	if why != "" {
		o.find(diag.Error, BadMember, "\"value\" is %s, %s", start(raw), why)
		return
	}
	o.rec.Raw, o.rec.Derived = b, true
	o.parse()
}

// values computes the bytes of a list.
func (o *reading) values(t mapi.PropType, raw []byte) {
	parts := [][]byte{}
	bad := false
	ok := scanArray(raw, func(one []byte) {
		b, why := encode(t.Element(), one)
		if why != "" && !bad {
			o.find(diag.Error, BadMember, "\"value\" %d is %s, %s", len(parts), start(one), why)
			bad = true
		}
		parts = append(parts, b)
	})
	if !ok {
		o.bad("value", "an array, because the type is "+t.String())
	}
	if bad || !ok {
		return
	}
	v, err := mapi.ParseMulti(t, parts)
	if f, ok := err.(diag.Finding); ok {
		o.rec.Findings = append(o.rec.Findings, f)
	}
	b, err := v.AppendBinary([]byte{})
	if err != nil {
		o.find(diag.Error, BadMember, "\"value\": %v", err)
		return
	}
	o.rec.Raw, o.rec.Derived, o.rec.Prop.Value = b, true, v
}

// encode returns the bytes of a single value of type t, or why it has none.
func encode(t mapi.PropType, raw []byte) (b []byte, why string) {
	v, why := valueOf(t, raw)
	if why != "" {
		return nil, why
	}
	b, err := v.AppendBinary([]byte{})
	if err != nil {
		return nil, err.Error()
	}
	return b, ""
}

// valueOf returns the value of type t that raw is in JSON, or why it is none.
func valueOf(t mapi.PropType, raw []byte) (v mapi.Value, why string) {
	s, quoted := stringOf(raw)
	if !quoted {
		s = string(raw)
	}
	switch t {
	case mapi.PtypNull:
		return mapi.Null{}, need(s == "null", "must be null")
	case mapi.PtypBoolean:
		switch strings.ToLower(s) {
		case "true", "1":
			return mapi.Boolean(1), ""
		case "false", "0":
			return mapi.Boolean(0), ""
		}
		return nil, "must be true or false"
	case mapi.PtypString, mapi.PtypString8, mapi.PtypBinary, mapi.PtypGuid, mapi.PtypTime:
		if !quoted {
			return nil, "must be a string"
		}
		return textValue(t, s)
	}
	return numberValue(t, s)
}

func need(ok bool, why string) string {
	if ok {
		return ""
	}
	return why
}

// textValue returns the values that JSON spells as strings.
func textValue(t mapi.PropType, s string) (mapi.Value, string) {
	switch t {
	case mapi.PtypString:
		_, ok := wtf8.AppendEncode(nil, s)
		return mapi.String(s), need(ok, "must be valid text")
	case mapi.PtypString8:
		return mapi.String8{Raw: []byte(s)}, need(ascii(s), "must be ASCII, because nothing says its code page: give its bytes")
	case mapi.PtypBinary:
		h := readHex([]byte(s), 1)
		return mapi.Binary(h.raw), need(h.good() || s == "", "must be hex")
	case mapi.PtypGuid:
		g, err := guid.Parse(s)
		return mapi.GUID(g), need(err == nil, "must be a GUID")
	}
	// Moments that have no date are written as their number.
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return mapi.Time(n), ""
	}
	if finer(s) {
		return nil, "must be a whole number of 100 ns, seven decimals: no bytes can hold what is finer"
	}
	at, err := time.Parse(time.RFC3339Nano, s)
	ticks, ok := mapi.FileTimeOf(at)
	return mapi.Time(ticks), need(err == nil && ok, "must be a date and time with its zone: 2012-05-05T16:00:00Z")
}

// finer reports whether the decimals of a moment say more than 100 ns. Package time drops those behind the ninth.
func finer(s string) bool {
	i := strings.IndexAny(s, ".,")
	if i < 0 {
		return false
	}
	s = s[i+1:]
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n > 7 && strings.Trim(s[7:n], "0") != ""
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// numberValue returns the values that are numbers, which strings may hold too.
func numberValue(t mapi.PropType, s string) (mapi.Value, string) {
	switch t {
	case mapi.PtypInteger16:
		n, err := signed(s, 16)
		return mapi.Integer16(n), need(err == nil, "must be a number of 16 bits")
	case mapi.PtypInteger32:
		n, err := signed(s, 32)
		return mapi.Integer32(n), need(err == nil, "must be a number of 32 bits")
	case mapi.PtypInteger64:
		n, err := signed(s, 64)
		return mapi.Integer64(n), need(err == nil, "must be a number of 64 bits")
	case mapi.PtypErrorCode:
		if code, ok := mapi.ErrorByName(s); ok {
			return code, ""
		}
		n, err := signed(s, 32)
		return mapi.ErrorCode(uint32(n)), need(err == nil, "must be an error code")
	case mapi.PtypFloating32:
		f, err := strconv.ParseFloat(s, 32)
		return mapi.Floating32(f), need(err == nil && !math.IsNaN(f), "must be a number")
	case mapi.PtypFloating64:
		f, err := strconv.ParseFloat(s, 64)
		return mapi.Floating64(f), need(err == nil && !math.IsNaN(f), "must be a number")
	case mapi.PtypFloatingTime:
		f, err := strconv.ParseFloat(s, 64)
		return mapi.FloatingTime(f), need(err == nil && !math.IsNaN(f), "must be a number of days")
	case mapi.PtypCurrency:
		n, ok := currency(s)
		return mapi.Currency(n), need(ok, "must be an amount with up to four decimals")
	}
	return nil, "from which a " + t.String() + " cannot be made: give its bytes"
}

// signed reads a whole number that fits the bits as signed or, since flags are written so, as unsigned.
func signed(s string, bits int) (int64, error) {
	n, err := strconv.ParseInt(s, 10, bits)
	if err == nil {
		return n, nil
	}
	base := 10
	if digits, ok := strings.CutPrefix(strings.ToLower(s), "0x"); ok {
		s, base = digits, 16
	}
	u, err := strconv.ParseUint(s, base, bits)
	return int64(u<<(64-bits)) >> (64 - bits), err
}

// currency reads an amount in ten-thousandths.
func currency(s string) (int64, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(fraction) > 4 || whole == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+fraction+"0000"[len(fraction):], 10, 64)
	return n, err == nil && strings.IndexByte(fraction, '-') < 0 && strings.IndexByte(fraction, '+') < 0
}

// inCodePage returns v with its code page, if it is text that has one.
func inCodePage(v mapi.Value, number int) mapi.Value {
	switch v := v.(type) {
	case mapi.String8:
		v.CodePage = number
		return v
	case mapi.MultipleString8:
		for i := range v {
			v[i].CodePage = number
		}
	}
	return v
}
