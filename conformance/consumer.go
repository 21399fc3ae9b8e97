package conformance

// consumerRow is a check of a client of the standards.
type consumerRow struct {
	id, title, fix string
	write          bool
	level          Level
	aliases        []string
}

var consumerRows = []consumerRow{
	{id: "CR-1", title: "The product gets a token: discovery, registration, authorization with S256 and state, token, in this " +
		"order, and asks for no more scopes than it needs.",
		fix: "Follow the service description; draw state and verifier anew each time.", level: LevelMust,
		aliases: []string{"Service Consumer (Read) 1", "Issuer 2"}},
	{id: "CR-2", title: "The product asks for the credentials with its token, and shows them.",
		fix:   "Send the token as Authorization: Bearer.",
		level: LevelMust, aliases: []string{"Service Consumer (Read) 2"}},
	{id: "CR-3", title: "The product follows the pages to their end.", fix: "Follow Link rel=next, and stop where there is none.",
		level: LevelOptional, aliases: []string{"Service Consumer (Read) 3"}},
	{id: "CR-4", title: "The product asks for the profile, and shows it.", fix: "Ask for profile.readonly, and call getProfile.",
		level: LevelMust, aliases: []string{"Service Consumer (Read) 4"}},
	{id: "CW-1", title: "The product gets a token that may write.", fix: "Ask for credential.upsert.", write: true,
		level: LevelMust, aliases: []string{"Service Consumer (Write) 1"}},
	{id: "CW-2", title: "The product sends a credential for the address of the test system, in the right media type, and it verifies.",
		fix: "POST the signed bytes: JSON as application/json, tokens as text/plain.", write: true, level: LevelMust,
		aliases: []string{"Service Consumer (Write) 2", "Issuer 4"}},
	{id: "CW-3", title: "The product sends a whole profile.", fix: "PUT …/profile with id and type Profile.", write: true,
		level:   LevelOptional,
		aliases: []string{"Service Consumer (Write) 3", "Issuer 5"}},
}

// misbehaviour is what the reference host does by a name, and what a product does about it.
type misbehaviour struct{ name, does, must string }

var misbehaviours = []misbehaviour{
	{"sdd-no-scheme", "names URLs without a scheme", "connects, or says why not"},
	{"sdd-http", "names URLs of plain http", "refuses them"},
	{"sdd-foreign", "names URLs of another host", "refuses them"},
	{"sdd-cached", "sends the description with an ETag and a time to keep it", "does not ask earlier, and then with If-None-Match"},
	{"reg-expiring", "registers with a secret that ends in a minute", "registers again"},
	{"scope-narrowed", "grants less than was asked", "does not call what was not granted, and tells the person"},
	{"state-wrong", "redirects with another state", "refuses, and asks for no token"},
	{"iss-wrong", "redirects with another iss", "refuses, and asks for no token"},
	{"denied", "says that the person did not allow it", "tells so, and does not try again by itself"},
	{"token-401-basic", "refuses the client with 401", "tells so"},
	{"token-400", "refuses the client with 400", "tells so"},
	{"token-no-scope", "leaves scope out of the token answer", "goes on"},
	{"bearer-lowercase", "calls the token type bearer", "goes on"},
	{"no-expires", "does not say how long the token lives", "goes on"},
	{"expired-401", "refuses the token once", "refreshes once and asks once more"},
	{"refresh-dead", "refuses the refresh token", "shows that the connection is broken, and offers to connect again"},
	{"403", "refuses the scope", "does not refresh in a loop"},
	{"retry-after", "is busy, and says for how long", "waits as long"},
	{"503-always", "is always busy", "comes again after half an hour, twice, and then tells the person"},
	{"page-short", "gives fewer credentials than were asked for", "gets all the same"},
	{"page-no-link", "sends no Link", "gets all by offset"},
	{"page-no-total", "sends no X-Total-Count", "goes on"},
	{"page-loop", "has next lead to the same page", "stops"},
	{"next-foreign", "has next lead to another host", "stops, and sends no token there"},
	{"both-arrays", "sends credentials in both arrays", "shows all"},
	{"jws-plural", "calls the array of tokens compactJwsStrings", "shows all"},
	{"upsert-200", "answers a new credential with 200", "takes it for done"},
	{"upsert-201", "answers a credential with 201", "takes it for done"},
	{"upsert-304", "answers a credential with 304", "takes it for done"},
	{"upsert-202", "answers a profile with 202", "takes it for done"},
	{"post-405", "takes profiles by POST alone", "tries POST, or says what is wrong"},
	{"tampered", "lists a credential that was tampered with", "does not show it as valid"},
	{"expired", "lists a credential that expired", "does not show it as valid"},
	{"revoked", "lists a credential that was revoked", "does not show it as valid"},
	{"foreign-subject", "lists a credential of somebody else", "does not show it as the person's"},
	{"redirect-307", "redirects the token request", "does not send its secret again"},
	{"huge", "answers without an end", "stops reading, and says why"},
	{"slow", "answers a byte a second", "gives up, and says why"},
	{"garbage", "answers with half of a JSON text", "says what is wrong"},
	{"html", "answers with a page for people", "says what is wrong"},
}

const unbuiltScenario = "the suite cannot run this yet: this misbehaviour of its reference host is not built"

func consumerChecks(d *standard) (all []Check) {
	for _, r := range consumerRows {
		c := Check{ID: d.prefix + "-H-" + r.id, Role: d.asRead, Guides: d.guides, Basis: d.basis, Clause: "guide, Service Consumer",
			Level:    r.level,
			Evidence: EvidenceActs, Needs: []Need{NeedConsumer}, Title: r.title, Fix: r.fix, Unbuilt: unbuiltScenario}
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
		role := d.asRead
		if m.name == "post-405" || len(m.name) > 6 && m.name[:6] == "upsert" {
			role = d.asWrite
		}
		all = append(all, Check{ID: d.prefix + "-H-CX-" + m.name, Role: role, Guides: d.guides, Basis: BasisOurs,
			Clause: "rest binding, robustness",
			Level:  LevelExtra, Evidence: EvidenceActs, Needs: []Need{NeedConsumer},
			Title: "A host that " + m.does + ": the product " + m.must + ".", Unbuilt: unbuiltScenario})
	}
	return all
}
