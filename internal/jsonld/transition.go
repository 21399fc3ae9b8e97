package jsonld

import (
	"fmt"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// transition names a change of context that always has the same result: a known
// context document, or the scoped context of a term, applied to a context.
type transition struct {
	document *document
	term     *term
	byType   bool // a type-scoped context, which may not override and does not propagate
	checked  bool // scoped contexts were checked when defined (Standard mode)
}

// maxContexts bounds the memoised contexts of an engine. Documents choose the
// order and the combination of known contexts and types, so the number is not
// bounded by itself; some 300 suffice for all credentials in use. Beyond it the
// engine forgets all and begins again.
const maxContexts = 4096

// step is a memoised transition.
type step struct {
	by transition
	to *activeContext
}

// follow returns the context that a transition leads to from c, making it with
// build at the first time. Contexts that a document brought keep their
// transitions to themselves and vanish with the call.
func (r *run) follow(c *activeContext, by transition, build func() (*activeContext, error)) (*activeContext, error) {
	if steps := c.transitions.Load(); steps != nil {
		if to := findStep(*steps, by); to != nil {
			return to, nil
		}
	}
	to, err := build()
	if err != nil {
		return nil, err
	}
	if !c.ownByDocument && to.ownByDocument {
		return to, nil
	}
	return r.remember(c, by, to), nil
}

func findStep(steps []step, by transition) *activeContext {
	for i := range steps {
		if steps[i].by == by {
			return steps[i].to
		}
	}
	return nil
}

// remember adds a transition to a copy of the list, which readers may be walking.
func (r *run) remember(c *activeContext, by transition, to *activeContext) *activeContext {
	c.mu.Lock()
	defer c.mu.Unlock()
	var steps []step
	if known := c.transitions.Load(); known != nil {
		steps = *known
	}
	if other := findStep(steps, by); other != nil {
		return other // another goroutine was first; one context keeps later look-ups together
	}
	grown := append(steps[:len(steps):len(steps)], step{by, to})
	c.transitions.Store(&grown)
	if !c.ownByDocument {
		r.engine.countContext()
	}
	return to
}

// enterDocument applies a context document.
func (r *run) enterDocument(c *activeContext, d *document) (*activeContext, error) {
	apply := func() (*activeContext, error) {
		p := processing{run: r, origin: d.origin, propagate: true, validate: true, chain: []string{d.origin.url}}
		return p.context(c, d.context)
	}
	if !d.origin.known {
		return apply()
	}
	return r.follow(c, transition{document: d, checked: r.checksScoped()}, apply)
}

// enterProperty applies the property-scoped context of t.
func (r *run) enterProperty(c *activeContext, t *term) (*activeContext, error) {
	return r.follow(c, transition{term: t, checked: r.checksScoped()}, func() (*activeContext, error) {
		p := processing{run: r, origin: t.scoped.origin, propagate: true, override: true, validate: true}
		return p.context(c, t.scoped.local)
	})
}

// enterType applies the type-scoped context of t, which holds for one node only.
func (r *run) enterType(c *activeContext, t *term) (*activeContext, error) {
	return r.follow(c, transition{term: t, byType: true, checked: r.checksScoped()}, func() (*activeContext, error) {
		p := processing{run: r, origin: t.scoped.origin, validate: true}
		return p.context(c, t.scoped.local)
	})
}

// enterLocal applies the @context written into the document.
func (r *run) enterLocal(c *activeContext, local jsonx.Value, nested bool) (*activeContext, error) {
	if nested && !r.policy.AllowNested {
		return nil, &Error{Code: CodeContextNested, Pointer: local.Pointer(),
			Detail: "an @context below the top of the document is not allowed by policy"}
	}
	// The usual form, a list of known URLs, is walked here so that each step is
	// memoised; this is the same as processing the list as a whole.
	if local.Kind() != jsonx.Array {
		return r.enterLocalEntry(c, local, false)
	}
	if most := r.engine.limits.Listed; local.Len() > most {
		return nil, &Error{Code: CodeContextTooMany, Pointer: local.Pointer(),
			Detail: fmt.Sprintf("@context lists %d contexts, repetitions counted; at most %d are read", local.Len(), most)}
	}
	var err error
	for entry := local.First(); entry.Exists(); entry = entry.Next() {
		if c, err = r.enterLocalEntry(c, entry, true); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (r *run) enterLocalEntry(c *activeContext, entry jsonx.Value, inArray bool) (*activeContext, error) {
	if entry.Kind() == jsonx.String {
		d, err := r.document(entry, r.inputOrigin)
		if err != nil {
			return nil, err
		}
		return r.enterDocument(c, d)
	}
	if !r.policy.AllowInline {
		return nil, &Error{Code: CodeContextInline, Pointer: entry.Pointer(),
			Detail: "a context written into the document is not allowed by policy; only known context URLs are"}
	}
	p := processing{run: r, origin: r.inputOrigin, propagate: true, validate: true, inArray: inArray}
	return p.context(c, entry)
}
