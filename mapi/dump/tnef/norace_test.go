//go:build !race

package tnef_test

const underRace = false
