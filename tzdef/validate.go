package tzdef

import (
	"bytes"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The checks in this file are about meaning: none of them changes what is read. They run when somebody wants the
// findings, at the end of the walk over the bytes they speak of.

// maxBias is more than the bias of any zone there ever was: a day, in minutes.
const maxBias = 24 * 60

// Validate inspects d's own encoding and returns the findings: the checks, offsets and words of Inspect. A d that
// AppendBinary refuses gives one finding, NotEncodable.
func (d *Definition) Validate() []diag.Finding {
	b, err := d.AppendBinary(nil)
	if err != nil {
		return notEncodable(err)
	}
	_, r := Inspect(b)
	return slices.Collect(r.Findings())
}

func notEncodable(err error) []diag.Finding {
	r := diag.NewErrors("tzdef", catalogue)
	what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "tzdef: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Msg: msg})
	return slices.Collect(r.Findings())
}

// checkHeader checks what stands before the rules.
func (d *Definition) checkHeader(c *wire.Cursor, h header) {
	name, nameAt := h.name, h.nameAt
	if d.MajorVersion != majorVersion {
		c.Find(diag.Warning, MajorVersion, "bMajorVersion", 0, 1, "is %d, must be %d; the layout of other versions is not known, read as version 2", d.MajorVersion, majorVersion)
	}
	if d.MinorVersion != minorVersion {
		c.Find(diag.Warning, MinorVersion, "bMinorVersion", 1, 1, "is %d, must be %d", d.MinorVersion, minorVersion)
	}
	units := len(name) / 2
	// Of a header that is larger than cbHeader can say, cbHeader has the low 16 bits: the name is at fault, and found below.
	if want := d.expectedHeaderSize(units); d.HeaderSize != uint16(want) && !d.headerSizeLeads(c, h.rules) {
		c.Find(diag.Warning, HeaderSizeMismatch, "cbHeader", 2, 2, "is %d, the fields take %d; read by the fields", d.HeaderSize, want)
	}
	if d.Reserved != ValidKeyName {
		c.Find(diag.Warning, ReservedNot2, "Reserved", 4, 2, "is 0x%04X, must be 0x0002; read as flags", d.Reserved)
	}
	switch {
	case d.Reserved&ValidKeyName == 0 && d.MajorVersion != majorVersion:
		// Whatever this is, it does not say that a zone has no name.
	case d.Reserved&ValidKeyName == 0:
		c.Find(diag.Warning, EmptyKeyName, "Reserved", 4, 2, "says that there is no key name: the zone has none")
	case units == 0:
		c.Find(diag.Warning, EmptyKeyName, "cchKeyName", nameAt, 2, "is 0: the zone has no name")
	case units > maxKeyName:
		c.Find(diag.Warning, KeyNameTooLong, "cchKeyName", nameAt, 2, "is %d, must be %d at most", units, maxKeyName)
	}
	if i := wtf8.LoneSurrogate(name); i >= 0 {
		c.Find(diag.Warning, IllFormedText, "KeyName", nameAt+2+2*i, 2, "has an unpaired surrogate at unit %d", i)
	}
	if i := indexNUL(name); i >= 0 {
		c.Find(diag.Warning, NULInKeyName, "KeyName", nameAt+2, len(name), "has a NUL at unit %d, is counted and needs none", i)
	}
	switch {
	case h.rules == 0:
		c.Find(diag.Warning, NoRules, "cRules", h.rulesAt, 2, "is 0: the zone has no rules")
	case h.rules > maxRules:
		c.Find(diag.Warning, TooManyRules, "cRules", h.rulesAt, 2, "is %d, must be %d at most", h.rules, maxRules)
	}
}

// headerSizeLeads reports whether readHeaderExtra will go by cbHeader, and say so.
func (d *Definition) headerSizeLeads(c *wire.Cursor, rules int) bool {
	there := 4 + int(d.HeaderSize)
	return rules > 0 && there > c.Offset() && !isRuleStart(c.Peek(c.Offset(), 2)) && isRuleStart(c.Peek(there, 2))
}

// indexNUL returns the index in units of the first NUL of the UTF-16LE text le, or -1.
func indexNUL(le []byte) int {
	for i := 0; i+1 < len(le); i += 2 {
		if le[i] == 0 && le[i+1] == 0 {
			return i / 2
		}
	}
	return -1
}

// check checks one rule, which begins at the offset at.
func (r *TZRule) check(c *wire.Cursor, at int) {
	if r.MajorVersion != majorVersion {
		c.Find(diag.Warning, RuleMajorVersion, "bMajorVersion", at, 1, "is %d, must be %d; the layout of other versions is not known, read as version 2", r.MajorVersion, majorVersion)
	}
	if r.MinorVersion != minorVersion && r.Reserved == ruleReserved { // of a rule that is longer its size says as much
		c.Find(diag.Warning, RuleMinorVersion, "bMinorVersion", at+1, 1, "is %d, must be %d", r.MinorVersion, minorVersion)
	}
	if u := r.Flags &^ (RecurCurrentTZReg | EffectiveTZReg); u != 0 {
		c.Find(diag.Warning, RuleUnknownFlags, "flags", at+4, 2, "has the unknown flags 0x%04X", uint16(u))
	}
	if !isStart(r.X[:]) {
		c.Find(diag.Info, UnknownX, "X", at+8, len(r.X), "is neither zero nor the rest of a SYSTEMTIME")
	}
	z := zoneAt{r.Bias, r.StandardBias, r.DaylightBias, &r.StandardDate, &r.DaylightDate,
		zoneOffsets{at + 22, at + 26, at + 30, at + 34, at + 50}, &mapiNames}
	z.check(c)
}

// zoneAt is what every structure of this package has in common, and where and under which names it stands there.
type zoneAt struct {
	bias, standardBias, daylightBias int32
	standardDate, daylightDate       *SystemTime
	at                               zoneOffsets
	names                            *zoneNames
}

type zoneOffsets struct{ bias, standardBias, daylightBias, standardDate, daylightDate int }

type zoneNames struct{ bias, standardBias, daylightBias, standardDate, daylightDate string }

var (
	mapiNames    = zoneNames{"lBias", "lStandardBias", "lDaylightBias", "stStandardDate", "stDaylightDate"}
	windowsNames = zoneNames{"Bias", "StandardBias", "DaylightBias", "StandardDate", "DaylightDate"}
)

func (z *zoneAt) check(c *wire.Cursor) {
	z.checkBias(c, z.names.bias, z.bias, z.at.bias)
	z.checkBias(c, z.names.standardBias, z.standardBias, z.at.standardBias)
	z.checkBias(c, z.names.daylightBias, z.daylightBias, z.at.daylightBias)
	z.standardDate.check(c, z.names.standardDate, z.at.standardDate)
	z.daylightDate.check(c, z.names.daylightDate, z.at.daylightDate)
	if name, at := z.names.standardDate, z.at.standardDate; z.standardDate.IsZero() != z.daylightDate.IsZero() {
		if z.daylightDate.IsZero() {
			name, at = z.names.daylightDate, z.at.daylightDate
		}
		c.Find(diag.Warning, OneSidedDST, name+".wMonth", at+2, 2, "is 0, but the other date is there; read as a zone without daylight time")
	}
	// QUIRK: evolution-mapi writes today's offset into lBias and the two absolute offsets, east positive, into the
	// other biases (testdata/tzdef/absolute-bias.vec). A relative standard bias is 0 nearly everywhere.
	if z.standardBias != 0 && (z.bias == z.standardBias || z.bias == z.daylightBias) && z.daylightBias-z.standardBias == 60 {
		c.Find(diag.Warning, AbsoluteBias, z.names.standardBias, z.at.standardBias, 4,
			"is %d beside a bias of %d and a daylight bias of %d: they look absolute and east-positive; taken as relative all the same",
			z.standardBias, z.bias, z.daylightBias)
	}
}

func (z *zoneAt) checkBias(c *wire.Cursor, name string, v int32, at int) {
	if v < -maxBias || v > maxBias {
		c.Find(diag.Warning, BiasRange, name, at, 4, "is %d minutes, more than a day", v)
	}
}

// checkRules checks what can only be seen of all rules together. cRules stands at rulesAt.
func (d *Definition) checkRules(c *wire.Cursor, rulesAt int) {
	if len(d.Rules) == 0 {
		return
	}
	at := rulesAt + 2 + len(d.HeaderExtra)
	effective := 0
	for i := range d.Rules {
		r := &d.Rules[i]
		c.In("TZRules", i)
		if r.Flags&EffectiveTZReg != 0 {
			if effective++; effective == 2 {
				c.Find(diag.Warning, EffectiveRuleCount, "flags", at+4, 2, "marks a second rule as effective, exactly one must be")
			}
		}
		if i > 0 && r.Year <= d.Rules[i-1].Year {
			c.Find(diag.Warning, RulesNotAscending, "wYear", at+6, 2, "is %d after %d, the rules must be in ascending order", r.Year, d.Rules[i-1].Year)
		}
		c.Out()
		at += ruleSize + len(r.Extra)
	}
	if effective == 0 {
		c.Find(diag.Warning, EffectiveRuleCount, "cRules", rulesAt, 2, "none of %d rules is marked effective, exactly one must be", len(d.Rules))
	}
}

// checkText reports what stands behind the first NUL of a fixed-size name.
func checkText(c *wire.Cursor, name string, text []byte, at int) {
	if i := indexNUL(text); i >= 0 {
		if rest := text[2*i:]; len(bytes.Trim(rest, "\x00")) > 0 {
			c.Find(diag.Info, TextAfterNUL, name, at+2*i, len(rest), "has bytes that are not zero behind its terminator")
		}
	}
	if i := wtf8.LoneSurrogate(text[:2*nameUnits(text)]); i >= 0 {
		c.Find(diag.Warning, IllFormedText, name, at+2*i, 2, "has an unpaired surrogate at unit %d", i)
	}
}
