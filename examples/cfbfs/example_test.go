package cfbfs_test

import (
	"fmt"
	"os"

	"github.com/mapiprop/mapiprop/examples/cfbfs"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// Every named property of a .msg file.
func Example() {
	f, err := os.Open("meeting.msg")
	if err != nil {
		return // there is none here
	}
	defer f.Close()
	fsys, err := cfbfs.Open(f)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := msg.Open(fsys, f.Name(), 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for rec, err := range r.Records() {
		switch {
		case err != nil:
			fmt.Println(rec.Item, err) // about this place; the rest is read all the same
		case !rec.Prop.Name.IsZero():
			info, _ := mapi.NamedName(rec.Prop.Name) // "" for names nobody has published
			fmt.Println(rec.Item, rec.Prop.Name, info.Canonical, rec.Prop.Value)
		}
	}
}

// Any dump there is, .msg files too.
func ExampleForm() {
	f, err := os.Open("unknown")
	if err != nil {
		return // there is none here
	}
	defer f.Close()
	r, err := dump.Open(f, f.Name(), append(all.Forms(0), cfbfs.Form(0))...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for item, err := range dump.Items(r.Records()) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(item.Path, item.Class, len(item.Props))
	}
}
