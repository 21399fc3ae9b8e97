package embedded_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/cbor"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// The derived proofs of the specification verify, with its hashes.
func TestPublishedDisclosures(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{Contexts: publishedContexts(t)})
	for _, name := range []string{"employ", "prc"} {
		file := func(name2 string) []byte { return testkit.ReadShared(t, "vc/di-ecdsa/ecdsa-sd-2023/"+name+"/"+name2) }
		derived := file("derivedRevealDocument.json")
		results, err := verifyAll(t, v, derived)
		require.NoError(t, err)
		var hashes struct{ ProofHash, MandatoryHash string }
		require.NoError(t, json.Unmarshal(file("addHashData.json"), &hashes))
		require.Equal(t, hashes.MandatoryHash, hex.EncodeToString(results[0].DocumentHash))
		require.Equal(t, hashes.ProofHash, hex.EncodeToString(results[0].ConfigHash))

		value := proofValue(t, derived)
		parsed, err := embedded.ParseDerivedValue(value)
		require.NoError(t, err)
		var want struct {
			Signatures       []string
			MandatoryIndexes []int
			LabelMap         json.RawMessage
		}
		require.NoError(t, json.Unmarshal(file("verifyDerivedProofValue.json"), &want))
		require.Equal(t, want.MandatoryIndexes, parsed.Mandatory)
		for i, s := range parsed.Signatures {
			require.Equal(t, want.Signatures[i], hex.EncodeToString(s))
		}
		for i, label := range parsed.Labels {
			require.Contains(t, strings.Join(strings.Fields(string(want.LabelMap)), ""), fmt.Sprintf(`["c14n%d",%q]`, i, embedded.LabelText(label)))
		}
		require.Equal(t, value, parsed.Text(), "written again it is the same")

		base := file("addSignedSDBase.json")
		require.ErrorIs(t, proofsOf(t, v, base), &vc.Problem{Code: proof.CodeProofIsBase})
		whole, err := embedded.ParseBaseValue(proofValue(t, base))
		require.NoError(t, err)
		require.Equal(t, proofValue(t, base), whole.Text())
		require.Equal(t, []string{"/issuer"}, whole.Pointers)
	}
}

// What an own tracking of statements derived, with lists and embedded credentials.
func TestDisclosuresBeyondThePublishedAlgorithm(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{Contexts: publishedContexts(t)})
	for _, name := range []string{"sd-derived-with-list", "sd-derived-clr-part"} {
		doc, err := vc.Parse(testkit.ReadShared(t, "vc/sd-own/"+name+".json"))
		require.NoError(t, err)
		p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now.Add(48 * time.Hour)})
		require.Empty(t, problems)
		_, err = v.Open(doc, embedded.OpenOptions{}).Verify(context.Background(), p, keyOf(t, p))
		require.NoError(t, err, name)
	}
}

func proofValue(t testing.TB, document []byte) string {
	t.Helper()
	var d struct{ Proof struct{ ProofValue string } }
	require.NoError(t, json.Unmarshal(document, &d))
	return d.Proof.ProofValue
}

