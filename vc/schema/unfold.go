package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/laurel-edu/laurel/vc"
)

// compiled is a schema that is ready to be evaluated. It is immutable and safe for
// concurrent use.
type compiled struct {
	schema  *jsonschema.Schema
	plan    *plan
	schemas int // in all, each once
}

// plan is what one schema applies to what, for counting steps before they are done.
type plan struct {
	here    []edge          // to the same value
	member  map[string]edge // to the member of the name
	members []edge          // to every member, perhaps
	names   []edge          // to the name of every member
	item    []edge          // to the item of the index
	items   []edge          // to every item, perhaps

	own      int  // names that are looked for, literals that are compared with
	text     int  // of what an error of this schema quotes, beside its places
	pattern  int  // instructions for a text
	patterns int  // instructions for a name, of all patterns of names
	quotes   bool // an error quotes the text that was judged
	unique   bool // items are compared with one another
}

// edge leads to a schema by a keyword, whose length the places of errors grow by.
type edge struct {
	to    *plan
	label int
}

// maxInPlace is how many schemas apply to one value by way of one another: frames of
// the evaluation's stack, at each of 64 levels of a document. Real ones have ten.
const maxInPlace = 64

// unfolder makes plans, and counts what a schema unfolds to.
type unfolder struct {
	plans map[*jsonschema.Schema]*plan
	path  map[*jsonschema.Schema]bool
	nodes int
	most  int
	fault *fault
}

// unfold makes the plan of a schema, or says why it is not evaluated.
func unfold(s *jsonschema.Schema, most int) (*compiled, *fault) {
	u := &unfolder{plans: map[*jsonschema.Schema]*plan{}, path: map[*jsonschema.Schema]bool{}, most: most}
	if u.visit(s, 0); u.fault != nil {
		return nil, u.fault
	}
	return &compiled{schema: s, plan: u.plans[s], schemas: len(u.plans)}, nil
}

// visit counts a schema and all below it, each time it is met, but for those that lead
// back to one on the path. deep counts the schemas before it that judge the same value.
func (u *unfolder) visit(s *jsonschema.Schema, deep int) {
	switch u.nodes++; {
	case u.fault != nil:
		return
	case u.nodes > u.most:
		u.fault = &fault{code: CodeUnfolds, found: "more nodes", expected: fmt.Sprintf("at most %d", u.most)}
		return
	case deep > maxInPlace:
		u.fault = &fault{code: CodeUnfolds, found: "a longer chain of references", expected: fmt.Sprintf("at most %d", maxInPlace)}
		return
	case dynamic(s.DynamicRef, s.RecursiveRef):
		u.fault = &fault{code: CodeKeywordNotSupported, found: vc.Quote(s.Location)}
		return
	case u.path[s]:
		return
	}
	u.path[s] = true
	defer delete(u.path, s)
	p, known := u.plans[s]
	if !known {
		p = planOf(s)
		u.plans[s] = p
	}
	each(s, func(to *jsonschema.Schema, place place, name, label string) {
		next := 0
		if place == placeHere {
			next = deep + 1
		}
		if u.visit(to, next); u.fault == nil && !known {
			p.add(place, name, edge{u.plans[to], len(label) + len(name) + len("//")})
		}
	})
}

// dynamic reports a reference whose target depends on who refers.
func dynamic(ref, recursive *jsonschema.Schema) bool {
	return ref != nil && ref.DynamicAnchor != "" || recursive != nil && recursive.RecursiveAnchor
}

// place is which part of a value a schema within another applies to.
type place uint8

const (
	placeHere place = iota
	placeMember
	placeMembers
	placeNames
	placeItem
	placeItems
)

func (p *plan) add(at place, name string, e edge) {
	switch at {
	case placeHere:
		p.here = append(p.here, e)
	case placeMember:
		p.member[name] = e
	case placeMembers:
		p.members = append(p.members, e)
	case placeNames:
		p.names = append(p.names, e)
	case placeItem:
		p.item = append(p.item, e)
	case placeItems:
		p.items = append(p.items, e)
	}
}

