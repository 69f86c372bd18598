package oof

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// state says whether replies are sent.
func (j *judge) state() {
	s := State{Effective: Unknown, Store: Unknown, Settings: Unknown, Confidence: Low}
	if j.store != nil {
		s.Store = j.store.Effective(j.at)
		j.items[j.storeItem].Status = j.storeWords()
	}
	if j.master != nil {
		s.Settings = j.master.Effective(j.at)
	}
	schedule := ""
	if s.Store == Off && !j.store.HasSchedule && j.master != nil && j.master.OofState == Scheduled {
		// While a schedule is on, the flag is not set.
		s.Store, schedule = Unknown, "; the schedule of the store is not in the dump"
	}
	switch {
	case s.Store == Unknown && s.Settings == Unknown:
		s.Reason = "neither the store nor settings say so"
	case s.Store == Unknown:
		s.Effective, s.Confidence = s.Settings, Medium
		s.Reason = "by the settings alone: " + j.settingsWords() + schedule
	case s.Settings == Unknown:
		s.Effective, s.Confidence = s.Store, High
		if j.v.Model == ModelModern || j.store.Start != 0 {
			s.Confidence = Medium
		}
		s.Reason = "by the store alone: " + j.storeWords()
		if s.Store == Off && !j.store.HasSchedule {
			s.Confidence, s.Reason = Medium, s.Reason+"; a schedule, which would be on all the same, is not in the dump"
		}
	case s.Store == s.Settings:
		s.Effective, s.Confidence = s.Store, High
		s.Reason = "store and settings agree: " + j.storeWords() + "; " + j.settingsWords()
	default:
		s.Effective, s.Confidence = s.Store, Medium
		s.Reason = j.storeWords() + "; " + j.settingsWords()
		if (s.Store == On) != (s.Settings == On) {
			s.Confidence = Low
			s.Reason = "store and settings contradict each other: " + s.Reason
			j.find(StateMismatch, Medium, []int{j.storeItem, j.v.Master}, []string{"PidTagOutOfOfficeState", "0x34300040", "0x34310040", "OofState"},
				"%s by the store (%s), %s by the settings (%s): a client wrote only one of the two", s.Store, j.storeWords(), s.Settings, j.settingsWords())
		}
	}
	j.v.State = s
}

// storeWords says what the store has.
func (j *judge) storeWords() string {
	w := j.store
	text := "PidTagOutOfOfficeState not in the dump"
	if w.HasFlag {
		text = fmt.Sprintf("PidTagOutOfOfficeState %t", w.Flag)
	}
	if w.Start != 0 || w.End != 0 {
		text += fmt.Sprintf(", schedule %s to %s", moment(w.Start), moment(w.End))
	}
	return text
}

func moment(t mapi.FileTime) string {
	if t == 0 {
		return "not set"
	}
	return t.String()
}

// settingsWords says what the settings have.
func (j *judge) settingsWords() string {
	text := fmt.Sprintf("OofState %s", j.master.OofState)
	if d := j.master.Duration; d != nil && j.master.OofState == Scheduled {
		text += fmt.Sprintf(" from %s to %s", strings.TrimSpace(string(d.StartTime)), strings.TrimSpace(string(d.EndTime)))
	}
	return text
}
