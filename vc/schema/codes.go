package schema

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// The codes of what speaks against the credential.
const (
	CodeMismatch       vc.Code = "schema-mismatch"         // a value does not fit the schema
	CodeOtherKind      vc.Code = "schema-of-another-kind"  // the published schema of something else than this credential
	CodeMalformed      vc.Code = "schema-malformed"        // an entry that names no schema
	CodeTooMany        vc.Code = "schema-too-many-entries" // more than are looked at
	CodeDigestMismatch vc.Code = "schema-digest-mismatch"  // the schema is not the one whose digest the entry has
)

// The codes of a schema that cannot be had or judged by.
const (
	CodeUnavailable           vc.Code = "schema-unavailable"             // could not be fetched
	CodeBudget                        = vc.Code(fetch.CodeBudget)        // not fetched: the verification may ask for no more
	CodeTypeNotSupported      vc.Code = "schema-type-not-supported"      // no type that this package reads
	CodeDraftNotSupported     vc.Code = "schema-draft-not-supported"     // $schema names none of the drafts that are known
	CodeKeywordNotSupported   vc.Code = "schema-keyword-not-supported"   // a reference that depends on who refers
	CodeInvalid               vc.Code = "schema-invalid"                 // no JSON, or no JSON Schema by its own draft
	CodeReferenceRefused      vc.Code = "schema-reference-refused"       // a $ref to what is not fetched, or to too many
	CodeTooLarge              vc.Code = "schema-too-large"               // longer, deeper or with more values than is read
	CodeUnfolds               vc.Code = "schema-unfolds"                 // its references make more of it than is evaluated
	CodeTooCostly             vc.Code = "schema-too-costly"              // over this document it takes more steps than are done
	CodeFailed                vc.Code = "schema-not-evaluated"           // the evaluation ended without an answer
	CodeCredentialNotVerified vc.Code = "schema-credential-not-verified" // forged, or its key cannot be had
	CodeCredentialMalformed   vc.Code = "schema-credential-malformed"    // another credential, or without a schema in its place
	CodeCredentialNotCurrent  vc.Code = "schema-credential-not-current"  // by its dates, its proof or its key
)

// fact is what all problems of one code have in common.
type fact struct {
	message string
	fix     string
	clause  string
	url     string // ProblemDetails type
}

const (
	clauseEntry = "VCDM 2.0, 4.11"
	clauseJSON  = "VC JSON Schema 1.0, 3"
	clauseCred  = "VC JSON Schema 1.0, 2.2"
	clauseLimit = "a limit of this library"

	atFault = vc.TypeMalformedValue
)

// facts is never written to.
var facts = map[vc.Code]fact{
	CodeMismatch: {"the credential does not fit the schema that it names",
		"issue a credential that fits, or name the schema that was meant", "VC JSON Schema 1.0, 4.2", atFault},
	CodeOtherKind: {"the published schema that is named here is for something else than this credential",
		"name the published schema of this kind of credential", "OB 3.0, CredentialSchema; VCDM 2.0, 4.11", atFault},
	CodeMalformed: {"an entry of credentialSchema names no schema",
		"take the credential again from its source, as the issuer wrote it", clauseEntry, atFault},
	CodeTooMany: {"the credential names more schemas than are looked at, so none was",
		"name one schema, and combine others in it", clauseLimit, vc.TypeRange},
	CodeDigestMismatch: {"the schema is not the one that the issuer named: its digest is another",
		"ask the issuer for the schema, or put its exact text into the trust pack", "VCDM 2.0, 5.3", atFault},

	CodeUnavailable: {"the credential brings a schema that cannot be had",
		"try again later, put the schema into the trust pack, or accept the check (Config.Accept)", clauseEntry, ""},
	CodeBudget: {"the schema was not asked for",
		"put the schema into the trust pack, or allow more requests (Limits.MaxFetches)", clauseLimit, ""},
	CodeTypeNotSupported: {"the credential brings a schema of a type that is not read here",
		"use JsonSchema or JsonSchemaCredential, or accept the check (Config.Accept)", clauseEntry, ""},
	CodeDraftNotSupported: {"the schema does not name a draft of JSON Schema that is supported here",
		"give the schema the $schema of draft 2020-12, 2019-09 or 07", "VC JSON Schema 1.0, 4", ""},
	CodeKeywordNotSupported: {"the schema has a $dynamicRef or $recursiveRef whose target depends on who refers",
		"write it with $ref", clauseLimit, ""},
	CodeInvalid: {"what stands at the schema's id is no valid JSON Schema",
		"ask whoever publishes the schema to mend it", clauseJSON, ""},
	CodeReferenceRefused: {"the schema refers to something that is not fetched",
		"refer to at most eight documents, all at https URLs", clauseLimit, ""},
	CodeTooLarge: {"the schema is longer, deeper or has more values than is read",
		"shorten the schema, or allow more (Options.MaxBytes)", clauseLimit, ""},
	CodeUnfolds: {"the schema's references unfold into more than is evaluated",
		"refer to fewer parts from fewer places, or allow more (Options.MaxNodes)", clauseLimit, ""},
	CodeTooCostly: {"evaluating the schema over this credential takes more steps than are done",
		"simplify the schema, or allow more (Options.MaxSteps)", clauseLimit, ""},
	CodeFailed: {"the schema could not be evaluated",
		"report the schema to the maintainers of this library", clauseLimit, ""},
	CodeCredentialNotVerified: {"the credential that holds the schema is not proven to be its issuer's",
		"see the cause, and ask the issuer of the schema", "VC JSON Schema 1.0, 4.1", ""},
	CodeCredentialMalformed: {"the credential at the schema's id does not hold the schema as it must",
		"publish a JsonSchemaCredential with a credentialSubject of type JsonSchema", clauseCred, ""},
	CodeCredentialNotCurrent: {"the credential that holds the schema is not valid at this time",
		"ask the issuer of the schema for a current one", clauseCred, ""},
}

// newProblem makes a Problem with what its code always says.
func newProblem(code vc.Code, pointer string) *vc.Problem {
	f := facts[code]
	return &vc.Problem{Code: code, Type: f.url, Pointer: pointer, Message: f.message, Fix: f.fix, Spec: f.clause}
}

// fault is why a schema cannot be judged by, before it is known which entry named it.
type fault struct {
	code     vc.Code
	found    string
	expected string
	err      error
}

// Error implements error, so that a fault passes through the library.
func (f *fault) Error() string { return facts[f.code].message }

// at is the fault as the problem of an entry.
func (f *fault) at(pointer string) *vc.Problem {
	p := newProblem(f.code, pointer)
	p.Found, p.Expected, p.Err = f.found, f.expected, f.err
	return p
}
