package intake

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// publisher is the profile of somebody as it is published, or why it cannot be had.
type publisher struct {
	profile older
	problem *vc.Problem
}

// proof checks by what a record or an assertion can be held to whom it names: its signature,
// or that its address has it.
func (c *clr1) proof(r *verify.Report, v, issuer older, doc *vc.Document) verify.ProofState {
	switch {
	case doc != nil:
		r.Form = vc.FormJWT
		return c.signed(r, v, issuer, doc)
	case saysHosted(v):
		return c.hosted(r, v, issuer)
	}
	add(r, verify.CheckProof, verify.OutcomeFailed, clr1Words.Problem(proof.CodeNoProof, "", ""))
	return verify.ProofNone
}

func saysHosted(v older) bool {
	return strings.HasPrefix(v.of("verification").content("type"), "Hosted") && isWeb(string(v.iri("id")))
}

func isWeb(address string) bool { return strings.HasPrefix(address, "https://") }

// signed checks a signature with the key that the issuer publishes. With the key that came
// along it proves only that nothing was changed since: whoever signs writes that.
func (c *clr1) signed(r *verify.Report, v, issuer older, doc *vc.Document) verify.ProofState {
	header, _ := door.Token(doc)
	algorithm, p := token.AlgorithmOf(header)
	if p != nil {
		return c.undecided(r, p)
	}
	id := issuer.iri("id")
	published := c.published(string(id))
	if published.problem != nil {
		brought, err := keyOfProfile(issuer)
		if err == nil {
			err = token.CheckSignature(doc.Token(), algorithm, brought)
		}
		switch {
		case brought != nil && err != nil:
			return c.bad(r, vc.ProblemOf(err))
		case brought != nil:
			return c.undecided(r, caused(CodeCLR1KeyBrought, published.problem))
		}
		return c.undecided(r, caused(CodeCLR1Unpublished, published.problem))
	}
	key, err := keyOfProfile(published.profile)
	if err != nil {
		return c.bad(r, caused(CodeCLR1Key, err))
	}
	listed := published.profile.of("publicKey")
	if owner := listed.iri("owner"); owner != id {
		return c.bad(r, clr1Words.Problem(CodeCLR1KeyOwner, "", vc.Quote(string(owner))))
	}
	if creator := v.of("verification").iri("creator"); creator != "" && creator != listed.iri("id") {
		return c.bad(r, clr1Words.Problem(CodeCLR1KeyOwner, "", vc.Quote(string(creator))))
	}
	if err := token.CheckSignature(doc.Token(), algorithm, key); err != nil {
		return c.bad(r, vc.ProblemOf(err))
	}
	check := add(r, verify.CheckProof, verify.OutcomePassed)
	check.Detail = string(algorithm) + " by " + string(listed.iri("id"))
	add(r, verify.CheckBinding, verify.OutcomePassed).Detail = "the key is in the profile at " + string(id)
	return verify.ProofGood
}

// hosted compares what came with what its address has (CLR 1.0, Hosted Verification).
func (c *clr1) hosted(r *verify.Report, v, issuer older) verify.ProofState {
	id := string(v.iri("id"))
	response, p := c.fetch(id)
	switch {
	case p != nil && p.Code == vc.Code(fetch.CodeGone):
		return c.bad(r, clr1Words.Problem(status1Revoked, "/id", vc.Quote(id)))
	case p != nil && p.Code == vc.Code(fetch.CodeNotFound):
		return c.bad(r, caused(CodeCLR1NotHosted, p))
	case p != nil:
		return c.undecided(r, p)
	case !sameHost(response.URL, id) || !sameHost(string(issuer.iri("id")), id):
		return c.bad(r, clr1Words.Problem(CodeCLR1NotHosted, "/id", vc.Quote(response.URL)))
	}
	there, err := jsonx.Parse(response.Body, jsonx.Limits{Bytes: c.config.Verify.Limits.Parse.MaxRecordBytes}, nil)
	if err != nil {
		return c.bad(r, caused(CodeCLR1NotHosted, err))
	}
	if !sameJSON(there.Root(), v.Value) {
		return c.bad(r, clr1Words.Problem(CodeCLR1Differs, "/id", vc.Quote(id)))
	}
	add(r, verify.CheckProof, verify.OutcomePassed).Detail = "its address has the same"
	add(r, verify.CheckBinding, verify.OutcomePassed).Detail = "the address is on the host of its publisher"
	return verify.ProofGood
}

// published returns the profile that an issuer publishes at its id, asked for once.
func (c *clr1) published(id string) publisher {
	if p, ok := c.profiles[id]; ok {
		return p
	}
	p := c.profile(id)
	c.profiles[id] = p
	return p
}

func (c *clr1) profile(id string) publisher {
	if !vc.IsAbsoluteIRI(id) {
		return publisher{problem: clr1Words.Problem(CodeCLR1Unpublished, "", vc.Quote(id))}
	}
	response, p := c.fetch(id)
	if p != nil {
		return publisher{problem: p}
	}
	doc, err := jsonx.Parse(response.Body, jsonx.Limits{}, nil)
	if err != nil {
		return publisher{problem: vc.ProblemOf(err)}
	}
	if got := jsonx.Content(doc.Root().Get("id")); got != id || isWeb(id) && !sameHost(response.URL, id) {
		return publisher{problem: clr1Words.Problem(CodeCLR1Profile, "/id", vc.Quote(got))}
	}
	return publisher{profile: older{doc.Root()}}
}

// fetch asks for a document, within the requests of one upload of CLR 1.0.
func (c *clr1) fetch(address string) (*fetch.Response, *vc.Problem) {
	if c.left--; c.left < 0 {
		return nil, clr1Words.Problem(CodeCLR1Requests, "", vc.Quote(address))
	}
	r, err := c.fetcher.Fetch(c.ctx, address)
	return r, vc.ProblemOf(err)
}

func keyOfProfile(profile older) (*proof.Key, error) {
	public, err := multikey.ParsePEM(profile.of("publicKey").content("publicKeyPem"))
	if err != nil {
		return nil, err
	}
	return proof.NewKey(public)
}

func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	w, wrong := url.Parse(b)
	return err == nil && wrong == nil && u.Scheme == "https" && w.Scheme == "https" && strings.EqualFold(u.Host, w.Host)
}

// sameJSON compares two values as JSON: members in any order.
func sameJSON(a, b jsonx.Value) bool {
	x, err := jcs.Append(nil, a)
	y, wrong := jcs.Append(nil, b)
	return err == nil && wrong == nil && bytes.Equal(x, y)
}

func (c *clr1) bad(r *verify.Report, p *vc.Problem) verify.ProofState {
	add(r, verify.CheckProof, verify.OutcomeFailed, p)
	return verify.ProofBad
}

func (c *clr1) undecided(r *verify.Report, p *vc.Problem) verify.ProofState {
	add(r, verify.CheckProof, verify.OutcomeUndetermined, p)
	return verify.ProofUndecided
}
