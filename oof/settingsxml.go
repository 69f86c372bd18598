package oof

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// AppendXML appends the settings in their stored form, as Exchange writes it, also where EWS is set. Reading that gives the
// same value again, but for EWS.
func (s *Settings) AppendXML(b []byte) []byte {
	b = append(b, `<?xml version="1.0" encoding="utf-16"?><UserOofSettings xmlns:xsi="`+nsInstance+`" xmlns:xsd="http://www.w3.org/2001/XMLSchema">`...)
	if s.Duration != nil {
		b = append(b, `<Duration>`...)
		for _, e := range []struct {
			name string
			at   DateTime
		}{{"StartTime", s.Duration.StartTime}, {"EndTime", s.Duration.EndTime}} {
			if e.at != "" {
				b = appendElement(b, e.name, nsTypes, string(e.at))
			}
		}
		b = append(b, `</Duration>`...)
	}
	b = appendElement(b, "OofState", "", string(s.OofState))
	b = appendElement(b, "ExternalAudience", "", string(s.ExternalAudience))
	b = s.InternalReply.appendXML(b, "InternalReply")
	b = s.ExternalReply.appendXML(b, "ExternalReply")
	b = appendElement(b, "SetByLegacyClient", "", fmt.Sprint(s.SetByLegacyClient))
	if s.UserChangeTime == "" {
		b = append(b, `<UserChangeTime xsi:nil="true" />`...)
	} else {
		b = appendElement(b, "UserChangeTime", "", string(s.UserChangeTime))
	}
	return append(b, `</UserOofSettings>`...)
}

func (r *Reply) appendXML(b []byte, name string) []byte {
	if r == nil {
		return b
	}
	b = append(append(append(b, '<'), name...), '>')
	b = appendElement(b, "Message", "", r.Message)
	if r.LanguageTag != "" {
		b = appendElement(b, "LanguageTag", "", r.LanguageTag)
	}
	return append(append(append(b, "</"...), name...), '>')
}

func appendElement(b []byte, name, space, text string) []byte {
	b = append(append(b, '<'), name...)
	if space != "" {
		b = append(append(append(b, ` xmlns="`...), space...), '"')
	}
	b = append(b, '>')
	for i := 0; i < len(text); {
		r, n := nextRune(text[i:])
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case !xmlChar(r) || r == '\r':
			b = fmt.Appendf(b, "&#x%X;", r)
		default:
			b = append(b, text[i:i+n]...)
		}
		i += n
	}
	return append(append(append(b, "</"...), name...), '>')
}

// MarshalJSON returns the value form: the names of the fields in lower camel case, words and moments as they are written.
// It never fails.
func (s *Settings) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (s *Settings) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	if d := s.Duration; d != nil {
		b = wtf8.AppendQuote(append(b, `"duration":{"startTime":`...), string(d.StartTime))
		b = wtf8.AppendQuote(append(b, `,"endTime":`...), string(d.EndTime))
		b = append(b, `},`...)
	}
	b = wtf8.AppendQuote(append(b, `"oofState":`...), string(s.OofState))
	b = wtf8.AppendQuote(append(b, `,"externalAudience":`...), string(s.ExternalAudience))
	b = s.InternalReply.appendJSON(append(b, `,"internalReply":`...))
	b = s.ExternalReply.appendJSON(append(b, `,"externalReply":`...))
	b = fmt.Appendf(b, `,"setByLegacyClient":%t`, s.SetByLegacyClient)
	if s.UserChangeTime != "" {
		b = wtf8.AppendQuote(append(b, `,"userChangeTime":`...), string(s.UserChangeTime))
	}
	if s.EWS {
		b = append(b, `,"ews":true`...)
	}
	return append(b, '}')
}

func (r *Reply) appendJSON(b []byte) []byte {
	if r == nil {
		return append(b, "null"...)
	}
	b = wtf8.AppendQuote(append(b, `{"message":`...), r.Message)
	if r.LanguageTag != "" {
		b = wtf8.AppendQuote(append(b, `,"languageTag":`...), r.LanguageTag)
	}
	return append(b, '}')
}

// text is a string of JSON that may hold unpaired surrogates, which encoding/json would lose.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	s, err := wtf8.Unquote(b)
	if err != nil {
		return err
	}
	if !utf8.ValidString(s) {
		s = string(appendChars(nil, s)) // halves of a pair that met
	}
	*t = text(s)
	return nil
}

// appendChars appends WTF-8, what is no character made U+FFFD.
func appendChars(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, n := nextRune(s[i:])
		if n == 1 && r >= utf8.RuneSelf {
			r = utf8.RuneError
		}
		b = appendWTF8(b, r)
		i += n
	}
	return b
}

// UnmarshalJSON reads the value form into s.
func (s *Settings) UnmarshalJSON(b []byte) error {
	type reply struct{ Message, LanguageTag text }
	var v struct {
		Duration                     *struct{ StartTime, EndTime text }
		OofState, ExternalAudience   text
		InternalReply, ExternalReply *reply
		SetByLegacyClient, EWS       bool
		UserChangeTime               text
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	replyOf := func(r *reply) *Reply {
		if r == nil {
			return nil
		}
		return &Reply{string(r.Message), string(r.LanguageTag)}
	}
	*s = Settings{OofState: OofState(v.OofState), ExternalAudience: ExternalAudience(v.ExternalAudience), InternalReply: replyOf(v.InternalReply),
		ExternalReply: replyOf(v.ExternalReply), SetByLegacyClient: v.SetByLegacyClient, UserChangeTime: DateTime(v.UserChangeTime), EWS: v.EWS}
	if v.Duration != nil {
		s.Duration = &Duration{DateTime(v.Duration.StartTime), DateTime(v.Duration.EndTime)}
	}
	return nil
}
