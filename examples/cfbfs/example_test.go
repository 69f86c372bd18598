package cfbfs_test

import (
	"fmt"
	"os"

	"github.com/mapiprop/mapiprop/examples/cfbfs"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// The properties of a .msg file.
func Example() {
	f, err := os.Open("meeting.msg")
	if err != nil {
		return // there is none here
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		fmt.Println(err)
		return
	}
	fsys, err := cfbfs.New(f, info.Size())
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
		fmt.Println(rec.Item, rec.Prop.Tag, rec.Prop.Value, err)
	}
}
