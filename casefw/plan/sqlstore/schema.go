package sqlstore

import "github.com/laurel-edu/laurel/internal/sqldb"

// steps bring the tables up to date. What was released is never changed: a change is
// another step.
//
// plan_outbox has the number of a tenant's last decision. It is counted and not looked up
// among those that wait: a number that came again after its decision was done would let a
// slow worker take out what it never did.
var steps = []sqldb.Step{`
CREATE TABLE plan_state (
	tenant bytea NOT NULL,
	learner bytea NOT NULL,
	revision bigint NOT NULL,
	state bytea NOT NULL,
	PRIMARY KEY (tenant, learner));
CREATE TABLE plan_outbox (
	tenant bytea NOT NULL PRIMARY KEY,
	last bigint NOT NULL);
CREATE TABLE plan_decision (
	tenant bytea NOT NULL,
	id bigint NOT NULL,
	decision bytea NOT NULL,
	PRIMARY KEY (tenant, id));
`}
