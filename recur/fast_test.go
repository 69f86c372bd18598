package recur_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/recur"
)

// twoWays is what can be decoded the fast way, which gives up at anything unusual, and the careful way.
type twoWays[T any] interface {
	*T
	Fast(b []byte) bool
	Careful(b []byte) bool
	UnmarshalBinary(b []byte) error
}

// went counts which way blobs were decoded.
type went struct{ fast, careful, nowhere int }

// compare holds the ways to each other: what the fast way takes, the careful one takes too, and makes the same of it to
// the last unexported field. used is a value that other blobs were decoded into.
func compare[T any, P twoWays[T]](t *testing.T, b []byte, used P, n *went) {
	t.Helper()
	fast, careful := P(new(T)), P(new(T))
	if end := new(recur.RecurrencePattern).FastEnd(b); end >= 0 && end < 50 || end > len(b) {
		t.Fatalf("%x: the fast way says that the pattern ends at %d", b, end)
	}
	ok := careful.Careful(b)
	switch err := used.UnmarshalBinary(b); {
	case (err == nil) != ok:
		t.Fatalf("%x: UnmarshalBinary says %v, the careful way %v", b, err, ok)
	case fast.Fast(b):
		n.fast++
		if !ok {
			t.Fatalf("%x: the fast way takes what is an error", b)
		}
		if !reflect.DeepEqual(fast, careful) {
			t.Fatalf("%x: the fast way makes\n%+v, the careful way\n%+v", b, fast, careful)
		}
	case ok:
		n.careful++
	default:
		n.nowhere++
		return
	}
	if !bytes.Equal(mustMarshal(t, any(used).(binary)), b) {
		t.Fatalf("%x: a used value holds %+v", b, used)
	}
}

// vectorBlobs returns those of the vectors, of both structures.
func vectorBlobs(t *testing.T) (all [][]byte) {
	for _, folder := range []string{"testdata/recur", "testdata/apptrecur"} {
		for _, vec := range golden.Load(t, folder) {
			all = append(all, vec.Blob(t))
		}
	}
	return all
}

// sharedBlobs returns the real blobs that lie beside the module, and the vectors there.
func sharedBlobs(t *testing.T) (all [][]byte) {
	lines := bufio.NewScanner(bytes.NewReader(golden.Shared(t, "corpus/blobs.jsonl")))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v struct{ Hex string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		all = append(all, golden.Unhex(t, v.Hex))
	}
	require.NoError(t, lines.Err())
	for _, v := range calendarVectors(t) {
		all = append(all, golden.Unhex(t, v.Hex))
	}
	for _, v := range peerVectors(t) {
		all = append(all, golden.Unhex(t, v.Hex))
	}
	return all
}

// mutations returns what becomes of b when one of its bytes is another, or is gone, or there is one more.
func mutations(r *rand.Rand, b []byte, times int) (all [][]byte) {
	for range min(times, times*len(b)) {
		i := r.IntN(len(b))
		m := bytes.Clone(b)
		switch r.IntN(8) {
		case 0:
			m = m[:i]
		case 1:
			m = slices.Delete(m, i, i+1)
		case 2:
			m = slices.Insert(m, i, byte(r.Uint32()))
		case 3:
			m[i] = byte(r.Uint32())
		case 4:
			m[i] = 0
		case 5:
			m[i]++
		case 6:
			m[i]--
		case 7:
			m[i] ^= 1 << r.IntN(8)
		}
		all = append(all, m)
	}
	return all
}

