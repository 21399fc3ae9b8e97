package reading_test

import "strings"

const (
	badgeContexts  = `"https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
	recordContexts = `"https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
)

// badge is a badge with more members of the credential, its subject and its
// achievement; each text ends with a comma.
func badge(more, subject, achievement string) string {
	return badgeUnder(badgeContexts, more, subject, achievement)
}

func badgeUnder(contexts, more, subject, achievement string) string {
	return badgeBy(contexts, `{"id":"did:key:zI","type":["Profile"],"name":"School","url":"https://s.example/"}`, more, subject, achievement)
}

func badgeBy(contexts, issuer, more, subject, achievement string) string {
	return `{"@context":[` + contexts + `],"id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":` + issuer + `,` + more +
		`"validFrom":"2026-01-01T00:00:00Z","name":"Keel","credentialSubject":{"id":"did:key:zS","type":["AchievementSubject"],` + subject +
		`"achievement":{"id":"urn:a1","type":["Achievement"],` + achievement + `"name":"Keel","description":"d","criteria":{"narrative":"n"}}}}`
}

// entry is a badge of a record.
func entry(id, issuer, subject, achievement string) string {
	return `{"@context":[` + badgeContexts + `],"id":"` + id + `","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":` + issuer +
		`,"validFrom":"2026-01-01T00:00:00Z","name":"b","credentialSubject":{` + subject + `"type":["AchievementSubject"],"achievement":` + achievement + `}}`
}

func achievement(id, more string) string {
	return `{"id":"` + id + `","type":["Achievement"],` + more + `"name":"A","description":"d","criteria":{"narrative":"n"}}`
}

// signed gives a credential a proof, of which the judge sees only that it is there.
func signed(credential string) string {
	return strings.TrimSuffix(credential, "}") + `,"proof":{"type":"DataIntegrityProof"}}`
}

// endorsement is an endorsement without a proof.
func endorsement(id, subject, comment string) string {
	return `{"@context":[` + badgeContexts + `],"id":"` + id + `","type":["VerifiableCredential","EndorsementCredential"],"issuer":{"id":"did:key:zE","type":["Profile"],"name":"E"},"validFrom":"2026-01-01T00:00:00Z","name":"e","credentialSubject":{"id":"` + subject + `","type":["EndorsementSubject"],"endorsementComment":"` + comment + `"}}`
}

func record(more, subject string, entries ...string) string {
	return `{"@context":[` + recordContexts + `],"id":"urn:r","type":["VerifiableCredential","ClrCredential"],"name":"r","issuer":{"id":"did:key:zI","type":["Profile"],"name":"School"},` + more +
		`"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"id":"did:key:zS","type":["ClrSubject"],` + subject + `"verifiableCredential":[` + strings.Join(entries, ",") + `]}}`
}

func profile(id, more string) string {
	return `{"id":"` + id + `","type":["Profile"],` + more + `"name":"U"}`
}
