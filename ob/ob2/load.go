package ob2

import (
	"context"
	"errors"
	"net/url"
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
	fetcher fetch.Fetcher
	left    int
	seen    map[string]answer
}

type answer struct {
	doc      *Document
	final    string
	problems *fault
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
	if w.left--; w.left < 0 {
		return nil, "", unknown(problem(CodeTooManyLinks, "", vc.Quote(address), ""))
	}
	r, err := w.fetcher.Fetch(w.ctx, address)
	if err != nil {
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
// the address, or, where hop allows it, the one of the same host that it names.
func (w *web) own(address string, class Class, hop bool) (d *Document, warnings []*vc.Problem, f *fault) {
	d, final, f := w.get(address)
	if f != nil {
		return nil, nil, f
	}
	whole, _, _ := strings.Cut(address, "#")
	if final != "" && final != whole {
		if !sameHost(final, whole) {
			return nil, nil, failed(problem(CodeRedirected, "", vc.Quote(final), hostOf(whole)))
		}
		warnings = append(warnings, problem(CodeMoved, "", vc.Quote(final), vc.Quote(whole)))
	}
	if id := string(d.ID()); id != whole && id != address {
		if !hop || !isWeb(id) || !sameHost(id, whole) {
			return nil, nil, failed(problem(CodeNotAtItsID, "/id", vc.Quote(id), vc.Quote(whole)))
		}
		warnings = append(warnings, problem(CodeMoved, "", vc.Quote(id), vc.Quote(whole)))
		moved, more, f := w.own(id, class, false)
		return moved, append(warnings, more...), f
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

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// sameHost compares the hosts of two addresses. The scheme may differ: badges that were
// issued before their host had TLS name both.
func sameHost(a, b string) bool { h := hostOf(a); return h != "" && h == hostOf(b) }

// inScope reports whether an issuer publishes at an address, as its profile says: on the
// hosts of allowedOrigins, its own by default, and below startsWith where that is given
// (Open Badges 2.0, VerificationObject).
func inScope(issuer *Profile, address string, prefixes bool) bool {
	u, ok := parseWeb(address)
	if !ok {
		return false
	}
	hosts := []string{hostOf(string(issuer.ID))}
	var starts []string
	if v := issuer.Verification; v != nil {
		if !v.AllowedOrigins.IsZero() {
			hosts = v.AllowedOrigins.Items
		}
		starts = v.StartsWith.Items
	}
	return allowed(u, hosts) && (!prefixes || len(starts) == 0 || begins(address, u, starts))
}

// allowed compares with hosts, or origins, as issuers write both.
func allowed(u *url.URL, hosts []string) bool {
	for _, h := range hosts {
		if origin, ok := parseWeb(h); ok {
			h = origin.Host
		}
		if h = strings.ToLower(h); h != "" && (h == strings.ToLower(u.Host) || h == strings.ToLower(u.Hostname()) && u.Port() == "") {
			return true
		}
	}
	return false
}

// begins compares with prefixes: the text, and the host as a whole, so that
// https://school.example does not admit https://school.example.evil.example.
func begins(address string, u *url.URL, starts []string) bool {
	for _, s := range starts {
		if p, ok := parseWeb(s); ok && strings.HasPrefix(address, s) && strings.EqualFold(p.Host, u.Host) {
			return true
		}
	}
	return false
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
