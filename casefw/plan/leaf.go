package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
)

// kind is what a leaf of a plan can be: how it is told in JSON, and when a score meets
// it. The table is all that there is of it; an achievement, which no score meets, is
// judged by the awards.
type kind struct {
	name string
	is   func(*Condition) bool
	// wanted is the threshold as it is explained.
	wanted func(*leaf) string
	// meets returns whether a score does, the value that was compared, and where that is
	// not known why.
	meets func(*leaf, *Score) (met bool, value string, unknown Reason)
}

var kinds = []*kind{
	{"percent", func(c *Condition) bool { return c.Item != "" && !c.MinPercent.IsZero() },
		func(l *leaf) string { return l.min.String() + " percent" },
		func(l *leaf, s *Score) (bool, string, Reason) {
			return reaches(s.Percent, l.min, " percent", ReasonPercentUnknown)
		}},
	{"raw", func(c *Condition) bool { return c.Item != "" && !c.MinRaw.IsZero() },
		func(l *leaf) string { return l.min.String() },
		func(l *leaf, s *Score) (bool, string, Reason) {
			if s.Raw.IsZero() {
				return reaches(s.Low, l.min, " or more", ReasonScoreUnknown)
			}
			return reaches(s.Raw, l.min, "", ReasonScoreUnknown)
		}},
	{"graded", func(c *Condition) bool { return c.Item != "" },
		func(*leaf) string { return "a grade" },
		func(_ *leaf, s *Score) (bool, string, Reason) {
			value := firstOf(s.Raw.String(), s.Text, s.Percent.String())
			return value != "", value, unlessKnown(value != "", ReasonScoreUnknown)
		}},
	{"level", func(c *Condition) bool { return c.RubricCriterion != "" },
		func(l *leaf) string { return l.level().name },
		(*leaf).meetsLevel},
	{name: "achievement", is: func(c *Condition) bool { return c.Achievement != "" }},
}

func kindOf(c *Condition) *kind {
	for _, k := range kinds {
		if k.is(c) {
			return k
		}
	}
	return nil
}

func reaches(n, min Number, unit string, unknown Reason) (bool, string, Reason) {
	if n.IsZero() {
		return false, "", unknown
	}
	return n.AtLeast(min), n.String() + unit, ""
}

func unlessKnown(known bool, r Reason) Reason {
	if known {
		return ""
	}
	return r
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// leaf is a leaf made ready to be judged.
type leaf struct {
	kind        *kind
	id          casefw.GUID // of the item or criterion
	accepts     []accepted  // id first
	min         Number
	times       int
	levels      []level // of the criterion, the lowest first
	wanted      int     // which of them
	achievement string

	subject, threshold string // as they are explained
}

// accepted is an item whose results count for a leaf, and why.
type accepted struct {
	id    casefw.GUID
	via   string    // "" for the item itself
	until time.Time // the end of the item, from which on results are in doubt; zero for none
}

// level is one of a criterion.
type level struct {
	id       casefw.GUID
	name     string
	uri      string
	score    Number
	position int64
}

func (l *leaf) level() level { return l.levels[l.wanted] }

// meetsLevel compares by position where the level is told, by its id or by its name, and
// otherwise the score with that of the level.
func (l *leaf) meetsLevel(s *Score) (bool, string, Reason) {
	named := func(v level) bool {
		if !s.Level.IsZero() {
			return v.id == s.Level
		}
		return s.Text != "" && strings.EqualFold(v.name, strings.TrimSpace(s.Text))
	}
	if i := slices.IndexFunc(l.levels, named); i >= 0 {
		return l.levels[i].position >= l.level().position, l.levels[i].name, ""
	}
	if !s.Level.IsZero() || s.Raw.IsZero() || l.level().score.IsZero() {
		return false, s.Text, ReasonLevelUnknown
	}
	return s.Raw.AtLeast(l.level().score), s.Raw.String(), ""
}
