package conformance

import (
	"net/http"
	"slices"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc/verify"
)

var readRows = []row{{
	id: "PR-2.1", level: LevelMust, clause: "getCredentials",
	title:   "getCredentials returns credentials, and each of them verifies by itself.",
	fix:     "Send the credentials as they came in: written anew, many do not verify. An account for tests must have some.",
	aliases: []string{"Service Provider (Read) 2", "HST-1"}, needs: needsLogin, run: checkListVerifies,
}, {
	id: "PR-2.2", level: LevelMust, clause: "getCredentials, GetCredentialsResponse",
	title: "Credentials with embedded proofs stand in credential, tokens in compactJwsString.",
	fix:   "Put JSON objects into credential and compact tokens, as texts, into compactJwsString.",
	needs: needsLogin, run: checkListArrays,
}, {
	id: "PR-2.3", level: LevelMust, clause: "getCredentials, 401; Imsx_StatusInfo",
	title: "Without a token the answer is 401 with a status body.",
	fix:   "Answer 401, WWW-Authenticate: Bearer and Imsx_StatusInfo with unauthorizedrequest.", aliases: []string{"HST-2"},
	needs: needsProvider, run: checkNoToken,
}, {
	id: "PR-2.4", level: LevelMust, clause: "getCredentials, 401; RFC 6750, 3.1",
	title: "With a token that is none the answer is 401 with a status body.",
	fix:   "Answer 401, WWW-Authenticate: Bearer error=\"invalid_token\" and Imsx_StatusInfo.",
	needs: needsProvider, run: checkGarbageToken,
}, {
	id: "PR-2.5", level: LevelMust, clause: "getCredentials, 403; RFC 6750, 3.1",
	title: "With a token that may only write the answer is 403 with a status body.",
	fix:   "Ask for the scope of each operation, and answer 403 with Imsx_StatusInfo where it is missing.",
	needs: needsLogin, run: checkOtherScope,
}}

func checkListVerifies(p *probe, v *service) error {
	token, err := p.reader(v)
	if err != nil {
		return err
	}
	all, err := p.everything(v, token)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		p.fail(Finding{Message: "the list is empty: there is nothing to verify"})
		return nil
	}
	for k := range all {
		if !p.s.forged[all[k].id] { // that it was taken is told where it was sent
			p.authentic(all[k].text)
		}
	}
	return nil
}

// authentic looks whether a credential is its issuer's word. That it expired or was revoked
// is no fault of who keeps it; that it cannot be decided here is a warning.
func (p *probe) authentic(text []byte) {
	report, err := p.s.verify.Inspect(p.ctx, text)
	switch {
	case err != nil:
		p.fail(Finding{Message: "a credential cannot be read: " + err.Error()})
	case report.Authentic():
		p.holds(true, Finding{})
	case undecided(report):
		f := Finding{Message: "a credential cannot be verified here: its key could not be had", Found: report.ID}
		f.Warning = true
		p.warn(f)
	default:
		for _, problem := range report.Problems() {
			f := findingOf(problem)
			f.Found = report.ID
			p.fail(f)
			break
		}
	}
}

// undecided reports whether only what could not be had stands against a credential.
func undecided(r *verify.Report) bool {
	return !slices.ContainsFunc(r.Checks, func(c verify.Check) bool { return c.Outcome == verify.OutcomeFailed && !c.Advisory }) &&
		slices.ContainsFunc(r.Checks, func(c verify.Check) bool { return c.Outcome == verify.OutcomeUndetermined })
}

func checkListArrays(p *probe, v *service) error {
	token, err := p.reader(v)
	if err != nil {
		return err
	}
	all, err := p.everything(v, token)
	if err != nil {
		return err
	}
	for k := range all {
		object := len(all[k].text) > 0 && all[k].text[0] == '{'
		p.holds(object != all[k].token, Finding{Message: "a credential stands in the wrong array", Found: all[k].id})
	}
	return nil
}

func checkNoToken(p *probe, v *service) error {
	p.refused(p.get(v.base+"/credentials", ""), http.StatusUnauthorized, "a request without a token")
	return nil
}

func checkGarbageToken(p *probe, v *service) error {
	p.refused(p.get(v.base+"/credentials", "this-is-no-token-at-all"), http.StatusUnauthorized, "a request with a token that is none")
	return nil
}

func checkOtherScope(p *probe, v *service) error {
	token, err := p.token(v, scopeUpsert)
	if err != nil {
		return err
	}
	p.refused(p.get(v.base+"/credentials", token), http.StatusForbidden, "a request with a token that may only write")
	return nil
}

// refused looks whether an answer has a status and the body that goes with it.
func (p *probe) refused(a *answer, status int, what string) {
	if !p.status(a, what, status) {
		return
	}
	root, err := a.json()
	if !p.holds(err == nil, Finding{Message: "the refusal of " + what + " is no JSON", Exchange: a.exchange}) {
		return
	}
	s, ok := rest.ReadStatus(root)
	p.holds(ok && s.CodeMajor == "failure", Finding{Message: "the refusal of " + what + " is no Imsx_StatusInfo",
		Expected: "imsx_codeMajor failure",
		Found:    s.CodeMajor, Exchange: a.exchange})
}
