package casefw

import "github.com/laurel-edu/laurel/vc"

// The codes of the findings of a [Report]. Those of one group are reported by the same step:
// reading bytes, checking a record, or looking at the framework as a whole.
const (
	// The text as a whole.
	CodeByteOrderMark    vc.Code = "byte-order-mark"    // RFC 8259, 8.1; passed over
	CodeNotJSON          vc.Code = "not-json"           // not JSON, or cut off
	CodeInvalidUTF8      vc.Code = "invalid-utf8"       // RFC 8259, 8.1
	CodeTrailingData     vc.Code = "trailing-data"      // something follows the value
	CodeNestingTooDeep   vc.Code = "nesting-too-deep"   // deeper than Options.MaxDepth
	CodeTooLarge         vc.Code = "too-large"          // longer than a limit of Options
	CodeDuplicateJSONKey vc.Code = "duplicate-json-key" // the last value is taken
	CodeWrongResource    vc.Code = "wrong-resource"     // the JSON is not of the class asked for

	// Shapes.
	CodeWrappedResource           vc.Code = "wrapped-resource"
	CodeArrayInsteadOfSet         vc.Code = "array-instead-of-set"
	CodeSingleInsteadOfSet        vc.Code = "single-instead-of-set"
	CodeEmptySet                  vc.Code = "empty-set"
	CodeItemsNotArray             vc.Code = "items-not-array"
	CodeDefinitionsNotObject      vc.Code = "definitions-not-object"
	CodePackageWithoutItems       vc.Code = "package-without-items"
	CodeNullValue                 vc.Code = "null-value"
	CodeUnknownProperty           vc.Code = "unknown-property"
	CodeStandaloneMemberInPackage vc.Code = "standalone-member-in-package"
	CodeRequiredPropertyMissing   vc.Code = "required-property-missing"
	CodeStringInsteadOfArray      vc.Code = "string-instead-of-array"
	CodeArrayInsteadOfObject      vc.Code = "array-instead-of-object"
	CodeObjectInsteadOfArray      vc.Code = "object-instead-of-array"
	CodeNodeNotObject             vc.Code = "node-not-object"
	CodeNumberAsString            vc.Code = "number-as-string"
	CodeNumberOutOfRange          vc.Code = "number-out-of-range"
	CodeWrongType                 vc.Code = "wrong-type" // any other JSON type than the one asked for

	// Values.
	CodeUUIDNotLowercase       vc.Code = "uuid-not-lowercase"
	CodeUUIDVersionNotAllowed  vc.Code = "uuid-version-not-allowed"
	CodeIdentifierNotUUID      vc.Code = "identifier-not-uuid"
	CodeItemWithoutIdentifier  vc.Code = "item-without-identifier"
	CodeURINotAbsolute         vc.Code = "uri-not-absolute"
	CodeNodeURINotAbsolute     vc.Code = "node-uri-not-absolute"
	CodeURIIdentifierMismatch  vc.Code = "uri-identifier-mismatch"
	CodeUnsafeURI              vc.Code = "unsafe-uri"
	CodeBadDateTime            vc.Code = "bad-date-time"
	CodeBadDate                vc.Code = "bad-date"
	CodeEndBeforeStart         vc.Code = "end-before-start"
	CodeUnknownAssociationType vc.Code = "unknown-association-type"
	CodeAssociationRepaired    vc.Code = "association-type-repaired"
	CodeUnknownTargetType      vc.Code = "unknown-target-type"
	CodeFullStatementRepaired  vc.Code = "full-statement-repaired"
	CodeControlCharacter       vc.Code = "control-character"
	CodeTextLong               vc.Code = "text-long" // longer than the guide advises

	// Versions.
	CodeBadCaseVersion        vc.Code = "bad-case-version"
	CodeCaseVersionMissing    vc.Code = "case-version-missing"
	CodeTokenNewerThanVersion vc.Code = "token-newer-than-version"

	// The framework as a whole, reported by [Framework.Lint].
	CodeDuplicateIdentifier     vc.Code = "duplicate-identifier"
	CodeConflictingDuplicate    vc.Code = "conflicting-duplicate"
	CodeDuplicateAssociation    vc.Code = "duplicate-association"
	CodeDuplicateSequenceNumber vc.Code = "duplicate-sequence-number"
	CodeMissingSequenceNumber   vc.Code = "missing-sequence-number"
	CodeDanglingNode            vc.Code = "dangling-node"
	CodeNodeResolvedByURI       vc.Code = "node-resolved-by-uri"
	CodeDocumentAsChild         vc.Code = "document-as-child"
	CodeNoLinkToDocument        vc.Code = "no-link-to-document"
	CodeItemOutsideTree         vc.Code = "item-outside-tree"
	CodeMultipleParents         vc.Code = "multiple-parents"
	CodeHierarchyCycle          vc.Code = "hierarchy-cycle"
	CodePrerequisiteCycle       vc.Code = "prerequisite-cycle"
	CodeReplacementCycle        vc.Code = "replacement-cycle"
	CodeDefinitionMissing       vc.Code = "definition-missing"
	CodeItemTypeMismatch        vc.Code = "item-type-mismatch"
	CodeRubricParentMismatch    vc.Code = "rubric-parent-mismatch"
	CodeCriterionItemMissing    vc.Code = "criterion-item-missing"
	CodeDuplicatePosition       vc.Code = "duplicate-position"
	CodeLevelWithoutScore       vc.Code = "level-without-score"
)
