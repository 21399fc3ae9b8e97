package rewrite

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// Oracle says what a signature over RDF covers, as a text that is equal for equal
// statements.
type Oracle struct {
	form func(document []byte) (string, error)
}

// Sieve is our own engine under a policy that allows everything. It is fast enough
// to look at everything.
func Sieve() Oracle { return Oracle{sieved} }

// Gold is json-gold, an independent implementation. It is slow: ask it about what
// passed the sieve.
func Gold() Oracle { return Oracle{golden} }

// Signed is what the proofs of a document, and of the credentials embedded in it,
// are over.
type Signed struct {
	document string
	proofs   map[string]bool
	inner    []*Signed
}

// Survival is how much of what was signed a rewriting leaves alone.
type Survival uint8

// The survivals.
const (
	Lost      Survival = iota // the document's own signature is broken
	OuterOnly                 // it is good, and that of an embedded credential is broken
	Whole                     // all signatures are good
)

var errUnsigned = errors.New("rewrite: no proof where readers look for it")

// Signed takes a document apart.
func (o Oracle) Signed(root *Node) (*Signed, error) {
	s, err := o.own(root)
	if err != nil {
		return nil, err
	}
	for _, e := range embedded(root, nil) {
		inner, err := o.own(e)
		if err != nil {
			return nil, err
		}
		s.inner = append(s.inner, inner)
	}
	return s, nil
}

// Compare says what a rewriting leaves of what was signed.
func (o Oracle) Compare(was *Signed, root *Node) Survival {
	s, err := o.own(root)
	if err != nil || !s.of(was) {
		return Lost
	}
	for _, e := range embedded(root, nil) {
		inner, err := o.own(e)
		if err != nil || !inner.ofAny(was.inner) {
			return OuterOnly
		}
	}
	return Whole
}

// of reports whether every proof is one of an original's, over the same document.
func (s *Signed) of(was *Signed) bool {
	for p := range s.proofs {
		if !was.proofs[p] {
			return false
		}
	}
	return s.document == was.document
}

func (s *Signed) ofAny(all []*Signed) bool {
	for _, was := range all {
		if s.of(was) {
			return true
		}
	}
	return false
}

// own is what the proofs of one document are over, without what is embedded.
func (o Oracle) own(root *Node) (*Signed, error) {
	proofs := root.Get("proof").List()
	if len(proofs) == 0 {
		return nil, errUnsigned
	}
	document := *root
	document.Members = append([]Member(nil), root.Members...)
	document.remove("proof")
	s := &Signed{proofs: map[string]bool{}}
	var err error
	if s.document, err = o.form(document.Bytes()); err != nil {
		return nil, err
	}
	for _, p := range proofs {
		if p.Kind != jsonx.Object {
			return nil, errUnsigned
		}
		options := *p
		options.Members = append([]Member(nil), p.Members...)
		options.remove("proofValue")
		if c := root.Get("@context"); c != nil {
			options.set("@context", c)
		}
		form, err := o.form(options.Bytes())
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(p.Get("previousProof").List(), names) { // the chain is over the other proofs, values and all
			chain, err := o.form(root.Bytes())
			if err != nil {
				return nil, err
			}
			form += chain
		}
		s.proofs[form] = true
	}
	return s, nil
}

// names reports whether a value may name something.
func names(v *Node) bool { return v.Kind == jsonx.String || v.Kind == jsonx.Object }

// embedded finds the credentials with proofs of their own where readers of JSON
// look for them.
func embedded(n *Node, found []*Node) []*Node {
	for _, m := range n.Members {
		if m.Name == "proof" || m.Name == "@context" {
			continue
		}
		for _, v := range m.Value.List() {
			if isEmbedded(m.Name) && v.Get("proof") != nil {
				found = append(found, v)
			}
		}
		found = embedded(m.Value, found)
	}
	for _, item := range n.Items {
		found = embedded(item, found)
	}
	return found
}

var engine = sync.OnceValue(func() *jsonld.Engine {
	everything := jsonld.Policy{AllowInline: true, AllowNested: true, AllowVocab: true, AllowBase: true, AllowImport: true}
	return jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: everything})
})

func sieved(text []byte) (string, error) {
	doc, err := jsonx.Parse(text, jsonx.Limits{}, engine().Symbols())
	if err != nil {
		return "", err
	}
	var set rdf.Dataset
	if _, err := engine().ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Mode: jsonld.Lenient}, &set); err != nil {
		return "", err
	}
	canonical, err := rdf.Canonicalize(context.Background(), &set, rdf.Options{})
	if err != nil {
		return "", err
	}
	defer canonical.Release()
	return string(canonical.Sum()), nil
}

// loader gives json-gold the known contexts.
type loader struct{ documents sync.Map }

var goldDocuments loader

func (l *loader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	if have, ok := l.documents.Load(url); ok {
		return have.(*ld.RemoteDocument), nil
	}
	whole, _, _ := strings.Cut(url, "#")
	text, ok := contexts.Lookup(whole)
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
	}
	document, err := ld.DocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	remote := &ld.RemoteDocument{DocumentURL: url, Document: document}
	l.documents.Store(url, remote)
	return remote, nil
}

// numberRepeated gives a context that a list names again a fragment of its own,
// since json-gold takes it for one that includes itself.
func (n *Node) numberRepeated() {
	if list := n.Get("@context"); list != nil && list.Kind == jsonx.Array {
		seen := map[string]int{}
		for _, item := range list.Items {
			if url := item.Content(); url != "" {
				if seen[url]++; seen[url] > 1 {
					item.Text = url + "#" + strconv.Itoa(seen[url])
				}
			}
		}
	}
	for _, m := range n.Members {
		m.Value.numberRepeated()
	}
	for _, item := range n.Items {
		item.numberRepeated()
	}
}

func golden(text []byte) (form string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("rewrite: json-gold panics")
		}
	}()
	root, err := Parse(text)
	if err != nil {
		return "", err
	}
	root.numberRepeated()
	document, err := ld.DocumentFromReader(bytes.NewReader(root.Bytes()))
	if err != nil {
		return "", err
	}
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader, o.Algorithm, o.Format = &goldDocuments, ld.AlgorithmURDNA2015, "application/n-quads"
	normal, err := ld.NewJsonLdProcessor().Normalize(document, o)
	if err != nil {
		return "", err
	}
	return normal.(string), nil
}
