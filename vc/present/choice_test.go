package present_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// members are the members of objects with a type, as Class.member, in JSON that was decoded.
func members(v any, all map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			for _, class := range typesOf(v["type"]) {
				all[class+"."+name] = true
			}
			members(inner, all)
		}
	case []any:
		for _, item := range v {
			members(item, all)
		}
	}
}

func typesOf(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, one := range v {
			all = append(all, typesOf(one)...)
		}
	}
	return all
}

// What is to be hidden is not there when a receiver reads what was verified, or nothing was
// signed at all; and what is not to be hidden is there.
func TestWishesAreKept(t *testing.T) {
	all, r := copies(t), rand.New(rand.NewPCG(3, 4))
	holder := school.Ed(t, 2)
	p := presenter(t, holder, "")
	kept, refused := 0, 0
	for i := range draws() {
		c := all[i%len(all)]
		choice := drawn(r, c)
		about := fmt.Sprintf("%s %+v", c.name, choice)
		plan, err := p.Plan(t.Context(), present.Share{Items: []present.Item{{Credential: c.text, Choice: choice}}}, asked)
		require.NoError(t, err, about)
		made, err := plan.Sign(t.Context())
		if unmet := plan.Preview().Unmet(); len(unmet) > 0 {
			require.ErrorIs(t, err, &vc.Problem{Code: unmet[0].Code}, about)
			require.Contains(t, []vc.Code{present.CodeShownWhole, present.CodeShownAlways}, unmet[0].Code)
			refused++
			continue
		}
		require.NoError(t, err, about)
		v, err := verify.VerifyPresentation(t.Context(), made.Bytes(), verify.Expect{Challenge: "c-1", Domain: []string{"jobs.example"}},
			verify.Config{Now: testkit.Clock, Kinds: []string{verify.AnyKind}})
		require.NoError(t, err, about)
		for n := range v.Credentials() {
			there := map[string]bool{}
			members(decode(t, string(n.Credential())), there)
			for _, part := range choice.Hide {
				for _, m := range part.Members() {
					require.False(t, there[m], "%s: %s", about, m)
				}
			}
			kept++
		}
	}
	require.Greater(t, kept, 5)
	require.Greater(t, refused, 5)
}

// transcript is a badge of a course with all that people ask to hide.
func transcript(t testing.TB, school *obtest.Issuer, learner string, change func(*ob.Award)) *ob.AchievementCredential {
	course := ob.NewAchievement("Statics", "Forces at rest.", "Pass the exam.")
	course.CreditsAvailable = "6"
	course.ResultDescription.Add(ob.ResultDescription{ID: "urn:uuid:7c0f5f1e-3a35-4a5e-9a50-6f0c8c3f7d12", Name: vc.Plain("Grade"),
		ResultType: ob.ResultTypeLetterGrade, AllowedValue: vc.Many("D", "C", "B", "A")})
	award := ob.Award{Issuer: ob.Profile{ID: vc.IRI(school.ID), Name: vc.Plain("Harbour School")},
		Recipient: ob.Recipient{ID: vc.IRI(learner)}, Achievement: course, CreditsEarned: "6", Term: vc.Plain("spring"),
		Narrative: vc.Plain("After a long illness."), Now: testkit.Clock,
		Results:  []ob.Result{{ResultDescription: course.ResultDescription.Items[0].ID, Value: "D"}},
		Evidence: []ob.Evidence{{Name: vc.Plain("Exam paper")}}}
	if change != nil {
		change(&award)
	}
	return ob.NewAchievementCredential(award)
}

func issued(t testing.TB, by *obtest.Issuer, credential any, change func(*issue.Config)) []byte {
	t.Helper()
	c := issue.Config{Signer: by.Signer, VerificationMethod: by.VerificationMethod, Now: testkit.Clock}
	if change != nil {
		change(&c)
	}
	made, err := issue.Issue(t.Context(), credential, c)
	require.NoError(t, err)
	return made.Bytes()
}

func bySD(c *issue.Config) { c.Form = dataintegrity.EcdsaSd2023 }

func byDisclosures(pointers ...string) func(*issue.Config) {
	return func(c *issue.Config) { c.Form, c.Disclosable = issue.VCSDJWT, pointers }
}

const subject = "/credentialSubject"

