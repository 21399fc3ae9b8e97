package conformance

import (
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// endpoint is one of the standard that takes an identifier.
type endpoint struct {
	path string
	// in is where a package holds what the endpoint answers with: the member, behind
	// CFDefinitions where that is said.
	in          string
	definitions bool
	validate    func([]byte, casefw.Version, casefw.Options) *casefw.Report
}

// endpoints are those that every certified provider has, which are all but that of rubrics.
var endpoints = []endpoint{
	{"CFDocuments", "CFDocument", false, casefw.Validate[casefw.CFDocument]},
	{"CFItems", "CFItems", false, casefw.Validate[casefw.CFItem]},
	{"CFItemAssociations", "CFItems", false, casefw.Validate[casefw.CFAssociationSet]},
	{"CFAssociations", "CFAssociations", false, casefw.Validate[casefw.CFAssociation]},
	{"CFConcepts", "CFConcepts", true, casefw.Validate[casefw.CFConceptSet]},
	{"CFSubjects", "CFSubjects", true, casefw.Validate[casefw.CFSubjectSet]},
	{"CFLicenses", "CFLicenses", true, casefw.Validate[casefw.CFLicense]},
	{"CFItemTypes", "CFItemTypes", true, casefw.Validate[casefw.CFItemTypeSet]},
	{"CFAssociationGroupings", "CFAssociationGroupings", true, casefw.Validate[casefw.CFAssociationGrouping]},
}

// records are those of a package for which the endpoint can be asked.
func (e *endpoint) records(pack jsonx.Value) []jsonx.Value {
	if e.definitions {
		pack = pack.Get("CFDefinitions")
	}
	if v := pack.Get(e.in); v.Kind() == jsonx.Object {
		return []jsonx.Value{v}
	}
	return pack.Get(e.in).Items()
}

// mostOfKind is how many records of a kind are asked for one by one: two find what a single
// lucky one hides.
const mostOfKind = 2

// checkEndpoints asks every endpoint for records that the packages name.
func checkEndpoints(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	if list, a, ok := f.good("/CFDocuments", nil); ok && list.Exists() {
		f.valid("/CFDocuments", a, casefw.Validate[casefw.CFDocumentSet])
	}
	asked := map[string]int{}
	f.packages(func(_, pack jsonx.Value, a *answer) bool {
		f.valid("/CFPackages", a, casefw.Validate[casefw.CFPackage])
		missing := false
		for k := range endpoints {
			f.askFor(&endpoints[k], pack, asked)
			missing = missing || asked[endpoints[k].path] < mostOfKind
		}
		return missing
	})
	for k := range endpoints {
		if e := &endpoints[k]; asked[e.path] == 0 {
			f.fail(Finding{Message: "nothing is offered that the endpoint could be asked for", Pointer: "/" + e.path})
		}
	}
	return nil
}

// askFor asks an endpoint for records of a package, while few of the kind were asked for.
func (f *frameworks) askFor(e *endpoint, pack jsonx.Value, asked map[string]int) {
	for _, r := range e.records(pack) {
		id := identifier(r)
		if asked[e.path] >= mostOfKind || id == "" {
			return
		}
		asked[e.path]++
		v, a, ok := f.good("/"+e.path+"/"+id, nil)
		if !ok {
			continue
		}
		f.valid("/"+e.path, a, e.validate)
		f.holds(e.names(v, id), Finding{Message: "the answer is about something else than was asked for", Pointer: "/" + e.path,
			Expected: id, Exchange: a.exchange})
	}
}

// names reports whether an answer is about an identifier, by itself or as the first of a set.
func (e *endpoint) names(v jsonx.Value, id string) bool {
	if e.path == "CFItemAssociations" {
		return identifier(v.Get("CFItem")) == id
	}
	if set := v.Get(e.path); set.Exists() {
		for _, r := range set.Items() {
			if identifier(r) == id {
				return true
			}
		}
		return false
	}
	return identifier(v) == id
}

// valid holds an answer against the schema of the version.
func (f *frameworks) valid(path string, a *answer, validate func([]byte, casefw.Version, casefw.Options) *casefw.Report) {
	media, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	f.holds(strings.EqualFold(strings.TrimSpace(media), mediaJSON), Finding{Message: "the answer is not sent as JSON", Pointer: path,
		Found: a.header.Get("Content-Type"), Expected: mediaJSON, Exchange: a.exchange})
	report := validate(a.body, f.version, casefw.Options{})
	for _, problem := range report.Findings {
		if problem.Severity != vc.SeverityError || foreign(problem) {
			continue
		}
		one := findingOf(problem)
		one.Pointer, one.Exchange = path+one.Pointer, a.exchange
		f.fail(one)
	}
}
