package recur_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// truth is what an older version holds, for comparison with what is recovered of it.
type truth struct {
	value  *recur.AppointmentRecurrencePattern
	fields map[int]diag.Field // by offset
	places map[string]int     // offsets, by path
}

func truthOf(t testing.TB, b []byte) truth {
	t.Helper()
	a, r := recur.Inspect(b)
	w := truth{a, map[int]diag.Field{}, map[string]int{}}
	for f := range r.Fields() {
		w.fields[f.Span.Offset], w.places[f.Path] = f, f.Span.Offset
	}
	return w
}

// contradiction returns what was recovered from the bytes of the older version behind cut and was not there, nil if there
// is no such thing.
func (w truth) contradiction(cut int, r *recur.Recovered) error {
	for name, c := range map[string]struct {
		want uint32
		got  func() (uint32, bool)
	}{
		"StartDate":       {uint32(w.value.StartDate), func() (uint32, bool) { v, ok := r.StartDate(); return uint32(v), ok }},
		"EndDate":         {uint32(w.value.EndDate), func() (uint32, bool) { v, ok := r.EndDate(); return uint32(v), ok }},
		"ReaderVersion2":  {w.value.ReaderVersion2, r.ReaderVersion2},
		"WriterVersion2":  {w.value.WriterVersion2, r.WriterVersion2},
		"StartTimeOffset": {w.value.StartTimeOffset, r.StartTimeOffset},
		"EndTimeOffset":   {w.value.EndTimeOffset, r.EndTimeOffset},
		"ExceptionCount":  {uint32(len(w.value.Exceptions)), func() (uint32, bool) { v, ok := r.ExceptionCount(); return uint32(v), ok }},
	} {
		got, ok := c.got()
		if ok && got != c.want || !ok && got != 0 {
			return fmt.Errorf("cut %d: %s is %d %v, was %d", cut, name, got, ok, c.want)
		}
		if at := w.places[name]; ok != (at >= cut+r.Unexplained) {
			return fmt.Errorf("cut %d: %s at %d, known: %v", cut, name, at, ok)
		}
	}
	return errors.Join(differ(cut, "trailing", w.value.Trailing, r.Trailing),
		differ(cut, "deleted", w.value.DeletedInstanceDates, r.DeletedInstanceDates),
		differ(cut, "modified", w.value.ModifiedInstanceDates, r.ModifiedInstanceDates),
		w.exceptionsDiffer(cut, r), w.fieldsDiffer(cut, r))
}

// differ returns an error where what is left is not the end of what was.
func differ[T any](cut int, what string, was, left []T) error {
	if len(left) > len(was) {
		return fmt.Errorf("cut %d: %s: %v, were %v", cut, what, left, was)
	}
	was = was[len(was)-len(left):]
	if len(left) > 0 && !reflect.DeepEqual(was, left) { // cmp.Equal takes half a minute for all
		return fmt.Errorf("cut %d: %s (-was +left):\n%s", cut, what, cmp.Diff(was, left))
	}
	return nil
}

func (w truth) exceptionsDiffer(cut int, r *recur.Recovered) error {
	if r.TimesOnly {
		e := r.Exceptions[0]
		if len(r.Exceptions) > 1 || !slices.ContainsFunc(w.value.Exceptions, func(was recur.Exception) bool {
			d := was.Details
			return e.StartDateTime == was.StartDateTime && e.EndDateTime == was.EndDateTime && e.OriginalStartDate == was.OriginalStartDate ||
				d != nil && e.StartDateTime == d.StartDateTime && e.EndDateTime == d.EndDateTime && e.OriginalStartDate == d.OriginalStartDate
		}) {
			return fmt.Errorf("cut %d: was no exception: %v", cut, r.Exceptions)
		}
		return nil
	}
	if n, ok := r.ExceptionCount(); ok && n != len(r.Exceptions) {
		return fmt.Errorf("cut %d: %d exceptions, of %d", cut, len(r.Exceptions), n)
	}
	was := slices.Clone(w.value.Exceptions)
	if i := len(was) - len(r.Exceptions); i >= 0 && i < len(was) && w.places[fmt.Sprintf("ExceptionInfo[%d].StartDateTime", i)] < cut {
		e := &was[i]
		if e.Details == nil {
			return fmt.Errorf("cut %d: the first cannot be known: %v", cut, r.Exceptions)
		}
		e.StartDateTime, e.EndDateTime, e.OriginalStartDate = e.Details.StartDateTime, e.Details.EndDateTime, e.Details.OriginalStartDate
	}
	return differ(cut, "exceptions", was, r.Exceptions)
}

// fieldsDiffer returns an error where a byte is said to be of a field that the older version does not have there.
func (w truth) fieldsDiffer(cut int, r *recur.Recovered) error {
	next, known := 0, -1
	for f := range r.Report().Fields() {
		if f.Span.Offset != next {
			return fmt.Errorf("cut %d: %s at %d, the field before ends at %d", cut, f.Path, f.Span.Offset, next)
		}
		next += f.Span.Len
		if f.Path == "unexplained" {
			continue
		}
		if known < 0 {
			known = f.Span.Offset
		}
		was, ok := w.fields[cut+f.Span.Offset]
		if was.Path, f.Path = nameOf(was.Path), nameOf(f.Path); r.TimesOnly {
			if was.Path, f.Path = last(was.Path), last(f.Path); !strings.HasSuffix(f.Path, "Time") && f.Path != "OriginalStartDate" {
				continue
			}
		}
		f.Span.Offset += cut
		if !ok || !reflect.DeepEqual(was, f) {
			return fmt.Errorf("cut %d (-was +left):\n%s", cut, cmp.Diff(was, f))
		}
	}
	if next != r.Report().Size() || known != r.Unexplained {
		return fmt.Errorf("cut %d: %d bytes explained, from %d on", cut, next, known)
	}
	return nil
}

// nameOf returns a path without its indexes, which count otherwise in what is left.
func nameOf(path string) string {
	for {
		before, rest, ok := strings.Cut(path, "[")
		if !ok {
			return path
		}
		_, after, _ := strings.Cut(rest, "]")
		path = before + after
	}
}

func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
