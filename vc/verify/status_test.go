package verify_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

const statusURL = "https://school.example/status"

// statusEntry is an entry for index 6 of the list, which is clear.
const statusEntry = `{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "6", "statusListCredential": "` + statusURL + `"}`

// encoded is an encodedList of the usual length in which index 7 is set.
func encoded(t testing.TB) string {
	t.Helper()
	bits := make([]byte, status.MinEntries/8)
	bits[0] = 1
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(bits)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return "u" + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// statusList is an unsigned list of the issuer, with a ttl of an hour.
func statusList(t testing.TB, did string) string {
	return `{"@context": ["` + vc.ContextV2 + `"], "id": "` + statusURL + `", "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": "` + did + `",
		"credentialSubject": {"id": "` + statusURL + `#list", "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "` + encoded(t) + `", "ttl": 3600000}}`
}

// lists answers with one list, at the URL of the entry.
type lists string

func (l lists) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	if url != statusURL {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Detail: "none"}
	}
	return &fetch.Response{URL: url, Body: []byte(l), Source: fetch.SourceNetwork}, nil
}

// listed is a badge of the issuer with a status entry.
func listed(t testing.TB, school issuer, entry string) []byte {
	return school.sign(t, badge(t, school.did, `"validFrom"`, `"credentialStatus": `+entry+`, "validFrom"`), nil)
}

// inspectAt inspects at a time after the fixed clock.
func inspectAt(t testing.TB, credential []byte, c verify.Config, after time.Duration) *verify.Report {
	t.Helper()
	c.Now = func() time.Time { return testkit.Now.Add(after) }
	r, err := verify.Inspect(context.Background(), credential, c)
	require.NoError(t, err)
	return r
}

// A list as a token is in force by the claims of the token, too.
func TestListTokenInForce(t *testing.T) {
	school := edIssuer(t, 1)
	credential := listed(t, school, statusEntry)
	header := `{"alg":"EdDSA","typ":"vc+jwt","kid":"` + school.method + `"}`
	for claims, code := range map[string]vc.Code{
		"":                                   "",
		`"exp":1577836800,`:                  status.CodeListExpired,     // 2020
		`"nbf":1893456000,`:                  status.CodeListNotYetValid, // 2030
		`"nbf":1577836800,"exp":1893456000,`: "",
		`"nbf":1893456000,"exp":1577836800,`: status.CodeListNotYetValid,
	} {
		t.Run(claims, func(t *testing.T) {
			list := lists(school.token(t, proof.EdDSA, header, strings.Replace(statusList(t, school.did), "{", "{"+claims, 1)))
			for _, c := range []verify.Config{{Fetcher: list},
				{Fetcher: list, Status: verify.StatusConfig{Cache: status.NewMemoryCache(0)}}} {
				for range 2 {
					r := inspect(t, credential, c)
					if code == "" {
						require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
						continue
					}
					require.Equal(t, verify.VerdictUndetermined, r.Verdict)
					require.Equal(t, []vc.Code{code}, r.Codes())
				}
			}
		})
	}
}

// A list that is kept is relied on no longer than its proof or its token.
func TestKeptListEndsWithItsProof(t *testing.T) {
	school := edIssuer(t, 1)
	credential := listed(t, school, statusEntry)
	end := testkit.Now.Add(10 * time.Minute)
	header := `{"alg":"EdDSA","typ":"vc+jwt","kid":"` + school.method + `"}`
	for name, list := range map[string]string{
		"proof": string(school.sign(t, []byte(statusList(t, school.did)), func(o *dataintegrity.SignOptions) { o.Expires = end })),
		"token": school.token(t, proof.EdDSA, header, strings.Replace(statusList(t, school.did), "{", `{"exp":1767226200,`, 1)),
	} {
		t.Run(name, func(t *testing.T) {
			require.EqualValues(t, 1767226200, end.Unix())
			c := verify.Config{Fetcher: lists(list), Status: verify.StatusConfig{Cache: status.NewMemoryCache(0)}}
			for after, verdict := range map[time.Duration]verify.Verdict{
				0: verify.VerdictVerified, 9 * time.Minute: verify.VerdictVerified,
				14 * time.Minute: verify.VerdictVerified, // five minutes of skew
				15 * time.Minute: verify.VerdictUndetermined, 40 * time.Minute: verify.VerdictUndetermined,
			} {
				require.Equal(t, verify.VerdictVerified, inspectAt(t, credential, c, 0).Verdict)
				require.Equal(t, verdict, inspectAt(t, credential, c, after).Verdict, "%s", after)
			}
		})
	}
}

