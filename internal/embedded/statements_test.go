package embedded_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

func statementsOf(t testing.TB, v *embedded.Verifier, text []byte) *embedded.Statements {
	t.Helper()
	doc, err := door.Numbered(vc.ParseConfig{}, v.Symbols()).Parse(text)
	require.NoError(t, err)
	s, err := v.Statements(context.Background(), doc)
	require.NoError(t, err)
	return s
}

func canonName(number int) string { return "c14n" + strconv.Itoa(number) }

// labelledBy makes labels of numbers by an HMAC key.
func labelledBy(key []byte) func(int) string {
	return func(number int) string {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(canonName(number)))
		return embedded.LabelText(mac.Sum(nil))
	}
}

// The statements of the specification's documents, by their canonical names and by their
// labels, and which of them its pointers choose.
func TestPublishedStatements(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{Contexts: publishedContexts(t)})
	key, err := hex.DecodeString("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF")
	require.NoError(t, err)
	label := labelledBy(key)
	for dir, c := range map[string][2]string{
		"employ": {"employMandatory.json", "employSelective.json"},
		"prc":    {"prCredMandatory.json", "prCredSelective.json"},
	} {
		read := func(name string, into any) {
			require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/di-ecdsa/"+name), into))
		}
		s := statementsOf(t, v, testkit.ReadShared(t, "vc/di-ecdsa/ecdsa-sd-2023/"+dir+"/addSignedSDBase.json"))
		var canonical, labelled, mandatory, selective []string
		read("ecdsa-sd-2023/"+dir+"/addBaseDocCanon.json", &canonical)
		read("ecdsa-sd-2023/"+dir+"/addBaseDocHMACCanon.json", &labelled)
		require.Equal(t, canonical, texts(s.Lines(canonName, false)))
		lines := texts(s.Lines(label, false))
		require.Equal(t, labelled, lines)

		read(c[0], &mandatory)
		read(c[1], &selective)
		var groups struct{ CombinedIndexes, MandatoryIndexes, SelectiveIndexes []int }
		read("ecdsa-sd-2023/"+dir+"/derivedGroupIndexes.json", &groups)
		for _, g := range []struct {
			pointers []string
			want     []int
		}{
			{mandatory, groups.MandatoryIndexes}, {selective, groups.SelectiveIndexes},
			{append(mandatory, selective...), groups.CombinedIndexes},
		} {
			shown, err := s.Show(g.pointers)
			require.NoError(t, err)
			has := shown.Has(label)
			var found []int
			for i, line := range lines {
				if has[line] {
					found = append(found, i)
				}
			}
			require.Equal(t, g.want, found, "%s %v", dir, g.pointers)
		}
	}
}

// What the specification signs of its documents, statement by statement, and what it has of
// them after a part was derived.
func TestPublishedSignatures(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{Contexts: publishedContexts(t)})
	for dir, pointers := range map[string]string{"employ": "employMandatory.json", "prc": "prCredMandatory.json"} {
		folder := "vc/di-ecdsa/ecdsa-sd-2023/" + dir + "/"
		read := func(name string, into any) {
			require.NoError(t, json.Unmarshal(testkit.ReadShared(t, folder+name), into))
		}
		var mandatory []string
		require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/di-ecdsa/"+pointers), &mandatory))
		base := testkit.ReadShared(t, folder+"addSignedSDBase.json")
		value, err := embedded.ParseBaseValue(proofValue(t, base))
		require.NoError(t, err)
		var raw struct {
			BaseSignature, PublicKey string
			Signatures               []string
		}
		read("addRawBaseSignatureInfo.json", &raw)
		require.Equal(t, raw.BaseSignature, hex.EncodeToString(value.Signature))
		require.Equal(t, raw.PublicKey, multibase.Encode(multibase.Base58BTC, value.PublicKey))
		require.Equal(t, raw.Signatures, hexes(value.Signatures))
		s := statementsOf(t, v, base)
		label := labelledBy(value.HMACKey)
		always, err := s.Show(mandatory)
		require.NoError(t, err)
		var others [][]byte
		for _, line := range s.Lines(label, false) {
			if !always.Has(label)[string(line)] {
				others = append(others, line)
			}
		}
		requireSigned(t, value.PublicKey, others, value.Signatures)

		derived := testkit.ReadShared(t, folder+"derivedRevealDocument.json")
		d, err := embedded.ParseDerivedValue(proofValue(t, derived))
		require.NoError(t, err)
		lines := statementsOf(t, v, derived).Lines(func(n int) string { return embedded.LabelText(d.Labels[n]) }, false)
		var quads []string
		read("verifyNQuads.json", &quads)
		require.Equal(t, quads, texts(lines))
		others = nil
		for i, line := range lines {
			if !slices.Contains(d.Mandatory, i) {
				others = append(others, line)
			}
		}
		var verified struct{ NonMandatory, Signatures []string }
		read("verifyCreateVerifyData.json", &verified)
		require.Equal(t, verified.NonMandatory, texts(others))
		require.Equal(t, verified.Signatures, hexes(d.Signatures))
		requireSigned(t, d.PublicKey, others, d.Signatures)
	}
}

