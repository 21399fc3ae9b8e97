package page

import (
	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// ignored are why a claim counts for nothing although a reading has nothing against it: at
// the claim, and unfolded.
var ignored = map[match.Reason]struct{ word, says string }{
	match.AgainstAlignment: {"Points at nothing here",
		"It points at nothing that the frameworks of this job know, so it counts neither way."},
	match.AgainstResult: {"Not passed", "Its results say that nothing was reached, so it does not count."},
	match.AgainstPolicy: {"Not taken", "The policy that was used does not take it."},
}

// linkNames are what a link is worth something for, as people call it.
var linkNames = map[casefw.AssociationType]string{
	casefw.ExactMatchOf: "What is the same", casefw.IsTranslationOf: "A translation", casefw.ReplacedBy: "What it replaced",
	casefw.IsPartOf: "What contributes to it", casefw.IsRelatedTo: "What is related", match.AnyExtension: "Other links",
}
