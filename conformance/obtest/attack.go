package obtest

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"iter"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Attacks yields what holders, forgers and hosts try, one of each kind: docs/threat-model.md
// tells them. Those of holders make the same statements as a credential that was rightly
// signed, so that its signature is good. An error ends it.
func (w *World) Attacks() iter.Seq2[Case, error] { return w.cases(attacks) }

var attacks = []maker{
	// The holder.
	{"a name moved to another object of the issuer's id", verify.CodeNodeSplit, no, rewritten(
		[]string{`"type":["Achievement"],`, `"type":["Achievement"],"creator":{"id":"@issuer","type":["Profile"]},`},
		[]string{`"type":["Profile"],"name":"School of @name"}`, `"type":["Profile"]}`,
			`"creator":{"id":"@issuer","type":["Profile"]}`, `"creator":{"id":"@issuer","type":["Profile"],"name":"School of @name"}`})},
	{"an end of validity under its IRI", verify.CodeIllegible, no, rewritten(
		[]string{`,"credentialSubject"`, `,"validUntil":"2020-01-01T00:00:00Z","credentialSubject"`},
		[]string{`"validUntil":"2020-01-01T00:00:00Z"`, `"https://www.w3.org/2018/credentials#validUntil":{"@type":"http://www.w3.org/2001/XMLSchema#dateTime","@value":"2020-01-01T00:00:00Z"}`})},
	{"a text as an object", verify.CodeIllegible, no, rewritten(nil,
		[]string{`"description":"Lays a keel that is straight to a millimetre."`, `"description":{"@value":"Lays a keel that is straight to a millimetre."}`})},
	{"an id by the name of another context", verify.CodeIllegible, no, rewritten(
		[]string{contextBadge, contextBadge + `,"https://www.w3.org/ns/odrl.jsonld"`},
		[]string{`"credentialSubject":{"id":`, `"credentialSubject":{"uid":`})},
	{"a revoked badge", status.CodeRevoked, no, withStatus(func(i *Issuer, entries []vc.CredentialStatus) error {
		return i.Lists.Revoke(context.Background(), entries)
	})},
	{"a suspended badge", status.CodeSuspended, no, withStatus(func(i *Issuer, entries []vc.CredentialStatus) error {
		return i.Lists.Set(context.Background(), entries, status.PurposeSuspension, 1)
	})},
	{"one member twice", "json-duplicate-name", verify.VerdictUnreadable, spoiled(`"validFrom"`, `"name":"Master of keels","validFrom"`)},
	{"a bad proof beside a good one", proof.CodeSignature, no, func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		once, err := i.Sign(i.Badge(Badge{Number: 1}), nil)
		if err != nil {
			return err
		}
		other, err := i.Sign(i.Badge(Badge{Number: 2}), nil)
		if err != nil {
			return err
		}
		_, foreign, _ := strings.Cut(string(other), `"proof":`)
		c.Credential, err = replaced(once, `"proof":`, `"proof":[`+strings.TrimSuffix(foreign, "}")+`,`)
		c.Credential = append(bytes.TrimSuffix(c.Credential, []byte("}")), "]}"...)
		return err
	}},
	{"a proof that continues one which is not there", proof.CodeProofChain, no, spoiled(`"proof":{`, `"proof":{"previousProof":"urn:proof:none",`)},
	{"a badge for an unsigned one in a record", verify.CodeNestedForged, no, func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		learner := w.ID("learner", 1)
		badge, err := w.signedBadge(Badge{Number: 1, Recipient: learner})
		if err != nil {
			return err
		}
		if badge, err = replaced(badge, "Lays a keel", "Lays ten keels"); err != nil {
			return err
		}
		c.Credential, err = i.Sign(i.Record(1, learner, badge), nil)
		return err
	}},

	// The forger.
	{"a key in the fragment of the issuer's URL", verify.CodeKeyNotFound, no, func(w *World, c *Case) error {
		victim, attacker, err := w.two(HTTPS)
		if err != nil {
			return err
		}
		key, err := multikey.Encode(attacker.Signer.Public())
		if err != nil {
			return err
		}
		c.Credential, err = attacker.Sign(victim.Badge(Badge{}), func(o *dataintegrity.SignOptions) {
			o.VerificationMethod = victim.ID + "#" + key
		})
		return err
	}},
	{"the forger's own did:key as the method", verify.CodeIssuerMismatch, no, func(w *World, c *Case) error {
		victim, err := w.issuer("harbour", HTTPS, Ed25519)
		if err != nil {
			return err
		}
		attacker, err := w.issuer("pirate", DIDKey, Ed25519)
		if err != nil {
			return err
		}
		c.Credential, err = attacker.Sign(victim.Badge(Badge{}), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
		return err
	}},
	{"a token that nobody signed", proof.CodeJWTAlgNone, no, func(w *World, c *Case) error {
		return w.token(c, func(i *Issuer, _ string) string {
			return `{"alg":"none","typ":"JWT","kid":"` + i.VerificationMethod + `"}`
		})
	}},
	{"a token with the public key as a password", proof.CodeJWTAlgNotAllowed, no, func(w *World, c *Case) error {
		return w.token(c, func(i *Issuer, _ string) string {
			return `{"alg":"HS256","typ":"JWT","kid":"` + i.VerificationMethod + `"}`
		})
	}},
	{"a token that brings the forger's key", verify.CodeKeyUnbound, no, func(w *World, c *Case) error {
		return w.token(c, func(_ *Issuer, jwk string) string { return `{"alg":"EdDSA","typ":"JWT","jwk":` + jwk + `}` })
	}},

	// The host of the issuer's documents, and the issuer himself.
	{"a key that was revoked", vc.Code(did.CodeMethodRetired), no, documented(`"type": "Multikey"`, `"revoked": "2025-12-01T00:00:00Z", "type": "Multikey"`)},
	{"a key that has expired", vc.Code(did.CodeMethodRetired), no, documented(`"type": "Multikey"`, `"expires": "2025-12-01T00:00:00Z", "type": "Multikey"`)},
	{"a key for another use", vc.Code(did.CodeRelationship), no, documented(`"assertionMethod"`, `"keyAgreement"`)},
	{"an identifier that was given up", vc.Code(did.CodeDeactivated), no, documented(`"assertionMethod"`, `"deactivated":true,"assertionMethod"`)},
	{"the document of another", vc.Code(did.CodeDocumentID), no, documented(`"id": "did:web:`, `"id": "did:web:www.`)},
	{"a did:web host that leads elsewhere", verify.CodeKeyUnavailable, undecided, func(w *World, c *Case) error {
		i, err := w.Issuer("redirected", DIDWeb, Ed25519)
		if err != nil {
			return err
		}
		w.Web.Put("https://pirate.example/did.json", i.mediaType(), i.Published.Document())
		w.Web.Redirect(i.Published.URL(), "https://pirate.example/did.json")
		c.Credential, err = i.Sign(i.Badge(Badge{}), nil)
		return err
	}},
	{"the status list of another issuer", status.CodeListWrongIssuer, undecided, func(w *World, c *Case) error {
		pirate, err := w.issuer("pirate", DIDKey, Ed25519)
		if err != nil {
			return err
		}
		entries, err := pirate.Lists.Entries(context.Background())
		if err == nil {
			c.Credential, err = w.signedBadge(Badge{Status: entries})
		}
		return err
	}},
	{"a status list that has ended", status.CodeListExpired, undecided, func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		list, err := status.NewList(status.MinEntries, 1)
		if err != nil {
			return err
		}
		p := status.Publication{ID: vc.IRI(w.at(i.Name) + "/ended"), Issuer: vc.IRI(i.ID), Purposes: []string{status.PurposeRevocation},
			ValidFrom: w.Now().AddDate(0, 0, -3), ValidUntil: w.Now().AddDate(0, 0, -2)}
		entry, err := list.Entry(p, status.PurposeRevocation, 7)
		if err != nil {
			return err
		}
		unsigned, err := list.Credential(p)
		if err != nil {
			return err
		}
		signed, err := i.Sign(unsigned, nil)
		if err != nil {
			return err
		}
		w.Web.Put(string(p.ID), "application/vc", signed)
		c.Credential, err = w.signedBadge(Badge{Status: []vc.CredentialStatus{entry}})
		return err
	}},

	// Whoever wants the reader to work, or to fetch.
	{"arrays in arrays", "json-too-deep", verify.VerdictUnreadable, spoiled(`"description":"`, `"tag":`+strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000)+`,"description":"`)},
	{"a link that runs code", rules.CodeActiveURL, verify.VerdictVerified, written(`"criteria":{`, `"criteria":{"id":"javascript:alert(1)",`)},
}

