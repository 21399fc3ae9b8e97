package match

import "github.com/laurel-edu/laurel/casefw"

// Flag says what a reader of a score must know.
type Flag string

// The flags of requirements and totals, besides the reasons of claims.
const (
	FlagLevelShort   Flag = "level-short"           // a level is asked for that is higher than the one reached
	FlagLevelUnknown Flag = "level-unknown"         // and the level reached is not known, or not on a comparable scale
	FlagHopLimit     Flag = "hop-limit"             // there is evidence, over more links than the policy follows
	FlagUnknownItem  Flag = "unknown-item"          // no framework that was given has what is asked for
	FlagAmbiguous    Flag = "ambiguous-equivalence" // one thing is called the same as two of another framework
	FlagRetired      Flag = "retired-item"          // what is asked for was replaced
	FlagBroader      Flag = "broader-evidence"      // the evidence is for something wider than what is asked for
	FlagBudget       Flag = "search-budget"         // more is linked with it than the policy looks at
)

// Outcome is how an applicant's claims stand to a job.
type Outcome struct {
	Policy string `json:"policy"` // its id
	Job    string `json:"job"`    // its id
	// Frameworks are those whose links were walked, in the versions that they had.
	Frameworks []FrameworkVersion `json:"frameworks"`
	// Total is the weighted mean of the scores that are known, nil where nothing is asked for
	// or nothing of it is known. It says nothing of mandatory requirements.
	Total *float64 `json:"total"`
	// Qualified: every mandatory requirement is met.
	Qualified        bool      `json:"qualified"`
	MissingMandatory []string  `json:"missingMandatory"` // what those that are not met ask for
	Flags            []Flag    `json:"flags"`            // those of used claims
	Requirements     []Score   `json:"requirements"`
	Ignored          []Ignored `json:"ignored"`
	// Surplus are claims that nothing asks for. They change no number.
	Surplus []int `json:"surplus"`
}

// FrameworkVersion says which version of a framework it was.
type FrameworkVersion struct {
	Identifier string `json:"identifier"`
	Title      string `json:"title,omitzero"`
	Version    string `json:"version,omitzero"` // as its publisher calls it
	Changed    string `json:"changed,omitzero"` // its lastChangeDateTime
	// Digest is the SHA-256, in hexadecimal, of what a match reads of it: the identifiers,
	// statements and ends of its items, and its associations with their extensions.
	Digest string `json:"digest"`
}

// Score is how far one requirement is met, and why.
type Score struct {
	ID   string `json:"id"`
	Item string `json:"item"` // what is asked for
	// Score is from 0 to 1, nil where it is not known what is asked for.
	Score *float64 `json:"score"`
	Met   bool     `json:"met"`
	// Used is the evidence, the strongest first. Several are used where each covers another
	// part of what is asked for.
	Used []Evidence `json:"used"`
	// Flags are those of this requirement, with the reasons of claims that would have been
	// evidence for it.
	Flags []Flag `json:"flags"`
	// Current are the items that replaced a retired one.
	Current []string `json:"current,omitempty"`
	// Suggestions are items held that read as what is asked for and are not linked with it: a
	// hint for a person, never evidence.
	Suggestions []string `json:"suggestions"`
}

// Path returns the path of the strongest evidence, nil where there is none.
func (s *Score) Path() []Step {
	if len(s.Used) == 0 {
		return nil
	}
	return s.Used[0].Path
}

// Evidence is a claim that counts for a requirement.
type Evidence struct {
	Claim      int     `json:"claim"`
	Credential string  `json:"credential"`
	Issuer     string  `json:"issuer"` // whose word it is
	Item       string  `json:"item"`   // what the claim is aligned to
	Worth      float64 `json:"worth"`  // of the path and the level
	// Share is how much of what is asked for it covers, 1 for all of it.
	Share float64 `json:"share"`
	// Path leads from the item to what is asked for; it is empty for the item itself.
	Path []Step `json:"path"`
}

// Step is one link of a path, with who says so.
type Step struct {
	Type        casefw.AssociationType `json:"type"`
	Inverse     bool                   `json:"inverse,omitempty"` // walked against its direction
	Association string                 `json:"association"`       // its identifier
	Framework   string                 `json:"framework"`         // whose package asserts it
	To          string                 `json:"to"`
}

// String writes the type, with "^-1" behind one that was walked against its direction.
func (s Step) String() string {
	if s.Inverse {
		return string(s.Type) + "^-1"
	}
	return string(s.Type)
}
