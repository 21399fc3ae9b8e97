package embedded

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

const newProof = `{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2023-01-01T00:00:00Z","verificationMethod":"did:example:school#key","proofPurpose":"assertionMethod"}`

// withEvidence is a badge that has all that credentials are judged by, an embedded
// credential, and some data.
const withEvidence = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:badge:1","type":["VerifiableCredential","OpenBadgeCredential"],
"issuer":{"id":"did:example:school","type":["Profile"],"name":"School"},
"validFrom":"2025-01-01T00:00:00Z","validUntil":"2027-01-01T00:00:00Z",
"credentialStatus":{"id":"urn:status:1","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"https://school.example/list"},
"credentialSchema":{"id":"https://school.example/schema","type":"JsonSchema"},
"credentialSubject":{"id":"urn:learner:1","type":["AchievementSubject"],"achievement":{"id":"urn:achievement:1","type":["Achievement"],"name":"Keel laying","description":"d","criteria":{"narrative":"n"}}},
"endorsement":[{"id":"urn:endorsement:1","type":["VerifiableCredential","EndorsementCredential"],"issuer":{"id":"did:example:guild","type":["Profile"]},
"validFrom":"2025-02-01T00:00:00Z","credentialSubject":{"id":"urn:achievement:1","type":["EndorsementSubject"],"endorsementComment":"sound"}}]}`

// verifyAs opens a signed document and checks its only proof.
func verifyAs(t *testing.T, text []byte, key *proof.Key, c Config, o OpenOptions) (*Result, error) {
	t.Helper()
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	p, problems := Read(door.Proofs(doc)[0], ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	return NewVerifier(c).Open(doc, o).Verify(context.Background(), p, key)
}

// In lenient mode a term that no context defines is tolerated among data, and
// nowhere else: the signature says nothing of it, and verification would go by it.
func TestEvidenceIsNeverLenient(t *testing.T) {
	lenient := Config{Lenient: true}
	for name, c := range map[string]struct {
		old, new string
		data     bool
	}{
		"nothing":                            {"", "", true},
		"a member of the badge":              {`"credentialSubject":{`, `"colour":"red","credentialSubject":{`, true},
		"a member of the subject":            {`"type":["AchievementSubject"]`, `"colour":"red","type":["AchievementSubject"]`, true},
		"a member of the achievement":        {`"name":"Keel`, `"colour":"red","name":"Keel`, true},
		"a type of the achievement":          {`["Achievement"]`, `["Achievement","Sailing"]`, true},
		"a member of the endorsement":        {`"endorsementComment"`, `"colour":"red","endorsementComment"`, true},
		"a member of the issuer":             {`"name":"School"`, `"colour":"red","name":"School"`, false},
		"a type of the issuer":               {`"type":["Profile"],"name"`, `"type":["Profile","School"],"name"`, false},
		"a type of the badge":                {`"OpenBadgeCredential"]`, `"OpenBadgeCredential","Sailing"]`, false},
		"a type of an endorsement":           {`"EndorsementCredential"]`, `"EndorsementCredential","Sailing"]`, false},
		"a member of the endorsement issuer": {`"id":"did:example:guild"`, `"colour":"red","id":"did:example:guild"`, false},
		"a member of the status":             {`"statusPurpose"`, `"colour":"red","statusPurpose"`, false},
		"a member below the status":          {`"statusPurpose"`, `"statusMessage":[{"status":"0x0","colour":"red"}],"statusPurpose"`, false},
		"a type of the status":               {`"BitstringStatusListEntry"`, `["BitstringStatusListEntry","Sailing"]`, false},
		"a member of the schema":             {`"type":"JsonSchema"`, `"colour":"red","type":"JsonSchema"`, false},
		"a type of the schema":               {`"JsonSchema"`, `"1EdTechJsonSchemaValidator2019"`, false},
		"an id that is no IRI":               {`"urn:learner:1"`, `"learner"`, false},
		"an id with a space":                 {`"id":"urn:achievement:1","type":["Achievement"]`, `"id":"urn:a b","type":["Achievement"]`, false},
		"the badge's id":                     {`"urn:badge:1"`, `"badge"`, false},
		"the issuer's id":                    {`"did:example:school"`, `"school"`, false},
		"the endorsement's id":               {`"urn:endorsement:1"`, `"endorsement"`, false},
		"an index beside the start":          {`"validFrom":"2025-01-01T00:00:00Z"`, `"validFrom":{"@value":"2025-01-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime","@index":"i"}`, false},
		"an index beside the end":            {`"validUntil":"2027-01-01T00:00:00Z"`, `"validUntil":[{"@value":"2027-01-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime","@index":"i"}]`, false},
		"an end that is null":                {`"validUntil":"2027-01-01T00:00:00Z"`, `"validUntil":{"@value":null}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(withEvidence, c.old, c.new, 1)
			require.True(t, c.old == "" || text != withEvidence)
			signed, key := signAs(t, text, newProof, known().present, false)
			r, err := verifyAs(t, signed, key, lenient, OpenOptions{})
			if !c.data {
				require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDataLoss})
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.old != "", len(r.Unsigned) == 1)

			_, err = verifyAs(t, signed, key, lenient, OpenOptions{Evidence: true})
			if c.old == "" {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDataLoss}, "a status list is evidence as a whole")
			}
		})
	}
}

