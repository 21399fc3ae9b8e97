package verify_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Credentials from public reports, each read in a wanted language.
func TestLanguagesOfReports(t *testing.T) {
	at := verify.Config{Now: func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }}
	type texts struct{ credential, achievement, german string }
	for file, want := range map[string]texts{
		"j01b-credname-langarray.json":     {"Map Reading", "Map Reading", "Kartenlesen"},
		"j02-achname-langobj.json":         {"Map Reading", "Kartenlesen", "Map Reading"},
		"j03-achname-langmap-jcs.json":     {"Map Reading", "Map Reading", "Map Reading"},
		"j09-direction.json":               {"شهادة", "Map Reading", "شهادة"},
		"j10-lang-upper.json":              {"Kartenlesen", "Map Reading", "Kartenlesen"},
		"j11-criteria-narrative-lang.json": {"Map Reading", "Map Reading", "Map Reading"},
		"j12-issuer-name-lang.json":        {"Map Reading", "Map Reading", "Map Reading"},
	} {
		verified, err := verify.Verify(context.Background(), testkit.ReadShared(t, "reports/"+file), at)
		require.NoError(t, err, file)
		var c ob.AchievementCredential
		require.NoError(t, verified.Decode(&c), file)
		achievement := c.CredentialSubject.Achievement
		require.Equal(t, want, texts{c.Name.String(), achievement.Name.String(), c.Name.In("de-CH")}, file)
		switch file[:3] {
		case "j03":
			require.Equal(t, "Kartenlesen", achievement.Name.In("de"))
		case "j09":
			require.Equal(t, vc.LanguageValue{Value: "شهادة", Language: "ar", Direction: "rtl"}, c.Name.ValueIn("en"))
		case "j11":
			require.Equal(t, "Plan", achievement.Criteria.Narrative.String())
		case "j12":
			require.Equal(t, "Schule", c.Issuer.Object.Name.String())
		}
	}
	for _, file := range []string{"j04-value-lang-plain-jcs.json", "j22-jwt-name-object.jwt"} {
		_, err := verify.Verify(context.Background(), testkit.ReadShared(t, "reports/"+file), at)
		require.ErrorIs(t, err, &vc.Problem{Code: rules.CodeLanguageValue}, file)
	}
}

// A reference, and whatever else is no text, is none in place of a name.
func TestObjectsForTexts(t *testing.T) {
	school := edIssuer(t, 1)
	for name, code := range map[string]vc.Code{
		`{"id":"did:example:ada"}`:                                     "member-illegible",
		`{"id":"did:example:ada","type":"Achievement"}`:                rules.CodeLanguageValue,
		`{"@value":"Keel laying"}`:                                     "member-illegible",
		`[{"@value":"Keel laying","@language":"en"},"Keel","Keel II"]`: rules.CodeMemberRepeated,
	} {
		text := badge(t, school.did, `"name": "Keel laying",
      "desc`, `"name": `+name+`, "desc`)
		_, err := verify.Verify(context.Background(), school.sign(t, text, nil), verify.Config{Now: testkit.Clock})
		require.ErrorIs(t, err, &vc.Problem{Code: code}, name)
	}
}
