//go:build !race

package ews_test

const underRace = false
