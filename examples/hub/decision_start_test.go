package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fails runs a hub that does not start, and returns its one line.
func fails(t *testing.T, args ...string) string {
	t.Helper()
	var out, errors bytes.Buffer
	require.NotEqual(t, exitWell, run(t.Context(), args, &out, &errors))
	require.Empty(t, out.String())
	require.Equal(t, 1, strings.Count(errors.String(), "\n"), errors.String())
	require.NotContains(t, errors.String(), "goroutine")
	return errors.String()
}

var startDecisions = []decision{
	{1, "1 the address of PostgreSQL has its prefix, or is bare", func(t *testing.T, _ *running) {
		for _, spec := range []string{"postgres:postgres://nobody:geheim@127.0.0.1:1/x", "postgres://nobody:geheim@127.0.0.1:1/x",
			"postgres:postgresql://nobody:geheim@127.0.0.1:1/x"} {
			said := fails(t, "-store", spec, "-ca", filepath.Join(t.TempDir(), "ca"), "-user", "a:b")
			require.Contains(t, said, "connect", "it was tried")
			require.NotContains(t, said, "geheim")
		}
	}},
	{2, "2 every user is at every tenant, with a backpack at each", func(t *testing.T, r *running) {
		i := newIssuer("2")
		for _, tenant := range []string{"/demo", "/other"} {
			s := r.connected(t, tenant+"/ims/ob/v3p0")
			require.Empty(t, s.all(""))
			require.Equal(t, 201, s.post1(i.sign(i.badge(numbered(2), "2025-01-01T00:00:00Z", nil))).status)
			require.Len(t, s.all(""), 1)
		}
		s := r.connected(t, badgesAt)
		s.service = r.base + "/other/ims/ob/v3p0"
		require.Equal(t, 401, s.call("GET", "/credentials", nil, "").status, "a token of another tenant")
		only := start(t, "-store", "memory", "-tenant", "x")
		require.Equal(t, 404, newStranger(t, only.authority).plain("GET", only.base+badgesAt+"/discovery", "").status, "-tenant replaces demo")
	}},
	{3, "3 what is wrong at the start is one line", func(t *testing.T, r *running) {
		ca := filepath.Join(t.TempDir(), "ca.pem")
		good := []string{"-addr", "127.0.0.1:0", "-ca", ca, "-store", "memory", "-user", "ada:x"}
		for _, more := range [][]string{
			{"-user", "ada:y"}, {"-user", "geheim"}, {"-user", ":geheim"}, {"-tenant", "Demo"}, {"-tenant", ""}, {"-tenant", "a/b"},
			{"-store", "mysql:x"}, {"-store", "sqlite:"}, {"-store", "sqlite:/none/at/all.db"}, {"-limit", "-1"}, {"-limit", "x"}, {"-now", "today"},
			{"-addr", strings.TrimPrefix(r.base, "https://")}, {"-addr", "nonsense"}, {"-ca", "/none/at/all.pem"}, {"-ca", ""}, {"-what"}, {"word"},
			{"-tenant", "a", "-tenant", "a"}, {"-h"},
		} {
			require.NotContains(t, fails(t, append(good, more...)...), "geheim")
		}
		s := newStranger(t, r.authority)
		require.Equal(t, 200, s.read(s.http.Get(r.base+badgesAt+"/discovery")).status, "who was there is still there")
	}},
	{4, "4 with a limit who comes too often is asked to wait, at every path", func(t *testing.T, _ *running) {
		r := start(t, "-store", "memory", "-limit", "5")
		s := newStranger(t, r.authority)
		for _, path := range []string{badgesAt + "/discovery", "/demo/login", "/demo/oauth/register"} {
			refused := answer{}
			for range 40 {
				if refused = s.read(s.http.Get(r.base + path)); refused.status == 429 {
					break
				}
			}
			require.Equal(t, 429, refused.status, path)
			require.Contains(t, string(refused.body), "server_busy")
			require.Equal(t, "1", refused.header.Get("Retry-After"))
		}
	}},
	{64, "64 what was kept outlasts the hub", func(t *testing.T, _ *running) { survives(t, "sqlite:"+filepath.Join(t.TempDir(), "hub.db")) }},
	{65, "65 a request that is under way is answered when the hub stops", func(t *testing.T, _ *running) {
		r := start(t, "-store", "memory")
		s := r.connected(t, badgesAt)
		i := newIssuer("65")
		badge := i.sign(i.badge(numbered(65), "2025-01-01T00:00:00Z", nil))
		body, sender := net.Pipe()
		req, err := http.NewRequest(http.MethodPost, s.service+"/credentials", body)
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer "+s.access)
		req.Header.Set("Content-Type", "application/json")
		got := make(chan answer)
		go func() { got <- s.read(s.http.Do(req)) }()
		_, err = sender.Write([]byte(badge[:100]))
		require.NoError(t, err)
		time.Sleep(200 * time.Millisecond) // so that the hub has the beginning
		ended := make(chan int)
		go func() { ended <- r.stop() }()
		time.Sleep(200 * time.Millisecond) // so that it has begun to stop
		_, err = sender.Write([]byte(badge[100:]))
		require.NoError(t, err)
		require.NoError(t, sender.Close())
		require.Equal(t, 201, (<-got).status)
		require.Equal(t, exitWell, <-ended)
	}},
	{67, "67 no secret is written down", func(t *testing.T, _ *running) {
		path := filepath.Join(t.TempDir(), "hub.db")
		r := start(t, "-store", "sqlite:"+path)
		s := r.connected(t, badgesAt)
		first := s.renew
		require.Equal(t, 200, s.refreshed().status)
		require.Equal(t, 401, s.call("GET", "/nothing", nil, "").status-3) // 404: nothing of it is in the log
		require.Equal(t, exitWell, r.stop())
		for _, secret := range []string{s.secret, s.access, s.renew, first, adasPassword} {
			require.NotContains(t, r.log.String(), secret)
			for _, suffix := range []string{"", "-wal", "-shm"} {
				if text, err := os.ReadFile(path + suffix); err == nil {
					require.False(t, bytes.Contains(text, []byte(secret)))
				}
			}
		}
		require.NotContains(t, r.log.String(), "ada", "nor who it was")
	}},
}

