package verify_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go/token"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// plugins names, for every place where code of the caller's own runs, the test that
// lets it break its word: no answer, the answer to something else, an error, a
// panic, an answer after the deadline, and as many calls as it takes.
var plugins = map[string]string{
	"verify.Config.Fetcher":            "vc/verify TestPluginsThatBreakTheirWord",
	"verify.Config.Resolver":           "vc/verify TestPluginsThatBreakTheirWord",
	"verify.StatusConfig.Cache":        "vc/verify TestPluginsThatBreakTheirWord",
	"verify.Config.Now":                "vc/verify TestPluginsThatBreakTheirWord",
	"verify.Config.Authorize":          "vc/verify TestAuthorize",
	"verify.Config.InlineContexts":     "vc/verify TestInlineContexts",
	"issue.Config.InlineContexts":      "vc/verify TestInlineContexts",
	"fetch.Config.Cache":               "vc/fetch TestCacheThatBreaksItsWord",
	"fetch.Config.Now":                 "vc/fetch TestCacheDoesNotBelieveTheClock",
	"status.Options.Fetcher":           "vc/status TestFetcherThatBreaksItsWord",
	"status.Options.VerifyList":        "vc/status TestFetcherThatBreaksItsWord",
	"status.Options.Cache":             "vc/status TestCacheThatBreaksItsWord",
	"controller.Resolver.Fetcher":      "vc/fetch TestGuardTurnsFaultsIntoErrors",
	"controller.Resolver.DIDs":         "did TestGuard",
	"didweb.Resolver.Fetcher":          "vc/fetch TestGuardTurnsFaultsIntoErrors",
	"embedded.Config.LoadContext":      "internal/embedded TestContextsAreAskedForOnce",
	"dataintegrity.SignOptions.Signer": "proof TestSignersOfOnesOwn",
	"vcjwt.SignOptions.Signer":         "proof TestSignersOfOnesOwn",
	"issue.Config.Signer":              "vc/issue TestBadSigners",
	"issue.Config.Fetcher":             "vc/verify TestPluginsThatBreakTheirWord",
	"issue.Config.Now":                 "vc/issue TestClockThatPanics",
}

// Every place is known, and its test exists: a field that takes an interface or a
// function makes this test fail until it is in the table.
func TestPluginsAreKnown(t *testing.T) {
	found := map[string]bool{}
	for _, c := range []any{verify.Config{}, fetch.Config{}, status.Options{}, controller.Resolver{}, didweb.Resolver{},
		embedded.Config{}, dataintegrity.SignOptions{}, vcjwt.SignOptions{}, vc.ParseConfig{}, issue.Config{}} {
		takers(reflect.TypeOf(c), found)
	}
	for name := range found {
		require.Contains(t, plugins, name)
	}
	for name, test := range plugins {
		require.Contains(t, found, name, "the table names what does not exist")
		dir, function, _ := strings.Cut(test, " ")
		require.True(t, hasTest(t, filepath.Join("../..", dir), function), test)
	}
}

// takers notes the fields of a struct that take an interface or a function, at every
// depth.
func takers(r reflect.Type, found map[string]bool) {
	for i := range r.NumField() {
		switch f := r.Field(i); f.Type.Kind() {
		case reflect.Interface, reflect.Func:
			found[r.String()+"."+f.Name] = true
		case reflect.Struct:
			takers(f.Type, found)
		}
	}
}

func hasTest(t *testing.T, dir, name string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	require.NoError(t, err)
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range f.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name {
				return true
			}
		}
	}
	return false
}

// fault is how a plug-in breaks its word. It gets the place that the answer would go
// to, and the context of the call.
type fault func(ctx context.Context, calls *atomic.Int64) error

var errOwn = errors.New("an error of its own")

