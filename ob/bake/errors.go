package bake

import (
	"fmt"

	"github.com/laurel-edu/laurel/vc"
)

// The codes of this package. Every error about an image or a credential is a
// [*vc.Problem] with one of them; so is every warning.
const (
	CodeNotAnImage       vc.Code = "bake-not-an-image"          // neither PNG nor SVG
	CodeUnsigned         vc.Code = "bake-unsigned"              // JSON to bake that has no proof
	CodeUnknownKind      vc.Code = "bake-unknown-kind"          // the kind cannot be told from the type
	CodeKindMismatch     vc.Code = "bake-kind-mismatch"         // the credential is of another kind than asked
	CodeTooLarge         vc.Code = "bake-credential-too-large"  // longer than Limits.Text
	CodeNoCredential     vc.Code = "bake-no-credential"         // nothing is baked into the image
	CodeSeveralKinds     vc.Code = "bake-several-kinds"         // name the one to be read
	CodeAlreadyBaked     vc.Code = "already-baked"              // the image carries a credential
	CodePNGTruncated     vc.Code = "png-truncated"              // a chunk runs past the end
	CodePNGChunk         vc.Code = "png-malformed-chunk"        // a length, type or place that PNG does not allow
	CodePNGMissingChunk  vc.Code = "png-missing-chunk"          // IHDR, IDAT or IEND
	CodePNGCRC           vc.Code = "png-crc"                    // a chunk's check sum is wrong
	CodePNGTrailingData  vc.Code = "png-trailing-data"          // something follows IEND
	CodePNGTooManyChunks vc.Code = "png-too-many-chunks"        // more than Limits.Chunks
	CodePNGRepeated      vc.Code = "png-repeated-credential"    // the keyword occurs twice
	CodePNGMixedForms    vc.Code = "png-mixed-credential"       // the keyword occurs in chunks of several types
	CodePNGCompressed    vc.Code = "png-compressed-credential"  // zTXt, or iTXt with compression
	CodePNGTextChunk     vc.Code = "png-text-chunk"             // tEXt where iTXt is required
	CodePNGText          vc.Code = "png-malformed-text"         // an iTXt chunk whose fields are broken
	CodePNGLanguage      vc.Code = "png-language-tag"           // language tag or translated keyword not empty
	CodePNGEncoding      vc.Code = "png-text-encoding"          // the text is not UTF-8
	CodeSVGTooLarge      vc.Code = "svg-too-large"              // longer than Limits.SVG
	CodeSVGTooDeep       vc.Code = "svg-too-deep"               // nested deeper than Limits.Depth
	CodeSVGTooMany       vc.Code = "svg-too-many-names"         // attributes of one element, namespaces in scope
	CodeSVGEncoding      vc.Code = "svg-encoding"               // not UTF-8
	CodeSVGMalformed     vc.Code = "svg-malformed"              // not well-formed XML
	CodeSVGDoctype       vc.Code = "svg-doctype"                // a DOCTYPE with declarations or of an unknown DTD
	CodeSVGEntity        vc.Code = "svg-entity"                 // a reference to an entity
	CodeSVGInstruction   vc.Code = "svg-processing-instruction" // such as a style sheet, or code
	CodeSVGRepeated      vc.Code = "svg-repeated-credential"    // two credential elements
	CodeSVGPosition      vc.Code = "svg-credential-position"    // not directly after <svg>
	CodeSVGVerifyAndBody vc.Code = "svg-verify-and-body"        // a credential in the attribute and in the body
	CodeSVGContent       vc.Code = "svg-credential-content"     // markup, or a credential of the wrong form
	CodeSVGEmpty         vc.Code = "svg-empty-credential"       // the element holds nothing
	CodeSVGElement       vc.Code = "format-svg-element"         // the element of another standard in this namespace
)

// remedy is what a code's problems have in common.
type remedy struct{ fix, spec string }

const (
	resave  = "Save the image anew with an image program, or bake into the original artwork."
	rebake  = "Ask the issuer to bake the image again."
	resaveX = "Export the drawing as plain SVG."
)

