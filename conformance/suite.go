package conformance

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// Suite says which product is tested, as what, and with what. The zero Suite selects
// nothing, and to run it is an error. A Suite may be run several times, one at a time.
type Suite struct {
	// Subject is the product, for the report.
	Subject Subject
	// Roles are what it is tested as. Nil selects nothing.
	Roles []Role
	// Guide is the version of the guide of Open Badges, GuideOB12 by default.
	Guide Guide
	// Only selects checks by patterns of their ids or aliases, such as OB-H-PR-3.*, among
	// those of the Roles. Nil selects all.
	Only []string

	// Artefacts are credentials and images that the product made.
	Artefacts []Artefact
	// Recipient is whom they must be for, conformance@imsglobal.org by default, which is the
	// address of the test system.
	Recipient string
	// Provider is the product as a server.
	Provider *Provider
	// Consumer is the product as a client of the suite's reference host.
	Consumer *Consumer
	// Hooks let the product do by itself what the guide has filmed.
	Hooks Hooks
	// Slots are the files of films and pictures, by the id of the check.
	Slots map[string]string

	// Listen serves the suite's reference host for products that are clients, and returns its
	// origin, such as that of a tunnel. Nil is localhost, at a port that the system chooses.
	Listen func(http.Handler) (origin string, roots *x509.CertPool, stop func(), err error)
	// Fetcher gets the keys and status lists that credentials of the product name. Nil
	// fetches nothing: then keys must be did:key or did:jwk.
	Fetcher fetch.Fetcher
	// Known are failures that are known, nil for none.
	Known *Baseline
	// Strict is the run before the certification: nothing may be skipped, and Known must be nil.
	Strict bool
	// Seed decides the order, the keys and the credentials. "" draws one.
	Seed string
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// Timeout bounds one check, a minute by default.
	Timeout time.Duration
}

// Subject names the product in the report.
type Subject struct {
	Vendor  string `json:"vendor,omitempty"`
	Product string `json:"product,omitempty"`
	Version string `json:"version,omitempty"`
}

// Artefact is something that the product made: a credential as JSON or a token, or an
// image with one.
type Artefact struct {
	Name string // of the file, for the report
	Data []byte
}

// Provider is a product that serves.
type Provider struct {
	// URL is the base of the services, either the whole one, …/ims/ob/v3p0, or what stands
	// before /ims where several standards have the same.
	URL string
	// Client sends the requests, as an application does. Nil is a client with the system's
	// authorities. It must not follow redirects of the authorization page.
	Client *http.Client
	// Login opens the authorization URL as a person would, agrees, and returns the URL that the
	// product redirected to, which begins with https://conformance.example/. FormLogin makes one.
	// Nil skips all that needs a token.
	Login func(ctx context.Context, authorizationURL string) (redirected string, err error)
	// ProfileID is the id of the profile that is written, by default
	// https://1edtech.org/issuers/cert as in the guide.
	ProfileID string
	// RevocationURL is where tokens are revoked, where neither the description, nor the
	// registration, nor the metadata say it.
	RevocationURL string
	// Header is added to each request, such as the authorization of a CASE provider.
	Header http.Header
}

// Consumer is a product that asks a host.
type Consumer struct {
	// Start lets the product connect to a host and do what a consumer does: read and show,
	// and where its role is to write, send a badge and perhaps a profile. It returns when that is done, with an error where
	// the product says that it could not. Nobody has to sign in: the host allows everything at once.
	Start func(ctx context.Context, h Peer) error
}

// Peer is a host of the suite, for the product as a client.
type Peer struct {
	DiscoveryURL string
	Roots        *x509.CertPool // the authorities to trust; nil where Suite.Listen brought none
}

// Shown is what a page of the product shows of a credential.
type Shown struct {
	Name, Description, Issuer string
	IssuedOn                  time.Time
	// Status is "valid", "expired" or "revoked", or whatever else is shown in place of these.
	Status string
}

// Display is a credential that the product has to verify and show.
type Display struct {
	URL        string // where it stands
	Credential []byte // the same bytes
	Roots      *x509.CertPool
}

// Hooks are what a product can do by itself. A nil hook leaves its checks to people.
type Hooks struct {
	// Display verifies a credential as if a viewer had asked for it, and says what is shown. An
	// error says that it cannot be shown. Keys and status lists stand at the suite's host, on loopback.
	Display func(ctx context.Context, d Display) (Shown, error)
	// ReadBack returns what the product stored of a CASE object, as JSON.
	ReadBack func(ctx context.Context, id string) ([]byte, error)
}

func (s *Suite) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

func (s *Suite) guide() Guide {
	if s.Guide == "" {
		return GuideOB12
	}
	return s.Guide
}

// validate finds contradictions.
func (s *Suite) validate() error {
	switch {
	case len(s.Roles) == 0:
		return errors.New("conformance: the suite selects nothing: Roles is empty")
	case s.Strict && s.Known != nil:
		return errors.New("conformance: Strict takes no known failures")
	case s.guide() != GuideOB11 && s.guide() != GuideOB12:
		return fmt.Errorf("conformance: %q is no version of the guide of Open Badges", s.Guide)
	case s.Consumer != nil && s.Consumer.Start == nil:
		return errors.New("conformance: a Consumer needs Start")
	}
	for _, r := range s.Roles {
		if r.Title() == "" {
			return fmt.Errorf("conformance: no role is called %q", string(r))
		}
	}
	if s.Provider != nil {
		u, err := url.Parse(s.Provider.URL)
		if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("conformance: Provider.URL is no base of a service: %q", s.Provider.URL)
		}
	}
	return nil
}

// has reports whether what a check needs was given.
func (s *Suite) has(n Need) (ok bool, missing string) {
	switch n {
	case NeedArtefact:
		return len(s.Artefacts) > 0, "no artefact was given"
	case NeedImage:
		return slices.ContainsFunc(s.Artefacts, func(a Artefact) bool { return isImage(a.Data) }), "no image was given"
	case NeedProvider:
		return s.Provider != nil, "no provider was given"
	case NeedLogin:
		return s.Provider != nil && s.Provider.Login != nil, "no login was given"
	case NeedConsumer:
		return s.Consumer != nil, "no consumer was given"
	case NeedDisplay:
		return s.Hooks.Display != nil, "no hook Display was given"
	case NeedReadBack:
		return s.Hooks.ReadBack != nil, "no hook ReadBack was given"
	}
	return false, "the suite does not know the need " + string(n)
}
