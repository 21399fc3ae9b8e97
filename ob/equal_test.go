package ob_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

func TestEqualityExamples(t *testing.T) {
	var c [4]ob.AchievementCredential
	for i := range c {
		name := "ob/samples/valid/spec-examples/equality-and-comparison_0" + string(rune('1'+i)) + ".json"
		require.NoError(t, vc.Unmarshal(testkit.ReadShared(t, name), &c[i]))
	}
	a, b, newer, d := &c[0], &c[1], &c[2], &c[3]
	for _, x := range []*ob.AchievementCredential{b, newer, d} {
		require.True(t, ob.Equal(a, x))
	}
	age, err := ob.Compare(a, newer)
	require.NoError(t, err)
	require.Equal(t, ob.AgeNewer, age, "C was made valid in March")
	age, err = ob.Compare(newer, d)
	require.NoError(t, err)
	require.Equal(t, ob.AgeOlder, age)
	age, err = ob.Compare(a, b)
	require.NoError(t, err)
	require.Equal(t, ob.AgeSame, age)
}

func badgeOf(issuer, id vc.IRI, validFrom string) *ob.AchievementCredential {
	c := &ob.AchievementCredential{Envelope: ob.Envelope{ID: id, Issuer: vc.RefTo[ob.Profile](issuer)}}
	_ = c.ValidFrom.UnmarshalText([]byte(validFrom))
	return c
}

func TestEqual(t *testing.T) {
	base := badgeOf("https://a.example/i", "https://a.example/c/1", "2026-01-01T00:00:00Z")
	object := badgeOf("", "https://a.example/c/1", "")
	object.Issuer = vc.Embed(ob.Profile{ID: "https://a.example/i"})
	require.True(t, ob.Equal(base, object), "an issuer is the same in either form")
	for _, same := range [][2]vc.IRI{
		{"https://a.example/%69", "https://a.example/c/1"},
		{"https://a.example/i", "https://a.example/c/%31%20"},
		{" https://a.example/i\n", "%20https://a.example/c/1"},
	} {
		require.True(t, ob.Equal(base, badgeOf(same[0], same[1], "")), same)
	}
	for _, other := range [][2]vc.IRI{
		{"https://a.example/I", "https://a.example/c/1"},
		{"https://a.example/i/", "https://a.example/c/1"},
		{"https://a.example/i", "https://a.example/c/2"},
		{"https://a.example/i", "https://a.example/c/%3"},
		{"https://a.example/i", "https://a.example/c/1%zz"},
		{"", ""},
	} {
		require.False(t, ob.Equal(base, badgeOf(other[0], other[1], "")), other)
	}
	require.False(t, ob.Equal(badgeOf("", "", ""), badgeOf("", "", "")), "without ids nothing is known to be the same")
}

func TestCompareInstants(t *testing.T) {
	base := badgeOf("urn:i", "urn:c", "2026-01-01T00:00:00Z")
	for text, want := range map[string]ob.Age{
		"2026-01-01T05:30:00+05:30": ob.AgeSame,
		"2026-01-01T00:00:00":       ob.AgeSame,
		"2026-01-01T00:00:00.001Z":  ob.AgeNewer,
		"2025-12-31T23:59:59Z":      ob.AgeOlder,
	} {
		age, err := ob.Compare(base, badgeOf("urn:i", "urn:c", text))
		require.NoError(t, err)
		require.Equal(t, want, age, text)
	}
	_, err := ob.Compare(base, badgeOf("urn:i", "urn:c", "later"))
	require.ErrorIs(t, err, ob.ErrNotComparable)
	require.ErrorIs(t, err, vc.ErrDateTime)
	age, err := ob.Compare(base, badgeOf("urn:i", "urn:d", "later"))
	require.NoError(t, err)
	require.Equal(t, ob.AgeDifferent, age)
	old := badgeOf("urn:i", "urn:c", "")
	require.NoError(t, old.IssuanceDate.UnmarshalText([]byte("2020-01-01T00:00:00Z")))
	age, err = ob.Compare(base, old)
	require.NoError(t, err)
	require.Equal(t, ob.AgeOlder, age)
}
