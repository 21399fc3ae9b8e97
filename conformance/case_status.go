package conformance

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// nobody is an identifier that no provider has.
const nobody = "00000000-dead-4bad-8bad-00000000beef"

// spelt is how the versions write the codes.
var spelt = map[casefw.Version]rest.Vocabulary{casefw.V1p0: rest.CASE1p0, casefw.V1p1: rest.CASE1p1}

// checkUnknown asks for what is not there, and for what is no identifier.
func checkUnknown(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	for _, e := range append([]endpoint{{path: "CFPackages"}}, endpoints...) {
		f.statusOf(f.ask("/"+e.path+"/"+nobody, nil), "/"+e.path, []rest.Minor{rest.UnknownObject}, http.StatusNotFound)
	}
	f.statusOf(f.ask("/CFItems/this-is-no-uuid", nil), "/CFItems", []rest.Minor{rest.UnknownObject, rest.InvalidUUID},
		http.StatusNotFound, http.StatusBadRequest)
	return nil
}

// statusOf looks at a refusal: one of several statuses, and a body in the words of the version.
func (f *frameworks) statusOf(a *answer, path string, minors []rest.Minor, want ...int) {
	if !f.status(a, "the refusal of "+path, want...) {
		return
	}
	f.holds(a.header.Get("Content-Type") != "", Finding{Message: "the refusal does not say what it is",
		Pointer: path, Exchange: a.exchange})
	root, err := a.json()
	if !f.holds(err == nil, Finding{Message: "the refusal is no JSON", Pointer: path, Exchange: a.exchange}) {
		return
	}
	s, ok := rest.ReadStatus(root)
	if !f.holds(ok && s.CodeMajor == rest.Failure && s.Severity == rest.SeverityError,
		Finding{Message: "the refusal is no imsx_StatusInfo of a failure",
			Pointer: path, Found: s.CodeMajor + " " + s.Severity, Expected: "failure error", Exchange: a.exchange}) {
		return
	}
	var expected []string
	for _, m := range minors {
		expected = append(expected, spelt[f.version].Spell(m))
	}
	found := ""
	if len(s.CodeMinor) > 0 {
		found = s.CodeMinor[0].Value
	}
	for _, e := range expected {
		if e == found {
			f.holds(true, Finding{})
			return
		}
	}
	f.fail(Finding{Message: "the refusal has another code", Pointer: path, Found: found, Expected: strings.Join(expected,
		" or "), Exchange: a.exchange})
}

// discovery is where a provider of 1.1 describes itself.
const discovery = "/discovery/imscasev1p1_openapi3_v1p0.json"

// checkDescription reads the description of the service.
func checkDescription(p *probe, v casefw.Version) error {
	f := p.frameworks(v)
	root, a, ok := f.good(discovery, nil)
	if !ok {
		return nil
	}
	f.holds(strings.HasPrefix(root.Get("openapi").Text(), "3."), Finding{Message: "the description is none of OpenAPI 3",
		Pointer: "/openapi",
		Found:   root.Get("openapi").Text(), Exchange: a.exchange})
	own, err := url.Parse(f.base)
	if err != nil {
		return err
	}
	for _, s := range root.Get("servers").Items() {
		at, err := own.Parse(s.Get("url").Text())
		if err == nil && strings.EqualFold(at.Host, own.Host) && strings.TrimSuffix(at.Path, "/") == own.Path {
			f.holds(true, Finding{})
			return nil
		}
	}
	f.fail(Finding{Message: "no server of the description is this one", Pointer: "/servers", Expected: f.base, Exchange: a.exchange})
	return nil
}
