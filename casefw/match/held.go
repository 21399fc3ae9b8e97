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

// AgainstPolicy: [Policy].Accept refused it and did not say why.
const AgainstPolicy Reason = "policy"

// AgainstResult: all its results say that nothing was reached.
const AgainstResult Reason = "not-passed"

// Hold returns what claims are evidence for: what their achievements, their results and the
// levels reached are aligned to, as far as the graph knows it. What is aligned to a result
// that was not passed, and what only could have been reached, is left out. With it come the
// claims that count for nothing, each with the reason.
func (g *Graph) Hold(claims []Claim, accept func(Claim) (bool, Reason)) (held []Held, ignored []Ignored) {
	return g.hold(claims, judge(claims, accept))
}

// Verdict is whether a claim counts by a policy.
type Verdict struct {
	Counts bool `json:"counts"`
	// Reason is why it does not, or what is to be told where it is used.
	Reason Reason `json:"reason,omitzero"`
}

// judge asks a policy of each claim. One that is refused without a reason has
// [AgainstPolicy], so that nothing is ever refused in silence.
func judge(claims []Claim, accept func(Claim) (bool, Reason)) []Verdict {
	if accept == nil {
		accept = CountVouched
	}
	all := make([]Verdict, len(claims))
	for i := range claims {
		v := &all[i]
		if v.Counts, v.Reason = accept(claims[i]); !v.Counts && v.Reason == "" {
			v.Reason = AgainstPolicy
		}
	}
	return all
}

func (g *Graph) hold(claims []Claim, verdicts []Verdict) (held []Held, ignored []Ignored) {
	for i := range claims {
		v := verdicts[i]
		h := Held{Claim: i, Flag: v.Reason}
		if !v.Counts {
			h.Against, h.Flag = v.Reason, ""
			ignored = append(ignored, Ignored{Claim: i, Credential: claims[i].Credential, Reason: v.Reason})
		}
		found := g.holdOne(&claims[i], h)
		if len(found) == 0 && v.Counts {
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
	for a := range c.reached {
		target, ok := g.Find(a.Alignment)
		if !ok || slices.ContainsFunc(held, func(other Held) bool { return other.Target == target }) {
			continue
		}
		h.Target = target
		h.Level, h.LevelOf = levelOf(c, a.Result)
		held = append(held, h)
	}
	return held
}

// reached yields what a claim says was reached: what its achievement is aligned to, and its
// results with their levels, as far as they were passed. What could have been reached is left
// out.
func (c *Claim) reached(yield func(*Alignment) bool) {
	for i := range c.Alignments {
		a := &c.Alignments[i]
		of := a.Result >= 0 && a.Result < len(c.Results)
		switch {
		case a.Of == OfDescription, a.Of == OfAchievement && failed(c), of && !c.Results[a.Result].Passed():
			continue
		}
		if !yield(a) {
			return
		}
	}
}

// levelOf is the level that a result reached. That of the achievement itself is the level
// of its one result with a level, and unknown where several have one.
func levelOf(c *Claim, result int) (level, of float64) {
	if result >= 0 && result < len(c.Results) {
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