func hexes(all [][]byte) (texts []string) {
	for _, b := range all {
		texts = append(texts, hex.EncodeToString(b))
	}
	return texts
}

// requireSigned wants each statement signed by the key of the proof.
func requireSigned(t *testing.T, multikeyBytes []byte, lines, signatures [][]byte) {
	t.Helper()
	public, err := multikey.Decode(multibase.Encode(multibase.Base58BTC, multikeyBytes))
	require.NoError(t, err)
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	require.Len(t, signatures, len(lines))
	for i, line := range lines {
		require.NoError(t, key.Verify(proof.ES256, line, signatures[i]), "%s", line)
		require.Error(t, key.Verify(proof.ES256, line[1:], signatures[i]))
	}
}

func texts(lines [][]byte) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = string(line)
	}
	return all
}

const pointed = `{"@context":["https://www.w3.org/ns/credentials/v2",{"@vocab":"https://x.example/","l":{"@id":"https://x.example/l","@container":"@list"},"j":{"@id":"https://x.example/j","@type":"@json"},"m":{"@id":"https://x.example/m","@container":"@language"}}],
"id":"urn:x:1","type":"VerifiableCredential","issuer":"urn:x:i","credentialSubject":{"0":"zero","a/b":"slash","m~n":"tilde","":"empty","01":"padded",
"many":[{"0":"first"},{"0":"second"}],"l":["x",{"0":"in a list"}],"j":{"0":1},"m":{"en":"yes","de":"ja"},"t":{"@value":"yes","@language":"en"}}}`

// A pointer is followed as RFC 6901 has it: a number is a member's name in an object, and
// a place in an array.
func TestPointers(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{InlineContexts: true})
	s := statementsOf(t, v, []byte(pointed))
	for pointer, holds := range map[string]string{
		"/credentialSubject/0": `"zero"`, "/credentialSubject/a~1b": `"slash"`, "/credentialSubject/m~0n": `"tilde"`,
		"/credentialSubject/01": `"padded"`, "/credentialSubject/many/0/0": `"first"`, "/credentialSubject/many/1": `"second"`,
		"/credentialSubject/l": `"in a list"`, "/credentialSubject/j": `{"0":1}`, "/credentialSubject/m/de": `"ja"`, "/credentialSubject/t": `"@value":"yes"`,
	} {
		shown, err := s.Show([]string{pointer})
		require.NoError(t, err, pointer)
		text, _, err := shown.Document(context.Background())
		require.NoError(t, err, pointer)
		require.Contains(t, string(text), holds, pointer)
		for _, other := range []string{`"zero"`, `"slash"`, `"tilde"`, `"padded"`, `"first"`, `"second"`, `"in a list"`, `{"0":1}`, `"ja"`} {
			require.Equal(t, other == holds, strings.Contains(string(text), other), "%s shows %s", pointer, other)
		}
	}
	for pointer, code := range map[string]vc.Code{
		"credentialSubject": proof.CodePointer, "/credentialSubject/m~n": proof.CodePointer, "/credentialSubject/many/00": proof.CodePointer,
		"/credentialSubject/many/2": proof.CodePointer, "/credentialSubject/many/-": proof.CodePointer, "/credentialSubject/many/+1": proof.CodePointer,
		"/credentialSubject/0/x": proof.CodePointer, "/": proof.CodePointer, "/credentialSubject/l/0": proof.CodePointerInside,
		"/credentialSubject/l/1/0": proof.CodePointerInside, "/credentialSubject/j/0": proof.CodePointerInside,
		"/credentialSubject/t/@value": proof.CodePointerInside, "/@context/0": proof.CodePointer,
	} {
		_, err := s.Show([]string{pointer})
		require.ErrorIs(t, err, &vc.Problem{Code: code}, pointer)
	}
	_, err := s.Show(make([]string, embedded.MaxPointers+1))
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodePointer}, "too many")
}

