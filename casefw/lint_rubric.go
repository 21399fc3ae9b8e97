package casefw

// rubrics reports what does not fit together inside the rubrics.
func (l *linter) rubrics() {
	for i := range l.f.head.CFRubrics {
		r := &l.f.head.CFRubrics[i]
		pointer := pointerTo("/CFRubrics/", i)
		var places []*int64
		for j := range r.CFRubricCriteria {
			c := &r.CFRubricCriteria[j]
			at := pointerTo(pointer+"/CFRubricCriteria/", j)
			places = append(places, c.Position)
			l.criterion(r, c, at)
		}
		l.positions(places, pointer+"/CFRubricCriteria")
	}
}

func (l *linter) criterion(r *CFRubric, c *CFRubricCriterion, pointer string) {
	l.parent(c.RubricID, r.Identifier, pointer+"/rubricId")
	if c.CFItemURI != nil {
		_, byID := l.f.FindText(c.CFItemURI.Identifier)
		if _, byURI := l.f.FindURI(string(c.CFItemURI.URI)); !byID && !byURI {
			l.find(CodeCriterionItemMissing, func() string { return pointer + "/CFItemURI" }, quoted(c.CFItemURI.Identifier))
		}
	}
	scored := false
	var places []*int64
	for i := range c.CFRubricCriterionLevels {
		scored = scored || c.CFRubricCriterionLevels[i].Score != ""
		places = append(places, c.CFRubricCriterionLevels[i].Position)
	}
	for i := range c.CFRubricCriterionLevels {
		level := &c.CFRubricCriterionLevels[i]
		at := pointerTo(pointer+"/CFRubricCriterionLevels/", i)
		l.parent(level.RubricCriterionID, c.Identifier, at+"/rubricCriterionId")
		if scored && level.Score == "" {
			l.report.findAt(CodeLevelWithoutScore, at)
		}
	}
	l.positions(places, pointer+"/CFRubricCriterionLevels")
}

// parent compares what a part says of its parent with the parent.
func (l *linter) parent(says, is, pointer string) {
	if says == "" || says == is {
		return
	}
	a, ok1 := looseGUID(says)
	b, ok2 := looseGUID(is)
	if !ok1 || !ok2 || a != b {
		l.find(CodeRubricParentMismatch, func() string { return pointer }, quoted(says))
	}
}

func (l *linter) positions(places []*int64, pointer string) {
	seen := map[int64]bool{}
	for i, p := range places {
		if p == nil {
			continue
		}
		if seen[*p] {
			l.find(CodeDuplicatePosition, func() string { return pointerTo(pointer+"/", i) + "/position" }, nil)
		}
		seen[*p] = true
	}
}
