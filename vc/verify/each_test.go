package verify_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// each has what InspectEach yields: what is embedded, by its number, and the document itself.
func each(t *testing.T, handedIn []byte, e verify.Expect, c verify.Config) (embedded map[int]verify.Embedded, root verify.Embedded) {
	t.Helper()
	v, err := verify.New(c)
	require.NoError(t, err)
	embedded = map[int]verify.Embedded{}
	for one, err := range v.InspectEach(t.Context(), handedIn, e) {
		require.NoError(t, err)
		require.Nil(t, root.Report, "the document itself is the last")
		if one.Number == 0 {
			root = one
			continue
		}
		require.NotContains(t, embedded, one.Number)
		embedded[one.Number] = one
	}
	return embedded, root
}

// What is embedded is yielded with its content and what became of its own proof, whatever
// becomes of the document around it, and the report is that of Inspect.
func TestInspectEach(t *testing.T) {
	i := school.Ed(t, 1)
	signed := func(n int) []byte {
		b, err := i.Sign(i.Badge(obtest.Badge{Number: n, Recipient: "did:example:ana"}), nil)
		require.NoError(t, err)
		return b
	}
	changed := []byte(strings.Replace(string(signed(2)), "Keel laying 2", "Sailing", 1))
	record := i.Record(9, "did:example:ana", signed(1), changed, i.Badge(obtest.Badge{Number: 3}))
	good := school.Sign(t, i, record, func(o *dataintegrity.SignOptions) { o.Suite = "eddsa-jcs-2022" })
	for name, text := range map[string][]byte{"unsigned": record, "signed": good,
		"changed": []byte(strings.Replace(string(good), "Record 9", "Record 8", 1))} {
		t.Run(name, func(t *testing.T) {
			c := verify.Config{Now: testkit.Clock}
			embedded, root := each(t, text, verify.Expect{}, c)
			require.Len(t, embedded, 3)
			for n, want := range map[int]verify.ProofState{1: verify.ProofGood, 2: verify.ProofBad, 3: verify.ProofNone} {
				require.Equal(t, want, embedded[n].Proof)
				require.Zero(t, embedded[n].Within)
				require.Equal(t, []*vc.Document{root.Document()}, embedded[n].Around())
				require.JSONEq(t, string(embedded[n].Secured()), string(embedded[n].Credential()))
			}
			require.Equal(t, map[string]verify.ProofState{"unsigned": verify.ProofNone, "signed": verify.ProofGood,
				"changed": verify.ProofBad}[name],
				root.Proof)
			report, err := verify.Inspect(t.Context(), text, c)
			require.NoError(t, err)
			require.Equal(t, string(report.AppendJSON(nil)), string(root.Report.AppendJSON(nil)))
		})
	}
}

// What is no credential is yielded as that, and has no content.
func TestInspectEachUnreadable(t *testing.T) {
	_, root := each(t, []byte("%PDF-1.7"), verify.Expect{}, verify.Config{})
	require.Equal(t, verify.VerdictUnreadable, root.Report.Verdict)
	require.Nil(t, root.Document())
	require.Nil(t, root.Credential())
	require.Nil(t, root.Secured())
	require.ErrorContains(t, root.Decode(new(any)), "nothing could be read")
	v, err := verify.New(verify.Config{})
	require.NoError(t, err)
	for one, err := range v.InspectEach(t.Context(), nil, verify.Expect{AllowUnsigned: true, Challenge: "c"}) {
		require.Nil(t, one.Report)
		require.ErrorContains(t, err, "AllowUnsigned beside")
	}
}

