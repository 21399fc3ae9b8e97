package main

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// However many come with much, slowly, or with nonsense, the hub answers others, keeps what
// it acknowledged, and its memory is bounded.
func TestHostile(t *testing.T) {
	r := start(t, "-store", "memory")
	s := r.connected(t, badgesAt)
	i := newIssuer("hostile")
	address := strings.TrimPrefix(r.base, "https://")
	before := heap()

	// Connections that say nothing, break off, or are no TLS.
	for n := range 100 {
		c, err := net.Dial("tcp", address)
		require.NoError(t, err)
		defer c.Close()
		_, _ = io.WriteString(c, []string{"", "GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\xff\xff", strings.Repeat("x", 1000)}[n%4])
	}
	_, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
	require.ErrorContains(t, err, "protocol version")

	// Requests that announce a body and do not send it, each on a connection of its own.
	for range 50 {
		c, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true})
		require.NoError(t, err)
		defer c.Close()
		_, err = fmt.Fprintf(c, "POST /demo/ims/ob/v3p0/credentials HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"+
			"Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{", address, s.access)
		require.NoError(t, err)
	}

	// Bodies of 5 MiB, with and without a length, from many at once.
	var all sync.WaitGroup
	statuses := make([]int, 60)
	for n := range statuses {
		all.Go(func() {
			var body io.Reader = bytes.NewReader(make([]byte, 5<<20))
			if n%2 == 0 {
				body = io.MultiReader(body) // without a length
			}
			req, err := http.NewRequest(http.MethodPost, s.service+"/credentials", body)
			if err != nil {
				return
			}
			req.Header = http.Header{"Authorization": {"Bearer " + s.access}, "Content-Type": {"application/json"}}
			if resp, err := s.http.Do(req); err == nil {
				statuses[n] = resp.StatusCode
				_ = resp.Body.Close()
			}
		})
	}
	badge := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))
	require.Equal(t, 201, s.post1(badge).status, "somebody else is answered meanwhile")
	all.Wait()
	for _, status := range statuses {
		require.Contains(t, []int{413, 0}, status, "0: the connection was closed before the body was sent")
	}

	// Forms and JSON that are too long or none.
	for _, path := range []string{"/demo/login", "/demo/oauth/token", "/demo/oauth/register", "/demo/oauth/consent", "/demo/connections"} {
		req, err := http.NewRequest(http.MethodPost, r.base+path, io.LimitReader(zeros{}, 20<<20))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if resp, err := s.http.Do(req); err == nil {
			require.True(t, resp.StatusCode >= 400 && resp.StatusCode < 500, "%s: %d", path, resp.StatusCode)
			_ = resp.Body.Close()
		}
	}
	require.Equal(t, []string{badge}, s.all(""))
	if !testkit.Race {
		require.Less(t, heap(), before+100<<20)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Under a limit a flood is turned away while it lasts, and whoever waits is served.
func TestFlood(t *testing.T) {
	r := start(t, "-store", "memory", "-limit", "20")
	s := newStranger(t, r.authority)
	var all sync.WaitGroup
	var mu sync.Mutex
	count := map[int]int{}
	for range 8 {
		all.Go(func() {
			for range 50 {
				resp, err := s.http.Get(r.base + badgesAt + "/discovery")
				if err != nil {
					continue
				}
				_ = resp.Body.Close()
				mu.Lock()
				count[resp.StatusCode]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	require.Greater(t, count[http.StatusTooManyRequests], 200)
	require.GreaterOrEqual(t, count[http.StatusOK], 20)
	time.Sleep(1100 * time.Millisecond) // as long as it asked to wait
	require.Equal(t, 200, s.read(s.http.Get(r.base+badgesAt+"/discovery")).status)
}
