// Quickstart reads a time zone definition, given in hexadecimal, and says what is wrong with it and what its clocks show.
package main

import (
	"encoding/hex"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/mapiprop/mapiprop/tzdef"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: quickstart HEX")
	}
	blob, err := hex.DecodeString(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	zone, report := tzdef.Inspect(blob) // never fails: what can be read is in zone, what is wrong in report
	for finding := range report.Findings() {
		fmt.Printf("%v: %v\n", finding.Severity, finding)
	}
	noon := time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)
	if offset, ok := zone.At(noon); ok {
		fmt.Printf("%q is at UTC%+d minutes on %s\n", zone.Name(), offset.Minutes, noon.Format(time.DateOnly))
	}
}
