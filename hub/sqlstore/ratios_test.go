package sqlstore_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
)

// TestRatios prints the table of docs/benchmarks.md: the store beside the statement that it
// sends, through database/sql alone, in rounds that alternate, with 10^5 credentials of 10^4
// owners (10^6 under LAUREL_LONG). It asserts nothing.
func TestRatios(t *testing.T) {
	which := os.Getenv("LAUREL_RATIOS")
	if which == "" {
		t.Skip("skipped: set LAUREL_RATIOS=1 to measure, or to a part of the names of the rows to measure")
	}
	rows := 100_000
	if os.Getenv("LAUREL_LONG") != "" {
		rows = 1_000_000
	}
	fmt.Printf("%s, %s/%s, %d cores, %d rows\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), rows)
	fmt.Println("| what | data base | database/sql alone, median | the store, median | ratio of medians |\n|---|---|---|---|---|")
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		m := newMeasured(t, b, rows)
		for _, c := range []struct {
			what      string
			base, run func()
			reps      int
		}{
			{"a new badge is posted", m.bareNew, m.storeNew, 10},
			{"a badge is posted again, newer", m.bareNewer, m.storeNewer, 10},
			{"a badge is posted again, unchanged", m.bareSame, m.storeSame, 50},
			{"a page of 10", func() { m.barePage(10) }, func() { m.storePage(10) }, 50},
			{"a page of 50 of an owner of 100", func() { m.bareRich(50) }, func() { m.storeRich(50) }, 20},
			{"8 clients post new badges", m.eight(m.bareNew), m.eight(m.storeNew), 5},
		} {
			if which != "1" && !strings.Contains(c.what, which) {
				continue
			}
			base, run := alternate(c.base, c.run, c.reps)
			fmt.Printf("| %s | %s | %s | %s | %.2f |\n", c.what, b.Name, base, run, float64(base)/float64(run))
		}
	})
}

// alternate returns the medians of the rounds of two functions.
func alternate(base, run func(), reps int) (time.Duration, time.Duration) {
	const rounds = 60
	timed := func(f func()) time.Duration {
		start := time.Now()
		for range reps {
			f()
		}
		return time.Since(start) / time.Duration(reps)
	}
	timed(base)
	timed(run)
	var a, b []time.Duration
	for range rounds {
		a, b = append(a, timed(base)), append(b, timed(run))
	}
	slices.Sort(a)
	slices.Sort(b)
	return a[rounds/2].Round(time.Microsecond), b[rounds/2].Round(time.Microsecond)
}

// measured is a store with rows, and the statements that it sends.
type measured struct {
	t                  *testing.T
	store              *sqlstore.Store
	upsert, same, page *sql.Stmt
	mu                 sync.Mutex
	next, turn         int
}

const owners = 10_000

func newMeasured(t *testing.T, b sqltest.Base, rows int) *measured {
	db := b.Open(t)
	store, err := sqlstore.Open(t.Context(), db, sqlstore.Config{})
	require.NoError(t, err)
	prepared := func(text string) *sql.Stmt {
		if !b.Postgres() {
			text = strings.ReplaceAll(text, "$", "?")
		}
		s, err := db.Prepare(text)
		require.NoError(t, err)
		return s
	}
	m := &measured{t: t, store: store, upsert: prepared(sqlstore.Upsert), same: prepared(sqlstore.Same),
		page: prepared(sqlstore.Page), next: rows}
	m.fill(db, b.Postgres(), rows)
	if b.Postgres() {
		_, err = db.Exec("VACUUM ANALYZE credential")
		require.NoError(t, err)
	}
	return m
}

// fill adds the rows, many by a statement, and an owner of 100.
func (m *measured) fill(db *sql.DB, numbered bool, rows int) {
	const many, columns = 50, 12
	for from := 0; from < rows; from += 20_000 {
		tx, err := db.Begin()
		require.NoError(m.t, err)
		for i := from; i < min(rows, from+20_000); i += many {
			var text strings.Builder
			var args []any
			for k := range many {
				c := sized(i+k, 1)
				key, digest := c.Key(), sha256.Sum256(c.Raw)
				args = append(args, sqlstore.Owned(owner(i+k)), int64(key.Kind), key.Identity[:], (i+k)/owners+1, 1, 0,
					c.ValidFrom.UnixMicro(), 0, digest[:], c.Issuer, c.ID, c.Raw)
				for n := range columns {
					if n == 0 {
						text.WriteString("), (")
					} else {
						text.WriteString(", ")
					}
					if numbered {
						fmt.Fprintf(&text, "$%d", k*columns+n+1)
					} else {
						text.WriteString("?")
					}
				}
			}
			_, err := tx.Exec("INSERT INTO credential VALUES ("+text.String()[len("), ("):]+")", args...)
			require.NoError(m.t, err)
		}
		require.NoError(m.t, tx.Commit())
	}
	for i := range 100 {
		m.bare(m.upsert, rich, sized(i, 1))
	}
}

