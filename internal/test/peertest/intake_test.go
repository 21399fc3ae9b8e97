package peertest_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Records of what the peer signed, in each of its suites: each entry stands by its own proof,
// in a record that nobody signed and in one that the peer signed; a changed one does not.
func TestIntakeOfPeers(t *testing.T) {
	peer.Folder(t)
	i := school.Ed(t, 1)
	unsigned := i.Badge(obtest.Badge{Number: 1, Recipient: "did:example:ana"})
	signed := func(text []byte, suite string) []byte {
		out, err := ask(t, text, "sign", suite)
		require.NoError(t, err, "%s", out)
		return out
	}
	var list [][]byte
	for _, suite := range []string{"eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"} {
		list = append(list, signed(unsigned, suite))
	}
	changed := bytes.Replace(list[0], []byte("Keel laying 1"), []byte("Sailing"), 1)
	record := i.Record(1, "did:example:ana", append(list, changed)...)
	whole := signed(i.Record(1, "did:example:ana", list...), "eddsa-jcs-2022")
	for name, c := range map[string]struct {
		upload []byte
		state  intake.EnvelopeState
		bad    int
	}{"nobody signed the record": {record, intake.EnvelopeUnsigned, 1}, "the peer signed the record": {whole, intake.EnvelopeVerified, 0}} {
		t.Run(name, func(t *testing.T) {
			r, err := intake.Read(t.Context(), c.upload, intake.Config{Verify: verify.Config{Now: testkit.Clock}})
			require.NoError(t, err)
			require.Equal(t, c.state, r.Envelope.State, "%v", r.Envelope.Codes)
			require.Equal(t, len(list)+c.bad, r.Len())
			n := 0
			for e := range r.Entries() {
				want := intake.StandingOwnProof
				if n == len(list) {
					want = intake.StandingForged
				}
				require.Equal(t, want, e.Standing, "%v", e.Codes())
				n++
			}
		})
	}
}
