package conformance

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// frameworks is a provider of CASE as the checks ask it, in one version.
type frameworks struct {
	*probe
	version casefw.Version
	base    string
}

func (p *probe) frameworks(v casefw.Version) *frameworks {
	base := strings.TrimSuffix(p.s.suite.Provider.URL, "/")
	if path := "/ims/case/" + v.Segment(); !strings.HasSuffix(base, path) {
		base += path
	}
	return &frameworks{p, v, base}
}

// ask asks for an endpoint of the provider; query may be nil.
func (f *frameworks) ask(path string, query url.Values) *answer {
	target := f.base + path
	if len(query) > 0 {
		target += "?" + rest.EncodeQuery(query)
	}
	return f.get(target, "")
}

// good asks for what must be there, and returns its JSON. Whatever else comes is a finding.
func (f *frameworks) good(path string, query url.Values) (v jsonx.Value, a *answer, ok bool) {
	if a = f.ask(path, query); !f.status(a, "the answer of "+path, http.StatusOK) {
		return v, a, false
	}
	v, err := a.json()
	return v, a, f.holds(err == nil, Finding{Message: "the answer of " + path + " is no JSON", Exchange: a.exchange})
}

// mostListPages is how many pages of frameworks are read: enough for the ten thousand
// frameworks of the largest network, at a hundred a page.
const mostListPages = 100

// documents are all frameworks that are offered, as the list has them.
func (f *frameworks) documents() (all []jsonx.Value) {
	seen := map[string]bool{}
	query := url.Values{}
	for range mostListPages {
		v, a, ok := f.good("/CFDocuments", query)
		if !ok {
			return all
		}
		fresh := 0
		for _, d := range v.Get("CFDocuments").Items() {
			if id := identifier(d); !seen[id] {
				seen[id] = true
				fresh++
				all = append(all, d)
			}
		}
		total, counted := rest.Total(a.header)
		_, more := nextOf(a.header)
		if fresh == 0 || !(counted && total > len(all) || more) {
			return all
		}
		query = url.Values{"limit": {"100"}, "offset": {strconv.Itoa(len(all))}}
	}
	return all
}

// nextOf is where an answer says that more follows, as it is written.
func nextOf(h http.Header) (to string, ok bool) {
	for _, l := range rest.ParseLink(h.Values("Link")...) {
		if l.Is("next") {
			return l.URL, true
		}
	}
	return "", false
}

// identifier is that of a record, in lower case.
func identifier(v jsonx.Value) string { return strings.ToLower(v.Get("identifier").Text()) }

// mostPackages bounds the packages that one check reads: what a provider offers for tests is
// a few, and the largest network has some thousands of up to ten megabytes.
const mostPackages = 50

// packages yields the packages of what is offered, with the documents.
func (f *frameworks) packages(yield func(document, pack jsonx.Value, a *answer) bool) {
	all := f.documents()
	if len(all) == 0 {
		f.fail(Finding{Message: "no framework is offered: there is nothing to look at"})
		return
	}
	if len(all) > mostPackages {
		f.warn(Finding{Message: "only the first frameworks are looked at", Found: strconv.Itoa(len(all)),
			Expected: strconv.Itoa(mostPackages)})
		all = all[:mostPackages]
	}
	for _, d := range all {
		v, a, ok := f.good("/CFPackages/"+identifier(d), nil)
		if ok && !yield(d, v, a) {
			return
		}
	}
}