// Each way to bend a derived proof value or the document under it has its own code.
func TestDisclosuresBent(t *testing.T) {
	derived, err := os.ReadFile("testdata/peers/ecdsa-sd-2023/derived.json")
	require.NoError(t, err)
	v := embedded.NewVerifier(embedded.Config{})
	require.NoError(t, proofsOf(t, v, derived))
	text := proofValue(t, derived)
	put := func(value string) []byte { return bytes.Replace(derived, []byte(text), []byte(value), 1) }
	bent := func(change func(*embedded.DerivedValue)) []byte {
		d, err := embedded.ParseDerivedValue(text)
		require.NoError(t, err)
		change(d)
		return put(d.Text())
	}
	raw, err := multibase.DecodeBase64(text[1:])
	require.NoError(t, err)
	bytesAs := func(change func([]byte) []byte) []byte {
		return put(multibase.Encode(multibase.Base64URL, change(slices.Clone(raw))))
	}
	other := func(old, new string) []byte {
		require.Contains(t, string(derived), old)
		return bytes.Replace(derived, []byte(old), []byte(new), 1)
	}
	for name, c := range map[string]struct {
		document []byte
		code     vc.Code
	}{
		"padding":                     {put(text + "="), proof.CodeDisclosureValue},
		"base58":                      {put("z" + text[1:]), proof.CodeDisclosureValue},
		"a line break":                {put(text[:40] + "\\n" + text[40:]), proof.CodeDisclosureValue},
		"cut":                         {put(text[:len(text)-8]), proof.CodeDisclosureValue},
		"more behind it":              {bytesAs(func(b []byte) []byte { return append(b, 0) }), proof.CodeDisclosureValue},
		"the header of another suite": {bytesAs(func(b []byte) []byte { b[2] = 3; return b }), proof.CodeDisclosureValue},
		"the header of a base proof":  {bytesAs(func(b []byte) []byte { b[2] = 0; return b }), proof.CodeProofIsBase},
		"an indefinite array":         {bytesAs(func(b []byte) []byte { b[3] = 0x9f; return append(b, 0xff) }), proof.CodeDisclosureValue},
		"a tag":                       {bytesAs(func(b []byte) []byte { return slices.Insert(b, 3, 0xc1) }), proof.CodeDisclosureValue},
		"four parts":                  {bytesAs(func(b []byte) []byte { b[3] = 0x84; return b }), proof.CodeDisclosureValue},
		"a long form of a length":     {bytesAs(func(b []byte) []byte { return slices.Replace(b, 4, 6, 0x59, 0, 64) }), proof.CodeDisclosureValue},
		"a key of 36 bytes":           {bent(func(d *embedded.DerivedValue) { d.PublicKey = append(d.PublicKey, 0) }), proof.CodeDisclosureValue},
		"a key of another curve":      {bent(func(d *embedded.DerivedValue) { d.PublicKey[0] = 0x81 }), proof.CodeDisclosureValue},
		"a point off the curve":       {bent(func(d *embedded.DerivedValue) { copy(d.PublicKey[3:], make([]byte, 32)) }), ""},
		"a short base signature":      {bent(func(d *embedded.DerivedValue) { d.Signature = d.Signature[1:] }), proof.CodeDisclosureValue},
		"a short statement signature": {bent(func(d *embedded.DerivedValue) { d.Signatures[2] = d.Signatures[2][1:] }), proof.CodeDisclosureValue},
		"a short label":               {bent(func(d *embedded.DerivedValue) { d.Labels[0] = d.Labels[0][1:] }), proof.CodeDisclosureValue},
		"one label too many":          {bent(func(d *embedded.DerivedValue) { d.Labels = append(d.Labels, make([]byte, 32)) }), proof.CodeDisclosureLabels},
		"one label too few":           {bent(func(d *embedded.DerivedValue) { d.Labels = d.Labels[1:] }), proof.CodeDisclosureLabels},
		"another label":               {bent(func(d *embedded.DerivedValue) { d.Labels[0] = make([]byte, 32) }), ""},
		"indexes that do not ascend":  {bent(func(d *embedded.DerivedValue) { slices.Reverse(d.Mandatory) }), proof.CodeDisclosureValue},
		"an index twice":              {bent(func(d *embedded.DerivedValue) { d.Mandatory[1] = d.Mandatory[0] }), proof.CodeDisclosureValue},
		"an index too high":           {bent(func(d *embedded.DerivedValue) { d.Mandatory = append(d.Mandatory, 1000) }), proof.CodeDisclosureIndexes},
		"an index less":               {bent(func(d *embedded.DerivedValue) { d.Mandatory = d.Mandatory[1:] }), proof.CodeDisclosureCount},
		"an index for a statement": {bent(func(d *embedded.DerivedValue) {
			d.Mandatory, d.Signatures = append([]int{0}, d.Mandatory...), d.Signatures[1:]
		}), proof.CodeSignature},
		"a signature less":     {bent(func(d *embedded.DerivedValue) { d.Signatures = d.Signatures[1:] }), proof.CodeDisclosureCount},
		"a signature twice":    {bent(func(d *embedded.DerivedValue) { d.Signatures = append(d.Signatures, d.Signatures[0]) }), proof.CodeDisclosureCount},
		"signatures exchanged": {bent(func(d *embedded.DerivedValue) { slices.Reverse(d.Signatures) }), proof.CodeStatementSignature},
		"more signatures than checked": {bent(func(d *embedded.DerivedValue) {
			d.Signatures = slices.Repeat(d.Signatures[:1], embedded.MaxStatements+1)
		}), proof.CodeDisclosureTooMany},
		"a mandatory statement":      {other(`"2025-03-01T09:00:00Z"`, `"2024-03-01T09:00:00Z"`), proof.CodeSignature},
		"a mandatory statement gone": {other(`"validFrom": "2025-03-01T09:00:00Z",`, ``), ""},
		"a statement":                {other(`Foundation course`, `Degree`), proof.CodeStatementSignature},
		"a statement more":           {other(`"name": "Foundation course",`, `"name": "Foundation course", "fieldOfStudy": "walls",`), proof.CodeDisclosureCount},
		"a statement gone":           {other(`"name": "Foundation course",`, ``), proof.CodeDisclosureCount},
		"a node more":                {other(`"name": "Foundation course",`, `"name": "Foundation course", "evidence": [{}],`), ""},
		"the proof's own date":       {other(`"created": "2025-12-01T`, `"created": "2025-11-01T`), proof.CodeSignature},
		"an earlier proof":           {other(`"cryptosuite"`, `"previousProof": "urn:x:1", "cryptosuite"`), proof.CodeProofChain},
	} {
		t.Run(name, func(t *testing.T) {
			err := proofsOf(t, v, c.document)
			require.Error(t, err)
			if c.code != "" {
				require.ErrorIs(t, err, &vc.Problem{Code: c.code})
			}
		})
	}
}

