package status_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

const base = "https://school.example/status"

// clock is one that a test turns.
type clock struct{ since atomic.Int64 }

func (c *clock) now() time.Time          { return testkit.Now.Add(time.Duration(c.since.Load())) }
func (c *clock) advance(d time.Duration) { c.since.Add(int64(d)) }

// publisher is one of lists that nobody signs; change may set more.
func publisher(t testing.TB, s status.Store, change func(*status.PublisherConfig)) *status.Publisher {
	t.Helper()
	c := status.PublisherConfig{URL: base, Issuer: issuer, Store: s, Now: testkit.Clock,
		Sign: func(_ context.Context, list []byte) ([]byte, error) { return list, nil }}
	if change != nil {
		change(&c)
	}
	p, err := status.NewPublisher(c)
	require.NoError(t, err)
	return p
}

// stores are a new one of each kind.
func stores(t testing.TB) map[string]status.Store {
	file, err := status.OpenFileStore(filepath.Join(t.TempDir(), "lists.json"))
	require.NoError(t, err)
	return map[string]status.Store{"memory": &status.MemoryStore{}, "file": file}
}

// served is what the publisher serves at the URL of an entry, read by the standard library.
func served(t testing.TB, p *status.Publisher, url vc.IRI) (bits []byte, list status.SignedList) {
	t.Helper()
	list, err := p.List(t.Context(), url)
	require.NoError(t, err)
	var doc struct {
		ID                vc.IRI
		CredentialSubject struct{ EncodedList string }
	}
	require.NoError(t, json.Unmarshal(list.Bytes, &doc))
	require.Equal(t, url, doc.ID)
	return expanded(t, doc.CredentialSubject.EncodedList), list
}

func bit(bits []byte, index string) bool {
	i, err := strconv.Atoi(index)
	return err == nil && bits[i/8]>>(7-i%8)&1 != 0
}

// Eight allocators and eight revokers at once: no index is given twice, and what is
// acknowledged stands in the next list.
func TestManyAtOnce(t *testing.T) {
	most := map[string]int{"memory": status.MinEntries / 8, "file": 60}
	if testing.Short() {
		most["memory"] = 1_000
	}
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			p := publisher(t, store, nil)
			type given struct{ list, index string }
			var mu sync.Mutex
			all := map[given]bool{}
			var group sync.WaitGroup
			fail := make(chan error, 16)
			for k := range 8 {
				issued := make(chan []vc.CredentialStatus, 1024)
				group.Go(func() {
					defer close(issued)
					for range most[name] {
						entries, err := p.Entries(t.Context())
						if err != nil {
							fail <- err
							return
						}
						g := given{string(entries[0].StatusListCredential), entries[0].StatusListIndex}
						mu.Lock()
						twice := all[g]
						all[g] = true
						mu.Unlock()
						if twice {
							fail <- fmt.Errorf("%v was given twice", g)
							return
						}
						issued <- entries
					}
				})
				group.Go(func() {
					n := 0
					for entries := range issued {
						if n++; n%50 != k {
							continue
						}
						if err := p.Revoke(t.Context(), entries); err != nil {
							fail <- err
							return
						}
						list, err := p.List(t.Context(), entries[0].StatusListCredential)
						if err != nil {
							fail <- err
							return
						}
						if bits, _ := bitsOf(list.Bytes); !bit(bits, entries[0].StatusListIndex) {
							fail <- errors.New("an acknowledged revocation is missing")
							return
						}
					}
				})
			}
			group.Wait()
			select {
			case err := <-fail:
				t.Fatal(err)
			default:
			}
			require.Len(t, all, 8*most[name])
		})
	}
}

// bitsOf reads a list without a test at hand.
func bitsOf(list []byte) ([]byte, error) {
	var doc struct {
		CredentialSubject struct{ EncodedList string }
	}
	if err := json.Unmarshal(list, &doc); err != nil {
		return nil, err
	}
	return inflate(doc.CredentialSubject.EncodedList)
}

// A list is closed before drawing becomes dear, and each index is about as likely as any
// other.
func TestListsAreFilledAndFollowed(t *testing.T) {
	p := publisher(t, &status.MemoryStore{}, func(c *status.PublisherConfig) { c.Random = rand.NewChaCha8([32]byte{1}) })
	perList, eighths := map[vc.IRI]int{}, [8]int{}
	for range 200_000 {
		entries, err := p.Entries(t.Context())
		require.NoError(t, err)
		perList[entries[0].StatusListCredential]++
		index, err := strconv.Atoi(entries[0].StatusListIndex)
		require.NoError(t, err)
		eighths[index/(status.MinEntries/8)]++
	}
	require.Greater(t, perList[base+"/revocation/1"], status.MinEntries*65/100)
	require.Greater(t, perList[base+"/revocation/2"], status.MinEntries*65/100)
	require.LessOrEqual(t, len(perList), 3)
	for _, n := range eighths {
		require.InDelta(t, 25_000, n, 1_000)
	}

	// One that is begun anew finds the open list, and gives no index twice.
	full := &status.MemoryStore{}
	for i := range status.MinEntries {
		_, err := full.Take(t.Context(), "revocation/1", i)
		require.NoError(t, err)
	}
	entries, err := publisher(t, full, nil).Entries(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, base+"/revocation/2", entries[0].StatusListCredential)
}

