package issue_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// forms are all that are issued, with a key for each.
var forms = []struct {
	key obtest.KeyKind
	as  issue.Form
}{
	{obtest.Ed25519, ""}, {obtest.P256, ""}, {obtest.P384, ""}, {obtest.P521, ""}, {obtest.RSA, ""},
	{obtest.Ed25519, dataintegrity.EddsaRdfc2022}, {obtest.Ed25519, dataintegrity.EddsaJcs2022},
	{obtest.Ed25519, dataintegrity.Eddsa2022}, {obtest.Ed25519, dataintegrity.Ed25519Signature2020},
	{obtest.P256, dataintegrity.EcdsaRdfc2019}, {obtest.P384, dataintegrity.EcdsaJcs2019},
	{obtest.Ed25519, issue.VCJWT}, {obtest.P256, issue.VCJWT}, {obtest.RSA, issue.VCJOSE},
}

// random is a model of some kind with whatever an issuer may fill in.
func random(r *rand.Rand) any {
	a := award()
	maybe := func() bool { return r.IntN(2) == 0 }
	text := func() string { return fmt.Sprintf("Text %d, “é” <b>& \u2028", r.IntN(1000)) }
	a.ValidFrom = testkit.Now.AddDate(0, 0, -r.IntN(900))
	if maybe() {
		a.ValidUntil = testkit.Now.AddDate(0, 0, 1+r.IntN(900))
	}
	if maybe() {
		a.Recipient.Identifiers = append(a.Recipient.Identifiers, ob.HashedIdentity(ob.IdentifierEmailAddress, "ada@school.example", "salt"))
	}
	if maybe() {
		a.Narrative, a.Role, a.CreditsEarned = vc.Plain(text()), vc.Plain(text()), vc.Number(fmt.Sprint(r.IntN(40)))
	}
	for i := range r.IntN(3) {
		a.Achievement.ResultDescription.Add(ob.ResultDescription{ID: vc.IRI(fmt.Sprintf("urn:uuid:d%d", i)), Name: vc.Plain(text()), ResultType: "Percent"})
		a.Results = append(a.Results, ob.Result{ResultDescription: vc.IRI(fmt.Sprintf("urn:uuid:d%d", i)), Value: fmt.Sprint(r.IntN(100))})
	}
	for range r.IntN(3) {
		a.Evidence = append(a.Evidence, ob.Evidence{ID: vc.IRI(fmt.Sprintf("https://school.example/e/%d", r.Int())), Name: vc.Plain(text())})
	}
	if maybe() {
		a.Achievement.Alignment.Add(ob.AlignCASE("https://f.example/ims/case/v1p0/CFItems/6a0f3d2e-54c5-4f1c-8d6f-1f0d6a4f0001", "6a0f3d2e-54c5-4f1c-8d6f-1f0d6a4f0001", text(), text()))
	}
	switch r.IntN(4) {
	case 0:
		return ob.NewEndorsementCredential(ob.Endorsed{Issuer: a.Issuer, Subject: "https://school.example/a/1", Comment: vc.Plain(text()), ValidFrom: a.ValidFrom})
	case 1:
		badge, err := ob.NewAchievementCredential(a).JSON()
		if err != nil {
			panic(err)
		}
		return clr.NewClrCredential(clr.Record{Issuer: a.Issuer, Learner: a.Recipient, Name: vc.Plain(text()), ValidFrom: a.ValidFrom,
			Credentials: [][]byte{badge}})
	}
	return ob.NewAchievementCredential(a)
}

// Everything that goes out comes in at a zero Config, whose pack holds the issuer's
// own document.
func TestWhatIsIssuedVerifies(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, form := range forms {
		t.Run(string(form.key)+" "+string(form.as), func(t *testing.T) {
			c := config(t, secret(form.key))
			c.Form = form.as
			issuer, err := issue.New(t.Context(), c)
			require.NoError(t, err)
			pack := published(t, secret(form.key), school)
			for range 12 {
				model := random(r)
				issued, err := issuer.Issue(t.Context(), model)
				require.NoError(t, err)
				require.Empty(t, issued.Findings())
				report := inspect(t, issued.Bytes(), verify.Config{Fetcher: pack})
				require.Equal(t, verify.VerdictVerified, report.Verdict, "%v", report.Problems())
				require.True(t, report.Authentic())
				spoiled := []byte(strings.Replace(string(issued.Bytes()), "e", "f", 1))
				_, err = verify.Verify(t.Context(), spoiled, verify.Config{Fetcher: pack, Now: testkit.Clock})
				require.Error(t, err, "the control")
			}
		})
	}
}

