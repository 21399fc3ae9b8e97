package rdf_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// reference is RDFC-1.0 as the text of the standard has it, step by step, with
// maps, strings, copies of issuers and all permutations: no pruning, no
// shortcuts, no shared buffers. It exists to be compared with.
type reference struct {
	quads     []rdf.Quad
	mentions  map[int32][]int // a set of quads for each node
	hashes    map[int32]string
	canonical *issuer
	calls     int
	compare   func(a, b string) int // of lines
}

type issuer struct {
	prefix string
	ids    map[int32]string
	order  []int32
}

func newIssuer(prefix string) *issuer { return &issuer{prefix: prefix, ids: map[int32]string{}} }

func (i *issuer) issue(n int32) string {
	if id, ok := i.ids[n]; ok {
		return id
	}
	i.ids[n] = fmt.Sprint(i.prefix, len(i.order))
	i.order = append(i.order, n)
	return i.ids[n]
}

func (i *issuer) clone() *issuer {
	return &issuer{prefix: i.prefix, ids: maps.Clone(i.ids), order: slices.Clone(i.order)}
}

var errTooManyCalls = errors.New("too many calls")

// referenceForm gives the canonical form, or an error for a dataset that would
// take too long.
func referenceForm(d *rdf.Dataset) (string, error) { return referenceFormSorted(d, strings.Compare) }

// referenceFormSorted is referenceForm with another order of lines.
func referenceFormSorted(d *rdf.Dataset, compare func(a, b string) int) (string, error) {
	r := &reference{mentions: map[int32][]int{}, hashes: map[int32]string{}, canonical: newIssuer("c14n"), compare: compare}
	for _, q := range d.Quads() {
		if !slices.Contains(r.quads, q) {
			r.quads = append(r.quads, q)
		}
	}
	for i, q := range r.quads {
		for _, n := range []int32{q.SubjectNode, q.ObjectNode, q.GraphNode} {
			if n != rdf.NoNode && !slices.Contains(r.mentions[n], i) {
				r.mentions[n] = append(r.mentions[n], i)
			}
		}
	}
	groups := map[string][]int32{}
	for _, n := range slices.Sorted(maps.Keys(r.mentions)) {
		h := r.firstDegree(n)
		r.hashes[n] = h
		groups[h] = append(groups[h], n)
	}
	for _, h := range slices.Sorted(maps.Keys(groups)) {
		if len(groups[h]) == 1 {
			r.canonical.issue(groups[h][0])
			delete(groups, h)
		}
	}
	for _, h := range slices.Sorted(maps.Keys(groups)) {
		if err := r.nameGroup(groups[h]); err != nil {
			return "", err
		}
	}
	return r.serialize(), nil
}

func (r *reference) nameGroup(group []int32) error {
	type result struct {
		hash   string
		issuer *issuer
	}
	var results []result
	for _, n := range group {
		if _, named := r.canonical.ids[n]; named {
			continue
		}
		temporary := newIssuer("b")
		temporary.issue(n)
		hash, issued, err := r.nDegree(n, temporary)
		if err != nil {
			return err
		}
		results = append(results, result{hash, issued})
	}
	slices.SortStableFunc(results, func(a, b result) int { return strings.Compare(a.hash, b.hash) })
	for _, res := range results {
		for _, n := range res.issuer.order {
			r.canonical.issue(n)
		}
	}
	return nil
}

func (r *reference) serialize() string {
	var lines []string
	for _, q := range r.quads {
		lines = append(lines, writeQuad(q, func(n int32) string { return r.canonical.ids[n] }))
	}
	slices.SortFunc(lines, r.compare)
	return strings.Join(lines, "")
}

func writeQuad(q rdf.Quad, name func(int32) string) string {
	term := func(iri string, n int32) string {
		if n != rdf.NoNode {
			return "_:" + name(n)
		}
		return "<" + iri + ">"
	}
	object := term(q.Value, q.ObjectNode)
	if q.Kind == rdf.Literal {
		object = `"` + escapeReference.Replace(q.Value) + `"` + q.Suffix
	}
	s := term(q.Subject, q.SubjectNode) + " <" + q.Predicate + "> " + object
	if q.Graph != "" || q.GraphNode != rdf.NoNode {
		s += " " + term(q.Graph, q.GraphNode)
	}
	return s + " .\n"
}

var escapeReference = strings.NewReplacer("\\", `\\`, `"`, `\"`, "\b", `\b`, "\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`,
	"\x00", `\u0000`, "\x01", `\u0001`, "\x0b", `\u000B`, "\x1f", `\u001F`, "\x7f", `\u007F`)

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func (r *reference) firstDegree(n int32) string {
	var lines []string
	for _, i := range r.mentions[n] {
		lines = append(lines, writeQuad(r.quads[i], func(m int32) string {
			if m == n {
				return "a"
			}
			return "z"
		}))
	}
	slices.SortFunc(lines, r.compare)
	return sha(strings.Join(lines, ""))
}

func (r *reference) related(n int32, q rdf.Quad, i *issuer, position string) string {
	input := position
	if position != "g" {
		input += "<" + q.Predicate + ">"
	}
	if id, ok := r.canonical.ids[n]; ok {
		return sha(input + "_:" + id)
	}
	if id, ok := i.ids[n]; ok {
		return sha(input + "_:" + id)
	}
	return sha(input + r.hashes[n])
}

func (r *reference) nDegree(n int32, i *issuer) (string, *issuer, error) {
	if r.calls++; r.calls > 2000 {
		return "", nil, errTooManyCalls
	}
	neighbours := map[string][]int32{}
	for _, k := range r.mentions[n] {
		q := r.quads[k]
		for position, m := range map[string]int32{"s": q.SubjectNode, "o": q.ObjectNode, "g": q.GraphNode} {
			if m != rdf.NoNode && m != n {
				h := r.related(m, q, i, position)
				neighbours[h] = append(neighbours[h], m)
			}
		}
	}
	data := ""
	for _, h := range slices.Sorted(maps.Keys(neighbours)) {
		data += h
		path, issued, err := r.leastPath(neighbours[h], i)
		if err != nil {
			return "", nil, err
		}
		data += path
		i = issued
	}
	return sha(data), i, nil
}

func (r *reference) leastPath(list []int32, i *issuer) (chosen string, issued *issuer, err error) {
	if len(list) > 5 {
		return "", nil, errTooManyCalls
	}
	for _, p := range permutations(list) {
		path, after, err := r.path(p, i.clone())
		if err != nil {
			return "", nil, err
		}
		if chosen == "" || path < chosen {
			chosen, issued = path, after
		}
	}
	return chosen, issued, nil
}

func (r *reference) path(list []int32, i *issuer) (path string, _ *issuer, err error) {
	var recursion []int32
	for _, n := range list {
		if id, ok := r.canonical.ids[n]; ok {
			path += "_:" + id
			continue
		}
		if _, ok := i.ids[n]; !ok {
			recursion = append(recursion, n)
		}
		path += "_:" + i.issue(n)
	}
	for _, n := range recursion {
		hash, after, err := r.nDegree(n, i)
		if err != nil {
			return "", nil, err
		}
		path += "_:" + i.issue(n) + "<" + hash + ">"
		i = after
	}
	return path, i, nil
}

func permutations(list []int32) [][]int32 {
	if len(list) == 0 {
		return [][]int32{nil}
	}
	var all [][]int32
	for i := range list {
		rest := slices.Delete(slices.Clone(list), i, i+1)
		for _, p := range permutations(rest) {
			all = append(all, append([]int32{list[i]}, p...))
		}
	}
	return all
}
