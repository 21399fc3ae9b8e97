package fetch_test

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

func TestCaching(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	mux, base, client := host(t, fetch.Config{Cache: fetch.NewMemoryCache(0), Now: func() time.Time { return now }})
	asked := map[string]int{}
	header := map[string]map[string]string{
		"/silent":  {},
		"/hour":    {"Cache-Control": "public, max-age=3600"},
		"/aged":    {"Cache-Control": "max-age=3600", "Age": "3000"},
		"/year":    {"Cache-Control": "max-age=31536000"},
		"/forever": {"Cache-Control": "max-age=99999999999999"},
		"/never":   {"Cache-Control": "max-age=3600, no-store"},
		"/zero":    {"Cache-Control": "max-age=0"},
		"/expires": {"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Expires": "Thu, 01 Jan 2026 00:30:00 GMT"},
		"/invalid": {"Expires": "0"},
	}
	for path, h := range header {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			asked[path]++
			for k, v := range h {
				w.Header().Set(k, v)
			}
			_, _ = io.WriteString(w, "{}")
		})
	}
	for path, lifetime := range map[string]time.Duration{
		"/silent": 5 * time.Minute, "/hour": time.Hour, "/aged": 10 * time.Minute,
		"/year": 24 * time.Hour, "/forever": 24 * time.Hour,
		"/never": 0, "/zero": 0, "/expires": 30 * time.Minute, "/invalid": 0,
	} {
		t.Run(path, func(t *testing.T) {
			start := now
			defer func() { now = start }()
			r, err := client.Fetch(t.Context(), base+path)
			require.NoError(t, err)
			require.Equal(t, fetch.SourceNetwork, r.Source)
			if lifetime == 0 {
				require.True(t, r.Expires.IsZero())
				_, err = client.Fetch(t.Context(), base+path)
				require.NoError(t, err)
				require.Equal(t, 2, asked[path])
				return
			}
			require.Equal(t, now.Add(lifetime), r.Expires)
			now = now.Add(lifetime - time.Second)
			r, err = client.Fetch(t.Context(), base+path+"#key")
			require.NoError(t, err)
			require.Equal(t, fetch.SourceCache, r.Source)
			require.Equal(t, start, r.FetchedAt)
			now = now.Add(time.Second)
			r, err = client.Fetch(t.Context(), base+path)
			require.NoError(t, err)
			require.Equal(t, fetch.SourceNetwork, r.Source)
			require.Equal(t, 2, asked[path])
		})
	}
}

