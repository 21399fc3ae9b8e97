package reading

import (
	"cmp"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// item is a text in an array, with or without a language, or an object with an id.
type item struct {
	digest uint64 // of the text or the id: a text may refer to the object
	value  int32
	text   bool
}

// repeats judges an array in which one thing stands twice. In RDF it stands once.
func (j *judge) repeats(fact shape.Fact, v jsonx.Value) {
	start := len(j.items)
	for c := v.First(); c.Exists() && j.step(); c = c.Next() {
		switch c.Kind() {
		case jsonx.String:
			j.items = append(j.items, item{maphash.String(seed, c.Text()), int32(c.ID()), true})
		case jsonx.Object:
			if id := c.Get("id"); id.Kind() == jsonx.String {
				j.items = append(j.items, item{maphash.String(seed, id.Text()), int32(c.ID()), false})
			} else if value := c.Get("@value"); value.Kind() == jsonx.String {
				j.items = append(j.items, item{inLanguage(c, value), int32(c.ID()), true})
			}
		}
	}
	all := j.items[start:]
	if len(all) > 1 {
		slices.SortFunc(all, func(a, b item) int {
			return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.value, b.value))
		})
		for i := 0; i < len(all) && !j.stopped; {
			end := i + 1
			for end < len(all) && all[end].digest == all[i].digest {
				end++
			}
			if end > i+1 {
				j.repeated(fact, v, all[i:end])
			}
			i = end
		}
	}
	j.items = j.items[:start]
}

// inLanguage is a digest of a text with its language, whose tag has no case, and its
// direction.
func inLanguage(v, value jsonx.Value) uint64 {
	language := strings.ToLower(v.Get("@language").Text())
	return mix(mix(text(value.Text()), text(language)), text(v.Get("@direction").Text()))
}

// repeated judges the items of an array that are one text, or have or name one id.
func (j *judge) repeated(fact shape.Fact, v jsonx.Value, run []item) {
	embedded := isEmbedded(fact)
	first := j.value32(run[0].value)
	equal := true
	for i := 1; i < len(run) && equal; i++ {
		equal = run[i].text == run[0].text
	}
	if equal && !run[0].text {
		digest := j.content(first, whole)
		for i := 1; i < len(run) && equal; i++ {
			equal = j.content(j.value32(run[i].value), whole) == digest
		}
	}
	if !equal || run[0].text && !embedded {
		j.illegible(GuardRepeats, v, "one thing twice in an array", "each thing once")
		return
	}
	j.tell(Finding{Code: CodeDuplicate, Severity: Warn, At: v, About: first, Found: "one thing twice in an array",
		Expected: "each thing once"})
	if embedded {
		for _, r := range run[1:] {
			if j.passed == nil {
				j.passed = map[int]bool{}
			}
			j.passed[int(r.value)] = true
		}
	}
}

// isEmbedded reports whether the values of a member are credentials, or endorsements
// as tokens.
func isEmbedded(fact shape.Fact) bool {
	class, m := fact.Class(), fact.Member()
	return class != nil && class.Embedded || m != nil && m.Name == "endorsementJwt"
}

func (j *judge) value32(id int32) jsonx.Value { return j.in.Root.Doc().Value(int(id)) }

// depth says how much of a value its content is.
type depth uint8

const (
	whole depth = iota // all of it
	shown              // an object with an id is its id: what it says is judged at its own place
	list               // like shown, and the order of items counts
)

// content is a digest of what a value says: the order of members and of items does
// not count, nor does the way in which a number is written, and an array of one is
// its value. It is never 0, which stands for nothing being said.
func (j *judge) content(v jsonx.Value, d depth) uint64 {
	j.spend()
	switch v.Kind() {
	case jsonx.String:
		return text(v.Text())
	case jsonx.Number:
		if f, ok := v.Float(); ok {
			return mix(3, math.Float64bits(f+0)) // -0 is 0
		}
		return mix(3, text(v.Text()))
	case jsonx.Array:
		return j.itemsOf(v, d)
	case jsonx.Object:
		return j.members(v, d)
	}
	return mix(5, uint64(v.Kind()))
}

func (j *judge) itemsOf(v jsonx.Value, d depth) uint64 {
	var sum uint64
	for c := v.First(); c.Exists() && !j.stopped; c = c.Next() {
		if d == list {
			sum = bits.RotateLeft64(sum, 7)
		}
		sum += j.content(c, d)
	}
	return sum
}

func (j *judge) members(v jsonx.Value, d depth) uint64 {
	if d != whole {
		if id := v.Get("id"); id.Kind() == jsonx.String {
			return text(id.Text())
		}
	}
	sum := uint64(1)
	for m := v.First(); m.Exists() && !j.stopped; m = m.Next() {
		if name := m.Name(); name != "@context" {
			sum += mix(text(name), j.content(m, d))
		}
	}
	return mix(7, sum)
}

func text(s string) uint64 { return maphash.String(seed, s) | 1 }

// mix makes one digest of two.
func mix(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + b
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 32
	return x | 1
}
