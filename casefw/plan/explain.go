package plan

import "time"

// Reason says why something was decided, or why a result does not count.
type Reason string

// The values of [Reason].
const (
	ReasonPercentUnknown      Reason = "percent-unknown" // no maximum, or none above the minimum
	ReasonScoreUnknown        Reason = "score-unknown"   // no number, and no text that a scale knows
	ReasonLevelUnknown        Reason = "level-unknown"   // no level of the criterion
	ReasonBelow               Reason = "below-threshold"
	ReasonNotFinal            Reason = "not-final"
	ReasonProvisional         Reason = "evidence-provisional" // graded, and it is not known whether to stay so
	ReasonDeleted             Reason = "evidence-deleted"
	ReasonExcused             Reason = "excused"
	ReasonLate                Reason = "late"
	ReasonOutsideWindow       Reason = "outside-window"
	ReasonTooOld              Reason = "evidence-too-old"
	ReasonRetired             Reason = "evidence-on-retired-item" // dated after the end of the item
	ReasonOtherAttempt        Reason = "other-attempt"            // the policy takes another one
	ReasonNoLongerSufficient  Reason = "evidence-no-longer-sufficient"
	ReasonPrerequisiteRevoked Reason = "prerequisite-revoked"
	ReasonManuallyRevoked     Reason = "manually-revoked"
	ReasonHeldAlready         Reason = "held-already"
	ReasonNoEvidence          Reason = "no-evidence" // everything was waived
)

// Outcome is what a condition comes to.
type Outcome uint8

// The values of [Outcome].
const (
	OutcomeUnknown     Outcome = iota // nothing that could be judged
	OutcomeSatisfied                  // met
	OutcomeUnsatisfied                // judged, and not met
)

// String returns "unknown", "satisfied" or "unsatisfied".
func (o Outcome) String() string { return [...]string{"unknown", "satisfied", "unsatisfied"}[o%3] }

// MarshalText implements encoding.TextMarshaler.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// Node explains one condition: what it came to and by what.
type Node struct {
	// Kind is allOf, anyOf, atLeast, not, descendants, or that of a leaf: percent, raw,
	// graded, level, achievement.
	Kind    string  `json:"kind"`
	Outcome Outcome `json:"outcome"`
	// Have of Need requirements below are met, the fewest that are needed counted.
	Have int `json:"have"`
	Need int `json:"need"`
	// At is the date of the last evidence that was needed.
	At time.Time `json:"at,omitzero"`
	// Subject is the identifier of the item or criterion, or the id of the achievement;
	// Wanted the threshold.
	Subject string `json:"subject,omitempty"`
	Wanted  string `json:"wanted,omitempty"`
	// Reason says why a leaf is open although there is a result.
	Reason Reason `json:"reason,omitempty"`
	// Waived says that the learner was excused.
	Waived bool `json:"waived,omitempty"`
	// Doubt is why what is met is for somebody to look at.
	Doubt Reason `json:"doubt,omitempty"`
	// Counted says that what the node above came to rests on this one.
	Counted bool `json:"counted,omitempty"`
	// Used are the results that were looked at.
	Used []Used  `json:"used,omitempty"`
	Of   []*Node `json:"of,omitempty"`

	soft bool // a result was barred that somebody may let count
}

// Used is a result as it was looked at for a leaf.
type Used struct {
	Ref
	Told     string    `json:"told"` // the event
	LineItem string    `json:"lineItem,omitempty"`
	At       time.Time `json:"at"`
	Item     string    `json:"item"`            // what was scored, the subject or what stands for it
	Via      string    `json:"via,omitempty"`   // why it stands for it: exactMatchOf, replacedBy
	Value    string    `json:"value,omitempty"` // what was compared
	Met      bool      `json:"met,omitempty"`
	Counted  bool      `json:"counted,omitempty"` // the award rests on it
	Reason   Reason    `json:"reason,omitempty"`  // why it does not count

	event *Event
}

func (n *Node) met() bool { return n.Outcome == OutcomeSatisfied }

// Leaves walks the leaves, those of groups that were passed over too.
func (n *Node) Leaves(yield func(*Node) bool) {
	n.walk(func(*Node) bool { return true }, yield)
}

// carrying walks the leaves that what the node came to rests on.
func (n *Node) carrying(yield func(*Node) bool) {
	n.walk(func(n *Node) bool { return n.Counted }, yield)
}

func (n *Node) walk(into func(*Node) bool, yield func(*Node) bool) bool {
	if len(n.Of) == 0 {
		return yield(n)
	}
	for _, one := range n.Of {
		if into(one) && !one.walk(into, yield) {
			return false
		}
	}
	return true
}

// Unmet returns the subjects of the leaves that are open, each once.
func (n *Node) Unmet() []string { return n.subjects(func(l *Node) bool { return !l.met() }) }

// WaivedSubjects returns those from which the learner was excused.
func (n *Node) WaivedSubjects() []string { return n.subjects(func(l *Node) bool { return l.Waived }) }

func (n *Node) subjects(wanted func(*Node) bool) (all []string) {
	seen := map[string]bool{}
	for l := range n.Leaves {
		if l.Subject != "" && !seen[l.Subject] && wanted(l) {
			seen[l.Subject] = true
			all = append(all, l.Subject)
		}
	}
	return all
}
