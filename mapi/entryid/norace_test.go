//go:build !race

package entryid_test

const underRace = false
