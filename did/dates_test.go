package did_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

const shape = `"id":"did:a:b#k","type":"JsonWebKey","controller":"did:a:b","publicKeyJwk":{"kty":"OKP"`

// The ends that a method and its JWK name, each in its form: the earliest counts,
// to the instant.
func TestMethodDates(t *testing.T) {
	end := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	for members, code := range map[string]did.Code{
		`},"expires":"2025-12-01T00:00:00Z"`:                                       did.CodeMethodRetired,
		`},"expires":"2025-11-30T24:00:00Z"`:                                       did.CodeMethodRetired,
		`},"expires":"2025-12-01T00:00:00"`:                                        did.CodeMethodRetired, // UTC where no offset is given
		`},"expires":"2025-12-01T02:00:00+02:00","revoked":"2030-01-01T00:00:00Z"`: did.CodeMethodRetired,
		`},"revoked":"2025-11-30T10:00:00-14:00"`:                                  did.CodeMethodRetired,
		`},"expires":"2030-01-01T00:00:00Z","revoked":"2025-12-01T00:00:00Z"`:      did.CodeMethodRetired,
		`,"expires":"2025-12-01T00:00:00Z"}`:                                       did.CodeMethodRetired,
		`,"exp":1764547200}`:                                                       did.CodeMethodRetired,
		`,"exp":1764547200},"expires":"2030-01-01T00:00:00Z"`:                      did.CodeMethodRetired,
		`,"exp":1893456000},"expires":"2025-12-01T00:00:00Z"`:                      did.CodeMethodRetired,
		`,"revoked":"2025-12-01T00:00:00Z"}`:                                       did.CodeMethodRetired,
		`,"revoked":{"revoked_at":1764547200,"reason":"compromised"}}`:             did.CodeMethodRetired,
		`,"revoked":"2030-01-01T00:00:00Z"},"revoked":"2025-12-01T00:00:00Z"`:      did.CodeMethodRetired,
	} {
		d := document(t, `{"id":"did:a:b","assertionMethod":[{`+shape+members+`}]}`)
		m, err := d.MethodAt("did:a:b#k", did.AssertionMethod, end.Add(-1))
		require.NoError(t, err, members)
		require.Equal(t, end, m.Until(), members)
		_, err = d.MethodAt("did:a:b#k", did.AssertionMethod, end)
		requireCode(t, code, err, members)
		require.Empty(t, d.Problems())
	}
	d := document(t, `{"id":"did:a:b","assertionMethod":[{`+shape+`,"nbf":1764547200}}]}`)
	_, err := d.MethodAt("did:a:b#k", did.AssertionMethod, end.Add(-1))
	requireCode(t, did.CodeMethodNotYetValid, err)
	m, err := d.MethodAt("did:a:b#k", did.AssertionMethod, end)
	require.NoError(t, err)
	require.Equal(t, end, m.NotBefore)
	require.Zero(t, m.Until())

	m.Limit(&did.VerificationMethod{Expires: end.AddDate(1, 0, 0), NotBefore: end.AddDate(0, 1, 0)})
	require.Equal(t, end.AddDate(1, 0, 0), m.Until())
	require.Equal(t, end.AddDate(0, 1, 0), m.NotBefore)
}

// The bound on methods and on references: the last that is read, and one beyond.
func TestMethodsAreBounded(t *testing.T) {
	methods := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"id":"#k%d","type":"Multikey","controller":"did:a:b"}`, i))
		}
		return strings.Join(list, ",")
	}
	references := func(n int) string { return strings.TrimSuffix(strings.Repeat(`"#k0",`, n), ",") }
	write := func(list, name string) string { return `{"id":"did:a:b","` + name + `":[` + list + `]}` }
	places := []string{"verificationMethod"}
	for _, rel := range did.Relationships() {
		places = append(places, string(rel))
	}
	for _, place := range places {
		d := document(t, write(methods(did.MaxMethods), place))
		if place == string(did.AssertionMethod) {
			_, err := d.MethodAt(fmt.Sprintf("did:a:b#k%d", did.MaxMethods-1), did.AssertionMethod, testkit.Now)
			require.NoError(t, err)
		}
		_, err := did.ParseDocument([]byte(write(methods(did.MaxMethods+1), place)))
		require.Equal(t, "/"+place, requireCode(t, did.CodeTooManyMethods, err, place).Pointer)
		if place == "verificationMethod" {
			continue
		}
		document(t, write(references(did.MaxMethods), place))
		_, err = did.ParseDocument([]byte(write(references(did.MaxMethods+1), place)))
		requireCode(t, did.CodeTooManyMethods, err, place)
	}
	// In all, wherever they are defined.
	_, err := did.ParseDocument([]byte(`{"id":"did:a:b","verificationMethod":[` + methods(did.MaxMethods) + `],"authentication":[` + methods(1) + `]}`))
	requireCode(t, did.CodeTooManyMethods, err)
}

// Whatever stands under deactivated but false was not written to say that the
// document is in use.
func TestDeactivated(t *testing.T) {
	for value, want := range map[string]bool{"false": false, "true": true, `"true"`: true, `"false"`: true, "0": true, "1": true, "null": true, "{}": true, "[]": true, `""`: true} {
		d := document(t, `{"id":"did:a:b","deactivated":`+value+`,"assertionMethod":[{"id":"#k","type":"Multikey","controller":"did:a:b"}]}`)
		require.Equal(t, want, d.Deactivated(), value)
		_, err := d.MethodAt("did:a:b#k", did.AssertionMethod, testkit.Now)
		if want {
			requireCode(t, did.CodeDeactivated, err, value)
		} else {
			require.NoError(t, err)
		}
	}
}

// Who publishes a document sees a method as it stands there, in force or not.
func TestDefinition(t *testing.T) {
	const method = `{"id":"#k","type":"Multikey","controller":"did:a:other","revoked":"2025-12-01T00:00:00Z"}`
	d := document(t, `{"id":"did:a:b","deactivated":true,"keyAgreement":[`+method+`]}`)
	m, err := d.Definition("did:a:b#k")
	require.NoError(t, err)
	require.Equal(t, "did:a:other", m.Controller)
	require.Equal(t, 2025, m.Revoked.Year())
	require.Equal(t, "/keyAgreement/0", m.Pointer)
	_, err = d.Definition("did:a:b#x")
	requireCode(t, did.CodeMethodNotFound, err)
	_, err = document(t, `{"id":"did:a:b","keyAgreement":[{"id":"#k"}]}`).Definition("did:a:b#k")
	requireCode(t, did.CodeInvalidMethod, err)
}
