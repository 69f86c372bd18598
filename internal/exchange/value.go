package exchange

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
)

// Doubts are what a value leaves open although it could be read, one bit each.
type Doubts uint8

// The doubts.
const (
	NoZone        Doubts = 1 << iota // a time without a zone; taken for UTC
	FinerTime                        // a time in more than seven decimals; what is finer than 100 ns was cut off
	WholeCurrency                    // an amount without a point; taken for ten-thousandths
	BadText                          // text with bytes that are not UTF-8; U+FFFD stands for them
	LoneSurrogate                    // text with half a surrogate pair, which is kept
)

// Reading is a single value that was text.
type Reading struct {
	Value   mapi.Value // nil where there is none
	Raw     []byte     // its bytes; for a Binary the same memory
	Why     string     // why there is none: "must be true or false"
	Derived bool       // the text may not say all that the value was
	Doubts  Doubts
}

// Read returns the value of the single type t whose text is s. Blanks around it do not count, but in a String. The text
// of a Binary is for Base64.
func Read(t mapi.PropType, s []byte) Reading {
	if t == mapi.PtypString {
		return readString(s)
	}
	var r Reading
	text := strings.Trim(string(s), " \t\r\n")
	switch t {
	case mapi.PtypNull:
		r.set(mapi.Null{}, text == "", "must be empty")
	case mapi.PtypObject:
		if text == "" {
			return Reading{Value: mapi.Object{}} // and no bytes either: it stands elsewhere
		}
		r.Why = "is an object, which has no text"
	case mapi.PtypBoolean:
		switch strings.ToLower(text) {
		case "true", "1":
			r.set(mapi.Boolean(1), true, "")
		case "false", "0":
			r.set(mapi.Boolean(0), true, "")
		default:
			r.Why = "must be true or false"
		}
	case mapi.PtypGuid:
		g, err := guid.Parse(text)
		r.set(mapi.GUID(g), err == nil, "must be a GUID")
	case mapi.PtypTime:
		r.time(text)
	case mapi.PtypFloatingTime:
		r.floatingTime(text)
	case mapi.PtypCurrency:
		r.currency(text)
	case mapi.PtypErrorCode:
		r.errorCode(text)
	case mapi.PtypFloating32:
		f, ok := float(text, 32)
		r.Derived = true
		r.set(mapi.Floating32(f), ok, "must be a number")
	case mapi.PtypFloating64:
		f, ok := float(text, 64)
		r.Derived = true
		r.set(mapi.Floating64(f), ok, "must be a number")
	default:
		r.integer(t, text)
	}
	return r
}

// set takes a value if it is good.
func (r *Reading) set(v mapi.Value, ok bool, why string) {
	if !ok {
		*r = Reading{Why: why}
		return
	}
	r.Value = v
	r.Raw, _ = v.AppendBinary([]byte{}) // only text has an error
}

func readString(s []byte) Reading {
	raw, ok := wtf8.AppendEncode(make([]byte, 0, 2*len(s)), string(s))
	r := Reading{Raw: raw, Derived: true}
	if !ok {
		r.Doubts |= BadText
	}
	if wtf8.LoneSurrogate(raw) >= 0 {
		r.Doubts |= LoneSurrogate
	}
	// The way back joins halves of a pair that came one by one.
	r.Value = mapi.String(wtf8.AppendDecode(make([]byte, 0, len(s)), raw))
	return r
}

// Tidy returns s with halves of surrogate pairs joined, and U+FFFD for bytes that are not UTF-8; then ok is false.
func Tidy(s []byte) (text string, ok bool) {
	raw, ok := wtf8.AppendEncode(nil, string(s))
	return string(wtf8.AppendDecode(nil, raw)), ok
}

func (r *Reading) integer(t mapi.PropType, s string) {
	switch t {
	case mapi.PtypInteger16:
		n, err := strconv.ParseInt(s, 10, 16)
		r.set(mapi.Integer16(n), err == nil, "must be a whole number of 16 bits")
	case mapi.PtypInteger32:
		n, err := strconv.ParseInt(s, 10, 32)
		r.set(mapi.Integer32(n), err == nil, "must be a whole number of 32 bits")
	case mapi.PtypInteger64:
		n, err := strconv.ParseInt(s, 10, 64)
		r.set(mapi.Integer64(n), err == nil, "must be a whole number of 64 bits")
	default:
		r.Why = "has a type that is not read"
	}
}

