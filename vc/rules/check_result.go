package rules

import (
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// checkAchievement judges the descriptions of results, which name their own
// levels and values.
func checkAchievement(w *shape.Walk, v jsonx.Value) {
	list := v.Get("resultDescription")
	if list.Kind() == jsonx.Object {
		checkDescription(w, list)
		return
	}
	for d := list.First(); d.Exists(); d = d.Next() {
		checkDescription(w, d)
	}
}

func checkDescription(w *shape.Walk, v jsonx.Value) {
	if v.Kind() != jsonx.Object {
		return
	}
	checkBounds(w, v)
	level, value := v.Get("requiredLevel").Single(), plain(v.Get("requiredValue"))
	if level.Kind() != jsonx.String && value.Kind() != jsonx.String {
		return
	}
	d := newDescription(v)
	if level.Kind() == jsonx.String && !d.levels.has(level.Text()) {
		w.Fault(string(CodeRequiredLevel), level, "", "the id of one of rubricCriterionLevel")
	}
	if value.Kind() != jsonx.String {
		return
	}
	switch d.fit(value.Text()) {
	case notListed:
		w.Fault(string(CodeRequiredNotAllowed), value, "", "one of allowedValue")
	case outOfRange:
		w.Fault(string(CodeRequiredRange), value, "", "a value from valueMin to valueMax")
	case notComparable:
		w.Fault(string(CodeNotComparable), value, "", "a number")
	}
}

// checkBounds asks the ends of a range of numbers for numbers: results beyond any other
// end would pass. Ends that are exchanged are a fault of its own, by which no value of
// the description is judged.
func checkBounds(w *shape.Walk, v jsonx.Value) {
	least, most := newBound(v.Get("valueMin")), newBound(v.Get("valueMax"))
	if reversed(least, most) {
		w.Fault(string(CodeRangeReversed), least.at, vc.Quote(least.at.Text()), "not above "+vc.Quote(most.at.Text()))
	}
	if !isNumeric(v, least, most) {
		return
	}
	for _, b := range [...]bound{least, most} {
		if b.at.Kind() == jsonx.String && !b.set {
			w.Fault(string(CodeNotComparable), b.at, "", "a number")
		}
	}
}

func reversed(least, most bound) bool { return least.set && most.set && least.value > most.value }

// isNumeric reports whether the results of a description are numbers: by their type, or
// because an end of their range is one.
func isNumeric(v jsonx.Value, least, most bound) bool {
	switch jsonx.Content(v.Get("resultType").Single()) {
	case "GradePointAverage", "Percent", "RawScore", "ScaledScore":
		return true
	}
	return least.set || most.set
}

// checkResults ties each result to its description.
func checkResults(w *shape.Walk, results, list jsonx.Value) {
	all := newDescriptions(list)
	if results.Kind() == jsonx.Object {
		checkResult(w, results, all)
		return
	}
	for r := results.First(); r.Exists(); r = r.Next() {
		checkResult(w, r, all)
	}
}

func checkResult(w *shape.Walk, r jsonx.Value, all *descriptions) {
	if r.Kind() != jsonx.Object {
		return
	}
	var d *description
	if id := r.Get("resultDescription").Single(); id.Kind() == jsonx.String {
		if d = all.find(id.Text()); d == nil {
			w.Fault(string(CodeResultDescription), id, "", "the id of one of the achievement's resultDescription")
			return
		}
	}
	if level := r.Get("achievedLevel").Single(); level.Kind() == jsonx.String && (d == nil || !d.levels.has(level.Text())) {
		w.Fault(string(all.levelFault(level.Text())), level, "", "the id of one of the description's rubricCriterionLevel")
	}
	if d == nil {
		return
	}
	if d.status && !r.Get("status").Exists() {
		w.Report(shape.Fault{Code: string(CodeResultStatus), At: r, Absent: "status",
			Expected: "a status, because the description is of type Status"})
	}
	value := plain(r.Get("value"))
	if value.Kind() != jsonx.String {
		return
	}
	switch d.fit(value.Text()) {
	case fits:
	case notComparable:
		w.Fault(string(CodeNotComparable), value, "", "a number")
	case outOfRange:
		w.Fault(string(CodeResultRange), value, "", "a value between valueMin and valueMax")
	default:
		w.Fault(string(CodeResultValue), value, "", "a value that the description allows")
	}
}

// descriptions are the result descriptions of an achievement, read once: many
// results may name each of them.
type descriptions struct {
	list   []description
	index  map[string]int  // by id, where they are more than a few
	levels map[string]bool // of all together, made when it is first needed
}

// fewNames is up to how many names are compared one by one.
const fewNames = 16

func newDescriptions(list jsonx.Value) *descriptions {
	all := &descriptions{}
	for _, v := range list.Items() {
		if v.Kind() == jsonx.Object {
			all.list = append(all.list, newDescription(v))
		}
	}
	if len(all.list) <= fewNames {
		return all
	}
	all.index = make(map[string]int, len(all.list))
	for i := range all.list {
		if _, taken := all.index[all.list[i].id]; !taken {
			all.index[all.list[i].id] = i
		}
	}
	return all
}

func (a *descriptions) find(id string) *description {
	if a.index != nil {
		if i, ok := a.index[id]; ok {
			return &a.list[i]
		}
		return nil
	}
	for i := range a.list {
		if a.list[i].id == id {
			return &a.list[i]
		}
	}
	return nil
}

// levelFault weighs a level that its result's description lacks. Where another
// description of the achievement has it, the reader can tell what is meant: the
// specification's own complete example is such a badge.
func (a *descriptions) levelFault(id string) vc.Code {
	if a.levels == nil {
		a.levels = map[string]bool{}
		for i := range a.list {
			a.list[i].levels.each(func(name string) { a.levels[name] = true })
		}
	}
	if a.levels[id] {
		return CodeOtherLevel
	}
	return CodeAchievedLevel
}

// description is what the rules ask of a ResultDescription.
type description struct {
	id       string
	status   bool // its results have a status
	numeric  bool // its results are numbers
	levels   names
	allowed  names
	min, max bound
}

func newDescription(v jsonx.Value) description {
	d := description{
		id:      jsonx.Content(v.Get("id")),
		status:  jsonx.Content(v.Get("resultType").Single()) == "Status",
		levels:  newNames(v.Get("rubricCriterionLevel"), "id"),
		allowed: newNames(v.Get("allowedValue"), ""),
		min:     newBound(v.Get("valueMin")),
		max:     newBound(v.Get("valueMax")),
	}
	d.numeric = isNumeric(v, d.min, d.max)
	return d
}

// fit says how a value agrees with what a description allows.
type fit uint8

const (
	fits fit = iota
	notListed
	outOfRange
	notComparable
)

// fit judges a value by allowedValue, and else by valueMin and valueMax where results
// are numbers. Other scales have an order that only their issuer knows.
func (d *description) fit(value string) fit {
	if d.allowed.list.Exists() {
		if d.allowed.has(value) {
			return fits
		}
		return notListed
	}
	if !d.numeric || reversed(d.min, d.max) {
		return fits
	}
	f, ok := number(value)
	switch {
	case !ok:
		return notComparable
	case d.min.set && f < d.min.value, d.max.set && f > d.max.value:
		return outOfRange
	}
	return fits
}

// bound is an end of a range, where it is a number.
type bound struct {
	at    jsonx.Value
	value float64
	set   bool
}

func newBound(v jsonx.Value) bound {
	v = plain(v)
	f, ok := number(jsonx.Content(v))
	return bound{v, f, ok}
}

// number reads a finite decimal number.
func number(text string) (float64, bool) {
	if text == "" || strings.Trim(text, "0123456789+-.eE") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil
}

// plain is a text, or that of a language value in its place.
func plain(v jsonx.Value) jsonx.Value {
	v = v.Single()
	if value := v.Get("@value"); value.Exists() {
		return value
	}
	return v
}

// names are the strings of an array, or the strings that its objects have under
// a member. A long list gets a set.
type names struct {
	list   jsonx.Value
	member string
	set    map[string]bool
}

func newNames(list jsonx.Value, member string) names {
	n := names{list: list, member: member}
	if list.Kind() != jsonx.Array || list.Len() <= fewNames {
		return n
	}
	set := make(map[string]bool, list.Len())
	n.each(func(name string) { set[name] = true })
	n.set = set
	return n
}

func (n names) has(name string) bool {
	if n.set != nil {
		return n.set[name]
	}
	found := false
	n.each(func(s string) { found = found || s == name })
	return found
}

func (n names) each(do func(string)) {
	if n.list.Kind() != jsonx.Array {
		n.one(n.list, do)
		return
	}
	for v := n.list.First(); v.Exists(); v = v.Next() {
		n.one(v, do)
	}
}

func (n names) one(v jsonx.Value, do func(string)) {
	if n.member != "" {
		v = v.Get(n.member).Single()
	}
	if v.Kind() == jsonx.String {
		do(v.Text())
	}
}
