package reg_test

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/dump/reg"
)

func ExampleReader_Records() {
	file := strings.NewReader(`REGEDIT4

[HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\13dbb0c8aa05101a9bb000aa002fc45a]
"00036601"=hex:80,01,00,00
"001f6622"=hex:70,00,72,00,6f,00,78,00,79,00,\
  00,00
"Service Name"="MSEMS"
`)
	for rec, err := range reg.NewReader(file, "profile.reg", 1252).Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		if name, ok := reg.NameOf(rec.Prop.Tag); ok {
			fmt.Printf("line %d: %s = %v\n", rec.Line, name, rec.Prop.Value)
		} else {
			fmt.Printf("line %d: %s\n", rec.Line, rec.Text)
		}
		for _, f := range rec.Findings {
			fmt.Println("  " + f.Msg)
		}
	}
	// Output:
	// line 4: PR_PROFILE_CONFIG_FLAGS = 384
	//   is CONFIG_OST_CACHE_PRIVATE (0x80) | CONFIG_OST_CACHE_PRIVATE (0x100); the mailbox is cached
	// line 5: PR_PROFILE_RPC_PROXY_SERVER = proxy
	// line 7: "Service Name"="MSEMS"
	//   is no property: a REG_SZ
}
