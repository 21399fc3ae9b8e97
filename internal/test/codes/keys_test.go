package codes_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rsa"
	"errors"
	"math/big"
	"strings"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

const (
	web = "https://school.example/issuer" // an issuer that publishes its keys itself
	key = web + "#key"
)

// published is a row about a badge of an issuer at a URL, which is signed by the key of
// the school and for which the pages of a trust pack are at hand. @multikey in them is
// the key.
func published(code vc.Code, input, method, pages string) row {
	return row{code, "a badge " + input, func(d *desk) []*vc.Problem {
		return d.inspect(d.by(d.school, web, method), verify.Config{Fetcher: d.pack(pages)})
	}}
}

// by is the badge of an issuer, signed by a key that is called as it says.
func (d *desk) by(k *obtest.Issuer, issuer, method string) []byte {
	return school.Sign(d.t, k, []byte(d.draft(badge, `/issuer/id = "`+issuer+`"`)), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.SkipIssuerCheck = method, true
	})
}

func (d *desk) pack(pages string) fetch.Fetcher {
	d.t.Helper()
	multikey := strings.TrimPrefix(d.school.ID, "did:key:")
	p, err := fetch.ParsePack([]byte(strings.NewReplacer("@web", web, "@multikey", multikey).Replace(pages)))
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

const (
	multikey = `{"id":"@web#key","type":"Multikey","controller":"@web","publicKeyMultibase":"@multikey"}`
	page     = `{"@web":{"id":"@web","assertionMethod":[` + multikey + `]}}`
)

// with is the page whose method is changed by a replacement.
func with(old, text string) string { return strings.Replace(page, old, text, 1) }

// down is a network where no host answers.
type down struct{}

func (down) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	return nil, &fetch.Error{Code: fetch.CodeNetwork, URL: url, Detail: "the connection failed: connection refused"}
}

