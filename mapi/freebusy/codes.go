package freebusy

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry in Codes. Of what many blocks have in
// common there is one finding, about the first of them, which says how many more there are.
const (
	// PartialBlock says that the value ends within a block. What there is of it is kept in Trailing.
	PartialBlock diag.Code = "freebusy.partial-block"
	// NoBlocks says that the value has no block at all.
	NoBlocks diag.Code = "freebusy.no-blocks"
	// EmptyBlock says that a block ends where it starts.
	EmptyBlock diag.Code = "freebusy.empty-block"
	// ReversedBlock says that a block ends before it starts.
	ReversedBlock diag.Code = "freebusy.reversed-block"
	// BlockOrder says that a block starts before the one that stands before it.
	BlockOrder diag.Code = "freebusy.block-order"
	// BlockOverlap says that blocks cover the same time.
	BlockOverlap diag.Code = "freebusy.block-overlap"
	// BlockAdjacent says that a block starts where another ends.
	BlockAdjacent diag.Code = "freebusy.block-adjacent"
	// BlockRange says that a block ends after 31 days, the longest month.
	BlockRange diag.Code = "freebusy.block-range"
	// MonthEnd says that a block ends within 31 days, but after the month it is in. Only a Status, which is told the month,
	// finds it.
	MonthEnd diag.Code = "freebusy.month-end"
	// MonthRange says that the number of a month is that of none.
	MonthRange diag.Code = "freebusy.month-range"
	// MonthOrder says that a month is not after the one that stands before it.
	MonthOrder diag.Code = "freebusy.month-order"
	// CountMismatch says that there are not as many months as values of blocks.
	CountMismatch diag.Code = "freebusy.count-mismatch"
	// NotRead says that a property is there, but no list that could be read.
	NotRead diag.Code = "freebusy.not-read"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "freebusy.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
