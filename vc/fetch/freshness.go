package fetch

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// expires is until when an answer may be used again, as a private cache decides
// it (RFC 9111, 4.2), within the bounds of the Config; zero for not at all.
func expires(h http.Header, now time.Time, c *Config) time.Time {
	lifetime := min(lifetime(h, now, c.DefaultTTL), c.MaxTTL)
	if lifetime <= 0 {
		return time.Time{}
	}
	return now.Add(lifetime)
}

// lifetime is what the server says of the answer's freshness, silent where it says
// nothing. Of several lifetimes the least counts, and what cannot be read means
// stale (RFC 9111, 4.2.1).
func lifetime(h http.Header, now time.Time, silent time.Duration) time.Duration {
	age, said := maxAge(h.Values("Cache-Control"))
	if !said {
		return untilExpires(h, now, silent)
	}
	var oldest time.Duration
	for _, value := range h.Values("Age") {
		elapsed, ok := seconds(value)
		if !ok {
			return 0
		}
		oldest = max(oldest, elapsed)
	}
	return age - oldest
}

// maxAge is the least max-age. One refusal outweighs every permission.
func maxAge(values []string) (least time.Duration, said bool) {
	for directive := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache":
			return 0, true
		case "max-age":
			d, ok := seconds(unquote(strings.TrimSpace(value)))
			if !ok {
				return 0, true
			}
			if !said || d < least {
				least, said = d, true
			}
		}
	}
	return least, said
}

// untilExpires is the least lifetime that Expires gives. Without Date nobody knows
// what the server's clock showed, so what it says can only shorten what would
// count without it.
func untilExpires(h http.Header, now time.Time, silent time.Duration) time.Duration {
	ends, ok := times(h.Values("Expires"))
	if !ok {
		return 0 // RFC 9111, 5.3: an invalid date means already expired
	}
	if len(ends) == 0 {
		return silent
	}
	dates, ok := times(h.Values("Date"))
	if !ok {
		return 0
	}
	end := slices.MinFunc(ends, time.Time.Compare)
	if len(dates) == 0 {
		return min(end.Sub(now), silent)
	}
	return end.Sub(slices.MaxFunc(dates, time.Time.Compare))
}

// times reads every value of a header that holds dates.
func times(values []string) (all []time.Time, ok bool) {
	for _, value := range values {
		t, err := http.ParseTime(value)
		if err != nil {
			return nil, false
		}
		all = append(all, t)
	}
	return all, true
}

// unquote takes the quotes of a quoted-string off, which some servers write around
// numbers (RFC 9111, 5.2).
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// seconds reads a delta-seconds; one too large means "for ever" and is cut to
// 2^31-1 (RFC 9111, 1.2.2).
func seconds(s string) (time.Duration, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, _ := strconv.ParseUint(s, 10, 31) // digits alone: the one error is the range
	return time.Duration(n) * time.Second, true
}
