package present_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

var verifier = verify.Config{Now: testkit.Clock}

// refusedBy is a presentation that is refused, with a code among the findings of it or of what
// is in it.
func refusedBy(t *testing.T, sent []byte, e verify.Expect, code vc.Code, about string) {
	t.Helper()
	r, err := verify.InspectPresentation(t.Context(), sent, e, verifier)
	require.NoError(t, err, about)
	require.Equal(t, verify.VerdictNotVerified, r.Verdict, about)
	codes := r.Codes()
	for _, n := range r.Nested {
		codes = append(codes, n.Report.Codes()...)
		for _, inner := range n.Report.Nested {
			codes = append(codes, inner.Report.Codes()...)
		}
	}
	require.Contains(t, codes, code, about)
}

// What was shared with one is not shared with another, and not by another.
func TestSharedWithSomebodyElse(t *testing.T) {
	by, ada, eve := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2), school.Ed(t, 4)
	draft := transcript(t, by, ada.ID, nil)
	for name, text := range map[string][]byte{
		"statements": issued(t, by, draft, bySD), "disclosures": issued(t, by, draft, byDisclosures(subject+"/result", subject+"/narrative")),
	} {
		share := present.Share{Items: []present.Item{{Credential: text, Choice: present.Choice{Hide: []present.Part{present.PartGrades}}}}}
		for _, form := range []present.Form{"", present.VPJOSE} {
			made := of(t, presenter(t, ada, form), share)
			_, err := verify.VerifyPresentation(t.Context(), made.Bytes(), expected, verifier)
			require.NoError(t, err, name)
			again, elsewhere := expected, expected
			again.Challenge, elsewhere.Domain = "c-2", []string{"shop.example"}
			refusedBy(t, made.Bytes(), again, verify.CodeChallengeOther, name+", once more")
			refusedBy(t, made.Bytes(), elsewhere, verify.CodeDomainOther, name+", at another verifier")

			theirs := of(t, presenter(t, eve, form), present.Share{Items: []present.Item{{Credential: made.Credentials()[0]}}})
			refusedBy(t, theirs.Bytes(), expected, verify.CodePresentedByOther, name+", by somebody who got it")
			theirs = of(t, presenter(t, eve, form), present.Share{Items: []present.Item{{Credential: made.Credentials()[0]}},
				Record: &present.OwnRecord{Name: vc.Plain("Mine")}})
			refusedBy(t, theirs.Bytes(), expected, verify.CodePresentedByOther, name+", in a record of her own")
		}
		made := of(t, presenter(t, ada, ""), share).Bytes()
		refusedBy(t, bytes.ReplaceAll(made, []byte(`"holder":"`+ada.ID), []byte(`"holder":"`+eve.ID)), expected, verify.CodeHolderMismatch, name)
	}
}

// Of two presentations no third can be put together.
func TestMixedPresentations(t *testing.T) {
	by, ada := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	base := issued(t, by, transcript(t, by, ada.ID, nil), bySD)
	p := presenter(t, ada, "")
	only := func(part present.Part) *present.Presentation {
		return of(t, p, present.Share{Items: []present.Item{{Credential: base, Choice: present.Choice{Only: []present.Part{part}}}}})
	}
	credits, grades := only(present.PartCredits), only(present.PartResults)
	mixed := bytes.Replace(credits.Bytes(), credits.Credentials()[0], grades.Credentials()[0], 1)
	require.NotEqual(t, credits.Bytes(), mixed)
	refusedBy(t, mixed, expected, proof.CodeSignature, "another part of the same credential")
	refusedBy(t, bytes.Replace(credits.Bytes(), credits.Credentials()[0], base, 1), expected, proof.CodeProofIsBase, "the holder's own copy")
	_, err := p.Sign(t.Context(), [][]byte{base}, asked)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeProofIsBase}, "which nobody signs by mistake")
}

// A statement with its signature cannot be brought from one credential into another of the
// same learner, though it reads the same in both.
func TestStatementOfAnotherCredential(t *testing.T) {
	by, ada := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	part := func(narrative string) (map[string]any, *embedded.DerivedValue) {
		base := issued(t, by, transcript(t, by, ada.ID, func(a *ob.Award) { a.Narrative = vc.Plain(narrative) }), bySD)
		e, err := present.Cut(t.Context(), base, present.Choice{Only: []present.Part{present.PartNarrative}}, nil)
		require.NoError(t, err)
		sent, err := e.Bytes()
		require.NoError(t, err)
		read := decode(t, string(sent)).(map[string]any)
		v, err := embedded.ParseDerivedValue(read["proof"].(map[string]any)["proofValue"].(string))
		require.NoError(t, err)
		return read, v
	}
	poor, value := part("Barely passed.")
	_, other := part("Top of the class.")
	verdict := func() *verify.Report {
		poor["proof"].(map[string]any)["proofValue"] = value.Text()
		text, err := json.Marshal(poor)
		require.NoError(t, err)
		r, err := verify.Inspect(t.Context(), text, verifier)
		require.NoError(t, err)
		return r
	}
	require.Equal(t, verify.VerdictVerified, verdict().Verdict)
	poor["credentialSubject"].(map[string]any)["narrative"] = "Top of the class."
	require.Contains(t, verdict().Codes(), proof.CodeStatementSignature)
	for i := range value.Signatures {
		for _, signature := range other.Signatures {
			was := value.Signatures[i]
			value.Signatures[i] = signature
			require.Contains(t, verdict().Codes(), proof.CodeStatementSignature)
			value.Signatures[i] = was
		}
	}
	value.PublicKey = other.PublicKey
	require.Contains(t, verdict().Codes(), proof.CodeSignature, "the issuer signed the key of the statements")
}

