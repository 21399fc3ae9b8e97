package ob_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

const (
	subjectAt     = "/credentialSubject"
	achievementAt = subjectAt + "/achievement"
)

// outline is what a finding says, without its words.
func outline(findings []*vc.Problem) (lines []string) {
	for _, f := range findings {
		lines = append(lines, f.Severity.String()+" "+string(f.Code)+" "+f.Pointer)
	}
	return lines
}

// A profile is judged alone as it is as an issuer.
func TestCheckProfile(t *testing.T) {
	good := ob.Profile{
		ID: "https://harbour.example/issuer", Type: vc.Many("Profile"), Name: vc.Plain("Harbour School"), Email: "office@harbour.example",
	}
	require.Empty(t, good.Check())
	for want, spoil := range map[string]func(*ob.Profile){
		"error member-missing /id":          func(p *ob.Profile) { p.ID = "" },
		"error iri-not-absolute /id":        func(p *ob.Profile) { p.ID = "harbour" },
		"error type-lacks-class /type":      func(p *ob.Profile) { p.Type = vc.Many("Issuer") },
		"error member-missing /type":        func(p *ob.Profile) { p.Type = vc.OneOrMany[string]{} },
		"error email-malformed /email":      func(p *ob.Profile) { p.Email = "office" },
		"error date-malformed /dateOfBirth": func(p *ob.Profile) { p.DateOfBirth = "1.2.2000" },
		"error image-neither-png-nor-svg /image/id": func(p *ob.Profile) {
			p.Image = vc.Embed(ob.Image{ID: "data:image/jpeg;base64,AA", Type: vc.One("Image")})
		},
		"error member-missing /parentOrg/id": func(p *ob.Profile) { p.ParentOrg = &ob.Profile{Type: vc.Many("Profile")} },
		"error member-missing /address/geo/latitude": func(p *ob.Profile) {
			p.Address = &ob.Address{Type: vc.Many("Address"), Geo: &ob.GeoCoordinates{Type: vc.One("GeoCoordinates"), Longitude: "7"}}
		},
		"error jwt-malformed /endorsementJwt/0": func(p *ob.Profile) { p.EndorsementJWT = vc.Many("e30") },
		"error value-not-in-enumeration /otherIdentifier/0/identifierType": func(p *ob.Profile) {
			p.OtherIdentifier = vc.Many(ob.IdentifierEntry{Type: vc.One("IdentifierEntry"), Identifier: "7", IdentifierType: "number"})
		},
	} {
		p := good
		spoil(&p)
		require.Equal(t, []string{want}, outline(p.Check()))
	}
}

func TestCheckAchievement(t *testing.T) {
	good := ob.NewAchievement("Knots", "Ties knots.", "Tie twelve.")
	require.Empty(t, good.Check())
	for want, spoil := range map[string]func(*ob.Achievement){
		"error member-missing /id":                        func(a *ob.Achievement) { a.ID = "" },
		"error member-missing /name":                      func(a *ob.Achievement) { a.Name = vc.Plain("") },
		"error member-missing /description":               func(a *ob.Achievement) { a.Description = vc.Plain("") },
		"error criteria-missing /criteria":                func(a *ob.Achievement) { a.Criteria = ob.Criteria{} },
		"error value-not-in-enumeration /achievementType": func(a *ob.Achievement) { a.AchievementType = "Coursework" },
		"error language-code-malformed /inLanguage":       func(a *ob.Achievement) { a.InLanguage = "english" },
		"error member-missing /alignment/0/targetUrl": func(a *ob.Achievement) {
			a.Alignment = vc.Many(ob.Alignment{Type: vc.Many("Alignment"), TargetName: vc.Plain("x")})
		},
		"error required-value-not-allowed /resultDescription/0/requiredValue": func(a *ob.Achievement) {
			a.ResultDescription = vc.Many(ob.ResultDescription{
				ID: "urn:d", Type: vc.Many("ResultDescription"), Name: vc.Plain("Grade"), ResultType: ob.ResultTypeLetterGrade,
				AllowedValue: vc.Many("A", "B"), RequiredValue: "C",
			})
		},
	} {
		a := good
		spoil(&a)
		require.Equal(t, []string{want}, outline(a.Check()))
	}
}

// A model is judged as what it is, not as what its type says: a type forgotten is
// a fault and no other kind of credential.
func TestCheckJudgesTheModel(t *testing.T) {
	c := ob.NewEndorsementCredential(ob.Endorsed{Issuer: ob.Profile{ID: "urn:i"}, Subject: "urn:s"})
	c.Type = vc.Many("VerifiableCredential")
	require.Equal(t, []string{"error credential-type-missing /type"}, outline(c.Check()))
	require.Equal(t, []string{"error json-refused "}, outline(ob.Achievement{CreditsAvailable: "three"}.Check()))
}