// Whoever stops early ends the inspection, and leaves nothing running.
func TestInspectEachStopped(t *testing.T) {
	i := school.Ed(t, 1)
	var all [][]byte
	for n := range 80 {
		b, err := i.Sign(i.Badge(obtest.Badge{Number: n}), nil)
		require.NoError(t, err)
		all = append(all, b)
	}
	v, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	n := 0
	for range v.InspectEach(context.Background(), i.Record(1, "did:example:ana", all...), verify.Expect{}) {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

// The status of an unsigned credential is asked where the signature around it is that of its
// own issuer, which covers the entry, and nowhere else.
func TestStatusOfUnsigned(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "covered", At: testkit.Now})
	issuer := func(name string) *obtest.Issuer {
		i, err := world.Issuer(name, obtest.DIDWeb, obtest.Ed25519)
		require.NoError(t, err)
		return i
	}
	registrar, other := issuer("registrar"), issuer("other")
	list, err := registrar.Lists.Entries(t.Context(), status.PurposeRevocation)
	require.NoError(t, err)
	require.NoError(t, registrar.Lists.Revoke(t.Context(), list))
	badge := registrar.Badge(obtest.Badge{Number: 1, Status: list})
	jcs := func(o *dataintegrity.SignOptions) { o.Suite = "eddsa-jcs-2022" }
	for name, c := range map[string]struct {
		text []byte
		want verify.Outcome
	}{
		"in its issuer's record": {school.Sign(t, registrar, registrar.Record(1, "did:example:ana", badge), jcs), verify.OutcomeFailed},
		"deeper in it": {school.Sign(t, registrar,
			registrar.Record(1, "did:example:ana", registrar.Record(2, "did:example:ana", badge)), jcs), verify.OutcomeFailed},
		"in another's record":   {school.Sign(t, other, other.Record(1, "did:example:ana", badge), jcs), verify.OutcomeNotRun},
		"in an unsigned record": {registrar.Record(1, "did:example:ana", badge), verify.OutcomeNotRun},
	} {
		t.Run(name, func(t *testing.T) {
			embedded, _ := each(t, c.text, verify.Expect{}, verify.Config{Now: testkit.Clock, Fetcher: world.Web})
			one := embedded[len(embedded)]
			require.Equal(t, c.want, one.Report.Outcome(verify.CheckStatus))
			require.Equal(t, c.want == verify.OutcomeFailed, strings.Contains(string(one.Report.AppendJSON(nil)), `"code":"revoked"`))
		})
	}
}

// What the signature around unsigned credentials does not tie to one of them is named at it.
func TestUnattributed(t *testing.T) {
	i := school.Ed(t, 1)
	signed, err := i.Sign(i.Badge(obtest.Badge{Number: 1, Recipient: "did:example:ana"}), nil)
	require.NoError(t, err)
	copied := func(n int) []byte { // of another achievement, whose description is that of the signed one
		var o map[string]any
		require.NoError(t, json.Unmarshal(i.Badge(obtest.Badge{Number: n, Recipient: "did:example:ana"}), &o))
		o["credentialSubject"].(map[string]any)["achievement"].(map[string]any)["id"] = "urn:uuid:2f5c8c2e-8f0a-4b43-9a8e-3d0d6b1f4e21"
		b, err := json.Marshal(o)
		require.NoError(t, err)
		return b
	}
	all, _ := each(t, school.Sign(t, i, i.Record(1, "did:example:ana", signed, copied(2)), nil), verify.Expect{},
		verify.Config{Now: testkit.Clock})
	require.Empty(t, all[1].Unattributed())
	require.Empty(t, all[2].Unattributed(), "nothing equal")
	all, _ = each(t, school.Sign(t, i, i.Record(1, "did:example:ana", copied(2), copied(3)), nil), verify.Expect{},
		verify.Config{Now: testkit.Clock})
	require.Equal(t, []string{"/credentialSubject"}, all[1].Unattributed())
	require.Equal(t, []string{"/credentialSubject"}, all[2].Unattributed())
}

// The end of the time ends the inspection, and nothing that is embedded is lost by it.
func TestInspectEachEnded(t *testing.T) {
	i := school.Ed(t, 1)
	var all [][]byte
	for n := range 20 {
		b, err := i.Sign(i.Badge(obtest.Badge{Number: n}), nil)
		require.NoError(t, err)
		all = append(all, b)
	}
	v, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := 0
	for one, err := range v.InspectEach(ctx, i.Record(1, "did:example:ana", all...), verify.Expect{}) {
		n++
		require.Equal(t, one.Number == 0, err != nil)
		require.NotEqual(t, verify.ProofBad, one.Proof)
	}
	require.Equal(t, 21, n)
}
