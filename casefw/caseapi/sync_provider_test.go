package caseapi_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// host serves lists and packages by functions.
type host struct {
	list     http.Handler
	packages func(w http.ResponseWriter, r *http.Request, id string)
}

func (h host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/CFDocuments") {
		h.list.ServeHTTP(w, r)
		return
	}
	h.packages(w, r, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
}

// packs answers with the package of whatever is asked for.
func packs(w http.ResponseWriter, _ *http.Request, id string) {
	answer(w, 200, `{"CFDocument":{"identifier":"`+id+`"},"CFItems":[]}`)
}

// listed is a list with a total.
func listed(documents ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Total-Count", strconv.Itoa(len(documents)))
		answer(w, 200, `{"CFDocuments":[`+strings.Join(documents, ",")+`]}`)
	})
}

// Property: whatever a provider gets wrong, only what its list does not have is reported
// as gone, and that only where the list is complete.
func TestGoneIsGone(t *testing.T) {
	gone := 0
	for seed := range uint64(runs(1_000)) {
		rng := rand.New(rand.NewPCG(seed, 2))
		f, said := drawn(rng)
		h := &caseapi.MemoryHoldings{}
		for n := range 40 {
			require.NoError(t, h.Hold(t.Context(), identifier(n), &caseapi.Held{Stamp: "x"}))
		}
		none := func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(404) }
		cl := direct(t, host{f, none}, func(c *caseapi.ClientConfig) { c.Retries = -1 })
		report, err := caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{List: caseapi.List{Limit: 2 + rng.IntN(12)}})
		// Who says twice that there is nothing is believed.
		if n := report.Count(caseapi.Gone); n == 0 || n == len(report.Results) {
			continue
		}
		gone++
		require.NoError(t, err)
		require.True(t, report.Complete, "%d: %s", seed, said)
		there := map[string]bool{}
		for _, n := range f.docs {
			there[identifier(n)] = true
		}
		for _, r := range report.Results {
			require.False(t, r.Action == caseapi.Gone && there[r.Document], "%d: %s: %s lives", seed, said, r.Document)
		}
	}
	require.Greater(t, gone, 100)
}

// What comes is held against what was asked for, and what is held stays.
func TestWrongPackages(t *testing.T) {
	a, b := identifier(1), identifier(2)
	stamped := func(id, extra string) string {
		return `{"identifier":"` + id + `","title":"T","lastChangeDateTime":"2025-01-01T00:00:00Z"` + extra + `}`
	}
	const own = "99999999-9999-4999-8999-999999999999"
	ownURI := `,"CFPackageURI":{"title":"T","identifier":"` + own + `","uri":"https://case.example.edu/ims/case/v1p1/CFPackages/` + own + `"}`
	for name, c := range map[string]struct {
		document string
		serve    string // the identifier of the document in the package
		code     vc.Code
	}{
		"its own":                       {stamped(a, ""), a, ""},
		"its own in other letters":      {stamped(strings.ToUpper(a), ""), a, ""},
		"of another document":           {stamped(a, ""), b, caseapi.CodeWrongPackage},
		"of nobody":                     {stamped(a, ""), "", caseapi.CodeWrongPackage},
		"under an identifier of itself": {stamped(a, ownURI), a, ""},
		"under an identifier of itself, of another document": {stamped(a, ownURI), b, caseapi.CodeWrongPackage},
		"under an identifier of itself, of that name":        {stamped(a, ownURI), own, caseapi.CodeWrongPackage},
	} {
		t.Run(name, func(t *testing.T) {
			h := &caseapi.MemoryHoldings{}
			cl := direct(t, host{listed(c.document), func(w http.ResponseWriter, r *http.Request, _ string) { packs(w, r, c.serve) }})
			report, err := caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{})
			require.NoError(t, err)
			require.True(t, report.Complete)
			require.Len(t, report.Results, 1)
			held, err := h.Held(context.Background(), a)
			require.NoError(t, err)
			if c.code == "" {
				require.Equal(t, caseapi.Added, report.Results[0].Action, report.Results[0].Err)
				require.Equal(t, a, held.Framework.Document().Identifier)
				require.NotContains(t, warned(report.Results[0].Warnings), caseapi.WarnIdentifier)
				return
			}
			require.Equal(t, caseapi.Failed, report.Results[0].Action)
			e := failed(t, report.Results[0].Err, c.code)
			require.Contains(t, e.Error(), a)
			require.Nil(t, held, "nothing is kept")
			require.Equal(t, a, report.Results[0].Document)
		})
	}
}

