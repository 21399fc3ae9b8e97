package intake

import (
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// status1Revoked is the code of what was taken back, as of any other credential.
const status1Revoked = status.CodeRevoked

const defaultSkew = 5 * time.Minute

// report begins the report of a record, a set or an assertion.
func (c *clr1) report(v, issuer older) *verify.Report {
	r := &verify.Report{At: c.at, ID: string(v.iri("id")), IssuerID: string(issuer.iri("id")), Types: jsonx.Texts(v.Get("type"))}
	add(r, verify.CheckParse, verify.OutcomePassed)
	return r
}

// add adds a check with its problems.
func add(r *verify.Report, name verify.CheckName, outcome verify.Outcome, problems ...*vc.Problem) *verify.Check {
	r.Checks = append(r.Checks, verify.Check{Name: name, Outcome: outcome, Problems: problems})
	return &r.Checks[len(r.Checks)-1]
}

// fail adds a problem to the check of a name, which fails.
func fail(r *verify.Report, name verify.CheckName, p *vc.Problem) {
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Name == name {
			c.Outcome, c.Problems = verify.OutcomeFailed, append(c.Problems, p)
			r.Verdict = verify.VerdictNotVerified
			return
		}
	}
	add(r, name, verify.OutcomeFailed, p)
	r.Verdict = verify.VerdictNotVerified
}

// required asks for the members that a record must have. One that was revoked may have lost
// them.
func (c *clr1) required(r *verify.Report, v older, names ...string) {
	add(r, verify.CheckRules, verify.OutcomePassed)
	for _, name := range names {
		if m := v.Get(name); !m.Exists() || m.Kind() == jsonx.Null {
			fail(r, verify.CheckRules, clr1Words.Problem(CodeCLR1Missing, "/"+name, ""))
		}
	}
}

// times checks that it is in force.
func (c *clr1) times(r *verify.Report, v older) {
	skew := c.config.Verify.Skew
	if skew == 0 {
		skew = defaultSkew
	}
	issued, err := v.date("issuedOn").Time()
	check := add(r, verify.CheckTime, verify.OutcomeNotApplicable)
	if err == nil {
		check.Outcome = verify.OutcomePassed
	}
	if err == nil && issued.After(c.at.Add(max(skew, 0))) {
		fail(r, verify.CheckTime, clr1Words.Problem(verify.CodeNotYetValid, "/issuedOn", v.content("issuedOn")))
	}
	if until, err := v.date("expires").Time(); err == nil && until.Before(c.at.Add(-max(skew, 0))) {
		fail(r, verify.CheckTime, clr1Words.Problem(verify.CodeExpired, "/expires", v.content("expires")))
	}
}

// status checks whether it was taken back: it says so itself, or the list of its issuer does.
// The list is that of the published profile, and is asked of what somebody can be held to.
func (c *clr1) status(r *verify.Report, v, issuer older, state verify.ProofState) {
	if v.Get("revoked").Kind() == jsonx.True {
		add(r, verify.CheckStatus, verify.OutcomeFailed, clr1Words.Problem(status.CodeRevoked, "/revoked", ""))
		return
	}
	list := ""
	if state == verify.ProofGood {
		list = string(c.published(r.IssuerID).profile.iri("revocationList"))
	}
	if list == "" {
		add(r, verify.CheckStatus, verify.OutcomeNotApplicable)
		return
	}
	response, p := c.fetch(list)
	if p != nil {
		add(r, verify.CheckStatus, verify.OutcomeUndetermined, p)
		return
	}
	doc, err := jsonx.Parse(response.Body, jsonx.Limits{}, nil)
	if err != nil || jsonx.Content(doc.Root().Get("issuer")) != r.IssuerID || !doc.Root().Get("revokedAssertions").Exists() {
		add(r, verify.CheckStatus, verify.OutcomeUndetermined, caused(CodeCLR1List, err))
		return
	}
	for _, id := range jsonx.Texts(doc.Root().Get("revokedAssertions")) {
		if id == r.ID {
			add(r, verify.CheckStatus, verify.OutcomeFailed, clr1Words.Problem(status.CodeRevoked, "/id", vc.Quote(id)))
			return
		}
	}
	add(r, verify.CheckStatus, verify.OutcomePassed).Detail = "the list of the publisher does not have it"
}

// conclude sums the checks up.
func conclude(r *verify.Report) {
	r.Verdict = verify.VerdictVerified
	for i := range r.Checks {
		switch r.Checks[i].Outcome {
		case verify.OutcomeFailed:
			r.Verdict = verify.VerdictNotVerified
			return
		case verify.OutcomeUndetermined:
			r.Verdict = verify.VerdictUndetermined
		}
	}
}
