package casefw

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
)

// Level says how grave a [Finding] is. The zero Level is not used.
type Level uint8

// The levels, from a hint to the end of reading.
const (
	// Advice is good practice that nothing depends on.
	Advice Level = iota + 1
	// Warning is what the schemas admit and the prose or good sense does not.
	Warning
	// Invalid is what the standard's schema of the version forbids. A tolerant
	// reader repaired it or kept it as sent.
	Invalid
	// Fatal ended the reading.
	Fatal
)

var levelNames = [...]string{"unset", "advice", "warning", "invalid", "fatal"}

// String names the level in lower case.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return levelNames[0]
}

// Finding is one deviation of a document: a [vc.Problem] with code, JSON Pointer
// and clause, how grave it is, and what the tolerant reader made of it.
type Finding struct {
	vc.Problem
	Level Level
	// Repair says what was read instead, "" where the value was kept as it is.
	Repair string
}

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
	return [...]string{"accept", "accept-with-warnings", "reject"}[v]
}

// Report lists what was found in a document. It keeps the first findings of each
// code up to a limit and counts all of them, so that a framework of a million
// faulty items does not cost a million findings. A Report is not safe for
// concurrent writing; nobody writes it after it was returned.
type Report struct {
	// Findings in the order in which they were met.
	Findings []Finding
	// Counts holds how often each code was met, kept or not.
	Counts map[vc.Code]int
	worst  Level
	most   int
	kept   map[vc.Code]int
	met    int // how many were met
	// tried are the findings of an attempt that may be taken back, see try.
	tried  []tried
	before attempt
	trying bool
}

// tried is a finding of an attempt.
type tried struct {
	code vc.Code
	kept bool
}

// attempt is what a report was before an attempt.
type attempt struct {
	findings int
	worst    Level
}

// try begins an attempt: what is found from here on can be taken back.
func (r *Report) try() {
	r.trying, r.tried, r.before = true, r.tried[:0], attempt{len(r.Findings), r.worst}
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
	r.met -= len(r.tried)
	r.Findings, r.worst, r.tried = r.Findings[:r.before.findings], r.before.worst, r.tried[:0]
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
func (r *Report) Total() int {
	n := 0
	for _, c := range r.Counts {
		n += c
	}
	return n
}

// Complete reports whether every finding that was met stands in Findings.
func (r *Report) Complete() bool { return r.Total() == len(r.Findings) }

// Worst returns the gravest level that was met, 0 where there is no finding.
func (r *Report) Worst() Level { return r.worst }

// Verdict sums the report up.
func (r *Report) Verdict() Verdict {
	switch {
	case r.worst >= Fatal:
		return Reject
	case r.worst >= Warning:
		return AcceptWithWarnings
	}
	return Accept
}

// Valid reports whether nothing breaks the standard's schema.
func (r *Report) Valid() bool { return r.worst < Invalid }

// room counts one finding and reports whether it is to be kept, so that its text
// need not be built otherwise.
func (r *Report) room(code vc.Code, level Level) bool {
	r.Counts[code]++
	r.met++
	r.worst = max(r.worst, level)
	keep := r.most <= 0 || r.kept[code] < r.most
	if keep {
		r.kept[code]++
	}
	if r.trying {
		r.tried = append(r.tried, tried{code, keep})
	}
	return keep
}

// counted counts a finding for whose text there is no room. It is asked first where
// every record of a framework has the same finding.
func (r *Report) counted(code vc.Code, level Level) bool {
	return r.most > 0 && r.kept[code] >= r.most && !r.room(code, level)
}

func (r *Report) add(f Finding) {
	if r.room(f.Code, f.Level) {
		f.Pointer = quote.Abridge(f.Pointer, jsonx.MaxPointer)
		r.Findings = append(r.Findings, f)
	}
}

// Append takes the findings of another report over, for the sum of several steps.
func (r *Report) Append(other *Report) {
	r.Findings = append(r.Findings, other.Findings...)
	for code, n := range other.Counts {
		r.Counts[code] += n
		r.kept[code] += other.kept[code]
	}
	r.worst = max(r.worst, other.worst)
}
