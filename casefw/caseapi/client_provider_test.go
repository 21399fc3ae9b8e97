package caseapi_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// fakery is a provider of a list of documents, with what real ones get wrong.
type fakery struct {
	docs    []int // their numbers; the identifier is made of it
	largest int   // the longest page that it sends, 0 for any
	fixed   bool  // all its pages are that long, whatever the limit
	total   func(docs int) string
	link    bool
	offset  func(offset, limit int) int // what it takes an offset for
	// fault changes an answer, or the list before it; by the number of the request.
	fault map[int]func(*fakery, *[]string)
	asked int
	was   []int // the documents before the last request
}

func (f *fakery) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/CFDocuments") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	f.asked++
	f.was = f.docs
	number := func(name string) int { n, _ := strconv.Atoi(r.URL.Query().Get(name)); return n }
	offset, limit := number("offset"), number("limit")
	claimed := offset
	if f.largest > 0 && (f.fixed || limit > f.largest) {
		limit = f.largest
	}
	if f.offset != nil {
		offset = f.offset(offset, limit)
	}
	var page []string
	fault := f.fault[f.asked]
	if fault != nil {
		fault(f, nil)
	}
	for _, n := range f.docs[min(offset, len(f.docs)):min(offset+limit, len(f.docs))] {
		page = append(page, documentJSON(n))
	}
	if fault != nil {
		fault(f, &page)
	}
	if f.total != nil {
		w.Header().Set("X-Total-Count", f.total(len(f.docs)))
	}
	if f.link {
		links := `<` + r.URL.Path + `?limit=` + strconv.Itoa(limit) + `&offset=0>; rel="first"`
		if claimed+limit < len(f.docs) {
			links += fmt.Sprintf(`, <%s?limit=%d&offset=%d>; rel="next"`, r.URL.Path, limit, claimed+limit)
		}
		w.Header().Set("Link", links)
	}
	answer(w, 200, `{"CFDocuments":[`+strings.Join(page, ",")+`]}`)
}

// The ways to take an offset.
var offsets = map[string]func(offset, limit int) int{
	"counts documents": nil,
	"ignored":          func(int, int) int { return 0 },
	"counts pages":     func(offset, limit int) int { return offset * limit },
	"rounded":          func(offset, limit int) int { return offset / limit * limit },
	"counts from one":  func(offset, _ int) int { return max(0, offset-1) },
}

// The faults of a list that changes, and of answers that are not what the list says.
var faults = map[string]func(*fakery, *[]string){
	"a document is added in front": onList(func(f *fakery) { f.docs = append([]int{1000 + len(f.docs)}, f.docs...) }),
	"a document is added behind":   onList(func(f *fakery) { f.docs = append(slices.Clip(f.docs), 2000+len(f.docs)) }),
	"the first is removed":         onList(func(f *fakery) { f.docs = slices.Clone(f.docs[min(1, len(f.docs)):]) }),
	"the last is removed":          onList(func(f *fakery) { f.docs = f.docs[:max(0, len(f.docs)-1)] }),
	"a page lacks its first":       onPage(func(p []string) []string { return p[min(1, len(p)):] }),
	"a page lacks its last":        onPage(func(p []string) []string { return p[:max(0, len(p)-1)] }),
	"a page lacks one":             onPage(func(p []string) []string { return append(slices.Clone(p[:len(p)/2]), p[min(len(p)/2+1, len(p)):]...) }),
	"a page is empty":              onPage(func([]string) []string { return nil }),
	"a page has one that is null": onPage(func(p []string) []string {
		if len(p) > 0 {
			p[len(p)/2] = "null"
		}
		return p
	}),
	"a page has one without identifier": onPage(func(p []string) []string {
		if len(p) > 0 {
			p[len(p)/2] = `{"title":"nameless"}`
		}
		return p
	}),
	"a page has one twice": onPage(func(p []string) []string {
		if len(p) > 1 {
			p[len(p)-1] = p[0]
		}
		return p
	}),
	"a page is an earlier one": func(f *fakery, page *[]string) {
		if page != nil && len(*page) > 0 {
			for i := range *page {
				(*page)[i] = documentJSON(f.docs[i])
			}
		}
	},
}

func onList(change func(*fakery)) func(*fakery, *[]string) {
	return func(f *fakery, page *[]string) {
		if page == nil {
			change(f)
		}
	}
}

func onPage(change func([]string) []string) func(*fakery, *[]string) {
	return func(_ *fakery, page *[]string) {
		if page != nil {
			*page = change(*page)
		}
	}
}

// drawn is a provider of up to 30 documents with what chance makes of it, and a line
// that says what.
func drawn(rng *rand.Rand) (*fakery, string) {
	f := &fakery{fault: map[int]func(*fakery, *[]string){}}
	for i := range rng.IntN(31) {
		f.docs = append(f.docs, i)
	}
	if rng.IntN(2) == 0 {
		f.largest = 2 + rng.IntN(12)
		f.fixed = rng.IntN(3) == 0
	}
	totals := map[string]func(int) string{
		"none": nil, "true": func(n int) string { return strconv.Itoa(n) }, "of the page": func(int) string { return "7" },
		"more": func(n int) string { return strconv.Itoa(n + 3) }, "less": func(n int) string { return strconv.Itoa(max(0, n-3)) },
		"words": func(int) string { return "many" },
	}
	total, how := one(rng, totals), one(rng, offsets)
	// Who miscounts and cannot page besides shows nobody that there is more.
	if total != "none" && total != "true" && rng.IntN(2) == 0 {
		how = "counts documents"
	} else if total != "none" && how != "counts documents" {
		total = "true"
	}
	f.total, f.offset, f.link = totals[total], offsets[how], rng.IntN(2) == 0
	said := fmt.Sprintf("%d documents, pages of %d (fixed %v), total %s, links %v, offset %s", len(f.docs), f.largest, f.fixed, total, f.link, how)
	few := 3
	if total != "none" && total != "true" {
		few = 1 // where the total and the pages lack the same document, nobody can know of it
	}
	for range rng.IntN(few) {
		at, name := 1+rng.IntN(8), one(rng, faults)
		f.fault[at] = faults[name]
		said += fmt.Sprintf("; request %d: %s", at, name)
	}
	// A provider that knows neither limit nor offset has one page, and nobody can know of
	// more.
	if f.fixed && how == "ignored" {
		f.largest, f.fixed = 0, false
	}
	return f, said
}

// one draws a name.
func one[V any](rng *rand.Rand, m map[string]V) string {
	names := slices.Sorted(maps.Keys(m))
	return names[rng.IntN(len(names))]
}
