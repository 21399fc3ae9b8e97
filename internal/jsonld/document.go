package jsonld

import (
	"fmt"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// document is a context document.
type document struct {
	origin  *origin
	context jsonx.Value // its @context entry
}

// document returns the context document that a string names: a known one, or
// one that Config.Load gives.
func (r *run) document(at jsonx.Value, from *origin) (*document, error) {
	url := at.Text()
	if from.base != "" {
		url = resolve(from.base, url)
	}
	d, err := r.engine.knownDocument(url)
	if d == nil && err == nil {
		d, err = r.loadedDocument(url)
	}
	if err != nil {
		err.Pointer, err.Context = at.Pointer(), from.url
		return nil, err
	}
	return d, nil
}

// loadedDocument returns a document that is not known.
func (r *run) loadedDocument(url string) (*document, *Error) {
	if d := r.loaded[url]; d != nil {
		return d, nil
	}
	return r.load(url)
}

// load asks Config.Load for a document; it is kept for this call only, since
// what a URL answers may change.
func (r *run) load(url string) (*document, *Error) {
	e := r.engine
	load := r.in.Load
	if load == nil {
		load = e.config.Load
	}
	if load == nil {
		return nil, &Error{Code: CodeContextUnknown,
			Detail: "the context " + quote.Text(url) + " is not known, and unknown contexts are not loaded"}
	}
	if len(r.loaded) >= e.limits.Documents {
		return nil, &Error{Code: CodeContextTooMany, Detail: fmt.Sprintf("more than %d context documents to load", e.limits.Documents)}
	}
	text, err := load(r.ctx, url)
	if err != nil {
		return nil, &Error{Code: CodeLoadingContextFailed,
			Detail: "the context " + quote.Text(url) + " could not be loaded: " + err.Error(), Err: err}
	}
	r.owed += len(text) / bytesPerUnit
	d, fault := parseDocument(url, text, e.limits, false)
	if fault != nil {
		return nil, fault
	}
	if r.loaded == nil {
		r.loaded = map[string]*document{}
	}
	r.loaded[url] = d
	return d, nil
}

// knownDocument returns the document that Config.Documents has for a URL, nil
// where it has none. It is parsed once.
func (e *Engine) knownDocument(url string) (*document, *Error) {
	if d, ok := e.documents.Load(url); ok {
		return d.(*document), nil
	}
	if e.config.Documents == nil {
		return nil, nil
	}
	text, ok := e.config.Documents(url)
	if !ok {
		return nil, nil
	}
	d, err := parseDocument(url, text, e.limits, true)
	if err != nil {
		return nil, err
	}
	kept, _ := e.documents.LoadOrStore(url, d)
	return kept.(*document), nil
}

func parseDocument(url string, text []byte, limits Limits, known bool) (*document, *Error) {
	if len(text) > limits.Bytes {
		return nil, &Error{Code: CodeContextTooLarge,
			Detail: fmt.Sprintf("the context %s has %d bytes, at most %d are read", quote.Text(url), len(text), limits.Bytes)}
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
	if err != nil {
		return nil, &Error{Code: CodeLoadingContextFailed, Detail: "the context " + quote.Text(url) + " is not JSON: " + err.Error(),
			Err: err}
	}
	context := doc.Root().Get("@context")
	if !context.Exists() {
		return nil, &Error{Code: CodeInvalidRemoteContext, Detail: "the document " + quote.Text(url) + " has no @context"}
	}
	return &document{context: context, origin: &origin{url: url, base: url, known: known}}, nil
}
