package caseapi_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// handled sends requests to a handler without a network.
type handled struct{ http.Handler }

func (h handled) Do(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	resp := w.Result()
	resp.Request = r
	return resp, r.Context().Err()
}

// direct is a client of a handler, that pauses without waiting.
func direct(t testing.TB, h http.Handler, change ...func(*caseapi.ClientConfig)) *caseapi.Client {
	t.Helper()
	c := caseapi.ClientConfig{BaseURL: "https://case.example.edu/ims/case/v1p1", Do: handled{h}, Sleep: (&pauses{}).sleep}
	for _, f := range change {
		f(&c)
	}
	cl, err := caseapi.NewClient(c)
	require.NoError(t, err)
	return cl
}

// walked is what a walk of a list came to.
func walked(cl *caseapi.Client, list caseapi.List) (l *caseapi.Listing, ids map[string]int, err error) {
	l, ids = cl.Documents(list), map[string]int{}
	for d, e := range l.All(context.Background()) {
		if err = e; e == nil {
			ids[d.Identifier]++
		}
	}
	return l, ids, err
}

// reasons are the codes by which a list says that it may be incomplete.
var reasons = []vc.Code{caseapi.WarnTotalContradicts, caseapi.WarnListChanged, caseapi.WarnPageRepeats, caseapi.WarnOffsetIgnored,
	caseapi.WarnPagesApart, caseapi.WarnEndUnproven, caseapi.WarnListEntry, caseapi.WarnNameless}

func hasReason(list []*vc.Problem) bool {
	for _, code := range warned(list) {
		for _, reason := range reasons {
			if code == reason {
				return true
			}
		}
	}
	return false
}

// Property: whatever a provider gets wrong, each document comes once, a list that is
// called complete has all documents, one that is not says why, and the walk ends.
func TestCompleteIsProven(t *testing.T) {
	complete, honest := 0, 0
	for seed := range uint64(runs(3_000)) {
		rng := rand.New(rand.NewPCG(seed, 1))
		f, said := drawn(rng)
		l, ids, err := walked(direct(t, f), caseapi.List{Limit: 2 + rng.IntN(12)})
		require.Less(t, f.asked, 100, "%d: %s", seed, said)
		for id, n := range ids {
			require.True(t, n == 1 || id == "", "%d: %s: %s came %d times", seed, said, id, n)
		}
		if len(ids) == 0 && err == nil {
			continue // who says twice that there is nothing is believed
		}
		if !l.Complete() {
			require.True(t, err != nil || hasReason(l.Warnings()), "%d: %s: nothing says why: %v", seed, said, warned(l.Warnings()))
			if len(f.fault) == 0 && strings.Contains(said, "total true") && strings.Contains(said, "counts documents") {
				require.Fail(t, "an honest provider is doubted", "%d: %s: %v %v", seed, said, warned(l.Warnings()), err)
			}
			continue
		}
		complete++
		require.NoError(t, err)
		missed := 0
		for _, n := range f.docs {
			if ids[identifier(n)] == 0 && slices.Contains(f.was, n) { // what came with the last request may be new
				missed++
			}
		}
		require.LessOrEqual(t, missed, ids[""], "%d: %s: %v", seed, said, warned(l.Warnings()))
		if len(f.fault) == 0 && strings.Contains(said, "total none") && strings.Contains(said, "counts documents") {
			honest++
		}
	}
	require.Greater(t, complete, 300, "the property is about something")
	require.Greater(t, honest, 20, "without headers too")
}

// runs is a number of cases, ten times as many where time is given.
func runs(n int) int {
	if os.Getenv("LAUREL_LONG") != "" {
		return 10 * n
	}
	return n
}

