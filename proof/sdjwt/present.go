package sdjwt

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// PresentOptions says what of a credential is shown, and to whom. The zero value shows
// nothing of what is disclosable, to anybody.
type PresentOptions struct {
	// Disclose are JSON Pointers to what is shown of what is disclosable, as [Disclosable]
	// lists it. What one stands in is shown too, and nothing that stands in it.
	Disclose []string
	// Holder signs the presentation with the key of cnf, for Audience and its Nonce, which
	// both are then required. Nil signs nothing.
	Holder proof.Signer
	// Audience is whom it is for, as the verifier calls itself.
	Audience string
	// Nonce is what the verifier gave to be answered.
	Nonce string
	// At is when it is signed, now by default.
	At time.Time
}

// Disclosable lists what an SD-JWT discloses, as JSON Pointers into the credential with all
// of it. The error is that of [vc.Parse], or a [*vc.Problem] for what is no SD-JWT.
func Disclosable(credential []byte) ([]string, error) {
	doc, err := parse(credential)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, d := range disclosed(doc) {
		all = append(all, d.Path())
	}
	return all, nil
}

func parse(credential []byte) (*vc.Document, error) {
	doc, err := vc.Parse(credential)
	if err != nil {
		return nil, err
	}
	if doc.Form() != vc.FormSDJWT {
		return nil, words.Problem(proof.CodeNotSDJWT, "", doc.Form().String())
	}
	return doc, nil
}

// Present returns an SD-JWT with the disclosures that are chosen. A key binding that was
// there is left out: it was for another presentation. Nothing says that the credential is
// its issuer's; whoever keeps one verified it when it came. Errors are [*vc.Problem]s, but
// for those of the Holder.
func Present(ctx context.Context, credential []byte, o PresentOptions) ([]byte, error) {
	if o.Holder != nil && (o.Audience == "" || o.Nonce == "") {
		return nil, errors.New("sdjwt: a key binding is for an Audience and its Nonce")
	}
	doc, err := parse(credential)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(disclosed(doc), o.Disclose)
	if err != nil {
		return nil, err
	}
	jws, _, _ := strings.Cut(string(doc.Bytes()), "~")
	text := append([]byte(jws), '~')
	for _, d := range chosen {
		text = append(append(text, d.Text...), '~')
	}
	if o.Holder == nil {
		return text, readBack(text)
	}
	payload := o.claims(door.DisclosedIn(doc).Hash.Digest(text))
	binding, err := token.Written{Signer: o.Holder, Type: "kb+jwt", Nameless: true, Payload: payload}.Sign(ctx)
	if err != nil {
		return nil, fmt.Errorf("sdjwt: the key binding: %w", err)
	}
	text = append(text, binding...)
	return text, readBack(text)
}

// claims are those of a key binding (RFC 9901, 4.3).
func (o *PresentOptions) claims(hash string) []byte {
	at := o.At
	if at.IsZero() {
		at = time.Now()
	}
	b := strconv.AppendInt([]byte(`{"iat":`), at.Unix(), 10)
	b = jcs.AppendString(append(b, `,"aud":`...), o.Audience)
	b = jcs.AppendString(append(b, `,"nonce":`...), o.Nonce)
	return append(b, `,"sd_hash":"`+hash+`"}`...)
}

// choose finds the disclosures at pointers, with those that they stand in.
func choose(all []*disclose.Disclosure, pointers []string) (chosen []*disclose.Disclosure, err error) {
	wanted := map[string]bool{}
	for _, p := range pointers {
		wanted[p] = false
		for i := len(p); i > 0; i = strings.LastIndexByte(p[:i], '/') {
			if _, listed := wanted[p[:i]]; !listed {
				wanted[p[:i]] = true // something around it, which may be no disclosure
			}
		}
	}
	for _, d := range all {
		path := d.Path()
		if _, is := wanted[path]; is {
			chosen, wanted[path] = append(chosen, d), true
		}
	}
	for _, p := range pointers {
		if !wanted[p] {
			return nil, pathProblem(p, "no disclosure")
		}
	}
	return chosen, nil
}
