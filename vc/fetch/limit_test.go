package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// counted is a network that knows every URL with /ok in it, and counts.
type counted struct {
	mu    sync.Mutex
	asked map[string]int
}

func (c *counted) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked == nil {
		c.asked = map[string]int{}
	}
	c.asked[url]++
	var n int
	if _, err := fmt.Sscanf(url, "https://school.example/ok%d", &n); err != nil {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Detail: "none"}
	}
	return &fetch.Response{URL: url, Body: []byte(url), Source: fetch.FromNetwork}, nil
}

func (c *counted) total() (n int) {
	for _, times := range c.asked {
		n += times
	}
	return n
}

func ok(n int) string { return fmt.Sprintf("https://school.example/ok%d", n) }

// What a pack answers costs nothing, whichever way it is combined.
func TestLimitCountsTheNetworkAlone(t *testing.T) {
	pack := parse(t, `{"https://school.example/a": {}}`)
	net := &counted{}
	for name, f := range map[string]fetch.Fetcher{
		"pack first":   fetch.Layered(pack, net),
		"guarded":      fetch.Guard(fetch.Layered(pack, net)),
		"limited pack": fetch.Limit(fetch.Layered(pack, net), fetch.NewBudget(99)),
	} {
		t.Run(name, func(t *testing.T) {
			b := fetch.NewBudget(1)
			limited := fetch.Limit(f, b)
			for range 3 {
				_, err := limited.Fetch(t.Context(), "https://school.example/a")
				require.NoError(t, err)
			}
			require.Zero(t, b.Used())
			_, err := limited.Fetch(t.Context(), ok(1))
			require.NoError(t, err)
			require.Equal(t, 1, b.Used())
			_, err = limited.Fetch(t.Context(), ok(2))
			want(t, err, fetch.CodeBudget)
			_, err = f.Fetch(t.Context(), ok(2))
			require.NoError(t, err, "the Fetcher that was limited stays as it is")
		})
	}
	b := fetch.NewBudget(1)
	require.Same(t, pack, fetch.Limit(pack, b))
	_, err := fetch.Limit(nil, b).Fetch(t.Context(), ok(1))
	want(t, err, fetch.CodeOffline)
	require.Zero(t, b.Used())
	_, err = fetch.Limit(net, nil).Fetch(t.Context(), ok(1))
	require.NoError(t, err, "a nil Budget is a new one")
}

// Success and failure are asked for once, however often they are wanted, and a
// refusal of the budget is asked of the budget again.
func TestLimitRemembers(t *testing.T) {
	net := &counted{}
	b := fetch.NewBudget(2)
	f := fetch.Limit(net, b)
	for range 10 {
		r, err := f.Fetch(t.Context(), ok(1))
		require.NoError(t, err)
		require.Equal(t, ok(1), string(r.Body))
		_, err = f.Fetch(t.Context(), "https://school.example/lost")
		want(t, err, fetch.CodeNotFound)
		_, err = f.Fetch(t.Context(), ok(2))
		want(t, err, fetch.CodeBudget)
	}
	require.Equal(t, map[string]int{ok(1): 1, "https://school.example/lost": 1}, net.asked)
	require.Equal(t, 2, b.Used())
}

