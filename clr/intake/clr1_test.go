package intake_test

import (
	"bytes"
	"crypto"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// codeCLR1 says that it is of CLR 1.0.
const codeCLR1 vc.Code = "format-clr-1"

const (
	highSchool = "https://school.example/profile"
	highKey    = "https://school.example/keys/1"
	highList   = "https://school.example/revoked"
	highRecord = "https://school.example/clrs/1"
)

// transcript is a record of CLR 1.0 with its publisher.
type transcript struct {
	web     *obtest.Web
	key     crypto.Signer // that signs
	record  map[string]any
	profile map[string]any // as it is published
}

const courses = `{"@context": "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld", "type": "Clr", "id": "` + highRecord + `",
	"name": "Transcript", "issuedOn": "2021-06-01T00:00:00Z", "partial": null,
	"learner": {"id": "urn:uuid:1d3a7b9e-0000-4000-8000-000000000001", "email": "ana@example.org", "studentId": "17"},
	"assertions": [
	 {"id": "urn:uuid:a1", "issuedOn": "2021-05-20T00:00:00", "creditsEarned": 0.5, "term": "2021 Spring", "role": null,
	  "recipient": {"type": "email", "hashed": true, "salt": "s", "identity": "sha256$` + "`+hash+`" + `"},
	  "results": [{"resultDescription": "urn:uuid:r1", "value": "B"}, {"resultDescription": "urn:uuid:r2", "value": 3.5, "achievedLevel": "urn:uuid:l2",
	   "alignments": [{"targetName": "Knots", "targetUrl": "https://frameworks.example/k1", "targetCode": "K1"}]}],
	  "achievement": {"id": "urn:uuid:b1", "name": "English 12", "achievementType": "Course", "creditsAvailable": 1, "humanCode": "ENG12",
	   "issuer": {"id": "` + highSchool + `", "name": "Harbour School"}, "requirement": {"narrative": "Read."}, "tags": ["books"],
	   "associations": [{"associationType": "isChildOf", "targetId": "urn:uuid:b2", "title": "Diploma"}],
	   "resultDescriptions": [{"id": "urn:uuid:r1", "name": "Final Grade", "resultType": "LetterGrade"},
	    {"id": "urn:uuid:r2", "name": "Craft", "resultType": "RubricCriterionLevel", "valueMax": 4, "rubricCriterionLevels":
	     [{"id": "urn:uuid:l1", "name": "Novice"}, {"id": "urn:uuid:l2", "name": "Master", "level": "2"}]}]}},
	 {"id": "urn:uuid:a2", "issuedOn": "2021-05-20T00:00:00Z", "expires": "2022-01-01T00:00:00Z",
	  "achievement": {"id": "urn:uuid:b2", "name": "Diploma", "achievementType": "Diploma", "issuer": {"id": "` + highSchool + `"}}},
	 {"id": "urn:uuid:a3", "issuedOn": "2021-05-20T00:00:00Z", "recipient": {"type": "id", "identity": "urn:uuid:another"},
	  "achievement": {"id": "urn:uuid:b3", "name": "Sailing", "issuer": {"id": "https://club.example/profile"}}},
	 {"id": "urn:uuid:a4", "revoked": true, "achievement": {"id": "urn:uuid:b4", "name": "Swimming"}}]}`

func newTranscript(t *testing.T) *transcript {
	t.Helper()
	tr := &transcript{web: obtest.NewWeb(), key: obtest.Key(obtest.RSA, "high school")}
	hash := "1bcc8d9d7ab3b3dbb1e9e2e4ff9bd0a5bb6a9ea07e3d55a07ec60a3a15b59bc2"
	require.NoError(t, json.Unmarshal([]byte(strings.ReplaceAll(courses, "`+hash+`", hash)), &tr.record))
	tr.profile = map[string]any{"id": highSchool, "name": "Harbour School", "revocationList": highList,
		"publicKey": map[string]any{"id": highKey, "owner": highSchool, "publicKeyPem": school.PEM(tr.key.Public())}}
	tr.record["publisher"] = tr.profile
	tr.record["verification"] = map[string]any{"type": "Signed", "creator": highKey}
	tr.put(t, highSchool, tr.profile)
	tr.put(t, highList, map[string]any{"id": highList, "issuer": highSchool, "revokedAssertions": []string{"urn:uuid:gone"}})
	return tr
}

func (tr *transcript) put(t *testing.T, url string, v any) {
	tr.web.Put(url, "application/json", text(t, v))
}

func text(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return b
}

func (tr *transcript) token(t *testing.T, v any) []byte {
	return school.NewOld().Token(text(t, v), nil, tr.key)
}

func (tr *transcript) read(t *testing.T, upload []byte) *intake.Reading {
	t.Helper()
	r, err := intake.Read(t.Context(), upload, intake.Config{Verify: verify.Config{Fetcher: tr.web, Now: testkit.Clock}})
	require.NoError(t, err)
	require.Equal(t, codeCLR1, r.Envelope.Codes[len(r.Envelope.Codes)-1], r.Envelope.Codes)
	require.Equal(t, intake.KindOther, r.Kind)
	return r
}

func standings(r *intake.Reading) (all []string) {
	for e := range r.Entries() {
		all = append(all, e.Pointer+" "+e.Standing.String()+" "+e.Validity.String()+" "+e.Subject.String())
	}
	return all
}

// A signed record whose publisher has its key where it says is verified, and what it says is
// read as of CLR 2.0.
func TestCLR1Signed(t *testing.T) {
	tr := newTranscript(t)
	r := tr.read(t, tr.token(t, tr.record))
	require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, r.Envelope.Codes)
	require.Equal(t, highSchool, r.Envelope.Issuer)
	require.Equal(t, []string{
		"/assertions/0 record-same-issuer current different",
		"/assertions/1 record-same-issuer expired same",
		"/assertions/2 record-other-issuer unknown different",
		"/assertions/3 record-same-issuer revoked same",
	}, standings(r))
	c := r.Claims()[0]
	require.Equal(t, "English 12", c.Name.String())
	require.Equal(t, "Course", c.Type)
	require.Equal(t, vc.Number("0.5"), c.Credits)
	require.Equal(t, vc.Number("1"), c.Available)
	require.Equal(t, "2021 Spring", c.Term.String())
	require.Equal(t, highSchool, c.Issuer)
	require.Equal(t, "2021-05-20", c.From.Format("2006-01-02"))
	require.Equal(t, intake.Result{Description: "Final Grade", Type: "LetterGrade", Value: "B"}, c.Results[0])
	require.Equal(t, "3.5", c.Results[1].Value)
	require.Equal(t, "4", c.Results[1].Max)
	require.Equal(t, "Master", c.Results[1].Level.Name)
	require.Equal(t, "K1", c.Alignments[0].TargetCode)
	require.Equal(t, []intake.Association{{Type: "isChildOf", Source: "urn:uuid:b1", Target: "urn:uuid:b2", AssertedBy: highSchool}},
		r.Graph().Associations())
	for e := range r.Entries() {
		require.Equal(t, verify.VerdictNotVerified, e.Verdict, "by itself it has no proof")
		require.Contains(t, e.Report().Codes(), proof.CodeNoProof)
	}
}

