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
	CodeReplaced         vc.Code = "bake-replaced"              // baking took a credential out
	CodeTooMany          vc.Code = "bake-too-many-credentials"  // more than Limits.Credentials
	CodePNGTruncated     vc.Code = "png-truncated"              // a chunk runs past the end
	CodePNGChunk         vc.Code = "png-malformed-chunk"        // a length, type or place that PNG does not allow
	CodePNGMissingChunk  vc.Code = "png-missing-chunk"          // IHDR, IDAT or IEND
	CodePNGUnknown       vc.Code = "png-unknown-chunk"          // a critical chunk that PNG does not define
	CodePNGDimensions    vc.Code = "png-dimensions"             // a width or height that PNG does not allow
	CodePNGHeader        vc.Code = "png-header"                 // a colour type, bit depth or method that PNG does not define
	CodePNGPalette       vc.Code = "png-palette"                // missing, out of place, or of a wrong length
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
	CodeSVGScript        vc.Code = "svg-script"                 // scripts, or what can run them
	CodeSVGExternal      vc.Code = "svg-external-reference"     // something is loaded from elsewhere
	CodeSVGNoArea        vc.Code = "svg-no-area"                // a width, height or viewBox in which nothing is shown
	CodeSVGRepeated      vc.Code = "svg-repeated-credential"    // two credential elements
	CodeSVGPosition      vc.Code = "svg-credential-position"    // not directly after <svg>
	CodeSVGVerifyAndBody vc.Code = "svg-verify-and-body"        // a credential in the attribute and in the body
	CodeSVGContent       vc.Code = "svg-credential-content"     // markup, or a credential of the wrong form
	CodeSVGEmpty         vc.Code = "svg-empty-credential"       // the element holds nothing
	CodeSVGElement       vc.Code = "format-svg-element"         // the element of another standard in this namespace
)

// problem makes the Problem of a code, with what is wrong in particular where that is
// more than the code says.
func problem(code vc.Code, detail string, args ...any) *vc.Problem {
	p := words.Problem(code, "", "")
	if detail != "" {
		p.Message += ": " + fmt.Sprintf(detail, args...)
	}
	return p
}

// reading is one run over an image: how strict it is and what it forgave.
type reading struct {
	lenient  bool
	limits   Limits
	warnings []*vc.Problem
	times    []int // how often each of them was met
}

// soft is a fault that only a strict reading refuses.
func (r *reading) soft(p *vc.Problem) error {
	if !r.lenient {
		return p
	}
	r.warn(p)
	return nil
}

// warn tells of a fault. Of each code the first is told, and how many there are:
// an image may hold any number.
func (r *reading) warn(p *vc.Problem) {
	if !r.again(p.Code) {
		r.warnings = append(r.warnings, p.WithSeverity(vc.SeverityWarning))
		r.times = append(r.times, 1)
	}
}

// again counts a fault whose code was warned of before. Whoever meets many asks before
// making the words of each.
func (r *reading) again(code vc.Code) bool {
	for i, w := range r.warnings {
		if w.Code == code {
			r.times[i]++
			return true
		}
	}
	return false
}

// told returns the warnings.
func (r *reading) told() []*vc.Problem {
	for i, w := range r.warnings {
		if r.times[i] > 1 {
			w.Found = fmt.Sprintf("%d in all", r.times[i])
		}
	}
	return r.warnings
}

func tooMany(most int) error {
	return problem(CodeTooMany, "more than %d", most)
}
