package codes_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// ask is what a client is asked for.
type ask func(context.Context, *caseapi.Client) ([]*vc.Problem, error)

// provided is a row about a provider of CASE on this machine.
func provided(code vc.Code, input string, serve http.HandlerFunc, what ask, change ...func(*caseapi.ClientConfig)) row {
	return row{code, "a provider of CASE " + input, func(d *desk) []*vc.Problem {
		srv := httptest.NewServer(serve)
		d.t.Cleanup(srv.Close)
		c := caseapi.ClientConfig{BaseURL: srv.URL + "/ims/case/v1p1", InsecureAllowLoopback: true, Retries: -1, Now: testkit.Clock,
			Sleep: func(context.Context, time.Duration) error { return nil }}
		for _, f := range change {
			f(&c)
		}
		cl, err := caseapi.NewClient(c)
		require.NoError(d.t, err)
		warnings, err := what(context.Background(), cl)
		return append(warnings, of(err)...)
	}}
}

// listOf asks for a list in pages of two.
func listOf(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
	l := cl.Documents(caseapi.List{Limit: 2})
	for _, err := range l.All(ctx) {
		if err != nil {
			return l.Warnings(), err
		}
	}
	return l.Warnings(), nil
}

func anItem(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
	a, err := cl.Item(ctx, idB)
	if err != nil {
		return nil, err
	}
	return a.Warnings, nil
}

func aRefusedItem(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
	_, err := cl.Item(ctx, idB)
	if e, ok := err.(*caseapi.Error); ok {
		return e.Warnings, nil
	}
	return nil, err
}

func synced(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
	report, err := caseapi.Sync(ctx, cl, &caseapi.MemoryHoldings{}, caseapi.SyncOptions{})
	all := report.Warnings
	for _, r := range report.Results {
		all = append(append(all, r.Warnings...), of(r.Err)...)
	}
	return all, err
}

func itsVersion(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
	_, err := cl.Version(ctx)
	return cl.Warnings(), err
}

func unversioned(c *caseapi.ClientConfig) { c.BaseURL = strings.TrimSuffix(c.BaseURL, "/v1p1") }

// says answers with a text as JSON.
func says(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

const aDocument = `{"identifier":"` + idB + `","title":"Baker's craft"}`

// library is a list of documents from 0 on in pages as they are asked for, and the packages
// of no document.
func library(documents int, change func(w http.ResponseWriter, offset *int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
		limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
		if change != nil {
			change(w, &offset)
		}
		var page []string
		for n := offset; n < min(documents, offset+limit); n++ {
			page = append(page, fmt.Sprintf(`{"identifier":"11111111-1111-4111-8111-%012d"}`, n))
		}
		says(200, `{"CFDocuments":[`+strings.Join(page, ",")+`]}`)(w, r)
	}
}

// linked is a list whose next page is at an address.
func linked(to string) http.HandlerFunc {
	return library(9, func(w http.ResponseWriter, _ *int) { w.Header().Set("Link", "<"+to+`>; rel="next"`) })
}

// counted is a list with a count that depends on the page.
func counted(total func(offset int) string) http.HandlerFunc {
	return library(5, func(w http.ResponseWriter, offset *int) { w.Header().Set("X-Total-Count", total(*offset)) })
}

// shop is one document, and what is at the address of its package.
func shop(document string, packages http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/CFDocuments") {
			packages(w, r)
			return
		}
		w.Header().Set("X-Total-Count", "1")
		says(200, `{"CFDocuments":[`+document+`]}`)(w, r)
	}
}

func statusInfo(minor string) string {
	return `{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_codeMinor":{"imsx_codeMinorField":[
		{"imsx_codeMinorFieldName":"provider","imsx_codeMinorFieldValue":"` + minor + `"}]}}`
}

func packageURI(uri string) string {
	return strings.TrimSuffix(aDocument, "}") + `,"CFPackageURI":{"title":"x","identifier":"` + idB + `","uri":"` + uri + `"}}`
}