// each yields the schemas within a schema, with where each applies.
func each(s *jsonschema.Schema, yield func(to *jsonschema.Schema, at place, name, label string)) {
	one := func(to *jsonschema.Schema, at place, label string) {
		if to != nil {
			yield(to, at, "", label)
		}
	}
	list := func(all []*jsonschema.Schema, at place, label string) {
		for _, to := range all {
			yield(to, at, "", label+"/00000")
		}
	}
	one(s.Ref, placeHere, "$ref")
	one(s.RecursiveRef, placeHere, "$recursiveRef")
	one(s.DynamicRef, placeHere, "$dynamicRef")
	one(s.Not, placeHere, "not")
	one(s.If, placeHere, "if")
	one(s.Then, placeHere, "then")
	one(s.Else, placeHere, "else")
	list(s.AllOf, placeHere, "allOf")
	list(s.AnyOf, placeHere, "anyOf")
	list(s.OneOf, placeHere, "oneOf")
	for _, name := range slices.Sorted(maps.Keys(s.DependentSchemas)) {
		one(s.DependentSchemas[name], placeHere, "dependentSchemas/"+name)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Dependencies)) {
		to, _ := s.Dependencies[name].(*jsonschema.Schema)
		one(to, placeHere, "dependencies/"+name)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		yield(s.Properties[name], placeMember, name, "properties")
	}
	byText := func(a, b *regexp.Regexp) int { return cmp.Compare(a.String(), b.String()) }
	for _, pattern := range slices.SortedFunc(maps.Keys(s.PatternProperties), byText) {
		one(s.PatternProperties[pattern], placeMembers, "patternProperties/"+pattern.String())
	}
	rest, _ := s.AdditionalProperties.(*jsonschema.Schema)
	one(rest, placeMembers, "additionalProperties")
	one(s.UnevaluatedProperties, placeMembers, "unevaluatedProperties")
	one(s.PropertyNames, placeNames, "propertyNames")
	eachOfItems(one, list, s)
}

func eachOfItems(one func(*jsonschema.Schema, place, string), list func([]*jsonschema.Schema, place, string), s *jsonschema.Schema) {
	switch items := s.Items.(type) {
	case *jsonschema.Schema:
		one(items, placeItems, "items")
	case []*jsonschema.Schema:
		list(items, placeItem, "items")
	}
	list(s.PrefixItems, placeItem, "prefixItems")
	rest, _ := s.AdditionalItems.(*jsonschema.Schema)
	one(rest, placeItems, "additionalItems")
	one(s.Items2020, placeItems, "items")
	one(s.Contains, placeItems, "contains")
	one(s.UnevaluatedItems, placeItems, "unevaluatedItems")
}

// planOf says what a schema itself costs.
func planOf(s *jsonschema.Schema) *plan {
	if s.ContentSchema != nil {
		s.ContentSchema = nil // no keyword of draft 07, where the library would evaluate it over unknown text
	}
	p := &plan{member: map[string]edge{}, text: len(s.Location), unique: s.UniqueItems, quotes: s.Format != ""}
	for _, name := range s.Required {
		p.text += len(name) + 4
	}
	literals, _ := json.Marshal([]any{s.Enum, s.Constant})
	p.own = len(s.Required) + len(s.Dependencies) + len(s.DependentRequired) + len(literals)/bytesPerUnit
	for _, names := range s.DependentRequired {
		p.own += len(names)
	}
	for _, names := range s.Dependencies {
		if names, ok := names.([]string); ok {
			p.own += len(names)
		}
	}
	p.text += len(literals)
	if s.Pattern != nil {
		p.pattern, _ = patternSize(s.Pattern.String())
		p.text += len(s.Pattern.String())
	}
	for pattern := range s.PatternProperties {
		size, _ := patternSize(pattern.String())
		p.patterns += size
	}
	return p
}
