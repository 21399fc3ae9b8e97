package dataintegrity_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// repeated is a badge whose profiles state the same of one id at several places.
const repeated = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"name":"Keel","issuer":@school,"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"source":@school,"achievement":{"id":"https://school.example/keel",
"type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"narrative":"Lay one."},"creator":@guild,
"related":[{"id":"https://school.example/knots","type":["Related"],"version":"2"}]}},
"evidence":[{"id":"urn:x:log","type":["Evidence"],"name":"Log","genre":"Log"},{"type":["Evidence"],"name":"Talk"}]}`

func repeatedBadge(t *testing.T, mandatory ...string) []byte {
	guild := `{"id":"https://guild.example/","type":["Profile"],"name":"Guild","url":"https://guild.example/","parentOrg":@union}`
	school := `{"id":"` + holder(t).ID + `","type":["Profile"],"name":"School","url":"https://x.example/","email":"a@x.example","parentOrg":` + guild + `}`
	union := `{"id":"https://union.example/","type":["Profile"],"name":"Union"}`
	text := strings.NewReplacer("@union", union).Replace(strings.NewReplacer("@school", school, "@guild", guild).Replace(repeated))
	return baseOf(t, []byte(text), func(o *dataintegrity.SignOptions) {
		o.SkipRequiredPointers, o.MandatoryPointers = true, append(mandatory, "/issuer/id")
	})
}

// Whatever is chosen of a badge that repeats itself, what is shown can be read in one way:
// what is told of an id is told in each of its objects that are shown.
func TestRepeatedStatements(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2023))
	for _, mandatory := range [][]string{nil, {"/credentialSubject/source/email"}, {"/credentialSubject/achievement/creator/name"}} {
		base := repeatedBadge(t, mandatory...)
		all := leaves(t, base)
		for range 150 {
			var chosen []string
			for range 1 + r.IntN(4) {
				chosen = append(chosen, all[r.IntN(len(all))])
			}
			requireGood(t, derive(t, base, chosen...), strings.Join(chosen, " "))
		}
	}
}

// No object is shown for what is repeated in it, and no other statement of it.
func TestRepeatedStatementsAddNone(t *testing.T) {
	base := repeatedBadge(t)
	read := func(pointers ...string) (shown struct {
		Issuer            map[string]any
		CredentialSubject struct{ Source, Achievement map[string]any }
	}) {
		part, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: pointers})
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(part, &shown))
		return shown
	}
	shown := read("/credentialSubject/source/email")
	require.Equal(t, "a@x.example", shown.Issuer["email"])
	require.NotContains(t, shown.Issuer, "name")
	require.NotContains(t, shown.Issuer, "parentOrg")

	shown = read("/credentialSubject/achievement/creator/name")
	require.NotContains(t, shown.Issuer, "parentOrg", "which nobody chose, and is no statement of the creator")
	require.Nil(t, shown.CredentialSubject.Source)

	shown = read("/credentialSubject/source/parentOrg/name")
	require.Equal(t, map[string]any{"id": "https://guild.example/", "type": []any{"Profile"}, "name": "Guild"}, shown.Issuer["parentOrg"])
}
