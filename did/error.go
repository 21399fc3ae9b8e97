package did

import (
	"cmp"
	"fmt"
)

// Code names why an identifier, a document or a verification method was refused.
type Code string

// The codes of [Error].
const (
	CodeInvalidDID         Code = "did-malformed"                           // no DID, or none of its method (DID Core 1.0, 3.1)
	CodeMethodNotSupported Code = "did-method-not-supported"                // no resolver for this DID method
	CodeDeactivated        Code = "did-deactivated"                         // the identifier was given up
	CodeNotFound           Code = "controller-document-not-found"           // there is no document of this identifier
	CodeInvalidDocument    Code = "controller-document-invalid"             // the document's shape is wrong
	CodeDocumentID         Code = "controller-document-id-mismatch"         // the document is of another identifier
	CodeTooManyMethods     Code = "methods-too-many"                        // the document has more than MaxMethods
	CodeInvalidURL         Code = "verification-method-url-invalid"         // no URL by which a key, or a document, is found
	CodeInvalidMethod      Code = "verification-method-malformed"           // the verification method's shape is wrong
	CodeMethodAmbiguous    Code = "verification-method-ambiguous"           // the document has two methods of one id
	CodeMethodController   Code = "verification-method-controller-mismatch" // the method is controlled by somebody else
	CodeUnresolved         Code = "key-unavailable"                         // the document that lists it cannot be had: try again later
	CodeMethodNotFound     Code = "key-not-found"                           // the document does not list the key
	CodeRelationship       Code = "key-not-for-purpose"                     // the document lists the key for another use
	CodeMethodRetired      Code = "key-retired"                             // revoked or expired before the time asked for
	CodeMethodNotYetValid  Code = "key-not-yet-valid"                       // the nbf of its JWK is to come
	CodeInvalidKey         Code = "key-malformed"                           // what is listed is no key in its exact form
	CodeUnsupportedKey     Code = "key-unsupported"                         // a kind of key that is not used here
)

// The ProblemDetails type URLs of DID Resolution and Controlled Identifiers 1.0,
// 3.5.
const (
	typeDID      = "https://www.w3.org/ns/did#"
	typeSecurity = "https://w3id.org/security#"

	typeMethod       = typeSecurity + "INVALID_VERIFICATION_METHOD"
	typeRelationship = typeSecurity + "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"
	typeDocument     = typeSecurity + "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
)

// words are the type URL of each code, and what to do.
var words = map[Code]struct{ typeURL, fix string }{
	CodeInvalidDID:         {typeDID + "INVALID_DID", "write the DID in its one canonical form"},
	CodeMethodNotSupported: {typeDID + "METHOD_NOT_SUPPORTED", "use a resolver that has this DID method"},
	CodeDeactivated:        {typeDocument, "ask the issuer for a credential by an identifier in force"},
	CodeNotFound:           {typeDID + "NOT_FOUND", "the issuer must publish the document that lists its keys"},
	CodeInvalidDocument:    {typeDocument, "the issuer must mend its document"},
	CodeDocumentID:         {typeDocument + "_ID", "the issuer must publish the document under its own id"},
	CodeTooManyMethods:     {typeDocument, "the issuer must take keys out of its document that are no longer used"},
	CodeInvalidURL:         {typeMethod + "_URL", "name the key by a DID URL, or by an https URL with a fragment"},
	CodeInvalidMethod:      {typeMethod, "the issuer must mend the verification method in its document"},
	CodeMethodAmbiguous:    {typeMethod, "the issuer must give each verification method an id of its own"},
	CodeMethodController:   {typeMethod, "the issuer must list keys that it controls itself"},
	CodeUnresolved:         {typeDID + "INTERNAL_ERROR", "try again later and online, or use a trust pack that holds the document"},
	CodeMethodNotFound:     {typeMethod, "the issuer must list the key in its document"},
	CodeRelationship:       {typeRelationship, "the issuer must list the key for this use, such as assertionMethod"},
	CodeMethodRetired:      {typeMethod, "ask the issuer to sign again with a key in force"},
	CodeMethodNotYetValid:  {typeMethod, "wait, or check the clock"},
	CodeInvalidKey:         {typeSecurity + "INVALID_PUBLIC_KEY", "publish a key of a supported kind, in its exact form"},
	CodeUnsupportedKey:     {typeSecurity + "UNSUPPORTED_PUBLIC_KEY_TYPE", "publish a key of a supported kind"},
}

// Error says why an identifier, a document or a verification method was refused.
// Two Errors match under errors.Is when their codes are equal.
type Error struct {
	Code    Code
	Type    string // ProblemDetails type URL
	Pointer string // JSON Pointer into the document, where the fault is in one
	Detail  string
	Err     error // the cause beneath, if any
}

// NewError makes an Error with the type URL of its code. Resolvers use it.
func NewError(code Code, detail string, cause error) *Error {
	return &Error{Code: code, Type: words[code].typeURL, Detail: detail, Err: cause}
}

// Error implements error.
func (e *Error) Error() string {
	text := "did: " + string(e.Code)
	if e.Pointer != "" {
		text += " at " + e.Pointer
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// ProblemCode is the code, for vc.ProblemOf.
func (e *Error) ProblemCode() string { return string(e.Code) }

// ProblemDetails is the rest of what the error says, for vc.ProblemOf.
func (e *Error) ProblemDetails() (typeURL, pointer, message, fix string) {
	return cmp.Or(e.Type, words[e.Code].typeURL), e.Pointer, e.Detail, words[e.Code].fix
}

// Unwrap returns the cause beneath.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an Error of the same code.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

func fail(code Code, format string, args ...any) *Error {
	return NewError(code, fmt.Sprintf(format, args...), nil)
}
