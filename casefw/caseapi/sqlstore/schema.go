package sqlstore

import "github.com/laurel-edu/laurel/internal/sqldb"

// steps bring the tables up to date. What was released is never changed: a change is
// another step.
//
// What belongs to a framework stands under the revision that it was put as, so that it can
// be written while the one before is served, and whoever began to read that one can end.
// Times are microseconds of Unix time, UTC; one that is not known is null. A text of 1.0
// whose tag is that of 1.1 is the same text and kept once; where there is no tag, the version
// has no such answer. What a provider says may be any bytes, and is kept as such.
var steps = []sqldb.Step{`
CREATE TABLE case_store (
	tenant bytea NOT NULL PRIMARY KEY,
	revision bigint NOT NULL,
	changed bigint NOT NULL);
CREATE TABLE case_framework (
	tenant bytea NOT NULL,
	framework bytea NOT NULL,
	slot bigint NOT NULL,
	revision bigint NOT NULL,
	digest bytea NOT NULL,
	not_before bigint,
	modified bigint,
	document_modified bigint,
	document bytea NOT NULL,
	PRIMARY KEY (tenant, framework));
CREATE TABLE case_answer (
	tenant bytea NOT NULL,
	kind smallint NOT NULL,
	id bytea NOT NULL,
	framework bytea NOT NULL,
	revision bigint NOT NULL,
	home smallint NOT NULL,
	modified bigint,
	tag text NOT NULL,
	size bigint NOT NULL,
	old_tag text,
	old_size bigint,
	body bytea,
	old_body bytea,
	PRIMARY KEY (tenant, kind, id, framework, revision));
CREATE INDEX case_answer_framework ON case_answer (tenant, framework, revision);
CREATE TABLE case_association (
	tenant bytea NOT NULL,
	framework bytea NOT NULL,
	revision bigint NOT NULL,
	place bigint NOT NULL,
	association bytea NOT NULL,
	body bytea NOT NULL,
	old_body bytea,
	PRIMARY KEY (tenant, framework, revision, place));
CREATE TABLE case_link (
	tenant bytea NOT NULL,
	node bytea NOT NULL,
	framework bytea NOT NULL,
	revision bigint NOT NULL,
	place bigint NOT NULL,
	PRIMARY KEY (tenant, node, framework, revision, place));
CREATE INDEX case_link_framework ON case_link (tenant, framework, revision);
CREATE TABLE case_piece (
	tenant bytea NOT NULL,
	framework bytea NOT NULL,
	revision bigint NOT NULL,
	version smallint NOT NULL,
	place bigint NOT NULL,
	body bytea NOT NULL,
	PRIMARY KEY (tenant, framework, revision, version, place));
CREATE TABLE case_held (
	holdings bytea NOT NULL,
	document bytea NOT NULL,
	revision bigint NOT NULL,
	pieces bigint NOT NULL,
	stamp bytea NOT NULL,
	etag bytea NOT NULL,
	last_modified bytea NOT NULL,
	digest bytea NOT NULL,
	PRIMARY KEY (holdings, document));
CREATE TABLE case_held_piece (
	holdings bytea NOT NULL,
	document bytea NOT NULL,
	revision bigint NOT NULL,
	place bigint NOT NULL,
	body bytea NOT NULL,
	PRIMARY KEY (holdings, document, revision, place));
`}
