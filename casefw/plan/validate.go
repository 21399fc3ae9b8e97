package plan

import (
	"fmt"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// maxPlans bounds the plans of one engine: a university has some thousand programmes.
const maxPlans = 50_000

// Config is what plans are held against.
type Config struct {
	// Frameworks holds the frameworks that the plans name, with whatever crosswalks
	// equivalence is to be taken from.
	Frameworks *casefw.Catalog
	// Now says which versions of plans are published, and which items are in force;
	// time.Now by default.
	Now func() time.Time
}

func (c Config) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

// Validate returns what is wrong with plans that are to be used together, warnings too.
// The Pointer of each counts from the array of plans.
func Validate(plans []Plan, c Config) []*vc.Problem {
	v := &validator{catalog: c.Frameworks, now: c.now()}
	if len(plans) > maxPlans {
		v.at(CodeLimit, "", strconv.Itoa(len(plans)), fmt.Sprintf("at most %d plans", maxPlans))
		return v.problems
	}
	type version struct {
		id string
		n  int
	}
	seen, awards := map[version]bool{}, map[string]string{}
	for i := range plans {
		p, pointer := &plans[i], "/"+strconv.Itoa(i)
		if seen[version{p.ID, p.Version}] {
			v.at(CodeDuplicate, pointer, vc.Quote(p.ID), "")
		}
		seen[version{p.ID, p.Version}] = true
		if other, known := awards[p.ID]; known && other != p.Achievement {
			v.at(CodeMemberMalformed, pointer+"/achievement", vc.Quote(p.Achievement), "that of the plan's other versions")
		}
		awards[p.ID] = p.Achievement
		v.plan(p, pointer)
	}
	v.cycles(plans)
	return v.problems
}

type validator struct {
	reader
	catalog    *casefw.Catalog
	framework  *casefw.Framework
	now        time.Time
	conditions int
}

func (v *validator) plan(p *Plan, pointer string) {
	if p.ID == "" {
		v.at(CodeMemberMissing, pointer+"/id", "", "")
	}
	if p.Achievement == "" {
		v.at(CodeMemberMissing, pointer+"/achievement", "", "")
	}
	if !p.ValidFrom.IsZero() && !p.ValidUntil.IsZero() && p.ValidUntil.Before(p.ValidFrom) {
		v.at(CodeWindowReversed, pointer+"/validUntil", p.ValidUntil.Format(time.RFC3339), "after "+p.ValidFrom.Format(time.RFC3339))
	}
	if p.Version < 0 || p.EvidenceMaxAgeDays < 0 {
		v.at(CodeMemberMalformed, pointer, "a negative number", "version and evidenceMaxAgeDays from 0")
	}
	v.framework = frameworkOf(v.catalog, p)
	if v.framework == nil {
		v.at(CodeFrameworkUnknown, pointer+"/framework", vc.Quote(p.Framework), "")
	}
	v.conditions = 0
	before := len(v.problems)
	v.condition(&p.Condition, pointer+"/condition", 1)
	if len(vc.Errors(v.problems[before:])) == 0 && metByNothing(&p.Condition) {
		v.at(CodeNoPositive, pointer+"/condition", "", "")
	}
}

func frameworkOf(c *casefw.Catalog, p *Plan) *casefw.Framework {
	id, err := casefw.ParseGUID(p.Framework)
	if err != nil || c == nil {
		return nil
	}
	return c.Framework(id)
}

func (v *validator) condition(c *Condition, pointer string, depth int) {
	v.conditions++
	switch {
	case depth > maxDepth:
		v.at(CodeTooDeep, pointer, "", fmt.Sprintf("at most %d", maxDepth))
		return
	case v.conditions > maxConditions:
		if v.conditions == maxConditions+1 {
			v.at(CodeLimit, pointer, "", fmt.Sprintf("at most %d conditions in a plan", maxConditions))
		}
		return
	}
	switch n := c.operators(); {
	case n == 0:
		v.at(CodeOperatorUnknown, pointer, "", "")
	case n > 1:
		v.at(CodeConditionAmbiguous, pointer, "", "")
	case c.Not != nil:
		v.condition(c.Not, pointer+"/not", depth+1)
	case c.AllOf != nil:
		v.group(c.AllOf, pointer+"/allOf", depth)
	case c.AnyOf != nil:
		v.group(c.AnyOf, pointer+"/anyOf", depth)
	case c.Of != nil || c.AtLeast != 0:
		if c.AtLeast < 1 || c.AtLeast > len(c.Of) {
			v.at(CodeAtLeastRange, pointer+"/atLeast", strconv.Itoa(c.AtLeast), "")
		}
		v.group(c.Of, pointer+"/of", depth)
		v.repeated(c, pointer+"/of")
	case c.Item != "":
		v.item(c, pointer)
	case c.RubricCriterion != "" && v.framework != nil:
		if _, wanted := levelsOf(v.framework, c); wanted < 0 {
			v.at(CodeLevelUnknown, pointer+"/minLevel", vc.Quote(c.MinLevel), "")
		}
	}
}

// operators counts those of a condition.
func (c *Condition) operators() (n int) {
	for _, is := range []bool{c.AllOf != nil, c.AnyOf != nil, c.Of != nil || c.AtLeast != 0, c.Not != nil,
		c.Item != "", c.RubricCriterion != "", c.Achievement != ""} {
		if is {
			n++
		}
	}
	return n
}

func (v *validator) group(all []Condition, pointer string, depth int) {
	if len(all) == 0 {
		v.at(CodeConditionEmpty, pointer, "", "")
	}
	for i := range all {
		v.condition(&all[i], pointer+"/"+strconv.Itoa(i), depth+1)
	}
}

// repeated notes leaves of one subject in an n-of-m, of which one result could meet two.
func (v *validator) repeated(c *Condition, pointer string) {
	seen := map[string]bool{}
	for i, one := range c.Of {
		if one.operators() != 1 {
			continue
		}
		subject := subjectOf(&one)
		if subject != "" && seen[subject] {
			v.at(CodeRequirementTwice, pointer+"/"+strconv.Itoa(i), vc.Quote(subject), "")
		}
		seen[subject] = true
	}
}

// subjectOf is what a leaf asks for, without regard to how an identifier is written.
func subjectOf(c *Condition) string {
	if id, err := casefw.ParseGUID(c.Item + c.RubricCriterion); err == nil {
		return id.String()
	}
	return c.Item + c.RubricCriterion + c.Achievement
}

func (v *validator) item(c *Condition, pointer string) {
	if !c.MinPercent.IsZero() && (c.MinPercent.negative() || !hundred.AtLeast(c.MinPercent)) {
		v.at(CodePercentRange, pointer+"/minPercent", c.MinPercent.String(), "")
	}
	if !c.MinPercent.IsZero() && !c.MinRaw.IsZero() {
		v.at(CodeConditionAmbiguous, pointer, "minPercent and minRaw", "")
	}
	if c.MinOccurrences < 0 {
		v.at(CodeMemberMalformed, pointer+"/minOccurrences", strconv.Itoa(c.MinOccurrences), "from 1")
	}
	if v.framework == nil {
		return
	}
	item, known := v.framework.FindText(c.Item)
	switch {
	case !known:
		v.at(CodeItemUnknown, pointer+"/item", vc.Quote(c.Item), "")
	case ended(item, v.now):
		v.at(CodeItemRetired, pointer+"/item", vc.Quote(item.String()), "")
	case !item.Leaf() && c.Via != ViaDescendants:
		v.at(CodeItemGrouping, pointer+"/item", vc.Quote(item.String()), "")
	}
}

// ended reports whether an item's end is past. One whose beginning is to come may be
// planned with.
func ended(t casefw.Item, now time.Time) bool {
	until := endOf(t)
	return !until.IsZero() && !now.Before(until)
}

// endOf is the first instant at which an item is no longer in force, zero for never: its
// last day ends in UTC.
func endOf(t casefw.Item) time.Time {
	end, _, ok := casefw.ParseDate(t.EndDate())
	if !ok {
		return time.Time{}
	}
	return end.AddDate(0, 0, 1)
}

// metByNothing reports whether a condition holds where no leaf does.
func metByNothing(c *Condition) bool {
	switch {
	case c.Not != nil:
		return !metByNothing(c.Not)
	case c.AllOf != nil:
		return countMet(c.AllOf) == len(c.AllOf)
	case c.AnyOf != nil:
		return countMet(c.AnyOf) > 0
	case c.Of != nil:
		return countMet(c.Of) >= c.AtLeast
	}
	return false
}

func countMet(all []Condition) (n int) {
	for i := range all {
		if metByNothing(&all[i]) {
			n++
		}
	}
	return n
}

// cycles notes each plan that is, by what it requires, behind itself.
func (v *validator) cycles(plans []Plan) {
	_, waiting := ordered(plans)
	for _, i := range waiting {
		v.at(CodePrerequisiteCycle, "/"+strconv.Itoa(i)+"/condition", vc.Quote(plans[i].Achievement), "")
	}
}
