package rest_test

import (
	"math/rand/v2"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

func TestRoom(t *testing.T) {
	room := rest.NewRoom(100)
	a, b := room.Lease(), room.Lease()
	require.NoError(t, a.Take(60))
	require.ErrorIs(t, b.Take(50), rest.ErrNoRoom)
	require.NoError(t, b.Take(40))
	require.ErrorIs(t, a.Take(1), rest.ErrNoRoom)
	b.Release()
	require.Equal(t, int64(60), room.Used())
	require.NoError(t, a.Take(1000), "alone in the room")
	require.ErrorIs(t, b.Take(1), rest.ErrNoRoom)
	a.Release()
	a.Release()
	require.Zero(t, room.Used())
}

// What several hold is counted once, until the last of them has gone.
func TestRoomShared(t *testing.T) {
	room := rest.NewRoom(100)
	var all []*rest.Lease
	for range 50 {
		l := room.Lease()
		require.NoError(t, l.Share("text", 80))
		require.NoError(t, l.Share("text", 80))
		all = append(all, l)
	}
	require.Equal(t, int64(80), room.Used())
	require.ErrorIs(t, room.Lease().Share("other", 30), rest.ErrNoRoom)
	for i, l := range all {
		require.Equal(t, int64(80), room.Used(), i)
		l.Release()
	}
	require.Zero(t, room.Used())
}

// Whatever is taken and given back in whatever order, nobody is let in beside others
// beyond the room, and nothing is left at the end.
func TestRoomIsNeverExceeded(t *testing.T) {
	const most = 1000
	r := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for range 200 {
		room := rest.NewRoom(most)
		leases, own := make([]*rest.Lease, 8), make([]int64, 8)
		for i := range leases {
			leases[i] = room.Lease()
		}
		for range 200 {
			i, before := r.IntN(len(leases)), room.Used()
			if r.IntN(3) == 0 {
				leases[i].Release()
				own[i] = 0
				continue
			}
			n := int64(r.IntN(300))
			if err := leases[i].Take(n); err != nil {
				refused++
				require.Equal(t, before, room.Used())
				require.True(t, before+n > most && before > own[i])
				continue
			}
			own[i] += n
			require.Equal(t, before+n, room.Used())
			require.True(t, room.Used() <= most || before == own[i]-n, "one alone may have more")
		}
		for _, l := range leases {
			l.Release()
		}
		require.Zero(t, room.Used())
	}
	require.Greater(t, refused, 1000)
}
