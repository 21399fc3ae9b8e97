package sqlstore_test

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// The process that is killed is this test's own program, which finds here what it is to
// write to, and its number.
const childDriver, childDSN, childLife = "LAUREL_TEST_CHILD_DRIVER", "LAUREL_TEST_CHILD_DSN", "LAUREL_TEST_CHILD_LIFE"

// writers write at once in a process.
const writers = 6

// What was acknowledged before a process was killed is there afterwards, and the next process
// goes on from there: badges, the newest text of one that all write, profiles, indexes of
// status lists, tokens, and the generation of a grant.
func TestKilledProcessLosesNothing(t *testing.T) {
	if os.Getenv(childDriver) != "" {
		t.Skip("skipped: it is the process that is killed")
	}
	lives, most := 3, 200
	switch {
	case os.Getenv("LAUREL_LONG") != "":
		lives = 30
	case testing.Short():
		lives, most = 2, 60
	}
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		said := acknowledged{}
		store := opened(t, b, sqlstore.Config{})
		for life := range lives {
			killed(t, b, life, most/2+rand.IntN(most), said)
			said.check(t, store)
		}
		t.Logf("%s: %d acknowledged writes of %d killed processes are there", b.Name, len(said), lives)
	})
}

// acknowledged is what processes said they had written.
type acknowledged map[string]bool

// killed runs a process until it has acknowledged so many writes, and kills it.
func killed(t *testing.T, b sqltest.Base, life, most int, said acknowledged) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), childDriver+"="+b.Driver, childDSN+"="+b.DSN, fmt.Sprint(childLife, "=", life))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	for n := 0; n < most && lines.Scan(); {
		if line, ok := strings.CutPrefix(lines.Text(), "wrote "); ok {
			said[line] = true
			n++
		} else {
			t.Error(lines.Text())
		}
	}
	require.NoError(t, child.Process.Kill()) // SIGKILL
	for lines.Scan() {                       // what it wrote before
		if line, ok := strings.CutPrefix(lines.Text(), "wrote "); ok && strings.HasSuffix(line, ".") {
			said[line] = true
		}
	}
	require.Error(t, child.Wait(), "it was killed")
}

// check looks for everything that was acknowledged.
func (a acknowledged) check(t *testing.T, s *sqlstore.Store) {
	t.Helper()
	ctx := t.Context()
	for line := range a {
		var life, by, n int
		kind, rest, _ := strings.Cut(line, " ")
		_, err := fmt.Sscanf(rest, "%d %d %d.", &life, &by, &n)
		require.NoError(t, err, line)
		switch o, secret := writer(by), fmt.Sprint(life, "-", by, "-", n); kind {
		case "badge":
			e, err := s.Find(ctx, o, badge(life*1000_000+n, 1).Key())
			require.NoError(t, err, line)
			require.Equal(t, badge(life*1000_000+n, 1).Raw, e.Raw)
		case "newest":
			e, err := s.Find(ctx, shared, badge(0, 1).Key())
			require.NoError(t, err, line)
			require.False(t, e.ValidFrom.Before(badge(0, life*1000+n).ValidFrom), line)
		case "profile":
			p, err := s.Profile(ctx, o)
			require.NoError(t, err, line)
			require.GreaterOrEqual(t, p.Tag.Version, uint64(n), line)
		case "index":
			free, err := s.Lists("demo").Take(ctx, fmt.Sprint("revocation/", by), life*1000_000+n)
			require.NoError(t, err, line)
			require.False(t, free, line)
		case "token":
			_, grant, err := s.Grants().Token(ctx, "demo", oauthsrv.HashOf(secret))
			require.NoError(t, err, line)
			require.Equal(t, secret, grant.ID)
		case "rotation":
			_, grant, err := s.Grants().Token(ctx, "demo", oauthsrv.HashOf(secret+" rotated"))
			require.NoError(t, err, line)
			require.Equal(t, 1, grant.Generation, line)
		default:
			t.Fatal(line)
		}
	}
}

func writer(i int) hub.Owner { return hub.Owner{Tenant: "demo", User: fmt.Sprint("writer ", i)} }

var shared = hub.Owner{Tenant: "demo", User: "shared"}

// TestChild is the process that is killed: it writes until then, and says on its standard
// output what was acknowledged.
func TestChild(t *testing.T) {
	driver := os.Getenv(childDriver)
	if driver == "" {
		t.Skip("skipped: it is run by TestKilledProcessLosesNothing")
	}
	db, err := sql.Open(driver, os.Getenv(childDSN))
	require.NoError(t, err)
	store, err := sqlstore.Open(t.Context(), db, sqlstore.Config{})
	require.NoError(t, err)
	var life int
	_, err = fmt.Sscan(os.Getenv(childLife), &life)
	require.NoError(t, err)
	var group sync.WaitGroup
	var out sync.Mutex
	for by := range writers {
		group.Go(func() {
			w := writing{t, store, life, by}
			for n := 1; ; n++ {
				for kind, write := range w.writes(n) {
					v, err := write()
					out.Lock()
					if err != nil {
						_, _ = fmt.Printf("%s: %v\n", kind, err)
					} else {
						_, _ = io.WriteString(os.Stdout, fmt.Sprintf("wrote %s %d %d %d.\n", kind, life, by, v))
					}
					out.Unlock()
				}
			}
		})
	}
	group.Wait()
}

// writing is one of those who write in a process.
type writing struct {
	t        *testing.T
	s        *sqlstore.Store
	life, by int
}

// writes are what is written in a round. Each returns the number that it is known by.
func (w writing) writes(n int) map[string]func() (int, error) {
	ctx, o, grants := w.t.Context(), writer(w.by), w.s.Grants()
	secret := fmt.Sprint(w.life, "-", w.by, "-", n)
	return map[string]func() (int, error){
		"badge": func() (int, error) {
			number := n*writers + w.by
			_, _, err := w.s.Upsert(ctx, o, badge(w.life*1000_000+number, 1))
			return number, err
		},
		"newest": func() (int, error) {
			day := n % 1000
			_, _, err := w.s.Upsert(ctx, shared, badge(0, w.life*1000+day))
			return day, err
		},
		"profile": func() (int, error) {
			p, err := w.s.PutProfile(ctx, o, fmt.Appendf(nil, `{"id":"%s"}`, secret), nil)
			return int(p.Tag.Version), err
		},
		"index": func() (int, error) {
			free, err := w.s.Lists("demo").Take(ctx, fmt.Sprint("revocation/", w.by), w.life*1000_000+n)
			if err == nil && !free {
				err = errors.New("it was taken")
			}
			return n, err
		},
		"token": func() (int, error) { return n, redeem(ctx, grants, secret) },
		"rotation": func() (int, error) {
			if err := redeem(ctx, grants, secret+"r"); err != nil {
				return n, err
			}
			token := oauthsrv.Token{Tenant: "demo", Hash: oauthsrv.HashOf(secret + " rotated"), Kind: oauthsrv.KindRefresh,
				Grant: secret + "r", Expires: time.Now().Add(time.Hour), Generation: 1}
			won, err := grants.Rotate(ctx, oauthsrv.Rotation{Tenant: "demo", Grant: secret + "r", Presented: oauthsrv.HashOf(secret + "r"),
				Tokens: []oauthsrv.Token{token}, At: time.Now(), Expires: token.Expires})
			if err == nil && !won {
				err = errors.New("it was rotated")
			}
			return n, err
		},
	}
}
