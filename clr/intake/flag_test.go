package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc/verify"
)

// with adds members to the object at a path.
func with(members object, path ...string) func(object) {
	return func(o object) {
		for name, v := range members {
			member(o, path...)[name] = v
		}
	}
}

func person(id string) object { return object{"id": id, "type": []any{"Profile"}} }

// What is to be known of a badge besides its standing.
func TestFlags(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct {
		edit func(object)
		want []intake.Flag
	}{
		"none":             {nil, nil},
		"about its issuer": {identified(d.academy.ID), []intake.Flag{intake.FlagSelfAsserted}},
		"by its creator":   {with(object{"creator": person(d.academy.ID)}, "credentialSubject", "achievement"), nil},
		"of another creator": {with(object{"creator": person("https://guild.example")}, "credentialSubject", "achievement"),
			[]intake.Flag{intake.FlagCreatorDiffers}},
		"its own source": {with(object{"source": person(d.academy.ID)}, "credentialSubject"), nil},
		"of another source": {with(object{"source": person("https://guild.example")}, "credentialSubject"),
			[]intake.Flag{intake.FlagSourceDiffers}},
	} {
		t.Run(name, func(t *testing.T) {
			r := d.read(d.signed(d.academy, d.badge(d.academy, c.edit)))
			require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, "%v", r.Envelope.Codes)
			require.Equal(t, c.want, entries(r)[0].Flags)
		})
	}
}

// Endorsements are entries of their own, below what they stand in.
func TestEndorsements(t *testing.T) {
	d := newDesk(t)
	guild := d.issuer("guild", "did:web")
	endorsement := func(of string) object { return d.signed(guild, d.edited(guild.Endorsement(of, 1), nil)) }
	badge := d.badge(d.academy, nil)
	own := d.signed(d.academy, d.edited(d.academy.Endorsement(badge["id"].(string), 2), nil))
	badge["endorsement"] = []any{endorsement(badge["id"].(string)), own, endorsement("urn:uuid:of-another")}
	r := d.read(d.signed(d.wallet, d.record(d.wallet, nil, d.signed(d.academy, badge))))
	require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, "%v", r.Envelope.Codes)
	all := entries(r)
	require.Len(t, all, 4)
	require.Equal(t, []string{at0, at0 + "/endorsement/0", at0 + "/endorsement/1", at0 + "/endorsement/2"},
		[]string{all[0].Pointer, all[1].Pointer, all[2].Pointer, all[3].Pointer})
	for i, want := range [][]intake.Flag{nil, {intake.FlagEndorserIsIssuer}, {intake.FlagMisplaced, intake.FlagDuplicate}} {
		e := all[i+1]
		require.Equal(t, intake.KindEndorsement, e.Kind)
		require.Equal(t, at0, e.Parent)
		require.Equal(t, intake.StandingOwnProof, e.Standing)
		if i < 2 {
			require.Equal(t, want, e.Flags)
		} else {
			require.Contains(t, e.Flags, intake.FlagMisplaced)
		}
	}
	said := r.Endorsements()
	require.Len(t, said, 3)
	require.Equal(t, guild.ID, said[0].By)
	require.Equal(t, badge["id"], said[0].Of)
	require.Same(t, all[0], said[0].On)
	require.NotEmpty(t, said[0].Comment)
	require.Len(t, r.Claims(), 1, "an endorsement claims no achievement")
}

// The same credential twice counts once, and a forgery before it takes nothing from it.
func TestDuplicates(t *testing.T) {
	d := newDesk(t)
	badge := d.signed(d.academy, d.badge(d.academy, credits(3, "")))
	copied := func() object { return d.edited(d.text(badge), nil) }
	spaced := copied()
	spaced["id"] = badge["id"].(string) + "%20" // equal, by Open Badges 3.0
	for name, c := range map[string]struct {
		entries []any
		against []match.Reason
		sum     string
	}{
		"twice":             {[]any{badge, copied()}, []match.Reason{"", match.AgainstRepeated}, "3"},
		"a forgery first":   {[]any{forge(copied()), badge}, []match.Reason{match.AgainstStanding, ""}, "3"},
		"a forgery behind":  {[]any{badge, forge(copied())}, []match.Reason{"", match.AgainstStanding}, "3"},
		"an id that equals": {[]any{badge, spaced}, []match.Reason{"", match.AgainstStanding}, "3"},
	} {
		t.Run(name, func(t *testing.T) {
			r := d.read(d.record(d.wallet, nil, c.entries...))
			require.NotContains(t, entries(r)[0].Flags, intake.FlagDuplicate)
			require.Contains(t, entries(r)[1].Flags, intake.FlagDuplicate)
			for i, claim := range r.Claims() {
				require.Equal(t, c.against[i], claim.Against)
			}
			require.Equal(t, c.sum, r.Credits()[intake.StandingOwnProof].String())
		})
	}
}

