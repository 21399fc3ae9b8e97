package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Codes about presentations.
const (
	CodeNoCredential         vc.Code = "credential-expected"   // a signed presentation came in place of a credential
	CodePresentationUnsigned vc.Code = "presentation-unsigned" // no holder signed it; each credential in it has its own report
	CodeNoPresentation       vc.Code = "presentation-expected" // something else came in place of a presentation
	CodeChallengeOther       vc.Code = "challenge-other"       // it answers another challenge than Expect.Challenge, or none
	CodeDomainOther          vc.Code = "domain-other"          // it was made for others than Expect.Domain
	CodeReplayPossible       vc.Code = "challenge-not-asked"   // a warning: nobody said which challenge it must answer
	CodeHolderMissing        vc.Code = "holder-missing"        // a warning: signed, and by nobody who says that he presents it
	CodeHolderMismatch       vc.Code = "holder-not-controller" // the key is somebody else's than the holder's
)

// presents reports whether what is verified is itself the presentation that was asked for.
func (s *state) presents() bool { return s.expect != nil && s.entry.parent == nil && !s.entry.evidence }

// purpose is what a proof must be made for, and what its key must be listed for.
func (s *state) purpose() did.Relationship {
	if s.presents() {
		return did.Authentication
	}
	return did.AssertionMethod
}

// signer is where the document says who signed it: its issuer, or the holder.
func (s *state) signer() jsonx.Value {
	if s.presents() {
		return door.HolderOf(door.Root(s.doc))
	}
	return door.Issuer(s.doc)
}

// signerID is the id of who the document says signed it.
func (s *state) signerID() string { return jsonx.Content(s.signer()) }

// notAPresentation checks that the document is a presentation and no credential beside it:
// readers go by one type or by another.
func (s *state) notAPresentation(c *Check) {
	root := door.Root(s.doc)
	found := strings.Join(s.report.Types, ", ")
	switch {
	case door.ClassOf(root) != string(rules.VerifiablePresentation):
	case door.HasType(root, string(rules.VerifiableCredential)), root.Get("issuer").Exists(), root.Get("credentialSubject").Exists():
		found += ", with what makes a credential"
	default:
		return
	}
	c.Problems = append(c.Problems, s.ofType(CodeNoPresentation, found))
}

// isPresentation reports whether a presentation that somebody signed came in place of a
// credential.
func (s *state) isPresentation() bool {
	signed := s.doc.Form() == vc.FormJWT || len(door.Proofs(s.doc)) > 0
	return signed && door.ClassOf(door.Root(s.doc)) == string(rules.VerifiablePresentation)
}

// ofType is a problem of what the document says that it is.
func (s *state) ofType(code vc.Code, found string) *vc.Problem {
	return words.Problem(code, door.Root(s.doc).Pointer()+"/type", vc.Quote(found))
}

// answersProof holds a proof against what the presentation must answer (Data Integrity 1.0,
// 4.4).
func (s *state) answersProof(c *Check, p *embedded.Proof) {
	s.answers(c, p.Challenge(), p.Domain(), [2]string{"challenge", "domain"}, p.Pointer()+"/")
}

// answersToken does so with a token.
func (s *state) answersToken(c *Check, t *token.Token) {
	s.answers(c, t.Nonce(), t.Audience(), [2]string{"nonce", "aud"}, "")
}

// answers compares what was expected and what was signed. names are those of the two
// members; at, where there is one, is the pointer before them.
func (s *state) answers(c *Check, challenge string, domain []string, names [2]string, at string) {
	pointer := func(name string) string {
		if at == "" {
			return ""
		}
		return at + name
	}
	switch want := s.expect.Challenge; {
	case want == "":
		found := ""
		if challenge != "" {
			found = names[0] + " " + vc.Quote(challenge)
		}
		c.Warnings = append(c.Warnings, words.Problem(CodeReplayPossible, pointer(names[0]), found))
	case want != challenge:
		s.answersOther(c, CodeChallengeOther, pointer(names[0]), names[0]+" "+vc.Quote(challenge), want)
	}
	switch want := s.expect.Domain; {
	case want == nil && len(domain) > 0:
		s.audience(c, domain, names[1], pointer(names[1]))
	case want != nil && !sameSet(want, domain):
		s.answersOther(c, CodeDomainOther, pointer(names[1]), names[1]+" "+vc.Quote(strings.Join(domain, ", ")), strings.Join(want, ", "))
	}
}

func (s *state) answersOther(c *Check, code vc.Code, pointer, found, want string) {
	c.Outcome, c.Problems = OutcomeFailed, append(c.Problems, problem(code, pointer, found, vc.Quote(want)))
}

func sameSet(a, b []string) bool {
	within := func(a, b []string) bool {
		return !slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
	}
	return within(a, b) && within(b, a)
}

// nobody is the binding of a presentation that names no holder: the key answered, and is
// nobody's who says that he presents.
func (s *state) nobody(c Check, owner string) Check {
	c.Outcome = OutcomePassed
	c.Detail = "the presentation names no holder, so nobody presents it; the key is listed for authentication by " + owner
	c.Warnings = append(c.Warnings, words.Problem(CodeHolderMissing, door.Root(s.doc).Pointer()+"/holder", ""))
	return c
}

// unsignedTaken is a presentation without a proof that Expect.AllowUnsigned takes.
func (s *state) unsignedTaken() {
	s.add(Check{Name: CheckProof, Outcome: OutcomeNotApplicable, Detail: "nobody signed the presentation, so nobody presents it",
		Warnings: []*vc.Problem{words.Problem(CodePresentationUnsigned, door.Root(s.doc).Pointer(), "").WithSeverity(vc.SeverityWarning)}})
	s.add(Check{Name: CheckBinding, Outcome: OutcomeNotApplicable})
	s.authentic, s.unattended = true, true
}

// identify notes who presents, once proof and binding are known.
func (s *state) identify() {
	if s.presents() && s.authentic && !s.unattended {
		s.report.presenter = s.signerID()
	}
}

// who and what name the signer, and what his key must be listed for, in sentences.
func (s *state) who() string {
	if s.presents() {
		return "holder"
	}
	return "issuer"
}

func (s *state) what() string {
	if s.presents() {
		return "authentication"
	}
	return "assertion"
}