// rewritten makes a badge that is changed, signed, and changed again so that its statements
// stay the same. @issuer and @name stand for the issuer's.
func rewritten(before, after []string) func(*World, *Case) error {
	return func(w *World, c *Case) error {
		i, err := w.school()
		if err != nil {
			return err
		}
		fill := func(pairs []string) (filled []string) {
			for _, text := range pairs {
				filled = append(filled, strings.NewReplacer("@issuer", i.ID, "@name", i.Name).Replace(text))
			}
			return filled
		}
		signed, err := w.signed(nil, fill(before)...)
		if err == nil {
			c.Credential, err = replaced(signed, fill(after)...)
		}
		return err
	}
}

// token makes a token of the victim's badge by a forger, with a header of its choice.
func (w *World) token(c *Case, header func(victim *Issuer, jwk string) string) error {
	victim, attacker, err := w.two(HTTPS)
	if err != nil {
		return err
	}
	good, err := victim.Token(victim.Badge(Badge{}), nil)
	if err != nil {
		return err
	}
	jwk, err := multikey.AppendJWK(nil, attacker.Signer.Public())
	if err != nil {
		return err
	}
	payload := strings.Split(string(good), ".")[1]
	input := base64.RawURLEncoding.EncodeToString([]byte(header(victim, string(jwk)))) + "." + payload
	signature, err := attacker.Signer.Sign(context.Background(), proof.EdDSA, []byte(input))
	if err != nil {
		return err
	}
	c.Credential = []byte(input + "." + base64.RawURLEncoding.EncodeToString(signature))
	return nil
}

// documented makes a good badge of an issuer whose document was changed since.
func documented(pairs ...string) func(*World, *Case) error {
	return func(w *World, c *Case) error {
		tag := w.draw(strings.Join(pairs, " "))
		i, err := w.Issuer(fmt.Sprintf("moved-%x", tag[:4]), DIDWeb, Ed25519)
		if err != nil {
			return err
		}
		document, err := replaced(i.Published.Document(), pairs...)
		if err != nil {
			return err
		}
		w.Web.Put(i.Published.URL(), i.mediaType(), document)
		c.Credential, err = i.Sign(i.Badge(Badge{}), nil)
		return err
	}
}
