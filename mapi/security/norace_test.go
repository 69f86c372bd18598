//go:build !race

package security_test

const underRace = false
