package obtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Gradebook is a service of OneRoster 1.2 with the habits of real ones, to point a client at.
// It answers below /ims/oneroster/gradebook/v1p2, and gives tokens at /token. The zero
// Gradebook behaves well and has nothing. Set its fields before it is asked, or under
// [Gradebook.Do].
type Gradebook struct {
	IgnoreFilter bool // filter is not looked at
	IgnoreSort   bool // records come in the order in which they were put
	IgnoreOffset bool // each page is the first
	RefuseQuery  bool // filter and sort are answered by 400
	MaxLimit     int  // a page has no more, however many are asked for; 0 for no bound
	NoTotal      bool // no X-Total-Count
	Links        bool // Link headers
	HardDelete   bool // Delete drops records in place of marking them
	NoSingles    bool // 404 for every record that is asked for by itself
	CapitalC     bool // imsx_CodeMinor in statuses
	TextNumbers  bool // scores as texts
	Booleans     bool // flags as booleans and not as texts
	Coarse       bool // dates are shown in whole seconds, and compared as they are
	// Missing are collections that are answered by 404.
	Missing []string
	// BusyEvery answers each so many-th request by 429 with Retry-After: RetryAfter.
	BusyEvery  int
	RetryAfter time.Duration
	// TokenLife is how many requests a token is good for; 0 for as many as there are.
	TokenLife int
	// ClientID and Secret are wanted at /token, and a token then everywhere else. Without
	// them everything is open.
	ClientID, Secret string
	// Between is called before each answer of a list but the first, to write while a client
	// reads. It must not call Do.
	Between func(g *Gradebook, request int)

	mu       sync.Mutex
	rows     map[string][]map[string]any // by collection
	requests int
	token    int
	left     int
}

// Do changes the gradebook while nobody is answered.
func (g *Gradebook) Do(change func(g *Gradebook)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change(g)
}

// Put writes a record in place of the one of its sourcedId. The caller is the only one who
// uses the gradebook, or is within Do or Between.
func (g *Gradebook) Put(collection string, record map[string]any) {
	if g.rows == nil {
		g.rows = map[string][]map[string]any{}
	}
	i := slices.IndexFunc(g.rows[collection], func(r map[string]any) bool { return r["sourcedId"] == record["sourcedId"] })
	if i >= 0 {
		g.rows[collection][i] = record
		return
	}
	g.rows[collection] = append(g.rows[collection], record)
}

// Delete marks a record as deleted at an instant, or drops it. As Put.
func (g *Gradebook) Delete(collection, id string, at time.Time) {
	i := slices.IndexFunc(g.rows[collection], func(r map[string]any) bool { return r["sourcedId"] == id })
	switch {
	case i < 0:
	case g.HardDelete:
		g.rows[collection] = slices.Delete(g.rows[collection], i, i+1)
	default:
		gone := map[string]any{}
		for name, value := range g.rows[collection][i] {
			gone[name] = value
		}
		gone["status"], gone["dateLastModified"] = "tobedeleted", at.UTC().Format(stamp)
		g.rows[collection][i] = gone
	}
}

// Records returns what a collection has, in the order in which it was put. As Put.
func (g *Gradebook) Records(collection string) []map[string]any {
	return slices.Clone(g.rows[collection])
}

// Requests is how often it was asked.
func (g *Gradebook) Requests() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.requests
}

const (
	stamp         = "2006-01-02T15:04:05.000Z"
	gradebookRoot = "/ims/oneroster/gradebook/v1p2/"
)

// ServeHTTP implements http.Handler.
func (g *Gradebook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.requests++
	switch {
	case g.BusyEvery > 0 && g.requests%g.BusyEvery == 0:
		w.Header().Set("Retry-After", strconv.Itoa(int(g.RetryAfter/time.Second)))
		g.refuse(w, http.StatusTooManyRequests, "server_busy")
	case r.URL.Path == "/token":
		g.grant(w, r)
	case !g.admits(r):
		g.refuse(w, http.StatusUnauthorized, "unauthorisedrequest")
	default:
		rest, ok := strings.CutPrefix(r.URL.Path, gradebookRoot)
		if !ok || r.Method != http.MethodGet {
			g.refuse(w, http.StatusNotFound, "unknownobject")
			return
		}
		g.answer(w, r, strings.Split(rest, "/"))
	}
}

func (g *Gradebook) refuse(w http.ResponseWriter, status int, minor string) {
	name := "imsx_codeMinor"
	if g.CapitalC {
		name = "imsx_CodeMinor"
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": minor,
		name: map[string]any{"imsx_codeMinorField": []any{map[string]any{"imsx_codeMinorFieldName": "sis", "imsx_codeMinorFieldValue": minor}}}})
}

