package proof

import (
	"cmp"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/vc"
)

// The codes of [Error].
const (
	CodeSignature  vc.Code = "signature-invalid"             // something was changed after signing, or another key signed
	CodeAlgorithm  vc.Code = "algorithm-not-allowed"         // the algorithm is unknown or not of this key
	CodeWeakKey    vc.Code = "key-weak"                      // the key must not be used: size, order, exponent
	CodeInvalidKey vc.Code = "key-invalid"                   // the key is no point of its curve
	CodeKey        vc.Code = vc.Code(did.CodeUnsupportedKey) // a kind of key without an algorithm here
	CodeSigner     vc.Code = "signer-failed"                 // the signer returned an error or no usable signature
)

// CodeIssuer: the key is somebody else's than the issuer's. It is the code of the
// packages that sign and of vc/verify, which know the document beside the key.
const CodeIssuer vc.Code = "issuer-not-controller"

// words are what the errors of each code say where they have no detail, and what to do.
var words = vc.Words{
	CodeSignature: {
		Type: vc.TypeCryptographicSecurity, Message: "the signature does not belong to this message and key",
		Fix: "take the document again from its source",
	},
	CodeAlgorithm: {
		Type: vc.TypeCryptographicSecurity, Message: "the key does not have this algorithm",
		Fix: "sign with an algorithm that the key is published for",
	},
	CodeWeakKey: {
		Type: vc.TypeInvalidMethod, Message: "the key must not be used",
		Fix: "publish a key of at least the minimum size, in its exact form",
	},
	CodeInvalidKey: {
		Type: vc.TypeInvalidMethod, Message: "the key is no point of its curve",
		Fix: "publish the key as it was made",
	},
	CodeKey: {
		Type: vc.TypeInvalidMethod, Message: "the key is of a kind that is not used here",
		Fix: "publish a key of a supported kind",
	},
	CodeSigner: {
		Type: vc.TypeProofGeneration, Message: "the signer has made no usable signature",
		Fix: "look at the signer, or at the service that holds its key",
	},
	CodeIssuer: {
		Type: vc.TypeInvalidMethod, Message: "the key belongs to somebody else than the issuer",
		Fix: "sign with a key that the issuer's own document lists",
	},
}

// Error says why a key or a signature was refused. Two Errors match under
// errors.Is when their codes are equal, so that [ErrSignature], [ErrAlgorithm]
// and [ErrWeakKey] find theirs.
type Error struct {
	Code   vc.Code
	Detail string
	Err    error // the cause beneath, if any
}

// Error implements error.
func (e *Error) Error() string {
	text := "proof: " + string(e.Code)
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// ProblemCode is the code, for [vc.ProblemOf].
func (e *Error) ProblemCode() string { return string(e.Code) }

// ProblemDetails is the rest of what the error says, for [vc.ProblemOf].
func (e *Error) ProblemDetails() (typeURL, pointer, message, fix string) {
	w := words[e.Code]
	return w.Type, "", cmp.Or(e.Detail, w.Message), w.Fix
}

// Unwrap returns the cause beneath.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an Error of the same code.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

// What callers branch on.
var (
	// ErrSignature matches a signature that does not verify.
	ErrSignature error = &Error{Code: CodeSignature}
	// ErrAlgorithm matches an algorithm that is unknown or not of the key.
	ErrAlgorithm error = &Error{Code: CodeAlgorithm}
	// ErrWeakKey matches a key that must not be used.
	ErrWeakKey error = &Error{Code: CodeWeakKey}
)
