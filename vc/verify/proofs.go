package verify

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/notdone"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// secured checks the proof and whose key made it.
func (s *state) secured() {
	if s.doc.Token() != nil {
		s.jwt()
		return
	}
	values := door.Proofs(s.doc)
	if len(values) == 0 {
		s.unsigned()
		return
	}
	if s.report.Outcome(CheckContexts) == OutcomeFailed {
		s.add(Check{Name: CheckProof, Outcome: OutcomeNotRun, Pointer: door.Root(s.doc).Pointer() + "/proof",
			Detail: "not checked: without its contexts the document has no canonical form"})
		s.add(Check{Name: CheckBinding, Outcome: OutcomeNotRun})
		return
	}
	if len(values) > maxProofs {
		s.tooManyProofs(len(values))
		return
	}
	s.subject = s.proofs.Open(s.doc, embedded.OpenOptions{Evidence: s.entry.evidence, Trace: true, MaxUnits: s.maxUnits()})
	results := make([]proofResult, len(values))
	for i, value := range values {
		results[i] = s.embedded(value)
	}
	s.judge(results)
}

// unsigned is the end of a document without a proof. A presentation may do without one:
// what it holds has reports of its own.
func (s *state) unsigned() {
	if s.presents() && s.expect.AllowUnsigned {
		s.unsignedTaken()
		return
	}
	code := proof.CodeNoProof
	if rules.ClassOf(s.doc) == rules.VerifiablePresentation {
		code = CodePresentationUnsigned
	}
	s.add(Check{Name: CheckProof, Outcome: OutcomeFailed,
		Problems: []*vc.Problem{words.Problem(code, door.Root(s.doc).Pointer(), "")}})
	s.add(Check{Name: CheckBinding, Outcome: OutcomeNotRun})
}

// maxUnits is the work for an embedded credential, see [embedded.Subject.Work]:
// it needs a unit for twenty bytes, and ten times that where it was signed under
// contexts as they were. The outer one has the budget of the proof engine.
func (s *state) maxUnits() int {
	if s.entry.parent == nil {
		return 0
	}
	return innerUnits + unitsPerByte*len(door.Root(s.doc).Raw())
}

const innerUnits, unitsPerByte = 1024, 4

// maxProofs bounds the proofs of one credential, since each costs a signature and
// in a chain a canonical form of the whole document. Real sets have one to three.
const maxProofs = 16

func (s *state) tooManyProofs(n int) {
	pointer := door.Root(s.doc).Pointer() + "/proof"
	s.add(Check{Name: CheckProof, Outcome: OutcomeFailed, Pointer: pointer, Problems: []*vc.Problem{
		problem(CodeProofsTooMany, pointer, strconv.Itoa(n), "at most "+strconv.Itoa(maxProofs))}})
	s.add(Check{Name: CheckBinding, Outcome: OutcomeNotRun})
}

// proofResult is one proof with its two checks.
type proofResult struct {
	id             string
	prior          []string      // ids of the proofs it depends on
	unsupported    bool          // exists, and is not checked here
	disclosed      bool          // it lets the holder show a part
	trace          *jsonld.Trace // what names mean in the form that it signs, nil for one over JSON
	valid          vc.Interval
	proof, binding Check
	unsigned       []*vc.Problem
}

func (p *proofResult) passed() bool {
	return p.proof.Outcome == OutcomePassed && p.binding.Outcome == OutcomePassed
}

