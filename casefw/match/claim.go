package match

import (
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// Claim is one achievement that a credential says somebody reached (Open Badges 3.0,
// AchievementSubject), with who can be held to that. The zero Claim is nobody's.
//
// It holds no name or address of the learner, so that what is decided by claims cannot
// depend on them.
type Claim struct {
	// Member, Entry and Credential say which credential makes the claim: the file of a
	// bundle, the JSON Pointer in that, the id. Each is "" where there is none.
	Member     string `json:"member,omitzero"`
	Entry      string `json:"entry,omitzero"`
	Credential string `json:"credential,omitzero"`
	// Issuer is whose word the credential says it is. Standing says whether it is.
	Issuer   string   `json:"issuer,omitzero"`
	Standing Standing `json:"standing"`
	Validity Validity `json:"validity"`
	Subject  Subject  `json:"subject"`
	// Against is why the claim counts for nothing, "" where it may count.
	Against Reason `json:"against,omitzero"`

	Achievement string    `json:"achievement,omitzero"` // its id
	Name        vc.Text   `json:"name,omitzero"`
	Type        string    `json:"type,omitzero"`      // such as Course, of Open Badges 3.0, AchievementType
	Credits     vc.Number `json:"credits,omitzero"`   // earned, as written; "" where it says none
	Available   vc.Number `json:"available,omitzero"` // credits that can be earned
	Term        vc.Text   `json:"term,omitzero"`      // such as "Fall 2024"
	// Start and End are those of the activity; Awarded, From and Until those of the
	// credential. Zero is not said, or nothing that can be read.
	Start   time.Time `json:"start,omitzero"`
	End     time.Time `json:"end,omitzero"`
	Awarded time.Time `json:"awarded,omitzero"`
	From    time.Time `json:"from,omitzero"`
	Until   time.Time `json:"until,omitzero"`

	Results    []Result    `json:"results,omitempty"`
	Alignments []Alignment `json:"alignments,omitempty"`
	// Unattributed are JSON Pointers, from the credential's own top, to what is left out of
	// the members above, because the signature around the credential does not tie it to
	// this one: another may have said it.
	Unattributed []string `json:"unattributed,omitempty"`
}

// Result is one result of a claim, joined to the description that says how to read it
// (Open Badges 3.0, Result and ResultDescription).
type Result struct {
	Description string `json:"description,omitzero"` // name of its ResultDescription, "" where it refers to none
	Type        string `json:"type,omitzero"`        // of the description, such as LetterGrade
	Value       string `json:"value,omitzero"`
	Status      string `json:"status,omitzero"` // such as Completed
	// Min and Max are those of the description, "" where it states none.
	Min string `json:"min,omitzero"`
	Max string `json:"max,omitzero"`
	// Points is what the value is worth by the levels of its description: those of the level
	// that was achieved, or of the one that has the value for its name. MaxPoints is what the
	// best of them is worth. Both are "" where the description does not say so.
	Points    string `json:"points,omitzero"`
	MaxPoints string `json:"maxPoints,omitzero"`
	// Level is the level of a rubric that was achieved, the zero Level where none was or
	// where it is not described.
	Level Level `json:"level,omitzero"`
}

// Passed reports whether the result says that something was reached: one that failed, was
// given up or is still under way says that it was not.
func (r *Result) Passed() bool {
	switch r.Status {
	case "", "Completed", "Provisional":
		return true
	}
	return false
}

// Level is a level of a rubric (Open Badges 3.0, RubricCriterionLevel).
type Level struct {
	ID     string `json:"id,omitzero"`
	Name   string `json:"name,omitzero"`
	Level  string `json:"level,omitzero"`
	Points string `json:"points,omitzero"`
	// Position is which of Of levels it is, from 1, the lowest. A signature over RDF does not
	// fix the order of levels: where Level or Points are there, go by those.
	Position int `json:"position,omitzero"`
	Of       int `json:"of,omitzero"`
}

// Alignment says what a claim, or a result of it, is aligned to.
type Alignment struct {
	Of     Place `json:"of"`
	Result int   `json:"result"` // which of Claim.Results it belongs to, -1 for the achievement's own
	casefw.Alignment
}

// Place is where an alignment stands. Only one of a result or of the level that was
// achieved says what the learner reached; the others say what could be.
type Place string

// The places of alignments.
const (
	OfAchievement Place = "achievement"
	OfDescription Place = "result-description"
	OfResult      Place = "result"
	OfLevel       Place = "level"
)

// Reason is why a claim counts for nothing. The zero Reason is none.
type Reason string

// The reasons of package clr/intake, the first that holds.
const (
	AgainstStanding Reason = "standing"        // nobody can be held to it
	AgainstOther    Reason = "another-learner" // it is about somebody else
	AgainstShared   Reason = "interchangeable" // another credential may have said it
	AgainstValidity Reason = "validity"        // it is not known to hold now
	AgainstRepeated Reason = "duplicate"       // the same credential counts already
)
