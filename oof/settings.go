package oof

import (
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// OofState is whether replies are sent, in the word of the settings.
type OofState string

// The states. A series of time is in Settings.Duration.
const (
	Disabled  OofState = "Disabled"
	Enabled   OofState = "Enabled"
	Scheduled OofState = "Scheduled" // while the Duration lasts
)

// ExternalAudience is which senders outside of the organization get a reply, in the word of the settings.
type ExternalAudience string

// The audiences.
const (
	AudienceNone  ExternalAudience = "None"
	AudienceKnown ExternalAudience = "Known" // those who are among the contacts
	AudienceAll   ExternalAudience = "All"
)

// Settings are what Exchange 2007 and later keep in the body of IPM.Microsoft.OOF.UserOofSettings: the master copy of a
// user's replies. [MS-OXWOOF] describes the form of them that Exchange Web Services show; the stored form is
// published nowhere.
type Settings struct {
	Duration          *Duration // nil where there is none
	OofState          OofState  // Disabled where it is missing; other words than the three are kept as they are
	ExternalAudience  ExternalAudience
	InternalReply     *Reply // nil where it is missing, which makes the settings invalid
	ExternalReply     *Reply // likewise
	SetByLegacyClient bool   // the text came from a template of Outlook 2003 or older, or of another client like it
	UserChangeTime    DateTime
	EWS               bool // the form of Exchange Web Services, which is a copy, and not what is stored
}

// Duration is when replies are sent that are scheduled: [MS-OXWOOF], as Settings hold it.
type Duration struct {
	StartTime DateTime
	EndTime   DateTime
}

// Reply is the text for one audience: [MS-OXWOOF], as Settings hold it.
type Reply struct {
	Message     string // HTML; plain text where SetByLegacyClient is true
	LanguageTag string // "en-US"
}

// MaxMessage is how long a Message is at most, in UTF-16 units: Exchange cuts off the rest when it writes one.
const MaxMessage = 128000

// DecodeSettings reads settings strictly. text is the body of the message, in WTF-8, as a mapi.String is. The error is a
// *diag.DecodeError with every finding of severity Error and above; Exchange takes such settings to be none.
func DecodeSettings(text string) (*Settings, error) {
	s, r := InspectSettings(text)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// InspectSettings reads as much of settings as there is, and reports every finding, with offsets in bytes of the text. It
// never fails. The report has no fields.
func InspectSettings(text string) (*Settings, *diag.Report) {
	r := diag.New("oof settings", nil, catalogue)
	w := walk{x: scanner{s: text, r: r}, v: new(Settings)}
	w.document()
	w.x.flush()
	return w.v, r
}

// Internal returns the text for internal senders as plain text. It is empty where there is none.
func (s *Settings) Internal() string { return s.plain(s.InternalReply) }

// External returns the text for external senders as plain text. It is empty where there is none.
func (s *Settings) External() string { return s.plain(s.ExternalReply) }

func (s *Settings) plain(r *Reply) string {
	switch {
	case r == nil:
		return ""
	case s.SetByLegacyClient:
		return trimText(r.Message)
	}
	return htmlText(r.Message)
}
