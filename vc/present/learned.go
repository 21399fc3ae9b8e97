package present

import (
	"iter"
	"strings"
	"unicode"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Place is where in the bytes something is learned. The zero value is none.
type Place string

// The places.
const (
	PlaceDocument  Place = "document"    // of the credential or the presentation
	PlaceClaim     Place = "claim"       // of a token, and no part of the credential in it
	PlaceHeader    Place = "header"      // of a token
	PlaceBinding   Place = "key-binding" // of the token behind an SD-JWT, its header and its claims
	PlaceDigest    Place = "digest"      // of an SD-JWT: stands for something that is disclosed, withheld, or a decoy
	PlaceSalt      Place = "salt"        // of an SD-JWT: makes a digest
	PlaceSignature Place = "signature"   // of a token
)

// Reason is why somebody learns something. The zero value is none, where that is not known.
type Reason string

// The reasons.
const (
	ReasonChosen    Reason = "chosen"    // the holder could have hidden it
	ReasonMandatory Reason = "mandatory" // the issuer made it mandatory
	ReasonInClear   Reason = "in-clear"  // the issuer signed it as it is, not by a digest
	ReasonWhole     Reason = "whole"     // it stands in something that is shown whole or not at all
	ReasonStructure Reason = "structure" // it says what the rest is of: ids, types, contexts, what makes a credential one
	ReasonProof     Reason = "proof"     // it belongs to the issuer's signature
	ReasonFrame     Reason = "frame"     // it says who shares what with whom: the presentation, the holder's own record
)

// Learned is one value that whoever gets the bytes learns.
type Learned struct {
	Place   Place
	Pointer string // JSON Pointer (RFC 6901) in the document, the claims or the header; "" for others
	Member  string // as the specification names it, Class.member; "" for what the model does not have
	Label   string // for people, in English: "result value"
	Value   string // a text itself, anything else as JSON
	Reason  Reason
	// Later says that the value is made when the holder signs, and anew each time.
	Later bool
}

// Seen is all that somebody learns of one document, in the order in which it stands there,
// with the credentials of a presentation and the tokens in it.
type Seen struct {
	At      string // where it stands in the document around it, as a JSON Pointer
	Form    vc.Form
	Types   []string
	Learned []Learned
	Within  []*Seen

	presentation bool
	own          bool // made by the holder for this one time
}

// All yields everything that is learned, with the document that it is learned of.
func (s *Seen) All() iter.Seq2[*Seen, Learned] {
	return func(yield func(*Seen, Learned) bool) { s.each(yield) }
}

func (s *Seen) each(yield func(*Seen, Learned) bool) bool {
	for _, l := range s.Learned {
		if !yield(s, l) {
			return false
		}
	}
	for _, w := range s.Within {
		if !w.each(yield) {
			return false
		}
	}
	return true
}

// label is what people read of a member: its name in words, behind that of what it is of.
func label(of, name string) string {
	switch of {
	case "":
		return inWords(name)
	case "credentialSubject":
		of = "subject"
	}
	words := inWords(name)
	if strings.HasPrefix(words, inWords(of)+" ") { // a result's result description
		return words
	}
	return inWords(of) + " " + words
}

// inWords parts a name of the model: creditsEarned is "credits earned".
func inWords(name string) string {
	var b strings.Builder
	small := false
	for _, r := range name {
		if unicode.IsUpper(r) && small {
			b.WriteByte(' ')
		}
		small = !unicode.IsUpper(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.TrimPrefix(b.String(), "@")
}

// valueOf is a scalar as it is shown.
func valueOf(v jsonx.Value) string {
	if v.Kind() == jsonx.String {
		return v.Text()
	}
	return string(v.Raw())
}
