package conformance

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/verify"
)

var bothOB = []Guide{GuideOB11, GuideOB12}

var issuerChecks = []Check{{
	ID: "OB-I-1", Aliases: []string{"OB Issuer 1"}, Role: RoleOBIssuerOnly, Guides: bothOB, Basis: BasisGuide,
	Clause: "guide, Issuer 1; OB 3.0, AchievementCredential", Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact},
	Title: "The badge is valid: well formed by the model, with its contexts in order, secured by a key of the issuer, and in force.",
	Fix:   "Mend what the findings name, before the badge is signed.", run: checkBadgeValid,
}, {
	ID: "OB-I-1.1", Role: RoleOBIssuerOnly, Guides: bothOB, Basis: BasisGuide, Clause: "guide, Issuer 1; proof mechanisms",
	Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact},
	Title: "The badge is secured by eddsa-rdfc-2022, since version 1.2 of the guide also by ecdsa-sd-2023, or as a token.",
	Fix:   "Secure it in one of these ways: others may be good and are not certified.", run: checkBadgeSuite,
}, {
	ID: "OB-I-1.2", Role: RoleOBIssuerOnly, Guides: bothOB, Basis: BasisGuide, Clause: "guide, Issuer 1; OB 3.0, IdentityObject",
	Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact},
	Title: "The badge is for the address of the test system, plain or as a salted hash.",
	Fix:   "Issue the badge to conformance@imsglobal.org, by an identifier of type emailAddress.", run: checkRecipient(&openBadges),
}, {
	ID: "OB-I-1.3", Role: RoleOBIssuerOnly, Guides: bothOB, Basis: BasisOurs, Clause: "OB 3.0, Image",
	Level: LevelExtra, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact},
	Title: "The images that the badge names can be had.",
	Fix:   "Publish the image at its URL, or write it into the badge as a data URL.", run: checkImages,
}, {
	ID: "OB-I-1a", Role: RoleOBIssuerOnly, Guides: bothOB, Basis: BasisGuide, Clause: "OB 3.0, 5.3 Baking",
	Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact, NeedImage},
	Title: "What is baked into an image comes out, and is the badge as it was issued.",
	Fix:   "Bake the signed bytes as they are: one iTXt chunk, not compressed, or one element of an SVG.", run: checkBaked(&openBadges),
}, {
	ID: "OB-I-1b", Role: RoleOBIssuerOnly, Guides: []Guide{GuideOB12}, Basis: BasisSecondHand, Clause: "guide 1.2, safe mode",
	Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact},
	Title: "Every term of the badge is defined by its contexts: nothing is dropped.",
	Fix:   "List the context that defines the member, or leave the member out.", run: checkSafeMode(&openBadges),
}, {
	ID: "OB-I-1c", Role: RoleOBIssuerOnly, Guides: []Guide{GuideOB12}, Basis: BasisSecondHand, Clause: "guide 1.2, ecdsa-sd-2023",
	Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact},
	Title: "Of a badge with ecdsa-sd-2023, the least that a holder can show still has all required members.",
	Fix:   "Make the required members mandatory when signing.", run: checkLeastShown,
}, {
	ID: "OB-I-2", Aliases: []string{"OB Issuer 2"}, Role: RoleOBIssuerOnly, Guides: bothOB, Basis: BasisGuide,
	Clause: "guide, Issuer 2", Level: LevelMust, Evidence: EvidenceManual,
	Title: "A film shows how the recipient gets the badge.",
	Shots: []string{"Sign in as the recipient.", "Open the badge.", "Download it, or share it.",
		"Show the name of the file and its SHA-256."},
}}

// named puts the name of an artefact before a message.
func (one *piece) named(f Finding) Finding {
	f.Message = one.name + ": " + f.Message
	return f
}

func checkBadgeValid(p *probe) error { return p.valid(&openBadges) }

// valid looks whether the artefacts of a standard verify.
func (p *probe) valid(d *standard) error {
	return p.each(d, func(one *piece) {
		if one.report.Verdict == verify.VerdictVerified {
			p.judge(one, true, verify.CheckRules, verify.CheckContexts, verify.CheckBinding)
			return
		}
		var names []verify.CheckName
		for _, c := range one.report.Checks {
			names = append(names, c.Name)
		}
		p.judge(one, true, names...)
		if one.report.Verdict == verify.VerdictNotVerified && p.verdict() == OutcomePass {
			p.fail(one.named(Finding{Message: "it does not verify"}))
		}
	})
}

// suites are the proofs that the guide takes.
func (p *probe) suites() []string {
	if p.s.suite.guide() == GuideOB11 {
		return []string{dataintegrity.EddsaRdfc2022}
	}
	return []string{dataintegrity.EddsaRdfc2022, dataintegrity.EcdsaSd2023}
}

func checkBadgeSuite(p *probe) error {
	return p.each(&openBadges, func(one *piece) { p.suite(one, p.suites()) })
}

// suite looks how an artefact is secured.
func (p *probe) suite(one *piece, taken []string) {
	names, token := one.secured()
	switch {
	case token && names[0] != "RS256":
		p.warn(one.named(Finding{Message: "the guide names RS256 for tokens; the test system may know no other", Found: names[0]}))
	case token:
		p.holds(true, Finding{})
	default:
		known := slices.ContainsFunc(names, func(name string) bool { return slices.Contains(taken, name) })
		p.holds(known, one.named(Finding{Message: "it is secured in a way that is not certified", Found: strings.Join(names, ", "),
			Expected: strings.Join(taken, " or ")}))
	}
}

