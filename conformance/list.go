package conformance

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// checks are all checks, in the order of the guides.
var checks = slices.Concat(
	issuerChecks, displayerChecks(), hostChecks,
	providerChecks(&openBadges), consumerChecks(&openBadges),
	publisherChecks, recordDisplayerChecks(), recordHostChecks,
	providerChecks(&records), consumerChecks(&records),
	caseProviderChecks(), caseConsumerChecks(),
)

// Checks lists all checks, in the order of the guides: those that are run, those that
// people judge, and those that cannot be run yet, each of which says so.
func Checks() []Check {
	all := slices.Clone(checks)
	for k := range all {
		all[k].run = nil
	}
	return all
}

// List is what the list of checks says besides them.
type List struct {
	Schema string      `json:"schema"`
	Notice string      `json:"notice"`
	Roles  []RoleEntry `json:"roles"`
	Checks []Check     `json:"checks"`
}

// RoleEntry is a role with what it consists of.
type RoleEntry struct {
	Role     Role   `json:"role"`
	Title    string `json:"title"`
	Includes []Role `json:"includes,omitempty"`
	Optional []Role `json:"optional,omitempty"`
}

// WriteList writes all roles and checks as JSON.
func WriteList(w io.Writer) error {
	l := List{Schema: "laurel-conformance-list-1", Notice: Notice, Checks: Checks()}
	for _, f := range roleFacts {
		l.Roles = append(l.Roles, RoleEntry{f.role, f.title, f.includes, f.optional})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(l); err != nil {
		return fmt.Errorf("conformance: writing the list: %w", err)
	}
	return nil
}
