package verify

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// nested says that a document is part of another; the zero value says that it
// stands alone.
type nested struct {
	depth   int
	role    string
	subject string // of an endorsement: the id of what it stands on, "" where unknown
}

const (
	roleEndorsement = "endorsement"
	roleCredential  = "credential"
	// maxNestedDepth bounds credentials in credentials: a CLR holds badges, which
	// hold endorsements, which may be endorsed.
	maxNestedDepth = 6
)

// children verifies the embedded credentials of a record and the endorsements,
// each by itself. A credential without a proof is legal in a record (OB 3.0
// implementation guide): the record's issuer vouches for it, nobody else.
func (s *state) children() {
	if s.config.SkipNested || s.in.depth >= maxNestedDepth {
		return
	}
	c := Check{Name: CheckNested, Outcome: NotApplicable, Advisory: !s.config.RequireNested}
	walkNested(s.doc.Root(), func(v jsonx.Value, role, subject string) bool {
		if s.run.nested++; s.run.nested > s.config.MaxNested {
			c.Outcome, c.Advisory = Undetermined, false
			c.Problems = append(c.Problems, &vc.Problem{Code: CodeNestedTooMany, Pointer: v.Pointer(), Message: "more credentials are embedded than this verifier checks",
				Expected: "at most " + strconv.Itoa(s.config.MaxNested), Fix: "raise Config.MaxNested for records of this size"})
			return false
		}
		s.child(&c, v, role, subject)
		return s.ctx.Err() == nil
	})
	if len(s.report.Nested) == 0 && c.Outcome == NotApplicable {
		return
	}
	s.interchangeable(&c)
	if c.Outcome == NotApplicable {
		c.Outcome = Passed
	}
	s.add(c)
}

// interchangeable warns of embedded credentials without proofs whose subjects have
// one id. In RDF they are one node (the context of records keeps no graphs
// apart), so the outer signature stands whichever of them holds which achievement.
func (s *state) interchangeable(c *Check) {
	first := map[string]int{} // by the subject's id, where its first unsigned credential stands
	for i := range s.report.Nested {
		n := &s.report.Nested[i]
		if n.Signed || n.subject == "" {
			continue
		}
		at, known := first[n.subject]
		if !known {
			first[n.subject] = i
			continue
		}
		c.Warnings = append(c.Warnings, &vc.Problem{Code: CodeNestedInterchangeable, Pointer: n.Pointer, Message: "two embedded credentials without proofs have one subject, so the record's signature does not say which of them holds which achievement",
			Found: vc.Quote(s.report.Nested[at].Pointer), Fix: "embed signed credentials", Spec: "CLR 2.0, ClrSubject; RDF 1.1, 3"})
	}
}

// child verifies one embedded credential and notes it in the check.
func (s *state) child(c *Check, v jsonx.Value, role, subject string) {
	entry := Nested{Pointer: v.Pointer(), Role: role}
	doc, err := s.embeddedDocument(v)
	if err != nil {
		entry.Signed = true
		entry.Report = &Report{Verdict: Unreadable, At: s.report.At, Checks: []Check{{Name: CheckParse, Outcome: Failed, Pointer: v.Pointer(), Problems: problemsOf(err, vc.CodeNotACredential)}}}
	} else {
		entry.Signed = doc.Form() == vc.FormJWT || len(doc.Proofs()) > 0
		entry.subject = jsonx.Content(doc.Root().Get("credentialSubject").Get("id"))
		entry.Report = s.run.credential(s.ctx, doc, nested{depth: s.in.depth + 1, role: role, subject: subject})
	}
	s.report.Nested = append(s.report.Nested, entry)
	if entry.Report.Verdict == IsVerified {
		return
	}
	p := &vc.Problem{Code: CodeNestedNotVerified, Pointer: entry.Pointer, Message: "the embedded " + role + " does not verify by itself", Found: entry.Report.Verdict.String(),
		Fix: "see its own report", Spec: "OB 3.0, 9.1"}
	if !entry.Signed {
		p.Code, p.Message = CodeNestedUnsigned, "the embedded "+role+" has no proof of its own: the outer issuer vouches for it, nobody else"
	}
	if c.Outcome != Failed {
		c.Outcome = Undetermined
	}
	if entry.Report.Verdict == NotVerified || entry.Report.Verdict == Unreadable {
		c.Outcome = Failed
	}
	c.Problems = append(c.Problems, p)
}

// embeddedDocument is the credential at v: an object, or a token as a string.
func (s *state) embeddedDocument(v jsonx.Value) (*vc.Document, error) {
	if v.Kind() == jsonx.String {
		return s.parse([]byte(v.Text()))
	}
	return s.doc.Within(v), nil
}

// walkNested finds the credentials in root without entering them: endorsements on
// the credential, its achievement and every profile, and the credentials of a
// record. subject is the id of what each stands on. yield returns false to stop.
func walkNested(root jsonx.Value, yield func(v jsonx.Value, role, subject string) bool) bool {
	return walk(root, 0, yield)
}

// maxWalk bounds the search; the rules report profiles nested too deep.
const maxWalk = 32

func walk(at jsonx.Value, depth int, yield func(jsonx.Value, string, string) bool) bool {
	if depth > maxWalk {
		return true
	}
	for c := at.First(); c.Exists(); c = c.Next() {
		role := ""
		switch c.Name() {
		case "endorsement", "endorsementJwt":
			role = roleEndorsement
		case "verifiableCredential":
			role = roleCredential
		case "proof", "@context":
			continue
		}
		if role != "" {
			for _, item := range c.Items() {
				if (item.Kind() == jsonx.Object || item.Kind() == jsonx.String) && !yield(item, role, jsonx.Content(at.Get("id"))) {
					return false
				}
			}
			continue
		}
		if c.Kind() == jsonx.Object || c.Kind() == jsonx.Array {
			if !walk(c, depth+1, yield) {
				return false
			}
		}
	}
	return true
}
