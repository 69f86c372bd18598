package oof

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Template is a message whose text is sent as a reply ([MS-OXORULE] 2.2.5.1.2.2): a folder associated message of the Inbox.
// An ordinary message of the same class is a reply that was received or sent; NatureOf tells them apart.
type Template struct {
	MessageClass string
	Audience     Audience
	ID           guid.GUID // PidTagReplyTemplateId, by which rules find it; zero where HasID is false
	HasID        bool
	ReplyType    ReplyType
	Subject      string // as stored; the server sends its own
	Body         Body
	Created      mapi.FileTime // 0 where that is not known
	Modified     mapi.FileTime
	LastModifier string
	EntryID      []byte
	MID          uint64 // PidTagMid, 0 where that is not known
}

// ReplyType is what Exchange 2007 and later write to a template, in the property 0x40800003.
type ReplyType int32

// The types. A template without one was written by another program than Exchange 2007 or later: Outlook 2003 or older, a
// BlackBerry.
const (
	ReplyNone     ReplyType = -1
	ReplyLegacy   ReplyType = 0
	ReplySingle   ReplyType = 1 // for everybody: taken over from a legacy client
	ReplyInternal ReplyType = 2
	ReplyExternal ReplyType = 3
)

// String returns "none", "Legacy", "Single", "Internal", "External", or the number.
func (t ReplyType) String() string {
	switch t {
	case ReplyNone:
		return "none"
	case ReplyLegacy:
		return "Legacy"
	case ReplySingle:
		return "Single"
	case ReplyInternal:
		return "Internal"
	case ReplyExternal:
		return "External"
	}
	return strconv.Itoa(int(t))
}

// Decode reads a template strictly out of the properties of a message. The error is a *diag.DecodeError with every finding
// of severity Error and above: NotTemplate, and text that could not be read.
func Decode(p mapi.Props) (*Template, error) {
	v, r := Inspect(p)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return v, nil
}

// Inspect reads as much of a template as there is, and reports every finding. It never fails. Paths are the names of
// properties; offsets are those in the value, -1 where the finding is about the message. The report has no fields.
func Inspect(p mapi.Props) (*Template, *diag.Report) {
	r := diag.New("oof template", nil, catalogue)
	v := &Template{ReplyType: ReplyNone}
	v.MessageClass = textOf(p, mapi.PidTagMessageClass)
	v.Audience = ClassOf(v.MessageClass).Audience()
	if v.Audience == NoAudience {
		r.Add(diag.Finding{Severity: diag.Error, Code: NotTemplate, Span: diag.Span{Offset: -1}, Path: "PidTagMessageClass",
			Msg: fmt.Sprintf("is %q, which is not that of a template", short(v.MessageClass, 100))})
	}
	v.id(p, r)
	if n, ok := numberOf(p, tagReplyType); ok {
		v.ReplyType = ReplyType(n)
	}
	for _, tag := range []mapi.PropTag{mapi.PidTagSubject, mapi.PidTagNormalizedSubject, 0x0070001F} {
		if v.Subject == "" {
			v.Subject = textOf(p, tag)
		}
	}
	v.Body = bodyOf(p, r)
	v.Created, v.Modified = timeOf(p, mapi.PidTagCreationTime), timeOf(p, mapi.PidTagLastModificationTime)
	v.LastModifier = textOf(p, tagLastModifierName)
	v.EntryID = slices.Clone(bytesOf(p, mapi.PidTagEntryId))
	if n, ok := p.Lookup(tagMID); ok {
		id, _ := n.Value.(mapi.Integer64)
		v.MID = uint64(id)
	}
	return v, r
}

// id reads PidTagReplyTemplateId.
func (v *Template) id(p mapi.Props, r *diag.Report) {
	prop, ok := p.LookupID(mapi.PidTagReplyTemplateId.ID())
	msg := "is not there"
	if ok {
		switch value := prop.Value.(type) {
		case mapi.Binary:
			if len(value) == len(v.ID) {
				copy(v.ID[:], value)
				v.HasID = true
				return
			}
			msg = fmt.Sprintf("is %d bytes, must be %d", len(value), len(v.ID))
		case mapi.GUID:
			v.ID, v.HasID = guid.GUID(value), true
			return
		default:
			msg = "is no binary"
		}
	}
	r.Add(diag.Finding{Severity: diag.Warning, Code: TemplateNoGUID, Span: diag.Span{Offset: -1}, Path: "PidTagReplyTemplateId",
		Msg: msg + ": rules can find the template by its entry id only"})
}

// textOf returns the text of a property, of either type of string.
func textOf(p mapi.Props, tag mapi.PropTag) string {
	for prop := range p.All(tag.ID()) {
		switch v := prop.Value.(type) {
		case mapi.String:
			return string(v)
		case mapi.String8:
			text, _ := v.Text() // what is damaged is U+FFFD in it
			return text
		}
	}
	return ""
}

