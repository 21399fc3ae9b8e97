package obtest

import (
	"context"
	"crypto"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did/didjwk"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/status"
)

// Method is how an issuer is identified, and where its keys are found. The zero Method
// is none.
type Method string

// The methods.
const (
	DIDKey Method = "did:key" // the key is the identifier
	DIDJWK Method = "did:jwk" // the same, as a JWK
	DIDWeb Method = "did:web" // a DID document on the issuer's host
	HTTPS  Method = "https"   // a Profile with keys at the issuer's URL
)

// Methods lists the methods, in the order of the constants.
func Methods() []Method { return []Method{DIDKey, DIDJWK, DIDWeb, HTTPS} }

// Issuer is an issuer of a [World] with its private key. It is safe for concurrent use.
type Issuer struct {
	Name               string
	ID                 string // that its credentials name
	VerificationMethod string // under which its key is published
	Method             Method
	Kind               KeyKind
	Signer             proof.Signer
	// Published is its document as it stands on the Web, nil for a DID that is its own: change
	// it, and Put the next one there.
	Published *publish.Issuer
	// Lists are its status lists for revocation and suspension, which the Web serves.
	Lists *status.Publisher

	world *World
}

// Issuer returns the issuer of a name, such as "harbour", which becomes part of its
// identifier and has one method and one kind of key. What it publishes, a document with its
// key and status lists, stands on the Web when it returns. The error is that of a method or
// a kind that is none or not the one of the name, and of a name that no host has.
func (w *World) Issuer(name string, m Method, k KeyKind) (*Issuer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i := w.issuers[name]; i != nil {
		if i.Method != m || i.Kind != k {
			return nil, fmt.Errorf("obtest: issuer %q has %s and %s, not %s and %s", name, i.Method, i.Kind, m, k)
		}
		return i, nil
	}
	i, err := w.found(name, m, k)
	if err != nil {
		return nil, fmt.Errorf("obtest: issuer %q: %w", name, err)
	}
	w.issuers[name] = i
	return i, nil
}

// issuer is the one of a name made of what it has, so that there is one of each.
func (w *World) issuer(name string, m Method, k KeyKind) (*Issuer, error) {
	return w.Issuer(strings.ToLower(strings.ReplaceAll(fmt.Sprintf("%s-%s-%s", name, m, k), ":", "-")), m, k)
}

// found makes an issuer.
func (w *World) found(name string, m Method, k KeyKind) (*Issuer, error) {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || name == "" {
		return nil, fmt.Errorf("a name has lower-case letters, digits and hyphens")
	}
	if !slices.Contains(KeyKinds(), k) {
		return nil, fmt.Errorf("no kind of key is called %q", k)
	}
	private := w.Key(k, name)
	signer, err := proof.FromCrypto(private)
	if err != nil {
		return nil, err
	}
	i := &Issuer{Name: name, Method: m, Kind: k, Signer: signer, world: w}
	if i.ID, i.VerificationMethod, err = w.identify(name, m, private.Public()); err != nil {
		return nil, err
	}
	if err := w.publish(i); err != nil {
		return nil, err
	}
	return i, i.keepLists()
}

// Key returns a private key of the World: of a kind, by a name. See [Key].
func (w *World) Key(k KeyKind, name string) crypto.Signer { return Key(k, w.config.Seed+"\x00"+name) }

// at is the folder of an issuer on the Web.
func (w *World) at(name string) string {
	if w.config.Origin != "" {
		return w.config.Origin + "/" + name
	}
	return "https://" + name + ".example"
}

// identify names an issuer and its key.
func (w *World) identify(name string, m Method, key crypto.PublicKey) (id, method string, err error) {
	switch m {
	case DIDKey:
		return didkey.From(key)
	case DIDJWK:
		return didjwk.From(key)
	case DIDWeb:
		u, err := url.Parse(w.at(name))
		if err != nil {
			return "", "", err
		}
		id := "did:web:" + strings.ReplaceAll(u.Host, ":", "%3A") + strings.ReplaceAll(u.Path, "/", ":")
		return id, id + "#key-1", nil
	case HTTPS:
		id := w.at(name) + "/issuer"
		return id, id + "#key-1", nil
	}
	return "", "", fmt.Errorf("no method is called %q", m)
}