// What others say for an assertion or its achievement is an entry of its own: in a signed record
// it is the publisher's word, and by its own signature its author's.
func TestCLR1Endorsements(t *testing.T) {
	tr := newTranscript(t)
	const club = "https://club.example/profile"
	key := obtest.Key(obtest.RSA, "club")
	tr.put(t, club, map[string]any{"id": club, "name": "Club", "publicKey": map[string]any{"id": club + "#key", "owner": club,
		"publicKeyPem": school.PEM(key.Public())}})
	said := func(id, issuer, of string) map[string]any {
		return map[string]any{"type": "Endorsement", "id": id, "issuedOn": "2021-05-20T00:00:00Z", "issuer": map[string]any{"id": issuer},
			"claim": map[string]any{"id": of, "endorsementComment": "Well done."}}
	}
	signed := said("urn:uuid:e3", club, "urn:uuid:b1")
	signed["verification"] = map[string]any{"type": "Signed", "creator": club + "#key"}
	good := string(school.NewOld().Token(text(t, signed), nil, key))
	first := tr.record["assertions"].([]any)[0].(map[string]any)
	first["endorsements"] = []any{said("urn:uuid:e1", highSchool, "urn:uuid:a1"), said("urn:uuid:e2", club, "urn:uuid:a1")}
	first["achievement"].(map[string]any)["signedEndorsements"] = []any{good, good[:len(good)-8] + "AAAAAAAA", "no.token"}
	r := tr.read(t, tr.token(t, tr.record))
	require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, r.Envelope.Codes)
	require.Equal(t, []string{
		"/assertions/0/endorsements/0 record-same-issuer",
		"/assertions/0/endorsements/1 record-other-issuer",
		"/assertions/0/achievement/signedEndorsements/0 own-proof",
		"/assertions/0/achievement/signedEndorsements/1 forged",
	}, func() (all []string) {
		for _, one := range r.Endorsements() {
			require.Equal(t, "/assertions/0", one.On.Pointer)
			require.Equal(t, "/assertions/0", one.Entry.Parent)
			require.Equal(t, "Well done.", one.Comment)
			require.Equal(t, one.By == highSchool, slices.Contains(one.Entry.Flags, intake.FlagEndorserIsIssuer))
			all = append(all, one.Entry.Pointer+" "+one.Entry.Standing.String())
		}
		require.Equal(t, "urn:uuid:b1", r.Endorsements()[2].Of)
		require.Contains(t, r.Endorsements()[0].On.Codes(), intake.CodeCLR1Token)
		return all
	}())
	require.Len(t, r.Claims(), 4)
}

