package obtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// Web is a small World Wide Web in memory: pages and handlers by URL, and faults that befall
// them. It is a fetch.Fetcher, which answers as a fetch.Client does, with the same codes and
// without waiting, and the http.Handler of a [Host], over which a real client sees the same. It is safe for
// concurrent use. Make it with [NewWeb].
type Web struct {
	mu        sync.Mutex
	pages     map[string][]page // by URL, the newest last
	handlers  map[string]http.Handler
	redirects map[string]string
	faults    map[string]Fault
	asked     map[string]int
}

type page struct {
	mediaType string
	body      []byte
}

// NewWeb makes a Web without pages.
func NewWeb() *Web {
	return &Web{pages: map[string][]page{}, handlers: map[string]http.Handler{}, redirects: map[string]string{},
		faults: map[string]Fault{}, asked: map[string]int{}}
}

// Fault is what is wrong with a page or with a host. The zero Fault is none.
type Fault string

// The faults.
const (
	Down    Fault = "down"    // the connection breaks
	Slow    Fault = "slow"    // it answers later than anybody waits
	Missing Fault = "missing" // 404
	Gone    Fault = "gone"    // 410
	Busy    Fault = "busy"    // 503
	Loop    Fault = "loop"    // it redirects to itself
	Huge    Fault = "huge"    // longer than anybody reads
	HTML    Fault = "html"    // a page for people in its place
	Typed   Fault = "typed"   // the right page as text/plain, which hosts of files do
	Broken  Fault = "broken"  // the first half of it
	Stale   Fault = "stale"   // the page that stood there before
)

// Faults lists the faults, in the order of the constants.
func Faults() []Fault {
	return []Fault{Down, Slow, Missing, Gone, Busy, Loop, Huge, HTML, Typed, Broken, Stale}
}

// Put publishes a page in place of an older one. The body must not be changed.
func (w *Web) Put(url, mediaType string, body []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[url] = append(w.pages[url], page{mediaType, body})
}

// Handle lets a handler answer for all URLs that begin with a prefix and have no page.
func (w *Web) Handle(prefix string, h http.Handler) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handlers[prefix] = h
}

// Redirect leads from one URL to another; to "", no longer.
func (w *Web) Redirect(from, to string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.redirects[from] = to
}

// Break lets a fault befall a URL, or a whole origin such as https://harbour.example. The
// zero Fault mends it.
func (w *Web) Break(urlOrOrigin string, f Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults[urlOrOrigin] = f
}

// Asked is how often a URL was asked for.
func (w *Web) Asked(url string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[url]
}

// Pages returns the URLs of the pages, in order: to make a trust pack of.
func (w *Web) Pages() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(maps.Keys(w.pages))
}

// answer is what stands at a URL.
func (w *Web) answer(target string) (f Fault, redirect string, p page, h http.Handler) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[target]++
	f = w.befalls(target)
	if versions := w.pages[target]; len(versions) > 0 {
		p = versions[len(versions)-1]
		if f == Stale {
			p = versions[max(0, len(versions)-2)]
		}
	} else {
		for prefix, candidate := range w.handlers {
			if strings.HasPrefix(target, prefix) {
				h = candidate
			}
		}
	}
	return f, w.redirects[target], p, h
}

// befalls is the fault of a URL, its own or that of its origin. The caller holds the lock.
func (w *Web) befalls(target string) Fault {
	if f := w.faults[target]; f != "" {
		return f
	}
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return w.faults[u.Scheme+"://"+u.Host]
}