// What is revoked is revoked, what is suspended comes back, and messages are told: as
// the reader of this package reads it.
func TestPurposes(t *testing.T) {
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			p := publisher(t, store, func(c *status.PublisherConfig) {
				c.Purposes = []string{status.PurposeRevocation, status.PurposeSuspension, status.PurposeMessage}
				c.Messages = []string{"at sea", "ashore", "in dock", "sunk"}
			})
			entries, err := p.Entries(t.Context())
			require.NoError(t, err)
			require.Len(t, entries, 3)
			states := func() (all []string) {
				web := &host{bodies: map[string]string{}, fetched: testkit.Now}
				for _, e := range entries {
					require.Empty(t, status.CheckEntry(e))
					_, list := served(t, p, e.StatusListCredential)
					web.bodies[string(e.StatusListCredential)] = string(list.Bytes)
				}
				b, err := vc.Marshal(entries)
				require.NoError(t, err)
				for _, e := range status.Check(t.Context(), credential(t, json.RawMessage(b)), config(web)).Entries {
					require.Empty(t, e.Warnings)
					all = append(all, e.State.String()+" "+e.Message)
				}
				return all
			}
			clear := status.StateClear.String()
			set := status.StateSet.String()
			require.Equal(t, []string{clear + " ", clear + " ", clear + " at sea"}, states())
			require.NoError(t, p.Set(t.Context(), entries, status.PurposeMessage, 3))
			require.NoError(t, p.Set(t.Context(), entries, status.PurposeSuspension, 1))
			require.Equal(t, []string{clear + " ", set + " ", set + " sunk"}, states())
			require.NoError(t, p.Set(t.Context(), entries, status.PurposeSuspension, 0))
			require.NoError(t, p.Revoke(t.Context(), entries))
			require.Equal(t, []string{set + " ", clear + " ", set + " sunk"}, states())

			require.ErrorContains(t, p.Set(t.Context(), entries, status.PurposeRevocation, 0), "for good")
			require.ErrorIs(t, p.Set(t.Context(), entries, status.PurposeMessage, 4), status.ErrIndex)
			require.ErrorContains(t, p.Set(t.Context(), entries, status.PurposeRefresh, 1), "nothing is published")
			require.ErrorContains(t, p.Revoke(t.Context(), entries[1:]), "no entry of purpose revocation")
			require.ErrorContains(t, p.Revoke(t.Context(), append(entries, entries[0])), "two entries")
			for _, index := range []string{"", "-1", "01", "131072", "1e3", "99999999999999999999"} {
				other := entries[0]
				other.StatusListIndex = index
				require.ErrorIs(t, p.Revoke(t.Context(), []vc.CredentialStatus{other}), status.ErrIndex, index)
			}
			for _, url := range []vc.IRI{base + "/revocation/0", base + "/revocation/01", base + "/revocation/x", base + "/suspension/1", base + "/revocation/1/2"} {
				other := entries[0]
				other.StatusListCredential = url
				require.ErrorIs(t, p.Revoke(t.Context(), []vc.CredentialStatus{other}), status.ErrIndex, url)
			}
			entries[0].StatusListCredential = "https://another.example/status/revocation/1"
			require.ErrorContains(t, p.Revoke(t.Context(), entries), "no entry of purpose revocation")
		})
	}
}

// A list keeps its bytes while nothing changes, is signed anew long before it ends, and
// shows within the TTL what another process has revoked.
func TestRenewal(t *testing.T) {
	store, c := &status.MemoryStore{}, &clock{}
	set := func(o *status.PublisherConfig) { o.Now, o.TTL, o.Lifetime = c.now, time.Minute, time.Hour }
	p, other := publisher(t, store, set), publisher(t, store, set)
	entries, err := p.Entries(t.Context())
	require.NoError(t, err)
	url := entries[0].StatusListCredential
	_, first := served(t, p, url)
	require.Equal(t, time.Hour, first.ValidUntil.Sub(first.ValidFrom))
	for range 29 {
		c.advance(time.Minute)
		_, again := served(t, p, url)
		require.Equal(t, string(first.Bytes), string(again.Bytes))
	}
	c.advance(time.Minute)
	_, renewed := served(t, p, url)
	require.Equal(t, c.now(), renewed.ValidFrom)
	require.NotEqual(t, string(first.Bytes), string(renewed.Bytes))

	require.NoError(t, other.Revoke(t.Context(), entries))
	bits, _ := served(t, other, url)
	require.True(t, bit(bits, entries[0].StatusListIndex))
	c.advance(time.Minute)
	bits, _ = served(t, p, url)
	require.True(t, bit(bits, entries[0].StatusListIndex))

	// A clock that was set back makes no list that is not valid yet.
	c.advance(-10 * time.Hour)
	_, back := served(t, p, url)
	require.Equal(t, c.now(), back.ValidFrom)
}

