package match

import (
	"fmt"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

var (
	jobMembers         = []string{"id", "title", "requirements"}
	requirementMembers = []string{"id", "item", "target", "any", "weight", "mandatory", "minLevel", "levelOf"}
	targetMembers      = []string{"targetUrl", "targetName", "targetCode", "targetFramework", "targetType", "targetDescription"}
)

// own reads a job in this library's form. A member that jobs do not have is an error: a
// misspelt "mandatory" would ask for less.
func (r *jobReader) own(v jsonx.Value) {
	r.known(v, jobMembers, vc.SeverityError)
	r.job.ID, r.job.Title = r.text(v.Get("id")), r.text(v.Get("title"))
	for _, one := range r.list(v.Get("requirements")) {
		r.add(one, r.requirement(one))
	}
}

func (r *jobReader) requirement(v jsonx.Value) (q Requirement) {
	r.known(v, requirementMembers, vc.SeverityError)
	if q.ID = r.text(v.Get("id")); q.ID != "" && r.ids[q.ID] {
		r.note(CodeJobMalformed, v.Get("id"), "an id that no other requirement has")
	}
	r.ids[q.ID] = true
	switch item, target := v.Get("item"), v.Get("target"); {
	case item.Exists() && target.Exists():
		r.note(CodeJobMalformed, target, "item or target, not both")
	case item.Exists():
		q.Target = r.item(item)
	case target.Exists():
		q.Target = r.target(target)
	default:
		r.at(CodeJobMissing, v.Pointer()+"/item", "", "")
	}
	q.Any = r.alternatives(v.Get("any"))
	if weight := v.Get("weight"); weight.Exists() {
		q.Weight = weightOf(r.number(weight))
	}
	q.Mandatory, _ = r.flag(v.Get("mandatory"))
	q.MinLevel, q.LevelOf = r.number(v.Get("minLevel")), r.number(v.Get("levelOf"))
	return q
}

// item reads an identifier.
func (r *jobReader) item(v jsonx.Value) casefw.Alignment {
	text := r.text(v)
	a, ok := keyed(text)
	if !ok && v.Kind() == jsonx.String {
		r.note(CodeJobMalformed, v, "a UUID or a URL; a code goes into target, with its framework")
	}
	return a
}

func (r *jobReader) target(v jsonx.Value) (a casefw.Alignment) {
	if !r.object(v) {
		return a
	}
	r.known(v, targetMembers, vc.SeverityError)
	a = casefw.Alignment{TargetURL: r.text(v.Get("targetUrl")), TargetName: r.text(v.Get("targetName")),
		TargetCode: r.text(v.Get("targetCode")), TargetFramework: r.text(v.Get("targetFramework")), TargetType: r.text(v.Get("targetType")),
		TargetDescription: r.text(v.Get("targetDescription"))}
	if a == (casefw.Alignment{}) {
		r.at(CodeJobMissing, v.Pointer()+"/targetUrl", "", "")
	}
	return a
}

func (r *jobReader) alternatives(v jsonx.Value) (all []casefw.Alignment) {
	switch {
	case !v.Exists():
		return nil
	case v.Kind() != jsonx.Array:
		r.note(CodeJobMalformed, v, "an array")
		return nil
	case v.Len() > maxAlternatives:
		r.at(CodeJobLimit, v.Pointer(), "", fmt.Sprintf("at most %d alternatives", maxAlternatives))
		return nil
	}
	for one := range v.All() {
		if one.Kind() == jsonx.Object {
			all = append(all, r.target(one))
		} else {
			all = append(all, r.item(one))
		}
	}
	return all
}
