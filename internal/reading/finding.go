package reading

import "github.com/laurel-edu/laurel/internal/jsonx"

// The codes of findings.
const (
	CodeNodeSplit       = "node-split"       // objects of one id say what the signature does not tie to any one of them
	CodeIllegible       = "member-illegible" // a reader of JSON misses what the signature covers
	CodeNodeRepeated    = "node-repeated"    // objects of one id say the same, or differ where that is tolerated
	CodeInterchangeable = "interchangeable"  // what an unsigned credential says may be another's
	CodeDuplicate       = "duplicate"        // one thing stands twice in an array and counts once
	CodeTypeUndefined   = "type-undefined"   // a type that no context has a term for
	CodeWork            = "judge-limit"      // the document takes more comparing than is done
	CodeMore            = "more-findings"    // of a severity, beyond those that are told
)

// Severity is how much a finding weighs. The zero value refuses the document.
type Severity uint8

// The severities.
const (
	Refuse Severity = iota
	Warn
)

// Finding is one way in which a document can be read otherwise than it was signed.
type Finding struct {
	Code     string
	Severity Severity
	At       jsonx.Value // the member, item or object that is at fault
	About    jsonx.Value // what it is held against, missing where there is nothing
	Found    string      // in words, may be empty
	Expected string
}

// mostFindings is how many findings of each severity are told of one document. One
// refuses it already.
const mostFindings = 100

// tell reports a finding within the limit.
func (j *judge) tell(f Finding) {
	if j.stopped {
		return
	}
	if j.told[f.Severity]++; j.told[f.Severity] > mostFindings {
		if j.told[f.Severity] == mostFindings+1 {
			f = Finding{Code: CodeMore, Severity: f.Severity, At: j.in.Root}
			j.stopped = !j.report(f) || f.Severity == Refuse
		}
		return
	}
	j.stopped = !j.report(f)
}

// illegible reports a finding of form, unless its guard is off.
func (j *judge) illegible(guard Guards, at jsonx.Value, found, expected string) (told bool) {
	if j.in.Off&guard != 0 {
		return false
	}
	j.tell(Finding{Code: CodeIllegible, At: at, Found: found, Expected: expected})
	return true
}
