package format_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// inputs are the files of testdata by name. One called format-x.y.z has that code, one
// called read-x is read as a credential.
func inputs(t testing.TB) map[string][]byte {
	files, err := filepath.Glob("testdata/*")
	require.NoError(t, err)
	require.Greater(t, len(files), 100)
	all := map[string][]byte{}
	for _, file := range files {
		all[filepath.Base(file)], err = os.ReadFile(file)
		require.NoError(t, err)
	}
	return all
}

func recognised(t testing.TB, b []byte) format.Answer {
	a, err := format.Recognise(b, jsonx.Limits{})
	require.NoError(t, err)
	return a
}

func TestInputs(t *testing.T) {
	for name, content := range inputs(t) {
		a := recognised(t, content)
		want, _, _ := strings.Cut(name, ".")
		if strings.HasPrefix(name, "read-") {
			require.False(t, a.Foreign(), "%s: %s", name, a.Kind)
			continue
		}
		require.Equal(t, want, string(a.Kind.Words().Code), "%s: %s", name, a.Kind)
		require.Equal(t, want != string(format.CodePresentation), a.Foreign(), name)
	}
}

// An SD-JWT is told from one of another profile by its header and payload.
func TestProfilesOfSDJWT(t *testing.T) {
	value := func(text string) jsonx.Value {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
		require.NoError(t, err)
		return doc.Root()
	}
	for text, kind := range map[[2]string]format.Kind{
		{`{"typ":"vc+sd-jwt"}`, `{"@context":[]}`}:             format.SDJWT,
		{`{}`, `{"@context":[],"vct":"urn:x"}`}:                format.SDJWT,
		{`{"typ":"application/DC+SD-JWT"}`, `{"@context":[]}`}: format.SDJWTVC,
		{`{"typ":"vc+sd-jwt"}`, `{"vct":"urn:x"}`}:             format.SDJWTVC,
	} {
		a := format.LookSDJWT(value(text[0]), value(text[1]))
		require.Equal(t, kind, a.Kind, text)
		require.Equal(t, kind == format.SDJWTVC, a.Foreign(), text)
	}
}

// Each code has words and an input of its own, and each kind an input that is of it.
func TestEachCodeHasAnInput(t *testing.T) {
	seen := map[format.Kind]bool{format.PresentationToken: true, format.SDJWTVC: true, format.Unknown: true} // seen below
	codes := map[string]bool{}
	for name, content := range inputs(t) {
		seen[recognised(t, content).Kind] = true
		code, _, _ := strings.Cut(name, ".")
		codes[code] = true
	}
	listed := testkit.Constants(t, "words.go")["Code"]
	require.Greater(t, len(listed), 40)
	for _, code := range listed {
		require.True(t, codes[code], "%s has no input", code)
	}
	for k := format.Kind(0); k == 0 || k.String() != format.Unknown.String(); k++ {
		require.True(t, seen[k] || k == format.EnvelopedPresentation, "%s has no input", k)
		require.NotEmpty(t, k.String())
		words := k.Words()
		if words.Code == "" {
			continue
		}
		require.Contains(t, listed, string(words.Code))
		for _, text := range []string{words.Message, words.Fix} {
			require.NotEmpty(t, text, words.Code)
			require.LessOrEqual(t, len(strings.Fields(text)), 20, text)
			require.NotContains(t, text, "ask the issuer", "the thing handed in is the wrong one, not the issuer's fault")
		}
		require.NotEmpty(t, words.Spec, words.Code)
	}
}

