package present

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Part is a part of a credential as people call it: one of the constants, or a member of the
// model as its specification names it, the class and the member: "Result.value",
// "Achievement.humanCode". It stands for the member wherever an object of the class has it.
// The zero Part is none.
type Part string

// The parts that have names of their own. What each stands for is told by [Part.Members].
const (
	PartGrades       Part = "grades"       // how well it was done: what results say, not that there are any
	PartResults      Part = "results"      // results, grades and all
	PartScales       Part = "scales"       // what results can be: the result descriptions of achievements
	PartCredits      Part = "credits"      // credits earned and to be had
	PartEvidence     Part = "evidence"     // what shows that it was achieved
	PartNarrative    Part = "narrative"    // how this person reached it
	PartDates        Part = "dates"        // when it was done and awarded, but not from when the credential holds
	PartTerm         Part = "term"         // the term in which it was done
	PartRole         Part = "role"         // the learner's role, and licence number
	PartSource       Part = "source"       // who assessed it
	PartIdentity     Part = "identity"     // identifiers of the learner, such as a hashed e-mail address
	PartDescription  Part = "description"  // what the achievement is about
	PartCriteria     Part = "criteria"     // what it takes to achieve it
	PartAlignments   Part = "alignments"   // skills of frameworks
	PartEndorsements Part = "endorsements" // what others say of it
	PartImages       Part = "images"       // pictures
	PartAssociations Part = "associations" // how the achievements of a record hang together
	PartExtensions   Part = "extensions"   // members that the model does not have
)

// named are the members that the named parts stand for.
var named = []struct {
	part    Part
	members []string
}{
	{PartGrades, []string{"Result.value", "Result.achievedLevel", "Result.status"}},
	{PartResults, []string{"AchievementSubject.result"}},
	{PartScales, []string{"Achievement.resultDescription"}},
	{PartCredits, []string{"AchievementSubject.creditsEarned", "Achievement.creditsAvailable"}},
	{PartEvidence, []string{"AchievementCredential.evidence", "ClrCredential.evidence", "VerifiableCredential.evidence"}},
	{PartNarrative, []string{"AchievementSubject.narrative"}},
	{PartDates, []string{"AchievementSubject.activityStartDate", "AchievementSubject.activityEndDate",
		"AchievementCredential.awardedDate", "ClrCredential.awardedDate"}},
	{PartTerm, []string{"AchievementSubject.term"}},
	{PartRole, []string{"AchievementSubject.role", "AchievementSubject.licenseNumber"}},
	{PartSource, []string{"AchievementSubject.source"}},
	{PartIdentity, []string{"AchievementSubject.identifier", "ClrSubject.identifier"}},
	{PartDescription, []string{"Achievement.description", "AchievementCredential.description", "ClrCredential.description"}},
	{PartCriteria, []string{"Achievement.criteria"}},
	{PartAlignments, []string{"Achievement.alignment", "Result.alignment", "ResultDescription.alignment",
		"RubricCriterionLevel.alignment"}},
	{PartEndorsements, []string{"AchievementCredential.endorsement", "AchievementCredential.endorsementJwt",
		"ClrCredential.endorsement", "ClrCredential.endorsementJwt", "Achievement.endorsement", "Achievement.endorsementJwt",
		"Profile.endorsement", "Profile.endorsementJwt"}},
	{PartImages, []string{"AchievementCredential.image", "ClrCredential.image", "AchievementSubject.image", "Achievement.image",
		"Profile.image"}},
	{PartAssociations, []string{"ClrSubject.association"}},
	{PartExtensions, nil},
}

// Parts lists the parts that have names of their own.
func Parts() []Part {
	var all []Part
	for _, n := range named {
		all = append(all, n.part)
	}
	return all
}

// Members returns the members of the model that a part stands for, as Class.member: none for
// [PartExtensions], and for what is no part.
func (p Part) Members() []string {
	for _, n := range named {
		if n.part == p {
			return slices.Clone(n.members)
		}
	}
	if modelMembers()[string(p)] {
		return []string{string(p)}
	}
	return nil
}

// modelMembers are the members of all classes that a holder could be asked about: not those
// that make an object what it is, nor those of proofs, which are not the holder's to choose.
var modelMembers = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, class := range door.Schema().Classes() {
		for i := range class.Members {
			if name := class.Members[i].Name; !structural(name) && class.Name != "Proof" {
				all[className(class.Name)+"."+name] = true
			}
		}
	}
	return all
})

// className is the name of a class in the specification: the form that it has under VCDM 1.1
// is another class of the table.
func className(name string) string { return strings.TrimSuffix(name, "v1p1") }

// structural reports whether a member of this name says what the rest is of.
func structural(name string) bool {
	return name == "@context" || name == "type" || name == "id" || name == "proof"
}

// wishes are parts by the member that they are found at.
type wishes struct {
	byMember   map[string]Part
	extensions bool
}

func wishesOf(parts []Part) (w wishes, err error) {
	w.byMember = map[string]Part{}
	for _, p := range parts {
		members := p.Members()
		if p == PartExtensions {
			w.extensions = true
		} else if len(members) == 0 {
			return w, fmt.Errorf("present: %s names no part of a credential", quote.Text(string(p)))
		}
		for _, m := range members {
			w.byMember[m] = p
		}
	}
	return w, nil
}

// match returns the part that a member of an object of a class belongs to.
func (w *wishes) match(class, member string, known bool) (Part, bool) {
	if !known {
		return PartExtensions, w.extensions && !structural(member) && rules.RoleOf(member) == ""
	}
	p, is := w.byMember[className(class)+"."+member]
	return p, is
}
