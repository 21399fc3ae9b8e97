package fetch_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
)

func TestContradictoryConfig(t *testing.T) {
	for _, c := range []fetch.Config{{MaxTTL: -1}, {MaxBytes: -1}, {Timeout: -1}} {
		_, err := fetch.NewClient(c)
		require.Error(t, err)
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
			if value == 1 && (field == "Timeout" || field == "MaxBytes") {
				require.Error(t, err, "a nanosecond or a byte is not enough")
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
