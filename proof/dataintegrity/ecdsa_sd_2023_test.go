package dataintegrity_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// published are contexts that the vectors use.
func published(t testing.TB) *dataintegrity.Contexts {
	var list []struct{ URL, File string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &list))
	all := map[string][]byte{}
	for _, c := range list {
		all[c.URL] = testkit.ReadShared(t, "vc/contexts/"+c.File)
	}
	return dataintegrity.NewContexts(all)
}

// What is derived from the base proofs of the specification is what the specification
// derives, proof value and all.
func TestDeriveAsPublished(t *testing.T) {
	for dir, pointers := range map[string]string{"employ": "employSelective.json", "prc": "prCredSelective.json"} {
		var selective []string
		require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/di-ecdsa/"+pointers), &selective))
		base := testkit.ReadShared(t, "vc/di-ecdsa/ecdsa-sd-2023/"+dir+"/addSignedSDBase.json")
		derived, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{
			Pointers: selective, Contexts: published(t)})
		require.NoError(t, err)
		want := testkit.ReadShared(t, "vc/di-ecdsa/ecdsa-sd-2023/"+dir+"/derivedRevealDocument.json")
		require.JSONEq(t, string(want), string(derived))
	}
}

// holder is a key on P-256 that signs base proofs of what is in a fixture.
func holder(t testing.TB) *obtest.Issuer { return school.Issuer(t, obtest.P256, 3) }

// base is one of our credentials with a base proof.
func base(t testing.TB, name string, change func(*dataintegrity.SignOptions)) []byte {
	t.Helper()
	all := rewrite.BaseProofs(t)
	at := slices.IndexFunc(all, func(o rewrite.Original) bool { return o.Name == name })
	require.GreaterOrEqual(t, at, 0, name)
	return baseOf(t, all[at].Text, change)
}

func baseOf(t testing.TB, text []byte, change func(*dataintegrity.SignOptions)) []byte {
	t.Helper()
	k := holder(t)
	root, err := rewrite.Parse(text)
	require.NoError(t, err)
	root = root.Without("proof")
	if issuer := root.Get("issuer"); issuer.Get("id") != nil {
		issuer.Get("id").Text = k.ID
	} else {
		issuer.Text = k.ID
	}
	return school.Sign(t, k, root.Bytes(), func(o *dataintegrity.SignOptions) {
		o.Suite = dataintegrity.EcdsaSd2023
		if change != nil {
			change(o)
		}
	})
}

func derive(t testing.TB, base []byte, pointers ...string) []byte {
	t.Helper()
	derived, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: pointers})
	require.NoError(t, err, "%v", pointers)
	return derived
}

func inspect(t testing.TB, text []byte) *verify.Report {
	t.Helper()
	v, err := verify.New(verify.Config{Now: testkit.Clock, Kinds: []string{verify.AnyKind}})
	require.NoError(t, err)
	r, err := v.Inspect(context.Background(), text)
	require.NoError(t, err)
	return r
}

func requireGood(t testing.TB, derived []byte, about string) *verify.Report {
	t.Helper()
	r := inspect(t, derived)
	for _, name := range []verify.CheckName{verify.CheckProof, verify.CheckBinding, verify.CheckRules, verify.CheckReading} {
		require.Equal(t, verify.OutcomePassed, r.Outcome(name), "%s: %v\n%s", about, r.Problems(), derived)
	}
	require.NotEqual(t, verify.OutcomeFailed, r.Outcome(verify.CheckNested), "%s: %v", about, r.Problems())
	return r
}

// leaves are the pointers to the members of a credential, but for what is never chosen.
func leaves(t testing.TB, text []byte) (all []string) {
	t.Helper()
	root, err := rewrite.Parse(text)
	require.NoError(t, err)
	var walk func(n *rewrite.Node, at string)
	walk = func(n *rewrite.Node, at string) {
		for _, m := range n.Members {
			if m.Name == "@context" || m.Name == "proof" || m.Name == "id" || m.Name == "type" {
				continue
			}
			here := at + "/" + strings.ReplaceAll(strings.ReplaceAll(m.Name, "~", "~0"), "/", "~1")
			all = append(all, here)
			if m.Value.Get("@value") == nil {
				walk(m.Value, here)
			}
		}
		for i, item := range n.Items {
			all = append(all, fmt.Sprintf("%s/%d", at, i))
			walk(item, fmt.Sprintf("%s/%d", at, i))
		}
	}
	walk(root, "")
	return all
}

// With the default pointers, what is mandatory alone, and each member besides, gives a
// credential that verifies here.
func TestDeriveFixtures(t *testing.T) {
	for _, o := range rewrite.BaseProofs(t) {
		file, signed := o.Name, o.Text
		require.Contains(t, inspect(t, signed).Codes(), proof.CodeProofIsBase)
		r := requireGood(t, derive(t, signed), file)
		for _, p := range r.Withheld {
			require.Equal(t, rules.CodeWithheld, p.Code)
		}
		for _, pointer := range leaves(t, signed) {
			derived, err := dataintegrity.Derive(context.Background(), signed, dataintegrity.DeriveOptions{Pointers: []string{pointer}})
			if errors.Is(err, &vc.Problem{Code: proof.CodePointerInside}) {
				continue
			}
			require.NoError(t, err, "%s %s", file, pointer)
			requireGood(t, derived, file+" "+pointer)
		}
		requireGood(t, derive(t, signed, ""), file+", whole")
	}
}