// publish writes the issuer's document where its identifier leads.
func (w *World) publish(i *Issuer) (err error) {
	if i.Method != DIDWeb && i.Method != HTTPS {
		return nil
	}
	if i.Published, err = publish.New(i.ID); err != nil {
		return err
	}
	if i.Published, err = i.Published.Add("key-1", i.Signer.Public()); err != nil {
		return err
	}
	if i.Method == HTTPS {
		profile := ob.Profile{ID: vc.IRI(i.ID), Type: vc.One("Profile"), Name: vc.Plain("School of " + i.Name)}
		if i.Published, err = i.Published.WithProfile(&profile); err != nil {
			return err
		}
	}
	if i.Published, err = forPresentations(i.Published); err != nil {
		return err
	}
	w.Web.Put(i.Published.URL(), i.mediaType(), i.Published.Document())
	return nil
}

// forPresentations lists the key of a document for authentication too: an issuer of a World
// may be a holder besides.
func forPresentations(p *publish.Issuer) (*publish.Issuer, error) {
	const listed = `"assertionMethod":`
	text := string(p.Document())
	keys, _, _ := strings.Cut(text[strings.Index(text, listed)+len(listed):], "]")
	return publish.Import([]byte(strings.Replace(text, listed, `"authentication":`+keys+"],\n  "+listed, 1)))
}

// mediaType is that of the issuer's document.
func (i *Issuer) mediaType() string {
	if i.Method == DIDWeb {
		return "application/did+json"
	}
	return "application/ld+json"
}

// keepLists begins the issuer's status lists.
func (i *Issuer) keepLists() (err error) {
	base := i.world.at(i.Name) + "/status"
	i.Lists, err = status.NewPublisher(status.PublisherConfig{
		URL: vc.IRI(base), Issuer: vc.IRI(i.ID), Store: &status.MemoryStore{}, Now: i.world.Now,
		Purposes: []string{status.PurposeRevocation, status.PurposeSuspension},
		Random:   &source{world: i.world, name: "lists " + i.ID},
		Sign:     func(_ context.Context, list []byte) ([]byte, error) { return i.Secure(list, Forms(i.Kind)[0]) },
	})
	i.world.Web.Handle(base+"/", i.Lists)
	return err
}

// Config is what package vc/issue needs to issue for this issuer: with the World's clock
// and its Web.
func (i *Issuer) Config() issue.Config {
	return issue.Config{Signer: i.Signer, VerificationMethod: i.VerificationMethod, Now: i.world.Now, Fetcher: i.world.Web}
}

// Sign puts an embedded proof into a credential as it is, whether a verifier takes it or
// not: products issue by package vc/issue, and so does whoever tests with good credentials
// of their own. By default the suite is that of the key, and created an hour before the
// World's Now; change may set anything else. RSA and P-521 have no suite.
func (i *Issuer) Sign(credential []byte, change func(*dataintegrity.SignOptions)) ([]byte, error) {
	o := dataintegrity.SignOptions{Signer: i.Signer, VerificationMethod: i.VerificationMethod, Created: i.world.Now().Add(-time.Hour)}
	if change != nil {
		change(&o)
	}
	return dataintegrity.Sign(context.Background(), credential, o)
}

// Token signs a credential as a token, as it is, whether a verifier takes it or not.
func (i *Issuer) Token(credential []byte, change func(*vcjwt.SignOptions)) ([]byte, error) {
	o := vcjwt.SignOptions{Signer: i.Signer, KeyID: i.VerificationMethod}
	if change != nil {
		change(&o)
	}
	token, err := vcjwt.Sign(context.Background(), credential, o)
	return []byte(token), err
}
