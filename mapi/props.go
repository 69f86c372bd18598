package mapi

import "iter"

// Lookup returns the first property with the tag.
func (p Props) Lookup(tag PropTag) (Prop, bool) {
	for i := range p {
		if p[i].Tag == tag {
			return p[i], true
		}
	}
	return Prop{}, false
}

// LookupID returns the first property with the id, of whatever type.
func (p Props) LookupID(id PropID) (Prop, bool) {
	for i := range p {
		if p[i].Tag.ID() == id {
			return p[i], true
		}
	}
	return Prop{}, false
}

// ByName returns the first property with the name.
func (p Props) ByName(name PropName) (Prop, bool) {
	for i := range p {
		if !p[i].Name.IsZero() && p[i].Name.Equal(name) {
			return p[i], true
		}
	}
	return Prop{}, false
}

// All yields the properties with the id, of whatever type, in order.
func (p Props) All(id PropID) iter.Seq[Prop] {
	return func(yield func(Prop) bool) {
		for i := range p {
			if p[i].Tag.ID() == id && !yield(p[i]) {
				return
			}
		}
	}
}

// AllNamed yields the properties with the name, in order.
func (p Props) AllNamed(name PropName) iter.Seq[Prop] {
	return func(yield func(Prop) bool) {
		for i := range p {
			if !p[i].Name.IsZero() && p[i].Name.Equal(name) && !yield(p[i]) {
				return
			}
		}
	}
}
