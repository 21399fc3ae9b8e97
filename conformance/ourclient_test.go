package conformance_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// ourClient connects by oauthclient, and reads and writes by ob/obapi.
type ourClient struct{ badge []byte }

func (o ourClient) start(ctx context.Context, h conformance.Peer) error {
	scopes := []string{obapi.ScopeCredentialReadonly, obapi.ScopeProfileReadonly, obapi.ScopeCredentialUpsert, obapi.ScopeProfileUpdate}
	client, err := oauthclient.New(oauthclient.Config{
		Application: oauthclient.Application{Name: "Wallet", URL: walletURL + "/", Logo: walletURL + "/logo.png", Terms: walletURL + "/terms",
			Policy: walletURL + "/privacy", SoftwareID: "w", SoftwareVersion: "1", RedirectURI: walletURL + "/back"},
		Scopes: scopes, Store: &oauthclient.MemoryStore{}, RootCAs: h.Roots, InsecureAllowLoopback: true, Now: testkit.Clock,
	})
	if err != nil {
		return err
	}
	host, err := client.Discover(ctx, h.DiscoveryURL)
	if err != nil {
		return err
	}
	to, err := client.Begin(ctx, "ada", host, scopes...)
	if err != nil {
		return err
	}
	told, err := (&wallet{}).visit(ctx, h, to)
	if err != nil {
		return err
	}
	connection, err := client.Finish(ctx, "ada", told)
	if err != nil {
		return err
	}
	service, err := obapi.NewClient(obapi.ClientConfig{BaseURL: h.DiscoveryURL, Do: connection, Now: testkit.Clock})
	if err != nil {
		return err
	}
	standing, err := connection.Standing(ctx)
	if err != nil {
		return err
	}
	return o.use(ctx, service, standing.Scopes)
}

// use does what the person allowed: it reads all there is, and sends.
func (o ourClient) use(ctx context.Context, service *obapi.Client, allowed []string) error {
	if !slices.Contains(allowed, obapi.ScopeCredentialUpsert) {
		return nil
	}
	for _, err := range service.Credentials(ctx, obapi.List{}) {
		if err != nil {
			return err
		}
	}
	if _, err := service.Profile(ctx); err != nil {
		return err
	}
	if _, err := service.Upsert(ctx, o.badge); err != nil {
		return err
	}
	_, err := service.PutProfile(ctx, []byte(`{"id":"https://1edtech.org/issuers/cert","type":["Profile"],"name":"Test"}`), obapi.PutOptions{})
	return err
}

// visit is the person's browser.
func (w *wallet) visit(ctx context.Context, h conformance.Peer, to string) (url.Values, error) {
	w.http = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: h.Roots, MinVersion: tls.VersionTLS12}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer w.http.CloseIdleConnections()
	got, err := w.do(ctx, http.MethodGet, to, nil)
	if err != nil {
		return nil, err
	}
	back, err := url.Parse(got.header.Get("Location"))
	if err != nil || back.Host == "" {
		return nil, fmt.Errorf("the host leads nowhere: %d", got.status)
	}
	return back.Query(), nil
}

func TestOurClientPasses(t *testing.T) {
	shop := newWorkshop(t)
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBConsumerRead, conformance.RoleOBConsumerWrite},
		Seed: "one", Now: testkit.Clock,
		Consumer: &conformance.Consumer{Start: ourClient{shop.sign(obtest.Ed25519, shop.badge(obtest.Ed25519), "")}.start}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	for _, r := range report.Results {
		if r.Unbuilt == "" && r.Outcome != conformance.OutcomePass {
			t.Error(r.Text())
		}
	}
}
