//go:build race

package reg

// underRace says that the race detector is on: package sync then forgets buffers, and nothing measured about memory is true.
const underRace = true
