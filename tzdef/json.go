package tzdef

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// The value form: the Go names of the fields in lower camel case, flags as the specification's words, bytes as lower-case
// hex. Fields that most values do not have are left out when they are empty. It is written by hand, because encoding/json
// would lose unpaired surrogates, and read with its help.

// MarshalJSON returns the value form. It never fails.
func (d *Definition) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (d *Definition) AppendJSON(b []byte) []byte {
	b = appendUint(b, `{"majorVersion":`, uint64(d.MajorVersion))
	b = appendUint(b, `,"minorVersion":`, uint64(d.MinorVersion))
	b = appendUint(b, `,"headerSize":`, uint64(d.HeaderSize))
	b = appendUint(b, `,"reserved":`, uint64(d.Reserved))
	if d.Reserved&ValidGUID != 0 || !d.GUID.IsZero() {
		b = append(append(b, `,"guid":"`...), d.GUID.String()...)
		b = append(b, '"')
	}
	b = wtf8.AppendQuote(append(b, `,"keyName":`...), d.KeyName)
	b = appendHexIf(b, `,"headerExtra":"`, d.HeaderExtra)
	b = append(b, `,"rules":[`...)
	for i := range d.Rules {
		if i > 0 {
			b = append(b, ',')
		}
		b = d.Rules[i].AppendJSON(b)
	}
	b = append(b, ']')
	b = appendHexIf(b, `,"trailing":"`, d.Trailing)
	return append(b, '}')
}

// MarshalJSON returns the value form. It never fails.
func (r *TZRule) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (r *TZRule) AppendJSON(b []byte) []byte {
	b = appendUint(b, `{"majorVersion":`, uint64(r.MajorVersion))
	b = appendUint(b, `,"minorVersion":`, uint64(r.MinorVersion))
	b = appendUint(b, `,"reserved":`, uint64(r.Reserved))
	b = r.Flags.appendJSON(append(b, `,"flags":`...))
	b = appendUint(b, `,"year":`, uint64(r.Year))
	b = hex.AppendEncode(append(b, `,"x":"`...), r.X[:])
	b = appendZone(append(b, `",`...), r.Bias, r.StandardBias, r.DaylightBias)
	b = r.StandardDate.AppendJSON(append(b, `,"standardDate":`...))
	b = r.DaylightDate.AppendJSON(append(b, `,"daylightDate":`...))
	b = appendHexIf(b, `,"extra":"`, r.Extra)
	return append(b, '}')
}

// MarshalJSON returns the value form. It never fails.
func (s *TZStruct) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (s *TZStruct) AppendJSON(b []byte) []byte {
	b = appendZone(append(b, '{'), s.Bias, s.StandardBias, s.DaylightBias)
	b = appendUint(b, `,"standardYear":`, uint64(s.StandardYear))
	b = s.StandardDate.AppendJSON(append(b, `,"standardDate":`...))
	b = appendUint(b, `,"daylightYear":`, uint64(s.DaylightYear))
	b = s.DaylightDate.AppendJSON(append(b, `,"daylightDate":`...))
	b = appendHexIf(b, `,"trailing":"`, s.Trailing)
	return append(b, '}')
}

// MarshalJSON returns the value form: names as text, and beside a name the hex of all its bytes when more than zeros
// stand behind its terminator. It never fails.
func (i *Information) MarshalJSON() ([]byte, error) { return i.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (i *Information) AppendJSON(b []byte) []byte {
	b = wtf8.AppendQuote(append(b, `{"layout":`...), i.Layout.String())
	b = appendZone(append(b, ','), i.Bias, i.StandardBias, i.DaylightBias)
	b = i.StandardDate.AppendJSON(append(b, `,"standardDate":`...))
	b = i.DaylightDate.AppendJSON(append(b, `,"daylightDate":`...))
	if i.Layout == TZI || i.Layout == DynamicTZI {
		b = appendName(b, "standardName", i.StandardName[:])
		b = appendName(b, "daylightName", i.DaylightName[:])
	}
	if i.Layout == DynamicTZI {
		b = appendName(b, "timeZoneKeyName", i.TimeZoneKeyName[:])
		b = appendUint(b, `,"dynamicDaylightTimeDisabled":`, uint64(i.DynamicDaylightTimeDisabled))
		b = append(hex.AppendEncode(append(b, `,"padding":"`...), i.Padding[:]), '"')
	}
	return append(b, '}')
}

// MarshalJSON returns the value form. It never fails.
func (t SystemTime) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (t SystemTime) AppendJSON(b []byte) []byte {
	b = appendUint(b, `{"year":`, uint64(t.Year))
	b = appendUint(b, `,"month":`, uint64(t.Month))
	b = appendUint(b, `,"dayOfWeek":`, uint64(t.DayOfWeek))
	b = appendUint(b, `,"day":`, uint64(t.Day))
	b = appendUint(b, `,"hour":`, uint64(t.Hour))
	b = appendUint(b, `,"minute":`, uint64(t.Minute))
	b = appendUint(b, `,"second":`, uint64(t.Second))
	b = appendUint(b, `,"milliseconds":`, uint64(t.Milliseconds))
	return append(b, '}')
}

func appendUint(b []byte, key string, v uint64) []byte {
	b = append(b, key...)
	if v < 10 {
		return append(b, '0'+byte(v))
	}
	return strconv.AppendUint(b, v, 10)
}

func appendZone(b []byte, bias, standardBias, daylightBias int32) []byte {
	b = strconv.AppendInt(append(b, `"bias":`...), int64(bias), 10)
	b = strconv.AppendInt(append(b, `,"standardBias":`...), int64(standardBias), 10)
	return strconv.AppendInt(append(b, `,"daylightBias":`...), int64(daylightBias), 10)
}

// appendHexIf appends a key, which ends in the opening quotation mark, and bytes, unless there are none.
func appendHexIf(b []byte, key string, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	return append(hex.AppendEncode(append(b, key...), v), '"')
}

func appendName(b []byte, key string, text []byte) []byte {
	b = append(b, `,"`+key+`":`...)
	b = wtf8.AppendQuote(b, fixedText(text))
	if !paddedWithZero(text) {
		b = append(hex.AppendEncode(append(b, `,"`+key+`Raw":"`...), text), '"')
	}
	return b
}

func paddedWithZero(text []byte) bool {
	for _, c := range text[2*nameUnits(text):] {
		if c != 0 {
			return false
		}
	}
	return true
}

func (f RuleFlags) appendJSON(b []byte) []byte {
	b = append(b, '[')
	for i, w := range f.Words() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), w...), '"')
	}
	return append(b, ']')
}

