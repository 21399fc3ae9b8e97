package caseapi

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/imsrest"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc"
)

// turn is what is known when a page was read and the next is to be found.
type turn struct {
	url    *url.URL // of this page
	header http.Header
	items  int // on this page
	limit  int // asked for
	offset int
}

// total reads X-Total-Count; ok is false where it is absent or no number.
func total(h http.Header) (n int, ok bool) {
	v, err := strconv.ParseUint(strings.TrimSpace(h.Get("X-Total-Count")), 10, 31)
	return int(v), err == nil
}

// next finds the next page: by the Link header, else by X-Total-Count, else by
// asking on as long as pages are full. nil is the end. The answer is held against
// the rules that keep the token on the provider's own host (CASE 1.1 REST/JSON
// binding, 3.1).
func (t *turn) next() (u *url.URL, code vc.Code) {
	if t.items == 0 {
		return nil, ""
	}
	for _, l := range imsrest.ParseLink(t.header.Values("Link")...) {
		if l.Is("next") {
			return t.follow(l.URL)
		}
	}
	end := t.offset + t.items
	all, known := total(t.header)
	switch {
	case known && end >= all, !known && t.items != t.limit, !known && len(t.header.Values("Link")) > 0:
		return nil, ""
	}
	following := *t.url
	q := following.Query()
	q.Set("offset", strconv.Itoa(end))
	following.RawQuery = encodeQuery(q)
	return &following, ""
}

// follow resolves and judges a link.
func (t *turn) follow(link string) (*url.URL, vc.Code) {
	u, err := t.url.Parse(link)
	switch {
	case err != nil || u.Host == "" || u.User != nil:
		return nil, CodeCrossOrigin
	case t.url.Scheme == "https" && u.Scheme == "http" && strings.EqualFold(u.Hostname(), t.url.Hostname()):
		return nil, CodeInsecureLink
	case !safehttp.SameOrigin(u, t.url):
		return nil, CodeCrossOrigin
	case u.Path == t.url.Path && u.Query().Encode() == t.url.Query().Encode():
		return nil, CodePaginationLoop
	}
	u.Fragment = ""
	return u, ""
}
