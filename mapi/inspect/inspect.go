// Package inspect knows which property holds which structure: the one place where a property, or the name of a kind of
// blob, meets its decoder.
package inspect

import (
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rtf"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// Value is a decoded structure: a *tzdef.Definition, say. It writes the value form of JSON, and the bytes it was read
// from.
type Value interface {
	AppendJSON(b []byte) []byte
	AppendBinary(b []byte) ([]byte, error)
}

// Kind is one kind of blob. It is plain data; all functions may be called concurrently.
type Kind struct {
	Name  string // as the command spells it: "tzdef"
	Title string // the structure, in words
	Spec  string // its section
	// Inspect decodes as much as there is and reports every field and finding. It never fails.
	Inspect func(b []byte) (Value, *diag.Report)
	// AppendSmartView appends the text MFCMAPI shows, from a report of Inspect; nil for kinds that have no such text here.
	AppendSmartView func(b []byte, r *diag.Report) []byte

	set   guid.PropertySet // of the named properties of type PtypBinary that hold it, 0 for none
	lids  []uint32
	named []named        // those of other sets and types
	tags  []mapi.PropTag // of the properties with an id of their own that hold it, or lists of it
	// begins are the bytes by which it is known in a property that holds other structures too, "" where it holds none.
	begins string
	// byLID is what Inspect is in the properties that promise more than the kind does.
	byLID map[uint32]func(b []byte) (Value, *diag.Report)
}

// Absent is the code of a property that is there and has no bytes.
const Absent diag.Code = "inspect.absent"

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry {
	return []diag.Entry{{Code: Absent, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1",
		Means: "The property is there and has no bytes. It says as much as one that is not there."}}
}

// kinds is never written to.
var kinds = slices.Concat([]Kind{
	{
		Name: "tzdef", Title: "time zone definition with its rules by year", Spec: "[MS-OXOCAL] 2.2.1.41",
		Inspect: of(tzdef.Inspect), AppendSmartView: tzdef.AppendSmartView, set: guid.PSETID_Appointment,
		lids: []uint32{mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay, mapi.PidLidAppointmentTimeZoneDefinitionEndDisplay,
			mapi.PidLidAppointmentTimeZoneDefinitionRecur},
	},
	{
		Name: "tzstruct", Title: "time zone of a recurring series, 48 bytes", Spec: "[MS-OXOCAL] 2.2.1.39",
		Inspect: of(tzdef.InspectStruct), AppendSmartView: tzdef.AppendSmartView, set: guid.PSETID_Appointment, lids: []uint32{mapi.PidLidTimeZoneStruct},
	},
	{
		Name: "tzreg", Title: "time zone of the registry or of ActiveSync, 44, 172 or 432 bytes", Spec: "Windows SDK, timezoneapi.h",
		Inspect: of(tzdef.InspectInformation),
	},
	{
		Name: "recur", Title: "days on which a task comes again", Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Inspect: of(recur.InspectPattern), AppendSmartView: recur.AppendSmartView, set: guid.PSETID_Task, lids: []uint32{mapi.PidLidTaskRecurrence},
	},
	{
		Name: "apptrecur", Title: "days and times of a series of appointments, with its exceptions", Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Inspect: of(recur.Inspect), AppendSmartView: recur.AppendSmartView, set: guid.PSETID_Appointment, lids: []uint32{mapi.PidLidAppointmentRecur},
	},
	{
		Name: "goid", Title: "id of a meeting in all calendars", Spec: "[MS-OXOCAL] 2.2.1.27",
		Inspect: of(goid.Inspect), AppendSmartView: goid.AppendSmartView, set: guid.PSETID_Meeting,
		lids:  []uint32{mapi.PidLidGlobalObjectId, mapi.PidLidCleanGlobalObjectId},
		byLID: map[uint32]func([]byte) (Value, *diag.Report){mapi.PidLidCleanGlobalObjectId: of(goid.InspectClean)},
	},
	{
		Name: "rtf", Title: "formatted body, compressed", Spec: "[MS-OXRTFCP] 2.1.3.1.1",
		Inspect: of(rtf.Inspect), tags: []mapi.PropTag{mapi.PidTagRtfCompressed},
	},
	{
		Name: "freebusy", Title: "time of one month that is not free, one value of a list", Spec: "[MS-OXOPFFB] 2.2.1.2.2",
		Inspect: of(freebusy.Inspect), tags: []mapi.PropTag{0x68501102, 0x68521102, 0x68541102, 0x68561102},
	},
	{
		Name: "oofhistory", Title: "who has got an out-of-office reply already", Spec: "Exchange 2007 and later, as observed: property 0x3FE30102",
		Inspect: of(oof.InspectHistory), tags: []mapi.PropTag{0x3FE30102},
	},
}, idKinds, smallKinds, ruleKinds)

// Kinds returns every kind there is. The caller may change the slice.
func Kinds() []Kind { return slices.Clone(kinds) }

// of gives the Inspect of a package the type they all share here.
func of[T Value](inspect func([]byte) (T, *diag.Report)) func([]byte) (Value, *diag.Report) {
	return func(b []byte) (Value, *diag.Report) { return inspect(b) }
}

// ByName returns the kind called name.
func ByName(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// ByProp returns the kind of blob that is the value of the property, or each of its values, where it is a
// PtypMultipleBinary. An id below 0x8000 says which property it is; a local one says nothing, and the name says all. Inspect
// of the kind knows which property it is for: a date in PidLidCleanGlobalObjectId is a finding. PidTagRoamingBinary holds
// what the class of its message says, which a property does not know: there the value must be at hand, and begin as the
// kind's blobs do.
func ByProp(p mapi.Prop) (Kind, bool) {
	key, ok := keyOf(&p)
	if !ok {
		return Kind{}, false
	}
	i, ok := kindIndex[key]
	if !ok {
		return Kind{}, false
	}
	k := kinds[i]
	if v, ok := p.Value.(mapi.Binary); k.begins != "" && (!ok || !strings.HasPrefix(string(v[:min(len(v), len(k.begins))]), k.begins)) {
		return Kind{}, false
	}
	if inspect := k.byLID[p.Name.LID]; inspect != nil {
		k.Inspect = inspect
	}
	return k, true
}

// key is a property in one number, for a map that is asked for each property of a dump: a tag, or the type, the set and the
// LID of a named one.
type key uint64

const keyNamed key = 1 << 63

func namedKey(t mapi.PropType, set guid.PropertySet, lid uint32) key {
	return keyNamed | key(set)<<48 | key(t)<<32 | key(lid)
}

func keyOf(p *mapi.Prop) (key, bool) {
	if p.Name.IsZero() {
		return key(p.Tag), true
	}
	set, ok := guid.PropertySetOf(p.Name.Set)
	return namedKey(p.Tag.Type(), set, p.Name.LID), ok && p.Name.Name == ""
}

// named are properties of one set and type.
type named struct {
	set  guid.PropertySet
	of   mapi.PropType
	lids []uint32
}

// names are all named properties of a kind.
func (k *Kind) names() []named {
	if len(k.lids) == 0 {
		return k.named
	}
	return append([]named{{k.set, mapi.PtypBinary, k.lids}}, k.named...)
}

// kindIndex and undecodedIndex say where in their table the entry of a property is. They are never written to.
var (
	kindIndex      = index(kinds, func(k *Kind) *Kind { return k })
	undecodedIndex = index(undecoded, func(u *struct {
		Structure
		in Kind
	}) *Kind {
		return &u.in
	})
)

func index[T any](table []T, properties func(*T) *Kind) map[key]int {
	all := map[key]int{}
	for i := range table {
		k := properties(&table[i])
		for _, tag := range k.tags {
			all[key(tag)] = i
		}
		for _, n := range k.names() {
			for _, lid := range n.lids {
				all[namedKey(n.of, n.set, lid)] = i
			}
		}
	}
	return all
}

// Properties returns the names of the properties that hold blobs of this kind, or lists of them, as published.
func (k Kind) Properties() []string {
	var names []string
	for _, tag := range k.tags {
		if name, ok := mapi.NameOf(tag); ok {
			names = append(names, name)
		}
	}
	for _, n := range k.names() {
		for _, lid := range n.lids {
			if info, ok := mapi.NamedName(mapi.PropName{Set: n.set.GUID(), LID: lid}); ok {
				names = append(names, info.Canonical)
			}
		}
	}
	return names
}
