package verify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Documents that make their verifier work: each is refused by a count, before the
// work is done.
func TestCostlyDocuments(t *testing.T) {
	school := edIssuer(t, 1)
	signed := string(school.sign(t, badge(t, school.did), nil))
	open := strings.Index(signed, `"proof":`) + len(`"proof":`)
	one := signed[open : len(signed)-1]
	proofs := func(list ...string) []byte { return []byte(signed[:open] + "[" + strings.Join(list, ",") + "]}") }
	chain := make([]string, 200)
	for i := range chain {
		prior := make([]string, 0, len(chain))
		for j := range chain {
			if j != i {
				prior = append(prior, fmt.Sprintf(`"urn:p:%d"`, j))
			}
		}
		chain[i] = fmt.Sprintf(`{"id":"urn:p:%d","previousProof":[%s],%s`, i, strings.Join(prior, ","), one[1:])
	}
	blank := func(n int) string { return strings.TrimSuffix(strings.Repeat(`{"type":["Evidence"]},`, n), ",") }
	with := func(member string) []byte { return replace(t, signed, `"validFrom"`, member+`, "validFrom"`) }
	unreadable := func(text []byte, code vc.Code) attack {
		return attack{text, verify.Config{}, verify.VerdictUnreadable, []vc.Code{code}}
	}
	types := replace(t, signed, `"OpenBadgeCredential"`, `"OpenBadgeCredential"`+strings.Repeat(`,"X"`, 100000))
	attacks(t, attack{text: proofs(one, one)}, map[string]attack{
		"a hundred thousand proofs":    refusal(proofs(strings.Repeat(`{},`, 100000)+"{}"), verify.CodeProofsTooMany),
		"a thousand copies":            refusal(proofs(strings.TrimSuffix(strings.Repeat(one+",", 1000), ",")), verify.CodeProofsTooMany),
		"each proof upon all others":   refusal(proofs(chain...), verify.CodeProofsTooMany),
		"sixteen upon one another":     refusal(proofs(chain[:16]...), proof.CodeProofChain),
		"a cycle of two":               refusal(proofs(strings.Replace(chain[0], `"urn:p:2",`, ``, 1), chain[1]), proof.CodeProofChain),
		"evidence without names":       refusal(with(`"evidence": [`+blank(20000)+`]`), "rdf-too-many-nodes"),
		"names that are IRIs":          refusal(with(`"x:1": [`+strings.TrimSuffix(strings.Repeat(`{"x:2":1},`, 50000), ",")+`]`), proof.CodeWorkExhausted),
		"depth":                        unreadable(with(strings.Repeat(`"x":{`, 100)+`"y":1`+strings.Repeat(`}`, 100)), "json-too-deep"),
		"a list in a list in a list":   unreadable(with(`"x":`+strings.Repeat(`[`, 100000)), "json-too-deep"),
		"five mebibytes":               unreadable(with(`"x":"`+strings.Repeat("a", 5<<20)+`"`), vc.CodeTooLarge),
		"a proof value without end":    refusal(replace(t, signed, `"proofValue":"z`, `"proofValue":"z`+strings.Repeat("2", 1<<20)), proof.CodeProofValue),
		"a did:key without end":        refusal(replace(t, signed, `"verificationMethod":"did:key:z`, `"verificationMethod":"did:key:z`+strings.Repeat("6", 1<<20)), verify.CodeKeyMalformed),
		"a number without end":         unreadable(with(`"x":1e`+strings.Repeat("0", 1<<16)+`1`), "json-number-too-long"),
		"a context over and over":      refusal(replace(t, signed, `context-3.0.3.json"`, `context-3.0.3.json"`+strings.Repeat(`,"https://w3id.org/security/v2"`, 50000))),
		"types over and over":          refusal(types, "too-many-types"),
		"types over and over, lenient": {types, verify.Config{Lenient: true}, verify.VerdictNotVerified, []vc.Code{"too-many-types"}},
		"an issuer that is very long":  refusal(replace(t, signed, school.did, "did:web:"+strings.Repeat("a.", 1<<19)+"example")),
	})
}

// However much is wrong, a report stays readable.
func TestReportsAreBounded(t *testing.T) {
	school := edIssuer(t, 1)
	text := replace(t, string(school.sign(t, badge(t, school.did), nil)), `"validFrom"`, strings.Repeat(`"a\u001b[2J\u009b\u202e`+strings.Repeat("x", 1000)+`":1,`, 1)+`"validFrom"`)
	r := inspect(t, text, verify.Config{})
	line := string(r.AppendJSON(nil))
	require.Less(t, len(line), 20000)
	for _, bad := range []string{"\x1b", "\u009b", "\u202e", "\n"} {
		require.NotContains(t, line, bad)
	}
	again, err := vc.Parse([]byte(line))
	require.NoError(t, err)
	require.Equal(t, "not-verified", door.Root(again).Get("verdict").Text())
}