// ServeHTTP answers for the URL whose host the request names, as if over https.
func (w *Web) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	target := "https://" + r.Host + r.URL.RequestURI()
	f, redirect, p, h := w.answer(target)
	switch f {
	case Down:
		panic(http.ErrAbortHandler)
	case Slow:
		<-r.Context().Done()
	case Missing:
		http.NotFound(out, r)
	case Gone:
		http.Error(out, "it is gone", http.StatusGone)
	case Busy:
		http.Error(out, "later", http.StatusServiceUnavailable)
	case Loop:
		http.Redirect(out, r, target, http.StatusFound)
	case Huge:
		huge(out)
	case HTML:
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(out, "<!doctype html><title>Sign in</title>")
	default:
		switch {
		case redirect != "":
			http.Redirect(out, r, redirect, http.StatusFound)
		case p.body != nil:
			p.send(out, f)
		case h != nil:
			h.ServeHTTP(out, r)
		default:
			http.NotFound(out, r)
		}
	}
}

// huge writes more than anybody reads.
func huge(out http.ResponseWriter) {
	out.Header().Set("Content-Type", "application/json")
	block := bytes.Repeat([]byte(" "), 1<<16)
	for range 1 << 10 {
		if _, err := out.Write(block); err != nil {
			return
		}
	}
}

func (p page) send(out http.ResponseWriter, f Fault) {
	mediaType, body := p.mediaType, p.body
	switch f {
	case Typed:
		mediaType = "text/plain"
	case Broken:
		body = body[:len(body)/2]
	}
	out.Header().Set("Content-Type", mediaType)
	_, _ = out.Write(body) // nobody is left to tell
}

// Fetch implements fetch.Fetcher.
func (w *Web) Fetch(ctx context.Context, asked string) (*fetch.Response, error) {
	target, _, _ := strings.Cut(asked, "#")
	for range 4 { // three redirects, as a fetch.Client
		if err := ctx.Err(); err != nil {
			return nil, &fetch.Error{Code: fetch.CodeCancelled, URL: asked, Detail: "the context ended", Err: err}
		}
		if f, code := w.fault(target); code != "" {
			return nil, &fetch.Error{Code: code, URL: asked, Detail: "a fault that was asked for: " + string(f)}
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
		if err != nil || r.URL.Scheme != "https" {
			return nil, &fetch.Error{Code: fetch.CodeRefusedURL, URL: asked, Detail: "no https URL", Err: err}
		}
		got := &recorder{head: http.Header{}, status: http.StatusOK}
		w.ServeHTTP(got, r)
		if to := got.head.Get("Location"); got.status == http.StatusFound && to != "" {
			target = to
			continue
		}
		return got.response(asked, target)
	}
	return nil, &fetch.Error{Code: fetch.CodeTooManyRedirects, URL: asked, Detail: "more than three redirects"}
}

// fault tells the code of a fault that a handler cannot show without waiting or breaking.
func (w *Web) fault(target string) (f Fault, code fetch.Code) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f = w.befalls(target)
	switch f {
	case Down:
		return f, fetch.CodeNetwork
	case Slow:
		return f, fetch.CodeTimeout
	case Loop:
		return f, fetch.CodeTooManyRedirects
	case Huge:
		return f, fetch.CodeTooLarge
	}
	return f, ""
}

// recorder is an answer as it is written.
type recorder struct {
	head   http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.head }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// response is what a fetch.Client makes of the answer.
func (r *recorder) response(asked, target string) (*fetch.Response, error) {
	mediaType, _, _ := mime.ParseMediaType(r.head.Get("Content-Type"))
	fail := func(code fetch.Code) (*fetch.Response, error) {
		return nil, &fetch.Error{Code: code, URL: asked, Status: r.status, Detail: fmt.Sprintf("the server answered %d, %s", r.status, mediaType)}
	}
	switch {
	case r.status == http.StatusNotFound:
		return fail(fetch.CodeNotFound)
	case r.status == http.StatusGone:
		return fail(fetch.CodeGone)
	case r.status != http.StatusOK:
		return fail(fetch.CodeStatus)
	case mediaType == "text/html":
		return nil, &fetch.Error{Code: fetch.CodeHTML, URL: asked, Detail: "the server answered with a page for people"}
	}
	return &fetch.Response{URL: target, Asked: asked, MediaType: mediaType, Body: r.body.Bytes(), Source: fetch.SourceNetwork}, nil
}
