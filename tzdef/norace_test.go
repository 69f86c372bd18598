//go:build !race

package tzdef_test

const underRace = false