func numberOf(p mapi.Props, tag mapi.PropTag) (int32, bool) {
	prop, ok := p.Lookup(tag)
	v, is := prop.Value.(mapi.Integer32)
	return int32(v), ok && is
}

// timeOf returns a moment, 0 where there is none.
func timeOf(p mapi.Props, tag mapi.PropTag) mapi.FileTime {
	prop, _ := p.Lookup(tag)
	v, _ := prop.Value.(mapi.Time)
	return mapi.FileTime(v)
}

// bytesOf returns the bytes of a binary, which alias the property.
func bytesOf(p mapi.Props, tag mapi.PropTag) []byte {
	prop, _ := p.Lookup(tag)
	v, _ := prop.Value.(mapi.Binary)
	return v
}

// MarshalJSON returns the value form. It never fails.
func (v *Template) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form: the names of the fields in lower camel case, bytes as lower-case hex. What is not
// known is left out.
func (v *Template) AppendJSON(b []byte) []byte {
	b = wtf8.AppendQuote(append(b, `{"messageClass":`...), v.MessageClass)
	b = append(b, `,"audience":"`+v.Audience.String()+`"`...)
	if v.HasID {
		b = append(b, `,"id":"`+v.ID.String()+`"`...)
	}
	if v.ReplyType != ReplyNone {
		b = strconv.AppendInt(append(b, `,"replyType":`...), int64(v.ReplyType), 10)
	}
	b = wtf8.AppendQuote(append(b, `,"subject":`...), v.Subject)
	b = v.Body.appendJSON(append(b, `,"body":`...))
	for _, at := range []struct {
		name string
		t    mapi.FileTime
	}{{"created", v.Created}, {"modified", v.Modified}} {
		if at.t != 0 {
			b, _ = at.t.AppendText(append(b, `,"`+at.name+`":"`...)) // never fails
			b = append(b, '"')
		}
	}
	if v.LastModifier != "" {
		b = wtf8.AppendQuote(append(b, `,"lastModifier":`...), v.LastModifier)
	}
	if len(v.EntryID) > 0 {
		b = append(hex.AppendEncode(append(b, `,"entryID":"`...), v.EntryID), '"')
	}
	if v.MID != 0 {
		b = fmt.Appendf(b, `,"mid":"0x%016X"`, v.MID)
	}
	return append(b, '}')
}

func (v *Body) appendJSON(b []byte) []byte {
	b = wtf8.AppendQuote(append(b, `{"form":`...), string(v.Form))
	b = wtf8.AppendQuote(append(b, `,"text":`...), v.Text)
	if v.HTML != "" {
		b = wtf8.AppendQuote(append(b, `,"html":`...), v.HTML)
	}
	if v.CodePage != 0 {
		b = strconv.AppendInt(append(b, `,"codePage":`...), int64(v.CodePage), 10)
		b = wtf8.AppendQuote(append(b, `,"pageFrom":`...), v.PageFrom)
	}
	return append(b, '}')
}

// UnmarshalJSON reads the value form into v.
func (v *Template) UnmarshalJSON(b []byte) error {
	form := struct {
		MessageClass, Subject, LastModifier text
		Audience                            string
		ID                                  *string
		ReplyType                           *int32
		Body                                struct {
			Form, Text, HTML, PageFrom text
			CodePage                   int
		}
		Created, Modified *mapi.FileTime
		EntryID           jsonform.Hex
		MID               string
	}{}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	t := Template{MessageClass: string(form.MessageClass), ReplyType: ReplyNone, Subject: string(form.Subject), LastModifier: string(form.LastModifier),
		Body:    Body{BodyForm(form.Body.Form), string(form.Body.Text), string(form.Body.HTML), form.Body.CodePage, string(form.Body.PageFrom)},
		EntryID: form.EntryID}
	for a := NoAudience; a <= External; a++ {
		if a.String() == form.Audience {
			t.Audience = a
		}
	}
	if form.ID != nil {
		id, err := guid.Parse(*form.ID)
		if err != nil {
			return err
		}
		t.ID, t.HasID = id, true
	}
	if form.ReplyType != nil {
		t.ReplyType = ReplyType(*form.ReplyType)
	}
	if form.Created != nil {
		t.Created = *form.Created
	}
	if form.Modified != nil {
		t.Modified = *form.Modified
	}
	if form.MID != "" {
		n, err := strconv.ParseUint(form.MID, 0, 64)
		if err != nil {
			return fmt.Errorf("oof: mid: %q is no number", form.MID)
		}
		t.MID = n
	}
	*v = t
	return nil
}
