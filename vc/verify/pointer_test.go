package verify_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// changesOf yields what becomes of a JSON value where each of the values in it is missing,
// is of another kind, or stands in an array.
func changesOf(v any, yield func(changed any)) {
	others := []any{nil, 7.0, "x", []any{}, map[string]any{}, true}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			with := func(value any) any {
				changed := maps.Clone(v)
				changed[name] = value
				return changed
			}
			without := maps.Clone(v)
			delete(without, name)
			yield(without)
			for _, other := range append(others, []any{v[name], v[name]}) {
				yield(with(other))
			}
			changesOf(v[name], func(changed any) { yield(with(changed)) })
		}
	case []any:
		for i := range v {
			with := func(value any) any {
				changed := slices.Clone(v)
				changed[i] = value
				return changed
			}
			for _, other := range others {
				yield(with(other))
			}
			changesOf(v[i], func(changed any) { yield(with(changed)) })
		}
	}
}

// requirePoints holds that a pointer leads to a value in a document, or to a member that an
// object in it lacks.
func requirePoints(t *testing.T, document any, pointer string) {
	t.Helper()
	if pointer == "" {
		return
	}
	steps := strings.Split(pointer, "/")
	require.Empty(t, steps[0], pointer)
	for i, step := range steps[1:] {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		switch v := document.(type) {
		case map[string]any:
			next, ok := v[step]
			require.True(t, ok || i == len(steps)-2, "%s leads nowhere", pointer)
			document = next
		case []any:
			n, err := strconv.Atoi(step)
			require.NoError(t, err, pointer)
			require.Less(t, n, len(v), pointer)
			document = v[n]
		default:
			require.Fail(t, "it leads into a value", "%s, %v", pointer, v)
		}
	}
}

// requireReport holds that whatever is told in a report points into the document.
func requireReport(t *testing.T, document any, r *verify.Report, told map[vc.Code]bool) {
	t.Helper()
	for i := range r.Checks {
		c := &r.Checks[i]
		requirePoints(t, document, c.Pointer)
		for _, p := range slices.Concat(c.Problems, c.Warnings) {
			requirePoints(t, document, p.Pointer)
			told[p.Code] = true
		}
	}
	for _, n := range r.Nested {
		requirePoints(t, document, n.Pointer)
		if n.Report.Form == vc.FormJSON { // a token has pointers of its own
			requireReport(t, document, n.Report, told)
		}
	}
}

// oldBadge is the full badge in VCDM 1.1.
func oldBadge(t *testing.T, did string) map[string]any {
	t.Helper()
	text, err := os.ReadFile("../../ob/testdata/full.json")
	require.NoError(t, err)
	var doc map[string]any
	require.NoError(t, json.Unmarshal(text, &doc))
	doc["@context"].([]any)[0] = vc.ContextV1
	doc["issuer"].(map[string]any)["id"] = did
	for now, then := range map[string]string{"validFrom": "issuanceDate", "validUntil": "expirationDate"} {
		doc[then] = doc[now]
		delete(doc, now)
	}
	return doc
}

