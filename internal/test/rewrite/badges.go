package rewrite

import (
	"strings"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// badges are Open Badges, of every suite over RDF and both editions of the data
// model.
func (a *author) badges() []Original {
	one := func(name string, k *obtest.Issuer, template string, more ...string) Original {
		return Original{name, []byte(a.sign(k, template, more...)), a.pack}
	}
	signedEndorsement := a.sign(a.other, endorsement)
	issuerEndorsement := a.sign(a.ed, issuerEndorsed)
	old2020 := a.write(oldBadge, "@1.1", strings.Replace(oldContexts, "data-integrity/v2", "suites/ed25519-2020/v1", 1))
	first := school.Sign(a.t, a.ed, a.write(smallBadge), func(o *dataintegrity.SignOptions) { o.ID = "urn:proof:1" })
	second := school.Sign(a.t, a.ed, first, func(o *dataintegrity.SignOptions) {
		o.Created, o.Nonce, o.Expires = testkit.Now.Add(-time.Minute), "n2", testkit.Now.AddDate(1, 0, 0)
	})
	return []Original{
		one("small badge", a.ed, smallBadge),
		one("full badge", a.ed, fullBadge),
		one("endorsed badge", a.p256, endorsedBadge, "@signed", signedEndorsement, "@byIssuer", issuerEndorsement),
		one("badge of many profiles", a.p384, profilesBadge),
		one("self-asserted badge", a.ed, selfBadge),
		one("badge in languages", a.ed, languageBadge),
		one("badge with status", a.ed, statusBadge),
		one("badge with a service under its own id", a.ed, statusBadge, "https://school.example/refresh/9", "urn:uuid:00000000-0000-4000-8000-000000000009"),
		one("badge with results", a.p256, resultsBadge),
		one("badge with names under prefixes", a.ed, prefixBadge),
		one("badge with an extension", a.ed, extendedBadge),
		{"badge with two proofs", second, a.pack},
		{"badge with a chain of proofs", SignAsIs(a.t, a.ed, first, mem("previousProof", str("urn:proof:1"))), a.pack},
		one("badge of VCDM 1.1", a.ed, oldBadge),
		{"badge of VCDM 1.1 by Ed25519Signature2020", school.Sign(a.t, a.ed, old2020, suite(dataintegrity.Ed25519Signature2020)), a.pack},
		one("badge of VCDM 1.1 by P-256", a.p256, oldBadge, "@ed", a.p256.ID),
		{"endorsement", []byte(signedEndorsement), a.pack},
	}
}

const smallBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000001","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Keel","image":{"id":"https://school.example/s.png","type":"Image","caption":"A keel"},"issuer":{"id":"@ed","type":["Profile"],"name":"Harbour School"},"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],
"achievement":{"id":"https://school.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","image":"https://school.example/s.png","criteria":{"narrative":"Lay one."}}}}`

const fullBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000002","type":["VerifiableCredential","AchievementCredential"],
"name":"Keel, first class","description":"A badge for keels.","image":{"id":"https://school.example/b.png","type":"Image","caption":"A keel"},"awardedDate":"2025-05-01T00:00:00Z",
"issuer":{"id":"@ed","type":["Profile"],"name":"Harbour School","url":"https://school.example","email":"a@school.example"},
"validFrom":"2025-06-01T00:00:00Z","validUntil":"2027-06-01T00:00:00Z",
"evidence":[{"id":"https://school.example/e/1","type":["Evidence"],"name":"Photo","narrative":"The keel.","genre":"photo"},{"type":["Evidence"],"narrative":"A second look."}],
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"creditsEarned":3.5,"licenseNumber":"L-17","role":"carpenter","term":"spring","narrative":"Laid alone.",
"activityStartDate":"2025-01-01T00:00:00Z","activityEndDate":"2025-05-01T00:00:00Z",
"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"ada@example.com","identityType":"emailAddress"}],
"result":[{"type":["Result"],"resultDescription":"https://school.example/keel#grade","value":"A"}],
"achievement":{"id":"https://school.example/keel","type":["Achievement"],"achievementType":"Course","name":"Keel laying","description":"Lays a keel.","creditsAvailable":5,"humanCode":"K1","fieldOfStudy":"Boats","specialization":"Wood","version":"2","inLanguage":"en","tag":["wood","boats"],
"image":"https://school.example/b.png",
"criteria":{"id":"https://school.example/keel/criteria","narrative":"Lay one."},
"alignment":[{"type":["Alignment"],"targetName":"Carpentry","targetUrl":"https://f.example/1","targetCode":"C1","targetFramework":"Trades","targetType":"CFItem"},{"type":["Alignment"],"targetName":"Boats","targetUrl":"https://f.example/2"}],
"otherIdentifier":[{"type":"IdentifierEntry","identifier":"K1","identifierType":"identifier"}],
"related":[{"id":"https://school.example/kiel","type":["Related"],"inLanguage":"de","version":"2"}],
"resultDescription":[{"id":"https://school.example/keel#grade","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["F","C","B","A"],"requiredValue":"B"}]}}}`

const resultsBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000003","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Welding","issuer":{"id":"@p256","type":["Profile"],"name":"Yard"},"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"creditsEarned":2,
"identifier":[{"type":"IdentityObject","hashed":true,"identityHash":"sha256$ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","identityType":"emailAddress","salt":"s"},{"type":"IdentityObject","hashed":false,"identityHash":"S-9","identityType":"sourcedId"}],
"result":[{"type":["Result"],"resultDescription":"urn:rd:1","achievedLevel":"urn:level:2"},{"type":["Result"],"resultDescription":"urn:rd:1","achievedLevel":"urn:level:1","alignment":[{"type":["Alignment"],"targetName":"Safety","targetUrl":"https://f.example/s"}]},{"type":["Result"],"resultDescription":"urn:rd:2","value":"87"},{"type":["Result"],"resultDescription":"urn:rd:3","status":"Completed"}],
"achievement":{"id":"https://yard.example/weld","type":["Achievement"],"name":"Welding","description":"Welds.","creditsAvailable":2.5,"criteria":{"narrative":"Weld."},
"resultDescription":[{"id":"urn:rd:1","type":["ResultDescription"],"name":"Rubric","resultType":"RubricCriterionLevel","requiredLevel":"urn:level:1","rubricCriterionLevel":[{"id":"urn:level:1","type":["RubricCriterionLevel"],"name":"Fair","level":"1","points":"1"},{"id":"urn:level:2","type":["RubricCriterionLevel"],"name":"Good","level":"2","points":"2","description":"No flaw.","alignment":[{"type":["Alignment"],"targetName":"Flawless","targetUrl":"https://f.example/x"}]}]},
{"id":"urn:rd:2","type":["ResultDescription"],"name":"Score","resultType":"Percent","valueMin":"0","valueMax":"100"},{"id":"urn:rd:3","type":["ResultDescription"],"name":"State","resultType":"Status","allowedValue":["Failed","Completed"]}]}}}`

const endorsement = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-0000000000e1","type":["VerifiableCredential","EndorsementCredential"],"name":"Word for the badge",
"issuer":{"id":"@other","type":["Profile"],"name":"Guild","url":"https://guild.example"},"validFrom":"2025-06-01T00:00:00Z","validUntil":"2027-01-01T00:00:00Z",
"credentialSubject":{"id":"urn:uuid:00000000-0000-4000-8000-000000000004","type":["EndorsementSubject"],"endorsementComment":"Good work."}}`

const issuerEndorsed = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-0000000000e2","type":["VerifiableCredential","EndorsementCredential"],"name":"Word for the yard",
"issuer":{"id":"@ed","type":["Profile"],"name":"Harbour School"},"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"@p256","type":["EndorsementSubject"],"endorsementComment":"A good yard."}}`

const endorsedBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000004","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Rigging","issuer":{"id":"@p256","type":["Profile"],"name":"Yard","endorsement":[@byIssuer]},"validFrom":"2025-06-01T00:00:00Z","endorsement":[@signed],
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],
"achievement":{"id":"https://yard.example/rig","type":["Achievement"],"name":"Rigging","description":"Rigs.","criteria":{"narrative":"Rig."},"creator":{"id":"@p256","type":["Profile"],"name":"Yard"},
"endorsement":[{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-0000000000e3","type":["VerifiableCredential","EndorsementCredential"],"name":"Word for the course",
"issuer":"@p256","validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"https://yard.example/rig","type":["EndorsementSubject"],"endorsementComment":"We hire from it."}}]}}}`

const profilesBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000005","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Sails","issuer":{"id":"@p384","type":["Profile"],"name":"Loft","url":"https://loft.example","email":"a@loft.example","phone":"+1 555","description":"A loft.","image":{"id":"https://loft.example/l.png","type":"Image","caption":"The loft"},
"address":{"type":["Address"],"addressCountry":"Norway","addressLocality":"Bergen","postalCode":"5003","geo":{"type":"GeoCoordinates","latitude":60.39,"longitude":5.32}},
"otherIdentifier":[{"type":"IdentifierEntry","identifier":"9","identifierType":"identifier"}],"parentOrg":{"id":"https://group.example","type":["Profile"],"name":"Group"}},"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"image":{"id":"https://loft.example/a.png","type":"Image"},"source":{"id":"@p384","type":["Profile"],"name":"Loft"},
"achievement":{"id":"https://loft.example/sail","type":["Achievement"],"name":"Sails","description":"Sews.","criteria":{"id":"https://loft.example/c"},"creator":{"id":"@p384","type":["Profile"],"name":"Loft","url":"https://loft.example","parentOrg":{"id":"https://group.example","type":["Profile"]}}}}}`

const selfBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000006","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"My own","issuer":{"id":"@ed","type":["Profile"],"name":"Ada","url":"https://ada.example"},"validFrom":"2025-06-01T00:00:00Z",
"evidence":[{"id":"https://ada.example/p","type":["Evidence"],"name":"Page"}],
"credentialSubject":{"id":"@ed","type":["AchievementSubject"],"narrative":"I did it.",
"achievement":{"id":"https://ada.example/it","type":["Achievement"],"name":"It","description":"It.","criteria":{"narrative":"Do it."},"tag":["it"]}}}`

const languageBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000007","type":["VerifiableCredential","OpenBadgeCredential"],
"name":[{"@value":"Keel","@language":"en"},{"@value":"Kiel","@language":"de"}],"description":{"@value":"A badge.","@language":"en-GB"},
"issuer":{"id":"@ed","type":["Profile"],"name":{"@value":"Werft","@language":"de"}},"validFrom":"2025-06-01T00:00:00Z","cnf":{"kid":"urn:kid:1","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","n":1.0}},
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],
"achievement":{"id":"https://school.example/kiel","type":["Achievement"],"name":{"@value":"Keel laying","@language":"en"},"description":[{"@value":"Lays.","@language":"en"},{"@value":"Legt.","@language":"de"}],"criteria":{"narrative":"Lay one."},"tag":["wood","boats","keel"]}}}`

const prefixBadge = `{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000008","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Names","issuer":{"id":"@ed","type":["Profile"],"name":"School"},"validFrom":"2025-06-01T00:00:00Z",
"evidence":[{"id":"http://purl.org/dc/terms/evidence","type":["Evidence"],"name":"Terms"}],
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"result":[{"type":["Result"],"resultDescription":"http://www.w3.org/2004/02/skos/core#grade","value":"B"}],
"achievement":{"id":"http://www.w3.org/ns/odrl/2/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"id":"http://schema.org/criteria"},"image":{"id":"http://xmlns.com/foaf/0.1/keel.png","type":"Image"},
"resultDescription":[{"id":"http://www.w3.org/2004/02/skos/core#grade","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade"}]}}}`

const extendedBadge = `{"@context":@extended,"id":"urn:uuid:00000000-0000-4000-8000-00000000000b","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Keel","issuer":{"id":"@ed","type":["Profile"],"name":"School"},"validFrom":"2025-06-01T00:00:00Z",
"constraint":[{"attribute":["oak","pine","elm"],"annotate":"wood"},{"attribute":"iron"}],
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"result":[{"type":["Result"],"value":"B","attribute":["early","neat","alone"]}],
"achievement":{"id":"https://school.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"narrative":"Lay one."}}}}`

var statusBadge = strings.NewReplacer("@revocation", statusEntry("revocation", clear), "@suspension", statusEntry("suspension", clear)).Replace(
	`{"@context":@badge,"id":"urn:uuid:00000000-0000-4000-8000-000000000009","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Keel","issuer":{"id":"@ed","type":["Profile"],"name":"Harbour School"},"validFrom":"2025-06-01T00:00:00Z","validUntil":"2027-06-01T00:00:00Z",
"credentialStatus":[@revocation,@suspension],
"credentialSchema":[{"id":"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json","type":"1EdTechJsonSchemaValidator2019"}],
"refreshService":{"id":"https://school.example/refresh/9","type":"1EdTechCredentialRefresh"},
"termsOfUse":[{"id":"https://school.example/terms","type":"https://school.example/Terms"}],
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],
"achievement":{"id":"https://school.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"narrative":"Lay one."}}}}`)

const oldBadge = `{"@context":@1.1,"id":"urn:uuid:00000000-0000-4000-8000-00000000000a","type":["VerifiableCredential","OpenBadgeCredential"],
"name":"Keel","issuer":{"id":"@ed","type":["Profile"],"name":"Harbour School","url":"https://school.example"},"issuanceDate":"2025-06-01T00:00:00Z","expirationDate":"2027-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"creditsEarned":4,"result":[{"type":["Result"],"resultDescription":"urn:rd:1","value":"A"}],
"achievement":{"id":"https://school.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"id":"https://school.example/c","narrative":"Lay one."},"creator":{"id":"@ed","type":["Profile"],"name":"Harbour School"},
"resultDescription":[{"id":"urn:rd:1","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["C","B","A"]}]}}}`
