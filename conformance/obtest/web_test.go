package obtest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// What the Web says of a fault is what a real client says of it over TLS.
func TestFaultsAreThoseOfAClient(t *testing.T) {
	host, err := obtest.NewHost()
	require.NoError(t, err)
	t.Cleanup(host.Close)
	w := obtest.New(obtest.Config{Origin: host.Origin()})
	url := host.Origin() + "/page"
	w.Web.Put(url, "application/json", []byte(`{"version": 1}`))
	w.Web.Put(url, "application/json", []byte(`{"version": 2}`))
	w.Web.Redirect(host.Origin()+"/moved", url)
	client, err := host.Client(fetch.Config{ErrorTTL: -1, Timeout: 300 * time.Millisecond})
	require.NoError(t, err)
	t.Cleanup(client.CloseIdle)

	_, err = client.Fetch(t.Context(), url)
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeNotFound}, "nothing is served yet")
	host.Serve(w.Web)
	for _, target := range []string{url, host.Origin() + "/moved", host.Origin() + "/nothing"} {
		for _, f := range append(obtest.Faults(), "") {
			w.Web.Break(target, f)
			want, wantErr := client.Fetch(t.Context(), target)
			got, gotErr := w.Web.Fetch(t.Context(), target)
			w.Web.Break(target, "")
			if wantErr != nil {
				var a, b *fetch.Error
				require.ErrorAs(t, wantErr, &a)
				require.ErrorAs(t, gotErr, &b, "%s", f)
				require.Equal(t, a.Code, b.Code, "%s", f)
				require.Equal(t, a.Status, b.Status, "%s", f)
				continue
			}
			require.NoError(t, gotErr)
			require.Equal(t, want.URL, got.URL)
			require.Equal(t, want.MediaType, got.MediaType)
			require.Equal(t, string(want.Body), string(got.Body))
		}
	}
	w.Web.Break(host.Origin(), obtest.Gone)
	_, err = client.Fetch(t.Context(), url)
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeGone})
	_, err = w.Web.Fetch(t.Context(), url+"#key")
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeGone})

	ended, end := context.WithCancel(t.Context())
	end()
	_, err = w.Web.Fetch(ended, url)
	require.ErrorIs(t, err, context.Canceled)
	_, err = w.Web.Fetch(t.Context(), "http://harbour.example/")
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeRefusedURL})
}

// All good cases of issuers on a real host verify over TLS, by a client with a cache.
func TestGoodOverTLS(t *testing.T) {
	host, err := obtest.NewHost()
	require.NoError(t, err)
	t.Cleanup(host.Close)
	w := obtest.New(obtest.Config{Origin: host.Origin()})
	host.Serve(w.Web)
	client, err := host.Client(fetch.Config{Cache: fetch.NewMemoryCache(0), Now: w.Now})
	require.NoError(t, err)
	t.Cleanup(client.CloseIdle)
	for c, err := range w.Good() {
		require.NoError(t, err)
		c.Config = verify.Config{Fetcher: client, Now: w.Now}
		require.NoError(t, c.Check(t.Context()))
	}
	for c, err := range w.Bad() {
		require.NoError(t, err)
		var e *verify.Error
		_, err := verify.Verify(t.Context(), c.Credential, verify.Config{Fetcher: client, Now: w.Now, Proofs: c.Config.Proofs})
		require.True(t, errors.As(err, &e), c.Name)
		require.Contains(t, e.Report.Codes(), c.Code, c.Name)
	}
}
