package plan

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Credential returns the badge of an award, ready for package vc/issue. From a come the
// issuer, the recipient, the achievement and whatever else a badge of the product has.
// What the decision knows is added: an id that follows from its Key, so that whoever does
// the work twice makes the same badge; the date; the alignments of the plan's items; the
// results, each with its description; and for each result an evidence that says where it
// came from, with one more for the decision itself, by which it can be traced.
//
// It is nil for a decision that is no award, and for one by a plan that the engine does
// not have.
func (e *Engine) Credential(d *Decision, a ob.Award) *ob.AchievementCredential {
	g := e.byID[d.Plan]
	if d.Verdict != VerdictAward || d.Explanation == nil || g == nil || g.find(d.Version) == nil {
		return nil
	}
	b := badge{engine: e, decision: d, award: &a, described: map[vc.IRI]bool{}}
	if a.ID == "" {
		a.ID = urn("award", d.Key)
	}
	if a.Achievement.ID == "" {
		a.Achievement.ID = vc.IRI(d.Achievement)
	}
	if a.ValidFrom.IsZero() {
		a.ValidFrom = d.AchievedAt
	}
	a.Achievement.Alignment.Items = slices.Clone(a.Achievement.Alignment.Items)
	a.Achievement.ResultDescription.Items = slices.Clone(a.Achievement.ResultDescription.Items)
	a.Results, a.Evidence = slices.Clone(a.Results), slices.Clone(a.Evidence)
	b.describe(g.find(d.Version).root)
	b.results()
	b.evidence()
	return ob.NewAchievementCredential(a)
}

// badge is one in the making.
type badge struct {
	engine    *Engine
	decision  *Decision
	award     *ob.Award
	described map[vc.IRI]bool
}

var namespace = casefw.NamedGUID(casefw.GUID{}, "github.com/laurel-edu/laurel/casefw/plan")

// urn is an id that follows from what it is of.
func urn(kind, name string) vc.IRI {
	return vc.IRI("urn:uuid:" + casefw.NamedGUID(namespace, kind+" "+name).String())
}

// descriptionID is that of what can be reached of one subject by a plan.
func (b *badge) descriptionID(kind, subject string) vc.IRI {
	return urn("result", fmt.Sprintf("%d:%s %s %s", len(b.decision.Plan), b.decision.Plan, kind, subject))
}

// resultTypes says how the value of a leaf is to be read.
var resultTypes = map[string]ob.ResultType{
	"percent": ob.ResultTypePercent, "raw": ob.ResultTypeRawScore, "graded": ob.ResultTypeResult,
	"level": ob.ResultTypeRubricCriterionLevel,
}

// describe adds what can be reached by a condition, which is the same for everybody.
func (b *badge) describe(c *cond) {
	if c.op == opNot {
		return
	}
	for _, one := range c.of {
		b.describe(one)
	}
	l := c.leaf
	if l == nil || l.achievement != "" {
		return
	}
	d := ob.ResultDescription{ID: b.descriptionID(l.kind.name, l.id.String()), ResultType: resultTypes[l.kind.name]}
	if b.described[d.ID] {
		return
	}
	b.described[d.ID] = true
	d.Name = vc.Plain(l.id.String())
	if to, known := b.alignment(l.id); known {
		b.award.Achievement.Alignment.Add(to)
		d.Alignment, d.Name = vc.Many(to), to.TargetName
	}
	if l.kind.name == "percent" || l.kind.name == "raw" {
		d.RequiredValue = decimalOf(l.min)
	}
	for i, one := range l.levels {
		level := ob.RubricCriterionLevel{ID: urn("level", one.id.String()), Level: fmt.Sprint(one.position), Name: vc.Plain(one.name),
			Points: one.score.String()}
		if i == l.wanted {
			d.RequiredLevel = level.ID
		}
		d.RubricCriterionLevel.Add(level)
	}
	b.award.Achievement.ResultDescription.Add(d)
}

func (b *badge) alignment(id casefw.GUID) (ob.Alignment, bool) {
	item, known := b.engine.config.Frameworks.Find(id)
	if !known {
		return ob.Alignment{}, false
	}
	a := casefw.AlignmentOf(item)
	return ob.Alignment{Type: vc.Many("Alignment"), TargetURL: vc.IRI(a.TargetURL), TargetCode: a.TargetCode,
		TargetName: vc.Plain(a.TargetName), TargetFramework: vc.Plain(a.TargetFramework),
		TargetType: ob.AlignmentTargetType(a.TargetType)}, true
}