func TestDidKeyNeedsNoPack(t *testing.T) {
	id, url, err := didkey.From(edKey.Public())
	require.NoError(t, err)
	a := award()
	a.Issuer.ID = vc.IRI(id)
	c := config(t, edKey)
	c.VerificationMethod = url
	issued, err := issue.Issue(t.Context(), ob.NewAchievementCredential(a), c)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, inspect(t, issued.Bytes(), verify.Config{}).Verdict)

	c.Signer = signerOf(t, secret(obtest.P256))
	_, err = issue.Issue(t.Context(), ob.NewAchievementCredential(a), c)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeKeyType}, "the key that a did:key names did not sign")
	c.AllowFindings = true
	_, err = issue.Issue(t.Context(), ob.NewAchievementCredential(a), c)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeKeyType}, "nothing excuses that")
}

// A did:jwk states its key itself: the Signer's own word does not stand in for it.
func TestDidJWK(t *testing.T) {
	public := edKey.Public().(ed25519.PublicKey)
	jwk := `{"kty":"OKP","crv":"Ed25519","x":"` + base64.RawURLEncoding.EncodeToString(public) + `"}`
	id := "did:jwk:" + base64.RawURLEncoding.EncodeToString([]byte(jwk))
	a := award()
	a.Issuer.ID = vc.IRI(id)
	c := config(t, edKey)
	c.VerificationMethod = id + "#0"
	issued, err := issue.Issue(t.Context(), ob.NewAchievementCredential(a), c)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, inspect(t, issued.Bytes(), verify.Config{}).Verdict)

	c.Signer = signerOf(t, world.Key(obtest.Ed25519, "another"))
	_, err = issue.Issue(t.Context(), ob.NewAchievementCredential(a), c)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
}

func TestWhatIsTaken(t *testing.T) {
	issuer, err := issue.New(t.Context(), config(t, edKey))
	require.NoError(t, err)
	for _, good := range []any{[]byte(full), json.RawMessage(full), *ob.NewAchievementCredential(award()),
		ob.NewAchievementCredential(award())} {
		issued, err := issuer.Issue(t.Context(), good)
		require.NoError(t, err, "%T", good)
		require.NotEmpty(t, issued.Bytes())
	}
	for _, bad := range []any{nil, "text", 7, full, (*ob.AchievementCredential)(nil), []byte(nil), []byte("<html>"), []byte("[]")} {
		issued, err := issuer.Issue(t.Context(), bad)
		require.Nil(t, issued)
		require.ErrorContains(t, err, "issue:", "%T", bad)
	}
	token, err := vcjwt.Sign(t.Context(), []byte(full), vcjwt.SignOptions{Signer: signerOf(t, edKey), KeyID: method})
	require.NoError(t, err)
	_, err = issuer.Issue(t.Context(), token)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeAlreadyToken})
}

func TestConfigRefuses(t *testing.T) {
	good := config(t, edKey)
	for name, change := range map[string]func(*issue.Config){
		"an algorithm of it": func(c *issue.Config) { c.Algorithm = "EdDSA" },
		"zero":               func(c *issue.Config) { *c = issue.Config{} },
		"no signer":          func(c *issue.Config) { c.Signer = nil },
		"no method":          func(c *issue.Config) { c.VerificationMethod = "" },
		"an unknown form":    func(c *issue.Config) { c.Form = "jwt" },
		"a method that none": func(c *issue.Config) { c.VerificationMethod = "key-1" },
		"any kind and one":   func(c *issue.Config) { c.Kinds = []string{verify.AnyKind, "ClrCredential"} },
		"http of this host":  func(c *issue.Config) { c.VerificationMethod = "http://127.0.0.1:8080/issuer#key-1" },
	} {
		c := good
		change(&c)
		_, err := issue.New(t.Context(), c)
		require.ErrorContains(t, err, "issue:", name)
	}
	for _, c := range []issue.Config{{Form: dataintegrity.EcdsaRdfc2019}, {Form: issue.VCJWT, Algorithm: "RS256"}} {
		c.Signer, c.VerificationMethod = good.Signer, good.VerificationMethod
		_, err := issue.Issue(t.Context(), []byte(full), c)
		require.ErrorContains(t, err, "sign with", "a form that the key has not")
	}
}

