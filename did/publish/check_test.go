package publish_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// row is what a test wants of a Result.
type row struct {
	index         int
	pointer       string
	before, after bool
	codes         []vc.Code
}

func check(t *testing.T, before, after *publish.Issuer, now time.Time, issued ...[]byte) (rows []row) {
	t.Helper()
	options := publish.Options{Verifier: verify.Config{Now: func() time.Time { return now }}}
	for r, err := range publish.Check(t.Context(), before, after, slices.Values(issued), options) {
		require.NoError(t, err)
		require.Equal(t, r.Before && !r.After, r.Lost())
		w := row{r.Index, r.Pointer, r.Before, r.After, nil}
		for _, p := range r.Problems {
			if !slices.Contains(w.codes, p.Code) {
				w.codes = append(w.codes, p.Code)
			}
		}
		rows = append(rows, w)
	}
	return rows
}

// What each change costs what was issued, as embedded proof and as token.
func TestCheck(t *testing.T) {
	for _, id := range []string{web, https} {
		one := school(t, id)
		two := must(t)(one.RollOver("key-2", public(2), start))
		later := start.AddDate(0, 1, 0)
		issued := [][]byte{
			badge(t, one, ed(1), "", start), badge(t, one, ed(1), issue.VCJWT, start),
			badge(t, two, ed(2), "", start), badge(t, two, ed(2), issue.VCJWT, start),
		}
		require.Empty(t, check(t, two, two, later, issued...))
		require.Empty(t, check(t, two, must(t)(two.Retire("key-2", later)), later, issued...))
		require.Empty(t, check(t, two, must(t)(two.RollOver("key-3", public(3), later)), later, issued...))

		gone := must(t)(two.Revoke("key-1", later))
		lost := []row{{0, "", true, false, []vc.Code{verify.CodeKeyRetired}}, {1, "", true, false, []vc.Code{verify.CodeKeyRetired}}}
		require.Equal(t, lost, check(t, two, gone, later, issued...))
		require.Empty(t, check(t, two, gone, later.Add(-1), issued...), "not yet")
		for n := range lost {
			lost[n] = row{n, "", false, true, lost[n].codes}
		}
		require.Equal(t, lost, check(t, gone, two, later, issued...), "the other way round")

		// By hand: the old key is dropped.
		dropped := must(t)(must(t)(publish.New(id)).Add("key-2", public(2)))
		unlisted := []vc.Code{verify.CodeKeyNotFound}
		require.Equal(t, []row{{0, "", true, false, unlisted}, {1, "", true, false, unlisted}},
			check(t, two, dropped, later, issued...))
		// By hand: its name is used again.
		for _, r := range check(t, two, must(t)(must(t)(dropped.Add("key-1", public(7))).Add("x", public(1))), later, issued...) {
			require.True(t, r.before && !r.after, r)
			require.Equal(t, []vc.Code{"signature-invalid"}, r.codes)
		}
		// The issuer moves.
		moved := must(t)(must(t)(publish.New("https://new.example/issuer")).Add("key-2", public(2)))
		require.Len(t, check(t, two, moved, later, issued...), 4)
		require.Equal(t, []vc.Code{verify.CodeKeyUnavailable}, check(t, two, moved, later, issued[2])[0].codes)
	}
}

// What is no credential of the issuer's is told, and what is embedded counts by itself.
func TestCheckTellsTheRest(t *testing.T) {
	i, other := must(t)(school(t, https).Add("key-2", public(2))), school(t, "https://other.example/issuer")
	gone := must(t)(i.Revoke("key-1", start))
	inner, foreign := badge(t, i, ed(1), "", start), badge(t, other, ed(1), "", start)
	record := clr.NewClrCredential(clr.Record{
		Issuer: ob.Profile{ID: https, Name: vc.Plain("Riverside School")}, Learner: ob.Recipient{ID: learner},
		Name: vc.Plain("Record"), Credentials: [][]byte{inner, foreign}, ValidFrom: start,
	})
	mine, err := i.Pack()
	require.NoError(t, err)
	theirs, err := other.Pack()
	require.NoError(t, err)
	around := signed(t, record, signer(t, ed(2)), https+"#key-2", "", start, mine, theirs)
	require.Equal(t, []row{
		// Of one learner there are two entries then that nobody is held to.
		{0, "", true, false, []vc.Code{verify.CodeNestedForged, "node-split"}},
		{0, "/credentialSubject/verifiableCredential/0", true, false, []vc.Code{verify.CodeKeyRetired}},
		{1, "", false, false, []vc.Code{verify.CodeKeyUnavailable}},
		{2, "", false, false, []vc.Code{"format-text"}},
	}, check(t, i, gone, start, around, foreign, []byte("a list of badges")))
}