// MarshalJSON returns the flags as an array of words, unknown bits last as "0x…". It never fails.
func (f RuleFlags) MarshalJSON() ([]byte, error) { return f.appendJSON(nil), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (f *RuleFlags) UnmarshalJSON(b []byte) error {
	var words []string
	if err := json.Unmarshal(b, &words); err != nil {
		return err
	}
	*f = 0
next:
	for _, w := range words {
		for i, name := range ruleFlagNames {
			if w == name {
				*f |= 1 << i
				continue next
			}
		}
		digits, ok := strings.CutPrefix(w, "0x")
		n, err := strconv.ParseUint(digits, 16, 16)
		if !ok || err != nil {
			return fmt.Errorf("tzdef: flags: %q is neither a flag nor 0x and hex digits", w)
		}
		*f |= RuleFlags(n)
	}
	return nil
}

// UnmarshalJSON reads the value form into d.
func (d *Definition) UnmarshalJSON(b []byte) error {
	var v struct {
		MajorVersion, MinorVersion uint8
		HeaderSize, Reserved       uint16
		GUID                       guid.GUID
		KeyName                    jsonform.Text
		HeaderExtra, Trailing      jsonform.Hex
		Rules                      []TZRule
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*d = Definition{v.MajorVersion, v.MinorVersion, v.HeaderSize, v.Reserved, v.GUID, string(v.KeyName), v.HeaderExtra, v.Rules, v.Trailing}
	return nil
}

// UnmarshalJSON reads the value form into r.
func (r *TZRule) UnmarshalJSON(b []byte) error {
	var v struct {
		MajorVersion, MinorVersion       uint8
		Reserved                         uint16
		Flags                            RuleFlags
		Year                             uint16
		X                                jsonform.Hex
		Bias, StandardBias, DaylightBias int32
		StandardDate, DaylightDate       SystemTime
		Extra                            jsonform.Hex
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*r = TZRule{v.MajorVersion, v.MinorVersion, v.Reserved, v.Flags, v.Year, [14]byte{}, v.Bias, v.StandardBias, v.DaylightBias,
		v.StandardDate, v.DaylightDate, v.Extra}
	return jsonform.Fill(r.X[:], v.X, "tzdef: x")
}

// UnmarshalJSON reads the value form into s.
func (s *TZStruct) UnmarshalJSON(b []byte) error {
	var v struct {
		Bias, StandardBias, DaylightBias int32
		StandardYear, DaylightYear       uint16
		StandardDate, DaylightDate       SystemTime
		Trailing                         jsonform.Hex
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*s = TZStruct{v.Bias, v.StandardBias, v.DaylightBias, v.StandardYear, v.StandardDate, v.DaylightYear, v.DaylightDate, v.Trailing}
	return nil
}

// UnmarshalJSON reads the value form into i.
func (i *Information) UnmarshalJSON(b []byte) error {
	var v struct {
		Layout                                      string
		Bias, StandardBias, DaylightBias            int32
		StandardDate, DaylightDate                  SystemTime
		StandardName, DaylightName, TimeZoneKeyName jsonform.Text
		StandardNameRaw, DaylightNameRaw            jsonform.Hex
		TimeZoneKeyNameRaw, Padding                 jsonform.Hex
		DynamicDaylightTimeDisabled                 uint8
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*i = Information{Bias: v.Bias, StandardBias: v.StandardBias, DaylightBias: v.DaylightBias, StandardDate: v.StandardDate,
		DaylightDate: v.DaylightDate, DynamicDaylightTimeDisabled: v.DynamicDaylightTimeDisabled}
	for i.Layout = NoLayout; i.Layout <= DynamicTZI && i.Layout.String() != v.Layout; {
		i.Layout++
	}
	if i.Layout > DynamicTZI {
		return fmt.Errorf("tzdef: layout: %q is none", v.Layout)
	}
	return errors.Join(
		fillName(i.StandardName[:], v.StandardName, v.StandardNameRaw, "standardName"),
		fillName(i.DaylightName[:], v.DaylightName, v.DaylightNameRaw, "daylightName"),
		fillName(i.TimeZoneKeyName[:], v.TimeZoneKeyName, v.TimeZoneKeyNameRaw, "timeZoneKeyName"),
		jsonform.Fill(i.Padding[:], v.Padding, "tzdef: padding"))
}

func fillName(dst []byte, name jsonform.Text, raw jsonform.Hex, key string) error {
	if raw != nil {
		return jsonform.Fill(dst, raw, "tzdef: "+key+"Raw")
	}
	le, ok := wtf8.AppendEncode(nil, string(name))
	if !ok || len(le) > len(dst) {
		return fmt.Errorf("tzdef: %s: %q does not fit in %d units", key, string(name), len(dst)/2)
	}
	copy(dst, le)
	return nil
}