var remedies = map[vc.Code]remedy{
	CodeNotAnImage:        {"Use a PNG or an SVG file; convert other formats first.", "OB 3.0, 5.3"},
	vc.CodeNotACredential: {"Use the signed credential as issued: a JSON object with a proof, or a compact JWS.", "OB 3.0, 5.1"},
	CodeUnsigned:          {"Sign the credential first and bake the signed bytes.", "OB 3.0, 5.3.1.1"},
	CodeUnknownKind:       {"Name the Kind, or give the credential the type of its specification.", "OB 3.0, 5"},
	CodeKindMismatch:      {"Leave the Kind to be inferred, or use the credential that is meant.", "OB 3.0, 5"},
	CodeTooLarge:          {"Host large images and evidence and link them, or raise Limits.Text.", ""},
	CodeNoCredential:      {"Use the image as downloaded from the issuer: image services and editors often drop it.", "OB 3.0, 5.3"},
	CodeSeveralKinds:      {"Set ExtractOptions.Kind to the one to be read.", ""},
	CodeAlreadyBaked:      {"Bake into the original artwork, or set BakeOptions.Replace.", "OB 3.0, 5.3.1.1"},
	CodePNGTruncated:      {"Download the file again; it ends too early.", "PNG (Third Edition), 5.3"},
	CodePNGChunk:          {resave, "PNG (Third Edition), 5.3"},
	CodePNGMissingChunk:   {resave, "PNG (Third Edition), 5.6"},
	CodePNGCRC:            {"Download the file again; it was damaged or changed.", "PNG (Third Edition), 5.5"},
	CodePNGTrailingData:   {resave, "PNG (Third Edition), 5.6"},
	CodePNGTooManyChunks:  {"Save the image with larger chunks, or raise Limits.Chunks.", ""},
	CodePNGRepeated:       {rebake, "OB 3.0, 5.3.1.1"},
	CodePNGMixedForms:     {rebake, "OB 3.0, 5.3.1.1"},
	CodePNGCompressed:     {rebake + " The text must not be compressed.", "OB 3.0, 5.3.1.1"},
	CodePNGTextChunk:      {rebake + " The chunk must be an iTXt chunk.", "OB 3.0, 5.3.1.1"},
	CodePNGText:           {rebake, "PNG (Third Edition), 11.3.3.4"},
	CodePNGLanguage:       {rebake + " Language tag and translated keyword must be empty.", "OB 3.0, 5.3.1.1"},
	CodePNGEncoding:       {rebake + " The text must be UTF-8.", "PNG (Third Edition), 11.3.3.4"},
	CodeSVGTooLarge:       {"Simplify the drawing, or raise Limits.SVG.", ""},
	CodeSVGTooDeep:        {"Simplify the drawing, or raise Limits.Depth.", ""},
	CodeSVGTooMany:        {resaveX, ""},
	CodeSVGEncoding:       {"Save the drawing as UTF-8.", "OB 3.0, 5"},
	CodeSVGMalformed:      {resaveX, "XML 1.0; Namespaces in XML 1.0"},
	CodeSVGDoctype:        {resaveX + " Newer SVG has no DOCTYPE; one with declarations of its own is not read.", ""},
	CodeSVGEntity:         {resaveX + " Only the five predefined entities and character references are read.", ""},
	CodeSVGInstruction:    {resaveX + " Put style sheets into a <style> element.", ""},
	CodeSVGRepeated:       {rebake, "OB 3.0, 5.3.2.1"},
	CodeSVGPosition:       {rebake + " The element stands directly after the <svg> tag.", "OB 3.0, 5.3.2.1"},
	CodeSVGVerifyAndBody:  {rebake + " A signed token stands in verify, JSON in the body, never both.", "OB 3.0, 5.3.2.1"},
	CodeSVGContent:        {rebake + " A signed token stands in verify, JSON in one CDATA section.", "OB 3.0, 5.3.2.1"},
	CodeSVGEmpty:          {rebake, "OB 3.0, 5.3.2.1"},
	CodeSVGElement:        {rebake + " Open Badges 3.0 and CLR 2.0 have the element credential, 2.0 assertion.", "OB 3.0, 5.3.2.1"},
}

// problem makes the Problem of a code, with its fix and clause.
func problem(code vc.Code, format string, args ...any) *vc.Problem {
	r := remedies[code]
	return &vc.Problem{Code: code, Message: fmt.Sprintf(format, args...), Fix: r.fix, Spec: r.spec}
}

// reading is one run over an image: how strict it is and what it forgave.
type reading struct {
	lenient  bool
	limits   Limits
	warnings []*vc.Problem
}

// soft is a fault that only a strict reading refuses.
func (r *reading) soft(p *vc.Problem) error {
	if !r.lenient {
		return p
	}
	r.warn(p)
	return nil
}

// maxWarnings keeps a hostile image from filling memory with findings.
const maxWarnings = 32

func (r *reading) warn(p *vc.Problem) {
	if len(r.warnings) < maxWarnings {
		r.warnings = append(r.warnings, p.WithSeverity(vc.SeverityWarning))
	}
}
