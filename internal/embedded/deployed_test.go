package embedded

import (
	"context"
	"crypto/ed25519"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// signAs makes a proof as a signer of another time did: with an engine whose
// contexts are of that time, dropping what they do not define, and with the
// escaping of its canonicaliser.
func signAs(t *testing.T, text, options string, engine *jsonld.Engine, deployed bool) ([]byte, *proof.Key) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	config, err := jsonx.Parse([]byte(options), jsonx.Limits{}, nil)
	require.NoError(t, err)
	opened, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	s := NewVerifier(Config{}).Open(opened, OpenOptions{})
	f := form{engine: engine, mode: jsonld.Lenient, legacy: deployed}
	document := s.document(context.Background(), f)
	require.NoError(t, document.err)
	conf := s.options(context.Background(), f, config.Root(), jsonx.Value{}, nil)
	require.NoError(t, conf.err)
	value := multibase.Encode(multibase.Base58BTC, ed25519.Sign(private, append(conf.sum, document.sum...)))
	signed := strings.TrimSuffix(strings.TrimSpace(text), "}") + `,"proof":` + strings.TrimSuffix(options, "}") + `,"proofValue":"` + value + `"}}`
	return []byte(signed), key
}

func check1(t *testing.T, text []byte, key *proof.Key, c Config) (*Result, error) {
	t.Helper()
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	p, problems := Read(door.Proofs(doc)[0], ReadOptions{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	require.Empty(t, problems)
	return NewVerifier(c).Open(doc, OpenOptions{}).Verify(context.Background(), p, key)
}

const oldProof = `{"type":"Ed25519Signature2020","created":"2023-01-01T00:00:00Z","verificationMethod":"did:example:school#key","proofPurpose":"assertionMethod"}`

// Signers of Ed25519Signature2020 escaped N-Quads as URDNA2015 was deployed. The
// two forms differ for a text with a tab, and both verify; the report says which.
func TestEscapingAsDeployed(t *testing.T) {
	b := testkit.Badge()
	text := strings.Replace(string(b), `context-3.0.3.json"`, `context-3.0.3.json", "https://w3id.org/security/suites/ed25519-2020/v1"`, 1)
	text = strings.Replace(text, "Lay one keel", `Lay\tone\u0007 keel`, 1)
	for _, deployed := range []bool{false, true} {
		signed, key := signAs(t, text, oldProof, known().present, deployed)
		r, err := check1(t, signed, key, Config{})
		require.NoError(t, err)
		if deployed {
			require.Len(t, r.Warnings, 1)
			require.Equal(t, proof.CodeDeployedEscaping, r.Warnings[0].Code)
		} else {
			require.Empty(t, r.Warnings)
		}
		_, err = check1(t, []byte(strings.Replace(string(signed), "one", "two", 1)), key, Config{})
		require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
	}
	// eddsa-rdfc-2022 never had that escaping: no second try.
	text = string(b)
	text = strings.Replace(text, "Lay one keel", `Lay\tone keel`, 1)
	options := strings.Replace(oldProof, `"Ed25519Signature2020"`, `"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, 1)
	signed, key := signAs(t, text, options, known().present, true)
	_, err := check1(t, signed, key, Config{})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
}

// Signers in JavaScript and Java sort statements by UTF-16 code units. Where that
// makes another form, the signature over it verifies with a warning; a change of the
// text is found in either.
func TestOrderAsDeployed(t *testing.T) {
	text, err := os.ReadFile("testdata/peers/special/order-utf16.json")
	require.NoError(t, err)
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	_, fragment, _ := strings.Cut(door.Root(doc).Get("proof").Get("verificationMethod").Text(), "#")
	public, err := multikey.Decode(fragment)
	require.NoError(t, err)
	key, err := proof.NewKey(public)
	require.NoError(t, err)

	escaped := strings.NewReplacer("\U0001d518", `\ud835\uDD18`, "\ufb01", `\uFB01`).Replace(string(text))
	require.NotEqual(t, string(text), escaped)
	for _, signed := range []string{string(text), escaped} {
		r, err := check1(t, []byte(signed), key, Config{})
		require.NoError(t, err)
		require.Len(t, r.Warnings, 1)
		require.Equal(t, proof.CodeDeployedOrder, r.Warnings[0].Code)
	}
	_, err = check1(t, []byte(strings.Replace(string(text), "nique", "nikue", 1)), key, Config{})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
}

func TestDiffersInUTF16(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "\U0001F600": false, "\uFF08": false, "\uFF08\U0001F600": true, "\U0010FFFFé\uE000": true,
		`\ud83d\ude00`: false, `\uFF08`: false, "\uFF08 \\uD83D": true, `\uE000 \uD83D`: true, "料理\U0001F600": false, `u`: false, `\u`: false,
	} {
		require.Equal(t, want, differsInUTF16([]byte(text)), "%q", text)
	}
}

// A signature made under an earlier content of a context verifies under that, and
// the report names it. Where the earlier content lacked a term, what it stood for
// was never signed, and strict mode says so.
func TestArchivedContexts(t *testing.T) {
	const url = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	states := known().statesOf(url)
	require.NotEmpty(t, states)
	oldest := states[len(states)-1]
	b := testkit.Badge()
	options := strings.Replace(oldProof, `"Ed25519Signature2020"`, `"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, 1)
	// inLanguage and awardedDate came to the context in 2024.
	text := strings.Replace(string(b), `"name": "Keel laying"`, `"inLanguage": "en", "name": "Keel laying"`, 1)
	signed, key := signAs(t, text, options, oldest.engine, false)

	_, err := check1(t, signed, key, Config{})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDataLoss})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeArchivedContext})
	require.NotErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})

	r, err := check1(t, signed, key, Config{Lenient: true})
	require.NoError(t, err)
	require.Len(t, r.Unsigned, 1)
	require.Equal(t, "/credentialSubject/achievement/inLanguage", r.Unsigned[0].Pointer)
	require.Equal(t, proof.CodeArchivedContext, r.Warnings[0].Code)
	require.Contains(t, r.Warnings[0].Found, url+" as of 20")

	_, err = check1(t, []byte(strings.Replace(string(signed), "Keel laying,", "Keel saying,", 1)), key, Config{Lenient: true})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
}
