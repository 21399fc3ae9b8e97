package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/ob"
)

// identified names a subject by an id, or by none, and by identifiers.
func identified(id string, identifiers ...ob.IdentityObject) func(object) {
	return func(o object) {
		s := member(o, "credentialSubject")
		if delete(s, "id"); id != "" {
			s["id"] = id
		}
		if len(identifiers) > 0 {
			s["identifier"] = identifiers
		}
	}
}

// Subjects are compared by ids and by identifiers, hashed ones too where that can be done.
func TestSubjects(t *testing.T) {
	const email, number = ob.IdentifierEmailAddress, ob.IdentifierSystemID
	plain := func(kind ob.IdentifierType, text string) ob.IdentityObject { return ob.PlainIdentity(kind, text) }
	hashed := func(text, salt string) ob.IdentityObject { return ob.HashedIdentity(email, text, salt) }
	d := newDesk(t)
	for name, c := range map[string]struct {
		learner, subject func(object)
		holder           string
		want             intake.Subject
	}{
		"the same id": {identified(ana), identified(ana), "", intake.SubjectSame},
		"another id":  {identified(ana), identified(bob), "", intake.SubjectDifferent},
		"another id, the same address": {identified(ana, plain(email, "a@example.org")),
			identified(bob, plain(email, "a@example.org")), "", intake.SubjectSame},
		"an id and an address": {identified(ana), identified("", plain(email, "a@example.org")), "",
			intake.SubjectNotComparable},
		"the same plain address": {identified("", plain(email, "a@example.org")),
			identified("", plain(email, "A@example.org")), "", intake.SubjectSame},
		"another plain address": {identified("", plain(email, "a@example.org")),
			identified("", plain(email, "b@example.org")), "", intake.SubjectDifferent},
		"plain and hashed": {identified("", plain(email, "a@example.org")),
			identified("", hashed("a@example.org", "s1")), "", intake.SubjectSame},
		"plain and hashed of another": {identified("", hashed("b@example.org", "s1")),
			identified("", plain(email, "a@example.org")), "", intake.SubjectDifferent},
		"hashed alike": {identified("", hashed("a@example.org", "s1")),
			identified("", hashed("a@example.org", "s1")), "", intake.SubjectSame},
		"hashed alike, of another": {identified("", hashed("a@example.org", "s1")),
			identified("", hashed("b@example.org", "s1")), "", intake.SubjectDifferent},
		"hashed with another salt": {identified("", hashed("a@example.org", "s1")),
			identified("", hashed("a@example.org", "s2")), "", intake.SubjectNotComparable},
		"identifiers of other kinds": {identified("", plain(number, "7")), identified("", plain(email, "a@example.org")), "",
			intake.SubjectNotComparable},
		"one of several agrees": {identified("", plain(number, "7"), plain(email, "a@example.org")),
			identified("", plain(number, "8"), hashed("a@example.org", "s")), "", intake.SubjectSame},
		"the holder by address": {identified(ana), identified("", hashed("a@example.org", "s")), "a@example.org",
			intake.SubjectSame},
		"another holder's record": {identified("", plain(email, "b@example.org")),
			identified("", plain(email, "b@example.org")), "a@example.org", intake.SubjectDifferent},
		"the holder by id, and his identity": {identified(ana, plain(email, "a@example.org")),
			identified("", plain(email, "a@example.org")), ana, intake.SubjectSame},
		"a holder who cannot be compared": {identified(ana), identified(ana), "a@example.org", intake.SubjectSame},
	} {
		t.Run(name, func(t *testing.T) {
			badge := d.signed(d.academy, d.badge(d.academy, c.subject))
			r := d.read(d.signed(d.wallet, d.record(d.wallet, c.learner, badge), jcs), intake.Options{Holder: c.holder})
			require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, "%v", r.Envelope.Codes)
			require.Equal(t, c.want, entries(r)[0].Subject)
		})
	}
}

// Without a record there is nobody to compare with but who is known to hand it in.
func TestSubjectOfBadge(t *testing.T) {
	d := newDesk(t)
	badge := d.signed(d.academy, d.badge(d.academy, nil))
	for holder, want := range map[string]intake.Subject{
		"": intake.SubjectNotComparable, ana: intake.SubjectSame, bob: intake.SubjectDifferent,
		"ana@example.org": intake.SubjectNotComparable,
	} {
		require.Equal(t, want, entries(d.read(badge, intake.Options{Holder: holder}))[0].Subject, holder)
	}
}

// What another learner has earned is not counted.
func TestAnothersCredits(t *testing.T) {
	d := newDesk(t)
	own, others := d.signed(d.academy, d.badge(d.academy, credits(2, ""))),
		d.signed(d.academy, d.badge(d.academy, all(identified(bob), credits(4, ""))))
	r := d.read(d.signed(d.wallet, d.record(d.wallet, nil, own, others)))
	require.Equal(t, "2", r.Credits()[intake.StandingOwnProof].String())
	require.Equal(t, "another-learner", string(r.Claims()[1].Against))
}
