package entryid_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/mapiprop/mapiprop/mapi/entryid"
)

func fromHex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func ExampleDecode() {
	b := fromHex("000000005C9E07A1D24B6F4389B1E0C7325FA846" + "0100" + "E3B81F6A904CD54EA27F18C05D93B62B" + "000000000122" + "0000")
	id, err := entryid.Decode(b)
	if err != nil {
		fmt.Println(err)
		return
	}
	switch f := id.Form.(type) {
	case *entryid.Folder:
		fmt.Println("folder", f.GlobalCounter, "of replica", f.DatabaseGUID)
		fmt.Println("in the mailbox", id.ProviderUID)
	case *entryid.OneOff:
		fmt.Println(f.Text(1252))
	}

	_, err = entryid.Decode(b[:10])
	fmt.Println(err)
	fmt.Println(errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// folder 0x000000000122 of replica {6A1FB8E3-4C90-4ED5-A27F-18C05D93B62B}
	// in the mailbox {A1079E5C-4BD2-436F-89B1-E0C7325FA846}
	// entryid: ProviderUID at 0x0004: needs 16 bytes, 6 left (entryid.truncated)
	// true
}

// An address of a bounced message, and the name that it stands for.
func ExampleParseIMCEAEX() {
	dn, domain, found := entryid.ParseIMCEAEX("IMCEAEX-_o=Org_ou=First+20Administrative+20Group_cn=Recipients_cn=user@example.com")
	fmt.Println(dn, domain, len(found))
	parts, err := entryid.ParseDN(dn)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(parts[len(parts)-1].Value)
	// Output:
	// /o=Org/ou=First Administrative Group/cn=Recipients/cn=user example.com 0
	// user
}

func ExampleDecodeServerID() {
	s, err := entryid.DecodeServerID(fromHex("010100000000000122" + "0000000000000000" + "00000000"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.FolderID, s.MessageID.IsZero())
	// Output: 1-122 true
}
