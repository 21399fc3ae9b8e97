package conformance_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/refhost"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// reader is a product that reads frameworks by our client, and keeps what it read as JSON.
type reader struct {
	fault string
	kept  map[string][]byte
}

func (p *reader) start(ctx context.Context, h conformance.Peer) error {
	c := caseapi.ClientConfig{BaseURL: h.DiscoveryURL, Do: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs: h.Roots, MinVersion: tls.VersionTLS12}}}}
	if p.fault == "impatient" {
		c.Retries = -1
	}
	if p.fault == "short" {
		c.MaxPackage = 1 << 20
	}
	client, err := caseapi.NewClient(c)
	if err != nil || p.fault == "idle" {
		return err
	}
	for d, err := range client.Documents(caseapi.List{}).All(ctx) {
		if err != nil {
			return err
		}
		got, err := client.PackageOf(ctx, d, caseapi.Known{})
		if err != nil {
			return err
		}
		if p.fault == "strict" && len(got.Framework.StandaloneDocument().Extra) > 0 {
			return errors.New("an unknown member")
		}
		p.keep(got.Framework)
		if p.fault == "first page" {
			return nil
		}
	}
	return nil
}

// keep keeps the records of a framework.
func (p *reader) keep(f *casefw.Framework) {
	d := f.StandaloneDocument()
	p.kept[d.Identifier], _ = json.Marshal(d)
	for t := range f.Items() {
		p.kept[t.GUID().String()], _ = json.Marshal(t.Standalone())
	}
	for a := range f.Associations() {
		p.kept[a.GUID().String()], _ = json.Marshal(a.Standalone())
	}
}

func (p *reader) readBack(_ context.Context, id string) ([]byte, error) {
	text, ok := p.kept[id]
	if !ok || p.fault == "forgetful" && strings.HasPrefix(id, "5a110000") {
		return nil, errors.New("nothing is kept")
	}
	if p.fault == "lossy" {
		text = []byte(strings.Replace(string(text), `"fullStatement":"Lays`, `"fullStatement":"Loses`, 1))
	}
	return text, nil
}

// Our client passes as a consumer of both versions; each fault of a product is told by exactly
// the checks that are for it.
func TestCASEConsumers(t *testing.T) {
	for fault, want := range map[string][]string{
		"":           {"CC-1 pass", "CC-2 pass"},
		"lossy":      {"CC-1 fail", "CC-2 pass"},
		"forgetful":  {"CC-1 fail", "CC-2 pass"},
		"strict":     {"CC-1 pass", "CC-2 warn"},
		"impatient":  {"CC-1 pass", "CC-2 warn"},
		"short":      {"CC-1 pass", "CC-2 warn"},
		"first page": {"CC-1 pass", "CC-2 pass"}, // which reads one framework everywhere
		"idle":       {"CC-1 not-run", "CC-2 not-run"},
	} {
		roles := []conformance.Role{conformance.RoleCASEConsumer10, conformance.RoleCASEConsumer11}
		if fault != "" {
			roles = roles[1:]
		}
		for _, role := range roles {
			product := &reader{fault: fault, kept: map[string][]byte{}}
			s := conformance.Suite{Roles: []conformance.Role{role}, Seed: "one", Now: testkit.Clock,
				Consumer: &conformance.Consumer{Start: product.start}, Hooks: conformance.Hooks{ReadBack: product.readBack}}
			r, err := s.Run(t.Context())
			require.NoError(t, err)
			var got []string
			for _, one := range r.Results {
				got = append(got, one.ID[len("CASE-1.0-"):]+" "+one.Outcome.String())
				if fault == "" {
					require.Empty(t, one.Findings)
				}
			}
			require.Equal(t, want, got, "%s %s %+v", fault, role, r.Results)
		}
	}
	require.Len(t, refhost.FrameworkTrials(), 3)
}
