package fetch_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// However many ask for a URL at a time, one request is made, for a failure as for
// an answer.
func TestOneRequestHoweverManyAsk(t *testing.T) {
	for path, code := range map[string]fetch.Code{"/answer": "", "/busy": fetch.CodeStatus} {
		t.Run(path, func(t *testing.T) {
			mux, base, client := host(t, fetch.Config{Cache: fetch.NewMemoryCache(0)}) // for who comes when all is over
			var asked atomic.Int32
			release := make(chan struct{})
			mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				<-release
				if code != "" {
					w.WriteHeader(http.StatusServiceUnavailable)
				}
			})
			var wg sync.WaitGroup
			for i := range 40 {
				wg.Go(func() {
					url := fmt.Sprintf("%s%s#key-%d", base, path, i)
					_, err := client.Fetch(context.Background(), url)
					if code == "" {
						if err != nil {
							t.Error(err)
						}
						return
					}
					if e := want(t, err, code); e.URL != url {
						t.Error("an error names what its asker asked for", e.URL)
					}
				})
			}
			require.Eventually(t, func() bool { return fetch.Waiting(client) == 40 }, waitLong, waitStep)
			close(release)
			wg.Wait()
			require.EqualValues(t, 1, asked.Load())
		})
	}
}

// A waiter whose context ends leaves alone; the last to leave ends the request.
func TestWaitersLeaveAlone(t *testing.T) {
	mux, base, client := host(t, fetch.Config{Timeout: time.Minute})
	began, ended, release := make(chan struct{}, 9), make(chan struct{}, 9), make(chan struct{})
	mux.HandleFunc("/x", func(_ http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		select {
		case <-r.Context().Done():
			ended <- struct{}{}
		case <-release:
		}
	})
	ask := func(ctx context.Context) chan error {
		answered := make(chan error, 1)
		go func() {
			_, err := client.Fetch(ctx, base+"/x")
			answered <- err
		}()
		return answered
	}
	first, leaveFirst := context.WithCancel(t.Context())
	second, leaveSecond := context.WithCancel(t.Context())
	one := ask(first)
	<-began
	two := ask(second)
	require.Eventually(t, func() bool { return fetch.Waiting(client) == 2 }, waitLong, waitStep)
	leaveFirst()
	want(t, <-one, fetch.CodeCancelled)
	require.Empty(t, ended, "somebody still waits")
	leaveSecond()
	want(t, <-two, fetch.CodeCancelled)
	<-ended

	// Nothing of that is remembered: the next asks anew.
	three := ask(t.Context())
	<-began
	close(release)
	require.NoError(t, <-three)
	require.NoError(t, <-ask(t.Context()))
}

// A failure is remembered for some seconds by the Client's clock, and not beyond,
// nor where the clock has been set back.
func TestFailuresAreRememberedShortly(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for ttl, kept := range map[time.Duration]time.Duration{
		0: 5 * time.Second, time.Second: time.Second, time.Hour: time.Minute, -1: 0, 1<<63 - 1: time.Minute,
	} {
		t.Run(ttl.String(), func(t *testing.T) {
			now := start
			mux, base, client := host(t, fetch.Config{Cache: fetch.NewMemoryCache(0), ErrorTTL: ttl, Now: func() time.Time { return now }})
			asked, broken := 0, true
			mux.HandleFunc("/x", func(w http.ResponseWriter, _ *http.Request) {
				asked++
				if broken {
					w.WriteHeader(http.StatusBadGateway)
				}
			})
			fail := func(after time.Duration, times int) {
				t.Helper()
				now = start.Add(after)
				_, err := client.Fetch(t.Context(), base+"/x#key")
				require.True(t, want(t, err, fetch.CodeStatus).Temporary())
				require.Equal(t, times, asked)
			}
			fail(0, 1)
			if kept > 0 {
				fail(0, 1)
				fail(kept-1, 1)
			}
			fail(kept, 2)
			fail(kept-1, 3) // the clock was set back
			broken = false
			now = start.Add(3 * kept)
			_, err := client.Fetch(t.Context(), base+"/x")
			require.NoError(t, err)
		})
	}
}

// A stranger's many broken URLs do not fill the memory.
func TestRememberedFailuresAreBounded(t *testing.T) {
	var asked atomic.Int32
	mux, base, client := host(t, fetch.Config{ErrorTTL: time.Minute})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	})
	long := base + "/" + fmt.Sprintf("%07000d", 0)
	for i := range 100 {
		_, err := client.Fetch(t.Context(), fmt.Sprintf("%s%d", long, i))
		want(t, err, fetch.CodeStatus)
	}
	_, err := client.Fetch(t.Context(), long+"99")
	want(t, err, fetch.CodeStatus)
	require.EqualValues(t, 100, asked.Load(), "the latest is remembered")
	_, err = client.Fetch(t.Context(), long+"0")
	want(t, err, fetch.CodeStatus)
	require.EqualValues(t, 101, asked.Load(), "the oldest is not: 100 of 14 KB are more than a megabyte")
}
