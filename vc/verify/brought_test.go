package verify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// keysOf answers with the documents of issuers and with nothing else, such as a status list.
type keysOf struct{ next fetch.Fetcher }

func (k keysOf) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	r, err := k.next.Fetch(ctx, url)
	if err == nil && r.MediaType != "application/did+json" {
		return nil, &fetch.Error{Code: fetch.CodeNetwork, URL: url, Detail: "connection refused"}
	}
	return r, err
}

// A status list that is brought along is used in place of a fetch, as far as one that was
// kept since it was made: what its holder chose cannot hide what has happened since.
func TestListsBroughtAlong(t *testing.T) {
	s := newStage(t)
	entries, err := s.school.Lists.Entries(t.Context(), status.PurposeRevocation)
	require.NoError(t, err)
	badge := s.issued(obtest.Badge{Number: 5, Recipient: s.ada.ID, Status: entries})
	list := func(i *obtest.Issuer, age, ttl time.Duration, change func(*status.List)) []byte {
		l, err := status.NewList(status.MinEntries, 1)
		require.NoError(t, err)
		if change != nil {
			change(l)
		}
		text, err := l.Credential(status.Publication{ID: vc.IRI(entries[0].StatusListCredential), Issuer: vc.IRI(i.ID),
			Purposes: []string{status.PurposeRevocation}, ValidFrom: s.world.Now().Add(-age), TTL: ttl})
		require.NoError(t, err)
		return s.signed(i, text, nil)
	}
	fresh := list(s.school, time.Minute, time.Hour, nil)
	forged := replace(t, string(fresh), `"ttl":3600000`, `"ttl":3600001`)
	set := list(s.school, time.Minute, time.Hour, func(l *status.List) {
		for i := range uint64(status.MinEntries) {
			require.NoError(t, l.Set(int(i), 1))
		}
	})
	for name, c := range map[string]struct {
		lists   [][]byte
		outcome verify.Outcome // of the status of the badge where no list can be fetched
		warned  bool
	}{
		"none":              {nil, verify.OutcomeUndetermined, false},
		"fresh":             {[][]byte{fresh}, verify.OutcomePassed, false},
		"set":               {[][]byte{set}, verify.OutcomeFailed, false},
		"old":               {[][]byte{list(s.school, 2*time.Hour, time.Hour, nil)}, verify.OutcomeUndetermined, true},
		"old, no ttl":       {[][]byte{list(s.school, 6*time.Minute, 0, nil)}, verify.OutcomeUndetermined, true},
		"of now, no ttl":    {[][]byte{list(s.school, 4*time.Minute, 0, nil)}, verify.OutcomePassed, false},
		"a ttl of a week":   {[][]byte{list(s.school, 25*time.Hour, 7*24*time.Hour, nil)}, verify.OutcomeUndetermined, true},
		"two of one id":     {[][]byte{fresh, set}, verify.OutcomeUndetermined, true},
		"another issuer's":  {[][]byte{list(s.bob, time.Minute, time.Hour, nil)}, verify.OutcomeUndetermined, false},
		"forged":            {[][]byte{forged}, verify.OutcomeUndetermined, false},
		"signed by another": {[][]byte{s.signedFor(s.bob, s.school, fresh)}, verify.OutcomeUndetermined, false},
	} {
		t.Run(name, func(t *testing.T) {
			text := s.presents(s.ada, presentation(s.ada.ID, append([][]byte{badge}, c.lists...)...), nil)
			r := s.inspect(text, s.asked, verify.Config{Fetcher: keysOf{s.world.Web}})
			require.Equal(t, c.outcome, r.Nested[0].Report.Outcome(verify.CheckStatus), "%v", r.Nested[0].Report.Problems())
			codes := map[vc.Code]bool{}
			for _, w := range r.Nested[0].Report.Warnings() {
				codes[w.Code] = true
			}
			require.Equal(t, c.warned, codes[verify.CodeListNotFresh])
			for _, n := range r.Nested[1:] {
				require.Equal(t, verify.HoldingNotAsked, n.Holding)
			}
		})
	}

	// Where the list can be fetched an old one brought along changes nothing.
	require.NoError(t, s.school.Lists.Revoke(t.Context(), entries))
	old := list(s.school, 2*time.Hour, time.Hour, nil)
	r := s.inspect(s.presents(s.ada, presentation(s.ada.ID, badge, old), nil), s.asked, verify.Config{})
	require.Equal(t, []vc.Code{status.CodeRevoked}, r.Nested[0].Report.Codes())
}

// signedFor replaces the proof of a credential of one issuer by that of another.
func (s *stage) signedFor(by, of *obtest.Issuer, credential []byte) []byte {
	bare := credential[:strings.Index(string(credential), `,"proof"`)]
	return s.signed(by, append(bare[:len(bare):len(bare)], '}'), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.SkipIssuerCheck = of.VerificationMethod, true
	})
}
