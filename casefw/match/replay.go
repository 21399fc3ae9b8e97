package match

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/laurel-edu/laurel/vc"
)

// Replayed is a match that was made anew from its [Record] alone.
type Replayed struct {
	Outcome *Outcome
	// Differs is in what it is not what was recorded: by another version of a framework, a
	// change of the library, or one of the record. It is empty where the record holds. What
	// was recorded is Expected of each, what is so now Found.
	Differs []*vc.Problem
}

// Replay matches the claims of a record anew over the frameworks of the graph, by the policy
// of the record and its verdicts on claims. The error is a record that contradicts itself.
func (g *Graph) Replay(r *Record) (*Replayed, error) {
	m, err := g.Prepare(r.Job, r.Policy)
	if err != nil {
		return nil, err
	}
	if len(r.Verdicts) != len(r.Claims) || r.Outcome == nil {
		return nil, recordWords.Problem(CodeRecordMalformed, "/verdicts", "")
	}
	now := m.match(r.Claims, r.Verdicts)
	d := comparison{}
	d.frameworks(r.Outcome.Frameworks, now.Frameworks)
	d.requirements(r.Outcome.Requirements, now.Requirements)
	d.tell(CodeReplayTotal, "/outcome/total", numeral(r.Outcome.Total), numeral(now.Total))
	d.tell(CodeReplayQualified, "/outcome/missingMandatory", qualified(r.Outcome), qualified(now))
	d.whole(CodeReplayIgnored, "/outcome/ignored", r.Outcome.Ignored, now.Ignored)
	d.whole(CodeReplayIgnored, "/outcome/surplus", r.Outcome.Surplus, now.Surplus)
	return &Replayed{Outcome: now, Differs: d.all}, nil
}

// comparison gathers in what an outcome is not what it was.
type comparison struct{ all []*vc.Problem }

func (d *comparison) tell(code vc.Code, pointer, was, is string) bool {
	if was == is {
		return false
	}
	p := recordWords.Problem(code, pointer, is)
	p.Expected = was
	d.all = append(d.all, p)
	return true
}

// whole compares things as they are written, of which as much is told as fits.
func (d *comparison) whole(code vc.Code, pointer string, was, is any) {
	a, errA := vc.Marshal(was)
	b, errB := vc.Marshal(is)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		p := recordWords.Problem(code, pointer, vc.Quote(string(b)))
		p.Expected = vc.Quote(string(a))
		d.all = append(d.all, p)
	}
}

func (d *comparison) frameworks(was, is []FrameworkVersion) {
	now := map[string]*FrameworkVersion{}
	for i := range is {
		now[is[i].Identifier] = &is[i]
	}
	for i := range was {
		then, pointer := &was[i], "/outcome/frameworks/"+strconv.Itoa(i)
		found := ""
		if v := now[then.Identifier]; v != nil {
			found = v.String()
		}
		delete(now, then.Identifier)
		d.tell(CodeReplayFramework, pointer, then.String(), found)
	}
	for i := range is {
		if now[is[i].Identifier] != nil {
			d.tell(CodeReplayFramework, "/outcome/frameworks", "", is[i].String())
		}
	}
}

// String names the framework, its version and its digest.
func (v FrameworkVersion) String() string {
	return fmt.Sprintf("%s %s, changed %s, %.16s", v.Identifier, v.Version, v.Changed, v.Digest)
}

func (d *comparison) requirements(was, is []Score) {
	for i := range max(len(was), len(is)) {
		pointer := "/outcome/requirements/" + strconv.Itoa(i)
		switch {
		case i >= len(was):
			d.tell(CodeReplayScore, pointer, "", numeral(is[i].Score))
		case i >= len(is):
			d.tell(CodeReplayScore, pointer, numeral(was[i].Score), "")
		case !d.tell(CodeReplayScore, pointer, numeral(was[i].Score), numeral(is[i].Score)):
			d.reasons(pointer, &was[i], &is[i])
		}
	}
}

// reasons compares what a score is made of, and all else that is said of a requirement.
func (d *comparison) reasons(pointer string, was, is *Score) {
	d.whole(CodeReplayReasons, pointer+"/item", []any{was.ID, was.Item, was.Met}, []any{is.ID, is.Item, is.Met})
	d.whole(CodeReplayReasons, pointer+"/used", was.Used, is.Used)
	d.whole(CodeReplayReasons, pointer+"/flags", was.Flags, is.Flags)
	d.whole(CodeReplayReasons, pointer+"/current", was.Current, is.Current)
	d.whole(CodeReplayReasons, pointer+"/suggestions", was.Suggestions, is.Suggestions)
}

// numeral writes a score, which may be unknown. It loses nothing.
func numeral(n *float64) string {
	if n == nil {
		return "unknown"
	}
	return strconv.FormatFloat(*n, 'g', -1, 64)
}

func qualified(o *Outcome) string {
	if o.Qualified {
		return "met"
	}
	return fmt.Sprint("not met: ", o.MissingMandatory)
}
