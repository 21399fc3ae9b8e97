package obapi_test

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/issue"
)

// official holds requests and answers against a description in OpenAPI.
type official struct {
	h      *host
	router routers.Router
}

// against makes the description that of a base. The published one says nothing of
// application/vc+ld+json, which the text of the standard has.
func against(t *testing.T, h *host, doc *openapi3.T, base string) *official {
	t.Helper()
	doc.Servers = openapi3.Servers{{URL: base}}
	doc.Components.SecuritySchemes = nil
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			op.Security = nil // the tokens are tested elsewhere
		}
	}
	post := doc.Paths.Find("/credentials").Post
	for _, content := range []openapi3.Content{post.RequestBody.Value.Content, post.Responses.Value("200").Value.Content,
		post.Responses.Value("201").Value.Content} {
		content["application/vc+ld+json"] = content["application/json"]
	}
	router, err := gorillamux.NewRouter(doc)
	require.NoError(t, err)
	return &official{h, router}
}

func published(t *testing.T) *openapi3.T {
	doc, err := openapi3.NewLoader().LoadFromFile(testkit.Shared(t, "ob/schemas/ob_v3p0_2024-07/openapi.json"))
	require.NoError(t, err)
	return doc
}

// ask sends a request and holds its answer against the description, and the request too
// where it goes well.
func (o *official) ask(method, url, token string, body []byte, media string) *httptest.ResponseRecorder {
	o.h.t.Helper()
	r := httptest.NewRequest(method, url, bytes.NewReader(body))
	r.Header.Set("Content-Type", media)
	route, params, err := o.router.FindRoute(r)
	require.NoError(o.h.t, err, url)
	w := o.h.call(method, url, token, body, "Content-Type", media)
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}
	if w.Code < 300 {
		require.NoError(o.h.t, openapi3filter.ValidateRequest(o.h.t.Context(), in), url)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true}}
	require.NoError(o.h.t, openapi3filter.ValidateResponse(o.h.t.Context(), out.SetBodyBytes(w.Body.Bytes())), "%s %s", method, w.Body)
	return w
}

// everything asks for each operation, in each way in which it is answered, and returns the
// statuses.
func (o *official) everything(base string, good [][]byte) (statuses []int) {
	ask := func(method, path, token string, body []byte, media string) {
		statuses = append(statuses, o.ask(method, base+path, token, body, media).Code)
	}
	json := "application/json"
	ask("GET", "/discovery", "", nil, json)
	ask("GET", "/profile", "ada", nil, json)
	ask("PUT", "/profile", "ada", []byte(profile), json)
	ask("PUT", "/profile", "ada", []byte("{}"), json)
	ask("PUT", "/profile", "ada", []byte(profile), "text/html")
	ask("GET", "/profile", "ada", nil, json)
	for _, text := range good {
		media := "text/plain"
		if text[0] == '{' {
			media = json
		}
		ask("POST", "/credentials", "ada", text, media)
		ask("POST", "/credentials", "ada", text, media)
		ask("GET", "/credentials?limit=1&offset=0&since=2020-01-01T00:00:00Z", "ada", nil, json)
	}
	ask("POST", "/credentials", "ada", good[0], "application/vc+ld+json")
	ask("GET", "/credentials", "ada", nil, json)
	for _, body := range []string{"", "{}", "x"} {
		ask("POST", "/credentials", "ada", []byte(body), json)
	}
	for _, op := range []string{"GET /credentials", "POST /credentials", "GET /profile", "PUT /profile"} {
		method, path, _ := strings.Cut(op, " ")
		ask(method, path, "", nil, json)
		ask(method, path, "nobody", nil, json)
		ask(method, path, "powerless", nil, json)
	}
	ask("GET", "/credentials?limit=0", "ada", nil, json)
	return statuses
}

