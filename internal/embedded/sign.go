package embedded

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Signing is a cryptosuite with a key of one kind.
type Signing struct {
	Name      string
	JCS       bool // over canonical JSON; such a proof names the contexts it is made under
	Algorithm proof.Algorithm

	form form
}

// SigningWith returns the suite of that name for a key.
func SigningWith(name string, key *proof.Key) (Signing, error) {
	s := suiteNamed(name)
	switch {
	case s == nil:
		return Signing{}, fmt.Errorf("no cryptosuite %.40q", name)
	case s.about().asked:
		return Signing{}, fmt.Errorf("%s is read, and no longer signed with", name)
	}
	algorithm, hash, ok := s.algorithm(key)
	if !ok {
		return Signing{}, fmt.Errorf("%s does not sign with this kind of key", name)
	}
	return Signing{Name: name, JCS: s.about().jcs, Algorithm: algorithm, form: form{hash: hash}}, nil
}

// Options is the hash of a proof without its value, which is given as JSON.
func (v *Verifier) Options(ctx context.Context, doc *vc.Document, s Signing, options []byte) ([]byte, error) {
	parsed, err := jsonx.Parse(options, jsonx.Limits{}, v.Symbols())
	if err != nil {
		return nil, err
	}
	f := s.form
	f.engine = v.engines.present
	config := v.Open(doc, OpenOptions{Evidence: true}).options(ctx, f, parsed.Root(), jsonx.Value{}, nil)
	return config.sum, config.err
}

// Message is what is signed: the hash of the proof without its value, which is given as
// JSON, then that of the document (Data Integrity 1.0, 4.2).
func (v *Verifier) Message(ctx context.Context, doc *vc.Document, s Signing, options []byte) ([]byte, error) {
	parsed, err := jsonx.Parse(options, jsonx.Limits{}, v.Symbols())
	if err != nil {
		return nil, err
	}
	subject := v.Open(doc, OpenOptions{Evidence: true})
	f := s.form
	var config digest
	if s.JCS {
		config = subject.hashJSON(ctx, jcs.Members(parsed.Root()), f.hash)
	} else {
		f.engine = v.engines.present
		config = subject.options(ctx, f, parsed.Root(), jsonx.Value{}, nil)
	}
	document := subject.document(ctx, f)
	if err := (&attempt{document: document, config: config}).err(); err != nil {
		return nil, err
	}
	return append(config.sum, document.sum...), nil
}