// Hide the grades and keep the credits, whatever the mechanism.
func TestHideGradesKeepCredits(t *testing.T) {
	by, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	draft := transcript(t, by, holder.ID, nil)
	for name, text := range map[string][]byte{
		"statements":           issued(t, by, draft, bySD),
		"a disclosure each":    issued(t, by, draft, byDisclosures(subject+"/result/0/value", subject+"/creditsEarned")),
		"one for the results":  issued(t, by, draft, byDisclosures(subject+"/result")),
		"one in another":       issued(t, by, draft, byDisclosures(subject+"/result", subject+"/result/0", subject+"/result/0/value")),
		"one around the value": issued(t, by, draft, byDisclosures(subject+"/result/0", subject+"/narrative")),
	} {
		e, err := present.Cut(t.Context(), text, present.Choice{Hide: []present.Part{present.PartGrades}}, nil)
		require.NoError(t, err, name)
		sent, err := e.Bytes()
		require.NoError(t, err, name)
		v, err := verify.Verify(t.Context(), sent, verify.Config{Now: testkit.Clock})
		require.NoError(t, err, name)
		var badge ob.AchievementCredential
		require.NoError(t, v.Decode(&badge), name)
		require.Equal(t, vc.Number("6"), badge.CredentialSubject.CreditsEarned, name)
		require.Equal(t, "After a long illness.", badge.CredentialSubject.Narrative.String(), name)
		for _, result := range badge.CredentialSubject.Result.Items {
			require.Empty(t, result.Value, name)
		}
		require.Contains(t, fmt.Sprint(e.Hidden()), "result value D", name)
	}
}

// What cannot be hidden is told before anything is signed, and is shown only on demand.
func TestUnmet(t *testing.T) {
	by, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	draft := transcript(t, by, holder.ID, nil)
	endorsement := issued(t, school.Ed(t, 3), ob.NewEndorsementCredential(ob.Endorsed{Issuer: ob.Profile{ID: vc.IRI(school.Ed(t, 3).ID)},
		Subject: draft.CredentialSubject.Achievement.ID, Comment: vc.Plain("Well taught."), Now: testkit.Clock}),
		func(c *issue.Config) { c.Form = issue.VCJWT })
	endorsed := transcript(t, by, holder.ID, func(a *ob.Award) { a.Achievement.EndorsementJWT = vc.Many(string(endorsement)) })
	mandatory := func(c *issue.Config) {
		bySD(c)
		c.MandatoryPointers = []string{subject + "/result/0/value"}
	}
	record := by.Record(1, holder.ID, issued(t, by, draft, nil), issued(t, by, transcript(t, by, holder.ID, nil), nil))
	for name, c := range map[string]struct {
		text    []byte
		choice  present.Choice
		code    vc.Code
		pointer string
	}{
		"a whole": {issued(t, by, draft, nil), present.Choice{Hide: []present.Part{present.PartGrades}}, present.CodeShownWhole, subject + "/result/0/value"},
		"a whole, of which only some": {issued(t, by, draft, nil), present.Choice{Only: []present.Part{present.PartCredits}},
			present.CodeShownWhole, ""},
		"made mandatory": {issued(t, by, draft, mandatory), present.Choice{Hide: []present.Part{present.PartResults}},
			present.CodeShownAlways, subject + "/result"},
		"needed": {issued(t, by, draft, bySD), present.Choice{Hide: []present.Part{present.PartDescription}}, present.CodeShownAlways,
			subject + "/achievement/description"},
		"not disclosable": {issued(t, by, draft, byDisclosures(subject+"/narrative")), present.Choice{Hide: []present.Part{present.PartResults}},
			present.CodeShownAlways, subject + "/result"},
		"in an entry with a proof": {issued(t, by, record, bySD), present.Choice{Hide: []present.Part{present.PartEvidence}, Entries: []int{1}},
			present.CodeShownWhole, subject + "/verifiableCredential/1"},
		"an entry of a whole record": {issued(t, by, record, nil), present.Choice{Entries: []int{0}}, present.CodeShownWhole,
			subject + "/verifiableCredential/1"},
		"in a token": {issued(t, by, endorsed, bySD), present.Choice{Hide: []present.Part{"EndorsementSubject.endorsementComment"}},
			present.CodeShownWhole, subject + "/achievement/endorsementJwt/0"},
	} {
		item := present.Item{Credential: c.text, Choice: c.choice}
		p := presenter(t, holder, "")
		plan, err := p.Plan(t.Context(), present.Share{Items: []present.Item{item}}, asked)
		require.NoError(t, err, name)
		unmet := plan.Preview().Unmet()
		require.NotEmpty(t, unmet, name)
		at := slices.IndexFunc(unmet, func(p *vc.Problem) bool { return p.Pointer == c.pointer })
		require.GreaterOrEqual(t, at, 0, "%s: %v", name, unmet)
		require.Equal(t, c.code, unmet[at].Code, name)
		_, err = plan.Sign(t.Context())
		require.ErrorIs(t, err, &vc.Problem{Code: c.code}, name)
		item.Choice.Anyway = true
		plan, err = p.Plan(t.Context(), present.Share{Items: []present.Item{item}}, asked)
		require.NoError(t, err, name)
		_, err = plan.Sign(t.Context())
		require.NoError(t, err, name)
	}
}