// Whatever is wrong with the credential in the claim vc of a token, each finding points into
// the credential, as it does where the same credential comes as JSON.
func TestPointersIntoTokens(t *testing.T) {
	school := edIssuer(t, 1)
	header := `{"alg":"EdDSA","typ":"JWT","kid":"` + school.method + `"}`
	claims := `"jti":"https://harbour.example/credentials/1042","iss":"` + school.did +
		`","sub":"did:example:holder-7","nbf":1748764800,"exp":1906502400,"aud":"urn:somebody","vc":`
	drawn, told := 0, map[vc.Code]bool{}
	draw := func(credential any) {
		text, err := json.Marshal(credential)
		require.NoError(t, err)
		token := []byte(school.token(t, proof.EdDSA, header, "{"+claims+string(text)+"}"))
		doc, err := vc.Parse(token)
		if err != nil { // the claim vc is no object
			require.Empty(t, vc.ProblemOf(err).Pointer)
			return
		}
		var document any
		require.NoError(t, json.Unmarshal(door.Root(doc).Raw(), &document))
		config := verify.Config{Kinds: []string{"AchievementCredential"}}
		inToken, plain := inspect(t, token, config), inspect(t, door.Root(doc).Raw(), config)
		require.Equal(t, findingsOf(plain, verify.CheckRules), findingsOf(inToken, verify.CheckRules), "%.300s", text)
		requireReport(t, document, inToken, told)
		drawn++
	}
	whole := oldBadge(t, school.did)
	bare := maps.Clone(whole)
	for _, name := range []string{"id", "issuer", "issuanceDate"} {
		delete(bare, name) // and back from the claims
	}
	draw(whole)
	draw(bare)
	every := 1
	if testing.Short() {
		every = 8
	}
	n := 0
	changesOf(whole, func(changed any) {
		if n++; n%every == 0 {
			draw(changed)
		}
	})
	draw(map[string]any{"@context": []any{vc.ContextV1}, "type": []any{"VerifiableCredential"}, "credentialSubject": map[string]any{}})
	require.Greater(t, drawn, 1000/every)
	if testing.Short() {
		return // what is told by one change in eight is not the same each time that the badge changes
	}
	for _, code := range []vc.Code{verify.CodeKindNotAccepted, rules.CodeDateTime, rules.CodeMemberKind, rules.CodeSubjectMissing,
		proof.CodeJWTIssMismatch, verify.CodeTermWithoutMeaning, verify.CodeContextInline} {
		require.True(t, told[code], "%s was not drawn, of %d", code, len(told))
	}
}

func findingsOf(r *verify.Report, name verify.CheckName) (all []string) {
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Name == name {
			for _, p := range slices.Concat(c.Problems, c.Warnings) {
				all = append(all, p.Severity.String()+" "+string(p.Code)+" "+p.Pointer)
			}
		}
	}
	return all
}

// What stands outside of the credential has no pointer, and is named.
func TestClaimsAreNamed(t *testing.T) {
	school := edIssuer(t, 1)
	text, err := json.Marshal(oldBadge(t, school.did))
	require.NoError(t, err)
	header := `{"alg":"EdDSA","typ":"JWT","kid":"` + school.method + `"}`
	for payload, found := range map[string]string{
		`"nbf":"soon","vc":` + string(text): "nbf",
		`"exp":1e300,"vc":` + string(text):  "exp",
		`"iss":7,"vc":` + string(text):      "iss",
		`"vc":7`:                            "vc",
		`"nbf":"soon","vc":{"type":[]}`:     "nbf",
		`"vp":{},"vc":` + string(text):      "claim vp",
	} {
		r := inspect(t, []byte(school.token(t, proof.EdDSA, header, "{"+payload+"}")), verify.Config{})
		require.True(t, slices.ContainsFunc(slices.Concat(r.Problems(), r.Warnings()), func(p *vc.Problem) bool {
			return p.Pointer == "" && strings.Contains(p.Found, found)
		}), "%s: %v", payload[:min(len(payload), 60)], r.Problems())
	}
	aud := school.token(t, proof.EdDSA, header, claims(t, school.did, `"aud":"urn:a",`))
	require.Equal(t, []string{"warning audience-named "}, findingsOf(inspect(t, []byte(aud), verify.Config{}), verify.CheckProof))
	for part, token := range map[string]string{
		"header":  school.token(t, proof.EdDSA, `{"alg":"EdDSA","jwk":{"x":1,"x":2}}`, `{"vc":{}}`),
		"payload": school.token(t, proof.EdDSA, header, `{"vc":{"issuer":{"id":1,"id":2}}}`),
	} {
		_, err := vc.Parse([]byte(token))
		p := vc.ProblemOf(err)
		require.Contains(t, p.Found, "in the "+part)
		require.Equal(t, map[string]string{"header": "", "payload": "/issuer/id"}[part], p.Pointer)
	}
}
