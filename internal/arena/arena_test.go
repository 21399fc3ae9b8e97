package arena_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/laurel-edu/laurel/internal/arena"
	"github.com/stretchr/testify/require"
)

// chunk is about where a text no longer fits in the room that is at hand.
const chunk = 1 << 16

// drawn returns a text of a length that is small, or about that of a chunk or several.
func drawn(r *rand.Rand) []byte {
	n := r.IntN(300)
	switch r.IntN(20) {
	case 0:
		n = chunk - 8 + r.IntN(16)
	case 1:
		n = 1 + r.IntN(3*chunk)
	case 2:
		n = 0
	}
	return bytes.Repeat([]byte{byte('a' + r.IntN(26))}, n)
}

func TestTextsAreFoundAgain(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		var a arena.Arena
		texts, at := [][]byte{}, map[arena.Text]int{}
		for i := range 200 {
			b := drawn(r)
			place := a.Put(b)
			require.NotZero(t, place)
			_, taken := at[place]
			require.False(t, taken, "seed %d: text %d has the place of another", seed, i)
			texts, at[place] = append(texts, b), i
		}
		a.Clip()
		for place, i := range at {
			require.True(t, bytes.Equal(texts[i], a.Bytes(place)), "seed %d: text %d", seed, i)
			require.Equal(t, len(texts[i]), len(a.String(place)))
		}
		require.False(t, a.Full)
		require.Empty(t, a.String(0))
	}
}

func TestEqualTextsHaveOnePlace(t *testing.T) {
	var a arena.Arena
	n, r := arena.In(&a), rand.New(rand.NewPCG(3, 4))
	places := map[string]arena.Text{}
	for range 5000 {
		b := drawn(r)
		place := n.Put(b)
		if before, met := places[string(b)]; met {
			require.Equal(t, before, place)
		}
		places[string(b)] = place
		found, _ := n.Find(b)
		require.Equal(t, place, found)
	}
	require.Greater(t, len(places), 1000)
}

// What an arena holds beyond its texts is bounded, whatever their lengths are.
func TestRoomIsUsed(t *testing.T) {
	var small arena.Arena
	require.LessOrEqual(t, testing.AllocsPerRun(1, func() { small = arena.Arena{}; small.Put([]byte("text")) }), 3.0)
	var a arena.Arena
	for range 10_000 {
		a.Put(bytes.Repeat([]byte{'x'}, 100))
	}
	last := a.Put(nil)
	require.Less(t, int(last)>>16, 10_000*101/chunk+10, "chunks are filled before another begins")
}
