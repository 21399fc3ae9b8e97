package conformance

import (
	"strings"
	"time"

	"github.com/laurel-edu/laurel/conformance/refhost"
)

var (
	filmSubmit  = []string{"Open the three badges of the test system in the product.", "Submit the status of each."}
	filmShow    = []string{"Show the picture, where the badge is one.", "Show the name, the description, the name of the issuer and the date of issue.", "Show the state: valid, expired or revoked."}
	filmTrigger = []string{"Open one that is not verified yet.", "As the viewer, start the verification.", "Show what it says."}
)

// three are the exhibits of the guide.
func three(old bool) func(*refhost.Host) ([]refhost.Exhibit, error) {
	return func(h *refhost.Host) ([]refhost.Exhibit, error) { return h.Badges(old) }
}

// displayRow is a check of a displayer: with the hook by machine, else by people.
func displayRow(id, title, clause, fix string, shots []string, run func(*probe) error, aliases ...string) Check {
	c := Check{ID: id, Aliases: aliases, Role: RoleOBDisplayer, Guides: bothOB, Basis: BasisGuide, Clause: clause, Level: LevelMust,
		Evidence: EvidenceManual, Needs: []Need{NeedDisplay}, Title: title, Fix: fix, Shots: shots, run: run}
	if strings.HasPrefix(id, "CLR") {
		c.Role, c.Guides, c.Basis = RoleCLRDisplayer, []Guide{GuideCLR10}, BasisSecondHand
	}
	return c
}

func displayerChecks() []Check {
	doubtful := displayRow("OB-D-y", "What was tampered with, signed by another key, not yet valid or cannot be decided is not shown as valid.",
		"OB 3.0, verification", "Show as valid only what verifies in every step.", nil, checkStates((*refhost.Host).Doubtful))
	doubtful.Level, doubtful.Basis, doubtful.Evidence = LevelExtra, BasisOurs, EvidenceActs
	statuses := displayRow("OB-D-x", "Revoked by a BitstringStatusListEntry or by a 1EdTechRevocationList is revoked; bit 0, not listed, or suspended is not.",
		"guide, Displayer; OB 3.0, credentialStatus", "Read both kinds of status, and compare the purpose.", nil, checkStates((*refhost.Host).Statuses))
	statuses.Evidence = EvidenceActs
	return []Check{
		displayRow("OB-D-1", "Of three badges the product says which is valid, which expired and which was revoked.", "guide, Displayer 1",
			"Compare validUntil with the clock, and look the badge up in its status list.", filmSubmit, checkStates(three(false)), "OB Displayer 1"),
		displayRow("OB-D-1f", "The product shows what each of the three badges says.", "guide, Displayer 1",
			"Show name, description, issuer, date of issue, status, and the picture.", filmShow, checkShown(three(false))),
		displayRow("OB-D-2", "The viewer can have a badge verified: then its key and its status list are asked for.", "guide, Displayer 2",
			"Verify when the viewer asks, and do not show an old result.", filmTrigger, checkTrigger(three(false)), "OB Displayer 2"),
		displayRow("OB-D-3", "The same three states of badges by the data model 1.1.", "guide, Displayer 3",
			"Read issuanceDate and expirationDate, with the first context of 2018.", filmSubmit, checkStates(three(true)), "OB Displayer 3"),
		displayRow("OB-D-4", "The viewer can have badges by the data model 1.1 verified.", "guide, Displayer 4",
			"Verify when the viewer asks.", filmTrigger, checkTrigger(three(true)), "OB Displayer 4"),
		statuses, doubtful,
	}
}