// The label map is a bijection: what no writer of ours makes is refused too.
func TestLabelMaps(t *testing.T) {
	derived, err := os.ReadFile("testdata/peers/ecdsa-sd-2023/derived.json")
	require.NoError(t, err)
	d, err := embedded.ParseDerivedValue(proofValue(t, derived))
	require.NoError(t, err)
	label := func(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }
	with := func(keys []uint64, labels ...[]byte) error {
		b := cbor.AppendArray([]byte{0xd9, 0x5d, 0x01}, 5)
		b = cbor.AppendArray(cbor.AppendBytes(cbor.AppendBytes(b, d.Signature), d.PublicKey), 0)
		b = cbor.AppendMap(b, len(keys))
		for i, k := range keys {
			b = cbor.AppendBytes(cbor.AppendUint(b, k), labels[i])
		}
		_, err := embedded.ParseDerivedValue(multibase.Encode(multibase.Base64URL, cbor.AppendArray(b, 0)))
		return err
	}
	require.NoError(t, with([]uint64{0, 1}, label(1), label(2)))
	require.NoError(t, with([]uint64{1, 0}, label(1), label(2)), "in any order, as libraries write it")
	require.ErrorContains(t, with([]uint64{0, 2}, label(1), label(2)), "each number from 0 up once")
	require.ErrorContains(t, with([]uint64{0, 0}, label(1), label(2)), "each number from 0 up once")
	require.ErrorContains(t, with([]uint64{0, 1}, label(1), label(1)), "one label twice")
	require.ErrorContains(t, with([]uint64{1 << 63}, label(1)), "each number from 0 up once")
}

// A proof value of text that is out of all proportion is not decoded.
func TestDisclosuresAreBounded(t *testing.T) {
	_, err := embedded.ParseDerivedValue("u" + strings.Repeat("A", 5<<20))
	require.ErrorContains(t, err, "at most")
}

// A check that is given up says so by the error of the context.
func TestDisclosureCancelled(t *testing.T) {
	derived, err := os.ReadFile("testdata/peers/ecdsa-sd-2023/derived.json")
	require.NoError(t, err)
	doc, err := vc.Parse(derived)
	require.NoError(t, err)
	v := embedded.NewVerifier(embedded.Config{})
	p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = v.Open(doc, embedded.OpenOptions{}).Verify(ctx, p, keyOf(t, p))
	require.ErrorIs(t, err, context.Canceled)
}

// FuzzProofValue: what is read as a proof value is written again so that it reads the
// same, and derived values also to the same text where their label map is in order.
func FuzzProofValue(f *testing.F) {
	for _, name := range []string{"derived", "base"} {
		document, err := os.ReadFile("testdata/peers/ecdsa-sd-2023/" + name + ".json")
		require.NoError(f, err)
		f.Add(proofValue(f, document))
	}
	f.Add("u2V0BhUBAgIDgCgAA")
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := embedded.ParseDerivedValue(text); err == nil {
			again, err := embedded.ParseDerivedValue(d.Text())
			require.NoError(t, err)
			require.Equal(t, d, again)
			require.True(t, slices.IsSorted(d.Mandatory))
		}
		if b, err := embedded.ParseBaseValue(text); err == nil {
			require.Equal(t, text, b.Text())
		}
	})
}