// faults are those that need no answer. A plug-in that hangs is deaf to its context.
func faults(t *testing.T) map[string]fault {
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	return map[string]fault{
		"nothing": func(context.Context, *atomic.Int64) error { return nil },
		"error":   func(context.Context, *atomic.Int64) error { return errOwn },
		"panic":   func(context.Context, *atomic.Int64) error { panic("own") },
		"hangs":   func(context.Context, *atomic.Int64) error { <-release; return nil },
	}
}

type brokenFetcher struct {
	fault
	calls *atomic.Int64
	other *fetch.Response // the answer to something else, nil for the fault
}

func (b brokenFetcher) Fetch(ctx context.Context, _ string) (*fetch.Response, error) {
	b.calls.Add(1)
	if b.other != nil {
		return b.other, nil
	}
	return nil, b.fault(ctx, b.calls)
}

type brokenCache struct {
	fault
	calls *atomic.Int64
}

func (b brokenCache) Get(string) (*status.Snapshot, bool) {
	b.calls.Add(1)
	return nil, b.fault(context.Background(), b.calls) == nil
}

func (b brokenCache) Put(string, *status.Snapshot) { _ = b.fault(context.Background(), b.calls) }

// Whatever a plug-in does instead of answering, nothing verifies that should not,
// nothing panics, the time holds, and no more is asked for than may be.
func TestPluginsThatBreakTheirWord(t *testing.T) {
	school := edIssuer(t, 1)
	const web = "did:web:school.example"
	const url = "https://school.example/issuer"
	by := func(issuer, method string) []byte {
		return school.sign(t, badge(t, issuer), func(o *dataintegrity.SignOptions) {
			o.VerificationMethod, o.SkipIssuerCheck = method, true
		})
	}
	var many [][]byte
	for range 30 {
		many = append(many, by(web, web+"#key"), by(url, url+"#key"))
	}
	texts := map[string][]byte{
		"did:web":          by(web, web+"#key"),
		"https":            by(url, url+"#key"),
		"a status":         listed(t, school, statusEntry),
		"a record of many": record(t, school, many...),
		"unknown context": []byte(strings.Replace(string(by(web, web+"#key")), `"@context": [`,
			`"@context": ["https://unknown.example/",`, 1)),
	}
	other := &fetch.Response{URL: url, Source: fetch.SourceNetwork, Body: []byte(`{"id":"did:web:other.example","assertionMethod":[]}`)}
	run := func(t *testing.T, name string, c verify.Config, calls *atomic.Int64) {
		if name == "hangs" {
			c.Limits.Timeout = 200 * time.Millisecond
		}
		if c.Now == nil {
			c.Now = testkit.Clock
		}
		for text, b := range texts {
			calls.Store(0)
			v, err := verify.New(c)
			require.NoError(t, err)
			r, err := v.Inspect(context.Background(), b)
			if name == "hangs" && calls.Load() > 0 {
				require.ErrorIs(t, err, context.DeadlineExceeded, text)
			} else {
				require.NoError(t, err, text)
			}
			require.NotNil(t, r)
			require.LessOrEqual(t, calls.Load(), int64(8), text)
			if text == "a record of many" {
				for _, n := range r.Nested {
					require.NotEqual(t, verify.ProofGood, n.Proof)
				}
				continue
			}
			require.NotEqual(t, verify.VerdictVerified, r.Verdict, text)
			_, err = v.Verify(context.Background(), b)
			require.Error(t, err, text)
		}
	}
	for name, f := range faults(t) {
		t.Run("Fetcher/"+name, func(t *testing.T) {
			var calls atomic.Int64
			run(t, name, verify.Config{Fetcher: brokenFetcher{fault: f, calls: &calls}}, &calls)
			run(t, name, verify.Config{Fetcher: brokenFetcher{fault: f, calls: &calls}, FetchContexts: true}, &calls)
		})
		t.Run("Resolver/"+name, func(t *testing.T) {
			var calls atomic.Int64
			run(t, name, verify.Config{Resolver: did.ResolverFunc(func(ctx context.Context, _ string) (*did.Document, error) {
				calls.Add(1)
				return nil, f(ctx, &calls)
			})}, &calls)
		})
		t.Run("StatusCache/"+name, func(t *testing.T) {
			var calls atomic.Int64
			c := verify.Config{Now: testkit.Clock, Limits: verify.Limits{Timeout: 200 * time.Millisecond},
				Status: verify.StatusConfig{Cache: brokenCache{f, &calls}}, Fetcher: lists(`{}`)}
			r, _ := verify.Inspect(context.Background(), texts["a status"], c)
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
			require.NotZero(t, calls.Load())
		})
	}
	t.Run("Fetcher/another's", func(t *testing.T) {
		var calls atomic.Int64
		run(t, "", verify.Config{Fetcher: brokenFetcher{other: other, calls: &calls}}, &calls)
		run(t, "", verify.Config{Fetcher: brokenFetcher{other: other, calls: &calls}, FetchContexts: true}, &calls)
	})
	t.Run("Resolver/another's", func(t *testing.T) {
		var calls atomic.Int64
		stranger := listing(t, "did:web:other.example",
			`{"id":"`+web+`#key","type":"Multikey","controller":"`+web+`",`+
				`"publicKeyMultibase":"`+strings.TrimPrefix(school.did, "did:key:")+`"}`)
		run(t, "", verify.Config{Resolver: did.ResolverFunc(func(context.Context, string) (*did.Document, error) {
			calls.Add(1)
			return stranger, nil
		})}, &calls)
	})
	t.Run("Now", func(t *testing.T) {
		for name, now := range map[string]func() time.Time{
			"panics": func() time.Time { panic("own") },
			"zero":   func() time.Time { return time.Time{} },
		} {
			r, err := verify.Inspect(context.Background(), school.sign(t, badge(t, school.did), nil), verify.Config{Now: now})
			require.Equal(t, name == "panics", err != nil, name)
			require.NotEqual(t, verify.VerdictVerified, r.Verdict, name)
			_, err = verify.Verify(context.Background(), school.sign(t, badge(t, school.did), nil), verify.Config{Now: now})
			require.Error(t, err, name)
		}
	})
}

