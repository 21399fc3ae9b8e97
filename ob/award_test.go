package ob_test

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// counter makes ids that a test can foretell.
func counter() func() vc.IRI {
	n := 0
	return func() vc.IRI {
		n++
		return vc.IRI("urn:test:" + strconv.Itoa(n))
	}
}

func award() ob.Award {
	return ob.Award{
		Issuer:    ob.Profile{ID: "https://harbour.example/issuer", Name: vc.Plain("Harbour School")},
		Recipient: ob.RecipientEmail("jonas@example.org", "b3d1"),
		Achievement: ob.Achievement{
			Name: vc.Plain("Knots"), Description: vc.Plain("Ties knots."), Criteria: ob.Criteria{Narrative: vc.Plain("Tie twelve.")},
		},
		Now:   testkit.Clock,
		NewID: counter(),
	}
}

func TestSmallestAward(t *testing.T) {
	c := ob.NewAchievementCredential(award())
	require.Empty(t, outline(c.Check()))
	text, err := c.JSON()
	require.NoError(t, err)
	require.JSONEq(t, `{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id": "urn:test:1",
		"type": ["VerifiableCredential", "OpenBadgeCredential"],
		"name": "Knots",
		"issuer": {"id": "https://harbour.example/issuer", "type": ["Profile"], "name": "Harbour School"},
		"validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": {
			"type": ["AchievementSubject"],
			"identifier": [{"type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "salt": "b3d1",
				"identityHash": "`+ob.IdentityHash(ob.SHA256, "jonas@example.org", "b3d1")+`"}],
			"achievement": {"id": "urn:test:2", "type": ["Achievement"], "name": "Knots", "description": "Ties knots.",
				"criteria": {"narrative": "Tie twelve."}}
		}
	}`, string(text))
}

// A full award conforms without a type or an id of its author's: the constructor
// completes each class.
func TestFullAward(t *testing.T) {
	a := award()
	level := ob.RubricCriterionLevel{
		ID: "urn:level", Name: vc.Plain("Safe"), Alignment: vc.Many(ob.Alignment{TargetName: vc.Plain("x"), TargetURL: "urn:x"}),
	}
	a.Achievement.ResultDescription = vc.Many(
		ob.ResultDescription{
			ID: "urn:description", Name: vc.Plain("Passage"), ResultType: ob.ResultTypeRubricCriterionLevel,
			RubricCriterionLevel: vc.Many(level),
		},
		ob.ResultDescription{Name: vc.Plain("Outcome"), ResultType: ob.ResultTypeStatus},
	)
	a.Achievement.Alignment = vc.Many(ob.AlignCASE("https://frameworks.example/ims/case/v1p0/CFItems/1", "1", "Ties knots.", "Seamanship"))
	a.Achievement.Creator = &ob.Profile{ID: "urn:creator", Address: &ob.Address{Geo: &ob.GeoCoordinates{Latitude: "53.5", Longitude: "10"}}}
	a.Achievement.OtherIdentifier = vc.Many(ob.IdentifierEntry{Identifier: "K", IdentifierType: ob.IdentifierOther})
	a.Achievement.Related = vc.Many(ob.Related{ID: "urn:related"})
	a.Achievement.Image = vc.RefTo[ob.Image]("https://harbour.example/knots.png")
	a.Issuer.ParentOrg = &ob.Profile{ID: "urn:parent"}
	a.Issuer.Image = vc.Embed(ob.Image{ID: "https://harbour.example/logo.svg"})
	a.Results = []ob.Result{{ResultDescription: "urn:description", AchievedLevel: "urn:level"}}
	a.Evidence = []ob.Evidence{{ID: "https://harbour.example/log"}}
	a.Source = &ob.Profile{ID: "urn:source"}
	a.Image = &ob.Image{ID: "https://harbour.example/badge.png"}
	a.CreditsEarned, a.LicenseNumber = "3.5", "7"
	a.Role, a.Term, a.Narrative, a.Description = vc.Plain("Skipper"), vc.Plain("2026"), vc.Plain("Tied."), vc.Plain("A badge")
	a.ActivityStart, a.ActivityEnd, a.AwardedDate, a.ValidUntil = testkit.Now, testkit.Now, testkit.Now, testkit.Now.Add(time.Hour)
	a.Status = &vc.CredentialStatus{ID: "https://harbour.example/revoked", Type: vc.One(ob.TypeRevocationList)}
	a.Schemas = []vc.CredentialSchema{{ID: "https://harbour.example/schema", Type: vc.One(ob.TypeSchemaValidator)}}
	a.Refresh = &vc.RefreshService{ID: "https://harbour.example/refresh", Type: vc.One(ob.TypeCredentialRefresh)}

	c := ob.NewAchievementCredential(a)
	require.Empty(t, outline(c.Check()))
	require.Equal(t, vc.IRI(ob.ContextExtensions), c.Context.Items[2].ID)

	require.True(t, a.Achievement.Creator.Type.IsZero(), "what the caller gave is not changed")
	require.True(t, a.Achievement.ResultDescription.Items[0].Type.IsZero())
	require.True(t, a.Achievement.ResultDescription.Items[0].RubricCriterionLevel.Items[0].Type.IsZero())
	require.True(t, a.Achievement.Creator.Address.Geo.Type.IsZero())
	require.True(t, a.Results[0].Type.IsZero())
	require.True(t, a.Issuer.Image.Object.Type.IsZero())
	require.True(t, a.Image.Type.IsZero())
}

func TestAwardSaysWhatIsMissing(t *testing.T) {
	c := ob.NewAchievementCredential(ob.Award{Now: testkit.Clock, NewID: counter()})
	require.Equal(t, []string{
		"error member-missing /issuer/id",
		"error criteria-missing " + achievementAt + "/criteria",
		"error member-missing " + achievementAt + "/description",
		"error member-missing " + achievementAt + "/name",
		"warning subject-unidentified " + subjectAt,
	}, outline(c.Check()))
}

func TestUnwritableDraft(t *testing.T) {
	a := award()
	a.CreditsEarned = "three"
	findings := ob.NewAchievementCredential(a).Check()
	require.Equal(t, []string{"error json-refused "}, outline(findings))
}

func TestNewEndorsementCredential(t *testing.T) {
	c := ob.NewEndorsementCredential(ob.Endorsed{
		Issuer: ob.Profile{ID: "https://ministry.example/"}, Subject: "https://harbour.example/issuer", Comment: vc.Plain("Good."),
		Now: testkit.Clock, NewID: counter(),
	})
	require.Empty(t, outline(c.Check()))
	require.Equal(t, vc.IRI("urn:test:1"), c.ID)
	require.Equal(t, "2026-01-01T00:00:00Z", c.ValidFrom.String())
	missing := ob.NewEndorsementCredential(ob.Endorsed{Issuer: ob.Profile{ID: "urn:i"}})
	require.Equal(t, []string{"error member-missing /credentialSubject/id"}, outline(missing.Check()))
}

func TestNewID(t *testing.T) {
	form := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[vc.IRI]bool{}
	for range 1000 {
		id := ob.NewID()
		require.Regexp(t, form, id)
		require.False(t, seen[id])
		seen[id] = true
	}
}

func TestNewAchievement(t *testing.T) {
	a := ob.NewAchievement("Knots", "Ties knots.", "Tie twelve.")
	require.NotEqual(t, a.ID, ob.NewAchievement("Knots", "", "").ID)
	require.Equal(t, []string{"Achievement"}, a.Type.Items)
}
