package verify

import (
	"crypto"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/digest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of the check [CheckRelated].
const (
	CodeRelatedMismatch  vc.Code = "related-resource-mismatch"  // its content is another than the issuer named
	CodeRelatedMalformed vc.Code = "related-resource-malformed" // a digest that cannot be compared
	CodeRelatedArchived  vc.Code = "related-resource-archived"  // a warning: the digest of an earlier content of a context
)

// related compares what the credential says that others hash to: in relatedResource, and
// beside the id of any other object, such as evidence (VCDM 2.0, 5.3). It does so where the
// content is at hand: known contexts, the data of data: URLs, and what a trust pack holds.
// Nothing is fetched for it. Where no object has a digest there is no check.
func (s *state) related() {
	r := resources{state: s, held: map[string][]content{}, archived: told{severity: vc.SeverityWarning},
		check: Check{Name: CheckRelated, Outcome: OutcomeNotApplicable, Detail: "not compared: the content of none of them is at hand"}}
	root := door.Root(s.doc)
	r.one(root)
	r.below(root)
	if !r.any {
		return
	}
	if list := root.Get("relatedResource"); list.Exists() {
		r.check.Pointer = list.Pointer()
	}
	r.check.Warnings = r.archived.done()
	if r.check.Problems = r.problems.done(); len(r.check.Problems) > 0 {
		r.check.Outcome = OutcomeFailed
	}
	if r.check.Outcome != OutcomeNotApplicable {
		r.check.Detail = ""
	}
	s.add(r.check)
}

// resources are the objects of a credential that have an id and a digest.
type resources struct {
	*state
	check              Check
	any                bool // there is one
	held               map[string][]content
	problems, archived told
}

// content is what an id stands for, or once stood for.
type content struct {
	sum   func(crypto.Hash) []byte
	since string // the day of an earlier content, "" for that of today
}

// below looks at the objects below one. What is embedded has a report of its own, a
// schema is compared by whoever reads it, and proofs and contexts say nothing of others.
func (r *resources) below(v jsonx.Value) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch name := m.Name(); {
		case m.Kind() < jsonx.Array || isEmbedded(m):
		case name == "@context", name == "proof", name == "credentialSchema":
		default:
			r.one(m)
			r.below(m)
		}
	}
}

// one compares one object. Whether it must have an id and a digest is for the rules.
func (r *resources) one(v jsonx.Value) {
	if v.Kind() != jsonx.Object || !v.Get("digestSRI").Exists() && !v.Get("digestMultibase").Exists() {
		return
	}
	id := jsonx.Content(v.Get("id"))
	if id == "" {
		return
	}
	r.any = true
	digests, bad := digest.Read(v)
	if bad != "" {
		at := v.Get(bad)
		r.problems.add(func() *vc.Problem {
			return words.Problem(CodeRelatedMalformed, at.Pointer(), at.Shown())
		})
		return
	}
	var found, want string // of today's content, which comes first
	for i, c := range r.contents(id) {
		has, says, compared := digests.Compare(c.sum)
		switch {
		case compared && says == "" && c.since != "":
			r.archived.add(func() *vc.Problem { return words.Problem(CodeRelatedArchived, v.Pointer(), id+" as of "+c.since) })
			fallthrough
		case compared && says == "":
			r.check.Outcome = OutcomePassed
			return
		case i == 0:
			found, want = has, says
		}
	}
	if want != "" {
		r.problems.add(func() *vc.Problem { return problem(CodeRelatedMismatch, v.Pointer(), found, want) })
	}
}

// contents are the contents of an id as far as they are at hand.
func (r *resources) contents(id string) []content {
	if known, ok := r.held[id]; ok {
		return known
	}
	r.held[id] = r.look(id)
	return r.held[id]
}

func (r *resources) look(id string) (all []content) {
	if contexts.Known(id) {
		for _, text := range contexts.Texts(id) {
			all = append(all, content{sum: text.Sum, since: text.Since})
		}
		return all
	}
	if text, ok := r.config.Contexts[id]; ok {
		return []content{{sum: digest.Of(text)}}
	}
	if dataurl.Is(id) {
		_, data, err := dataurl.Parse(id)
		if err != nil {
			return nil
		}
		return []content{{sum: digest.Of(data)}}
	}
	held, err := r.packs.Fetch(r.ctx, id)
	if err != nil {
		return nil
	}
	return []content{{sum: digest.Of(held.Body)}}
}
