package caseapi_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// absolute checks the format "uri", which the library does not.
type absolute struct{}

func (absolute) Validate(text string) error {
	if u, err := url.Parse(text); err != nil || !u.IsAbs() {
		return errors.New("not an absolute URI")
	}
	return nil
}

// official is a client that knows nothing but the published description of a version.
type official struct {
	t      *testing.T
	base   string
	doc    *openapi3.T
	router routers.Router
	h      http.Handler
}

func officialClient(t *testing.T, v caseapi.Version, h http.Handler) *official {
	t.Helper()
	openapi3.DefineStringFormatValidator("uri", absolute{})
	doc := published1p1(t)
	if v == caseapi.V1p0 {
		doc = published1p0(t)
	}
	doc.Servers = openapi3.Servers{{URL: caseapi.BasePath(v)}}
	router, err := gorillamux.NewRouter(doc)
	require.NoError(t, err)
	return &official{t, caseapi.BasePath(v), doc, router, h}
}

func published1p1(t *testing.T) *openapi3.T {
	doc, err := openapi3.NewLoader().LoadFromFile(testkit.Shared(t, "case/specs/imscasev1p1_openapi3_v1p0.json"))
	require.NoError(t, err)
	return doc
}

// published1p0 reads the Swagger of 1.0. Its stand-alone classes join two objects of
// which each forbids the members of the other; what is meant is one object of both.
func published1p0(t *testing.T) *openapi3.T {
	var old openapi2.T
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/specs/imscasev1p0_swagger.json"), &old))
	for _, s := range old.Definitions {
		if len(s.Value.AllOf) != 2 {
			continue
		}
		base := old.Definitions[strings.TrimPrefix(s.Value.AllOf[0].Ref, "#/definitions/")].Value
		more := s.Value.AllOf[1].Value
		s.Value.AllOf, s.Value.AdditionalProperties = nil, base.AdditionalProperties
		s.Value.Properties = openapi2.Schemas{}
		for _, from := range []openapi2.Schemas{base.Properties, more.Properties} {
			for name, property := range from {
				s.Value.Properties[name] = property
			}
		}
		s.Value.Required = append(slices.Clone(base.Required), more.Required...)
	}
	doc, err := openapi2conv.ToV3(&old)
	require.NoError(t, err)
	return doc
}

// ask sends a request and holds request and answer against the description. ok says
// that the request itself is one that the description allows.
func (c *official) ask(path string, ok bool) *httptest.ResponseRecorder {
	c.t.Helper()
	r := httptest.NewRequest(http.MethodGet, c.base+path, nil)
	route, params, err := c.router.FindRoute(r)
	require.NoError(c.t, err, path)
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}
	if ok {
		require.NoError(c.t, openapi3filter.ValidateRequest(c.t.Context(), in), path)
	}
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true}}
	require.NoError(c.t, openapi3filter.ValidateResponse(c.t.Context(), out.SetBodyBytes(w.Body.Bytes())), path)
	return w
}

// everything returns the path of each resource of a framework.
func everything(f *casefw.Framework) []string {
	all := []string{"/CFDocuments/" + f.GUID().String(), "/CFPackages/" + f.GUID().String()}
	add := func(path, id string) { all = append(all, path+id) }
	for t := range f.Items() {
		add("/CFItems/", t.Identifier())
		if !empty(t.Outgoing()) || !empty(t.Incoming()) { // the schema has no empty set of associations
			add("/CFItemAssociations/", t.Identifier())
		}
	}
	for a := range f.Associations() {
		add("/CFAssociations/", a.Identifier())
	}
	for _, r := range f.Rubrics() {
		add("/CFRubrics/", r.Identifier)
	}
	d := f.Definitions()
	if d == nil {
		return all
	}
	for _, c := range d.CFConcepts {
		add("/CFConcepts/", c.Identifier)
	}
	for _, s := range d.CFSubjects {
		add("/CFSubjects/", s.Identifier)
	}
	for _, l := range d.CFLicenses {
		add("/CFLicenses/", l.Identifier)
	}
	for _, t := range d.CFItemTypes {
		add("/CFItemTypes/", t.Identifier)
	}
	for _, g := range d.CFAssociationGroupings {
		add("/CFAssociationGroupings/", g.Identifier)
	}
	return all
}

