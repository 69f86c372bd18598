package recur

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry, with an example, in Codes.
const (
	// Truncated says that the structure ends before its fields do. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "recur.truncated"
	// TrailingData says that bytes follow the structure. They are kept in Trailing.
	TrailingData diag.Code = "recur.trailing-data"
	// SecondValue says that the trailing bytes are a whole value themselves, with a head of its own.
	SecondValue diag.Code = "recur.second-value"
	// OlderVersion says that the bytes that follow look like the end of an older, longer version. Recover reads it.
	OlderVersion diag.Code = "recur.older-version"
	// PatternOnly says that what should be an AppointmentRecurrencePattern is a whole RecurrencePattern.
	PatternOnly diag.Code = "recur.pattern-only"
	// UnknownPatternType says that PatternType is none that is known, so that nothing behind byte 22 can be read.
	UnknownPatternType diag.Code = "recur.unknown-pattern-type"
	// ReaderVersion says that ReaderVersion is not 0x3004.
	ReaderVersion diag.Code = "recur.reader-version"
	// WriterVersion says that WriterVersion is not 0x3004.
	WriterVersion diag.Code = "recur.writer-version"
	// RecurFrequency says that RecurFrequency is none that is known.
	RecurFrequency diag.Code = "recur.recur-frequency"
	// UnknownCalendarType says that CalendarType is none that is known. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	UnknownCalendarType diag.Code = "recur.calendar-type"
	// Period says that Period is 0, or no whole number of days in a pattern of days. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	Period diag.Code = "recur.period"
	// SlidingFlag says that SlidingFlag is neither 0 nor 1.
	SlidingFlag diag.Code = "recur.sliding-flag"
	// DayMask says that a set of days of the week is empty, or has bits that are no day. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	DayMask diag.Code = "recur.day-mask"
	// BadNth says that N is not 1 to 5. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	BadNth diag.Code = "recur.nth"
	// DayOfMonth says that the day of the month is not 1 to 31. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	DayOfMonth diag.Code = "recur.day-of-month"
	// UnknownEndType says that EndType is none that is known. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	UnknownEndType diag.Code = "recur.end-type"
	// FirstDOW says that FirstDOW is no day of the week. Instances, if
	// it needs the field, refuses with an Error of this code, at no offset.
	FirstDOW diag.Code = "recur.first-dow"
	// InstanceDateNotMidnight says that a deleted or modified date has a time of day.
	InstanceDateNotMidnight diag.Code = "recur.instance-date-not-midnight"
	// InstanceDatesUnsorted says that deleted or modified dates are not in ascending order, or not all different.
	InstanceDatesUnsorted diag.Code = "recur.instance-dates-unsorted-or-duplicate"
	// MoreModifiedThanDeleted says that there are more modified dates than deleted ones, among which they should be.
	MoreModifiedThanDeleted diag.Code = "recur.more-modified-than-deleted"
	// StartDateNotMidnight says that StartDate has a time of day.
	StartDateNotMidnight diag.Code = "recur.start-date-not-midnight"
	// FirstDateTime says that FirstDateTime is not what the formula of the specification gives for StartDate.
	FirstDateTime diag.Code = "recur.first-date-time"
	// EndDateNotSentinel says that a series without an end has an EndDate.
	EndDateNotSentinel diag.Code = "recur.end-date-not-sentinel"
	// EndDateNotMidnight says that EndDate has a time of day.
	EndDateNotMidnight diag.Code = "recur.end-date-not-midnight"
	// EndBeforeStart says that EndDate is before StartDate.
	EndBeforeStart diag.Code = "recur.end-before-start"
	// NoOccurrences says that a series ends after 0 occurrences.
	NoOccurrences diag.Code = "recur.occurrence-count"
	// EndDateNotLast says that a series that ends after a count has an EndDate that is not its last day.
	EndDateNotLast diag.Code = "recur.end-date-not-last"
	// StartDateNotFirst says that StartDate is no day of the pattern.
	StartDateNotFirst diag.Code = "recur.start-date-not-first"
	// ReaderVersion2 says that ReaderVersion2 is not 0x3006.
	ReaderVersion2 diag.Code = "recur.reader-version2"
	// WriterVersion2 says that WriterVersion2 is none that is known.
	WriterVersion2 diag.Code = "recur.writer-version2"
	// StartTimeOffset says that StartTimeOffset is a day or more.
	StartTimeOffset diag.Code = "recur.start-time-offset"
	// EndTimeOffset says that EndTimeOffset is before StartTimeOffset, or more than a year after it.
	EndTimeOffset diag.Code = "recur.end-time-offset"
	// ExceptionCountMismatch says that ExceptionCount is not ModifiedInstanceCount. It is what counts.
	ExceptionCountMismatch diag.Code = "recur.exception-count-mismatch"
	// ExceptionEndBeforeStart says that an exception ends before it starts.
	ExceptionEndBeforeStart diag.Code = "recur.exception-end-before-start"
	// OverrideFlagsUnknown says that OverrideFlags have bits nobody documents.
	OverrideFlagsUnknown diag.Code = "recur.override-flags-unknown"
	// ANSILengthMismatch says that the two lengths of a subject or location do not differ by one.
	ANSILengthMismatch diag.Code = "recur.ansi-length-mismatch"
	// EmptyChangeHighlight says that ChangeHighlightSize is 0.
	EmptyChangeHighlight diag.Code = "recur.empty-change-highlight"
	// BadChangeHighlightSize says that ChangeHighlightSize is 1 to 3, too small for a value.
	BadChangeHighlightSize diag.Code = "recur.bad-change-highlight-size"
	// ExtendedTimesDiffer says that the times of an ExtendedException are not those of its ExceptionInfo.
	ExtendedTimesDiffer diag.Code = "recur.extended-exception-times-differ"
	// OriginalOutsideSeries says that the OriginalStartDate of an exception is before the series begins or after it ends.
	OriginalOutsideSeries diag.Code = "recur.original-outside-series"
	// OriginalNotDeleted says that the day of an OriginalStartDate is not among the deleted dates.
	OriginalNotDeleted diag.Code = "recur.original-not-deleted"
	// ModifiedDatesDiffer says that the modified dates are not the days on which the exceptions start.
	ModifiedDatesDiffer diag.Code = "recur.modified-dates-differ"
	// IllFormedText says that a subject or location has an unpaired surrogate. It is kept.
	IllFormedText diag.Code = "recur.ill-formed-text"
	// Regenerating says that occurrences follow from when the one before was completed. Only Instances finds it.
	Regenerating diag.Code = "recur.regenerating"
	// CalendarNotComputed says that days cannot be computed in the calendar of the pattern. Only Instances finds it.
	CalendarNotComputed diag.Code = "recur.calendar-not-computed"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "recur.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
