//go:build !race

package fuzz_test

// slack is how many times its share a decoder may take.
const slack = 1
