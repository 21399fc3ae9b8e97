package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Whatever comes, there is a Reading of it; who can be held to an entry agrees with what its
// own report says; and nothing counts that nobody can be held to.
func FuzzRead(f *testing.F) {
	d := newDesk(f)
	badge := d.signed(d.wallet, d.badge(d.wallet, all(credits(3, ""), graded(object{"value": "B"}, letters()))))
	f.Add(d.text(badge))
	f.Add([]byte(d.token(d.wallet, d.badge(d.wallet, nil))))
	f.Add(d.text(d.signed(d.wallet, d.record(d.wallet, associated([3]string{a, "isChildOf", b}), badge, d.badge(d.wallet, nil)), jcs)))
	f.Add(d.text(d.presentation(ana, badge)))
	f.Add(pack(f, packed{name: "a.json", content: []byte(`{}`)}))
	reader, err := intake.New(d.config())
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, upload []byte) {
		r, err := reader.Read(t.Context(), upload, intake.Options{Holder: ana})
		require.NoError(t, err)
		sound(t, r)
	})
}

// sound holds a reading to what must be so of every reading.
func sound(t *testing.T, r *intake.Reading) {
	require.NotNil(t, r.Envelope.Report)
	byPlace := map[[2]string]*intake.Entry{}
	for e := range r.Entries() {
		byPlace[[2]string{e.Member, e.Pointer}] = e
		if e.Standing == intake.StandingOwnProof {
			require.Equal(t, verify.OutcomePassed, e.Report().Outcome(verify.CheckBinding))
		}
		if !e.Standing.Vouched() {
			require.Equal(t, intake.ValidityUnknown, e.Validity)
		}
		if e.Verdict == verify.VerdictVerified {
			require.Equal(t, intake.StandingOwnProof, e.Standing)
			require.Equal(t, intake.ValidityCurrent, e.Validity)
		}
	}
	for _, c := range r.Claims() {
		if c.Against == "" {
			require.True(t, c.Standing.Vouched())
			require.Equal(t, intake.ValidityCurrent, c.Validity)
		}
	}
	for standing := range r.Credits() {
		require.True(t, standing.Vouched())
	}
	r.Graph().Cycles()
	r.Transcript()
	r.Endorsements()
}

// An archive is read within its limits: names are relative paths, no entry stands in a file
// that the archive does not name, and no more files are read than may be.
func FuzzArchive(f *testing.F) {
	d := newDesk(f)
	badge := d.text(d.badge(d.academy, nil))
	f.Add(pack(f, packed{name: "a.json", content: badge}, packed{name: "b/c.json", content: badge}))
	f.Add(pack(f, packed{name: "in.zip", content: pack(f, packed{name: "a.json", content: badge})}))
	c := d.config()
	c.Limits = intake.Limits{Members: 4, MemberBytes: 1 << 16, Bytes: 1 << 17}
	reader, err := intake.New(c)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, upload []byte) {
		if !strings.HasPrefix(string(upload), "PK") {
			return
		}
		r, err := reader.Read(t.Context(), upload, intake.Options{})
		require.NoError(t, err)
		sound(t, r)
		files := map[string]bool{}
		for e := range r.Entries() {
			files[e.Member] = true
			require.NotContains(t, e.Member, "..")
			require.False(t, strings.HasPrefix(e.Member, "/"))
		}
		require.LessOrEqual(t, len(files), 16)
	})
}