// Nodes that cannot be told apart, in lists and beside one another, have labels that
// still give one document.
func TestTwins(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{InlineContexts: true})
	twin := `{"x":"a"}`
	s := statementsOf(t, v, fmt.Appendf(nil, `{"@context":["https://www.w3.org/ns/credentials/v2",{"@vocab":"https://x.example/","l":{"@id":"https://x.example/l","@container":"@list"}}],
"type":"VerifiableCredential","issuer":"urn:x:i","credentialSubject":[{"l":["r","r",%[1]s,%[1]s],"n":[%[1]s,%[1]s,%[1]s]},{"l":["r","r",%[1]s,%[1]s]},{"l":["r","r",%[1]s,%[1]s]}]}`, twin))
	for _, pointers := range [][]string{{"/credentialSubject/0/n/1"}, {"/credentialSubject/0/l", "/credentialSubject/2/l"}, {"/credentialSubject"}, {""}} {
		shown, err := s.Show(pointers)
		require.NoError(t, err)
		text, numbers, err := shown.Document(context.Background())
		require.NoError(t, err, "%v", pointers)
		part := statementsOf(t, v, text)
		labelled := texts(part.Lines(func(n int) string { return "u" + canonName(numbers[n]) }, false))
		want := shown.Has(func(n int) string { return "u" + canonName(n) })
		require.Len(t, labelled, len(want))
		for _, line := range labelled {
			require.True(t, want[line], line)
		}
	}
}

// FuzzPointers: whatever a pointer is, it is refused with a code, or what it leads to
// makes the statements that were chosen, and no more than the whole has.
func FuzzPointers(f *testing.F) {
	v := embedded.NewVerifier(embedded.Config{InlineContexts: true})
	texts := [][]byte{[]byte(pointed)}
	for _, o := range rewrite.BaseProofs(f) {
		texts = append(texts, o.Text)
	}
	var all []*embedded.Statements
	for _, text := range texts {
		all = append(all, statementsOf(f, v, text))
	}
	for i, p := range []string{"", "/credentialSubject/0", "/credentialSubject/achievement/name", "/issuer~1", "/type", "/evidence/0/name", "/endorsement/0", "/credentialSubject/verifiableCredential/1"} {
		f.Add(byte(i), p, "/name")
	}
	f.Fuzz(func(t *testing.T, which byte, one, two string) {
		s := all[int(which)%len(all)]
		shown, err := s.Show([]string{one, two})
		if err != nil {
			require.NotNil(t, vc.ProblemOf(err).Code)
			return
		}
		_, numbers, err := shown.Document(context.Background())
		require.NoError(t, err, "%q %q", one, two)
		for _, n := range numbers {
			require.GreaterOrEqual(t, n, 0)
		}
		require.LessOrEqual(t, len(shown.Has(canonName)), len(s.Lines(canonName, false)))
	})
}
