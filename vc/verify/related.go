package verify

import (
	"crypto"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/digest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Codes of the check [CheckRelated].
const (
	CodeRelatedMismatch  vc.Code = "related-resource-mismatch"  // its content is another than the issuer named
	CodeRelatedMalformed vc.Code = "related-resource-malformed" // no id of its own, or no digest that can be compared
)

// related compares what relatedResource says that others hash to (VCDM 2.0, 5.3), where
// their content is at hand: known contexts, and what a trust pack holds. Nothing is
// fetched for it. Without a relatedResource there is no check.
func (s *state) related() {
	list := door.Root(s.doc).Get("relatedResource")
	if !list.Exists() {
		return
	}
	c := Check{Name: CheckRelated, Outcome: OutcomeNotApplicable, Pointer: list.Pointer()}
	var problems told
	seen := map[string]bool{}
	for v := range list.All() {
		compared, p := s.relatedOne(v, seen)
		switch {
		case p != nil:
			problems.add(func() *vc.Problem { return p })
		case compared && c.Outcome == OutcomeNotApplicable:
			c.Outcome = OutcomePassed
		}
	}
	if c.Problems = problems.done(); len(c.Problems) > 0 {
		c.Outcome = OutcomeFailed
	}
	if c.Outcome == OutcomeNotApplicable {
		c.Detail = "not compared: the content of none of them is at hand"
	}
	s.add(c)
}

// relatedOne compares one resource. Its form in a badge or a record is judged here, since
// their tables do not have the member.
func (s *state) relatedOne(v jsonx.Value, seen map[string]bool) (compared bool, p *vc.Problem) {
	id := jsonx.Content(v.Get("id").Single())
	digests, bad := digest.Read(v)
	switch {
	case bad != "":
		return false, words.Problem(CodeRelatedMalformed, v.Get(bad).Pointer(), vc.Quote(string(v.Get(bad).Raw())))
	case rules.ClassOf(s.doc) == rules.VerifiableCredential && (id == "" || digests == nil || seen[id]):
		return false, nil // which the rules say
	case id == "" || digests == nil:
		return false, words.Problem(CodeRelatedMalformed, v.Pointer(), v.Kind().String())
	case seen[id]:
		return false, words.Problem(CodeRelatedMalformed, v.Pointer()+"/id", vc.Quote(id))
	}
	seen[id] = true
	sum := func(hash crypto.Hash) []byte { return contexts.Digest(id, hash) }
	if !contexts.Known(id) {
		content, err := s.packs.Fetch(s.ctx, id)
		if err != nil {
			return false, nil
		}
		sum = func(hash crypto.Hash) []byte {
			h := hash.New()
			h.Write(content.Body)
			return h.Sum(nil)
		}
	}
	for _, d := range digests {
		compared = compared || sum(d.Hash) != nil
	}
	if found, want := digests.Other(sum); want != "" {
		return true, problem(CodeRelatedMismatch, v.Pointer(), found, want)
	}
	return compared, nil
}