// A pointer that leads to nothing, or into what is in one piece.
func TestDeriveRefuses(t *testing.T) {
	signed := base(t, "full badge", nil)
	for pointer, code := range map[string]vc.Code{
		"name": proof.CodePointer, "/nothing": proof.CodePointer, "/name~2": proof.CodePointer, "/name~": proof.CodePointer,
		"/proof": proof.CodePointer, "/@context": proof.CodePointer, "/evidence/01": proof.CodePointer, "/evidence/-": proof.CodePointer,
		"/evidence/99999999999999999999": proof.CodePointer, "/issuer/name/x": proof.CodePointer,
		"/credentialSubject/achievement/type/0": proof.CodePointerInside,
	} {
		_, err := dataintegrity.Derive(context.Background(), signed, dataintegrity.DeriveOptions{Pointers: []string{pointer}})
		require.ErrorIs(t, err, &vc.Problem{Code: code}, pointer)
	}
	_, err := dataintegrity.Derive(context.Background(), signed, dataintegrity.DeriveOptions{Hide: []string{"/evidence", "/nothing"}})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodePointer})
	_, err = dataintegrity.Derive(context.Background(), signed, dataintegrity.DeriveOptions{Hide: []string{"/evidence"}, Pointers: []string{"/name"}})
	require.ErrorContains(t, err, "dataintegrity: DeriveOptions has")
	none := base(t, "full badge", func(o *dataintegrity.SignOptions) { o.SkipRequiredPointers = true })
	_, err = dataintegrity.Derive(context.Background(), none, dataintegrity.DeriveOptions{})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNothingShown})
	_, err = dataintegrity.Derive(context.Background(), derive(t, signed), dataintegrity.DeriveOptions{})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNoBaseProof}, "a derived proof is no base proof")
}

// allBut are pointers to everything but what one pointer leads to.
func allBut(n *rewrite.Node, at, hidden string) (all []string) {
	child := func(here string, v *rewrite.Node) {
		switch {
		case here == hidden:
		case strings.HasPrefix(hidden, here+"/"):
			all = append(all, allBut(v, here, hidden)...)
		default:
			all = append(all, here)
		}
	}
	for _, m := range n.Members {
		if m.Name != "@context" && m.Name != "proof" {
			child(at+"/"+m.Name, m.Value)
		}
	}
	for i, item := range n.Items {
		child(fmt.Sprintf("%s/%d", at, i), item)
	}
	return all
}

// texts are the strings within a value.
func texts(n *rewrite.Node) (all []string) {
	if n.Kind == jsonx.String && len(n.Text) > 3 {
		all = append(all, n.Text)
	}
	for _, m := range n.Members {
		all = append(all, texts(m.Value)...)
	}
	for _, item := range n.Items {
		all = append(all, texts(item)...)
	}
	return all
}

func at(n *rewrite.Node, pointer string) *rewrite.Node {
	for _, name := range strings.Split(pointer, "/")[1:] {
		if i, err := strconv.Atoi(name); err == nil {
			n = n.Items[i]
		} else {
			n = n.Get(name)
		}
	}
	return n
}

// inEmbedded are pointers into embedded credentials, of which the required members are
// shown when anything of them is.
var inEmbedded = regexp.MustCompile(`/(endorsement|verifiableCredential)/\d+/`)

// With the default pointers each member that no verifier needs can be hidden alone: what
// is left verifies, and does not hold the text of the member.
func TestEachHidden(t *testing.T) {
	hiddenOnes := 0
	for _, o := range rewrite.BaseProofs(t) {
		root, err := rewrite.Parse(o.Text)
		require.NoError(t, err)
		bare := root.Without("proof")
		mandatory, _, err := dataintegrity.MandatoryPointers(context.Background(), o.Text, dataintegrity.SignOptions{})
		require.NoError(t, err)
		for _, pointer := range leaves(t, o.Text) {
			rest := dataintegrity.DeriveOptions{Pointers: allBut(bare, "", pointer)}
			derived, err := dataintegrity.Derive(context.Background(), o.Text, rest)
			if needed(pointer, mandatory) || errors.Is(err, &vc.Problem{Code: proof.CodePointerInside}) {
				continue
			}
			require.NoError(t, err, "%s without %s", o.Name, pointer)
			same, err := dataintegrity.Derive(context.Background(), o.Text, dataintegrity.DeriveOptions{Hide: []string{pointer}})
			require.NoError(t, err, "%s without %s", o.Name, pointer)
			require.JSONEq(t, string(derived), string(same), "%s without %s", o.Name, pointer)
			hiddenOnes++
			part, err := rewrite.Parse(derived)
			require.NoError(t, err)
			left := string(part.Without("proof").Bytes())
			for _, text := range texts(at(bare, pointer)) {
				if strings.Count(string(bare.Bytes()), text) == strings.Count(string(at(bare, pointer).Bytes()), text) {
					require.NotContains(t, left, text, "%s without %s", o.Name, pointer)
				}
			}
			r := inspect(t, derived)
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%s without %s: %v", o.Name, pointer, r.Problems())
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckRules), "%s without %s: %v", o.Name, pointer, r.Problems())
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckReading), "%s without %s: %v", o.Name, pointer, r.Problems())
		}
	}
	require.Greater(t, hiddenOnes, 60)
}

