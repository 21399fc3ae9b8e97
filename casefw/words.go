package casefw

import "github.com/laurel-edu/laurel/vc"

const (
	specModel      = "CASE 1.1 information model"
	specModel1p0   = "CASE 1.0 information model"
	specBinding    = "CASE 1.1 REST/JSON binding"
	specGuide      = "CASE 1.1 implementation guide"
	specChange     = specGuide + ", managing change"
	specJSON       = "RFC 8259"
	specStrictJSON = "RFC 7493, 2"

	ours    = vc.TypeLaurel // W3C, which defines the types, has none for frameworks
	warning = vc.SeverityWarning
	advice  = vc.SeverityAdvice

	keptAsSent = "kept as sent"
	circle     = "walks stop where they come round; remove one association of the circle"
	sayVersion = `set caseVersion to "1.1"`
	resolve    = "take the text from its provider again"
)

// words are what each code says. A fix is what was read instead where that is always the
// same, else what to do; where no clause stands here it is that of the class.
var words = vc.Words{
	CodeByteOrderMark: {
		Type: ours, Message: "the text begins with a byte order mark",
		Fix: "passed over; write the text without it", Spec: specJSON + ", 8.1",
	},
	CodeNotJSON:     {Type: ours, Message: "the text is not JSON", Fix: resolve, Spec: specJSON},
	CodeInvalidUTF8: {Type: ours, Message: "the text is not UTF-8", Fix: "ask the provider for UTF-8", Spec: specJSON + ", 8.1"},
	CodeTrailingData: {
		Type: ours, Message: "something follows the JSON value", Fix: "ask the provider for one value a text", Spec: specJSON,
	},
	CodeNestingTooDeep: {
		Type: ours, Message: "the text is nested too deep", Fix: "raise Options.MaxDepth if the source is trusted", Spec: specJSON,
	},
	CodeTooLarge: {
		Type: ours, Message: "the text is too long", Fix: "raise Options.MaxBytes, or Options.MaxRecord for one record", Spec: specJSON,
	},
	CodeDuplicateJSONKey: {
		Type: ours, Severity: warning, Message: "the member stands more than once in its object",
		Fix: "the last value is read", Spec: specStrictJSON,
	},
	CodeWrongResource: {Type: ours, Message: "the JSON is another resource than the one asked for", Fix: "check the URL that was asked"},

	CodeWrappedResource: {
		Type: ours, Severity: warning, Message: "the resource is wrapped in an object with its class name",
		Fix: "its content is read", Spec: specBinding,
	},
	CodeArrayInsteadOfSet:    {Type: ours, Message: "a bare array stands where a set belongs", Fix: "its content is read"},
	CodeSingleInsteadOfSet:   {Type: ours, Message: "a single object stands where a set belongs", Fix: "its content is read"},
	CodeEmptySet:             {Type: ours, Message: "the array needs one element at least", Fix: "read as empty"},
	CodeItemsNotArray:        {Type: ours, Message: "a list of the package is not an array", Fix: "write an array of objects"},
	CodeDefinitionsNotObject: {Type: ours, Message: "CFDefinitions is not an object", Fix: "read as absent"},
	CodePackageWithoutItems: {
		Type: ours, Severity: warning, Message: "the package has no items; the text of the standard asks for one at least",
		Fix: "add the items", Spec: specModel + ", CFPackage",
	},
	CodeNullValue:       {Type: ours, Message: "null stands where a value belongs", Fix: "read as absent"},
	CodeUnknownProperty: {Type: ours, Message: "the class has no such member", Fix: "kept as an extra member"},
	CodeStandaloneMemberInPackage: {
		Type: ours, Message: "the member has no place inside a package",
		Fix: "kept, and left out where a package is written as the standard has it",
	},
	CodeRequiredPropertyMissing: {Type: ours, Message: "a member that the class requires is missing", Fix: "add it"},
	CodeStringInsteadOfArray:    {Type: ours, Message: "a text stands where an array belongs", Fix: "read as an array of one"},
	CodeArrayInsteadOfObject:    {Type: ours, Message: "an array stands where one object belongs", Fix: "the first element is read"},
	CodeObjectInsteadOfArray:    {Type: ours, Message: "an object stands where an array belongs", Fix: "read as an array of one"},
	CodeNodeNotObject: {
		Type: ours, Message: "the end of an association is not an object", Fix: "the text is taken for its uri; write an object",
	},
	CodeNumberAsString: {
		Type: ours, Message: "a text stands where a number belongs",
		Fix: "read as the number that the text shows",
	},
	CodeNumberOutOfRange: {Type: ours, Severity: warning, Message: "the number is beyond what its type holds", Fix: keptAsSent},
	CodeWrongType:        {Type: ours, Message: "the value is of another type than its member", Fix: keptAsSent},

	CodeUUIDNotLowercase: {Type: ours, Message: "the UUID is not in lower case", Fix: "compared without regard to case"},
	CodeUUIDVersionNotAllowed: {
		Type: ours, Message: "the UUID is not of a version and variant that CASE allows", Fix: keptAsSent,
	},
	CodeIdentifierNotUUID: {Type: ours, Message: "the identifier is not a UUID", Fix: keptAsSent},
	CodeIdentifierSyntax: {
		Type: ours, Message: "the text is not a UUID", Expected: "8-4-4-4-12 hexadecimal digits",
		Fix:  "give the UUID alone, not a code or a title",
		Spec: specModel + ", UUID",
	},
	CodeItemWithoutIdentifier: {Type: ours, Message: "the item has no identifier", Fix: "found by its uri"},
	CodeURINotAbsolute:        {Type: ours, Message: "the value is not an absolute URI", Fix: keptAsSent},
	CodeNodeURINotAbsolute:    {Type: ours, Message: "the uri of an association's end is not absolute", Fix: keptAsSent},
	CodeURIIdentifierMismatch: {
		Type: ours, Severity: warning, Message: "the uri does not end in the item's identifier", Fix: "the identifier names the item",
	},
	CodeUnsafeURI: {
		Type: ours, Severity: warning, Message: "the URL would run code when followed", Fix: "never make a link of it",
	},
	CodeBadDateTime:    {Type: ours, Message: "the value is not an ISO 8601 date-time with offset", Fix: keptAsSent},
	CodeBadDate:        {Type: ours, Message: "the value is not a date without time", Fix: keptAsSent},
	CodeEndBeforeStart: {Type: ours, Severity: warning, Message: "the status ends before it starts", Fix: keptAsSent},
	CodeUnknownAssociationType: {
		Type: ours, Message: "the standard has no such association type",
		Fix: "kept as sent, read as isRelatedTo",
	},
	CodeAssociationRepaired:   {Type: ours, Message: "the association type is misspelt", Fix: "read as the one expected"},
	CodeUnknownTargetType:     {Type: ours, Message: "the target type is neither CASE nor an extension", Fix: keptAsSent},
	CodeFullStatementRepaired: {Type: ours, Message: "the item has no fullStatement", Fix: "another text is read in its place"},
	CodeControlCharacter: {
		Type: ours, Severity: warning, Message: "the text has a control character", Fix: "take it out before the text is shown",
	},
	CodeTextLong: {
		Type: ours, Severity: advice, Message: "the text is longer than the guide advises", Fix: "shorten it", Spec: specGuide,
	},

	CodeBadCaseVersion: {Type: ours, Message: "caseVersion is not the one value that it may have", Fix: keptAsSent},
	CodeCaseVersionMissing: {
		Type: ours, Severity: warning, Message: "the framework is one of CASE 1.1 and lacks caseVersion", Expected: `"1.1"`,
		Fix: sayVersion, Spec: specGuide + ", caseVersion",
	},
	CodeTokenNewerThanVersion: {
		Type: ours, Message: "CASE 1.0 does not have this", Fix: "leave it out, or publish by CASE 1.1", Spec: specModel,
	},

	CodeDuplicateIdentifier: {
		Type: ours, Severity: warning, Message: "another of its kind has the same identifier",
		Fix: "the one changed last is found by it", Spec: specModel,
	},
	CodeConflictingDuplicate: {
		Type: ours, Severity: warning, Message: "items of one identifier differ",
		Fix: "the one changed last is found by it", Spec: specModel,
	},
	CodeDuplicateAssociation: {
		Type: ours, Severity: warning, Message: "another association says the same", Fix: "followed once; remove one", Spec: specModel,
	},
	CodeDuplicateSequenceNumber: {
		Type: ours, Severity: warning, Message: "a sibling has the same sequenceNumber",
		Fix: "ordered by listEnumeration, humanCodingScheme and the order of the file", Spec: specModel,
	},
	CodeMissingSequenceNumber: {
		Type: ours, Severity: warning, Message: "the child has siblings and no sequenceNumber",
		Fix: "ordered behind those that have one", Spec: specModel,
	},
	CodeDanglingNode: {
		Type: ours, Severity: warning, Message: "an isChildOf association leads to what is not in the package",
		Fix: "kept; add what is missing, or remove the association", Spec: specModel,
	},
	CodeNodeResolvedByURI: {
		Type: ours, Severity: warning, Message: "the end of an association names an unknown identifier and a known uri",
		Fix: "the uri names the item", Spec: specModel,
	},
	CodeDocumentAsChild: {
		Type: ours, Severity: warning, Message: "the document is the child of an item: the link is the wrong way round",
		Fix: "kept; swap its ends", Spec: specModel,
	},
	CodeNoLinkToDocument: {
		Type: ours, Severity: warning, Message: "no item is a child of the document",
		Fix: "items without parent are the roots", Spec: specModel,
	},
	CodeItemOutsideTree: {
		Type: ours, Severity: warning, Message: "the item does not hang below the document",
		Fix: "add an isChildOf association to its parent", Spec: specModel,
	},
	CodeMultipleParents: {
		Type: ours, Severity: warning, Message: "the item stands at several places of one tree", Fix: "listed at each", Spec: specModel,
	},
	CodeHierarchyCycle: {
		Type: ours, Severity: warning, Message: "the item is its own ancestor", Fix: circle, Spec: specModel,
	},
	CodePrerequisiteCycle: {
		Type: ours, Severity: warning, Message: "the item is its own prerequisite: no learning order exists",
		Fix: circle, Spec: specModel,
	},
	CodeReplacementCycle: {
		Type: ours, Severity: warning, Message: "the item is its own replacement", Fix: circle, Spec: specModel,
	},
	CodeDefinitionMissing: {
		Type: ours, Severity: warning, Message: "CFDefinitions lacks what the link names", Fix: "add the definition", Spec: specModel,
	},
	CodeItemTypeMismatch: {
		Type: ours, Severity: warning, Message: "item, link and definition name the type differently",
		Fix: "give all the title of the definition", Spec: specModel,
	},
	CodeRubricParentMismatch: {
		Type: ours, Severity: warning, Message: "the part names another parent than the one that it stands in",
		Fix: "the place counts", Spec: specModel,
	},
	CodeCriterionItemMissing: {
		Type: ours, Severity: warning, Message: "the criterion scores an item that is not in the package",
		Fix: "add the item", Spec: specModel,
	},
	CodeDuplicatePosition: {
		Type: ours, Severity: warning, Message: "another part has the same position", Fix: "the order of the file counts", Spec: specModel,
	},
	CodeLevelWithoutScore: {
		Type: ours, Severity: warning, Message: "the level has no score and others of the criterion have",
		Fix: "add the score", Spec: specModel,
	},

	CodeItemDeleted: {
		Type: ours, Severity: warning, Message: "the item was deleted", Fix: "retire it with statusEndDate", Spec: specChange,
	},
	CodeChangedWithoutStamp: {
		Type: ours, Severity: warning, Message: "the item changed and its lastChangeDateTime did not",
		Fix: "set lastChangeDateTime with each change", Spec: specChange,
	},
	CodeStartDateChanged: {
		Type: ours, Severity: warning, Message: "the start date had passed and was changed", Fix: "leave it as it was", Spec: specChange,
	},
	CodeRetiredWithoutSuccessor: {
		Type: ours, Severity: warning, Message: "the item was retired and no replacedBy association names a successor",
		Fix: "name the successor, if there is one", Spec: specChange,
	},
	CodeDocumentStampOlder: {
		Type: ours, Severity: warning, Message: "the document is stamped earlier than what changed in it",
		Fix: "set lastChangeDateTime of the document with each change", Spec: specChange,
	},
	CodeStatementOfFrozenChanged: {
		Type: ours, Severity: warning, Message: "the framework is adopted and a statement was changed",
		Fix: "make a new item, and retire this one for it", Spec: specChange,
	},

	CodeMemberLost: {
		Type: ours, Severity: warning, Message: "CASE 1.0 does not have the member", Fix: "left out", Spec: specModel1p0,
	},
	CodeTypeGeneralized: {
		Type: ours, Severity: warning, Message: "CASE 1.0 does not have the association type",
		Fix: "written as isRelatedTo", Spec: specModel1p0,
	},
	CodeTargetTypeLost: {
		Type: ours, Severity: warning, Message: "CASE 1.0 has no targets outside CASE", Fix: "left out", Spec: specModel1p0,
	},
	CodeLineBreaksFolded: {
		Type: ours, Severity: warning, Message: "CASE 1.0 has no line breaks or tabs in this text",
		Fix: "folded into spaces", Spec: specModel1p0,
	},
}
