package fetch

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// expires is until when an answer may be used again, as a private cache decides
// it (RFC 9111, 4.2), within the bounds of the Config; zero for not at all.
func expires(h http.Header, now time.Time, c *Config) time.Time {
	lifetime, said := lifetime(h)
	if !said {
		lifetime = c.DefaultTTL
	}
	if lifetime = min(lifetime, c.MaxTTL); lifetime <= 0 {
		return time.Time{}
	}
	return now.Add(lifetime)
}

// lifetime is what the server says of the answer's freshness; said is false
// where it says nothing that can be read.
func lifetime(h http.Header) (d time.Duration, said bool) {
	for directive := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(name) {
		case "no-store", "no-cache":
			return 0, true // one refusal outweighs every permission
		case "max-age":
			if n, err := seconds(value); err == nil {
				d, said = n, true
			}
		}
	}
	if said {
		age, err := seconds(h.Get("Age"))
		if err != nil {
			age = 0
		}
		return d - age, true
	}
	return untilExpires(h)
}

func untilExpires(h http.Header) (time.Duration, bool) {
	if h.Get("Expires") == "" {
		return 0, false
	}
	end, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0, true // RFC 9111, 5.3: an invalid date means already expired
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0, false
	}
	return end.Sub(date), true
}

// seconds reads a delta-seconds; one too large means "for ever" and is cut to
// 2^31-1 (RFC 9111, 1.2.2).
func seconds(s string) (time.Duration, error) {
	n, err := strconv.ParseUint(strings.Trim(s, `"`), 10, 31)
	if errors.Is(err, strconv.ErrRange) {
		err = nil
	}
	return time.Duration(n) * time.Second, err
}
