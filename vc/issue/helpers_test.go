package issue_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

const (
	school = "https://school.example/issuer"
	method = school + "#key-1"
)

// world has the school, with a key of each kind.
var world = obtest.New(obtest.Config{Seed: "issue", At: testkit.Now})

func secret(k obtest.KeyKind) crypto.Signer { return world.Key(k, "school") }

var edKey = secret(obtest.Ed25519).(ed25519.PrivateKey)

func signerOf(t testing.TB, key crypto.Signer) proof.Signer {
	s, err := proof.FromCrypto(key)
	require.NoError(t, err)
	return s
}

func config(t testing.TB, key crypto.Signer) issue.Config {
	return issue.Config{Signer: signerOf(t, key), VerificationMethod: method, Now: testkit.Clock}
}

// published is the issuer's own document in a trust pack, written here and not by the
// package under test.
func published(t testing.TB, key crypto.Signer, id string) *fetch.Pack {
	did, _, err := didkey.From(key.Public())
	require.NoError(t, err)
	pack, err := fetch.ParsePack([]byte(`{"id":"` + id + `","assertionMethod":[{"id":"` + id + `#key-1","type":"Multikey","controller":"` + id + `","publicKeyMultibase":"` + strings.TrimPrefix(did, "did:key:") + `"}]}`))
	require.NoError(t, err)
	return pack
}

func inspect(t testing.TB, credential []byte, c verify.Config) *verify.Report {
	c.Now = testkit.Clock
	r, err := verify.Inspect(context.Background(), credential, c)
	require.NoError(t, err)
	return r
}

// award is a small badge.
func award() ob.Award {
	return ob.Award{
		Issuer:      ob.Profile{ID: school, Name: vc.Plain("Riverside School")},
		Recipient:   ob.Recipient{ID: "did:example:ada"},
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Plan a walk, then lead it."),
		ValidFrom:   testkit.Now.AddDate(0, -1, 0),
	}
}

