//go:build !race

package freebusy_test

const underRace = false
