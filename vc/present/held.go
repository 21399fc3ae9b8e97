package present

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Mechanism is how a part of a credential can be shown. The zero value is none.
type Mechanism string

// The mechanisms.
const (
	MechanismWhole       Mechanism = "whole"         // not at all: the proof is of the whole
	MechanismStatements  Mechanism = "ecdsa-sd-2023" // the holder's copy has a base proof
	MechanismDisclosures Mechanism = "vc+sd-jwt"     // the holder's copy has disclosures
)

// Held is a credential as its holder has it, taken apart and believed by nobody: whoever
// keeps one verified it when it came. It is immutable.
type Held struct {
	doc       *vc.Document
	at        string
	mechanism Mechanism
	base      *embedded.BaseValue // of MechanismStatements
}

// Read takes a credential apart. The error is that of [vc.Parse], or a [*vc.Problem] for what
// is no credential but a presentation.
func Read(credential []byte) (*Held, error) {
	doc, err := vc.Parse(credential)
	if err != nil {
		return nil, err
	}
	if isPresentation(doc) {
		return nil, words.Problem(CodePresentation, "", "")
	}
	return hold(doc, ""), nil
}

func hold(doc *vc.Document, at string) *Held {
	h := &Held{doc: doc, at: at, mechanism: MechanismWhole}
	if d := door.DisclosedIn(doc); d != nil && len(d.Disclosures) > 0 {
		h.mechanism = MechanismDisclosures
	} else if h.base = baseProof(doc); h.base != nil {
		h.mechanism = MechanismStatements
	}
	return h
}

// baseProof is that of a credential, nil where it has none.
func baseProof(doc *vc.Document) *embedded.BaseValue {
	if doc.Form() != vc.FormJSON {
		return nil
	}
	for _, p := range door.Proofs(doc) {
		if jsonx.Content(p.Get("cryptosuite").Single()) != dataintegrity.EcdsaSd2023 {
			continue
		}
		if v, err := embedded.ParseBaseValue(jsonx.Content(p.Get("proofValue").Single())); err == nil {
			return v
		}
	}
	return nil
}

// Bytes returns the credential as it is held. They must not be changed, and where the
// mechanism is not MechanismWhole they are for nobody else: see [Cut].
func (h *Held) Bytes() []byte { return h.doc.Bytes() }

// ID returns the id of the credential, "" where it has none.
func (h *Held) ID() string { return h.doc.ID() }

// IssuerID returns whose word it says it is.
func (h *Held) IssuerID() string { return h.doc.IssuerID() }

// Types returns the types of the credential.
func (h *Held) Types() []string { return h.doc.Types() }

// Name returns what the credential is called: its own name, or that of its achievement; ""
// where it has none.
func (h *Held) Name() string {
	root := door.Root(h.doc)
	for _, v := range []jsonx.Value{root, root.Get("credentialSubject").Single().Get("achievement").Single()} {
		if name := textOf(v.Get("name")); name != "" {
			return name
		}
	}
	return ""
}

// textOf is a text as it is shown by itself.
func textOf(v jsonx.Value) string {
	var t vc.Text
	if !v.Exists() || t.UnmarshalJSON(v.Raw()) != nil {
		return ""
	}
	return t.String()
}

// At returns where an entry stands in its record, as a JSON Pointer; "" for what was read.
func (h *Held) At() string { return h.at }

// Mechanism returns how a part of the credential can be shown.
func (h *Held) Mechanism() Mechanism { return h.mechanism }

// Signed reports whether the credential has a proof of its own. An entry of a record without
// one is vouched for by the record alone, and says nothing outside of it.
func (h *Held) Signed() bool { return h.doc.Form() != vc.FormJSON || len(door.Proofs(h.doc)) > 0 }

// Entries returns the credentials of a record, in their order, each as one that is held by
// itself; none for what is no record. The error is a [*vc.Problem] of one that cannot be read.
func (h *Held) Entries() ([]*Held, error) {
	root := door.Root(h.doc)
	if rules.ClassOf(h.doc) != rules.ClrCredential {
		return nil, nil
	}
	var all []*Held
	for _, v := range entriesOf(root) {
		at := pathOf(v, root)
		doc, err := entry(v)
		if err != nil {
			if p := vc.ProblemOf(err); p != nil {
				return nil, p.Within(at)
			}
			return nil, err
		}
		all = append(all, hold(doc, at))
	}
	return all, nil
}

// entry is a credential of a record, or what its envelope holds, as a document of its own.
func entry(v jsonx.Value) (*vc.Document, error) {
	if isEnvelope(v) {
		if doc, _ := tokenIn(v.Get("id")); doc != nil {
			return doc, nil
		}
	}
	return vc.Parse(v.Raw())
}
