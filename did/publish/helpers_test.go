package publish_test

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

const (
	web   = "did:web:school.example"
	https = "https://school.example/issuer"
)

// start is when the tests begin.
var start = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// ed is a private key of a seed.
func ed(seed byte) ed25519.PrivateKey {
	return obtest.Key(obtest.Ed25519, fmt.Sprint(seed)).(ed25519.PrivateKey)
}

func public(seed byte) crypto.PublicKey { return ed(seed).Public() }

func signer(t testing.TB, private crypto.Signer) proof.Signer {
	t.Helper()
	s, err := proof.FromCrypto(private)
	require.NoError(t, err)
	return s
}

// kinds are a private key of each kind.
func kinds(t testing.TB) map[string]crypto.Signer {
	t.Helper()
	all := map[string]crypto.Signer{"Ed25519": ed(9)}
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		k, err := ecdsa.GenerateKey(curve, rand.Reader)
		require.NoError(t, err)
		all[curve.Params().Name] = k
	}
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	all["RSA"] = k
	return all
}

func agreement(t testing.TB) crypto.PublicKey {
	t.Helper()
	k, err := ecdh.X25519().GenerateKey(rand.Reader)
	require.NoError(t, err)
	return k.PublicKey()
}

// must is an issuer that was made without an error.
func must(t testing.TB) func(*publish.Issuer, error) *publish.Issuer {
	return func(i *publish.Issuer, err error) *publish.Issuer {
		t.Helper()
		require.NoError(t, err)
		return i
	}
}

// school is an issuer with one key.
func school(t testing.TB, id string) *publish.Issuer {
	t.Helper()
	return must(t)(must(t)(publish.New(id)).Add("key-1", public(1)))
}

// requireProblem holds an error to be one of that code.
func requireProblem(t testing.TB, code vc.Code, err error, note ...any) *vc.Problem {
	t.Helper()
	var p *vc.Problem
	require.ErrorAs(t, err, &p, note...)
	require.Equal(t, code, p.Code, note...)
	return p
}

// answers is a network on which every URL has one document.
type answers []byte

func (a answers) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	return &fetch.Response{URL: url, Body: a, Source: fetch.SourceNetwork}, nil
}

// secondsFromStart is how far an instant of so many seconds since 1970 is from start.
func secondsFromStart(unix int64) time.Duration { return time.Unix(unix, 0).Sub(start) }

// badge is a badge of an issuer, signed in one of its keys' names.
func badge(t testing.TB, i *publish.Issuer, private crypto.Signer, form issue.Form, now time.Time) []byte {
	t.Helper()
	s := signer(t, private)
	method, err := i.MethodAt(s, now)
	require.NoError(t, err)
	b := ob.NewAchievementCredential(ob.Award{
		Issuer: ob.Profile{ID: vc.IRI(i.ID()), Name: vc.Plain("Riverside School")}, Recipient: ob.Recipient{ID: learner},
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Lead a walk."), ValidFrom: now,
	})
	return signed(t, b, s, method, form, now)
}

const learner = "did:example:learner"

func signed(t testing.TB, credential any, s proof.Signer, method string, form issue.Form, now time.Time, packs ...*fetch.Pack) []byte {
	t.Helper()
	keys, err := fetch.MergePacks(packs...)
	require.NoError(t, err)
	issued, err := issue.Issue(t.Context(), credential, issue.Config{
		Signer: s, VerificationMethod: method, Form: form, Fetcher: keys, Kinds: []string{verify.AnyKind},
		Now: func() time.Time { return now },
	})
	require.NoError(t, err)
	return issued.Bytes()
}

func replace(t testing.TB, text, old, now string) string {
	t.Helper()
	require.Contains(t, text, old)
	return strings.Replace(text, old, now, 1)
}
