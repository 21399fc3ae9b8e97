package status_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// believeFor stands for a verifier whose verification holds in an interval.
func believeFor(valid vc.Interval) func(context.Context, []byte) (status.VerifiedList, error) {
	return func(ctx context.Context, list []byte) (status.VerifiedList, error) {
		verified, err := believe(ctx, list)
		verified.Valid = valid
		return verified, err
	}
}

// Property: a list is relied on exactly while its dates and its verification both
// hold, whether it comes from its host or from a cache.
func TestIntervalsOfAList(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 1))
	at := func() time.Time { // often none, else within some hours
		if r.IntN(2) == 0 {
			return time.Time{}
		}
		return testkit.Now.Add(time.Duration(r.IntN(13)-6) * time.Hour)
	}
	outcomes := map[string]int{}
	for range 400 {
		dates, valid := vc.Interval{From: at(), Until: at()}, vc.Interval{From: at(), Until: at()}
		changes := object{"validFrom": nil}
		if !dates.From.IsZero() {
			changes["validFrom"] = dates.From.Format(time.RFC3339)
		}
		if !dates.Until.IsZero() {
			changes["validUntil"] = dates.Until.Format(time.RFC3339)
		}
		h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), changes, object{"ttl": 8 * 3600_000})))
		c := config(h)
		c.VerifyList, c.Cache, c.Skew = believeFor(valid), status.NewMemoryCache(0), -1
		for range 8 {
			c.At = testkit.Now.Add(time.Duration(r.IntN(15)-7) * time.Hour)
			begun := !c.At.Before(dates.From) && !c.At.Before(valid.From)
			ended := !dates.Until.IsZero() && !c.At.Before(dates.Until) || !valid.Until.IsZero() && !c.At.Before(valid.Until)
			before := h.asked.Load()
			e := check(t, c, entry("6", nil))
			switch {
			case !begun:
				wantProblem(t, e, status.CodeListNotYetValid, vc.TypeStatusVerification)
			case ended:
				wantProblem(t, e, status.CodeListExpired, vc.TypeStatusVerification)
			default:
				require.Equal(t, status.StateClear, e.State, describe(e))
			}
			outcomes[fmt.Sprintf("begun %t, ended %t, cached %t", begun, ended, h.asked.Load() == before)]++
		}
	}
	for _, begun := range []bool{true, false} {
		for _, ended := range []bool{true, false} {
			require.Greater(t, outcomes[fmt.Sprintf("begun %t, ended %t, cached false", begun, ended)], 30, outcomes)
		}
	}
	require.Greater(t, outcomes["begun true, ended false, cached true"], 30, outcomes)
}

// The end of a verification ends the use of a cached list, whatever its ttl.
func TestCachedListEndsWithItsVerification(t *testing.T) {
	for name, c := range map[string]struct {
		until time.Duration
		dates object
		want  time.Duration
	}{
		"verification first": {10 * time.Minute, object{"validUntil": "2026-01-01T00:20:00Z"}, 10 * time.Minute},
		"dates first":        {20 * time.Minute, object{"validUntil": "2026-01-01T00:10:00Z"}, 10 * time.Minute},
		"ttl first":          {2 * time.Hour, nil, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), c.dates, object{"ttl": 3600_000})))
			conf := config(h)
			memory := status.NewMemoryCache(0)
			conf.Cache, conf.VerifyList = memory, believeFor(vc.Interval{Until: testkit.Now.Add(c.until)})
			require.Equal(t, status.StateClear, check(t, conf, entry("6", nil)).State)
			s, ok := memory.Get(listURL)
			require.True(t, ok)
			require.Equal(t, testkit.Now.Add(c.want), s.Expires())
			conf.At = s.Expires()
			check(t, conf, entry("6", nil))
			require.EqualValues(t, 2, h.asked.Load())
		})
	}
}
