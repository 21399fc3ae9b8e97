package verify

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of the check [CheckKeyBinding]. What is wrong with a key binding by itself has codes
// of package proof, and one for somebody else [CodeAudienceOther].
const (
	CodeBindingMissing vc.Code = "key-binding-missing"        // one was asked for
	CodeBindingNonce   vc.Code = "key-binding-nonce-mismatch" // it answers another question
	CodeBindingTime    vc.Code = "key-binding-time"           // made too long ago, or later than now, or over by its own word
	CodeBindingUnasked vc.Code = "key-binding-not-asked"      // a warning: it answers a question that nobody asked here
)

// KeyBindingConfig asks whoever hands in a credential for proof that they hold the key that
// its issuer gave it to: the key binding of an SD-JWT (RFC 9901, 4.3). The zero value asks
// for none; one that is there must be good by itself all the same, and is told of in a
// warning, since whom it was made for nobody compared.
type KeyBindingConfig struct {
	// Nonce is what the key binding must answer: a text of one presentation, drawn at
	// random, that no other presentation was asked for. Where it is set, Config.Audience must
	// name this verifier, and a credential without a key binding is refused, in whatever form
	// it comes. Credentials that are embedded need none. It is for credentials that are handed
	// in by themselves: a presentation has no place for one, answers [Expect] and not this, and
	// is refused where it is set; what is presented in it needs none either.
	Nonce string
	// MaxAge is how long ago it may have been made, five minutes by default, negative for
	// however long. Config.Skew is added.
	MaxAge time.Duration
}

const defaultBindingAge = 5 * time.Minute

func (k KeyBindingConfig) withDefaults(audience []string) (KeyBindingConfig, error) {
	if k.Nonce != "" && len(audience) == 0 {
		return k, errors.New("verify: Config.KeyBinding asks for a key binding, and Config.Audience does not say for whom")
	}
	k.MaxAge = cmp.Or(k.MaxAge, defaultBindingAge)
	return k, nil
}

// keyBinding checks that the holder's key signed this presentation of the credential,
// where that is so or was asked for. What is embedded is presented by nobody.
func (s *state) keyBinding() {
	asked := s.config.KeyBinding.Nonce != "" && s.entry.parent == nil && !s.entry.evidence
	c := Check{Name: CheckKeyBinding, Outcome: OutcomePassed}
	if s.token == nil {
		if asked {
			s.unbound(c)
		}
		return
	}
	b, problems := s.token.Binding()
	switch {
	case len(problems) > 0:
		c.Outcome, c.Problems = OutcomeFailed, problems
	case b == nil && asked:
		s.unbound(c)
		return
	case b == nil:
		return
	default:
		s.audience(&c, b.Audience, "aud", "")
		s.asked(&c, b, asked)
		c.Detail = "by the holder's key, for " + strings.Join(b.Audience, ", ")
	}
	s.add(c)
}

func (s *state) unbound(c Check) {
	c.Outcome, c.Problems = OutcomeFailed, []*vc.Problem{words.Problem(CodeBindingMissing, "", "")}
	s.add(c)
}

// asked compares a key binding with what was asked for.
func (s *state) asked(c *Check, b *token.Binding, asked bool) {
	k := &s.config.KeyBinding
	if !asked {
		c.Warnings = append(c.Warnings, words.Problem(CodeBindingUnasked, "", "nonce "+vc.Quote(b.Nonce)))
		return
	}
	var problems []*vc.Problem
	if b.Nonce != k.Nonce {
		problems = append(problems, words.Problem(CodeBindingNonce, "", vc.Quote(b.Nonce)))
	}
	valid := vc.Interval{From: b.IssuedAt}.And(b.Valid)
	if k.MaxAge > 0 {
		valid = valid.And(vc.Until(b.IssuedAt.Add(k.MaxAge)))
	}
	if !valid.Begun(s.report.At, s.config.Skew) || valid.Ended(s.report.At, s.config.Skew) {
		found := "from " + valid.From.Format(time.RFC3339)
		if !valid.Until.IsZero() {
			found += " to " + valid.Until.Format(time.RFC3339)
		}
		problems = append(problems, problem(CodeBindingTime, "", found, s.report.At.Format(time.RFC3339)))
	}
	if len(problems) > 0 {
		c.Outcome, c.Problems = OutcomeFailed, slices.Concat(c.Problems, problems)
	}
}

// unread is the check that a document fails which could not be parsed. Disclosures that do
// not belong to their payload are no matter of reading: somebody else than the issuer put
// them there.
func (r *Report) unread(problems []*vc.Problem) CheckName {
	if len(problems) != 1 || problems[0].Type != vc.TypeProofVerification {
		return CheckParse
	}
	r.Verdict = VerdictNotVerified
	return CheckProof
}
