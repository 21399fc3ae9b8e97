package vc_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

func day(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

func TestIntervalAnd(t *testing.T) {
	days := []time.Time{{}, day(3), day(5), day(7)}
	for _, a := range days {
		for _, b := range days {
			for _, c := range days {
				for _, d := range days {
					x, y := vc.Interval{From: a, Until: b}, vc.Interval{From: c, Until: d}
					both := x.And(y)
					require.Equal(t, both, y.And(x))
					for n := 1; n < 9; n++ {
						holds := func(i vc.Interval) bool { return i.Begun(day(n), 0) && !i.Ended(day(n), 0) }
						require.Equal(t, holds(x) && holds(y), holds(both), "%v and %v on day %d", x, y, n)
					}
				}
			}
		}
	}
}

func TestIntervalSkew(t *testing.T) {
	i := vc.Interval{From: day(3), Until: day(5)}
	require.False(t, i.Begun(day(2), 0))
	require.True(t, i.Begun(day(2), 24*time.Hour))
	require.True(t, i.Ended(day(5), 0))
	require.False(t, i.Ended(day(5), time.Second))
	require.True(t, i.Ended(day(6), 24*time.Hour))
}

func TestUntilTheFirstInstant(t *testing.T) {
	require.True(t, vc.Until(time.Time{}).Ended(day(1), 0))
	require.Equal(t, vc.Interval{Until: day(5)}, vc.Until(day(5)))
}
