package goid

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The checks in this file are about meaning: none of them changes what is read. They run when somebody wants the
// findings, at the end of the walk over the bytes they speak of.

// Validate inspects g's own encoding and returns the findings: the checks, offsets and words of Inspect. A g that
// AppendBinary refuses gives one finding, NotEncodable.
func (g *GlobalObjectID) Validate() []diag.Finding {
	b, err := g.AppendBinary(nil)
	if err != nil {
		return notEncodable(err)
	}
	_, r := Inspect(b)
	return slices.Collect(r.Findings())
}

func notEncodable(err error) []diag.Finding {
	r := diag.NewErrors("goid", catalogue)
	what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "goid: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Msg: msg})
	return slices.Collect(r.Findings())
}

// checkHead checks what stands before Data, as far as it was read: whole bytes of a blob of size bytes.
func (g *GlobalObjectID) checkHead(c *wire.Cursor, whole, size int) {
	if size >= sizeAt && size < headSize {
		c.Find(diag.Info, WithoutSize, "Size", sizeAt, size-sizeAt, "is missing in an id of %d bytes: some programs keep such an id as it is", size)
	}
	if whole < dateAt {
		return
	}
	if g.IsForeign() {
		c.Find(diag.Warning, ByteArrayID, "ByteArrayID", 0, dateAt, "is %X, must be %X; taken for bytes without a meaning", g.ByteArrayID, byteArrayID)
		return
	}
	if whole >= dateAt+dateSize && !g.IsClean() {
		switch {
		case !g.isDate():
			c.Find(diag.Warning, InstanceDate, "Year", dateAt, dateSize, "is, with Month and Day, %s, which is no date", g.dateText())
		case !g.inRange():
			c.Find(diag.Warning, InstanceDateRange, "Year", dateAt, dateSize, "is, with Month and Day, %s, must be from %d to %d", g.dateText(), firstYear, lastYear)
		}
	}
	if whole >= sizeAt && g.X != ([8]byte{}) {
		c.Find(diag.Warning, XNotZero, "X", xAt, len(g.X), "is %x, must be zero", g.X)
	}
}

// checkData checks Data where it begins as a wrapped UID does.
func (g *GlobalObjectID) checkData(c *wire.Cursor) {
	if g.IsForeign() || !bytes.HasPrefix(g.Data, []byte(wrapName)) {
		return
	}
	uid, ok := unwrap(g.Data)
	if !ok {
		version := g.Data[len(wrapName):]
		version = version[:min(len(version), len(wrapHeader)-len(wrapName))]
		c.Find(diag.Warning, WrapperVersion, "Data", headSize+len(wrapName), len(version), "has the version %x behind %q, must be 01000000; not taken for a wrapped UID", version, wrapName)
		return
	}
	at := headSize + len(wrapHeader)
	if len(uid) == 0 {
		c.Find(diag.Warning, WrappedUID, "Data", at, len(g.Data)-len(wrapHeader), "wraps an empty UID")
	}
	for i := 0; i < len(uid); {
		r, n := utf8.DecodeRune(uid[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			c.Find(diag.Warning, WrappedUID, "Data", at+i, 1, "wraps a UID whose byte %d, 0x%02X, is no UTF-8", i, uid[i])
			return
		case r < ' ' && r != '\t' || r == 0x7F:
			c.Find(diag.Warning, WrappedUID, "Data", at+i, 1, "wraps a UID whose byte %d is the control character 0x%02X", i, r)
			return
		}
		i += n
	}
}
