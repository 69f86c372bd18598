package mapi

// Prop is one property of an item.
type Prop struct {
	Tag   PropTag
	Name  PropName // the zero PropName for a property without one
	Value Value    // nil when the value is not present or cannot be read
}

// Props are the properties of one object, in the order of the input, duplicates kept.
type Props []Prop

// Item is one object of a dump: a message, a folder, a table row, with the objects inside it.
type Item struct {
	Source      string // the file
	Path        string // where in the source: "message 3"
	Class       string // PidTagMessageClass
	Props       Props
	Recipients  []*Item
	Attachments []*Item
	Folder      string // the folder it lies in, where the dump says so
	Associated  bool   // a folder associated (FAI) message
}
