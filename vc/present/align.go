package present

import (
	"bytes"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// aligner holds what is sent against what is held: the members and items of one are among
// those of the other, in their order as far as arrays go.
type aligner struct {
	sentSkip, heldSkip jsonx.Value          // the proofs, which differ
	gone               map[jsonx.Value]bool // what of the held is taken as not there
	held               map[jsonx.Value]jsonx.Value
}

// align returns for each scalar of what is sent, and each empty object or array, where it
// stands in what is held. What was hidden is looked at only where nothing else can have been
// sent.
func align(held, sent jsonx.Value, hidden []jsonx.Value) map[jsonx.Value]jsonx.Value {
	a := aligner{sentSkip: sent.Get("proof"), heldSkip: held.Get("proof"),
		gone: map[jsonx.Value]bool{}, held: map[jsonx.Value]jsonx.Value{}}
	for _, v := range hidden {
		a.gone[v] = true
	}
	if !a.covers(held, sent) {
		clear(a.gone)
	}
	a.pair(held, sent)
	return a.held
}

// covers reports whether all of what is sent stands in what is held.
func (a *aligner) covers(held, sent jsonx.Value) bool {
	if held.Kind() != sent.Kind() {
		return false
	}
	switch sent.Kind() {
	case jsonx.Object:
		for m := sent.First(); m.Exists(); m = m.Next() {
			other := a.member(held, m)
			if m != a.sentSkip && (!other.Exists() || !a.covers(other, m)) {
				return false
			}
		}
		return true
	case jsonx.Array:
		_, all := a.items(held, sent)
		return all
	}
	return same(held, sent)
}

func (a *aligner) member(held, m jsonx.Value) jsonx.Value {
	v := held.Get(m.Name())
	if v == a.heldSkip || a.gone[v] {
		return jsonx.Value{}
	}
	return v
}

// items finds for each item of an array the first of the other that it may be, behind that of
// the item before.
func (a *aligner) items(held, sent jsonx.Value) (pairs [][2]jsonx.Value, all bool) {
	next := held.First()
	for item := sent.First(); item.Exists(); item = item.Next() {
		for next.Exists() && (a.gone[next] || !a.covers(next, item)) {
			next = next.Next()
		}
		if !next.Exists() {
			return pairs, false
		}
		pairs = append(pairs, [2]jsonx.Value{next, item})
		next = next.Next()
	}
	return pairs, true
}

func same(a, b jsonx.Value) bool {
	if a.Kind() == jsonx.String {
		return a.Text() == b.Text()
	}
	return bytes.Equal(a.Raw(), b.Raw())
}

// pair notes where the scalars of what is sent stand in what is held.
func (a *aligner) pair(held, sent jsonx.Value) {
	switch {
	case !sent.First().Exists():
		a.held[sent] = held
	case sent.Kind() == jsonx.Object:
		for m := sent.First(); m.Exists(); m = m.Next() {
			if other := a.member(held, m); m != a.sentSkip && other.Exists() {
				a.pair(other, m)
			}
		}
	default:
		pairs, _ := a.items(held, sent)
		for _, p := range pairs {
			a.pair(p[0], p[1])
		}
	}
}
