package vc

// Words are what the problems of each code have in common: severity, type URL,
// message, fix and clause, and what is expected where that is always the same. A
// message says what is wrong of what in twenty words at most, a fix what to do about it.
type Words map[Code]Problem

// Problem returns a problem with the words of its code. found is shown as it is; text
// of a stranger is put through [Quote] before.
func (w Words) Problem(code Code, pointer, found string) *Problem {
	p := w[code]
	p.Code, p.Pointer, p.Found = code, pointer, found
	return &p
}

// ProblemDetails type URLs that W3C defines (VCDM 2.0, 7.2; Data Integrity 1.0, 4.7;
// Controlled Identifiers 1.0, 3.5; Bitstring Status List 1.0, 3), and at the end one for
// the faults that are none of W3C's: an offline verifier, a kind that is not taken.
const (
	TypeParsing               = "https://www.w3.org/TR/vc-data-model#PARSING_ERROR"
	TypeCryptographicSecurity = "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"
	TypeMalformedValue        = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
	TypeRange                 = "https://www.w3.org/TR/vc-data-model#RANGE_ERROR"
	TypeProofGeneration       = "https://w3id.org/security#PROOF_GENERATION_ERROR"
	TypeProofVerification     = "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
	TypeProofTransformation   = "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR"
	TypeDataLoss              = "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR"
	TypeInvalidDomain         = "https://w3id.org/security#INVALID_DOMAIN_ERROR"
	TypeInvalidChallenge      = "https://w3id.org/security#INVALID_CHALLENGE_ERROR"
	TypeInvalidMethodURL      = "https://w3id.org/security#INVALID_VERIFICATION_METHOD_URL"
	TypeInvalidCID            = "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
	TypeInvalidCIDID          = "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID"
	TypeInvalidMethod         = "https://w3id.org/security#INVALID_VERIFICATION_METHOD"
	TypeInvalidRelationship   = "https://w3id.org/security#INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"
	TypeStatusRetrieval       = "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
	TypeStatusVerification    = "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"
	TypeStatusListLength      = "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR"

	TypeLaurel = "https://github.com/laurel-edu/laurel/blob/main/docs/codes.md" // the page of the codes
)
