package intake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// told is what is expected of one entry.
type told struct {
	verdict  verify.Verdict
	standing intake.Standing
	validity intake.Validity
}

var (
	good      = told{verify.VerdictVerified, intake.StandingOwnProof, intake.ValidityCurrent}
	same      = told{verify.VerdictNotVerified, intake.StandingRecordSameIssuer, intake.ValidityCurrent}
	other     = told{verify.VerdictNotVerified, intake.StandingRecordOtherIssuer, intake.ValidityUnknown}
	nobody    = told{verify.VerdictNotVerified, intake.StandingNobody, intake.ValidityUnknown}
	forged    = told{verify.VerdictNotVerified, intake.StandingForged, intake.ValidityUnknown}
	undecided = told{verify.VerdictUndetermined, intake.StandingNotChecked, intake.ValidityUnknown}
)

// forge changes an object after it was signed.
func forge(o object) object {
	o["name"] = "Another name"
	return o
}

// Each standing, around and within each envelope. The expected values are those of the
// decisions on the output of examples/record.
func TestStandings(t *testing.T) {
	d := newDesk(t)
	own := func() object { return d.signed(d.academy, d.badge(d.academy, nil)) }
	plain := func() object { return d.badge(d.registrar, unnamed) }
	ended := set(object{"validUntil": "2025-12-01T00:00:00Z"})
	ofStrangers := func(o object) { o["@context"] = append(o["@context"].([]any), "https://nobody.example/v1") }
	of := func(o object, edit func(object)) object { edit(o); return o }
	lost := d.issuer("lost", obtest.DIDWeb)
	d.world.Web.Break("https://lost.example", obtest.Down)
	for name, c := range map[string]struct {
		upload any
		state  intake.EnvelopeState
		want   []told
	}{
		"signed entries in a signed record": {d.signed(d.wallet, d.record(d.wallet, nil, own(), own())), intake.EnvelopeVerified,
			[]told{good, good}},
		"an unsigned record": {d.record(d.registrar, nil, own(), plain()), intake.EnvelopeUnsigned,
			[]told{good, nobody}},
		"the record's own entries, by its proof": {d.signed(d.registrar, d.record(d.registrar, nil, plain(), plain()), jcs),
			intake.EnvelopeVerified, []told{same, same}},
		"the record's own entries, in a token": {d.token(d.registrar, d.record(d.registrar, nil, plain())), intake.EnvelopeVerified,
			[]told{same}},
		"another's entry that nobody signed": {d.signed(d.wallet, d.record(d.wallet, nil, plain()), jcs), intake.EnvelopeVerified,
			[]told{other}},
		"a changed record": {forge(d.signed(d.registrar, d.record(d.registrar, nil, own(), plain()))),
			intake.EnvelopeNotVerified, []told{good, nobody}},
		"a changed entry in an unsigned record": {d.record(d.registrar, nil, forge(own()), own()), intake.EnvelopeUnsigned,
			[]told{forged, good}},
		"a changed entry in a signed record": {d.signed(d.registrar, d.record(d.registrar, nil, forge(own()), plain()), jcs),
			intake.EnvelopeNotVerified, []told{forged, same}},
		"a record whose key cannot be had": {d.signed(lost, d.record(lost, nil, own(), d.badge(lost, unnamed))),
			intake.EnvelopeUndetermined, []told{good, {verify.VerdictNotVerified, intake.StandingNotChecked, intake.ValidityUnknown}}},
		"an entry whose key cannot be had": {d.signed(d.wallet, d.record(d.wallet, nil, d.signed(lost, d.badge(lost, nil)))),
			intake.EnvelopeVerified, []told{undecided}},
		"a token in a record": {d.signed(d.wallet,
			d.record(d.wallet, nil, d.enveloped(d.token(d.academy, d.badge(d.academy, nil))))), intake.EnvelopeVerified, []told{good}},
		"an expired record": {d.signed(d.registrar, d.record(d.registrar, ended, own(), plain()), jcs), intake.EnvelopeNotVerified,
			[]told{good, {verify.VerdictNotVerified, intake.StandingRecordSameIssuer, intake.ValidityExpired}}},
		"a record of a context that nobody knows": {d.record(d.registrar, ofStrangers, own()), intake.EnvelopeUnsigned, []told{good}},
		"a signed one of such a context": {of(d.signed(d.registrar, d.record(d.registrar, nil, own(), plain()), jcs), ofStrangers),
			intake.EnvelopeNotVerified, []told{good, {verify.VerdictNotVerified, intake.StandingNotChecked, intake.ValidityUnknown}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := d.read(c.upload)
			require.Equal(t, intake.KindRecord, r.Kind)
			require.Equal(t, c.state, r.Envelope.State, "%v", r.Envelope.Codes)
			var got []told
			for _, e := range entries(r) {
				got = append(got, told{e.Verdict, e.Standing, e.Validity})
				require.Equal(t, intake.KindBadge, e.Kind)
				if e.Standing == intake.StandingNobody || e.Standing == intake.StandingRecordOtherIssuer {
					require.Equal(t, vc.Code("proof-missing"), e.Codes()[0])
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

// unnamed names the subject of a badge by an address alone, so that no other credential says
// something of the same id.
func unnamed(o object) {
	identified("", ob.PlainIdentity(ob.IdentifierEmailAddress, "ana@example.org"))(o)
}

func (d *desk) enveloped(token string) object {
	return object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": "EnvelopedVerifiableCredential",
		"id": "data:application/vc+jwt," + token}
}

// What dates and status lists say, of a badge by itself and of one in a record.
func TestValidity(t *testing.T) {
	d := newDesk(t)
	day := func(n int) string { return testkit.Now.AddDate(0, 0, n).Format(time.RFC3339) }
	listed := func(purposes ...string) (all []any) {
		list, err := d.academy.Lists.Entries(t.Context(), purposes...)
		require.NoError(t, err)
		for _, s := range list {
			all = append(all, s)
		}
		for _, p := range purposes {
			require.NoError(t, d.academy.Lists.Set(t.Context(), list, p, 1))
		}
		return all
	}
	clear, err := d.academy.Lists.Entries(t.Context(), "revocation")
	require.NoError(t, err)
	gone := object{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
		"statusListCredential": "https://nobody.example/list"}
	for name, c := range map[string]struct {
		edit object
		want intake.Validity
	}{
		"no end":                {nil, intake.ValidityCurrent},
		"before its end":        {object{"validUntil": day(1)}, intake.ValidityCurrent},
		"expired":               {object{"validUntil": day(-1)}, intake.ValidityExpired},
		"not yet valid":         {object{"validFrom": day(1)}, intake.ValidityNotYetValid},
		"not revoked":           {object{"credentialStatus": clear}, intake.ValidityCurrent},
		"revoked":               {object{"credentialStatus": listed("revocation")}, intake.ValidityRevoked},
		"suspended":             {object{"credentialStatus": listed("suspension")}, intake.ValiditySuspended},
		"revoked and suspended": {object{"credentialStatus": listed("suspension", "revocation")}, intake.ValidityRevoked},
		"revoked and expired":   {object{"credentialStatus": listed("revocation"), "validUntil": day(-1)}, intake.ValidityRevoked},
		"no list to be had":     {object{"credentialStatus": gone}, intake.ValidityUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			badge := d.badge(d.academy, set(c.edit))
			alone := d.read(d.signed(d.academy, badge))
			require.Equal(t, intake.KindBadge, alone.Kind)
			require.Equal(t, 1, alone.Len())
			require.Equal(t, intake.StandingOwnProof, entries(alone)[0].Standing)
			require.Equal(t, c.want, entries(alone)[0].Validity)
			// The signature of the record covers the status of its own unsigned entries.
			within := d.read(d.signed(d.academy, d.record(d.academy, nil, badge), jcs))
			require.Equal(t, intake.StandingRecordSameIssuer, entries(within)[0].Standing)
			require.Equal(t, c.want, entries(within)[0].Validity)
			// Nothing is known of what nobody can be held to.
			require.Equal(t, intake.ValidityUnknown, entries(d.read(badge))[0].Validity)
		})
	}
}

// A record that was revoked takes with it what stands on its signature alone.
func TestRevokedRecord(t *testing.T) {
	d := newDesk(t)
	list, err := d.registrar.Lists.Entries(t.Context(), "revocation")
	require.NoError(t, err)
	require.NoError(t, d.registrar.Lists.Revoke(t.Context(), list))
	own := d.signed(d.academy, d.badge(d.academy, credits(2, "")))
	r := d.read(d.signed(d.registrar, d.record(d.registrar, set(object{"credentialStatus": list}), own,
		d.badge(d.registrar, credits(3, ""))), jcs))
	require.Equal(t, intake.EnvelopeNotVerified, r.Envelope.State)
	require.Equal(t, intake.ValidityCurrent, entries(r)[0].Validity)
	require.Equal(t, intake.ValidityRevoked, entries(r)[1].Validity)
	require.Len(t, r.Credits(), 1)
	require.Equal(t, "2", r.Credits()[intake.StandingOwnProof].String())
}