// Nobody can be held to what is not proven to be the publisher's, whatever is wrong with it.
func TestCLR1Faults(t *testing.T) {
	other := obtest.Key(obtest.RSA, "another school")
	brought := func(id string) func(*testing.T, *transcript) []byte {
		return func(t *testing.T, tr *transcript) []byte {
			tr.profile["id"] = id
			return tr.token(t, tr.record)
		}
	}
	for name, test := range map[string]struct {
		make     func(*testing.T, *transcript) []byte
		state    intake.EnvelopeState
		code     vc.Code
		standing intake.Standing
	}{
		"as it should be": {func(t *testing.T, tr *transcript) []byte { return tr.token(t, tr.record) },
			intake.EnvelopeVerified, "", intake.StandingRecordSameIssuer},
		"a byte changed": {func(t *testing.T, tr *transcript) []byte {
			token := tr.token(t, tr.record)
			at := bytes.LastIndexByte(token, '.') + 20
			token[at] = map[bool]byte{true: 'B', false: 'A'}[token[at] == 'A']
			return token
		}, intake.EnvelopeNotVerified, proof.CodeSignature, intake.StandingNobody},
		"another's key": {func(t *testing.T, tr *transcript) []byte { tr.key = other; return tr.token(t, tr.record) },
			intake.EnvelopeNotVerified, proof.CodeSignature, intake.StandingNobody},
		"no key": {func(t *testing.T, tr *transcript) []byte {
			tr.put(t, highSchool, map[string]any{"id": highSchool})
			return tr.token(t, tr.record)
		}, intake.EnvelopeNotVerified, intake.CodeCLR1Key, intake.StandingNobody},
		"another owner":  {changedKey("owner", "https://club.example/profile"), intake.EnvelopeNotVerified, intake.CodeCLR1KeyOwner, intake.StandingNobody},
		"another key id": {changedKey("id", "https://school.example/keys/2"), intake.EnvelopeNotVerified, intake.CodeCLR1KeyOwner, intake.StandingNobody},
		"another profile": {func(t *testing.T, tr *transcript) []byte {
			tr.put(t, highSchool, map[string]any{"id": "https://club.example/profile"})
			return tr.token(t, tr.record)
		}, intake.EnvelopeUndetermined, intake.CodeCLR1KeyBrought, intake.StandingNotChecked},
		"the key came along": {brought("urn:uuid:1"), intake.EnvelopeUndetermined, intake.CodeCLR1KeyBrought, intake.StandingNotChecked},
		"a key that came along and is another": {func(t *testing.T, tr *transcript) []byte { tr.key = other; return brought("urn:uuid:1")(t, tr) },
			intake.EnvelopeNotVerified, proof.CodeSignature, intake.StandingNobody},
		"no key anywhere": {func(t *testing.T, tr *transcript) []byte {
			delete(tr.profile, "publicKey")
			return brought("urn:uuid:1")(t, tr)
		}, intake.EnvelopeUndetermined, intake.CodeCLR1Unpublished, intake.StandingNotChecked},
		"an id that is none": {func(t *testing.T, tr *transcript) []byte {
			delete(tr.profile, "publicKey")
			return brought("school")(t, tr)
		}, intake.EnvelopeUndetermined, intake.CodeCLR1Unpublished, intake.StandingNotChecked},
		"down": {func(t *testing.T, tr *transcript) []byte {
			tr.web.Break(highSchool, obtest.Down)
			return tr.token(t, tr.record)
		},
			intake.EnvelopeUndetermined, intake.CodeCLR1KeyBrought, intake.StandingNotChecked},
		"no signature": {func(t *testing.T, tr *transcript) []byte { return text(t, tr.record) },
			intake.EnvelopeUndetermined, proof.CodeNoProof, intake.StandingNobody},
		"revoked": {func(t *testing.T, tr *transcript) []byte {
			tr.put(t, highList, map[string]any{"issuer": highSchool, "revokedAssertions": []string{highRecord}})
			return tr.token(t, tr.record)
		}, intake.EnvelopeNotVerified, status.CodeRevoked, intake.StandingRecordSameIssuer},
		"says that it is revoked": {func(t *testing.T, tr *transcript) []byte { tr.record["revoked"] = true; return tr.token(t, tr.record) },
			intake.EnvelopeNotVerified, status.CodeRevoked, intake.StandingRecordSameIssuer},
		"another's list": {func(t *testing.T, tr *transcript) []byte {
			tr.put(t, highList, map[string]any{"issuer": "https://club.example", "revokedAssertions": []string{}})
			return tr.token(t, tr.record)
		}, intake.EnvelopeUndetermined, intake.CodeCLR1List, intake.StandingRecordSameIssuer},
		"of tomorrow": {func(t *testing.T, tr *transcript) []byte {
			tr.record["issuedOn"] = "2096-01-01T00:00:00Z"
			return tr.token(t, tr.record)
		},
			intake.EnvelopeNotVerified, verify.CodeNotYetValid, intake.StandingRecordSameIssuer},
		"without a learner": {func(t *testing.T, tr *transcript) []byte { delete(tr.record, "learner"); return tr.token(t, tr.record) },
			intake.EnvelopeNotVerified, intake.CodeCLR1Missing, intake.StandingRecordSameIssuer},
		"hosted": {hosted(nil), intake.EnvelopeVerified, "", intake.StandingRecordSameIssuer},
		"hosted, and another": {hosted(func(_ *testing.T, tr *transcript) { tr.record["name"] = "Another" }),
			intake.EnvelopeNotVerified, intake.CodeCLR1Differs, intake.StandingNobody},
		"hosted no more": {hosted(func(_ *testing.T, tr *transcript) { tr.web.Break(highRecord, obtest.Gone) }),
			intake.EnvelopeNotVerified, status.CodeRevoked, intake.StandingNobody},
		"never hosted": {hosted(func(_ *testing.T, tr *transcript) { tr.web.Break(highRecord, obtest.Missing) }),
			intake.EnvelopeNotVerified, intake.CodeCLR1NotHosted, intake.StandingNobody},
		"a host that is down": {hosted(func(_ *testing.T, tr *transcript) { tr.web.Break(highRecord, obtest.Down) }),
			intake.EnvelopeUndetermined, vc.Code(fetch.CodeNetwork), intake.StandingNotChecked},
		"hosted by somebody else": {func(t *testing.T, tr *transcript) []byte {
			tr.profile["id"] = "https://club.example/profile"
			return hosted(nil)(t, tr)
		}, intake.EnvelopeNotVerified, intake.CodeCLR1NotHosted, intake.StandingNobody},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTranscript(t)
			require.NotEqual(t, other.Public(), tr.key.Public())
			r := tr.read(t, test.make(t, tr))
			require.Equal(t, test.state, r.Envelope.State, r.Envelope.Codes)
			if test.code != "" {
				require.Contains(t, r.Envelope.Codes, test.code)
			}
			for e := range r.Entries() {
				if e.Pointer == "/assertions/1" {
					require.Equal(t, test.standing, e.Standing)
				}
			}
			require.Equal(t, 4, r.Len())
		})
	}
}

