package ob

import "github.com/laurel-edu/laurel/vc"

// Achievement is what can be reached: a course, a degree, a competency (Open
// Badges 3.0, Achievement). [NewAchievement] makes one from the three things
// that it must say.
type Achievement struct {
	ID                vc.IRI                              `json:"id,omitzero"`
	Type              vc.OneOrMany[string]                `json:"type,omitzero"`
	Alignment         vc.OneOrMany[Alignment]             `json:"alignment,omitzero"`
	AchievementType   AchievementType                     `json:"achievementType,omitzero"`
	Creator           *Profile                            `json:"creator,omitzero"`
	CreditsAvailable  vc.Number                           `json:"creditsAvailable,omitzero"`
	Criteria          Criteria                            `json:"criteria,omitzero"`
	Description       vc.Text                             `json:"description,omitzero"`
	Endorsement       vc.OneOrMany[EndorsementCredential] `json:"endorsement,omitzero"`
	EndorsementJWT    vc.OneOrMany[string]                `json:"endorsementJwt,omitzero"`
	FieldOfStudy      vc.Text                             `json:"fieldOfStudy,omitzero"`
	HumanCode         string                              `json:"humanCode,omitzero"`
	Image             vc.Ref[Image]                       `json:"image,omitzero"`
	InLanguage        string                              `json:"inLanguage,omitzero"` // BCP 47
	Name              vc.Text                             `json:"name,omitzero"`
	OtherIdentifier   vc.OneOrMany[IdentifierEntry]       `json:"otherIdentifier,omitzero"`
	Related           vc.OneOrMany[Related]               `json:"related,omitzero"`
	ResultDescription vc.OneOrMany[ResultDescription]     `json:"resultDescription,omitzero"`
	Specialization    vc.Text                             `json:"specialization,omitzero"`
	Tag               vc.OneOrMany[vc.Text]               `json:"tag,omitzero"`
	Version           string                              `json:"version,omitzero"`
	Extra             vc.Extra                            `json:",embed"`
}

// Identifier implements [vc.Identified].
func (a *Achievement) Identifier() vc.IRI { return a.ID }

// Criteria is what one does to reach the achievement: a page, a text, or both
// (Open Badges 3.0, Criteria). It should have at least one of them.
type Criteria struct {
	ID        vc.IRI   `json:"id,omitzero"`
	Narrative vc.Text  `json:"narrative,omitzero"` // Markdown, not sanitised
	Extra     vc.Extra `json:",embed"`
}

// Related names another form of the achievement: a translation, another
// version, its twin of Open Badges 2.0 (Open Badges 3.0, Related).
type Related struct {
	ID         vc.IRI               `json:"id,omitzero"`
	Type       vc.OneOrMany[string] `json:"type,omitzero"`
	InLanguage string               `json:"inLanguage,omitzero"` // BCP 47
	Version    string               `json:"version,omitzero"`
	Extra      vc.Extra             `json:",embed"`
}

// Alignment ties an achievement or a result to a node of a framework (Open
// Badges 3.0, Alignment). [AlignCASE] makes one to a CASE item.
type Alignment struct {
	Type              vc.OneOrMany[string] `json:"type,omitzero"`
	TargetCode        string               `json:"targetCode,omitzero"`
	TargetDescription vc.Text              `json:"targetDescription,omitzero"`
	TargetName        vc.Text              `json:"targetName,omitzero"`
	TargetFramework   vc.Text              `json:"targetFramework,omitzero"`
	TargetType        AlignmentTargetType  `json:"targetType,omitzero"`
	TargetURL         vc.IRI               `json:"targetUrl,omitzero"`
	Extra             vc.Extra             `json:",embed"`
}
