package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// town is a gradebook, an issuer, a hub and who verifies, each a host of its own on loopback.
type town struct {
	t        *testing.T
	dir      string
	now      time.Time
	book     *obtest.Gradebook
	args     []string
	hub      *httptest.Server
	verifier *verify.Verifier
}

// newTown builds one where two learners are known, and awards are made by a plan with these
// policies.
func newTown(t *testing.T, policies string) *town {
	t.Helper()
	w := &town{t: t, dir: t.TempDir(), now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC),
		book: &obtest.Gradebook{ClientID: "tool", Secret: "hush", MaxLimit: 2, BusyEvery: 9}}
	t.Setenv("AWARD_SECRET", "hush")
	book := httptest.NewServer(w.book)
	t.Cleanup(book.Close)
	for id, item := range map[string]string{"li-oven": "20", "li-dough": "11"} {
		w.put("lineItems", map[string]any{"sourcedId": id, "resultValueMin": 0, "resultValueMax": 40,
			"learningObjectiveSet": []any{map[string]any{"source": "case",
				"learningObjectiveIds": []any{"00000000-0000-4000-8000-0000000000" + item}}}})
	}
	plans, err := os.ReadFile("testdata/plans.json")
	require.NoError(t, err)
	w.file("plans.json", strings.Replace(string(plans), `"onEvidenceDeleted": "revoke"`, policies, 1))
	w.file("learners.json", `{"stu-1": {"learner": "mo", "email": "mo@crafts.example"}, "stu-2": {"learner": "ida", "id": "did:example:ida"}}`)
	issuer, roots := w.issuer()
	w.args = []string{"-json", "-loopback", "-oneroster", book.URL, "-client", "tool", "-token-url", book.URL + "/token",
		"-plans", w.path("plans.json"), "-framework", "../../casefw/plan/testdata/framework.json", "-learners", w.path("learners.json"),
		"-issuer", issuer + "/issuer", "-key", w.path("key.pem"), "-status", issuer + "/status", "-state", w.path("state"),
		"-out", w.path("out")}
	w.serveHub(roots)
	return w
}

func (w *town) path(name string) string { return filepath.Join(w.dir, name) }

func (w *town) file(name, text string) {
	w.t.Helper()
	require.NoError(w.t, os.WriteFile(w.path(name), []byte(text), 0o600))
}

func (w *town) clock() time.Time { return w.now }

// issuer makes the key, and serves the issuer's document with it and whatever the command
// publishes.
func (w *town) issuer() (url string, roots *x509.CertPool) {
	public, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(w.t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(w.t, err)
	w.file("key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	id, _, err := didkey.From(public)
	require.NoError(w.t, err)
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		out.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/issuer" {
			at := server.URL + "/issuer"
			_ = json.NewEncoder(out).Encode(map[string]any{"@context": "https://www.w3.org/ns/cid/v1", "id": at,
				"verificationMethod": []any{map[string]any{"id": at + "#key-1", "type": "Multikey", "controller": at,
					"publicKeyMultibase": strings.TrimPrefix(id, "did:key:")}},
				"assertionMethod": []any{at + "#key-1"}})
			return
		}
		text, err := os.ReadFile(filepath.Join(w.dir, "out", filepath.FromSlash(r.URL.Path)))
		if err != nil {
			out.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = out.Write(text)
	})
	server.StartTLS()
	w.t.Cleanup(server.Close)
	roots = x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server.URL, roots
}

// people are the tokens of the hub: each is the name of a learner.
type people struct{}

func (people) Authorize(r *http.Request, tenant string) (oauthsrv.Access, error) {
	name, ok := oauthsrv.BearerToken(r)
	if !ok {
		return oauthsrv.Access{}, oauthsrv.ErrNoToken
	}
	return oauthsrv.Access{Tenant: tenant, Subject: name, Scopes: []string{obapi.ScopeCredentialReadonly, obapi.ScopeCredentialUpsert}}, nil
}

// serveHub serves a hub that verifies over the network whatever is brought.
func (w *town) serveHub(roots *x509.CertPool) {
	client, err := fetch.NewClient(fetch.Config{RootCAs: roots, InsecureAllowLoopback: true, Now: w.clock})
	require.NoError(w.t, err)
	config := verify.Config{Fetcher: client, Now: w.clock}
	w.verifier, err = verify.New(config)
	require.NoError(w.t, err)
	keeper, err := obapi.NewKeeper(obapi.KeeperConfig{Store: &hub.Memory{}, Verify: config, Now: w.clock})
	require.NoError(w.t, err)
	w.hub = httptest.NewUnstartedServer(nil)
	w.hub.StartTLS()
	w.t.Cleanup(w.hub.Close)
	w.hub.Config.Handler, err = obapi.NewHandler(obapi.Config{Keeper: keeper, Authorizer: people{}, Writes: true, Now: w.clock,
		Tenant: oauthsrv.Tenant{ID: "town", Issuer: w.hub.URL, Name: "Town", Terms: w.hub.URL + "/terms", Policy: w.hub.URL + "/privacy"}})
	require.NoError(w.t, err)
}

