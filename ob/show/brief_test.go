package show_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
)

// A list says what a page does, without anybody being asked; a badge that expired too.
func TestBrief(t *testing.T) {
	i := ed(t)
	award := keel(i)
	badge := issued(t, i, award)
	token, err := i.Token(draft(t, award), nil)
	require.NoError(t, err)
	for name, text := range map[string][]byte{"signed": badge, "a token": token} {
		b, err := show.NewBriefUnverified(text, show.Options{Languages: []string{"de-AT"}})
		require.NoError(t, err, name)
		require.Equal(t, show.KindBadge, b.Kind, name)
		require.Equal(t, show.Text{Value: "Kiel legen", Lang: "de"}, b.Name, name)
		require.Equal(t, "Harbour School of Boatbuilding", b.Issuer.Value, name)
		require.Equal(t, drawing, b.Image.URL, name)
		require.Equal(t, date("2025-05-30"), b.Issued.UTC(), name)
		require.Equal(t, date("2030-06-01"), b.Until.UTC(), name)
		require.Equal(t, award.ID, vc.IRI(b.ID), name)
		for words, want := range map[string]bool{
			"": true, " \t": true, "kiel": true, "KIEL Harbour": true, "wood sea": true, "shapes w.3": true, "boat 101": true, "micro": true,
			"kiel plumbing": false, "ada": false, "supervision": false, // who it is about and what it took are not looked into
		} {
			require.Equal(t, want, b.Has(words), words)
		}
	}
	record, err := i.Sign(i.Record(1, "did:example:ada", badge), nil)
	require.NoError(t, err)
	b, err := show.NewBriefUnverified(record, show.Options{})
	require.NoError(t, err)
	require.Equal(t, show.KindRecord, b.Kind)
	require.Equal(t, time.Time{}, b.Until)
	for _, text := range []string{"", "[]", "<html>", `{"a":`} {
		_, err := show.NewBriefUnverified([]byte(text), show.Options{})
		require.ErrorAs(t, err, new(*vc.Problem), text)
	}
}
