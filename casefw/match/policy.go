package match

import (
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/casefw"
)

// Policy has every number that a score depends on. The zero Policy counts nothing: begin
// with [DefaultPolicy].
type Policy struct {
	// ID names the policy in results, so that a decision can be explained later.
	ID string `json:"id"`
	// Links is what evidence is worth that comes over a link, from 0 to 1. A type that is
	// not listed is worth nothing; [AnyExtension] is for the extension types that are not.
	// Links of exactMatchOf, isTranslationOf and of types that the standard calls symmetric
	// count in both directions, others from origin to destination.
	Links map[casefw.AssociationType]float64 `json:"links"`
	// Once are the types of which a path may have one link in all: relations that are not
	// transitive (SKOS, closeMatch and relatedMatch).
	Once map[casefw.AssociationType]bool `json:"once"`
	// Broader is what holding the whole is worth where a part of it is asked for, for each
	// level between them: a hint and no proof.
	Broader float64 `json:"broader"`
	// Weight names a number in the extensions of an association that its worth is multiplied
	// by, such as "jaccard". "" reads none.
	Weight string `json:"weight,omitzero"`
	// MaxHops is the longest path.
	MaxHops int `json:"maxHops"`
	// MetAt is the score from which a requirement is met.
	MetAt float64 `json:"metAt"`
	// LevelUnknown is what evidence of an unknown level is worth where a level is asked for.
	// A level that is known and too low counts in proportion.
	LevelUnknown float64 `json:"levelUnknown"`
	// Accept decides which claims count. Where it returns true with a reason, the claim
	// counts and what it is used for has the reason as a flag; with false the reason is
	// told with what the claim would have been used for. Nil is [CountVouched].
	Accept func(Claim) (bool, Reason) `json:"-"`
	// MaxNodes bounds what is looked at around one requirement. A requirement that meets it
	// has the flag [FlagBudget].
	MaxNodes int `json:"maxNodes"`
}

// AnyExtension stands for extension types in [Policy].Links and Once.
const AnyExtension casefw.AssociationType = "ext:*"

// DefaultPolicy is a cautious one: sameness and what replaced something count in full,
// parts by how much of the whole they cover, what is broader or merely related less than is
// needed to meet anything, and sequence, peers and examples nothing.
func DefaultPolicy() Policy {
	return Policy{
		ID: "laurel-1",
		Links: map[casefw.AssociationType]float64{
			casefw.ExactMatchOf: 1, casefw.IsTranslationOf: 1, casefw.ReplacedBy: 1,
			casefw.IsPartOf: 0.6, casefw.IsRelatedTo: 0.4, AnyExtension: 0.4,
		},
		Once:    map[casefw.AssociationType]bool{casefw.IsRelatedTo: true, AnyExtension: true},
		Broader: 0.5, MaxHops: 4, MetAt: 0.8, LevelUnknown: 0.5, MaxNodes: 200_000,
	}
}

// CountVouched counts claims whose issuer can be held to them, that are known to hold now,
// and that are about the learner: those that package clr/intake has nothing against.
func CountVouched(c Claim) (bool, Reason) { return c.Against == "", c.Against }

func (p *Policy) check() error {
	for kind, worth := range p.Links {
		if !(worth >= 0 && worth <= 1) {
			return fmt.Errorf("match: the worth of %s is not between 0 and 1", kind)
		}
	}
	for _, share := range []float64{p.Broader, p.MetAt, p.LevelUnknown} {
		if !(share >= 0 && share <= 1) {
			return errors.New("match: a share of the policy is not between 0 and 1")
		}
	}
	if p.MaxHops < 0 || p.MaxHops > 16 || p.MaxNodes < 1 {
		return errors.New("match: the policy allows no path, or paths without bound: begin with DefaultPolicy")
	}
	return nil
}

// worth is what a link is worth, and whether a path may have one of its kind.
func (p *Policy) worth(l *link) (worth float64, once bool) {
	if l.kind == casefw.IsChildOf {
		return p.Broader, false // upwards; downwards shares are counted
	}
	worth, listed := p.Links[l.kind]
	once = p.Once[l.kind]
	if !listed && l.kind.IsExtension() {
		worth, once = p.Links[AnyExtension], p.Once[AnyExtension]
	}
	if p.Weight != "" && worth > 0 {
		if n, ok := l.extension(p.Weight); ok {
			worth *= n
		}
	}
	return worth, once
}