// While the signer or the store is out of order, the last list is served until it ends,
// and somebody is told.
func TestOutOfOrder(t *testing.T) {
	c, broken := &clock{}, atomic.Bool{}
	var told []error
	p := publisher(t, &status.MemoryStore{}, func(o *status.PublisherConfig) {
		o.Now, o.TTL, o.Lifetime = c.now, time.Minute, time.Hour
		o.OnError = func(err error) { told = append(told, err); panic("a hook that panics") }
		o.Sign = func(_ context.Context, list []byte) ([]byte, error) {
			if broken.Load() {
				panic("no key")
			}
			return list, nil
		}
	})
	entries, err := p.Entries(t.Context())
	require.NoError(t, err)
	url := entries[0].StatusListCredential
	_, first := served(t, p, url)
	broken.Store(true)
	c.advance(59 * time.Minute)
	_, stale := served(t, p, url)
	require.Equal(t, string(first.Bytes), string(stale.Bytes))
	require.Len(t, told, 1)
	require.ErrorContains(t, told[0], "no key")
	c.advance(time.Minute)
	_, err = p.List(t.Context(), url)
	require.ErrorContains(t, err, "no key")
	answer := httptest.NewRecorder()
	p.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, string(url), nil))
	require.Equal(t, http.StatusServiceUnavailable, answer.Code)
	require.Empty(t, answer.Header().Get("ETag"))
	broken.Store(false)
	_, again := served(t, p, url)
	require.NotEqual(t, string(first.Bytes), string(again.Bytes))

	for name, sign := range map[string]func(context.Context, []byte) ([]byte, error){
		"nothing": func(context.Context, []byte) ([]byte, error) { return nil, nil },
		"error":   func(context.Context, []byte) ([]byte, error) { return nil, errors.New("no") },
	} {
		p := publisher(t, &status.MemoryStore{}, func(o *status.PublisherConfig) { o.Sign = sign })
		_, err := p.List(t.Context(), base+"/revocation/1")
		require.ErrorContains(t, err, "signing list", name)
	}
}

// lyingStore answers as it is told to.
type lyingStore struct {
	take func() (bool, error)
	load func() (status.Kept, error)
}

func (s lyingStore) Take(context.Context, string, int) (bool, error)   { return s.take() }
func (s lyingStore) Set(context.Context, string, int, uint64) error    { panic("set") }
func (s lyingStore) Load(context.Context, string) (status.Kept, error) { return s.load() }

func TestStoresThatBreakTheirWord(t *testing.T) {
	p := publisher(t, lyingStore{
		take: func() (bool, error) { panic("take") },
		load: func() (status.Kept, error) { return status.Kept{Taken: 1, Values: map[int]uint64{-1: 1}}, nil },
	}, nil)
	_, err := p.Entries(t.Context())
	require.ErrorContains(t, err, "take")
	_, err = p.List(t.Context(), base+"/revocation/1")
	require.ErrorIs(t, err, status.ErrIndex)
	err = p.Revoke(t.Context(), []vc.CredentialStatus{{StatusPurpose: "revocation", StatusListIndex: "1", StatusListCredential: base + "/revocation/1"}})
	require.ErrorContains(t, err, "set")

	p = publisher(t, lyingStore{take: func() (bool, error) { return false, nil }}, nil)
	_, err = p.Entries(t.Context())
	require.ErrorContains(t, err, "are full")

	p = publisher(t, &status.MemoryStore{}, func(o *status.PublisherConfig) { o.Random = iotest.ErrReader(errors.New("no luck")) })
	_, err = p.Entries(t.Context())
	require.ErrorContains(t, err, "no luck")
	p = publisher(t, &status.MemoryStore{}, func(o *status.PublisherConfig) { o.Random, o.Entries = constant(0xff), status.MinEntries+1 })
	_, err = p.Entries(t.Context())
	require.ErrorContains(t, err, "repeats itself")
}

// constant is a source of one byte.
type constant byte

func (c constant) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(c)
	}
	return len(b), nil
}

