package present_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/present"
)

// copyOf is a credential as a holder has it.
type copyOf struct {
	name string
	text []byte
	cut  present.Mechanism
}

var everyCopy []copyOf

// copies are badges and records by every mechanism: those of the rewritings with base proofs,
// and of the same content SD-JWTs of which nearly all can be hidden, embedded proofs of the
// whole, and tokens.
func copies(t testing.TB) []copyOf {
	t.Helper()
	if everyCopy != nil {
		return everyCopy
	}
	var all []copyOf
	for i, o := range rewrite.BaseProofs(t) {
		all = append(all, copyOf{o.Name + " by statements", o.Text, present.MechanismStatements})
		root, err := rewrite.Parse(o.Text)
		require.NoError(t, err)
		bare, k := root.Without("proof").Without("cnf").Bytes(), school.Issuer(t, obtest.P256, 3)
		whole, err := k.Sign(bare, nil)
		require.NoError(t, err)
		if i%3 == 0 {
			all = append(all, copyOf{o.Name + " whole", whole, present.MechanismWhole})
		}
		if strings.Contains(o.Name, "1.1") {
			continue
		}
		disclosed, err := sdjwt.Sign(t.Context(), bare, sdjwt.SignOptions{Signer: k.Signer, KeyID: k.VerificationMethod, Decoys: i % 2,
			Disclosable: disclosable(t, bare)})
		require.NoError(t, err, o.Name)
		all = append(all, copyOf{o.Name + " by disclosures", disclosed, present.MechanismDisclosures})
		if i%4 == 0 {
			token, err := k.Token(bare, func(o *vcjwt.SignOptions) { o.Form = vcjwt.FormVCJOSE })
			require.NoError(t, err, o.Name)
			all = append(all, copyOf{o.Name + " as a token", token, present.MechanismWhole})
		}
	}
	everyCopy = all
	return all
}

// disclosable are pointers to the members of a badge or a record that its issuer lets be
// hidden: all that may be, two levels deep, and entries of records.
func disclosable(t testing.TB, text []byte) (all []string) {
	root, err := rewrite.Parse(text)
	require.NoError(t, err)
	fixed := []string{"@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialStatus", "credentialSchema", "credentialSubject", "cnf"}
	for _, m := range root.Members {
		if !slices.Contains(fixed, m.Name) {
			all = append(all, "/"+m.Name)
		}
	}
	subject := root.Get("credentialSubject")
	for _, m := range subject.Members {
		at := "/credentialSubject/" + m.Name
		switch {
		case slices.Contains([]string{"id", "type"}, m.Name) || strings.Contains(m.Name, ":"):
		case m.Name == "achievement" && m.Value.Get("criteria") != nil:
			for _, inner := range m.Value.Members {
				if inner.Name != "id" && inner.Name != "type" {
					all = append(all, at+"/"+inner.Name)
				}
			}
		case m.Name == "result":
			for i, r := range m.Value.Items {
				all = append(all, fmt.Sprintf("%s/%d", at, i))
				if r.Get("value") != nil {
					all = append(all, fmt.Sprintf("%s/%d/value", at, i))
				}
			}
		case m.Name == "verifiableCredential":
			for i := range m.Value.Items {
				all = append(all, fmt.Sprintf("%s/%d", at, i))
			}
		default:
			all = append(all, at)
		}
	}
	return all
}

// drawn is a choice at random of what a copy may be asked for.
func drawn(r *rand.Rand, c copyOf) present.Choice {
	pick := func(n int) (some []present.Part) {
		all := append(present.Parts(), "Result.value", "Achievement.tag", "AchievementCredential.name", "Achievement.creator", "Evidence.narrative")
		for range n {
			some = append(some, all[r.IntN(len(all))])
		}
		return some
	}
	choice := present.Choice{Hide: pick(r.IntN(4))}
	if r.IntN(3) == 0 {
		choice.Only = append(pick(2), present.PartCredits)
	}
	if strings.HasPrefix(c.name, "record") && r.IntN(2) == 0 {
		choice.Entries = []int{0}
	}
	return choice
}

func presenter(t testing.TB, holder *obtest.Issuer, f present.Form) *present.Presenter {
	p, err := present.New(t.Context(), present.Config{Signer: holder.Signer, VerificationMethod: holder.VerificationMethod, Form: f,
		Now: testkit.Clock})
	require.NoError(t, err)
	return p
}

