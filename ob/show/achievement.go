package show

import (
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Achievement is what can be reached.
type Achievement struct {
	ID, Link          string
	Name, Description Text
	Type              string // in words, such as "Micro credential"
	Criteria          Rich
	CriteriaLink      string
	Image             Picture
	Creator           Party
	Code              string // as people write it, such as "MATH 101"
	FieldOfStudy      Text
	Specialization    Text
	Credits           string // available
	Version           string
	Language          string // BCP 47
	Tags              []Text
	Skills            []Skill
	Scales            []Scale
	Related           []string // ids of its other forms
}

// Skill is a node of a framework that an achievement, a result or a level is aligned
// with.
type Skill struct {
	Name, Framework Text
	Description     Text
	Code            string
	Type            string
	Link            string // the node itself
}

func (m maker) achievement(a *ob.Achievement) Achievement {
	shown := Achievement{
		ID: string(a.ID), Link: Link(a.ID), Name: m.text(a.Name), Description: m.text(a.Description),
		Type: typeWords(string(a.AchievementType)), Criteria: m.rich(a.Criteria.Narrative), CriteriaLink: Link(a.Criteria.ID),
		Image: m.picture(a.Image), Creator: m.party(a.Creator), Code: a.HumanCode, FieldOfStudy: m.text(a.FieldOfStudy),
		Specialization: m.text(a.Specialization), Credits: string(a.CreditsAvailable), Version: a.Version, Language: a.InLanguage,
		Skills: m.skills(a.Alignment.Items),
	}
	for _, tag := range a.Tag.Items {
		shown.Tags = append(shown.Tags, m.text(tag))
	}
	for _, r := range a.Related.Items {
		shown.Related = append(shown.Related, string(r.ID))
	}
	for i := range a.ResultDescription.Items {
		shown.Scales = append(shown.Scales, m.scale(&a.ResultDescription.Items[i]))
	}
	return shown
}

func (m maker) skills(alignments []ob.Alignment) (skills []Skill) {
	for _, a := range alignments {
		skills = append(skills, Skill{
			Name: m.text(a.TargetName), Framework: m.text(a.TargetFramework), Description: m.text(a.TargetDescription),
			Code: a.TargetCode, Type: typeWords(string(a.TargetType)), Link: Link(a.TargetURL),
		})
	}
	return skills
}

// Evidence is what shows that an achievement was reached.
type Evidence struct {
	Name, Description Text
	Narrative         Rich
	Genre, Audience   Text
	Link              string
}

func (m maker) evidence(e ob.Evidence) Evidence {
	return Evidence{
		Name: m.text(e.Name), Description: m.text(e.Description), Narrative: m.rich(e.Narrative),
		Genre: m.text(e.Genre), Audience: m.text(e.Audience), Link: Link(vc.IRI(e.ID)),
	}
}