// Several unsigned entries about one subject under a proof over RDF could be exchanged for one
// another: none of them counts.
func TestInterchangeable(t *testing.T) {
	d := newDesk(t)
	record := func() object {
		return d.record(d.registrar, nil, d.badge(d.registrar, credits(3, "")), d.badge(d.registrar, credits(4, "")))
	}
	r := d.read(d.signed(d.registrar, record()))
	require.Equal(t, intake.EnvelopeNotVerified, r.Envelope.State)
	require.Contains(t, r.Envelope.Codes, verify.CodeNodeSplit)
	for _, e := range entries(r) {
		require.Equal(t, intake.StandingNotChecked, e.Standing)
		require.Equal(t, []intake.Flag{intake.FlagInterchangeable}, e.Flags)
	}
	require.Empty(t, r.Credits())
	for _, c := range r.Claims() {
		require.Equal(t, match.AgainstShared, c.Against)
	}
	// The control: the JSON itself is signed.
	r = d.read(d.signed(d.registrar, record(), jcs))
	require.Equal(t, intake.EnvelopeVerified, r.Envelope.State)
	require.Equal(t, "7", r.Credits()[intake.StandingRecordSameIssuer].String())
}

// A relying party that takes such records still is not told that one of them is attributed.
func TestInterchangeableTaken(t *testing.T) {
	d := newDesk(t)
	c := d.config()
	c.Verify.Nested.Interchangeable = true
	r, err := d.readBy(c, d.signed(d.registrar, d.record(d.registrar, nil, d.badge(d.registrar, nil), d.badge(d.registrar, nil))))
	require.NoError(t, err)
	require.Equal(t, intake.EnvelopeVerified, r.Envelope.State)
	for _, e := range entries(r) {
		require.Equal(t, intake.StandingNotChecked, e.Standing)
	}
}

// What an unsigned entry says as a signed one does may be that one's. The rest is its own.
func TestInterchangeableWithSigned(t *testing.T) {
	d := newDesk(t)
	signed := d.signed(d.academy, d.badge(d.academy, all(credits(3, ""), with(object{"term": "Fall 2024"}, "credentialSubject"))))
	for name, c := range map[string]struct {
		term    string
		credits any
		count   string
		flags   []intake.Flag
	}{
		"equal credits": {"Spring 2025", 3, "", []intake.Flag{intake.FlagInterchangeable}},
		"equal term":    {"Fall 2024", 4, "4", []intake.Flag{intake.FlagInterchangeable}},
		"nothing equal": {"Spring 2025", 4, "4", nil},
	} {
		t.Run(name, func(t *testing.T) {
			own := d.badge(d.registrar, all(credits(c.credits, ""), with(object{"term": c.term}, "credentialSubject")))
			r := d.read(d.signed(d.registrar, d.record(d.registrar, nil, signed, own)))
			require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, "%v", r.Envelope.Codes)
			e := entries(r)[1]
			require.Equal(t, intake.StandingRecordSameIssuer, e.Standing)
			require.Equal(t, c.flags, e.Flags)
			require.Equal(t, c.count, r.Credits()[intake.StandingRecordSameIssuer].String())
			require.Equal(t, "3", r.Credits()[intake.StandingOwnProof].String())
		})
	}
}

// More than a report tells of: every entry is flagged all the same.
func TestManyInterchangeable(t *testing.T) {
	d := newDesk(t)
	list := []any{d.signed(d.academy, d.badge(d.academy, credits(3, "")))}
	for range 150 {
		list = append(list, d.badge(d.registrar, all(identified(""), credits(3, ""), func(o object) {
			member(o, "credentialSubject")["identifier"] = []any{object{"type": "IdentityObject", "hashed": false,
				"identityHash": "ana", "identityType": "userName"}}
			member(o, "credentialSubject", "achievement")["id"] = member(list[0].(object), "credentialSubject", "achievement")["id"]
		})))
	}
	r := d.read(d.signed(d.registrar, d.record(d.registrar, nil, list...)))
	for i, e := range entries(r)[1:] {
		require.Contains(t, e.Flags, intake.FlagInterchangeable, i)
	}
}
