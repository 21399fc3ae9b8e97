package match

import (
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Record is what is kept of a match, so that it can be explained and repeated years later:
// what was asked, by which numbers, over which versions of which frameworks, what was held
// against it, and what came of it. [Matcher.Record] makes one, [Record.JSON] writes it,
// [ParseRecord] reads it back, and [Replay] matches anew from it.
//
// It has the claims and not the credentials: that these verified is in the record of the
// reading (package clr/intake). Who may change a Record can change what it says: keep it, or
// its digest, where only the operator writes.
type Record struct {
	Version int       `json:"match"` // of this format, 1
	At      time.Time `json:"at"`
	Policy  Policy    `json:"policy"`
	Job     Job       `json:"job"`
	Claims  []Claim   `json:"claims"`
	// Verdicts are those of Policy.Accept, one for each claim.
	Verdicts []Verdict `json:"verdicts"`
	Outcome  *Outcome  `json:"outcome"`
}

const (
	recordVersion  = 1
	maxRecord      = 128 << 20 // bytes: the claims of ten thousand credentials with their alignments
	maxRecordDepth = 16        // an alternative of a requirement stands seven deep
)

// Record holds claims against the job, and keeps what that rests on. at is the instant of
// the reading that the claims are of.
func (m *Matcher) Record(claims []Claim, at time.Time) *Record {
	verdicts := judge(claims, m.policy.Accept)
	return &Record{Version: recordVersion, At: at.UTC(), Policy: m.policy, Job: m.job, Claims: claims, Verdicts: verdicts,
		Outcome: m.match(claims, verdicts)}
}

// JSON writes the record as one document. What it writes is a function of the record alone.
// One that is longer than [ParseRecord] reads is the error of ParseRecord.
func (r *Record) JSON() ([]byte, error) {
	text, err := vc.Marshal(r)
	if err == nil && len(text) > maxRecord {
		_, err = ParseRecord(text)
	}
	return text, err
}

// ParseRecord reads a record that [Record.JSON] wrote. Errors are [*vc.Problem]s: of JSON, of
// [CodeRecordVersion], and of [CodeRecordMalformed] where its parts do not fit together.
func ParseRecord(src []byte) (*Record, error) {
	doc, err := jsonx.Parse(src, jsonx.Limits{Bytes: maxRecord, Depth: maxRecordDepth}, nil)
	if err != nil {
		return nil, vc.ProblemOf(err)
	}
	if v := doc.Root().Get("match"); string(v.Raw()) != "1" {
		return nil, recordWords.Problem(CodeRecordVersion, "/match", v.Shown())
	}
	r := new(Record)
	if err := vc.Unmarshal(src, r); err != nil {
		return nil, vc.ProblemOf(err)
	}
	switch {
	case len(r.Verdicts) != len(r.Claims):
		return nil, recordWords.Problem(CodeRecordMalformed, "/verdicts", "")
	case r.Outcome == nil:
		return nil, recordWords.Problem(CodeRecordMalformed, "/outcome", "")
	}
	if err := r.Policy.check(); err != nil {
		return nil, recordWords.Problem(CodeRecordMalformed, "/policy", err.Error())
	}
	if err := r.Job.check(); err != nil {
		return nil, recordWords.Problem(CodeRecordMalformed, "/job", err.Error())
	}
	return r, nil
}
