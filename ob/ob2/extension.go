package ob2

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/schema"
	"github.com/laurel-edu/laurel/vc/verify"
)

// publishedText are the extensions that 1EdTech publishes: the types that documentation and
// contexts give them, the IRIs of their members where badges in use write those, and what
// values the members have. Where the published schema is none (accessibility), or excludes
// what its documentation shows (license), it is as documented.
//
//go:embed extensions.json
var publishedText []byte

// describes is what a context says of how extensions of its types are checked.
type describes struct {
	types  []string          // IRIs
	terms  map[string]string // the names of members, by IRI
	url    string            // of the schema
	schema []byte            // nil where it is asked for
}

// published are the extensions of publishedText by their folders.
var published = sync.OnceValue(func() map[string]describes {
	var table map[string]struct {
		Types  []string          `json:"types"`
		Terms  map[string]string `json:"terms"`
		Schema json.RawMessage   `json:"schema"`
	}
	if err := json.Unmarshal(publishedText, &table); err != nil {
		return nil // a test reads it
	}
	all := map[string]describes{}
	for name, e := range table {
		d := describes{terms: map[string]string{}, url: extensionsPrefix + name + "/schema.json", schema: e.Schema}
		for _, t := range e.Types {
			d.types = append(d.types, extensionsBase+t)
		}
		for term, iri := range e.Terms {
			d.terms[iri] = term
		}
		all[name] = d
	}
	return all
})

// folders are the extensions whose contexts stand elsewhere too.
var folders = map[string]string{"ob-accred": "issuerAccreditationExtension", "ob-assessment": "assessmentExtension",
	"ob-exdesc": "extraDescription"}

// publishedAt is the extension whose context stands at an address.
func publishedAt(address string) (describes, bool) {
	_, rest, _ := strings.Cut(address, "://")
	name := ""
	for _, prefix := range []string{"w3id.org/openbadges/extensions/", "openbadgespec.org/extensions/"} {
		if tail, ok := strings.CutPrefix(rest, prefix); ok {
			name, _ = strings.CutSuffix(tail, "/context.json")
		}
	}
	if tail, ok := strings.CutPrefix(rest, "purl.imsglobal.org/spec/"); ok {
		name = folders[strings.TrimSuffix(strings.TrimSuffix(tail, "/"), "/v1p0/context")]
	}
	d, ok := published()[name]
	return d, ok
}

// maxExtensions is how many extensions of a badge are checked. Badges in use have one or two.
const maxExtensions = 32

// extensions checks the extensions of all documents of a badge by the schemas that their
// contexts name (Open Badges 2.0, Extension Validation). What cannot be had is a warning: a
// schema is optional, and says nothing of who wrote the badge.
func (r *run) extensions() {
	x := &extensionCheck{run: r, step: begin(verify.CheckSchema)}
	for _, p := range r.parts {
		x.walk(p.root, p.pointer, nil)
	}
	if x.count == 0 {
		x.Outcome = verify.OutcomeNotApplicable
	}
	r.add(x.step)
}

// extensionCheck is the check of all extensions of a badge.
type extensionCheck struct {
	*run
	*step
	count int
}

// walk finds the extensions in a value, and the contexts that are in force there.
func (x *extensionCheck) walk(v jsonx.Value, at string, inForce []string) {
	if v.Kind() == jsonx.Object {
		for item := range v.Get("@context").All() {
			if url := jsonx.Content(item); url != Context && isWeb(url) && !contexts.Known(url) {
				inForce = append(slices.Clip(inForce), url)
			}
		}
		if isExtension(v) {
			x.extension(v, at, inForce)
		}
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Name() != "@context" || v.Kind() != jsonx.Object {
			x.walk(m, at, inForce)
		}
	}
}

// extension checks one extension by each schema of its types.
func (x *extensionCheck) extension(v jsonx.Value, at string, inForce []string) {
	at += v.Pointer()
	if x.count++; x.count > maxExtensions {
		if x.count == maxExtensions+1 {
			x.fail(problem(CodeExtensionUnread, at, "more extensions", "at most 32 in a badge"))
		}
		return
	}
	var unread error
	checked, foreign := false, len(inForce) == 0
	for _, url := range inForce {
		all, known, err := x.described(url)
		if err != nil {
			unread = err
		}
		foreign = foreign || !known
		for _, d := range all {
			if slices.ContainsFunc(typesIn(v), func(t string) bool { return slices.Contains(d.types, t) }) {
				checked = true
				x.judge(v, at, d)
			}
		}
	}
	switch types := vc.Quote(strings.Join(typesIn(v), ", ")); {
	case checked:
	case unread != nil:
		x.fail(caused(CodeExtensionUnread, at, types, unread))
	case !foreign:
		x.fail(problem(CodeExtensionType, at, types, ""))
	}
}

