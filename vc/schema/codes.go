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

const (
	clauseEntry = "VCDM 2.0, 4.11"
	clauseJSON  = "VC JSON Schema 1.0, 3"
	clauseCred  = "VC JSON Schema 1.0, 2.2"
	clauseLimit = "a limit of this library"

	atFault   = vc.TypeMalformedValue
	undecided = vc.TypeLaurel
)

// words are what each code says.
var words = vc.Words{
	CodeMismatch: {
		Type: atFault, Message: "the credential does not fit the schema that it names",
		Fix: "issue a credential that fits, or name the schema that was meant", Spec: "VC JSON Schema 1.0, 4.2",
	},
	CodeOtherKind: {
		Type: atFault, Message: "the published schema that is named here is for something else than this credential",
		Fix: "name the published schema of this kind of credential", Spec: "OB 3.0, CredentialSchema; VCDM 2.0, 4.11",
	},
	CodeMalformed: {
		Type: atFault, Message: "an entry of credentialSchema names no schema",
		Fix: "take the credential again from its source, as the issuer wrote it", Spec: clauseEntry,
	},
	CodeTooMany: {
		Type: vc.TypeRange, Message: "the credential names more schemas than are looked at, so none was",
		Fix: "name one schema, and combine others in it", Spec: clauseLimit,
	},
	CodeDigestMismatch: {
		Type: atFault, Message: "the schema is not the one that the issuer named: its digest is another",
		Fix: "ask the issuer for the schema, or put its exact text into the trust pack", Spec: "VCDM 2.0, 5.3",
	},

	CodeUnavailable: {
		Type: undecided, Message: "the credential brings a schema that cannot be had",
		Fix: "try again later, put the schema into the trust pack, or accept the check (Config.Accept)", Spec: clauseEntry,
	},
	vc.Code(fetch.CodeBudget): {
		Type: undecided, Message: "the schema was not asked for",
		Fix: "put the schema into the trust pack, or allow more requests (Limits.MaxFetches)", Spec: clauseLimit,
	},
	CodeTypeNotSupported: {
		Type: undecided, Message: "the credential brings a schema of a type that is not read here",
		Fix: "use JsonSchema or JsonSchemaCredential, or accept the check (Config.Accept)", Spec: clauseEntry,
	},
	CodeDraftNotSupported: {
		Type: undecided, Message: "the schema does not name a draft of JSON Schema that is supported here",
		Fix: "give the schema the $schema of draft 2020-12, 2019-09 or 07", Spec: "VC JSON Schema 1.0, 4",
	},
	CodeKeywordNotSupported: {
		Type: undecided, Message: "the schema has a $dynamicRef or $recursiveRef whose target depends on who refers",
		Fix: "write it with $ref", Spec: clauseLimit,
	},
	CodeInvalid: {
		Type: undecided, Message: "what stands at the schema's id is no valid JSON Schema",
		Fix: "ask whoever publishes the schema to mend it", Spec: clauseJSON,
	},
	CodeReferenceRefused: {
		Type: undecided, Message: "the schema refers to something that is not fetched",
		Fix: "refer to at most eight documents, all at https URLs", Spec: clauseLimit,
	},
	CodeTooLarge: {
		Type: undecided, Message: "the schema is longer, deeper or has more values than is read",
		Fix: "shorten the schema, or allow more (Options.MaxBytes)", Spec: clauseLimit,
	},
	CodeUnfolds: {
		Type: undecided, Message: "the schema's references unfold into more than is evaluated",
		Fix: "refer to fewer parts from fewer places, or allow more (Options.MaxNodes)", Spec: clauseLimit,
	},
	CodeTooCostly: {
		Type: undecided, Message: "evaluating the schema over this credential takes more steps than are done",
		Fix: "simplify the schema, or allow more (Options.MaxSteps)", Spec: clauseLimit,
	},
	CodeFailed: {
		Type: undecided, Message: "the schema could not be evaluated",
		Fix: "report the schema to the maintainers of this library", Spec: clauseLimit,
	},
	CodeCredentialNotVerified: {
		Type: undecided, Message: "the credential that holds the schema is not proven to be its issuer's",
		Fix: "see the cause, and ask the issuer of the schema", Spec: "VC JSON Schema 1.0, 4.1",
	},
	CodeCredentialMalformed: {
		Type: undecided, Message: "the credential at the schema's id does not hold the schema as it must",
		Fix: "publish a JsonSchemaCredential with a credentialSubject of type JsonSchema", Spec: clauseCred,
	},
	CodeCredentialNotCurrent: {
		Type: undecided, Message: "the credential that holds the schema is not valid at this time",
		Fix: "ask the issuer of the schema for a current one", Spec: clauseCred,
	},
}

// fault is why a schema cannot be judged by, before it is known which entry named it.
type fault struct {
	code     vc.Code
	found    string
	expected string
	err      error
}

// Error implements error, so that a fault passes through the library.
func (f *fault) Error() string { return words[f.code].Message }

// at is the fault as the problem of an entry.
func (f *fault) at(pointer string) *vc.Problem {
	p := words.Problem(f.code, pointer, f.found)
	p.Expected, p.Err = f.expected, f.err
	return p
}
