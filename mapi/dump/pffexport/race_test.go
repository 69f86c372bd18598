//go:build race

package pffexport

// underRace says that the race detector is on: package sync then forgets buffers, and nothing measured about memory is true.
const underRace = true
