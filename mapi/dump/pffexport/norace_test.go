//go:build !race

package pffexport

const underRace = false
