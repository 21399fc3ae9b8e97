package hub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
)

func TestTagsAreReadAsTheyAreWritten(t *testing.T) {
	tag := hub.Tag{Version: 12, Digest: [32]byte{0xfb, 1, 2}}
	text := tag.String()
	require.Equal(t, "12--wEC"+strings.Repeat("A", 39), text)
	read, ok := hub.ParseTag(text)
	require.True(t, ok)
	require.Equal(t, tag, read)
	for _, other := range []string{
		"", "12", "-", "12-", hub.Tag{}.String(), "0" + text, "+" + text, " " + text, text + "A", text[:len(text)-1], `"` + text + `"`,
		"99999999999999999999" + text[2:], strings.Replace(text, "w", "=", 1), text[:len(text)-1] + "B", strings.Replace(text, "w", "\n", 1),
	} {
		_, ok := hub.ParseTag(other)
		require.False(t, ok, other)
	}
}

func TestNamesOfValues(t *testing.T) {
	require.Equal(t, "badge record unknown", hub.KindBadge.String()+" "+hub.KindRecord.String()+" "+hub.Kind(0).String())
	var all []string
	for o := range hub.OutcomeOlder + 1 {
		all = append(all, o.String())
	}
	require.Equal(t, "unknown created replaced unchanged older", strings.Join(all, " "))
}

func TestMemoryUsesItsClock(t *testing.T) {
	now := time.Date(2024, 1, 1, 1, 0, 0, 1234, time.FixedZone("", 3600))
	m := &hub.Memory{Now: func() time.Time { return now }}
	stored, _, err := m.Upsert(t.Context(), anna, badge("a", 1))
	require.NoError(t, err)
	require.Equal(t, time.Date(2024, 1, 1, 0, 0, 0, 1000, time.UTC), stored.Changed)
	p, err := m.PutProfile(t.Context(), anna, []byte("{}"), nil)
	require.NoError(t, err)
	require.Equal(t, stored.Changed, p.Changed)
}
