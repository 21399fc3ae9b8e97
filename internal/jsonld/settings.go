package jsonld

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

func (b *builder) version(v jsonx.Value) error {
	if !v.Exists() {
		return nil
	}
	if f, ok := v.Float(); !ok || f != 1.1 && f != 1.2 {
		return b.fail(CodeInvalidVersionValue, v, "@version is not 1.1")
	}
	return nil
}

// importDefinition returns the context definition that @import names.
func (b *builder) importDefinition(v jsonx.Value) (jsonx.Value, error) {
	if !v.Exists() {
		return v, nil
	}
	if v.Kind() != jsonx.String {
		return v, b.fail(CodeInvalidImportValue, v, "@import is "+v.Kind().String()+", not a URL")
	}
	if err := b.allow(b.run.policy.AllowImport, CodeContextImport, v); err != nil {
		return v, err
	}
	d, err := b.run.document(v, b.origin)
	if err != nil {
		return v, err
	}
	if d.context.Kind() != jsonx.Object {
		return v, b.fail(CodeInvalidRemoteContext, v, "the imported context is "+d.context.Kind().String()+", not an object")
	}
	if d.context.Get("@import").Exists() {
		return v, b.fail(CodeInvalidContextEntry, v, "the imported context imports another")
	}
	if !d.origin.known {
		b.active.ownByDocument = true
	}
	return d.context, nil
}

// allow refuses a setting that the policy does not allow to contexts that are no
// known documents.
func (b *builder) allow(allowed bool, code Code, at jsonx.Value) error {
	if allowed || b.origin.known {
		return nil
	}
	return b.fail(code, at, at.Name()+" is not allowed by policy in a context that is not a known document")
}

// settings applies the entries that define no term.
func (b *builder) settings(imported, local jsonx.Value) error {
	get := func(name string) jsonx.Value {
		if v := local.Get(name); v.Exists() {
			return v
		}
		return imported.Get(name)
	}
	for _, set := range []struct {
		apply func(jsonx.Value) error
		value jsonx.Value
	}{
		{b.base, get("@base")},
		{b.vocab, get("@vocab")},
		{b.language, get("@language")},
		{b.direction, get("@direction")},
		{b.propagation, get("@propagate")},
		{b.protection, get("@protected")},
	} {
		if set.value.Exists() {
			if err := set.apply(set.value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) base(v jsonx.Value) error {
	if len(b.chain) > 0 {
		return nil // a remote context has no say in it
	}
	if err := b.allow(b.run.policy.AllowBase, CodeContextBase, v); err != nil {
		return err
	}
	c := b.active
	switch {
	case v.Kind() == jsonx.Null:
		c.base, c.hasBase = "", false
	case v.Kind() != jsonx.String:
		return b.fail(CodeInvalidBaseIRI, v, "@base is "+v.Kind().String()+", not an IRI")
	case schemeEnd(v.Text()) > 0:
		c.base, c.hasBase = v.Text(), true
	case c.hasBase:
		c.base = resolve(c.base, v.Text())
	default:
		return b.fail(CodeInvalidBaseIRI, v, "@base "+quote.Text(v.Text())+" is relative and there is no base to resolve it")
	}
	return nil
}

func (b *builder) vocab(v jsonx.Value) error {
	if err := b.allow(b.run.policy.AllowVocab, CodeContextVocab, v); err != nil {
		return err
	}
	c := b.active
	if v.Kind() == jsonx.Null {
		c.vocab, c.hasVocab = "", false
		return nil
	}
	if v.Kind() != jsonx.String {
		return b.fail(CodeInvalidVocabMapping, v, "@vocab is "+v.Kind().String()+", not an IRI")
	}
	iri, ok := c.expand(b.run.engine.symbols, v.Text(), true, true)
	if !ok || formOf(iri) == relative && keywordOf(iri) != notKeyword {
		return b.fail(CodeInvalidVocabMapping, v, "@vocab "+quote.Text(v.Text())+" is no IRI")
	}
	c.vocab, c.hasVocab = iri, true
	return nil
}

func (b *builder) language(v jsonx.Value) error {
	switch v.Kind() {
	case jsonx.Null:
		b.active.language = language{}
	case jsonx.String:
		b.active.language = languageOf(v.Text())
	default:
		return b.fail(CodeInvalidDefaultLanguage, v, "@language is "+v.Kind().String()+", not a language tag")
	}
	return nil
}

func (b *builder) direction(v jsonx.Value) error {
	d := directionOf(v.Text())
	if d == noDirection && v.Kind() != jsonx.Null {
		return b.fail(CodeInvalidBaseDirection, v, `@direction is neither "ltr" nor "rtl" nor null`)
	}
	b.active.direction = d
	return nil
}

func (b *builder) propagation(v jsonx.Value) error {
	if v.Kind() != jsonx.True && v.Kind() != jsonx.False {
		return b.fail(CodeInvalidPropagateValue, v, "@propagate is "+v.Kind().String()+", not true or false")
	}
	return nil
}

func (b *builder) protection(v jsonx.Value) error {
	if v.Kind() != jsonx.True && v.Kind() != jsonx.False {
		return b.fail(CodeInvalidProtectedValue, v, "@protected is "+v.Kind().String()+", not true or false")
	}
	b.protected = v.Kind() == jsonx.True
	return nil
}
