package conformance

// unbuiltHost is why checks are not run that need the suite's own host.
const unbuiltHost = "the suite cannot run this yet: the part of its reference host for it is not built"

func displayerChecks() []Check {
	film := []string{"Show the picture, where the badge is one.", "Show the name, the description, the name of the issuer and the " +
		"date of issue.",
		"Show the state: valid, expired or revoked."}
	trigger := []string{"Open a badge that is not verified yet.", "As the viewer, start the verification.", "Show what it says."}
	row := func(id, title, clause, fix string, level Level, basis Basis, e Evidence, shots []string, aliases ...string) Check {
		c := Check{ID: "OB-D-" + id, Aliases: aliases, Role: RoleOBDisplayer, Guides: bothOB, Basis: basis, Clause: clause, Level: level,
			Evidence: e, Title: title, Fix: fix, Shots: shots}
		if e == EvidenceActs {
			c.Needs, c.Unbuilt = []Need{NeedDisplay}, unbuiltHost
		}
		return c
	}
	return []Check{
		row("1", "Of three badges the product says which is valid, which expired and which was revoked.", "guide, Displayer 1",
			"Compare validUntil with the clock, and look the badge up in its status list.", LevelMust, BasisGuide, EvidenceActs, nil,
			"OB Displayer 1"),
		row("1f", "The product shows what each of the three badges says.", "guide, Displayer 1",
			"Show name, description, issuer, date of issue, status, and the picture.", LevelMust, BasisGuide, EvidenceManual, film),
		row("2", "The viewer can have a badge verified: then its keys and its status list are asked for.", "guide, Displayer 2",
			"Verify when the viewer asks, and do not show an old result.", LevelMust, BasisGuide, EvidenceManual, trigger,
			"OB Displayer 2"),
		row("3", "The same three states of badges by the data model 1.1.", "guide, Displayer 3",
			"Read issuanceDate and expirationDate, with the first context of 2018.", LevelMust, BasisGuide, EvidenceActs, nil,
			"OB Displayer 3"),
		row("4", "The viewer can have badges by the data model 1.1 verified.", "guide, Displayer 4",
			"Verify when the viewer asks.", LevelMust, BasisGuide, EvidenceManual, trigger, "OB Displayer 4"),
		row("x", "Revoked by a BitstringStatusListEntry or by a 1EdTechRevocationList are both revoked; listed with bit 0, or "+
			"suspended, is not.",
			"guide, Displayer; OB 3.0, credentialStatus", "Read both kinds of status, and compare the purpose.", LevelMust,
			BasisGuide, EvidenceActs, nil),
		row("y", "What was tampered with, signed by another key, not yet valid or cannot be decided is not shown as valid.",
			"OB 3.0, verification", "Show as valid only what verifies in every step.", LevelExtra, BasisOurs, EvidenceActs, nil),
	}
}

var recordDisplayerTitles = []struct{ id, title, clause, fix string }{
	{"1", "The viewer can have a record verified, and is told whether it is valid, expired or revoked.", "CLR 2.0, verification",
		"Verify when the viewer asks."},
	{"2", "Name, description, issuer, date of issue, status and picture are shown.", "CLR 2.0, display", "Show all of them."},
	{"3", "A record is expired when validUntil is past.", "CLR 2.0, validUntil", "Compare validUntil with the clock."},
	{"4", "A record is revoked when its credentialStatus says so.", "CLR 2.0, credentialStatus", "Look the record up in its list."},
	{"5", "Records are verified with each certified way of securing, and by the data model 2.0.", "CLR 2.0, proofs",
		"Take eddsa-rdfc-2022, ecdsa-sd-2023 and tokens."},
}

func recordDisplayerChecks() (all []Check) {
	for _, t := range recordDisplayerTitles {
		c := Check{ID: "CLR-DSP-" + t.id, Role: RoleCLRDisplayer, Guides: []Guide{GuideCLR10}, Basis: BasisSecondHand,
			Clause: t.clause, Level: LevelMust,
			Evidence: EvidenceActs, Needs: []Need{NeedDisplay}, Title: t.title, Fix: t.fix, Unbuilt: unbuiltHost}
		switch t.id {
		case "1":
			c.Aliases = []string{"CLR Displayer 1"}
		case "2":
			c.Evidence, c.Needs, c.Unbuilt = EvidenceManual, nil, ""
			c.Shots = []string{"Open a record.", "Have it verified.", "Show its name, issuer, date and status, and those of its entries."}
		}
		all = append(all, c)
	}
	return all
}

// The introduction of the guide demands of hosts that nothing is lost on the way in and out,
// which no numbered test has asked since version 1.1.
var hostChecks = importChecks(RoleOBHost, "OB", bothOB, BasisGuide, "badge")

var recordHostChecks = importChecks(RoleCLRHost, "CLR", []Guide{GuideCLR10}, BasisSecondHand, "record")

func importChecks(role Role, prefix string, guides []Guide, basis Basis, thing string) (all []Check) {
	for n, way := range []string{"as JSON", "as a PNG", "as an SVG", "by its URL"} {
		in := Check{ID: prefix + "-H-IMP-" + string(rune('1'+n)), Role: role, Guides: guides, Basis: basis, Clause: "guide, introduction",
			Level: LevelIntroduction, Evidence: EvidenceManual, Title: "A " + thing + " can be brought in " + way + ".",
			Fix: "Take what people have, and keep the bytes.", Shots: []string{"Bring in a " + thing + " " + way + ".",
				"Show that it is there, with its data."}}
		out := in
		out.ID, out.Title = prefix+"-H-EXP-"+string(rune('1'+n)), "A "+thing+" can be taken out "+way+", without loss."
		out.Shots = []string{"Take a " + thing + " out " + way + ".", "Show its SHA-256 beside that of what was brought in."}
		all = append(all, in, out)
	}
	return all
}
