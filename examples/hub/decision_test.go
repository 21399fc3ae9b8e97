package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// decision is something that the texts of the standard leave open, with the check of how
// this hub has it.
type decision struct {
	number int
	name   string
	check  func(*testing.T, *running)
}

// Each decision is held, against one hub that runs all the while. Those that end a hub
// start their own.
func TestDecisions(t *testing.T) {
	all := slices.Concat(startDecisions, registrationDecisions, authorizationDecisions, tokenDecisions, serviceDecisions, listDecisions,
		profileDecisions)
	slices.SortStableFunc(all, func(a, b decision) int { return a.number - b.number })
	for i, d := range all {
		require.Equal(t, i+1, d.number, "every decision, once")
	}
	require.Len(t, all, 67)
	r := start(t, "-store", "memory", "-tenant", "demo", "-tenant", "other")
	for _, d := range all {
		t.Run(d.name, func(t *testing.T) { d.check(t, r) })
	}
	require.Equal(t, exitWell, r.stop())
	for _, secret := range []string{adasPassword, "Bearer", "code="} {
		require.NotContains(t, r.log.String(), secret)
	}
}
