package dataintegrity_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Every published sample that can be signed over its statements at all can be signed for
// disclosure, derived from, and is judged as the whole is.
func TestSamplesDisclosed(t *testing.T) {
	folders, err := os.ReadDir(testkit.Shared(t, "ob/samples/valid"))
	require.NoError(t, err)
	signed := 0
	for _, f := range folders {
		for _, file := range testkit.Samples(t, "valid/"+f.Name()) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			if whole := asOurs(text, holder(t), dataintegrity.EcdsaRdfc2019); whole != nil {
				signed++
				disclosedSample(t, filepath.Base(file), text, whole)
			}
		}
	}
	require.Greater(t, signed, 60)
}

// asOurs is a sample with a proof of ours, nil where there can be none.
func asOurs(text []byte, k *obtest.Issuer, suite string) []byte {
	root, err := rewrite.Parse(text)
	if err != nil || root.Get("issuer") == nil {
		return nil
	}
	root = root.Without("proof")
	if id := root.Get("issuer").Get("id"); id != nil {
		id.Text = k.ID
	} else {
		root.Get("issuer").Text = k.ID
	}
	signed, err := dataintegrity.Sign(context.Background(), root.Bytes(), dataintegrity.SignOptions{
		Signer: k.Signer, VerificationMethod: k.VerificationMethod, Created: testkit.Now, Suite: suite})
	if err != nil {
		return nil
	}
	return signed
}

func disclosedSample(t *testing.T, name string, text, whole []byte) {
	base := asOurs(text, holder(t), dataintegrity.EcdsaSd2023)
	require.NotNil(t, base, name)
	want := inspect(t, whole)
	all := inspect(t, derive(t, base, ""))
	proven := []verify.CheckName{verify.CheckContexts, verify.CheckProof, verify.CheckBinding, verify.CheckTime}
	for _, check := range append(proven, verify.CheckReading) {
		require.Equal(t, want.Outcome(check), all.Outcome(check), "%s: %s: %v", name, check, all.Problems())
	}
	least := inspect(t, derive(t, base))
	for _, check := range proven {
		require.Equal(t, want.Outcome(check), least.Outcome(check), "%s: %s: %v", name, check, least.Problems())
	}
	if want.Outcome(verify.CheckRules) == verify.OutcomePassed {
		require.Equal(t, verify.OutcomePassed, all.Outcome(verify.CheckRules), "%s: %v", name, all.Problems())
		require.Equal(t, verify.OutcomePassed, least.Outcome(verify.CheckRules), "%s: %v", name, least.Problems())
	}
	if want.Outcome(verify.CheckReading) == verify.OutcomePassed {
		require.Equal(t, verify.OutcomePassed, least.Outcome(verify.CheckReading), "%s: %v", name, least.Problems())
	}
}

// Badges that the published algorithm cannot sign are signed, shown in part and verified.
func TestBeyondThePublishedAlgorithm(t *testing.T) {
	for _, name := range []string{"sd-allowedValue", "sd-geo"} {
		text := testkit.ReadShared(t, "vc/sd-own/"+name+".json")
		base := asOurs(text, holder(t), dataintegrity.EcdsaSd2023)
		require.NotNil(t, base, name)
		requireGood(t, derive(t, base), name)
		for _, pointer := range leaves(t, base) {
			part, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: []string{pointer}})
			if err == nil {
				requireGood(t, part, name+pointer)
				continue
			}
			require.ErrorIs(t, err, &vc.Problem{Code: proof.CodePointerInside}, pointer)
		}
	}
}

// Of the most complete sample that there is, each member that no verifier needs is hidden alone:
// what is left verifies and does not hold the member's text. A sample of them is drawn unless
// LAUREL_LONG is set.
func TestCompleteSampleEachHidden(t *testing.T) {
	text := testkit.ReadShared(t, "ob/samples/valid/ob3-official/complete.json")
	base := asOurs(text, holder(t), dataintegrity.EcdsaSd2023)
	require.NotNil(t, base)
	root, err := rewrite.Parse(base)
	require.NoError(t, err)
	bare := root.Without("proof")
	mandatory, _, err := dataintegrity.MandatoryPointers(t.Context(), base, dataintegrity.SignOptions{})
	require.NoError(t, err)
	// It has several endorsements of one thing without proofs, which verifiers take where they
	// are told to.
	v, err := verify.New(verify.Config{Now: testkit.Clock, Nested: verify.NestedConfig{Interchangeable: true}})
	require.NoError(t, err)
	whole, hidden := string(bare.Bytes()), 0
	for i, pointer := range leaves(t, base) {
		if i%9 > 0 && os.Getenv("LAUREL_LONG") == "" || needed(pointer, mandatory) {
			continue
		}
		part, err := dataintegrity.Derive(t.Context(), base, dataintegrity.DeriveOptions{Hide: []string{pointer}})
		if errors.Is(err, &vc.Problem{Code: proof.CodePointerInside}) {
			continue
		}
		require.NoError(t, err, pointer)
		hidden++
		left, err := rewrite.Parse(part)
		require.NoError(t, err)
		r, err := v.Inspect(t.Context(), part)
		require.NoError(t, err)
		for _, check := range []verify.CheckName{verify.CheckProof, verify.CheckBinding, verify.CheckRules, verify.CheckReading} {
			require.Equal(t, verify.OutcomePassed, r.Outcome(check), "without %s: %s: %v", pointer, check, r.Problems())
		}
		gone := at(bare, pointer)
		for _, text := range texts(gone) {
			if strings.Count(whole, text) == strings.Count(string(gone.Bytes()), text) {
				require.NotContains(t, string(left.Without("proof").Bytes()), text, "without %s", pointer)
			}
		}
	}
	require.Greater(t, hidden, 15)
}

// needed reports whether a pointer leads to what is always shown, or around it.
func needed(pointer string, mandatory []string) bool {
	return inEmbedded.MatchString(pointer) || slices.ContainsFunc(mandatory, func(m string) bool {
		return m == pointer || strings.HasPrefix(m, pointer+"/") || strings.HasPrefix(pointer, m+"/")
	})
}