// as sends requests with the token of a learner.
type as struct {
	name string
	do   obapi.Doer
}

func (a as) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+a.name)
	return a.do.Do(r)
}

func (w *town) client(learner string) *obapi.Client {
	cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: w.hub.URL, Do: as{learner, w.hub.Client()}})
	require.NoError(w.t, err)
	return cl
}

// put writes a record into the gradebook, which is changed an hour after the last one.
func (w *town) put(collection string, record map[string]any) {
	w.now = w.now.Add(time.Hour)
	record["status"], record["dateLastModified"] = "active", w.now.Format("2006-01-02T15:04:05.000Z")
	w.book.Do(func(g *obtest.Gradebook) { g.Put(collection, record) })
}

func (w *town) grade(result, student, lineItem string, score any) {
	w.put("results", map[string]any{"sourcedId": result, "scoreDate": "2026-05-04", "scoreStatus": "fully graded", "score": score,
		"lineItem": map[string]any{"sourcedId": lineItem}, "student": map[string]any{"sourcedId": student}})
}

func (w *town) remove(result string) {
	w.now = w.now.Add(time.Hour)
	w.book.Do(func(g *obtest.Gradebook) { g.Delete("results", result, w.now) })
}

// decided is what the command tells of a decision.
type decided struct {
	plan.Decision
	credential json.RawMessage
	list       string
}

// run is a run of the command. What it awards is brought into the hub by the learner.
func (w *town) run() (all []decided) {
	w.t.Helper()
	w.now = w.now.Add(time.Hour)
	for text := range strings.Lines(command(w.t, 0, append(w.args, "-now", w.now.Format(time.RFC3339))...)) {
		var more struct {
			Credential  json.RawMessage
			List, Waits string
		}
		require.NoError(w.t, json.Unmarshal([]byte(text), &more))
		if more.Waits != "" {
			require.Equal(w.t, "r5", more.Waits)
			continue
		}
		d, err := plan.ParseDecision([]byte(text))
		require.NoError(w.t, err)
		all = append(all, decided{d, more.Credential, more.List})
		if more.Credential != nil {
			accepted, err := w.client(d.Learner).Upsert(w.t.Context(), more.Credential)
			require.NoError(w.t, err)
			require.Equal(w.t, obapi.AcceptedCreated, accepted)
		}
	}
	return all
}

// told is a decision in short: its verdict, learner and reason.
func (d decided) told() string {
	return strings.TrimSpace(fmt.Sprint(d.Verdict, " ", d.Learner, " ", d.Reason))
}

func short(all []decided) (told []string) {
	for _, d := range all {
		told = append(told, d.told())
	}
	slices.Sort(told)
	return told
}

// held are the badges that the hub has of a learner, by their id, each with what a verifier
// says of it today.
func (w *town) held(learner string) map[string]*verify.Report {
	w.t.Helper()
	all := map[string]*verify.Report{}
	for c, err := range w.client(learner).Credentials(w.t.Context(), obapi.List{}) {
		require.NoError(w.t, err)
		report, err := w.verifier.Inspect(context.Background(), c.Raw)
		require.NoError(w.t, err)
		var badge struct{ ID string }
		require.NoError(w.t, json.Unmarshal(c.Raw, &badge))
		all[badge.ID] = report
	}
	return all
}

// standings counts the badges of a learner that verify, and those that are revoked.
func (w *town) standings(learner string) (good, revoked int) {
	w.t.Helper()
	for _, report := range w.held(learner) {
		switch {
		case report.Verdict == verify.VerdictVerified:
			good++
		case slices.Contains(report.Codes(), status.CodeRevoked):
			revoked++
		default:
			require.Fail(w.t, "neither good nor revoked", "%v", report.Problems())
		}
	}
	return good, revoked
}

