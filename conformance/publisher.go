package conformance

import (
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

var publisherChecks = []Check{
	publisherCheck("1", "The contexts of credentials, CLR and Open Badges come first, in this order.", "CLR 2.0, contexts",
		"Write @context as the context of VCDM, that of CLR 2.0 and that of Open Badges 3.0.", checkRecordContexts, "CLR Issuer 1"),
	publisherCheck("2", "The types are VerifiableCredential and ClrCredential.", "CLR 2.0, ClrCredential.type",
		"Write both types.", checkRecordTypes),
	publisherCheck("3", "The subject is a ClrSubject.", "CLR 2.0, ClrCredential.credentialSubject",
		"Give the subject the type ClrSubject.", checkRecordSubject),
	publisherCheck("4", "The issuer is a Profile with an absolute id.", "CLR 2.0, ClrCredential.issuer",
		"Write the issuer as a Profile whose id is a DID or an https URL.", checkRecordIssuer),
	publisherCheck("5", "The record is secured by eddsa-rdfc-2022, ecdsa-sd-2023 or as a token, by a key that the issuer lists "+
		"for assertions.",
		"CLR 2.0, proofs", "Secure it with proofPurpose assertionMethod in one of these ways.", checkRecordProof),
	publisherCheck("6", "All required members are there, and every term is defined.", "CLR 2.0, data model; safe mode",
		"Mend what the findings name, before the record is signed.", checkRecordRules),
	publisherCheck("7", "verifiableCredential has credentials, and each is one.", "CLR 2.0, ClrSubject.verifiableCredential",
		"Embed each credential as it was signed.", checkRecordEntries),
	{
		ID: "CLR-ISS-5a", Role: RoleCLRPublisher, Guides: []Guide{GuideCLR10}, Basis: BasisSecondHand, Clause: "CLR 2.0, baking",
		Level: LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact, NeedImage},
		Title: "A record that is baked into an image comes out as it was issued.",
		Fix:   "Bake the signed bytes as they are.", run: checkBaked(&records),
	},
	{
		ID: "CLR-ISS-R", Aliases: []string{"CLR Issuer 1 recipient"}, Role: RoleCLRPublisher, Guides: []Guide{GuideCLR10},
		Basis: BasisSecondHand, Clause: "instructions of the test system, Issuer 1", Level: LevelMust, Evidence: EvidenceAutomatic,
		Needs: []Need{NeedArtefact},
		Title: "The record is for the address of the test system.",
		Fix:   "Issue it to conformance@imsglobal.org, by an identifier of type emailAddress.", run: checkRecipient(&records),
	},
}

func publisherCheck(n, title, clause, fix string, run func(*probe) error, aliases ...string) Check {
	return Check{ID: "CLR-ISS-" + n, Aliases: aliases, Role: RoleCLRPublisher, Guides: []Guide{GuideCLR10}, Basis: BasisSecondHand,
		Clause: clause,
		Level:  LevelMust, Evidence: EvidenceAutomatic, Needs: []Need{NeedArtefact}, Title: title, Fix: fix, run: run}
}

func checkRecordContexts(p *probe) error {
	return p.each(&records, func(one *piece) {
		urls, _ := one.doc.Contexts()
		ok := len(urls) >= 3 && one.doc.Version() != vc.VersionUnknown && rules.IsRecordContext(urls[1]) &&
			rules.IsOpenBadgesContext(urls[2])
		p.holds(ok, one.named(Finding{Message: "the contexts are others, or in another order", Pointer: "/@context",
			Found: door.Root(one.doc).Get("@context").Shown()}))
	})
}

func checkRecordTypes(p *probe) error {
	return p.each(&records, func(one *piece) {
		for _, name := range []string{"VerifiableCredential", "ClrCredential"} {
			p.holds(one.doc.HasType(name), one.named(Finding{Message: "a type is missing", Pointer: "/type", Expected: name}))
		}
	})
}

func checkRecordSubject(p *probe) error {
	return p.each(&records, func(one *piece) {
		subject := door.Root(one.doc).Get("credentialSubject").Single()
		p.holds(door.HasType(subject, "ClrSubject"), one.named(Finding{Message: "the subject is no ClrSubject",
			Pointer: "/credentialSubject/type",
			Found:   subject.Get("type").Shown()}))
	})
}

func checkRecordIssuer(p *probe) error {
	return p.each(&records, func(one *piece) {
		issuer := door.Root(one.doc).Get("issuer").Single()
		p.holds(issuer.Kind() == jsonx.Object && door.HasType(issuer, "Profile"),
			one.named(Finding{Message: "the issuer is no Profile", Pointer: "/issuer"}))
		p.holds(vc.IRI(issuer.Get("id").Text()).IsAbsolute(), one.named(Finding{Message: "the issuer has no absolute id",
			Pointer: "/issuer/id",
			Found:   issuer.Get("id").Shown()}))
	})
}

func checkRecordProof(p *probe) error {
	return p.each(&records, func(one *piece) {
		p.suite(one, []string{dataintegrity.EddsaRdfc2022, dataintegrity.EcdsaSd2023})
		p.judge(one, false, verify.CheckProof, verify.CheckBinding)
	})
}

func checkRecordRules(p *probe) error {
	return p.each(&records, func(one *piece) {
		p.judge(one, true, verify.CheckRules, verify.CheckContexts, verify.CheckTime)
		for _, problem := range slices.Concat(one.report.Problems(), one.report.Warnings()) {
			if slices.Contains(lossCodes, string(problem.Code)) {
				p.note(one.named(findingOf(problem)))
			}
		}
	})
}

func checkRecordEntries(p *probe) error {
	return p.each(&records, func(one *piece) {
		entries := door.Root(one.doc).Get("credentialSubject").Single().Get("verifiableCredential").Items()
		p.holds(len(entries) > 0, one.named(Finding{Message: "the record has no entries",
			Pointer: "/credentialSubject/verifiableCredential"}))
		for k, v := range entries {
			ok := door.HasType(v, "VerifiableCredential") || door.HasType(v, "EnvelopedVerifiableCredential")
			p.holds(ok, one.named(Finding{Message: "an entry is no credential",
				Pointer: "/credentialSubject/verifiableCredential/" + strconv.Itoa(k)}))
		}
		p.embedded(one)
	})
}

// embedded tells what became of each entry's own proof: bad is a failure, none is not.
func (p *probe) embedded(one *piece) {
	for _, n := range one.report.Nested {
		switch n.Proof {
		case verify.ProofBad:
			p.fail(one.named(Finding{Message: "an entry was forged, or its signature is not its issuer's", Pointer: n.Pointer}))
		case verify.ProofUndecided:
			p.warn(one.named(Finding{Message: "an entry's proof could not be checked here", Pointer: n.Pointer}))
		case verify.ProofNone:
			p.warn(one.named(Finding{Message: "an entry has no proof of its own: the record's issuer alone vouches for it",
				Pointer: n.Pointer}))
		}
	}
}