var keyRows = []row{
	{verify.CodeIssuerMismatch, "a badge that somebody else signed", func(d *desk) []*vc.Problem {
		return d.inspect(d.by(d.other, d.school.ID, d.other.VerificationMethod), verify.Config{})
	}},
	{verify.CodeKeyUnavailable, "a badge whose issuer's host is down", func(d *desk) []*vc.Problem {
		return d.inspect(d.by(d.school, "did:web:school.example", "did:web:school.example#key"), verify.Config{Fetcher: down{}})
	}},
	{verify.CodeKeyUnavailable, "a badge of a did:web, for a verifier that is offline", func(d *desk) []*vc.Problem {
		return d.inspect(d.by(d.school, "did:web:school.example", "did:web:school.example#key"), verify.Config{})
	}},
	published(verify.CodeKeyNotFound, "whose issuer lists other keys", web+"#second", page),
	published(verify.CodeKeyRelationship, "whose issuer lists the key for logging in alone", key, with("assertionMethod", "authentication")),
	published(proof.CodeInvalidKey, "whose issuer lists a key that is no point of the curve", key,
		with("@multikey", "z6Mkeb4rtEhc8DUtvt5ehaVjdx3TLbQPpnTArkXhqfb1Mq75")),
	published(verify.CodeKeyRetired, "whose issuer revoked the key", key, with(`{"id":"@web#key"`, `{"revoked":"2025-12-01T00:00:00Z","id":"@web#key"`)),
	{verify.CodeKeyNotYetValid, "a badge whose issuer's JWK begins next year", func(d *desk) []*vc.Problem {
		jwk := `{"id":"@web#key","type":"JsonWebKey","controller":"@web","publicKeyJwk":` + strings.TrimSuffix(d.jwk(d.school), "}") + `,"nbf":1800000000}}`
		return d.inspect(d.by(d.school, web, key), verify.Config{Fetcher: d.pack(with(multikey, jwk))})
	}},
	published(verify.CodeKeyMalformed, "whose issuer lists a key that was cut off", key, with("@multikey", "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0")),
	published(proof.CodeInvalidKey, "whose issuer lists a key that is no point of its curve", key, with("@multikey", "z6Mkeb4rtEhc8DUtvt5ehaVjdx3TLbQPpnTArkXhqfb1Mq75")),
	published("not-enabled-secp256k1", "whose issuer lists a key of another kind", key, with("@multikey", "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")),
	{verify.CodeMethodsTooMany, "a badge whose issuer lists two hundred keys", func(d *desk) []*vc.Problem {
		many := strings.TrimSuffix(strings.Repeat(multikey+",", 200), ",")
		return d.inspect(d.by(d.school, web, key), verify.Config{Fetcher: d.pack(with(multikey, many))})
	}},
	{verify.CodeDIDMalformed, "a badge of a did:web that names an address in place of a host", func(d *desk) []*vc.Problem {
		const id = "did:web:192.0.2.1"
		return d.inspect(d.by(d.school, id, id+"#key"), verify.Config{Fetcher: down{}})
	}},
	{verify.CodeDIDMethodUnknown, "a badge of a did:ion", func(d *desk) []*vc.Problem {
		return d.inspect(d.by(d.school, "did:ion:EiClkZMDxPKqC9c", "did:ion:EiClkZMDxPKqC9c#key"), verify.Config{})
	}},
	published(verify.CodeControllerDocument, "whose issuer's document has no id", key, with(`"id":"@web",`, ``)),
	published(vc.Code(did.CodeDocumentID), "whose issuer's document is of another id", key, with(`{"id":"@web",`, `{"id":"https://other.example/",`)),
	published(vc.Code(did.CodeDeactivated), "whose issuer gave up its identifier", key, with(`{"id":"@web",`, `{"deactivated":true,"id":"@web",`)),
	published(vc.Code(did.CodeInvalidMethod), "whose issuer lists a secret key", key, with(`{"id":"@web#key"`, `{"secretKeyMultibase":"z3u2","id":"@web#key"`)),
	published(vc.Code(did.CodeMethodAmbiguous), "whose issuer lists two keys of one id", key, with(`"assertionMethod"`, `"verificationMethod":[`+strings.Replace(multikey, "@multikey", "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", 1)+`],"assertionMethod"`)),
	published(vc.Code(did.CodeMethodController), "whose issuer lists a key of somebody else", key, with(`"controller":"@web"`, `"controller":"https://other.example/"`)),
	{vc.Code(did.CodeNotFound), "a DID whose resolver knows no document", func(*desk) []*vc.Problem {
		nobody := did.ResolverFunc(func(context.Context, string) (*did.Document, error) { return nil, nil })
		_, err := did.Guard(nobody).Resolve(context.Background(), "did:example:school")
		return of(err)
	}},
	{verify.CodeBareDID, "a badge whose proof names the did:key alone", func(d *desk) []*vc.Problem {
		return d.inspect(d.by(d.school, d.school.ID, d.school.ID), verify.Config{})
	}},
	{verify.CodeAuthorized, "a badge that an agent signed, whom the verifier takes for the issuer's", func(d *desk) []*vc.Problem {
		anybody := verify.Config{Authorize: func(string, string) bool { return true }}
		return d.inspect(d.by(d.other, web, d.other.VerificationMethod), anybody)
	}},
	{vc.Code(did.CodeInvalidURL), "a key that is asked for without its fragment", func(*desk) []*vc.Problem {
		doc, err := did.ParseDocument([]byte(`{"id":"did:example:school"}`))
		if err == nil {
			_, err = doc.Method("did:example:school", did.AssertionMethod)
		}
		return of(err)
	}},
	{vc.Code(proof.CodeWeakKey), "an RSA key of 1024 bits, to sign with", func(*desk) []*vc.Problem {
		small := new(big.Int).SetBit(big.NewInt(1), 1023, 1)
		_, err := proof.NewKey(&rsa.PublicKey{N: small, E: 65537})
		return of(err)
	}},
	{vc.Code(proof.CodeKey), "a key for encryption, to sign with", func(*desk) []*vc.Problem {
		_, err := proof.NewKey(new(ecdh.PublicKey))
		return of(err)
	}},
	{vc.Code(did.CodeUnsupportedKey), "a did:key that begins like none", func(*desk) []*vc.Problem {
		_, err := didkey.Resolver{}.Resolve(context.Background(), "did:key:zUC7")
		return of(err)
	}},
	{vc.Code(proof.CodeSigner), "a key service that is away", func(d *desk) []*vc.Problem {
		_, err := proof.SignWith(context.Background(), away{d.school.Signer}, proof.EdDSA, []byte("x"))
		return of(err)
	}},
	{vc.Code(proof.CodeAlgorithm), "an Ed25519 key, to sign with ES256", func(d *desk) []*vc.Problem {
		_, err := proof.SignWith(context.Background(), d.school.Signer, proof.ES256, []byte("x"))
		return of(err)
	}},
}

// away is a key service that does not answer.
type away struct{ proof.Signer }

func (away) Sign(context.Context, proof.Algorithm, []byte) ([]byte, error) {
	return nil, errors.New("the key service does not answer")
}
