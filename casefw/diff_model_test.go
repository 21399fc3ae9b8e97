package casefw_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// change is one change that is made to a framework, and what must be named for it.
type change struct {
	about string
	make  func() (undo func())
	named []string // "Class.member", or "+Class" and "-Class" for whole records
}

// changer draws the changes of every member of every class from the tables.
type changer struct {
	all  []change
	seen map[string]bool
}

// isRecord reports whether objects of a class are records; links are values.
func isRecord(class string) bool {
	return strings.HasPrefix(class, "CF") && !strings.HasSuffix(class, "Enum")
}

func (c *changer) object(class string, object map[string]any) {
	for _, p := range casefw.Properties(class) {
		name := class + "." + p.Name
		if p.Standalone && object[p.Name] == nil {
			object[p.Name] = map[string]any{"title": "t", "identifier": guidOf(7, 7), "uri": "https://x.org/" + guidOf(7, 7)}
		}
		old, there := object[p.Name]
		switch {
		case !there:
			continue
		case isRecord(p.Type) && p.Many:
			c.records(p, object)
		case isRecord(p.Type):
			c.object(p.Type, old.(map[string]any))
		case strings.HasPrefix(p.Type, "Link"):
			c.link(name, p, old)
		case p.Name == "identifier" && class != "CFDocument":
			c.set(name+" is another", object, p.Name, guidOf(8, 8), "+"+class, "-"+class)
			c.seen[name] = true
			continue
		default:
			c.set(name+" differs", object, p.Name, another(p, old), name)
		}
		if !isRecord(p.Type) {
			c.without(name+" is gone", object, p.Name, name)
		}
		c.seen[name] = true
	}
	if class != "CFPackage" {
		c.set(class+" has an extra member", object, "x:extra", json.Number("1"), class+".x:extra")
	}
}

// link changes each member of a link, which names the member that holds it.
func (c *changer) link(name string, p casefw.Property, value any) {
	links, many := value.([]any)
	if !many {
		links = []any{value}
	}
	for _, l := range links {
		for _, inner := range casefw.Properties(p.Type) {
			if old, there := l.(map[string]any)[inner.Name]; there {
				c.set(name+"."+inner.Name, l.(map[string]any), inner.Name, another(inner, old), name)
				c.seen[p.Type+"."+inner.Name] = true
			}
		}
	}
}

// records changes the records of a list, and takes each away.
func (c *changer) records(p casefw.Property, holder map[string]any) {
	list := holder[p.Name].([]any)
	for i, r := range list {
		c.object(p.Type, r.(map[string]any))
		c.set(fmt.Sprint(p.Type, " ", i, " is gone"), holder, p.Name, slices.Delete(slices.Clone(list), i, i+1), "-"+p.Type)
	}
	more := copied(list[0]).(map[string]any)
	more["identifier"] = guidOf(9, 9)
	c.set(p.Type+" is new", holder, p.Name, append(slices.Clone(list), more), "+"+p.Type)
	c.set(p.Type+" stands twice", holder, p.Name, append(slices.Clone(list), copied(list[0])), "+"+p.Type)
	c.without(p.Name+" is gone", holder, p.Name, "-"+p.Type)
}

func (c *changer) set(about string, object map[string]any, name string, value any, named ...string) {
	c.all = append(c.all, change{about, func() func() {
		old, there := object[name]
		object[name] = value
		return func() {
			if object[name] = old; !there {
				delete(object, name)
			}
		}
	}, named})
}

func (c *changer) without(about string, object map[string]any, name string, named ...string) {
	c.all = append(c.all, change{about, func() func() {
		old := object[name]
		delete(object, name)
		return func() { object[name] = old }
	}, named})
}

// another returns a value of a type that is not the one given.
func another(p casefw.Property, old any) any {
	if p.Many {
		list := slices.Clone(old.([]any))
		p.Many = false
		list[0] = another(p, list[0])
		return list
	}
	switch p.Type {
	case "DateTime":
		return "2026-01-01T00:00:00Z"
	case "Date":
		return "2026-01-02"
	case "Integer", "Float":
		return json.Number("1" + strings.Trim(string(old.(json.Number)), "-"))
	case "Extension":
		return map[string]any{"laurel:note": "another", "big": json.Number("9007199254740993")}
	}
	return old.(string) + "x"
}

