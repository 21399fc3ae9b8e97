package plan

import (
	"fmt"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

const (
	// maxDecision bounds a decision as JSON: one by a plan of 20,000 items with a result
	// each takes 12 MiB.
	maxDecision = 32 << 20
	// maxExplained bounds the conditions that a decision explains: as many as a plan may
	// have, and the items that it may unfold to.
	maxExplained = maxConditions + maxNodes
	// maxUsed bounds the results that it names, each as often as it was looked at: ten for
	// each item that a plan may unfold to.
	maxUsed = 10 * maxNodes
)

// ParseDecision reads a [Decision] as encoding/json writes it, so that an [Outbox] can keep
// it. Members that decisions do not have are passed over. The error is an [*Error]. text
// must not be changed afterwards.
func ParseDecision(text []byte) (Decision, error) {
	r := &decisionReader{}
	d := r.decision(r.parsedWithin(text, jsonx.Object, maxDecision))
	if err := r.err("decision"); err != nil {
		return Decision{}, err
	}
	return d, nil
}

type decisionReader struct {
	reader
	nodes, used int
}

func (r *decisionReader) decision(v jsonx.Value) (d Decision) {
	if !v.Exists() {
		return d
	}
	if r.needed(v, "decision") != "" {
		d.Verdict = word(&r.reader, v.Get("decision"), VerdictNone, VerdictAward, VerdictReview, VerdictRevoke)
	}
	d.Plan, d.Version, d.Learner = r.needed(v, "plan"), r.count(v.Get("version")), r.needed(v, "learner")
	d.Achievement, d.Key, d.Generation = r.text(v.Get("achievement")), r.text(v.Get("key")), r.count(v.Get("generation"))
	d.Reason, d.AchievedAt = Reason(r.text(v.Get("reason"))), r.time(v.Get("achievedAt"))
	d.Evidence = r.all(v.Get("evidence"))
	for one := range r.list(v.Get("requires")).All() {
		d.Requires = append(d.Requires, r.text(one))
	}
	if explained := v.Get("explanation"); explained.Exists() {
		d.Explanation = r.node(explained)
	}
	framework := v.Get("framework")
	d.Framework = Framework{r.text(framework.Get("identifier")), r.said(framework.Get("changed"))}
	d.Trigger = r.text(v.Get("trigger"))
	return d
}

// node reads a condition as it is explained. Conditions in conditions are as many as the
// depth of the text lets through.
func (r *decisionReader) node(v jsonx.Value) *Node {
	if r.nodes++; r.nodes > maxExplained {
		r.more(r.nodes == maxExplained+1, v, "at most %d conditions in an explanation", maxExplained)
		return nil
	}
	if v.Kind() != jsonx.Object {
		r.note(CodeMemberMalformed, v, "an object")
		return nil
	}
	n := &Node{Kind: r.needed(v, "kind"), Outcome: r.outcome(v.Get("outcome")), Have: r.count(v.Get("have")),
		Need: r.count(v.Get("need")), At: r.time(v.Get("at")), Subject: r.text(v.Get("subject")), Wanted: r.said(v.Get("wanted")),
		Reason: Reason(r.text(v.Get("reason"))), Waived: r.flag(v.Get("waived")), Doubt: Reason(r.text(v.Get("doubt"))),
		Counted: r.flag(v.Get("counted")), Used: r.all(v.Get("used"))}
	for one := range r.list(v.Get("of")).All() {
		n.Of = append(n.Of, r.node(one))
	}
	return n
}

func (r *decisionReader) outcome(v jsonx.Value) Outcome {
	for o := OutcomeUnknown; o <= OutcomeUnsatisfied; o++ {
		if v.Kind() == jsonx.String && v.Text() == o.String() {
			return o
		}
	}
	r.note(CodeMemberMalformed, v, "unknown, satisfied or unsatisfied")
	return OutcomeUnknown
}

func (r *decisionReader) all(list jsonx.Value) (all []Used) {
	for v := range r.list(list).All() {
		if r.used++; r.used > maxUsed {
			r.more(r.used == maxUsed+1, v, "at most %d results in a decision", maxUsed)
			return all
		}
		all = append(all, Used{Ref: r.ref(v), Told: r.needed(v, "told"), LineItem: r.text(v.Get("lineItem")), At: r.time(v.Get("at")),
			Item: r.text(v.Get("item")), Via: r.text(v.Get("via")), Value: r.said(v.Get("value")), Met: r.flag(v.Get("met")),
			Counted: r.flag(v.Get("counted")), Reason: Reason(r.text(v.Get("reason")))})
	}
	return all
}

// more notes once that there is more than is read.
func (r *decisionReader) more(once bool, v jsonx.Value, expected string, most int) {
	if once {
		r.at(CodeLimit, v.Pointer(), "", fmt.Sprintf(expected, most))
	}
}

// list is an array, or nothing.
func (r *decisionReader) list(v jsonx.Value) jsonx.Value {
	if v.Exists() && v.Kind() != jsonx.Array {
		r.note(CodeMemberMalformed, v, "an array")
		return jsonx.Value{}
	}
	return v
}

// said is a text whose length the whole alone bounds, such as the name of a level.
func (r *decisionReader) said(v jsonx.Value) string {
	if v.Exists() && v.Kind() != jsonx.String {
		r.note(CodeMemberMalformed, v, "a text")
		return ""
	}
	return v.Text()
}
