package sqlstore_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/verify"
)

// TestLoad prints the tables of docs/benchmarks.md about the whole hub: examples/hub over
// TLS, in a process of its own, with 10^5 credentials of 10^4 owners, and eight clients.
// First what a post costs of its own processor, beside a bare handler of net/http that takes
// and returns the same over TLS, the statement through database/sql alone,
// verify.Authenticate, and, since no post goes without one, finding the token, each from
// eight sides, in rounds that alternate. Then how long the clients wait. It asserts that all
// were answered, and nothing of how long that took.
func TestLoad(t *testing.T) {
	if os.Getenv("LAUREL_LOAD") == "" {
		t.Skip("skipped: set LAUREL_LOAD=1 to measure the hub under load")
	}
	if runtime.GOOS != "linux" {
		t.Skip("skipped: the processor time of other processes is read from /proc")
	}
	program := filepath.Join(t.TempDir(), "hub")
	built, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../../examples/hub").CombinedOutput()
	require.NoError(t, err, "%s", built)
	fmt.Printf("%s, %s/%s, %d cores\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		l := newLoad(t, b, program)
		l.costs(b.Name)
		l.waits(b.Name)
		l.size(b)
	})
}

// clientsOfLoad are how many ask at once.
const clientsOfLoad = 8

// load is a hub with its clients.
type load struct {
	*measured
	badges    [][]byte // signed, none of them posted twice as new
	taken     int
	tokens    []string
	verifier  *verify.Verifier
	hub, bare *served
}

func newLoad(t *testing.T, b sqltest.Base, program string) *load {
	l := &load{measured: newMeasured(t, b, 100_000)}
	l.sign(6_000)
	for i := range 200 {
		l.tokens = append(l.tokens, l.token(owner(i*50)))
	}
	var err error
	l.verifier, err = verify.New(verify.Config{})
	require.NoError(t, err)
	kept := "postgres:" + b.DSN
	if !b.Postgres() {
		path, _, _ := strings.Cut(strings.TrimPrefix(b.DSN, "file:"), "?")
		kept = "sqlite:" + path
	}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	l.hub = serve(t, exec.Command(program, "-addr", "127.0.0.1:0", "-ca", ca, "-store", kept, "-user", "ada:secret"))
	bare := exec.Command(os.Args[0], "-test.run=^TestBareHandler$")
	bare.Env = append(os.Environ(), bareHandler+"=1")
	l.bare = serve(t, bare)
	return l
}

// size prints how much of the disk a badge takes: in SQLite the file by their number, in
// PostgreSQL, which compresses what the badges of the fill repeat, a row of a signed one.
func (l *load) size(b sqltest.Base) {
	bytes := `SELECT page_count * page_size / (SELECT COUNT(*) FROM credential) FROM pragma_page_count(), pragma_page_size()`
	if b.Postgres() {
		bytes = fmt.Sprintf(`SELECT AVG(pg_column_size(c.*))::bigint FROM credential c WHERE LENGTH(raw) = %d`, len(l.badges[0]))
	}
	var size int64
	require.NoError(l.t, b.Open(l.t).QueryRow(bytes).Scan(&size))
	fmt.Printf("%s: %d bytes of the disk for a badge, without its indexes in PostgreSQL\n\n", b.Name, size)
}

// sign makes badges of two kilobytes, each with its own proof.
func (l *load) sign(n int) {
	world := obtest.New(obtest.Config{Seed: "load", At: time.Now().UTC().Truncate(time.Second)})
	i, err := world.Issuer("harbour", obtest.DIDKey, obtest.Ed25519)
	require.NoError(l.t, err)
	for number := range n {
		signed, err := i.Sign(i.Badge(obtest.Badge{Number: number, Alignments: 2, Results: 2}), nil)
		require.NoError(l.t, err)
		l.badges = append(l.badges, signed)
	}
	fmt.Printf("badges of %d bytes\n\n", len(l.badges[0]))
}