func changedKey(member, to string) func(*testing.T, *transcript) []byte {
	return func(t *testing.T, tr *transcript) []byte {
		tr.profile["publicKey"].(map[string]any)[member] = to
		tr.put(t, highSchool, tr.profile)
		return tr.token(t, tr.record)
	}
}

// hosted publishes the record, and changes something then.
func hosted(change func(*testing.T, *transcript)) func(*testing.T, *transcript) []byte {
	return func(t *testing.T, tr *transcript) []byte {
		tr.record["verification"] = map[string]any{"type": "Hosted"}
		tr.put(t, highRecord, tr.record)
		if change != nil {
			change(t, tr)
		}
		return text(t, tr.record)
	}
}

// Signed assertions stand by their own signature, and records of a set each by itself.
func TestCLR1Sets(t *testing.T) {
	tr := newTranscript(t)
	own := tr.token(t, map[string]any{"id": "urn:uuid:s1", "issuedOn": "2021-05-20T00:00:00Z",
		"achievement": map[string]any{"id": "urn:uuid:b9", "name": "Rowing", "issuer": map[string]any{"id": highSchool}}})
	unsigned := map[string]any{"id": "urn:uuid:c2", "issuedOn": "2021-06-01T00:00:00Z", "learner": map[string]any{"id": "urn:l"}, "publisher": map[string]any{"id": "urn:p"},
		"assertions":       []any{map[string]any{"id": "urn:uuid:u1", "achievement": map[string]any{"name": "Chess"}}},
		"signedAssertions": []any{string(own), "no.token.x"}}
	r := tr.read(t, text(t, map[string]any{"@context": "https://purl.imsglobal.org/spec/clr/v1p0", "type": "ClrSet",
		"clrs": []any{unsigned}, "signedClrs": []any{string(tr.token(t, tr.record)), "x"}}))
	require.Equal(t, []string{
		"/clrs/0 nobody unknown not-comparable",
		"/clrs/0/assertions/0 nobody unknown same",
		"/clrs/0/signedAssertions/0 own-proof current same",
		"/signedClrs/0 own-proof current not-comparable",
		"/assertions/0 record-same-issuer current different",
		"/assertions/1 record-same-issuer expired same",
		"/assertions/2 record-other-issuer unknown different",
		"/assertions/3 record-same-issuer revoked same",
	}, standings(r))
	require.Contains(t, r.Envelope.Codes, intake.CodeCLR1Token)
	for e := range r.Entries() {
		if strings.HasPrefix(e.Pointer, "/assertions") {
			require.Equal(t, "/signedClrs/0", e.Parent)
		}
	}
}

