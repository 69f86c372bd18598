package recur_test

import (
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// goneAfterNormalize are the codes that no appointment has after Normalize, and but for those of appointments no pattern.
var goneAfterNormalize = []diag.Code{recur.TrailingData, recur.ReaderVersion, recur.WriterVersion, recur.InstanceDateNotMidnight,
	recur.StartDateNotMidnight, recur.FirstDateTime, recur.EndDateNotSentinel, recur.EndDateNotMidnight, recur.ReaderVersion2, recur.WriterVersion2,
	recur.ExceptionCountMismatch, recur.OverrideFlagsUnknown, recur.ANSILengthMismatch, recur.EmptyChangeHighlight, recur.BadChangeHighlightSize,
	recur.ExtendedTimesDiffer, recur.OriginalNotDeleted, recur.ModifiedDatesDiffer}

func hasCode(code diag.Code) func(diag.Finding) bool {
	return func(f diag.Finding) bool { return f.Code == code }
}
