package conformance

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// list asks for frameworks with a query, and returns what comes.
func (f *frameworks) list(query url.Values) (all []jsonx.Value, a *answer, ok bool) {
	v, a, ok := f.good("/CFDocuments", query)
	return v.Get("CFDocuments").Items(), a, ok
}

// several are the frameworks that are offered, where there are enough to tell an operation
// from none.
func (f *frameworks) several() ([]jsonx.Value, error) {
	all := f.documents()
	if len(all) < 2 {
		return nil, skipped{"fewer than two frameworks are offered: no query can be told from none"}
	}
	return all, nil
}

func identifiers(all []jsonx.Value) (ids []string) {
	for _, d := range all {
		ids = append(ids, identifier(d))
	}
	return ids
}

func titles(all []jsonx.Value) (texts []string) {
	for _, d := range all {
		texts = append(texts, d.Get("title").Text())
	}
	return texts
}

// checkCASEPaging walks in pages of one, where pages are offered.
func checkCASEPaging(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	all, err := f.several()
	if err != nil {
		return err
	}
	query := url.Values{"limit": {"1"}, "offset": {"0"}}
	page, a, ok := f.list(query)
	if ok && len(page) == len(all) {
		return skipped{"the list comes whole whatever limit says: pages are not offered"}
	}
	base, err := url.Parse(f.base + "/CFDocuments")
	if err != nil {
		return err
	}
	var seen []string
	for range min(len(all), mostListPages) {
		if !ok {
			return nil
		}
		f.holds(len(page) == 1, Finding{Message: "a page has not as many frameworks as were asked for", Exchange: a.exchange})
		total, counted := rest.Total(a.header)
		f.holds(counted && total == len(all), Finding{Message: "X-Total-Count does not say how many there are",
			Found:    a.header.Get("X-Total-Count"),
			Exchange: a.exchange})
		seen = append(seen, identifiers(page)...)
		next, _ := nextOf(a.header)
		if len(seen) >= len(all) || len(seen) >= mostListPages {
			break
		}
		at, err := base.Parse(next)
		if !f.holds(next != "" && err == nil && at.Host == base.Host, Finding{Message: "no link leads to the next page of this service",
			Found: a.header.Get("Link"), Exchange: a.exchange}) {
			return nil
		}
		page, a, ok = f.list(at.Query())
	}
	f.holds(len(seen) == len(slices.Compact(slices.Sorted(slices.Values(seen)))),
		Finding{Message: "a framework stands on two pages", Exchange: a.exchange})
	for _, query := range []url.Values{{"limit": {"0"}}, {"limit": {"-1"}}, {"offset": {"x"}}} {
		if a := f.ask("/CFDocuments", query); a != nil && a.status == http.StatusOK {
			f.warn(Finding{Message: "a page that cannot be is answered", Found: query.Encode(), Exchange: a.exchange})
		}
	}
	return nil
}

// checkFilter asks for the frameworks of one title.
func checkFilter(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	all, err := f.several()
	if err != nil {
		return err
	}
	title := all[0].Get("title").Text()
	want := 0
	for _, t := range titles(all) {
		if strings.EqualFold(t, title) {
			want++
		}
	}
	if want == len(all) {
		return skipped{"all frameworks have one title: no filter can be told from none"}
	}
	some, a, ok := f.list(url.Values{"filter": {"title='" + strings.ReplaceAll(title, "'", "''") + "'"}, "limit": {"100"}})
	switch {
	case !ok:
		return nil
	case len(some) >= min(len(all), 100):
		return skipped{"the list comes whole whatever filter says: filters are not offered"}
	}
	f.holds(len(some) == min(want, 100) && !slices.ContainsFunc(titles(some), func(t string) bool { return !strings.EqualFold(t, title) }),
		Finding{Message: "the filter leaves something else than what fits", Found: strings.Join(titles(some), ", "),
			Expected: title, Exchange: a.exchange})
	f.statusOf(f.ask("/CFDocuments", url.Values{"filter": {"noSuchMember='x'"}}), "/CFDocuments",
		[]rest.Minor{rest.InvalidFilterField, rest.InvalidSelectionField}, http.StatusBadRequest)
	return nil
}

// checkSort asks for both orders of the titles.
func checkSort(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	all, err := f.several()
	if err != nil {
		return err
	}
	up, _, ok := f.list(url.Values{"sort": {"title"}, "orderBy": {"asc"}, "limit": {"100"}})
	down, a, alsoOK := f.list(url.Values{"sort": {"title"}, "orderBy": {"desc"}, "limit": {"100"}})
	if !ok || !alsoOK {
		return nil
	}
	if slices.Equal(identifiers(up), identifiers(down)) && len(slices.Compact(slices.Sorted(slices.Values(titles(all))))) > 1 {
		return skipped{"the list comes in one order whatever sort says: sorting is not offered"}
	}
	rising := titles(up)
	f.holds(sorted(rising), Finding{Message: "the titles do not rise", Found: strings.Join(rising, ", "), Exchange: a.exchange - 1})
	falling := titles(down)
	slices.Reverse(falling)
	f.holds(sorted(falling), Finding{Message: "the titles do not fall", Found: strings.Join(titles(down), ", "), Exchange: a.exchange})
	_, _, _ = f.list(url.Values{"sort": {"noSuchMember"}}) // in the order of the provider's own
	return nil
}

// sorted reports whether texts rise, with or without regard to case: the standard does not say.
func sorted(texts []string) bool {
	return slices.IsSorted(texts) ||
		slices.IsSortedFunc(texts, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
}

// checkFields asks for two members.
func checkFields(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	some, a, ok := f.list(url.Values{"fields": {"identifier,title"}, "limit": {"100"}})
	if !ok {
		return nil
	}
	others := map[string]bool{}
	for _, d := range some {
		for m := d.First(); m.Exists(); m = m.Next() {
			if m.Name() != "identifier" && m.Name() != "title" {
				others[m.Name()] = true
			}
		}
		f.holds(d.Get("identifier").Exists() && d.Get("title").Exists(), Finding{Message: "what was asked for does not come",
			Exchange: a.exchange})
	}
	switch {
	case len(some) == 0:
		return skipped{"no framework is offered: no selection can be told from none"}
	case others["creator"] && others["lastChangeDateTime"]: // which every document has
		return skipped{"all members come whatever fields says: selections are not offered"}
	}
	f.holds(len(others) == 0, Finding{Message: "other members come than those asked for", Exchange: a.exchange})
	f.statusOf(f.ask("/CFDocuments", url.Values{"fields": {""}}), "/CFDocuments", []rest.Minor{rest.InvalidSelectionField},
		http.StatusBadRequest)
	return nil
}
