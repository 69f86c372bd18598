//go:build !race

package rtf_test

const underRace = false