// What is in a Config belongs to the verifier once it is made.
func TestConfigIsCloned(t *testing.T) {
	school := edIssuer(t, 1)
	signed := school.sign(t, badge(t, school.did), nil)
	c := verify.Config{Now: testkit.Clock, Kinds: []string{"OpenBadgeCredential"},
		Proofs:   verify.ProofsConfig{Suites: []string{"eddsa-rdfc-2022"}},
		Accept:   []verify.CheckName{verify.CheckSchema},
		Status:   verify.StatusConfig{TrustedIssuers: []string{"did:example:lists"}},
		Contexts: map[string][]byte{"https://c.example/": []byte(`{"@context":{"x":"https://c.example/x"}}`)}}
	v, err := verify.New(c)
	require.NoError(t, err)
	c.Kinds[0], c.Proofs.Suites[0], c.Accept[0], c.Status.TrustedIssuers[0] = "X", "X", "X", "X"
	copy(c.Contexts["https://c.example/"], "spoilt")
	delete(c.Contexts, "https://c.example/")
	r, err := v.Inspect(context.Background(), signed)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
}

// Whatever number a Config holds, there is a report, and the time is that of the
// document.
func TestAnyNumber(t *testing.T) {
	school := edIssuer(t, 1)
	text := record(t, school, school.sign(t, badge(t, school.did), nil))
	testkit.Numbers(t, verify.Config{Now: testkit.Clock, Fetcher: down{}}, func(t *testing.T, _ string, _ int64, c verify.Config) {
		v, err := verify.New(c)
		if err != nil {
			return
		}
		r, _ := v.Inspect(context.Background(), text)
		require.NotNil(t, r)
	})
}
