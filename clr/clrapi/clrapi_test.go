package clrapi_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// The service describes the operations of CLR 2.0 as the table of them has it: the paths,
// the scopes and the schemas are its own. Everything else is tested in package obapi, with
// both services.
func TestDescription(t *testing.T) {
	k, err := obapi.NewKeeper(obapi.KeeperConfig{Store: &hub.Memory{}})
	require.NoError(t, err)
	h, err := clrapi.NewHandler(obapi.Config{Keeper: k, Writes: true, Tenant: oauthsrv.Tenant{ID: "demo", Issuer: "https://hub.example/demo",
		Name: "Hub", Terms: "https://hub.example/terms", Policy: "https://hub.example/privacy"}})
	require.NoError(t, err)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "https://hub.example/demo"+clrapi.BasePath+"/discovery", nil))
	require.Equal(t, http.StatusOK, w.Code)
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	require.Equal(t, "https://hub.example/demo/ims/clr/v2p0", doc.Servers[0].URL)
	require.Equal(t, "2.0", doc.Info.Version)
	for _, o := range []struct{ method, path, id, scope string }{
		{"GET", "/credentials", "getCredentials", clrapi.ScopeCredentialReadonly}, {"POST", "/credentials", "upsertCredential", clrapi.ScopeCredentialUpsert},
		{"GET", "/profile", "getProfile", clrapi.ScopeProfileReadonly}, {"PUT", "/profile", "putProfile", clrapi.ScopeProfileUpdate},
	} {
		op := doc.Paths.Find(o.path).GetOperation(o.method)
		require.Equal(t, o.id, op.OperationID)
		require.Equal(t, []string{o.scope}, (*op.Security)[0]["OAuth2ACG"])
	}
	page := doc.Paths.Find("/credentials").Get.Responses.Value("200").Value.Content["application/json"].Schema
	require.Equal(t, "#/components/schemas/GetClrCredentialsResponse", page.Ref)
	require.Contains(t, doc.Components.Schemas, "ClrCredential")
}
