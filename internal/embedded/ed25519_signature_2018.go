package embedded

import (
	"bytes"
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// olderEd25519Signature2018 is the proof type before Ed25519Signature2020: over the same two
// hashes, which are the payload of a detached JWS (Ed25519 Signature 2018; RFC 7797).
var olderEd25519Signature2018 = &detachedJWS{
	facts: facts{name: ed25519Signature2018, typed: true, asked: true, deployed: true, created: true, member: "jws"},
}

type detachedJWS struct {
	facts
	edDSA
	overStatements
}

// maxDetached bounds the text of a detached JWS. The three members of its header can be
// written with blanks and in any order.
const maxDetached = 512

func (detachedJWS) value(text string, p *Proof) *vc.Problem {
	if len(text) > maxDetached {
		return badJWS(fmt.Sprintf("%d characters", len(text)))
	}
	header, signature, found := bytes.Cut([]byte(text), []byte(".."))
	if !found {
		return badJWS("a text without two periods, between which the payload is left out")
	}
	if fault := detachedHeader(header); fault != "" {
		return badJWS(fault)
	}
	sig, err := multibase.DecodeBase64(string(signature))
	if err != nil {
		return badJWS("a signature that is not base64url")
	}
	p.header, p.signature = header, sig
	return nil
}

// detachedHeader is what is wrong with the header of a JWS, which says that the payload is
// signed as it is, and nothing else.
func detachedHeader(encoded []byte) string {
	text, err := multibase.DecodeBase64(string(encoded))
	if err != nil {
		return "a header that is not base64url"
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Depth: 4}, nil)
	if err != nil {
		return "a header that is not JSON"
	}
	header := doc.Root()
	crit := header.Get("crit")
	switch {
	case jsonx.Content(header.Get("alg")) != string(proof.EdDSA):
		return "a header with alg " + header.Get("alg").Shown()
	case header.Get("b64").Kind() != jsonx.False, crit.Kind() != jsonx.Array, crit.Len() != 1, jsonx.Content(crit.First()) != "b64":
		return "a header by which the payload is not signed as it is"
	case header.Len() != 3:
		return "a header with more than alg, b64 and crit"
	}
	return ""
}

func (detachedJWS) signed(_ context.Context, c *check, a *attempt) (bool, error) {
	if c.subject.budget.Spend(unitsPerSignature) != nil {
		return false, c.subject.exhausted(c.proof.Pointer())
	}
	message := append(bytes.Clone(c.proof.header), '.')
	message = append(append(message, a.config.sum...), a.document.sum...)
	c.refused = c.key.Verify(c.algorithm, message, c.proof.signature)
	return c.refused == nil, nil
}

func badJWS(found string) *vc.Problem {
	p := badValue(found)
	p.Expected = `a header of {"alg":"EdDSA","b64":false,"crit":["b64"]}, two periods, and a signature of 64 bytes`
	p.Spec = "Ed25519 Signature 2018; RFC 7797, 5 and 6"
	return p
}
