package match

import (
	"fmt"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

const (
	// maxJobText bounds names and identifiers, which stand in every result.
	maxJobText = 4096
	// maxJobFindings bounds what is told of one text: more is the same fault over and over.
	maxJobFindings = 1000
)

// jobReader reads a job, and notes what is wrong with it.
type jobReader struct {
	o      JobOptions
	job    Job
	format JobFormat
	found  []*vc.Problem
	ids    map[string]bool    // of requirements
	asked  map[jobTerm]int    // requirements by what they ask for, of formats with several lists
	scale  map[string]float64 // of weights
}

// jobTerm is what two entries of one job that ask for the same have in common.
type jobTerm struct{ url, code, kind, framework string }

func (r *jobReader) note(code vc.Code, v jsonx.Value, expected string) {
	r.at(code, v.Pointer(), v.Shown(), expected)
}

func (r *jobReader) at(code vc.Code, pointer, found, expected string) {
	if len(r.found) > maxJobFindings {
		return
	}
	if len(r.found) == maxJobFindings {
		code, pointer, found, expected = CodeJobLimit, "", "", fmt.Sprintf("at most %d findings; the rest is not told", maxJobFindings)
	}
	p := jobWords.Problem(code, pointer, found)
	if expected != "" {
		p.Expected = expected
	}
	r.found = append(r.found, p)
}

// text reads a text, "" where there is none.
func (r *jobReader) text(v jsonx.Value) string {
	switch {
	case !v.Exists():
	case v.Kind() != jsonx.String:
		r.note(CodeJobMalformed, v, "a text")
	case len(v.Text()) > maxJobText:
		r.note(CodeJobLimit, v, fmt.Sprintf("at most %d bytes", maxJobText))
	default:
		return strings.TrimSpace(v.Text())
	}
	return ""
}

func (r *jobReader) flag(v jsonx.Value) (yes, said bool) {
	if v.Exists() && v.Kind() != jsonx.True && v.Kind() != jsonx.False {
		r.note(CodeJobMalformed, v, "true or false")
	}
	return v.Kind() == jsonx.True, v.Exists()
}

// number reads a number from least to a million, 0 where there is none.
func (r *jobReader) number(v jsonx.Value) float64 {
	if !v.Exists() {
		return 0
	}
	n, ok := v.Float()
	if v.Kind() != jsonx.Number || !ok || n < 0 || n > 1e6 {
		r.note(CodeJobMalformed, v, "a number from 0 to 1000000")
		return 0
	}
	return n
}

// list walks the objects of an array.
func (r *jobReader) list(v jsonx.Value) (all []jsonx.Value) {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != jsonx.Array {
		r.note(CodeJobMalformed, v, "an array")
		return nil
	}
	for one := range v.All() {
		if r.object(one) {
			all = append(all, one)
		}
	}
	return all
}

// object reports whether a value is an object, or none at all.
func (r *jobReader) object(v jsonx.Value) bool {
	if v.Exists() && v.Kind() != jsonx.Object {
		r.note(CodeJobMalformed, v, "an object")
		return false
	}
	return true
}

// known notes the members of an object that are none of those.
func (r *jobReader) known(object jsonx.Value, names []string, severity vc.Severity) {
	for m := object.First(); m.Exists(); m = m.Next() {
		if !slices.Contains(names, m.Name()) {
			before := len(r.found)
			r.at(CodeJobUnknown, m.Pointer(), m.Shown(), "")
			if len(r.found) > before {
				r.found[before].Severity = severity
			}
		}
	}
}

// unmatched notes the members of an object that ask for what is not matched. Their values
// are not looked at.
func (r *jobReader) unmatched(object jsonx.Value, names []string) {
	for _, name := range names {
		if v := object.Get(name); v.Exists() && v.Len() > 0 {
			r.at(CodeJobUnmatched, v.Pointer(), "", "")
		}
	}
}

// add takes a requirement that stands at a place, unless it is one too many.
func (r *jobReader) add(v jsonx.Value, q Requirement) {
	if len(r.job.Requirements) == maxRequirements {
		r.at(CodeJobLimit, v.Pointer(), "", fmt.Sprintf("at most %d requirements", maxRequirements))
	}
	if len(r.job.Requirements) >= maxRequirements {
		r.job.Requirements = append(r.job.Requirements[:maxRequirements], q) // so that it is told once
		return
	}
	switch q.Target {
	case casefw.Alignment{}:
		if r.format != FormatJob { // else it was told
			r.at(CodeJobMissing, v.Pointer(), "", "a name or an identifier")
		}
	case casefw.Alignment{TargetName: q.Target.TargetName}:
		r.note(CodeJobUnkeyed, v, "")
	}
	r.job.Requirements = append(r.job.Requirements, q)
}

// once is [jobReader.add] for formats in which one thing may stand in several lists.
func (r *jobReader) once(v jsonx.Value, q Requirement) {
	if r.asked == nil {
		r.asked = map[jobTerm]int{}
	}
	a := q.Target
	key := jobTerm{a.TargetURL, a.TargetCode, a.TargetType, a.TargetFramework}
	if i, again := r.asked[key]; again && key != (jobTerm{}) {
		r.note(CodeJobRepeated, v, "")
		old := &r.job.Requirements[i]
		old.Mandatory = old.Mandatory || q.Mandatory
		if q.weight() > old.weight() {
			old.Weight = q.Weight
		}
		if q.MinLevel > old.MinLevel {
			old.MinLevel, old.LevelOf = q.MinLevel, q.LevelOf
		}
		return
	}
	r.asked[key] = len(r.job.Requirements)
	r.add(v, q)
}

// keyed is the alignment to what an identifier names: a UUID, or a URL. It is false for
// what is neither.
func keyed(identifier string) (casefw.Alignment, bool) {
	if id, err := casefw.ParseGUID(identifier); err == nil {
		return casefw.Alignment{TargetURL: "urn:uuid:" + id.String(), TargetCode: id.String(), TargetType: casefw.TargetItem}, true
	}
	if scheme, rest, ok := strings.Cut(identifier, ":"); ok && rest != "" && !strings.ContainsAny(scheme, " \t/") &&
		(strings.HasPrefix(rest, "//") || strings.EqualFold(scheme, "urn")) {
		return casefw.Alignment{TargetURL: identifier}, true
	}
	return casefw.Alignment{}, false
}

// inScheme is the alignment to a code of a scheme, which has a name, a URL or both.
func inScheme(code, name, url string) casefw.Alignment {
	a, ok := keyed(code)
	if !ok {
		a = casefw.Alignment{TargetCode: code, TargetURL: url, TargetType: casefw.RegistryType(name, url)}
	}
	a.TargetFramework = name
	return a
}

func weightOf(n float64) *float64 { return &n }
