package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// rules checks the kind, the data model, and the rules of the kind. Embedded
// credentials are judged each in its own report.
func (s *state) rules() {
	c := Check{Name: CheckRules, Outcome: OutcomePassed}
	s.kind(&c)
	findings := rules.Check(s.doc, rules.Options{SkipEmbedded: true})
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

// kind checks that the document is of a type that the caller takes. What is
// nested in a credential that is taken may be any credential.
func (s *state) kind(c *Check) {
	if s.entry.parent != nil {
		return
	}
	accepted := s.config.Kinds
	if s.config.anyKind() {
		if accepted = DefaultKinds(); !s.usesBadgeTerms() {
			return
		}
	}
	if slices.ContainsFunc(accepted, s.doc.HasType) {
		return
	}
	c.Problems = append(c.Problems, problem(CodeKindNotAccepted, "/type",
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

// publishedSchemas are the schemas of 1EdTech, which say what the rules check.
var publishedSchemas = []string{
	"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/",
	"https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/",
	"https://purl.imsglobal.org/spec/clr/v2p0/schema/json/",
}

// schema answers for the published schemas by the rules, which are stricter. Any
// other schema would have to be fetched; what is no entry at all fails, since
// whoever holds a credential can write one.
func (s *state) schema() {
	c := Check{Name: CheckSchema, Outcome: OutcomeNotApplicable}
	var bad, unknown told
	published := false
	for v := range door.Root(s.doc).Get("credentialSchema").All() {
		id := v.Get("id").Single()
		switch {
		case id.Kind() != jsonx.String || !isTyped(v):
			bad.add(func() *vc.Problem {
				return words.Problem(CodeSchemaMalformed, v.Pointer(), v.Kind().String())
			})
		case slices.ContainsFunc(publishedSchemas, func(prefix string) bool { return strings.HasPrefix(id.Text(), prefix) }):
			published = true
		default:
			unknown.add(func() *vc.Problem {
				return words.Problem(CodeSchemaUnavailable, v.Pointer(), vc.Quote(id.Text()))
			})
		}
	}
	switch {
	case len(bad.all) > 0:
		c.Outcome = OutcomeFailed
	case len(unknown.all) > 0:
		c.Outcome = OutcomeUndetermined
	case published:
		c.Outcome, c.Detail = OutcomePassed, "the published schema is answered for by the rules"
	}
	c.Problems = append(bad.done(), unknown.done()...)
	s.add(c)
}

// isTyped reports whether an object says of what type it is.
func isTyped(v jsonx.Value) bool {
	t := v.Get("type")
	return t.Kind() == jsonx.String || t.Kind() == jsonx.Array && t.Len() > 0
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
