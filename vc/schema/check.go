package schema

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/digest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/rules"
)

// The types of entry that are read.
const (
	typeJSONSchema = "JsonSchema"
	typeCredential = "JsonSchemaCredential"
	type1EdTech    = "1EdTechJsonSchemaValidator2019"
)

// Check judges a credential, whose proof and issuer were verified before, by every
// schema that its credentialSchema names. It never fails: what could not be found out
// is an [Entry] whose State is [StateUnknown]. Nothing depends on the order of the
// entries, nor on that of their types.
func Check(ctx context.Context, credential *vc.Document, o Options) *Result {
	values := door.Root(credential).Get("credentialSchema").Items()
	switch {
	case len(values) == 0:
		return &Result{}
	case len(values) > maxEntries:
		return &Result{Entries: []Entry{tooMany(values)}}
	}
	k := &checker{Options: o.withDefaults(len(credential.Bytes())), root: door.Root(credential), class: rules.ClassOf(credential)}
	k.left = k.MaxSteps
	r := &Result{Entries: make([]Entry, len(values))}
	pinned := make([]digest.Digests, len(values))
	var ask []int
	for i, v := range values {
		if k.read(v, &r.Entries[i], &pinned[i]) {
			ask = append(ask, i)
		}
	}
	// Where requests or steps do not suffice for all, those that are answered are the
	// same in whatever order the entries stand.
	slices.SortStableFunc(ask, func(i, j int) int {
		a, b := &r.Entries[i], &r.Entries[j]
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Type, b.Type))
	})
	for _, i := range ask {
		k.answer(ctx, &r.Entries[i], pinned[i])
	}
	return r
}

// tooMany stands for all entries, none of which is asked.
func tooMany(values []jsonx.Value) (e Entry) {
	e.Pointer = values[0].Parent().Pointer()
	p := words.Problem(CodeTooMany, e.Pointer, "")
	p.Found, p.Expected = fmt.Sprint(len(values)), fmt.Sprintf("at most %d", maxEntries)
	e.end(StateMalformed, p)
	return e
}

// checker is one Check.
type checker struct {
	Options
	root  jsonx.Value
	class rules.Class
	left  int // steps that may still be done
	value any // the credential as the library takes it, made when it is first needed
}

// read reads an entry and reports whether there is something to ask. In each member an
// array of one is its value.
func (k *checker) read(v jsonx.Value, e *Entry, pinned *digest.Digests) (ask bool) {
	e.Pointer, e.ID = v.Pointer(), jsonx.Content(v.Get("id").Single())
	var ok bool
	if e.Type, ok = typeOf(v); !ok || !vc.IsAbsoluteIRI(e.ID) {
		e.end(StateMalformed, unnamed(v, ok))
		return false
	}
	if class, ok := Published(e.ID); ok {
		k.answerByRules(e, class)
		return false
	}
	var member string
	if *pinned, member = digest.Read(v); member != "" {
		p := words.Problem(CodeMalformed, v.Get(member).Pointer(), "")
		p.Found, p.Expected = v.Get(member).Shown(), "a digest of SHA-2 or SHA-3"
		e.end(StateMalformed, p)
		return false
	}
	if e.Type != typeJSONSchema && e.Type != typeCredential && e.Type != type1EdTech {
		p := words.Problem(CodeTypeNotSupported, e.Pointer+"/type", "")
		p.Found, p.Expected = vc.Quote(e.Type), typeJSONSchema+", "+typeCredential+" or "+type1EdTech
		e.end(StateUnknown, p)
		return false
	}
	return true
}

// unnamed says what an entry lacks that names no schema.
func unnamed(v jsonx.Value, typed bool) *vc.Problem {
	p := words.Problem(CodeMalformed, v.Pointer(), v.Kind().String())
	p.Expected = "an object with type, and a URL as id"
	switch {
	case v.Kind() != jsonx.Object:
	case !typed:
		p.Pointer, p.Found, p.Expected = p.Pointer+"/type", "no type", "JsonSchema, or another type of schema"
	default:
		p.Pointer, p.Found, p.Expected = p.Pointer+"/id", v.Get("id").Single().Shown(), "a URL"
	}
	return p
}

// typeOf is the type that an entry is read as: of several the first that is known, in
// the order of this list and not of the entry, which nothing signs.
func typeOf(v jsonx.Value) (name string, ok bool) {
	for _, known := range [...]string{typeCredential, type1EdTech, typeJSONSchema} {
		if door.HasType(v, known) {
			return known, true
		}
	}
	for t := range v.Get("type").All() {
		if t.Kind() == jsonx.String {
			return t.Text(), true
		}
	}
	return "", false
}

// answerByRules leaves a published schema to vc/rules, which have judged the credential
// as what it is: by a schema for something else it is not valid.
func (k *checker) answerByRules(e *Entry, class rules.Class) {
	if e.State = StateRules; class != k.class {
		p := words.Problem(CodeOtherKind, e.Pointer+"/id", "")
		p.Found, p.Expected = vc.Quote(e.ID), "the published schema of "+string(k.class)
		e.end(StateMisfits, p)
	}
}

// answer has the schema and evaluates it.
func (k *checker) answer(ctx context.Context, e *Entry, pinned digest.Digests) {
	text, p := k.get(ctx, e)
	if p != nil {
		e.end(StateUnknown, p)
		return
	}
	if found, want := pinned.Mismatch(text); want != "" {
		p := words.Problem(CodeDigestMismatch, e.Pointer, "")
		p.Found, p.Expected = vc.Quote(found), vc.Quote(want)
		e.end(StateMisfits, p)
		return
	}
	src := source{url: e.ID, text: text}
	switch e.Type {
	case typeCredential:
		src.text, p = k.unwrap(ctx, e, text)
	case type1EdTech:
		src.draft = draft2019
	}
	if p == nil {
		p = k.judge(ctx, e, src)
	}
	if p != nil {
		e.end(StateUnknown, p)
	}
}

// get fetches what stands at an entry's id.
func (k *checker) get(ctx context.Context, e *Entry) ([]byte, *vc.Problem) {
	r, err := k.Fetcher.Fetch(ctx, e.ID)
	if err != nil {
		return nil, unavailable(e.ID, err).at(e.Pointer + "/id")
	}
	e.Source = r.Source
	return r.Body, nil
}

// unavailable is the fault of a document that cannot be had.
func unavailable(url string, err error) *fault {
	f := &fault{code: CodeUnavailable, found: vc.Quote(url), err: err}
	if errors.Is(err, &fetch.Error{Code: fetch.CodeBudget}) {
		f.code = vc.Code(fetch.CodeBudget)
	}
	return f
}

// judge compiles a schema and evaluates it over the credential.
func (k *checker) judge(ctx context.Context, e *Entry, src source) *vc.Problem {
	if err := ctx.Err(); err != nil {
		return unavailable(e.ID, &fetch.Error{Code: fetch.CodeCancelled, URL: e.ID, Detail: "no time was left", Err: err}).at(e.Pointer)
	}
	compiled, f := k.compiled(ctx, src)
	if f != nil {
		return f.at(e.Pointer + "/id")
	}
	problems, f := k.evaluate(compiled)
	if f != nil {
		return f.at(e.Pointer + "/id")
	}
	if e.State = StateFits; len(problems) > 0 {
		e.State, e.Problems = StateMisfits, problems
	}
	return nil
}
