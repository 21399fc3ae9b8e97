package show

import "github.com/laurel-edu/laurel/ob"

// Scale says what results an achievement can have.
type Scale struct {
	ID            string
	Name          Text
	Type          string // in words, such as "Letter grade"
	Values        []string
	Min, Max      string
	Required      string // the value or the name of the level that is asked for
	Levels        []Level
	Skills        []Skill
	requiredLevel string
}

// Level is a level of a rubric.
type Level struct {
	ID            string
	Name          Text
	Description   Text
	Level, Points string
	Skills        []Skill
}

// Result is what a learner reached, with the scale that it is read by.
type Result struct {
	// Scale is the zero Scale where the credential does not say how to read the result.
	Scale  Scale
	Value  string
	Status string // in words
	// Level is the level reached, whose Skills are what it shows.
	Level  Level
	Skills []Skill
}

func (m maker) scale(d *ob.ResultDescription) Scale {
	s := Scale{
		ID: string(d.ID), Name: m.text(d.Name), Type: typeWords(string(d.ResultType)), Values: d.AllowedValue.Items,
		Min: d.ValueMin, Max: d.ValueMax, Required: d.RequiredValue, Skills: m.skills(d.Alignment.Items),
		requiredLevel: string(d.RequiredLevel),
	}
	for i := range d.RubricCriterionLevel.Items {
		s.Levels = append(s.Levels, m.level(&d.RubricCriterionLevel.Items[i]))
	}
	if level, ok := s.level(s.requiredLevel); ok && s.Required == "" {
		s.Required = level.Title()
	}
	return s
}

func (m maker) level(l *ob.RubricCriterionLevel) Level {
	return Level{
		ID: string(l.ID), Name: m.text(l.Name), Description: m.text(l.Description), Level: l.Level, Points: l.Points,
		Skills: m.skills(l.Alignment.Items),
	}
}

// Title is what the level is called.
func (l Level) Title() string {
	if l.Name.Value != "" {
		return l.Name.Value
	}
	return l.Level
}

func (s Scale) level(id string) (Level, bool) {
	for _, l := range s.Levels {
		if id != "" && l.ID == id {
			return l, true
		}
	}
	return Level{}, false
}

// results joins what was reached to the scales of the achievement. A result that names
// no scale has the only one there is.
func (m maker) results(subject *ob.AchievementSubject) (results []Result) {
	descriptions := subject.Achievement.ResultDescription.Items
	for _, r := range subject.Result.Items {
		result := Result{Value: r.Value, Status: typeWords(string(r.Status)), Skills: m.skills(r.Alignment.Items)}
		for i := range descriptions {
			if d := &descriptions[i]; d.ID == r.ResultDescription || r.ResultDescription == "" && len(descriptions) == 1 {
				result.Scale = m.scale(d)
				break
			}
		}
		if level, ok := result.Scale.level(string(r.AchievedLevel)); ok {
			result.Level = level
		} else if r.AchievedLevel != "" {
			result.Level = Level{ID: string(r.AchievedLevel), Level: string(r.AchievedLevel)}
		}
		results = append(results, result)
	}
	return results
}
