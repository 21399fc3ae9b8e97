package rest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

// written is a source of texts that counts how often each was asked to be written.
type written struct {
	mu    sync.Mutex
	times map[string]int
	size  int
}

func (s *written) get(t testing.TB, c *rest.Texts, key string) *rest.Text {
	t.Helper()
	text, err := c.Get(t.Context(), key, func(_ context.Context, w io.Writer) error {
		s.mu.Lock()
		s.times[key]++
		s.mu.Unlock()
		_, err := io.WriteString(w, strings.Repeat(key, s.size/len(key)))
		return err
	})
	require.NoError(t, err)
	return text
}

func TestTextsAreBounded(t *testing.T) {
	const n = 20
	s := &written{times: map[string]int{}, size: 10_000}
	c := rest.NewTexts(5 * 10_600)
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("%04d", i)
		text := s.get(t, c, keys[i])
		require.Equal(t, rest.Tag(text.Body), text.Tag)
		require.Equal(t, int64(len(text.Body)), text.Size)
	}
	for _, key := range keys[n-5:] {
		s.get(t, c, key)
		require.Equal(t, 1, s.times[key], "the last ones are kept")
	}
	s.get(t, c, keys[0])
	require.Equal(t, 2, s.times[keys[0]], "the first ones are not")

	// A compressed text takes its room too: of the oldest.
	text := s.get(t, c, keys[0])
	again := unzip(t, c.Gzip(keys[0], text))
	require.Equal(t, text.Body, again)
	require.Equal(t, c.Gzip(keys[0], text), c.Gzip(keys[0], text))
	for _, key := range keys[n-4:] {
		before := s.times[key]
		c.Gzip(key, s.get(t, c, key))
		require.Equal(t, before, 1)
	}
}

func unzip(t testing.TB, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	require.NoError(t, err)
	text, err := io.ReadAll(z)
	require.NoError(t, err)
	return text
}

// A text of more than half of the room is known and not kept.
func TestTextThatIsTooLarge(t *testing.T) {
	s := &written{times: map[string]int{}, size: 10_000}
	c := rest.NewTexts(19_000)
	for range 2 {
		text := s.get(t, c, "long")
		require.Nil(t, text.Body)
		require.Equal(t, int64(10_000), text.Size)
		require.Equal(t, rest.Tag([]byte(strings.Repeat("long", 2500))), text.Tag)
	}
	require.Equal(t, 1, s.times["long"])
}

// Each text is written once, however many ask; who waits may go, and the text stays.
func TestTextsAreWrittenOnce(t *testing.T) {
	c := rest.NewTexts(1 << 20)
	times := 0
	started, release := make(chan struct{}), make(chan struct{})
	write := func(ctx context.Context, w io.Writer) error {
		times++
		close(started)
		<-release
		_, err := io.WriteString(w, "text")
		return errors.Join(err, ctx.Err())
	}
	gone, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() { _, _ = c.Get(gone, "key", write) })
	<-started
	cancel()
	_, err := c.Get(gone, "key", write)
	require.ErrorIs(t, err, context.Canceled)
	for range 4 {
		group.Go(func() {
			text, err := c.Get(t.Context(), "key", write)
			if err != nil || string(text.Body) != "text" {
				t.Error(text, err)
			}
		})
	}
	close(release)
	group.Wait()
	require.Equal(t, 1, times)
}

func TestTextsThatFailAreNotKept(t *testing.T) {
	c := rest.NewTexts(1 << 20)
	failed := errors.New("full")
	for range 2 {
		_, err := c.Get(t.Context(), "key", func(context.Context, io.Writer) error { return failed })
		require.ErrorIs(t, err, failed)
	}
	require.Panics(t, func() {
		_, _ = c.Get(t.Context(), "key", func(context.Context, io.Writer) error { panic("no") })
	})
	text, err := c.Get(t.Context(), "key", func(_ context.Context, w io.Writer) error {
		_, err := w.Write([]byte("good"))
		return err
	})
	require.NoError(t, err)
	require.Equal(t, "good", string(text.Body))
}
