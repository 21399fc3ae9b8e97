package sqlstore

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/sqldb"
)

// SQLitePragmas are what the driver modernc.org/sqlite is to set on every connection: they
// stand behind the question mark of a file's name. Other drivers write them in other ways.
const SQLitePragmas = "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_txlock=immediate"

// Config steers a [Store]. Its zero value is right for most.
type Config struct {
	// Partitions splits the tables that grow with the owners by the hash of their keys, in
	// PostgreSQL alone. It counts when the tables are made; later it is ignored.
	Partitions int
	// Unprepared sends each statement as text, for a pool in between that gives every
	// transaction another connection and knows no prepared statements. The driver has to be
	// told besides: pgx by default_query_exec_mode=exec.
	Unprepared bool
	// Now is the clock, time.Now by default.
	Now func() time.Time
}

// Store keeps everything in a data base. It is a [hub.Store]; [Store.Grants] is what an
// authorization server keeps, and [Store.Lists] are the status lists of a tenant. It is safe
// for concurrent use, and several processes may have one each over the same data base. Make
// it with [Open].
type Store struct {
	db  *sqldb.DB
	now func() time.Time
}

var _ hub.Store = (*Store)(nil)

// Open makes a store over a data base, whose tables it makes and brings up to date. The data
// base stays the caller's to close, after the store. The error is a data base that cannot be
// used: one that does not answer, that is neither SQLite nor PostgreSQL, that would lose what
// it acknowledged, or whose tables are of a newer version.
func Open(ctx context.Context, db *sql.DB, c Config) (*Store, error) {
	d, err := sqldb.Open(ctx, db, sqldb.Options{Part: "hub", Steps: steps, Unprepared: c.Unprepared, Partitions: c.Partitions})
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Store{d, c.Now}, nil
}

// Close lets go of what the store has prepared. It does not close the data base.
func (s *Store) Close() error { return s.db.Close() }

// owned is what the keys of an owner begin with.
func owned(o hub.Owner) []byte { return within(o.Tenant, o.User) }

// within is a name of a tenant as it stands in keys: behind the tenant, and its length, so that
// no two of them are alike, whatever they hold.
func within(tenant, name string) []byte {
	key := binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen16+len(tenant)+len(name)), uint64(len(tenant)))
	return append(append(key, tenant...), name...)
}

// behind is a key behind all those of a tenant.
func behind(tenant string) []byte {
	key := within(tenant, "")
	for i := len(key) - 1; key[i] == 0xff; i-- {
		key = key[:i]
	}
	key[len(key)-1]++
	return key
}

// nameOf is the name in a key of a tenant.
func nameOf(tenant string, key []byte) string { return string(key[len(within(tenant, "")):]) }

// failed says what could not be done.
func failed(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sqlstore: %s: %w", doing, err)
}
