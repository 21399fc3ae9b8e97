package status_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/status"
)

func seeded() *rand.ChaCha8 { return rand.NewChaCha8([32]byte{1}) }

func TestSlotsGiveEachIndexOnce(t *testing.T) {
	for _, n := range []int{1, 7, 8, 9, 1000} {
		slots, err := status.NewSlots(n, nil, seeded())
		require.NoError(t, err)
		seen := map[int]bool{}
		for i := range n {
			require.Equal(t, n-i, slots.Free())
			index, err := slots.Take()
			require.NoError(t, err)
			require.True(t, index >= 0 && index < n && !seen[index], "index %d of %d", index, n)
			seen[index] = true
		}
		_, err = slots.Take()
		require.ErrorIs(t, err, status.ErrFull)
	}
}

// Each index is drawn about equally often: a chi-square of 15 degrees of
// freedom stays below 45 in all but one of ten thousand runs, and the seed is fixed.
func TestSlotsAreDrawnEvenly(t *testing.T) {
	const n, rounds = 16, 8000
	source := seeded()
	var drawn [n]float64
	for range rounds {
		slots, err := status.NewSlots(n, nil, source)
		require.NoError(t, err)
		index, err := slots.Take()
		require.NoError(t, err)
		drawn[index]++
	}
	chi := 0.0
	for _, d := range drawn {
		chi += (d - rounds/n) * (d - rounds/n) / (rounds / n)
	}
	require.Less(t, chi, 45.0)
}

func TestSlotsGoOn(t *testing.T) {
	first, err := status.NewSlots(100, nil, seeded())
	require.NoError(t, err)
	seen := map[int]bool{}
	for range 60 {
		i, err := first.Take()
		require.NoError(t, err)
		seen[i] = true
	}
	second, err := status.NewSlots(100, first.Bytes(), nil)
	require.NoError(t, err)
	require.Equal(t, 40, second.Free())
	for range 40 {
		i, err := second.Take()
		require.NoError(t, err)
		require.False(t, seen[i])
		seen[i] = true
	}
	require.Len(t, seen, 100)
	require.Equal(t, 40, first.Free(), "the record was copied")
}

func TestSlotsRefuse(t *testing.T) {
	_, err := status.NewSlots(0, nil, nil)
	require.ErrorContains(t, err, "no list has 0 entries")
	_, err = status.NewSlots(9, make([]byte, 1), nil)
	require.ErrorContains(t, err, "1 bytes do not record which of 9 indexes are taken")
	_, err = status.NewSlots(9, []byte{0, 0x40}, nil)
	require.Error(t, err, "index 9 of 9 is taken")

	broken := errors.New("no entropy")
	slots, err := status.NewSlots(100, nil, iotest.ErrReader(broken))
	require.NoError(t, err)
	_, err = slots.Take()
	require.ErrorIs(t, err, broken)
	require.Equal(t, 100, slots.Free())

	stuck, err := status.NewSlots(100, nil, bytes.NewReader(bytes.Repeat([]byte{0xff}, 1<<16)))
	require.NoError(t, err)
	_, err = stuck.Take()
	require.ErrorContains(t, err, "the source of randomness repeats itself")
}

func TestSlotsAreSafeForConcurrentUse(t *testing.T) {
	slots, err := status.NewSlots(800, nil, nil)
	require.NoError(t, err)
	var mu sync.Mutex
	seen := map[int]bool{}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				i, err := slots.Take()
				mu.Lock()
				if err != nil || seen[i] {
					t.Error(i, err)
				}
				seen[i] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	require.Zero(t, slots.Free())
}
