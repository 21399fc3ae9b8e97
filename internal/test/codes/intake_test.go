package codes_test

import (
	"context"
	"crypto"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	jwks "github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// object is a JSON object.
type object = map[string]any

func textOf(d *desk, v any) []byte {
	text, err := json.Marshal(v)
	require.NoError(d.t, err)
	return text
}

// registered is a row about a registry.
func registered(code vc.Code, input, text string, o intake.RegistryOptions) row {
	return row{code, "a registry " + input, func(*desk) []*vc.Problem {
		r, err := intake.ParseRegistry([]byte(text), o)
		if err != nil {
			return []*vc.Problem{vc.ProblemOf(err)}
		}
		return r.Problems()
	}}
}

const federationAt = "https://federation.example/.well-known/openid-federation"

// federated is a row about a federation, of which what it says of a school is changed.
func federated(code vc.Code, input string, change func(claims object) crypto.Signer) row {
	return row{code, "a federation " + input, func(d *desk) []*vc.Problem {
		own := obtest.Key(obtest.RSA, "anchor")
		jwk, err := jwks.AppendJWK(nil, own.Public())
		require.NoError(d.t, err)
		sign := func(claims object, key crypto.Signer) []byte {
			for name, value := range (object{"iss": "https://federation.example", "iat": testkit.Now.Unix(), "exp": testkit.Now.Add(time.Hour).Unix(),
				"jwks": object{"keys": []any{json.RawMessage(jwk)}}}) {
				if claims[name] == nil {
					claims[name] = value
				}
			}
			return school.NewOld().Token(textOf(d, claims), nil, key)
		}
		web := obtest.NewWeb()
		web.Put(federationAt, "text/plain", sign(object{"sub": "https://federation.example",
			"metadata": object{"federation_entity": object{"federation_fetch_endpoint": "https://federation.example/fetch"}}}, own))
		claims, key := object{"sub": "did:web:school.example", "metadata": object{}}, crypto.Signer(own)
		if changed := change(claims); changed != nil {
			key = changed
		}
		web.Put("https://federation.example/fetch?sub=did%3Aweb%3Aschool.example", "text/plain", sign(claims, key))
		r, err := intake.NewRegistries(intake.RegistriesConfig{Fetcher: web, Now: testkit.Clock, MaxRequests: 1,
			Sources: []intake.RegistrySource{{Name: "Federation", URL: federationAt, Federation: true}}})
		require.NoError(d.t, err)
		r.Issuer(context.Background(), "did:web:school.example")
		if code == intake.CodeRegistryBusy {
			r.Issuer(context.Background(), "did:web:college.example")
		}
		return causes(r.Problems())
	}}
}

// causes are problems with those beneath them.
func causes(list []*vc.Problem) (all []*vc.Problem) {
	for _, p := range list {
		all = append(all, p)
		if inner := vc.ProblemOf(p.Err); inner != nil {
			all = append(all, inner)
		}
	}
	return all
}

var registryRows = []row{
	registered(intake.CodeRegistryForm, "that is one address", `"did:web:school.example"`, intake.RegistryOptions{}),
	registered(intake.CodeRegistryTooLarge, "of two issuers, where one is read", `["did:web:a.example", "did:web:b.example"]`, intake.RegistryOptions{MaxIssuers: 1}),
	registered(intake.CodeRegistryEntry, "with an entry under a name", `{"did:web:a.example": {}, "School": {}}`, intake.RegistryOptions{}),
	registered(intake.CodeRegistryTwice, "with two names for one issuer", `[{"id": "did:web:a.example", "name": "A"}, {"id": "did:web:a.example", "name": "B"}]`, intake.RegistryOptions{}),
	{intake.CodeRegistryUnavailable, "a registry whose host is down", func(d *desk) []*vc.Problem {
		web := obtest.NewWeb()
		web.Break("https://registry.example", obtest.Down)
		r, err := intake.NewRegistries(intake.RegistriesConfig{Fetcher: web, Sources: []intake.RegistrySource{{Name: "Pilot", URL: "https://registry.example/r.json"}}})
		require.NoError(d.t, err)
		return r.Load(context.Background())
	}},
	federated(intake.CodeRegistryBusy, "that was asked as often as it may be", func(object) crypto.Signer { return nil }),
	federated(intake.CodeFederationStatement, "that answers about somebody else", func(c object) crypto.Signer { c["sub"] = "did:web:other.example"; return nil }),
	federated(intake.CodeFederationExpired, "with an answer of yesterday", func(c object) crypto.Signer { c["exp"] = testkit.Now.Unix(); return nil }),
	federated(intake.CodeFederationKey, "whose answer somebody else signed", func(object) crypto.Signer { return obtest.Key(obtest.RSA, "another school") }),
}

// ofRecording is a row about a record of a reading, which is changed before it is tried.
func ofRecording(code vc.Code, input string, change func(r *intake.Record, upload *[]byte, o *intake.ReplayOptions)) row {
	return row{code, "a record of a reading, and " + input, func(d *desk) []*vc.Problem {
		world := obtest.New(obtest.Config{Seed: "codes"})
		s, err := world.Issuer("school", obtest.DIDWeb, obtest.Ed25519)
		require.NoError(d.t, err)
		upload, err := s.Secure(s.Badge(obtest.Badge{Number: 1, ValidUntil: world.Now().AddDate(1, 0, 0)}), "")
		require.NoError(d.t, err)
		reader, err := intake.New(intake.Config{Verify: verify.Config{Fetcher: world.Web, Now: world.Now}})
		require.NoError(d.t, err)
		_, record, err := reader.Record(context.Background(), upload, intake.Options{})
		require.NoError(d.t, err)
		o := intake.ReplayOptions{Now: world.Now}
		change(record, &upload, &o)
		replayed, err := intake.Replay(context.Background(), record, upload, o)
		if err != nil {
			return []*vc.Problem{vc.ProblemOf(err)}
		}
		return slices.Concat(replayed.Differs, replayed.Since, causes(replayed.Then.Envelope.Report.Problems()))
	}}
}

var recordedRows = []row{
	{intake.CodeRecordVersion, "a badge in the place of a record of a reading", func(*desk) []*vc.Problem {
		_, err := intake.ParseRecord(testkit.Badge())
		return []*vc.Problem{vc.ProblemOf(err)}
	}},
	ofRecording(intake.CodeRecordMalformed, "a policy that is none", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Policy.Skew = "some" }),
	ofRecording(intake.CodeSourceAltered, "a document in it that was changed", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Sources[0].Text += " " }),
	ofRecording(intake.CodeUploadDiffers, "another upload", func(_ *intake.Record, u *[]byte, _ *intake.ReplayOptions) {
		*u = append(slices.Clone(*u), ' ')
	}),
	ofRecording(intake.CodeHolderNotGiven, "a holder who was not known then", func(_ *intake.Record, _ *[]byte, o *intake.ReplayOptions) { o.Holder = "did:example:ana" }),
	ofRecording(intake.CodeNotRecorded, "without its documents", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Sources = nil }),
	ofRecording(intake.CodeReplayEnvelope, "two years", func(_ *intake.Record, _ *[]byte, o *intake.ReplayOptions) {
		now := o.Now
		o.Now = func() time.Time { return now().AddDate(2, 0, 0) }
	}),
	ofRecording(intake.CodeReplayVerdict, "another verdict in it", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) {
		r.Found.Entries[0].Verdict = "not-verified"
	}),
	ofRecording(intake.CodeReplayStanding, "another standing in it", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Found.Entries[0].Standing = "forged" }),
	ofRecording(intake.CodeReplayValidity, "another validity in it", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Found.Entries[0].Validity = "revoked" }),
	ofRecording(intake.CodeReplayFlags, "another subject in it", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Found.Entries[0].Subject = "different" }),
	ofRecording(intake.CodeReplayCodes, "another code in it", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Found.Codes = []vc.Code{"expired"} }),
	ofRecording(intake.CodeReplayEntries, "without an entry", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Found.Entries = nil }),
	ofRecording(intake.CodeReplayReport, "another report in it", func(r *intake.Record, _ *[]byte, _ *intake.ReplayOptions) { r.Found.Reports = nil }),
}

