package bake

import (
	"encoding/base64"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// candidate is a credential that is about to be baked.
type candidate struct {
	text   []byte // trimmed
	format Format // JSON or JWS
	kind   Kind
	hosted string // OB 2.0 JSON: the address that a verifier asks, "" where there is none
}

// readCandidate checks that the credential is what may be baked, and tells its
// kind. It is a guard against mistakes, not a verification.
func readCandidate(credential []byte, want Kind, limits Limits) (*candidate, error) {
	if err := checkKind(want); err != nil {
		return nil, err
	}
	c := &candidate{text: format.Trim(credential)}
	if len(c.text) > limits.Text {
		return nil, tooLarge(int64(len(c.text)), limits.Text)
	}
	root, err := c.root(limits)
	if err != nil {
		return nil, err
	}
	kind := kindOfCredential(root)
	if a := format.Look(root); kind == 0 && c.format == JSON && a.Foreign() {
		return nil, foreign("what is to be baked", a)
	}
	if c.kind, err = settleKind(kind, want); err != nil {
		return nil, err
	}
	if c.format != JSON {
		return c, nil
	}
	if c.kind == OpenBadge2 {
		c.hosted = hostedAddress(root)
		return c, nil
	}
	if !root.Get("proof").Exists() {
		return nil, problem(CodeUnsigned, "it is JSON without a proof")
	}
	return c, nil
}

// root parses the credential, or a token's payload, as a JSON object.
func (c *candidate) root(limits Limits) (jsonx.Value, error) {
	switch c.format = textFormat(c.text); c.format {
	case JSON:
		return parseObject(c.text, limits, "the credential")
	case JWS:
		return tokenPayload(string(c.text), limits)
	}
	return jsonx.Value{}, notACredential("what is to be baked", c.text, limits)
}

// notACredential says what a text is that is neither a JSON object nor a compact JWS.
func notACredential(what string, text []byte, limits Limits) error {
	a, err := format.Recognise(text, jsonx.Limits{Bytes: limits.Text})
	if err == nil && a.Foreign() {
		return foreign(what, a)
	}
	p := problem(vc.CodeNotACredential, "%s is neither a JSON object nor a compact JWS", what)
	p.Found, p.Err = a.Found(), err
	return p
}

// foreign is the problem of what is recognised and is no credential.
func foreign(what string, a format.Answer) error {
	w := a.Kind.Words()
	return &vc.Problem{Code: vc.Code(w.Code), Type: vc.TypeParsing, Pointer: a.Pointer,
		Message: what + " is no credential", Found: a.Found(), Fix: w.Fix, Spec: w.Spec}
}

// tokenPayload reads the payload of a compact JWS, and its header far enough to
// see that it is a signed token.
func tokenPayload(token string, limits Limits) (jsonx.Value, error) {
	parts := strings.Split(token, ".")
	header, err := tokenPart(parts[0], limits, "the header of the token")
	if err != nil {
		return header, err
	}
	if alg := header.Get("alg").Text(); alg == "" || strings.EqualFold(alg, "none") {
		return header, problem(CodeUnsigned, "it is a token that names no signature algorithm")
	}
	return tokenPart(parts[1], limits, "the payload of the token")
}

func tokenPart(part string, limits Limits, what string) (jsonx.Value, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		p := problem(vc.CodeNotACredential, "%s is not base64url", what)
		p.Err = err
		return jsonx.Value{}, p
	}
	return parseObject(b, limits, what)
}

func parseObject(b []byte, limits Limits, what string) (jsonx.Value, error) {
	doc, err := jsonx.Parse(b, jsonx.Limits{Bytes: limits.Text}, nil)
	if err != nil {
		p := problem(vc.CodeNotACredential, "%s is not well-formed JSON: %v", what, err)
		p.Type, p.Err = vc.TypeParsing, err
		if cause := (*jsonx.Error)(nil); errors.As(err, &cause) {
			p.Pointer = cause.Pointer
		}
		return jsonx.Value{}, p
	}
	if doc.Root().Kind() != jsonx.Object {
		return jsonx.Value{}, problem(vc.CodeNotACredential, "%s is %s and not a JSON object", what, doc.Root().Kind())
	}
	return doc.Root(), nil
}

// kindOfCredential reads the type, which in a VCDM 1.1 token stands within vc.
func kindOfCredential(root jsonx.Value) Kind {
	types := root.Get("type")
	if !types.Exists() {
		types = root.Get("vc").Get("type")
	}
	for _, t := range types.Items() {
		if t.Kind() != jsonx.String {
			continue
		}
		switch t.Text() {
		case "OpenBadgeCredential", "AchievementCredential":
			return OpenBadge3
		case "ClrCredential":
			return CLR2
		case "Assertion":
			return OpenBadge2
		}
	}
	return 0
}

func settleKind(found, want Kind) (Kind, error) {
	switch {
	case want == 0 && found == 0:
		return 0, problem(CodeUnknownKind,
			"its type is none of OpenBadgeCredential, AchievementCredential, ClrCredential and Assertion")
	case want == 0:
		return found, nil
	case found != 0 && found != want:
		p := problem(CodeKindMismatch, "")
		p.Found, p.Expected = found.String(), want.String()
		return 0, p
	}
	return want, nil
}

// hostedAddress is what the verify attribute of an OB 2.0 assertion holds: the
// address of the hosted assertion.
func hostedAddress(root jsonx.Value) string {
	for _, v := range [...]jsonx.Value{root.Get("verification").Get("url"), root.Get("verify").Get("url"), root.Get("id")} {
		if v.Kind() == jsonx.String && isAddress([]byte(v.Text())) {
			return v.Text()
		}
	}
	return ""
}

func tooLarge(size int64, most int) error {
	return problem(CodeTooLarge, "%d bytes, at most %d are allowed", size, most)
}
