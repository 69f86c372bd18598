package freebusy

import "github.com/mapiprop/mapiprop/mapi/diag"

// The sections that describe both properties of Tentative, to which those of the others refer.
const (
	monthsSpec = "[MS-OXOPFFB] 2.2.1.2.1"
	blocksSpec = "[MS-OXOPFFB] 2.2.1.2.2"
)

// lists is the kind of the examples that are no blobs: the two properties of Busy, as JSON.
const lists = "months and blocks"

// catalogue says of every code what it means and gives the smallest input that yields it. It is never written to. Those
// without an example need no byte, or other things than bytes.
var catalogue = []diag.Entry{
	{
		Code: PartialBlock, Severity: diag.Error, Spec: blocksSpec,
		Means: "The value is no whole number of blocks of 4 bytes. What is left behind the last whole one is kept, and nothing is taken for a time.",
		Kind:  "freebusy", Example: "665da25d66",
	},
	{
		Code: NoBlocks, Severity: diag.Warning, Spec: blocksSpec,
		Means: "The value has no blocks. A month without any has no value at all by the specification.",
	},
	{
		Code: EmptyBlock, Severity: diag.Warning, Spec: blocksSpec,
		Means: "A block ends where it starts, so that it covers no time.",
		Kind:  "freebusy", Example: "665d665d",
	},
	{
		Code: ReversedBlock, Severity: diag.Error, Spec: blocksSpec,
		Means: "A block ends before it starts. Which time it was to cover is not known.",
		Kind:  "freebusy", Example: "a25d665d",
	},
	{
		Code: BlockOrder, Severity: diag.Warning, Spec: blocksSpec,
		Means: "Blocks are not in the order in which they start. They cover the same time in any order.",
		Kind:  "freebusy", Example: "665da25d00001e00",
	},
	{
		Code: BlockOverlap, Severity: diag.Warning, Spec: blocksSpec,
		Means: "Blocks cover the same time, and should be one.",
		Kind:  "freebusy", Example: "00003c001e005a00",
	},
	{
		Code: BlockAdjacent, Severity: diag.Warning, Spec: blocksSpec,
		Means: "A block starts where another ends, and the two should be one. They cover the same time either way.",
		Kind:  "freebusy", Example: "00001e001e003c00",
	},
	{
		Code: BlockRange, Severity: diag.Warning, Spec: blocksSpec,
		Means: "A block ends more than 44640 minutes after its month has begun, where every month is over. What goes on in the next month belongs into the value of that one.",
		Kind:  "freebusy", Example: "000061ae",
	},
	{
		Code: MonthEnd, Severity: diag.Warning, Spec: blocksSpec,
		Means: "A block ends after its month is over. What goes on in the next month belongs into the value of that one.",
		Kind:  lists, Example: `{"months":[32178],"blocks":["0000819d"]}`,
	},
	{
		Code: MonthRange, Severity: diag.Error, Spec: monthsSpec,
		Means: "The number of a month, 16 times the year and the month from 1 to 12, is of none in the years 1601 to 4500. When its blocks are is not known.",
		Kind:  lists, Example: `{"months":[32176],"blocks":["665da25d"]}`,
	},
	{
		Code: MonthOrder, Severity: diag.Warning, Spec: monthsSpec,
		Means: "A month stands twice, or before an earlier one. Each has the blocks that stand in the same place all the same.",
		Kind:  lists, Example: `{"months":[32179,32178],"blocks":["665da25d","665da25d"]}`,
	},
	{
		Code: CountMismatch, Severity: diag.Warning, Spec: blocksSpec,
		Means: "There are not as many months as values of blocks. They were put together by place as far as there are both; the others are not used.",
		Kind:  lists, Example: `{"months":[32178,32179],"blocks":["665da25d"]}`,
	},
	{
		Code: NotRead, Severity: diag.Error, Spec: monthsSpec,
		Means: "The property of the months or that of the blocks is there, but its value could not be read as a list.",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: blocksSpec,
		Means: "A value in memory says what no blob can hold.",
	},
}
