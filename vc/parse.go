package vc

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Codes of the problems that [Parse] returns. The codes of the JSON layer
// (json-syntax, json-duplicate-name, …) pass through as they are, and so do those of
// what is recognised and is no credential (format-pdf, format-container, …).
const (
	CodeNotACredential Code = "not-a-credential"    // neither JSON nor a token, nor anything that is recognised
	CodeTooLarge       Code = "document-too-large"  // longer than ParseConfig allows
	CodeTokenMalformed Code = "jwt-malformed"       // not three parts of strict base64url
	CodeTokenClaim     Code = "jwt-claim-malformed" // a claim that is no NumericDate, or a vc claim that is no object
)

// ParseConfig bounds what [ParseConfig.Parse] reads. The zero value has the
// defaults and is what [Parse] uses.
type ParseConfig struct {
	// MaxBytes is the longest JSON document, 4 MiB by default: a badge with an inline
	// image stays below 1 MiB.
	MaxBytes int
	// MaxRecordBytes is the longest record, a document of type ClrCredential: 64 MiB
	// by default, room for ten thousand badges with their images. Where only MaxBytes
	// is set it holds for records too.
	MaxRecordBytes int
	// MaxTokenBytes is the longest compact JWS, 1 MiB by default: tokens travel in
	// headers and image chunks. An SD-JWT is as long with all that is disclosed.
	MaxTokenBytes int
	// MaxDisclosures is how many disclosures an SD-JWT may have, 4,096 by default: a record
	// of a hundred badges with every member apart has fewer, and each is hashed. Negative
	// for none.
	MaxDisclosures int
	// MaxDepth is the deepest nesting, 64 by default.
	MaxDepth int

	names        *jsonx.Symbols // those that a proof engine looks up
	presentation bool           // a presentation is asked for, and not a credential
	other        format.Other   // documents that are no credentials, for the package that reads them
}

const (
	defaultMaxBytes       = 4 << 20
	defaultMaxRecordBytes = 64 << 20
	defaultMaxTokenBytes  = 1 << 20
	defaultMaxDisclosures = 4096
)

// Parse reads a credential or presentation: JSON, a compact JWS, or an SD-JWT. A byte order
// mark and white space around it are passed over, as files in circulation have
// them. It checks the form only; nothing in the result is believed. Every error
// is a [*Problem]; of what is recognised as something else it says what that is, and
// points to the credential in it.
func Parse(b []byte) (*Document, error) { return ParseConfig{}.Parse(b) }

// Parse reads a document within the limits of c. See the function [Parse].
func (c ParseConfig) Parse(b []byte) (*Document, error) {
	c = c.withDefaults()
	text := bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	switch format.Sniff(text) {
	case format.Object:
		return c.parseJSON(text)
	case format.Token, format.BrokenToken:
		return c.parseToken(text)
	case format.SDJWT:
		return c.parseSDJWT(text)
	}
	return nil, c.notACredential(text)
}

// ParsePresentation reads a presentation: JSON, or a compact JWS that is one. See
// [ParseConfig.ParsePresentation].
func ParsePresentation(b []byte) (*Document, error) { return ParseConfig{}.ParsePresentation(b) }

// ParsePresentation reads a presentation as Parse does a credential. Besides, it takes a
// token with the presentation in its claim vp (VCDM 1.1, 6.3.1), and a presentation that
// holds a record may be as long as one. Whether the document says that it is a
// presentation is not looked at.
func (c ParseConfig) ParsePresentation(b []byte) (*Document, error) {
	c.presentation = true
	return c.Parse(b)
}

func (c ParseConfig) withDefaults() ParseConfig {
	if c.MaxRecordBytes <= 0 {
		c.MaxRecordBytes = max(c.MaxBytes, 0)
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = defaultMaxBytes
	}
	if c.MaxRecordBytes <= 0 {
		c.MaxRecordBytes = defaultMaxRecordBytes
	}
	if c.MaxTokenBytes <= 0 {
		c.MaxTokenBytes = defaultMaxTokenBytes
	}
	if c.MaxDisclosures == 0 {
		c.MaxDisclosures = defaultMaxDisclosures
	}
	c.MaxDisclosures = max(c.MaxDisclosures, 0)
	return c
}

// recordType is the type of the documents that may be long. A long one that does
// not even name it is not parsed.
const recordType = "ClrCredential"

func (c ParseConfig) parseJSON(text []byte) (*Document, error) {
	long := len(text) > c.MaxBytes
	switch {
	case long && !bytes.Contains(text, []byte(`"`+recordType+`"`)):
		return nil, tooLarge(len(text), c.MaxBytes)
	case len(text) > max(c.MaxBytes, c.MaxRecordBytes):
		return nil, tooLarge(len(text), c.MaxRecordBytes)
	}
	raw := bytes.Clone(text)
	parsed, err := jsonx.Parse(raw, jsonx.Limits{Bytes: len(raw), Depth: c.MaxDepth}, c.names)
	if err != nil {
		return nil, jsonProblem(err)
	}
	d := &Document{raw: raw, form: FormJSON, tree: door.Tree{Root: parsed.Root()}}
	if long && !c.presentation && !d.HasType(recordType) {
		return nil, tooLarge(len(text), c.MaxBytes)
	}
	if a := format.Look(d.tree.Root); a.Foreign() && !c.other.Takes(a.Kind) {
		return nil, recognised(a)
	}
	return d, nil
}

// notACredential says what came in place of a JSON object or a compact JWS.
func (c ParseConfig) notACredential(text []byte) error {
	a, err := format.Recognise(text, jsonx.Limits{Bytes: c.MaxBytes, Depth: c.MaxDepth})
	switch {
	case err != nil:
		return jsonProblem(err)
	case a.Foreign():
		return recognised(a)
	}
	return words.Problem(CodeNotACredential, "", a.Found())
}

// recognised is the problem of what is known and is no credential.
func recognised(a format.Answer) error {
	w := a.Kind.Words()
	return &Problem{Code: Code(w.Code), Type: TypeParsing, Pointer: a.Pointer, Message: w.Message, Found: a.Found(), Fix: w.Fix,
		Spec: w.Spec}
}

func tooLarge(n, most int) error {
	p := words.Problem(CodeTooLarge, "", fmt.Sprintf("%d bytes", n))
	p.Expected = fmt.Sprintf("at most %d", most)
	return p
}

// jsonProblem gives an error of the JSON layer its place in a report.
func jsonProblem(err error) error {
	var e *jsonx.Error
	if !errors.As(err, &e) {
		return err
	}
	p := words.Problem(Code(e.Code), e.Pointer, fmt.Sprintf("at byte %d: %s", e.Offset, e.Detail))
	p.Err = err
	return p
}
