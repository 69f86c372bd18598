package entryid

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry, with an example, in Codes.
const (
	// Truncated says that the id ends before its fields do. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "entryid.truncated"
	// UnterminatedString says that a text has no terminator before the id ends. It is an io.ErrUnexpectedEOF.
	UnterminatedString diag.Code = "entryid.unterminated-string"
	// TrailingData says that bytes follow the id. They are kept in Trailing.
	TrailingData diag.Code = "entryid.trailing-data"
	// TooDeep says that more ids are in each other than are decoded. The innermost is kept as an Unknown.
	TooDeep diag.Code = "entryid.too-deep"
	// UnknownProvider says that the form of an id is not known. What follows the UID is kept.
	UnknownProvider diag.Code = "entryid.unknown-provider"
	// FlagsNotZero says that the flags are not those of an id that lasts.
	FlagsNotZero diag.Code = "entryid.flags-not-zero"
	// ProviderMismatch says that an object of a public store has the UID of a mailbox, or the other way round.
	ProviderMismatch diag.Code = "entryid.provider-mismatch"
	// PadNotZero says that padding is not zero.
	PadNotZero diag.Code = "entryid.pad-not-zero"
	// AddressBookVersion says that an id of the address book has another version than 1.
	AddressBookVersion diag.Code = "entryid.address-book-version"
	// DisplayTypeUnknown says that the type of an id of the address book is none that is published.
	DisplayTypeUnknown diag.Code = "entryid.display-type-unknown"
	// DNSyntax says that a text is no legacyExchangeDN.
	DNSyntax diag.Code = "entryid.dn-syntax"
	// OneOffVersion says that a one-off id has another version than 0.
	OneOffVersion diag.Code = "entryid.one-off-version"
	// ContactVersion says that an id of the Contacts address book has another version than 3.
	ContactVersion diag.Code = "entryid.contact-version"
	// ContactTypeUnknown says that the type of an id of the Contacts address book is none that is known.
	ContactTypeUnknown diag.Code = "entryid.contact-type-unknown"
	// EntryIDCount says that the size of an id inside another is 0, or more than there is.
	EntryIDCount diag.Code = "entryid.entry-id-count"
	// EmbeddedMissing says that an id that has another in it ends where that should be.
	EmbeddedMissing diag.Code = "entryid.embedded-missing"
	// StoreVersion says that the id of a store, or a block of it, has another version than it must have.
	StoreVersion diag.Code = "entryid.store-version"
	// StoreFlag says that the id of a store names no library.
	StoreFlag diag.Code = "entryid.store-flag"
	// StoreTypeUnusual says that a store of Exchange is neither opened as a mailbox nor as public folders.
	StoreTypeUnusual diag.Code = "entryid.store-type-unusual"
	// StoreSize says that a block of the id of a store has another size than it says.
	StoreSize diag.Code = "entryid.store-size"
	// StoreOffset says that a text in the id of a store is not where its offset says.
	StoreOffset diag.Code = "entryid.store-offset"
	// ServerIDSize says that a ServerID of this store has another length than 21 bytes.
	ServerIDSize diag.Code = "entryid.server-id-size"
	// ServerIDOurs says that Ours of a ServerID is neither 0 nor 1.
	ServerIDOurs diag.Code = "entryid.server-id-ours"
	// IMCEAEXPrefix says that an address is no IMCEAEX address.
	IMCEAEXPrefix diag.Code = "entryid.imceaex-prefix"
	// IMCEAEXEscape says that a "+" in an IMCEAEX address is followed by no two hexadecimal digits.
	IMCEAEXEscape diag.Code = "entryid.imceaex-escape"
	// IMCEAEXPlain says that a character in an IMCEAEX address stands for itself, which it must not.
	IMCEAEXPlain diag.Code = "entryid.imceaex-plain"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "entryid.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
