package rest_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func TestWaits(t *testing.T) {
	half := func() float64 { return 0.5 }
	r := rest.Retries{Most: 4, MaxWait: 3 * time.Second, Jitter: half}
	for i, want := range []time.Duration{375, 750, 1500, 2250} {
		got, again := r.Wait(i+1, 0)
		require.True(t, again)
		require.Equal(t, want*time.Millisecond, got)
	}
	_, again := r.Wait(5, 0)
	require.False(t, again)
	got, again := r.Wait(1, 2*time.Second)
	require.True(t, again)
	require.Equal(t, 2*time.Second, got)
	_, again = r.Wait(1, 4*time.Second)
	require.False(t, again)
	r = rest.Retries{Most: 1 << 30, MaxWait: time.Hour, Jitter: half}
	got, again = r.Wait(1<<29, 0)
	require.True(t, again)
	require.Equal(t, 45*time.Minute, got)
}

func TestRetryAfter(t *testing.T) {
	const longest = math.MaxInt64 / time.Second * time.Second
	for text, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, " 7 ": 7 * time.Second, "-7": 0, "1.5": 0, "soon": 0, "31536000": 365 * 24 * time.Hour,
		"99999999999": longest, "18446744073709551616": longest, strings.Repeat("9", 1000): longest, "-" + strings.Repeat("9", 30): 0,
		testkit.Now.Add(time.Minute).Format(http.TimeFormat): time.Minute, testkit.Now.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		require.Equal(t, want, rest.RetryAfter(text, testkit.Now.Truncate(time.Second)), text)
	}
}

// A body of exactly the most is whole; one byte more is an error, compressed or not.
func TestBodiesAreBounded(t *testing.T) {
	for _, zipped := range []bool{false, true} {
		for size, want := range map[int]error{0: nil, 99: nil, 100: nil, 101: rest.ErrTooLong, 10_000: rest.ErrTooLong} {
			text := bytes.Repeat([]byte("x"), size)
			resp := &http.Response{Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(text))}
			if zipped {
				var b bytes.Buffer
				z := gzip.NewWriter(&b)
				_, _ = z.Write(text)
				require.NoError(t, z.Close())
				resp.Header.Set("Content-Encoding", "gzip")
				resp.Body = io.NopCloser(&b)
			}
			body, err := rest.NewBody(resp, 100)
			require.NoError(t, err)
			got, err := io.ReadAll(body)
			require.ErrorIs(t, err, want)
			require.Equal(t, body.Err(), want)
			require.Len(t, got, min(size, 100))
		}
	}
}

// A body that ends before the length that was announced broke off, whoever read it; one
// whose length nobody can know ends where it ends.
func TestBodiesThatAreShort(t *testing.T) {
	for announced, want := range map[int64]error{-1: nil, 0: nil, 3: nil, 4: io.ErrUnexpectedEOF, 1 << 40: io.ErrUnexpectedEOF} {
		resp := &http.Response{Header: http.Header{}, ContentLength: announced, Body: io.NopCloser(strings.NewReader("abc"))}
		body, err := rest.NewBody(resp, 100)
		require.NoError(t, err)
		_, err = io.ReadAll(body)
		require.ErrorIs(t, err, want, announced)
		require.ErrorIs(t, body.Err(), want, announced)
	}
	resp := &http.Response{Header: http.Header{}, ContentLength: 5, Uncompressed: true, Body: io.NopCloser(strings.NewReader("abc"))}
	body, err := rest.NewBody(resp, 100)
	require.NoError(t, err)
	_, err = io.ReadAll(body)
	require.NoError(t, err, "the length is that of what was compressed")
}
