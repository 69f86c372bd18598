package inspect

import (
	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// idKinds are the kinds of package entryid. It is never written to.
//
// The properties are those in which MFCMAPI sees entry ids, with two in the set that they are in: it has the ids of a
// conversation's folder and store, 0x85C6 and 0x85C7, in PSETID_Sharing. One that it has, 0xFFFC, is an id of address books
// alone, where others are local.
var idKinds = []Kind{
	{
		Name: "entryid", Title: "id of a folder, a message, a store, or somebody in an address book or in none", Spec: "[MS-OXCDATA] 2.2",
		Inspect: of(entryid.Inspect), AppendSmartView: entryid.AppendSmartView,
		tags: []mapi.PropTag{
			0x003F0102, 0x00410102, 0x00430102, 0x00450102, 0x00460102, 0x004C0102, 0x005B0102, 0x005E0102, 0x0C190102, 0x0E090102,
			0x0E0A0102, 0x0FFB0102, 0x0FFF0102, 0x10120102, 0x10981102, 0x30100102, 0x35E00102, 0x35E20102, 0x35E30102, 0x35E40102,
			0x35E50102, 0x35E60102, 0x35E70102, 0x36160102, 0x36D00102, 0x36D10102, 0x36D20102, 0x36D30102, 0x36D40102, 0x36D50102,
			0x36D60102, 0x36D70102, 0x36D81102, 0x36E41102, 0x3A120102, 0x3D051102, 0x3E010102, 0x3E060102, 0x3E0A0102, 0x3FF00102,
			0x3FF30102, 0x3FF40102, 0x3FF90102, 0x3FFB0102, 0x5FF70102, 0x66190102, 0x661B0102, 0x661E0102, 0x661F0102, 0x66200102,
			0x66201102, 0x66210102, 0x66220102, 0x66230102, 0x66240102, 0x66250102, 0x66260102, 0x66261102, 0x66270102, 0x66280102,
			0x66290102, 0x66300102, 0x66310102, 0x66360102, 0x663B0102, 0x663C0102, 0x66460102, 0x66510102, 0x66520102, 0x665E0102,
			0x66650102, 0x66700102, 0x667A0102, 0x668A0102, 0x668C0102, 0x68451102, 0x684C0102, 0x684E0102, 0x68540102, 0x68910102,
		},
		named: []named{
			{guid.PSETID_Address, mapi.PtypBinary, []uint32{0x804E, 0x8085, 0x8095, 0x80A5, 0x80B1, 0x80C1, 0x80D1}},
			{guid.PSETID_Address, mapi.PtypMultipleBinary, []uint32{0x8054, 0x8055}},
			{guid.PSETID_Appointment, mapi.PtypBinary, []uint32{0x8237}},
			{guid.PSETID_Common, mapi.PtypBinary, []uint32{0x85BD, 0x85C6, 0x85C7}},
			{guid.PSETID_Sharing, mapi.PtypBinary, []uint32{0x8A09, 0x8A15, 0x8A29, 0x8A2D, 0x8A2E, 0x8A5C}},
		},
	},
	{
		Name: "serverid", Title: "id of a folder or a message in a store that both sides know", Spec: "[MS-OXCDATA] 2.11.1.4",
		Inspect: of(entryid.InspectServerID), tags: []mapi.PropTag{0x674000FB},
	},
}

// Structure is one that is known by name only.
type Structure struct {
	Name string // as the specification spells it
	Spec string // its section, or the document that has it
}

// undecoded says which structures the properties hold that no kind reads. A kind that reads one goes before it; its line
// can be taken out then. It is never written to.
var undecoded = []struct {
	Structure
	in Kind // with nothing but properties
}{
	{Structure{"FolderUserFieldStream", "MFCMAPI"}, Kind{tags: []mapi.PropTag{0x36E30102}}},
	{Structure{"TaskAssigners", "[MS-OXOTASK]"}, Kind{set: guid.PSETID_Task, lids: []uint32{0x8117}}},
	{Structure{"RecipientRow list", "[MS-OXOCAL] 2.2.1.25"}, Kind{set: guid.PSETID_Appointment, lids: []uint32{0x825D, 0x8261}}},
}

// NotDecoded returns the structure that is the value of the property, where it is known by name only.
func NotDecoded(p mapi.Prop) (Structure, bool) {
	key, ok := keyOf(&p)
	if !ok || p.Value == nil {
		return Structure{}, false
	}
	if _, known := kindIndex[key]; known {
		return Structure{}, false
	}
	i, ok := undecodedIndex[key]
	if !ok {
		return Structure{}, false
	}
	return undecoded[i].Structure, true
}
