package rest

import (
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/safehttp"
)

// Turn is what a client knows when a page was read and the next is to be found.
type Turn struct {
	URL    *url.URL    // of this page
	Base   *url.URL    // below which the next page must be, nil for the whole origin
	Header http.Header // of the answer
	Items  int         // on this page
	Limit  int         // asked for
	Offset int         // asked for
}

// Total reads X-Total-Count; ok is false where it is absent or no number.
func Total(h http.Header) (n int, ok bool) {
	v, err := strconv.ParseUint(strings.TrimSpace(h.Get("X-Total-Count")), 10, 31)
	return int(v), err == nil
}

// Next finds the next page: by the Link header, else by X-Total-Count, else by
// asking on as long as pages are full. nil without a code is the end. The answer is
// held against the rules that keep the token on the provider's own host (CASE 1.1
// REST/JSON binding, 3.1); what breaks them has the code [CodeCrossOrigin],
// [CodeInsecureLink], [CodeOutsideBase] or [CodePaginationLoop].
func (t *Turn) Next() (*url.URL, Code) {
	if t.Items == 0 {
		return nil, ""
	}
	for _, l := range ParseLink(t.Header.Values("Link")...) {
		if l.Is("next") {
			return t.follow(l.URL)
		}
	}
	end := t.Offset + t.Items
	all, known := Total(t.Header)
	switch {
	case known && end >= all, !known && t.Items != t.Limit, !known && len(t.Header.Values("Link")) > 0:
		return nil, ""
	}
	return t.At(end, 0), ""
}

// follow resolves and judges a link.
func (t *Turn) follow(link string) (*url.URL, Code) {
	u, err := t.URL.Parse(link)
	switch {
	case err != nil || u.Host == "" || u.User != nil:
		return nil, CodeCrossOrigin
	case t.URL.Scheme == "https" && u.Scheme == "http" && strings.EqualFold(u.Hostname(), t.URL.Hostname()):
		return nil, CodeInsecureLink
	case !safehttp.SameOrigin(u, t.URL):
		return nil, CodeCrossOrigin
	case t.Base != nil && !Within(u, t.Base):
		return nil, CodeOutsideBase
	case u.Path == t.URL.Path && u.Query().Encode() == t.URL.Query().Encode():
		return nil, CodePaginationLoop
	}
	u.Fragment = ""
	return u, ""
}

// Within reports whether a URL is on the origin of a base and below its path, however
// the path is written: with dots, with escaped slashes.
func Within(u, base *url.URL) bool {
	if !safehttp.SameOrigin(u, base) {
		return false
	}
	at, root := path.Clean("/"+u.Path), path.Clean("/"+base.Path)
	return root == "/" || at == root || strings.HasPrefix(at, root+"/")
}

// At returns the page at another offset, and with another limit where that is not 0.
func (t *Turn) At(offset, limit int) *url.URL {
	u := *t.URL
	q := u.Query()
	q.Set("offset", strconv.Itoa(offset))
	if limit > 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	u.RawQuery = EncodeQuery(q)
	return &u
}

// EncodeQuery writes a query with %20 for a blank: the standard's examples do, and
// not every provider reads a plus as one.
func EncodeQuery(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }
