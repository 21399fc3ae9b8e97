package show_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

func TestView(t *testing.T) {
	i := ed(t)
	v := view(t, issued(t, i, keel(i)), show.Options{Languages: []string{"de-AT"}})
	require.Equal(t, show.KindBadge, v.Kind)
	require.Equal(t, show.StateValid, v.State)
	require.Equal(t, show.Text{Value: "Kiel legen", Lang: "de"}, v.Name)
	require.Equal(t, "Ada Lot", v.Learner.Name)
	require.Equal(t, "Micro credential", v.Achievement.Type)
	require.Equal(t, drawing, v.Image.URL)
	require.Equal(t, "A keel from below", v.Image.Alt.Value)
	require.Equal(t, "https://school.example", v.Issuer.Link)
	require.Equal(t, "Quay 4, Harbour, NO", v.Issuer.Address)
	require.Equal(t, "<p>By the sea since <strong>1871</strong>.</p>\n", string(v.Issuer.Description.HTML))
	require.Equal(t, "30 May 2025", v.Issued().Format("2 January 2006"))

	require.Len(t, v.Results, 2)
	require.Equal(t, "Final grade", v.Results[0].Scale.Name.Value)
	require.Equal(t, "A", v.Results[0].Value)
	require.Equal(t, "C", v.Results[0].Scale.Required)
	require.Equal(t, "Masterly", v.Results[1].Level.Title())
	require.Equal(t, "Safe", v.Results[1].Scale.Required)
	require.Equal(t, "Hones edges", v.Results[1].Level.Skills[0].Name.Value)
	require.Empty(t, v.LinkedIn(), "the page has no address")
}

// Who may see the page decides whether it says how the learner is identified.
func TestIdentifiers(t *testing.T) {
	i := ed(t)
	badge := issued(t, i, keel(i))
	public, own := view(t, badge, show.Options{}), view(t, badge, show.Options{Identifiers: true})
	require.Equal(t, show.Learner{Name: "Ada Lot", Hidden: 1}, public.Learner)
	require.Equal(t, []show.Identifier{{Kind: "Email address", Value: "ada@learner.example"}}, own.Learner.Identifiers)
	token, err := i.Token(draft(t, keel(i)), nil)
	require.NoError(t, err)
	for _, credential := range [][]byte{badge, token} {
		public, own := page(t, view(t, credential, show.Options{})), page(t, view(t, credential, show.Options{Identifiers: true}))
		for _, text := range []string{"ada@learner.example", "did:example:ada"} {
			require.NotContains(t, public, text)
			require.Contains(t, own, text)
		}
	}
}

// A badge that no longer counts is shown, and says so.
func TestStates(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "show", At: testkit.Now})
	i, err := world.Issuer("harbour", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	withStatus := func(purpose string, bit uint64) func(*testing.T, *ob.Award) {
		return func(t *testing.T, a *ob.Award) {
			entries, err := i.Lists.Entries(t.Context(), purpose)
			require.NoError(t, err)
			if bit != 0 {
				require.NoError(t, i.Lists.Set(t.Context(), entries, purpose, bit))
			}
			a.Status = &entries[0]
		}
	}
	for name, c := range map[string]struct {
		change func(t *testing.T, a *ob.Award)
		web    fetch.Fetcher
		want   show.State
		says   string
	}{
		"valid":         {func(*testing.T, *ob.Award) {}, nil, show.StateValid, "Valid"},
		"expired":       {func(_ *testing.T, a *ob.Award) { a.ValidUntil = date("2025-12-01") }, nil, show.StateExpired, "Expired"},
		"not yet valid": {func(_ *testing.T, a *ob.Award) { a.ValidFrom = date("2026-12-01") }, nil, show.StateNotYetValid, "Not valid yet"},
		"not revoked":   {withStatus(status.PurposeRevocation, 0), world.Web, show.StateValid, "Valid"},
		"revoked":       {withStatus(status.PurposeRevocation, 1), world.Web, show.StateRevoked, "Revoked"},
		"suspended":     {withStatus(status.PurposeSuspension, 1), world.Web, show.StateSuspended, "Suspended"},
		"nobody asked":  {withStatus(status.PurposeRevocation, 1), nil, show.StateUnknown, "Could not be checked"},
	} {
		t.Run(name, func(t *testing.T) {
			award := keel(i)
			c.change(t, &award)
			signed, err := i.Sign(draft(t, award), nil)
			require.NoError(t, err)
			v, err := show.NewView(authentic(t, signed, verify.Config{Fetcher: c.web}), show.Options{Address: "https://hub.example/1"})
			require.NoError(t, err)
			require.Equal(t, c.want, v.State, v.Reasons)
			require.Equal(t, c.want == show.StateValid, len(v.Reasons) == 0)
			require.Contains(t, words(page(t, v)), c.says)
			require.Equal(t, c.want == show.StateValid, v.LinkedIn() != "")
		})
	}
}

// What is nobody's word is not shown.
func TestRefused(t *testing.T) {
	i := ed(t)
	r, err := verify.Inspect(t.Context(), draft(t, keel(i)), verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	_, err = show.NewView(source{report: r}, show.Options{})
	require.ErrorContains(t, err, "not its issuer's word")
	_, err = show.NewView(nil, show.Options{})
	require.ErrorContains(t, err, "no credential")
}

// An endorsement is shown with what became of its own proof.
func TestEndorsements(t *testing.T) {
	i, critic := ed(t), school.Ed(t, 2)
	award := keel(i)
	written := critic.Endorsement(string(award.Achievement.ID), 1)
	signed, err := critic.Sign(written, nil)
	require.NoError(t, err)
	for says, c := range map[string]struct {
		text    []byte
		proof   verify.ProofState
		vouched bool
	}{
		"Unsigned: only the credential around it says so": {written, verify.ProofNone, false},
		"Signed by whom it names":                         {signed, verify.ProofGood, true},
	} {
		award.Achievement.Endorsement = vc.Many(endorsement(t, c.text))
		v := view(t, issued(t, i, award), show.Options{})
		require.Len(t, v.Endorsements, 1)
		e := v.Endorsements[0]
		require.Equal(t, "achievement", e.Of)
		require.Equal(t, c.proof, e.Proof)
		require.Equal(t, c.vouched, e.Vouched(), e.Reasons)
		require.Contains(t, words(page(t, v)), says)
		require.Contains(t, words(page(t, v)), "Taught by the sea.")
	}
}

// A record shows each entry by its own proof.
func TestRecord(t *testing.T) {
	i := ed(t)
	badge := issued(t, i, keel(i))
	unsigned := i.Badge(obtest.Badge{Number: 2, Recipient: "did:example:ada"})
	record, err := i.Sign(i.Record(1, "did:example:ada", badge, unsigned), func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
	require.NoError(t, err)
	v := view(t, record, show.Options{Languages: []string{"en"}})
	require.Equal(t, show.KindRecord, v.Kind)
	require.Len(t, v.Entries, 2)
	require.True(t, v.Entries[0].Vouched())
	require.Equal(t, "Keel laying", v.Entries[0].View.Name.Value)
	require.Equal(t, verify.ProofNone, v.Entries[1].Proof)
	require.False(t, v.Entries[1].Vouched())
	text := words(page(t, v))
	for _, want := range []string{"What the record holds", "Keel laying", "Masterly", "Signed by whom it names", "Unsigned: only the credential around it says so"} {
		require.Contains(t, text, want)
	}
}
