package vc

import (
	"bytes"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Codes of an SD-JWT whose disclosures do not belong to its payload (RFC 9901, 7.1), whoever
// signed that.
const (
	CodeDisclosureParts     Code = "sd-jwt-malformed"          // not a JWS and disclosures, each ended by a tilde
	CodeDisclosuresTooMany  Code = "sd-disclosures-too-many"   // more than ParseConfig allows
	CodeDisclosureHash      Code = "sd-alg-not-allowed"        // _sd_alg is none of SHA-256, SHA-384, SHA-512
	CodeDisclosureMalformed Code = "sd-disclosure-malformed"   // no array of a salt, a name and a value, or of a salt and a value
	CodeDisclosureName      Code = "sd-disclosure-name"        // of a member whose name is the mechanism's own
	CodeDisclosureUnused    Code = "sd-disclosure-unused"      // no digest in the payload is that of the disclosure
	CodeDigestRepeated      Code = "sd-digest-repeated"        // a digest or a disclosure stands twice
	CodeDigestMalformed     Code = "sd-digest-malformed"       // _sd is no array of strings, or ... is no element alone
	CodeMemberOverwritten   Code = "sd-member-overwritten"     // a disclosure of a member that is there already
	CodeNotDisclosable      Code = "sd-member-not-disclosable" // a member or its digest, which everybody must see
	CodeDisclosuresTooDeep  Code = "sd-disclosures-too-deep"   // within one another, deeper than a document may be
	CodeHashMisplaced       Code = "sd-alg-misplaced"          // _sd_alg below the top
)

// disclosureCodes are what package disclose finds.
var disclosureCodes = map[disclose.Fault]Code{
	disclose.FaultParts:        CodeDisclosureParts,
	disclose.FaultTooMany:      CodeDisclosuresTooMany,
	disclose.FaultHash:         CodeDisclosureHash,
	disclose.FaultDisclosure:   CodeDisclosureMalformed,
	disclose.FaultName:         CodeDisclosureName,
	disclose.FaultUnused:       CodeDisclosureUnused,
	disclose.FaultRepeated:     CodeDigestRepeated,
	disclose.FaultDigest:       CodeDigestMalformed,
	disclose.FaultOverwrite:    CodeMemberOverwritten,
	disclose.FaultProtected:    CodeNotDisclosable,
	disclose.FaultTooDeep:      CodeDisclosuresTooDeep,
	disclose.FaultAlgElsewhere: CodeHashMisplaced,
}

// parseSDJWT reads an SD-JWT: what its issuer signed, with what is disclosed put in its
// place. The number of disclosures is bounded before any is looked at.
func (c ParseConfig) parseSDJWT(text []byte) (*Document, error) {
	if len(text) > c.MaxTokenBytes {
		return nil, tooLarge(len(text), c.MaxTokenBytes)
	}
	raw := bytes.Clone(text)
	parts, err := disclose.Split(raw, c.MaxDisclosures)
	if err != nil {
		return nil, disclosureProblem(err)
	}
	jws, err := c.jws(parts.JWT)
	if err != nil {
		return nil, err
	}
	if a := format.LookSDJWT(jws.Header, jws.Claims); a.Foreign() {
		return nil, recognised(a)
	}
	limits := jsonx.Limits{Bytes: c.MaxTokenBytes, Depth: c.MaxDepth}
	processed, err := disclose.Process(jws.Claims, parts.Disclosures, limits)
	if err != nil {
		return nil, disclosureProblem(err)
	}
	limits.Bytes = len(processed.Text)
	payload, err := jsonx.Parse(processed.Text, limits, c.names)
	if err != nil {
		return nil, jsonProblem(err)
	}
	d := &Document{raw: raw, form: FormSDJWT, token: &Token{SigningInput: jws.SigningInput, Signature: jws.Signature},
		tree: door.Tree{Root: payload.Root(), Header: jws.Header, Claims: payload.Root(),
			Disclosed: &door.Disclosed{Processed: processed, Bound: parts.Bound}}}
	if len(parts.KeyBinding) > 0 {
		if d.tree.Disclosed.Binding, err = c.jws(parts.KeyBinding); err != nil {
			return nil, bindingProblem(err)
		}
	}
	return d, nil
}

// disclosureProblem gives an error of package disclose its place in a report.
func disclosureProblem(err error) error {
	var e *disclose.Error
	if !errors.As(err, &e) {
		return err
	}
	p := words.Problem(disclosureCodes[e.Fault], e.Pointer, e.Detail)
	p.Err = e.Err
	return p
}

// bindingProblem says that what is at fault is the key binding.
func bindingProblem(err error) error {
	p, ok := errors.AsType[*Problem](err)
	if !ok {
		return err
	}
	p.Pointer, p.Found = "", "in the key binding, "+strings.TrimPrefix(p.Found, "in the ")
	return p
}
