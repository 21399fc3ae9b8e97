package conformance

import "slices"

// row is a check of a provider, of both standards.
type row struct {
	id      string // behind H-
	level   Level
	basis   Basis // BasisGuide where it is ""
	clause  string
	title   string
	fix     string
	needs   []Need
	aliases []string
	run     func(*probe, *service) error
}

var (
	needsProvider = []Need{NeedProvider}
	needsLogin    = []Need{NeedProvider, NeedLogin}
)

// providerChecks are those of a service of a standard.
func providerChecks(d *standard) (all []Check) {
	for _, table := range []struct {
		role Role
		rows []row
	}{
		{d.read, slices.Concat(discoveryRows, registrationRows, authorizationRows, readRows, pagingRows, profileReadRows,
			revocationRows, refreshRows)},
		{d.write, slices.Concat(writeAuthorizationRows, upsertRows, refuseRows, profileWriteRows, writeRevocationRows)},
	} {
		for _, r := range table.rows {
			all = append(all, r.check(d, table.role))
		}
	}
	return all
}

// check makes the check of a standard.
func (r row) check(d *standard, role Role) Check {
	c := Check{
		ID: d.prefix + "-H-" + r.id, Role: role, Guides: d.guides, Basis: r.basis, Clause: r.clause, Level: r.level,
		Evidence: EvidenceAutomatic, Needs: r.needs, Title: r.title, Fix: r.fix,
	}
	for _, a := range r.aliases {
		c.Aliases = append(c.Aliases, d.prefix+" "+a)
	}
	if c.Basis == "" {
		c.Basis = d.basis
	}
	run := r.run
	c.run = func(p *probe) error { return run(p, p.of(d)) }
	return c
}
