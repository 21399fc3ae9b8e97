package conformance

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// checkCASEEndpoints looks whether each endpoint answers by the schema of the version. Members
// that it does not have are told by CP-5.
func checkCASEEndpoints(p *probe, v caseVersion) error {
	f, err := p.offered(v)
	if err != nil {
		p.fail(Finding{Message: err.Error()})
		return nil
	}
	p.answers(v, f, func(a *answer, r *casefw.Report) {
		for _, problem := range vc.Errors(r.Findings) {
			if !foreign(problem) {
				fault := findingOf(problem)
				fault.Exchange = a.exchange
				p.fail(fault)
			}
		}
	})
	return nil
}

// checkCASEForeign looks for members that the version does not have.
func checkCASEForeign(p *probe, v caseVersion) error {
	f, err := p.offered(v)
	if err != nil {
		return err
	}
	quiet := &probe{ctx: p.ctx, s: p.s, check: p.check} // what else is wrong is told by CP-1
	quiet.answers(v, f, func(_ *answer, r *casefw.Report) {
		p.looked++
		for _, problem := range vc.Errors(r.Findings) {
			if foreign(problem) {
				p.fail(findingOf(problem))
			}
		}
	})
	if v.version == casefw.V1p1 {
		for _, class := range populated {
			for _, r := range f.records(class) {
				if r.Get("extensions").Exists() {
					p.warn(Finding{Message: "extensions are a feature of 1.1 that is certified where it is claimed, and the guide " +
						"forbids them elsewhere",
						Pointer: r.Get("extensions").Pointer()})
					return nil
				}
			}
		}
	}
	return nil
}

// populated are the classes of which each member must have a value somewhere; rubrics have
// no endpoint that a provider must have.
var populated = []string{"CFDocument", "CFItem", "CFAssociation", "CFConcept", "CFSubject", "CFLicense", "CFItemType",
	"CFAssociationGrouping"}

// checkCASEPopulated counts how often each member has a value over all that is offered.
func checkCASEPopulated(p *probe, v caseVersion) error {
	f, err := p.offered(v)
	if err != nil {
		return err
	}
	p.counts = map[string]int{}
	for _, class := range populated {
		all := f.records(class)
		for _, m := range casefw.Properties(class) {
			if m.Since > v.version || m.Standalone || m.Type == "Extension" {
				continue
			}
			n := 0
			for _, r := range all {
				if has := r.Get(m.Name); has.Exists() && has.Text()+string(has.Raw()) != `""` && has.Kind() != jsonx.Null {
					n++
				}
			}
			name := class + "." + m.Name
			p.counts[name] = n
			p.holds(n > 0, Finding{Message: name + " has no value anywhere", Found: fmt.Sprintf("0 of %d", len(all)),
				Expected: "1 or more"})
		}
	}
	return nil
}

// checkCASEMissing looks at identifiers that lead nowhere.
func checkCASEMissing(p *probe, v caseVersion) error {
	if _, err := p.offered(v); err != nil {
		return err
	}
	for _, path := range []string{"CFDocuments", "CFPackages", "CFItems", "CFItemAssociations", "CFAssociations", "CFConcepts",
		"CFSubjects",
		"CFItemTypes", "CFLicenses", "CFAssociationGroupings"} {
		p.nowhere(p.get(p.caseBase(v)+"/"+path+"/"+p.s.world.ID("nowhere", path)[len("urn:uuid:"):], ""),
			path+" of an unknown identifier", v.unknown,
			http.StatusNotFound)
	}
	p.nowhere(p.get(p.caseBase(v)+"/CFItems/this-is-none", ""), "CFItems of what is no identifier", v.malformed, http.StatusNotFound,
		http.StatusBadRequest)
	return nil
}

// nowhere looks whether an answer says in the words of the version that nothing is there.
func (p *probe) nowhere(a *answer, what, minor string, statuses ...int) {
	if !p.status(a, what, statuses...) {
		return
	}
	root, err := a.json()
	status, ok := rest.Status{}, false
	if err == nil {
		status, ok = rest.ReadStatus(root)
	}
	if !p.holds(ok && status.CodeMajor == "failure", Finding{Message: what + " is refused without a status body", Exchange: a.exchange}) {
		return
	}
	said := slices.ContainsFunc(status.CodeMinor, func(f rest.MinorField) bool { return f.Value == minor })
	p.holds(said, Finding{Message: what + " has another code", Found: strings.TrimSpace(fmt.Sprint(status.CodeMinor)),
		Expected: minor, Exchange: a.exchange})
}

// documents asks for the list with a query.
func (p *probe) documents(v caseVersion, query url.Values) (all []jsonx.Value, a *answer) {
	a = p.get(p.caseBase(v)+"/CFDocuments?"+query.Encode(), "")
	if a == nil {
		return nil, nil
	}
	root, err := a.json()
	if err != nil || a.status != http.StatusOK {
		return nil, a
	}
	return root.Get("CFDocuments").Items(), a
}

