package verify

import "fmt"

// Outcome is the result of one check. The zero value is OutcomeNotRun.
type Outcome uint8

// The outcomes of a check.
const (
	OutcomeNotRun        Outcome = iota // an earlier failure forbade it
	OutcomePassed                       // asked and answered: yes
	OutcomeFailed                       // asked and answered: no
	OutcomeUndetermined                 // asked and not answered: something could not be had
	OutcomeNotApplicable                // the document gives nothing to check
)

var outcomeNames = [...]string{"not-run", "passed", "failed", "undetermined", "not-applicable"}

// String returns the stable name of the outcome.
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return fmt.Sprintf("outcome(%d)", uint8(o))
}

// MarshalText writes the stable name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// Verdict is the sum of a report. The zero value is VerdictNotVerified.
type Verdict uint8

// The verdicts of a report.
const (
	VerdictNotVerified  Verdict = iota // at least one check failed
	VerdictVerified                    // every check that counts passed
	VerdictUndetermined                // none failed and at least one could not be decided
	VerdictUnreadable                  // not a credential at all
)

var verdictNames = [...]string{"not-verified", "verified", "undetermined", "unreadable"}

// String returns the stable name of the verdict.
func (v Verdict) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return fmt.Sprintf("verdict(%d)", uint8(v))
}

// MarshalText writes the stable name.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// ProofState is what became of the proof of a credential that is embedded in
// another. The zero value is ProofUndecided.
type ProofState uint8

// The states of an embedded credential's proof.
const (
	ProofUndecided ProofState = iota // it could not be checked: a key, a context or a suite was not to be had
	ProofNone                        // it has none: whoever signed what is around it vouches for it, nobody else
	ProofBad                         // it has one, and that or its key is wrong, or it does not fix what is read
	ProofGood                        // its issuer signed what is read
)

var proofStateNames = [...]string{"undecided", "none", "bad", "good"}

// String returns the stable name of the state.
func (p ProofState) String() string {
	if int(p) < len(proofStateNames) {
		return proofStateNames[p]
	}
	return fmt.Sprintf("proof-state(%d)", uint8(p))
}

// MarshalText writes the stable name.
func (p ProofState) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// CheckName names one step of the pipeline.
type CheckName string

// The steps, in their order.
const (
	CheckParse      CheckName = "parse"       // the bytes are one credential
	CheckContexts   CheckName = "contexts"    // every context is known
	CheckProof      CheckName = "proof"       // a key signed this document; one check a proof
	CheckBinding    CheckName = "binding"     // the key is the issuer's; one check a proof
	CheckRules      CheckName = "rules"       // the data model, Open Badges and CLR
	CheckTime       CheckName = "time"        // validFrom, validUntil
	CheckSchema     CheckName = "schema"      // credentialSchema
	CheckStatus     CheckName = "status"      // credentialStatus
	CheckRefresh    CheckName = "refresh"     // refreshService
	CheckNested     CheckName = "nested"      // embedded credentials and endorsements
	CheckRelated    CheckName = "related"     // digests of other resources, where there are some
	CheckKeyBinding CheckName = "key-binding" // the holder's key signed this presentation, where it did or was asked to
	CheckHolder     CheckName = "holder"      // of a presentation: whom the credentials are about presents them
	CheckReading    CheckName = "reading"     // what readers find in the JSON is what was signed
)
