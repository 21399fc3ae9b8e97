package suites_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// apiBase is where the JSON-LD API suite says its files are.
const apiBase = "https://w3c.github.io/json-ld-api/tests/"

// apiTest is an entry of a manifest of the JSON-LD API suite.
type apiTest struct {
	ID     string `json:"@id"`
	Input  string `json:"input"`
	Expect string `json:"expect"`
	Code   string `json:"expectErrorCode"`
	Option struct {
		Base           *string `json:"base"`
		ExpandContext  string  `json:"expandContext"`
		SpecVersion    string  `json:"specVersion"`
		ProcessingMode string  `json:"processingMode"`
		Direction      string  `json:"rdfDirection"`
		Generalized    bool    `json:"produceGeneralizedRdf"`
	} `json:"option"`
}

// base is the base IRI of the input.
func (test apiTest) base() string {
	if b := test.Option.Base; b != nil {
		return *b
	}
	return apiBase + test.Input
}

// api is the W3C JSON-LD API test suite.
type api struct {
	folder
	engine *jsonld.Engine
}

// apiSuites are the tests of expansion and toRdf that apply to JSON-LD 1.1.
func apiSuites(t testing.TB) []suite {
	a := api{folder: folder(testkit.Shared(t, "vc/json-ld-api"))}
	a.engine = jsonld.New(jsonld.Config{Load: func(_ context.Context, url string) ([]byte, error) {
		if text, ok := a.lookup(url); ok {
			return text, nil
		}
		return nil, errors.New("not a file of the suite")
	}})
	expansion, toRDF := suite{name: "json-ld-api expand"}, suite{name: "json-ld-api toRdf"}
	for _, test := range a.manifest(t, "expand-manifest.jsonld") {
		expansion.probes = append(expansion.probes, probe{strings.TrimPrefix(test.ID, "#"),
			func() error { return a.expansion(test) }, func() error { return a.peerExpansion(test) }})
	}
	for _, test := range a.manifest(t, "toRdf-manifest.jsonld") {
		toRDF.probes = append(toRDF.probes, probe{strings.TrimPrefix(test.ID, "#"),
			func() error { return a.toRDF(test) }, func() error { return a.peerToRDF(test) }})
	}
	return []suite{expansion, toRDF}
}

// manifest lists the tests of JSON-LD 1.1.
func (a api) manifest(t testing.TB, name string) []apiTest {
	var m struct{ Sequence []apiTest }
	a.list(t, name, &m)
	return slices.DeleteFunc(m.Sequence, func(test apiTest) bool {
		return test.Option.SpecVersion == "json-ld-1.0" || test.Option.ProcessingMode == "json-ld-1.0"
	})
}

func (a api) lookup(url string) ([]byte, bool) {
	path, ok := strings.CutPrefix(url, apiBase)
	if !ok {
		return nil, false
	}
	text, err := os.ReadFile(filepath.Join(string(a.folder), filepath.FromSlash(path)))
	return text, err == nil
}

// form is our canonical form of a file of the suite.
func (a api) form(file string, o jsonld.Options, expandContext string) (string, error) {
	doc, err := jsonx.Parse(a.read(file), jsonx.Limits{}, a.engine.Symbols())
	if err != nil {
		return "", err
	}
	if expandContext != "" {
		c, err := jsonx.Parse(a.read(expandContext), jsonx.Limits{}, a.engine.Symbols())
		if err != nil {
			return "", err
		}
		o.Expand = c.Root()
	}
	var d rdf.Dataset
	in := jsonld.Input{Root: doc.Root(), Mode: jsonld.Standard, Standard: o}
	if _, err := a.engine.ToRDF(context.Background(), in, &d); err != nil {
		return "", err
	}
	return form(&d, rdf.Options{})
}