func empty(seq func(func(casefw.Association) bool)) bool {
	for range seq {
		return false
	}
	return true
}

// Every answer of both versions is what the published descriptions say, for
// frameworks that use all of 1.1, for 1.0's, for one of two thousand records of a
// real state, and for the smallest.
func TestOfficialDescriptions(t *testing.T) {
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	for _, path := range []string{"synthetic/a01-full-v1p1.json", "synthetic/a03-minimal.json", "real/ngss-science-2013.json"} {
		f, _, err := casefw.LoadBytes(testkit.ReadShared(t, "case/packages/"+path), casefw.Options{})
		require.NoError(t, err)
		frameworks = append(frameworks, f)
	}
	h := serving(t, caseapi.Config{Store: memory(t, frameworks...)})
	for _, v := range []caseapi.Version{caseapi.V1p0, caseapi.V1p1} {
		c := officialClient(t, v, h)
		for _, query := range []string{"", "?limit=2&offset=1", "?sort=title&orderBy=desc", "?filter=title~%27s%27", "?sort=nothing"} {
			require.Equal(t, http.StatusOK, c.ask("/CFDocuments"+query, true).Code)
		}
		answers := map[int]int{}
		for _, f := range frameworks {
			for _, path := range everything(f) {
				answers[c.ask(path, true).Code]++
			}
		}
		require.Greater(t, answers[http.StatusOK], 3000)
		if v == caseapi.V1p1 {
			require.Len(t, answers, 1)
		} else {
			require.Len(t, answers, 2)
			require.Less(t, answers[http.StatusNotFound], 5) // associations with what is not of CASE
		}
		c.refusals()
	}
}

// refusals asks for what is refused. A filter by an unknown field has a code that
// the text of 1.1 asks for and its schema forgot; all others are in the schemas.
func (c *official) refusals() {
	for _, path := range []string{"/CFItems/x", "/CFItems/99999999-aaaa-4aaa-8aaa-000000000001",
		"/CFDocuments?limit=0", "/CFDocuments?orderBy=up", "/CFDocuments?fields="} {
		require.GreaterOrEqual(c.t, c.ask(path, false).Code, 400)
	}
	for _, s := range c.doc.Components.Schemas {
		if p, there := s.Value.Properties["imsx_codeMinorFieldValue"]; there {
			p.Value.Enum = append(p.Value.Enum, string(caseapi.InvalidFilterField))
		}
	}
	require.Equal(c.t, http.StatusBadRequest, c.ask("/CFDocuments?filter=foo%3D%271%27", true).Code)
	for _, err := range []error{caseapi.ErrUnauthorised, caseapi.ErrForbidden, &caseapi.BusyError{}, errors.New("x")} {
		refusing := *c
		refusing.h = serving(c.t, caseapi.Config{Store: faulty{err}})
		refusing.ask("/CFDocuments", true)
		refusing.ask("/CFPackages/"+storetest.IDMain, true)
	}
}

// The published answers were made from the framework that uses all of 1.1: served
// from it, each endpoint gives the same value.
func TestPublishedResponses(t *testing.T) {
	f, _, err := casefw.LoadBytes(testkit.ReadShared(t, "case/packages/synthetic/a01-full-v1p1.json"), casefw.Options{})
	require.NoError(t, err)
	h := serving(t, caseapi.Config{Store: memory(t, f)})
	for file, path := range map[string]string{
		"CFDocument":            "CFDocuments",
		"CFPackage":             "CFPackages",
		"CFItem":                "CFItems",
		"CFItemAssociations":    "CFItemAssociations",
		"CFAssociation":         "CFAssociations",
		"CFAssociationGrouping": "CFAssociationGroupings",
		"CFConcepts":            "CFConcepts",
		"CFItemTypes":           "CFItemTypes",
		"CFLicense":             "CFLicenses",
		"CFRubric":              "CFRubrics",
		"CFSubjects":            "CFSubjects",
		"CFDocuments":           "",
	} {
		var want map[string]any
		require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/responses/response-"+file+".json"), &want))
		target := "/" + path + "/" + idOf(want)
		if path == "" {
			target = "/CFDocuments"
		}
		require.Equal(t, want, body(t, get(t, h, base1+target)), file)
	}
}

