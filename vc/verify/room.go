package verify

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// A report is bounded as a whole: its JSON has at most reportBase bytes and
// reportFactor for each byte of the document, however much is wrong with it. What
// one credential of a tree finds is paid from room of its own, so that credentials
// which are verified side by side do not take it from one another; what the whole
// tree finds is cut in the order of the document when all are done.
const (
	reportBase   = 64 << 10
	reportFactor = 16

	outerRoom   = 24 << 10 // of the outer credential, plus ownFactor for each byte that is its own
	innerRoom   = 2 << 10  // of an embedded one
	ownFactor   = 8
	outerFactor = 4
)

// room is what a report may still take, in bytes of its JSON.
type room struct{ left, spent int }

func (r *room) pay(n int) { r.left, r.spent = r.left-n, r.spent+n }

// fit keeps of a check what there is room for, and says how much is left out.
func (r *room) fit(c *Check) {
	c.Detail = quote.Abridge(c.Detail, maxDetail)
	detail := textSize(c.Detail)
	if detail > r.left {
		c.Detail, detail = "", 0
	}
	r.pay(checkSize + textSize(c.Pointer) + detail)
	c.Problems = r.keep(c.Problems)
	c.Warnings = r.keep(c.Warnings)
}

const (
	checkSize   = 80   // a check's names and punctuation
	problemSize = 190  // a problem's, and those of the check around it
	maxDetail   = 1024 // bytes of a sentence that names others
)

// keep shortens the problems and leaves out those that there is no room for.
func (r *room) keep(all []*vc.Problem) []*vc.Problem {
	for i, p := range all {
		p = brief(p)
		size := problemSize + sizeOf(p)
		if size > r.left {
			rest := omitted(len(all) - i).WithSeverity(p.Severity)
			r.pay(problemSize + sizeOf(rest))
			return append(all[:i:i], rest)
		}
		r.pay(size)
		all[i] = p
	}
	return all
}

func omitted(n int) *vc.Problem {
	return words.Problem(rules.CodeMore, "", strconv.Itoa(n)+" more")
}

// brief is a problem of bounded length.
func brief(p *vc.Problem) *vc.Problem {
	if len(p.Pointer) <= jsonx.MaxPointer && len(p.Message)+len(p.Found)+len(p.Expected)+len(p.Fix) <= maxDetail {
		return p
	}
	short := *p
	short.Pointer = quote.Abridge(p.Pointer, jsonx.MaxPointer)
	short.Message = quote.Abridge(p.Message, maxDetail)
	short.Found = quote.Abridge(p.Found, maxDetail/2)
	short.Expected = quote.Abridge(p.Expected, maxDetail/2)
	short.Fix = quote.Abridge(p.Fix, maxDetail/2)
	return &short
}

// sizeOf is about how long the texts of a problem are in a report; its code stands
// there twice.
func sizeOf(p *vc.Problem) int {
	return 2*len(p.Code) + len(p.Type) + textSize(p.Pointer) + textSize(p.Message) + textSize(p.Found) + textSize(p.Expected) +
		textSize(p.Fix) + len(p.Spec)
}

// textSize is the length of a string in the JSON of a report, see appendText.
func textSize(s string) int {
	n := len(s)
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= utf8.RuneSelf:
			return n + escapesFrom(s[i:])
		case b < ' ' || b == 0x7f:
			n += 5
		case b == '"' || b == '\\':
			n++
		}
	}
	return n
}

// escapesFrom is how much longer a text with characters beyond ASCII becomes.
func escapesFrom(s string) (more int) {
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			more++
		case unicode.IsPrint(r):
		case r > 0xffff:
			more += 8
		default:
			more += 6 - utf8.RuneLen(r)
		}
	}
	return more
}

// mostTold is how many findings of one kind are told of a document, as the rules
// have it: more are the same fault over and over.
const mostTold = 100

// told collects findings of one kind that a stranger can make as many of as he
// likes. Only those that are told are made.
type told struct {
	severity vc.Severity
	all      []*vc.Problem
	more     int
}

func (t *told) add(make func() *vc.Problem) {
	if len(t.all) >= mostTold {
		t.more++
		return
	}
	t.all = append(t.all, make())
}

// done returns the findings, and says how many were left out.
func (t *told) done() []*vc.Problem {
	if t.more > 0 {
		t.all = append(t.all, omitted(t.more))
	}
	for i, p := range t.all {
		t.all[i] = p.WithSeverity(t.severity)
	}
	return t.all
}
