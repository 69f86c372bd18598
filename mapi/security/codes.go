package security

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry in Codes. Of what many entries of a list
// have in common there is one finding, about the first of them, which says how many more there are.
const (
	// Truncated says that the value ends before its fields do. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "security.truncated"
	// TrailingData says that bytes follow the value. They are kept in Trailing.
	TrailingData diag.Code = "security.trailing-data"
	// SIDRevision says that a SID is of another revision than 1.
	SIDRevision diag.Code = "security.sid-revision"
	// SubAuthorityCount says that a SID has more than 15 sub-authorities.
	SubAuthorityCount diag.Code = "security.sub-authority-count"
	// DescriptorHeader says that the header before a descriptor has another size or version than all have.
	DescriptorHeader diag.Code = "security.descriptor-header"
	// DescriptorRevision says that a descriptor is of another revision than 1.
	DescriptorRevision diag.Code = "security.descriptor-revision"
	// DescriptorControl says that a descriptor does not say of itself that its parts are in the same blob.
	DescriptorControl diag.Code = "security.descriptor-control"
	// NoDacl says that a descriptor has no list of who may do what, so that everybody may do everything.
	NoDacl diag.Code = "security.no-dacl"
	// PartOverlap says that a part of a descriptor begins where something else is. It is not read.
	PartOverlap diag.Code = "security.part-overlap"
	// PartOverrun says that a part of a descriptor begins behind its end. It is an io.ErrUnexpectedEOF.
	PartOverrun diag.Code = "security.part-overrun"
	// AclSize says that the size of a list is less than that of its header.
	AclSize diag.Code = "security.acl-size"
	// AceOverrun says that an entry is longer than its list, or shorter than any. It is an io.ErrUnexpectedEOF.
	AceOverrun diag.Code = "security.ace-overrun"
	// AceBody says that an entry is too short for what its type has. Its bytes are kept in Data.
	AceBody diag.Code = "security.ace-body"
	// AceUnknown says that the layout of an entry is not known here. Its bytes are kept in Data.
	AceUnknown diag.Code = "security.ace-unknown"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "security.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
