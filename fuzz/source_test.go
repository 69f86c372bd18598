package fuzz_test

import "encoding/binary"

// source makes numbers of the bytes of an input, for the targets that build something of them. Behind the end it is all
// zeros, so that every input is a whole program.
type source struct{ b []byte }

func (s *source) u8() uint8 {
	b := s.bytes(1)
	return b[0]
}

func (s *source) u16() uint16 { return binary.LittleEndian.Uint16(s.bytes(2)) }
func (s *source) u32() uint32 { return binary.LittleEndian.Uint32(s.bytes(4)) }
func (s *source) u64() uint64 { return binary.LittleEndian.Uint64(s.bytes(8)) }

// below returns a number from 0 to n-1, of one byte.
func (s *source) below(n int) int { return int(s.u8()) % n }

// one reports true for one byte of so many.
func (s *source) one(of int) bool { return s.below(of) == of-1 }

// bytes returns the next n bytes: a copy.
func (s *source) bytes(n int) []byte {
	out := make([]byte, n)
	s.b = s.b[copy(out, s.b):]
	return out
}

func (s *source) done() bool { return len(s.b) == 0 }
