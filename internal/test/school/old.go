package school

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"strings"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// The addresses of an Old.
const (
	OldAssertion   = "https://school.example/assertions/1"
	OldBadge       = "https://school.example/badges/1"
	OldIssuer      = "https://school.example/issuer"
	OldKey         = "https://school.example/keys/1"
	OldList        = "https://school.example/revoked"
	OldEndorsement = "https://critic.example/endorsements/1"
	OldCritic      = "https://critic.example/issuer"
)

// Old is a school of Open Badges 2 with what it publishes. Its documents are changed at will
// before they are asked for.
type Old struct {
	Web *obtest.Web
	At  map[string]map[string]any // documents, by address
	key crypto.Signer
}

const oldDocuments = `{
"` + OldAssertion + `": {"type": "Assertion", "recipient": {"type": "email", "hashed": true, "salt": "deadsea",
	"identity": "sha256$b6877bb4361da770ac2c9fa2f28136de8dc93d823bbc1de438d5987e3f4032ef"},
	"badge": "` + OldBadge + `", "issuedOn": "2024-05-01T10:00:00Z", "expires": "2034-05-01T10:00:00Z",
	"image": {"id": "https://school.example/images/1.png", "caption": "A knot", "author": "https://school.example/staff/1"},
	"evidence": [{"id": "https://school.example/evidence/1", "name": "A bridge", "narrative": "Built a bridge of rope."},
		{"id": "_:b1", "description": "Untied it"}], "narrative": "Tied them all.", "verification": {"type": "HostedBadge"},
	"extensions:mood": {"@context": "https://w3id.org/openbadges/extensions/moodExtension/context.json",
		"type": ["Extension", "extensions:Mood"], "mood": "glad"}},
"` + OldBadge + `": {"type": "BadgeClass", "name": "Knots", "description": "Ties knots.", "image": "data:image/png;base64,iVBORw0KGgo=",
	"criteria": {"id": "https://school.example/criteria/1", "narrative": "Tie ten knots."}, "issuer": "` + OldIssuer + `",
	"tags": ["rope", "water"], "@language": "en", "version": "2", "related": {"id": "https://school.example/badges/1-de", "@language": "de"},
	"alignment": [{"targetName": "Knots", "targetUrl": "https://frameworks.example/knots", "targetFramework": "Ropework", "targetCode": "K1"}],
	"shelf": "third"},
"` + OldIssuer + `": {"type": "Issuer", "name": "Harbour School", "url": "https://school.example", "email": "office@school.example",
	"telephone": "+15550123", "description": "By the sea."},
"` + OldList + `": {"type": "RevocationList", "issuer": "` + OldIssuer + `", "revokedAssertions": [
	"urn:uuid:6deb4a00-ebce-4b28-8cc2-afa705ef7be4", {"id": "https://school.example/assertions/9", "revocationReason": "a mistake"}]},
"` + OldEndorsement + `": {"type": "Endorsement", "claim": {"id": "` + OldBadge + `", "endorsementComment": "Good knots."},
	"issuer": "` + OldCritic + `", "issuedOn": "2024-06-01T10:00:00Z", "verification": {"type": "HostedBadge"}},
"` + OldCritic + `": {"type": "Profile", "name": "A critic", "url": "https://critic.example", "email": "pen@critic.example"}
}`

// NewOld makes one, which lists its key and its revocation list.
func NewOld() *Old {
	o := &Old{Web: obtest.NewWeb(), key: obtest.Key(obtest.RSA, "old school")}
	if err := json.Unmarshal([]byte(oldDocuments), &o.At); err != nil {
		panic(err) // the text stands above
	}
	for url, d := range o.At {
		d["@context"], d["id"] = "https://w3id.org/openbadges/v2", url
	}
	issuer := o.At[OldIssuer]
	issuer["revocationList"] = OldList
	issuer["publicKey"] = map[string]any{"id": OldKey, "type": "CryptographicKey", "owner": OldIssuer, "publicKeyPem": PEM(o.key.Public())}
	return o
}

// PEM writes a public key as publicKeyPem.
func PEM(key crypto.PublicKey) string {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err) // of a key of ours
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// Text is a document as it is published.
func (o *Old) Text(url string) []byte {
	text, err := json.Marshal(o.At[url])
	if err != nil {
		panic(err) // of values of JSON
	}
	return text
}

// Fetch implements fetch.Fetcher with the documents as they are then, and whatever is in Web.
func (o *Old) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	switch {
	case o.At[url] != nil && strings.HasPrefix(url, "http:"): // as a trust pack would have it
		return &fetch.Response{URL: url, Body: o.Text(url), Source: fetch.SourcePack}, nil
	case o.At[url] != nil:
		o.Web.Put(url, "application/json", o.Text(url))
	}
	return o.Web.Fetch(ctx, url)
}

// Signed makes the assertion a signed one and returns the token, with more parameters in its
// header.
func (o *Old) Signed(more map[string]any) []byte {
	a := o.At[OldAssertion]
	a["verification"] = map[string]any{"type": "SignedBadge", "creator": OldKey}
	return o.Token(o.Text(OldAssertion), more, o.key)
}

// Token signs a payload by RS256 with a key.
func (o *Old) Token(payload []byte, more map[string]any, key crypto.Signer) []byte {
	header := map[string]any{"alg": "RS256", "typ": "JWT"}
	for name, value := range more {
		header[name] = value
	}
	head, err := json.Marshal(header)
	if err != nil {
		panic(err) // of values of JSON
	}
	input := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(payload)
	digest := sha256.Sum256([]byte(input))
	signature, err := key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		panic(err) // of a key of ours
	}
	return []byte(input + "." + base64.RawURLEncoding.EncodeToString(signature))
}
