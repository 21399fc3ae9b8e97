package rest

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/laurel-edu/laurel/internal/quote"
)

// Page is the part of a collection that a client asks for.
type Page struct{ Limit, Offset int }

// PageLimits bound a page. The zero value has the defaults.
type PageLimits struct {
	Default int // the limit where the client names none, 100 as in the bindings
	Max     int // the largest, 1,000 by default; a larger wish is cut to it
}

const largest = 1<<31 - 1 // both parameters are int32

// ParsePage reads limit and offset. The error is an [*Error].
func ParsePage(q url.Values, l PageLimits) (p Page, err error) {
	if l.Default <= 0 {
		l.Default = 100
	}
	if l.Max <= 0 {
		l.Max = 1000
	}
	if p.Limit, err = number(q, "limit", min(l.Default, l.Max), 1); err != nil {
		return p, err
	}
	p.Limit = min(p.Limit, l.Max)
	p.Offset, err = number(q, "offset", 0, 0)
	return p, err
}

func number(q url.Values, name string, missing, least int) (int, error) {
	text, err := single(q, name)
	if err != nil || !q.Has(name) {
		return missing, err
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || int(n) < least {
		return 0, &Error{Code: CodePage, Field: name, Detail: name + " is " + quote.Text(text) + ", not a whole number from " +
			strconv.Itoa(least) + " to " + strconv.Itoa(largest)}
	}
	return int(n), nil
}

// Window returns the first place of the page and the one behind it, in a
// collection of total records.
func (p Page) Window(total int) (from, to int) {
	from = min(p.Offset, total)
	return from, from + min(p.Limit, total-from)
}

// Around returns the pages that the Link header of this one names: first and last
// always, though they be empty, prev wherever something was passed over. A page that
// does not exist is the zero Page. As in the bindings' example the last page asks for
// what is left alone; its place is the one that is reached by next.
func (p Page) Around(total int) (first, prev, next, last Page) {
	first, last = Page{Limit: p.Limit}, Page{Limit: p.Limit}
	if total <= 0 {
		if p.Offset > 0 {
			prev = last
		}
		return first, prev, next, last
	}
	phase := p.Offset % p.Limit
	if phase >= total {
		phase = 0
	}
	last.Offset = phase + (total-1-phase)/p.Limit*p.Limit
	last.Limit = total - last.Offset
	switch {
	case p.Offset >= total:
		prev = last
	case p.Offset > 0:
		prev = Page{Limit: min(p.Limit, p.Offset), Offset: max(0, p.Offset-p.Limit)}
	}
	if p.Offset < total && p.Limit < total-p.Offset {
		next = Page{Limit: p.Limit, Offset: p.Offset + p.Limit}
	}
	return first, prev, next, last
}

// SetHeaders says on an answer what the page is part of: X-Total-Count, and Link with
// the pages around it. base is as of [Page.Links].
func (p Page) SetHeaders(head http.Header, base string, query url.Values, total int) {
	head.Set("X-Total-Count", strconv.Itoa(total))
	links, room := p.Links(base, query, total), 0
	for _, l := range links {
		room += len(l.URL) + len(`<>; rel="first", `)
	}
	head.Set("Link", string(AppendLinks(make([]byte, 0, room), links)))
}

// Links returns the links of a page: next, last, first, prev, as far as they
// exist. base is the URL of the collection without query; the other parameters
// of query are kept.
func (p Page) Links(base string, query url.Values, total int) []Link {
	before, after := url.Values{}, url.Values{}
	for name, values := range query {
		switch {
		case name == "limit" || name == "offset":
		case name < "limit":
			before[name] = values
		default:
			after[name] = values
		}
	}
	start, end := "", "" // written once, for they may be long
	if len(before) > 0 {
		start = before.Encode() + "&"
	}
	if len(after) > 0 {
		end = "&" + after.Encode()
	}
	first, prev, next, last := p.Around(total)
	links := make([]Link, 0, 4)
	for _, l := range []struct {
		rel string
		Page
	}{{"next", next}, {"last", last}, {"first", first}, {"prev", prev}} {
		if l.Page != (Page{}) {
			target := base + "?" + start + "limit=" + strconv.Itoa(l.Limit) + "&offset=" + strconv.Itoa(l.Offset) + end
			links = append(links, Link{URL: target, Rel: l.rel})
		}
	}
	return links
}
