package obapi

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// asked is what a client wants of the list.
type asked struct {
	rest.Page
	since string // as it is repeated in links, "" where it was not given
	query hub.Query
}

// list answers getCredentials.
func (h *handler) list(r *request) error {
	if err := acceptable(r.Header, credrest.JSON); err != nil {
		return err
	}
	a, err := h.parseList(r.URL.RawQuery)
	if err != nil {
		return err
	}
	page, err := h.page(r, a.query)
	if err != nil {
		return err
	}
	b := rest.Buffer()
	defer rest.PutBuffer(b)
	b.Write(appendPage(b.AvailableBuffer(), page.Entries))
	h.setPaging(r.w.Header(), a, page)
	h.send.Send(r.w, r.Request, rest.Answer{Body: b.Bytes(), Tag: rest.PageTag(b.Bytes(), r.w.Header())})
	return nil
}

// portion is how much of a page is read at a time: as much as most pages have.
const portion = 2 << 20

// page reads a page from the store, portion by portion. Memory is taken for each once its
// size is known; until then it is bounded by how many are read at a time.
func (h *handler) page(r *request, q hub.Query) (page hub.Page, err error) {
	left := h.MaxPage
	for {
		q.MaxBytes = int(min(left, portion))
		part, err := h.portion(r, q)
		if err != nil {
			return page, err
		}
		size := int64(0)
		for i := range part.Entries {
			size += int64(len(part.Entries[i].Raw))
		}
		// What the store gave, the page that is made of it, and that compressed.
		if err := r.lease.Take(3 * size); err != nil {
			return page, err
		}
		if page.Next = part.Next; page.Entries == nil {
			page.Total = part.Total
		}
		page.Entries = append(page.Entries, part.Entries...)
		left, q.Limit = left-size, q.Limit-len(part.Entries)
		if left <= 0 || q.Limit <= 0 || page.Next == 0 {
			return page, nil
		}
		q.After, q.Offset = page.Next, 0
	}
}

// portion asks the store, when it is this request's turn.
func (h *handler) portion(r *request, q hub.Query) (hub.Page, error) {
	if err := h.reading.enter(r.Context()); err != nil {
		return hub.Page{}, err
	}
	defer h.reading.leave()
	return h.Keeper.store.List(r.Context(), r.owner, q)
}

// parseList reads limit, offset, since, and after, which only our own links have.
func (h *handler) parseList(raw string) (a asked, err error) {
	q, err := rest.ParseQuery(raw, queryLimits)
	if err != nil {
		return a, err
	}
	if a.Page, err = rest.ParsePage(q, rest.PageLimits{Default: h.DefaultLimit, Max: h.MaxLimit}); err != nil {
		return a, err
	}
	a.query = hub.Query{Kind: h.service.Kind, Limit: a.Limit, Offset: a.Offset, By: h.Since}
	if q.Has("since") {
		if a.query.Since, a.since, err = parseSince(q); err != nil {
			return a, err
		}
	}
	if q.Has("after") {
		if a.query.After, err = parseAfter(q); err != nil {
			return a, err
		}
		a.query.Offset = 0
	}
	return a, nil
}

// one returns the value of a parameter that may come once.
func one(q url.Values, name string) (string, error) {
	if len(q[name]) > 1 {
		return "", &rest.Error{Code: rest.CodeRepeated, Field: name, Detail: "the parameter " + name + " came more than once"}
	}
	return q.Get(name), nil
}

// parseSince reads the instant. A blank is the plus of an offset that was not escaped.
func parseSince(q url.Values) (at time.Time, text string, err error) {
	if text, err = one(q, "since"); err != nil {
		return at, "", err
	}
	text = strings.ReplaceAll(text, " ", "+")
	at, err = datetime.Parse(text)
	if err != nil || !datetime.HasZone(text) {
		return at, "", &rest.Error{Code: rest.CodePage, Field: "since", Detail: "since is " + quote.Text(text) +
			", not a date with a time and a zone, such as 2026-01-31T12:00:00Z"}
	}
	if at.IsZero() {
		at = at.Add(time.Nanosecond) // the first instant of all is not no instant
	}
	return at, text, nil
}

func parseAfter(q url.Values) (hub.Position, error) {
	text, err := one(q, "after")
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(text, 36, 64)
	if err != nil || n <= 0 {
		return 0, &rest.Error{Code: rest.CodePage, Field: "after",
			Detail: "after is " + quote.Text(text) + ", which no link of this service has"}
	}
	return hub.Position(n), nil
}

// setPaging says what a page is part of. The next page has the position that it follows,
// by which no entry is repeated or left out when others come and go; offset is there for
// whoever counts, and first, last and prev have it alone, as the standard knows them.
func (h *handler) setPaging(head http.Header, a asked, page hub.Page) {
	base := h.base.String() + credrest.List.Path
	query := url.Values{}
	if a.since != "" {
		query.Set("since", a.since)
	}
	links := a.Links(base, query, page.Total)
	kept := links[:0]
	if page.Next != 0 {
		query.Set("limit", strconv.Itoa(a.Limit))
		query.Set("offset", strconv.Itoa(a.Offset+len(page.Entries)))
		query.Set("after", strconv.FormatInt(int64(page.Next), 36))
		kept = append(kept, rest.Link{URL: base + "?" + query.Encode(), Rel: "next"})
	}
	for _, l := range links {
		if !l.Is("next") {
			kept = append(kept, l)
		}
	}
	head.Set("X-Total-Count", strconv.Itoa(page.Total))
	head.Set("Link", string(rest.AppendLinks(nil, kept)))
}

// appendPage writes a page: what has a proof in it as it is, tokens as texts (Open Badges
// 3.0, GetOpenBadgeCredentialsResponse). An array without a member is left out.
func appendPage(b []byte, entries []hub.Stored) []byte {
	b = append(b, '{')
	b = appendArray(b, "credential", entries, vc.FormJSON)
	b = appendArray(b, "compactJwsString", entries, vc.FormJWT)
	return append(b, '}')
}

func appendArray(b []byte, name string, entries []hub.Stored, f vc.Form) []byte {
	first := true
	for i := range entries {
		if entries[i].Form != f {
			continue
		}
		if first && b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		if first {
			b = append(append(append(b, '"'), name...), `":[`...)
		} else {
			b = append(b, ',')
		}
		first = false
		b = appendEntry(b, &entries[i])
	}
	if !first {
		b = append(b, ']')
	}
	return b
}

// appendEntry writes one credential. The alphabet of a compact JWS needs no escapes.
func appendEntry(b []byte, e *hub.Stored) []byte {
	if e.Form == vc.FormJSON {
		return append(b, e.Raw...)
	}
	return append(append(append(b, '"'), e.Raw...), '"')
}
