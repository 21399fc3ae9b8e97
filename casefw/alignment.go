package casefw

// Alignment has the fields of an Open Badges 3.0 Alignment, which is how a
// credential points into a framework. It is a type of its own, for this package
// knows nothing of credentials: copy the fields.
type Alignment struct {
	TargetURL         string `json:"targetUrl,omitzero"`
	TargetName        string `json:"targetName,omitzero"`
	TargetCode        string `json:"targetCode,omitzero"`
	TargetFramework   string `json:"targetFramework,omitzero"`
	TargetType        string `json:"targetType,omitzero"`
	TargetDescription string `json:"targetDescription,omitzero"`
}

// The target types of Open Badges 3.0 that name classes of CASE.
const (
	TargetItem      = "CFItem"
	TargetRubric    = "CFRubric"
	TargetCriterion = "CFRubricCriterion"
	TargetLevel     = "CFRubricCriterionLevel"
)

// AlignmentOf returns the alignment that points at an item, after the convention
// of the standard's own example: the uri, the identifier for the code, the title
// of the document. A publisher who has canonical uris that outlive the versions
// of the REST paths should put them into TargetURL.
func AlignmentOf(t Item) Alignment {
	if t.IsZero() {
		return Alignment{}
	}
	a := Alignment{TargetType: TargetItem, TargetURL: t.URI(), TargetName: t.Statement(), TargetCode: t.Identifier(),
		TargetFramework: t.f.Title()}
	if short := t.ShortStatement(); short != "" {
		a.TargetName, a.TargetDescription = short, t.Statement()
	}
	return a
}

// AlignmentOfLevel returns the alignment that points at a level of a rubric of the
// framework, for the result that a learner achieved.
func (f *Framework) AlignmentOfLevel(l *CFRubricCriterionLevel) Alignment {
	return Alignment{TargetURL: string(l.URI), TargetName: firstText(l.Quality, l.Description), TargetCode: l.Identifier,
		TargetFramework: f.Title(), TargetType: TargetLevel, TargetDescription: l.Description}
}

// AlignmentOfCriterion returns the alignment that points at a criterion of a rubric.
func (f *Framework) AlignmentOfCriterion(c *CFRubricCriterion) Alignment {
	return Alignment{TargetURL: string(c.URI), TargetName: firstText(c.Category, c.Description), TargetCode: c.Identifier,
		TargetFramework: f.Title(), TargetType: TargetCriterion, TargetDescription: c.Description}
}

func firstText(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
