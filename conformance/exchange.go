package conformance

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

const (
	// mostAnswer is the longest answer that is read: a page of records is the longest that
	// any check asks for.
	mostAnswer = 64 << 20
	// mostShown is how much of a text a report shows: enough to see what is wrong, and a
	// report of a hundred checks stays readable.
	mostShown = 2 << 10
	// mostExchanges is how many requests a report shows of one check: the last ones.
	mostExchanges = 8
)

// shownHeaders are the headers that reports show. Others are of no check, and some differ
// from one run to the next.
var shownHeaders = []string{
	"Accept", "Allow", "Authorization", "Cache-Control", "Content-Type", "If-None-Match", "Link", "Location", "Pragma", "Retry-After",
	"Www-Authenticate", "X-Total-Count",
}

// answer is what came back.
type answer struct {
	status   int
	header   http.Header
	body     []byte
	exchange int // of the probe, from 1
	value    jsonx.Value
	problem  error // why body is no JSON
}

// json parses the body, once.
func (a *answer) json() (jsonx.Value, error) {
	if !a.value.Exists() && a.problem == nil {
		doc, err := jsonx.Parse(a.body, jsonx.Limits{Bytes: mostAnswer}, nil)
		if a.problem = err; err == nil {
			a.value = doc.Root()
		}
	}
	return a.value, a.problem
}

// call is a request that a check sends.
type call struct {
	method string
	url    string
	header map[string]string
	body   []byte
}

// send sends a request and keeps it for the report. That no answer came is a finding, and
// the answer is nil.
func (p *probe) send(c call) *answer {
	r, err := http.NewRequestWithContext(p.ctx, c.method, c.url, bytes.NewReader(c.body))
	if err != nil {
		p.fail(Finding{Message: "the product named a URL that cannot be asked", Found: abridged(c.url)})
		return nil
	}
	for name, values := range p.s.suite.Provider.Header {
		r.Header[name] = values
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	p.learnRequest(r, c.body)
	resp, err := p.s.client.Do(r)
	n := p.keep(r, c.body)
	if err != nil {
		p.fail(Finding{Message: "no answer came: " + reason(err), Exchange: n})
		return nil
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer+1))
	if err != nil || len(body) > mostAnswer {
		p.fail(Finding{Message: "the answer breaks off or has no end", Exchange: n})
		return nil
	}
	a := &answer{status: resp.StatusCode, header: resp.Header, body: body, exchange: n}
	p.s.redact.learnAnswer(resp.Header, body)
	e := &p.exchanges[n-1]
	e.Status, e.AnswerHeader, e.Answer = a.status, shown(resp.Header), abridged(string(body))
	return a
}

// reason is why no answer came, without the URL, which the exchange shows.
func reason(err error) string {
	if of, ok := err.(*url.Error); ok { //nolint:errorlint // what http.Client.Do returns is nothing else
		err = of.Err
	}
	return err.Error()
}

// learnRequest remembers the secrets that the suite itself sends.
func (p *probe) learnRequest(r *http.Request, body []byte) {
	p.s.redact.learnValues(r.URL.RawQuery)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		p.s.redact.learnValues(string(body))
	}
}

// keep notes a request for the report, and returns its number.
func (p *probe) keep(r *http.Request, body []byte) int {
	p.exchanges = append(p.exchanges, Exchange{Method: r.Method, URL: r.URL.String(), Header: shown(r.Header),
		Body: abridged(string(body))})
	return len(p.exchanges)
}

// shown are the headers of a report.
func shown(h http.Header) map[string]string {
	all := map[string]string{}
	for _, name := range shownHeaders {
		if values := h.Values(name); len(values) > 0 {
			all[name] = strings.Join(values, ", ")
		}
	}
	if value, ok := all["Authorization"]; ok {
		scheme, _, _ := strings.Cut(value, " ")
		all["Authorization"] = scheme + " [secret]"
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// abridged is a text as a report shows it.
func abridged(s string) string {
	if !utf8.ValidString(s) {
		return fmt.Sprintf("[%d bytes that are no text]", len(s))
	}
	if len(s) <= mostShown {
		return s
	}
	cut := mostShown
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + fmt.Sprintf(" … [%d bytes in all]", len(s))
}

// get asks for a URL with a token, "" for none.
func (p *probe) get(url, token string) *answer {
	c := call{method: http.MethodGet, url: url, header: map[string]string{"Accept": "application/json"}}
	if token != "" {
		c.header["Authorization"] = "Bearer " + token
	}
	return p.send(c)
}
