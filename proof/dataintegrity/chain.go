package dataintegrity

import (
	"bytes"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// chained builds what a proof with previousProof was made over: the document
// whose proof member holds just the named earlier proofs, complete (Data
// Integrity 1.0, 4.3 and 4.5).
func chained(root, proof, prior jsonx.Value) (jsonx.Value, error) {
	named, err := earlier(root, proof, prior)
	if err != nil {
		return jsonx.Value{}, err
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for m := root.First(); m.Exists(); m = m.Next() {
		if m.Name() == "proof" {
			continue
		}
		b.Write(jcs.AppendString(nil, m.Name()))
		b.WriteByte(':')
		b.Write(m.Raw())
		b.WriteByte(',')
	}
	b.WriteString(`"proof":[`)
	for i, p := range named {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(p.Raw())
	}
	b.WriteString("]}")
	doc, err := jsonx.Parse(b.Bytes(), jsonx.Limits{Bytes: b.Len()}, nil)
	if err != nil {
		return jsonx.Value{}, err
	}
	return doc.Root(), nil
}

// earlier finds the proofs that prior names, each exactly once and none the
// proof itself. The proofs of a cycle can never all check out, since each would
// sign over the other's value; only self reference needs refusing.
func earlier(root, proof, prior jsonx.Value) ([]jsonx.Value, error) {
	var named []jsonx.Value
	for _, ref := range prior.Items() {
		var found []jsonx.Value
		for _, p := range root.Get("proof").Items() {
			if id := jsonx.Content(p.Get("id")); id != "" && id == jsonx.Content(ref) {
				found = append(found, p)
			}
		}
		if len(found) != 1 || found[0] == proof {
			detail := "it names no proof of this document"
			switch {
			case len(found) > 1:
				detail = "two proofs have that id"
			case len(found) == 1:
				detail = "it names the proof itself"
			}
			return nil, &vc.Problem{Code: CodeChain, Type: vc.TypeProofVerification, Pointer: ref.Pointer(), Message: "previousProof is wrong: " + detail,
				Found: vc.Quote(jsonx.Content(ref)), Fix: "restore the whole chain of proofs", Spec: "Data Integrity 1.0, 2.1.2"}
		}
		named = append(named, found[0])
	}
	return named, nil
}
