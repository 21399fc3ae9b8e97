package casefw

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
)

// Verdict sums a [Report] up.
type Verdict uint8

// The verdicts of a tolerant reading.
const (
	Accept Verdict = iota
	AcceptWithWarnings
	Reject
)

// String writes the verdict as test catalogues do.
func (v Verdict) String() string {
	return word(v, "accept", "accept-with-warnings", "reject")
}

// Report lists what was found in a document. Each finding is a [vc.Problem]: an error is
// what the standard's schema of the version forbids, a warning what the schema admits and
// the prose or good sense does not, advice what nothing depends on. Its Fix says what a
// tolerant reader took instead, where it took something else than what was sent.
//
// A Report keeps the first findings of each code up to a limit and counts all of them, so
// that a framework of a million faulty items does not cost a million findings. It is not
// safe for concurrent writing; nobody writes it after it was returned.
type Report struct {
	// Findings in the order in which they were met.
	Findings []*vc.Problem
	// Counts holds how often each code was met, kept or not.
	Counts map[vc.Code]int
	weighs weights
	ended  bool // a finding ended the reading
	most   int
	kept   map[vc.Code]int
	// tried are the findings of an attempt that may be taken back, see try.
	tried  []tried
	before attempt
	trying bool
}

// weights is how many findings of each severity were met, kept or not.
type weights [vc.SeverityAdvice + 1]int

// tried is a finding of an attempt.
type tried struct {
	code vc.Code
	kept bool
}

// attempt is what a report was before an attempt.
type attempt struct {
	findings int
	weighs   weights
}

// try begins an attempt: what is found from here on can be taken back.
func (r *Report) try() {
	r.trying, r.tried, r.before = true, r.tried[:0], attempt{len(r.Findings), r.weighs}
}

// undo takes back what was found since try.
func (r *Report) undo() {
	for _, t := range r.tried {
		if r.Counts[t.code]--; r.Counts[t.code] == 0 {
			delete(r.Counts, t.code)
		}
		if t.kept {
			r.kept[t.code]--
		}
	}
	clear(r.Findings[r.before.findings:])
	r.Findings, r.weighs, r.tried = r.Findings[:r.before.findings], r.before.weighs, r.tried[:0]
	r.trying = false
}

const defaultFindings = 1000

// newReport keeps up to most findings of each code: 0 is the default, a negative
// number no limit.
func newReport(most int) *Report {
	if most == 0 {
		most = defaultFindings
	}
	return &Report{Counts: map[vc.Code]int{}, kept: map[vc.Code]int{}, most: most}
}

// Has reports whether a code was met.
func (r *Report) Has(code vc.Code) bool { return r.Counts[code] > 0 }

// Total returns how many findings were met, kept or not.
func (r *Report) Total() (n int) {
	for _, w := range r.weighs {
		n += w
	}
	return n
}

// Complete reports whether every finding that was met stands in Findings.
func (r *Report) Complete() bool { return r.Total() == len(r.Findings) }

// Verdict sums the report up: [Reject] where nothing could be read, [AcceptWithWarnings]
// where an error or a warning was met, else [Accept].
func (r *Report) Verdict() Verdict {
	switch {
	case r.ended:
		return Reject
	case r.weighs[vc.SeverityError]+r.weighs[vc.SeverityWarning] > 0:
		return AcceptWithWarnings
	}
	return Accept
}

// Valid reports whether nothing breaks the standard's schema.
func (r *Report) Valid() bool { return r.weighs[vc.SeverityError] == 0 }

// room counts one finding and reports whether it is to be kept.
func (r *Report) room(code vc.Code, severity vc.Severity) bool {
	r.Counts[code]++
	r.weighs[severity]++
	keep := r.most <= 0 || r.kept[code] < r.most
	if keep {
		r.kept[code]++
	}
	if r.trying {
		r.tried = append(r.tried, tried{code, keep})
	}
	return keep
}

// find counts one finding of the severity that its code has, and returns it with the words
// of the code for the rest to be filled in. It returns nil where the finding is counted
// and not kept, so that nothing is made for it.
func (r *Report) find(code vc.Code) *vc.Problem { return r.weighed(code, words[code].Severity) }

// findAt is find for a pointer, which a stranger's names may have made long.
func (r *Report) findAt(code vc.Code, pointer string) *vc.Problem {
	p := r.find(code)
	if p != nil {
		p.Pointer = quote.Abridge(pointer, jsonx.MaxPointer)
	}
	return p
}

// weighed is find for a finding of another severity.
func (r *Report) weighed(code vc.Code, severity vc.Severity) *vc.Problem {
	if !r.room(code, severity) {
		return nil
	}
	p := words.Problem(code, "", "")
	p.Severity = severity
	r.Findings = append(r.Findings, p)
	return p
}

// fatal notes the problem that ended the reading and returns it.
func (r *Report) fatal(p *vc.Problem) error {
	p.Pointer = quote.Abridge(p.Pointer, jsonx.MaxPointer)
	if r.ended = true; r.room(p.Code, p.Severity) {
		r.Findings = append(r.Findings, p)
	}
	return p
}

// Append takes the findings of another report over, for the sum of several steps. The
// limit of this report holds for the sum.
func (r *Report) Append(other *Report) {
	for _, p := range other.Findings {
		if r.most <= 0 || r.kept[p.Code] < r.most {
			r.Findings = append(r.Findings, p)
			r.kept[p.Code]++
		}
	}
	for code, n := range other.Counts {
		r.Counts[code] += n
	}
	for severity, n := range other.weighs {
		r.weighs[severity] += n
	}
	r.ended = r.ended || other.ended
}
