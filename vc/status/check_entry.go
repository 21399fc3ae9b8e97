package status

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// CheckEntry judges an entry before a credential has it: by the data model, and by
// what its type asks. Nothing is fetched, so nothing is said of the list. An entry
// that [Check] would call [StateMalformed] gives an error; one that could not be asked,
// as of a type that is not known here, a warning. It is safe for concurrent use.
func CheckEntry(entry vc.CredentialStatus) []*vc.Problem {
	text, err := vc.Marshal(entry)
	findings := rules.CredentialStatus.CheckDraft(text, err)
	if len(vc.Errors(findings)) > 0 {
		return findings
	}
	doc, err := vc.Parse(text)
	if err != nil {
		return findings // CheckDraft has parsed it
	}
	k := &checker{credential: doc}
	for _, q := range k.read(nil, door.Root(doc), []jsonx.Value{door.Root(doc)}) {
		if q.Problem != nil {
			severity := vc.SeverityWarning
			if q.State == StateMalformed {
				severity = vc.SeverityError
			}
			findings = append(findings, q.Problem.WithSeverity(severity))
		}
		findings = append(findings, q.Warnings...)
	}
	return findings
}
