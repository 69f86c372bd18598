package rtf_test

import "github.com/mapiprop/mapiprop/oof/rtf"

// dictionary is what the ring holds at first.
var dictionary = []byte("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")

// simple decompresses as the specification says it: a ring of 4096 bytes, one byte after the other. The decompressor of the
// package, which has no ring, is held to it.
func simple(v *rtf.Compressed) []byte {
	in := v.Contents
	if v.CompType == rtf.MELA {
		return in[:min(uint64(len(in)), uint64(v.RawSize))]
	}
	if v.CompType != rtf.LZFu {
		return nil
	}
	var ring [4096]byte
	w := copy(ring[:], dictionary)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		ring[w] = c
		w = (w + 1) % len(ring)
	}
	for len(in) > 0 {
		control := in[0]
		in = in[1:]
		for bit := range 8 {
			switch {
			case len(in) == 0:
			case control&(1<<bit) == 0:
				put(in[0])
				in = in[1:]
			case len(in) == 1:
				return out
			default:
				at, n := int(in[0])<<4|int(in[1])>>4, int(in[1]&15)+2
				in = in[2:]
				if at == w {
					return out
				}
				for range n {
					put(ring[at])
					at = (at + 1) % len(ring)
				}
			}
		}
	}
	return out
}

// unwritten counts the references of v to bytes that hold nothing yet, and returns where the first is.
func unwritten(v *rtf.Compressed) (count, first int) {
	in, total := v.Contents, len(dictionary)
	for p := 0; p < len(in); {
		control := in[p]
		p++
		for bit := 0; bit < 8 && p < len(in); bit++ {
			if control&(1<<bit) == 0 {
				p, total = p+1, total+1
				continue
			}
			if p+1 == len(in) {
				return count, first
			}
			at := int(in[p])<<4 | int(in[p+1])>>4
			if at == total%4096 {
				return count, first
			}
			if total < 4096 && at > total {
				if count == 0 {
					first = p
				}
				count++
			}
			p, total = p+2, total+int(in[p+1]&15)+2
		}
	}
	return count, first
}