// Fifty goroutines that want the same ten documents make ten requests.
func TestLimitIsSharedByGoroutines(t *testing.T) {
	net := &counted{}
	b := fetch.NewBudget(10)
	f := fetch.Limit(net, b)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for n := range 10 {
				if _, err := f.Fetch(context.Background(), ok(n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	require.Equal(t, 10, net.total())
	require.Equal(t, 10, b.Used())
}

// A request counts one, whatever redirects it takes, and the fragments of one
// document are one request to its server.
func TestLimitCountsRequestsNotHops(t *testing.T) {
	mux, base, client := host(t, fetch.Config{})
	serve(mux, "/did.json", "application/json", "{}")
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) })
	mux.HandleFunc("/again", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/did.json", http.StatusFound) })
	b := fetch.NewBudget(1)
	f := fetch.Limit(client, b)
	for _, fragment := range []string{"", "#key-1", "#key-2"} {
		r, err := f.Fetch(t.Context(), base+"/moved"+fragment)
		require.NoError(t, err)
		require.Equal(t, base+"/did.json", r.URL)
	}
	require.Equal(t, 1, b.Used())
}

// A part of a verification is held to less, shares what is known, and what it
// spends is spent.
func TestLimitWithin(t *testing.T) {
	pack := parse(t, `{"https://school.example/a": {}}`)
	net := &counted{}
	whole := fetch.NewBudget(4)
	f := fetch.Limit(fetch.Layered(pack, net), whole)
	fetched := func(f fetch.Fetcher, url string) error {
		_, err := f.Fetch(t.Context(), url)
		return err
	}
	require.NoError(t, fetched(f, ok(1)))

	part := whole.Within(1)
	g := fetch.Limit(f, part)
	require.NoError(t, fetched(g, ok(1)), "known already")
	require.Zero(t, part.Used())
	require.NoError(t, fetched(g, ok(2)))
	want(t, fetched(g, ok(3)), fetch.CodeBudget)
	require.NoError(t, fetched(g, "https://school.example/a"))
	require.NoError(t, fetched(f, ok(2)), "the part's answer is everybody's")
	require.NoError(t, fetched(f, ok(3)), "the part's refusal is its own")
	require.NoError(t, fetched(g, ok(3)))
	require.Equal(t, 3, whole.Used())
	require.Equal(t, 3, net.total())

	// A Budget of its own does not free what is limited already.
	h := fetch.Limit(f, fetch.NewBudget(99))
	require.NoError(t, fetched(h, ok(4)))
	want(t, fetched(h, ok(5)), fetch.CodeBudget)
	require.Equal(t, 4, whole.Used())
}

// The Gate is asked before anything is spent, and only for what would be.
func TestGate(t *testing.T) {
	type who struct{}
	shut := errors.New("not your turn")
	net := &counted{}
	var asked []string
	b := fetch.NewBudget(3)
	b.Gate = func(ctx context.Context, url string) error {
		asked = append(asked, fmt.Sprint(ctx.Value(who{}), " ", url))
		if ctx.Value(who{}) == "late" {
			return shut
		}
		return nil
	}
	f := fetch.Limit(fetch.Layered(parse(t, `{"https://school.example/a": {}}`), net), b)
	as := func(f fetch.Fetcher, name, url string) error {
		_, err := f.Fetch(context.WithValue(t.Context(), who{}, name), url)
		return err
	}
	require.NoError(t, as(f, "late", "https://school.example/a"))
	require.ErrorIs(t, as(f, "late", ok(1)), shut)
	require.Zero(t, b.Used())
	require.NoError(t, as(f, "first", ok(1)))
	require.NoError(t, as(f, "late", ok(1)), "known by now")
	part := fetch.Limit(f, b.Within(1))
	require.ErrorIs(t, as(part, "late", ok(2)), shut, "the Gate above holds for the parts")
	require.NoError(t, as(part, "first", ok(2)))
	require.Equal(t, []string{"late " + ok(1), "first " + ok(1), "late " + ok(2), "first " + ok(2)}, asked)
	require.Equal(t, 2, b.Used())
}

// Each that asks while a request is under way passes the Gate itself, and shares
// the request.
func TestGateHoldsEachAsker(t *testing.T) {
	net := newSlow()
	b := fetch.NewBudget(9)
	var mu sync.Mutex
	passed := 0
	b.Gate = func(context.Context, string) error {
		mu.Lock()
		defer mu.Unlock()
		passed++
		return nil
	}
	f := fetch.Limit(net, b)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := f.Fetch(context.Background(), ok(1)); err != nil {
				t.Error(err)
			}
		})
	}
	<-net.began
	require.Eventually(t, func() bool { mu.Lock(); defer mu.Unlock(); return passed == 5 }, waitLong, waitStep)
	close(net.release)
	wg.Wait()
	require.Equal(t, 1, b.Used())
}

func TestMethodOfAFetcher(t *testing.T) {
	pack := parse(t, `{"https://school.example/issuer#k1": {"type": "Multikey"}}`)
	net := answers{"https://school.example/issuer#k2": "net"}
	other := parse(t, `{"https://school.example/other": {}}`)
	b := fetch.NewBudget(1)
	for _, f := range []fetch.Fetcher{
		pack, fetch.Layered(pack, net), fetch.Limit(fetch.Layered(pack, net), b), fetch.Guard(fetch.Layered(pack, net)),
		fetch.Layered(other, fetch.Layered(pack, net)), fetch.Limit(fetch.Limit(fetch.Layered(other, fetch.Layered(pack, net)), b), b.Within(1)),
		fetch.Layered(other, fetch.Limit(fetch.Layered(pack, net), b)),
	} {
		method, ok := fetch.Method(f, "https://school.example/issuer#k1")
		require.True(t, ok)
		require.Equal(t, `{"type": "Multikey"}`, string(method))
		_, ok = fetch.Method(f, "https://school.example/issuer#k2")
		require.False(t, ok)
	}
	for _, f := range []fetch.Fetcher{nil, net, fetch.Offline{}, fetch.Layered(nil, net), fetch.Limit(net, b)} {
		_, ok := fetch.Method(f, "https://school.example/issuer#k2")
		require.False(t, ok)
	}
}