// TestFastIsCareful decodes random blobs and broken ones both ways. Enough of them must take each.
func TestFastIsCareful(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var a recur.AppointmentRecurrencePattern
	var p recur.RecurrencePattern
	var appointments, patterns went
	all := vectorBlobs(t)
	for i := range 3000 {
		v := anyAppointment(r, i%4 > 0)
		b := mustMarshal(t, v)
		all = append(all, b, mustMarshal(t, &v.RecurrencePattern))
		if i%4 > 0 {
			fresh := new(recur.AppointmentRecurrencePattern)
			require.True(t, fresh.Fast(b), "%x is as usual as can be", b)
			b = mustMarshal(t, &v.RecurrencePattern)
			require.True(t, new(recur.RecurrencePattern).Fast(b), "%x is as usual as can be", b)
		}
	}
	for _, b := range all {
		compare(t, b, &a, &appointments)
		compare(t, b, &p, &patterns)
		for _, m := range mutations(r, b, 10) {
			compare(t, m, &a, &appointments)
			compare(t, m, &p, &patterns)
		}
	}
	t.Logf("series %+v, patterns %+v", appointments, patterns)
	for _, n := range []int{appointments.fast, appointments.careful, appointments.nowhere, patterns.fast, patterns.careful, patterns.nowhere} {
		require.Greater(t, n, 2000)
	}
}

// TestFastIsCarefulOnShared does the same with blobs that are not part of the module.
func TestFastIsCarefulOnShared(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var a recur.AppointmentRecurrencePattern
	var n went
	for _, b := range sharedBlobs(t) {
		compare(t, b, &a, &n)
		for _, m := range mutations(r, b, 100) {
			compare(t, m, &a, &n)
		}
	}
	t.Logf("%+v", n)
	require.Greater(t, min(n.fast, n.careful, n.nowhere), 100)
}

// TestFastEveryByte gives every byte of a few blobs every value, and cuts them after every byte.
func TestFastEveryByte(t *testing.T) {
	var used recur.AppointmentRecurrencePattern
	var n went
	plain := mustMarshal(t, &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: manyExceptions(3, recur.Exception{}),
		RecurrencePattern: recur.RecurrencePattern{PatternType: recur.MonthNth, DeletedInstanceDates: manyDates(5), ModifiedInstanceDates: manyDates(3)}})
	every := mustMarshal(t, &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: manyExceptions(2, recur.Exception{OverrideFlags: 0x3FF,
		Details: &recur.Details{Subject: []byte("a"), Location: []byte("b"), WideCharSubject: recur.NewWideText("a"), WideCharLocation: recur.NewWideText("b")}})})
	blobs := [][]byte{own(t), plain, every}
	if underRace {
		blobs = blobs[1:2]
	}
	for _, b := range blobs {
		m := bytes.Clone(b)
		for i := range m {
			for v := range 256 {
				m[i] = byte(v)
				compare(t, m, &used, &n)
			}
			m[i] = b[i]
			compare(t, m[:i:i], &used, &n)
		}
	}
	t.Logf("%+v", n)
	require.Greater(t, min(n.fast, n.careful, n.nowhere), 50)
}

// TestLawsOnMutations holds broken blobs to the laws: above all, Decode and Inspect must agree, by whichever way Decode
// went.
func TestLawsOnMutations(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for i := range 150 {
		v := anyAppointment(r, i%2 == 0)
		for _, b := range append(mutations(r, mustMarshal(t, v), 3), mustMarshal(t, v)) {
			appointmentLaws.Check(t, b)
			patternLaws.Check(t, b)
		}
	}
}

// TestFastGrows decodes ever more exceptions with overrides into one value: that there is too little room for them is no
// reason to give up.
func TestFastGrows(t *testing.T) {
	var v recur.AppointmentRecurrencePattern
	for _, n := range []int{1, 5, 2, 9, 100} {
		a := recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009}
		for range n {
			a.Exceptions = append(a.Exceptions, recur.Exception{OverrideFlags: recur.OverrideMeetingType, Details: &recur.Details{MeetingType: 1}})
		}
		b, err := a.MarshalBinary()
		require.NoError(t, err)
		require.True(t, v.Fast(b), n)
		require.Equal(t, a.Exceptions, v.Exceptions)
	}
}