// typesIn are the types of an extension as IRIs.
func typesIn(v jsonx.Value) (all []string) {
	for _, t := range jsonx.Texts(v.Get("type")) {
		if t = expand(v.Get("@context").Single(), t, 0); t != "Extension" {
			all = append(all, t)
		}
	}
	return all
}

// judge checks an extension by one schema.
func (x *extensionCheck) judge(v jsonx.Value, at string, d describes) {
	text, err := json.Marshal(named(v, d.terms))
	if err != nil {
		x.fail(caused(CodeExtensionUnread, at, "", err))
		return
	}
	e := schema.Evaluate(x.web.ctx, text, d.url, d.schema, schema.Options{Fetcher: x.web, At: x.report.At, Cache: x.config.schemas})
	for _, p := range e.Problems {
		if e.State == schema.StateUnknown {
			x.fail(caused(CodeExtensionUnread, at, vc.Quote(d.url), p))
			return
		}
		x.fail(problem(CodeExtensionMisfits, at+p.Pointer, p.Found, p.Expected))
	}
}

// described is what a context says of extensions. known reports that it is published by
// 1EdTech, which needs no request.
func (x *extensionCheck) described(url string) (all []describes, known bool, err error) {
	if d, ok := publishedAt(url); ok {
		return []describes{d}, true, nil
	}
	response, err := x.web.Fetch(x.web.ctx, url)
	if err != nil {
		return nil, false, err
	}
	doc, err := jsonx.Parse(response.Body, jsonx.Limits{Bytes: maxContext}, nil)
	if err != nil {
		return nil, false, err
	}
	return validations(doc.Root()), false, nil
}

// maxContext bounds the context of an extension, as it does those inside.
const maxContext = 512 << 10

// validations reads what a context's document says under validation, beside its context.
func validations(root jsonx.Value) (all []describes) {
	context := root.Get("@context").Single()
	terms := map[string]string{}
	for m := context.First(); m.Exists() && len(terms) < maxTerms; m = m.Next() {
		terms[define(context, m).iri] = m.Name()
	}
	either := func(v jsonx.Value, name string) jsonx.Value {
		for _, prefix := range []string{"", "obi:", prefixes["obi"]} {
			if found := v.Get(prefix + name); found.Exists() {
				return found
			}
		}
		return jsonx.Value{}
	}
	for entry := range either(root, "validation").All() {
		url := jsonx.Content(either(entry, "validationSchema").Single())
		if t := jsonx.Content(either(entry, "validatesType").Single()); t != "" && isWeb(url) && len(all) < maxExtensions {
			all = append(all, describes{types: []string{expand(context, t, 0), t}, terms: terms, url: url})
		}
	}
	return all
}

// named is a value with the names that schemas use: terms for the IRIs of members.
func named(v jsonx.Value, terms map[string]string) any {
	switch v.Kind() {
	case jsonx.Object:
		if value := v.Get("@value"); value.Exists() {
			return named(value, terms)
		}
		object := map[string]any{}
		for m := v.First(); m.Exists(); m = m.Next() {
			name := termFor(m.Name(), terms)
			if before, twice := object[name]; twice {
				object[name] = []any{before, named(m, terms)}
				continue
			}
			object[name] = named(m, terms)
		}
		return object
	case jsonx.Array:
		array := []any{}
		for m := v.First(); m.Exists(); m = m.Next() {
			array = append(array, named(m, terms))
		}
		return array
	}
	return json.RawMessage(v.Raw())
}

func termFor(name string, terms map[string]string) string {
	switch {
	case name == "@id" || name == "@type":
		return name[1:]
	case !strings.Contains(name, ":"):
		return name
	}
	if term, ok := terms[expand(jsonx.Value{}, name, 0)]; ok {
		return term
	}
	return name
}
