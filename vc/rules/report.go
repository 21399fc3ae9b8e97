package rules

import (
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// The specifications whose classes the table has, besides the data model.
const (
	modelBadges  = "Open Badges 3.0"
	modelRecords = "CLR 2.0"
)

// report turns faults into findings.
type report struct {
	model     string       // the specification of the classes that several share
	doc       *vc.Document // which may be disclosed in part
	disclosed bool         // see Options
	findings  []*vc.Problem
	count     [vc.SeverityAdvice + 1]int
}

// otherDate is what the beginning of the validity is called in the other version of the
// data model.
var otherDate = map[string]string{"validFrom": "issuanceDate", "issuanceDate": "validFrom"}

// mostFindings is how many findings of each severity are told. A document with more
// is broken in one way, over and over, or made to waste time.
const mostFindings = 100

// Report implements shape.Reporter.
func (r *report) Report(f shape.Fault) {
	switch {
	case f.Code == string(CodeValidFromMissing) && f.At.Get(otherDate[f.Absent]).Exists():
		return // it is there, named as in the other version, which has a code of its own
	case f.Code == shape.CodeClass && f.Class.Type == "VerifiableCredential":
		f.Code, f.Expected = string(CodeCredentialType), f.Class.Type
	}
	if r.withheld(f) {
		f.Code = string(CodeWithheld)
	}
	severity := words[vc.Code(f.Code)].Severity
	if r.count[severity]++; r.count[severity] > mostFindings {
		return
	}
	p := words.Problem(vc.Code(f.Code), f.At.Pointer(), f.Found)
	if f.Absent != "" {
		p.Pointer += "/" + jsonx.EscapePointer(f.Absent)
	} else if p.Found == "" {
		p.Found = found(f)
	}
	if p.Expected = f.Expected; p.Expected == "" {
		p.Expected = expected(f)
	}
	if p.Spec == "" {
		p.Spec = r.clause(f)
	}
	r.findings = append(r.findings, p)
}

// done returns the findings, and says how many were left out.
func (r *report) done() []*vc.Problem {
	for i, n := range r.count {
		if n > mostFindings {
			severity := vc.Severity(i)
			more := words.Problem(CodeMore, "", strconv.Itoa(n-mostFindings)+" more "+severity.String()+"s")
			r.findings = append(r.findings, more.WithSeverity(severity))
		}
	}
	return r.findings
}

// clause names the fact of the table that is broken.
func (r *report) clause(f shape.Fault) string {
	if f.Class == nil {
		return ""
	}
	clause := r.model
	switch {
	case inCredentialModel(f.Class.Name):
		clause = "VCDM"
	case inRecordModel(f.Class.Name):
		clause = modelRecords
	}
	clause += ", " + f.Class.Name
	if f.Member != nil {
		clause += "." + f.Member.Name
	}
	return clause
}

// found shows a value without showing who it is about, and no token: those are
// described by their length.
func found(f shape.Fault) string {
	if f.At.Kind() == jsonx.String && (f.Member != nil && personal[f.Member.Name] || tokens[vc.Code(f.Code)]) {
		return "a string of " + strconv.Itoa(len(f.At.Text())) + " bytes"
	}
	switch f.At.Kind() {
	case jsonx.String:
		if f.Code == string(CodeIRIMalformed) {
			found, _ := faultOfIRI(f.At.Text())
			return found
		}
		return vc.Quote(f.At.Text())
	case jsonx.Number:
		return f.At.Text()
	}
	switch lang := f.At.Get("@language"); {
	case f.Code == shape.CodeEmptyArray:
		return "an empty array"
	case lang.Exists() && (f.Code == shape.CodeLanguage || f.Code == shape.CodeLanguageUnknown):
		return lang.Shown()
	case f.At.Kind() == jsonx.Array && (f.At.Name() == "@context" || f.At.Name() == "type"):
		return f.At.Shown()
	}
	return f.At.Kind().String()
}

// personal are the members whose content is about a person.
var personal = map[string]bool{
	"email": true, "dateOfBirth": true, "identityHash": true, "identifier": true, "phone": true, "salt": true,
}

// tokens are the codes of values that hold a secured credential.
var tokens = map[vc.Code]bool{vc.CodeTokenMalformed: true, CodeEnvelope: true}

func expected(f shape.Fault) string {
	m := f.Member
	switch {
	case f.Code == shape.CodeClass && f.Class.Type != "":
		return "a type that holds " + f.Class.Type
	case f.Code == string(CodeIRI):
		return "a URI"
	case f.Code == string(CodeIRIMalformed):
		_, expected := faultOfIRI(f.At.Text())
		return expected
	case f.Code == string(CodeActiveURL):
		return "a URL that is safe to follow"
	case f.Code == shape.CodeForbidden:
		return "only the members of " + f.Class.Name
	case f.Code == shape.CodeLanguage, f.Code == shape.CodeLanguageUnknown:
		return "a tag of BCP 47"
	case m == nil, f.Code == shape.CodeEmptyArray:
		return ""
	case f.Code == shape.CodeTerm:
		return term(m.Enum)
	case m.Many && f.At.Parent().Kind() != jsonx.Array:
		return "an array of " + plural(m)
	}
	return one(m)
}

func term(e *shape.Enum) string {
	list := "one of " + strings.Join(e.Terms, ", ")
	if e.Extension != nil {
		list += `, or a term that begins with "ext:"`
	}
	return list
}

func one(m *shape.Member) string {
	switch m.Kind {
	case shape.String:
		if m.Format != nil {
			return m.Format.Name
		}
		if m.Enum != nil {
			return term(m.Enum)
		}
		return "a string"
	case shape.Boolean:
		return "true or false"
	case shape.Number:
		return "a number"
	case shape.Object:
		return "an object, " + m.Class
	case shape.Ref:
		return "a URI or an object, " + m.Class
	case shape.Types:
		return "the name of the class, or several names"
	}
	return "a value"
}

func plural(m *shape.Member) string {
	switch {
	case m.Kind == shape.Object:
		return m.Class
	case m.Kind == shape.Types:
		return "names, of the class among them"
	case m.Format != nil:
		return "strings, each " + m.Format.Name
	case m.Kind == shape.String:
		return "strings"
	}
	return "values"
}

// inCredentialModel reports whether a class is of the data model beneath.
func inCredentialModel(name string) bool {
	switch name {
	case "CredentialStatus", "CredentialStatusv1p1", "CredentialSchema", "RefreshService",
		"TermsOfUse", "RelatedResource", "Proof", "Issuer", "Holder", "Typed":
		return true
	}
	return strings.HasPrefix(name, "Verifiable") || strings.HasPrefix(name, "Enveloped")
}

// inRecordModel reports whether a class is of records alone.
func inRecordModel(name string) bool {
	switch name {
	case "ClrCredential", "ClrCredentialv1p1", "ClrSubject", "Association":
		return true
	}
	return false
}