// A proof is evidence as well: what its canonical form lacks could be anything.
func TestProofOptionsAreNeverLenient(t *testing.T) {
	for _, member := range []string{`"colour":"red"`, `"evidence":{"colour":"red"}`, `"id":"proof"`, `"id":"urn:a b"`, `"domain":"x","nonse":"1"`, `"jws":"eyJ..AA"`} {
		signed, key := signAs(t, withEvidence, newProof, known().present, false)
		signed = []byte(strings.Replace(string(signed), `"proof":{`, `"proof":{`+member+`,`, 1))
		_, err := verifyAs(t, signed, key, Config{Lenient: true}, OpenOptions{})
		require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDataLoss}, member)
	}
}

// A document or proof that makes no statement has the canonical form of every other
// such: with a relative id all members vanish, the end of the proof among them.
func TestEmptyFormsAreErrors(t *testing.T) {
	const url = "https://c.example/own"
	lenient := Config{Lenient: true, Contexts: map[string][]byte{url: []byte(`{"@context":{"id":"@id","name":"https://e.example/name"}}`)}}
	engine := NewVerifier(lenient).engines.present
	for _, text := range []string{`{"id":"foo","name":"A"}`, `{"id":"foo"}`, `{"other":"B"}`, `{"id":"urn:x"}`, `{"id":"foo","name":["A",{"id":"bar","name":"C"}]}`} {
		doc, err := vc.Parse([]byte(`{"@context":"` + url + `",` + text[1:]))
		require.NoError(t, err)
		for _, o := range []OpenOptions{{}, {Evidence: true}} {
			s := NewVerifier(lenient).Open(doc, o)
			d := s.document(context.Background(), form{engine: engine, mode: jsonld.Lenient})
			require.ErrorIs(t, d.err, &vc.Problem{Code: proof.CodeDataLoss}, text)
			require.Nil(t, d.sum)
			f := form{engine: engine, mode: jsonld.Lenient}
			require.ErrorIs(t, s.options(context.Background(), f, door.Root(doc), door.Root(doc).Get("proofValue"), nil).err,
				&vc.Problem{Code: proof.CodeDataLoss})
		}
	}
}

// The published pair of documents that share an empty form, see its index.
func TestPublishedEmptyGraph(t *testing.T) {
	b, err := os.ReadFile(testkit.Shared(t, "vc/jsonld-strict") + "/collision-pairs.json")
	require.NoError(t, err)
	doc, err := vc.Parse([]byte(`{"pairs":` + string(b) + `}`))
	require.NoError(t, err)
	engine := jsonld.New(jsonld.Config{Policy: jsonld.Policy{AllowInline: true, AllowNested: true}})
	for _, pair := range door.Root(doc).Get("pairs").Items() {
		if pair.Get("name").Text() != "empty-graph" {
			continue
		}
		for _, side := range []string{"a", "b"} {
			s := NewVerifier(Config{Lenient: true}).Open(door.Within(doc, pair.Get(side)), OpenOptions{})
			d := s.document(context.Background(), form{engine: engine, mode: jsonld.Lenient})
			require.ErrorIs(t, d.err, &vc.Problem{Code: proof.CodeDataLoss})
		}
		return
	}
	t.Fatal("the pair is not there")
}