// toRDF runs a test of conversion to RDF. Without an expected file it is a test of
// syntax: to be accepted is enough.
func (a api) toRDF(test apiTest) error {
	directions := map[string]jsonld.Direction{"i18n-datatype": jsonld.I18nDatatype, "compound-literal": jsonld.CompoundLiteral}
	o := jsonld.Options{Base: test.base(), Direction: directions[test.Option.Direction]}
	got, err := a.form(test.Input, o, test.Option.ExpandContext)
	if test.Code != "" {
		return test.requireCode(err)
	}
	if err != nil || test.Expect == "" {
		return err
	}
	want, err := formOfQuads(string(a.read(test.Expect)))
	if err != nil {
		return err
	}
	return same(want, got, nil)
}

// expansion runs a test of expansion. We make no expanded document; the expected
// one, read as JSON-LD, must make the same dataset, texts' directions included.
func (a api) expansion(test apiTest) error {
	o := jsonld.Options{Base: test.base(), Direction: jsonld.I18nDatatype}
	got, err := a.form(test.Input, o, test.Option.ExpandContext)
	if test.Code != "" {
		return test.requireCode(err)
	}
	if err != nil {
		return err
	}
	want, err := a.form(test.Expect, jsonld.Options{Direction: jsonld.I18nDatatype}, "") // what is still relative must stay so
	if err != nil {
		return err
	}
	return same(want, got, nil)
}

// requireCode checks an error against the code that the suite wants.
func (test apiTest) requireCode(err error) error {
	want := jsonld.Code(strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(test.Code), "@", ""), " ", "-"))
	if test.Code == "recursive context inclusion" {
		want = jsonld.CodeContextCycle
	}
	var e *jsonld.Error
	if errors.As(err, &e) && e.Code == want {
		return nil
	}
	return fmt.Errorf("not the error %q: %v", test.Code, err)
}

func (a api) peerOptions(test apiTest) (*ld.JsonLdOptions, error) {
	o := goldOptions(test.base(), a.lookup)
	o.ProduceGeneralizedRdf = test.Option.Generalized
	if c := test.Option.ExpandContext; c != "" {
		document, err := ld.DocumentFromReader(bytes.NewReader(a.read(c)))
		if err != nil {
			return nil, err
		}
		o.ExpandContext = document
	}
	return o, nil
}

func (a api) peerToRDF(test apiTest) error {
	o, err := a.peerOptions(test)
	if err != nil {
		return err
	}
	d, err := goldDataset(a.read(test.Input), o)
	if test.Code != "" {
		return test.requirePeerCode(err)
	}
	if err != nil || test.Expect == "" {
		return err
	}
	text, err := goldQuads(d)
	if err != nil {
		return err
	}
	got, err := formOfQuads(text) // json-gold canonicalises its own dataset in the rdf-canon suite
	if err != nil {
		return err
	}
	want, err := formOfQuads(string(a.read(test.Expect)))
	return same(want, got, err)
}

func (a api) peerExpansion(test apiTest) error {
	o, err := a.peerOptions(test)
	if err != nil {
		return err
	}
	document, err := ld.DocumentFromReader(bytes.NewReader(a.read(test.Input)))
	if err != nil {
		return err
	}
	got, err := ld.NewJsonLdProcessor().Expand(document, o)
	if test.Code != "" {
		return test.requirePeerCode(err)
	}
	if err != nil {
		return err
	}
	want, err := ld.DocumentFromReader(bytes.NewReader(a.read(test.Expect)))
	if err != nil {
		return err
	}
	return same(unordered(want, false), unordered(any(got), false), nil)
}

func (test apiTest) requirePeerCode(err error) error {
	var e *ld.JsonLdError
	if errors.As(err, &e) && string(e.Code) == test.Code {
		return nil
	}
	return fmt.Errorf("not the error %q: %v", test.Code, err)
}

// unordered writes an expanded document so that the order of values, other than in
// lists, does not matter.
func unordered(v any, list bool) string {
	switch v := v.(type) {
	case map[string]any:
		var members []string
		for name, value := range v {
			members = append(members, fmt.Sprintf("%q:%s", name, unordered(value, name == "@list")))
		}
		slices.Sort(members)
		return "{" + strings.Join(members, ",") + "}"
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, unordered(item, false))
		}
		if !list {
			slices.Sort(items)
		}
		return "[" + strings.Join(items, ",") + "]"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
