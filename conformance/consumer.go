package conformance

// consumerRow is a check of a client of the standards.
type consumerRow struct {
	id, title, fix string
	write          bool
	level          Level
	aliases        []string
	run            func(*probe, *standard) error
}

var consumerRows = []consumerRow{
	{id: "CR-1", title: "The product gets a token: discovery, registration, authorization with S256 and state, token, in this " +
		"order, and asks for no more scopes than it needs.",
		fix: "Follow the service description; draw state and verifier anew each time.", run: checkConnects, level: LevelMust,
		aliases: []string{"Service Consumer (Read) 1", "Issuer 2"}},
	{id: "CR-2", title: "The product asks for the credentials with its token, and shows them.",
		fix: "Send the token as Authorization: Bearer.",
		run: checkLists, level: LevelMust, aliases: []string{"Service Consumer (Read) 2"}},
	{id: "CR-3", title: "The product follows the pages to their end.", fix: "Follow Link rel=next, and stop where there is none.",
		run: checkPages, level: LevelOptional, aliases: []string{"Service Consumer (Read) 3"}},
	{id: "CR-4", title: "The product asks for the profile, and shows it.", fix: "Ask for profile.readonly, and call getProfile.",
		run: checkReadsProfile, level: LevelMust, aliases: []string{"Service Consumer (Read) 4"}},
	{id: "CW-1", title: "The product gets a token that may write.", fix: "Ask for credential.upsert.", write: true,
		run: checkWriteToken, level: LevelMust, aliases: []string{"Service Consumer (Write) 1"}},
	{id: "CW-2", title: "The product sends a credential for the address of the test system, in the right media type, and it verifies.",
		fix: "POST the signed bytes: JSON as application/json, tokens as text/plain.", write: true, run: checkSends, level: LevelMust,
		aliases: []string{"Service Consumer (Write) 2", "Issuer 4"}},
	{id: "CW-3", title: "The product sends a whole profile.", fix: "PUT …/profile with id and type Profile.", write: true,
		run: checkSendsProfile, level: LevelOptional,
		aliases: []string{"Service Consumer (Write) 3", "Issuer 5"}},
}

func consumerChecks(d *standard) (all []Check) {
	for _, r := range consumerRows {
		c := Check{ID: d.prefix + "-H-" + r.id, Role: d.asRead, Guides: d.guides, Basis: d.basis, Clause: "guide, Service Consumer",
			Level: r.level, Evidence: EvidenceActs, Needs: []Need{NeedConsumer}, Title: r.title, Fix: r.fix,
			run: func(p *probe) error { return r.run(p, d) }}
		if r.write {
			c.Role = d.asWrite
		}
		if r.write && d == &openBadges {
			c.Aliases = []string{"OB-I-3"} // the issuer's third test is this service
		}
		for _, a := range r.aliases {
			c.Aliases = append(c.Aliases, d.prefix+" "+a)
		}
		all = append(all, c)
	}
	for _, m := range misbehaviours {
		all = append(all, m.check(d))
	}
	return all
}
