package caseapi_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// A page to sign in at, however it comes, is told from a network that fails.
func TestLoginPages(t *testing.T) {
	login := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!DOCTYPE html><title>School</title><form><input type="password"></form>`)
	}))
	defer login.Close()
	stay := func(c *caseapi.ClientConfig) {
		c.Do = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	token := func(c *caseapi.ClientConfig) { c.Authorize = caseapi.Bearer("t") }
	own := func(c *caseapi.ClientConfig) { c.Do = http.DefaultClient }
	for name, c := range map[string]struct {
		to     string
		change func(*caseapi.ClientConfig)
		code   vc.Code
	}{
		"followed":                      {login.URL + "/", func(*caseapi.ClientConfig) {}, caseapi.CodeLogin},
		"followed by another client":    {login.URL + "/", own, caseapi.CodeLogin},
		"on the same host":              {"/login", func(*caseapi.ClientConfig) {}, caseapi.CodeLogin},
		"on the same host, with token":  {"/login", token, caseapi.CodeLogin},
		"not followed, for the token":   {login.URL + "/sso/start", token, caseapi.CodeLogin},
		"not followed by the client":    {login.URL + "/login?back=1", stay, caseapi.CodeLogin},
		"to a host that is not reached": {"https://login.school.invalid/", own, caseapi.CodeLogin},
		"to a private address":          {"https://10.0.0.1/adfs/ls", func(*caseapi.ClientConfig) {}, caseapi.CodeLogin},
		"elsewhere, for the token":      {login.URL + "/", token, caseapi.CodeRefused},
		"no redirect at all":            {"", func(*caseapi.ClientConfig) {}, caseapi.CodeNotJSON},
	} {
		t.Run(name, func(t *testing.T) {
			cl, p := provider(t, func(w http.ResponseWriter, r *http.Request) {
				if c.to == "" || r.URL.Path == "/login" {
					w.Header().Set("Content-Type", "text/html")
					_, _ = io.WriteString(w, "<html><body>Please sign in</body></html>")
					return
				}
				http.Redirect(w, r, c.to, http.StatusFound)
			}, c.change)
			for _, err := range []error{second(cl.Item(context.Background(), itemID)), second(cl.Package(context.Background(), itemID))} {
				e := failed(t, err, c.code)
				require.Empty(t, p.all, "asking again helps nobody")
				if c.code == caseapi.CodeLogin {
					require.Contains(t, e.Error(), "sign in at")
					require.Contains(t, e.Error(), "no CASE")
				}
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

// Finding out the version does not hide that a page to sign in at came.
func TestLoginPageAtDiscovery(t *testing.T) {
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/login" {
			http.Redirect(w, r, "/login", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "<html>")
	}, func(c *caseapi.ClientConfig) { c.BaseURL = "/" })
	_, err := cl.Version(context.Background())
	failed(t, err, caseapi.CodeLogin)
}

// What was cut off is asked for again, wherever it ends and however that shows; what is
// wrong stays wrong.
func TestCutAnswersAreAskedForAgain(t *testing.T) {
	id := long("a")
	whole := pack("a", "2025-01-01T00:00:00Z", "S")
	single := item(id)
	serve := func(text, cut string, length bool) (*caseapi.Client, *pauses, *int) {
		asked := 0
		cl, p := provider(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if asked++; asked > 2 {
				_, _ = io.WriteString(w, text)
				return
			}
			if length {
				w.Header().Set("Content-Length", strconv.Itoa(len(text)))
			}
			_, _ = io.WriteString(w, cut)
		})
		return cl, p, &asked
	}
	for cut := 1; cut < len(whole); cut += 7 {
		for _, length := range []bool{false, true} {
			cl, p, asked := serve(whole, whole[:cut], length)
			a, err := cl.Package(context.Background(), id)
			require.NoError(t, err, whole[:cut])
			require.Equal(t, 1, a.Framework.Len())
			require.Equal(t, 3, *asked)
			require.Len(t, p.all, 2)
		}
	}
	for cut := 1; cut < len(single); cut += 13 {
		cl, _, asked := serve(single, single[:cut], false)
		_, err := cl.Item(context.Background(), id)
		require.NoError(t, err, single[:cut])
		require.Equal(t, 3, *asked)
	}
	for _, wrong := range []string{`{"CFDocument":x`, `{"identifier":tru}`, `{"CFItems":[}`, `{}`, `[1,2]`, "text"} {
		cl, p, asked := serve(whole, wrong, false)
		_, err := cl.Package(context.Background(), id)
		failed(t, err, caseapi.CodeNotJSON)
		require.Equal(t, 1, *asked, wrong)
		require.Empty(t, p.all)
	}
	asked := 0
	cl, p := provider(t, func(w http.ResponseWriter, _ *http.Request) { asked++; answer(w, 200, whole[:40]) })
	_, err := cl.Package(context.Background(), id)
	e := failed(t, err, caseapi.CodeNotJSON)
	require.Contains(t, e.Error(), "cut off")
	require.True(t, e.Temporary())
	require.Equal(t, 4, asked, "within bounds")
	require.Len(t, p.all, 3)
}

// The token goes to what stands below the path of the service and nowhere else: not by a
// link to the next page, not by a redirect, not by CFPackageURI.
func TestTokenStaysBelowThePath(t *testing.T) {
	const secret = "s3cret"
	var outside []string
	serve := func(link, redirect string) *caseapi.Client {
		cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/x/ims/case/") {
				outside = append(outside, r.URL.Path)
				require.Empty(t, r.Header.Get("Authorization"), r.URL.Path)
				answer(w, 200, pack("a", "", "S"))
				return
			}
			require.Equal(t, "Bearer "+secret, r.Header.Get("Authorization"))
			switch {
			case strings.HasSuffix(r.URL.Path, "/CFDocuments"):
				w.Header().Set("Link", "<"+link+`>; rel="next"`)
				answer(w, 200, documents(0, 1))
			case redirect != "":
				http.Redirect(w, r, redirect, http.StatusFound)
			default:
				w.WriteHeader(404)
			}
		}, func(c *caseapi.ClientConfig) {
			c.BaseURL, c.Authorize = "/x/ims/case/v1p1", caseapi.Bearer(secret)
		})
		return cl
	}
	for link, code := range map[string]vc.Code{
		"/admin/export?offset=1": caseapi.CodeOutsideBase, "/x/ims/case/../../admin": caseapi.CodeOutsideBase,
		"/x/ims/case/%2e%2e/admin": caseapi.CodeOutsideBase, "/x/ims/casement": caseapi.CodeOutsideBase, "/": caseapi.CodeOutsideBase,
		"https://evil.example/x/ims/case/v1p1/CFDocuments?offset=1": caseapi.CodeCrossOrigin,
	} {
		_, _, err := walked(serve(link, ""), caseapi.List{Limit: 1})
		failed(t, err, code)
		require.Empty(t, outside, link)
	}
	p, err := serve("/", "/cache/package.json").Package(context.Background(), long("a"))
	require.NoError(t, err)
	require.NotNil(t, p.Framework)
	require.Equal(t, []string{"/cache/package.json"}, outside)
}

// A list page of three megabytes, whatever it is made of, takes no more than 16 MiB and
// eight times its length: all that is allocated for it, kept or not.
func TestPagesBuildWhatTheySend(t *testing.T) {
	const n = 3 << 20
	for _, unit := range []string{
		`{}`, `null`, `0`, `[]`, `""`, `{"":0}`, `{"identifier":"a"}`, `{"subjectURI":[{}]}`, `{"licenseURI":{}}`, `[[[[]]]]`,
		`{"subject":["","","","","",""]}`, `{"extensions":{"a":1}}`, `{"title":null,"notes":null,"language":null}`,
		`{"identifier":"00000000-0000-4000-8000-000000000000","title":"Ttttttttttttttttttttttttttttttttttttttttttttttt"}`,
		documentJSON(1), `{"title":"` + strings.Repeat("t", 5000) + `"}`,
		`{"identifier":"a","title":"` + strings.Repeat("t", 110) + `"}`, `{"identifier":"a","title":"` + strings.Repeat("t", 130) + `"}`,
		`{"identifier":"a","licenseURI":{"title":"` + strings.Repeat("t", 250) + `"}}`,
	} {
		for form, around := range map[string][2]string{"set": {`{"CFDocuments":[`, `]}`}, "array": {`[`, `]`}, "member": {`{"CFDocuments":[],"x":[`, `]}`}} {
			body := around[0] + strings.TrimSuffix(strings.Repeat(unit+",", n/(len(unit)+1)), ",") + around[1]
			requests := 0
			cl := direct(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { requests++; answer(w, 200, body) }))
			allocated := testkit.Allocated(func() { _, _, _ = walked(cl, caseapi.List{}) })
			// The text stands twice in the memory of the server, which is the same.
			require.LessOrEqual(t, allocated, uint64(requests)*uint64(16<<20+10*len(body)), "%s of %.40s", form, unit)
		}
	}
}

// highest is how far the heap grew while f ran, as far as looking now and then shows it.
func highest(f func()) (most uint64) {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, done, end := m.HeapAlloc, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(end)
		for {
			select {
			case <-done:
				return
			default:
				runtime.GC()
				if runtime.ReadMemStats(&m); m.HeapAlloc > before {
					most = max(most, m.HeapAlloc-before)
				}
			}
		}
	}()
	f()
	close(done)
	<-end
	return most
}

// A provider of ten thousand pages of faults costs what it sends, and a report that is
// bounded as a whole.
func TestTenThousandBadPages(t *testing.T) {
	count := 2_000
	if runs(1) > 1 {
		count = 10_000
	}
	asked := 0
	list := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Link", fmt.Sprintf(`<%s?page=%d&x=%s>; rel="next"`, r.URL.Path, asked, strings.Repeat("x", 2000)))
		var docs []string
		for i := range 8 {
			docs = append(docs, fmt.Sprintf(`{"identifier":"%d","uri":"%s","title":null,"statusStartDate":"%s","x%d":[1]}`,
				8*asked+i, strings.Repeat("y", 100), strings.Repeat("z", 100), i))
		}
		answer(w, 200, `{"CFDocuments":[`+strings.Join(append(docs, fmt.Sprintf(`{"title":"nameless %d"}`, asked), "null"), ",")+`]}`)
	})
	refused := func(w http.ResponseWriter, _ *http.Request, _ string) { answer(w, 404, strings.Repeat("no ", 300)) }
	cl := direct(t, host{list, refused}, func(c *caseapi.ClientConfig) { c.MaxPages = count })
	var report *caseapi.SyncReport
	var err error
	h := &caseapi.MemoryHoldings{}
	most := highest(func() { report, err = caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{}) })
	failed(t, err, caseapi.CodeTooManyPages)
	require.Equal(t, count, asked)
	require.Equal(t, 9*count, report.Count(caseapi.Failed))
	require.False(t, report.Complete)
	require.Zero(t, report.Count(caseapi.Gone))
	if !testkit.Race {
		require.Less(t, most, uint64(64<<20))
	}
	require.LessOrEqual(t, len(report.Warnings), 1100)
	require.Contains(t, warned(report.Warnings), caseapi.WarnListEntry)
}