// codeCLR1 says that it is of CLR 1.0.
const codeCLR1 vc.Code = "format-clr-1"

// older1 is a row about a record of CLR 1.0 by a high school.
func older1(code vc.Code, input string, change func(d *desk, record, profile object, web *obtest.Web) []byte) row {
	return row{code, "a record of CLR 1.0 " + input, func(d *desk) []*vc.Problem {
		const id = "https://school.example/profile"
		web, key := obtest.NewWeb(), obtest.Key(obtest.RSA, "high school")
		profile := object{"id": id, "revocationList": "https://school.example/revoked",
			"publicKey": object{"id": id + "#k", "owner": id, "publicKeyPem": school.PEM(key.Public())}}
		record := object{"type": "Clr", "id": "https://school.example/clrs/1", "issuedOn": "2021-06-01T00:00:00Z", "learner": object{"id": "urn:uuid:1"},
			"publisher": object{"id": id, "publicKey": profile["publicKey"]}, "assertions": []any{object{"id": "urn:uuid:2", "achievement": object{"name": "English"}}}}
		upload := change(d, record, profile, web)
		if !slices.Contains(web.Pages(), id) && profile["id"] != nil {
			web.Put(id, "application/json", textOf(d, profile))
		}
		if upload == nil {
			upload = school.NewOld().Token(textOf(d, record), nil, key)
		}
		r, err := intake.Read(context.Background(), upload, intake.Config{Verify: verify.Config{Fetcher: web, Now: testkit.Clock}})
		require.NoError(d.t, err)
		all := slices.Concat(r.Envelope.Report.Problems(), r.Envelope.Report.Warnings())
		for e := range r.Entries() {
			all = append(all, e.Report().Problems()...)
		}
		if code == intake.CodeCLR1Requests {
			return causes(all)
		}
		return all
	}}
}