// From the base proofs of an independent implementation we derive what it derives, but
// for the order of what JSON leaves open.
func TestDeriveFromPeers(t *testing.T) {
	const dir = "../../internal/embedded/testdata/peers/ecdsa-sd-2023/"
	for _, name := range []string{"languages", "stringissuer", "unicode", "order-utf16"} {
		read := func(file string) []byte {
			text, err := os.ReadFile(dir + name + file)
			require.NoError(t, err)
			return text
		}
		for file, pointer := range map[string]string{"-derived.json": "/credentialSubject", "-part.json": "/credentialSubject/achievement/name"} {
			ours := derive(t, read("-base.json"), pointer)
			requireGood(t, ours, name+file)
			if name != "order-utf16" || file != "-part.json" { // of which there is none
				require.JSONEq(t, string(read(file)), string(ours), name+file)
			}
		}
	}
}

// The default pointers can be followed by the algorithm of the specification but for what
// it cannot take at all, which is warned of once, and an index into an array of one.
func TestPortablePointers(t *testing.T) {
	unportable := map[string]bool{}
	for _, o := range rewrite.BaseProofs(t) {
		pointers, warnings, err := dataintegrity.MandatoryPointers(context.Background(), o.Text, dataintegrity.SignOptions{})
		require.NoError(t, err)
		require.Contains(t, pointers, "/issuer")
		require.LessOrEqual(t, len(warnings), 1, "%s: %v", o.Name, warnings)
		unportable[o.Name] = len(warnings) > 0
	}
	require.False(t, unportable["small badge"])
	require.False(t, unportable["badge in languages"])
	for _, name := range []string{"full badge", "endorsed badge", "badge of many profiles", "record of signed entries"} {
		require.True(t, unportable[name], name)
	}
	for name, pointer := range map[string]string{"self-asserted badge": "/evidence/0/name", "record of one unsigned entry": "/credentialSubject/verifiableCredential/0"} {
		_, warnings, err := dataintegrity.MandatoryPointers(context.Background(), base(t, name, nil),
			dataintegrity.SignOptions{MandatoryPointers: []string{pointer}})
		require.NoError(t, err)
		require.NotEmpty(t, warnings, name)
		require.Equal(t, proof.CodePointerNotPortable, warnings[0].Code)
	}
}

// The documents and pointers of the W3C's test suite, which has objects without ids in
// arrays, and terms that the document defines itself.
func TestDeriveSuiteDocuments(t *testing.T) {
	k := holder(t)
	for _, dir := range []string{"achievement/vc2.0", "achievement/vc1.1", "valid/vc2.0", "valid/vc1.1"} {
		read := func(name string, into any) {
			require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/di-ecdsa-test-suite/mocks/"+dir+"/"+name), into))
		}
		var document map[string]any
		var mandatory, selective []string
		read("document.json", &document)
		read("mandatoryPointers.json", &mandatory)
		read("selectivePointers.json", &selective)
		document["issuer"] = k.ID
		if strings.HasSuffix(dir, "1.1") { // whose context does not know the suite
			document["@context"] = append(document["@context"].([]any), "https://w3id.org/security/data-integrity/v2")
			document["issuanceDate"] = "2025-06-01T00:00:00Z"
		}
		text, err := json.Marshal(document)
		require.NoError(t, err)
		signed, err := dataintegrity.Sign(context.Background(), text, dataintegrity.SignOptions{
			Signer: k.Signer, VerificationMethod: k.VerificationMethod, Created: testkit.Now, Suite: dataintegrity.EcdsaSd2023,
			MandatoryPointers: mandatory, SkipRequiredPointers: true, InlineContexts: true, Contexts: published(t)})
		require.NoError(t, err, dir)
		derived, err := dataintegrity.Derive(context.Background(), signed, dataintegrity.DeriveOptions{
			Pointers: selective, InlineContexts: true, Contexts: published(t)})
		require.NoError(t, err, dir)
		v, err := verify.New(verify.Config{
			Now: testkit.Clock, Kinds: []string{verify.AnyKind}, InlineContexts: func([]byte) bool { return true }})
		require.NoError(t, err)
		r, err := v.Inspect(context.Background(), derived)
		require.NoError(t, err)
		require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%s: %v", dir, r.Problems())
		require.NotContains(t, string(derived), "Jane Doe")
	}
}
