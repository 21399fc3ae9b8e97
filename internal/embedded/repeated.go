package embedded

import "github.com/laurel-edu/laurel/internal/jsonx"

// repeat shows what says no more than is shown already. Several objects of one id may make
// one statement, and where such an object is shown in part, its reader takes what it lacks
// for withheld, or for said otherwise elsewhere: who shows the statement shows it in each of
// the objects that are shown. No statement is added by that.
func (p *Shown) repeat() {
	r := p.repetition()
	if r != nil {
		r.walk(p.chosen.root)
	}
}

// repetition knows by the number of a value how many statements it makes, and how many of
// those are not shown anywhere; each is a sum over all values before.
type repetition struct {
	chosen      *selection
	made, alone []int
}

// repetition is nil where every statement that is shown is made once.
func (p *Shown) repetition() *repetition {
	s, again := p.statements, false
	n := len(p.chosen.whole)
	r := &repetition{p.chosen, make([]int, n+1), make([]int, n+1)}
	labels, lines := s.labels(canonicalLabel), p.Has(canonicalLabel)
	var line []byte
	for i := range s.set.Len() {
		value := s.origins.Statement(i)
		if value >= n {
			continue
		}
		r.made[value+1]++
		line = s.set.AppendLine(line[:0], i, labels)
		if shown := lines[string(line)]; !shown {
			r.alone[value+1]++
		} else {
			again = again || !p.has(i)
		}
	}
	if !again {
		return nil
	}
	for i := range n {
		r.made[i+1] += r.made[i]
		r.alone[i+1] += r.alone[i]
	}
	return r
}

// says reports whether values make statements, and none but such as are shown.
func (r *repetition) says(first, end int) bool {
	return r.made[end] > r.made[first] && r.alone[end] == r.alone[first]
}

// walk goes through what is shown in part. Into what is in one piece it does not go.
func (r *repetition) walk(v jsonx.Value) {
	if v != r.chosen.root && r.chosen.divisible(v, "") != nil {
		return
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		first, end := m.ID(), endOf(m)
		switch {
		case m == r.chosen.skip || r.chosen.whole[first]:
		case r.chosen.path[first] || m.Kind() == jsonx.Array && !r.says(first, end):
			r.walk(m)
		case r.says(first, end):
			r.chosen.take(m)
		case m.Kind() == jsonx.Object && r.says(first, first+1):
			r.chosen.pass(m)
			r.walk(m)
		}
	}
}