// A framework that is held under the name of another document is fetched anew.
func TestHeldUnderAWrongName(t *testing.T) {
	a, b := identifier(1), identifier(2)
	f, _, err := casefw.LoadBytes([]byte(`{"CFDocument":{"identifier":"`+b+`"},"CFItems":[]}`), casefw.Options{})
	require.NoError(t, err)
	h := &caseapi.MemoryHoldings{}
	const stamp = "2025-01-01T00:00:00Z"
	require.NoError(t, h.Hold(context.Background(), a, &caseapi.Held{Framework: f, Stamp: stamp, Known: caseapi.Known{ETag: `"b"`}}))
	cl := direct(t, host{listed(`{"identifier":"` + a + `","lastChangeDateTime":"` + stamp + `"}`), func(w http.ResponseWriter, r *http.Request, id string) {
		require.Empty(t, r.Header.Get("If-None-Match"))
		packs(w, r, id)
	}})
	report, err := caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{})
	require.NoError(t, err)
	require.Equal(t, caseapi.Added, report.Results[0].Action)
	require.Equal(t, a, report.Results[0].Framework.Document().Identifier)
}

// A package, and each single resource, that is another than was asked for says so.
func TestAnswersAreHeldAgainstTheQuestion(t *testing.T) {
	cl := direct(t, host{listed(), func(w http.ResponseWriter, r *http.Request, _ string) {
		id := identifier(7)
		text := `{"identifier":"` + id + `","title":"T","fullStatement":"S","associationType":"isChildOf","licenseText":"L"}`
		kind := strings.Split(strings.Trim(r.URL.Path, "/"), "/")[3]
		switch kind {
		case "CFPackages":
			text = `{"CFDocument":` + text + `,"CFItems":[]}`
		case "CFItemAssociations":
			text = `{"CFItem":` + text + `,"CFAssociations":[]}`
		case "CFConcepts", "CFSubjects", "CFItemTypes":
			text = `{"` + kind + `":[` + text + `]}`
		}
		answer(w, 200, text)
	}})
	for _, kind := range caseapi.Kinds() {
		for asked, want := range map[int]bool{7: false, 8: true} {
			warnings, err := askFor(cl, strings.TrimSuffix(kind.Path(), "s"), identifier(asked))
			require.NoError(t, err, kind)
			if want {
				require.Contains(t, warned(warnings), caseapi.WarnIdentifier, kind)
			} else {
				require.NotContains(t, warned(warnings), caseapi.WarnIdentifier, kind)
			}
		}
	}
}