// embedded checks one embedded proof: its members, its key, its signature, and
// whether the key is the issuer's.
func (s *state) embedded(value jsonx.Value) proofResult {
	r := proofResult{
		proof:   Check{Name: CheckProof, Outcome: OutcomeFailed, Pointer: value.Pointer()},
		binding: Check{Name: CheckBinding, Outcome: OutcomeNotRun, Pointer: value.Pointer()}}
	if s.late(&r.proof) {
		return r
	}
	p, problems := embedded.Read(value, embedded.ReadOptions{
		Purpose: string(s.purpose()), At: s.report.At, Skew: s.config.Skew, Takes: s.config.takesSuite})
	if p == nil {
		r.proof.Problems = problems
		r.undone(problems)
		return r
	}
	r.id, r.prior, r.disclosed = p.ID(), p.Previous(), p.Disclosed()
	if !s.config.takesSuite(p.Suite()) {
		r.unsupported = true
		r.proof.Outcome = OutcomeUndetermined
		r.proof.Problems = []*vc.Problem{notTaken(p.Suite(), value.Pointer())}
		return r
	}
	r.proof.Warnings = p.Warnings()
	pointer := value.Pointer() + "/verificationMethod"
	answer := s.key(p.VerificationMethod(), pointer)
	if answer.found == nil {
		r.proof.Outcome = answer.outcome
		r.undone([]*vc.Problem{answer.problem})
		if r.unsupported && s.isStrangers(p.VerificationMethod()) {
			r.unsupported = false
			r.binding = s.notTheirs(r.binding, p.VerificationMethod())
		}
		return r
	}
	r.proof.Warnings = append(r.proof.Warnings, answer.warnings...)
	result, err := s.subject.Verify(s.ctx, p, answer.found.key)
	if err != nil && s.late(&r.proof) {
		return r
	}
	r.valid = p.Valid().And(answer.found.valid())
	if err != nil {
		r.undone(problemsOf(err, proof.CodeProofMalformed))
	} else {
		r.proof.Outcome = OutcomePassed
		r.proof.Detail = p.Suite() + " by " + p.VerificationMethod()
		r.proof.Warnings = append(r.proof.Warnings, result.Warnings...)
		r.unsigned, r.trace = result.Unsigned, result.Trace
		s.audienceOfProof(&r.proof, p)
	}
	r.binding = s.bind(answer.found, pointer)
	return r
}

// undone takes the problems of a proof that was not accepted. One that is merely not
// done here is neither good nor bad; one of a kind that nobody defined is bad, and does
// not stand against another beside it.
func (p *proofResult) undone(problems []*vc.Problem) {
	p.proof.Problems = problems
	if onlyUnsupported(problems) {
		p.proof.Outcome = OutcomeUndetermined
	}
	p.unsupported = !slices.ContainsFunc(problems, func(p *vc.Problem) bool {
		return !isUnsupported(p) && p.Code != proof.CodeSuiteUnknown && p.Code != proof.CodeProofTypeUnknown
	})
}

// onlyUnsupported reports whether all that is wrong is that something is not done here.
func onlyUnsupported(problems []*vc.Problem) bool {
	return len(problems) > 0 && !slices.ContainsFunc(problems, func(p *vc.Problem) bool { return !isUnsupported(p) })
}

func isUnsupported(p *vc.Problem) bool {
	return p.Code == CodeDIDMethodUnknown || notdone.Is(p)
}

// judge turns the results of all proofs into checks, by the policy.
func (s *state) judge(results []proofResult) {
	s.chains(results)
	good, bad := 0, 0
	for i := range results {
		switch {
		case results[i].passed():
			good++
		case !results[i].unsupported:
			bad++
		}
	}
	s.authentic = good > 0 && (bad == 0 || s.config.Proofs.Policy == ProofsAny)
	s.unsupported = good == 0 && bad == 0
	for i := range results {
		r := &results[i]
		// Beside a proof that decides, one that cannot be checked is only reported.
		aside := good > 0 && !r.passed() && (r.unsupported || s.config.Proofs.Policy == ProofsAny)
		r.proof.Advisory, r.binding.Advisory = aside, aside
		s.add(r.proof)
		s.add(r.binding)
		if r.passed() {
			s.fixed = s.fixed || r.trace == nil
			s.whole = s.whole || !r.disclosed
			s.trace = cmp.Or(s.trace, r.trace)
			s.valid = s.valid.And(r.valid)
			s.report.Unsigned = append(s.report.Unsigned, s.room.keep(r.unsigned)...)
		}
	}
}

// chains lets a proof that depends on others count only if they do.
func (s *state) chains(results []proofResult) {
	passed := map[string]bool{}
	for i := range results {
		if results[i].id != "" {
			passed[results[i].id] = results[i].passed()
		}
	}
	for range results { // a chain is at most as long as the list
		changed := false
		for i := range results {
			r := &results[i]
			for _, id := range r.prior {
				if r.passed() && !passed[id] {
					r.proof.Outcome = OutcomeFailed
					r.proof.Problems = append(r.proof.Problems,
						words.Problem(proof.CodeProofChain, r.proof.Pointer+"/previousProof", vc.Quote(id)))
					passed[r.id] = false
					changed = true
				}
			}
		}
		if !changed {
			return
		}
	}
}