// namesOf lists what the changes name.
func namesOf(c *casefw.Changes) map[string]bool {
	named := map[string]bool{}
	members := func(class string, changes []casefw.MemberChange) {
		for _, m := range changes {
			named[class+"."+m.Name] = true
		}
	}
	members("CFPackage", c.Package)
	members("CFDocument", c.Document)
	for _, i := range c.Changed {
		members("CFItem", i.Members)
	}
	for _, a := range c.ChangedAssociations {
		members("CFAssociation", a.Members)
	}
	for _, r := range c.ChangedRecords {
		members(r.New.Class, r.Members)
	}
	whole := func(sign, class string, n int) {
		if n > 0 {
			named[sign+class] = true
		}
	}
	whole("+", "CFItem", len(c.Added))
	whole("-", "CFItem", len(c.Removed))
	whole("+", "CFAssociation", len(c.AddedAssociations))
	whole("-", "CFAssociation", len(c.RemovedAssociations))
	for _, r := range c.AddedRecords {
		named["+"+r.Class] = true
	}
	for _, r := range c.RemovedRecords {
		named["-"+r.Class] = true
	}
	return named
}

// No class and no member of the model can change without a word. What there is to change
// is drawn from the tables, so that what they come to have is asked for too.
func TestDiffKnowsTheWholeModel(t *testing.T) {
	c := drawn(t, bakers)
	require.Greater(t, len(c.all), 500)
	for _, class := range casefw.Classes() {
		for _, p := range casefw.Properties(class) {
			if !strings.HasSuffix(class, "Set") {
				require.True(t, c.seen[class+"."+p.Name], "no change of %s.%s", class, p.Name)
			}
		}
	}
}

// drawn makes each change that there is in a text, or those of some members, and wants it
// named from both sides.
func drawn(t *testing.T, text string, of ...string) *changer {
	t.Helper()
	tree := value(t, []byte(text)).(map[string]any)
	c := &changer{seen: map[string]bool{}}
	c.object("CFPackage", tree)
	load := func() *casefw.Framework {
		b, err := json.Marshal(tree)
		require.NoError(t, err)
		return loaded(t, b)
	}
	before := load()
	for _, change := range c.all {
		if len(of) > 0 && !slices.ContainsFunc(of, func(name string) bool { return strings.Contains(change.about, name) }) {
			continue
		}
		undo := change.make()
		after := load()
		undo()
		there, back := casefw.Diff(before, after), casefw.Diff(after, before)
		require.False(t, there.Empty(), change.about)
		for _, name := range change.named {
			require.Contains(t, namesOf(there), name, change.about)
			require.Contains(t, namesOf(back), turned(name), change.about)
		}
	}
	return c
}

// turned is what the comparison the other way round says.
func turned(name string) string {
	switch name[0] {
	case '+':
		return "-" + name[1:]
	case '-':
		return "+" + name[1:]
	}
	return name
}

// A class that is renamed is compared under its new names: nothing but the tables says
// what there is.
func TestDiffGoesByTheTables(t *testing.T) {
	for _, m := range [][2]string{{"CFLicense", "licenseText"}, {"CFRubricCriterionLevel", "score"}, {"CFRubricCriterion", "weight"},
		{"CFDefinition", "CFItemTypes"}, {"CFPackage", "CFRubrics"}, {"CFPackage", "extensions"}} {
		t.Run(m[0]+"."+m[1], func(t *testing.T) {
			defer casefw.Rename(m[0], m[1], "otherName")()
			renamed := strings.ReplaceAll(bakers, `"`+m[1]+`":`, `"otherName":`)
			require.True(t, drawn(t, renamed, "otherName").seen[m[0]+".otherName"])
		})
	}
}

// Empty looks at every list that Changes has.
func TestEmptyLooksAtAll(t *testing.T) {
	kind := reflect.TypeFor[casefw.Changes]()
	for i := range kind.NumField() {
		var c casefw.Changes
		field := reflect.ValueOf(&c).Elem().Field(i)
		if field.Kind() != reflect.Slice {
			continue
		}
		field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		require.False(t, c.Empty(), kind.Field(i).Name)
	}
}

