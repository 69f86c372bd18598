package rtf

const (
	hashBits = 13
	shortest = 3  // bytes of the shortest reference that saves anything
	attempts = 48 // how many earlier places are compared for one reference, at most
)

// compressor finds what stood in the dictionary before. Places are those in text, which begins with the preset dictionary,
// so that the place modulo the window is that in the ring.
type compressor struct {
	text []byte
	last [1 << hashBits]int // by hash of three bytes, one more than the last place where they stand
	prev [window]int        // by place in the ring, one more than the place before with the same hash
}

// compress returns rtf as CONTENTS of LZFu, with the end marker.
func compress(rtf []byte) []byte {
	z := &compressor{text: append(append(make([]byte, 0, len(preset)+len(rtf)), preset...), rtf...)}
	for i := range preset {
		z.enter(i)
	}
	out := make([]byte, 0, len(rtf)/2+groupIn)
	control, bit := 0, 8
	token := func(reference bool) {
		if bit == 8 {
			control, bit = len(out), 0
			out = append(out, 0)
		}
		if reference {
			out[control] |= 1 << bit
		}
		bit++
	}
	for i := len(preset); i < len(z.text); {
		from, n := z.find(i)
		if n < shortest {
			token(false)
			out = append(out, z.text[i])
			n = 1
		} else {
			token(true)
			v := from%window<<4 | (n - 2)
			out = append(out, byte(v>>8), byte(v))
		}
		for range n {
			z.enter(i)
			i++
		}
	}
	token(true)
	end := len(z.text) % window << 4 // a reference to the place that is to be written next
	return append(out, byte(end>>8), byte(end))
}

func (z *compressor) hash(i int) uint32 {
	v := uint32(z.text[i]) | uint32(z.text[i+1])<<8 | uint32(z.text[i+2])<<16
	return v * 0x9E3779B1 >> (32 - hashBits)
}

// enter makes the place i one that find finds.
func (z *compressor) enter(i int) {
	if i+shortest > len(z.text) {
		return
	}
	h := z.hash(i)
	z.prev[i%window], z.last[h] = z.last[h], i+1
}

// find returns the nearest of the longest runs that stand before i, and how much of what stands at i they have.
func (z *compressor) find(i int) (from, n int) {
	if i+shortest > len(z.text) {
		return 0, 0
	}
	most := min(longest, len(z.text)-i)
	at := z.last[z.hash(i)] - 1
	for range attempts {
		if at < 0 || i-at >= window || n == most {
			break
		}
		same := 0
		for same < most && z.text[at+same] == z.text[i+same] {
			same++
		}
		if same > n {
			from, n = at, same
		}
		next := z.prev[at%window] - 1
		if next >= at { // the place was taken by a later one
			break
		}
		at = next
	}
	return from, n
}