// A record costs a few requests, however many publishers it names.
func TestCLR1Requests(t *testing.T) {
	tr := newTranscript(t)
	var many []any
	for i := range 20 {
		many = append(many, string(tr.token(t, map[string]any{"id": "urn:a", "achievement": map[string]any{
			"name": "A", "issuer": map[string]any{"id": "https://school.example/" + string(rune('a'+i))}}})))
	}
	tr.record["signedAssertions"] = many
	asked := 0
	r, err := intake.Read(t.Context(), tr.token(t, tr.record), intake.Config{Verify: verify.Config{Now: testkit.Clock,
		Fetcher: fetch.Observe(tr.web, func(string, *fetch.Response, error) { asked++ })}})
	require.NoError(t, err)
	require.Equal(t, 8, asked)
	require.Equal(t, 24, r.Len())
}

// The records of a state and of a wallet, as they are in circulation.
func TestCLR1Samples(t *testing.T) {
	config := intake.Config{Verify: verify.Config{Now: testkit.Clock}}
	r, err := intake.Read(t.Context(), testkit.ReadShared(t, "ob/samples/valid/clr1/nd-clr-transcript.json"), config)
	require.NoError(t, err)
	require.Equal(t, intake.EnvelopeUndetermined, r.Envelope.State)
	require.Equal(t, []vc.Code{proof.CodeNoProof, codeCLR1}, r.Envelope.Codes)
	require.Equal(t, 65, r.Len())
	claims := r.Claims()
	require.Equal(t, "English 12", claims[10].Name.String())
	require.Equal(t, "B", claims[10].Results[0].Value)
	require.Equal(t, vc.Number("0.5"), claims[10].Credits)

	whole := testkit.ReadShared(t, "ob/samples/valid/clr1/signedVC-ClrSet.json")
	r, err = intake.Read(t.Context(), whole, config)
	require.NoError(t, err)
	require.Equal(t, intake.KindCredential, r.Kind)
	require.Equal(t, 135, r.Len(), "the credential, two records, 66 assertions each")
	require.Contains(t, r.Envelope.Codes, codeCLR1)
	seen := map[string]intake.Standing{}
	for e := range r.Entries() {
		if e.Kind == intake.KindRecord {
			seen[e.Pointer] = e.Standing
		}
	}
	require.Equal(t, intake.StandingNotChecked, seen["/credentialSubject/signedClrs/0"], "its key came along")
	require.Contains(t, seen, "/credentialSubject/clrs/0")

	changed := bytes.Replace(whole, []byte(".eyJAY29udGV4dCI6Imh0dHBzOi8v"), []byte(".eyJAY29udGV4dCI6Imh0dHBzOi9v"), 1)
	require.NotEqual(t, whole, changed)
	r, err = intake.Read(t.Context(), changed, config)
	require.NoError(t, err)
	for e := range r.Entries() {
		if e.Pointer == "/credentialSubject/signedClrs/0" {
			require.Equal(t, intake.StandingForged, e.Standing)
		}
	}
}

// Whatever is read as CLR 1.0 ends with a reading that says so.
func FuzzCLR1(f *testing.F) {
	f.Add([]byte(`{"type": "Clr", "id": "urn:a", "publisher": {"id": "urn:p"}, "learner": {"id": "urn:l"}, "assertions": [{"id": "urn:b", "achievement": {"name": "c"}}, 7]}`))
	f.Add([]byte(`{"type": "ClrSet", "clrs": [{"assertions": [{"results": [{"value": 3}], "recipient": {"type": "email", "identity": "x"}}]}], "signedClrs": ["a.b.c"]}`))
	f.Fuzz(func(t *testing.T, upload []byte) {
		r, err := intake.Read(t.Context(), upload, intake.Config{Verify: verify.Config{Now: testkit.Clock}})
		require.NoError(t, err)
		require.NotNil(t, r.Envelope.Report)
		for e := range r.Entries() {
			require.NotNil(t, e.Report())
		}
		r.Claims()
		r.Graph()
	})
}