func checkCASEPaging(p *probe, v caseVersion) error {
	f, err := p.offered(v)
	if err != nil {
		return err
	}
	page, a := p.documents(v, url.Values{"limit": {"1"}, "offset": {"0"}})
	if a == nil || !p.status(a, "the first page", http.StatusOK) {
		return nil
	}
	total := a.header.Get("X-Total-Count")
	if len(page) > 1 || len(f.documents) == 1 && total == "" {
		return skipped{"the provider offers no pages"}
	}
	n, err := strconv.Atoi(total)
	p.holds(err == nil && n >= len(f.documents), Finding{Message: "X-Total-Count is not the number of documents", Found: total,
		Expected: strconv.Itoa(len(f.documents)), Exchange: a.exchange})
	if len(f.documents) > 1 {
		p.holds(slices.ContainsFunc(rest.ParseLink(a.header.Values("Link")...), func(l rest.Link) bool { return l.Is("next") }),
			Finding{Message: "the first page has no link next", Found: a.header.Get("Link"), Exchange: a.exchange})
	}
	return nil
}

func checkCASEFilter(p *probe, v caseVersion) error {
	f, err := p.offered(v)
	if err != nil {
		return err
	}
	none, a := p.documents(v, url.Values{"filter": {"title='no framework is called this'"}})
	if a == nil || a.status != http.StatusOK || len(none) == len(f.documents) {
		return skipped{"the provider offers no filter"}
	}
	p.holds(len(none) == 0, Finding{Message: "a filter lets through what does not fit", Found: strconv.Itoa(len(none)),
		Exchange: a.exchange})
	id := f.documents[0].Get("identifier").Text()
	one, a := p.documents(v, url.Values{"filter": {"identifier='" + id + "'"}})
	p.holds(len(one) == 1 && one[0].Get("identifier").Text() == id, Finding{Message: "a filter does not find what fits",
		Found:    strconv.Itoa(len(one)),
		Exchange: exchangeOf(a)})
	_, a = p.documents(v, url.Values{"filter": {"nothing='x'"}})
	p.status(a, "a filter by a field that there is not", http.StatusBadRequest)
	return nil
}

func exchangeOf(a *answer) int {
	if a == nil {
		return 0
	}
	return a.exchange
}

func checkCASESort(p *probe, v caseVersion) error {
	f, err := p.offered(v)
	if err != nil {
		return err
	}
	if len(f.documents) < 2 {
		return skipped{"there are less than two documents to sort"}
	}
	order := func(by string) (ids []string) {
		all, _ := p.documents(v, url.Values{"sort": {"lastChangeDateTime"}, "orderBy": {by}, "limit": {"100"}})
		for _, d := range all {
			ids = append(ids, d.Get("lastChangeDateTime").Text())
		}
		return ids
	}
	up, down := order("asc"), order("desc")
	if slices.Equal(up, down) {
		return skipped{"the provider offers no order, or all documents are of one time"}
	}
	p.holds(slices.IsSorted(up), Finding{Message: "the documents are not in the order that was asked for", Found: strings.Join(up, " ")})
	slices.Reverse(down)
	p.holds(slices.IsSorted(down), Finding{Message: "the documents are not in the other order", Found: strings.Join(down, " ")})
	return nil
}

func checkCASEFields(p *probe, v caseVersion) error {
	if _, err := p.offered(v); err != nil {
		return err
	}
	all, a := p.documents(v, url.Values{"fields": {"title"}})
	if a == nil || len(all) == 0 || all[0].Get("creator").Exists() {
		return skipped{"the provider offers no selection of fields"}
	}
	for _, d := range all {
		p.holds(d.Get("title").Exists() && d.Len() == 1, Finding{Message: "other fields come than were asked for",
			Found:    abridged(string(d.Raw())),
			Expected: "title", Exchange: a.exchange})
	}
	_, a = p.documents(v, url.Values{"fields": {""}})
	p.status(a, "an empty list of fields", http.StatusBadRequest)
	return nil
}

func checkCASEDiscovery(p *probe, v caseVersion) error {
	a := p.get(p.caseBase(v)+"/discovery/imscasev1p1_openapi3_v1p0.json", "")
	if !p.status(a, "the discovery document", http.StatusOK) {
		return nil
	}
	root, err := a.json()
	if !p.holds(err == nil && strings.HasPrefix(root.Get("openapi").Text(), "3."), Finding{Message: "it is no document of OpenAPI 3",
		Exchange: a.exchange}) {
		return nil
	}
	base, _ := url.Parse(p.caseBase(v))
	local := slices.ContainsFunc(root.Get("servers").Items(), func(s jsonx.Value) bool {
		u, err := url.Parse(s.Get("url").Text())
		return err == nil && (u.Host == "" || u.Host == base.Host)
	})
	p.holds(local, Finding{Message: "it names no server at this host", Pointer: "/servers", Exchange: a.exchange})
	return nil
}