// That a credential was revoked or has ended cannot be hidden: not by a choice, and not with
// scissors.
func TestStatusAndValidityCannotBeHidden(t *testing.T) {
	by, ada := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	draft := transcript(t, by, ada.ID, func(a *ob.Award) {
		a.ValidUntil = testkit.Now.AddDate(1, 0, 0)
		a.Status = &vc.CredentialStatus{Type: vc.One("BitstringStatusListEntry"), StatusPurpose: "revocation", StatusListIndex: "7",
			StatusListCredential: "https://harbour.example/lists/1"}
	})
	for name, text := range map[string][]byte{"statements": issued(t, by, draft, bySD), "disclosures": issued(t, by, draft, byDisclosures(subject+"/narrative"))} {
		for _, part := range []present.Part{"AchievementCredential.credentialStatus", "AchievementCredential.validUntil", "AchievementCredential.issuer"} {
			e, err := present.Cut(t.Context(), text, present.Choice{Hide: []present.Part{part}}, nil)
			require.NoError(t, err, name)
			_, err = e.Bytes()
			require.ErrorIs(t, err, &vc.Problem{Code: present.CodeShownAlways}, "%s %s", name, part)
		}
		only, err := present.Cut(t.Context(), text, present.Choice{Only: []present.Part{present.PartCredits}}, nil)
		require.NoError(t, err)
		sent, err := only.Bytes()
		require.NoError(t, err)
		for _, member := range []string{"credentialStatus", "validUntil"} {
			require.True(t, holds(t, sent, member), "%s: it is always shown", name)
			r, err := verify.Inspect(t.Context(), without(t, sent, member), verifier)
			require.NoError(t, err)
			require.Equal(t, verify.VerdictNotVerified, r.Verdict, "%s without %s", name, member)
			require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckProof), "%s without %s", name, member)
		}
	}
	for _, pointer := range []string{"/credentialStatus", "/validUntil", "/credentialStatus/statusListIndex"} {
		c := issue.Config{Signer: by.Signer, VerificationMethod: by.VerificationMethod, Now: testkit.Clock}
		byDisclosures(pointer)(&c)
		_, err := issue.Issue(t.Context(), draft, c)
		require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDisclosurePath}, pointer)
	}
}

// without takes a member out of what the issuer signed.
func without(t *testing.T, sent []byte, member string) []byte {
	cut := func(text []byte) []byte {
		read := decode(t, string(text)).(map[string]any)
		delete(read, member)
		out, err := json.Marshal(read)
		require.NoError(t, err)
		return out
	}
	if sent[0] == '{' {
		return cut(sent)
	}
	parts := strings.Split(string(sent), ".")
	parts[1] = base64.RawURLEncoding.EncodeToString(cut([]byte(unbase64(t, parts[1]))))
	return []byte(strings.Join(parts, "."))
}

// Text that nobody signed gains nothing: not beside what is shown, not in place of what is
// hidden, and a decoy is a digest that stands for nothing.
func TestDecoys(t *testing.T) {
	by, ada := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	draft := transcript(t, by, ada.ID, nil)
	e, err := present.Cut(t.Context(), issued(t, by, draft, bySD), present.Choice{Hide: []present.Part{present.PartNarrative}}, nil)
	require.NoError(t, err)
	sent, err := e.Bytes()
	require.NoError(t, err)
	for text, code := range map[string]vc.Code{
		`"narrative":"Top of the class.","credits`: proof.CodeDisclosureCount,
		`"renown":"Top of the class.","credits`:    proof.CodeDataLoss,
	} {
		changed := bytes.Replace(sent, []byte(`"credits`), []byte(text), 1)
		require.NotEqual(t, sent, changed)
		r, err := verify.Inspect(t.Context(), changed, verifier)
		require.NoError(t, err)
		require.Contains(t, r.Codes(), code)
	}
	some := issued(t, by, draft, func(c *issue.Config) { byDisclosures(subject + "/narrative")(c); c.Decoys = 3 })
	for _, choice := range []present.Choice{{}, {Hide: []present.Part{present.PartNarrative}}} {
		e, err := present.Cut(t.Context(), some, choice, nil)
		require.NoError(t, err)
		digests := 0
		for _, l := range e.Seen().Learned {
			if l.Place == present.PlaceDigest {
				digests++
			}
		}
		require.Equal(t, 4, digests, "as many whether it is hidden or not")
	}
	sent, err = e.Bytes()
	require.NoError(t, err)
	require.False(t, holds(t, sent, "long illness"))
}
