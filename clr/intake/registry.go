package intake

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Listed is what a registry says of an issuer. That an issuer is listed says who it is and
// nothing of what it signed, and the other way round: a good proof by an issuer that nobody
// lists stays a good proof. So it is kept beside the verdict, and never in it.
type Listed struct {
	ID       string // as the registry has it
	Name     string // "" where the registry has none
	Location string // such as a town, for people
	URL      string // a page of the issuer for people, "" for none and for what is no https URL
	Registry string // the name of the registry
	Trust    string // what the operator thinks of those whom the registry lists
}

// Registry is a list of issuers that somebody keeps, by their identifiers. Identifiers are
// compared as they are written. It is immutable and safe for concurrent use; a nil one is
// empty.
type Registry struct {
	name, trust string
	updated     time.Time
	issuers     map[string]Listed
	problems    []*vc.Problem
}

// RegistryOptions say what a registry is to the operator.
type RegistryOptions struct {
	// Name is what the registry is called in reports.
	Name string
	// Trust is what the operator thinks of those whom the registry lists, a word of its
	// own such as "accredited" or "pilot".
	Trust string
	// MaxBytes is the longest registry that is read, 16 MiB by default.
	MaxBytes int
	// MaxIssuers is the most issuers of one registry, 100,000 by default: all the schools
	// and colleges of a large country.
	MaxIssuers int
}

const (
	defaultRegistryBytes   = 16 << 20
	defaultRegistryIssuers = 100_000
	maxRegistryProblems    = 100
	maxListedText          = 1024 // of a name, a place or an address
)

func (o RegistryOptions) withDefaults() RegistryOptions {
	if o.MaxBytes <= 0 {
		o.MaxBytes = defaultRegistryBytes
	}
	if o.MaxIssuers <= 0 {
		o.MaxIssuers = defaultRegistryIssuers
	}
	return o
}

// ParseRegistry reads a registry in one of the forms that are in use:
//
//	{"meta": {"updated": "…"}, "registry": {"did:web:school.example": {"name": "…", "location": "…", "url": "https://…"}}}
//	{"did:web:school.example": {"name": "…"}, "https://college.example/issuer": "A College"}
//	[{"id": "did:web:school.example", "name": "…"}, "https://college.example/issuer"]
//
// The first is the registry of known DIDs of the Digital Credentials Consortium. An entry
// that cannot be read is left out and told of by [Registry.Problems]. Errors are
// [*vc.Problem]s: of JSON, or of [CodeRegistryForm] or [CodeRegistryTooLarge].
func ParseRegistry(src []byte, o RegistryOptions) (*Registry, error) {
	o = o.withDefaults()
	doc, err := jsonx.Parse(src, jsonx.Limits{Bytes: o.MaxBytes, Depth: 16}, nil)
	if err != nil {
		return nil, vc.ProblemOf(err)
	}
	r := &Registry{name: o.Name, trust: o.Trust, issuers: map[string]Listed{}}
	entries := doc.Root()
	if inner := entries.Get("registry"); inner.Kind() == jsonx.Object {
		r.updated = instantOf(entries.Get("meta"))
		entries = inner
	}
	if k := entries.Kind(); k != jsonx.Object && k != jsonx.Array {
		return nil, registryWords.Problem(CodeRegistryForm, entries.Pointer(), k.String())
	}
	for v := entries.First(); v.Exists(); v = v.Next() {
		if r.take(v); len(r.issuers) > o.MaxIssuers {
			return nil, registryWords.Problem(CodeRegistryTooLarge, entries.Pointer(), "")
		}
	}
	if len(r.issuers) == 0 && entries.First().Exists() {
		return nil, registryWords.Problem(CodeRegistryForm, entries.Pointer(), "no entry that can be read")
	}
	return r, nil
}

// instantOf is when a registry says that it was changed last.
func instantOf(meta jsonx.Value) time.Time {
	t, _ := datetime.Parse(jsonx.Content(meta.Get("updated")))
	return t
}

// take reads one entry: a member, or an element that names itself.
func (r *Registry) take(v jsonx.Value) {
	l := Listed{ID: v.Name(), Registry: r.name, Trust: r.trust}
	switch {
	case v.Kind() == jsonx.String && l.ID == "":
		l.ID = v.Text()
	case v.Kind() == jsonx.String:
		l.Name = v.Text()
	case v.Kind() == jsonx.Object:
		l.read(v)
	}
	if !vc.IsAbsoluteIRI(l.ID) || v.Kind() != jsonx.String && v.Kind() != jsonx.Object || tooLong(l) {
		r.problem(registryWords.Problem(CodeRegistryEntry, v.Pointer(), v.Shown()))
		return
	}
	if have, twice := r.issuers[l.ID]; twice && have != l {
		r.problem(registryWords.Problem(CodeRegistryTwice, v.Pointer(), vc.Quote(l.ID)))
		return
	}
	r.issuers[l.ID] = l
}

func (l *Listed) read(v jsonx.Value) {
	if l.ID == "" {
		if l.ID = jsonx.Content(v.Get("id")); l.ID == "" {
			l.ID = jsonx.Content(v.Get("did"))
		}
	}
	l.Name, l.Location = jsonx.Content(v.Get("name")), jsonx.Content(v.Get("location"))
	if url := jsonx.Content(v.Get("url")); strings.HasPrefix(url, "https://") {
		l.URL = url
	}
}

func tooLong(l Listed) bool {
	return len(l.ID) > 4096 || len(l.Name) > maxListedText || len(l.Location) > maxListedText || len(l.URL) > maxListedText
}

func (r *Registry) problem(p *vc.Problem) {
	if len(r.problems) < maxRegistryProblems {
		r.problems = append(r.problems, p)
	}
}

// Issuer returns what the registry says of an identifier, false where it does not list it.
func (r *Registry) Issuer(id string) (Listed, bool) {
	if r == nil {
		return Listed{}, false
	}
	l, ok := r.issuers[id]
	return l, ok
}

// Listed yields all that are listed, by their identifiers.
func (r *Registry) Listed() iter.Seq[Listed] {
	return func(yield func(Listed) bool) {
		if r == nil {
			return
		}
		for _, id := range slices.Sorted(maps.Keys(r.issuers)) {
			if !yield(r.issuers[id]) {
				return
			}
		}
	}
}

// Len returns how many issuers are listed.
func (r *Registry) Len() int {
	if r == nil {
		return 0
	}
	return len(r.issuers)
}

// Updated returns when the registry says that it was changed last, zero where it does not.
func (r *Registry) Updated() time.Time { return r.updated }

// Problems returns why entries were left out, a hundred at most.
func (r *Registry) Problems() []*vc.Problem { return r.problems }
