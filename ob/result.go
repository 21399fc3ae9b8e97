package ob

import "github.com/laurel-edu/laurel/vc"

// Result is what the person reached: a grade, a level, a status (Open Badges
// 3.0, Result). ResultDescription is the id of a [ResultDescription] of the
// achievement, which says how to read it.
type Result struct {
	Type              vc.OneOrMany[string]    `json:"type,omitzero"`
	AchievedLevel     vc.IRI                  `json:"achievedLevel,omitzero"` // id of a RubricCriterionLevel
	Alignment         vc.OneOrMany[Alignment] `json:"alignment,omitzero"`
	ResultDescription vc.IRI                  `json:"resultDescription,omitzero"`
	Status            ResultStatusType        `json:"status,omitzero"`
	Value             string                  `json:"value,omitzero"` // a string even where it is a number
	Extra             vc.Extra                `json:",embed"`
}

// ResultDescription says what results an achievement can have (Open Badges 3.0,
// ResultDescription).
type ResultDescription struct {
	ID                   vc.IRI                             `json:"id,omitzero"`
	Type                 vc.OneOrMany[string]               `json:"type,omitzero"`
	Alignment            vc.OneOrMany[Alignment]            `json:"alignment,omitzero"`
	AllowedValue         vc.OneOrMany[string]               `json:"allowedValue,omitzero"` // from low to high
	Name                 vc.Text                            `json:"name,omitzero"`
	RequiredLevel        vc.IRI                             `json:"requiredLevel,omitzero"` // id of a RubricCriterionLevel
	RequiredValue        string                             `json:"requiredValue,omitzero"`
	ResultType           ResultType                         `json:"resultType,omitzero"`
	RubricCriterionLevel vc.OneOrMany[RubricCriterionLevel] `json:"rubricCriterionLevel,omitzero"` // from low to high
	ValueMax             string                             `json:"valueMax,omitzero"`
	ValueMin             string                             `json:"valueMin,omitzero"`
	Extra                vc.Extra                           `json:",embed"`
}

// Identifier implements [vc.Identified].
func (d *ResultDescription) Identifier() vc.IRI { return d.ID }

// RubricCriterionLevel is one level of a rubric (Open Badges 3.0,
// RubricCriterionLevel).
type RubricCriterionLevel struct {
	ID          vc.IRI                  `json:"id,omitzero"`
	Type        vc.OneOrMany[string]    `json:"type,omitzero"`
	Alignment   vc.OneOrMany[Alignment] `json:"alignment,omitzero"`
	Description vc.Text                 `json:"description,omitzero"`
	Level       string                  `json:"level,omitzero"`
	Name        vc.Text                 `json:"name,omitzero"`
	Points      string                  `json:"points,omitzero"`
	Extra       vc.Extra                `json:",embed"`
}

// Identifier implements [vc.Identified].
func (l *RubricCriterionLevel) Identifier() vc.IRI { return l.ID }
