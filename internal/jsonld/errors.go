package jsonld

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// Code names a finding. The codes of JSON-LD 1.1 API, 9.6 are written in
// kebab-case without the at sign: "invalid @nest value" is invalid-nest-value.
type Code string

// Codes of the specification (JSON-LD 1.1 API, JsonLdErrorCode).
const (
	CodeCollidingKeywords          Code = "colliding-keywords"
	CodeConflictingIndexes         Code = "conflicting-indexes"
	CodeCyclicIRIMapping           Code = "cyclic-iri-mapping"
	CodeInvalidBaseDirection       Code = "invalid-base-direction"
	CodeInvalidBaseIRI             Code = "invalid-base-iri"
	CodeInvalidContainerMapping    Code = "invalid-container-mapping"
	CodeInvalidContextEntry        Code = "invalid-context-entry"
	CodeInvalidContextNull         Code = "invalid-context-nullification"
	CodeInvalidDefaultLanguage     Code = "invalid-default-language"
	CodeInvalidIDValue             Code = "invalid-id-value"
	CodeInvalidImportValue         Code = "invalid-import-value"
	CodeInvalidIncludedValue       Code = "invalid-included-value"
	CodeInvalidIndexValue          Code = "invalid-index-value"
	CodeInvalidIRIMapping          Code = "invalid-iri-mapping"
	CodeInvalidKeywordAlias        Code = "invalid-keyword-alias"
	CodeInvalidLanguageMapValue    Code = "invalid-language-map-value"
	CodeInvalidLanguageMapping     Code = "invalid-language-mapping"
	CodeInvalidLanguageString      Code = "invalid-language-tagged-string"
	CodeInvalidLanguageValue       Code = "invalid-language-tagged-value"
	CodeInvalidLocalContext        Code = "invalid-local-context"
	CodeInvalidNestValue           Code = "invalid-nest-value"
	CodeInvalidPrefixValue         Code = "invalid-prefix-value"
	CodeInvalidPropagateValue      Code = "invalid-propagate-value"
	CodeInvalidProtectedValue      Code = "invalid-protected-value"
	CodeInvalidRemoteContext       Code = "invalid-remote-context"
	CodeInvalidReverseProperty     Code = "invalid-reverse-property"
	CodeInvalidReversePropertyMap  Code = "invalid-reverse-property-map"
	CodeInvalidReversePropertyItem Code = "invalid-reverse-property-value"
	CodeInvalidReverseValue        Code = "invalid-reverse-value"
	CodeInvalidScopedContext       Code = "invalid-scoped-context"
	CodeInvalidSetOrList           Code = "invalid-set-or-list-object"
	CodeInvalidTermDefinition      Code = "invalid-term-definition"
	CodeInvalidTypeMapping         Code = "invalid-type-mapping"
	CodeInvalidTypeValue           Code = "invalid-type-value"
	CodeInvalidTypedValue          Code = "invalid-typed-value"
	CodeInvalidValueObject         Code = "invalid-value-object"
	CodeInvalidValueObjectValue    Code = "invalid-value-object-value"
	CodeInvalidVersionValue        Code = "invalid-version-value"
	CodeInvalidVocabMapping        Code = "invalid-vocab-mapping"
	CodeKeywordRedefinition        Code = "keyword-redefinition"
	CodeLoadingContextFailed       Code = "loading-remote-context-failed"
	CodeProtectedTerm              Code = "protected-term-redefinition"
)