// What is neither a badge nor a record, such as a status list, is issued where it is
// asked for.
func TestKinds(t *testing.T) {
	bits, err := status.NewList(status.MinEntries, 1)
	require.NoError(t, err)
	list, err := bits.Credential(status.Publication{ID: school + "/status", Issuer: school, Purposes: []string{status.PurposeRevocation}})
	require.NoError(t, err)
	_, err = issue.Issue(t.Context(), list, config(t, edKey))
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeKindNotAccepted})
	for _, kinds := range [][]string{{"BitstringStatusListCredential"}, {verify.AnyKind}} {
		c := config(t, edKey)
		c.Kinds = kinds
		issued, err := issue.Issue(t.Context(), list, c)
		require.NoError(t, err)
		require.Equal(t, verify.VerdictVerified, issued.Report().Verdict)
	}
	c := config(t, edKey)
	c.Kinds = []string{"ClrCredential"}
	_, err = issue.Issue(t.Context(), ob.NewAchievementCredential(award()), c)
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeKindNotAccepted})
}

// What an issuer cannot ask at the time, or will be true later, does not stand in the
// way; what will never be true does.
func TestTimeAndStatus(t *testing.T) {
	issuer, err := issue.New(t.Context(), config(t, edKey))
	require.NoError(t, err)
	issued, err := issuer.Issue(t.Context(), []byte(full))
	require.NoError(t, err)
	require.Equal(t, verify.VerdictUndetermined, issued.Report().Verdict, "nobody asked the list")
	require.True(t, issued.Report().Authentic())

	a := award()
	a.ValidFrom = testkit.Now.AddDate(1, 0, 0)
	issued, err = issuer.Issue(t.Context(), ob.NewAchievementCredential(a))
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(issued.Warnings(), func(p *vc.Problem) bool { return p.Code == verify.CodeNotYetValid }))
	require.Empty(t, vc.Errors(issued.Warnings()))

	a = award()
	a.ValidUntil = testkit.Now.AddDate(0, 0, -1)
	_, err = issuer.Issue(t.Context(), ob.NewAchievementCredential(a))
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeExpired})
}

func TestContexts(t *testing.T) {
	c := config(t, edKey)
	own := "https://school.example/contexts/boats"
	text := strings.Replace(full, `context-3.0.3.json"]`, `context-3.0.3.json", "`+own+`"]`, 1)
	text = strings.Replace(text, `"awardedDate"`, `"boat": "Argo", "awardedDate"`, 1)
	_, err := issue.Issue(t.Context(), []byte(text), c)
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeContextUnknown})
	c.Contexts = map[string][]byte{own: []byte(`{"@context":{"boat":"https://school.example/terms#boat"}}`)}
	issued, err := issue.Issue(t.Context(), []byte(text), c)
	require.NoError(t, err)
	require.True(t, inspect(t, issued.Bytes(), verify.Config{Fetcher: published(t, edKey, school), Contexts: c.Contexts}).Authentic())

	// Data model 1.1 does not define the proofs of Data Integrity.
	c = config(t, edKey)
	old := strings.NewReplacer("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1", `"validFrom"`, `"issuanceDate"`, `"validUntil"`, `"expirationDate"`,
		`"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "6", "statusListCredential": "https://school.example/status/1"},`, ``).Replace(full)
	for _, as := range []issue.Form{"", dataintegrity.EddsaJcs2022, dataintegrity.Ed25519Signature2020} {
		c.Form = as
		issued, err = issue.Issue(t.Context(), []byte(old), c)
		require.NoError(t, err, as)
		require.Equal(t, verify.VerdictVerified, inspect(t, issued.Bytes(), verify.Config{Fetcher: published(t, edKey, school)}).Verdict)
		again, err := issue.Issue(t.Context(), issued.Bytes(), c)
		require.NoError(t, err, "a second proof, and no second context")
		one, err := vc.Parse(issued.Bytes())
		require.NoError(t, err)
		two, err := vc.Parse(again.Bytes())
		require.NoError(t, err)
		require.Equal(t, string(door.Root(one).Get("@context").Raw()), string(door.Root(two).Get("@context").Raw()))
		require.Len(t, door.Proofs(two), 2)
	}
}