// idOf returns the identifier of a record, or of the first record in it.
func idOf(v map[string]any) string {
	if id, ok := v["identifier"].(string); ok {
		return id
	}
	for _, name := range []string{"CFDocument", "CFItem"} {
		if inner, ok := v[name].(map[string]any); ok {
			return idOf(inner)
		}
	}
	for _, member := range v {
		if list, ok := member.([]any); ok {
			return idOf(list[0].(map[string]any))
		}
	}
	return ""
}

func TestDescription(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t), BaseURL: "https://case.example.org/server"})
	w := get(t, h, "/server"+base1+caseapi.DiscoveryPath)
	require.Equal(t, http.StatusOK, w.Code)
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	require.Equal(t, "https://case.example.org/server/ims/case/v1p1", doc.Servers[0].URL)
	requireStatus(t, get(t, h, "/server"+base0+caseapi.DiscoveryPath), http.StatusNotFound, "unknownobject")

	own := serving(t, caseapi.Config{Store: sample(t), Description: []byte(`{"openapi":"3.0.0"}`)})
	require.Equal(t, `{"openapi":"3.0.0"}`, get(t, own, base1+caseapi.DiscoveryPath).Body.String())
}

// Our description says what the published one does: paths, operations, parameters,
// answers, and of each class the members, their types and which are required.
func TestDescriptionAgreesWithThePublished(t *testing.T) {
	want := published1p1(t)
	w := get(t, serving(t, caseapi.Config{Store: sample(t)}), base1+caseapi.DiscoveryPath)
	got, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	require.NoError(t, err)
	require.Equal(t, want.Paths.Len(), got.Paths.Len())
	for path, item := range want.Paths.Map() {
		a, b := item.Get, got.Paths.Find(path).Get
		require.Equal(t, a.OperationID, b.OperationID)
		require.Equal(t, parameters(a), parameters(b), path)
		require.Equal(t, a.Responses.Len(), b.Responses.Len())
		for status, r := range a.Responses.Map() {
			other := b.Responses.Map()[status]
			require.Equal(t, r.Value.Content["application/json"].Schema.Ref, other.Value.Content["application/json"].Schema.Ref, path)
		}
	}
	for name, s := range want.Components.Schemas {
		if strings.Contains(name, "Extension") {
			continue // ours stand where they are used
		}
		ours := got.Components.Schemas[name]
		require.NotNil(t, ours, name)
		require.ElementsMatch(t, s.Value.Required, ours.Value.Required, name)
		require.Equal(t, len(s.Value.Properties), len(ours.Value.Properties), name)
		for property, a := range s.Value.Properties {
			require.Equal(t, shape(a), shape(ours.Value.Properties[property]), name+"."+property)
		}
	}
}

func parameters(o *openapi3.Operation) map[string]string {
	all := map[string]string{}
	for _, p := range o.Parameters {
		all[p.Value.Name] = p.Value.In + " " + shape(p.Value.Schema)
	}
	return all
}

// shape writes what of a schema must be the same: all but patterns, which ours
// anchor, how few elements are allowed, and the code that the schema forgot.
func shape(s *openapi3.SchemaRef) string {
	switch {
	case s == nil:
		return "nothing"
	case strings.Contains(s.Ref, "Extension"):
		return "object"
	case s.Ref != "":
		return s.Ref
	case s.Value.Type.Is("array"):
		return "array of " + shape(s.Value.Items)
	}
	var b strings.Builder
	for _, one := range s.Value.AnyOf {
		b.WriteString("any of " + shape(one) + " ")
	}
	words := []string{}
	for _, w := range s.Value.Enum {
		if w != string(caseapi.InvalidFilterField) {
			words = append(words, w.(string))
		}
	}
	slices.Sort(words)
	if s.Value.Type != nil {
		b.WriteString(strings.Join(*s.Value.Type, ""))
	}
	if s.Value.Pattern != "" {
		b.WriteString(" with a pattern")
	}
	return strings.TrimSpace(b.String() + " " + s.Value.Format + " " + strings.Join(words, "|"))
}