// float reads a number as XML Schema writes it, or as .NET does. Which of the many NaNs it was, the text does not say.
func float(s string, bits int) (float64, bool) {
	switch s {
	case "INF", "+INF", "Infinity":
		return math.Inf(1), true
	case "-INF", "-Infinity":
		return math.Inf(-1), true
	case "NaN":
		return math.Float64frombits(0x7FF8000000000000), true
	}
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, bits)
	return f, err == nil
}

// currency reads an amount with a point in it, or the number of ten-thousandths, which is what EWS has for it.
func (r *Reading) currency(s string) {
	const why = "must be a number with up to four decimals"
	whole, fraction, point := strings.Cut(s, ".")
	if !point {
		n, err := strconv.ParseInt(s, 10, 64)
		r.Doubts |= WholeCurrency
		r.set(mapi.Currency(n), err == nil, why)
		return
	}
	if len(fraction) > 4 || strings.Trim(fraction, "0123456789") != "" || fraction == "" && strings.Trim(whole, "+-") == "" {
		r.Why = why
		return
	}
	n, err := strconv.ParseInt(whole+fraction+"0000"[len(fraction):], 10, 64)
	r.set(mapi.Currency(n), err == nil, why)
}

// errorCode reads a code as a number or by its name.
func (r *Reading) errorCode(s string) {
	code, ok := mapi.ErrorByName(s)
	if !ok {
		var n uint32
		n, _, ok = Number(s)
		code = mapi.ErrorCode(n)
	}
	r.set(code, ok, "must be an error code")
}

// floatingTime reads days since 1899-12-30, or a date and time.
func (r *Reading) floatingTime(s string) {
	f, ok := float(s, 64)
	if !ok {
		var t time.Time
		var d mapi.FloatingTime
		if t, ok = r.instant(s); ok {
			d, ok = mapi.FloatingTimeOf(t)
			f = float64(d)
		}
		r.Doubts &^= NoZone // it has none
	}
	r.Derived = true
	r.set(mapi.FloatingTime(f), ok, "must be a number of days")
}

func (r *Reading) time(s string) {
	t, ok := r.instant(s)
	if !ok {
		*r = Reading{Why: "must be a date and time, as in 2012-05-05T16:00:00Z"}
		return
	}
	ticks, ok := mapi.FileTimeOf(t)
	r.set(mapi.Time(ticks), ok, "is before 1601, when the times of MAPI begin")
}

// instant reads a date and time with up to nine decimals, and a zone if there is one. With fewer decimals than seven the
// text may have lost some.
func (r *Reading) instant(s string) (time.Time, bool) {
	const seconds = "2006-01-02T15:04:05"
	if len(s) < len(seconds) {
		return time.Time{}, false
	}
	t, err := time.Parse(seconds, s[:len(seconds)])
	if err != nil {
		return time.Time{}, false
	}
	zone := s[len(seconds):]
	digits := 0
	if strings.HasPrefix(zone, ".") {
		zone = zone[1:]
		digits = len(zone) - len(strings.TrimLeft(zone, "0123456789"))
		if digits == 0 {
			return time.Time{}, false
		}
		n, _ := strconv.Atoi((zone[:digits] + "0000000")[:7]) // seven digits
		t = t.Add(time.Duration(n) * 100)
		if digits > 7 && strings.Trim(zone[7:digits], "0") != "" {
			r.Doubts |= FinerTime
		}
		zone = zone[digits:]
	}
	r.Derived = digits < 7
	switch {
	case zone == "":
		r.Doubts |= NoZone
	case strings.EqualFold(zone, "z"):
	default:
		z, err := time.Parse("-07:00", zone)
		if err != nil {
			return time.Time{}, false
		}
		_, east := z.Zone()
		t = t.Add(-time.Duration(east) * time.Second)
	}
	return t, true
}

// readList returns the list of type t whose elements have the given bytes, each as long as its type wants.
func readList(t mapi.PropType, elements [][]byte) (v mapi.Value, raw []byte) {
	v, _ = mapi.ParseMulti(t, elements) // they are
	raw, _ = v.AppendBinary([]byte{})   // as they were made of text
	return v, raw
}