func TestPublisherServes(t *testing.T) {
	p := publisher(t, &status.MemoryStore{}, nil)
	entries, err := p.Entries(t.Context())
	require.NoError(t, err)
	server := httptest.NewServer(p)
	defer server.Close()
	ask := func(method, path, tag string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
		require.NoError(t, err)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		answer, err := server.Client().Do(r)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, "*", answer.Header.Get("Access-Control-Allow-Origin"))
		return answer
	}
	got := ask(http.MethodGet, "/status/revocation/1", "")
	require.Equal(t, http.StatusOK, got.StatusCode)
	require.Equal(t, "application/vc", got.Header.Get("Content-Type"))
	require.Equal(t, "public, max-age=300", got.Header.Get("Cache-Control"))
	require.Equal(t, http.StatusOK, ask(http.MethodHead, "/status/revocation/1", "").StatusCode)
	tag := got.Header.Get("ETag")
	require.Equal(t, http.StatusNotModified, ask(http.MethodGet, "/status/revocation/1", tag).StatusCode)
	require.NoError(t, p.Revoke(t.Context(), entries))
	require.Equal(t, http.StatusOK, ask(http.MethodGet, "/status/revocation/1", tag).StatusCode)
	for _, path := range []string{"/", "/status", "/status/", "/status/revocation", "/status/revocation/", "/status/revocation/2",
		"/status/revocation/65537", "/status/suspension/1", "/status//revocation/1", "/status/revocation/1/"} {
		require.Equal(t, http.StatusNotFound, ask(http.MethodGet, path, "").StatusCode, path)
	}
	require.Equal(t, http.StatusMethodNotAllowed, ask(http.MethodPost, "/status/revocation/1", "").StatusCode)

	token := publisher(t, &status.MemoryStore{}, func(o *status.PublisherConfig) {
		o.Sign = func(context.Context, []byte) ([]byte, error) { return []byte("e30.e30.e30"), nil }
	})
	answer := httptest.NewRecorder()
	token.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/status/revocation/1", nil))
	require.Equal(t, "application/vc+jwt", answer.Header().Get("Content-Type"))
}

// What strangers ask for makes nothing that stays.
func TestUnknownListsAreNotMade(t *testing.T) {
	loads := 0
	p := publisher(t, lyingStore{load: func() (status.Kept, error) { loads++; return status.Kept{}, nil }}, nil)
	for n := 2; n < 1000; n++ {
		_, err := p.List(t.Context(), vc.IRI(fmt.Sprint(base+"/revocation/", n)))
		require.ErrorIs(t, err, status.ErrNoList)
	}
	require.Equal(t, 998, loads)
	for _, url := range []vc.IRI{"", base, base + "/", base + "/revocation/9999999999999999999", "https://another.example/status/revocation/1"} {
		_, err := p.List(t.Context(), url)
		require.ErrorIs(t, err, status.ErrNoList)
	}
	require.Equal(t, 998, loads)
}

func TestPublisherConfig(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*status.PublisherConfig)
		cause  string
	}{
		"no URL":               {func(c *status.PublisherConfig) { c.URL = "" }, "PublisherConfig.URL"},
		"URL with a query":     {func(c *status.PublisherConfig) { c.URL = base + "?x=1" }, "PublisherConfig.URL"},
		"no issuer":            {func(c *status.PublisherConfig) { c.Issuer = "" }, "Publication.Issuer"},
		"no signer":            {func(c *status.PublisherConfig) { c.Sign = nil }, "PublisherConfig.Sign"},
		"no store":             {func(c *status.PublisherConfig) { c.Store = nil }, "PublisherConfig.Store"},
		"short list":           {func(c *status.PublisherConfig) { c.Entries = 1000 }, "131072 or more"},
		"short life":           {func(c *status.PublisherConfig) { c.TTL, c.Lifetime = time.Hour, time.Hour }, "PublisherConfig.Lifetime"},
		"negative TTL":         {func(c *status.PublisherConfig) { c.TTL = -1 }, "TTL"},
		"purpose twice":        {func(c *status.PublisherConfig) { c.Purposes = []string{"refresh", "refresh"} }, "stands twice"},
		"purpose a path":       {func(c *status.PublisherConfig) { c.Purposes = []string{"https://a.example/b"} }, "no word"},
		"no messages":          {func(c *status.PublisherConfig) { c.Purposes = []string{"message"} }, "Publication.Messages has 0 texts"},
		"three messages":       {func(c *status.PublisherConfig) { c.Purposes, c.Messages = []string{"message"}, []string{"a", "b", "c"} }, "3 texts"},
		"messages for nothing": {func(c *status.PublisherConfig) { c.Messages = []string{"a", "b"} }, "PublisherConfig.Messages"},
	} {
		t.Run(name, func(t *testing.T) {
			o := status.PublisherConfig{URL: base, Issuer: issuer, Store: &status.MemoryStore{},
				Sign: func(_ context.Context, list []byte) ([]byte, error) { return list, nil }}
			c.change(&o)
			_, err := status.NewPublisher(o)
			require.ErrorContains(t, err, c.cause)
		})
	}
}
