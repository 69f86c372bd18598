package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/oof"
)

// historyShown is how many of those who got a reply are shown.
const historyShown = 20

// historyLines says who has got an out-of-office reply already.
func historyLines(h *oof.History, read func(path string) bool) []string {
	var lines []string
	switch {
	case !read("oofOn"):
		return []string{"not read"}
	case h.OofOn == 0:
		lines = append(lines, "state     off")
	case h.OofOn == 1:
		lines = append(lines, "state     on")
	default:
		lines = append(lines, fmt.Sprintf("state     %d", h.OofOn))
	}
	lines = append(lines, "replies   "+strconv.Itoa(len(h.Counts)))
	n := 0
	for entry := range h.Entries() {
		if n++; n > historyShown {
			lines = append(lines, fmt.Sprintf("          and %d more", len(h.Counts)-historyShown))
			break
		}
		var words []string
		for _, p := range entry {
			switch p.ID {
			case oof.PropSender:
				words = append(words, "to "+safe(string(p.Value)))
			case oof.PropRule:
				words = append(words, fmt.Sprintf("by rule %x", p.Value))
			default:
				words = append(words, fmt.Sprintf("property %d: %x", p.ID, p.Value))
			}
		}
		lines = append(lines, "          "+strings.Join(words, ", "))
	}
	return lines
}
