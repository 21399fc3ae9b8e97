package obapi_test

import (
	"bytes"
	"encoding/json"
	"iter"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// dated returns a badge with another validFrom.
func dated(t testing.TB, badge []byte, from string) []byte {
	t.Helper()
	return with(t, badge, "validFrom", from)
}

// with returns a text with one member set to another text.
func with(t testing.TB, text []byte, name, value string) []byte {
	t.Helper()
	var all map[string]any
	require.NoError(t, json.Unmarshal(text, &all))
	all[name] = value
	changed, err := json.Marshal(all)
	require.NoError(t, err)
	return changed
}

// in secures a credential in a form.
func in(t testing.TB, i *obtest.Issuer, text []byte, f issue.Form) []byte {
	t.Helper()
	signed, err := i.Secure(text, f)
	require.NoError(t, err)
	return signed
}

// page is the answer of getCredentials.
type page struct {
	Credential       []json.RawMessage `json:"credential"`
	CompactJwsString []string          `json:"compactJwsString"`
}

func (h *host) list(url string) (p page) {
	h.t.Helper()
	w := h.get(url)
	require.Equal(h.t, http.StatusOK, w.Code, w.Body)
	require.NoError(h.t, json.Unmarshal(w.Body.Bytes(), &p))
	return p
}

// The replacement table of the specification's equality: newer replaces, the same instant
// replaces by other bytes, older is refused, and another issuer is another entry.
func TestUpsertTable(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ed := school.Ed(t, 1)
	badge := ed.Badge(obtest.Badge{Number: 1})
	first := school.Sign(t, ed, dated(t, badge, "2025-06-01T10:00:00Z"), nil)
	w := h.post(badges, "ada", first)
	require.Equal(t, http.StatusCreated, w.Code, w.Body)
	require.Equal(t, first, w.Body.Bytes(), "the bytes that came")
	require.Equal(t, "application/json", w.Header().Get("Content-Type"))

	require.Equal(t, http.StatusOK, h.post(badges, "ada", first).Code, "the same again")
	token := in(t, ed, dated(t, badge, "2025-06-01T12:00:00+02:00"), issue.VCJWT)
	w = h.post(badges, "ada", token)
	require.Equal(t, http.StatusOK, w.Code, "the same instant in another form")
	require.Equal(t, token, w.Body.Bytes())
	require.Equal(t, page{CompactJwsString: []string{string(token)}}, h.list(badges+"/credentials"))

	newer := school.Sign(t, ed, dated(t, badge, "2025-06-01T10:00:01Z"), nil)
	require.Equal(t, http.StatusOK, h.post(badges, "ada", newer).Code)
	requireStatus(t, h.post(badges, "ada", first), http.StatusConflict, "invalid_data")
	require.Equal(t, page{Credential: []json.RawMessage{newer}}, h.list(badges+"/credentials"))

	other := school.Ed(t, 2)
	twin := school.Sign(t, other, with(t, other.Badge(obtest.Badge{Number: 1}), "id", idOf(t, badge)), nil)
	require.Equal(t, http.StatusCreated, h.post(badges, "ada", twin).Code, "another issuer")
	require.Equal(t, http.StatusCreated, h.post(badges, "bob", first).Code, "another owner")
	require.Len(t, h.list(badges+"/credentials").Credential, 2)

	escaped := strings.Replace(idOf(t, badge), "-", "%2D", 1)
	again := school.Sign(t, ed, with(t, dated(t, badge, "2025-07-01T10:00:00Z"), "id", escaped), nil)
	require.Equal(t, http.StatusOK, h.post(badges, "ada", again).Code, "an escape names the same")
}

func idOf(t testing.TB, text []byte) string {
	t.Helper()
	var c struct{ ID string }
	require.NoError(t, json.Unmarshal(text, &c))
	return c.ID
}

// What is not authentic is not kept, whatever the reason; what has expired is.
func TestUpsertJudges(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ed := school.Ed(t, 1)
	plain := ed.Badge(obtest.Badge{Number: 2})
	good := school.Sign(t, ed, plain, nil)
	for name, text := range map[string][]byte{
		"unsigned":             plain,
		"changed":              bytes.Replace(good, []byte(`"validFrom"`), []byte(`"name":"x","validFrom"`), 1),
		"without an id":        school.Sign(t, ed, without(t, plain, "id"), nil),
		"far ahead":            school.Sign(t, ed, dated(t, plain, "2030-01-01T00:00:00Z"), nil),
		"without a date":       school.Sign(t, ed, without(t, plain, "validFrom"), nil),
		"a record":             school.Sign(t, ed, ed.Record(1, "did:example:ada", good), nil),
		"an endorsement":       school.Sign(t, ed, ed.Endorsement("https://x.example/1", 1), nil),
		"no JSON":              []byte(`{"a":`),
		"a list":               append(append([]byte(`[`), good...), ']'),
		"two":                  append(bytes.Clone(good), good...),
		"nothing":              {},
		"a name twice":         bytes.Replace(good, []byte(`"validFrom"`), []byte(`"id":"x","validFrom"`), 1),
		"a token as JSON":      in(t, ed, plain, issue.VCJWT),
		"a token as a text":    append(append([]byte(`"`), in(t, ed, plain, issue.VCJWT)...), '"'),
		"what is no UTF-8":     bytes.Replace(good, []byte("Keel"), []byte("K\xffel"), 1),
		"a page for people":    []byte("<!doctype html><p>hello"),
		"a presentation of it": append(append([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[`), good...), ']', '}'),
	} {
		t.Run(name, func(t *testing.T) {
			w := h.call(http.MethodPost, badges+"/credentials", "ada", text, "Content-Type", "application/json")
			requireStatus(t, w, http.StatusBadRequest, "invalid_data")
			require.NotContains(t, w.Body.String(), "panick")
		})
	}
	require.Equal(t, page{}, h.list(badges+"/credentials"), "nothing of it was kept")

	expired := ed.Badge(obtest.Badge{Number: 3, ValidUntil: testNow().Add(-time.Hour)})
	ahead := dated(t, ed.Badge(obtest.Badge{Number: 4}), "2026-06-01T00:00:00Z")
	revoked := ed.Badge(obtest.Badge{Number: 5, Status: unreachable()})
	for name, text := range map[string][]byte{"expired": expired, "not yet valid": ahead, "a status nobody can ask": revoked} {
		require.Equal(t, http.StatusCreated, h.post(badges, "ada", school.Sign(t, ed, text, nil)).Code, name)
	}
	require.Equal(t, http.StatusCreated, h.post(badges, "ada", good).Code, "the control")
}

// Of everything that issuers, holders and forgers make, what is kept is what a verifier
// calls authentic, and nothing else.
func TestUpsertKeepsWhatIsAuthentic(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "obapi", At: testNow()})
	h := newHost(t, keeper(t, func(c *obapi.KeeperConfig) { c.Verify.Fetcher = world.Web }), nil)
	kept, refused := 0, 0
	for _, cases := range []func() iter.Seq2[obtest.Case, error]{world.Good, world.Bad, world.Attacks} {
		for c, err := range cases() {
			require.NoError(t, err)
			report, err := verify.Inspect(t.Context(), c.Credential, verify.Config{Fetcher: world.Web, Now: testkit.Clock})
			require.NoError(t, err)
			base := badges
			if slices.Contains(report.Types, "ClrCredential") {
				base = clrs
			}
			endorsement := slices.Contains(report.Types, "EndorsementCredential")
			w := h.post(base, "ada", c.Credential)
			if report.Authentic() && !endorsement && report.ID != "" {
				require.Contains(t, []int{200, 201, 409}, w.Code, "%s: %s", c.Name, w.Body)
				kept++
				continue
			}
			refused++
			if w.Code == http.StatusServiceUnavailable { // its key's host is down at the moment
				require.Equal(t, verify.VerdictUndetermined, report.Verdict, c.Name)
				require.NotEmpty(t, w.Header().Get("Retry-After"))
				continue
			}
			requireStatus(t, w, http.StatusBadRequest, "invalid_data")
		}
	}
	require.Greater(t, kept, 20)
	require.Greater(t, refused, 40)
}

// A record goes to the service of records, in either form.
func TestUpsertRecords(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ed := school.Ed(t, 1)
	badge := school.Sign(t, ed, ed.Badge(obtest.Badge{Number: 1}), nil)
	record := school.Sign(t, ed, ed.Record(1, "did:example:ada", badge), nil)
	token := in(t, ed, ed.Record(2, "did:example:ada", badge), issue.VCJWT)
	require.Equal(t, http.StatusCreated, h.post(clrs, "ada", record).Code)
	w := h.post(clrs, "ada", token)
	require.Equal(t, http.StatusCreated, w.Code, w.Body)
	require.Equal(t, "text/plain", w.Header().Get("Content-Type"))
	requireStatus(t, h.post(clrs, "ada", badge), http.StatusBadRequest, "invalid_data")
	require.Equal(t, page{[]json.RawMessage{record}, []string{string(token)}}, h.list(clrs+"/credentials"))
	require.Equal(t, page{}, h.list(badges+"/credentials"), "a list of its own")
}
