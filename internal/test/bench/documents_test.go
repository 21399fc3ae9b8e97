// Package bench measures what a product pays: verification and signing of badges
// and records of typical sizes, each beside the bare signature, and it holds
// allocations and counted work to their limits. docs/benchmarks.md publishes the
// figures and the command that makes them.
package bench_test

import (
	"crypto/ed25519"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// head and clrHead are the beginning of a badge and of a record, without what
// follows the name.
const (
	head = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` +
		`"id":"urn:uuid:%s","type":["VerifiableCredential","OpenBadgeCredential"],"name":"%s",`
	clrHead = `{"@context":["https://www.w3.org/ns/credentials/v2",` +
		`"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` +
		`"id":"urn:uuid:%s","type":["VerifiableCredential","ClrCredential"],"name":"%s",`
	tail = `}`
)

// key is the issuer of all documents.
type key struct {
	*obtest.Issuer
	private ed25519.PrivateKey
}

func newKey(t testing.TB) key {
	t.Helper()
	world := obtest.New(obtest.Config{Seed: "benchmarks", At: testkit.Now})
	i, err := world.Issuer("harbour", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	return key{i, world.Key(i.Kind, i.Name).(ed25519.PrivateKey)}
}

func (k key) sign(t testing.TB, text string) []byte {
	t.Helper()
	signed, err := k.Sign([]byte(text), nil)
	require.NoError(t, err)
	return signed
}

func uuid(n int) string { return fmt.Sprintf("%08x-5a0e-4c4b-9a54-6f0c8c3f7d11", n) }

// small is a badge of 1.2 KB when signed: what most issuers send.
func small(k key, n int) string {
	return fmt.Sprintf(head, uuid(n), "Keel laying, first class") +
		`"issuer":{"id":"` + k.ID + `","type":["Profile"],"name":"Harbour School of Boatbuilding"},"validFrom":"2025-06-01T08:00:00Z",` +
		`"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],` +
		`"achievement":{"id":"https://school.example/achievements/keel","type":["Achievement"],"name":"Keel laying",` +
		`"description":"Lays a keel that is straight to a millimetre.",` +
		`"criteria":{"narrative":"Lay one keel under supervision and one alone, and explain each step to an apprentice."}}}` + tail
}

// nested is a badge of 2.4 KB when signed: results, alignments and evidence.
func nested(k key, n int) string {
	mark := "urn:uuid:" + uuid(n+900000)
	return fmt.Sprintf(head, uuid(n), "Keel laying, first class") +
		`"issuer":{"id":"` + k.ID + `","type":["Profile"],"name":"Harbour School of Boatbuilding","url":"https://school.example"},` +
		`"validFrom":"2025-06-01T08:00:00Z","credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],` +
		`"result":[{"type":["Result"],"resultDescription":"` + mark + `","value":"92"}],` +
		`"achievement":{"id":"https://school.example/achievements/keel","type":["Achievement"],"achievementType":"Certificate",` +
		`"name":"Keel laying","description":"Lays a keel that is straight to a millimetre.",` +
		`"criteria":{"narrative":"Lay one keel under supervision and one alone."},"alignment":[` + alignments(3) + `],` +
		`"resultDescription":[{"id":"` + mark + `","type":["ResultDescription"],"name":"Final mark","resultType":"Percent",` +
		`"valueMin":"0","valueMax":"100"}]}},"evidence":[{"id":"https://school.example/evidence/1","type":["Evidence"],` +
		`"name":"The keel","narrative":"Photographs of the finished keel."}]` + tail
}

func alignments(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"type":["Alignment"],"targetUrl":"https://frameworks.example/items/%[1]d","targetName":"Woodwork %[1]d",`+
			`"targetCode":"WW.%[1]d","targetFramework":"Crafts 2020","targetType":"CFItem"}`, i)
	}
	return strings.Join(list, ",")
}

// complete is a badge of 16 KB when signed: everything that the model allows, in
// quantity, with many nodes that have no id.
func complete(k key, n int) string {
	results, descriptions := criteria(n)
	return fmt.Sprintf(head, uuid(n), "Master boatbuilder") +
		`"description":"The whole craft.","awardedDate":"2025-05-30T10:00:00Z","issuer":{"id":"` + k.ID + `","type":["Profile"],` +
		`"name":"Harbour School of Boatbuilding","url":"https://school.example","email":"office@school.example",` +
		`"address":{"type":["Address"],"addressCountry":"Norway","addressCountryCode":"NO","addressLocality":"Bergen",` +
		`"postalCode":"5003","geo":{"type":"GeoCoordinates","latitude":60.39,"longitude":5.32}},` +
		`"otherIdentifier":[{"type":"IdentifierEntry","identifier":"7001","identifierType":"identifier"},` +
		`{"type":"IdentifierEntry","identifier":"7002","identifierType":"systemId"}],` +
		`"parentOrg":{"id":"https://guild.example","type":["Profile"],"name":"Guild of Boatbuilders"}},` +
		`"validFrom":"2025-06-01T08:00:00Z","credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],` +
		`"activityStartDate":"2024-08-01T00:00:00Z","creditsEarned":42.5,"identifier":[{"type":"IdentityObject","hashed":true,` +
		`"identityHash":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",` +
		`"identityType":"emailAddress","salt":"Kosher"},` +
		`{"type":"IdentityObject","hashed":false,"identityHash":"ada","identityType":"userName"}],"result":[` + results + `],` +
		`"achievement":{"id":"https://school.example/achievements/master","type":["Achievement"],` +
		`"achievementType":"Diploma","name":"Master boatbuilder","description":"The whole craft.",` +
		`"criteria":{"narrative":"Build a boat."},"tag":["boats","wood","tools"],` +
		`"alignment":[` + alignments(8) + `],"resultDescription":[` + descriptions + `]}},` +
		`"evidence":[{"id":"https://school.example/evidence/1","type":["Evidence"],"name":"The boat","narrative":"Photographs."},` +
		`{"type":["Evidence"],"name":"Log book","narrative":"Daily notes."}]` + tail
}

// criteria are the results of a complete badge and what describes them: six
// criteria of five levels.
func criteria(n int) (results, descriptions string) {
	inner := func(i int) string { return uuid(1_000_000*n + i) } // its own, beside those of the credentials
	var all, described []string
	for i := range 6 {
		var levels []string
		for j := range 5 {
			levels = append(levels, fmt.Sprintf(`{"id":"urn:uuid:%s","type":["RubricCriterionLevel"],"name":"Level %d","level":"%d",`+
				`"points":"%d","description":"What level %d of criterion %d looks like in the yard.","alignment":[%s]}`,
				inner(1000*i+j), j, j, j*10, j, i, alignments(1)))
		}
		described = append(described, fmt.Sprintf(`{"id":"urn:uuid:%s","type":["ResultDescription"],"name":"Criterion %d",`+
			`"resultType":"RubricCriterionLevel","requiredLevel":"urn:uuid:%s","rubricCriterionLevel":[%s]}`,
			inner(500_000+i), i, inner(1000*i+2), strings.Join(levels, ",")))
		all = append(all, fmt.Sprintf(`{"type":["Result"],"resultDescription":"urn:uuid:%s","achievedLevel":"urn:uuid:%s"}`,
			inner(500_000+i), inner(1000*i+3)))
	}
	return strings.Join(all, ","), strings.Join(described, ",")
}

// school is the issuer of the transcript and of its badges.
func school(k key) string {
	address := func(street, place string) string {
		return `"address":{"type":["Address"],"streetAddress":"` + street + `","postalCode":"5003","addressLocality":"` + place + `",` +
			`"addressRegion":"Vestland"}`
	}
	return `"issuer":{"id":"` + k.ID + `","type":["Profile"],"name":"Harbour School of Boatbuilding","url":"https://school.example",` +
		address("Quay 14", "Bergen") + `,"parentOrg":{"id":"https://guild.example","type":["Profile"],"name":"Guild of Boatbuilders",` +
		address("Hall Street 1", "Voss") + `}}`
}

// course is a badge of the transcript.
func course(k key, i int, name string) string {
	const work = "The apprentice chooses the timber, reads its grain and seasons it, draws the lines of the boat full size on " +
		"the loft floor, and cuts and fits each part by hand under the eyes of a master, who asks for reasons and not only for " +
		"results. What is out of true by more than a millimetre is done again. Each week ends with an hour in which the " +
		"apprentices explain their work to those of the first year. There are forty weeks of four days in the yard and one in " +
		"the classroom, where the rules of the surveyors, the prices of timber and copper, and the keeping of a log are taught. " +
		"In the last term each apprentice builds a part of a boat that goes to a customer, and answers for it when it is launched."
	achievement, result := fmt.Sprintf("https://school.example/achievements/%d", i), "urn:uuid:"+uuid(700000+i)
	return fmt.Sprintf(head, uuid(i), name) + school(k) +
		`,"validFrom":"2025-06-01T08:00:00Z","credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],` +
		`"result":[{"type":["Result"],"resultDescription":"` + result + `","value":"B"}],` +
		`"achievement":{"id":"` + achievement + `","type":["Achievement"],"achievementType":"Course","fieldOfStudy":"Crafts",` +
		`"name":"` + name + `","description":"` + name + `. ` + work + `",` +
		`"criteria":{"narrative":"` + work + ` Passed at the end of term ` + fmt.Sprint(i) + `."},` +
		`"resultDescription":[{"id":"` + result + `","type":["ResultDescription"],"name":"Mark","resultType":"LetterGrade"}]}}` + tail
}

// transcript is a CLR of 22 KB in the shape of real ones: six signed badges with
// their associations, each of which describes the school at length again.
func transcript(t testing.TB, k key) []byte {
	var courses, links []string
	for i, name := range []string{
		"Boatbuilding, second year", "Lofting and lines", "Clinker planking", "Steam bending", "Caulking and paying",
		"Rigging of small boats",
	} {
		courses = append(courses, string(k.sign(t, course(k, i, name))))
		if i > 0 {
			links = append(links, `{"type":"Association","associationType":"isParentOf",`+
				`"sourceId":"urn:uuid:`+uuid(0)+`","targetId":"urn:uuid:`+uuid(i)+`"}`)
		}
	}
	return k.sign(t, fmt.Sprintf(clrHead, uuid(1<<30), "Transcript of Ada")+school(k)+`,"validFrom":"2025-06-01T08:00:00Z",`+
		`"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"association":[`+strings.Join(links, ",")+`],`+
		`"verifiableCredential":[`+strings.Join(courses, ",")+`]}}`)
}

// record is a CLR of n badges, each signed, and signed as a whole.
func record(t testing.TB, k key, n int) []byte { return recordOf(t, k, n, nested) }

// recordOf is a record of badges of a size.
func recordOf(t testing.TB, k key, n int, badge func(key, int) string) []byte {
	badges := make([]string, n)
	for i := range badges {
		badges[i] = string(k.sign(t, badge(k, i)))
	}
	return k.sign(t, fmt.Sprintf(clrHead, uuid(1<<30), "Record of Ada")+
		`"issuer":{"id":"`+k.ID+`","type":["Profile"],"name":"Harbour School of Boatbuilding"},"validFrom":"2025-06-01T08:00:00Z",`+
		`"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"verifiableCredential":[`+strings.Join(badges, ",")+`]}}`)
}
