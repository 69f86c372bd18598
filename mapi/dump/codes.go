package dump

import "github.com/mapiprop/mapiprop/mapi/diag"

const (
	// Copy says that a record stands in a list of some properties of its object, beside a list of all of them. Items
	// takes the one in the full list where there are both.
	Copy diag.Code = "dump.copy"
)

// Codes returns the catalogue of the codes of this package. Examples of the kind "mfcmapi" are the text of an export.
func Codes() []diag.Entry { return append([]diag.Entry(nil), catalogue[:]...) }

var catalogue = [...]diag.Entry{
	{Code: Copy, Severity: diag.Info, Means: "the property stands in a list of a few, beside a list of all of them, and is there twice",
		Spec: "MFCMAPI XML export", Kind: "mfcmapi",
		Example: "<properties listtype=\"summary\"><property tag = \"0x3001001F\" type = \"PT_UNICODE\" ></property></properties>"},
}
