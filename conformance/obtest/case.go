package obtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Case is a credential with what a verifier must make of it.
type Case struct {
	Name       string
	Credential []byte // JSON or a token
	Verdict    verify.Verdict
	// Code is the one that names what is wrong, "" where nothing is.
	Code vc.Code
	// Config is how it is verified: with the World's clock, against its Web, else at its
	// defaults, except where the Case is about an option.
	Config verify.Config
}

// Check verifies the credential by package vc/verify, and returns an error where that says
// anything else than the Case.
func (c *Case) Check(ctx context.Context) error {
	report, err := verify.Inspect(ctx, c.Credential, c.Config)
	switch {
	case err != nil:
		return fmt.Errorf("obtest: %s: %w", c.Name, err)
	case report.Verdict != c.Verdict:
		return fmt.Errorf("obtest: %s: the verdict is %v, not %v: %v", c.Name, report.Verdict, c.Verdict, report.Problems())
	case c.Code != "" && !slices.ContainsFunc(report.Problems(), c.names) && !slices.ContainsFunc(report.Warnings(), c.names):
		return fmt.Errorf("obtest: %s: the codes %v lack %s", c.Name, report.Codes(), c.Code)
	}
	return nil
}

func (c *Case) names(p *vc.Problem) bool { return p.Code == c.Code }

// verifier is the Config of most cases.
func (w *World) verifier() verify.Config { return verify.Config{Fetcher: w.Web, Now: w.Now} }

// Forms lists the forms in which a key of a kind secures credentials.
func Forms(k KeyKind) []issue.Form {
	tokens := []issue.Form{issue.VCJWT, issue.VCJOSE, issue.VCSDJWT}
	switch k {
	case Ed25519:
		return append([]issue.Form{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022}, tokens...)
	case P256:
		return append([]issue.Form{dataintegrity.EcdsaRdfc2019, dataintegrity.EcdsaJcs2019, dataintegrity.EcdsaSd2023}, tokens...)
	case P384:
		return append([]issue.Form{dataintegrity.EcdsaRdfc2019, dataintegrity.EcdsaJcs2019}, tokens...)
	}
	return tokens
}

// Secure signs a credential in a form, as it is: see [Issuer.Sign] and [Issuer.Token]. An
// SD-JWT lets its name be hidden. What ecdsa-sd-2023 makes is the holder's own copy, from which
// dataintegrity.Derive makes what verifiers take.
func (i *Issuer) Secure(credential []byte, f issue.Form) ([]byte, error) {
	switch f {
	case issue.VCSDJWT:
		return i.disclosed(credential)
	case issue.VCJWT:
		return i.Token(credential, nil)
	case issue.VCJOSE:
		return i.Token(credential, func(o *vcjwt.SignOptions) { o.Form = vcjwt.FormVCJOSE })
	}
	return i.Sign(credential, func(o *dataintegrity.SignOptions) { o.Suite = string(f) })
}

// disclosed is an SD-JWT whose salts follow from what it says.
func (i *Issuer) disclosed(credential []byte) ([]byte, error) {
	o := sdjwt.SignOptions{Signer: i.Signer, KeyID: i.VerificationMethod, Random: rand.NewChaCha8(sha256.Sum256(credential))}
	doc, err := vc.Parse(credential)
	if err != nil {
		return nil, err
	}
	if door.Root(doc).Get("name").Exists() {
		o.Disclosable = []string{"/name"}
	}
	return sdjwt.Sign(context.Background(), credential, o)
}

// Good yields credentials that verify: by issuers of every method, with keys of every kind,
// in every form that these have (of ecdsa-sd-2023 as holders show them), a badge, a badge with everything, an endorsement and a
// record each. An error ends it.
func (w *World) Good() iter.Seq2[Case, error] {
	return func(yield func(Case, error) bool) {
		for _, m := range Methods() {
			for _, k := range KeyKinds() {
				for _, f := range Forms(k) {
					for _, kind := range kinds {
						c, err := w.good(m, k, f, kind)
						if !yield(c, err) || err != nil {
							return
						}
					}
				}
			}
		}
	}
}

// kind is a kind of good credential with its text.
type kind struct {
	name  string
	write func(i *Issuer) ([]byte, error)
}

var kinds = []kind{
	{"small badge", func(i *Issuer) ([]byte, error) { return i.Badge(Badge{Number: 1}), nil }},
	{"full badge", (*Issuer).full},
	{"endorsement", func(i *Issuer) ([]byte, error) { return i.Endorsement(i.world.ID("badge", i.ID, 1), 1), nil }},
	{"record", (*Issuer).record},
}

func (w *World) good(m Method, k KeyKind, f issue.Form, kind kind) (Case, error) {
	i, err := w.issuer("good", m, k)
	if err != nil {
		return Case{}, err
	}
	text, err := kind.write(i)
	if err != nil {
		return Case{}, err
	}
	secured, err := i.Secure(text, f)
	if err != nil {
		return Case{}, fmt.Errorf("obtest: %s in the form %s: %w", kind.name, f, err)
	}
	if f == dataintegrity.EcdsaSd2023 {
		all := dataintegrity.DeriveOptions{Pointers: []string{""}}
		if secured, err = dataintegrity.Derive(context.Background(), secured, all); err != nil {
			return Case{}, fmt.Errorf("obtest: %s in the form %s: %w", kind.name, f, err)
		}
	}
	name := fmt.Sprintf("%s of %s, %s, %s", kind.name, m, k, f)
	return Case{Name: name, Credential: secured, Verdict: verify.VerdictVerified, Config: w.verifier()}, nil
}

// full is a badge with a status, an end, results, skills and an endorsement by a guild.
func (i *Issuer) full() ([]byte, error) {
	guild, err := i.world.issuer("guild", HTTPS, Ed25519)
	if err != nil {
		return nil, err
	}
	endorsement, err := guild.Sign(guild.Endorsement(i.world.ID("badge", i.ID, 2), 2), nil)
	if err != nil {
		return nil, err
	}
	entries, err := i.Lists.Entries(context.Background())
	if err != nil {
		return nil, err
	}
	return i.Badge(Badge{Number: 2, Results: 3, Alignments: 3, Status: entries, Endorsed: [][]byte{endorsement},
		ValidUntil: i.world.Now().AddDate(2, 0, 0)}), nil
}

// record has badges of three schools about one learner.
func (i *Issuer) record() ([]byte, error) {
	learner := i.world.ID("learner", 3)
	var entries [][]byte
	for _, name := range []string{"harbour", "river", "lake"} {
		school, err := i.world.issuer(name, DIDKey, Ed25519)
		if err != nil {
			return nil, err
		}
		badge, err := school.Sign(school.Badge(Badge{Number: 3, Recipient: learner}), nil)
		if err != nil {
			return nil, err
		}
		entries = append(entries, badge)
	}
	return i.Record(3, learner, entries...), nil
}

// Badges yields n signed badges of as many issuers, in turn: did:key and Ed25519, with
// eddsa-rdfc-2022. An error ends it.
func (w *World) Badges(n, issuers int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for k := range n {
			i, err := w.Issuer(fmt.Sprintf("school-%d", k%max(issuers, 1)), DIDKey, Ed25519)
			if err != nil {
				yield(nil, err)
				return
			}
			badge, err := i.Sign(i.Badge(Badge{Number: k}), nil)
			if !yield(badge, err) || err != nil {
				return
			}
		}
	}
}
