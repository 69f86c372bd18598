package oof

import (
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// walk reads settings: the elements in any order, the first of each, as Exchange does.
type walk struct {
	x    scanner
	v    *Settings
	seen uint   // elements of the root that were read
	ns   string // of the elements
}

// document reads all of the text.
func (w *walk) document() {
	w.v.OofState, w.v.ExternalAudience = Disabled, AudienceNone
	at := 0
	if w.x.next(nil) != kindOpen {
		return
	}
	at = w.x.at
	name, space := w.x.top()
	switch {
	case space == "" && name == "UserOofSettings":
	case space == nsTypes && (name == "OofSettings" || name == "UserOofSettings"):
		w.v.EWS, w.ns = true, nsTypes
		w.x.note(diag.Warning, EWSCopy, name, at, 0, "is what Exchange Web Services show of the settings, and not what is stored")
	default:
		w.x.note(diag.Error, SettingsRoot, "xml", at, 0, "the root is %q in the namespace %q, must be UserOofSettings in none", short(name, maxName), short(space, 100))
		w.x.skip()
		w.x.next(nil)
		return
	}
	w.children(w.element)
	if w.x.dead {
		return
	}
	end := w.x.at
	for _, reply := range []struct {
		name  string
		value *Reply
	}{{"InternalReply", w.v.InternalReply}, {"ExternalReply", w.v.ExternalReply}} {
		if reply.value == nil && !w.v.EWS {
			w.x.note(diag.Error, MissingReply, name+"."+reply.name, end, 0, "is missing: Exchange takes the settings to be invalid, and makes new ones")
		}
	}
	w.x.next(nil) // what is behind the root
	w.period(name)
}

// period checks the time of a schedule.
func (w *walk) period(root string) {
	d := w.v.Duration
	if w.v.OofState == Scheduled && (d == nil || d.StartTime == "" || d.EndTime == "") {
		w.x.note(diag.Warning, NoDuration, root, w.x.at, 0, "is Scheduled, and has no Duration with a start and an end")
	}
	if d == nil {
		return
	}
	start, _, ok1 := d.StartTime.Time()
	end, _, ok2 := d.EndTime.Time()
	if ok1 && ok2 && !start.Before(end) {
		w.x.note(diag.Warning, DurationOrder, root+".Duration", w.x.at, 0, "ends at %s, and starts at %s", d.EndTime, d.StartTime)
	}
}

// children calls f for every element in the one that was just opened, and reads on to its end.
func (w *walk) children(f func(name, space string)) {
	depth := len(w.x.open)
	for !w.x.dead {
		switch w.x.next(nil) {
		case kindEnd:
			return
		case kindClose:
			if len(w.x.open) < depth {
				return
			}
		case kindOpen:
			f(w.x.top())
		}
	}
}

// first reports whether the element that was just opened is one of those that are read here, and the first of them; seen
// has a bit for each that was there. Others are passed over, as Exchange does.
func (w *walk) first(seen *uint, name, space, want string, names ...string) bool {
	at := w.x.at
	i := slices.Index(names, name)
	switch {
	case i < 0 || space != want:
		w.x.note(diag.Info, UnknownElement, "#", at, 0, "is no element of settings, and is passed over")
	case *seen&(1<<i) != 0:
		w.x.note(diag.Warning, RepeatedElement, w.x.path(), at, 0, "is there more than once: the first counts")
	default:
		*seen |= 1 << i
		return true
	}
	w.x.skip()
	return false
}

// element reads an element of the root.
func (w *walk) element(name, space string) {
	if !w.first(&w.seen, name, space, w.ns, "Duration", "OofState", "ExternalAudience", "InternalReply", "ExternalReply", "SetByLegacyClient", "UserChangeTime") {
		return
	}
	path := w.x.path()
	switch name {
	case "Duration":
		w.duration()
	case "InternalReply":
		w.v.InternalReply = w.reply()
	case "ExternalReply":
		w.v.ExternalReply = w.reply()
	case "OofState":
		text, at, _ := w.simple()
		w.v.OofState = OofState(text)
		w.oneOf(path, at, text, string(Disabled), string(Enabled), string(Scheduled))
	case "ExternalAudience":
		text, at, _ := w.simple()
		w.v.ExternalAudience = ExternalAudience(text)
		w.oneOf(path, at, text, string(AudienceNone), string(AudienceKnown), string(AudienceAll))
	case "SetByLegacyClient":
		text, at, _ := w.simple()
		switch strings.Trim(text, " \t\r\n") {
		case "true", "1":
			w.v.SetByLegacyClient = true
		case "false", "0":
		default:
			w.bad(path, at, text, "true, false, 1 or 0")
		}
	case "UserChangeTime":
		w.v.UserChangeTime = w.dateTime(false)
	}
}

func (w *walk) duration() {
	if w.x.null() {
		w.x.skip()
		return
	}
	d, seen := new(Duration), uint(0)
	w.children(func(name, space string) {
		// The two are in the namespace of the web services, where all else is in none.
		if !w.first(&seen, name, space, nsTypes, "StartTime", "EndTime") {
			return
		}
		if name == "StartTime" {
			d.StartTime = w.dateTime(true)
		} else {
			d.EndTime = w.dateTime(true)
		}
	})
	w.v.Duration = d
}

// reply reads InternalReply or ExternalReply: nil where it says to be null.
func (w *walk) reply() *Reply {
	if w.x.null() {
		w.x.skip()
		return nil
	}
	r := new(Reply)
	if lang, ok := w.x.attributeOf(nsXML, "lang"); ok {
		r.LanguageTag = lang
	}
	path, seen := w.x.path(), uint(0)
	w.children(func(name, space string) {
		if !w.first(&seen, name, space, w.ns, "Message", "LanguageTag") {
			return
		}
		text, at, _ := w.simple()
		if name == "LanguageTag" {
			r.LanguageTag = text
			return
		}
		r.Message = text
		if n := wtf8.Units(text); n > MaxMessage {
			w.x.note(diag.Warning, MessageTooLong, path+".Message", at, 0, "is %d UTF-16 units long, where Exchange writes at most %d", n, MaxMessage)
		}
	})
	return r
}

// simple reads the text of the element that was just opened, and returns where it stands. null says that it has none.
func (w *walk) simple() (text string, at int, null bool) {
	if w.x.null() {
		at = w.x.at
		w.x.skip()
		return "", at, true
	}
	at = w.x.at
	var b []byte
	path, depth := w.x.path(), len(w.x.open)
	for {
		switch w.x.next(&b) {
		case kindEnd:
			return string(b), at, false
		case kindClose:
			if len(w.x.open) < depth {
				return string(b), at, false
			}
		case kindOpen:
			w.x.note(diag.Error, BadValue, path, w.x.at, 0, "has an element in it, where only text can be")
			w.x.skip()
		}
	}
}

// bad says that a text is no value of its element.
func (w *walk) bad(path string, at int, text, want string) {
	if !w.x.dead {
		w.x.note(diag.Error, BadValue, path, at, 0, "is %q, must be %s", short(text, 60), want)
	}
}

func (w *walk) oneOf(path string, at int, text string, words ...string) {
	for _, word := range words {
		if text == word {
			return
		}
	}
	w.bad(path, at, text, strings.Join(words, ", ")+", in this spelling")
}

// dateTime reads a moment. Those of a schedule should say their zone.
func (w *walk) dateTime(zone bool) DateTime {
	path := w.x.path()
	text, at, null := w.simple()
	if null {
		return ""
	}
	d := DateTime(text)
	_, zoned, ok := d.Time()
	switch {
	case !ok:
		w.bad(path, at, text, "a date and time as 2008-07-08T16:00:00Z")
	case zone && !zoned:
		w.x.note(diag.Warning, NoZone, path, at, 0, "is %q, without a zone: taken to be in UTC", text)
	}
	return d
}