func identifier(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// Each way to be wrong is said with its own code, and what came is good all the same.
func TestWhyAListIsNotComplete(t *testing.T) {
	exactly := func(n int) func(int) string { return func(int) string { return strconv.Itoa(n) } }
	at := func(n int, name string) map[int]func(*fakery, *[]string) {
		return map[int]func(*fakery, *[]string){n: faults[name]}
	}
	for name, c := range map[string]struct {
		f    fakery
		came int
		code vc.Code // "" where it is complete
	}{
		"honest":                          {fakery{total: strconv.Itoa, link: true}, 25, ""},
		"honest, without headers":         {fakery{}, 25, ""},
		"honest, short pages, no headers": {fakery{largest: 4}, 25, ""},
		"everything on one page":          {fakery{largest: 25, fixed: true, offset: offsets["ignored"]}, 25, ""},
		"offset ignored":                  {fakery{offset: offsets["ignored"]}, 10, caseapi.WarnOffsetIgnored},
		"offset ignored, short pages":     {fakery{offset: offsets["ignored"], largest: 4}, 4, caseapi.WarnOffsetIgnored},
		"offset ignored, against a total": {fakery{offset: offsets["ignored"], total: strconv.Itoa}, 10, caseapi.WarnTotalContradicts},
		"offset ignored, with links":      {fakery{offset: offsets["ignored"], link: true}, 10, caseapi.WarnOffsetIgnored},
		"offset in pages":                 {fakery{offset: offsets["counts pages"]}, 10, caseapi.WarnPagesApart},
		"offset in pages, with a total":   {fakery{offset: offsets["counts pages"], total: strconv.Itoa}, 10, caseapi.WarnTotalContradicts},
		"offset in pages, with links":     {fakery{offset: offsets["counts pages"], link: true}, 10, caseapi.WarnEndUnproven},
		"offset from one":                 {fakery{offset: offsets["counts from one"]}, 24 + 1, caseapi.WarnPageRepeats},
		"too large a total":               {fakery{total: exactly(26)}, 25, caseapi.WarnTotalContradicts},
		"too small a total":               {fakery{total: exactly(10)}, 25, caseapi.WarnTotalContradicts},
		"a page comes again":              {fakery{fault: at(2, "a page is an earlier one")}, 10, caseapi.WarnOffsetIgnored},
		"the list shrinks":                {fakery{fault: at(2, "the first is removed")}, 24, caseapi.WarnPagesApart},
		"the list shrinks, with a total":  {fakery{fault: at(2, "the first is removed"), total: strconv.Itoa}, 24, caseapi.WarnListChanged},
		"the list grows":                  {fakery{fault: at(2, "a document is added in front")}, 25, caseapi.WarnPageRepeats},
		"the list grows, with links":      {fakery{fault: at(2, "a document is added in front"), link: true}, 25, caseapi.WarnPageRepeats},
		"an entry is null":                {fakery{fault: at(1, "a page has one that is null")}, 24, caseapi.WarnListEntry},
		"an entry has no identifier":      {fakery{fault: at(1, "a page has one without identifier")}, 25, caseapi.WarnNameless},
		"nothing, and then something":     {fakery{fault: at(1, "a page is empty")}, 0, caseapi.WarnPagesApart},
	} {
		t.Run(name, func(t *testing.T) {
			for n := range 25 {
				c.f.docs = append(c.f.docs, n)
			}
			l, ids, err := walked(direct(t, &c.f), caseapi.List{Limit: 10})
			require.NoError(t, err)
			require.Len(t, ids, c.came)
			require.Equal(t, c.code == "", l.Complete(), warned(l.Warnings()))
			if c.code != "" {
				require.Contains(t, warned(l.Warnings()), c.code)
			} else {
				require.False(t, hasReason(l.Warnings()), warned(l.Warnings()))
			}
		})
	}
}

// What is no list of documents is not an empty one.
func TestListsThatAreNone(t *testing.T) {
	for text, want := range map[string]bool{
		`{"CFDocuments":[]}`: true, `[]`: true, `{"CFDocuments":null}`: false, `{"CFDocuments":"none"}`: false, `{"CFDocuments":{}}`: false,
		`{"CFDocuments":[[]]}`: false, `[null]`: false, `[[]]`: false, `{"CFDocuments":[],"cfdocuments":[{"identifier":"a"}]}`: false,
	} {
		cl := direct(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, text) }))
		l, _, err := walked(cl, caseapi.List{})
		require.NoError(t, err, text)
		require.Equal(t, want, l.Complete(), "%s: %v", text, warned(l.Warnings()))
		require.Equal(t, !want, hasReason(l.Warnings()), text)
	}
}

// Property: whatever a page is made of, the walk ends soon, nothing panics, and a list that
// is called complete has no entry that did not come.
func FuzzListPage(f *testing.F) {
	for _, seed := range []string{`{"CFDocuments":[{"identifier":"a"},{"title":"b"},null]}`, `[{"identifier":"a"}]`, `{"identifier":"a"}`,
		`{"CFDocuments":null}`, `{"cfdocuments":[{"identifier":"A"},{"identifier":"a"}],"CFDocuments":[]}`, "\ufeff[]",
		`{"CFDocumentSet":{"CFDocuments":[[]]}}`} {
		f.Add(seed, "2", "")
		f.Add(seed, "", `<?offset=1>; rel="next"`)
	}
	f.Fuzz(func(t *testing.T, body, total, link string) {
		asked, came := 0, 0
		l := direct(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			w.Header().Set("X-Total-Count", total)
			w.Header()["Link"] = []string{link}
			answer(w, 200, body)
		})).Documents(caseapi.List{Limit: 2})
		var failure error
		for _, err := range l.All(context.Background()) {
			if failure = err; err == nil {
				came++
			}
		}
		require.Less(t, asked, 20)
		if l.Complete() {
			require.NotContains(t, warned(l.Warnings()), caseapi.WarnListEntry)
		} else if failure == nil {
			require.NotEmpty(t, l.Warnings())
		}
	})
}
