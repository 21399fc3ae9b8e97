package present

import (
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// contextEd25519 defines the proofs of Ed25519Signature2020; the base context defines those
// of Data Integrity.
const contextEd25519 = "https://w3id.org/security/suites/ed25519-2020/v1"

// write writes the presentation without its proof, on data model 2.0: its context lets
// each credential have contexts of its own, those of 1.1 too.
func (p *Presenter) write(credentials [][]byte, o Options) ([]byte, error) {
	out := append([]byte(nil), `{"@context":["`+vc.ContextV2+`"`...)
	if p.form == dataintegrity.Ed25519Signature2020 {
		out = append(out, `,"`+contextEd25519+`"`...)
	}
	out = append(out, `],`...)
	if o.ID != "" {
		out = append(jcs.AppendString(append(out, `"id":`...), o.ID), ',')
	}
	out = append(out, `"type":["VerifiablePresentation"],"holder":`...)
	out = append(jcs.AppendString(out, p.config.Holder), `,"verifiableCredential":[`...)
	for i, credential := range credentials {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = appendCredential(out, credential); err != nil {
			return nil, fmt.Errorf("credential %d: %w", i, err)
		}
	}
	return append(out, "]}"...), nil
}

// appendCredential writes a credential as it is, and a token into its envelope.
func appendCredential(out, credential []byte) ([]byte, error) {
	doc, err := vc.Parse(credential)
	if err != nil {
		return nil, err
	}
	if isPresentation(doc) {
		return nil, words.Problem(CodePresentation, "", "")
	}
	if baseProof(doc) != nil {
		return nil, words.Problem(proof.CodeProofIsBase, "/proof", "")
	}
	if doc.Form() == vc.FormJSON {
		return append(out, doc.Bytes()...), nil
	}
	header, _ := door.Token(doc)
	media := "application/jwt"
	if doc.Form() == vc.FormSDJWT {
		media = "application/vc+sd-jwt"
	} else if strings.HasPrefix(strings.TrimPrefix(strings.ToLower(jsonx.Content(header.Get("typ"))), "application/"), "vc+") {
		media = "application/vc+jwt"
	}
	out = append(out, `{"@context":"`+vc.ContextV2+`","type":"`+string(rules.EnvelopedVerifiableCredential)+`","id":"data:`+media+`,`...)
	return append(append(out, doc.Bytes()...), `"}`...), nil
}
