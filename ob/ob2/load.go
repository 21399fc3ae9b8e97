package ob2

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// fault is why a document could not be used: it is not as it should be, or it could not be
// had, which leaves open what it would have said.
type fault struct {
	problem *vc.Problem
	unknown bool
}

func failed(p *vc.Problem) *fault  { return &fault{problem: p} }
func unknown(p *vc.Problem) *fault { return &fault{problem: p, unknown: true} }

// web asks for the documents of one badge, each once.
type web struct {
	ctx     context.Context
	config  *Config
	left    int
	seen    map[string]answer
	fetched map[string]fetched
}

type answer struct {
	doc      *Document
	final    string
	problems *fault
}

// fetched is what an address answered, whatever it is.
type fetched struct {
	response *fetch.Response
	err      error
}

// errSpent is told of as CodeTooManyLinks.
var errSpent = errors.New("no request is left for this badge")

// Fetch implements [fetch.Fetcher] from the budget of the badge.
func (w *web) Fetch(ctx context.Context, address string) (*fetch.Response, error) {
	if f, ok := w.fetched[address]; ok {
		return f.response, f.err
	}
	if w.left--; w.left < 0 {
		return nil, errSpent
	}
	r, err := w.config.Fetcher.Fetch(ctx, address)
	w.fetched[address] = fetched{r, err}
	return r, err
}

// get returns the document at an address, without its fragment.
func (w *web) get(address string) (*Document, string, *fault) {
	address, _, _ = strings.Cut(address, "#")
	if a, ok := w.seen[address]; ok {
		return a.doc, a.final, a.problems
	}
	var a answer
	a.doc, a.final, a.problems = w.ask(address)
	w.seen[address] = a
	return a.doc, a.final, a.problems
}

func (w *web) ask(address string) (*Document, string, *fault) {
	if !isWeb(address) {
		return nil, "", failed(problem(CodeMemberMalformed, "", vc.Quote(address), "an address of the web"))
	}
	r, err := w.Fetch(w.ctx, address)
	switch {
	case errors.Is(err, errSpent):
		return nil, "", unknown(problem(CodeTooManyLinks, "", vc.Quote(address), ""))
	case err != nil:
		return nil, "", &fault{problem: fetchProblem(err), unknown: !isAbsent(err)}
	}
	d, err := Read(r.Body)
	if err != nil {
		p := caused(CodeNotOpenBadges2, "", vc.Quote(address), err)
		if own := vc.ProblemOf(err); own != nil {
			p = own.Within("")
			p.Message += ", in the document at " + vc.Quote(address)
		}
		return nil, r.URL, &fault{problem: p, unknown: p.Code == CodeContextUnknown}
	}
	return d, r.URL, nil
}

func fetchProblem(err error) *vc.Problem {
	if p := vc.ProblemOf(err); p != nil {
		return p
	}
	return caused(CodeNotHosted, "", "", err)
}

func isAbsent(err error) bool {
	e, ok := errors.AsType[*fetch.Error](err)
	return ok && e.Absent()
}

// own returns the document that says of itself that it is the one at its address: that at
// the address, or, where hop allows it, the one that it names, on the host where it was found.
func (w *web) own(address string, class Class, hop bool) (d *Document, warnings []*vc.Problem, f *fault) {
	d, final, f := w.get(address)
	if f != nil {
		return nil, nil, f
	}
	whole, _, _ := strings.Cut(address, "#")
	if final != "" && final != whole {
		if d.place, f = w.config.place(whole, final); f != nil {
			return nil, nil, f
		}
		warnings = append(warnings, problem(CodeMoved, "", vc.Quote(final), vc.Quote(whole)))
	}
	switch id := string(d.ID()); {
	case id == whole, id == address:
	case hop && class == ClassProfile && id != "" && !isWeb(id):
		warnings = append(warnings, problem(CodeNotAtItsID, "/id", vc.Quote(id), vc.Quote(whole)).WithSeverity(vc.SeverityWarning))
	case hop && isWeb(id) && sameHost(id, cmp.Or(d.place, whole)):
		warnings = append(warnings, problem(CodeMoved, "", vc.Quote(id), vc.Quote(whole)))
		moved, more, f := w.own(id, class, false)
		return moved, append(warnings, more...), f
	default:
		return nil, nil, failed(problem(CodeNotAtItsID, "/id", vc.Quote(id), vc.Quote(whole)))
	}
	if class != "" && d.class != class {
		return nil, nil, failed(problem(CodeType, "/type", vc.Quote(string(d.class)), string(class)+" at "+vc.Quote(whole)))
	}
	if strings.HasPrefix(whole, "http:") {
		warnings = append(warnings, problem(CodeNotHTTPS, "", vc.Quote(whole), ""))
	}
	if bad := vc.Errors(d.Check()); len(bad) > 0 {
		p := bad[0].Within("")
		p.Message += ", in the document at " + vc.Quote(whole)
		return nil, warnings, failed(p)
	}
	return d, warnings, nil
}

// step is a check under way.
type step struct{ verify.Check }

func begin(name verify.CheckName) *step {
	return &step{verify.Check{Name: name, Outcome: verify.OutcomePassed}}
}

// fail takes problems against the check; what weighs as a warning is one.
func (s *step) fail(all ...*vc.Problem) {
	for _, p := range all {
		if p.Severity != vc.SeverityError {
			s.Warnings = append(s.Warnings, p)
			continue
		}
		s.Problems, s.Outcome = append(s.Problems, p), verify.OutcomeFailed
	}
}

// take takes why a document could not be used.
func (s *step) take(f *fault, pointer string) {
	p := f.problem
	if pointer != "" { // what is found in another document stands where that is linked
		moved := *p
		moved.Pointer, p = pointer, &moved
	}
	if !f.unknown {
		s.fail(p)
		return
	}
	s.Problems = append(s.Problems, p)
	if s.Outcome != verify.OutcomeFailed {
		s.Outcome = verify.OutcomeUndetermined
	}
}

func (s *step) passed() bool { return s.Outcome == verify.OutcomePassed }
