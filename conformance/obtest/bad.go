package obtest

import (
	"context"
	"fmt"
	"iter"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// maker makes one Case of a World.
type maker struct {
	name    string
	code    vc.Code
	verdict verify.Verdict
	make    func(w *World, c *Case) error // sets Credential, and may change Config
}

// cases yields what makers make.
func (w *World) cases(makers []maker) iter.Seq2[Case, error] {
	return func(yield func(Case, error) bool) {
		for _, m := range makers {
			c := Case{Name: m.name, Code: m.code, Verdict: m.verdict, Config: w.verifier()}
			err := m.make(w, &c)
			if err != nil {
				err = fmt.Errorf("obtest: %s: %w", m.name, err)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// Bad yields badges that have one thing wrong with them each, eighteen in all, for most of
// which a verifier could say "the signature is not valid", and each of which has a code of its
// own. An error ends it.
func (w *World) Bad() iter.Seq2[Case, error] { return w.cases(bad) }

const (
	no        = verify.VerdictNotVerified
	undecided = verify.VerdictUndetermined
)

var bad = []maker{
	{"tampered", proof.CodeSignature, no, spoiled("Lays a keel", "Lays ten keels")},
	{"truncated proofValue", proof.CodeProofValue, no, func(w *World, c *Case) (err error) {
		if c.Credential, err = w.signed(nil); err == nil {
			c.Credential = append(c.Credential[:len(c.Credential)-12:len(c.Credential)-12], `"}}`...)
		}
		return err
	}},
	{"good ecdsa-rdfc-2019, not enabled", "not-enabled-ecdsa-rdfc-2019", undecided, func(w *World, c *Case) error {
		return w.onlyEddsa(c, P256, dataintegrity.EcdsaRdfc2019)
	}},
	{"good eddsa-jcs-2022, not enabled", "not-enabled-eddsa-jcs-2022", undecided, func(w *World, c *Case) error {
		return w.onlyEddsa(c, Ed25519, dataintegrity.EddsaJcs2022)
	}},
	{"bbs-2023 derived", "not-enabled-bbs-2023", undecided, spoiled(`"eddsa-rdfc-2022"`, `"bbs-2023"`)},
	{"unknown cryptosuite name", proof.CodeSuiteUnknown, no, spoiled(`"eddsa-rdfc-2022"`, `"eddsa-rdf-2022"`)},
	{"context not to be had", verify.CodeContextUnknown, no, spoiled(`context-3.0.3.json"`, `context-3.0.3.json","https://gone.example/context.json"`)},
	{"did:web host down", verify.CodeKeyUnavailable, undecided, func(w *World, c *Case) error {
		i, err := w.Issuer("sunken", DIDWeb, Ed25519)
		if err != nil {
			return err
		}
		w.Web.Break(w.at("sunken")+wellKnown(w), Down)
		c.Credential, err = i.Sign(i.Badge(Badge{}), nil)
		return err
	}},
	{"key of somebody else", verify.CodeIssuerMismatch, no, func(w *World, c *Case) error {
		victim, attacker, err := w.two(DIDKey)
		if err != nil {
			return err
		}
		c.Credential, err = attacker.Sign(victim.Badge(Badge{}), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
		return err
	}},
	{"proofPurpose authentication", proof.CodeProofPurpose, no, func(w *World, c *Case) (err error) {
		c.Credential, err = w.signed(func(o *dataintegrity.SignOptions) { o.Purpose = string(did.Authentication) })
		return err
	}},
	{"expired", verify.CodeExpired, no, func(w *World, c *Case) (err error) {
		c.Credential, err = w.signedBadge(Badge{ValidUntil: w.Now().AddDate(0, 0, -1)})
		return err
	}},
	{"not yet valid", verify.CodeNotYetValid, no, func(w *World, c *Case) (err error) {
		past, future := vc.NewDateTime(w.Now().AddDate(0, -6, 0)).String(), vc.NewDateTime(w.Now().AddDate(0, 6, 0)).String()
		c.Credential, err = w.signed(nil, past, future)
		return err
	}},
	{"undefined term", proof.CodeDataLoss, no, spoiled(`"description":`, `"colour":"red","description":`)},
	{"criteria missing", "criteria-missing", no, written(`"criteria":{"narrative":"Lay one keel under supervision and one alone."}`, `"tag":["boats"]`)},
	{"status host down", status.CodeUnavailable, undecided, func(w *World, c *Case) error {
		w.Web.Break("https://sunken.example/status/1", Down)
		return written(`,"credentialSubject"`, `,"credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"https://sunken.example/status/1"},"credentialSubject"`)(w, c)
	}},
	{"revoked by a 1EdTechRevocationList", status.CodeRevoked, no, func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		list := w.at(i.Name) + "/revocations"
		w.Web.Put(list, "application/json", fmt.Appendf(nil, `{"id":%q,"issuer":%q,"revokedCredential":[{"id":%q,"revocationReason":"issued twice"}]}`,
			list, i.ID, w.ID("badge", i.ID, 0)))
		return written(contextBadge, contextBadge+`,"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`,
			`,"credentialSubject"`, `,"credentialStatus":{"id":"`+list+`","type":"1EdTechRevocationList"},"credentialSubject"`)(w, c)
	}},
	{"no id", "credential-id-missing", no, func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		return written(`"id":"`+w.ID("badge", i.ID, 0)+`",`, "")(w, c)
	}},
	{"no proof", proof.CodeNoProof, no, func(w *World, c *Case) error {
		i, err := w.school()
		if err == nil {
			c.Credential = i.Badge(Badge{})
		}
		return err
	}},
}

// wellKnown is the path of a did:web document in the folder of its issuer.
func wellKnown(w *World) string {
	if w.config.Origin != "" {
		return "/did.json"
	}
	return "/.well-known/did.json"
}

// school is the issuer of most cases.
func (w *World) school() (*Issuer, error) { return w.issuer("harbour", DIDKey, Ed25519) }

// two are an issuer, and one who would like to be it.
func (w *World) two(m Method) (victim, attacker *Issuer, err error) {
	if victim, err = w.issuer("harbour", m, Ed25519); err != nil {
		return nil, nil, err
	}
	attacker, err = w.issuer("pirate", m, Ed25519)
	return victim, attacker, err
}

// signed is the school's badge, changed before it is signed.
func (w *World) signed(change func(*dataintegrity.SignOptions), pairs ...string) ([]byte, error) {
	i, err := w.school()
	if err != nil {
		return nil, err
	}
	text, err := replaced(i.Badge(Badge{}), pairs...)
	if err != nil {
		return nil, err
	}
	return i.Sign(text, change)
}

func (w *World) signedBadge(b Badge) ([]byte, error) {
	i, err := w.school()
	if err != nil {
		return nil, err
	}
	return i.Sign(i.Badge(b), nil)
}

// written makes a badge that is changed before it is signed.
func written(pairs ...string) func(*World, *Case) error {
	return func(w *World, c *Case) (err error) {
		c.Credential, err = w.signed(nil, pairs...)
		return err
	}
}

// spoiled makes a badge that is changed after it was signed.
func spoiled(pairs ...string) func(*World, *Case) error {
	return func(w *World, c *Case) error {
		signed, err := w.signed(nil)
		if err == nil {
			c.Credential, err = replaced(signed, pairs...)
		}
		return err
	}
}

// onlyEddsa makes a good badge for a verifier that takes eddsa-rdfc-2022 alone.
func (w *World) onlyEddsa(c *Case, k KeyKind, suite string) error {
	i, err := w.issuer("harbour", DIDKey, k)
	if err != nil {
		return err
	}
	c.Config.Proofs.Suites = []string{dataintegrity.EddsaRdfc2022}
	c.Credential, err = i.Sign(i.Badge(Badge{}), func(o *dataintegrity.SignOptions) { o.Suite = suite })
	return err
}

// withStatus makes a badge with the entries of a status list, and does something to it.
func withStatus(change func(i *Issuer, entries []vc.CredentialStatus) error) func(*World, *Case) error {
	return func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		entries, err := i.Lists.Entries(context.Background())
		if err != nil {
			return err
		}
		if c.Credential, err = i.Sign(i.Badge(Badge{Status: entries}), nil); err != nil {
			return err
		}
		return change(i, entries)
	}
}
