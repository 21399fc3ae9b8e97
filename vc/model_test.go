package vc_test

import (
	stdjson "encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

const credential = `{
	"@context": ["https://www.w3.org/ns/credentials/v2", {"ex": "https://example.org/#"}],
	"id": "urn:uuid:36b9e11b-8c3c-47a9-9a3c-a4a1f1f7a7b0",
	"type": ["VerifiableCredential", "ex:Kind"],
	"name": {"@value": "Tauchschein", "@language": "de"},
	"description": "",
	"issuer": {"id": "did:example:issuer", "type": "Profile", "image": null, "ex:rank": 1.0},
	"validFrom": "2026-01-01T00:00:00.50+01:00",
	"validUntil": "soon",
	"credentialSubject": {"id": "did:example:subject", "ex:depth": 40.0},
	"credentialStatus": {"type": "BitstringStatusListEntry", "statusListIndex": 7, "statusPurpose": "revocation"},
	"evidence": [{"type": "Evidence"}],
	"proof": [{"type": "DataIntegrityProof", "verificationMethod": {"id": "did:example:issuer#1"}, "previousProof": ["urn:a"]}],
	"Issuer": "another member",
	"ex:more": [null, "", {"a": [1e2]}]
}`

func sameJSON(t *testing.T, want, got string) {
	t.Helper()
	w, g := jsontext.Value(want), jsontext.Value(got)
	require.NoError(t, w.Compact())
	require.NoError(t, g.Compact())
	require.NoError(t, w.Format(jsontext.ReorderRawObjects(true)))
	require.NoError(t, g.Format(jsontext.ReorderRawObjects(true)))
	require.Equal(t, string(w), string(g))
}

func TestCredentialRoundTrip(t *testing.T) {
	var c vc.Credential
	require.NoError(t, json.Unmarshal([]byte(credential), &c))
	require.Equal(t, vc.IRI("did:example:issuer"), c.Issuer.Identifier())
	require.Equal(t, "soon", c.ValidUntil.String())
	require.Equal(t, "Tauchschein", c.Name.String())
	require.Equal(t, []string{"Issuer", "description", "ex:more"}, c.Extra.Names())
	require.Equal(t, vc.IRI("https://www.w3.org/ns/credentials/v2"), c.Context.First().ID)
	require.True(t, c.CredentialSubject.Bare)
	require.Equal(t, "7", string(c.CredentialStatus.First().Extra["statusListIndex"]))
	require.Equal(t, "7", c.CredentialStatus.First().StatusListIndex)

	out, err := json.Marshal(c)
	require.NoError(t, err)
	sameJSON(t, credential, string(out))

	again, err := vc.Marshal(&c)
	require.NoError(t, err)
	require.Equal(t, string(out), string(again), "the text is a function of the value")
}

// A draft is written in the order of the data model, whatever its struct embeds.
func TestMembersAreWrittenInTheirOrder(t *testing.T) {
	const all = `{"@context":[],"id":"urn:c","type":"T","name":"n","description":"d","issuer":"urn:i",` +
		`"validFrom":"2026-01-01T00:00:00Z","validUntil":"2026-01-01T00:00:00Z",` +
		`"issuanceDate":"2026-01-01T00:00:00Z","expirationDate":"2026-01-01T00:00:00Z",` +
		`"credentialSubject":{},"credentialStatus":[],"credentialSchema":[],"relatedResource":[],"refreshService":[],"termsOfUse":[],"evidence":[],` +
		`"proof":[],"a":1,"z":2}`
	var c vc.Credential
	require.NoError(t, vc.Unmarshal([]byte(all), &c))
	require.Equal(t, []string{"a", "z"}, c.Extra.Names(), "all else has a field")
	out, err := vc.Marshal(c)
	require.NoError(t, err)
	require.Equal(t, all, string(out))
}

// A product's encoding/json must not read a credential in its own, laxer way.
func TestStandardJSONDelegates(t *testing.T) {
	var holder struct{ Credential *vc.Credential }
	require.NoError(t, stdjson.Unmarshal([]byte(`{"credential":`+credential+`}`), &holder))
	require.Equal(t, "did:example:issuer", string(holder.Credential.Issuer.Identifier()), "Issuer is not issuer")
	out, err := stdjson.Marshal(holder.Credential)
	require.NoError(t, err)
	sameJSON(t, credential, string(out))

	for _, text := range []string{`{"Credential":{"id":"urn:a","id":"urn:b"}}`, "{\"Credential\":{\"id\":\"urn:\xff\"}}"} {
		require.ErrorIs(t, stdjson.Unmarshal([]byte(text), &holder), &vc.Problem{Code: vc.CodeJSON}, text)
	}
}

func TestLaxDecodersAreNotTrusted(t *testing.T) {
	lax := json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for _, text := range []string{
		`{"id":"urn:a","id":"urn:b"}`, `{"x":1,"x":2}`, `{"issuer":{"id":"urn:a","id":"urn:b"}}`,
		"{\"name\":\"\xff\"}", "{\"x\":{\"y\":\"\xff\"}}",
	} {
		var c vc.Credential
		var syntax *jsontext.SyntacticError
		require.ErrorAs(t, json.Unmarshal([]byte(text), &c, lax), &syntax, text)
	}
}

func TestUnmarshalProblems(t *testing.T) {
	for text, want := range map[string]*vc.Problem{
		`{"id":"urn:a","id":"urn:b"}`:          {Code: vc.CodeJSON, Pointer: "/id"},
		`{"id":"urn:a"} {}`:                    {Code: vc.CodeJSON},
		"{\"id\":\"\xff\"}":                    {Code: vc.CodeJSON, Pointer: "/id"},
		`{"evidence":[{"type":"A"},null]}`:     {Code: vc.CodeJSONKind, Pointer: "/evidence/1"},
		`{"evidence":[{"type":"A"},"urn:b"]}`:  {Code: vc.CodeJSONKind, Pointer: "/evidence/1"},
		`{"type":["A",7]}`:                     {Code: vc.CodeJSONKind, Pointer: "/type/1"},
		`[]`:                                   {Code: vc.CodeJSONKind},
		`{"issuer":{"x":` + `[}`:               {Code: vc.CodeJSON, Pointer: "/issuer/x/0"},
		`{"evidence":[{"type":["A",true,"B"]}`: {Code: vc.CodeJSONKind, Pointer: "/evidence/0/type/1"},
	} {
		var c vc.Credential
		err := vc.Unmarshal([]byte(text), &c)
		var p *vc.Problem
		require.ErrorAs(t, err, &p, text)
		require.Equal(t, want.Code, p.Code, text)
		require.Equal(t, want.Pointer, p.Pointer, "%s: %v", text, err)
	}
}

func TestExtraMayNotShadowAField(t *testing.T) {
	owned := &vc.Problem{Code: vc.CodeExtraOwned}
	var c vc.Credential
	c.Extra = vc.Extra{"id": jsontext.Value(`"urn:forged"`)}
	_, err := vc.Marshal(c)
	require.ErrorIs(t, err, owned)
	c.ID = "urn:a"
	_, err = vc.Marshal(c)
	require.ErrorIs(t, err, owned)
	c = vc.Credential{CredentialSubject: vc.One(jsontext.Value(`{}`))}
	c.Extra = vc.Extra{"credentialSubject": jsontext.Value(`{"id":"urn:forged"}`)}
	_, err = vc.Marshal(c)
	require.ErrorIs(t, err, owned, "a member beside the envelope")
	_, err = stdjson.Marshal(vc.Issuer{Extra: vc.Extra{"id": jsontext.Value(`"urn:x"`)}})
	require.ErrorContains(t, err, "extra-owned-by-field")

	for _, kept := range []string{`null`, `""`, `true`, `7`, `{"@value":"x"}`} {
		var p vc.Proof
		p.Extra = vc.Extra{"nonce": jsontext.Value(kept)}
		out, err := vc.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, `{"nonce":`+kept+`}`, string(out), "what a field cannot hold stays")
		p.Nonce = "set"
		out, err = vc.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, `{"nonce":"set"}`, string(out), "and gives way to the field")
	}
}

