package plan

import (
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// maxConditions bounds those of one plan: a plan of a whole degree names some hundred
// outcomes.
const maxConditions = 2000

// Parse reads plans from JSON: an array of objects as the fields of [Plan] name their
// members, policies beside the rest. Numbers may be texts. A member that plans do not
// have is an error, since a policy that is misspelt would silently be the default.
//
// The error is an [*Error] of all that cannot be read. What can be read and is not fit
// for use is told by [Validate] and [New]. text must not be changed afterwards.
func Parse(text []byte) ([]Plan, error) {
	r := &planReader{}
	var plans []Plan
	for v := range r.parsed(text, jsonx.Array).All() {
		plans = append(plans, r.plan(v))
	}
	if err := r.err("plans"); err != nil {
		return nil, err
	}
	return plans, nil
}

type planReader struct {
	reader
	conditions int // of the plan that is being read
}

var planMembers = []string{"id", "version", "framework", "achievement", "condition", "attempts", "onRegradeDown",
	"onEvidenceDeleted", "onPrerequisiteRevoked", "onExcused", "acceptLate", "evidenceMaxAgeDays", "equivalence", "replacement",
	"validFrom", "validUntil", "publishedAt"}

func (r *planReader) plan(v jsonx.Value) (p Plan) {
	if v.Kind() != jsonx.Object {
		r.note(CodeMemberMalformed, v, "an object")
		return p
	}
	r.conditions = 0
	r.known(v, planMembers)
	p.ID, p.Framework, p.Achievement = r.needed(v, "id"), r.needed(v, "framework"), r.needed(v, "achievement")
	p.Version = r.count(v.Get("version"))
	p.ValidFrom, p.ValidUntil = r.time(v.Get("validFrom")), r.time(v.Get("validUntil"))
	p.PublishedAt = r.time(v.Get("publishedAt"))
	p.Policies = r.policies(v)
	if c := v.Get("condition"); c.Exists() {
		p.Condition = r.condition(c, 1)
	} else {
		r.missing(v, "condition")
	}
	return p
}

func (r *planReader) policies(v jsonx.Value) (p Policies) {
	p.Attempts = word(&r.reader, v.Get("attempts"), AttemptsBest, AttemptsLatest, AttemptsFirst)
	p.OnRegradeDown = word(&r.reader, v.Get("onRegradeDown"), ReactionKeep, ReactionReview, ReactionRevoke)
	p.OnEvidenceDeleted = word(&r.reader, v.Get("onEvidenceDeleted"), ReactionKeep, ReactionReview, ReactionRevoke)
	p.OnPrerequisiteRevoked = word(&r.reader, v.Get("onPrerequisiteRevoked"), ReactionKeep, ReactionReview, ReactionRevoke)
	p.OnExcused = word(&r.reader, v.Get("onExcused"), OnExcusedBlock, OnExcusedWaive)
	p.Equivalence = word(&r.reader, v.Get("equivalence"), EquivalenceNone, EquivalenceExactMatch)
	p.Replacement = word(&r.reader, v.Get("replacement"), ReplacementNone, ReplacementFollow)
	p.EvidenceMaxAgeDays = r.count(v.Get("evidenceMaxAgeDays"))
	if late := v.Get("acceptLate"); late.Exists() {
		p.RefuseLate = !r.flag(late)
	}
	return p
}

var conditionMembers = []string{"allOf", "anyOf", "atLeast", "of", "not", "item", "minPercent", "minRaw", "minOccurrences", "via",
	"rubricCriterion", "minLevel", "achievement"}

// operators are the members of which a condition has one.
var operators = []string{"allOf", "anyOf", "atLeast", "of", "not", "item", "rubricCriterion", "achievement"}

func (r *planReader) condition(v jsonx.Value, depth int) (c Condition) {
	r.conditions++
	switch {
	case v.Kind() != jsonx.Object:
		r.note(CodeMemberMalformed, v, "an object")
		return c
	case depth > maxDepth:
		r.at(CodeTooDeep, v.Pointer(), "", fmt.Sprintf("at most %d", maxDepth))
		return c
	case r.conditions > maxConditions:
		if r.conditions == maxConditions+1 {
			r.at(CodeLimit, v.Pointer(), "", fmt.Sprintf("at most %d conditions in a plan", maxConditions))
		}
		return c
	}
	if !slices.ContainsFunc(operators, func(name string) bool { return v.Get(name).Exists() }) {
		r.at(CodeOperatorUnknown, v.Pointer(), vc.Quote(v.First().Name()), "")
		return c
	}
	r.known(v, conditionMembers)
	c.AllOf, c.AnyOf = r.group(v.Get("allOf"), depth), r.group(v.Get("anyOf"), depth)
	c.AtLeast, c.Of = r.count(v.Get("atLeast")), r.group(v.Get("of"), depth)
	if not := v.Get("not"); not.Exists() {
		inner := r.condition(not, depth+1)
		c.Not = &inner
	}
	c.Item, c.RubricCriterion, c.MinLevel = r.text(v.Get("item")), r.text(v.Get("rubricCriterion")), r.text(v.Get("minLevel"))
	c.MinPercent, c.MinRaw = r.number(v.Get("minPercent")), r.number(v.Get("minRaw"))
	c.MinOccurrences = r.count(v.Get("minOccurrences"))
	c.Via = word(&r.reader, v.Get("via"), ViaDirect, ViaDescendants)
	c.Achievement = r.text(v.Get("achievement"))
	return c
}

func (r *planReader) group(v jsonx.Value, depth int) []Condition {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != jsonx.Array {
		r.note(CodeMemberMalformed, v, "an array of conditions")
		return nil
	}
	group := []Condition{} // an empty one is not none
	for one := range v.All() {
		group = append(group, r.condition(one, depth+1))
	}
	return group
}

// known notes the members of an object that are none of those.
func (r *planReader) known(object jsonx.Value, names []string) {
	for m := object.First(); m.Exists(); m = m.Next() {
		if !slices.Contains(names, m.Name()) {
			r.at(CodeMemberUnknown, m.Pointer(), m.Shown(), "")
		}
	}
}
