package rewrite

import (
	"testing"

	"github.com/laurel-edu/laurel/conformance/obtest"
)

// records are comprehensive learner records with signed and unsigned entries.
func (a *author) records() []Original {
	signed := a.sign(a.other, courseEntry)
	second := a.sign(a.p256, yardEntry)
	one := func(name string, k *obtest.Issuer, template string, more ...string) Original {
		return Original{name, []byte(a.sign(k, template, more...)), a.pack}
	}
	unsigned := a.fill(unsignedEntry)
	return []Original{
		one("record of signed entries", a.ed, record, "@entries", signed+","+second, "@more", ""),
		one("record of one unsigned entry", a.ed, record, "@entries", unsigned, "@more", a.fill(associations)),
		one("record of signed and unsigned entries", a.p384, record, "@ed", a.p384.ID, "@entries", signed+","+a.fill(unsignedEntry, "@ed", a.p384.ID)+","+second, "@more", ""),
		one("record of another learner's entry", a.ed, record, "@entries", unsigned+","+a.fill(otherEntry), "@more", ""),
		one("record of an achievement listed and asserted", a.ed, record, "@entries", a.fill(clubEntry, "@n", "15"), "@more", listed),
		one("record of two entries of one club", a.ed, record, "@entries", a.fill(clubEntry, "@n", "15")+","+a.fill(clubEntry, "@n", "16"), "@more", ""),
		one("record of VCDM 1.1", a.ed, oldRecord),
	}
}

// Unattributable returns records that a verifier refuses, since their signature does
// not say which of the unsigned entries about one learner holds what. They show what
// gets through one that takes them.
func Unattributable(t testing.TB) []Original {
	a := newAuthor(t)
	second := a.fill(otherEntry, "did:example:ada:team", "did:example:ada")
	return []Original{{"record of two unsigned entries about one learner", []byte(a.sign(a.ed, record, "@entries", a.fill(unsignedEntry)+","+second, "@more", "")), a.pack}}
}

const record = `{"@context":@record,"id":"urn:uuid:00000000-0000-4000-8000-000000000010","type":["VerifiableCredential","ClrCredential"],
"name":"Transcript","partial":true,"issuer":{"id":"@ed","type":["Profile"],"name":"Registrar","url":"https://registrar.example"},"validFrom":"2025-06-01T00:00:00Z","validUntil":"2027-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"ada@example.com","identityType":"emailAddress"}],@more"verifiableCredential":[@entries]}}`

const associations = `"achievement":[{"id":"https://school.example/degree","type":["Achievement"],"name":"Degree","description":"All of it.","criteria":{"narrative":"All."},"creator":{"id":"@ed","type":["Profile"],"name":"Registrar"}}],
"association":[{"type":"Association","associationType":"isChildOf","sourceId":"https://school.example/knots","targetId":"https://school.example/degree"}],`

const courseEntry = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000011","type":["VerifiableCredential","AchievementCredential"],
"name":"Keel","issuer":{"id":"@other","type":["Profile"],"name":"Guild"},"validFrom":"2025-05-01T00:00:00Z","validUntil":"2027-01-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"creditsEarned":3,"licenseNumber":"L-1","result":[{"type":["Result"],"resultDescription":"urn:rd:k","value":"A"}],
"achievement":{"id":"https://guild.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"narrative":"Lay one."},"creditsAvailable":3,
"resultDescription":[{"id":"urn:rd:k","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["F","B","A"]}]}}}`

const yardEntry = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000012","type":["VerifiableCredential","AchievementCredential"],
"name":"Yard","issuer":{"id":"@p256","type":["Profile"],"name":"Yard"},"validFrom":"2025-05-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"role":"welder",
"achievement":{"id":"https://yard.example/weld","type":["Achievement"],"name":"Welding","description":"Welds.","criteria":{"narrative":"Weld."}}}}`

const unsignedEntry = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000013","type":["VerifiableCredential","AchievementCredential"],
"name":"Knots","issuer":{"id":"@ed","type":["Profile"],"name":"Registrar"},"validFrom":"2025-04-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"term":"spring","result":[{"type":["Result"],"value":"B"}],
"achievement":{"id":"https://school.example/knots","type":["Achievement"],"name":"Knots","description":"Ties knots.","criteria":{"narrative":"Tie ten."},"creditsAvailable":1}}}`

const otherEntry = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000014","type":["VerifiableCredential","AchievementCredential"],
"name":"Ropes","issuer":"@ed","validFrom":"2025-04-01T00:00:00Z","validUntil":"2026-12-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada:team","type":["AchievementSubject"],"role":"crew","result":[{"type":["Result"],"value":"C"}],
"achievement":{"id":"https://school.example/ropes","type":["Achievement"],"name":"Ropes","description":"Splices.","criteria":{"narrative":"Splice two."},"creditsAvailable":2}}}`

const clubEntry = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-0000000000@n","type":["VerifiableCredential","AchievementCredential"],
"name":"Chess","issuer":{"id":"did:example:club","type":["Profile"],"name":"Club","url":"https://club.example"},"validFrom":"2025-04-01T00:00:00Z",
"credentialSubject":{"id":"did:example:learner@n","type":["AchievementSubject"],
"achievement":{"id":"https://club.example/chess","type":["Achievement"],"name":"Chess","description":"Plays.","criteria":{"id":"https://club.example/rules"},"tag":["board","mind"],"version":"1"}}}`

const listed = `"achievement":[{"id":"https://club.example/chess","type":["Achievement"],"name":"Chess","description":"Plays.","criteria":{"id":"https://club.example/rules"},"tag":["board","mind"],"version":"1"}],`

const oldRecord = `{"@context":["https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/clr/v2p0/context.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json","https://w3id.org/security/data-integrity/v2"],
"id":"urn:uuid:00000000-0000-4000-8000-000000000020","type":["VerifiableCredential","ClrCredential"],"name":"Transcript","issuer":{"id":"@ed","type":["Profile"],"name":"Registrar"},"issuanceDate":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],
"verifiableCredential":[{"@context":["https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"],"id":"urn:uuid:00000000-0000-4000-8000-000000000021","type":["VerifiableCredential","AchievementCredential"],
"name":"Knots","issuer":{"id":"@ed","type":["Profile"],"name":"Registrar"},"issuanceDate":"2025-04-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"creditsEarned":1,"achievement":{"id":"https://school.example/knots","type":["Achievement"],"name":"Knots","description":"Ties knots.","criteria":{"narrative":"Tie ten."}}}}]}}`