// The results of a gradebook become signed badges in a hub; a grade that is changed and one
// that is deleted later take them back, for everybody who looks at the status list.
func TestFromGradebookToHub(t *testing.T) {
	w := newTown(t, `"onEvidenceDeleted": "revoke", "onRegradeDown": "revoke"`)
	w.grade("r1", "stu-1", "li-oven", 34.8)
	w.grade("r2", "stu-1", "li-dough", 20)
	w.grade("r3", "stu-2", "li-oven", "32")
	w.grade("r4", "stu-2", "li-dough", 40)
	w.grade("r5", "stu-9", "li-dough", 40)

	first := w.run()
	require.Equal(t, []string{"award ida", "award mo"}, short(first))
	for _, d := range first {
		w.explained(d)
	}
	for _, learner := range []string{"mo", "ida"} {
		good, revoked := w.standings(learner)
		require.Equal(t, []int{1, 0}, []int{good, revoked}, learner)
	}
	require.Empty(t, w.run(), "nothing is new")

	w.grade("r1", "stu-1", "li-oven", 31.9) // a hundredth of a point below 80 percent is below it
	down := w.run()
	require.Equal(t, []string{"revoke mo evidence-no-longer-sufficient"}, short(down))
	require.True(t, strings.HasSuffix(down[0].list, "/status/revocation/1"), down[0].list)
	good, revoked := w.standings("mo")
	require.Equal(t, []int{0, 1}, []int{good, revoked})
	good, _ = w.standings("ida")
	require.Equal(t, 1, good, "the badge of another stays")

	w.grade("r1", "stu-1", "li-oven", 32)
	up := w.run()
	require.Equal(t, []string{"award mo"}, short(up))
	require.Equal(t, 2, up[0].Generation)
	w.explained(up[0])
	good, revoked = w.standings("mo")
	require.Equal(t, []int{1, 1}, []int{good, revoked}, "the new badge is another, and the old one stays revoked")

	w.remove("r4")
	require.Equal(t, []string{"revoke ida evidence-deleted"}, short(w.run()))
	good, revoked = w.standings("ida")
	require.Equal(t, []int{0, 1}, []int{good, revoked})
	require.Empty(t, w.run())
}

// explained holds every number of an award against the record of the gradebook that the
// explanation names: the percentage is worked out once more, from what the service has.
func (w *town) explained(d decided) {
	w.t.Helper()
	records := map[string]map[string]any{}
	w.book.Do(func(g *obtest.Gradebook) {
		for _, r := range slices.Concat(g.Records("results"), g.Records("lineItems")) {
			records[r["sourcedId"].(string)] = r
		}
	})
	var badge struct {
		CredentialSubject struct{ Result []struct{ Value string } }
		Evidence          []struct{ Description string }
	}
	require.NoError(w.t, json.Unmarshal(d.credential, &badge))
	var values, caused []string
	for leaf := range d.Explanation.Leaves {
		for _, u := range leaf.Used {
			result, lineItem := records[u.Result], records[u.LineItem]
			require.NotNil(w.t, result, u.Result)
			require.Equal(w.t, u.LineItem, result["lineItem"].(map[string]any)["sourcedId"])
			score, _ := new(big.Rat).SetString(fmt.Sprint(result["score"]))
			most, _ := new(big.Rat).SetString(fmt.Sprint(lineItem["resultValueMax"]))
			percent := new(big.Rat).Mul(score.Quo(score, most), big.NewRat(100, 1))
			value := strings.TrimSuffix(strings.TrimRight(percent.FloatString(4), "0"), ".")
			require.Equal(w.t, value+" percent", u.Value)
			require.True(w.t, u.Counted)
			values = append(values, value)
			caused = append(caused, "line item "+u.LineItem+": "+value+" percent for ")
		}
	}
	require.Len(w.t, values, 2)
	var shown []string
	for _, r := range badge.CredentialSubject.Result {
		shown = append(shown, r.Value)
	}
	require.ElementsMatch(w.t, values, shown)
	for _, cause := range caused {
		require.True(w.t, slices.ContainsFunc(badge.Evidence, func(e struct{ Description string }) bool {
			return strings.Contains(e.Description, cause)
		}), "%s in %v", cause, badge.Evidence)
	}
}

// What becomes of an award whose grade is lowered or deleted is what the plan says: it stands,
// somebody is asked to look, or it is revoked.
func TestPolicies(t *testing.T) {
	for _, c := range []struct {
		policies, lowered, deleted string
		good, revoked              int
	}{
		{`"onRegradeDown": "keep", "onEvidenceDeleted": "keep"`, "", "", 1, 0},
		{`"onRegradeDown": "review", "onEvidenceDeleted": "review"`, "review mo evidence-no-longer-sufficient", "review mo evidence-deleted", 1, 0},
		{`"onRegradeDown": "revoke", "onEvidenceDeleted": "keep"`, "revoke mo evidence-no-longer-sufficient", "", 0, 1},
		{`"onRegradeDown": "keep", "onEvidenceDeleted": "revoke"`, "", "revoke mo evidence-deleted", 0, 1},
	} {
		t.Run(c.policies, func(t *testing.T) {
			w := newTown(t, c.policies)
			w.grade("r1", "stu-1", "li-oven", 40)
			w.grade("r2", "stu-1", "li-dough", 40)
			require.Equal(t, []string{"award mo"}, short(w.run()))
			w.grade("r2", "stu-1", "li-dough", 1)
			require.Equal(t, c.lowered, strings.Join(short(w.run()), "; "))
			w.remove("r2")
			require.Equal(t, c.deleted, strings.Join(short(w.run()), "; "))
			good, revoked := w.standings("mo")
			require.Equal(t, []int{c.good, c.revoked}, []int{good, revoked})
		})
	}
}
