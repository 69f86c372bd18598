package recur

import "github.com/mapiprop/mapiprop/internal/wire"

// The two ways of decoding that UnmarshalBinary takes, each by itself.

// Fast decodes b into a the fast way. It reports false where that gives up.
func (a *AppointmentRecurrencePattern) Fast(b []byte) bool { return a.fast(b) }

// Careful decodes b into a the careful way. It reports false where there is an error.
func (a *AppointmentRecurrencePattern) Careful(b []byte) bool {
	c := wire.New(b, nil, &appointmentSpec)
	a.read(&c)
	return c.OK()
}

// Fast decodes b into p the fast way. It reports false where that gives up.
func (p *RecurrencePattern) Fast(b []byte) bool { return p.fast(b) == len(b) }

// FastEnd returns where the fast way says a pattern ends, or a number below zero where it gives up.
func (p *RecurrencePattern) FastEnd(b []byte) int { return p.fast(b) }

// Careful decodes b into p the careful way. It reports false where there is an error.
func (p *RecurrencePattern) Careful(b []byte) bool {
	c := wire.New(b, nil, &patternSpec)
	p.read(&c)
	return c.OK()
}
