//go:build !race

package goid_test

const underRace = false