var rich = hub.Owner{Tenant: "demo", User: "rich"}

func owner(i int) hub.Owner {
	return hub.Owner{Tenant: "demo", User: fmt.Sprintf("user-%06d", i%owners)}
}

// sized is a badge of two kilobytes.
func sized(number, day int) hub.Credential {
	c := badge(number, day)
	c.Raw = append(c.Raw, bytes.Repeat([]byte(` "name": "value of a member",`), 70)...)
	return c
}

func badge(number, day int) hub.Credential {
	id := fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", number)
	return hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example/issuer", ID: id,
		ValidFrom: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day),
		Raw:       fmt.Appendf(nil, `{"id":%q,"day":%d}`, id, day)}
}

// bare posts a credential by the statement alone.
func (m *measured) bare(s *sql.Stmt, o hub.Owner, c hub.Credential) {
	k, digest := c.Key(), sha256.Sum256(c.Raw)
	var version, pos int64
	err := s.QueryRowContext(m.t.Context(), sqlstore.Owned(o), int64(k.Kind), k.Identity[:], int64(c.Form),
		c.ValidFrom.UnixMicro(), time.Now().UnixMicro(), digest[:], c.Issuer, c.ID, c.Raw).Scan(&version, &pos)
	if err != nil && err != sql.ErrNoRows {
		m.t.Error(err)
	}
}

func (m *measured) post(o hub.Owner, c hub.Credential) {
	if _, _, err := m.store.Upsert(m.t.Context(), o, c); err != nil {
		m.t.Error(err)
	}
}

// fresh is a number that no badge has.
func (m *measured) fresh() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	return m.next
}

// old is the number of a badge that is there, and a count.
func (m *measured) old() (number, count int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn++
	return (m.turn * 7919) % 100_000, m.turn
}

func (m *measured) bareNew()  { n := m.fresh(); m.bare(m.upsert, owner(n), sized(n, 1)) }
func (m *measured) storeNew() { n := m.fresh(); m.post(owner(n), sized(n, 1)) }

func (m *measured) bareNewer()  { n, day := m.old(); m.bare(m.upsert, owner(n), sized(n, 1+day)) }
func (m *measured) storeNewer() { n, day := m.old(); m.post(owner(n), sized(n, 1+day)) }

// bareSame sends the two statements of a post that changes nothing.
func (m *measured) bareSame() {
	c := sized(50, 1)
	m.bare(m.upsert, rich, c)
	k, digest := c.Key(), sha256.Sum256(c.Raw)
	var pos, version, changed int64
	err := m.same.QueryRowContext(m.t.Context(), sqlstore.Owned(rich), int64(k.Kind), k.Identity[:], c.ValidFrom.UnixMicro(),
		digest[:]).Scan(&pos, &version, &changed)
	if err != nil {
		m.t.Error(err)
	}
}

func (m *measured) storeSame() { m.post(rich, sized(50, 1)) }

func (m *measured) barePage(n int)  { i, _ := m.old(); m.read(owner(i), n) }
func (m *measured) storePage(n int) { i, _ := m.old(); m.list(owner(i), n) }
func (m *measured) bareRich(n int)  { m.read(rich, n) }
func (m *measured) storeRich(n int) { m.list(rich, n) }

func (m *measured) list(o hub.Owner, n int) {
	page, err := m.store.List(m.t.Context(), o, hub.Query{Kind: hub.KindBadge, Limit: n})
	if err != nil || len(page.Entries) != n {
		m.t.Error(len(page.Entries), err)
	}
}

// read reads a page by the statement alone.
func (m *measured) read(o hub.Owner, n int) {
	rows, err := m.page.QueryContext(m.t.Context(), sqlstore.Owned(o), int64(hub.KindBadge), int64(0), int64(0), n+1, 0)
	if err != nil {
		m.t.Error(err)
		return
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var total, kind, pos, version, form, validFrom, changed int64
		var digest, raw []byte
		var issuer, id string
		if err := rows.Scan(&total, &kind, &pos, &version, &form, &validFrom, &changed, &digest, &issuer, &id, &raw); err != nil {
			m.t.Error(err)
		}
	}
	if err := rows.Err(); err != nil {
		m.t.Error(err)
	}
}

// eight does something from eight sides, ten times each.
func (m *measured) eight(f func()) func() {
	return func() {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 10 {
					f()
				}
			})
		}
		group.Wait()
	}
}
