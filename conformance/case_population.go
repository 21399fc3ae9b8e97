package conformance

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// census counts which members of which classes have a value somewhere in what is offered.
type census map[string]map[string]int

// count counts the members of an object of a class, and of what stands in it. The classes of
// what is in it are those of the information model, so that it ends.
func (c census) count(v jsonx.Value, class string) {
	if v.Kind() != jsonx.Object {
		return
	}
	if c[class] == nil {
		c[class] = map[string]int{}
	}
	for _, p := range casefw.Properties(class) {
		m := v.Get(p.Name)
		if !populated(m) {
			continue
		}
		c[class][p.Name]++
		if casefw.Properties(p.Type) == nil {
			continue
		}
		for one := range m.All() {
			c.count(one, p.Type)
		}
	}
}

// populated reports whether a member has a value: empty texts and lists are none.
func populated(v jsonx.Value) bool {
	switch v.Kind() {
	case jsonx.String:
		return strings.TrimSpace(v.Text()) != ""
	case jsonx.Array:
		return v.Len() > 0
	case jsonx.Null:
		return false
	}
	return v.Exists()
}

// peopled are the classes whose members must all occur. Those of rubrics are left out as
// their endpoint is, links and sets are parts of the others.
var peopled = []string{"CFDocument", "CFItem", "CFAssociation", "CFConcept", "CFSubject", "CFLicense", "CFItemType",
	"CFAssociationGrouping"}

// checkPopulation counts over the whole of what is offered.
func checkPopulation(p *probe, v casefw.Version) error {
	f, c := p.frameworks(v), census{}
	asked := map[string]bool{}
	f.packages(func(_, pack jsonx.Value, _ *answer) bool {
		c.count(pack, "CFPackage")
		for k := range endpoints {
			f.alone(&endpoints[k], pack, c, asked)
		}
		return true
	})
	if len(c) == 0 {
		return nil // which was told
	}
	p.counts = map[string]int{}
	for _, class := range peopled {
		c.tell(class, v, p.counts)
		missing := c.missing(class, v)
		f.holds(len(missing) == 0,
			Finding{Message: "members of " + class + " have no value anywhere in what is offered", Pointer: "/" + class,
				Found: strings.Join(missing, ", ")})
	}
	return nil
}

// alone counts what only the answer about a single record has, such as what it belongs to.
// One record of a kind is asked for.
func (f *frameworks) alone(e *endpoint, pack jsonx.Value, c census, asked map[string]bool) {
	class := strings.TrimSuffix(e.path, "s")
	all := e.records(pack)
	if asked[e.path] || len(all) == 0 || !slices.ContainsFunc(casefw.Properties(class),
		func(p casefw.Property) bool { return p.Standalone }) {
		return
	}
	asked[e.path] = true
	if v, _, ok := f.good("/"+e.path+"/"+identifier(all[0]), nil); ok {
		c.count(v, class)
	}
}

// tell writes how often each member of a class has a value.
func (c census) tell(class string, v casefw.Version, counts map[string]int) {
	for _, p := range casefw.Properties(class) {
		if p.Since <= v {
			counts[class+"."+p.Name] = c[class][p.Name]
		}
	}
}

// missing are the members that a class has in a version and that have no value. Extensions
// are no member that anybody must have.
func (c census) missing(class string, v casefw.Version) (names []string) {
	for _, p := range casefw.Properties(class) {
		if p.Since <= v && p.Type != "Extension" && c[class][p.Name] == 0 {
			names = append(names, p.Name)
		}
	}
	return names
}
