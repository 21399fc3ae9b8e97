package jsonld_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
)

// goldLoader gives json-gold the known contexts.
type goldLoader struct{}

func (goldLoader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	text, ok := contexts.Lookup(url)
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
	}
	document, err := ld.DocumentFromReader(strings.NewReader(string(text)))
	return &ld.RemoteDocument{DocumentURL: url, Document: document}, err
}

// gold is what json-gold makes of a document, canonicalised by us.
func gold(t testing.TB, text string) string {
	document, err := ld.DocumentFromReader(strings.NewReader(text))
	require.NoError(t, err)
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = goldLoader{}
	options.Format = "application/n-quads"
	quads, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	require.NoError(t, err, text)
	d, _, err := nquads.Parse([]byte(quads.(string)))
	require.NoError(t, err, text)
	return canonical(t, d)
}

func TestBadgeLikeJSONGold(t *testing.T) {
	e := jsonld.New(jsonld.Config{Documents: contexts.Lookup})
	got, err := expand(t, e, jsonld.Strict, badge)
	require.NoError(t, err)
	require.Equal(t, gold(t, badge), got)
	require.Len(t, strings.Split(strings.TrimSpace(got), "\n"), 22)
}

// A value is expanded by what its property's name means in the context that holds
// for the value: a scoped context may redefine its own property, and one that is
// scoped to a type ends at any object, a set or a list included. json-gold and
// jsonld.js agree.
func TestPropertyRedefinedForItsValue(t *testing.T) {
	const ofType = `"@context": {"T": {"@id": "urn:T", "@context": {"p": {"@id": "urn:p", "@type": "@id"}}}}`
	for text, object := range map[string]string{
		`{` + ofType + `, "@type": "T", "p": {"@set": ["urn:x"]}}`:                                                   `"urn:x"`,
		`{` + ofType + `, "@type": "T", "p": ["urn:x"]}`:                                                             `<urn:x>`,
		`{"@context": {"p": "urn:p"}, "p": {"@context": {"p": {"@id": "urn:q", "@language": "fr"}}, "@set": ["x"]}}`: `"x"@fr`,
		`{"@context": {"p": "urn:p"}, "p": {"@context": {"p": {"@id": "urn:q", "@type": "@json"}}, "@set": ["x"]}}`: `"\"x\""` +
			`^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>`,
		`{"@context": {"p": {"@id": "urn:p", "@context": {"p": {"@id": "urn:q", "@language": "fr"}}}}, "p": "x"}`:         `"x"@fr`,
		`{"@context": {"p": {"@id": "urn:p", "@type": "@id", "@context": null}}, "p": "urn:x"}`:                           `"urn:x"`,
		`{"@context": {"p": {"@id": "urn:p", "@type": "@vocab", "@context": {"z": "urn:in"}}, "z": "urn:out"}, "p": "z"}`: `<urn:in>`,
	} {
		got, err := expand(t, jsonld.New(jsonld.Config{}), jsonld.Standard, text)
		require.NoError(t, err)
		require.Contains(t, got, "_:c14n0 <urn:p> "+object+" .\n", text)
		if !strings.Contains(text, "@json") {
			require.Equal(t, gold(t, text), got, text)
		}
	}
}

// What is no node is an error as the value of @included and is dropped from an
// array, since it belongs to no property there (JSON-LD 1.1 API, 5.1.2, step 13.4.6).
func TestIncludedValues(t *testing.T) {
	e := jsonld.New(jsonld.Config{})
	for _, stray := range []string{`"x"`, `{"@value": "x"}`, `{"@list": ["x"]}`} {
		text := `{"@id": "urn:s", "urn:p": "v", "@included": [` + stray + `, {"@id": "urn:t", "urn:p": "w"}]}`
		got, err := expand(t, e, jsonld.Standard, text)
		require.NoError(t, err)
		require.Equal(t, "<urn:s> <urn:p> \"v\" .\n<urn:t> <urn:p> \"w\" .\n", got)
		require.Equal(t, gold(t, text), got)

		_, err = expand(t, e, jsonld.Strict, text)
		var loss *jsonld.DataLoss
		require.ErrorAs(t, err, &loss)
		_, err = expand(t, e, jsonld.Standard, `{"@id": "urn:s", "@included": `+stray+`}`)
		requireCode(t, jsonld.CodeInvalidIncludedValue, err)
	}
}

