package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// presented signs a presentation of the wallet as an answer to a challenge.
func (d *desk) presented(challenge string, entries ...any) object {
	return d.signed(d.wallet, d.presentation(d.wallet.ID, entries...), func(o *dataintegrity.SignOptions) {
		o.Purpose, o.Challenge, o.Domain, o.SkipIssuerCheck = "authentication", challenge, "jobs.example", true
	})
}

// A presentation is a container too: what it must answer is asked of it alone.
func TestPresentations(t *testing.T) {
	d := newDesk(t)
	badge := func() object { return d.signed(d.academy, d.badge(d.academy, identified(d.wallet.ID))) }
	for name, c := range map[string]struct {
		upload object
		expect verify.Expect
		state  intake.EnvelopeState
		code   vc.Code
	}{
		"the right challenge": {d.presented("c1", badge()), verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}},
			intake.EnvelopeVerified, ""},
		"no challenge asked": {d.presented("c1", badge()), verify.Expect{}, intake.EnvelopeVerified, "challenge-not-asked"},
		"another challenge": {d.presented("c2", badge()), verify.Expect{Challenge: "c1"}, intake.EnvelopeNotVerified,
			verify.CodeChallengeOther},
		"another domain": {d.presented("c1", badge()), verify.Expect{Challenge: "c1", Domain: []string{"else.example"}},
			intake.EnvelopeNotVerified, verify.CodeDomainOther},
		"nobody signed": {d.presentation(d.wallet.ID, badge()), verify.Expect{}, intake.EnvelopeUnsigned,
			verify.CodePresentationUnsigned},
		"nobody signed, and a challenge asked": {d.presentation(d.wallet.ID, badge()), verify.Expect{Challenge: "c1"},
			intake.EnvelopeUnsigned,
			verify.CodePresentationUnsigned},
		"changed": {forge(d.presented("c1", badge())), verify.Expect{}, intake.EnvelopeNotVerified, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := d.read(c.upload, intake.Options{Expect: c.expect})
			require.Equal(t, intake.KindPresentation, r.Kind)
			require.Equal(t, c.state, r.Envelope.State, "%v", r.Envelope.Codes)
			require.Equal(t, d.wallet.ID, r.Envelope.Holder)
			if c.code != "" {
				require.Contains(t, r.Envelope.Codes, c.code)
			}
			e := entries(r)[0]
			require.Equal(t, told{e.Verdict, e.Standing, e.Validity}, good, "by its own proof whatever becomes of the envelope")
			require.Equal(t, "/verifiableCredential/0", e.Pointer)
			require.Empty(t, e.Parent)
			require.Equal(t, intake.SubjectSame, e.Subject)
		})
	}
}

// A record in a presentation is an entry, and what stands in it has it for a parent.
func TestPresentedRecord(t *testing.T) {
	d := newDesk(t)
	badge := d.signed(d.academy, d.badge(d.academy, nil))
	plain := d.badge(d.registrar, unnamed)
	record := d.signed(d.registrar, d.record(d.registrar, nil, badge, plain), jcs)
	r := d.read(d.presented("c1", record, d.signed(d.academy, d.badge(d.academy, identified(d.wallet.ID)))))
	var pointers, parents []string
	var kinds []intake.Kind
	for _, e := range entries(r) {
		pointers, parents, kinds = append(pointers, e.Pointer), append(parents, e.Parent), append(kinds, e.Kind)
	}
	const first = "/verifiableCredential/0"
	require.Equal(t, []string{first, first + at0, first + at1, "/verifiableCredential/1"}, pointers)
	require.Equal(t, []string{"", first, first, ""}, parents)
	require.Equal(t, []intake.Kind{intake.KindRecord, intake.KindBadge, intake.KindBadge, intake.KindBadge}, kinds)
	require.Equal(t, intake.StandingRecordSameIssuer, entries(r)[2].Standing, "the record's signature stands for it")
	// The record is ana's and the wallet is not hers.
	require.Equal(t, intake.SubjectDifferent, entries(r)[0].Subject)
	require.Equal(t, intake.SubjectDifferent, entries(r)[1].Subject)
	require.Equal(t, intake.SubjectSame, entries(r)[3].Subject)
}

