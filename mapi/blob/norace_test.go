//go:build !race

package blob_test

const underRace = false
