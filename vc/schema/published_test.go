package schema_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/schema"
)

const (
	badges  = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
	records = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/"
)

func TestPublished(t *testing.T) {
	for url, class := range map[string]rules.Class{
		badges + "ob_v3p0_achievementcredential_schema.json":                                            rules.AchievementCredential,
		strings.Replace(badges, "/json/", "/json-ld/", 1) + "ob_v3p0_endorsementcredential_schema.json": rules.EndorsementCredential,
		records + "clr_v2p0_clrcredential_schema.json":                                                  rules.ClrCredential,
		badges + "ob_v3p0_profile_schema.json":                                                          "",
	} {
		got, ok := schema.Published(url)
		require.True(t, ok, url)
		require.Equal(t, class, got)
	}
	for _, url := range []string{
		"", badges, badges + "x", badges + "ob_v3p0_achievementcredential_schema.json#",
		badges + "ob_v3p1_achievementcredential_schema.json",
		badges + "ob_v3p0_achievementcredential_schema.json?x", records + "ob_v3p0_achievementcredential_schema.json",
		strings.ToUpper(badges + "ob_v3p0_achievementcredential_schema.json"),
		strings.Replace(badges, "https", "http", 1) + "ob_v3p0_profile_schema.json",
	} {
		_, ok := schema.Published(url)
		require.False(t, ok, url)
	}
}

// Every schema of the shared data that is published is in the list, by its name.
func TestPublishedHasWhatIsPublished(t *testing.T) {
	for folder, at := range map[string]string{"ob_v3p0": badges, "clr_v2p0": records} {
		files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/schemas/"+folder), "*.json"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			_, ok := schema.Published(at + filepath.Base(f))
			require.True(t, ok, f)
		}
	}
}

// The published schemas are never asked for, are answered by the rules for the kind of
// credential that they are for, and fit no other. What is made up beside them is fetched
// like any other.
func TestPublishedIsAnsweredByTheRules(t *testing.T) {
	const badge = `{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "OpenBadgeCredential"],
		"issuer": "https://pool.example/issuer", "credentialSubject": {},
		"credentialSchema": {"id": "ID", "type": "1EdTechJsonSchemaValidator2019"}}`
	for url, c := range map[string]struct {
		state schema.State
		code  vc.Code
		asked int32
	}{
		badges + "ob_v3p0_achievementcredential_schema.json":    {schema.StateRules, "", 0},
		badges + "ob_v3p0_anyachievementcredential_schema.json": {schema.StateRules, "", 0},
		records + "clr_v2p0_achievementcredential_schema.json":  {schema.StateRules, "", 0},
		badges + "ob_v3p0_endorsementcredential_schema.json":    {schema.StateMisfits, schema.CodeOtherKind, 0},
		badges + "ob_v3p0_profile_schema.json":                  {schema.StateMisfits, schema.CodeOtherKind, 0},
		badges + "ob_v3p0_madeup_schema.json":                   {schema.StateUnknown, schema.CodeUnavailable, 1},
	} {
		h := &host{}
		e := check(t, parse(t, strings.Replace(badge, "ID", url, 1)), options(h))
		want(t, e, c.state, c.code)
		require.Equal(t, c.asked, h.asked.Load(), url)
	}
}
