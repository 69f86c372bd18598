package main

import (
	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/tzdef"
)

// itemZone is what one item of a dump says about the zone of its series.
type itemZone struct {
	recurring, start *tzdef.Definition
	old              *tzdef.TZStruct
}

// zoneProperty returns what a record says about the zone of its item, nil if nothing.
func zoneProperty(rec *dump.Record) *itemZone {
	if rec.Prop.Name.Set != guid.PSETID_Appointment.GUID() || rec.Prop.Name.Name != "" || len(rec.Raw) == 0 {
		return nil
	}
	z := new(itemZone)
	var err error
	switch rec.Prop.Name.LID {
	case mapi.PidLidAppointmentTimeZoneDefinitionRecur:
		z.recurring, err = tzdef.Decode(rec.Raw)
	case mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay:
		z.start, err = tzdef.Decode(rec.Raw)
	case mapi.PidLidTimeZoneStruct:
		z.old, err = tzdef.DecodeStruct(rec.Raw)
	default:
		return nil
	}
	if err != nil {
		return nil // inspect says what is wrong with it
	}
	return z
}

// add takes what another property of the item says.
func (z *itemZone) add(more *itemZone) {
	if more.recurring != nil {
		z.recurring = more.recurring
	}
	if more.start != nil {
		z.start = more.start
	}
	if more.old != nil {
		z.old = more.old
	}
}

// zone returns the zone of the item's series, nil if the item does not say. The definition counts where its effective
// rule is that of PidLidTimeZoneStruct; otherwise some program knew only the latter and changed it ([MS-OXOCAL]
// 2.2.1.41).
func (z *itemZone) zone() zone {
	var definition *tzdef.Definition
	switch {
	case z.recurring != nil && (z.old == nil || agree(z.recurring, z.old)):
		definition = z.recurring
	case z.old != nil:
		rule := z.old.Rule()
		if sensible([]tzdef.TZRule{rule}) != nil {
			return nil
		}
		return zoneOfRule(rule)
	case z.start != nil:
		definition = z.start
	}
	if definition == nil || sensible(definition.Rules) != nil {
		return nil
	}
	return zoneOfDefinition(definition)
}

// agree reports whether the effective rule of a definition is the old one.
func agree(d *tzdef.Definition, old *tzdef.TZStruct) bool {
	r, ok := d.Effective()
	return ok && r.Bias == old.Bias && r.StandardBias == old.StandardBias && r.DaylightBias == old.DaylightBias &&
		r.StandardDate == old.StandardDate && r.DaylightDate == old.DaylightDate
}

// holder keeps the series of an item until all its properties were seen: its zone may stand behind it.
type holder struct {
	item itemName
	zone itemZone
	held []*expansion
}

// take passes on what became of a record, without the series that are to wait.
func (h *holder) take(s *session, p *printed) {
	if p.item != h.item && p.record {
		h.flush(s)
		h.item, h.zone = p.item, itemZone{}
	}
	if p.zone != nil {
		h.zone.add(p.zone)
	}
	if p.series != nil && p.series.in.rec.Item != "" {
		h.held = append(h.held, p.series)
		p.series = nil
	}
}

// flush prints the series that are waiting.
func (h *holder) flush(s *session) {
	zone := h.zone.zone()
	for _, w := range h.held {
		if zone != nil && w.x.itemZones {
			w.clocks.series, w.known = zone, true
		}
		w.print(s)
	}
	h.held = nil
}