func (g *Gradebook) grant(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if r.FormValue("grant_type") != "client_credentials" || id != g.ClientID || secret != g.Secret {
		g.refuse(w, http.StatusUnauthorized, "unauthorisedrequest")
		return
	}
	g.token++
	g.left = g.TokenLife
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprint("token-", g.token), "token_type": "bearer", "expires_in": 3600})
}

func (g *Gradebook) admits(r *http.Request) bool {
	if g.ClientID == "" {
		return true
	}
	if g.token == 0 || r.Header.Get("Authorization") != fmt.Sprint("Bearer token-", g.token) {
		return false
	}
	if g.TokenLife == 0 {
		return true
	}
	g.left--
	return g.left >= 0
}

// answer answers for /collection, /collection/id and /classes/id/collection.
func (g *Gradebook) answer(w http.ResponseWriter, r *http.Request, path []string) {
	class := ""
	if len(path) == 3 && path[0] == "classes" {
		class, path = path[1], path[2:]
	}
	rows := g.rows[path[0]]
	switch {
	case slices.Contains(g.Missing, path[0]):
		g.refuse(w, http.StatusNotFound, "unknownobject")
	case len(path) == 1:
		g.list(w, r, path[0], class, rows)
	case len(path) == 2 && !g.NoSingles:
		i := slices.IndexFunc(rows, func(row map[string]any) bool { return row["sourcedId"] == path[1] })
		if i < 0 {
			g.refuse(w, http.StatusNotFound, "unknownobject")
			return
		}
		g.send(w, map[string]any{strings.TrimSuffix(path[0], "s"): g.shown(rows[i])})
	default:
		g.refuse(w, http.StatusNotFound, "unknownobject")
	}
}

func (g *Gradebook) send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (g *Gradebook) list(w http.ResponseWriter, r *http.Request, collection, class string, rows []map[string]any) {
	if g.Between != nil && g.requests > 1 {
		g.Between(g, g.requests)
		rows = g.rows[collection]
	}
	q := r.URL.Query()
	if g.RefuseQuery && (q.Has("filter") || q.Has("sort")) {
		g.refuse(w, http.StatusBadRequest, "invalid_filter_field")
		return
	}
	rows = g.chosen(rows, class, q)
	limit, offset := number(q.Get("limit"), 100), number(q.Get("offset"), 0)
	if g.MaxLimit > 0 {
		limit = min(limit, g.MaxLimit)
	}
	if g.IgnoreOffset {
		offset = 0
	}
	begin := min(offset, len(rows))
	end := min(begin+limit, len(rows))
	if !g.NoTotal {
		w.Header().Set("X-Total-Count", strconv.Itoa(len(rows)))
	}
	if g.Links && end < len(rows) {
		next := *r.URL
		q.Set("offset", strconv.Itoa(end))
		next.RawQuery = q.Encode()
		w.Header().Set("Link", "<"+next.String()+`>; rel="next"`)
	}
	page := []any{}
	for _, row := range rows[begin:end] {
		page = append(page, g.shown(row))
	}
	g.send(w, map[string]any{collection: page})
}

// chosen filters by >= and = and sorts by one member, which is what clients ask for.
func (g *Gradebook) chosen(rows []map[string]any, class string, q url.Values) []map[string]any {
	rows = slices.Clone(rows)
	if filter := q.Get("filter"); filter != "" && !g.IgnoreFilter {
		name, value, _ := strings.Cut(filter, ">=")
		value = strings.Trim(value, "'")
		rows = slices.DeleteFunc(rows, func(row map[string]any) bool { return fmt.Sprint(row[name]) < value })
	}
	if class != "" {
		rows = slices.DeleteFunc(rows, func(row map[string]any) bool {
			of, _ := row["class"].(map[string]any)
			return of["sourcedId"] != class
		})
	}
	if by := q.Get("sort"); by != "" && !g.IgnoreSort {
		slices.SortStableFunc(rows, func(a, b map[string]any) int {
			order := strings.Compare(fmt.Sprint(a[by]), fmt.Sprint(b[by]))
			if q.Get("orderBy") == "desc" {
				return -order
			}
			return order
		})
	}
	return rows
}

// shown is a record as this gradebook writes it.
func (g *Gradebook) shown(row map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range row {
		if g.TextNumbers && name == "score" {
			value = fmt.Sprint(value)
		}
		if text, ok := value.(string); ok && g.Booleans && (text == "true" || text == "false") {
			value = text == "true"
		}
		if text, ok := value.(string); ok && g.Coarse && name == "dateLastModified" {
			if at, err := time.Parse(stamp, text); err == nil {
				value = at.Format("2006-01-02T15:04:05Z")
			}
		}
		out[name] = value
	}
	return out
}

func number(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return otherwise
	}
	return n
}
