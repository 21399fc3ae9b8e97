package match

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// maxKey bounds a key, in bytes. What has a longer name is not indexed under it: it comes
// from strangers, and identifiers that somebody asks for are short.
const maxKey = 1024

// key is what an index knows a node by.
func (g *Graph) key(n int32) string {
	if id := g.nodes[n].guid; !id.IsZero() {
		return id.String()
	}
	return g.nodes[n].key
}

// readAliases are the other keys of nodes: copies of a competency have an identifier each,
// and an occupation may be known by a number and by an address.
func (g *Graph) readAliases() map[int32][]string {
	all := map[int32][]string{}
	add := func(n int32, key string) {
		if key != g.key(n) {
			all[n] = append(all[n], key)
		}
	}
	for id, n := range g.byGUID {
		add(n, id.String())
	}
	for name, n := range g.byName {
		add(n, name)
	}
	for _, keys := range all {
		slices.Sort(keys)
	}
	return all
}

// FindKey returns the competency that an [Index] knows by a key.
func (g *Graph) FindKey(key string) (Target, bool) {
	if id, err := casefw.ParseGUID(key); err == nil {
		return g.FindGUID(id)
	}
	if n, ok := g.byName[key]; ok {
		return target(n), true
	}
	return Target{}, false
}

// keysOf are the keys of what an alignment points at: one where the graph knows it. What no
// framework knows yet is found by its own names later.
func (g *Graph) keysOf(a casefw.Alignment) (keys []string) {
	if t, ok := g.Find(a); ok {
		return []string{g.key(t.node())}
	}
	if r := g.catalog.ResolveAlignment(a); !r.GUID.IsZero() {
		return []string{r.GUID.String()}
	}
	if a.TargetType == "" || strings.HasPrefix(a.TargetType, "CF") {
		a.TargetCode = "" // a code of any framework's
	}
	return slices.DeleteFunc(names(a.TargetType, a.TargetCode, a.TargetURL), func(key string) bool { return len(key) > maxKey })
}

// Narrower returns the keys by which an [Index] knows whoever has a competency for certain:
// by the competency itself, by what is said to be the same or was replaced by it, and by
// whatever stands below any of these, at any depth. What is merely related, or only a part by
// isPartOf, is left out. It looks at no more than a hundred thousand competencies.
func (g *Graph) Narrower(a casefw.Alignment) []string {
	t, ok := g.Find(a)
	if !ok {
		return append([]string{}, g.keysOf(a)...)
	}
	return g.keysFrom([]int32{t.node()}, func(l *link) bool {
		return l.exact || l.kind == casefw.ReplacedBy || l.kind == casefw.IsChildOf && !l.inverse
	})
}

// maxNarrower bounds a walk: the largest frameworks have a hundred thousand items.
const maxNarrower = 100_000

// keysFrom are the keys of nodes and of what leads to them by links.
func (g *Graph) keysFrom(queue []int32, follow func(*link) bool) (keys []string) {
	seen, aliases := map[int32]bool{}, g.aliases()
	keys = []string{} // not nil, which would be any
	for _, n := range queue {
		seen[n] = true
	}
	for ; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		keys = append(append(keys, g.key(n)), aliases[n]...)
		links := g.linksOf(n)
		for i := range links {
			if from := links[i].from; !seen[from] && len(seen) < maxNarrower && follow(&links[i]) {
				seen[from] = true
				queue = append(queue, from)
			}
		}
	}
	return keys
}

// Keys returns the keys of everything that is evidence for any of the job's requirements by
// the policy. Who has none of them in an [Index] has a score of zero throughout.
func (m *Matcher) Keys() []string {
	var nodes []int32
	for i := range m.hits {
		if h := &m.hits[i]; !h.beyond && h.worth > 0 && (len(nodes) == 0 || nodes[len(nodes)-1] != h.node) {
			nodes = append(nodes, h.node)
		}
	}
	return m.g.keysFrom(nodes, func(*link) bool { return false })
}