// recipient is whom test badges are for.
func (s *Suite) recipient() string {
	if s.Recipient != "" {
		return s.Recipient
	}
	return testAddress
}

func checkRecipient(d *standard) func(*probe) error {
	return func(p *probe) error {
		address := p.s.suite.recipient()
		return p.each(d, func(one *piece) {
			subject := door.Root(one.doc).Get("credentialSubject").Single()
			p.holds(identified(subject, address), one.named(Finding{Message: "it is not for the address of the test", Expected: address,
				Pointer: "/credentialSubject/identifier"}))
		})
	}
}

// identified reports whether a subject is known by an address.
func identified(subject jsonx.Value, address string) bool {
	if strings.EqualFold(subject.Get("id").Text(), "mailto:"+address) {
		return true
	}
	var all []ob.IdentityObject
	for _, v := range subject.Get("identifier").Items() {
		var one ob.IdentityObject
		if one.UnmarshalJSON(v.Raw()) == nil {
			all = append(all, one)
		}
	}
	return ob.Matches(all, ob.IdentifierEmailAddress, address) != ob.MatchNone
}

func checkImages(p *probe) error {
	if p.s.suite.Fetcher == nil {
		return skipped{"no Fetcher was given, so that nothing is fetched"}
	}
	urls := 0
	err := p.each(&openBadges, func(one *piece) {
		root := door.Root(one.doc)
		for _, v := range []jsonx.Value{root.Get("image"), root.Get("issuer").Single().Get("image"),
			root.Get("credentialSubject").Single().Get("achievement").Single().Get("image")} {
			u := v.Single().Text()
			if v.Single().Kind() == jsonx.Object {
				u = v.Single().Get("id").Text()
			}
			if !strings.HasPrefix(u, "https://") {
				continue
			}
			urls++
			got, err := p.s.suite.Fetcher.Fetch(p.ctx, u)
			if !p.holds(err == nil, one.named(Finding{Message: fmt.Sprintf("the image cannot be had: %v", err), Found: u,
				Pointer: v.Pointer()})) {
				continue
			}
			p.holds(strings.HasPrefix(got.MediaType, "image/"), one.named(Finding{Message: "what stands at the URL of the image " +
				"is none", Found: got.MediaType}))
		}
	})
	if err == nil && urls == 0 && len(p.findings) == 0 {
		return skipped{"the badge names no image on the web"}
	}
	return err
}

func checkBaked(d *standard) func(*probe) error {
	return func(p *probe) error {
		images := 0
		all := p.gathered()
		for k := range all {
			one := &all[k]
			if !one.image || !one.of(d) {
				continue
			}
			images++
			if one.baked == nil || one.doc == nil {
				p.unread(one)
				continue
			}
			p.bakedAsIssued(one, all)
		}
		if images == 0 {
			return skipped{"no image holds a credential of " + d.name}
		}
		return nil
	}
}

// bakedAsIssued compares what came out of an image with the badge of that id, where the
// product handed it in too, and looks for warnings of the image.
func (p *probe) bakedAsIssued(one *piece, all []piece) {
	p.looked++
	for _, w := range one.baked.Warnings {
		f := findingOf(w)
		f.Warning = true
		p.note(one.named(f))
	}
	for k := range all {
		other := &all[k]
		if other.image || other.doc == nil || other.doc.ID() != one.doc.ID() || other.doc.Form() != one.doc.Form() {
			continue
		}
		p.holds(bytes.Equal(bytes.TrimSpace(other.credential), one.credential), one.named(Finding{
			Message: "what is baked has other bytes than " + other.name}))
	}
}

// lossCodes tell of members that a context gives no meaning.
var lossCodes = []string{string(proof.CodeDataLoss), string(verify.CodeTermWithoutMeaning)}

func checkSafeMode(d *standard) func(*probe) error {
	return func(p *probe) error {
		return p.each(d, func(one *piece) {
			p.looked++
			for _, problem := range slices.Concat(one.report.Problems(), one.report.Warnings()) {
				if slices.Contains(lossCodes, string(problem.Code)) {
					p.note(one.named(findingOf(problem)))
				}
			}
		})
	}
}

func checkLeastShown(p *probe) error {
	bases := 0
	err := p.each(&openBadges, func(one *piece) {
		if !one.base {
			return
		}
		bases++
		p.leastShown(p.ctx, one)
	})
	if err == nil && bases == 0 && p.verdict() == OutcomePass {
		return skipped{"no badge is a holder's own copy with ecdsa-sd-2023"}
	}
	return err
}

// leastShown shows nothing but what the issuer made mandatory.
func (p *probe) leastShown(ctx context.Context, one *piece) {
	least, err := dataintegrity.Derive(ctx, one.credential, dataintegrity.DeriveOptions{})
	if !p.holds(err == nil, one.named(Finding{Message: fmt.Sprintf("nothing can be derived from it: %v", err)})) {
		return
	}
	report, err := p.s.verify.Inspect(ctx, least)
	if !p.holds(err == nil && report.Authentic(), one.named(Finding{Message: "what is derived from it does not verify"})) {
		return
	}
	for _, w := range report.Withheld {
		f := findingOf(w)
		f.Message = "the holder can hide a required member: " + f.Message
		p.fail(one.named(f))
	}
}
