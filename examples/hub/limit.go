package main

import (
	"math"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// limiter lets each address send so many requests a second, and as many at once: a bucket
// that fills by itself.
type limiter struct {
	rate float64
	now  func() time.Time
	mu   sync.Mutex
	all  map[netip.Prefix]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

const mostBuckets = 10_000

// newLimiter returns a limiter, nil where there is no limit.
func newLimiter(rate float64, now func() time.Time) *limiter {
	if rate == 0 {
		return nil
	}
	return &limiter{rate: rate, now: now, all: map[netip.Prefix]bucket{}}
}

// wait returns when a client may come again, 0 where it may now.
func (l *limiter) wait(r *http.Request) time.Duration {
	from := network(r.RemoteAddr)
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.filled(from)
	if b.left < 1 {
		seconds := math.Ceil((1 - b.left) / l.rate)
		return time.Duration(min(max(seconds, 1), 120)) * time.Second
	}
	b.left--
	l.all[from] = b
	return 0
}

// filled is the bucket of a network as it is now.
func (l *limiter) filled(from netip.Prefix) bucket {
	now := l.now()
	b, ok := l.all[from]
	if !ok {
		l.tidy(now)
		return bucket{max(l.rate, 1), now}
	}
	b.left = min(max(l.rate, 1), b.left+now.Sub(b.at).Seconds()*l.rate)
	b.at = now
	return b
}

// tidy forgets buckets that are full again, and any where there are too many.
func (l *limiter) tidy(now time.Time) {
	if len(l.all) < mostBuckets {
		return
	}
	for from, b := range l.all {
		if b.left+now.Sub(b.at).Seconds()*l.rate >= max(l.rate, 1) || len(l.all) >= mostBuckets {
			delete(l.all, from)
		}
	}
}

// network is whose bucket an address shares: of IPv6, who has one address has as many as
// their network.
func network(remote string) netip.Prefix {
	host, _, _ := net.SplitHostPort(remote)
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Prefix{}
	}
	bits := 32
	if addr = addr.Unmap().WithZone(""); addr.Is6() {
		bits = 64
	}
	p, _ := addr.Prefix(bits) // an address has so many
	return p
}