// A report says what is held and points to it.
func TestWhere(t *testing.T) {
	all := inputs(t)
	for name, want := range map[string][2]string{
		"format-presentation.json":           {"/verifiableCredential/0", "a presentation that holds a credential"},
		"format-presentation.two.json":       {"/verifiableCredential", "a presentation that holds a credential"},
		"format-container.vc-api.json":       {"/verifiableCredential", "a container that holds a credential"},
		"format-container.credential.json":   {"/credential", "a container that holds a credential"},
		"format-container.snake.json":        {"/verifiable_credential", "a container that holds a credential"},
		"format-container.vc.json":           {"/vc", "a container that holds a compact JWS"},
		"format-container.jwt.json":          {"/jwt", "a container that holds a compact JWS"},
		"format-container.oid4vci.json":      {"/credentials/0/credential", "a container that holds a compact JWS"},
		"format-container.ob-rest.json":      {"", "a container that holds 3, the first of which is a credential"},
		"format-container.none.json":         {"", "a container that holds no credential"},
		"format-container.text.json":         {"/credential", "a container that holds a JSON object"},
		"format-container.presentation.json": {"/verifiablePresentation", "a container that holds a presentation"},
		"format-array.one.json":              {"/0", "an array that holds a credential"},
		"format-array.tokens.json":           {"", "an array that holds 2, the first of which is a compact JWS"},
		"format-array.other.json":            {"", "an array that holds no credential"},
		"format-json-jws.flat.json":          {"/payload", "a JWS as JSON"},
		"format-json-string.json":            {"", "a JSON string that holds a JSON object"},
		"format-base64.wrapped.txt":          {"", "base64 that holds a JSON object"},
		"format-base64.png.txt":              {"", "base64 that holds a PNG image"},
		"format-base64.token.txt":            {"", "base64 that holds a compact JWS"},
		"format-data-url.txt":                {"", "a data: URL that holds a compact JWS"},
		"format-data-url.base64.txt":         {"", "a data: URL that holds a JSON object"},
		"format-gzip.svgz":                   {"", "gzip-compressed data that holds an SVG image"},
		"format-gzip.json.gz":                {"", "gzip-compressed data that holds a JSON object"},
		"format-gzip.cut.gz":                 {"", "gzip-compressed data"},
		"format-url.quoted.json":             {"", "a web address"},
	} {
		a := recognised(t, all[name])
		require.Equal(t, want, [2]string{a.Pointer, a.Found()}, name)
	}
}

func root(t testing.TB, text string) jsonx.Value {
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err, text)
	return doc.Root()
}

// What has a mark of a credential is one, whatever else it resembles.
func TestCredentialsStayCredentials(t *testing.T) {
	for _, text := range []string{
		`{"proof":{},"credential":{"proof":{}}}`,
		`{"credentialSubject":{},"vc":"a.b.c"}`,
		`{"type":"VerifiableCredential","verifiableCredential":[{"issuer":"x"}]}`,
		`{"issuer":"x","credential":{"issuer":"y"}}`,
		`{"issuer":"x","payload":"a","signature":"b"}`,
		`{"@context":"https://w3id.org/openbadges/v2","type":["VerifiableCredential","Assertion"]}`,
		`{"@context":"https://w3id.org/blockcerts/v3","type":"VerifiableCredential"}`,
		`{"@context":"https://w3id.org/blockcerts/v3","proof":[{"type":"MerkleProof2019"},{"type":"DataIntegrityProof"}]}`,
		`{"@context":"https://w3id.org/blockcerts/v3","proof":[]}`,
		`{"type":["VerifiableCredential","EuropeanDigitalCredential"],"proof":{}}`,
	} {
		require.Equal(t, format.Credential, format.Of(root(t, text)), text)
	}
	for _, text := range []string{`{}`, `{"a":1}`, `{"credential":"x"}`, `{"credential":{}}`, `{"vc":7}`, `{"type":"Profile"}`,
		`{"type":"Achievement"}`, `{"@context":"x","verifiableCredential":[{"issuer":"x"}]}`, `{"type":"X","credential":{"issuer":"y"}}`,
		`{"a":{"credential":{"issuer":"x"}}}`, `{"verify":{},"badge":"x"}`, `[]`, `7`} {
		require.Equal(t, format.Unknown, format.Of(root(t, text)), text)
	}
	for text, want := range map[string]format.Kind{
		`{"type":["VerifiablePresentation"]}`:                       format.Presentation,
		`{"type":["EnvelopedVerifiablePresentation"],"id":"data:"}`: format.EnvelopedPresentation,
		`{"type":"EnvelopedVerifiableCredential"}`:                  format.EnvelopedCredential,
	} {
		require.Equal(t, want, format.Of(root(t, text)), text)
	}
}

func TestClaims(t *testing.T) {
	for text, want := range map[string]format.Answer{
		`{"iss":"x","vp":{"verifiableCredential":["a.b.c"]}}`: {Kind: format.PresentationToken,
			Pointer: "/vp/verifiableCredential/0", Holds: format.Token, Count: 1},
		`{"vp":{"verifiableCredential":["a.b.c",{"issuer":"x"}]}}`: {Kind: format.PresentationToken,
			Pointer: "/vp/verifiableCredential", Holds: format.Token, Count: 2},
		`{"vp":{}}`: {Kind: format.PresentationToken},
		`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}`: {Kind: format.OpenBadges2Assertion},
		`{"type":"Clr"}`:                   {Kind: format.CLR1},
		`{"vp":{},"credentialSubject":{}}`: {},
		`{"vp":7}`:                         {},
		`{"credential":{"issuer":"x"}}`:    {}, // no container: the token is what is read
		`{}`:                               {},
	} {
		require.Equal(t, want, format.LookClaims(root(t, text)), text)
	}
}

