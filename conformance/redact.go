package conformance

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// redactor knows the secrets of a run. In reports each is a number in the order in which it
// came, so that one can be told from another and the report does not depend on what the
// product draws. The zero redactor knows none.
type redactor struct {
	mu    sync.Mutex
	known map[string]string // by secret
	count map[string]int    // by kind
}

// secretNames are the members of JSON and the parameters that hold a secret, or what is drawn
// anew each time, with what they are called in a report.
var secretNames = map[string]string{
	"access_token": "token", "refresh_token": "refresh-token", "token": "token", "client_secret": "secret", "client_id": "client",
	"code": "code", "code_verifier": "verifier", "code_challenge": "challenge", "state": "state", "password": "password",
}

// shortestSecret is the length from which a text can be told from ordinary words: shorter
// ones are left alone, since a report full of holes says nothing.
const shortestSecret = 8

// learn remembers a secret.
func (r *redactor) learn(kind, secret string) {
	if len(secret) < shortestSecret {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known, r.count = map[string]string{}, map[string]int{}
	}
	if _, ok := r.known[secret]; ok {
		return
	}
	r.count[kind]++
	name := fmt.Sprintf("[%s-%d]", kind, r.count[kind])
	r.known[secret] = name
	if escaped := url.QueryEscape(secret); escaped != secret {
		r.known[escaped] = name
	}
}

// learnValues remembers the secrets of a query or a form.
func (r *redactor) learnValues(raw string) {
	q, _ := url.ParseQuery(raw)
	for _, name := range sortedKeys(q) {
		if kind := secretNames[name]; kind != "" {
			for _, v := range q[name] {
				r.learn(kind, v)
			}
		}
	}
}

// learnJSON remembers the secrets of an object.
func (r *redactor) learnJSON(body []byte) {
	doc, err := jsonx.Parse(body, jsonx.Limits{Bytes: mostAnswer}, nil)
	if err != nil {
		return
	}
	for v := doc.Root().First(); v.Exists(); v = v.Next() {
		if kind := secretNames[v.Name()]; kind != "" && v.Kind() == jsonx.String {
			r.learn(kind, v.Text())
		}
	}
}

// learnAnswer remembers what an answer hands out.
func (r *redactor) learnAnswer(head http.Header, body []byte) {
	if to, err := url.Parse(head.Get("Location")); err == nil {
		r.learnValues(to.RawQuery)
	}
	r.learnJSON(body)
}

var addresses = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+`)

// text is a text without what the run keeps to itself. The address of the test system is
// published, so it stays.
func (r *redactor) text(s string) string {
	r.mu.Lock()
	secrets := sortedKeys(r.known)
	slices.SortStableFunc(secrets, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // a secret may begin with another
	for _, secret := range secrets {
		s = strings.ReplaceAll(s, secret, r.known[secret])
	}
	r.mu.Unlock()
	return addresses.ReplaceAllStringFunc(s, func(found string) string {
		if strings.EqualFold(found, testAddress) {
			return found
		}
		return "[address]"
	})
}

// clean takes the secrets out of a result.
func (r *redactor) clean(result *Result) {
	result.Cause = r.text(result.Cause)
	for k := range result.Findings {
		f := &result.Findings[k]
		f.Message, f.Found, f.Expected = r.text(f.Message), r.text(f.Found), r.text(f.Expected)
	}
	for k := range result.Exchanges {
		e := &result.Exchanges[k]
		e.URL, e.Body, e.Answer = r.text(e.URL), r.text(e.Body), r.text(e.Answer)
		for _, head := range []map[string]string{e.Header, e.AnswerHeader} {
			for name, value := range head {
				head[name] = r.text(value)
			}
		}
		e.Curl = e.curl()
	}
}

// sortedKeys are the keys of a map in their order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