// What says the same in other words is no change: instants in another zone, numbers with
// other zeros, extensions in another order.
func TestDiffTakesSpellingsForOne(t *testing.T) {
	before := loaded(t, []byte(bakers))
	for name, other := range map[string]func(string) string{
		"zone":         func(s string) string { return strings.ReplaceAll(s, "T08:00:00Z", "T10:00:00+02:00") },
		"fraction":     func(s string) string { return strings.ReplaceAll(s, "T08:00:00Z", "T08:00:00.000Z") },
		"date as time": func(s string) string { return strings.ReplaceAll(s, `"2025-01-01"`, `"2025-01-01T00:00:00Z"`) },
		"zeros":        func(s string) string { return strings.ReplaceAll(s, `"exact": 1.1`, `"exact": 110e-2`) },
		"weight":       func(s string) string { return strings.ReplaceAll(s, `"weight": `, `"weight": 0`) },
	} {
		text := other(bakers)
		if name == "weight" {
			text = strings.NewReplacer(`"weight": 3`, `"weight": 3.0`, `"weight": 1`, `"weight": 10e-1`,
				`"weight": 0.75`, `"weight": 0.7500`, `"score": 0`, `"score": 0e5`).Replace(bakers)
		}
		require.NotEqual(t, bakers, text, name)
		c := casefw.Diff(before, loaded(t, []byte(text)))
		require.True(t, c.Empty(), "%s: %v", name, namesOf(c))
	}
	for one, other := range map[string]string{"9007199254740993": "9007199254740992", "0.1": "0.10000000000000000001", "1e2": "1e3",
		"-1": "1", "1e99999999999999999999": "2e99999999999999999999"} {
		with := func(n string) *casefw.Framework {
			return loaded(t, []byte(strings.ReplaceAll(bakers, `"exact": 1.1`, `"exact": `+n)))
		}
		require.False(t, casefw.Diff(with(one), with(other)).Empty(), "%s and %s are two numbers", one, other)
	}
	for _, text := range []string{`"exact": [1, {"b": 1, "a": 2}]`, `"exact": [1, {"a": 2.0, "b": 1}]`} {
		again := strings.ReplaceAll(bakers, `"exact": 1.1`, text)
		first := strings.ReplaceAll(bakers, `"exact": 1.1`, `"exact": [1, {"b": 1, "a": 2}]`)
		require.True(t, casefw.Diff(loaded(t, []byte(first)), loaded(t, []byte(again))).Empty())
	}
}

// Frameworks in which records stand twice, alike or changed, under identifiers that are
// none and under uris that several have: none differs from itself, in whatever order it
// stands, and what one has more than the other is the same from either side.
func TestDiffOfRepeatedRecords(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range sized(300, 40) {
		tree := value(t, []byte(bakers)).(map[string]any)
		repeat(r, tree)
		one, err := json.Marshal(tree)
		require.NoError(t, err)
		a := loaded(t, one)
		require.True(t, casefw.Diff(a, a).Empty())
		require.True(t, casefw.Diff(a, loaded(t, one)).Empty())
		if tree, ok := mutate(r, tree).(map[string]any); ok {
			repeat(r, tree)
			other, err := json.Marshal(tree)
			require.NoError(t, err)
			b, _, err := casefw.LoadBytes(other, casefw.Options{})
			if err == nil {
				symmetric(t, a, b)
			}
		}
	}
}

// repeat repeats records of any list, some changed, some nameless.
func repeat(r *rand.Rand, v any) {
	switch x := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(x)) {
			repeat(r, x[name])
			list, many := x[name].([]any)
			if !many || len(list) == 0 || r.IntN(2) == 0 {
				continue
			}
			again, isObject := copied(list[r.IntN(len(list))]).(map[string]any)
			if !isObject {
				continue
			}
			switch r.IntN(6) {
			case 0:
				again["x:more"] = json.Number(fmt.Sprint(r.IntN(3)))
			case 1:
				delete(again, "identifier")
			case 2:
				delete(again, "identifier")
				delete(again, "uri")
			case 3:
				again["identifier"] = "7"
			}
			x[name] = slices.Insert(list, r.IntN(len(list)+1), any(again))
		}
	case []any:
		for _, e := range x {
			repeat(r, e)
		}
	}
}

func symmetric(t *testing.T, a, b *casefw.Framework) {
	t.Helper()
	there, back := casefw.Diff(a, b), casefw.Diff(b, a)
	require.Equal(t, there.Empty(), back.Empty())
	require.Equal(t, there.Added, back.Removed)
	require.Equal(t, there.Removed, back.Added)
	require.Equal(t, there.AddedAssociations, back.RemovedAssociations)
	require.Equal(t, there.RemovedAssociations, back.AddedAssociations)
	require.ElementsMatch(t, there.AddedRecords, back.RemovedRecords)
	require.ElementsMatch(t, there.RemovedRecords, back.AddedRecords)
	require.Len(t, back.Changed, len(there.Changed))
	require.Len(t, back.ChangedAssociations, len(there.ChangedAssociations))
	require.Len(t, back.ChangedRecords, len(there.ChangedRecords))
	require.Equal(t, there.Substantive(), back.Substantive())
}