// results adds what was reached.
func (b *badge) results() {
	for leaf := range b.decision.Explanation.carrying {
		for i := range leaf.Used {
			u := &leaf.Used[i]
			if !u.Counted || resultTypes[leaf.Kind] == "" {
				continue
			}
			r := ob.Result{Status: ob.StatusCompleted, Value: u.shown()}
			if id := b.descriptionID(leaf.Kind, leaf.Subject); b.described[id] {
				r.ResultDescription = id
			}
			if id, err := casefw.ParseGUID(u.Item); err == nil {
				if to, known := b.alignment(id); known {
					r.Alignment = vc.Many(to)
				}
			}
			if leaf.Kind == "level" {
				r.AchievedLevel = b.level(r.ResultDescription, u.Value)
			}
			b.award.Results = append(b.award.Results, r)
		}
	}
}

// level is the id of the level of a description that has a name, or the highest that a
// score reaches.
func (b *badge) level(description vc.IRI, value string) (id vc.IRI) {
	score, _ := ParseNumber(value)
	for _, d := range b.award.Achievement.ResultDescription.Items {
		if d.ID != description {
			continue
		}
		for _, l := range d.RubricCriterionLevel.Items {
			points, _ := ParseNumber(l.Points)
			if l.Name.String() == value {
				return l.ID
			}
			if score.AtLeast(points) {
				id = l.ID
			}
		}
	}
	return id
}

// shown is the value of a result as badges have it: a number without a unit.
func (u *Used) shown() string {
	text := u.Value
	for _, unit := range []string{" percent", " or more"} {
		if len(text) > len(unit) && text[len(text)-len(unit):] == unit {
			text = text[:len(text)-len(unit)]
		}
	}
	if n, ok := ParseNumber(text); ok {
		return decimalOf(n)
	}
	return text
}

// decimalOf writes a number for readers that know decimals alone: what has none is cut
// behind four places, so that nobody reads more than was reached.
func decimalOf(n Number) string {
	if n.r == nil {
		return ""
	}
	if _, exact := n.r.FloatPrec(); exact {
		return n.String()
	}
	scaled := new(big.Int).Mul(n.r.Num(), big.NewInt(10_000))
	cut := new(big.Rat).SetFrac(scaled.Quo(scaled, n.r.Denom()), big.NewInt(10_000))
	return Number{cut}.String()
}

// evidence adds where the results came from and what was read of each, and the decision.
func (b *badge) evidence() {
	told, values := map[Ref]bool{}, b.values()
	for _, u := range b.decision.Evidence {
		if told[u.Ref] {
			continue
		}
		told[u.Ref] = true
		text := "Event " + u.Told + " of " + u.At.UTC().Format(time.RFC3339)
		if u.Source != "" {
			text += ", source " + u.Source
		}
		if u.LineItem != "" {
			text += ", line item " + u.LineItem
		}
		if len(values[u.Ref]) > 0 {
			text += ": " + strings.Join(values[u.Ref], ", ")
		}
		b.award.Evidence = append(b.award.Evidence, ob.Evidence{Type: vc.Many("Evidence"), Genre: vc.Plain("Result"),
			Name: vc.Plain("Result " + firstOf(u.Result, u.Event)), Description: vc.Plain(text)})
	}
	d := b.decision
	text := fmt.Sprintf("Version %d of plan %s, framework %s", d.Version, d.Plan, d.Framework.Identifier)
	if d.Framework.Changed != "" {
		text += " as changed on " + d.Framework.Changed
	}
	b.award.Evidence = append(b.award.Evidence, ob.Evidence{Type: vc.Many("Evidence"), Genre: vc.Plain("Decision"),
		Name: vc.Plain("Decision " + d.Key), Description: vc.Plain(text)})
}

// values are what each result was taken for, each number with what it is of.
func (b *badge) values() map[Ref][]string {
	all := map[Ref][]string{}
	for _, u := range b.decision.Evidence {
		if u.Value == "" {
			continue
		}
		of := u.Item
		if id, err := casefw.ParseGUID(u.Item); err == nil {
			if to, known := b.alignment(id); known {
				of = to.TargetName.String()
			}
		}
		if text := u.Value + " for " + of; !slices.Contains(all[u.Ref], text) {
			all[u.Ref] = append(all[u.Ref], text)
		}
	}
	return all
}
