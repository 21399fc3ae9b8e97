package fetch

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// Pack is a trust pack: documents that the operator holds, so that they need not
// be fetched. It is one JSON object from DID or URL to the document found there:
//
//	{
//	  "did:web:school.example":            { "id": "did:web:school.example", "assertionMethod": [ … ] },
//	  "https://school.example/status/1":   { "type": ["VerifiableCredential", "BitstringStatusListCredential"], … },
//	  "https://school.example/issuer#k1":  { "type": "Multikey", "controller": "https://school.example/issuer", … }
//	}
//
// What a pack holds is believed as if the named host had answered with it. That
// includes the third form: an entry keyed by the whole URL of a verification
// method, with its fragment, is the operator's statement that the method's
// controller lists it (see [Pack.Method]).
//
// A document of any DID method is found by its DID, whether a resolver knows the method
// or not. One that somebody recorded under the URL of a key in it is the document of the
// URL without its fragment, and no statement about the key.
//
// A did:web document may be keyed by its DID or by the https URL of its did.json;
// it is found by both. A string value stands for a document that is not JSON,
// such as a status list in the form of a compact JWS: its text is the body.
//
// A Pack is immutable and safe for concurrent use. The zero Pack is empty, and so
// is a nil one.
type Pack struct {
	documents map[string]document // by canonical key
}

type document struct {
	key   string // as the operator wrote it
	value jsonx.Value
}

// body is what a server would have sent.
func (d document) body() []byte {
	if d.value.Kind() == jsonx.String {
		return []byte(d.value.Text())
	}
	return d.value.Raw()
}

const (
	maxPack      = 64 << 20 // bytes: thousands of controller documents, or a few hundred status lists
	maxPackDepth = 64 + 1   // a document's own depth, and the pack around it
)

// ParsePack reads a trust pack. It also takes a single controller document, an
// object with an id and no URL among its member names, as a pack of one. Every
// error is an [*Error] with [CodePackSyntax] or [CodePackConflict].
func ParsePack(src []byte) (*Pack, error) {
	doc, err := jsonx.Parse(bytes.Clone(src), jsonx.Limits{Bytes: maxPack, Depth: maxPackDepth}, nil)
	if err != nil {
		return nil, &Error{Code: CodePackSyntax, Detail: "the trust pack is not JSON that can be relied on: " + err.Error(), Err: err}
	}
	p := &Pack{documents: make(map[string]document, doc.Root().Len())}
	if err := p.fill(doc.Root()); err != nil {
		return nil, err
	}
	return p, nil
}

// fill takes the entries of a pack's root value.
func (p *Pack) fill(root jsonx.Value) error {
	if root.Kind() != jsonx.Object {
		return &Error{Code: CodePackSyntax,
			Detail: "a trust pack is an object from DID or URL to document, this is " + root.Kind().String()}
	}
	if id, ok := lone(root); ok {
		return p.add(id, root)
	}
	for v := root.First(); v.Exists(); v = v.Next() {
		if !isURL(v.Name()) {
			return &Error{Code: CodePackSyntax, Detail: "the key " + quote.Text(v.Name()) + " is neither a DID nor an absolute URL"}
		}
		if err := p.add(v.Name(), v); err != nil {
			return err
		}
	}
	return nil
}

// lone reports whether an object is one controller document, and its id.
func lone(root jsonx.Value) (id string, ok bool) {
	for v := root.First(); v.Exists(); v = v.Next() {
		if isURL(v.Name()) {
			return "", false
		}
	}
	id = root.Get("id").Text()
	return id, root.Get("id").Kind() == jsonx.String && isURL(id)
}

// MergePacks joins packs; nil ones are left out. Two different documents for one
// key are an error with [CodePackConflict], the same document twice is not.
func MergePacks(packs ...*Pack) (*Pack, error) {
	merged := &Pack{documents: make(map[string]document)}
	for _, p := range packs {
		if p == nil {
			continue
		}
		for key, d := range p.documents {
			if err := merged.put(key, d); err != nil {
				return nil, err
			}
		}
	}
	return merged, nil
}

// ReadPacks reads the packs in files and joins them, for a command whose user names them. It
// is nil where no file is named.
func ReadPacks(names ...string) (*Pack, error) {
	var merged *Pack
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("the trust pack cannot be read: %w", err)
		}
		pack, err := ParsePack(text)
		if err != nil {
			return nil, fmt.Errorf("the trust pack %s: %w", name, err)
		}
		if merged, err = MergePacks(merged, pack); err != nil {
			return nil, fmt.Errorf("the trust pack %s contradicts the ones before it: %w", name, err)
		}
	}
	return merged, nil
}

// add takes a document under its key and, for a did.json, under its DID. What is no key
// is not that of a fragment.
func (p *Pack) add(key string, value jsonx.Value) error {
	if whole, _, ok := strings.Cut(key, "#"); ok && isWhole(value, whole) {
		key = whole
	}
	d := document{key, value}
	if id, ok := didWeb(key); ok {
		if err := p.put(id, d); err != nil {
			return err
		}
	}
	return p.put(canonicalKey(key), d)
}

func (p *Pack) put(key string, d document) error {
	if have, ok := p.documents[key]; ok {
		if equal(have.value, d.value) {
			return nil
		}
		return &Error{Code: CodePackConflict, URL: d.key, Detail: "two different documents are given for " + quote.Text(key)}
	}
	p.documents[key] = d
	return nil
}

// Fetch implements [Fetcher]: the document of the whole URL if there is one, that
// of the URL without its fragment otherwise. What the pack lacks is an error with
// [CodeNotInPack].
func (p *Pack) Fetch(_ context.Context, url string) (*Response, error) {
	d, ok := p.find(url)
	if !ok {
		return nil, &Error{Code: CodeNotInPack, URL: url, Detail: "the trust pack holds no document for it"}
	}
	r := &Response{URL: d.key, MediaType: "application/json", Body: d.body(), Source: SourcePack}
	if d.value.Kind() == jsonx.String {
		r.MediaType = "text/plain"
	}
	return r, nil
}

func (p *Pack) find(url string) (document, bool) {
	if p == nil {
		return document{}, false
	}
	if d, ok := p.documents[canonicalKey(url)]; ok {
		return d, true
	}
	whole, _, _ := strings.Cut(url, "#")
	if d, ok := p.documents[canonicalKey(whole)]; ok {
		return d, true
	}
	id, ok := didWeb(whole)
	if !ok {
		return document{}, false
	}
	d, ok := p.documents[id]
	return d, ok
}

// Method returns the verification method that the operator entered under its own
// URL, fragment included. It stands for the statement that the method's
// controller lists it for every purpose; no other document needs to say so.
func (p *Pack) Method(url string) (method []byte, ok bool) {
	if p == nil || !strings.Contains(url, "#") {
		return nil, false
	}
	d, ok := p.documents[canonicalKey(url)]
	return d.body(), ok
}

// Len returns the number of documents.
func (p *Pack) Len() int {
	keys := make(map[string]struct{}, len(p.documents))
	for d := range maps.Values(p.documents) {
		keys[d.key] = struct{}{}
	}
	return len(keys)
}