// A list is evidence: an ordinary credential that became one by members which its
// proof does not cover is none, however lenient the verifier is with credentials.
func TestLenientVerifierTakesNoUnsignedList(t *testing.T) {
	school := edIssuer(t, 1)
	credential := listed(t, school, statusEntry)
	ordinary := string(school.sign(t, []byte(`{"@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2"], "id": "`+statusURL+`", "type": ["VerifiableCredential"], "issuer": "`+school.did+`",
		"issuanceDate": "2025-06-01T08:00:00Z", "credentialSubject": {"id": "`+statusURL+`#list"}}`), nil))
	posing := string(replace(t, ordinary, `["VerifiableCredential"]`, `["VerifiableCredential", "BitstringStatusListCredential"]`,
		`"credentialSubject": {`, `"credentialSubject": {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "`+encoded(t)+`", `))
	for _, lenient := range []bool{false, true} {
		r := inspect(t, credential, verify.Config{Fetcher: lists(posing), Lenient: lenient})
		require.Equal(t, verify.VerdictUndetermined, r.Verdict)
		require.Equal(t, []vc.Code{status.CodeListNotVerified}, r.Codes())

		r = inspect(t, credential, verify.Config{Fetcher: lists(school.sign(t, []byte(statusList(t, school.did)), nil)), Lenient: lenient})
		require.Equal(t, verify.VerdictVerified, r.Verdict, "the control: %v", r.Problems())
	}
	r := inspect(t, []byte(posing), verify.Config{Kinds: []string{verify.AnyKind}, Lenient: true})
	require.Contains(t, r.Codes(), proof.CodeDataLoss, "the type of a credential is never dropped")
}

// What is wrong with an entry fails, also for a verifier that accepts a status which
// could not be had.
func TestMalformedEntryIsNotAccepted(t *testing.T) {
	school := edIssuer(t, 1)
	list := lists(school.sign(t, []byte(statusList(t, school.did)), nil))
	accept := []verify.CheckName{verify.CheckStatus}
	for name, entry := range map[string]string{
		"size a text":      strings.Replace(statusEntry, `"type"`, `"statusSize": "1", "type"`, 1),
		"index malformed":  strings.Replace(statusEntry, `"6"`, `"06"`, 1),
		"type by its IRI":  strings.Replace(statusEntry, "BitstringStatusListEntry", "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry", 1),
		"purpose missing":  strings.Replace(statusEntry, `"statusPurpose": "revocation",`, "", 1),
		"seventeen":        "[" + strings.Repeat(statusEntry+",", 16) + statusEntry + "]",
		"two of one id":    "[" + strings.Repeat(strings.Replace(statusEntry, "{", `{"id": "urn:uuid:e",`, 1)+",", 1) + strings.Replace(statusEntry, "{", `{"id": "urn:uuid:e",`, 1) + "]",
		"one of two wrong": "[" + statusEntry + "," + strings.Replace(statusEntry, `"6"`, `"x"`, 1) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			c := &verify.Config{Fetcher: list, Accept: accept}
			credential := school.sign(t, badge(t, school.did, `"validFrom"`, `"credentialStatus": `+entry+`, "validFrom"`),
				func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
			r := inspect(t, credential, *c)
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%v", r.Problems())
			require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckStatus), "%v", r.Problems())
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
		})
	}
	good := listed(t, school, statusEntry)
	require.Equal(t, verify.VerdictVerified, inspect(t, good, verify.Config{Fetcher: list}).Verdict)
	require.Equal(t, verify.VerdictVerified, inspect(t, good, verify.Config{Fetcher: down{}, Accept: accept}).Verdict, "the control: what could not be had")
	revoked := listed(t, school, strings.Replace(statusEntry, `"6"`, `"7"`, 1))
	require.Equal(t, verify.VerdictNotVerified, inspect(t, revoked, verify.Config{Fetcher: list, Accept: accept}).Verdict)
}

