package rest

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Retries says how a client waits before it sends a request again.
type Retries struct {
	Most    int           // how often a request is sent again
	MaxWait time.Duration // a provider that asks for a longer pause is not asked again
	// Jitter returns a number from 0 to 1 by which pauses are spread, so that many
	// clients do not come back at once.
	Jitter func() float64
}

// firstWait is the pause before the first retry.
const firstWait = 500 * time.Millisecond

// Wait says how long to pause behind the attempt of that number, from 1: what the
// provider asks for, else twice as long each time, spread by a random part.
func (r *Retries) Wait(attempt int, asked time.Duration) (d time.Duration, again bool) {
	switch {
	case attempt > r.Most || asked > r.MaxWait:
		return 0, false
	case asked > 0:
		return asked, true
	}
	d = min(firstWait<<min(attempt-1, 16), r.MaxWait)
	return d/2 + time.Duration(r.Jitter()*float64(d/2)), true
}

// Temporary reports whether an answer with that status may be another later.
func Temporary(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// RetryAfter reads a Retry-After header: seconds or a date. A negative or malformed
// one is none. One beyond what a Duration holds is the longest that it holds, so that
// whoever asks for ever is not taken for one who asks for nothing.
func RetryAfter(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseUint(text, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(n, math.MaxInt64/uint64(time.Second))) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// Pause waits, or returns the error of ctx.
func Pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
