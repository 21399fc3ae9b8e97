package jsonld

import (
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// processing is one run of the Context Processing algorithm (JSON-LD 1.1 API,
// 4.1.2).
type processing struct {
	run       *run
	origin    *origin  // of the local context
	chain     []string // URLs of the contexts being processed, outermost first
	propagate bool
	override  bool // protected terms may be redefined: a property-scoped context
	validate  bool // contexts in the chain are refused, not skipped
	inArray   bool // @propagate counts only where the context is not in a list
}

// context returns active with local applied. active is not changed.
func (p processing) context(active *activeContext, local jsonx.Value) (*activeContext, error) {
	if local.Kind() == jsonx.Object && !p.inArray {
		if v := local.Get("@propagate"); v.Exists() {
			if v.Kind() != jsonx.True && v.Kind() != jsonx.False {
				return nil, p.fail(CodeInvalidPropagateValue, v, "@propagate is "+v.Kind().String()+", not true or false")
			}
			p.propagate = v.Kind() == jsonx.True
		}
	}
	outer := active
	if local.Kind() != jsonx.Array {
		return p.entry(active, outer, local)
	}
	var err error
	for entry := local.First(); entry.Exists(); entry = entry.Next() {
		if active, err = p.entry(active, outer, entry); err != nil {
			return nil, err
		}
	}
	return active, nil
}

// entry applies one context of a list. outer is the context before the list,
// which becomes the previous context of one that does not propagate.
func (p processing) entry(active, outer *activeContext, local jsonx.Value) (*activeContext, error) {
	switch local.Kind() {
	case jsonx.Null:
		return p.nullify(active, local)
	case jsonx.String:
		return p.remote(p.unpropagated(active, outer), local)
	case jsonx.Object:
		if err := p.count(active, local); err != nil {
			return nil, err
		}
		b := builder{processing: p, active: p.unpropagated(active, outer).clone()}
		if err := b.definition(local); err != nil {
			return nil, err
		}
		return b.active, nil
	}
	return nil, p.fail(CodeInvalidLocalContext, local, "a context is "+local.Kind().String()+", not a URL, an object or null")
}

// unpropagated returns active with its previous context set, if this context
// does not propagate.
func (p processing) unpropagated(active, outer *activeContext) *activeContext {
	if p.propagate || active.previous != nil {
		return active
	}
	n := active.clone()
	n.previous = outer
	return n
}

func (p processing) nullify(active *activeContext, local jsonx.Value) (*activeContext, error) {
	if active.anyProtected && !p.override {
		return nil, p.fail(CodeInvalidContextNull, local, "null would remove protected terms")
	}
	n := rootContext()
	n.base, n.originalBase = active.originalBase, active.originalBase
	n.hasBase = n.base != ""
	n.ownByDocument = active.ownByDocument || !p.origin.known
	if !p.propagate {
		n.previous = active
		if active.previous != nil {
			n.previous = active.previous
		}
	}
	return n, nil
}

// remote applies the context document that a URL names.
func (p processing) remote(active *activeContext, local jsonx.Value) (*activeContext, error) {
	d, err := p.run.document(local, p.origin)
	if err != nil {
		return nil, err
	}
	if slices.Contains(p.chain, d.origin.url) {
		if p.validate {
			return nil, p.fail(CodeContextCycle, local, "the context "+quote.Text(d.origin.url)+" includes itself")
		}
		return active, nil
	}
	if most := p.run.engine.limits.Depth; len(p.chain) >= most {
		return nil, p.fail(CodeContextTooDeep, local, fmt.Sprintf("contexts include one another more than %d deep", most))
	}
	inner := p
	inner.origin, inner.propagate, inner.inArray = d.origin, true, false
	inner.chain = append(p.chain[:len(p.chain):len(p.chain)], d.origin.url)
	return inner.context(active, d.context)
}

// count charges one context definition to the call, and refuses one that is too
// long.
func (p processing) count(active *activeContext, local jsonx.Value) error {
	limits := &p.run.engine.limits
	if n := len(local.Raw()); n > limits.Bytes {
		return p.fail(CodeContextTooLarge, local, fmt.Sprintf("a context of %d bytes, at most %d are read", n, limits.Bytes))
	}
	if p.run.contexts++; p.run.contexts > limits.Contexts {
		return p.fail(CodeContextTooMany, local, fmt.Sprintf("more than %d contexts to process", limits.Contexts))
	}
	if p.origin.known && !active.ownByDocument {
		return nil // it is kept for all calls
	}
	p.run.owed += unitsPerContext + (len(local.Raw())+len(active.table))/bytesPerUnit
	return p.run.look()
}

func (p processing) fail(code Code, at jsonx.Value, detail string) error {
	return &Error{Code: code, Pointer: at.Pointer(), Context: p.origin.url, Detail: detail}
}

// builder is a context definition being applied to a context under construction.
type builder struct {
	processing
	active    *activeContext
	entries   []definition
	terms     []term           // memory for the definitions: they live and die together
	index     map[string]int32 // of entries by name, where there are many
	protected bool             // the context's own @protected
}

// definition is one term of a context definition.
type definition struct {
	name  string
	value jsonx.Value
	state definitionState
}

type definitionState uint8

const (
	undefined definitionState = iota
	defining
	defined
)

// definition applies a context definition to b.active.
func (b *builder) definition(local jsonx.Value) error {
	if !b.origin.known {
		b.active.ownByDocument = true
	}
	if err := b.version(local.Get("@version")); err != nil {
		return err
	}
	imported, err := b.importDefinition(local.Get("@import"))
	if err != nil {
		return err
	}
	if err := b.settings(imported, local); err != nil {
		return err
	}
	b.collect(imported, local)
	for i := range b.entries {
		if err := b.define(int32(i)); err != nil {
			return err
		}
	}
	return nil
}

// collect lists the terms of a context and of the one it imports.
func (b *builder) collect(imported, local jsonx.Value) {
	n := imported.Len() + local.Len()
	b.entries = make([]definition, 0, n)
	b.terms = make([]term, 0, n)
	if n > 8 {
		b.index = make(map[string]int32, n)
	}
	b.add(local)
	b.add(imported)
}

func (b *builder) add(local jsonx.Value) {
	for m := local.First(); m.Exists(); m = m.Next() {
		name := m.Name()
		if isSetting(name) || b.find(name) >= 0 {
			continue
		}
		if b.index != nil {
			b.index[name] = int32(len(b.entries))
		}
		b.entries = append(b.entries, definition{name: name, value: m})
	}
}

// find returns the index of the entry for a name, -1 where there is none.
func (b *builder) find(name string) int32 {
	if b.index != nil {
		if i, ok := b.index[name]; ok {
			return i
		}
		return -1
	}
	for i := range b.entries {
		if b.entries[i].name == name {
			return int32(i)
		}
	}
	return -1
}

// isSetting reports whether an entry of a context defines no term.
func isSetting(name string) bool {
	switch name {
	case "@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab":
		return true
	}
	return false
}
