package conformance

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// caseVersion is what a check knows of the version that it is asked of.
type caseVersion struct {
	prefix  string // of the ids of checks
	segment string // of the path
	version casefw.Version
	// unknown and malformed are the codes of identifiers that lead nowhere.
	unknown, malformed string
}

var (
	case10 = caseVersion{"CASE-1.0-", "v1p0", casefw.V1p0, "unknownobject", "invaliduuid"}
	case11 = caseVersion{"CASE-1.1-", "v1p1", casefw.V1p1, "unknownobject", "invalid_uuid"}
)

// framework is what a provider offers: its documents as the list has them, and their packages.
type framework struct {
	documents []jsonx.Value
	packages  []jsonx.Value
	err       error
}

// mostPackages bounds what is loaded: a provider is certified with a framework for tests, and one
// with thousands is looked at in part, which the report says.
const mostPackages = 20

// caseBase is the base of the service.
func (p *probe) caseBase(v caseVersion) string {
	base := strings.TrimSuffix(p.s.suite.Provider.URL, "/")
	if before, _, ok := strings.Cut(base, "/ims/"); ok {
		base = before
	}
	return base + "/ims/case/" + v.segment
}

// offered loads what the provider offers, once.
func (p *probe) offered(v caseVersion) (*framework, error) {
	f := p.s.frameworks[v.segment]
	if f == nil {
		f = &framework{}
		f.err = p.aside(v.prefix+"CP-1", func(sub *probe) error { return sub.load(v, f) })
		if p.ctx.Err() != nil {
			return f, f.err
		}
		p.s.frameworks[v.segment] = f
	}
	return f, f.err
}

func (p *probe) load(v caseVersion, f *framework) error {
	by := v.prefix + "CP-1"
	root, _ := p.object(p.caseBase(v) + "/CFDocuments?limit=100")
	f.documents = root.Get("CFDocuments").Items()
	if len(f.documents) == 0 {
		return blocked{by, "the provider offers no document"}
	}
	for _, d := range f.documents[:min(len(f.documents), mostPackages)] {
		root, a := p.object(p.caseBase(v) + "/CFPackages/" + packageID(d))
		if !root.Exists() {
			status := 0
			if a != nil {
				status = a.status
			}
			return blocked{by, fmt.Sprintf("a package cannot be had: %d", status)}
		}
		f.packages = append(f.packages, root)
	}
	return nil
}

// packageID is the identifier of a document's package.
func packageID(document jsonx.Value) string {
	if id := document.Get("CFPackageURI").Get("identifier").Text(); id != "" {
		return id
	}
	return document.Get("identifier").Text()
}

// object asks for an object of JSON; missing where it is none.
func (p *probe) object(u string) (jsonx.Value, *answer) {
	a := p.get(u, "")
	if a == nil || a.status != http.StatusOK {
		return jsonx.Value{}, a
	}
	root, err := a.json()
	if err != nil || root.Kind() != jsonx.Object {
		return jsonx.Value{}, a
	}
	return root, a
}

// records are the objects of a class in all packages.
func (f *framework) records(class string) (all []jsonx.Value) {
	for _, p := range f.packages {
		switch class {
		case "CFDocument":
			all = append(all, p.Get("CFDocument"))
		case "CFItem", "CFAssociation":
			all = append(all, p.Get(class+"s").Items()...)
		default:
			all = append(all, p.Get("CFDefinitions").Get(class+"s").Items()...)
		}
	}
	return all
}

// endpoint is one of the service with the class of its answer.
type endpoint struct {
	path, class string // class of what it is asked by
	validate    func([]byte, casefw.Version) *casefw.Report
}

func validated[R casefw.Resource](text []byte, v casefw.Version) *casefw.Report {
	return casefw.Validate[R](text, v, casefw.Options{})
}

// endpoints are those that a provider must have, with an identifier behind each.
var endpoints = []endpoint{
	{"CFDocuments", "CFDocument", validated[casefw.CFDocument]},
	{"CFItems", "CFItem", validated[casefw.CFItem]},
	{"CFItemAssociations", "CFItem", validated[casefw.CFAssociationSet]},
	{"CFAssociations", "CFAssociation", validated[casefw.CFAssociation]},
	{"CFAssociationGroupings", "CFAssociationGrouping", validated[casefw.CFAssociationGrouping]},
	{"CFConcepts", "CFConcept", validated[casefw.CFConceptSet]},
	{"CFSubjects", "CFSubject", validated[casefw.CFSubjectSet]},
	{"CFItemTypes", "CFItemType", validated[casefw.CFItemTypeSet]},
	{"CFLicenses", "CFLicense", validated[casefw.CFLicense]},
}

// mostRecords is how many objects of a class are asked for one by one: the first, and the
// report says of how many.
const mostRecords = 3

// answers are what the provider answered, each with how it is judged.
func (p *probe) answers(v caseVersion, f *framework, judge func(a *answer, r *casefw.Report)) {
	ask := func(path string, validate func([]byte, casefw.Version) *casefw.Report) {
		a := p.get(p.caseBase(v)+"/"+path, "")
		if p.status(a, path, http.StatusOK) {
			judge(a, validate(a.body, v.version))
		}
	}
	ask("CFDocuments", validated[casefw.CFDocumentSet])
	for _, d := range f.documents[:min(len(f.documents), mostRecords)] {
		ask("CFPackages/"+packageID(d), validated[casefw.CFPackage])
	}
	for _, e := range endpoints {
		all := f.records(e.class)
		p.holds(len(all) > 0, Finding{Message: "there is no " + e.class + " in what is offered, so that its endpoint cannot be tested"})
		for _, r := range all[:min(len(all), mostRecords)] {
			ask(e.path+"/"+r.Get("identifier").Text(), e.validate)
		}
	}
}

// foreign tells a member that the version does not have from other faults.
func foreign(problem *vc.Problem) bool {
	return problem.Code == casefw.CodeUnknownProperty
}
