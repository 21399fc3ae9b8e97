package sqlstore

import "github.com/laurel-edu/laurel/internal/sqldb"

// steps bring the tables up to date. What was released is never changed: a change is
// another step.
//
// What is searched by stands as the SHA-256 of its bytes, which may be any number of any
// kind; the entry itself is JSON. A standing is a bit, so that several are asked for at once. Times
// are microseconds of Unix time, UTC, and the ends of all time where there is none.
var steps = []sqldb.Step{`
CREATE TABLE match_entry (
	pool bytea NOT NULL,
	holder bytea NOT NULL,
	place bigint NOT NULL,
	item bytea NOT NULL,
	issuer bytea NOT NULL,
	kind bytea NOT NULL,
	standing bigint NOT NULL,
	against smallint NOT NULL,
	holds_from bigint NOT NULL,
	holds_until bigint NOT NULL,
	entry bytea NOT NULL,
	PRIMARY KEY (pool, holder, place)) PARTITIONED BY (pool);
CREATE INDEX match_entry_item ON match_entry (pool, item, holder, place);
CREATE INDEX match_entry_issuer ON match_entry (pool, issuer, holder, place);
CREATE INDEX match_entry_kind ON match_entry (pool, kind, holder, place);
`}
