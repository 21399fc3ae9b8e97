package match

import (
	"bytes"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// JobFormat is the form in which a job was written.
type JobFormat string

// The formats that [ParseJob] reads.
const (
	// FormatJob is this library's own, which all others are read into: an object with id,
	// title and requirements. A requirement has an item, which is a UUID or a URL, or a
	// target with the members of an alignment (targetUrl, targetCode, targetType, …); any,
	// a list of both, names what does as well; besides id, weight, mandatory, minLevel and
	// levelOf, as the fields of [Requirement].
	FormatJob JobFormat = "job"
	// FormatJDX is a job description or posting of the JDX (HR Open 4.3, JobDescriptionType
	// and JobPostingType).
	FormatJDX JobFormat = "jdx"
	// FormatPosition is a position opening with one profile, or the profile (HR Open 4.3,
	// PositionOpeningType and PositionProfileType).
	FormatPosition JobFormat = "position-opening"
	// FormatRSD is a rich skill descriptor, a collection or a list of them.
	FormatRSD JobFormat = "rsd"
	// FormatRSDTable is such a list as comma-separated values.
	FormatRSDTable JobFormat = "rsd-table"
)

// JobOptions has the numbers that formats do not say themselves. The zero value has the
// defaults.
type JobOptions struct {
	// Required, Preferred and Plain are the weights of terms of the JDX: of those that the
	// annotation calls required, of those that it calls preferred, and of all others. By
	// default 3, 2 and 1.
	Required, Preferred, Plain float64
	// Later is what the weight is multiplied by of what somebody may learn on the job, and
	// of a level that is only desired. By default one half.
	Later float64
	// MaxBytes is the longest text, 4 MiB by default: a job of a thousand requirements with
	// pages of prose has less.
	MaxBytes int
}

func (o JobOptions) withDefaults() JobOptions {
	for _, d := range []struct {
		weight *float64
		value  float64
	}{{&o.Required, 3}, {&o.Preferred, 2}, {&o.Plain, 1}, {&o.Later, 0.5}} {
		if *d.weight == 0 {
			*d.weight = d.value
		}
	}
	return o
}

// JobReading is a job that was read.
type JobReading struct {
	Job    Job
	Format JobFormat
	// Found are warnings: what the job asks for besides and no requirement says, what is
	// named and not identified. Each has a JSON Pointer into the text, for a table the number
	// of the record, from 0, and the column.
	Found []*vc.Problem
}

// JobError is why a job cannot be read: each problem with its code and its place.
type JobError struct{ Problems []*vc.Problem }

// Error implements error.
func (e *JobError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.Error()
	}
	return "match: the job: " + strings.Join(texts, "\n")
}

// Unwrap returns the problems.
func (e *JobError) Unwrap() []error {
	all := make([]error, len(e.Problems))
	for i, p := range e.Problems {
		all[i] = p
	}
	return all
}

// ParseJob reads a job in whichever of the formats it is written. Nothing is fetched, and
// text must not be changed afterwards. The error is a [*JobError].
//
// What is asked for is never told by its name: names are many things to many people. A term
// that has no identifier stays a requirement of which nobody can say how far it is met. Of
// a description of the JDX or HR Open only competencies are read; what it asks for besides,
// such as experience or a licence, is told of in Found, and of citizenship and the body no
// more is read than that the member is there.
func ParseJob(text []byte, o JobOptions) (*JobReading, error) {
	r := &jobReader{o: o.withDefaults(), ids: map[string]bool{}}
	if head := bytes.TrimSpace(bytes.TrimPrefix(text, []byte(byteOrderMark))); len(head) > 0 && head[0] != '{' && head[0] != '[' {
		r.table(text)
	} else {
		r.document(text)
	}
	if bad := vc.Errors(r.found); len(bad) > 0 {
		return nil, &JobError{bad}
	}
	return &JobReading{Job: r.job, Format: r.format, Found: r.found}, nil
}

// byteOrderMark stands before tables that spreadsheets write.
const byteOrderMark = "\xef\xbb\xbf"

// document reads a job of JSON.
func (r *jobReader) document(text []byte) {
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: r.o.MaxBytes}, nil)
	if err != nil {
		r.found = append(r.found, vc.ProblemOf(err))
		return
	}
	root := unwrapped(doc.Root())
	switch r.format = formatOf(root); r.format {
	case FormatJob:
		r.own(root)
	case FormatJDX:
		r.jdx(root)
	case FormatPosition:
		r.position(root)
	case FormatRSD:
		r.rsd(root)
	default:
		code := CodeJobFormat
		if root.Get("job").Kind() == jsonx.Object || strings.Contains(root.Get("type").Text(), "LER-RS") {
			code = CodeJobResume
		}
		r.at(code, root.Pointer(), "", "")
	}
	if r.format != FormatJob && len(r.job.Requirements) == 0 && len(vc.Errors(r.found)) == 0 {
		r.at(CodeJobMissing, root.Pointer(), "", "at least one requirement")
	}
}

// unwrapped takes a job out of the names under which HR Open refers to it.
func unwrapped(v jsonx.Value) jsonx.Value {
	if v.Kind() == jsonx.Object && v.Len() == 1 {
		for _, name := range []string{"JDXjobDescription", "positionOpening"} {
			if job := v.Get(name); job.Kind() == jsonx.Object {
				return job
			}
		}
	}
	return v
}

// formatOf tells a format by members that only it has, "" for none.
func formatOf(v jsonx.Value) JobFormat {
	has := func(name string) bool { return v.Get(name).Exists() }
	kind := v.Get("type").Text()
	switch {
	case v.Kind() == jsonx.Array:
		if v.First().Get("skillName").Exists() {
			return FormatRSD
		}
		return ""
	case has("requirements"):
		return FormatJob
	case has("positionProfiles"), has("positionQualifications"):
		return FormatPosition
	case kind == "RichSkillDescriptor", kind == "RichSkillCollection", has("skillName"), v.Get("skills").First().Get("skillName").Exists():
		return FormatRSD
	case has("@type"):
		return ""
	}
	for _, name := range termLists {
		if has(name) {
			return FormatJDX
		}
	}
	return ""
}
