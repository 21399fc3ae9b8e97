package sqlstore

import "github.com/laurel-edu/laurel/internal/sqldb"

// steps bring the tables up to date. What was released is never changed: a change is
// another step.
//
// Times are microseconds of Unix time, UTC. An owner is the tenant, a zero byte and the user,
// so that the owners of a tenant stand together and in the order of their bytes.
var steps = []sqldb.Step{`
CREATE TABLE credential (
	owner bytea NOT NULL,
	kind smallint NOT NULL,
	identity bytea NOT NULL,
	pos bigint NOT NULL,
	version bigint NOT NULL,
	form smallint NOT NULL,
	valid_from bigint NOT NULL,
	changed bigint NOT NULL,
	digest bytea NOT NULL,
	issuer text NOT NULL,
	id text NOT NULL,
	raw bytea NOT NULL,
	PRIMARY KEY (owner, kind, identity)) PARTITIONED BY (owner);
CREATE UNIQUE INDEX credential_pos ON credential (owner, kind, pos);
CREATE TABLE profile (
	owner bytea NOT NULL PRIMARY KEY,
	version bigint NOT NULL,
	changed bigint NOT NULL,
	digest bytea NOT NULL,
	raw bytea NOT NULL) PARTITIONED BY (owner);
CREATE TABLE status_entry (
	list bytea NOT NULL,
	place bigint NOT NULL,
	value bigint NOT NULL,
	PRIMARY KEY (list, place)) PARTITIONED BY (list);
`}
