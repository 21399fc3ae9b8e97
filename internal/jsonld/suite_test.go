package jsonld_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// suiteBase is where the W3C suite says its files are.
const suiteBase = "https://w3c.github.io/json-ld-api/tests/"

// noBase stands for a missing base IRI in suiteTest.Option.Base.
const noBase = "-"

// unsupported names the tests of the suite that do not pass, each with its reason.
var unsupported = map[string]string{
	"expand #t0122": "the expected document has an @id of null, which is no valid input; toRdf te122 is the same test",
}

// suiteTest is one entry of a manifest.
type suiteTest struct {
	ID     string          `json:"@id"`
	Name   string          `json:"name"`
	Input  string          `json:"input"`
	Expect string          `json:"expect"`
	Code   string          `json:"expectErrorCode"`
	Type   json.RawMessage `json:"@type"`
	Option struct {
		Base           string `json:"base"`
		ExpandContext  string `json:"expandContext"`
		SpecVersion    string `json:"specVersion"`
		ProcessingMode string `json:"processingMode"`
		Direction      string `json:"rdfDirection"`
		Generalized    bool   `json:"produceGeneralizedRdf"`
	} `json:"option"`
}

// suite is the W3C JSON-LD API test suite.
type suite struct {
	dir    string
	engine *jsonld.Engine
}

func openSuite(t *testing.T) *suite {
	dir := testkit.Shared(t, "vc/json-ld-api")
	load := func(_ context.Context, url string) ([]byte, error) {
		path, ok := strings.CutPrefix(url, suiteBase)
		if !ok {
			return nil, errors.New("not a file of the suite")
		}
		return os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	}
	return &suite{dir: dir, engine: jsonld.New(jsonld.Config{Load: load})}
}

func (s *suite) manifest(t *testing.T, name string) []suiteTest {
	var m struct {
		Sequence []suiteTest `json:"sequence"`
	}
	require.NoError(t, json.Unmarshal(s.read(t, name), &m))
	return m.Sequence
}

func (s *suite) read(t *testing.T, name string) []byte {
	b, err := os.ReadFile(filepath.Join(s.dir, name))
	require.NoError(t, err)
	return b
}

func (s *suite) parse(t *testing.T, name string) jsonx.Value {
	doc, err := jsonx.Parse(s.read(t, name), jsonx.Limits{}, s.engine.Symbols())
	require.NoError(t, err)
	return doc.Root()
}

// run expands a file of the suite to canonical N-Quads.
func (s *suite) run(t *testing.T, test suiteTest, file string) (string, error) {
	in := jsonld.Input{Root: s.parse(t, file), Mode: jsonld.Standard, Standard: jsonld.Options{Base: suiteBase + test.Input}}
	switch test.Option.Base {
	case "":
	case noBase:
		in.Standard.Base = ""
	default:
		in.Standard.Base = test.Option.Base
	}
	if c := test.Option.ExpandContext; c != "" {
		in.Standard.Expand = s.parse(t, c)
	}
	switch test.Option.Direction {
	case "i18n-datatype":
		in.Standard.Direction = jsonld.I18nDatatype
	case "compound-literal":
		in.Standard.Direction = jsonld.CompoundLiteral
	}
	var d rdf.Dataset
	if _, err := s.engine.ToRDF(context.Background(), in, &d); err != nil {
		return "", err
	}
	return canonical(t, &d), nil
}

func canonical(t testing.TB, d *rdf.Dataset) string {
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	defer c.Release()
	return string(c.NQuads())
}

// codeOf turns an error code of the suite into one of ours.
func codeOf(code string) jsonld.Code {
	if code == "recursive context inclusion" {
		return jsonld.CodeContextCycle
	}
	return jsonld.Code(strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(code), "@", ""), " ", "-"))
}

// applies reports whether a test is one of JSON-LD 1.1.
func (test suiteTest) applies(t *testing.T, kind string) bool {
	if test.Option.SpecVersion == "json-ld-1.0" || test.Option.ProcessingMode == "json-ld-1.0" {
		return false
	}
	if reason, ok := unsupported[kind+" "+test.ID]; ok {
		t.Skip(reason)
	}
	return true
}

func (s *suite) requireError(t *testing.T, test suiteTest) {
	_, err := s.run(t, test, test.Input)
	var e *jsonld.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, codeOf(test.Code), e.Code, e.Error())
}

func TestSuiteToRDF(t *testing.T) {
	s := openSuite(t)
	for _, test := range s.manifest(t, "toRdf-manifest.jsonld") {
		t.Run(strings.TrimPrefix(test.ID, "#")+" "+test.Name, func(t *testing.T) {
			if !test.applies(t, "toRdf") {
				return
			}
			if test.Code != "" {
				s.requireError(t, test)
				return
			}
			got, err := s.run(t, test, test.Input)
			require.NoError(t, err)
			if test.Expect == "" {
				return // a syntax test: it is enough to be accepted
			}
			want, _, err := nquads.Parse(s.read(t, test.Expect))
			require.NoError(t, err)
			require.Equal(t, canonical(t, want), got)
		})
	}
}

// The expected documents of the expansion tests are JSON-LD themselves: both
// sides must give the same dataset.
func TestSuiteExpand(t *testing.T) {
	s := openSuite(t)
	for _, test := range s.manifest(t, "expand-manifest.jsonld") {
		t.Run(strings.TrimPrefix(test.ID, "#")+" "+test.Name, func(t *testing.T) {
			if !test.applies(t, "expand") {
				return
			}
			if test.Code != "" {
				s.requireError(t, test)
				return
			}
			test.Option.Direction = "i18n-datatype" // so that directions are compared too
			got, err := s.run(t, test, test.Input)
			require.NoError(t, err)
			test.Option.ExpandContext, test.Option.Base = "", noBase // what is still relative must stay so
			want, err := s.run(t, test, test.Expect)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}
