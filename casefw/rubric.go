package casefw

import (
	"cmp"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// CFRubric is a scoring guide: criteria, each with its levels (CASE 1.1
// information model, CFRubric).
type CFRubric struct {
	Identifier         string
	URI                vc.IRI
	Title              string
	Description        string
	LastChangeDateTime vc.DateTime
	CFRubricCriteria   []CFRubricCriterion
	Extensions         jsontext.Value
	Members
}

// CFRubricCriterion is one row of a rubric. CFItemURI names the item that it
// scores; weights need not add up to one.
type CFRubricCriterion struct {
	Identifier              string
	URI                     vc.IRI
	Category                string
	Description             string
	CFItemURI               *LinkURI
	Weight                  vc.Number
	Position                *int64
	RubricID                string // rubricId
	LastChangeDateTime      vc.DateTime
	CFRubricCriterionLevels []CFRubricCriterionLevel
	Extensions              jsontext.Value
	Members
}

// CFRubricCriterionLevel is one level of a criterion. Its extensions are an array
// of objects, here alone in the standard.
type CFRubricCriterionLevel struct {
	Identifier         string
	URI                vc.IRI
	Description        string
	Quality            string
	Score              vc.Number
	Feedback           string
	Position           *int64
	RubricCriterionID  string // rubricCriterionId
	LastChangeDateTime vc.DateTime
	Extensions         []jsontext.Value
	Members
}

var levelClass = newClass("CFRubricCriterionLevel", func(l *CFRubricCriterionLevel) *Members { return &l.Members },
	scalar("identifier", kUUID, func(l *CFRubricCriterionLevel) any { return &l.Identifier }).must(),
	scalar("uri", kURI, func(l *CFRubricCriterionLevel) any { return &l.URI }).must(),
	scalar("description", kText, func(l *CFRubricCriterionLevel) any { return &l.Description }),
	scalar("quality", kNorm, func(l *CFRubricCriterionLevel) any { return &l.Quality }),
	scalar("score", kFloat, func(l *CFRubricCriterionLevel) any { return &l.Score }),
	scalar("feedback", kText, func(l *CFRubricCriterionLevel) any { return &l.Feedback }),
	scalar("position", kInt, func(l *CFRubricCriterionLevel) any { return &l.Position }),
	scalar("rubricCriterionId", kUUID, func(l *CFRubricCriterionLevel) any { return &l.RubricCriterionID }),
	scalar("lastChangeDateTime", kDateTime, func(l *CFRubricCriterionLevel) any { return &l.LastChangeDateTime }).must(),
	raws("extensions", func(l *CFRubricCriterionLevel) *[]jsontext.Value { return &l.Extensions }).in(V1p1),
)

var criterionClass = newClass("CFRubricCriterion", func(c *CFRubricCriterion) *Members { return &c.Members },
	scalar("identifier", kUUID, func(c *CFRubricCriterion) any { return &c.Identifier }).must(),
	scalar("uri", kURI, func(c *CFRubricCriterion) any { return &c.URI }).must(),
	scalar("category", kNorm, func(c *CFRubricCriterion) any { return &c.Category }),
	scalar("description", kText, func(c *CFRubricCriterion) any { return &c.Description }),
	one("CFItemURI", linkClass, func(c *CFRubricCriterion) **LinkURI { return &c.CFItemURI }),
	scalar("weight", kFloat, func(c *CFRubricCriterion) any { return &c.Weight }),
	scalar("position", kInt, func(c *CFRubricCriterion) any { return &c.Position }),
	scalar("rubricId", kUUID, func(c *CFRubricCriterion) any { return &c.RubricID }),
	scalar("lastChangeDateTime", kDateTime, func(c *CFRubricCriterion) any { return &c.LastChangeDateTime }).must(),
	list("CFRubricCriterionLevels", levelClass, func(c *CFRubricCriterion) *[]CFRubricCriterionLevel { return &c.CFRubricCriterionLevels }),
	scalar("extensions", kRaw, func(c *CFRubricCriterion) any { return &c.Extensions }).in(V1p1),
)

var rubricClass = newClass("CFRubric", func(r *CFRubric) *Members { return &r.Members },
	scalar("identifier", kUUID, func(r *CFRubric) any { return &r.Identifier }).must(),
	scalar("uri", kURI, func(r *CFRubric) any { return &r.URI }).must(),
	scalar("title", kNorm, func(r *CFRubric) any { return &r.Title }),
	scalar("description", kText, func(r *CFRubric) any { return &r.Description }).normBefore(),
	scalar("lastChangeDateTime", kDateTime, func(r *CFRubric) any { return &r.LastChangeDateTime }).must(),
	list("CFRubricCriteria", criterionClass, func(r *CFRubric) *[]CFRubricCriterion { return &r.CFRubricCriteria }),
	scalar("extensions", kRaw, func(r *CFRubric) any { return &r.Extensions }).in(V1p1),
)

// Criteria returns the criteria by position, those without one last, those of one
// position as they stand.
func (r *CFRubric) Criteria() []*CFRubricCriterion {
	return byPosition(r.CFRubricCriteria, func(c *CFRubricCriterion) *int64 { return c.Position })
}

// Levels returns the levels by position; see [CFRubric.Criteria].
func (c *CFRubricCriterion) Levels() []*CFRubricCriterionLevel {
	return byPosition(c.CFRubricCriterionLevels, func(l *CFRubricCriterionLevel) *int64 { return l.Position })
}

func byPosition[E any](list []E, position func(*E) *int64) []*E {
	ordered := make([]*E, len(list))
	for i := range list {
		ordered[i] = &list[i]
	}
	slices.SortStableFunc(ordered, func(a, b *E) int {
		p, q := position(a), position(b)
		switch {
		case p != nil && q != nil:
			return cmp.Compare(*p, *q)
		case p != nil:
			return -1
		case q != nil:
			return 1
		}
		return 0
	})
	return ordered
}

// Weights returns the weight of each criterion, in the order of CFRubricCriteria,
// as parts of one: the standard does not ask that they add up. A criterion
// without weight counts as one of weight 1; where all weights are 0 or less,
// every criterion counts the same.
func (r *CFRubric) Weights() []float64 {
	weights := make([]float64, len(r.CFRubricCriteria))
	sum := 0.0
	for i := range weights {
		weights[i] = 1
		if w, err := r.CFRubricCriteria[i].Weight.Float(); err == nil {
			weights[i] = max(w, 0)
		}
		sum += weights[i]
	}
	for i := range weights {
		if sum > 0 {
			weights[i] /= sum
		} else {
			weights[i] = 1 / float64(len(weights))
		}
	}
	return weights
}

// RubricsOf returns the rubrics that have a criterion for an item.
func (f *Framework) RubricsOf(t Item) []*CFRubric {
	var found []*CFRubric
	for i := range f.head.CFRubrics {
		r := &f.head.CFRubrics[i]
		if slices.ContainsFunc(r.CFRubricCriteria, func(c CFRubricCriterion) bool { return f.scored(&c) == t && !t.IsZero() }) {
			found = append(found, r)
		}
	}
	return found
}

// scored returns the item that a criterion scores, the zero Item where it names
// none of the framework.
func (f *Framework) scored(c *CFRubricCriterion) Item {
	if c.CFItemURI == nil {
		return Item{}
	}
	if t, ok := f.FindText(c.CFItemURI.Identifier); ok {
		return t
	}
	t, _ := f.FindURI(string(c.CFItemURI.URI))
	return t
}
