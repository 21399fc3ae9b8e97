package reading_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/reading"
)

const (
	school = `{"id":"did:key:zI","type":["Profile"],"name":"School"}`
	odrl   = badgeContexts + `,"https://www.w3.org/ns/odrl.jsonld"`
	ext    = badgeContexts + `,{"ext":"https://x.example/ext","more":{"@id":"https://x.example/more","@type":"@id"},"full":"https://schema.org/name","json":{"@id":"https://x.example/json","@type":"@json"},"list":{"@id":"https://x.example/list","@container":"@list"},"said":{"@id":"https://x.example/said","@container":"@language"},"byName":{"@id":"https://x.example/byName","@container":"@index"},"Unit":"https://x.example/Unit","Pupil":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile","ident":"@id","pre":"https://pre.example/"}`
)

// shapes are documents on both sides of each rule, with all that is said of them. A
// guard is named where it alone refuses the document.
var shapes = []struct {
	name  string
	text  string
	guard reading.Guards
	want  []string
}{
	{"a plain badge", badge("", "", ""), 0, nil},
	{"a plain record", record("", "", entry("urn:b1", school, "", achievement("urn:a1", ""))), 0, nil},

	// Objects of one id.
	{"creator repeats the issuer", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"School","url":"https://s.example/"},`), 0, nil},
	{"creator is the issuer in brief", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"School"},`), 0, nil},
	{"creator names the issuer", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"]},`), 0, nil},
	{"creator says more than the issuer", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"School","email":"a@s.example"},`), reading.GuardAdds, []string{"refuse node-split /credentialSubject/achievement/creator/email"}},
	{"creator says it otherwise", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"Other"},`), reading.GuardOtherwise, []string{"refuse node-split /credentialSubject/achievement/creator/name"}},
	{"the issuer is a text", badgeBy(badgeContexts, `"did:key:zI"`, "", "", `"creator":`+profile("did:key:zI", "")+`,`), reading.GuardReferences | reading.GuardAdds, []string{"refuse node-split /credentialSubject/achievement/creator/name"}},
	{"the issuer is an object of its id", badgeBy(badgeContexts, `{"id":"did:key:zI","type":["Profile"]}`, "", "", `"creator":`+profile("did:key:zI", "")+`,`), reading.GuardAdds, []string{"refuse node-split /credentialSubject/achievement/creator/name"}},
	{"an array of one and the value", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":["School"]},`), 0, nil},
	{"a number in two forms", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"address":{"type":["Address"],"geo":{"type":"GeoCoordinates","latitude":1.0,"longitude":2}}},`) /* the issuer has no address */, reading.GuardAdds, []string{"refuse node-split /credentialSubject/achievement/creator/address"}},
	{"equal addresses", badgeBy(badgeContexts, profile("did:key:zI", `"address":{"type":["Address"],"geo":{"type":"GeoCoordinates","longitude":2,"latitude":1}},`), "", "", `"creator":`+profile("did:key:zI", `"address":{"geo":{"latitude":1.0,"longitude":2,"type":"GeoCoordinates"},"type":"Address"},`)+`,`), 0, nil},
	{"a reference and its object are one value", badgeBy(badgeContexts, profile("did:key:zI", `"parentOrg":`+profile("urn:u", "")+`,`), "", "", `"creator":`+profile("did:key:zI", `"parentOrg":{"id":"urn:u","type":["Profile"]},`)+`,`), 0,
		[]string{"warn node-repeated /credentialSubject/achievement/creator/parentOrg"}},
	{"lists in another order", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"School","otherIdentifier":[]},`), 0, nil},

	// What the class of an object lacks.
	{"the subject has the issuer's name", badgeBy(badgeContexts, `{"id":"did:key:zS","type":["Profile"],"name":"Ana"}`, "", `"name":"Ana",`, ""), 0, []string{"warn node-repeated /credentialSubject/name"}},
	{"the subject has another name", badgeBy(badgeContexts, `{"id":"did:key:zS","type":["Profile"],"name":"Ana"}`, "", `"name":"Bea",`, ""), reading.GuardLacks, []string{"refuse node-split /credentialSubject/name"}},
	{"the subject has a name and the issuer none", badgeBy(badgeContexts, `{"id":"did:key:zS","type":["Profile"]}`, "", `"name":"Ana",`, ""), reading.GuardLacks, []string{"refuse node-split /credentialSubject/name"}},
	{"the subject has a name and is nobody else", badge("", `"name":"Ana",`, ""), 0, nil},
	{"evidence ends the credential", badge(`"evidence":[{"id":"urn:uuid:1","type":["VerifiableCredential","Evidence"],"validUntil":"2026-02-01T00:00:00Z"}],`, "", ""), reading.GuardLacks, []string{"refuse node-split /evidence/0/validUntil"}},
	{"terms of use revoke the credential", badge(`"termsOfUse":[{"id":"urn:uuid:1","type":["VerifiableCredential","VerifiablePresentation"],"credentialStatus":{"id":"urn:s","type":"BitstringStatusListEntry"}}],`, "", ""), reading.GuardLacks, []string{"refuse node-split /termsOfUse/0/credentialStatus"}},
	{"an extension ends the credential", badgeUnder(ext, `"more":{"id":"urn:uuid:1","type":"VerifiableCredential","validUntil":"2026-02-01T00:00:00Z"},`, "", ""), reading.GuardLacks, []string{"refuse node-split /more/validUntil"}},
	{"an extension names the credential", badgeUnder(ext, `"more":"urn:uuid:1",`, "", ""), 0, nil},
	{"the status size stands at another entry", badge(`"credentialStatus":{"id":"urn:s","type":"BitstringStatusListEntry","statusPurpose":"message","statusListIndex":"1","statusListCredential":"urn:l"},"refreshService":{"id":"urn:s","type":"BitstringStatusListEntry","statusSize":2},`, "", ""), reading.GuardLacks, []string{"refuse node-split /refreshService/statusSize"}},

	// What is tolerated.
	{"two captions of one image", badgeBy(badgeContexts, profile("did:key:zI", `"image":{"id":"https://s.example/l.png","type":"Image","caption":"a"},`), "", "", `"image":{"id":"https://s.example/l.png","type":"Image","caption":"b"},`), 0, []string{"warn node-repeated /credentialSubject/achievement/image/caption"}},
	{"endorsements at the creator", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"School","endorsement":[`+signed(endorsement("urn:e1", "did:key:zI", "c"))+`]},`), 0, []string{"warn node-repeated /credentialSubject/achievement/creator/endorsement"}},
	{"the image of who awards themselves", badgeBy(badgeContexts, `{"id":"did:key:zS","type":["Profile"],"name":"Ana"}`, "", `"image":{"id":"https://s.example/m.png","type":"Image"},`, ""), 0, []string{"warn node-repeated /credentialSubject/image"}},
	{"criteria shared by two achievements", record("", "", entry("urn:b1", school, "", `{"id":"urn:a1","type":["Achievement"],"name":"A","description":"d","criteria":{"id":"urn:c","narrative":"a"}}`), entry("urn:b2", school, "", `{"id":"urn:a2","type":["Achievement"],"name":"A","description":"d","criteria":{"id":"urn:c","narrative":"b"}}`)), 0,
		[]string{"warn node-repeated /credentialSubject/verifiableCredential/0/credentialSubject/achievement/criteria/narrative", "warn node-repeated /credentialSubject/verifiableCredential/1/credentialSubject/achievement/criteria/narrative"}},
	{"the parent in brief and the creator in full", badgeBy(badgeContexts, profile("did:key:zI", `"parentOrg":`+profile("urn:u", "")+`,`), "", "", `"creator":`+profile("urn:u", `"email":"a@u.example",`)+`,`), 0, []string{"warn node-repeated /credentialSubject/achievement/creator/email"}},
	{"the same organisation as issuer too", badgeBy(badgeContexts, profile("did:key:zI", `"parentOrg":`+profile("did:key:zI", `"email":"a@u.example",`)+`,`), "", "", ""), reading.GuardAdds, []string{"refuse node-split /issuer/parentOrg/email"}},

	// Objects of one place.
	{"two creators of one id, alike", record("", "", entry("urn:b1", school, "", achievement("urn:a1", `"creator":`+profile("urn:u", "")+`,`)), entry("urn:b2", school, "", achievement("urn:a2", `"creator":`+profile("urn:u", "")+`,`))), 0, nil},
	{"two creators of one id, one of them in brief", record("", "", entry("urn:b1", school, "", achievement("urn:a1", `"creator":`+profile("urn:u", `"url":"https://u.example/",`)+`,`)), entry("urn:b2", school, "", achievement("urn:a2", `"creator":`+profile("urn:u", "")+`,`))), reading.GuardAlike,
		[]string{"refuse node-split /credentialSubject/verifiableCredential/0/credentialSubject/achievement/creator/url"}},
	{"two achievements of one id", record("", "", entry("urn:b1", school, "", achievement("urn:a1", `"version":"1",`)), entry("urn:b2", school, "", achievement("urn:a1", `"version":"2",`))), reading.GuardAlike,
		[]string{"refuse node-split /credentialSubject/verifiableCredential/0/credentialSubject/achievement/version", "refuse node-split /credentialSubject/verifiableCredential/1/credentialSubject/achievement/version"}},
	{"an entry says more of the issuer", record("", "", entry("urn:b1", profile("did:key:zI", `"email":"a@s.example",`), "", achievement("urn:a1", ""))), reading.GuardAdds | reading.GuardOtherwise,
		[]string{"refuse node-split /credentialSubject/verifiableCredential/0/issuer/email", "refuse node-split /credentialSubject/verifiableCredential/0/issuer/name"}},
	{"a signed entry says more of the issuer", record("", "", signed(entry("urn:b1", profile("did:key:zI", `"email":"a@s.example",`), "", achievement("urn:a1", "")))), 0, nil},

	// Credentials that can be exchanged.
	{"two unsigned entries of one subject", record("", "", entry("urn:b1", school, `"id":"did:key:zS",`, achievement("urn:a1", "")), entry("urn:b2", school, `"id":"did:key:zS",`, achievement("urn:a2", ""))), reading.GuardEntries,
		[]string{"refuse node-split /credentialSubject/verifiableCredential/0/credentialSubject", "refuse node-split /credentialSubject/verifiableCredential/1/credentialSubject"}},
	{"two unsigned entries without subject ids", record("", "", entry("urn:b1", school, "", achievement("urn:a1", "")), entry("urn:b2", school, "", achievement("urn:a2", ""))), 0, nil},
	{"two signed entries of one subject", record("", "", signed(entry("urn:b1", school, `"id":"did:key:zS",`, achievement("urn:a1", ""))), signed(entry("urn:b2", school, `"id":"did:key:zS",`, achievement("urn:a2", "")))), 0, nil},
	{"a signed and an unsigned entry of one subject", record("", "", signed(entry("urn:b1", school, `"id":"did:key:zS",`, achievement("urn:a1", ""))), entry("urn:b2", school, `"id":"did:key:zS",`, achievement("urn:a2", ""))), 0, nil},
	{"an unsigned entry repeats a signed one", record("", "", signed(entry("urn:b1", school, `"id":"did:key:zS","licenseNumber":"7",`, achievement("urn:a1", ""))), entry("urn:b2", school, `"id":"did:key:zS","licenseNumber":"7",`, achievement("urn:a2", ""))), 0,
		[]string{"warn interchangeable /credentialSubject/verifiableCredential/1/credentialSubject/licenseNumber"}},
	{"an unsigned entry repeats a signed achievement", record("", "", signed(entry("urn:b1", school, "", achievement("urn:a1", `"version":"1",`))), entry("urn:b2", school, "", `{"id":"urn:a1","type":["Achievement"],"version":"1","name":"B","description":"e","criteria":{"narrative":"o"}}`)), 0,
		[]string{"warn interchangeable /credentialSubject/verifiableCredential/1/credentialSubject/achievement/version"}},
	{"two unsigned endorsements of one achievement", badge("", "", `"endorsement":[`+endorsement("urn:e1", "urn:a1", "a")+`,`+endorsement("urn:e2", "urn:a1", "b")+`],`), reading.GuardEntries,
		[]string{"refuse node-split /credentialSubject/achievement/endorsement/0/credentialSubject", "refuse node-split /credentialSubject/achievement/endorsement/1/credentialSubject"}},
	{"an endorsement twice", badge("", "", `"endorsement":[`+endorsement("urn:e1", "urn:a1", "a")+`,`+endorsement("urn:e1", "urn:a1", "a")+`],`), 0, []string{"warn duplicate /credentialSubject/achievement/endorsement"}},
	{"a token twice", badge(`"endorsementJwt":["a.b.c","a.b.c"],`, "", ""), 0, []string{"warn duplicate /endorsementJwt"}},
	{"two endorsements of one id", badge("", "", `"endorsement":[`+signed(endorsement("urn:e1", "urn:a1", "a"))+`,`+signed(endorsement("urn:e1", "urn:a1", "b"))+`],`), reading.GuardRepeats, []string{"refuse member-illegible /credentialSubject/achievement/endorsement"}},
	{"a presentation of two unsigned", `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` + entry("urn:b1", school, `"id":"did:key:zS",`, achievement("urn:a1", "")) + `,` + entry("urn:b2", profile("did:key:zI", ""), `"id":"did:key:zS",`, achievement("urn:a1", `"version":"2",`)) + `]}`, 0, nil},
	{"a presented credential is judged", `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` + entry("urn:b1", school, "", achievement("urn:a1", `"creator":`+profile("did:key:zI", `"email":"a@s.example",`)+`,`)) + `]}`, reading.GuardAdds | reading.GuardOtherwise,
		[]string{"refuse node-split /verifiableCredential/0/credentialSubject/achievement/creator/email", "refuse node-split /verifiableCredential/0/credentialSubject/achievement/creator/name"}},

	// Names.
	{"uid for id", badgeUnder(odrl, `"evidence":[{"uid":"urn:x","type":["Evidence"]}],`, "", ""), reading.GuardAliases, []string{"refuse member-illegible /evidence/0/uid"}},
	{"an own name for id", badgeUnder(ext, `"evidence":[{"ident":"urn:x","type":["Evidence"]}],`, "", ""), reading.GuardAliases, []string{"refuse member-illegible /evidence/0/ident"}},
	{"a member named by its IRI", badge("", `"https://purl.imsglobal.org/spec/vc/ob/vocab.html#role":"r",`, ""), reading.GuardIRIs, []string{"refuse member-illegible /credentialSubject/https:~1~1purl.imsglobal.org~1spec~1vc~1ob~1vocab.html#role"}},
	{"a member named by a compact IRI", badgeUnder(badgeContexts+`,{"q":"https://q.example/","@vocab":null}`, "", `"q:x":"r",`, ""), reading.GuardIRIs, []string{"refuse member-illegible /credentialSubject/q:x"}},
	{"a member of an extension", badgeUnder(ext, "", `"ext":"r",`, ""), 0, nil},
	{"a second name of a member", badgeUnder(ext, "", "", `"full":"Keel",`), reading.GuardNames, []string{"refuse member-illegible /credentialSubject/achievement/full"}},
	{"a second name where the model has none", badgeUnder(ext, `"more":{"id":"urn:x","full":"Keel"},`, "", ""), reading.GuardNames, []string{"refuse member-illegible /more/full"}},
	{"keywords in an extension", badgeUnder(ext, `"more":{"@id":"urn:x"},`, "", ""), reading.GuardKeywords, []string{"refuse member-illegible /more/@id"}},
	{"a value object", badge("", `"role":{"@value":"r"},`, ""), reading.GuardKeywords, []string{"refuse member-illegible /credentialSubject/role/@value"}},
	{"a typed value", badge("", `"role":{"@value":"r","@type":"http://www.w3.org/2001/XMLSchema#string"},`, ""), reading.GuardKeywords, []string{"refuse member-illegible /credentialSubject/role/@type", "refuse member-illegible /credentialSubject/role/@value"}},
	{"a text with its language", badge(`"description":{"@value":"d","@language":"en"},`, "", ""), 0, nil},
	{"a text with its direction", badge(`"description":{"@value":"d","@direction":"rtl"},`, "", ""), 0, nil},
	{"a set", badgeUnder(ext, `"ext":{"@set":["a"]},`, "", ""), reading.GuardKeywords, []string{"refuse member-illegible /ext/@set"}},
	{"a literal of JSON", badgeUnder(ext, `"json":{"@x":[[null]],"a:b":1,"uid":["a","a"]},`, "", ""), 0, nil},
	{"a language map", badgeUnder(ext, `"said":{"en":["a","b"],"de":"c"},`, "", ""), 0, nil},

	// Types.
	{"a second type by IRI", badge("", `"result":[{"type":["Result","https://x.example/T"]}],`, ""), 0, []string{"warn type-undefined /credentialSubject/result/0/type/1"}},
	{"the status by its IRI", badge(`"credentialStatus":{"id":"urn:s","type":"https://www.w3.org/ns/credentials/status#BitstringStatusListEntry","statusPurpose":"revocation"},`, "", ""), reading.GuardNames, []string{"refuse member-illegible /credentialStatus/type"}},
	{"a second status by its IRI", badge(`"credentialStatus":{"id":"urn:s","type":["BitstringStatusList","https://www.w3.org/ns/credentials/status#BitstringStatusListEntry"],"statusPurpose":"revocation"},`, "", ""), reading.GuardNames, []string{"refuse member-illegible /credentialStatus/type/1"}},
	{"a class by its IRI beside its term", badgeUnder(ext, "", "", `"creator":{"id":"urn:u","type":["Profile","https://x.example/Unit"],"name":"U"},`), 0, []string{"warn type-undefined /credentialSubject/achievement/creator/type/1"}},
	{"a second name of a class", badgeUnder(ext, "", "", `"creator":{"id":"urn:u","type":["Pupil"],"name":"U"},`), reading.GuardNames, []string{"refuse member-illegible /credentialSubject/achievement/creator/type/0"}},
	{"the other name of a badge", `{"@context":[` + badgeContexts + `],"id":"urn:uuid:1","type":["VerifiableCredential","AchievementCredential"],"issuer":"did:key:zI"}`, 0, nil},

	// Values.
	{"a blank id", badge("", `"result":[{"id":"_:r","type":["Result"],"value":"A"}],`, ""), reading.GuardBlank, []string{"refuse member-illegible /credentialSubject/result/0/id"}},
	{"an id written with a prefix", badgeUnder(ext, "", `"result":[{"id":"pre:r","type":["Result"],"value":"A"}],`, ""), reading.GuardPrefixes, []string{"refuse member-illegible /credentialSubject/result/0/id"}},
	{"a reference written with a prefix", badgeUnder(ext, `"more":["pre:r"],`, "", ""), reading.GuardPrefixes, []string{"refuse member-illegible /more/0"}},
	{"an IRI of a scheme that is no prefix", badgeUnder(ext, `"more":["ext:r","other:r","mailto:a@b.example"],`, "", ""), 0, nil},
	{"a text with a language twice", badge(`"description":[{"@value":"d","@language":"en"},{"@language":"EN","@value":"d"}],`, "", ""), reading.GuardRepeats, []string{"refuse member-illegible /description"}},
	{"one text in two languages", badge(`"description":[{"@value":"d","@language":"en"},{"@value":"d","@language":"de"}],`, "", ""), 0, nil},
	{"a reference to a blank node", badgeUnder(ext, `"more":"_:r",`, "", ""), reading.GuardBlank, []string{"refuse member-illegible /more"}},
	{"a text that looks like one", badge("", `"role":"_:r",`, ""), 0, nil},
	{"a blank type", badge("", `"result":[{"type":["Result","_:t"]}],`, ""), reading.GuardBlank, []string{"refuse member-illegible /credentialSubject/result/0/type/1"}},
	{"an array in an array", badgeUnder(ext, `"ext":[["a"],"b"],`, "", ""), reading.GuardArrays, []string{"refuse member-illegible /ext/0"}},
	{"a list of lists", badgeUnder(ext, `"list":[["a","a"],["b"]],`, "", ""), 0, nil},
	{"null in an array", badgeUnder(ext, `"ext":["a",null],`, "", ""), reading.GuardNulls, []string{"refuse member-illegible /ext/1"}},
	{"null in a list", badgeUnder(ext, `"list":["a",null],`, "", ""), reading.GuardNulls, []string{"refuse member-illegible /list/1"}},
	{"a text twice", badgeUnder(ext, `"ext":["a","b","a"],`, "", ""), reading.GuardRepeats, []string{"refuse member-illegible /ext"}},
	{"a type twice", badge("", `"result":[{"type":["Result","Result"]}],`, ""), reading.GuardRepeats, []string{"refuse member-illegible /credentialSubject/result/0/type"}},
	{"a tag twice", badge("", "", `"tag":["a","a"],`), 0, nil},
	{"a text twice in a list", badgeUnder(ext, `"list":["a","a"],`, "", ""), 0, nil},
	{"two things without ids", badge("", `"result":[{"type":["Result"],"value":"A"},{"type":["Result"],"value":"A"}],`, ""), 0, nil},
	{"one thing twice", badge(`"evidence":[{"id":"urn:x","type":["Evidence"],"name":"n"},{"name":"n","type":"Evidence","id":"urn:x"}],`, "", ""), 0, []string{"warn duplicate /evidence"}},
	{"one thing in two parts", badge(`"evidence":[{"id":"urn:x","type":["Evidence"],"name":"n"},{"id":"urn:x","type":["Evidence"],"genre":"g"}],`, "", ""), reading.GuardRepeats | reading.GuardAlike, []string{"refuse member-illegible /evidence", "warn node-repeated /evidence/0/name", "warn node-repeated /evidence/1/genre"}},
	{"a thing beside its reference", badge(`"evidence":[{"id":"urn:x","type":["Evidence"]},{"id":"urn:x"}],`, "", ""), reading.GuardRepeats, []string{"refuse member-illegible /evidence"}},
	{"a thing beside its id", badgeUnder(ext, `"more":[{"id":"urn:x","ext":"a"},"urn:x"],`, "", ""), reading.GuardRepeats, []string{"refuse member-illegible /more"}},
}

func TestRules(t *testing.T) {
	for _, s := range shapes {
		require.Equal(t, s.want, judged(t, s.text), "%s: %s", s.name, s.text)
	}
}

// Each guard is seen to be needed: where it is off, a document passes that it
// refuses.
func TestEachGuardIsNeeded(t *testing.T) {
	needed := reading.Guards(0)
	for _, s := range shapes {
		x, err := expand(s.text)
		require.NoError(t, err)
		in := x.input()
		if s.guard == 0 {
			require.False(t, refused(outline(t, in)), s.name)
			continue
		}
		in.Off = s.guard
		require.False(t, refused(outline(t, in)), "%s: refused by more than its guard", s.name)
		in.Off = reading.AllGuards &^ s.guard
		require.True(t, refused(outline(t, in)), "%s: not refused by its guard", s.name)
		needed |= s.guard
	}
	require.Equal(t, reading.AllGuards&^reading.GuardCopies, needed)
}
