package conformance

import (
	"encoding/json"
	"net/http"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

var profileReadRows = []row{{
	id: "PR-4.1", level: LevelMust, clause: "getProfile",
	title:   "getProfile returns a Profile.",
	fix:     "Answer 200 with the profile of the person who allowed it, with id and type Profile.",
	aliases: []string{"Service Provider (Read) 4"}, needs: needsLogin, run: checkProfile,
}, {
	id: "PR-4.2", level: LevelMust, clause: "getProfile, 401 and 403",
	title: "getProfile asks for a token, and for its scope.",
	fix:   "Answer 401 without a token and 403 without profile.readonly, with Imsx_StatusInfo.",
	needs: needsLogin, run: checkProfileScope,
}}

var profileWriteRows = []row{{
	id: "PW-3.1", level: LevelOptional, clause: "putProfile",
	title:   "putProfile takes a whole Profile, with 200 or 202.",
	fix:     "Answer PUT …/profile with 200 and the profile, or with 202 and a status body.",
	aliases: []string{"Service Provider (Write) 3"}, needs: needsLogin, run: checkPutProfile,
}}

// profile is the profile that the suite writes.
func (p *probe) profile(name string) []byte {
	id := p.s.suite.Provider.ProfileID
	if id == "" {
		id = "https://1edtech.org/issuers/cert"
	}
	text, _ := json.Marshal(map[string]any{ // of texts
		"@context": []string{"https://www.w3.org/ns/credentials/v2", rules.OpenBadgesContext},
		"id":       id, "type": []string{"Profile"}, "name": name,
	})
	return text
}

func (p *probe) put(v *service, token string, text []byte) *answer {
	return p.send(call{http.MethodPut, v.base + "/profile", map[string]string{
		"Authorization": "Bearer " + token, "Content-Type": mediaJSON, "Accept": mediaJSON}, text})
}

// sameProfile puts the profile back that is there, or a first one where there is none:
// nothing of the person's is changed.
func (p *probe) sameProfile(v *service) ([]byte, error) {
	text := p.profile("Conformance suite")
	token, err := p.token(v, scopeProfile)
	if err != nil {
		return text, nil // what cannot be read is not there
	}
	quiet := &probe{ctx: p.ctx, s: p.s, check: p.check}
	if a := quiet.get(v.base+"/profile", token); a != nil && a.status == http.StatusOK {
		if text = a.body; len(vc.Errors(rules.Profile.CheckDraft(text, nil))) > 0 {
			return nil, blocked{v.prefix + "-H-PR-4.1", "the profile that is there is none, and the suite does not change it"}
		}
	}
	return text, nil
}

func checkProfile(p *probe, v *service) error {
	token, err := p.token(v, scopeProfile)
	if err != nil {
		return err
	}
	if d, err := p.describe(v); err == nil && d.offers(v.scope(scopeProfileWrite)) {
		quiet := &probe{ctx: p.ctx, s: p.s, check: p.check}
		if a := quiet.get(v.base+"/profile", token); a != nil && a.status == http.StatusNotFound {
			writer, err := p.token(v, scopeProfileWrite)
			if err != nil {
				return err
			}
			quiet.put(v, writer, p.profile("Conformance suite"))
		}
	}
	a := p.get(v.base+"/profile", token)
	if !p.status(a, "getProfile", http.StatusOK) {
		return nil
	}
	problems := rules.Profile.CheckDraft(a.body, nil)
	p.looked++
	for _, problem := range vc.Errors(problems) {
		f := findingOf(problem)
		f.Exchange = a.exchange
		p.fail(f)
	}
	return nil
}

func checkProfileScope(p *probe, v *service) error {
	p.refused(p.get(v.base+"/profile", ""), http.StatusUnauthorized, "getProfile without a token")
	token, err := p.token(v, scopeRead)
	if err != nil {
		return err
	}
	p.refused(p.get(v.base+"/profile", token), http.StatusForbidden, "getProfile with a token for credentials")
	return nil
}

func checkPutProfile(p *probe, v *service) error {
	token, err := p.token(v, scopeProfileWrite)
	if err != nil {
		return err
	}
	text, err := p.sameProfile(v)
	if err != nil {
		return err
	}
	p.status(p.put(v, token, text), "putProfile", http.StatusOK, http.StatusAccepted)
	return nil
}
