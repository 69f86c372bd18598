package rtf

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Validate inspects v's own encoding and returns the findings: the checks, offsets and words of Inspect.
func (v *Compressed) Validate() []diag.Finding {
	b, _ := v.AppendBinary(nil) // never fails
	_, r := Inspect(b)
	return slices.Collect(r.Findings())
}

// check says what is wrong with the header, and with the contents that w has read.
func (v *Compressed) check(c *wire.Cursor, w *walk) {
	v.checkHeader(c, w)
	end := headerSize + w.there
	need := uint64(v.RawSize)
	if !w.whole {
		need = uint64(v.CompSize) - counted
	}
	if !w.whole || v.CompType == MELA && w.size < need {
		c.Find(diag.Fatal, Truncated, "CONTENTS", end, 0, "needs %d bytes, %d left", need, w.there)
	}
	if v.CompType == LZFu {
		v.checkTokens(c, w)
	}
	if n := w.there - w.used; n > 0 && w.known {
		c.Find(diag.Info, Padding, "padding", headerSize+w.used, n, "%d bytes follow the end of the RTF", n)
	}
}

func (v *Compressed) checkHeader(c *wire.Cursor, w *walk) {
	if v.CompSize < counted {
		c.Find(diag.Error, BadCompSize, "COMPSIZE", 0, 4, "is %d, must be %d at least; all that follows is taken for CONTENTS", v.CompSize, counted)
	}
	switch {
	case !w.known:
		var room [64]byte
		b := v.CompType.append(append(room[:0], "is "...))
		c.Say(diag.Error, BadCompType, "COMPTYPE", 8, 4, append(b, ", must be LZFu or MELA"...))
	case v.CompType == MELA && v.CRC != 0:
		c.Find(diag.Warning, MELACRC, "CRC", 12, 4, "is 0x%08X, must be 0 where nothing is compressed", v.CRC)
	case v.CompType == MELA || !w.whole || v.CRC == w.crc: // half of the contents have no CRC
	case v.CRC == 0:
		c.Find(diag.Warning, ZeroCRC, "CRC", 12, 4, "is 0, and that of CONTENTS is 0x%08X", w.crc)
	default:
		c.Find(diag.Error, BadCRC, "CRC", 12, 4, "is 0x%08X, and that of CONTENTS is 0x%08X", v.CRC, w.crc)
	}
}

// checkTokens says what is wrong with the tokens. What follows from bytes that are missing is not said of the others.
func (v *Compressed) checkTokens(c *wire.Cursor, w *walk) {
	end := headerSize + w.used
	if w.bad.n > 0 {
		more := ""
		if w.bad.n > 1 {
			more = fmt.Sprintf(", the first of %d such references", w.bad.n)
		}
		c.Find(diag.Error, BadReference, "CONTENTS", headerSize+w.bad.at, 2, "refers to the byte %d of the dictionary, which was never written%s", w.bad.place, more)
	}
	switch {
	case !w.whole:
	case w.half:
		c.Find(diag.Fatal, Truncated, "CONTENTS", end-1, 1, "needs 2 bytes of a reference, 1 left")
	default:
		if !w.ended {
			c.Find(diag.Warning, NoEndMarker, "CONTENTS", end, 0, "ends without an end marker")
		}
		if w.size != uint64(v.RawSize) {
			c.Find(diag.Warning, RawSizeMismatch, "RAWSIZE", 4, 4, "is %d, and there are %d bytes of RTF", v.RawSize, w.size)
		}
	}
}
