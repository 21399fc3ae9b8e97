package match

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/laurel-edu/laurel/casefw"
)

// Job is what is asked of an applicant.
type Job struct {
	ID           string        `json:"id,omitzero"`
	Title        string        `json:"title,omitzero"`
	Requirements []Requirement `json:"requirements"`
}

// Requirement is one thing that a job asks for.
type Requirement struct {
	// ID names the requirement in results. Without one it is its place, from 1.
	ID string `json:"id,omitzero"`
	// Target is what is asked for, as an alignment: a URL, a code in a framework, an
	// identifier of another vocabulary.
	Target casefw.Alignment `json:"target"`
	// Any are alternatives to the Target: the best counts.
	Any []casefw.Alignment `json:"any,omitempty"`
	// Weight is how much the requirement counts in the total, 1 where it is nil.
	Weight *float64 `json:"weight,omitzero"`
	// Mandatory: who does not meet it is not qualified, whatever the total.
	Mandatory bool `json:"mandatory,omitzero"`
	// MinLevel is the level asked for, on the scale of the framework's rubric; zero asks for
	// none. LevelOf is how many levels that scale has, where it is known: evidence on
	// another scale then counts by its share.
	MinLevel float64 `json:"minLevel,omitzero"`
	LevelOf  float64 `json:"levelOf,omitzero"`
}

// maxRequirements bounds a job: it names what matters.
const maxRequirements = 1000

// maxAlternatives bounds what one requirement takes in place of another.
const maxAlternatives = 64

func (j *Job) check() error {
	if len(j.Requirements) > maxRequirements {
		return fmt.Errorf("match: a job has %d requirements, more than %d", len(j.Requirements), maxRequirements)
	}
	ids := map[string]bool{}
	for i := range j.Requirements {
		r := &j.Requirements[i]
		id := r.id(i)
		switch {
		case ids[id]:
			return fmt.Errorf("match: two requirements have the id %q", id)
		case len(r.Any) > maxAlternatives:
			return fmt.Errorf("match: requirement %q has more than %d alternatives", id, maxAlternatives)
		case !(r.weight() >= 0 && r.weight() <= 1e6):
			return fmt.Errorf("match: the weight of requirement %q is not between 0 and a million", id)
		case !(r.MinLevel >= 0) || !(r.LevelOf >= 0):
			return errors.New("match: a level is not a number above zero")
		}
		ids[id] = true
	}
	return nil
}

func (r *Requirement) weight() float64 {
	if r.Weight == nil {
		return 1
	}
	return *r.Weight
}

func (r *Requirement) id(i int) string {
	if r.ID == "" {
		return strconv.Itoa(i + 1)
	}
	return r.ID
}
