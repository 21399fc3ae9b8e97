package sqlstore

import "github.com/laurel-edu/laurel/internal/sqldb"

// steps bring the tables up to date. What was released is never changed: a change is
// another step.
//
// Times are microseconds of Unix time, UTC; one that never was is null. An owner is a tenant
// and a user, as [within] has them, and so are the other keys, but for what they name.
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
CREATE TABLE oauth_client (
	client bytea NOT NULL PRIMARY KEY,
	secret bytea NOT NULL,
	created bigint NOT NULL,
	expires bigint,
	used bigint,
	metadata text NOT NULL);
CREATE TABLE oauth_request (
	code bytea NOT NULL PRIMARY KEY,
	owner bytea NOT NULL,
	stage smallint NOT NULL,
	expires bigint NOT NULL,
	rest text NOT NULL) PARTITIONED BY (code);
CREATE INDEX oauth_request_owner ON oauth_request (owner);
CREATE TABLE oauth_grant (
	grant_key bytea NOT NULL PRIMARY KEY,
	owner bytea NOT NULL,
	client bytea NOT NULL,
	scopes text NOT NULL,
	created bigint NOT NULL,
	used bigint NOT NULL,
	expires bigint NOT NULL,
	generation bigint NOT NULL,
	rotated bigint) PARTITIONED BY (grant_key);
CREATE INDEX oauth_grant_owner ON oauth_grant (owner, created);
CREATE TABLE oauth_token (
	token bytea NOT NULL PRIMARY KEY,
	grant_key bytea NOT NULL,
	kind smallint NOT NULL,
	scopes text NOT NULL,
	expires bigint NOT NULL,
	generation bigint NOT NULL,
	used bigint) PARTITIONED BY (token);
`, `
CREATE TABLE link (
	link bytea NOT NULL PRIMARY KEY,
	owner bytea NOT NULL,
	kind smallint NOT NULL,
	identity bytea NOT NULL,
	file smallint NOT NULL,
	created bigint NOT NULL) PARTITIONED BY (link);
CREATE INDEX link_owner ON link (owner, created);
`}