func publisher(record object) object { return record["publisher"].(object) }

var clr1Rows = []row{
	older1(codeCLR1, "as it should be", func(*desk, object, object, *obtest.Web) []byte { return nil }),
	older1(intake.CodeCLR1Missing, "without a learner", func(_ *desk, r, _ object, _ *obtest.Web) []byte { delete(r, "learner"); return nil }),
	older1(intake.CodeCLR1Unpublished, "whose publisher has neither an address nor a key", func(_ *desk, r, _ object, _ *obtest.Web) []byte {
		r["publisher"] = object{"id": "urn:uuid:3"}
		return nil
	}),
	older1(intake.CodeCLR1KeyBrought, "whose publisher has no address", func(_ *desk, r, _ object, _ *obtest.Web) []byte {
		publisher(r)["id"] = "urn:uuid:3"
		return nil
	}),
	{intake.CodeCLR1Profile, "a record of CLR 1.0 at whose publisher's address somebody else is", func(d *desk) []*vc.Problem {
		return causes(older1("", "", func(_ *desk, _, p object, _ *obtest.Web) []byte { p["id"] = "https://club.example/profile"; return nil }).give(d))
	}},
	older1(intake.CodeCLR1Key, "whose publisher lists no key", func(_ *desk, _, p object, _ *obtest.Web) []byte { delete(p, "publicKey"); return nil }),
	older1(intake.CodeCLR1KeyOwner, "by a key that the publisher says is somebody else's", func(d *desk, _, p object, _ *obtest.Web) []byte {
		p["publicKey"] = object{"id": "k", "owner": "https://club.example/profile", "publicKeyPem": p["publicKey"].(object)["publicKeyPem"]}
		return nil
	}),
	older1(intake.CodeCLR1NotHosted, "that its address does not have", func(d *desk, r, _ object, _ *obtest.Web) []byte {
		r["verification"] = object{"type": "Hosted"}
		return textOf(d, r)
	}),
	older1(intake.CodeCLR1Differs, "whose address has another", func(d *desk, r, _ object, web *obtest.Web) []byte {
		r["verification"] = object{"type": "Hosted"}
		web.Put("https://school.example/clrs/1", "application/json", []byte(`{}`))
		return textOf(d, r)
	}),
	older1(intake.CodeCLR1List, "with a revocation list of somebody else", func(_ *desk, _, _ object, web *obtest.Web) []byte {
		web.Put("https://school.example/revoked", "application/json", []byte(`{"issuer": "https://club.example/profile", "revokedAssertions": []}`))
		return nil
	}),
	older1(intake.CodeCLR1Token, "with a signed assertion that is cut off", func(_ *desk, r, _ object, _ *obtest.Web) []byte {
		r["signedAssertions"] = []string{"eyJhbGciOiJSUzI1NiJ9.e30"}
		return nil
	}),
	older1(intake.CodeCLR1TooMany, "with ten thousand and one assertions", func(d *desk, r, _ object, _ *obtest.Web) []byte {
		return []byte(`{"type": "Clr", "assertions": [` + strings.Repeat(`{},`, 10_000) + `{}]}`)
	}),
	older1(intake.CodeCLR1Requests, "that names twenty issuers", func(d *desk, r, _ object, _ *obtest.Web) []byte {
		var many []any
		for i := range 20 {
			issuer := object{"id": "https://school.example/" + string(rune('a'+i))}
			many = append(many, string(school.NewOld().Token(textOf(d, object{"achievement": object{"issuer": issuer}}), nil, obtest.Key(obtest.RSA, "high school"))))
		}
		r["signedAssertions"] = many
		return nil
	}),
}
