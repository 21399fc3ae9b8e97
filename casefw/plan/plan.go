package plan

import (
	"encoding/json"
	"time"
)

// Plan says what earns an achievement. ID names the plan through all of its versions;
// Version counts from 1. Framework is the identifier of the CFDocument whose items it
// names, Achievement the id of the achievement that it awards.
type Plan struct {
	ID          string    `json:"id"`
	Version     int       `json:"version"`
	Framework   string    `json:"framework"`
	Achievement string    `json:"achievement"`
	Condition   Condition `json:"condition"`
	Policies
	// ValidFrom and ValidUntil bound the dates of the evidence that counts, both
	// included. A zero one does not.
	ValidFrom  time.Time `json:"validFrom,omitzero"`
	ValidUntil time.Time `json:"validUntil,omitzero"`
	// PublishedAt is from when evidence is judged by this version and no longer by the
	// one before; a zero one is from the beginning.
	PublishedAt time.Time `json:"publishedAt,omitzero"`
}

// MarshalJSON implements json.Marshaler: the form that [Parse] reads.
func (p Plan) MarshalJSON() ([]byte, error) {
	type members Plan
	var acceptLate *bool
	if p.RefuseLate {
		acceptLate = new(bool)
	}
	return json.Marshal(struct {
		members
		AcceptLate *bool `json:"acceptLate,omitempty"`
	}{members(p), acceptLate})
}

// Condition is one node of a plan: a group, or a leaf. Exactly one of AllOf, AnyOf, Of
// with AtLeast, Not, Item, RubricCriterion and Achievement is set.
type Condition struct {
	AllOf   []Condition `json:"allOf,omitempty"`
	AnyOf   []Condition `json:"anyOf,omitempty"`
	AtLeast int         `json:"atLeast,omitempty"` // of how many of Of, from 1
	Of      []Condition `json:"of,omitempty"`
	Not     *Condition  `json:"not,omitempty"`

	// Item is the identifier of a CFItem. MinPercent (0 to 100) or MinRaw is what a
	// result must reach, both included; without either any graded result does.
	Item       string `json:"item,omitempty"`
	MinPercent Number `json:"minPercent,omitzero"`
	MinRaw     Number `json:"minRaw,omitzero"`
	// MinOccurrences is how many different results must, 1 for 0.
	MinOccurrences int `json:"minOccurrences,omitempty"`
	// Via says whether results of all the leaves below the item count for it.
	Via Via `json:"via,omitempty"`

	// RubricCriterion and MinLevel are identifiers of a CFRubricCriterion and of one of
	// its levels.
	RubricCriterion string `json:"rubricCriterion,omitempty"`
	MinLevel        string `json:"minLevel,omitempty"`

	// Achievement is the id of one that must be held.
	Achievement string `json:"achievement,omitempty"`
}

// Policies say what happens where the evidence leaves a choice. The zero value of each
// is the first of its words.
type Policies struct {
	Attempts              Attempts    `json:"attempts,omitempty"`
	OnRegradeDown         Reaction    `json:"onRegradeDown,omitempty"`
	OnEvidenceDeleted     Reaction    `json:"onEvidenceDeleted,omitempty"`
	OnPrerequisiteRevoked Reaction    `json:"onPrerequisiteRevoked,omitempty"`
	OnExcused             OnExcused   `json:"onExcused,omitempty"`
	RefuseLate            bool        `json:"-"` // acceptLate: false in JSON
	EvidenceMaxAgeDays    int         `json:"evidenceMaxAgeDays,omitempty"`
	Equivalence           Equivalence `json:"equivalence,omitempty"`
	Replacement           Replacement `json:"replacement,omitempty"`
}

// Attempts says which of several results for one item counts.
type Attempts string

// The values of [Attempts].
const (
	AttemptsBest   Attempts = "best"   // any that reaches the threshold; the default
	AttemptsLatest Attempts = "latest" // the one of the latest date
	AttemptsFirst  Attempts = "first"  // the one of the earliest date
)

// Reaction says what becomes of an award that its evidence no longer carries.
type Reaction string

// The values of [Reaction], from the weakest to the strongest but for the default.
const (
	ReactionKeep   Reaction = "keep"   // the award stands
	ReactionReview Reaction = "review" // it stands, and somebody is asked to look; the default
	ReactionRevoke Reaction = "revoke" // it is revoked
)

// OnExcused says what an excused result does to its requirement.
type OnExcused string

// The values of [OnExcused].
const (
	OnExcusedBlock OnExcused = "block" // it stays open; the default
	OnExcusedWaive OnExcused = "waive" // it is let off
)

// Via says where evidence for an item may be.
type Via string

// The values of [Via].
const (
	ViaDirect      Via = "direct"      // at the item itself; the default
	ViaDescendants Via = "descendants" // or at each of the leaves below it
)

// Equivalence says which other items stand for the one that is named.
type Equivalence string

// The values of [Equivalence].
const (
	EquivalenceNone       Equivalence = "none"         // none; the default
	EquivalenceExactMatch Equivalence = "exactMatchOf" // those that match it exactly
)

// Replacement says whether evidence for an older item counts for what replaced it.
type Replacement string

// The values of [Replacement].
const (
	ReplacementNone   Replacement = "none"   // it does not; the default
	ReplacementFollow Replacement = "follow" // it does, up to the end of the older item
)