// What a holder says of himself is his word, and what he says in another's name nobody's.
func TestUnsignedInPresentation(t *testing.T) {
	d := newDesk(t)
	own := d.read(d.presented("c1", d.badge(d.wallet, identified(d.wallet.ID))))
	require.Equal(t, intake.StandingRecordSameIssuer, entries(own)[0].Standing)
	require.Equal(t, []intake.Flag{intake.FlagSelfAsserted}, entries(own)[0].Flags)
	others := d.read(d.presented("c1", d.badge(d.academy, identified(d.wallet.ID))))
	require.Equal(t, intake.EnvelopeNotVerified, others.Envelope.State)
	require.Equal(t, intake.StandingRecordOtherIssuer, entries(others)[0].Standing)
	require.Empty(t, others.Credits())
}

// In a token pointers count from what it carries.
func TestTokens(t *testing.T) {
	d := newDesk(t)
	guild := d.issuer("guild", "did:web")
	badge := d.badge(d.academy, nil)
	badge["endorsement"] = []any{d.signed(guild, d.edited(guild.Endorsement(badge["id"].(string), 1), nil))}
	token := d.token(d.academy, badge)
	r := d.read(d.presentation(d.wallet.ID, d.enveloped(token), token))
	all := entries(r)
	require.Len(t, all, 4)
	for i, want := range []struct{ pointer, parent string }{
		{"/verifiableCredential/0", ""}, {"/endorsement/0", "/verifiableCredential/0"},
		{"/verifiableCredential/1", ""}, {"/endorsement/0", "/verifiableCredential/1"},
	} {
		require.Equal(t, want.pointer, all[i].Pointer)
		require.Equal(t, want.parent, all[i].Parent)
		require.Equal(t, intake.StandingOwnProof, all[i].Standing, "%v", all[i].Codes())
	}
	require.Equal(t, token, string(all[0].Secured()))
	require.Contains(t, all[2].Flags, intake.FlagDuplicate)
}

// What stands deeper than is looked at is told where it fell.
func TestTooDeep(t *testing.T) {
	d := newDesk(t)
	inner := d.record(d.wallet, nil, d.signed(d.academy, d.badge(d.academy, nil)))
	for range 3 {
		inner = d.record(d.wallet, nil, inner)
	}
	c := d.config()
	c.Verify.Limits.MaxNestedDepth = 3
	r, err := d.readBy(c, inner)
	require.NoError(t, err)
	all := entries(r)
	require.Len(t, all, 3)
	require.Contains(t, all[2].Codes(), verify.CodeNestedTooDeep)
	require.Contains(t, r.Envelope.Codes, verify.CodeNestedTooDeep)
}

// A credential of which the holder shows a part says what is missing, and that is no fault.
func TestWithheld(t *testing.T) {
	d := newDesk(t)
	issuer, err := d.world.Issuer("harbour", "did:key", "P-256")
	require.NoError(t, err)
	base := school.Sign(t, issuer, d.text(d.badge(issuer, nil)), func(o *dataintegrity.SignOptions) {
		o.Suite, o.SkipRequiredPointers, o.MandatoryPointers = "ecdsa-sd-2023", true, []string{"/issuer", "/validFrom", "/name",
			"/credentialSubject/id"}
	})
	derived, err := dataintegrity.Derive(t.Context(), base,
		dataintegrity.DeriveOptions{Pointers: []string{"/credentialSubject/achievement/name"}})
	require.NoError(t, err)
	r := d.read(d.record(d.wallet, nil, d.edited(derived, nil)))
	e := entries(r)[0]
	require.Equal(t, good, told{e.Verdict, e.Standing, e.Validity}, "%v", e.Codes())
	require.Equal(t, []string{"/credentialSubject/achievement/criteria", "/credentialSubject/achievement/description"}, e.Withheld)
}