func TestTokens(t *testing.T) {
	all := inputs(t)
	token := strings.TrimSpace(string(all["read-token.jwt"]))
	parts := strings.Split(token, ".")
	for text, want := range map[string]format.Kind{
		token:                                format.Token,
		"www.school.example":                 format.Token, // of the alphabet; its parts say that they are none
		token + ".":                          format.BrokenToken,
		token + ".AA.AA":                     format.BrokenToken, // five parts, but nothing encrypted
		parts[0] + "." + parts[1]:            format.BrokenToken,
		parts[0] + strings.Repeat(".", 1000): format.BrokenToken,
		token + "=":                          format.BrokenToken,
		token + "!":                          format.BrokenToken,
		parts[0] + "==." + parts[1]:          format.BrokenToken,
		parts[0] + "." + parts[1] + "~a~":    format.BrokenToken,
		token[:10] + "\n" + token[10:]:       format.TokenWrapped,
		"“" + token + "”":                    format.Text,
		"a.b":                                format.BrokenToken,
		"One. Two. Three":                    format.Text,
		"school.example/badges":              format.BrokenToken,
		"Bearer of this":                     format.Text,
		"bearer " + token:                    format.TokenBearer,
		"Bearer Bearer " + token:             format.Text,
		"`" + token + "`":                    format.TokenQuoted,
		"3.14":                               format.JSONValue,
		"2025-01-09":                         format.Text,
		"Hello123":                           format.Text,
	} {
		require.Equal(t, want, format.Sniff([]byte(text)), text)
	}
}

// The members of an answer that are told by name are named in docs of their standards;
// a document with the same words elsewhere is not taken for it.
func TestNamesOnlyWhereTheyBelong(t *testing.T) {
	b, err := json.Marshal(map[string]any{"name": "https://w3id.org/openbadges/v2", "description": "MerkleProof2019 CFDocument"})
	require.NoError(t, err)
	require.Equal(t, format.Unknown, format.Of(root(t, string(b))))
}

// Broken JSON is an error of the JSON, and never told as something else.
func TestBrokenJSON(t *testing.T) {
	for text, code := range map[string]jsonx.Code{
		`{"a":`: jsonx.CodeTruncated, `[1,`: jsonx.CodeTruncated, `"a`: jsonx.CodeTruncated, `{'a':1}`: jsonx.CodeSyntax,
		`{} {}`: jsonx.CodeTrailingData, "{\"a\":\"\xe9\"}": jsonx.CodeInvalidUTF8, `[` + strings.Repeat(" ", 5<<20) + `]`: jsonx.CodeTooLarge,
	} {
		_, err := format.Recognise([]byte(text), jsonx.Limits{})
		var e *jsonx.Error
		require.ErrorAs(t, err, &e, text)
		require.Equal(t, code, e.Code, text[:min(len(text), 20)])
	}
}

// What is looked into is bounded: no answer costs more memory than its JSON does.
func TestMemory(t *testing.T) {
	all := inputs(t)
	for name, text := range map[string]string{
		"base64":        strings.Repeat(string(all["format-base64.url.txt"]), 10_000),
		"spaces":        "e" + strings.Repeat("\n", 4<<20) + "y",
		"dots":          strings.Repeat(".", 4<<20),
		"letters":       strings.Repeat("A", 4<<20),
		"comments":      strings.Repeat("<!---->", 1<<20),
		"quotes":        strings.Repeat(`'`, 4<<20),
		"a header":      "eyJ" + strings.Repeat("A", 4<<20) + "....",
		"gzip of zeros": string(all["format-gzip.json.gz"]) + strings.Repeat("\x00", 4<<20),
	} {
		used := testkit.Allocated(func() { _, _ = format.Recognise([]byte(text), jsonx.Limits{}) })
		require.Less(t, used, uint64(len(text)+256<<10), name) // the copy of the text, and what is decoded
	}
}
