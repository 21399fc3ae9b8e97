package status_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/status"
)

// What a store must do, whichever it is.
func TestStores(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			kept, err := s.Load(ctx, "revocation/1")
			require.NoError(t, err)
			require.Zero(t, kept.Taken)
			require.Empty(t, kept.Values)
			for _, index := range []int{0, 7, 8, 131071} {
				for _, want := range []bool{true, false} {
					free, err := s.Take(ctx, "revocation/1", index)
					require.NoError(t, err)
					require.Equal(t, want, free, index)
				}
			}
			free, err := s.Take(ctx, "revocation/2", 7)
			require.NoError(t, err)
			require.True(t, free)
			require.NoError(t, s.Set(ctx, "revocation/1", 7, 1))
			require.NoError(t, s.Set(ctx, "revocation/1", 9, 1<<63), "not taken before")
			free, err = s.Take(ctx, "revocation/1", 9)
			require.NoError(t, err)
			require.False(t, free)
			kept, err = s.Load(ctx, "revocation/1")
			require.NoError(t, err)
			require.Equal(t, status.Kept{Taken: 5, Values: map[int]uint64{7: 1, 9: 1 << 63}}, kept)
			kept.Values[8] = 1
			require.NoError(t, s.Set(ctx, "revocation/1", 7, 0))
			kept, err = s.Load(ctx, "revocation/1")
			require.NoError(t, err)
			require.Equal(t, status.Kept{Taken: 5, Values: map[int]uint64{9: 1 << 63}}, kept)

			var won atomic.Int32
			var group sync.WaitGroup
			for range 8 {
				group.Go(func() {
					if free, err := s.Take(ctx, "suspension/1", 3); err == nil && free {
						won.Add(1)
					}
				})
			}
			group.Wait()
			require.EqualValues(t, 1, won.Load())
		})
	}
}

// Random changes, and after each the file holds what was acknowledged: whoever opens it
// finds that.
func TestFileStoreOutlastsItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lists.json")
	s, err := status.OpenFileStore(path)
	require.NoError(t, err)
	memory := &status.MemoryStore{}
	random := rand.New(rand.NewPCG(1, 2))
	lists := []string{"revocation/1", "suspension/1", "revocation/2", "a \"list\" <of> \u2028 names"}
	for step := range 200 {
		list, index := lists[random.IntN(len(lists))], random.IntN(300)
		if random.IntN(2) == 0 {
			want, err := memory.Take(t.Context(), list, index)
			require.NoError(t, err)
			got, err := s.Take(t.Context(), list, index)
			require.NoError(t, err)
			require.Equal(t, want, got)
		} else {
			value := random.Uint64() >> random.IntN(64)
			require.NoError(t, memory.Set(t.Context(), list, index, value))
			require.NoError(t, s.Set(t.Context(), list, index, value))
		}
		if step%10 == 0 {
			s, err = status.OpenFileStore(path)
			require.NoError(t, err)
		}
	}
	s, err = status.OpenFileStore(path)
	require.NoError(t, err)
	for _, list := range lists {
		want, err := memory.Load(t.Context(), list)
		require.NoError(t, err)
		got, err := s.Load(t.Context(), list)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	others, err := filepath.Glob(path + "?*")
	require.NoError(t, err)
	require.Empty(t, others, "what a write leaves behind")
}

// Two processes with one file would each lose what the other writes. The second who
// writes is told, and writes nothing.
func TestFileStoreNotices(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lists.json")
	one, err := status.OpenFileStore(path)
	require.NoError(t, err)
	two, err := status.OpenFileStore(path)
	require.NoError(t, err)
	require.NoError(t, one.Set(t.Context(), "revocation/1", 1, 1))
	written, err := os.ReadFile(path)
	require.NoError(t, err)
	require.ErrorIs(t, two.Set(t.Context(), "revocation/1", 2, 1), status.ErrForeignWrite)
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, written, now)
	require.NoError(t, one.Set(t.Context(), "revocation/1", 3, 1))
	require.NoError(t, os.WriteFile(path, append(written, ' '), 0o600)) // a backup, in the same file
	require.ErrorIs(t, one.Set(t.Context(), "revocation/1", 4, 1), status.ErrForeignWrite)
	require.NoError(t, os.Remove(path))
	require.ErrorIs(t, one.Set(t.Context(), "revocation/1", 5, 1), status.ErrForeignWrite)
}

// What could not be written is not acknowledged, and written with the next change.
func TestFileStoreFailsAloud(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "kept")
	require.NoError(t, os.Mkdir(folder, 0o700))
	path := filepath.Join(folder, "lists.json")
	s, err := status.OpenFileStore(path)
	require.NoError(t, err)
	require.NoError(t, os.Rename(folder, folder+"-away"))
	require.Error(t, s.Set(t.Context(), "revocation/1", 1, 1))
	_, err = s.Take(t.Context(), "revocation/1", 2)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.Rename(folder+"-away", folder))
	require.NoError(t, s.Set(t.Context(), "revocation/1", 3, 1))
	s, err = status.OpenFileStore(path)
	require.NoError(t, err)
	kept, err := s.Load(t.Context(), "revocation/1")
	require.NoError(t, err)
	require.Equal(t, status.Kept{Taken: 3, Values: map[int]uint64{1: 1, 3: 1}}, kept)
}

func TestOpenFileStoreRefuses(t *testing.T) {
	folder := t.TempDir()
	_, err := status.OpenFileStore(filepath.Join(folder, "no", "lists.json"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = status.OpenFileStore(folder)
	require.ErrorContains(t, err, "status: opening the store")
	for content, cause := range map[string]string{
		``: "lists.json", `{}`: "it has no lists", `{"lists":{"a":{"taken":"=","values":{}}}}`: `list "a"`,
		`{"lists":{"a":{"taken":"","values":{"-1":1}}}}`:                 "no list has an index -1",
		`{"lists":{"a":{"taken":"","values":{"999999999999999":1}}}}`:    "no list has an index",
		`{"lists":{"a":{"taken":"","values":{"1":-1}}}}`:                 "lists.json",
		`{"lists":{"a":{"taken":"","values":{"1":1}}}} {"lists":{}}`:     "lists.json",
		`{"lists":{"a":{"taken":"","values":{"1":1}},"a":{"taken":""}}}`: "lists.json",
	} {
		path := filepath.Join(folder, "lists.json")
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := status.OpenFileStore(path)
		require.ErrorContains(t, err, cause, content)
	}
}
