package dataintegrity

import (
	"context"
	"sync"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/vc"
)

// Config sets up a [Verifier]. The zero value is strict and knows the contexts
// that are part of the program, nothing else.
type Config struct {
	// Lenient checks documents that use terms which no context defines, with the
	// dropping semantics of the standard. What was dropped is listed in the
	// result as unsigned. The default refuses such a document.
	Lenient bool
	// Contexts are further contexts to trust, by URL, such as those of an
	// extension that the operator has read.
	Contexts map[string][]byte
	// LoadContext is asked for a context that is neither known nor in Contexts. Nil,
	// the default, makes an unknown context an error. Fetching what a stranger's
	// document names tells its author who verifies it, and when.
	LoadContext func(ctx context.Context, url string) ([]byte, error)
	// MaxWork, MaxQuads and MaxNodes bound canonicalisation; zero has the default.
	MaxWork, MaxQuads, MaxNodes int
}

// Verifier checks embedded proofs. It is safe for concurrent use, and its
// compiled contexts are shared by all checks.
type Verifier struct {
	config Config
	engine *jsonld.Engine
	past   sync.Map // archive -> *jsonld.Engine
}

// shared is the engine of the known contexts, compiled once for the process.
var shared = sync.OnceValue(func() *jsonld.Engine {
	return jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: policy})
})

// policy lets embedded credentials have their own contexts, of the known ones; a
// verifier of credentials looks at where they stand. Nothing else that could
// change the meaning of a signed term is allowed.
var policy = jsonld.Policy{AllowNested: true}

// NewVerifier returns a verifier.
func NewVerifier(c Config) *Verifier {
	v := &Verifier{config: c}
	if len(c.Contexts) == 0 && c.LoadContext == nil {
		v.engine = shared()
	} else {
		v.engine = jsonld.New(jsonld.Config{Documents: c.lookup, Load: c.LoadContext, Policy: policy})
	}
	return v
}

// lookup prefers what is part of the program: an operator's entry cannot change
// the meaning of a published context by accident.
func (c Config) lookup(url string) ([]byte, bool) {
	if doc, ok := contexts.Lookup(url); ok {
		return doc, true
	}
	doc, ok := c.Contexts[url]
	return doc, ok
}

// Knows reports whether the context at url needs no loading.
func (v *Verifier) Knows(url string) bool {
	_, mine := v.config.Contexts[url]
	return mine || contexts.Known(url)
}

// Symbols returns the names to give to vc.ParseConfig, so that parsing already
// numbers them. The type is internal to this module.
func (v *Verifier) Symbols() *jsonx.Symbols { return v.engine.Symbols() }

// archive names one earlier content of a context.
type archive struct{ url, date string }

// engineOf returns the engine in which url has the content it had in state.
func (v *Verifier) engineOf(url string, state contexts.State) *jsonld.Engine {
	key := archive{url, state.Date}
	if e, ok := v.past.Load(key); ok {
		return e.(*jsonld.Engine)
	}
	lookup := func(asked string) ([]byte, bool) {
		if asked == url {
			return state.Document, true
		}
		return v.config.lookup(asked)
	}
	e, _ := v.past.LoadOrStore(key, jsonld.New(jsonld.Config{Documents: lookup, Load: v.config.LoadContext, Policy: policy}))
	return e.(*jsonld.Engine)
}

// Subject is one secured document whose proofs are checked. The canonical form is
// made at first need and shared by the proofs. It is not safe for concurrent use.
type Subject struct {
	verifier *Verifier
	doc      *vc.Document
	digests  [2]digest // by hash, under the present contexts
}

// Open prepares to check the proofs of doc.
func (v *Verifier) Open(doc *vc.Document) *Subject { return &Subject{verifier: v, doc: doc} }

// digest is the hash of a canonical form, or why there is none.
type digest struct {
	done    bool
	sum     []byte
	dropped []*vc.Problem
	err     error
}

func (v *Verifier) rdfOptions(doc *vc.Document, hash rdf.Hash) rdf.Options {
	o := rdf.Options{Hash: hash, MaxWork: v.config.MaxWork, MaxQuads: v.config.MaxQuads, MaxNodes: v.config.MaxNodes}
	if o.MaxNodes == 0 && doc.HasType("ClrCredential") {
		o.MaxNodes = rdf.RecordMaxNodes // embedded credentials bring some ten nodes without an id each
	}
	return o
}
