package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// notBadges are samples among the valid ones that are no credentials of Open
// Badges 3.0, or fragments of some.
var notBadges = map[string]string{
	"plugfest-1-ex-1.json":               "a draft of 2022: no context of Open Badges, no id",
	"plugfest-1-ex-2.json":               "the same",
	"vp-with-openbadge-chapi.json":       "the issuer's image is a JPEG",
	"impl-extensions_01.json":            "a context",
	"impl-extensions_04.json":            "a JSON Schema",
	"impl-getting-started_f07.json":      "a profile with keys",
	"impl-getting-started_f08.json":      "a profile",
	"impl-getting-started_f09.json":      "identityType \"email\", an empty type: the guide's slip",
	"impl-migrating_02.json":             "Open Badges 2.0",
	"impl-migrating_04.json":             "Open Badges 2.0",
	"impl-migrating_05.json":             "a record",
	"impl-recommended-practices_06.json": "a fragment",
	"impl-recommended-practices_07.json": "a fragment",
	"impl-recommended-practices_08.json": "a fragment",
	"obv3__minimal-badge.json":           "the issuer has no type",
	"obv3__with-alignment.json":          "the issuer has no type",
}

func checkFile(t *testing.T, file string) []*vc.Problem {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	findings, err := rules.CheckJSON(text)
	require.NoError(t, err, file)
	return findings
}

func TestValidSamples(t *testing.T) {
	for _, file := range testkit.Samples(t, "valid/ob3-official", "valid/ob3-dcc", "valid/ob3-mit", "valid/ob3-plugfest", "valid/ob3-unsigned", "valid/spec-examples", "valid/learncard-unsigned") {
		name := filepath.Base(file)
		if notBadges[name] != "" {
			continue
		}
		findings := checkFile(t, file)
		require.Empty(t, vc.Errors(findings), "%s: %v", name, vc.Errors(findings))
	}
}

// What the official validator warns about is warned about here too.
func TestOfficialWarnings(t *testing.T) {
	for name, code := range map[string]vc.Code{
		"simple_v1.json":              rules.CodeDataModelOutdated,
		"simple-context-version.json": rules.CodeContextOutdated,
		"simple-eddsa-2022.json":      rules.CodeDataModelOutdated,
	} {
		file := sampleFile(t, "valid/ob3-official", name)
		require.True(t, slices.ContainsFunc(vc.Warnings(checkFile(t, file)), func(p *vc.Problem) bool { return p.Code == code }), name)
	}
}

func sampleFile(t *testing.T, folder, name string) string {
	for _, f := range testkit.Samples(t, folder) {
		if filepath.Base(f) == name {
			return f
		}
	}
	t.Fatalf("the shared samples lack %s/%s", folder, name)
	return ""
}

// The samples that are invalid by what the rules judge, with the code and the
// place that names the cause; the rest are invalid by their proof, dates, status
// or schema, and must not be refused here.
func TestInvalidSamples(t *testing.T) {
	const subject = "/credentialSubject"
	causes := map[string]struct {
		code    vc.Code
		pointer string
	}{
		"simple-err-context.json":                                                            {rules.CodeContextBase, "/@context"},
		"simple-noproof.json":                                                                {rules.CodeMemberMissing, subject + "/achievement"},
		"simple-err-issued.json":                                                             {rules.CodeMemberMissing, subject + "/achievement"}, // not only its date is wrong
		"simple-err-type.json":                                                               {rules.CodeCredentialType, "/type"},
		"simple-err-issuer.json":                                                             {rules.CodeIssuerMissing, "/issuer"},
		"simple-err-issuer-type.json":                                                        {rules.CodeTypeLacksClass, "/issuer/type"},
		"simple-err-issuer-otheridentifier-type.json":                                        {rules.CodeTypeLacksClass, "/issuer/otherIdentifier/1/type"},
		"simple-err-issuer-parentorg-type.json":                                              {rules.CodeTypeLacksClass, "/issuer/parentOrg/type"},
		"simple-err-credential-subject-type.json":                                            {rules.CodeTypeLacksClass, subject + "/type"},
		"simple-err-credential-subject-identifier-type.json":                                 {rules.CodeTypeLacksClass, subject + "/identifier/0/type"},
		"simple-err-credential-subject-profile-type.json":                                    {rules.CodeTypeLacksClass, subject + "/source/type"},
		"simple-err-credential-subject-achievement-result-description-type.json":             {rules.CodeTypeLacksClass, subject + "/achievement/resultDescription/2/type"},
		"moduleCertificate.json":                                                             {rules.CodeTerm, subject + "/achievement/achievementType"},
		"v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-credName.json":     {rules.CodeTerm, subject + "/achievement/achievementType"},
		"v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-credSubjName.json": {rules.CodeTerm, subject + "/achievement/achievementType"},
		"v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-identityHash.json": {rules.CodeTerm, subject + "/achievement/achievementType"},
		"invalid__empty-type.json":                                                           {rules.CodeCredentialType, "/type"},
		"invalid__missing-context.json":                                                      {rules.CodeContextMissing, "/@context"},
		"invalid__missing-issuer.json":                                                       {rules.CodeIssuerMissing, "/issuer"},
		"obv3__1edtech-full.json":                                                            {rules.CodeTerm, subject + "/achievement/resultDescription/1/resultType"},
		"obv3__with-endorsement.json":                                                        {rules.CodeMemberMissing, "/endorsement/0/name"},
		"elm-MC-unsigned-OB.1ob":                                                             {rules.CodeMemberMissing, subject + "/achievement/resultDescription/0/id"},
	}
	met := 0
	for _, file := range testkit.Samples(t, "invalid/ob3-official", "invalid/ob3-dcc", "invalid/ob3-mit", "invalid/learncard", "invalid/learncard-unsigned", "invalid/ob3-unsigned") {
		name := filepath.Base(file)
		want, ours := causes[name]
		findings := checkFile(t, file)
		if !ours {
			continue
		}
		met++
		require.True(t, slices.ContainsFunc(vc.Errors(findings), func(p *vc.Problem) bool {
			return p.Code == want.code && p.Pointer == want.pointer
		}), "%s: %v", name, outline(findings))
	}
	require.Equal(t, len(causes), met)
	for _, name := range []string{
		"simple-err-expired.json", "simple-err-proof-value.json", "simple-err-proof-method.json",
		"simple-err-proof-method-no-scheme.json", "simple-err-proof-method-unknown-scheme.json", "credential-status-revoked.json",
	} {
		require.Empty(t, vc.Errors(checkFile(t, sampleFile(t, "invalid/ob3-official", name))), "%s is well formed", name)
	}
}
