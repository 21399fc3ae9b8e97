package conformance

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
)

// probe is one check under way: what it looks at, and what it finds.
type probe struct {
	ctx   context.Context
	s     *session
	check *Check

	looked    int // how many things were looked at
	findings  []Finding
	counts    map[string]int // for the report
	exchanges []Exchange
}

// holds looks at one thing: where it is not so, that is a finding. It returns whether it is.
func (p *probe) holds(ok bool, f Finding) bool {
	p.looked++
	if !ok {
		p.note(f)
	}
	return ok
}

// fail is a thing that was looked at and is wrong.
func (p *probe) fail(f Finding) { p.holds(false, f) }

// warn is a thing that is off and does not fail the check.
func (p *probe) warn(f Finding) {
	f.Warning = true
	p.looked++
	p.note(f)
}

// mostFindings bounds the findings of a check: what is wrong a thousand times is wrong
// in the first ones too.
const mostFindings = 20

func (p *probe) note(f Finding) {
	if f.Code == "" {
		f.Code = p.check.ID
	}
	f.Found, f.Expected = abridged(f.Found), abridged(f.Expected)
	if len(p.findings) < mostFindings {
		p.findings = append(p.findings, f)
	}
}

// status looks whether an answer has one of several statuses.
func (p *probe) status(a *answer, what string, want ...int) bool {
	if a == nil {
		return false
	}
	texts := make([]string, len(want))
	ok := false
	for k, status := range want {
		texts[k] = fmt.Sprint(status)
		ok = ok || status == a.status
	}
	return p.holds(ok, Finding{Message: what + " has another status", Found: fmt.Sprint(a.status),
		Expected: strings.Join(texts, " or "), Exchange: a.exchange})
}

// do runs the check. A panic is a fault of the suite, and no verdict on the product.
func (p *probe) do() (o Outcome, cause string) {
	defer func() {
		if broke := recover(); broke != nil {
			o, cause = OutcomeNotRun, fmt.Sprintf("the suite itself broke: %v\n%s", broke, debug.Stack())
		}
	}()
	err := p.check.run(p)
	skip, block := skipped{}, blocked{}
	switch {
	case p.ctx.Err() != nil:
		return OutcomeNotRun, "the time was over: " + context.Cause(p.ctx).Error()
	case errors.As(err, &skip):
		return OutcomeSkip, skip.reason
	case errors.As(err, &block):
		return OutcomeNotRun, block.reason
	case err != nil:
		return OutcomeNotRun, err.Error()
	case p.looked == 0:
		return OutcomeNotRun, "there was nothing to look at"
	}
	return p.verdict(), ""
}

// verdict is the outcome by what was found.
func (p *probe) verdict() Outcome {
	o := OutcomePass
	for _, f := range p.findings {
		if !f.Warning && p.check.Level.fails() {
			return OutcomeFail
		}
		o = OutcomeWarn
	}
	return o
}
