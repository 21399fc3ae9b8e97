package plan

import (
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Drafts returns a plan for each item of a framework that is a credential: whose type
// begins with Credential, as OpenSALT names it. What precedes it, what stands below it,
// and the rule of so many out of so many that OpenSALT keeps in the notes, become its
// conditions. No framework says what score is enough, so the leaves ask for a grade:
// these are drafts for somebody to complete, with the id of the item for that of the
// plan, and its uri for the achievement. A rule that cannot be read is told of.
func Drafts(f *casefw.Framework) ([]Plan, []*vc.Problem) {
	d := &drafter{}
	for item := range f.Items() {
		if !isCredential(item) {
			continue
		}
		var all []Condition
		for link := range item.Incoming(casefw.Precedes) {
			all = d.add(all, link.Origin().Item())
		}
		for below := range item.Children() {
			all = d.add(all, below)
		}
		if rule, found := d.rule(item); found {
			all = append(all, rule)
		}
		d.plans = append(d.plans, Plan{ID: item.GUID().String(), Version: 1, Framework: f.GUID().String(), Achievement: item.URI(),
			Condition: Condition{AllOf: all}})
	}
	return d.plans, d.problems
}

type drafter struct {
	reader
	plans []Plan
}

func isCredential(t casefw.Item) bool { return strings.HasPrefix(t.Type(), "Credential") }

func (d *drafter) add(all []Condition, t casefw.Item) []Condition {
	switch {
	case t.IsZero():
		return all
	case isCredential(t):
		return append(all, Condition{Achievement: t.URI()})
	}
	return append(all, requiring(t))
}

// requiring asks for one item, or where others stand below it for all of them.
func requiring(t casefw.Item) Condition {
	c := Condition{Item: t.GUID().String()}
	if !t.Leaf() {
		c.Via = ViaDescendants
	}
	return c
}

// The markers around a rule in the notes of an item.
const (
	ruleStart = "__START_CRITERIA_RULES__"
	ruleEnd   = "__END_CRITERIA_RULES__"
)

// rule reads that in the notes of an item.
func (d *drafter) rule(t casefw.Item) (c Condition, found bool) {
	_, text, marked := strings.Cut(t.Notes(), ruleStart)
	if !marked {
		return c, false
	}
	text, _, ended := strings.Cut(text, ruleEnd)
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{Depth: 8}, nil)
	if !ended || err != nil {
		d.at(CodeNotesRule, "", vc.Quote(t.String()), "")
		return c, false
	}
	r := &reader{}
	c.AtLeast = r.count(doc.Root().Get("requires"))
	for one := range doc.Root().Get("of").All() {
		id := r.guid(one)
		item, known := t.Framework().Find(id)
		if !known {
			r.at(CodeItemUnknown, "", one.Shown(), "")
			continue
		}
		c.Of = append(c.Of, requiring(item))
	}
	if len(r.problems) > 0 || c.AtLeast < 1 || c.AtLeast > len(c.Of) {
		d.at(CodeNotesRule, "", vc.Quote(t.String()), "")
		return c, false
	}
	return c, true
}
