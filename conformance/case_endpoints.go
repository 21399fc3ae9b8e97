package conformance

import (
	"slices"
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
	asked := f.everywhere(func(path string, a *answer, report *casefw.Report) {
		media, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
		f.holds(strings.EqualFold(strings.TrimSpace(media), mediaJSON), Finding{Message: "the answer is not sent as JSON", Pointer: path,
			Found: a.header.Get("Content-Type"), Expected: mediaJSON, Exchange: a.exchange})
		f.told(path, a, report, func(problem *vc.Problem) bool { return problem.Severity == vc.SeverityError && !foreign(problem) })
	})
	for k := range endpoints {
		if e := &endpoints[k]; asked[e.path] == 0 {
			f.fail(Finding{Message: "nothing is offered that the endpoint could be asked for", Pointer: "/" + e.path})
		}
	}
	return nil
}

// checkForeign looks for members that the version does not have. What else is wrong is told by
// the check of the endpoints.
func checkForeign(p *probe, v casefw.Version) error {
	quiet := *p
	f := quiet.frameworks(v)
	extended := 0
	asked := f.everywhere(func(path string, a *answer, report *casefw.Report) {
		p.exchanges = quiet.exchanges
		p.looked++
		p.told(path, a, report, foreign)
		if v >= casefw.V1p1 && extended == 0 && strings.Contains(string(a.body), `"extensions"`) {
			extended = a.exchange
		}
	})
	p.exchanges = quiet.exchanges
	if len(asked) == 0 {
		return blocked{"CASE-" + v.String() + "-CP-1", "no framework is offered"}
	}
	if extended > 0 {
		p.warn(Finding{Message: "extensions are sent: they are for those who claim them", Exchange: extended})
	}
	return nil
}

// told makes findings of what is wrong with an answer and counts here.
func (p *probe) told(path string, a *answer, report *casefw.Report, counts func(*vc.Problem) bool) {
	p.holds(true, Finding{})
	for _, problem := range report.Findings {
		if counts(problem) {
			one := findingOf(problem)
			one.Pointer, one.Exchange = path+one.Pointer, a.exchange
			p.fail(one)
		}
	}
}

// foreign reports whether what is wrong is a member that the version does not have.
func foreign(p *vc.Problem) bool {
	return p.Code == casefw.CodeUnknownProperty || p.Code == casefw.CodeTokenNewerThanVersion
}

// everywhere has each endpoint answer, and each answer judged. It returns how many records of a
// kind were asked for.
func (f *frameworks) everywhere(judge func(path string, a *answer, report *casefw.Report)) (asked map[string]int) {
	asked = map[string]int{}
	if _, a, ok := f.good("/CFDocuments", nil); ok {
		judge("/CFDocuments", a, casefw.Validate[casefw.CFDocumentSet](a.body, f.version, casefw.Options{}))
	}
	f.packages(func(_, pack jsonx.Value, a *answer) bool {
		judge("/CFPackages", a, casefw.Validate[casefw.CFPackage](a.body, f.version, casefw.Options{}))
		missing := false
		for k := range endpoints {
			f.askFor(&endpoints[k], pack, asked, judge)
			missing = missing || asked[endpoints[k].path] < mostOfKind
		}
		return missing
	})
	return asked
}

// askFor asks an endpoint for records of a package, while few of the kind were asked for.
func (f *frameworks) askFor(e *endpoint, pack jsonx.Value, asked map[string]int, judge func(string, *answer, *casefw.Report)) {
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
		judge("/"+e.path, a, e.validate(a.body, f.version, casefw.Options{}))
		f.holds(e.names(v, id), Finding{Message: "the answer is about something else than was asked for", Pointer: "/" + e.path,
			Expected: id, Exchange: a.exchange})
	}
}

// names reports whether an answer is about an identifier, by itself or within a set.
func (e *endpoint) names(v jsonx.Value, id string) bool {
	if e.path == "CFItemAssociations" {
		return identifier(v.Get("CFItem")) == id
	}
	if set := v.Get(e.path); set.Exists() {
		return slices.ContainsFunc(set.Items(), func(r jsonx.Value) bool { return identifier(r) == id })
	}
	return identifier(v) == id
}
