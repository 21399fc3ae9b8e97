package casefw

import (
	"hash/maphash"
	"slices"
	"strings"
)

// records is a list of records of one class in one version.
type records struct {
	class *class
	n     int
	id    func(i int) GUID
	text  func(i int) (identifier, uri string) // asked where there is no UUID
	rec   func(i int) any
}

// recordName is what a record is known by from version to version: its UUID, else
// another identifier, else its uri. The zero name is none.
type recordName struct {
	id   GUID
	text string
}

// uriName begins a name that is a uri.
const uriName = "uri "

func (l *records) name(i int) recordName {
	if id := l.id(i); !id.IsZero() {
		return recordName{id: id}
	}
	identifier, uri := l.text(i)
	switch {
	case identifier != "":
		return recordName{text: "identifier " + identifier}
	case uri != "":
		return recordName{text: uriName + uri}
	}
	return recordName{}
}

// matching says which records of two versions are the same ones: pairs of places, and
// the places of those that one version alone has. The other way round it is the same.
type matching struct {
	pairs          [][2]int32
	removed, added []int32
}

// namesakes lists the records of each name: the first, and from each the next.
type namesakes struct {
	first map[recordName]int32
	next  []int32
}

func (l *records) namesakes() namesakes {
	x := namesakes{make(map[recordName]int32, l.n), make([]int32, l.n)}
	for i := l.n - 1; i >= 0; i-- {
		name := l.name(i)
		x.next[i] = -1
		if next, known := x.first[name]; known {
			x.next[i] = next
		}
		x.first[name] = int32(i)
	}
	return x
}

func (x *namesakes) of(name recordName) (all []int32) {
	i, known := x.first[name]
	for ; known && i >= 0; i = x.next[i] {
		all = append(all, i)
	}
	return all
}

// alone returns the record of a name that no other has.
func (x *namesakes) alone(name recordName) (i int32, ok bool) {
	i, ok = x.first[name]
	return i, ok && x.next[i] < 0
}

// match finds the records of one version in the other, by name. Of several of one name
// those that are equal are the same, then they go by their order; those whose name tells
// nothing, since they have none or share a uri, are compared as wholes alone.
func match(old, now records) (m matching) {
	were, are := old.namesakes(), now.namesakes()
	for name := range are.first {
		i, one := were.alone(name)
		j, other := are.alone(name)
		if one && other && name != (recordName{}) {
			m.pairs = append(m.pairs, [2]int32{i, j})
			continue
		}
		named := name != (recordName{}) && !strings.HasPrefix(name.text, uriName)
		m.several(old, now, were.of(name), are.of(name), named)
	}
	for name := range were.first {
		if _, stays := are.first[name]; !stays {
			m.removed = append(m.removed, were.of(name)...)
		}
	}
	slices.SortFunc(m.pairs, func(p, q [2]int32) int { return int(p[1] - q[1]) })
	slices.Sort(m.removed)
	slices.Sort(m.added)
	return m
}

// several matches the records of one name.
func (m *matching) several(old, now records, a, b []int32, named bool) {
	sum := func(l records, i int32) uint64 { return maphash.Bytes(seed, appendNormal(nil, l.class, l.rec(int(i)))) }
	equal := map[uint64][]int32{}
	for _, i := range a {
		h := sum(old, i)
		equal[h] = append(equal[h], i)
	}
	var others []int32
	taken := map[int32]bool{}
	for _, j := range b {
		h := sum(now, j)
		if len(equal[h]) == 0 {
			others = append(others, j)
			continue
		}
		m.pairs, taken[equal[h][0]] = append(m.pairs, [2]int32{equal[h][0], j}), true
		equal[h] = equal[h][1:]
	}
	left := slices.DeleteFunc(a, func(i int32) bool { return taken[i] })
	for named && len(left) > 0 && len(others) > 0 {
		m.pairs = append(m.pairs, [2]int32{left[0], others[0]})
		left, others = left[1:], others[1:]
	}
	m.removed, m.added = append(m.removed, left...), append(m.added, others...)
}

// itemRecords and associationRecords are the two long lists of a framework.
func (f *Framework) itemRecords() records {
	return records{class: itemClass, n: f.Len(), id: func(i int) GUID { return f.items.ids[i] },
		text: func(i int) (string, string) { return f.At(i).Identifier(), f.At(i).URI() },
		rec:  func(i int) any { return f.At(i).Record() }}
}

func (f *Framework) associationRecords() records {
	return records{class: associationClass, n: f.LenAssociations(), id: func(i int) GUID { return f.links.ids[i] },
		text: func(i int) (string, string) { return f.AssociationAt(i).Identifier(), f.AssociationAt(i).URI() },
		rec:  func(i int) any { return f.AssociationAt(i).Record() }}
}

// listed are the records that a member of a record holds.
func listed(m *member, rec any) records {
	identifier, uri := m.of.first(kUUID), m.of.first(kURI)
	read := func(named *member, i int) string {
		if named == nil {
			return ""
		}
		return textOf(named.field(m.at(rec, i)))
	}
	return records{class: m.of, n: m.len(rec),
		id: func(i int) GUID {
			id, _ := looseGUID(read(identifier, i))
			return id
		},
		text: func(i int) (string, string) { return read(identifier, i), read(uri, i) },
		rec:  func(i int) any { return m.at(rec, i) }}
}