// Documents without identifier fail one by one, share nothing, keep no walk going, and
// leave no doubt about what is held.
func TestNamelessDocuments(t *testing.T) {
	const nameless, blank = `{"title":"One"}`, `{"identifier":"  ","title":"Two"}`
	a := `{"identifier":"` + identifier(1) + `"}`
	held := func() *caseapi.MemoryHoldings {
		h := &caseapi.MemoryHoldings{}
		require.NoError(t, h.Hold(context.Background(), identifier(9), &caseapi.Held{Stamp: "x"}))
		return h
	}
	t.Run("on one page", func(t *testing.T) {
		h := held()
		cl := direct(t, host{listed(nameless, a, nameless, blank), packs})
		for range 2 {
			report, err := caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{})
			require.NoError(t, err)
			require.Equal(t, 3, report.Count(caseapi.Failed))
			require.Zero(t, report.Count(caseapi.Gone), "what is held may be one of them")
			said := map[string]bool{}
			for _, r := range report.Results {
				if r.Action == caseapi.Failed {
					require.Empty(t, r.Document)
					said[failed(t, r.Err, caseapi.CodeNameless).Error()] = true
				}
			}
			require.Len(t, said, 3, "each has its own words: %v", said)
		}
		ids, err := h.Documents(context.Background())
		require.NoError(t, err)
		require.Equal(t, []string{identifier(1), identifier(9)}, ids)
	})
	for name, page := range map[string]func(n int) string{
		"the same for ever":         func(int) string { return a + "," + nameless },
		"others for ever":           func(n int) string { return fmt.Sprintf(`%s,{"title":"%d"}`, a, n) },
		"others for ever, and none": func(n int) string { return fmt.Sprintf(`{"title":"%d"}`, n) },
	} {
		for _, link := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", link ", link), func(t *testing.T) {
				asked := 0
				cl := direct(t, host{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if asked++; link {
						w.Header().Set("Link", fmt.Sprintf(`<%s?offset=%d>; rel="next"`, r.URL.Path, 2*asked))
					}
					answer(w, 200, `{"CFDocuments":[`+page(asked)+`]}`)
				}), packs})
				report, err := caseapi.Sync(context.Background(), cl, held(), caseapi.SyncOptions{List: caseapi.List{Limit: 2}})
				require.NoError(t, err)
				require.Less(t, asked, 5)
				require.False(t, report.Complete)
				require.Contains(t, warned(report.Warnings), caseapi.WarnNameless)
				require.Zero(t, report.Count(caseapi.Gone))
				require.Positive(t, report.Count(caseapi.Failed))
			})
		}
	}
	_, err := direct(t, host{listed(), packs}).PackageOf(context.Background(), &casefw.CFDocument{Title: "T"}, caseapi.Known{})
	failed(t, err, caseapi.CodeNameless)
}

// shadow is a data base: it has of a framework what tells whether it changed, and loads
// it when it is asked to.
type shadow struct {
	caseapi.MemoryHoldings
	loads int
	fail  error
}

func (s *shadow) Held(ctx context.Context, id string) (*caseapi.Held, error) {
	held, err := s.MemoryHoldings.Held(ctx, id)
	if held == nil || err != nil {
		return nil, err
	}
	f := held.Framework
	held.Framework = nil
	held.Load = func(context.Context) (*casefw.Framework, error) { s.loads++; return f, s.fail }
	return held, nil
}

// What is held is compared without being loaded, as far as that goes.
func TestHoldingsAreNotLoaded(t *testing.T) {
	const t1, t2, t3 = "2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z"
	s := &shelf{stamp: map[string]string{"a": t1}, packages: map[string]string{"a": pack("a", t1, "A")}, validates: true}
	cl, _ := provider(t, s.ServeHTTP)
	h := &shadow{}
	step := func(o caseapi.SyncOptions) caseapi.SyncResult {
		r, _ := s.sync(t, cl, h, o)
		return r["a"]
	}
	require.Equal(t, caseapi.Added, step(caseapi.SyncOptions{}).Action)
	r := step(caseapi.SyncOptions{})
	require.Equal(t, caseapi.ByStamp, r.Evidence)
	require.Nil(t, r.Framework)
	require.Empty(t, s.asked)
	require.Equal(t, caseapi.ByValidator, step(caseapi.SyncOptions{Recheck: true}).Evidence)
	s.validates = false
	require.Equal(t, caseapi.ByDigest, step(caseapi.SyncOptions{Recheck: true}).Evidence)
	require.Zero(t, h.loads)

	s.stamp["a"], s.packages["a"] = t2, pack("a", t2, "A better")
	r = step(caseapi.SyncOptions{})
	require.Equal(t, caseapi.Updated, r.Action)
	require.Len(t, r.Changes.Changed, 1)
	require.Equal(t, 1, h.loads)

	s.stamp["a"], s.packages["a"] = t3, pack("a", t3, "A best")
	h.fail = errors.New("no data base")
	_, err := caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{})
	require.ErrorIs(t, err, h.fail)

	// Nothing but the identifier and the stamp, or the ETag: enough to say unchanged.
	for _, held := range []*caseapi.Held{{Stamp: t3}, {Known: caseapi.Known{ETag: `"` + fmt.Sprintf("%x", len(s.packages["a"])) + `"`}}} {
		s.validates = true
		bare := &caseapi.MemoryHoldings{}
		require.NoError(t, bare.Hold(context.Background(), long("a"), held))
		r, _ := s.sync(t, cl, bare, caseapi.SyncOptions{})
		require.Equal(t, caseapi.Unchanged, r["a"].Action)
	}
	bare := &caseapi.MemoryHoldings{}
	require.NoError(t, bare.Hold(context.Background(), long("a"), &caseapi.Held{Stamp: t1}))
	got, _ := s.sync(t, cl, bare, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Updated, got["a"].Action, "that it changed is known, and not how")
	require.Nil(t, got["a"].Changes)
	bare = &caseapi.MemoryHoldings{}
	require.NoError(t, bare.Hold(context.Background(), long("a"), &caseapi.Held{}))
	got, _ = s.sync(t, cl, bare, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Added, got["a"].Action, "the zero Held is nothing")
}