// Of everything that is seen it is told why.
func TestReasons(t *testing.T) {
	by, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	draft := transcript(t, by, holder.ID, nil)
	for name, c := range map[string]struct {
		text []byte
		want map[string]present.Reason
	}{
		"statements": {issued(t, by, draft, bySD), map[string]present.Reason{
			subject + "/narrative": present.ReasonChosen, subject + "/achievement/name": present.ReasonMandatory, "/issuer/name": present.ReasonMandatory,
			"/validFrom": present.ReasonMandatory, "/id": present.ReasonStructure, subject + "/result/0/type/0": present.ReasonStructure,
			"/@context/0": present.ReasonStructure, "/proof/proofValue": present.ReasonProof}},
		"disclosures": {issued(t, by, draft, byDisclosures(subject+"/narrative")), map[string]present.Reason{
			subject + "/narrative": present.ReasonChosen, subject + "/term": present.ReasonInClear, "/validFrom": present.ReasonInClear,
			"/iss": present.ReasonProof, "/kid": present.ReasonProof}},
		"whole": {issued(t, by, draft, nil), map[string]present.Reason{
			subject + "/narrative": present.ReasonWhole, "/validFrom": present.ReasonWhole, "/proof/created": present.ReasonProof}},
	} {
		plan, err := presenter(t, holder, "").Plan(t.Context(), present.Share{Items: []present.Item{{Credential: c.text}}}, asked)
		require.NoError(t, err, name)
		seen := plan.Preview().Seen
		for _, l := range seen.Learned {
			require.Equal(t, present.ReasonFrame, l.Reason, "%s %v", name, l)
		}
		for pointer, reason := range c.want {
			at := slices.IndexFunc(seen.Within[0].Learned, func(l present.Learned) bool { return l.Pointer == pointer })
			require.GreaterOrEqual(t, at, 0, "%s %s", name, pointer)
			require.Equal(t, reason, seen.Within[0].Learned[at].Reason, "%s %s", name, pointer)
		}
	}
}

// The named parts are members of the model, and a name that is none is an error and not a
// part that nothing has.
func TestParts(t *testing.T) {
	seen := map[string]present.Part{}
	for _, p := range present.Parts() {
		for _, m := range p.Members() {
			require.Equal(t, []string{m}, present.Part(m).Members(), "%s of %s", m, p)
			require.Empty(t, seen[m], "%s stands in two parts", m)
			seen[m] = p
		}
		require.Equal(t, p == present.PartExtensions, len(p.Members()) == 0, p)
	}
	by := school.Issuer(t, obtest.P256, 1)
	badge := issued(t, by, transcript(t, by, "did:example:ada", nil), bySD)
	for _, p := range []present.Part{"", "Grades", "Result", "Result.", "Result.id", "Result.grade", "Proof.proofValue", "/credentialSubject"} {
		_, err := present.Cut(t.Context(), badge, present.Choice{Hide: []present.Part{p}}, nil)
		require.ErrorContains(t, err, "names no part of a credential", p)
		_, err = present.Cut(t.Context(), badge, present.Choice{Only: []present.Part{p}}, nil)
		require.ErrorContains(t, err, "names no part of a credential", p)
	}
	_, err := present.Cut(t.Context(), badge, present.Choice{Entries: []int{0}}, nil)
	require.ErrorContains(t, err, "is for records")
	record := issued(t, by, by.Record(1, "did:example:ada", badgeOf(t, by)), bySD)
	for _, at := range []int{-1, 1} {
		_, err = present.Cut(t.Context(), record, present.Choice{Entries: []int{at}}, nil)
		require.ErrorContains(t, err, "Choice.Entries has")
	}
}

func badgeOf(t testing.TB, by *obtest.Issuer) []byte {
	return issued(t, by, transcript(t, by, "did:example:ada", nil), nil)
}

// Extensions are what the model does not have.
func TestExtensions(t *testing.T) {
	at := slices.IndexFunc(copies(t), func(c copyOf) bool { return c.name == "badge with an extension by statements" })
	c := copies(t)[at]
	e, err := present.Cut(t.Context(), c.text, present.Choice{Hide: []present.Part{present.PartExtensions}}, nil)
	require.NoError(t, err)
	require.NotEmpty(t, e.Hidden())
	for _, l := range e.Hidden() {
		require.False(t, strings.HasPrefix(l.Member, "Achievement"), l)
	}
	for _, l := range e.Seen().Learned {
		require.True(t, l.Member != "" || strings.Contains(l.Pointer, "@context") || strings.HasPrefix(l.Pointer, "/proof"), l)
	}
}
