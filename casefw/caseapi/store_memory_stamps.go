package caseapi

import (
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// stamps gathers times of change. One that cannot be read makes the whole unknown.
type stamps struct {
	last    time.Time
	unknown bool
}

func (s *stamps) add(at time.Time, ok bool) {
	s.last = latest(s.last, at)
	s.unknown = s.unknown || !ok
}

func (s *stamps) text(d vc.DateTime) {
	at, _, ok := casefw.ParseDateTime(d.String())
	s.add(at, ok)
}

// time returns the latest stamp, the zero time where it is not known.
func (s *stamps) time() time.Time {
	if s.unknown {
		return time.Time{}
	}
	return s.last
}

// lastChange returns when a framework last changed, by its own stamps.
func lastChange(f *casefw.Framework) time.Time {
	var s stamps
	s.text(f.Document().LastChangeDateTime)
	for t := range f.Items() {
		s.add(t.Changed())
	}
	for a := range f.Associations() {
		s.add(a.Changed())
	}
	for i := range f.Rubrics() {
		s.rubric(&f.Rubrics()[i])
	}
	if d := f.Definitions(); d != nil {
		s.definitions(d)
	}
	return s.time()
}

func (s *stamps) rubric(r *casefw.CFRubric) {
	s.text(r.LastChangeDateTime)
	for i := range r.CFRubricCriteria {
		c := &r.CFRubricCriteria[i]
		s.text(c.LastChangeDateTime)
		for k := range c.CFRubricCriterionLevels {
			s.text(c.CFRubricCriterionLevels[k].LastChangeDateTime)
		}
	}
}

func (s *stamps) definitions(d *casefw.CFDefinition) {
	for i := range d.CFConcepts {
		s.text(d.CFConcepts[i].LastChangeDateTime)
	}
	for i := range d.CFSubjects {
		s.text(d.CFSubjects[i].LastChangeDateTime)
	}
	for i := range d.CFLicenses {
		s.text(d.CFLicenses[i].LastChangeDateTime)
	}
	for i := range d.CFItemTypes {
		s.text(d.CFItemTypes[i].LastChangeDateTime)
	}
	for i := range d.CFAssociationGroupings {
		s.text(d.CFAssociationGroupings[i].LastChangeDateTime)
	}
}
