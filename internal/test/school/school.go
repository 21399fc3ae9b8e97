// Package school has the issuers of tests: those of one obtest.World at testkit.Now, by
// kind of key and number.
package school

import (
	"fmt"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

var world = obtest.New(obtest.Config{Seed: "schools", At: testkit.Now})

// Issuer returns the issuer of a kind of key and a number, which its did:key identifies.
func Issuer(t testing.TB, k obtest.KeyKind, number int) *obtest.Issuer {
	t.Helper()
	i, err := world.Issuer(fmt.Sprintf("%s-%d", strings.ToLower(string(k)), number), obtest.DIDKey, k)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// Ed returns the issuer of a number with an Ed25519 key.
func Ed(t testing.TB, number int) *obtest.Issuer {
	t.Helper()
	return Issuer(t, obtest.Ed25519, number)
}

// Sign puts an issuer's proof into a text, as [obtest.Issuer.Sign] does.
func Sign(t testing.TB, i *obtest.Issuer, text []byte, change func(*dataintegrity.SignOptions)) []byte {
	t.Helper()
	signed, err := i.Sign(text, change)
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return signed
}