func recordDisplayerChecks() []Check {
	only := func(name string) func(*refhost.Host) ([]refhost.Exhibit, error) {
		return func(h *refhost.Host) (found []refhost.Exhibit, err error) {
			all, err := h.Records()
			for _, one := range all {
				if one.Name == name || one.Name == "valid" {
					found = append(found, one)
				}
			}
			return found, err
		}
	}
	return []Check{
		displayRow("CLR-DSP-1", "The viewer can have a record verified: then its key and its status list are asked for.", "CLR 2.0, verification",
			"Verify when the viewer asks.", filmTrigger, checkTrigger((*refhost.Host).Records), "CLR Displayer 1"),
		displayRow("CLR-DSP-2", "Name, description, issuer, date of issue, status and picture are shown.", "CLR 2.0, display",
			"Show all of them.", filmShow, checkShown((*refhost.Host).Records)),
		displayRow("CLR-DSP-3", "A record is expired when validUntil is past.", "CLR 2.0, validUntil",
			"Compare validUntil with the clock.", []string{"Open a record that expired.", "Show that it says so."}, checkStates(only("expired"))),
		displayRow("CLR-DSP-4", "A record is revoked when its credentialStatus says so.", "CLR 2.0, credentialStatus",
			"Look the record up in its list.", []string{"Open a record that was revoked.", "Show that it says so."}, checkStates(only("revoked"))),
		displayRow("CLR-DSP-5", "Records are verified with each certified way of securing, and by the data model 2.0.", "CLR 2.0, proofs",
			"Take eddsa-rdfc-2022, ecdsa-sd-2023 and tokens.", []string{"Open a record in each form.", "Show that it is valid."}, checkStates((*refhost.Host).Secured)),
	}
}

// exhibits are credentials at the suite's host.
func (p *probe) exhibits(list func(*refhost.Host) ([]refhost.Exhibit, error)) ([]refhost.Exhibit, error) {
	if p.s.gallery == nil {
		g, err := p.s.serve("", "gallery")
		if err != nil {
			return nil, err
		}
		p.s.gallery = g
	}
	return list(p.s.gallery.Host)
}

// display has the product verify and show a credential.
func (p *probe) display(one refhost.Exhibit) (Shown, error) {
	return p.s.suite.Hooks.Display(p.ctx, Display{URL: one.URL, Credential: one.Credential, Roots: p.s.gallery.roots})
}

// checkStates looks whether the product says of each credential what it is.
func checkStates(list func(*refhost.Host) ([]refhost.Exhibit, error)) func(*probe) error {
	return func(p *probe) error {
		all, err := p.exhibits(list)
		if err != nil {
			return err
		}
		for _, one := range all {
			shown, err := p.display(one)
			switch {
			case one.State == "": // an error says too that it is not valid
				bad := err == nil && (shown.Status == "valid" || one.Either != "" && shown.Status == "revoked")
				p.holds(!bad, Finding{Message: "what is " + one.Name + " is shown otherwise", Found: shown.Status, Expected: "anything but valid"})
			case err != nil:
				p.fail(Finding{Message: "what is " + one.Name + " is not shown: " + err.Error(), Expected: one.State})
			default:
				p.holds(shown.Status == one.State, Finding{Message: "what is " + one.Name + " is shown otherwise", Found: shown.Status, Expected: one.State})
			}
		}
		return nil
	}
}

// checkShown looks whether what is shown is what the credential says.
func checkShown(list func(*refhost.Host) ([]refhost.Exhibit, error)) func(*probe) error {
	return func(p *probe) error {
		all, err := p.exhibits(list)
		if err != nil {
			return err
		}
		for _, one := range all {
			shown, err := p.display(one)
			if !p.holds(err == nil, Finding{Message: "what is " + one.Name + " is not shown"}) {
				continue
			}
			for _, part := range []struct{ what, found, want string }{
				{"name", shown.Name, one.Title}, {"issuer", shown.Issuer, one.Issuer}, {"description", shown.Description, one.Description},
				{"date of issue", day(shown.IssuedOn), day(one.IssuedOn)},
			} {
				p.holds(part.want == "" || part.found == part.want, Finding{Message: "the " + part.what + " is not shown, or another", Found: part.found, Expected: part.want})
			}
		}
		return nil
	}
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// checkTrigger looks whether a verification asks for keys and status lists, at a host that
// nothing was asked of before.
func checkTrigger(list func(*refhost.Host) ([]refhost.Exhibit, error)) func(*probe) error {
	return func(p *probe) error {
		fresh, err := p.s.serve("", p.check.ID)
		if err != nil {
			return err
		}
		defer fresh.stop()
		all, err := list(fresh.Host)
		if err != nil {
			return err
		}
		one := all[0]
		_, err = p.s.suite.Hooks.Display(p.ctx, Display{URL: one.URL, Credential: one.Credential, Roots: fresh.roots})
		if !p.holds(err == nil, Finding{Message: "what is " + one.Name + " is not shown"}) {
			return nil
		}
		p.holds(fresh.Asked(one.Document) > 0, Finding{Message: "the verification did not ask for the issuer's key"})
		p.holds(fresh.Asked(one.Status) > 0, Finding{Message: "the verification did not ask for the status list"})
		return nil
	}
}
