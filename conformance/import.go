package conformance

// The introduction of the guide demands of hosts that nothing is lost on the way in and out,
// which no numbered test has asked since version 1.1.
var hostChecks = importChecks(RoleOBHost, "OB", bothOB, BasisGuide, "badge")

var recordHostChecks = importChecks(RoleCLRHost, "CLR", []Guide{GuideCLR10}, BasisSecondHand, "record")

func importChecks(role Role, prefix string, guides []Guide, basis Basis, thing string) (all []Check) {
	for n, way := range []string{"as JSON", "as a PNG", "as an SVG", "by its URL"} {
		in := Check{ID: prefix + "-H-IMP-" + string(rune('1'+n)), Role: role, Guides: guides, Basis: basis, Clause: "guide, introduction",
			Level: LevelIntroduction, Evidence: EvidenceManual, Title: "A " + thing + " can be brought in " + way + ".",
			Fix: "Take what people have, and keep the bytes.", Shots: []string{"Bring in a " + thing + " " + way + ".", "Show that it is there, with its data."}}
		out := in
		out.ID, out.Title = prefix+"-H-EXP-"+string(rune('1'+n)), "A "+thing+" can be taken out "+way+", without loss."
		out.Shots = []string{"Take a " + thing + " out " + way + ".", "Show its SHA-256 beside that of what was brought in."}
		all = append(all, in, out)
	}
	return all
}