// What has expired, whose status nobody asked, and what is no badge is its issuer's word
// all the same; an entry of a record without a proof is that of who signed the record.
func TestCheckGoesByWhoseWordItIs(t *testing.T) {
	i := must(t)(school(t, https).Add("key-2", public(2)))
	later := start.AddDate(2, 0, 0)
	gone := must(t)(i.Revoke("key-1", later))
	expired := ob.NewAchievementCredential(ob.Award{
		Issuer: ob.Profile{ID: https, Name: vc.Plain("Riverside School")}, Recipient: ob.Recipient{ID: learner},
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Lead a walk."),
		ValidFrom:   start, ValidUntil: start.AddDate(1, 0, 0),
		Status: &vc.CredentialStatus{
			Type: vc.Many("BitstringStatusListEntry"), StatusPurpose: "revocation", StatusListIndex: "1",
			StatusListCredential: "https://school.example/list",
		},
	})
	bare := ob.NewAchievementCredential(ob.Award{
		Issuer: ob.Profile{ID: https, Name: vc.Plain("Riverside School")}, Recipient: ob.Recipient{ID: learner},
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Lead a walk."), ValidFrom: start,
	})
	unsigned, err := bare.JSON()
	require.NoError(t, err)
	record := clr.NewClrCredential(clr.Record{
		Issuer: ob.Profile{ID: https, Name: vc.Plain("Riverside School")}, Learner: ob.Recipient{ID: learner},
		Name: vc.Plain("Record"), Credentials: [][]byte{unsigned}, ValidFrom: start,
	})
	card := []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"` + https + `",
		"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"id":"` + learner + `"}}`)
	issued := make([][]byte, 0, 3)
	for _, credential := range []any{expired, record, card} {
		issued = append(issued, signed(t, credential, signer(t, ed(1)), https+"#key-1", "", start))
	}
	require.Empty(t, check(t, i, i, later, issued...))
	for n, r := range check(t, i, gone, later, issued...) {
		require.Equal(t, row{n, "", true, false, []vc.Code{verify.CodeKeyRetired}}, r)
	}
}

// A list is not read further than it is asked for, nor when the time is over.
func TestCheckEnds(t *testing.T) {
	i := school(t, web)
	bad := []byte(`{}`)
	read := 0
	endless := func(yield func([]byte) bool) {
		for yield(bad) {
			read++
		}
	}
	for range publish.Check(t.Context(), i, i, endless, publish.Options{}) {
		break
	}
	require.Zero(t, read)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := 0
	for _, err := range publish.Check(ctx, i, i, endless, publish.Options{}) {
		require.ErrorIs(t, err, context.Canceled)
		n++
	}
	require.Equal(t, 1, n)
	wrong := publish.Options{Verifier: verify.Config{Kinds: []string{"a", verify.AnyKind}}}
	for _, err := range publish.Check(t.Context(), i, i, endless, wrong) {
		require.ErrorContains(t, err, "AnyKind")
	}
}

func TestCompare(t *testing.T) {
	one := school(t, web)
	two := must(t)(one.RollOver("key-2", public(2), start))
	gone := must(t)(two.Revoke("key-1", start))
	other := must(t)(must(t)(publish.New("did:web:new.example")).Add("key-2", public(5)))
	for _, c := range []struct {
		before, after *publish.Issuer
		want          []string
	}{
		{one, one, nil},
		{one, two, []string{
			`key "key-1" signs no more from 2026-01-01T00:00:00Z on; what it signed stays good`, `key "key-2" is added`,
		}},
		{two, gone, []string{`key "key-1" counts no more from 2026-01-01T00:00:00Z on: nothing that it signed is good then`}},
		{gone, one, []string{`key "key-1" is in use again`, `key "key-1" is in use again`, `key "key-2" is not listed any more: nothing that it signed is good`}},
		{two, other, []string{
			`the issuer is "did:web:new.example": its old document is not served, and what names it is not verified`,
			`key "key-1" is not listed any more: nothing that it signed is good`,
			`key "key-2" is another key: nothing that the old one signed is good`,
		}},
	} {
		var said []string
		for _, change := range publish.Compare(c.before, c.after) {
			said = append(said, change.String())
		}
		require.Equal(t, c.want, said)
	}
	require.Equal(t, "no change", publish.Change{}.String())
}