// What stands in the place of a string is read where it is a text, and written as it
// was until the field says something else.
func TestStringsReadTexts(t *testing.T) {
	for kept, want := range map[string]string{
		`3.870`: "3.870", `-1E+2`: "-1E+2", `{"@value":"a"}`: "a", `{"de":"b","en":"c"}`: "c", `["d"]`: "d", `true`: "", `{}`: "", `null`: "",
	} {
		text := `{"id":7,"nonce":` + kept + `}`
		var p vc.Proof
		require.NoError(t, vc.Unmarshal([]byte(text), &p))
		require.Equal(t, want, p.Nonce, kept)
		require.Empty(t, p.ID, "an identifier is no text")
		out, err := vc.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, text, string(out))
		p.Nonce = "set"
		out, err = vc.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, `{"id":7,"nonce":"set"}`, string(out))
	}
}

func TestExtraReaders(t *testing.T) {
	e := vc.Extra{"s": jsontext.Value(`"a\u00e9"`), "n": jsontext.Value(`1`)}
	s, ok := e.Text("s")
	require.True(t, ok)
	require.Equal(t, "aé", s)
	_, ok = e.Text("n")
	require.False(t, ok)
	var n int
	found, err := e.Decode("n", &n)
	require.True(t, found)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	found, err = e.Decode("missing", &n)
	require.False(t, found)
	require.NoError(t, err)
	require.Nil(t, vc.Extra(nil).Names())
}

func TestNestingIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 9000) + `1` + strings.Repeat(`}`, 9000)
	var c vc.Credential
	require.NoError(t, vc.Unmarshal([]byte(`{"x":`+deep+`}`), &c), "raw members are kept without recursion of ours")
}

func TestNumber(t *testing.T) {
	var v struct{ N vc.OneOrMany[vc.Number] }
	require.NoError(t, json.Unmarshal([]byte(`{"N":[42.0,-1E+2]}`), &v))
	require.Equal(t, []vc.Number{"42.0", "-1E+2"}, v.N.Items)
	out, err := json.Marshal(v)
	require.NoError(t, err)
	require.Equal(t, `{"N":[42.0,-1E+2]}`, string(out))
	require.ErrorIs(t, vc.Unmarshal([]byte(`{"N":["1"]}`), &v), &vc.Problem{Code: vc.CodeJSONKind})
	for _, bad := range []vc.Number{"", "x", "NaN", "01", `"1"`, "1 2"} {
		_, err := vc.Marshal(bad)
		require.ErrorContains(t, err, "not a JSON number", bad)
	}
	require.Equal(t, vc.Number("3.5"), vc.NewNumber(3.5))
	f, err := vc.Number("42.0").Float()
	require.NoError(t, err)
	require.Equal(t, 42.0, f)
}

func TestOneOrMany(t *testing.T) {
	for text, want := range map[string]vc.OneOrMany[string]{
		`"a"`: vc.One("a"), `["a"]`: vc.Many("a"), `[]`: vc.Many[string](), `["a","b"]`: vc.Many("a", "b"), `""`: vc.One(""),
	} {
		var got vc.OneOrMany[string]
		require.NoError(t, json.Unmarshal([]byte(text), &got))
		require.Equal(t, want, got)
		out, err := json.Marshal(got)
		require.NoError(t, err)
		require.Equal(t, text, string(out))
		require.False(t, got.IsZero())
	}
	var o vc.OneOrMany[string]
	require.True(t, o.IsZero())
	require.Equal(t, "", o.First())
	o = vc.One("a")
	o.Add("b")
	require.Equal(t, vc.Many("a", "b"), o)
}

func TestRef(t *testing.T) {
	type profile = vc.Issuer
	require.Equal(t, vc.IRI("urn:a"), vc.RefTo[profile]("urn:a").Identifier())
	require.Equal(t, vc.IRI("urn:b"), vc.Embed(profile{ID: "urn:b"}).Identifier())
	require.Equal(t, vc.IRI(""), vc.Embed(vc.Extra{}).Identifier())
	var r vc.Ref[profile]
	require.True(t, r.IsZero())
	require.ErrorIs(t, vc.Unmarshal([]byte(`7`), &r), &vc.Problem{Code: vc.CodeJSONKind})
}

// Whatever decodes is written so that it decodes to the same value, and what is
// written says the same as what was read.
func FuzzCredential(f *testing.F) {
	f.Add([]byte(credential))
	f.Add([]byte(`{"name":null,"id":"","type":[],"proof":[],"evidence":{}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var first, second vc.Credential
		if vc.Unmarshal(b, &first) != nil {
			return
		}
		out, err := vc.Marshal(first)
		require.NoError(t, err)
		require.NoError(t, vc.Unmarshal(out, &second))
		again, err := vc.Marshal(second)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
		if jsontext.Value(b).Kind() == '{' {
			sameJSON(t, string(b), string(out))
		}
	})
}
