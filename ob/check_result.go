package ob

import (
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// checkAchievement judges the descriptions of results, which name their own
// levels and values.
func checkAchievement(w *shape.Walk, v jsonx.Value) {
	descriptions := v.Get("resultDescription")
	if descriptions.Kind() == jsonx.Object {
		checkDescription(w, descriptions)
		return
	}
	for d := descriptions.First(); d.Exists(); d = d.Next() {
		checkDescription(w, d)
	}
}

func checkDescription(w *shape.Walk, d jsonx.Value) {
	if d.Kind() != jsonx.Object {
		return
	}
	if level := d.Get("requiredLevel"); level.Kind() == jsonx.String && !find(d.Get("rubricCriterionLevel"), level.Text()).Exists() {
		w.Fault(string(CodeRequiredLevel), level, "", "the id of one of rubricCriterionLevel")
	}
	value := d.Get("requiredValue")
	if value.Kind() != jsonx.String {
		return
	}
	switch allowed(d, value.Text()) {
	case notListed:
		w.Fault(string(CodeRequiredNotAllowed), value, "", "one of allowedValue")
	case outOfRange:
		w.Fault(string(CodeRequiredRange), value, "", "a value from valueMin to valueMax")
	}
}

// checkResults ties each result to its description.
func checkResults(w *shape.Walk, results, descriptions jsonx.Value) {
	if results.Kind() == jsonx.Object {
		checkResult(w, results, lookup(descriptions))
		return
	}
	find := lookup(descriptions)
	for r := results.First(); r.Exists(); r = r.Next() {
		checkResult(w, r, find)
	}
}

func checkResult(w *shape.Walk, r jsonx.Value, descriptions finder) {
	if r.Kind() != jsonx.Object {
		return
	}
	var d jsonx.Value
	if id := r.Get("resultDescription"); id.Kind() == jsonx.String {
		if d = descriptions.find(id.Text()); !d.Exists() {
			w.Fault(string(CodeResultDescription), id, "", "the id of one of the achievement's resultDescription")
			return
		}
	}
	if level := r.Get("achievedLevel"); level.Kind() == jsonx.String && !find(d.Get("rubricCriterionLevel"), level.Text()).Exists() {
		w.Fault(string(descriptions.levelFault(level.Text())), level, "", "the id of one of the description's rubricCriterionLevel")
	}
	if t := d.Get("resultType"); t.Kind() == jsonx.String && t.Text() == string(ResultTypeStatus) && !r.Get("status").Exists() {
		w.Report(shape.Fault{Code: string(CodeResultStatus), At: r, Absent: "status", Expected: "a status, because the description is of type Status"})
	}
	if value := r.Get("value"); value.Kind() == jsonx.String && d.Exists() && allowed(d, value.Text()) != fits {
		w.Fault(string(CodeResultValue), value, "", "a value that the description allows")
	}
}

// find returns the node with that id, of one or many.
func find(nodes jsonx.Value, id string) jsonx.Value {
	if nodes.Kind() == jsonx.Object {
		if n := nodes.Get("id"); n.Kind() == jsonx.String && n.Text() == id {
			return nodes
		}
		return jsonx.Value{}
	}
	for n := nodes.First(); n.Exists(); n = n.Next() {
		if i := n.Get("id"); i.Kind() == jsonx.String && i.Text() == id {
			return n
		}
	}
	return jsonx.Value{}
}

// finder finds nodes by id. A list of more than a few gets an index, so that
// many results of many descriptions cost no more than they are long.
type finder struct {
	nodes jsonx.Value
	index map[string]jsonx.Value
}

const scanNodes = 16

func lookup(nodes jsonx.Value) finder {
	f := finder{nodes: nodes}
	if nodes.Kind() != jsonx.Array || nodes.Len() <= scanNodes {
		return f
	}
	f.index = make(map[string]jsonx.Value, nodes.Len())
	for n := nodes.First(); n.Exists(); n = n.Next() {
		id := n.Get("id")
		if _, taken := f.index[id.Text()]; id.Kind() == jsonx.String && !taken {
			f.index[id.Text()] = n
		}
	}
	return f
}

func (f finder) find(id string) jsonx.Value {
	if f.index != nil {
		return f.index[id]
	}
	return find(f.nodes, id)
}

// levelFault weighs a level that its result's description lacks. Where another
// description of the achievement has it, the reader can tell what is meant: the
// specification's own complete example is such a badge.
func (f finder) levelFault(id string) vc.Code {
	for _, d := range f.nodes.Items() {
		if find(d.Get("rubricCriterionLevel"), id).Exists() {
			return CodeOtherLevel
		}
	}
	return CodeAchievedLevel
}

// fit says how a value agrees with what a description allows.
type fit uint8

const (
	fits fit = iota
	notListed
	outOfRange
)

// allowed judges a value by allowedValue, and else by valueMin and valueMax where
// all are numbers. Other scales have an order that only their issuer knows.
func allowed(d jsonx.Value, value string) fit {
	if list := d.Get("allowedValue"); list.Exists() {
		if slices.ContainsFunc(list.Items(), func(v jsonx.Value) bool { return v.Kind() == jsonx.String && v.Text() == value }) {
			return fits
		}
		return notListed
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fits
	}
	if least, ok := bound(d.Get("valueMin")); ok && f < least {
		return outOfRange
	}
	if most, ok := bound(d.Get("valueMax")); ok && f > most {
		return outOfRange
	}
	return fits
}

func bound(v jsonx.Value) (float64, bool) {
	if v.Kind() != jsonx.String {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Text(), 64)
	return f, err == nil
}
