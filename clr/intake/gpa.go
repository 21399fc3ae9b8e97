package intake

import (
	"math/big"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/ob"
)

// StatedGPA is a grade point average that a result states.
type StatedGPA struct {
	Claim Claim
	Value string
	Max   string // of the scale, "" where the result description states none
}

// GPA is a grade point average that was computed of grades and credits of the claims that
// count. Where there is none Why says why not.
type GPA struct {
	Value plan.Number
	Max   plan.Number // of the scale
	Why   NoGPA
}

// NoGPA is why no grade point average was computed. The zero NoGPA is no reason: there is one.
type NoGPA string

// The reasons.
const (
	NoGrades      NoGPA = "no-grades"         // no claim that counts has credits and a grade
	NoScale       NoGPA = "scale-not-stated"  // a grade whose points no result description states
	NoCommonScale NoGPA = "scales-differ"     // grades of several scales
	NoCredits     NoGPA = "credits-not-known" // a grade without credits to weigh it by
	NoOneGrade    NoGPA = "graded-twice"      // one achievement with several grades
)

// statedGPAs are the results that say they are one.
func statedGPAs(claims []Claim) (all []StatedGPA) {
	for i := range claims {
		for _, r := range claims[i].Results {
			if r.Type == string(ob.ResultTypeGradePointAverage) && r.Value != "" {
				all = append(all, StatedGPA{Claim: claims[i], Value: r.Value, Max: r.Max})
			}
		}
	}
	return all
}

// computedGPA weighs the points of grades with the credits earned. The points of a grade are
// what its result description says: those of the level that was achieved, or of the level that
// has the grade's name. A letter means nothing by itself, since schools differ.
func computedGPA(claims []Claim) GPA {
	points, weight, most := new(big.Rat), new(big.Rat), plan.Number{}
	graded := map[string]bool{}
	for i := range claims {
		c := &claims[i]
		if c.Against != "" {
			continue
		}
		for _, r := range c.Results {
			if !isGrade(&r) {
				continue
			}
			value, ok := plan.ParseNumber(r.Points)
			max, scaled := plan.ParseNumber(r.MaxPoints)
			n := attempted(c)
			switch {
			case !ok || !scaled:
				return GPA{Why: NoScale}
			case n.IsZero():
				return GPA{Why: NoCredits}
			case !most.IsZero() && most.String() != max.String():
				return GPA{Why: NoCommonScale}
			case c.Achievement != "" && graded[c.Achievement]:
				return GPA{Why: NoOneGrade}
			}
			most, graded[c.Achievement] = max, true
			points.Add(points, new(big.Rat).Mul(value.Rat(), n.Rat()))
			weight.Add(weight, n.Rat())
		}
	}
	if most.IsZero() {
		return GPA{Why: NoGrades}
	}
	value, _ := plan.ParseNumber(points.Quo(points, weight).RatString())
	return GPA{Value: value, Max: most}
}

// isGrade reports whether a result is a grade of work that is done, be it passed or failed.
func isGrade(r *Result) bool {
	switch ob.ResultStatusType(r.Status) {
	case ob.StatusEnrolled, ob.StatusInProgress, ob.StatusOnHold, ob.StatusWithdrew:
		return false
	}
	return r.Type == string(ob.ResultTypeLetterGrade) && r.Value != ""
}

// attempted is what a grade weighs: the credits that could be earned, since who failed has
// earned none, else those that were. The zero Number is not known.
func attempted(c *Claim) plan.Number {
	for _, text := range [...]string{string(c.Available), string(c.Credits)} {
		if n, ok := plan.ParseNumber(text); ok && n.Rat().Sign() > 0 {
			return n
		}
	}
	return plan.Number{}
}