// Codes of this package's limits and of its [Policy].
const (
	CodeContextUnknown  Code = "context-unknown"    // not one of the known documents, and nothing loads others
	CodeContextCycle    Code = "context-cycle"      // a context includes itself
	CodeContextTooDeep  Code = "context-too-deep"   // contexts include contexts beyond Limits.Depth
	CodeContextTooLarge Code = "context-too-large"  // longer than Limits.Bytes
	CodeContextTooMany  Code = "context-too-many"   // more than Limits.Documents or Limits.Contexts
	CodeContextInline   Code = "context-inline"     // a context written into the document (Policy.AllowInline)
	CodeContextNested   Code = "context-nested"     // a context below the top (Policy.AllowNested)
	CodeContextVocab    Code = "context-vocabulary" // a context sets @vocab (Policy.AllowVocab)
	CodeContextBase     Code = "context-base"       // a context sets @base (Policy.AllowBase)
	CodeContextImport   Code = "context-import"     // a context uses @import (Policy.AllowImport)
	CodeTooManyTypes    Code = "too-many-types"     // of one node; honest ones have a few
	CodeTooManyQuads    Code = rdf.CodeTooManyQuads // more statements than allowed (Limits.Quads)
	CodeTooLarge        Code = rdf.CodeTooLarge     // the statements, written out: rdf.Dataset.MaxBytes
	CodeTooManyDrops    Code = "too-many-drops"     // Lenient mode: too many to tell each
)

// Codes of a [Drop]: what the algorithm leaves out of the RDF dataset, so that a
// signature does not cover it.
const (
	DropUndefinedTerm   Code = "undefined-term"         // a member that no context defines
	DropNullTerm        Code = "null-term"              // a member that a context maps to null
	DropKeywordLike     Code = "keyword-like-term"      // "@foo": reserved, always ignored
	DropKeyword         Code = "misplaced-keyword"      // a keyword that means nothing where it stands
	DropRelativeID      Code = "relative-id"            // an @id that is no IRI: the node's claims vanish
	DropRelativeIRI     Code = "relative-iri"           // a link that is no IRI
	DropUndefinedType   Code = "undefined-type"         // a type that no context defines and that is no IRI
	DropInvalidIRI      Code = "invalid-iri"            // characters that an IRI cannot have
	DropBlankPredicate  Code = "blank-node-predicate"   // RDF has none
	DropInvalidLanguage Code = "invalid-language"       // not a BCP 47 tag
	DropNullValue       Code = "null-value"             // {"@value": null}
	DropFreeFloating    Code = "free-floating-value"    // a value that belongs to no property
	DropEmptyNode       Code = "free-floating-node"     // a node that says nothing and that nothing refers to
	DropIndex           Code = "unsigned-index"         // an @index, or the key of an index map
	DropDirection       Code = "dropped-direction"      // an @direction without an RDF form
	DropEmpty           Code = "empty-result"           // the whole document gives no statement
	DropInvalidDatatype Code = "invalid-datatype"       // a datatype that is no IRI
	DropLanguageOnly    Code = "language-without-value" // {"@language": "en"}
)

// Error is a document or a context that JSON-LD or the [Policy] refuses.
type Error struct {
	Code    Code
	Pointer string // JSON Pointer into the input, or into the context document named by Context
	Context string // URL of the context document at fault, "" for the input itself
	Detail  string
	Err     error // what [Config.Load] answered, nil otherwise
}

// ProblemCode is the code, for vc.ProblemOf.
func (e *Error) ProblemCode() string { return string(e.Code) }

// Error implements error.
func (e *Error) Error() string {
	where := e.Pointer
	if where == "" {
		where = "the top level"
	}
	if e.Context != "" {
		where += " of " + e.Context
	}
	return fmt.Sprintf("%s at %s: %s", e.Code, where, e.Detail)
}

// Unwrap returns the error of [Config.Load].
func (e *Error) Unwrap() error { return e.Err }

// Drop is one thing that the algorithm leaves out of the dataset.
type Drop struct {
	At      jsonx.Value // what is left out
	Pointer string      // JSON Pointer to it
	Code    Code
	Detail  string
}

// DataLoss is the error of strict mode: all that a signature over the document
// would not cover, in the order of the text. It never holds an empty list.
type DataLoss struct{ Drops []Drop }

// Error implements error. It shows the first finding and counts the rest.
func (e *DataLoss) Error() string {
	var b strings.Builder
	first := e.Drops[0]
	fmt.Fprintf(&b, "data-loss: %s at %s: %s", first.Code, strconv.Quote(first.Pointer), first.Detail)
	if n := len(e.Drops) - 1; n > 0 {
		fmt.Fprintf(&b, " (and %d more)", n)
	}
	return b.String()
}