// drawer makes a JSON-LD document of bytes, out of the constructs that json-gold
// 0.9.1 treats as the specification does. Left out are, by the deviations measured:
// @json, @direction, relative references, numbers beyond 2^53, IRIs outside
// RFC 3986, null terms that are protected, and null contexts in graphs.
type drawer struct {
	data  []byte
	depth int
	inner int // values of the property inner around
}

func (d *drawer) next(n int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := int(d.data[0])
	d.data = d.data[1:]
	return b % n
}

func (d *drawer) pick(from ...string) string { return from[d.next(len(from))] }

// drawnContext defines a term for each construct.
const drawnContext = `{"@version": 1.1, "id": "@id", "type": "@type", "graph": "@graph", "ex": "http://v.example/",
	"plain": "ex:plain",
	"link": {"@id": "ex:link", "@type": "@id"},
	"voc": {"@id": "ex:voc", "@type": "@vocab"},
	"date": {"@id": "ex:date", "@type": "http://www.w3.org/2001/XMLSchema#date"},
	"double": {"@id": "ex:double", "@type": "http://www.w3.org/2001/XMLSchema#double"},
	"de": {"@id": "ex:de", "@language": "de"},
	"list": {"@id": "ex:list", "@container": "@list"},
	"links": {"@id": "ex:links", "@type": "@id", "@container": "@set"},
	"byLanguage": {"@id": "ex:byLanguage", "@container": "@language"},
	"byIndex": {"@id": "ex:byIndex", "@container": "@index"},
	"byID": {"@id": "ex:byID", "@container": "@id"},
	"byType": {"@id": "ex:byType", "@container": "@type"},
	"inGraph": {"@id": "ex:inGraph", "@container": "@graph"},
	"up": {"@reverse": "ex:down", "@type": "@id"},
	"Thing": "ex:Thing",
	"Scoped": {"@id": "ex:Scoped", "@context": {"plain": "ex:scopedPlain", "link": {"@id": "ex:scopedLink"}}},
	"Lasting": {"@id": "ex:Lasting", "@context": {"@propagate": true, "plain": "ex:lastingPlain"}},
	"inner": {"@id": "ex:inner", "@context": {"plain": {"@id": "ex:innerPlain", "@language": "fr"}, "only": "ex:only"}}
}`

func (d *drawer) document() string {
	return `{"@context": ` + drawnContext + d.members() + `}`
}

func (d *drawer) iri() string {
	return d.pick(`"urn:a"`, `"urn:b"`, `"http://n.example/c?x=1#f"`, `"_:x"`, `"_:y"`, `"ex:compact"`)
}

func (d *drawer) scalar() string {
	return d.pick(`"text"`, `"a \"quoted\"\ttext"`, `"é"`, `7`, `-3`, `2.5`, `true`, `false`, `"urn:a"`)
}

func (d *drawer) node() string { return "{" + strings.TrimPrefix(d.deeper(), ",") + "}" }

// deeper are the members of a nested node.
func (d *drawer) deeper() string {
	if d.depth > 4 {
		return `,"id": "urn:deep"`
	}
	d.depth++
	defer func() { d.depth-- }()
	return d.members()
}

// members are some members of a node, each after a comma and at most once.
func (d *drawer) members() string {
	var b strings.Builder
	seen := map[string]bool{}
	for range 1 + d.next(4) {
		name, value := d.member()
		if !seen[name] {
			seen[name] = true
			fmt.Fprintf(&b, ",%q:%s", name, value)
		}
	}
	return b.String()
}

