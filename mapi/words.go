package mapi

import (
	"fmt"
	"strconv"
	"strings"
)

// Words returns what the numbers of a property stand for, as [MS-OXPROPS] and MAPI's headers call it: of a set of flags
// (then flags is true) a word for each that is set, of an enumeration its word, of a list what each element stands for, in
// its place. What has no word comes last, in hex: "0x400". Words are nil where none are published for the property, and
// empty for a set of flags in which none is set.
//
// A property is known by its tag below 0x8000, and above by its name. Only values of 16 and 32 bits and Booleans have
// words.
func Words(p Prop) (words []string, flags bool) {
	numbers, list := numbersOf(p.Value)
	if len(numbers) == 0 {
		return nil, false
	}
	rows, ok := flagRows(p)
	if !ok {
		return nil, false
	}
	if !list {
		return wordsOf(rows, numbers[0])
	}
	for _, n := range numbers {
		each, f := wordsOf(rows, n)
		flags = flags || f
		if len(each) == 0 {
			each = []string{"0x0"}
		}
		words = append(words, strings.Join(each, " | "))
	}
	return words, flags
}

// numbersOf returns the numbers that a value consists of, and whether it is a list.
func numbersOf(v Value) (numbers []uint32, list bool) {
	switch v := v.(type) {
	case Integer16:
		return []uint32{uint32(uint16(v))}, false
	case Integer32:
		return []uint32{uint32(v)}, false
	case Boolean:
		return []uint32{uint32(v)}, false
	case MultipleInteger16:
		for _, e := range v {
			numbers = append(numbers, uint32(uint16(e)))
		}
	case MultipleInteger32:
		for _, e := range v {
			numbers = append(numbers, uint32(e))
		}
	}
	return numbers, true
}

// flagRows returns the rows of the table of flags for a property.
func flagRows(p Prop) (string, bool) {
	if !p.Name.IsZero() {
		var room [32]byte
		key, ok := appendNamedKey(room[:0], p.Name)
		if !ok {
			return "", false
		}
		return flagRegistry().find(string(key))
	}
	t := p.Tag.Type()
	if t.Instance() {
		t &^= flagInstance // one element of what the table has as a list
	}
	return flagRegistry().find(key(TagOf(p.Tag.ID(), t)))
}

// remoteValid is DTE_FLAG_REMOTE_VALID, the flag of PidTagDisplayTypeEx that says that its second byte is a type at all
// ([MS-OXOABK] 2.2.3.12). No other property has words for that byte.
const remoteValid = 0x80000000

// wordsOf reads a number by its rows, one after the other: each takes away what it has a word for.
func wordsOf(rows string, n uint32) (words []string, flags bool) {
	words, flags = []string{}, rows[0] == 'b' || strings.Contains(rows, ";b")
	rest, unnamed := n, uint32(0)
	for row := range strings.SplitSeq(rows, ";") {
		how, word, _ := strings.Cut(row, "=")
		number, _ := strconv.ParseUint(how[1:], 16, 32) // a row has digits here
		v := uint32(number)
		if how[0] == '1' && n&remoteValid == 0 {
			continue
		}
		if taken, ok := match(how[0], v, rest); ok {
			rest -= taken
			if word != "" {
				words = append(words, word)
			} else {
				unnamed |= taken
			}
			if how[0] == 'v' {
				break // it was all there was: a row for 0 says nothing of what is left
			}
		}
	}
	if unnamed |= rest; unnamed != 0 || len(words) == 0 && !flags {
		words = append(words, fmt.Sprintf("0x%X", unnamed))
	}
	return words, flags
}

// match reports whether a row is about the rest of a number, and which part of it.
func match(how byte, v, rest uint32) (taken uint32, ok bool) {
	switch how {
	case 'b':
		return v, rest&v == v
	case 'c':
		return rest & v, rest&v != 0
	case 'h':
		return v << 16, rest>>16 == v
	case '1':
		return v << 8, rest>>8&0xFF == v
	case '0':
		return v, rest&0xFF == v
	}
	return v, rest == v
}
