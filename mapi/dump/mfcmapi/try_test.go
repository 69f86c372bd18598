package mfcmapi

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	f := os.Getenv("TRY")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	n := 0
	for rec, err := range NewReader(bytes.NewReader(b), "x", 0).Records() {
		if n++; n > 12 {
			break
		}
		fmt.Printf("%d @%d %q %v %v raw=%x val=%v err=%v text=%q\n", rec.Line, rec.Offset, rec.Item, rec.Prop.Tag, rec.Prop.Name, rec.Raw, rec.Prop.Value, err, rec.Text)
		if rec.Inferred != nil {
			fmt.Printf("   inferred %x\n", rec.Inferred)
		}
		for _, f := range rec.Findings {
			fmt.Println("   ", f.Severity, f.Error())
		}
	}
}
