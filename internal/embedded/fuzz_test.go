package embedded_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// FuzzProof puts any JSON in place of the proofs of a signed badge. Nothing panics,
// what is refused has a code, work stays within its budget, and whatever the key of
// the badge is found to have signed reads as it was signed: the same end, method,
// domain and place in a chain.
func FuzzProof(f *testing.F) {
	s := school.Ed(f, 0)
	key, err := proof.KeyOf(s.Signer)
	require.NoError(f, err)
	signed := func(suite string) (body, one string) {
		text := string(testkit.BadgeOf(s.ID))
		if suite == dataintegrity.Ed25519Signature2020 {
			text = strings.Replace(text, `context-3.0.3.json"`, `context-3.0.3.json", "https://w3id.org/security/suites/ed25519-2020/v1"`, 1)
		} else {
			text = strings.Replace(text, `context-3.0.3.json"`, `context-3.0.3.json", "https://www.w3.org/ns/odrl.jsonld"`, 1)
		}
		out, err := s.Sign([]byte(text), func(o *dataintegrity.SignOptions) {
			o.Suite, o.Expires, o.ID, o.Domain, o.Challenge = suite, testkit.Now.Add(time.Hour), "urn:proof:1", "jobs.example", "c1"
		})
		require.NoError(f, err)
		at := strings.Index(string(out), `,"proof":`)
		return string(out[:at]), strings.TrimSuffix(string(out[at+len(`,"proof":`):]), "}")
	}
	var bodies []string
	for i, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022, dataintegrity.Ed25519Signature2020} {
		body, one := signed(suite)
		bodies = append(bodies, body)
		for _, seed := range []string{one, "[" + one + "]", "[" + one + "," + one + "]", `{"previousProof":"urn:proof:1",` + one[1:],
			strings.Replace(one, `"expires"`, `"https://w3id.org/security#expiration"`, 1), strings.Replace(one, `"id"`, `"uid"`, 1),
			strings.Replace(one, `"cryptosuite":"`+suite+`"`, `"cryptosuite":["`+suite+`"]`, 1), strings.Replace(one, `{`, `{"description":{"id":"urn:proof:1"},`, 1),
			strings.Replace(one, `"jobs.example"`, `{"@value":"jobs.example"}`, 1), strings.Replace(one, `"jobs.example"`, `["jobs.example"]`, 1)} {
			f.Add(byte(i), seed, false)
			f.Add(byte(i), seed, true)
		}
	}
	f.Add(byte(0), `{"type":"Ed25519Signature2018","jws":"eyJhbGciOiJFZERTQSIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..AA"}`, false)
	strict, lenient := embedded.NewVerifier(embedded.Config{}), embedded.NewVerifier(embedded.Config{Lenient: true})
	f.Fuzz(func(t *testing.T, which byte, proofs string, loosely bool) {
		doc, err := vc.Parse([]byte(bodies[int(which)%len(bodies)] + `,"proof":` + proofs + `}`))
		if err != nil || len(door.Proofs(doc)) > 16 {
			return
		}
		v := strict
		if loosely {
			v = lenient
		}
		subject := v.Open(doc, embedded.OpenOptions{})
		for _, value := range door.Proofs(doc) {
			p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
			if p == nil {
				require.NotEmpty(t, problems)
				continue
			}
			_, err := subject.Verify(context.Background(), p, key)
			if err != nil {
				var problem *vc.Problem
				require.True(t, errors.As(err, &problem) && problem.Code != "", "%v", err)
				continue
			}
			require.True(t, p.Valid().Until.Equal(testkit.Now.Add(time.Hour)))
			require.Equal(t, s.VerificationMethod, p.VerificationMethod())
			require.Equal(t, "urn:proof:1", p.ID())
			require.Empty(t, p.Previous())
			_, problems = embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
			require.Empty(t, problems)
		}
		require.LessOrEqual(t, subject.Work(), 1<<16+1<<15+2*len(door.Root(doc).Raw()))
	})
}
