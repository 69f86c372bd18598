package msg

import (
	"io"
	"io/fs"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open]. The function storages shows the compound file r as the file system that
// Open wants; the package cfbfs among this repository's examples has such a function, and with it a whole Form. CodePage
// is that of Open.
func Form(codePage int, storages func(r io.Reader) (fs.FS, error)) dump.Form {
	return dump.Form{Name: "msg", Title: "Outlook messages (.msg)", Open: func(r io.Reader, source string) (dump.Reader, error) {
		fsys, err := storages(r)
		if err != nil {
			return nil, err
		}
		m, err := Open(fsys, source, codePage)
		if err != nil {
			return nil, err
		}
		return m, nil
	}}
}
