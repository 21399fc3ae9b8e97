package main

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/laurel-edu/laurel/casefw"
)

// rubric is a scoring guide.
type rubric struct {
	ID       string
	Title    text
	About    text
	Facts    []fact
	Criteria []criterion
}

// criterion is one row of it, with its levels from the lowest.
type criterion struct {
	ID          string
	Name, About text
	Of          *end // the item that it scores
	Weight      string
	Facts       []fact
	Levels      []level
}

type level struct {
	Quality, About, Feedback text
	Score                    string
	Facts                    []fact
}

// scored is a criterion that scores an item.
type scored struct{ ID, Name string }

func criterionID(s *sheet, r, c int) string { return fmt.Sprintf("%s-r%d-c%d", s.ID, r, c) }

// nameOf names a criterion, by its number where it has no name.
func nameOf(c *casefw.CFRubricCriterion, n int) string {
	return cmp.Or(c.Category, short(plain(c.Description), 60), fmt.Sprint("Criterion ", n+1))
}

// rubrics describes those of a framework.
func (v *view) rubrics(s *sheet) (all []rubric) {
	list := s.f.Rubrics()
	for i := range list {
		r := &list[i]
		one := rubric{ID: fmt.Sprint(s.ID, "-r", i), Title: said(cmp.Or(r.Title, fmt.Sprint("Rubric ", i+1)), s.Lang),
			About: written(r.Description, s.Lang), Facts: facts(r, "title", "description", "CFRubricCriteria")}
		for n, c := range r.Criteria() {
			one.Criteria = append(one.Criteria, v.criterion(s, c, i, n))
		}
		all = append(all, one)
	}
	return all
}

func (v *view) criterion(s *sheet, c *casefw.CFRubricCriterion, r, n int) criterion {
	name := nameOf(c, n)
	one := criterion{ID: criterionID(s, r, n), Name: said(name, s.Lang), Weight: string(c.Weight),
		Facts: facts(c, "category", "description", "CFItemURI", "weight", "position", "CFRubricCriterionLevels")}
	if plain(c.Description) != name {
		one.About = written(c.Description, s.Lang)
	}
	if c.CFItemURI != nil {
		of := v.scored(s, c.CFItemURI)
		one.Of = &of
	}
	for _, l := range c.Levels() {
		one.Levels = append(one.Levels, level{Quality: said(l.Quality, s.Lang), About: written(l.Description, s.Lang),
			Feedback: written(l.Feedback, s.Lang), Score: string(l.Score),
			Facts: facts(l, "quality", "description", "score", "feedback", "position")})
	}
	return one
}

// scored is the item that a criterion names.
func (v *view) scored(s *sheet, to *casefw.LinkURI) end {
	item, ok := s.f.Find(to.GUID())
	if !ok {
		item, ok = v.catalog.Find(to.GUID())
	}
	if ok {
		return end{ref: v.ref(item)}
	}
	return end{ref: ref{Name: cmp.Or(to.Title, to.Identifier, "something unnamed")}, URL: webLink(string(to.URI)), Address: string(to.URI)}
}

// scoring are the criteria that score each item, by its index.
func scoring(s *sheet) map[int][]scored {
	all := map[int][]scored{}
	list := s.f.Rubrics()
	for i := range list {
		for n, c := range list[i].Criteria() {
			if c.CFItemURI == nil {
				continue
			}
			if item, ok := s.f.Find(c.CFItemURI.GUID()); ok {
				name := cmp.Or(list[i].Title, fmt.Sprint("Rubric ", i+1)) + ": " + nameOf(c, n)
				all[item.Index()] = append(all[item.Index()], scored{criterionID(s, i, n), name})
			}
		}
	}
	return all
}

// terms is a vocabulary of a framework.
type terms struct {
	Name string
	All  []term
}

type term struct {
	Title text
	About text
	Facts []fact
}

// termsOf are the vocabularies of a framework.
func termsOf(s *sheet) (all []terms) {
	d := s.f.Definitions()
	if d == nil {
		return nil
	}
	add := func(name string, list []term) {
		if len(list) > 0 {
			all = append(all, terms{name, list})
		}
	}
	one := func(title, about string, object json.Marshaler) term {
		return term{said(title, s.Lang), written(about, s.Lang), facts(object, "title", "description")}
	}
	add("Kinds of statements", each(d.CFItemTypes, func(t casefw.CFItemType) term { return one(t.Title, t.Description, t) }))
	add("Subjects", each(d.CFSubjects, func(t casefw.CFSubject) term { return one(t.Title, t.Description, t) }))
	add("Concepts", each(d.CFConcepts, func(t casefw.CFConcept) term { return one(t.Title, t.Description, t) }))
	add("Licences", each(d.CFLicenses, func(t casefw.CFLicense) term { return one(t.Title, t.Description, t) }))
	add("Groupings", each(d.CFAssociationGroupings, func(t casefw.CFAssociationGrouping) term { return one(t.Title, t.Description, t) }))
	rest := facts(d, "CFItemTypes", "CFSubjects", "CFConcepts", "CFLicenses", "CFAssociationGroupings")
	if len(rest) > 0 {
		add("Besides", []term{{Facts: rest}})
	}
	return all
}

func each[T any](list []T, f func(T) term) (all []term) {
	for _, one := range list {
		all = append(all, f(one))
	}
	return all
}
