package reading

import (
	"cmp"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// places numbers where objects stand: the names of the members on the way from the
// root. Items of one array, and entries of one record, stand at one place.
type places struct {
	list  []place
	known map[placeKey]int32
	of    map[int]int32 // by the object's number
}

type place struct {
	up    int32
	name  string
	depth int32
}

type placeKey struct {
	up   int32
	name string
}

func (p *places) begin() {
	p.list = append(p.list[:0], place{up: -1})
	if p.known == nil {
		p.known, p.of = map[placeKey]int32{}, map[int]int32{}
	}
}

func (p *places) end() {
	if len(p.of) > mostKept {
		*p = places{}
		return
	}
	clear(p.known)
	clear(p.of)
	clear(p.list)
}

// at returns the number of the place of a value within root.
func (p *places) at(root, v jsonx.Value) int32 {
	for v != root && v.Parent().Kind() == jsonx.Array {
		v = v.Parent()
	}
	above := v.Parent()
	if v == root || !above.Exists() {
		return 0
	}
	up, known := p.of[above.ID()]
	if !known {
		up = p.at(root, above)
		p.of[above.ID()] = up
	}
	key := placeKey{up, v.Name()}
	n, known := p.known[key]
	if !known {
		n = int32(len(p.list))
		p.list = append(p.list, place{up, key.name, p.list[up].depth + 1})
		p.known[key] = n
	}
	return n
}

// order are the members that lead to an object, those first that say it of right:
// who issues, who it is about.
var order = [...]string{"issuer", "credentialSubject", "credentialStatus", "evidence", "achievement", "source", "parentOrg", "creator"}

func rank(name string) int {
	if i := slices.Index(order[:], name); i >= 0 {
		return i
	}
	return len(order)
}

// compare orders places by how near they are: by the number of names above, and
// then by the names.
func (p *places) compare(a, b int32) int {
	if a == b {
		return 0
	}
	x, y := &p.list[a], &p.list[b]
	if c := cmp.Compare(x.depth, y.depth); c != 0 {
		return c
	}
	return cmp.Or(p.compare(x.up, y.up), cmp.Compare(rank(x.name), rank(y.name)), strings.Compare(x.name, y.name))
}
