package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/vc"
)

// Codes about whom a credential was secured for.
const (
	CodeAudienceNamed  vc.Code = "audience-named"  // a warning: for somebody, and whether that is us was not said
	CodeAudienceOther  vc.Code = "audience-other"  // for somebody else than Config.Audience
	CodeChallengeNamed vc.Code = "challenge-named" // a warning: it answers a question that nobody asked here
)

// audience holds a proof or a token that names whom it is for against Config.Audience.
// member is what names them.
func (s *state) audience(c *Check, named []string, member, pointer string) {
	shown := member + " " + vc.Quote(strings.Join(named, ", "))
	if s.config.Audience == nil {
		c.Warnings = append(c.Warnings, words.Problem(CodeAudienceNamed, pointer, shown))
		return
	}
	if slices.ContainsFunc(named, func(name string) bool { return slices.Contains(s.config.Audience, name) }) {
		return
	}
	p := words.Problem(CodeAudienceOther, pointer, shown)
	p.Expected = vc.Quote(strings.Join(s.config.Audience, ", "))
	c.Outcome, c.Problems = OutcomeFailed, append(c.Problems, p)
}

// audienceOfToken looks at aud (RFC 7519, 4.1.3).
func (s *state) audienceOfToken(c *Check, signed *token.Token) {
	if s.presents() {
		s.answersToken(c, signed)
		return
	}
	if named := signed.Audience(); len(named) > 0 {
		s.audience(c, named, "aud", "")
	}
}

// audienceOfProof looks at domain and challenge (Data Integrity 1.0, 2.1).
func (s *state) audienceOfProof(c *Check, p *embedded.Proof) {
	if s.presents() {
		s.answersProof(c, p)
		return
	}
	if named := p.Domain(); len(named) > 0 {
		s.audience(c, named, "domain", p.Pointer()+"/domain")
	}
	if challenge := p.Challenge(); challenge != "" {
		c.Warnings = append(c.Warnings, words.Problem(CodeChallengeNamed, p.Pointer()+"/challenge", vc.Quote(challenge)))
	}
}