// full is a badge with a node of most classes, as text that mutations look for.
const full = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "name": "Keel laying, with results",
  "issuer": {"id": "https://school.example/issuer", "type": ["Profile"], "name": "School of boats", "url": "https://school.example/", "email": "office@school.example",
    "address": {"type": ["Address"], "addressCountryCode": "NL", "geo": {"type": "GeoCoordinates", "latitude": 52.1, "longitude": 4.3}},
    "otherIdentifier": [{"type": "IdentifierEntry", "identifier": "0421", "identifierType": "identifier"}]},
  "validFrom": "2025-06-01T08:00:00Z",
  "validUntil": "2027-06-01T08:00:00Z",
  "awardedDate": "2025-05-01T08:00:00Z",
  "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "6", "statusListCredential": "https://school.example/status/1"},
  "evidence": [{"id": "https://school.example/evidence/1", "type": ["Evidence"], "name": "A film"}],
  "credentialSubject": {
    "id": "did:example:ada", "type": ["AchievementSubject"],
    "identifier": [{"type": "IdentityObject", "hashed": true, "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399", "identityType": "emailAddress", "salt": "Kosher"}],
    "activityStartDate": "2025-01-01T08:00:00Z", "creditsEarned": 3.5,
    "result": [{"type": ["Result"], "resultDescription": "urn:uuid:d1", "value": "87"},
      {"type": ["Result"], "resultDescription": "urn:uuid:d2", "status": "Completed"},
      {"type": ["Result"], "resultDescription": "urn:uuid:d3", "achievedLevel": "urn:uuid:l1"}],
    "achievement": {
      "id": "https://school.example/achievements/keel", "type": ["Achievement"], "name": "Keel laying", "description": "Lays keels.",
      "criteria": {"narrative": "Lay three keels."}, "achievementType": "Course", "inLanguage": "en",
      "image": {"id": "https://school.example/keel.png", "type": "Image", "caption": "A keel"},
      "alignment": [{"type": ["Alignment"], "targetName": "Builds boats", "targetUrl": "https://frameworks.example/boats/1", "targetType": "CFItem"}],
      "resultDescription": [
        {"id": "urn:uuid:d1", "type": ["ResultDescription"], "name": "Points", "resultType": "Percent", "valueMin": "0", "valueMax": "100", "requiredValue": "50"},
        {"id": "urn:uuid:d2", "type": ["ResultDescription"], "name": "State", "resultType": "Status"},
        {"id": "urn:uuid:d3", "type": ["ResultDescription"], "name": "Level", "resultType": "RubricCriterionLevel", "requiredLevel": "urn:uuid:l1",
          "rubricCriterionLevel": [{"id": "urn:uuid:l1", "type": ["RubricCriterionLevel"], "name": "Good"}]}]
    }
  }
}`

// fullRecord is a record with the nodes that a badge lacks. Its nested badge has no
// proof: it is the issuer's own word.
const fullRecord = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "https://school.example/records/7",
  "type": ["VerifiableCredential", "ClrCredential"],
  "name": "Record of Ada",
  "partial": true,
  "issuer": {"id": "https://school.example/issuer", "type": ["Profile"], "name": "School of boats",
    "address": {"type": ["Address"], "addressLocality": "Delft", "geo": {"type": "GeoCoordinates", "latitude": 52.1, "longitude": 4.3}},
    "otherIdentifier": [{"type": "IdentifierEntry", "identifier": "0421", "identifierType": "systemId"}]},
  "validFrom": "2025-06-01T08:00:00Z",
  "credentialStatus": [
    {"id": "https://school.example/entries/1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://school.example/status/1"},
    {"id": "https://school.example/entries/2", "type": "BitstringStatusListEntry", "statusPurpose": "message", "statusListIndex": "8", "statusListCredential": "https://school.example/status/2",
      "statusSize": 1, "statusMessage": [{"status": "0x0", "message": "at sea"}, {"status": "0x1", "message": "ashore"}]}],
  "credentialSubject": {
    "id": "did:example:ada", "type": ["ClrSubject"],
    "identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "Ada", "identityType": "name"}],
    "achievement": [{
      "id": "https://school.example/achievements/boats", "type": ["Achievement"], "name": "Boats", "description": "All about boats.", "criteria": {"narrative": "Pass all parts."},
      "related": [{"id": "https://school.example/achievements/boten", "type": ["Related"], "inLanguage": "nl"}],
      "alignment": [{"type": ["Alignment"], "targetName": "Builds boats", "targetUrl": "https://frameworks.example/boats/1", "targetCode": "B.1"}],
      "endorsement": [{
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:c1a6d4e2-6f0b-4d3a-9a67-0f3d8a4b2c55", "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Our best course",
        "issuer": "https://school.example/issuer", "validFrom": "2025-04-01T08:00:00Z",
        "credentialSubject": {"id": "https://school.example/achievements/boats", "type": ["EndorsementSubject"], "endorsementComment": "Taught by the sea."}}],
      "resultDescription": [{"id": "urn:uuid:d1", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade", "allowedValue": ["C", "B", "A"], "requiredValue": "B"}]}],
    "verifiableCredential": [{
      "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
      "id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f12", "type": ["VerifiableCredential", "AchievementCredential"], "name": "Knots",
      "issuer": "https://school.example/issuer", "validFrom": "2025-05-01T08:00:00Z",
      "credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"],
        "achievement": {"id": "https://school.example/achievements/knots", "type": ["Achievement"], "name": "Knots", "description": "Ties knots.", "criteria": {"narrative": "Tie each."}}}}],
    "association": [{"type": "Association", "associationType": "isPartOf", "sourceId": "https://school.example/achievements/knots", "targetId": "https://school.example/achievements/boats"}]
  }
}`

// fullEndorsement endorses a school.
const fullEndorsement = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:c1a6d4e2-6f0b-4d3a-9a67-0f3d8a4b2c55",
  "type": ["VerifiableCredential", "EndorsementCredential"],
  "name": "Recognised school",
  "issuer": {"id": "https://school.example/issuer", "type": ["Profile"], "name": "School of boats"},
  "validFrom": "2025-06-01T08:00:00Z",
  "awardedDate": "2025-05-01T08:00:00Z",
  "credentialSubject": {"id": "https://harbour.example/issuer", "type": ["EndorsementSubject"], "endorsementComment": "Teaches by the **official** syllabus."}
}`
