//go:build race

package fuzz_test

// slack is what the race detector costs: under it package sync forgets every other buffer, so that package fmt makes one
// each time.
const slack = 2
