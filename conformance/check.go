package conformance

import "slices"

// Check is one test of a guide, or of ours. Its run is not exported: whoever wants the
// list has it as data.
type Check struct {
	ID string `json:"id"` // the guide's own number, behind the role: OB-H-PR-3.2
	// Aliases are the names under which the test system and older texts show it.
	Aliases  []string `json:"aliases,omitempty"`
	Role     Role     `json:"role"`   // the role or service that it belongs to
	Guides   []Guide  `json:"guides"` // the versions that ask it
	Basis    Basis    `json:"basis"`
	Clause   string   `json:"clause"`
	Level    Level    `json:"level"`
	Evidence Evidence `json:"evidence"`
	Needs    []Need   `json:"needs,omitempty"`
	Title    string   `json:"title"` // what it asks, in our words
	Fix      string   `json:"fix,omitempty"`
	// Shots are what a film or a picture has to show, of a check that people judge.
	Shots []string `json:"shots,omitempty"`
	// Unbuilt says why the suite cannot run it yet; such a check never passes.
	Unbuilt string `json:"unbuilt,omitempty"`

	run func(*probe) error
}

// Guide is a version of a certification guide.
type Guide string

// The guides. The tests of CASE are told apart by roles.
const (
	GuideOB11   Guide = "OB 1.1"   // of 23 December 2024
	GuideOB12   Guide = "OB 1.2"   // of 11 July 2025, by what its changes say
	GuideCLR10  Guide = "CLR 1.0"  // known through catalogues of its requirements
	GuideCASE10 Guide = "CASE 1.0" // the guide of 1.1, as far as 1.0 has it
	GuideCASE11 Guide = "CASE 1.1" // of 8 April 2025
)

// Basis says where we know a check from.
type Basis string

// The bases.
const (
	BasisGuide         Basis = "guide"         // its text was read
	BasisSpecification Basis = "specification" // the guide leans on the standard, whose text was read
	BasisSecondHand    Basis = "second-hand"   // a catalogue of the guide, not the guide
	BasisOurs          Basis = "ours"          // not in a guide
)

// Level is how much a check weighs.
type Level string

// The levels.
const (
	LevelMust         Level = "must"         // a failure fails the role
	LevelShould       Level = "should"       // a failure is a warning
	LevelOptional     Level = "optional"     // asked where the product offers it, and then as must
	LevelIntroduction Level = "introduction" // the guide's introduction demands it and no numbered test: a warning
	LevelExtra        Level = "extra"        // ours: a warning
)

// fails reports whether a failure at this level is more than a warning.
func (l Level) fails() bool { return l == LevelMust || l == LevelOptional }

// Evidence is how a check is decided.
type Evidence string

// The kinds of evidence.
const (
	EvidenceAutomatic Evidence = "automatic" // from outside
	EvidenceActs      Evidence = "acts"      // the product acts against our reference host, started by a hook or a person
	EvidenceManual    Evidence = "manual"    // a film, a picture or a statement
)

// Need is what a check cannot do without.
type Need string

// The needs. Each is a field of the Suite.
const (
	NeedArtefact Need = "artefact" // Suite.Artefacts has a credential of the right kind
	NeedImage    Need = "image"    // Suite.Artefacts has an image with a credential
	NeedProvider Need = "provider" // Suite.Provider
	NeedLogin    Need = "login"    // Provider.Login
	NeedConsumer Need = "consumer" // Suite.Consumer
	NeedDisplay  Need = "display"  // Hooks.Display
	NeedReadBack Need = "readback" // Hooks.ReadBack
)

// asked reports whether a version of the guide of Open Badges has the check; those of the
// other standards have one version.
func (c *Check) asked(ob Guide) bool {
	of := func(g Guide) bool { return g == GuideOB11 || g == GuideOB12 }
	return !slices.ContainsFunc(c.Guides, of) || slices.Contains(c.Guides, ob)
}
