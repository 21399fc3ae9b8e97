package refhost

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// entry is a credential that is kept.
type entry struct {
	key   string // issuer and id, in the form in which they are compared
	text  []byte
	token bool
	from  time.Time
}

// list is getCredentials.
func (h *Host) list(w http.ResponseWriter, r *http.Request, s service) {
	text, token := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	open := h.has("open") && !token || h.has("garbage-token") && token && h.tokens[text] == nil
	if !open && !h.permits(w, r, s.scopes+readonly, "read-scope-unchecked") {
		return
	}
	switch {
	case h.has("html"):
		sendText(w, http.StatusOK, "text/html", []byte("<!doctype html><title>Sign in</title>"))
		return
	case h.has("garbage"):
		sendText(w, http.StatusOK, "application/json", []byte(`{"credential":[{"id":`))
		return
	}
	q := r.URL.Query()
	limit, ok1 := h.number(q, "limit", 1, 50)
	offset, ok2 := h.number(q, "offset", 0, 0)
	since, err := time.Parse(time.RFC3339, q.Get("since"))
	if !ok1 || !ok2 || q.Has("since") && err != nil {
		refuse(w, http.StatusBadRequest, "invalid_query_parameter", "limit, offset and since must be what they are")
		return
	}
	all := h.matching(s, since)
	if h.has("offset-404") && offset > len(all) {
		refuse(w, http.StatusNotFound, "not_found", "there is no such page")
		return
	}
	if h.has("limit-ignored") {
		limit = len(all) + 1
	}
	first := min(offset, len(all))
	if h.has("page-twice") && first > 0 && first < len(all) {
		first--
	}
	page := all[first:min(offset+limit, len(all))]
	if first > offset+limit || len(page) == 0 {
		page = nil
	}
	h.heads(w, s, q, limit, offset, len(all))
	sendText(w, http.StatusOK, "application/json", h.answer(page))
}

// number reads a parameter; ok is false for what is none.
func (h *Host) number(q url.Values, name string, least, otherwise int) (n int, ok bool) {
	if !q.Has(name) {
		return otherwise, true
	}
	n, err := strconv.Atoi(q.Get(name))
	if err != nil || n < least || n > 1<<31-1 {
		return otherwise, h.has("bad-limit-taken")
	}
	return n, true
}

// matching are the credentials issued after an instant.
func (h *Host) matching(s service, since time.Time) (all []*entry) {
	if h.has("list-empty") {
		return nil
	}
	for _, e := range h.kept[s.base] {
		if since.IsZero() || e.from.After(since) || h.has("since-ignored") {
			all = append(all, e)
		}
	}
	return all
}

// heads writes the headers of a page.
func (h *Host) heads(w http.ResponseWriter, s service, q url.Values, limit, offset, total int) {
	switch {
	case h.has("page-no-total"):
	case h.has("total-wrong"):
		w.Header().Set("X-Total-Count", strconv.Itoa(total+1))
	default:
		w.Header().Set("X-Total-Count", strconv.Itoa(total))
	}
	if h.has("page-no-link") || offset == 0 && limit >= total {
		return
	}
	origin := h.origin
	if h.has("next-foreign") {
		origin = "https://foreign.example"
	}
	link := func(rel string, offset int) {
		to := url.Values{"limit": {strconv.Itoa(limit)}, "offset": {strconv.Itoa(offset)}}
		if q.Has("since") {
			to.Set("since", q.Get("since"))
		}
		w.Header().Add("Link", fmt.Sprintf(`<%s%s/credentials?%s>; rel="%s"`, origin, s.base, to.Encode(), rel))
	}
	link("first", 0)
	link("last", max(0, (total-1)/limit*limit))
	if offset > 0 && !h.has("page-no-prev") {
		link("prev", max(0, offset-limit))
	}
	if next := offset + limit; next < total {
		switch {
		case h.has("page-lost"):
			next++
		case h.has("page-loop"):
			next = offset
		}
		link("next", next)
	}
}

// answer writes a page: JSON objects as they came, tokens as texts.
func (h *Host) answer(page []*entry) []byte {
	var objects, tokens [][]byte
	for _, e := range page {
		switch text := h.shown(e); {
		case !e.token:
			objects = append(objects, text)
		case h.has("wrong-array"):
			objects = append(objects, quoted(text))
		default:
			tokens = append(tokens, quoted(text))
		}
	}
	plural := ""
	if h.has("jws-plural") {
		plural = "s"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"credential":[%s],"compactJwsString%s":[%s]}`, bytes.Join(objects, []byte(",")), plural, bytes.Join(tokens,
		[]byte(",")))
	return b.Bytes()
}

func quoted(text []byte) []byte { return []byte(strconv.Quote(string(text))) }

// shown is a credential as the list has it.
func (h *Host) shown(e *entry) []byte {
	if e.token || !h.has("rewritten") && !h.has("name-lost") {
		return e.text
	}
	var m map[string]json.RawMessage
	_ = json.Unmarshal(e.text, &m) // it is one, since it was verified
	if h.has("name-lost") {
		delete(m, "name")
	}
	text, _ := json.Marshal(m)
	return text
}
