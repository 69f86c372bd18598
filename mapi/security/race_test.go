//go:build race

package security_test

// underRace says that the race detector is on: package sync then forgets buffers, and package fmt makes new ones, so that
// nothing measured about memory is true.
const underRace = true
