package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// rules checks the kind, the data model, and the rules of the kind.
func (s *state) rules() {
	c := Check{Name: CheckRules, Outcome: Passed}
	s.kind(&c)
	// Embedded credentials are judged each in its own report.
	options := ob.Options{SkipEmbedded: !s.config.SkipNested}
	var findings []ob.Finding
	if s.doc.HasType("ClrCredential") {
		findings = clr.CheckWith(s.doc, options)
	} else {
		findings = ob.CheckWith(s.doc, options)
	}
	for _, f := range findings {
		if f.Level == ob.Warning {
			c.Warnings = append(c.Warnings, f.Problem)
		} else {
			c.Problems = append(c.Problems, f.Problem)
		}
	}
	s.misplaced(&c)
	if len(c.Problems) > 0 {
		c.Outcome = Failed
	}
	s.add(c)
}

// kind checks that the document is of a type that the caller takes. What is
// nested in a credential that is taken may be any credential.
func (s *state) kind(c *Check) {
	if s.config.AnyKind || s.in.depth > 0 || slices.ContainsFunc(s.config.Kinds, s.doc.HasType) {
		return
	}
	c.Problems = append(c.Problems, &vc.Problem{Code: CodeKindNotAccepted, Type: vc.TypeMalformedValue, Pointer: "/type", Message: "this is no credential of a kind that is accepted here",
		Found: vc.Quote(strings.Join(s.report.Types, ", ")), Expected: strings.Join(s.config.Kinds, ", "), Fix: "send a badge or a record; Config.Kinds says what is accepted", Spec: "OB 3.0, B.1"})
}

// misplaced says when an endorsement endorses something else than it stands on.
func (s *state) misplaced(c *Check) {
	if s.in.role != roleEndorsement || s.in.subject == "" {
		return
	}
	id := s.doc.Root().Get("credentialSubject").Get("id")
	if id.Kind() == jsonx.String && id.Text() != s.in.subject {
		c.Warnings = append(c.Warnings, &vc.Problem{Code: CodeMisplaced, Pointer: id.Pointer(), Message: "the endorsement is of something else than what it stands on",
			Found: vc.Quote(id.Text()), Expected: vc.Quote(s.in.subject), Fix: "put it where it belongs; do not count it here", Spec: "OB 3.0, B.2"})
	}
}

// publishedSchemas are the schemas of 1EdTech, which say what the rules check.
var publishedSchemas = []string{"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/", "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/", "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/"}

// schema answers for the published schemas by the rules, which are stricter. Any
// other schema would have to be fetched.
func (s *state) schema() {
	c := Check{Name: CheckSchema, Outcome: NotApplicable}
	for _, v := range s.doc.Root().Get("credentialSchema").Items() {
		id := v.Get("id")
		published := slices.ContainsFunc(publishedSchemas, func(prefix string) bool { return strings.HasPrefix(id.Text(), prefix) })
		switch {
		case published:
			if c.Outcome == NotApplicable {
				c.Outcome, c.Detail = Passed, "the published schema is answered for by the rules"
			}
		default:
			c.Outcome = Undetermined
			c.Problems = append(c.Problems, &vc.Problem{Code: CodeSchemaUnavailable, Pointer: v.Pointer(), Message: "the credential brings a schema that was not checked: this version validates by the published schemas only",
				Found: vc.Quote(id.Text()), Fix: "accept the check (Config.Accept) if the schema does not matter to you", Spec: "OB 3.0, 9.1; VCDM 2.0, 4.11"})
		}
	}
	s.add(c)
}

// refresh says that the issuer offers a newer state. Asking for it would tell the
// issuer who verifies the credential, so nothing is fetched.
func (s *state) refresh() {
	c := Check{Name: CheckRefresh, Outcome: NotApplicable, Advisory: true}
	for _, v := range s.doc.Root().Get("refreshService").Items() {
		c.Outcome = NotRun
		c.Warnings = append(c.Warnings, &vc.Problem{Code: CodeRefreshAvailable, Pointer: v.Pointer(), Message: "the issuer may have a newer state of this credential",
			Found: vc.Quote(v.Get("id").Text()), Fix: "ask the holder for the newest state", Spec: "OB 3.0, 9.1"})
	}
	s.add(c)
}