// Every answer is as the published description of Open Badges 3.0 has it, and as our own
// has it, for both services.
func TestOfficialDescription(t *testing.T) {
	ed := school.Ed(t, 1)
	badge := listed(t, school.Sign(t, ed, ed.Badge(obtest.Badge{Number: 1, Results: 2, Alignments: 3}), nil))
	badges2 := [][]byte{badge, in(t, ed, ed.Badge(obtest.Badge{Number: 2}), issue.VCJWT)}
	records := [][]byte{school.Sign(t, ed, ed.Record(1, "did:example:ada", badge), nil),
		in(t, ed, ed.Record(2, "did:example:ada", badge), issue.VCJWT)}
	fresh := func() *host {
		return newHost(t, keeper(t, nil), func(c *obapi.Config) {
			all := everybody()
			all["powerless"] = all["foreign"]
			a := all["powerless"]
			a.Tenant, a.Scopes = "demo", []string{"offline_access"}
			all["powerless"] = a
			c.Authorizer = all
		})
	}
	want := []int{200, 201, 400, 401, 403, 404, 415}
	h := fresh()
	require.Equal(t, want, distinct(against(t, h, published(t), badges).everything(badges, badges2)))
	for base, good := range map[string][][]byte{badges: badges2, clrs: records} {
		h := fresh()
		ours, err := openapi3.NewLoader().LoadFromData(h.call(http.MethodGet, base+"/discovery", "", nil).Body.Bytes())
		require.NoError(t, err)
		require.NoError(t, ours.Validate(t.Context()))
		require.Equal(t, want, distinct(against(t, h, ours, base).everything(base, good)))
	}
	for _, err := range []error{errors.New("down"), hub.ErrInvalid} {
		h := newHost(t, keeper(t, func(c *obapi.KeeperConfig) { c.Store = &failing{&hub.Memory{}, err} }), nil)
		o := against(t, h, published(t), badges)
		require.Equal(t, http.StatusInternalServerError, o.ask("GET", badges+"/credentials", "ada", nil, "").Code)
		require.Equal(t, http.StatusInternalServerError, o.ask("POST", badges+"/credentials", "ada", badge, "application/json").Code)
	}
}

// listed writes the proof as a list, which the published schema wants and which says the
// same.
func listed(t *testing.T, signed []byte) []byte {
	t.Helper()
	head, proof, ok := bytes.Cut(signed, []byte(`"proof":`))
	require.True(t, ok)
	return slices.Concat(head, []byte(`"proof":[`), proof[:len(proof)-1], []byte("]}"))
}

func distinct(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// Our description says of each operation what the published one says: its name, its
// parameters, its scopes, its answers but 304 and 202, which it never gives.
func TestDescriptionAgreesWithThePublished(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ours, err := openapi3.NewLoader().LoadFromData(h.call(http.MethodGet, badges+"/discovery", "", nil).Body.Bytes())
	require.NoError(t, err)
	want := published(t)
	require.Equal(t, want.Paths.Len(), ours.Paths.Len())
	for path, item := range want.Paths.Map() {
		require.Equal(t, len(item.Operations()), len(ours.Paths.Find(path).Operations()), path)
		for method, op := range item.Operations() {
			mine := ours.Paths.Find(path).GetOperation(method)
			require.Equal(t, op.OperationID, mine.OperationID)
			require.Equal(t, op.Security, mine.Security, op.OperationID)
			require.Equal(t, len(op.Parameters), len(mine.Parameters), op.OperationID)
			for i, p := range op.Parameters {
				require.Equal(t, p.Value.Name, mine.Parameters[i].Value.Name)
				require.Equal(t, p.Value.Schema.Value.Type, mine.Parameters[i].Value.Schema.Value.Type)
				require.Equal(t, p.Value.Schema.Value.Format, mine.Parameters[i].Value.Schema.Value.Format)
			}
			for status := range op.Responses.Map() {
				require.Equal(t, status == "304" || status == "202", mine.Responses.Value(status) == nil, "%s %s", op.OperationID, status)
			}
		}
	}
	scheme, mine := want.Components.SecuritySchemes["OAuth2ACG"].Value, ours.Components.SecuritySchemes["OAuth2ACG"].Value
	for scope := range scheme.Flows.AuthorizationCode.Scopes {
		require.Contains(t, mine.Flows.AuthorizationCode.Scopes, scope)
	}
	require.Equal(t, len(scheme.Flows.AuthorizationCode.Scopes), len(mine.Flows.AuthorizationCode.Scopes))
	require.Equal(t, origin+"/demo/oauth/revoke", mine.Extensions["x-laurel-revocationUrl"])
	require.Equal(t, origin+"/demo/oauth/register", mine.Extensions["x-imssf-registrationUrl"])
}
