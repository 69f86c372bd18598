//go:build !race

package oof_test

const underRace = false
