package match

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

var (
	qualificationUnmatched = []string{"educationRequirement", "experienceSummary", "licences"}
	competencyUnmatched    = []string{"relatedCompetencies", "competencyEvidenceRequirement", "competencyDimension"}
)

// position reads a position opening (HR Open 4.3, PositionOpeningType). Nothing in it says
// that a competency is mandatory: a level that is required makes evidence below it count
// for less.
func (r *jobReader) position(v jsonx.Value) {
	profile := v
	if profiles := v.Get("positionProfiles"); profiles.Exists() {
		all := r.list(profiles)
		if len(all) != 1 {
			if len(all) > 1 {
				r.at(CodeJobSeveral, profiles.Pointer(), "", "")
			}
			return
		}
		profile = all[0]
	}
	for _, name := range []string{"profileId", "positionId"} {
		if id := profile.Get(name); r.job.ID == "" && r.object(id) {
			r.job.ID = r.text(id.Get("value"))
		}
	}
	if r.job.Title = r.text(profile.Get("positionTitle")); r.job.Title == "" {
		r.job.Title = r.text(profile.Get("profileName"))
	}
	for _, q := range r.list(profile.Get("positionQualifications")) {
		for _, c := range r.list(q.Get("positionCompetencies")) {
			r.competency(c)
		}
		r.unmatched(q, qualificationUnmatched)
	}
	if len(r.scale) > 1 {
		r.at(CodeJobWeights, profile.Get("positionQualifications").Pointer(), "", "")
	}
}

// competency reads what a position asks for (HR Open 4.3, PositionCompetencyType). Several
// identifiers name one competency, each in a vocabulary of its own.
func (r *jobReader) competency(v jsonx.Value) {
	q := Requirement{ID: strings.TrimPrefix(v.Pointer(), "/")}
	taxonomy := ""
	for _, id := range r.list(v.Get("taxonomyIds")) {
		if taxonomy == "" {
			taxonomy = r.text(id.Get("value"))
		}
	}
	for i, id := range r.list(v.Get("competencyIds")) {
		scheme := r.text(id.Get("schemeId"))
		if scheme == "" {
			scheme = taxonomy
		}
		code := r.text(id.Get("value"))
		switch {
		case code == "":
			r.at(CodeJobMissing, id.Pointer()+"/value", "", "")
		case i > maxAlternatives:
			r.at(CodeJobLimit, id.Pointer(), "", "")
			return
		case i == 0:
			q.Target = inScheme(code, schemeName(scheme), schemeURL(scheme))
		default:
			q.Any = append(q.Any, inScheme(code, schemeName(scheme), schemeURL(scheme)))
		}
	}
	q.Target.TargetName = r.text(v.Get("competencyName"))
	q.Weight = r.weight(v.Get("weight"))
	q.MinLevel, q.LevelOf = r.proficiency(v.Get("requiredProficiencyLevel"))
	r.once(v, q)
	if desired, of := r.proficiency(v.Get("desiredProficiencyLevel")); desired > q.MinLevel {
		q.ID, q.MinLevel, q.LevelOf = q.ID+"/desiredProficiencyLevel", desired, of
		q.Weight = weightOf(q.weight() * r.o.Later)
		r.add(v.Get("desiredProficiencyLevel"), q)
	}
	r.unmatched(v, competencyUnmatched)
}

// schemeURL and schemeName say what a scheme is called by: an address, or a name.
func schemeURL(scheme string) string {
	if a, ok := keyed(scheme); ok {
		return a.TargetURL
	}
	return ""
}

func schemeName(scheme string) string {
	if schemeURL(scheme) != "" {
		return ""
	}
	return scheme
}

// weight reads the weight among siblings. Percentages and points are read as they stand,
// since only their proportions count.
func (r *jobReader) weight(v jsonx.Value) *float64 {
	if !v.Exists() || !r.object(v) || !v.Get("value").Exists() {
		return nil
	}
	if r.scale == nil {
		r.scale = map[string]float64{}
	}
	most := r.number(v.Get("maximumScore"))
	r.scale[r.text(v.Get("schemeId"))+"\x00"+v.Get("maximumScore").Text()] = most
	return weightOf(r.number(v.Get("value")))
}

// proficiency reads a level, and how high its scale goes (HR Open 4.3, BaseScoreType).
func (r *jobReader) proficiency(v jsonx.Value) (level, of float64) {
	if !v.Exists() || !r.object(v) {
		return 0, 0
	}
	scores := r.list(v.Get("scoresNumeric"))
	if len(scores) != 1 || !scores[0].Get("value").Exists() {
		r.note(CodeJobLevel, v, "")
		return 0, 0
	}
	level, of = r.number(scores[0].Get("value")), r.number(scores[0].Get("maximumScore"))
	if of != 0 && level > of {
		r.note(CodeJobMalformed, scores[0].Get("value"), "at most the maximumScore")
	}
	return level, of
}
