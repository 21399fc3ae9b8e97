package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"crypto/rand"
	"database/sql"

	"github.com/stretchr/testify/require"
)

// built is the command, made once.
var built = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "hub")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "hub")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// process is a hub in a process of its own.
type process struct {
	*running
	command *exec.Cmd
}

// launch starts one over a store.
func launch(t *testing.T, store string, more ...string) *process {
	t.Helper()
	path, err := built()
	require.NoError(t, err)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	args := append([]string{"-addr", "127.0.0.1:0", "-ca", ca, "-store", store, "-user", "ada:" + adasPassword}, more...)
	p := &process{&running{log: &buffer{}}, exec.Command(path, args...)}
	p.command.Stderr = p.log
	out, err := p.command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.command.Start())
	t.Cleanup(func() {
		_ = p.command.Process.Kill()
		_ = p.command.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, p.log)
	p.base = strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	p.authority, err = os.ReadFile(ca)
	require.NoError(t, err)
	return p
}

// postgres is a schema of its own in the data base that LAUREL_POSTGRES names.
func postgres(t *testing.T) string {
	t.Helper()
	at := os.Getenv("LAUREL_POSTGRES")
	if at == "" {
		t.Skip("LAUREL_POSTGRES names no PostgreSQL")
	}
	schema := "hub_" + strings.ToLower(rand.Text()[:12])
	db, err := sql.Open("pgx", at)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	_, err = db.Exec("CREATE SCHEMA " + schema)
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = db.Exec("DROP SCHEMA " + schema + " CASCADE") })
	u, err := url.Parse(at)
	require.NoError(t, err)
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return "postgres:" + u.String()
}

// load posts badges of its own until the hub is gone, and returns those that were
// acknowledged.
func (s *stranger) load(i *issuer, from int) (kept []string) {
	for n := from; ; n++ {
		badge := i.sign(i.badge(numbered(n), "2025-01-01T00:00:00Z", nil))
		r, err := http.NewRequest(http.MethodPost, s.service+"/credentials", strings.NewReader(badge))
		if err != nil {
			return kept
		}
		r.Header = http.Header{"Authorization": {"Bearer " + s.access}, "Content-Type": {"application/json"}}
		resp, err := s.http.Do(r)
		if err != nil {
			return kept
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusCreated {
			kept = append(kept, badge)
		}
	}
}

// What was acknowledged is there after the hub was killed, however often: credentials,
// tokens, and that a token was revoked.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	for name, store := range map[string]func(*testing.T) string{
		"SQLite": func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "hub.db") }, "PostgreSQL": postgres,
	} {
		t.Run(name, func(t *testing.T) { killed(t, store(t)) })
	}
}

func killed(t *testing.T, store string) {
	rounds, lasting := 2, 400*time.Millisecond
	if os.Getenv("LAUREL_LONG") != "" {
		rounds, lasting = 20, 3*time.Second
	}
	i := newIssuer("crash")
	p := launch(t, store)
	address := strings.TrimPrefix(p.base, "https://")
	s, gone := p.connected(t, badgesAt), p.connected(t, badgesAt)
	require.Equal(t, 200, gone.post(gone.revoke, url.Values{"token": {gone.access}}).status)
	var kept []string
	for round := range rounds {
		var mu sync.Mutex
		var all sync.WaitGroup
		for worker := range 4 {
			all.Go(func() {
				mine := s.load(i, (round*4+worker)*1_000_000)
				mu.Lock()
				defer mu.Unlock()
				kept = append(kept, mine...)
			})
		}
		time.Sleep(lasting)
		require.NoError(t, p.command.Process.Kill())
		all.Wait()
		_ = p.command.Wait()
		p = launch(t, store, "-addr", address)
		moved := newStranger(t, p.authority)
		for _, old := range []*stranger{s, gone} {
			old.http, old.browser = moved.http, moved.browser
		}
		found := map[string]bool{}
		for _, text := range s.all("?limit=1000") {
			require.False(t, found[text])
			found[text] = true
		}
		for _, text := range kept {
			require.True(t, found[text], "acknowledged, and lost")
		}
		require.Equal(t, 401, gone.call("GET", "/credentials", nil, "").status)
		require.Equal(t, 200, s.refreshed().status)
	}
	require.NotEmpty(t, kept)
	t.Logf("%d acknowledged in %d rounds, none lost", len(kept), rounds)
	require.NoError(t, p.command.Process.Signal(os.Interrupt))
	require.NoError(t, p.command.Wait(), "it ends well when it is asked to")
	require.NotContains(t, p.log.String(), s.access)
}

// Errands are done on what the hub has kept: everything of a person comes out, goes in
// again, and is forgotten.
func TestErrands(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "hub.db")
	folder := t.TempDir()
	i := newIssuer("errand")
	require.NoError(t, os.WriteFile(filepath.Join(folder, "1.json"), []byte(i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "2.txt"), []byte("no credential"), 0o600))
	do := func(args ...string) (int, string) {
		var out, errors bytes.Buffer
		code := run(t.Context(), append([]string{"-store", store}, args...), &out, &errors)
		return code, out.String() + errors.String()
	}
	code, said := do("-import", "demo/ada="+folder)
	require.Equal(t, exitWell, code, said)
	require.Contains(t, said, "1.json: created\n")
	require.Contains(t, said, "1 kept, 1 not\n")
	file := filepath.Join(t.TempDir(), "ada.jsonl")
	code, said = do("-export", "demo/ada="+file)
	require.Equal(t, exitWell, code, said)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "Ties ten knots")
	code, _ = do("-export", "demo/ada="+file)
	require.Equal(t, exitFailed, code, "no file is written over")

	r := start(t, "-store", store)
	s := r.connected(t, badgesAt)
	require.Len(t, s.all(""), 1)
	code, said = do("-erase", "demo/ada")
	require.Equal(t, exitWell, code, said)
	require.Equal(t, 401, s.call("GET", "/credentials", nil, "").status)
	s.connect("ada", adasPassword, s.scopes...)
	require.Empty(t, s.all(""))
	for _, wrong := range []string{"ada", "demo/=x", "/ada=x", "demo/ada", "demo/ada="} {
		code, _ = do("-export", wrong)
		require.Equal(t, exitUsage, code, wrong)
	}
}
