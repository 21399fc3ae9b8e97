package rules_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// An envelope in a record is judged as one, and not as a credential without an issuer.
func TestEnvelopeInARecord(t *testing.T) {
	record := func(id string) *vc.Document {
		doc, err := vc.Parse([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2",
			"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
			"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:1",
			"type":["VerifiableCredential","ClrCredential"],"name":"Record",
			"issuer":{"id":"https://school.example/issuer","type":["Profile"]},"validFrom":"2025-06-01T08:00:00Z",
			"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"verifiableCredential":[
			{"@context":"https://www.w3.org/ns/credentials/v2",
			"type":"EnvelopedVerifiableCredential","id":"` + id + `"}]}}`))
		require.NoError(t, err)
		return doc
	}
	require.Empty(t, rules.Check(record("data:application/vc+jwt,a.b.c"), rules.Options{}))
	require.Empty(t, rules.Check(record("DATA:Application/vc%2Bjwt;base64,YS5iLmM="), rules.Options{}))
	for _, id := range []string{"urn:uuid:2", "data:application/vc+jwt", "data:application/vc+jwt,", "data:text/plain,a",
		"data:application/vc+jwt,%"} {
		found := rules.Check(record(id), rules.Options{})
		require.Len(t, found, 1, id)
		require.Equal(t, rules.CodeEnvelope, found[0].Code)
		require.Equal(t, "/credentialSubject/verifiableCredential/0/id", found[0].Pointer)
	}
}