// token gives an application everything of an owner.
func (l *load) token(o hub.Owner) string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	secret := base64.RawURLEncoding.EncodeToString(b)
	var scopes []string
	for _, s := range obapi.Scopes(true) {
		scopes = append(scopes, s.Name)
	}
	now := time.Now()
	end, code := now.Add(24*time.Hour), oauthsrv.HashOf("code of "+secret)
	r := oauthsrv.Request{Tenant: o.Tenant, Code: code, Stage: oauthsrv.StageApproved, Client: "client", Subject: o.User, Grant: secret,
		Expires: end}
	require.NoError(l.t, l.store.Grants().AddRequest(l.t.Context(), r))
	won, err := l.store.Grants().Redeem(l.t.Context(), oauthsrv.Redemption{Code: code,
		Grant: oauthsrv.Grant{Tenant: o.Tenant, ID: secret, Subject: o.User, Client: "client", Scopes: scopes, Created: now, Used: now,
			Expires: end},
		Tokens: []oauthsrv.Token{{Tenant: o.Tenant, Hash: oauthsrv.HashOf(secret), Kind: oauthsrv.KindAccess, Grant: secret, Scopes: scopes,
			Expires: end}}})
	require.NoError(l.t, err)
	require.True(l.t, won)
	return secret
}

// served is a process that serves.
type served struct {
	base   string
	pid    int
	client *http.Client
}

// serve starts a process, which says on a line of its standard output where it listens.
func serve(t *testing.T, c *exec.Cmd) *served {
	t.Helper()
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		_ = c.Wait()
	})
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan())
	base, ok := strings.CutPrefix(lines.Text(), "listening on ")
	require.True(t, ok, lines.Text())
	go func() { _, _ = io.Copy(io.Discard, out) }()
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, MaxIdleConnsPerHost: clientsOfLoad}
	t.Cleanup(transport.CloseIdleConnections)
	return &served{base, c.Process.Pid, &http.Client{Transport: transport}}
}

// processor is how long the process has had a processor, all its threads together.
func (s *served) processor(t *testing.T) (all time.Duration) {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", s.pid))
	require.NoError(t, err)
	for _, path := range threads {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		n, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
		require.NoError(t, err)
		all += time.Duration(n)
	}
	return all
}

