package freebusy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The checks in this file are about meaning: none of them changes what is read.

// Validate inspects v's own encoding and returns the findings: the checks, offsets and words of Inspect. A v that
// AppendBinary refuses gives one finding, NotEncodable.
func (v *Blocks) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	if err != nil {
		r := diag.NewErrors("freebusy", catalogue)
		what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "freebusy: "), ": ")
		r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Msg: msg})
		return slices.Collect(r.Findings())
	}
	_, r := Inspect(b)
	return slices.Collect(r.Findings())
}

// some are blocks that have something in common: the first of them, and their number. So a value of a million wrong blocks
// has a finding, and not a million.
type some struct{ first, n int }

func (s *some) add(i int) {
	if s.n == 0 || i < s.first {
		s.first = i
	}
	s.n++
}

// others says how many there are besides the first.
func (s some) others() string {
	switch s.n {
	case 1:
		return ""
	case 2:
		return "; 1 more block is like that"
	}
	return fmt.Sprintf("; %d more blocks are like that", s.n-1)
}

// check checks the blocks: what makes an error always, all else where somebody wants to know.
func (v *Blocks) check(c *wire.Cursor) {
	var reversed some
	for i, b := range v.Blocks {
		if b.End < b.Start {
			reversed.add(i)
		}
	}
	if reversed.n > 0 {
		b := v.Blocks[reversed.first]
		find(c, diag.Error, ReversedBlock, reversed, "End", "is %d, must be greater than Start, %d", b.End, b.Start)
	}
	if !c.Recording() {
		return
	}
	if len(v.Blocks) == 0 {
		c.Find(diag.Warning, NoBlocks, "Blocks", 0, 0, "are none")
		return
	}
	v.checkEnds(c)
	v.checkOrder(c)
}

// find reports the finding about a field of the first of some blocks.
func find(c *wire.Cursor, s diag.Severity, code diag.Code, which some, field, format string, args ...any) {
	at := which.first * blockSize
	if field == "End" {
		at += 2
	}
	c.In("Blocks", which.first)
	c.Find(s, code, field, at, 2, format+"%s", append(args, which.others())...)
	c.Out()
}

func (v *Blocks) checkEnds(c *wire.Cursor) {
	var empty, long some
	for i, b := range v.Blocks {
		if b.End == b.Start {
			empty.add(i)
		}
		if b.End > longestMonth {
			long.add(i)
		}
	}
	if empty.n > 0 {
		find(c, diag.Warning, EmptyBlock, empty, "End", "is %d, as Start is: the block covers no time", v.Blocks[empty.first].End)
	}
	if long.n > 0 {
		find(c, diag.Warning, BlockRange, long, "End", "is %d, must be at most %d", v.Blocks[long.first].End, longestMonth)
	}
}

// checkOrder checks the order of the blocks, and, in the order in which they should be, whether they touch. Blocks that
// cover nothing touch no other.
func (v *Blocks) checkOrder(c *wire.Cursor) {
	var wrong, over, next some
	order := make([]int32, len(v.Blocks))
	for i, b := range v.Blocks {
		order[i] = int32(i)
		if i > 0 && b.Start < v.Blocks[i-1].Start {
			wrong.add(i)
		}
	}
	if wrong.n > 0 {
		slices.SortStableFunc(order, func(i, j int32) int { return cmp.Compare(v.Blocks[i].Start, v.Blocks[j].Start) })
	}
	var end uint16 // of what is covered so far, 0 where that is nothing
	for _, i := range order {
		b := v.Blocks[i]
		switch {
		case b.Start >= b.End:
			continue
		case b.Start < end:
			over.add(int(i))
		case end > 0 && b.Start == end:
			next.add(int(i))
		}
		end = max(end, b.End)
	}
	if wrong.n > 0 {
		find(c, diag.Warning, BlockOrder, wrong, "Start", "is %d, less than that of the block before it, %d", v.Blocks[wrong.first].Start, v.Blocks[wrong.first-1].Start)
	}
	if over.n > 0 {
		find(c, diag.Warning, BlockOverlap, over, "Start", "is %d, where another block has not ended", v.Blocks[over.first].Start)
	}
	if next.n > 0 {
		find(c, diag.Warning, BlockAdjacent, next, "Start", "is %d, where another block ends", v.Blocks[next.first].Start)
	}
}
