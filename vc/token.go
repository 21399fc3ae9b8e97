package vc

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// maxHeader bounds a JOSE header: algorithm, key and type need less than 2 KiB
// even with an RSA key inside.
const maxHeader = 8 << 10

// Token is a compact JWS taken apart. Nothing in it was checked but its form.
type Token struct {
	// SigningInput is what the signature covers: header, dot and payload as sent.
	SigningInput []byte
	// Signature is decoded.
	Signature []byte
	vcClaim   bool
	vpClaim   bool
}

// VCClaim reports whether the credential stands in the vc claim, the form of
// VCDM 1.1 (6.3.1).
func (t *Token) VCClaim() bool { return t.vcClaim }

// VPClaim reports whether a presentation stands in the vp claim, the form of VCDM 1.1
// (6.3.1). Only [ParsePresentation] takes such a token.
func (t *Token) VPClaim() bool { return t.vpClaim }

func isBase64URL(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

func tokenProblem(found string) *Problem { return words.Problem(CodeTokenMalformed, "", found) }

// claimProblem is about a claim, which is no part of the credential and has no pointer.
func claimProblem(found, expected string) *Problem {
	p := words.Problem(CodeTokenClaim, "", found)
	p.Expected = expected
	return p
}

// parseToken reads a compact JWS.
func (c ParseConfig) parseToken(text []byte) (*Document, error) {
	if len(text) > c.MaxTokenBytes {
		return nil, tooLarge(len(text), c.MaxTokenBytes)
	}
	raw := bytes.Clone(text)
	jws, err := c.jws(raw)
	if err != nil {
		return nil, err
	}
	d := &Document{raw: raw, form: FormJWT, token: &Token{SigningInput: jws.SigningInput, Signature: jws.Signature},
		tree: door.Tree{Root: jws.Claims, Header: jws.Header, Claims: jws.Claims}}
	claim := d.tree.Claims.Get("vc")
	if c.presentation && format.OfClaims(d.tree.Claims) == format.PresentationToken && !claim.Exists() {
		d.token.vpClaim = true
		d.tree.Root, err = c.presentationOf(d.tree.Claims)
		return d, err
	}
	if a := format.LookClaims(d.tree.Claims); a.Foreign() && !claim.Exists() && !c.other.Takes(a.Kind) {
		return nil, recognised(a)
	}
	if claim.Exists() {
		d.token.vcClaim = true
		if d.tree.Root, err = c.credentialOf(d.tree.Claims, claim); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// jws takes a compact JWS apart with two cuts, so that a text of a million dots costs
// nothing (CVE-2025-27144).
func (c ParseConfig) jws(raw []byte) (*door.JWS, error) {
	head, rest, _ := bytes.Cut(raw, []byte("."))
	body, sig, ok := bytes.Cut(rest, []byte("."))
	if !ok || bytes.IndexByte(sig, '.') >= 0 {
		return nil, tokenProblem("fewer or more than three parts")
	}
	if len(head) > base64.RawURLEncoding.EncodedLen(maxHeader) {
		return nil, tokenProblem(fmt.Sprintf("a header of more than %d bytes", maxHeader))
	}
	jws := &door.JWS{SigningInput: raw[:len(head)+1+len(body)]}
	var err error
	if jws.Header, err = c.part(head, "header"); err != nil {
		return nil, err
	}
	if jws.Claims, err = c.part(body, "payload"); err != nil {
		return nil, err
	}
	if jws.Signature, err = decodePart(sig, "signature"); err != nil {
		return nil, err
	}
	return jws, nil
}

// part decodes and parses one part, which must be a JSON object.
func (c ParseConfig) part(encoded []byte, name string) (jsonx.Value, error) {
	b, err := decodePart(encoded, name)
	if err != nil {
		return jsonx.Value{}, err
	}
	doc, err := jsonx.Parse(b, jsonx.Limits{Bytes: c.MaxTokenBytes, Depth: c.MaxDepth}, c.names)
	if err != nil {
		return jsonx.Value{}, partProblem(err, name)
	}
	if doc.Root().Kind() != jsonx.Object {
		return jsonx.Value{}, tokenProblem("a " + name + " that is " + doc.Root().Kind().String() + " and not an object")
	}
	return doc.Root(), nil
}

// partProblem says in which part of a token the JSON is at fault. Its pointer counts from
// the credential: the payload, or the claim vc.
func partProblem(err error, name string) error {
	p, ok := errors.AsType[*Problem](jsonProblem(err))
	if !ok {
		return err
	}
	p.Found = "in the " + name + ", " + p.Found
	if name == "header" {
		p.Pointer = ""
	} else if inside, ok := strings.CutPrefix(p.Pointer, "/vc/"); ok {
		p.Pointer = "/" + inside
	}
	return p
}

// decodePart refuses what lax decoders let pass: padding, line breaks, other
// alphabets, and trailing bits, each of which gives one token several texts.
func decodePart(encoded []byte, name string) ([]byte, error) {
	for _, c := range encoded {
		if !isBase64URL(c) {
			return nil, tokenProblem("a " + name + " with " + strconv.QuoteRune(rune(c)) + ", which is not base64url")
		}
	}
	out := make([]byte, base64.RawURLEncoding.DecodedLen(len(encoded)))
	if _, err := base64.RawURLEncoding.Strict().Decode(out, encoded); err != nil {
		return nil, tokenProblem("a " + name + " that is not canonical base64url")
	}
	return out, nil
}

// credentialOf gives the credential of a vc claim, as a document of its own, so that
// pointers count from it. Members that stand only as registered claims are put back (VCDM
// 1.1, 6.3.1); where both stand, the credential's own stays and a verifier compares the two.
func (c ParseConfig) credentialOf(claims, credential jsonx.Value) (jsonx.Value, error) {
	if credential.Kind() != jsonx.Object {
		return jsonx.Value{}, claimProblem("vc as "+credential.Kind().String(), "the credential, an object")
	}
	added, err := missingMembers(claims, credential)
	if err != nil {
		return jsonx.Value{}, err
	}
	text := withIDs(claims, credential)
	if text == nil {
		text = credential.Raw()
	}
	doc, err := jsonx.Parse(splice(text, added), jsonx.Limits{Bytes: c.MaxTokenBytes, Depth: c.MaxDepth}, c.names)
	if err != nil {
		return jsonx.Value{}, jsonProblem(err)
	}
	return doc.Root(), nil
}

// presentationOf gives the presentation of a vp claim, as a document of its own. Its
// holder and its id may stand as claims alone.
func (c ParseConfig) presentationOf(claims jsonx.Value) (jsonx.Value, error) {
	presentation := claims.Get("vp")
	var added []byte
	for _, m := range [2][2]string{{"id", "jti"}, {"holder", "iss"}} {
		if v := claims.Get(m[1]); v.Exists() && !presentation.Get(m[0]).Exists() {
			added = append(append(append(strconv.AppendQuote(added, m[0]), ':'), v.Raw()...), ',')
		}
	}
	doc, err := jsonx.Parse(splice(presentation.Raw(), added), jsonx.Limits{Bytes: c.MaxTokenBytes, Depth: c.MaxDepth}, c.names)
	if err != nil {
		return jsonx.Value{}, jsonProblem(err)
	}
	return doc.Root(), nil
}

// withIDs writes a credential whose issuer or subject leaves its id to the claims
// with that id, nil where there is none to add. A subject that is one of several
// cannot be told.
func withIDs(claims, credential jsonx.Value) []byte {
	text, start := credential.Raw(), credential.Offset()
	var out []byte
	copied := 0
	for m := credential.First(); m.Exists(); m = m.Next() {
		claim := jsonx.Value{}
		switch m.Name() {
		case "issuer":
			claim = claims.Get("iss")
		case "credentialSubject":
			claim = claims.Get("sub")
		}
		object := m
		if m.Kind() == jsonx.Array && m.Len() == 1 {
			object = m.First()
		}
		if !claim.Exists() || object.Kind() != jsonx.Object || object.Get("id").Exists() {
			continue
		}
		at := object.Offset() - start
		out = append(out, text[copied:at]...)
		out = append(out, splice(object.Raw(), append(append([]byte(`"id":`), claim.Raw()...), ','))...)
		copied = at + len(object.Raw())
	}
	if out == nil {
		return nil
	}
	return append(out, text[copied:]...)
}

// missingMembers writes the members that the credential leaves to the claims.
func missingMembers(claims, credential jsonx.Value) ([]byte, error) {
	var out []byte
	put := func(name, claim string) {
		if v := claims.Get(claim); v.Exists() && !credential.Get(name).Exists() {
			out = append(append(append(strconv.AppendQuote(out, name), ':'), v.Raw()...), ',')
		}
	}
	put("id", "jti")
	put("issuer", "iss")
	from, until := "issuanceDate", "expirationDate"
	if versionOf(credential) == Version20 {
		from, until = "validFrom", "validUntil"
	}
	for _, d := range [2][2]string{{from, "nbf"}, {until, "exp"}} {
		v := claims.Get(d[1])
		if !v.Exists() || credential.Get(d[0]).Exists() {
			continue
		}
		t, err := NumericDate(v.Text())
		if err != nil || v.Kind() != jsonx.Number {
			return nil, claimProblem(d[1]+" "+v.Shown(), "seconds since 1970 as a number")
		}
		out = append(append(append(strconv.AppendQuote(out, d[0]), ':'), strconv.Quote(t.Format(time.RFC3339Nano))...), ',')
	}
	return out, nil
}

// splice puts members, each followed by a comma, at the front of an object.
func splice(object, members []byte) []byte {
	if len(members) == 0 {
		return object
	}
	rest := bytes.TrimSpace(object[1:])
	out := append(make([]byte, 0, len(object)+len(members)+1), '{')
	if rest[0] == '}' {
		members = members[:len(members)-1]
	}
	return append(append(out, members...), rest...)
}

// NumericDate reads a JWT time (RFC 7519, 2): seconds since 1970-01-01T00:00:00Z,
// which may have a fraction. Values outside the years 0 to 9999 are refused,
// since no dateTime can say them.
func NumericDate(text string) (time.Time, error) {
	t, err := datetime.Numeric(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("vc: %s is no NumericDate: %w", Quote(text), err)
	}
	return t, nil
}
