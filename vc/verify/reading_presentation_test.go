package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// shown is a presentation and what its verifier and readers make of it.
type shown struct {
	name  string
	text  []byte
	tree  *rewrite.Tree
	sieve *rewrite.Signed
	pack  *fetch.Pack
	seen  glance
}

// glance is what is said of a presentation: who presents, and which credentials, in any
// order, since nothing signs that.
type glance struct {
	verdict verify.Verdict
	notes   map[string]int
	holder  string
	held    []string
	forged  bool
}

var exchange = verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}

func glanced(t testing.TB, text []byte, pack *fetch.Pack) glance {
	t.Helper()
	c := verify.Config{Now: testkit.Clock, Fetcher: pack}
	r, err := verify.InspectPresentation(t.Context(), text, exchange, c)
	require.NoError(t, err)
	g := glance{verdict: r.Verdict, notes: notes(r, map[string]int{}), forged: forged(r)}
	v, err := verify.VerifyPresentation(t.Context(), text, exchange, c)
	if err != nil {
		return g
	}
	g.holder = v.Holder()
	for n := range v.Credentials() {
		read, err := rewrite.Read(n.Credential())
		require.NoError(t, err)
		g.held = append(g.held, fmt.Sprint(n.Proof, " ", n.Holding, " ", n.Report.Verdict, " ", n.Report.IssuerID, " ", read))
	}
	slices.Sort(g.held)
	g.held = slices.Compact(g.held) // what stands there twice counts once, and is noted
	return g
}

// presentations hold what the originals of the reading are, one to three of them, and a
// word of the holder's own.
func presentations(t testing.TB) (all []*shown) {
	t.Helper()
	originals := rewrite.Originals(t)
	key := school.Ed(t, 1)
	own := `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:00000000-0000-4000-8000-0000000000aa","type":["VerifiableCredential"],` +
		`"issuer":"` + key.ID + `","credentialSubject":{"id":"did:example:ada","name":"Ada"}}`
	for i, o := range originals {
		held := []string{string(o.Text)}
		if i%2 == 1 {
			held = append(held, own)
		}
		if i%3 == 2 && i > 2 {
			held = append(held, string(originals[2].Text))
		}
		text := `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:00000000-0000-4000-8000-0000000000bb","type":["VerifiablePresentation"],` +
			`"holder":{"id":"` + key.ID + `"},"verifiableCredential":[` + strings.Join(held, ",") + `]}`
		signed := school.Sign(t, key, []byte(text), func(so *dataintegrity.SignOptions) {
			so.Purpose, so.Challenge, so.Domain, so.SkipIssuerCheck = "authentication", "c1", "jobs.example", true
		})
		root, err := rewrite.Parse(signed)
		require.NoError(t, err)
		s := &shown{name: o.Name, text: signed, tree: rewrite.NewTree(root), pack: o.Pack}
		s.sieve, err = rewrite.Sieve().Signed(root)
		require.NoError(t, err)
		s.seen = glanced(t, signed, o.Pack)
		all = append(all, s)
	}
	return all
}

// Whatever is done to the JSON of a presentation without touching what is signed: it is
// refused, or it is read as before, by the same holder, or the report says what is off.
func TestReadingOfPresentations(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 3))
	kept, made := 0, 0
	for i, s := range presentations(t) {
		require.Equal(t, verify.VerdictVerified, s.seen.verdict, "%s: %v", s.name, s.seen.notes)
		for k, kind := range rewrite.Kinds() {
			if !long() && (i+k)%3 != 0 {
				continue
			}
			for _, e := range drawn(kind, s.tree, random, 1) {
				root := s.tree.Apply(e)
				made++
				survival := rewrite.Sieve().Compare(s.sieve, root)
				if survival == rewrite.Lost {
					continue
				}
				kept++
				is := glanced(t, root.Bytes(), s.pack)
				switch {
				case is.verdict != verify.VerdictVerified:
					require.False(t, kind.Order, "%s, %s: an order is refused: %v\n%s", s.name, kind.Name, is.notes, root.Bytes())
				case survival == rewrite.OuterOnly && !is.forged && !noted(s.seen.notes, is.notes):
					t.Fatalf("%s, %s: a proof within is bad, and nothing says so\n%s", s.name, kind.Name, root.Bytes())
				case is.holder == s.seen.holder && slices.Equal(is.held, s.seen.held), noted(s.seen.notes, is.notes):
				default:
					t.Fatalf("%s, %s: verified and read otherwise:\n%s\n%s", s.name, kind.Name,
						apart(strings.Join(s.seen.held, "\n"), strings.Join(is.held, "\n")), root.Bytes())
				}
			}
		}
	}
	t.Logf("%d rewritings, of which %d keep their signatures", made, kept)
	require.Greater(t, kept, 200)
}
