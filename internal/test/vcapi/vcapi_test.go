package vcapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/vcapi"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// api is a server with what it wrote of its requests.
type api struct {
	*httptest.Server
	log bytes.Buffer
}

func serve(t *testing.T) *api {
	t.Helper()
	a := &api{}
	s, err := vcapi.New(&a.log)
	require.NoError(t, err)
	a.Server = httptest.NewServer(s.Handler())
	t.Cleanup(a.Close)
	return a
}

// post returns the status of the answer, the answer, and the line of the log.
func (a *api) post(t *testing.T, path, body string) (int, map[string]any, vcapi.Entry) {
	t.Helper()
	a.log.Reset()
	response, err := http.Post(a.URL+path, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer response.Body.Close()
	var answer map[string]any
	require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
	var e vcapi.Entry
	require.NoError(t, json.Unmarshal(a.log.Bytes(), &e))
	require.Equal(t, response.StatusCode, e.Status)
	require.Equal(t, path, e.Path)
	return response.StatusCode, answer, e
}

type configured struct{ ID, Endpoint string }

// issuers are those that the suites are told of.
func (a *api) issuers(t *testing.T) []configured {
	t.Helper()
	response, err := http.Get(a.URL + "/localConfig.cjs")
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	object, found := strings.CutPrefix(string(text), "module.exports = ")
	require.True(t, found)
	var config struct {
		Implementations []struct{ Issuers []configured }
	}
	require.NoError(t, json.NewDecoder(strings.NewReader(object)).Decode(&config))
	return config.Implementations[0].Issuers
}

// unsigned is a credential of an issuer; more are further members, with their comma.
func unsigned(issuer, more string) string {
	return `{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": "` + issuer + `",
		` + more + ` "credentialSubject": {"id": "did:example:alice", "name": "Alice"}}`
}

// What each issuer issues is verified, and is not when a claim, or its token, is changed.
func TestIssueAndVerify(t *testing.T) {
	a := serve(t)
	issuers := a.issuers(t)
	require.Len(t, issuers, 9)
	for _, i := range issuers {
		path := strings.TrimPrefix(i.Endpoint, a.URL)
		t.Run(path, func(t *testing.T) {
			disclosed := strings.Contains(path, dataintegrity.EcdsaSd2023)
			options := ""
			if disclosed {
				options = `, "options": {"mandatoryPointers": ["/credentialSubject/id"]}`
			}
			status, answer, _ := a.post(t, path, `{"credential": `+unsigned(i.ID, "")+options+`}`)
			require.Equal(t, http.StatusCreated, status, "%v", answer)
			text, err := json.Marshal(map[string]any{"verifiableCredential": answer["verifiableCredential"],
				"options": map[string]any{"selectivePointers": []string{"/credentialSubject/name"}}})
			require.NoError(t, err)
			if disclosed {
				text = a.derived(t, text)
			}

			status, answer, e := a.post(t, "/credentials/verify", string(text))
			require.Equal(t, http.StatusOK, status, "%v", answer)
			require.Equal(t, true, answer["verified"])
			require.Empty(t, e.Codes)

			status, answer, e = a.post(t, "/credentials/verify", tampered(string(text)))
			require.Equal(t, http.StatusBadRequest, status)
			require.Equal(t, false, answer["verified"])
			require.Len(t, answer["problemDetails"], len(e.Codes))
			require.Contains(t, []vc.Code{proof.CodeSignature, proof.CodeStatementSignature}, e.Codes[0])
			require.Len(t, e.Codes, 1)
		})
	}
}

// derived is what a holder shows of what was issued, as it is handed in. A pointer to nothing
// is refused, and so is what was issued itself.
func (a *api) derived(t *testing.T, issued []byte) []byte {
	t.Helper()
	status, _, e := a.post(t, "/credentials/derive", strings.Replace(string(issued), "/credentialSubject/name", "/nothing", 1))
	require.Equal(t, http.StatusBadRequest, status)
	require.Contains(t, e.Error, "JSON pointer")
	status, _, e = a.post(t, "/credentials/verify", string(issued))
	require.Equal(t, http.StatusBadRequest, status)
	require.Equal(t, []vc.Code{proof.CodeProofIsBase}, e.Codes)
	status, part, _ := a.post(t, "/credentials/derive", string(issued))
	require.Equal(t, http.StatusOK, status, "%v", part)
	text, err := json.Marshal(map[string]any{"verifiableCredential": part})
	require.NoError(t, err)
	return text
}

// tampered changes the claim, or where it cannot be seen, the signature of the token.
func tampered(text string) string {
	if strings.Contains(text, `"Alice"`) {
		return strings.Replace(text, `"Alice"`, `"Mallory"`, 1)
	}
	at, other := strings.LastIndex(text, ".")+1, "A"
	if text[at] == 'A' {
		other = "B"
	}
	return text[:at] + other + text[at+1:]
}

// Issuers refuse what vc/issue refuses, for the same causes, and issue what is over.
func TestIssueRefuses(t *testing.T) {
	a := serve(t)
	i := a.issuers(t)[0]
	path := strings.TrimPrefix(i.Endpoint, a.URL)
	for more, code := range map[string]vc.Code{
		`"validUntil": "2020-01-01T00:00:00Z",`:                                           "",
		`"validUntil": "2020-01-01T00:00:00Z", "validFrom": "2021-01-01T00:00:00Z",`:      rules.CodeValidityReversed,
		`"validUntil": "2020-01-01T00:00:00Z", "colour": "red",`:                          proof.CodeDataLoss,
		`"validUntil": "2020-01-01T00:00:00Z", "credentialStatus": {"id": "urn:x:list"},`: rules.CodeMemberMissing,
		`"id": "urn:x:one", "id": "urn:x:two",`:                                           "json-duplicate-name",
	} {
		status, answer, e := a.post(t, path, `{"credential": `+unsigned(i.ID, more)+`}`)
		if code == "" {
			require.Equal(t, http.StatusCreated, status, "%v", answer)
			continue
		}
		require.Equal(t, http.StatusBadRequest, status, more)
		require.Contains(t, e.Codes, code, more)
	}
	for _, body := range []string{``, `[]`, `{"credential": `, `{}`} {
		status, _, _ := a.post(t, path, body)
		require.Equal(t, http.StatusBadRequest, status, body)
	}
	status, _, e := a.post(t, "/rot13/Ed25519/credentials/issue", `{"credential": {}}`)
	require.Equal(t, http.StatusBadRequest, status)
	require.NotEmpty(t, e.Error)
}

// A presentation is its holder's, for whoever gave out the challenge, and holds credentials
// that verify.
func TestPresent(t *testing.T) {
	a := serve(t)
	issuer := a.issuers(t)[0]
	_, answer, _ := a.post(t, strings.TrimPrefix(issuer.Endpoint, a.URL), `{"credential": `+unsigned(issuer.ID, "")+`}`)
	held, err := json.Marshal(answer["verifiableCredential"])
	require.NoError(t, err)
	learner := school.Ed(t, 1)
	id := learner.ID
	sign := func(holder, credential, purpose string) string {
		text := `{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
			"holder": "` + holder + `", "verifiableCredential": [` + credential + `]}`
		return string(school.Sign(t, learner, []byte(text), func(o *dataintegrity.SignOptions) {
			o.Purpose, o.Challenge, o.Domain, o.SkipIssuerCheck = purpose, "c1", "jobs.example", true
		}))
	}
	const options = `{"challenge": "c1", "domain": "jobs.example"}`
	good, forged := sign(id, string(held), "authentication"), strings.Replace(string(held), "Alice", "Mallory", 1)
	for name, c := range map[string]struct {
		presentation, options string
		code                  vc.Code
	}{
		"good":               {good, options, ""},
		"changed":            {strings.Replace(good, id, "did:example:mallory", 1), options, verify.CodeHolderMismatch},
		"somebody else's":    {sign("did:example:mallory", string(held), "authentication"), options, verify.CodeHolderMismatch},
		"less than signed":   {strings.Replace(good, string(held), "", 1), options, proof.CodeSignature},
		"another challenge":  {good, `{"challenge": "c2", "domain": "jobs.example"}`, verify.CodeChallengeOther},
		"another domain":     {good, `{"challenge": "c1", "domain": "shop.example"}`, verify.CodeDomainOther},
		"for assertion":      {sign(id, string(held), "assertionMethod"), options, proof.CodeProofPurpose},
		"unsigned":           {good[:strings.LastIndex(good, `,"proof"`)] + `}`, options, verify.CodePresentationUnsigned},
		"forged credential":  {sign(id, forged, "authentication"), options, verify.CodeNestedForged},
		"unsigned statement": {sign(id, unsigned(issuer.ID, ""), "authentication"), options, verify.CodeNestedUnvouched},
	} {
		status, answer, e := a.post(t, "/presentations/verify", `{"verifiablePresentation": `+c.presentation+`, "options": `+c.options+`}`)
		if c.code == "" {
			require.Equal(t, http.StatusOK, status, "%s: %v", name, answer)
			continue
		}
		require.Equal(t, http.StatusBadRequest, status, name)
		require.Contains(t, e.Codes, c.code, name)
	}
}
