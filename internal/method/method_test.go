package method_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/vc"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		issuer, method string
		code           vc.Code // "" for none
	}{
		{"did:web:school.example", "did:web:school.example#key-1", ""},
		{"https://school.example/issuer", "https://school.example/issuer#key-1", ""},
		{"http://127.0.0.1:8080/issuer", "http://127.0.0.1:8080/issuer#key-1", ""},
		{"https://school.example/issuer", "https://school.example/issuer", "verification-method-url-invalid"},
		{"https://school.example/issuer", "https://school.example/issuer#", "verification-method-url-invalid"},
		{"https://school.example/issuer", "#key-1", "verification-method-url-invalid"},
		{"https://school.example/issuer", "key-1", "verification-method-url-invalid"},
		{"https://school.example/issuer", "", "verification-method-url-invalid"},
		{"http://school.example/issuer", "http://school.example/issuer#key-1", "verification-method-url-invalid"},
		{"urn:school", "urn:school#key-1", "verification-method-url-invalid"},
		{"https://school.example/issuer", "https://school.example/Issuer#key-1", "issuer-not-controller"},
		{"https://school.example/issuer", "https://school.example/issuer/#key-1", "issuer-not-controller"},
		{"", "https://school.example/issuer#key-1", "issuer-not-controller"},
	} {
		doc, err := vc.Parse([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"` + c.issuer + `","credentialSubject":{"id":"urn:x"}}`))
		require.NoError(t, err)
		p := method.Judge(doc, c.method)
		if c.code == "" {
			require.Nil(t, p, c.method)
			continue
		}
		require.NotNil(t, p, c.method)
		require.Equal(t, c.code, p.Code, c.method)
	}
}
