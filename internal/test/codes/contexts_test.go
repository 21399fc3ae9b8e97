package codes_test

import (
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// defined is a row about a library card that defines terms itself, and has members by
// them, when it is signed.
func defined(code jsonld.Code, context, members string) row {
	input := "to sign a library card whose context is `" + shortened(context) + "`"
	if members != "" {
		input += " and that has `" + shortened(members) + "`"
	}
	return row{vc.Code(code), input, func(d *desk) []*vc.Problem { return d.signs(d.card(context, members), nil) }}
}

// card is a library card with a context of its own, "" for none.
func (d *desk) card(context, members string) string {
	if context != "" {
		context = "," + context
	}
	if members != "" {
		members = "," + members
	}
	return `{"@context":["https://www.w3.org/ns/credentials/v2"` + context + `],"type":["VerifiableCredential"],"issuer":"` + d.school.ID +
		`","credentialSubject":{"id":"did:example:ada"}` + members + `}`
}

// signs is what signing says of a document, of a school that takes contexts of its own.
func (d *desk) signs(text string, contexts map[string]string) []*vc.Problem {
	d.t.Helper()
	own := map[string][]byte{}
	for url, content := range contexts {
		own[url] = []byte(content)
	}
	_, err := d.school.Sign([]byte(text), func(o *dataintegrity.SignOptions) {
		o.InlineContexts, o.Contexts = true, dataintegrity.NewContexts(own)
	})
	return of(err)
}

// foreign is a row about a context that is given beside the program's own.
func foreign(code jsonld.Code, input string, contexts map[string]string) row {
	return row{vc.Code(code), "to sign a library card that lists " + input, func(d *desk) []*vc.Problem {
		return d.signs(d.card(`"https://own.example/a"`, ""), contexts)
	}}
}

// plainly is a row about a document that is read by the standard alone, as its test
// suite is: nothing of what products call does that.
func plainly(code jsonld.Code, text string) row {
	return row{vc.Code(code), "the document `" + text + "`, read as JSON-LD", func(d *desk) []*vc.Problem {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
		require.NoError(d.t, err)
		_, err = jsonld.New(jsonld.Config{}).ToRDF(d.t.Context(), jsonld.Input{Root: doc.Root(), Mode: jsonld.Standard}, &rdf.Dataset{})
		return of(err)
	}}
}

var contextRows = []row{
	defined(jsonld.CodeCollidingKeywords, `{"number": "@id"}`, `"id": "urn:uuid:1", "number": "urn:uuid:2"`),
	defined(jsonld.CodeConflictingIndexes, `{"lends": {"@id": "urn:lends", "@container": "@set"}}`, `"lends": [{"id": "urn:a", "@index": "1"}, {"id": "urn:a", "@index": "2"}]`),
	defined(jsonld.CodeCyclicIRIMapping, `{"a": "b:x", "b": "a:y"}`, ``),
	defined(jsonld.CodeInvalidBaseDirection, `{"@direction": "up"}`, ``),
	defined(jsonld.CodeInvalidContainerMapping, `{"lends": {"@id": "urn:lends", "@container": "@box"}}`, ``),
	defined(jsonld.CodeInvalidContextNull, `null`, ``),
	defined(jsonld.CodeInvalidDefaultLanguage, `{"@language": 7}`, ``),
	defined(jsonld.CodeInvalidIDValue, ``, `"id": 7`),
	defined(jsonld.CodeInvalidImportValue, `{"@import": 7}`, ``),
	defined(jsonld.CodeInvalidIncludedValue, `{"with": "@included"}`, `"with": "a text"`),
	defined(jsonld.CodeInvalidIndexValue, ``, `"evidence": {"id": "urn:a", "@index": 7}`),
	defined(jsonld.CodeInvalidIRIMapping, `{"lends": {"@id": 7}}`, ``),
	defined(jsonld.CodeInvalidKeywordAlias, `{"ctx": "@context"}`, ``),
	defined(jsonld.CodeInvalidLanguageMapValue, `{"motto": {"@id": "urn:motto", "@container": "@language"}}`, `"motto": {"en": 7}`),
	defined(jsonld.CodeInvalidLanguageMapping, `{"motto": {"@id": "urn:motto", "@language": 7}}`, ``),
	defined(jsonld.CodeInvalidLanguageString, `{"motto": "urn:motto"}`, `"motto": {"@value": "Read", "@language": 7}`),
	defined(jsonld.CodeInvalidLanguageValue, `{"motto": "urn:motto"}`, `"motto": {"@value": 7, "@language": "en"}`),
	defined(jsonld.CodeInvalidLocalContext, `7`, ``),
	defined(jsonld.CodeInvalidNestValue, `{"more": "@nest"}`, `"more": "a text"`),
	defined(jsonld.CodeInvalidPrefixValue, `{"lib": {"@id": "urn:lib:", "@prefix": 7}}`, ``),
	defined(jsonld.CodeInvalidPropagateValue, `{"@propagate": 7}`, ``),
	defined(jsonld.CodeInvalidProtectedValue, `{"@protected": 7}`, ``),
	defined(jsonld.CodeInvalidReverseProperty, `{"lentBy": {"@reverse": "urn:lends", "@id": "urn:x"}}`, ``),
	defined(jsonld.CodeInvalidReversePropertyMap, `{"from": "@reverse"}`, `"from": {"id": "urn:a"}`),
	defined(jsonld.CodeInvalidReversePropertyItem, `{"lentBy": {"@reverse": "urn:lends"}}`, `"lentBy": "a text"`),
	defined(jsonld.CodeInvalidReverseValue, `{"from": "@reverse"}`, `"from": "a text"`),
	plainly(jsonld.CodeInvalidScopedContext, `{"@context": {"lends": {"@id": "urn:lends", "@context": 7}}}`),
	plainly(jsonld.CodeInvalidBaseIRI, `{"@context": {"@base": 7}}`),
	defined(jsonld.CodeInvalidSetOrList, `{"lends": "urn:lends"}`, `"lends": {"@list": [], "name": "x"}`),
	defined(jsonld.CodeInvalidTermDefinition, `{"lends": 7}`, ``),
	defined(jsonld.CodeInvalidTypeMapping, `{"lends": {"@id": "urn:lends", "@type": 7}}`, ``),
	defined(jsonld.CodeInvalidTypeValue, ``, `"evidence": {"type": 7}`),
	defined(jsonld.CodeInvalidTypedValue, `{"motto": "urn:motto"}`, `"motto": {"@value": "x", "@type": "_:b"}`),
	defined(jsonld.CodeInvalidValueObject, `{"motto": "urn:motto"}`, `"motto": {"@value": "x", "@id": "urn:a"}`),
	defined(jsonld.CodeInvalidValueObjectValue, `{"motto": "urn:motto"}`, `"motto": {"@value": {}}`),
	defined(jsonld.CodeInvalidVersionValue, `{"@version": 1.0}`, ``),
	defined(jsonld.CodeInvalidVocabMapping, `{"@vocab": 7}`, ``),
	defined(jsonld.CodeKeywordRedefinition, `{"@value": "urn:x"}`, ``),
	defined(jsonld.CodeProtectedTerm, `{"VerifiableCredential": "urn:x"}`, ``),
	defined(jsonld.CodeContextBase, `{"@base": "https://library.example/"}`, ``),
	defined(jsonld.CodeContextImport, `{"@import": "https://www.w3.org/ns/credentials/v2"}`, ``),
	defined(jsonld.CodeTooManyTypes, ``, `"evidence": {"type": [`+strings.Repeat(`"urn:t",`, 300)+`"urn:t"]}`),

	foreign(jsonld.CodeInvalidRemoteContext, "a context which has no @context", map[string]string{"https://own.example/a": `{"context": {}}`}),
	foreign(jsonld.CodeLoadingContextFailed, "a context which is no JSON", map[string]string{"https://own.example/a": `{"@context": {`}),
	foreign(jsonld.CodeContextUnknown, "a context which is unknown", nil),
	foreign(jsonld.CodeContextCycle, "a context which lists itself", map[string]string{"https://own.example/a": `{"@context": "https://own.example/a"}`}),
	foreign(jsonld.CodeContextTooDeep, "a context which lists another, ten deep", chain(10)),
	foreign(jsonld.CodeContextTooLarge, "a context of a megabyte", map[string]string{"https://own.example/a": `{"@context": {` + strings.Repeat(" ", 1<<20) + `}}`}),
	foreign(jsonld.CodeInvalidContextEntry, "a context which imports one that imports", map[string]string{
		"https://own.example/a": `{"@context": {"@import": "https://own.example/b"}}`, "https://own.example/b": `{"@context": {"@import": "https://own.example/c"}}`,
		"https://own.example/c": `{"@context": {}}`}),

	{vc.Code(jsonld.CodeContextUnknown), "a badge that lists a context of its own", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), `/@context/- = "https://gone.example/context.json"`)), verify.Config{})
	}},
	{vc.Code(jsonld.CodeContextInline), "a badge that defines a term itself", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), `/@context/- = {"motto": "urn:motto"}`)), verify.Config{})
	}},
	{vc.Code(jsonld.CodeContextNested), "a badge whose achievement has a context", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), achievement+`/@context = ["https://www.w3.org/ns/credentials/v2"]`)), verify.Config{})
	}},
	{vc.Code(jsonld.CodeContextTooMany), "a badge with twenty contexts", func(d *desk) []*vc.Problem {
		text := string(d.good())
		for range 18 {
			text = d.edit(text, `/@context/- = "https://www.w3.org/ns/credentials/v2"`)
		}
		return d.inspect([]byte(text), verify.Config{})
	}},
	{vc.Code(jsonld.CodeContextVocab), "a badge with a context that defines every term", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), `/@context/- = "https://www.w3.org/ns/credentials/undefined-terms/v2"`)), verify.Config{})
	}},
	{vc.Code(rdf.CodeTooManyQuads), "a badge of two hundred tags, for a verifier that reads a hundred statements", func(d *desk) []*vc.Problem {
		return d.inspect(d.good(achievement+"/tag = ["+tags(200)+"]"), verify.Config{Limits: verify.Limits{MaxQuads: 100}})
	}},
	{vc.Code(rdf.CodeTooLarge), "a badge whose context has names of 10,000 letters, used a thousand times", func(d *desk) []*vc.Problem {
		long := `{"long": "urn:` + strings.Repeat("x", 10_000) + `"}`
		return d.signs(d.card(long, `"evidence": [`+strings.Repeat(`{"long": 1},`, 1000)+`{"long": 1}]`), nil)
	}},
	{vc.Code(jsonld.CodeTooManyDrops), "a badge with 5,000 members that no context defines, for a lenient verifier", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), `/evidence = [`+strings.Repeat(`{"type": "Evidence", "colour": 1},`, 5000)+`{"type": "Evidence"}]`)), verify.Config{Lenient: true})
	}},
	{vc.Code(rdf.CodeTooManyNodes), "a badge of many parts without ids, where ten are allowed", func(d *desk) []*vc.Problem {
		return d.inspect(d.good("/evidence = ["+strings.Repeat(`{"type":["Evidence"],"name":"A"},`, 20)+`{"type":["Evidence"],"name":"B"}]`), verify.Config{Limits: verify.Limits{MaxNodes: 10}})
	}},
	{vc.Code(rdf.CodeWorkLimit), "a badge with twelve equal pieces of evidence, where little work is allowed", func(d *desk) []*vc.Problem {
		return d.inspect(d.good("/evidence = ["+strings.Repeat(`{"type":["Evidence"],"name":"A"},`, 11)+`{"type":["Evidence"],"name":"A"}]`), verify.Config{Limits: verify.Limits{MaxWork: 5}})
	}},
}

// tags are n texts.
func tags(n int) string {
	var list []string
	for i := range n {
		list = append(list, strconv.Quote("tag "+strconv.Itoa(i)))
	}
	return strings.Join(list, ",")
}

// chain are contexts each of which lists the next.
func chain(n int) map[string]string {
	all := map[string]string{}
	url := "https://own.example/a"
	for i := range n {
		next := "https://own.example/" + strconv.Itoa(i)
		all[url] = `{"@context": "` + next + `"}`
		url = next
	}
	all[url] = `{"@context": {}}`
	return all
}