// What is found is listed, and nothing excuses a signature that is not the issuer's.
func TestAllowFindings(t *testing.T) {
	c := config(t, edKey)
	c.AllowFindings = true
	bad := strings.Replace(full, `"achievementType": "Course"`, `"achievementType": "course"`, 1)
	issued, err := issue.Issue(t.Context(), []byte(bad), c)
	require.NoError(t, err)
	require.Len(t, issued.Findings(), 1)
	require.Equal(t, rules.CodeTerm, issued.Findings()[0].Code)
	require.Empty(t, vc.Warnings(issued.Findings()))
	c.VerificationMethod = "https://other.example/issuer#key-1"
	_, err = issue.Issue(t.Context(), []byte(bad), c)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeIssuer})
}

// What is embedded without a proof is the issuer's own word.
func TestOwnWordInRecord(t *testing.T) {
	badge := strings.Replace(full, school, "https://other.example/issuer", 1)
	record := func(badge string) *clr.ClrCredential {
		return clr.NewClrCredential(clr.Record{Issuer: ob.Profile{ID: school}, Learner: ob.Recipient{ID: "did:example:ada"},
			Name: vc.Plain("Record"), ValidFrom: testkit.Now, Credentials: [][]byte{[]byte(badge)}})
	}
	_, err := issue.Issue(t.Context(), record(badge), config(t, edKey))
	require.NoError(t, err)
	_, err = issue.Issue(t.Context(), record(strings.Replace(badge, `"name": "Keel laying", `, ``, 1)), config(t, edKey))
	require.ErrorIs(t, err, &vc.Problem{Code: rules.CodeMemberMissing})
}

func TestAll(t *testing.T) {
	given := []any{[]byte(full), "no credential", ob.NewAchievementCredential(award()), []byte(strings.Replace(full, `"VerifiableCredential", `, ``, 1)), []byte(full)}
	var outcomes []bool
	for issued, err := range issue.All(t.Context(), slices.Values(given), config(t, edKey)) {
		require.Equal(t, err == nil, issued != nil)
		outcomes = append(outcomes, err == nil)
	}
	require.Equal(t, []bool{true, false, true, false, true}, outcomes)

	n := 0
	for _, err := range issue.All(t.Context(), slices.Values(given), issue.Config{}) {
		n++
		require.Error(t, err)
	}
	require.Equal(t, 1, n)

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n = 0
	for _, err := range issue.All(ctx, slices.Values(given), config(t, edKey)) {
		if n++; n == 1 {
			require.NoError(t, err)
			cancel()
		} else {
			require.ErrorIs(t, err, context.Canceled)
		}
	}
	require.LessOrEqual(t, n, 2)
}

// An issuer on this machine is served, issued for and verified with the one insecure
// option, and not without.
func TestLocalDevelopment(t *testing.T) {
	document := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, document) }))
	defer server.Close()
	id := server.URL + "/issuer"
	did, _, err := didkey.From(edKey.Public())
	require.NoError(t, err)
	document = `{"id":"` + id + `","assertionMethod":[{"id":"` + id + `#key-1","type":"Multikey","controller":"` + id + `","publicKeyMultibase":"` + strings.TrimPrefix(did, "did:key:") + `"}]}`
	a := award()
	a.Issuer.ID = vc.IRI(id)
	client, err := fetch.NewClient(fetch.Config{InsecureAllowLoopback: true})
	require.NoError(t, err)
	for _, as := range []issue.Form{"", issue.VCJWT} {
		c := config(t, edKey)
		c.Form, c.VerificationMethod, c.InsecureAllowLoopback = as, id+"#key-1", true
		issued, err := issue.Issue(t.Context(), ob.NewAchievementCredential(a), c)
		require.NoError(t, err)
		require.Equal(t, verify.VerdictVerified,
			inspect(t, issued.Bytes(), verify.Config{Fetcher: client, InsecureAllowLoopback: true}).Verdict)
		require.Equal(t, verify.VerdictNotVerified, inspect(t, issued.Bytes(), verify.Config{Fetcher: client}).Verdict)
	}
}
