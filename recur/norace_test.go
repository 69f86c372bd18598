//go:build !race

package recur_test

const underRace = false
