package present_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

var expected = verify.Expect{Challenge: "c-1", Domain: []string{"jobs.example"}, HolderIsSubject: true}

// of signs what is planned of a share.
func of(t testing.TB, p *present.Presenter, s present.Share) *present.Presentation {
	t.Helper()
	plan, err := p.Plan(t.Context(), s, asked)
	require.NoError(t, err)
	made, err := plan.Sign(t.Context())
	require.NoError(t, err)
	return made
}

// Of a record entries can be shared: by themselves where they have proofs of their own, with
// the record's word where its proof allows a part, and in a record of the holder's own.
func TestEntriesOfARecord(t *testing.T) {
	by, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 2)
	signed := issued(t, by, transcript(t, by, holder.ID, nil), nil)
	secret := issued(t, by, transcript(t, by, holder.ID, func(a *ob.Award) { a.Narrative = vc.Plain("Failed twice.") }), nil)
	bare, err := transcript(t, by, holder.ID, func(a *ob.Award) {
		a.Issuer.Name, a.Narrative = vc.Text{}, vc.Plain("Only the record says so.")
	}).JSON()
	require.NoError(t, err)
	p := presenter(t, holder, "")

	whole, err := present.Read(issued(t, by, by.Record(1, holder.ID, signed, secret, bare), nil))
	require.NoError(t, err)
	require.Equal(t, present.MechanismWhole, whole.Mechanism())
	entries, err := whole.Entries()
	require.NoError(t, err)
	require.Len(t, entries, 3)
	require.Equal(t, []bool{true, true, false}, []bool{entries[0].Signed(), entries[1].Signed(), entries[2].Signed()})
	require.Equal(t, "/credentialSubject/verifiableCredential/2", entries[2].At())
	require.Equal(t, "Statics", entries[0].Name())
	made := of(t, p, present.Share{Items: []present.Item{{Credential: entries[0].Bytes()}}})
	require.Equal(t, [][]byte{signed}, made.Credentials())
	v, err := verify.VerifyPresentation(t.Context(), made.Bytes(), expected, verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	require.NotContains(t, string(v.Presentation()), "Failed twice.")
	for _, own := range []*present.OwnRecord{nil, {Name: vc.Plain("Mine")}} {
		_, err = p.Plan(t.Context(), present.Share{Items: []present.Item{{Credential: entries[2].Bytes()}}, Record: own}, asked)
		require.ErrorIs(t, err, &vc.Problem{Code: present.CodeUnvouched})
	}

	for name, text := range map[string][]byte{
		"statements":  issued(t, by, by.Record(2, holder.ID, signed, secret, bare), bySD),
		"disclosures": issued(t, by, by.Record(2, holder.ID, signed, secret, bare), byDisclosures(subject+"/verifiableCredential/0", subject+"/verifiableCredential/1", subject+"/verifiableCredential/2")),
	} {
		for place, says := range []string{"", "Failed twice.", "Only the record says so."} {
			made := of(t, p, present.Share{Items: []present.Item{{Credential: text, Choice: present.Choice{Entries: []int{place}}}}})
			v, err := verify.VerifyPresentation(t.Context(), made.Bytes(), expected, verify.Config{Now: testkit.Clock})
			require.NoError(t, err, "%s %d", name, place)
			for n := range v.Credentials() {
				var record clr.ClrCredential
				require.NoError(t, n.Decode(&record))
				require.Len(t, record.CredentialSubject.VerifiableCredential.Items, 1)
			}
			for _, other := range []string{"Failed twice.", "Only the record says so."} {
				require.Equal(t, other == says, holds(t, made.Bytes(), other), "%s %d", name, place)
			}
		}
	}
}

// A record of the holder's own holds what was chosen, is signed by the holder, and is one that
// the rules of records accept; each entry stays its issuer's word.
func TestOwnRecord(t *testing.T) {
	by, other, holder := school.Issuer(t, obtest.P256, 1), school.Ed(t, 3), school.Ed(t, 2)
	draft := transcript(t, by, holder.ID, nil)
	items := []present.Item{
		{Credential: issued(t, by, draft, bySD), Choice: present.Choice{Hide: []present.Part{present.PartGrades, present.PartNarrative}}},
		{Credential: issued(t, by, draft, byDisclosures(subject+"/result", subject+"/narrative")),
			Choice: present.Choice{Hide: []present.Part{present.PartResults}}},
		{Credential: issued(t, other, transcript(t, other, holder.ID, nil), nil)},
	}
	for _, form := range []present.Form{"", present.VPJOSE} {
		made := of(t, presenter(t, holder, form), present.Share{Items: items, Record: &present.OwnRecord{Name: vc.Plain("For the shipyard"), Partial: true}})
		require.Len(t, made.Credentials(), 1)
		record := made.Credentials()[0]
		v, err := verify.Verify(t.Context(), record, verify.Config{Now: testkit.Clock, Kinds: []string{"ClrCredential"},
			Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
		require.NoError(t, err)
		require.Equal(t, holder.ID, v.Report().IssuerID)
		var proofs []verify.ProofState
		for e := range v.Embedded() {
			proofs = append(proofs, e.Proof)
		}
		require.Equal(t, []verify.ProofState{verify.ProofGood, verify.ProofGood, verify.ProofGood}, proofs)
		findings, err := rules.CheckJSON(v.Credential())
		require.NoError(t, err)
		require.Empty(t, vc.Errors(findings))
		var read clr.ClrCredential
		require.NoError(t, v.Decode(&read))
		require.True(t, *read.Partial)
		require.Equal(t, vc.IRI(holder.ID), read.CredentialSubject.ID)
		if form == "" {
			_, err = verify.Verify(t.Context(), bytes.Replace(record, []byte("shipyard"), []byte("shopyard"), 1), verify.Config{Now: testkit.Clock})
			require.ErrorIs(t, err, &vc.Problem{Code: "signature-invalid"})
		}
		presented, err := verify.VerifyPresentation(t.Context(), made.Bytes(), expected, verify.Config{Now: testkit.Clock})
		require.NoError(t, err)
		require.Equal(t, holder.ID, presented.Holder())
	}
}

// A record without a name is none, and what it is to hold cannot be a presentation.
func TestRecordsThatAreNone(t *testing.T) {
	by, holder := school.Ed(t, 1), school.Ed(t, 2)
	p := presenter(t, holder, "")
	badge := present.Item{Credential: issued(t, by, transcript(t, by, holder.ID, nil), nil)}
	plan, err := p.Plan(t.Context(), present.Share{Items: []present.Item{badge}, Record: &present.OwnRecord{}}, asked)
	require.NoError(t, err)
	_, err = plan.Sign(t.Context())
	require.ErrorIs(t, err, &vc.Problem{Code: rules.CodeMemberMissing, Pointer: "/name"})
	made := of(t, p, present.Share{Items: []present.Item{badge}})
	_, err = p.Plan(t.Context(), present.Share{Items: []present.Item{{Credential: made.Bytes()}}}, asked)
	require.ErrorIs(t, err, &vc.Problem{Code: present.CodePresentation})
	_, err = present.Read([]byte("hello"))
	require.ErrorIs(t, err, &vc.Problem{Code: "format-text"})
	_, err = p.Plan(t.Context(), present.Share{}, present.Options{})
	require.ErrorContains(t, err, "needs the Challenge")
}