// Of several statements the least counts, and one that cannot be read means stale.
func TestFreshnessIsTheLeast(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	hour := []string{"max-age=3600"}
	config := fetch.Config{DefaultTTL: 5 * time.Minute, MaxTTL: 24 * time.Hour}
	for name, c := range map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"two max-age, the less first":   {http.Header{"Cache-Control": {"max-age=60, max-age=3600"}}, time.Minute},
		"two max-age, the less last":    {http.Header{"Cache-Control": {"max-age=3600, max-age=60"}}, time.Minute},
		"in two headers":                {http.Header{"Cache-Control": {"max-age=3600", "max-age=60"}}, time.Minute},
		"in quotes":                     {http.Header{"Cache-Control": {`max-age="60"`}}, time.Minute},
		"in one quote":                  {http.Header{"Cache-Control": {`max-age="60`}}, 0},
		"no number":                     {http.Header{"Cache-Control": {"max-age=soon"}}, 0},
		"nothing":                       {http.Header{"Cache-Control": {"max-age"}}, 0},
		"negative":                      {http.Header{"Cache-Control": {"max-age=-1"}}, 0},
		"signed":                        {http.Header{"Cache-Control": {"max-age=+60"}}, 0},
		"a fraction":                    {http.Header{"Cache-Control": {"max-age=60.5"}}, 0},
		"large and no number":           {http.Header{"Cache-Control": {"max-age=99999999999999999999x"}}, 0},
		"readable beside unreadable":    {http.Header{"Cache-Control": {"max-age=60, max-age=x"}}, 0},
		"unreadable, and Expires":       {http.Header{"Cache-Control": {"max-age=x"}, "Date": {at(0)}, "Expires": {at(time.Hour)}}, 0},
		"of shared caches":              {http.Header{"Cache-Control": {"s-maxage=3600"}}, 5 * time.Minute},
		"refused in the second":         {http.Header{"Cache-Control": {"max-age=3600", "No-Store"}}, 0},
		"refused with a field":          {http.Header{"Cache-Control": {`no-cache="set-cookie"`}}, 0},
		"Age":                           {http.Header{"Cache-Control": hour, "Age": {"600"}}, 50 * time.Minute},
		"two Ages":                      {http.Header{"Cache-Control": hour, "Age": {"1800", "600"}}, 30 * time.Minute},
		"Age beyond":                    {http.Header{"Cache-Control": hour, "Age": {"3600"}}, 0},
		"Age malformed":                 {http.Header{"Cache-Control": hour, "Age": {"old"}}, 0},
		"Expires":                       {http.Header{"Date": {at(0)}, "Expires": {at(time.Hour)}}, time.Hour},
		"Expires by a clock ahead":      {http.Header{"Date": {at(time.Hour)}, "Expires": {at(2 * time.Hour)}}, time.Hour},
		"Expires without Date":          {http.Header{"Expires": {at(time.Minute)}}, time.Minute},
		"Expires without Date, far":     {http.Header{"Expires": {at(time.Hour)}}, 5 * time.Minute},
		"Expires without Date, past":    {http.Header{"Expires": {at(-time.Hour)}}, 0},
		"Expires, Date malformed":       {http.Header{"Date": {"today"}, "Expires": {at(time.Hour)}}, 0},
		"two Expires":                   {http.Header{"Date": {at(0)}, "Expires": {at(time.Hour), at(time.Minute)}}, time.Minute},
		"two Expires, one is malformed": {http.Header{"Date": {at(0)}, "Expires": {at(time.Hour), "0"}}, 0},
		"Expires empty":                 {http.Header{"Date": {at(0)}, "Expires": {""}}, 0},
		"two Dates":                     {http.Header{"Date": {at(0), at(time.Minute)}, "Expires": {at(time.Hour)}}, 59 * time.Minute},
		"max-age before Expires": {http.Header{"Cache-Control": {"max-age=60"}, "Date": {at(0)},
			"Expires": {at(time.Hour)}}, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			want := time.Time{}
			if c.want > 0 {
				want = now.Add(c.want)
			}
			require.Equal(t, want, fetch.Expires(c.header, now, &config))
		})
	}
}

// Property: an answer is never kept for longer than the bound, than any max-age
// that stands in the header, or at all where something in it cannot be read.
func FuzzFreshness(f *testing.F) {
	for _, control := range []string{"", "max-age=60", "max-age=60, max-age=3600", "no-store",
		`max-age="5"`, "max-age=x", "private, max-age=99999999999"} {
		f.Add(control, "", "Thu, 01 Jan 2026 01:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 GMT")
		f.Add(control, "600", "0", "")
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	config := fetch.Config{DefaultTTL: 5 * time.Minute, MaxTTL: time.Hour}
	f.Fuzz(func(t *testing.T, control, age, expires, date string) {
		h := http.Header{}
		for name, value := range map[string]string{"Cache-Control": control, "Age": age, "Expires": expires, "Date": date} {
			if value != "" {
				h.Set(name, value)
			}
		}
		end := fetch.Expires(h, now, &config)
		kept := end.Sub(now)
		if end.IsZero() {
			return
		}
		if kept <= 0 || kept > config.MaxTTL {
			t.Fatal("kept for", kept)
		}
		for _, directive := range strings.Split(strings.ToLower(control), ",") {
			directive = strings.TrimSpace(directive)
			if directive == "no-store" || directive == "no-cache" {
				t.Fatal("kept against a refusal")
			}
			value, ok := strings.CutPrefix(directive, "max-age=")
			if !ok {
				continue
			}
			if n, err := strconv.Atoi(strings.Trim(value, `"`)); err != nil && !strings.Contains(err.Error(), "range") ||
				err == nil && kept.Seconds() > float64(n) {
				t.Fatal("kept for", kept, "by", directive)
			}
		}
	})
}
