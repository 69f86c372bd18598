//go:build !race

package reg

const underRace = false
