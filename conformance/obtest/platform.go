package obtest

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
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

// Platform is a learning platform of LTI Assignment and Grade Services 2.0, to point a
// client at: line items at /course/lineitems, and tokens at /token for assertions of a tool.
// The zero Platform is open and has nothing. Set its fields before it is asked, or under
// [Platform.Do].
type Platform struct {
	ClientID string           // of the tool; "" asks nobody for a token
	Tool     *rsa.PublicKey   // by which its assertions are checked
	TokenURL string           // the audience of assertions
	Now      func() time.Time // time.Now by default
	PageSize int              // of lists, 2 by default
	Query    string           // a query that the addresses of line items carry, such as type_id=7
	Closed   bool             // 403: the course is over

	mu        sync.Mutex
	lineItems []map[string]any
	results   map[string][]map[string]any // by the id of a line item
	used      map[string]bool             // jti of assertions
	token     int
}

// Do changes the platform while nobody is answered.
func (p *Platform) Do(change func(p *Platform)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

// LineItem adds a line item of a number under an origin, and returns its address. Only within
// Do, or before the platform is asked.
func (p *Platform) LineItem(origin string, n int, members map[string]any) string {
	id := fmt.Sprintf("%s/course/lineitems/%d", origin, n)
	if p.Query != "" {
		id += "?" + p.Query
	}
	item := map[string]any{"id": id, "label": "T", "scoreMaximum": 10}
	for name, value := range members {
		item[name] = value
	}
	p.lineItems = append(p.lineItems, item)
	return id
}

// Result puts the score of a user in place of the one before; nil takes the result away. As
// LineItem.
func (p *Platform) Result(lineItem, user string, members map[string]any) {
	if p.results == nil {
		p.results = map[string][]map[string]any{}
	}
	all := slices.DeleteFunc(p.results[lineItem], func(r map[string]any) bool { return r["userId"] == user })
	if members != nil {
		r := map[string]any{"id": lineItem + "/results/" + user, "scoreOf": lineItem, "userId": user, "comment": "private words"}
		for name, value := range members {
			r[name] = value
		}
		all = append(all, r)
	}
	p.results[lineItem] = all
}

// DropLineItem takes a line item away with its results. As LineItem.
func (p *Platform) DropLineItem(id string) {
	p.lineItems = slices.DeleteFunc(p.lineItems, func(l map[string]any) bool { return l["id"] == id })
	delete(p.results, id)
}

// ServeHTTP implements http.Handler.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case r.URL.Path == "/token":
		p.grant(w, r)
	case p.ClientID != "" && r.Header.Get("Authorization") != fmt.Sprint("Bearer token-", p.token):
		w.WriteHeader(http.StatusUnauthorized)
	case p.Closed:
		w.WriteHeader(http.StatusForbidden)
	case r.URL.Path == "/course/lineitems":
		p.page(w, r, "application/vnd.ims.lis.v2.lineitemcontainer+json", p.lineItems)
	case len(path) >= 3 && path[0] == "course" && path[1] == "lineitems":
		p.one(w, r, path[2], len(path) == 4 && path[3] == "results")
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (p *Platform) one(w http.ResponseWriter, r *http.Request, number string, results bool) {
	for _, item := range p.lineItems {
		id, _ := item["id"].(string)
		u, err := url.Parse(id)
		if err != nil || !strings.HasSuffix(u.Path, "/lineitems/"+number) || !strings.Contains(r.URL.RawQuery, u.RawQuery) {
			continue
		}
		if results {
			p.page(w, r, "application/vnd.ims.lis.v2.resultcontainer+json", p.results[id])
			return
		}
		w.Header().Set("Content-Type", "application/vnd.ims.lis.v2.lineitem+json")
		_ = json.NewEncoder(w).Encode(item)
		return
	}
	w.WriteHeader(http.StatusNotFound)
}

// page sends a page of a list, whose parameter is called as nobody expects it.
func (p *Platform) page(w http.ResponseWriter, r *http.Request, mediaType string, all []map[string]any) {
	if r.Header.Get("Accept") != mediaType {
		w.WriteHeader(http.StatusNotAcceptable)
		return
	}
	size := p.PageSize
	if size == 0 {
		size = 2
	}
	begin := min(number(r.URL.Query().Get("from_here"), 0), len(all))
	end := min(begin+size, len(all))
	if end < len(all) {
		next := *r.URL
		q := next.Query()
		q.Set("from_here", strconv.Itoa(end))
		next.RawQuery = q.Encode()
		w.Header().Set("Link", "<"+next.String()+`>; rel="next"`)
	}
	w.Header().Set("Content-Type", mediaType)
	page := all[begin:end]
	if page == nil {
		page = []map[string]any{}
	}
	_ = json.NewEncoder(w).Encode(page)
}

// grant gives a token for an assertion that is the tool's, for this platform, in time, and
// new (RFC 7523, 3).
func (p *Platform) grant(w http.ResponseWriter, r *http.Request) {
	if why := p.refuses(r); why != "" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": "invalid_client", "error_description": why})
		return
	}
	p.token++
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprint("token-", p.token), "token_type": "Bearer", "expires_in": 3600})
}

func (p *Platform) refuses(r *http.Request) string {
	if r.FormValue("grant_type") != "client_credentials" ||
		r.FormValue("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || r.FormValue("scope") == "" {
		return "no grant of this kind"
	}
	text := r.FormValue("client_assertion")
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return "no token"
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err != nil || p.Tool == nil || rsa.VerifyPKCS1v15(p.Tool, crypto.SHA256, digest[:], signature) != nil {
		return "not signed by the tool"
	}
	var claims struct {
		Iss, Sub, Jti string
		Aud           json.RawMessage
		Iat, Exp      int64
	}
	body, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(body, &claims) != nil {
		return "no claims"
	}
	now := time.Now
	if p.Now != nil {
		now = p.Now
	}
	switch at := now().Unix(); {
	case claims.Iss != p.ClientID || claims.Sub != p.ClientID:
		return "another client"
	case !strings.Contains(string(claims.Aud), p.TokenURL):
		return "another audience"
	case claims.Exp <= at || claims.Exp > at+300:
		return "not in time"
	case claims.Jti == "" || p.used[claims.Jti]:
		return "used before"
	}
	if p.used == nil {
		p.used = map[string]bool{}
	}
	p.used[claims.Jti] = true
	return ""
}
