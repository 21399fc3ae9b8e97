package present_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
)

func look(t testing.TB, text []byte) *present.Seen {
	t.Helper()
	seen, err := present.Look(text)
	require.NoError(t, err)
	return seen
}

func kinds(links []present.Link) map[present.LinkKind]bool {
	all := map[present.LinkKind]bool{}
	for _, l := range links {
		all[l.Kind] = true
	}
	return all
}

// identifying are the members whose values are links, wherever they stand.
var identifying = []string{"id", "kid", "verificationMethod", "identityHash", "statusListIndex", "statusListCredential", "iss", "sub", "holder",
	"digest", "salt"}

// Two presentations of one credential have in common what the preview of either says, and
// nothing else that identifies: by what stands in the bytes of both.
func TestLinksAreWhatBothHave(t *testing.T) {
	all, r := copies(t), rand.New(rand.NewPCG(5, 6))
	p := presenter(t, school.Ed(t, 2), "")
	for i := range draws() {
		c := all[i%len(all)]
		sent := func(challenge string) (*present.Preview, []byte) {
			choice := drawn(r, c)
			choice.Anyway = true
			plan, err := p.Plan(t.Context(), present.Share{Items: []present.Item{{Credential: c.text, Choice: choice}}},
				present.Options{Challenge: challenge, Domain: challenge + ".example"})
			require.NoError(t, err, c.name)
			made, err := plan.Sign(t.Context())
			require.NoError(t, err, c.name)
			return plan.Preview(), made.Bytes()
		}
		before, first := sent("one")
		_, second := sent("two")
		links := present.Linked(look(t, first), look(t, second))
		require.Equal(t, valuesOf(links), valuesOf(present.Linked(before.Seen, look(t, second))), "%s: the preview and the bytes", c.name)
		var common []string
		other := map[string]bool{}
		for _, line := range flat(t, second) {
			other[value(line)] = true
		}
		for _, line := range flat(t, first) {
			at, _, _ := strings.Cut(line, " = ")
			name := at[strings.LastIndexAny(at, "/ ")+1:]
			context := strings.Contains(at, "@context") || strings.HasSuffix(at, "/proof/id")
			envelope := strings.HasPrefix(value(line), "data:application/")
			if other[value(line)] && !context && !envelope && slices.Contains(identifying, name) {
				common = append(common, value(line))
			}
		}
		require.Subset(t, valuesOf(links), common, c.name)
		for _, l := range links {
			inProof := l.Kind == present.LinkSignature || l.Kind == present.LinkIssuerKey || l.Kind == present.LinkLabel
			require.True(t, inProof || other[l.Value], "%s: %v", c.name, l)
		}
	}
}

func value(line string) string {
	_, v, _ := strings.Cut(line, " = ")
	return v
}

func valuesOf(links []present.Link) (all []string) {
	for _, l := range links {
		all = append(all, l.Value)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// The kinds of link of each mechanism, with a status and a hashed address.
func TestKindsOfLinks(t *testing.T) {
	by, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	draft := transcript(t, by, holder.ID, func(a *ob.Award) {
		a.Recipient.Identifiers = []ob.IdentityObject{ob.HashedIdentity(ob.IdentifierEmailAddress, "ada@example.com", "s-1")}
		a.Status = &vc.CredentialStatus{ID: "https://harbour.example/lists/1#7", Type: vc.One("BitstringStatusListEntry"),
			StatusPurpose: "revocation", StatusListIndex: "7", StatusListCredential: "https://harbour.example/lists/1"}
	})
	always := []present.LinkKind{present.LinkHolder, present.LinkHolderKey, present.LinkSubject, present.LinkIdentity,
		present.LinkCredential,
		present.LinkStatus, present.LinkSignature, present.LinkIssuer, present.LinkIssuerKey, present.LinkIdentifier}
	p := presenter(t, holder, "")
	for name, c := range map[string]struct {
		text []byte
		more []present.LinkKind
	}{
		"whole":       {issued(t, by, draft, nil), nil},
		"a token":     {issued(t, by, draft, func(c *issue.Config) { c.Form = issue.VCJWT }), nil},
		"statements":  {issued(t, by, draft, bySD), []present.LinkKind{present.LinkLabel}},
		"disclosures": {issued(t, by, draft, byDisclosures(subject+"/narrative")), []present.LinkKind{present.LinkDigest, present.LinkSalt}},
	} {
		items := present.Share{Items: []present.Item{{Credential: c.text}}}
		links := present.Linked(look(t, of(t, p, items).Bytes()), look(t, of(t, p, items).Bytes()))
		want := map[present.LinkKind]bool{}
		for _, k := range append(c.more, always...) {
			want[k] = true
		}
		require.Equal(t, want, kinds(links), name)
	}
	holderKey := school.Issuer(t, obtest.P256, 7)
	i, err := issue.New(t.Context(), issue.Config{Signer: by.Signer, VerificationMethod: by.VerificationMethod,
		Form: issue.VCSDJWT, Now: testkit.Clock})
	require.NoError(t, err)
	bound, err := i.IssueTo(t.Context(), draft, holderKey.Signer.Public())
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(look(t, bound.Bytes()).Links(), func(l present.Link) bool {
		return l.Kind == present.LinkHolderKey && strings.HasPrefix(l.Pointer, "/cnf/jwk")
	}), "the key that it was given to")
}

// A record of the holder's own is made anew each time, and its entries are not.
func TestOwnRecordsAreLinkedByTheirEntries(t *testing.T) {
	by, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	share := present.Share{Items: []present.Item{{Credential: issued(t, by, transcript(t, by, holder.ID, nil), bySD)}},
		Record: &present.OwnRecord{Name: vc.Plain("Mine")}}
	p := presenter(t, holder, "")
	plan, err := p.Plan(t.Context(), share, asked)
	require.NoError(t, err)
	links := plan.Preview().Seen.Links()
	again := look(t, of(t, p, share).Bytes())
	require.Equal(t, valuesOf(links), valuesOf(present.Linked(plan.Preview().Seen, again)), "all that the preview says, and it is so")
}