// What the rules refuse of an entry has their code alone, and both checks fail.
func TestMalformedEntryIsToldOnce(t *testing.T) {
	school := edIssuer(t, 1)
	for _, member := range []string{"credentialStatus", "credentialSchema"} {
		check := map[string]verify.CheckName{"credentialStatus": verify.CheckStatus, "credentialSchema": verify.CheckSchema}[member]
		for entry, code := range map[string]vc.Code{
			`null`:                  rules.CodeMemberNull,
			`"https://x.example/1"`: rules.CodeMemberKind,
			`{"id": "urn:x"}`:       rules.CodeMemberMissing,
		} {
			text := badge(t, school.did, `"validFrom"`, `"`+member+`": `+entry+`, "validFrom"`)
			r := inspect(t, byJSON(t, school, text)["JCS"], verify.Config{})
			require.Equal(t, []vc.Code{code}, r.Codes(), "%s %s: %v", member, entry, r.Problems())
			require.Equal(t, verify.OutcomeFailed, r.Outcome(check), "%s %s", member, entry)
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
		}
	}
}

// What is no URL is told as that, and not as a context that is unknown or inline.
func TestContextThatIsNone(t *testing.T) {
	school := edIssuer(t, 1)
	for _, item := range []string{`7`, `null`, `"own.json"`} {
		text := badge(t, school.did, `context-3.0.3.json"`, `context-3.0.3.json", `+item)
		r := inspect(t, byJSON(t, school, text)["JCS"], verify.Config{})
		require.Equal(t, []vc.Code{rules.CodeContextItem}, r.Codes(), item)
		require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckContexts), item)
	}
}

// A budget that is spent reads as such, at the list.
func TestSpentBudgetHasItsCode(t *testing.T) {
	school := edIssuer(t, 1)
	entries := []string{}
	for _, path := range []string{"a", "b", "c"} {
		entries = append(entries, strings.Replace(statusEntry, statusURL, statusURL+path, 1))
	}
	credential := listed(t, school, "["+strings.Join(entries, ",")+"]")
	r := inspect(t, credential, verify.Config{Fetcher: down{}, Limits: verify.Limits{MaxFetches: 2}})
	require.Equal(t, verify.VerdictUndetermined, r.Verdict)
	require.Equal(t, []vc.Code{status.CodeUnavailable, verify.CodeFetchBudget}, r.Codes())
}

// What is said of status lists reaches them.
func TestStatusConfig(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	credential := listed(t, school, statusEntry)
	list := lists(string(other.sign(t, []byte(statusList(t, other.did)), nil)))
	renamed := lists(school.sign(t, replace(t, statusList(t, school.did), `"id": "`+statusURL, `"id": "`+statusURL+"/2"), nil))
	require.Equal(t, []vc.Code{status.CodeListIDMismatch}, inspect(t, credential, verify.Config{Fetcher: renamed}).Codes())
	r := inspect(t, credential, verify.Config{Fetcher: renamed, Status: verify.StatusConfig{SkipListID: true}})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Equal(t, status.CodeListIDMismatch, r.Warnings()[0].Code)
	for name, c := range map[string]struct {
		config verify.StatusConfig
		codes  []vc.Code
	}{
		"a stranger's list": {verify.StatusConfig{}, []vc.Code{status.CodeListWrongIssuer}},
		"a trusted issuer":  {verify.StatusConfig{TrustedIssuers: []string{other.did}}, nil},
		"too short":         {verify.StatusConfig{TrustedIssuers: []string{other.did}, MinEntries: 1 << 20}, []vc.Code{status.CodeListTooShort}},
		"too large":         {verify.StatusConfig{TrustedIssuers: []string{other.did}, MaxListBytes: 1}, []vc.Code{status.CodeListTooLarge}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.codes, inspect(t, credential, verify.Config{Fetcher: list, Status: c.config}).Codes())
		})
	}
}
