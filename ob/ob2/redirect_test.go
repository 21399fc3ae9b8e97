package ob2_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// permanent gives the documents of a school ids at a service that redirects, and lays them
// where the school has its own.
func permanent(o *school.Old, service string) (assertion []byte) {
	move := strings.NewReplacer("https://school.example/", "https://"+service+"/school/")
	texts := map[string]string{}
	for url := range o.At {
		texts[url] = move.Replace(string(o.Text(url)))
	}
	for url, text := range texts {
		delete(o.At, url)
		o.Web.Put(url, "application/json", []byte(text))
		if id := move.Replace(url); id != url {
			o.Web.Redirect(id, url)
		}
	}
	return []byte(texts[school.OldAssertion])
}

// Ids at services for permanent addresses stand for what they redirect to, and nobody else's
// document at such a service is the issuer's.
func TestPermanentAddresses(t *testing.T) {
	for service, want := range map[string]verify.Verdict{"w3id.org": verify.VerdictVerified, "purl.org": verify.VerdictVerified,
		"ids.example": verify.VerdictNotVerified} {
		o := school.NewOld()
		r := inspect(t, o, permanent(o, service), beth)
		require.Equal(t, want, r.Verdict, r.Problems())
		if want != verify.VerdictVerified {
			require.Equal(t, []vc.Code{ob2.CodeRedirected}, codesOf(r.Problems()))
			v, err := ob2.New(ob2.Config{Fetcher: o, Now: testkit.Clock, Redirectors: []string{service}})
			require.NoError(t, err)
			r = v.Inspect(t.Context(), permanent(school.NewOld(), service), beth)
			require.Equal(t, verify.VerdictVerified, r.Verdict, r.Problems())
			continue
		}
		require.Contains(t, codesOf(r.Warnings()), ob2.CodeMoved)
		require.Equal(t, "https://"+service+"/school/issuer", r.IssuerID)
	}

	for name, c := range map[string]struct {
		code   vc.Code
		forge  func(o *school.Old, d map[string]any) (address string)
		change func(profile map[string]any)
	}{
		"a stranger's page": {ob2.CodeOutOfScope, func(o *school.Old, _ map[string]any) string {
			o.Web.Redirect("https://w3id.org/evil/1", "https://evil.example/1")
			return "https://evil.example/1"
		}, nil},
		"a page of the service itself":                   {ob2.CodeOutOfScope, func(*school.Old, map[string]any) string { return "https://w3id.org/evil/1" }, nil},
		"a stranger's page, where the issuer has places": {ob2.CodeOutOfScope, nil, nil},
		"the id of another page": {ob2.CodeNotAtItsID, func(o *school.Old, d map[string]any) string {
			d["id"] = "https://w3id.org/school/assertions/1"
			o.Web.Redirect("https://w3id.org/evil/1", "https://evil.example/1")
			return "https://evil.example/1"
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			o := school.NewOld()
			if c.forge == nil {
				o.At[school.OldIssuer]["verification"] = object(`{"allowedOrigins":["school.example"]}`)
				c.forge = func(o *school.Old, _ map[string]any) string {
					o.Web.Redirect("https://w3id.org/evil/1", "https://evil.example/1")
					return "https://evil.example/1"
				}
			}
			var d map[string]any
			require.NoError(t, json.Unmarshal(permanent(o, "w3id.org"), &d))
			d["id"] = "https://w3id.org/evil/1"
			at := c.forge(o, d)
			text, err := json.Marshal(d)
			require.NoError(t, err)
			o.Web.Put(at, "application/json", text)
			r := inspect(t, o, []byte("https://w3id.org/evil/1"), ob2.Options{})
			require.Contains(t, r.Codes(), c.code, r.Problems())
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
		})
	}
}

// moved says that one address led to another.
type moved struct {
	fetch.Fetcher
	from, to string
}

func (m moved) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	r, err := m.Fetcher.Fetch(ctx, url)
	if url == m.from && err == nil {
		return &fetch.Response{URL: m.to, Body: r.Body, Source: r.Source}, nil
	}
	return r, err
}

// A host and its www are one; without TLS behind a redirect nothing is believed.
func TestRedirectsOfOneHost(t *testing.T) {
	for to, code := range map[string]vc.Code{"https://www.school.example/assertions/1": ob2.CodeMoved,
		"http://school.example/assertions/1": ob2.CodeRedirected, "https://school.example.evil.example/1": ob2.CodeRedirected} {
		o := school.NewOld()
		r := inspect(t, moved{o, school.OldAssertion, to}, o.Text(school.OldAssertion), ob2.Options{})
		require.Equal(t, code == ob2.CodeMoved, r.Verdict == verify.VerdictVerified, r.Problems())
		require.Contains(t, append(codesOf(r.Warnings()), r.Codes()...), code, to)
	}
}

// An endorsement may be a token at its address, by a key of the endorser.
func TestSignedEndorsement(t *testing.T) {
	for _, key := range []string{"critic", "somebody else"} {
		o := school.NewOld()
		o.At[school.OldCritic]["publicKey"] = map[string]any{"id": "https://critic.example/key", "type": "CryptographicKey",
			"owner": school.OldCritic, "publicKeyPem": school.PEM(obtest.Key(obtest.RSA, "critic").Public())}
		o.At[school.OldEndorsement]["verification"] = object(`{"type":"SignedBadge","creator":"https://critic.example/key"}`)
		token := o.Token(o.Text(school.OldEndorsement), nil, obtest.Key(obtest.RSA, key))
		delete(o.At, school.OldEndorsement)
		o.Web.Put(school.OldEndorsement, "application/jose", token)
		o.At[school.OldBadge]["endorsement"] = school.OldEndorsement
		want := verify.ProofGood
		if key != "critic" {
			want = verify.ProofBad
		}
		r := inspect(t, o, o.Text(school.OldAssertion), ob2.Options{})
		require.Equal(t, verify.VerdictVerified, r.Verdict)
		require.Len(t, r.Nested, 1)
		require.Equal(t, want, r.Nested[0].Proof, r.Nested[0].Report.Problems())
		require.Equal(t, want == verify.ProofGood, inspect(t, o, token, ob2.Options{}).Verdict == verify.VerdictVerified, "by itself")
	}
}
