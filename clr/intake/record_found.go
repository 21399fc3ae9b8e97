package intake

import (
	"encoding/json"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Found is what a reading found, as a [Record] keeps it.
type Found struct {
	Kind    Kind         `json:"kind"`
	State   string       `json:"state"` // of the envelope
	ID      string       `json:"id,omitzero"`
	Issuer  string       `json:"issuer,omitzero"`
	Codes   []vc.Code    `json:"codes,omitzero"`
	Entries []FoundEntry `json:"entries"`
	Reports []Reported   `json:"reports"`
}

// FoundEntry is what was found of one entry.
type FoundEntry struct {
	Member   string    `json:"member,omitzero"`
	Pointer  string    `json:"pointer"`
	Kind     Kind      `json:"kind"`
	ID       string    `json:"id,omitzero"`
	Issuer   string    `json:"issuer,omitzero"`
	Verdict  string    `json:"verdict"`
	Standing string    `json:"standing"`
	Validity string    `json:"validity"`
	Subject  string    `json:"subject"`
	Flags    []Flag    `json:"flags,omitzero"`
	Codes    []vc.Code `json:"codes,omitzero"`
}

// Reported is how one document of the upload was verified, with all that is embedded in it:
// what [verify.Report.AppendJSON] writes.
type Reported struct {
	Member string          `json:"member,omitzero"`
	Report json.RawMessage `json:"report"`
}

func foundOf(r *Reading) Found {
	f := Found{Kind: r.Kind, State: r.Envelope.State.String(), ID: r.Envelope.ID, Issuer: r.Envelope.Issuer, Codes: r.Envelope.Codes}
	seen := map[*verify.Report]bool{}
	f.report("", r.Envelope.Report, seen)
	for e := range r.Entries() {
		f.Entries = append(f.Entries, FoundEntry{
			Member: e.Member, Pointer: e.Pointer, Kind: e.Kind, ID: e.ID, Issuer: e.Issuer, Verdict: e.Verdict.String(),
			Standing: e.Standing.String(), Validity: e.Validity.String(), Subject: e.Subject.String(), Flags: e.Flags,
			Codes: e.Report().Codes(),
		})
		if e.Member != "" {
			f.report(e.Member, e.Report(), seen)
		}
	}
	return f
}

// report keeps a report that is not part of one that is kept already.
func (f *Found) report(member string, r *verify.Report, seen map[*verify.Report]bool) {
	if r == nil || seen[r] {
		return
	}
	f.Reports = append(f.Reports, Reported{member, r.AppendJSON(nil)})
	mark(r, seen)
}

func mark(r *verify.Report, seen map[*verify.Report]bool) {
	seen[r] = true
	for i := range r.Nested {
		mark(r.Nested[i].Report, seen)
	}
}

// keysOf are the keys that proofs checked out with, each once for an issuer.
func keysOf(r *Reading) (all []Key) {
	have := map[Key]bool{}
	take := func(member string, report *verify.Report) {
		if report == nil {
			return
		}
		for i := range report.Checks {
			c := &report.Checks[i]
			once := Key{Member: member, Issuer: report.IssuerID, By: c.Detail}
			if c.Name != verify.CheckProof || c.Outcome != verify.OutcomePassed || c.Detail == "" || have[once] {
				continue
			}
			have[once] = true
			once.Pointer = c.Pointer
			all = append(all, once)
		}
	}
	take("", r.Envelope.Report)
	for e := range r.Entries() {
		take(e.Member, e.Report())
	}
	return all
}
