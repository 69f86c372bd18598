package rule

import "github.com/mapiprop/mapiprop/mapi"

// Restriction is a condition on a message, or a part of one ([MS-OXCDATA] 2.12). The pointers to the types of this package
// are the only ones that implement it.
type Restriction interface {
	// Type returns the number that stands before the restriction.
	Type() RestrictType
	sealed()
}

// And is met where all of its restrictions are, as it is where there are none ([MS-OXCDATA] 2.12.1).
type And struct{ Restricts []Restriction }

// Or is met where one of its restrictions is ([MS-OXCDATA] 2.12.2).
type Or struct{ Restricts []Restriction }

// Not is met where its restriction is not ([MS-OXCDATA] 2.12.3).
type Not struct{ Restriction Restriction }

// Content looks for text, or bytes, in a property ([MS-OXCDATA] 2.12.4).
type Content struct {
	FuzzyLevelLow  uint16 // FullString, Substring or Prefix, and flags
	FuzzyLevelHigh uint16 // IgnoreCase and others
	PropertyTag    mapi.PropTag
	TaggedValue    TaggedValue // of the same property; the single type where the property is a list
}

// Property compares a property with a value ([MS-OXCDATA] 2.12.5).
type Property struct {
	RelOp       RelOp
	PropTag     mapi.PropTag
	TaggedValue TaggedValue
}

// CompareProps compares a property with another ([MS-OXCDATA] 2.12.6).
type CompareProps struct {
	RelOp              RelOp
	PropTag1, PropTag2 mapi.PropTag
}

// Bitmask tests bits of a number ([MS-OXCDATA] 2.12.7).
type Bitmask struct {
	BitmapRelOp BitmapRelOp
	PropTag     mapi.PropTag
	Mask        uint32
}

// Size compares the size of a property in bytes with a number ([MS-OXCDATA] 2.12.8).
type Size struct {
	RelOp   RelOp
	PropTag mapi.PropTag
	Size    uint32
}

// Exist is met where the property is there ([MS-OXCDATA] 2.12.9).
type Exist struct{ PropTag mapi.PropTag }

// SubObject is met where its restriction is by a recipient or an attachment ([MS-OXCDATA] 2.12.10).
type SubObject struct {
	Subobject   mapi.PropTag // PidTagMessageRecipients (0x0E12000D) or PidTagMessageAttachments (0x0E13000D)
	Restriction Restriction
}

// Comment keeps properties, for the client that wrote it, beside a restriction ([MS-OXCDATA] 2.12.11).
type Comment struct {
	TaggedValues       []TaggedValue
	RestrictionPresent uint8       // 0 or 1; a restriction follows what is not 0
	Restriction        Restriction // nil where RestrictionPresent is 0
}

// Count bounds how often its restriction counts ([MS-OXCDATA] 2.12.12).
type Count struct {
	Count          uint32
	SubRestriction Restriction
}

// Annotation is laid out as Comment, and is in MAPI only ([MS-OXCDATA] 2.12.11 has the layout).
type Annotation struct {
	TaggedValues       []TaggedValue
	RestrictionPresent uint8
	Restriction        Restriction
}

// TaggedValue is a property and its value ([MS-OXCDATA] 2.11.4).
type TaggedValue struct {
	PropertyTag mapi.PropTag
	Value       mapi.Value // nil where Nested has it
	Nested      *Nested    // the value of a PtypRestriction or PtypRuleAction
}

// Nested is a rule's part that is the value of a property, in the profile of what it stands in ([MS-OXCDATA] 2.11.1).
type Nested struct {
	Restriction  Restriction   // of a PtypRestriction
	ActionBlocks []ActionBlock // of a PtypRuleAction
}

// Type returns TypeAnd.
func (r *And) Type() RestrictType { return TypeAnd }

// Type returns TypeOr.
func (r *Or) Type() RestrictType { return TypeOr }

// Type returns TypeNot.
func (r *Not) Type() RestrictType { return TypeNot }

// Type returns TypeContent.
func (r *Content) Type() RestrictType { return TypeContent }

// Type returns TypeProperty.
func (r *Property) Type() RestrictType { return TypeProperty }

// Type returns TypeCompareProps.
func (r *CompareProps) Type() RestrictType { return TypeCompareProps }

// Type returns TypeBitmask.
func (r *Bitmask) Type() RestrictType { return TypeBitmask }

// Type returns TypeSize.
func (r *Size) Type() RestrictType { return TypeSize }

// Type returns TypeExist.
func (r *Exist) Type() RestrictType { return TypeExist }

// Type returns TypeSubObject.
func (r *SubObject) Type() RestrictType { return TypeSubObject }

// Type returns TypeComment.
func (r *Comment) Type() RestrictType { return TypeComment }

// Type returns TypeCount.
func (r *Count) Type() RestrictType { return TypeCount }

// Type returns TypeAnnotation.
func (r *Annotation) Type() RestrictType { return TypeAnnotation }

func (*And) sealed()          {}
func (*Or) sealed()           {}
func (*Not) sealed()          {}
func (*Content) sealed()      {}
func (*Property) sealed()     {}
func (*CompareProps) sealed() {}
func (*Bitmask) sealed()      {}
func (*Size) sealed()         {}
func (*Exist) sealed()        {}
func (*SubObject) sealed()    {}
func (*Comment) sealed()      {}
func (*Count) sealed()        {}
func (*Annotation) sealed()   {}
