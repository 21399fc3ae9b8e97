package publish_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The guide, docs/keys.md, shows bodies and parts of functions in this file; a test beside
// it holds them together.

// newKey makes a key and keeps it in a file that only its owner reads.
func newKey(file string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return os.WriteFile(file, text, 0o600)
}

// loadKey reads the signer of a key in a file.
func loadKey(file string) (proof.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM in " + file)
	}
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := private.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("no Ed25519 key in " + file)
	}
	return proof.FromCrypto(key)
}

// first sets up an issuer, and keeps its state.
func first(state string, signer proof.Signer) (*publish.Issuer, error) {
	issuer, err := publish.New("did:web:school.example")
	if err != nil {
		return nil, err
	}
	issuer, err = issuer.Add("2026", signer.Public())
	if err != nil {
		return nil, err
	}
	return issuer, os.WriteFile(state, issuer.Bytes(), 0o600)
}

// serve serves the documents of an issuer.
func serve(mux *http.ServeMux, issuer *publish.Issuer) (*publish.Handler, error) {
	handler, err := publish.NewHandler(issuer, publish.HandlerConfig{KeySetPath: "/.well-known/jwks.json"})
	if err != nil {
		return nil, err
	}
	for _, path := range handler.Paths() {
		mux.Handle(path, handler)
	}
	return handler, nil
}

// award issues a badge with the key that the documents list.
func award(ctx context.Context, issuer *publish.Issuer, signer proof.Signer, badge *ob.AchievementCredential) ([]byte, error) {
	method, err := issuer.Method(signer) // an error where the key is retired or revoked
	if err != nil {
		return nil, err
	}
	issued, err := issue.Issue(ctx, badge, issue.Config{Signer: signer, VerificationMethod: method})
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}

// revoke says what it costs to revoke a key, and gives the state to publish.
func revoke(ctx context.Context, issuer *publish.Issuer, badges [][]byte) (*publish.Issuer, error) {
	next, err := issuer.Revoke("2026", time.Now())
	if err != nil {
		return nil, err
	}
	for _, change := range publish.Compare(issuer, next) {
		fmt.Println(change)
	}
	for result, err := range publish.Check(ctx, issuer, next, slices.Values(badges), publish.Options{}) {
		if err != nil {
			return nil, err
		}
		if result.Lost() {
			fmt.Println("to issue anew:", result.ID)
		}
	}
	return next, nil
}

func exampleBadge() *ob.AchievementCredential {
	return ob.NewAchievementCredential(ob.Award{
		Issuer: ob.Profile{ID: "did:web:school.example", Name: vc.Plain("Riverside School")}, Recipient: ob.Recipient{ID: "did:example:ada"},
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Plan a walk, then lead it."), ID: "urn:example:1",
	})
}

// A year of an issuer: a key, a badge, another key, and what the first one signed.
func Example() {
	ctx := context.Background()
	old, _ := proof.FromCrypto(obtest.Key(obtest.Ed25519, "2026"))
	fresh, _ := proof.FromCrypto(obtest.Key(obtest.Ed25519, "2027"))
	state, err := os.CreateTemp("", "issuer")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(state.Name())
	defer state.Close()
	issuer, err := first(state.Name(), old)
	if err != nil {
		fmt.Println(err)
		return
	}
	badge, err := award(ctx, issuer, old, exampleBadge())
	if err != nil {
		fmt.Println(err)
		return
	}

	issuer, err = issuer.RollOver("2027", fresh.Public(), time.Now())
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = issuer.Method(old)
	fmt.Println(err)
	method, err := issuer.Method(fresh)
	fmt.Println(method, err)
	pack, err := issuer.Pack()
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = verify.Verify(ctx, badge, verify.Config{Fetcher: pack})
	fmt.Println("the badge of the old key:", err)
	// Output:
	// publish: the signer's key is retired: "2026"
	// did:web:school.example#2027 <nil>
	// the badge of the old key: <nil>
}

// What a revocation would cost is known before it is published.
func ExampleCheck() {
	ctx := context.Background()
	signer, _ := proof.FromCrypto(obtest.Key(obtest.Ed25519, "2026"))
	issuer, err := publish.New("did:web:school.example")
	if err != nil {
		fmt.Println(err)
		return
	}
	issuer, err = issuer.Add("2026", signer.Public())
	if err != nil {
		fmt.Println(err)
		return
	}
	badge, err := award(ctx, issuer, signer, exampleBadge())
	if err != nil {
		fmt.Println(err)
		return
	}
	next, _ := issuer.Revoke("2026", time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	for result, err := range publish.Check(ctx, issuer, next, slices.Values([][]byte{badge}), publish.Options{
		Verifier: verify.Config{Now: func() time.Time { return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }},
	}) {
		fmt.Println(result.ID, result.Lost(), result.Problems[0].Code, err)
	}
	// Output:
	// urn:example:1 true key-retired <nil>
}

// A document that is served by hand already is taken as it is.
func ExampleImport() {
	issuer, err := publish.Import([]byte(`{
	  "@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://www.w3.org/ns/cid/v1"],
	  "id": "https://school.example/issuer",
	  "type": ["Profile"],
	  "name": "Riverside School",
	  "assertionMethod": [{
	    "id": "https://school.example/issuer#a",
	    "type": "Multikey",
	    "controller": "https://school.example/issuer",
	    "publicKeyMultibase": "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	  }]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, key := range issuer.Keys() {
		fmt.Println(key.Name, key.Signs(time.Now()), len(issuer.Problems()))
	}
	// Output: a true 0
}

// The document is served where verifiers look for it.
func ExampleNewHandler() {
	signer, _ := proof.FromCrypto(obtest.Key(obtest.Ed25519, "2026"))
	issuer, err := publish.New("did:web:school.example:badges")
	if err != nil {
		fmt.Println(err)
		return
	}
	issuer, err = issuer.Add("2026", signer.Public())
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	if _, err := serve(mux, issuer); err != nil {
		fmt.Println(err)
		return
	}
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, issuer.URL(), nil))
	fmt.Println(issuer.URL())
	fmt.Println(answer.Code, answer.Header().Get("Content-Type"), answer.Header().Get("Cache-Control"))
	// Output:
	// https://school.example/badges/did.json
	// 200 application/did+json public, max-age=300
}
