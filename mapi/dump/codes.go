package dump

import "github.com/mapiprop/mapiprop/mapi/diag"

const (
	// Copy says that a record stands in a list of some properties of its object, beside a list of all of them. Items
	// takes the one in the full list where there are both.
	Copy diag.Code = "dump.copy"

	// UnknownForm is what Open returns for a file of which none of the forms it was given can make anything.
	UnknownForm diag.Code = "dump.unknown-form"
)

// Codes returns the catalogue of the codes of this package. Examples of the kind "mfcmapi" are the text of an export,
// those of the kind "raw" a whole file.
func Codes() []diag.Entry { return append([]diag.Entry(nil), catalogue[:]...) }

var catalogue = [...]diag.Entry{
	{Code: Copy, Severity: diag.Info, Means: "the property stands in a list of a few, beside a list of all of them, and is there twice",
		Spec: "MFCMAPI XML export", Kind: "mfcmapi",
		Example: "<properties listtype=\"summary\"><property tag = \"0x3001001F\" type = \"PT_UNICODE\" ></property></properties>"},
	{Code: UnknownForm, Severity: diag.Error, Means: "the file is in none of the forms that are to be read",
		Spec: "mapi/dump", Kind: "raw", Example: "PK\x03\x04"},
}
