package match

import (
	"cmp"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// explainer tells what the numbers of a tally are made of.
type explainer struct {
	*tally
	used  []bool // by what is held
	flags []Flag
}

// requirement is how far one is met, and why.
func (e *explainer) requirement(i int) Score {
	a, r := &e.m.asked[i], &e.m.job.Requirements[i]
	s := Score{ID: r.id(i), Flags: slices.Clone(a.flags), Used: []Evidence{}, Suggestions: []string{}, Current: a.current}
	if s.Flags == nil {
		s.Flags = []Flag{}
	}
	if s.Item = e.m.name(i); len(a.targets) == 0 {
		return s
	}
	score := e.of(i).worth
	s.Score, s.Met = &score, e.m.met(score)
	for _, p := range e.parts(e.of(i)) {
		e.tell(&s, &p)
	}
	e.missed(&s, i)
	e.suggest(&s, i)
	return s
}

// name is what a requirement asks for, as its job calls it where no framework knows it.
func (m *Matcher) name(i int) string {
	if a := &m.asked[i]; len(a.targets) > 0 {
		return m.g.Name(a.targets[0])
	}
	t := &m.job.Requirements[i].Target
	return cmp.Or(t.TargetCode, t.TargetURL, t.TargetName)
}

// part is what is used, the share of the requirement that it is, and what it is worth there:
// all shares times their worth are the score.
type part struct {
	*use
	share, worth float64
}

// parts is what makes an outcome, the strongest first.
func (e *explainer) parts(o outcome) (all []part) {
	if o.worth > 0 {
		all = e.spread(all, o.by, 1, 1)
	}
	slices.SortStableFunc(all, func(a, b part) int {
		return cmp.Or(cmp.Compare(b.share*b.worth, a.share*a.worth), cmp.Compare(a.hops, b.hops))
	})
	return all
}

// spread adds what makes a share of an outcome: a use, or what stands for the leaves of a
// cover, which is worth something itself. One use is one part.
func (e *explainer) spread(all []part, by int32, share, worth float64) []part {
	if by >= 0 {
		u := &e.uses[by]
		if i := slices.IndexFunc(all, func(p part) bool { return p.use == u && p.worth == worth*u.worth }); i >= 0 {
			all[i].share += share
			return all
		}
		return append(all, part{u, share, worth * u.worth})
	}
	leaves := e.leaves[-1-by]
	worth *= e.m.covers[-1-by].worth
	counts, order := map[int32]int{}, []int32(nil)
	for i := range leaves {
		if leaves[i].worth == 0 {
			continue
		}
		if counts[leaves[i].by]++; counts[leaves[i].by] == 1 {
			order = append(order, leaves[i].by)
		}
	}
	for _, one := range order {
		all = e.spread(all, one, share*float64(counts[one])/float64(len(leaves)), worth)
	}
	return all
}

// tell adds a part to what a score is made of, and what a reader must know about it.
func (e *explainer) tell(s *Score, p *part) {
	h := &e.held[p.held]
	e.used[p.held] = true
	one := Evidence{Claim: h.Claim, Item: e.m.g.Name(h.Target), Worth: p.worth, Share: p.share, Path: e.m.path(p.path)}
	s.Used = append(s.Used, one)
	s.Flags = flagged(flagged(s.Flags, p.flag), Flag(h.Flag))
	e.flags = flagged(e.flags, Flag(h.Flag))
	if e.m.ambiguous(h.Target, p.path) {
		s.Flags = flagged(s.Flags, FlagAmbiguous)
	}
	if slices.ContainsFunc(one.Path, func(step Step) bool { return step.Type == casefw.IsChildOf && step.Inverse }) {
		s.Flags = flagged(s.Flags, FlagBroader)
	}
}

// missed tells what would have been evidence.
func (e *explainer) missed(s *Score, i int) {
	for _, u := range e.uses {
		switch h := &e.held[u.held]; {
		case int(u.in.asked) != i || u.worth == 0:
		case h.Against != "":
			s.Flags = flagged(s.Flags, Flag(h.Against))
		case u.beyond && *s.Score == 0:
			s.Flags = flagged(s.Flags, FlagHopLimit)
		}
	}
}

// suggest names what is held by a claim that counts, reads the same, and is not linked.
func (e *explainer) suggest(s *Score, i int) {
	if *s.Score > 0 || e.m.asked[i].text == "" {
		return
	}
	linked := map[int]bool{}
	for _, u := range e.uses {
		if int(u.in.asked) == i {
			linked[u.held] = true
		}
	}
	for k := range e.held {
		item := e.m.g.Item(e.held[k].Target)
		if linked[k] || e.held[k].Against != "" || item.IsZero() || folded(item.Statement()) != e.m.asked[i].text {
			continue
		}
		if name := item.GUID().String(); !slices.Contains(s.Suggestions, name) {
			s.Suggestions = append(s.Suggestions, name)
		}
	}
}

func flagged(all []Flag, f Flag) []Flag {
	if f == "" || slices.Contains(all, f) {
		return all
	}
	return append(all, f)
}

// surplus are the claims that were used for nothing, and had nothing against them.
func (e *explainer) surplus() []int {
	claims, used := []int{}, map[int]bool{}
	for k := range e.held {
		if e.used[k] {
			used[e.held[k].Claim] = true
		}
	}
	for k := range e.held {
		if c := e.held[k].Claim; e.held[k].Against == "" && !used[c] && !slices.Contains(claims, c) {
			claims = append(claims, c)
		}
	}
	return claims
}

// path writes a path from the evidence to the requirement.
func (m *Matcher) path(p *step) []Step {
	steps := []Step{}
	for ; p != nil; p = p.next {
		steps = append(steps, Step{Type: p.link.kind, Inverse: p.link.inverse, Association: p.link.by.Identifier(),
			Framework: p.link.by.Framework().GUID().String(), To: m.g.Name(target(p.to))})
	}
	return steps
}

// ambiguous reports whether a path leads over a thing that is said to be the same as two
// things of one framework: one of them is wrong, and closure makes it worse.
func (m *Matcher) ambiguous(from Target, p *step) bool {
	for at := from.node(); p != nil; at, p = p.to, p.next {
		if p.link.exact && (m.g.doubled(at, p.to) || m.g.doubled(p.to, at)) {
			return true
		}
	}
	return false
}

// doubled reports whether a node is matched exactly with another one of the framework
// that its match is of.
func (g *Graph) doubled(n, match int32) bool {
	framework := g.nodes[match].item.Framework()
	if g.nodes[match].item.IsZero() {
		return false
	}
	for _, l := range g.linksOf(n) {
		other := g.nodes[l.from].item
		if l.kind == casefw.ExactMatchOf && l.from != match && !other.IsZero() && other.Framework() == framework {
			return true
		}
	}
	return false
}
