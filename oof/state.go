package oof

import (
	"time"

	"github.com/mapiprop/mapiprop/mapi"
)

// Effective is whether replies are sent at some time.
type Effective string

// The states. Later is that of a schedule which has not begun, or of one where nobody said which time is meant.
const (
	On      Effective = "on"
	Off     Effective = "off"
	Later   Effective = "scheduled"
	Unknown Effective = "unknown"
)

// Effective returns whether the settings have replies sent at a time; a zero time is none, and a schedule is then Later.
func (s *Settings) Effective(at time.Time) Effective {
	switch s.OofState {
	case Enabled:
		return On
	case Disabled:
		return Off
	case Scheduled:
		if s.Duration == nil {
			return Unknown
		}
		start, _, ok1 := s.Duration.StartTime.Time()
		end, _, ok2 := s.Duration.EndTime.Time()
		if !ok1 || !ok2 {
			return Unknown
		}
		return within(start, end, at)
	}
	return Unknown
}

func within(start, end, at time.Time) Effective {
	switch {
	case !start.Before(end):
		return Off
	case at.IsZero() || at.Before(start):
		return Later
	case at.Before(end):
		return On
	}
	return Off
}

// Switch are the properties of the store that turn replies on and off: PidTagOutOfOfficeState ([MS-OXCSTOR]
// 2.2.2.1.2.1), and the times that Exchange 2007 and later keep beside it, 0 where there are none. A schedule is on while
// the flag is not set.
type Switch struct {
	Flag        bool
	HasFlag     bool // the flag was in the dump
	Start, End  mapi.FileTime
	HasSchedule bool // one of the two was in the dump
}

// SwitchOf returns the switch among the properties of a store. It reports false where there is none of it.
func SwitchOf(p mapi.Props) (Switch, bool) {
	var w Switch
	if prop, ok := p.Lookup(tagOofState); ok {
		if v, ok := prop.Value.(mapi.Boolean); ok {
			w.Flag, w.HasFlag = v.Bool(), true
		}
	}
	w.Start, w.End = timeOf(p, tagScheduleStart), timeOf(p, tagScheduleEnd)
	_, start := p.Lookup(tagScheduleStart)
	_, end := p.Lookup(tagScheduleEnd)
	w.HasSchedule = start || end
	return w, w.HasFlag || w.HasSchedule
}

// Effective returns whether the store has replies sent at a time; a zero time is none, and a schedule is then Later.
func (w Switch) Effective(at time.Time) Effective {
	start, ok1 := w.Start.Time()
	end, ok2 := w.End.Time()
	scheduled := w.Start != 0 && w.End != 0 && ok1 && ok2
	switch {
	case w.Flag && w.HasFlag:
		if w.End != 0 && ok2 && !at.IsZero() && end.Before(at) {
			return Off
		}
		return On
	case scheduled:
		return within(start, end, at)
	case w.HasFlag:
		return Off
	}
	return Unknown
}
