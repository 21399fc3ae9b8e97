package fetch_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
)

func TestContradictoryConfig(t *testing.T) {
	_, err := fetch.NewClient(fetch.Config{MaxTTL: -1})
	require.ErrorContains(t, err, "MaxTTL is negative")
	for _, c := range []fetch.Config{{MaxBytes: -1}, {Timeout: -1}} {
		_, err := fetch.NewClient(c)
		require.ErrorContains(t, err, "a negative limit")
	}
}

// No number of a Config makes a Client panic; each is an error of NewClient, or
// bounds what it says.
func TestAnyNumber(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "max-age=99999999999")
		_, _ = io.WriteString(w, "answer")
	}))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.Start()
	t.Cleanup(srv.Close)
	refused := map[string]bool{"Timeout": true, "MaxBytes": true, "MaxTTL": true}
	least := map[string]fetch.Code{"Timeout": fetch.CodeTimeout, "MaxBytes": fetch.CodeTooLarge} // of which one is not enough
	base := fetch.Config{InsecureAllowLoopback: true, Now: testkit.Clock}
	testkit.Numbers(t, base, func(t *testing.T, field string, value int64, c fetch.Config) {
		c.Cache = fetch.NewMemoryCache(0)
		client, err := fetch.NewClient(c)
		require.Equal(t, value < 0 && refused[field], err != nil, "%v", err)
		if err != nil {
			return
		}
		defer client.CloseIdle()
		for range 2 {
			r, err := client.Fetch(t.Context(), srv.URL)
			if code, little := least[field]; little && value == 1 {
				want(t, err, code)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, "answer", string(r.Body))
			require.True(t, r.Expires.After(testkit.Now))
		}
	})
}

// A MemoryCache of any size takes what fits.
func TestMemoryOfAnySize(t *testing.T) {
	type config struct{ Bytes int }
	testkit.Numbers(t, config{}, func(t *testing.T, _ string, value int64, c config) {
		m := fetch.NewMemoryCache(c.Bytes)
		for range 3 {
			m.Put(t.Context(), "a", &fetch.Response{Body: []byte("{}")})
		}
		_, ok := m.Get(t.Context(), "a")
		require.Equal(t, value != 1, ok)
	})
}
