package match

import (
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// termLists are the members of a job description whose terms are requirements.
var termLists = []string{"competencies", "skills", "knowledge", "abilities", "tasks", "technologies"}

// jdxUnmatched are those that ask for something else. Citizenship, health and the body are
// among them, of which no value is read.
var jdxUnmatched = []string{"requiredCredentials", "preferredCredentials", "minimumCredentials", "equivalentCredentials",
	"alternativeCredentials", "requiredEducation", "preferredEducation", "minimumEducation", "equivalentEducation",
	"alternativeEducation", "requiredExperiences", "preferredExperiences", "minimumExperiences", "equivalentExperiences",
	"alternativeExperiences", "requiredConditions", "requiredAssessments", "educationLevels", "workLanguages", "attitudes",
	"citizenshipRequirements", "physicalActivities", "physicalRequirements", "sensoryRequirements", "securityClearanceRequirements",
	"applicantLocationRequirements"}

var annotationMembers = []string{"acquiredInternally", "acquisitionDifficulty", "assessmentMethod", "descriptions", "evidenceCategory",
	"preferred", "required", "requiredAssessments", "requiredAtHiring", "scaleCategory"}

// jdx reads a job description of the JDX (HR Open 4.3, AnnotatedDefinedTermType and
// ScaleAnnotationType). A requirement is named by its place in the text.
func (r *jobReader) jdx(v jsonx.Value) {
	r.job.ID = r.text(v.Get("positionID"))
	if first := v.Get("identifiers").First(); r.job.ID == "" && first.Kind() == jsonx.Object {
		r.job.ID = r.text(first.Get("value"))
	}
	if r.job.Title = r.text(v.Get("title")); r.job.Title == "" {
		r.job.Title = r.text(v.Get("name"))
	}
	for _, name := range termLists {
		for _, term := range r.list(v.Get(name)) {
			r.once(term, r.term(term))
		}
	}
	r.unmatched(v, jdxUnmatched)
}

// term reads a term as what is asked for.
func (r *jobReader) term(v jsonx.Value) Requirement {
	q := Requirement{ID: strings.TrimPrefix(v.Pointer(), "/")}
	set := v.Get("inDefinedTermSet")
	if r.object(set) {
		if code := r.text(v.Get("termCode")); code != "" {
			q.Target = inScheme(code, r.text(set.Get("name")), r.text(set.Get("url")))
		}
	}
	q.Target.TargetName = r.text(v.Get("name"))
	note := v.Get("annotation")
	if !r.object(note) {
		return q
	}
	r.known(note, annotationMembers, vc.SeverityWarning)
	r.unmatched(note, []string{"requiredAssessments"})
	required, _ := r.flag(note.Get("required"))
	preferred, _ := r.flag(note.Get("preferred"))
	atHiring, said := r.flag(note.Get("requiredAtHiring"))
	internally, _ := r.flag(note.Get("acquiredInternally"))
	later := said && !atHiring || internally
	weight := r.o.Plain
	switch {
	case required:
		weight = r.o.Required
	case preferred:
		weight = r.o.Preferred
	}
	if later {
		weight *= r.o.Later
	}
	q.Weight, q.Mandatory = weightOf(weight), required && !later
	q.MinLevel = r.scaled(note.Get("scaleCategory"))
	return q
}

// scaled reads a level that a term is annotated with: a code that is a number, on a scale
// that is named as one of levels. Scales are of importance and frequency too, which say
// nothing of how much somebody must know.
func (r *jobReader) scaled(v jsonx.Value) float64 {
	if !v.Exists() || !r.object(v) {
		return 0
	}
	names := strings.ToLower(r.text(v.Get("name")) + " " + r.text(v.Get("inDefinedTermSet").Get("name")))
	n, err := strconv.ParseFloat(r.text(v.Get("termCode")), 64)
	if err != nil || !(n > 0 && n <= 1e6) || !strings.Contains(names, "level") && !strings.Contains(names, "proficien") {
		r.note(CodeJobLevel, v, "")
		return 0
	}
	return n
}
