package dataintegrity

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"sync"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/vc"
)

// datasets are reused between documents.
var datasets = sync.Pool{New: func() any { return new(rdf.Dataset) }}

// canonicalHash hashes the canonical form of the RDF that in stands for. Terms
// that no context defines come back as dropped.
func canonicalHash(ctx context.Context, engine *jsonld.Engine, in jsonld.Input, o rdf.Options) digest {
	set := datasets.Get().(*rdf.Dataset)
	defer func() {
		set.Reset()
		datasets.Put(set)
	}()
	result, err := engine.ToRDF(ctx, in, set)
	if err != nil {
		return digest{err: jsonldProblem(err)}
	}
	d := digest{}
	for _, drop := range result.Dropped {
		d.dropped = append(d.dropped, dropProblem(drop))
	}
	canonical, err := rdf.Canonicalize(ctx, set, o)
	if err != nil {
		return digest{err: canonicalProblem(err)}
	}
	d.sum = canonical.Sum()
	canonical.Release()
	return d
}

// documentInput is the secured document without its proofs.
func documentInput(root jsonx.Value, mode jsonld.Mode) jsonld.Input {
	return jsonld.Input{Root: root, Skip: root.Get("proof"), Mode: mode}
}

// configInput is the proof without its value, under the document's contexts
// (Data Integrity EdDSA Cryptosuites 1.0, 3.2.5).
func configInput(proof, root jsonx.Value, mode jsonld.Mode) jsonld.Input {
	return jsonld.Input{Root: proof, Skip: proof.Get("proofValue"), Context: root.Get("@context"), Mode: mode}
}

// jcsHash hashes members in their RFC 8785 form.
func jcsHash(members []jcs.Member, hash rdf.Hash) digest {
	text, err := jcs.AppendObject(nil, members)
	if err != nil {
		return digest{err: &vc.Problem{Code: CodeTransformation, Type: vc.TypeProofTransformation, Message: "the document has no canonical JSON form: " + err.Error(), Spec: "RFC 8785", Err: err}}
	}
	return digest{sum: sumOf(hash, text)}
}

func sumOf(hash rdf.Hash, text []byte) []byte {
	if hash == rdf.SHA384 {
		s := sha512.Sum384(text)
		return s[:]
	}
	s := sha256.Sum256(text)
	return s[:]
}

// jsonldProblem gives an error of the JSON-LD engine its place in a report. Data
// loss becomes one problem for each thing lost.
func jsonldProblem(err error) error {
	var loss *jsonld.DataLoss
	if errors.As(err, &loss) {
		all := make([]error, 0, len(loss.Drops))
		for _, drop := range loss.Drops {
			all = append(all, dropProblem(drop))
		}
		return errors.Join(all...)
	}
	var e *jsonld.Error
	if errors.As(err, &e) {
		return &vc.Problem{Code: vc.Code(e.Code), Type: vc.TypeProofTransformation, Pointer: e.Pointer, Message: "the JSON-LD cannot be processed: " + e.Detail,
			Fix: contextFix(string(e.Code)), Spec: "JSON-LD 1.1 API; Data Integrity 1.0, 4.6", Err: err}
	}
	return err
}

func contextFix(code string) string {
	switch code {
	case "context-unknown":
		return "use the published contexts, or give the verifier this context (Config.Contexts) after reading it"
	case "protected-term-redefinition":
		return "remove the context that redefines a term of an earlier one"
	}
	return "mend the document's @context and sign again"
}

// dropProblem says that something is not covered by the signature.
func dropProblem(drop jsonld.Drop) *vc.Problem {
	return &vc.Problem{Code: CodeDataLoss, Type: vc.TypeDataLoss, Pointer: drop.Pointer, Message: "a signature over RDF does not cover this: " + drop.Detail,
		Found: string(drop.Code), Fix: "add the context that defines the term (for the 1EdTech types: extensions.json), or remove it, and sign again", Spec: "Data Integrity 1.0, 2.4.2"}
}

func canonicalProblem(err error) error {
	var e *rdf.Error
	if errors.As(err, &e) {
		return &vc.Problem{Code: vc.Code(e.Code), Type: vc.TypeProofTransformation, Message: fmt.Sprintf("the document has no canonical form within the limits: %s", e.Detail),
			Fix: "a credential needs few nodes without an id; raise the limit only for documents of a trusted source", Spec: "RDF Dataset Canonicalization 1.0, 7.1", Err: err}
	}
	return err
}
