package match

import (
	"cmp"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// explain tells what a score is made of, and what a reader must know about it.
func (t *tally) explain(s *Score, best *outcome, i int) {
	slices.SortStableFunc(best.parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(b.share*b.used.worth, a.share*a.used.worth), cmp.Compare(a.hops, b.hops))
	})
	for _, p := range best.parts {
		h := &t.held[p.held]
		t.used[p.held] = true
		e := Evidence{Claim: h.Claim, Item: t.m.g.Name(h.Target), Worth: p.used.worth, Share: p.share, Path: t.m.path(p.path)}
		s.Used = append(s.Used, e)
		s.flag(p.flag)
		s.flag(Flag(h.Flag))
		t.flag(Flag(h.Flag))
		if t.m.ambiguous(h.Target, p.path) {
			s.flag(FlagAmbiguous)
		}
		if slices.ContainsFunc(e.Path, func(step Step) bool { return step.Type == casefw.IsChildOf && step.Inverse }) {
			s.flag(FlagBroader)
		}
	}
	t.missed(s, i)
	t.suggest(s, i)
}

// missed tells what would have been evidence.
func (t *tally) missed(s *Score, i int) {
	for _, u := range t.hits[i] {
		switch h := &t.held[u.held]; {
		case u.worth == 0:
		case h.Against != "":
			s.flag(Flag(h.Against))
		case u.beyond && *s.Score == 0:
			s.flag(FlagHopLimit)
		}
	}
}

// suggest names what is held, reads the same, and is not linked.
func (t *tally) suggest(s *Score, i int) {
	if *s.Score > 0 || t.m.asked[i].text == "" {
		return
	}
	for k := range t.held {
		item := t.m.g.Item(t.held[k].Target)
		if item.IsZero() || folded(item.Statement()) != t.m.asked[i].text {
			continue
		}
		if name := item.GUID().String(); !slices.Contains(s.Suggestions, name) {
			s.Suggestions = append(s.Suggestions, name)
		}
	}
}

func (s *Score) flag(f Flag) {
	if f != "" && !slices.Contains(s.Flags, f) {
		s.Flags = append(s.Flags, f)
	}
}

func (t *tally) flag(f Flag) {
	if f != "" && !slices.Contains(t.flags, f) {
		t.flags = append(t.flags, f)
	}
}

// surplus are the claims that were used for nothing.
func (t *tally) surplus() []int {
	claims := []int{}
	for k := range t.held {
		if c := t.held[k].Claim; !t.used[k] && t.held[k].Against == "" && !slices.Contains(claims, c) && !t.usedClaim(c) {
			claims = append(claims, c)
		}
	}
	return claims
}

func (t *tally) usedClaim(claim int) bool {
	for k := range t.held {
		if t.used[k] && t.held[k].Claim == claim {
			return true
		}
	}
	return false
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