// survives has a hub keep things, ends it, and looks whether another over the same store
// has them.
func survives(t *testing.T, store string) {
	t.Helper()
	r := start(t, "-store", store)
	s := r.connected(t, badgesAt)
	i := newIssuer("64")
	var kept []string
	for n := range 20 {
		kept = append(kept, i.sign(i.badge(numbered(n), "2025-01-01T00:00:00Z", nil)))
		r := s.post1(kept[n])
		require.Equal(t, 201, r.status, "%s", r.body)
	}
	require.Equal(t, 200, s.call("PUT", "/profile", []byte(adasProfile), "application/json").status)
	gone := r.connected(t, badgesAt)
	require.Equal(t, 200, gone.post(gone.revoke, map[string][]string{"token": {gone.access}}).status)
	require.Equal(t, exitWell, r.stop())

	again := start(t, "-store", store, "-addr", strings.TrimPrefix(r.base, "https://"))
	require.NotEqual(t, r.authority, again.authority, "another authority")
	moved := newStranger(t, again.authority)
	for _, old := range []*stranger{s, gone} {
		old.http, old.browser = moved.http, moved.browser
	}
	require.Equal(t, kept, s.all("?limit=7"))
	require.Equal(t, adasProfile, string(s.call("GET", "/profile", nil, "").body))
	require.Equal(t, 401, gone.call("GET", "/credentials", nil, "").status, "what was revoked")
	require.Equal(t, 200, s.refreshed().status)
	require.Equal(t, kept, s.all(""))
	s.connect("ada", adasPassword, s.scopes...)
	require.Equal(t, exitWell, again.stop())
}

const adasProfile = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` +
	`"id":"https://people.example/ada","type":["Profile"],"name":"Ada"}`
