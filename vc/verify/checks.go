package verify

import (
	"context"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/schema"
)

// rules checks the kind, the data model, and the rules of the kind. Embedded
// credentials are judged each in its own report.
func (s *state) rules() {
	c := Check{Name: CheckRules, Outcome: OutcomePassed}
	s.kind(&c)
	findings := s.disclosedInPart(rules.Check(s.doc, rules.Options{SkipEmbedded: true}))
	c.Problems, c.Warnings = append(c.Problems, vc.Errors(findings)...), vc.Warnings(findings)
	s.statusList(&c)
	s.misplaced(&c)
	inexact := told{severity: vc.SeverityWarning}
	inexactNumbers(&inexact, door.Root(s.doc))
	c.Warnings = append(c.Warnings, inexact.done()...)
	if len(c.Problems) > 0 {
		c.Outcome = OutcomeFailed
	}
	s.add(c)
}

// inexactNumbers warns of integers that a float64 does not hold: the standards
// verify them, and the same signature stands for several. Signing refuses them.
func inexactNumbers(found *told, v jsonx.Value) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch {
		case m.Kind() == jsonx.Number && !m.Exact():
			found.add(func() *vc.Problem {
				return words.Problem(CodeNumberInexact, m.Pointer(), m.Text())
			})
		case m.Kind() >= jsonx.Array && !isEmbedded(m) && (m.Parent().Kind() != jsonx.Array || !isEmbedded(m.Parent())):
			inexactNumbers(found, m)
		}
	}
}

// isEmbedded reports whether a member holds embedded credentials, which have reports
// of their own.
func isEmbedded(m jsonx.Value) bool { return rules.RoleOf(m.Name()) != "" }

// lists are the subjects of status lists and the types that their credentials
// must have (Bitstring Status List 1.0, 2.2; Status List 2021, 5.2).
var lists = [...][2]string{{"BitstringStatusList", "BitstringStatusListCredential"}, {"StatusList2021", "StatusList2021Credential"}}

// statusList checks that what is a status list by its subject is one by its type.
func (s *state) statusList(c *Check) {
	subject := door.Root(s.doc).Get("credentialSubject").Single()
	for _, l := range lists {
		if door.HasType(subject, l[0]) && !s.doc.HasType(l[1]) {
			c.Problems = append(c.Problems, problem(rules.CodeCredentialType, door.Root(s.doc).Pointer()+"/type",
				vc.Quote(strings.Join(s.report.Types, ", ")), l[1]))
		}
	}
}

// kind checks that the document is of a type that the caller takes.
func (s *state) kind(c *Check) {
	if s.entry.parent != nil && !s.config.Nested.ApplyKinds {
		return
	}
	accepted := s.config.Kinds
	if s.config.anyKind() {
		if accepted = DefaultKinds(); !s.usesBadgeTerms() {
			return
		}
	}
	if s.entry.place.role == rules.RoleEndorsement {
		accepted = append(slices.Clone(accepted), string(rules.EndorsementCredential))
	}
	if slices.ContainsFunc(accepted, s.doc.HasType) {
		return
	}
	c.Problems = append(c.Problems, problem(CodeKindNotAccepted, door.Root(s.doc).Pointer()+"/type",
		vc.Quote(strings.Join(s.report.Types, ", ")), strings.Join(accepted, ", ")))
}

// usesBadgeTerms reports whether the document lists a context of Open Badges: then
// it says that it is one, and must have a type that it can be judged by.
func (s *state) usesBadgeTerms() bool {
	urls, _ := s.doc.Contexts()
	return slices.ContainsFunc(urls, rules.IsOpenBadgesContext)
}

// misplaced says when an endorsement endorses something else than it stands on.
func (s *state) misplaced(c *Check) {
	on := s.entry.place.subject
	if s.entry.place.role != rules.RoleEndorsement || on == "" {
		return
	}
	id := door.Root(s.doc).Get("credentialSubject").Single().Get("id")
	if id.Kind() == jsonx.String && id.Text() != on {
		c.Warnings = append(c.Warnings, problem(CodeMisplaced, id.Pointer(), vc.Quote(id.Text()), vc.Quote(on)))
	}
}

// schema judges the credential by the schemas that it names. The published ones are
// answered by the rules, which are stricter. What is no entry at all fails, since
// whoever holds a credential can write one.
func (s *state) schema() {
	c := Check{Name: CheckSchema, Outcome: OutcomeNotApplicable}
	// Of evidence its own schema says nothing of the credential, and might lead in circles.
	if s.entry.evidence || !door.Root(s.doc).Get("credentialSchema").Exists() {
		s.add(c)
		return
	}
	result := schema.Check(s.ctx, s.doc, s.schemaOptions())
	var by []string
	for i := range result.Entries {
		e := &result.Entries[i]
		switch {
		case e.State == schema.StateRules:
			by = append(by, "the published schema is answered for by the rules")
		case e.State == schema.StateFits:
			by = append(by, "it fits "+e.ID)
		case e.State != schema.StateUnknown:
			c.Outcome = OutcomeFailed
		case c.Outcome != OutcomeFailed:
			c.Outcome = OutcomeUndetermined
		}
		for _, p := range e.Problems {
			if e.State == schema.StateMalformed && s.refused(p.Pointer) {
				c.Detail = "an entry cannot be read: see the check rules"
				continue
			}
			c.Problems = append(c.Problems, p)
		}
	}
	if c.Outcome == OutcomeNotApplicable && len(by) > 0 {
		c.Outcome, c.Detail = OutcomePassed, strings.Join(slices.Compact(by), ", ")
	}
	s.add(c)
}

// schemaOptions asks packs alone on behalf of what is not authentic.
func (s *state) schemaOptions() schema.Options {
	from := &s.config.Schemas
	o := schema.Options{Fetcher: s.packs, At: s.report.At, Skew: s.statusSkew(),
		MaxBytes: from.MaxBytes, MaxNodes: from.MaxNodes, MaxSteps: from.MaxSteps, Cache: from.Cache}
	if s.authentic {
		o.Fetcher = s.lists()
		o.VerifyCredential = func(ctx context.Context, credential []byte) (schema.VerifiedCredential, error) {
			v, err := s.verifyList(ctx, credential)
			return schema.VerifiedCredential(v), err
		}
	}
	return o
}

// refresh says that the issuer offers a newer state. Asking for it would tell the
// issuer who verifies the credential, so nothing is fetched.
func (s *state) refresh() {
	c := Check{Name: CheckRefresh, Outcome: OutcomeNotApplicable, Advisory: true}
	offered := told{severity: vc.SeverityWarning}
	for v := range door.Root(s.doc).Get("refreshService").All() {
		c.Outcome = OutcomeNotRun
		offered.add(func() *vc.Problem {
			return words.Problem(CodeRefreshAvailable, v.Pointer(), vc.Quote(v.Get("id").Text()))
		})
	}
	c.Warnings = offered.done()
	s.add(c)
}
