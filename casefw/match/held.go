package match

import (
	"slices"
	"strconv"
)

// Held is one competency that a claim is evidence for.
type Held struct {
	Target Target
	// Level is the level reached, on the scale of its rubric, zero where it is unknown;
	// LevelOf is how many levels that has, zero likewise.
	Level, LevelOf float64
	// Claim is the place of the claim among those that were given.
	Claim int
	// Against is why it does not count, "" where it does. Flag is what is to be told where
	// it is used.
	Against, Flag Reason
}

// AgainstAlignment: the claim points at nothing that the frameworks know.
const AgainstAlignment Reason = "no-alignment"

// AgainstResult: all its results say that nothing was reached.
const AgainstResult Reason = "not-passed"

// Hold returns what claims are evidence for: what their achievements, their results and the
// levels reached are aligned to, as far as the graph knows it. What is aligned to a result
// that was not passed, and what only could have been reached, is left out. With it come the
// claims that count for nothing, each with the reason.
func (g *Graph) Hold(claims []Claim, accept func(Claim) (bool, Reason)) (held []Held, ignored []Ignored) {
	if accept == nil {
		accept = CountVouched
	}
	for i := range claims {
		counts, reason := accept(claims[i])
		h := Held{Claim: i, Flag: reason}
		if !counts {
			h.Against, h.Flag = reason, ""
			ignored = append(ignored, Ignored{Claim: i, Credential: claims[i].Credential, Reason: reason})
		}
		found := g.holdOne(&claims[i], h)
		if len(found) == 0 && counts {
			reason := AgainstAlignment
			if failed(&claims[i]) {
				reason = AgainstResult
			}
			ignored = append(ignored, Ignored{Claim: i, Credential: claims[i].Credential, Reason: reason})
		}
		held = append(held, found...)
	}
	return held, ignored
}

// Ignored is a claim that counts for nothing.
type Ignored struct {
	Claim      int    `json:"claim"`
	Credential string `json:"credential"`
	Reason     Reason `json:"reason"`
}

func failed(c *Claim) bool {
	return len(c.Results) > 0 && !slices.ContainsFunc(c.Results, func(r Result) bool { return r.Passed() })
}

func (g *Graph) holdOne(c *Claim, h Held) (held []Held) {
	for i := range c.Alignments {
		a := &c.Alignments[i]
		level := -1
		switch {
		case a.Of == OfDescription, a.Of == OfAchievement && failed(c):
			continue
		case a.Result >= 0 && a.Result < len(c.Results):
			if level = a.Result; !c.Results[level].Passed() {
				continue
			}
		}
		target, ok := g.Find(a.Alignment)
		if !ok || slices.ContainsFunc(held, func(other Held) bool { return other.Target == target }) {
			continue
		}
		h.Target = target
		h.Level, h.LevelOf = levelOf(c, level)
		held = append(held, h)
	}
	return held
}

// levelOf is the level that a result reached. That of the achievement itself is the level
// of its one result with a level, and unknown where several have one.
func levelOf(c *Claim, result int) (level, of float64) {
	if result >= 0 {
		return c.Results[result].Level.number()
	}
	for i := range c.Results {
		l, o := c.Results[i].Level.number()
		switch {
		case l == 0 || !c.Results[i].Passed():
		case level != 0:
			return 0, 0
		default:
			level, of = l, o
		}
	}
	return level, of
}

// number is a level as a number: what it says itself, else where it stands among the
// others.
func (l *Level) number() (level, of float64) {
	if n, err := strconv.ParseFloat(l.Level, 64); err == nil && n > 0 && n < 1e6 {
		return n, float64(l.Of)
	}
	return float64(l.Position), float64(l.Of)
}
