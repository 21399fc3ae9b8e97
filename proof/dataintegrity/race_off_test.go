//go:build !race

package dataintegrity_test

const raceEnabled = false