// Results are handed out one by one, and the report keeps what they came to.
func TestEachResult(t *testing.T) {
	cl := direct(t, host{listed(`{"identifier":"`+identifier(1)+`"}`, `{"title":"T"}`), packs})
	whole := 0
	o := caseapi.SyncOptions{Each: func(_ context.Context, r *caseapi.SyncResult) error {
		if r.Action == caseapi.Added {
			require.NotNil(t, r.Framework)
			require.NotNil(t, r.Report)
			whole++
		}
		return nil
	}}
	report, err := caseapi.Sync(context.Background(), cl, &caseapi.MemoryHoldings{}, o)
	require.NoError(t, err)
	require.Equal(t, 1, whole)
	require.Equal(t, caseapi.Added, report.Results[0].Action)
	require.Nil(t, report.Results[0].Framework)
	require.Nil(t, report.Results[0].Report)
	failed(t, report.Results[1].Err, caseapi.CodeNameless)
	stop := errors.New("stop")
	o.Each = func(context.Context, *caseapi.SyncResult) error { return stop }
	report, err = caseapi.Sync(context.Background(), cl, &caseapi.MemoryHoldings{}, o)
	require.ErrorIs(t, err, stop)
	require.Empty(t, report.Results)
}

// A provider that asks for patience without end is not given it: neither a year at once,
// nor a minute for each of a thousand frameworks.
func TestPatienceHasAnEnd(t *testing.T) {
	var docs []string
	for n := range 1000 {
		docs = append(docs, documentJSON(n))
	}
	for _, wait := range []string{"31536000", "99999999999999999999", "60", "Fri, 31 Dec 9999 23:59:59 GMT"} {
		var waited time.Duration
		busy := func(w http.ResponseWriter, _ *http.Request, _ string) {
			w.Header().Set("Retry-After", wait)
			w.WriteHeader(429)
		}
		cl := direct(t, host{listed(docs...), busy}, func(c *caseapi.ClientConfig) {
			c.Sleep = func(_ context.Context, d time.Duration) error { waited += d; return nil }
		})
		report, err := caseapi.Sync(context.Background(), cl, &caseapi.MemoryHoldings{}, caseapi.SyncOptions{})
		require.NoError(t, err)
		require.Equal(t, 1000, report.Count(caseapi.Failed))
		require.LessOrEqual(t, waited, 30*time.Minute)
		last := failed(t, report.Results[999].Err, "server_busy")
		require.Equal(t, wait == "60", last.RetryAfter == time.Minute)
		require.Contains(t, last.Error(), "asks to come back in "+last.RetryAfter.String())
		if wait == "60" {
			require.Contains(t, last.Error(), "30m0s that the client waits in all")
			require.Contains(t, warned(report.Warnings), caseapi.WarnWaited)
			require.Equal(t, 30*time.Minute, waited, "it waits as long as it may")
		} else {
			require.GreaterOrEqual(t, last.RetryAfter, 365*24*time.Hour)
			require.Contains(t, last.Error(), "more than the 1m0s that the client waits")
			require.Zero(t, waited)
		}
	}
}