// ours is how long this process has had one.
func ours(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// ask sends a request and reads the answer.
func (s *served) ask(t *testing.T, method, path, token string, body []byte, want int) {
	r, err := http.NewRequest(method, s.base+path, bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.client.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if _ = answer.Body.Close(); err != nil || answer.StatusCode != want {
		t.Errorf("%s %s: %d, %v", method, path, answer.StatusCode, err)
	}
}

const credentials = "/demo/ims/ob/v3p0/credentials"

// together does something n times from all clients, and returns how long each took.
func together(n int, f func(i int)) []time.Duration {
	took := make([]time.Duration, n)
	var group sync.WaitGroup
	for c := range clientsOfLoad {
		group.Go(func() {
			for i := c; i < n; i += clientsOfLoad {
				start := time.Now()
				f(i)
				took[i] = time.Since(start)
			}
		})
	}
	group.Wait()
	return took
}

// some are badges that nobody has posted.
func (l *load) some(n int) [][]byte {
	l.taken += n
	return l.badges[l.taken-n : l.taken]
}

// costs prints what a post costs of the processor, and what its parts alone do.
func (l *load) costs(name string) {
	const rounds, n = 8, 200
	parts := []string{"examples/hub over TLS", "a bare handler over TLS", "the statement alone", "verify.Authenticate alone", "finding the token alone"}
	took := make([][]time.Duration, len(parts))
	var ratios, withToken []float64
	for round := range rounds + 1 {
		fresh := l.some(n)
		post := func(s *served) func() {
			return func() {
				together(n, func(i int) {
					s.ask(l.t, http.MethodPost, credentials, l.tokens[i%len(l.tokens)], fresh[i], http.StatusCreated)
				})
			}
		}
		here := func() time.Duration { return ours(l.t) }
		var all [5]time.Duration
		for i, part := range []struct {
			clock func() time.Duration
			do    func()
		}{
			{func() time.Duration { return l.hub.processor(l.t) }, post(l.hub)},
			{func() time.Duration { return l.bare.processor(l.t) }, post(l.bare)},
			{here, func() {
				together(n, func(i int) { l.bareBadge(fresh[i]) })
			}},
			{here, func() {
				together(n, func(i int) {
					if _, err := l.verifier.Authenticate(l.t.Context(), fresh[i]); err != nil {
						l.t.Error(err)
					}
				})
			}},
			{here, func() {
				together(n, func(i int) {
					if _, _, err := l.store.Grants().Token(l.t.Context(), "demo", oauthsrv.HashOf(l.tokens[i%len(l.tokens)])); err != nil {
						l.t.Error(err)
					}
				})
			}},
		} {
			before := part.clock()
			part.do()
			all[i] = (part.clock() - before) / n
		}
		if round == 0 {
			continue // it warms them
		}
		for i, d := range all {
			took[i] = append(took[i], d)
		}
		sum := all[1] + all[2] + all[3]
		ratios = append(ratios, float64(all[0])/float64(sum))
		withToken = append(withToken, float64(all[0])/float64(sum+all[4]))
	}
	fmt.Printf("| processor time of a post, %s | median |\n|---|---|\n", name)
	for i, part := range parts {
		fmt.Printf("| %s | %s |\n", part, quantile(took[i], 0.5))
	}
	for _, r := range []struct {
		what string
		all  []float64
	}{{"the hub by handler, statement and verification", ratios}, {"the hub by those and the token", withToken}} {
		slices.Sort(r.all)
		fmt.Printf("| %s, median (least, most) | %.2f (%.2f, %.2f) |\n", r.what, r.all[rounds/2], r.all[0], r.all[rounds-1])
	}
	fmt.Println()
}

// bareBadge posts a badge that nobody has, of the text of a signed one, by the statement
// alone.
func (l *load) bareBadge(text []byte) {
	n := l.fresh()
	c := badge(n, 1)
	c.Raw = text
	l.measured.bare(l.upsert, owner(n), c)
}

// waits prints how long clients wait.
func (l *load) waits(name string) {
	const n = 2_000
	fresh := l.some(n)
	token := func(i int) string { return l.tokens[i%len(l.tokens)] }
	fmt.Printf("| %d clients at once, %s | median | of 100, 99 are faster than | a second |\n|---|---|---|---|\n", clientsOfLoad, name)
	say := func(what string, f func(i int)) {
		start := time.Now()
		took := together(n, f)
		fmt.Printf("| %s | %s | %s | %.0f |\n", what, quantile(took, 0.5), quantile(took, 0.99), n/time.Since(start).Seconds())
	}
	say("a new badge is posted", func(i int) {
		l.hub.ask(l.t, http.MethodPost, credentials, token(i), fresh[i], http.StatusCreated)
	})
	say("a badge is posted again, unchanged", func(i int) {
		l.hub.ask(l.t, http.MethodPost, credentials, token(i), fresh[i], http.StatusOK)
	})
	say("a page of 10", func(i int) {
		l.hub.ask(l.t, http.MethodGet, credentials+"?limit=10", token(i), nil, http.StatusOK)
	})
	links := l.links()
	say("the page of a badge, by its link", func(i int) {
		l.hub.ask(l.t, http.MethodGet, "/demo/b/"+links[i%len(links)], "", nil, http.StatusOK)
	})
	fmt.Println()
}

// links are links to badges that were posted.
func (l *load) links() (all []string) {
	for i := range 100 {
		o := owner(i * 50)
		page, err := l.store.List(l.t.Context(), o, hub.Query{Kind: hub.KindBadge, Limit: hub.MaxLimit})
		require.NoError(l.t, err)
		link := hub.Link{ID: hub.NewLinkID(), Owner: o, Key: page.Entries[len(page.Entries)-1].Key(), Created: time.Now()}
		require.NoError(l.t, l.store.AddLink(l.t.Context(), link))
		all = append(all, link.ID)
	}
	return all
}

func quantile(took []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(took))
	return sorted[int(q*float64(len(sorted)-1))].Round(time.Microsecond)
}

// bareHandler has TestBareHandler serve.
const bareHandler = "LAUREL_TEST_BARE_HANDLER"

// TestBareHandler is the process that the hub is measured beside: it reads what is posted
// and returns it.
func TestBareHandler(t *testing.T) {
	if os.Getenv(bareHandler) == "" {
		t.Skip("skipped: it is run by TestLoad")
	}
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write(body)
	}))
	fmt.Println("listening on", s.URL)
	select {} // until it is ended
}