func (d *drawer) member() (name, value string) {
	switch d.next(20) {
	case 0:
		return "id", d.iri()
	case 1:
		return "type", d.pick(`"Thing"`, `"Scoped"`, `["Lasting", "Thing"]`, `["Scoped", "ex:Other"]`, `"http://t.example/T"`)
	case 2:
		return "link", d.iri()
	case 3:
		return "voc", d.pick(`"Thing"`, `"ex:y"`, `"urn:z"`)
	case 4:
		return "date", `"2026-01-01"`
	case 5:
		return "double", d.pick("1", "2.5", `"3"`)
	case 6:
		return "de", d.scalar()
	case 7:
		return "list", d.array(d.value)
	case 8:
		return "links", d.array(d.iri)
	case 9:
		return "byLanguage", fmt.Sprintf(`{"en": "one", "fr-CA": ["deux", "trois"], "@none": %s}`, d.pick(`"x"`, `["y"]`, "null"))
	case 10:
		return "byIndex", fmt.Sprintf(`{"a": %s}`, d.array(d.value)) // one key, so that no node has two
	case 11:
		return "byID", fmt.Sprintf(`{"urn:k": %s}`, d.node())
	case 12:
		// json-gold lets the scoped context of a map's key hold for deeper nodes.
		return "byType", fmt.Sprintf(`{"Thing": %s, "Scoped": {"plain": %s, "link": "urn:l"}}`, d.node(), d.scalar())
	case 13:
		return "inGraph", d.node()
	case 14:
		return "up", d.pick(`"urn:above"`, `["urn:above", "_:x"]`)
	case 15:
		d.inner++
		defer func() { d.inner-- }()
		return "inner", d.value()
	case 16:
		return "only", d.value()
	case 17:
		if d.inner > 0 { // json-gold has the scoped context of a property hold anew for what is included
			return "@included", `{"http://v.example/said": true}`
		}
		return "@included", `{"http://v.example/said": true` + d.deeper() + `}` // json-gold refuses a bare reference
	case 18:
		return "http://v.example/full", d.value()
	}
	return "plain", d.value()
}

func (d *drawer) value() string {
	switch d.next(9) {
	case 0:
		return d.node()
	case 1:
		return d.array(d.value)
	case 2:
		return fmt.Sprintf(`{"@value": %s, "type": "http://t.example/d"}`, d.pick(`"x"`, `"y"`))
	case 3:
		return `{"@value": "x", "@language": "en"}`
	case 4:
		return fmt.Sprintf(`{"@set": %s}`, d.array(d.scalar))
	case 5:
		return "null"
	}
	return d.scalar()
}

func (d *drawer) array(item func() string) string {
	if d.depth > 4 {
		return "[]"
	}
	d.depth++
	defer func() { d.depth-- }()
	var items []string
	for range d.next(4) {
		items = append(items, item())
	}
	return "[" + strings.Join(items, ",") + "]"
}

// FuzzToRDF draws documents and checks that the dataset is the one that json-gold
// makes of them, whatever the symbols that the parser was given.
func FuzzToRDF(f *testing.F) {
	for i := range 64 {
		f.Add([]byte(strings.Repeat(fmt.Sprintf("%c%c", i, i*7+3), 12)))
	}
	warm := jsonld.New(jsonld.Config{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 200 {
			return
		}
		text := (&drawer{data: data}).document()
		require.True(t, json.Valid([]byte(text)), text)
		got := standard(t, warm, text, warm.Symbols())
		require.Equal(t, gold(t, text), got, text)
		require.Equal(t, got, standard(t, warm, text, nil), text)
	})
}

func standard(t *testing.T, e *jsonld.Engine, text string, s *jsonx.Symbols) string {
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, s)
	require.NoError(t, err)
	var d rdf.Dataset
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Mode: jsonld.Standard}, &d)
	require.NoError(t, err, text)
	return canonical(t, &d)
}