var asked = present.Options{Challenge: "c-1", Domain: "jobs.example"}

// draws are how many choices are tried.
func draws() int {
	if os.Getenv("LAUREL_LONG") != "" {
		return 3000
	}
	if testing.Short() {
		return 40
	}
	return 120
}

// What a preview tells is what the bytes say: every value in them and nothing else, whatever
// was chosen of whatever by whatever mechanism, signed in whatever form. What is hidden is all
// the rest.
func TestPreviewIsWhatIsSent(t *testing.T) {
	all, r := copies(t), rand.New(rand.NewPCG(1, 2))
	presenters := []*present.Presenter{presenter(t, school.Ed(t, 2), ""), presenter(t, school.Ed(t, 2), present.VPJOSE),
		presenter(t, school.Issuer(t, obtest.P256, 2), ""), presenter(t, school.Ed(t, 2), dataintegrity.EddsaJcs2022),
		presenter(t, school.Ed(t, 2), dataintegrity.Ed25519Signature2020)}
	sent := 0
	for i := range draws() {
		c := all[i%len(all)]
		choice := drawn(r, c)
		choice.Anyway = true
		about := fmt.Sprintf("%s %+v", c.name, choice)
		share := present.Share{Items: []present.Item{{Credential: c.text, Choice: choice}}}
		if i%5 == 0 {
			share.Items = append(share.Items, present.Item{Credential: all[r.IntN(len(all))].text})
		}
		if i%4 == 0 {
			share.Record = &present.OwnRecord{Name: vc.Plain("Chosen by Ada"), Partial: true}
		}
		plan, err := presenters[r.IntN(len(presenters))].Plan(t.Context(), share, asked)
		if p := vc.ProblemOf(err); p != nil && (p.Code == proof.CodePointerInside || share.Record != nil) {
			continue // a list in part, and what no record of today can hold
		}
		require.NoError(t, err, about)
		complement(t, plan.Preview().Items[0], c, about)
		made, err := plan.Sign(t.Context())
		if share.Record != nil && err != nil {
			continue // what the rules of records, or RDF, have against it is for other tests
		}
		require.NoError(t, err, about)
		sent++
		seen, err := present.Look(made.Bytes())
		require.NoError(t, err, about)
		require.Equal(t, flat(t, made.Bytes()), told(seen), about)
		sameButLater(t, plan.Preview().Seen, seen, about)
	}
	require.Greater(t, sent, 30)
}

// sameButLater holds what was told before against what was sent.
func sameButLater(t *testing.T, before, after *present.Seen, about string) {
	t.Helper()
	type pair struct {
		at string
		l  present.Learned
	}
	list := func(s *present.Seen) (all []pair) {
		for d, l := range s.All() {
			l.Reason = ""
			all = append(all, pair{d.At, l})
		}
		return all
	}
	was, is := list(before), list(after)
	require.Len(t, is, len(was), about)
	for i := range was {
		if was[i].l.Later {
			require.Empty(t, was[i].l.Value, about)
			was[i].l.Value, was[i].l.Later = is[i].l.Value, false
		}
		require.Equal(t, was[i], is[i], about)
	}
	for _, l := range before.All() {
		require.NotEmpty(t, l.Reason, "%s: %v", about, l)
	}
}

// complement: what is hidden and what is shown are together what is held.
func complement(t *testing.T, e *present.Excerpt, c copyOf, about string) {
	t.Helper()
	values := func(s []present.Learned) (all []string) {
		for _, l := range s {
			if l.Place == present.PlaceDocument && !strings.HasPrefix(l.Pointer, "/proof") && l.Value != "[]" && l.Value != "{}" {
				all = append(all, l.Member+"="+l.Value)
			}
		}
		return all
	}
	held, err := present.Look(c.text)
	require.NoError(t, err)
	want := values(held.Learned)
	// A token that is hidden is told of as its text, one that is shown is taken apart.
	cut := func(all []string) (out []string) {
		for _, v := range all {
			if !strings.Contains(v, "ndorsementJwt=") {
				out = append(out, v)
			}
		}
		slices.Sort(out)
		return out
	}
	require.Equal(t, cut(want), cut(append(values(e.Hidden()), values(e.Seen().Learned)...)), about)
}
