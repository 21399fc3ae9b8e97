package conformance

import "github.com/laurel-edu/laurel/casefw"

// caseRow is a check of a CASE provider.
type caseRow struct {
	id, title, clause, fix string
	level                  Level
	basis                  Basis
	run                    func(*probe, casefw.Version) error
}

var caseProviderRows = []caseRow{
	{"CP-1", "Every endpoint but that of rubrics answers 200 with a body that is valid by the schema of its version.",
		"guide, provider; REST binding",
		"Serve all eleven endpoints, for what the package names.", LevelMust, BasisGuide, checkEndpoints},
	{"CP-2", "Every member of the model has a value somewhere in what is offered.", "guide, provider; information model",
		"Offer a framework for tests in which each member occurs.", LevelMust, BasisGuide, checkPopulation},
	{"CP-3", "An identifier that is unknown gets 404, and one that is none gets 404 or 400, with a status body in the words of " +
		"the version.", "REST binding, 404",
		"Answer imsx_StatusInfo with unknownobject or invalid_uuid.", LevelMust, BasisSpecification, checkUnknown},
	{"CP-4.paging", "Where pages are offered, X-Total-Count and Link lead through them.", "REST binding, paging",
		"Send both headers.", LevelOptional, BasisGuide, checkCASEPaging},
	{"CP-4.filter", "Where filter is offered, it leaves out what does not fit, and refuses unknown fields.", "REST binding, filter",
		"Apply the filter, or refuse it.", LevelOptional, BasisGuide, checkFilter},
	{"CP-4.sort", "Where sort is offered, it sorts both ways.", "REST binding, sort", "Apply sort and orderBy.", LevelOptional,
		BasisGuide, checkSort},
	{"CP-4.fields", "Where fields is offered, only the fields come.", "REST binding, fields", "Send the members that are asked for.",
		LevelOptional, BasisGuide, checkFields},
	{"CP-5", "No members come that the version does not have; extensions are allowed in 1.1 where they are claimed.",
		"guide, provider", "Leave out members of your own.", LevelMust, BasisGuide, checkForeign},
	{"CP-6", "The discovery document is there, and names this host.", "REST binding, discovery",
		"Serve the OpenAPI document with your own servers.", LevelMust, BasisSpecification, checkDescription},
}

func caseProviderChecks() (all []Check) {
	for _, v := range []struct {
		role  Role
		guide Guide
		at    string
		is    casefw.Version
	}{{RoleCASEProvider10, GuideCASE10, "CASE-1.0-", casefw.V1p0}, {RoleCASEProvider11, GuideCASE11, "CASE-1.1-", casefw.V1p1}} {
		for _, r := range caseProviderRows {
			if r.id == "CP-6" && v.guide == GuideCASE10 {
				continue // 1.0 has no discovery document
			}
			all = append(all, Check{ID: v.at + r.id, Role: v.role, Guides: []Guide{v.guide}, Basis: r.basis, Clause: r.clause,
				Level:    r.level,
				Evidence: EvidenceAutomatic, Needs: needsProvider, Title: r.title, Fix: r.fix,
				run: func(p *probe) error { return r.run(p, v.is) }})
		}
	}
	return all
}

func caseConsumerChecks() (all []Check) {
	for _, v := range []struct {
		role  Role
		guide Guide
		at    string
		is    casefw.Version
	}{{RoleCASEConsumer10, GuideCASE10, "CASE-1.0-", casefw.V1p0}, {RoleCASEConsumer11, GuideCASE11, "CASE-1.1-", casefw.V1p1}} {
		all = append(all, Check{ID: v.at + "CC-1", Role: v.role, Guides: []Guide{v.guide}, Basis: BasisGuide,
			Clause: "guide, consumer", Level: LevelMust, Evidence: EvidenceActs, Needs: []Need{NeedConsumer, NeedReadBack},
			Title: "The product reads items or a package, keeps them, and can show every required member.",
			Fix:   "Store what getCFItem or getCFPackage returns.", run: func(p *probe) error { return checkKeeps(p, v.is) }},
			Check{ID: v.at + "CC-2", Role: v.role, Guides: []Guide{v.guide}, Basis: BasisOurs, Clause: "REST binding, robustness",
				Level: LevelExtra, Evidence: EvidenceActs, Needs: []Need{NeedConsumer},
				Title: "The product outlives unknown members, a busy server, the end of pages and a package of five megabytes.",
				Fix:   "Pass over unknown members, and wait as Retry-After says.",
				run:   func(p *probe) error { return checkOutlives(p, v.is) }})
	}
	return all
}