var caseProviderRows = []row{
	provided(caseapi.CodeNetwork, "that hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, anItem),
	provided(caseapi.CodeRefused, "that redirects to a private address", redirecting("https://10.0.0.1/CFItems"), anItem),
	provided(caseapi.CodeLogin, "that redirects to a page to sign in at", redirecting("https://10.0.0.1/login"), anItem),
	provided(caseapi.CodeNotJSON, "that answers with a web page", serving("Content-Type", "text/html", "<html>"), anItem),
	provided(caseapi.CodeTooLarge, "that sends a long answer", says(200, `{"x":"`+strings.Repeat("x", 2000)+`"}`), anItem,
		func(c *caseapi.ClientConfig) { c.MaxBody = 1000 }),
	provided(caseapi.CodeTooManyPages, "whose list has no end", library(1<<30, nil), listOf, func(c *caseapi.ClientConfig) { c.MaxPages = 3 }),
	provided(caseapi.CodeTooManyDocuments, "whose list is long", library(100, nil), listOf, func(c *caseapi.ClientConfig) { c.MaxDocuments = 7 }),
	provided(caseapi.CodePaginationLoop, "whose page leads to itself", linked("?limit=2&offset=0"), listOf),
	provided(caseapi.CodeCrossOrigin, "whose next page is on another host", linked("https://other.example/ims/case/v1p1/CFDocuments?offset=2"), listOf),
	provided(caseapi.CodeInsecureLink, "whose next page is plain http", linked("http://school.example/ims/case/v1p1/CFDocuments?offset=2"), listOf,
		func(c *caseapi.ClientConfig) {
			c.BaseURL, c.Do = "https://school.example/ims/case/v1p1", recorded(linked("http://school.example/ims/case/v1p1/CFDocuments?offset=2"))
		}),
	provided(caseapi.CodeOutsideBase, "whose next page is outside the service", linked("/export?offset=2"), listOf),
	provided(caseapi.CodeNoService, "at another address", answering(404), itsVersion, unversioned),
	provided(caseapi.CodeNotModified, "that has nothing new", answering(304), anItem),
	provided(caseapi.CodeToken, "behind a token endpoint that refuses", says(200, `{}`), anItem, func(c *caseapi.ClientConfig) {
		endpoint := recorded(says(400, `{"error":"invalid_client"}`))
		c.Authorize, _ = caseapi.NewClientCredentials(caseapi.Credentials{TokenURL: "https://school.example/token", ClientID: "a", Secret: "b", Do: endpoint})
	}),
	provided(caseapi.CodeBadRequest, "that is asked for no identifier", says(200, `{}`), func(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
		_, err := cl.Item(ctx, "../CFDocuments")
		return nil, err
	}),
	provided(caseapi.CodeUnsupported, "that has no rubrics", says(405, `{"imsx_codeMajor":"unsupported","imsx_severity":"error"}`),
		func(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
			_, err := cl.Rubric(ctx, idB)
			return nil, err
		}),
	provided(caseapi.CodeWrongPackage, "that answers with another package", shop(aDocument, says(200, `{"CFDocument":{"identifier":"`+idO+`"},"CFItems":[]}`)), synced),
	provided(caseapi.CodeNameless, "that lists a document without identifier", shop(`{"title":"Baker's craft"}`, answering(404)), synced),

	provided(caseapi.WarnContentType, "that calls JSON HTML", serving("Content-Type", "text/html", aDocument), anItem),
	provided(caseapi.WarnNoContentType, "that does not say what it sends", func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		_, _ = io.WriteString(w, aDocument)
	}, anItem),
	provided(caseapi.WarnStatusSpelling, "of 1.1 that spells a code as 1.0", says(401, statusInfo("unauthorisedrequest")), aRefusedItem),
	provided(caseapi.WarnNoStatusInfo, "that refuses in words of its own", says(403, `{"error":"no"}`), aRefusedItem),
	provided(caseapi.WarnFailureWith200, "that refuses with status 200", says(200, statusInfo("forbidden")), aRefusedItem),
	provided(caseapi.WarnOlderVersion, "that has the paths of 1.0 only", func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "/v1p0/") {
			w.WriteHeader(404)
			return
		}
		library(1, nil)(w, r)
	}, itsVersion, unversioned),
	provided(caseapi.WarnNoDiscovery, "without service description", func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/discovery/") {
			w.WriteHeader(404)
			return
		}
		library(1, nil)(w, r)
	}, itsVersion, unversioned),
	provided(caseapi.WarnNoPagingHeaders, "whose list has no headers", library(3, nil), listOf),
	provided(caseapi.WarnTotalUnreadable, "that counts its documents in words", counted(func(int) string { return "many" }), listOf),
	provided(caseapi.WarnTotalContradicts, "that counts more documents than it lists", counted(func(int) string { return "9" }), listOf),
	provided(caseapi.WarnListChanged, "whose list grows meanwhile", counted(func(offset int) string { return strconv.Itoa(5 + offset) }), listOf),
	provided(caseapi.WarnLimitIgnored, "that does not heed the limit", says(200, `{"CFDocuments":[`+strings.Repeat(aDocument+",", 2)+aDocument+`]}`), listOf),
	provided(caseapi.WarnPageRepeats, "that counts from one", library(5, func(_ http.ResponseWriter, offset *int) { *offset = max(0, *offset-1) }), listOf),
	provided(caseapi.WarnOffsetIgnored, "that does not heed the offset", library(5, func(_ http.ResponseWriter, offset *int) { *offset = 0 }), listOf),
	provided(caseapi.WarnPagesApart, "that counts the offset in pages", library(5, func(_ http.ResponseWriter, offset *int) { *offset *= 2 }), listOf),
	provided(caseapi.WarnEndUnproven, "that fails behind the end", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("offset") != "0" {
			w.WriteHeader(500)
			return
		}
		library(1, nil)(w, r)
	}, listOf),
	provided(caseapi.WarnListEntry, "that lists null", says(200, `{"CFDocuments":[null]}`), listOf),
	provided(caseapi.WarnNameless, "that lists a document without identifier", says(200, `{"CFDocuments":[{"title":"Baker's craft"}]}`), listOf),
	provided(caseapi.WarnManyTerms, "that is asked with three comparisons", library(1, nil), func(ctx context.Context, cl *caseapi.Client) ([]*vc.Problem, error) {
		of := func(field string) caseapi.Filter { return caseapi.Where(field).Equal("x") }
		l := cl.Documents(caseapi.List{Filter: of("title").And(of("creator")).And(of("version"))})
		for _, err := range l.All(ctx) {
			if err != nil {
				return nil, err
			}
		}
		return l.Warnings(), nil
	}),
	provided(caseapi.WarnPackageURI, "whose document leads to a package elsewhere", shop(packageURI("https://other.example/CFPackages/"+idO),
		says(200, `{"CFDocument":`+aDocument+`,"CFItems":[]}`)), synced),
	provided(caseapi.WarnNoPackageURI, "whose document leads to no package", shop(aDocument, says(200, `{"CFDocument":`+aDocument+`,"CFItems":[]}`)), synced),
	provided(caseapi.WarnIdentifier, "that answers with another item", says(200, `{"identifier":"`+idO+`","fullStatement":"x"}`), anItem),
	provided(caseapi.WarnWaited, "that asks to wait without end", shop(aDocument, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "50")
		w.WriteHeader(429)
	}), synced, func(c *caseapi.ClientConfig) { c.Retries, c.MaxWaiting = 9, 2*time.Minute }),
}

// recorded answers requests without a network.
type recorded http.HandlerFunc

func (f recorded) Do(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	f(w, r)
	return w.Result(), nil
}
