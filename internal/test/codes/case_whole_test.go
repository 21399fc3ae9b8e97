package codes_test

import "github.com/laurel-edu/laurel/casefw"

// caseWholeRows are about frameworks as a whole, and about new versions of them.
var caseWholeRows = []row{
	linted(casefw.CodeDuplicateIdentifier, "with item B twice", `/CFItems/- = {"identifier": "`+idB+`", "fullStatement": "Dough"}`),
	linted(casefw.CodeDuplicateIdentifier, "with two associations of one identifier",
		`/CFAssociations/- = `+tie("isPeerOf", idB, idO), `/CFAssociations/- = `+tie("isPeerOf", idO, idB)),
	linted(casefw.CodeConflictingDuplicate, "with another statement of item B",
		`/CFItems/- = {"identifier": "`+idB+`", "fullStatement": "Doughs"}`),
	linted(casefw.CodeDuplicateAssociation, "that says twice that B.2 is a child of B", `/CFAssociations/- = `+tie("isChildOf", idB2, idB)),
	linted(casefw.CodeDuplicateSequenceNumber, "with the same place for B.2 and B.10", linkB2+`/sequenceNumber = 3`),
	linted(casefw.CodeMissingSequenceNumber, "without a place for B.2", linkB2+`/sequenceNumber`),
	linted(casefw.CodeDanglingNode, "where B.1 is the child of what is not there", linkB1+`/destinationNodeURI = `+node(idNone)),
	linted(casefw.CodeNodeResolvedByURI, "where B.1 is the child of B by its uri alone",
		linkB1+`/destinationNodeURI/identifier = "`+idNone+`"`),
	linted(casefw.CodeDocumentAsChild, "where the document is the child of B", linkB+`/destinationNodeURI = `+node(idB),
		linkB+`/originNodeURI/identifier = "e4780883-dd76-5228-911c-496c53fd5326"`, linkB+`/originNodeURI/uri = "urn:x"`),
	linted(casefw.CodeNoLinkToDocument, "without associations", `/CFAssociations = []`),
	linted(casefw.CodeItemOutsideTree, "without the place of B", linkB),
	linted(casefw.CodeMultipleParents, "where B.2 is below B and O", `/CFAssociations/- = `+tie("isChildOf", idB2, idO)),
	linted(casefw.CodeHierarchyCycle, "where B is a child of B.1", `/CFAssociations/- = `+tie("isChildOf", idB, idB1)),
	linted(casefw.CodePrerequisiteCycle, "where O.1 precedes B.1", `/CFAssociations/- = `+tie("precedes", idO1, idB1)),
	linted(casefw.CodeReplacementCycle, "where O.1 is replaced by what it replaced",
		`/CFAssociations/- = `+tie("replacedBy", idO1, idO2015)),
	linted(casefw.CodeDefinitionMissing, "without the item type Field", `/CFDefinitions/CFItemTypes/0`),
	linted(casefw.CodeItemTypeMismatch, "with an item of another type than its link", itemB+`/CFItemType = "Chapter"`),
	linted(casefw.CodeRubricParentMismatch, "with a criterion of another rubric", criterion+`/rubricId = "`+idNone+`"`),
	linted(casefw.CodeCriterionItemMissing, "with a criterion for an item that is not there", criterion+`/CFItemURI = `+node(idNone)),
	linted(casefw.CodeDuplicatePosition, "with two levels in one position", level+`/position = 1`),
	linted(casefw.CodeLevelWithoutScore, "with one level without score", level+`/score`),

	changed(casefw.CodeItemDeleted, "without O.1-2015", itemO2015),
	changed(casefw.CodeChangedWithoutStamp, "with another statement of B", itemB+`/fullStatement = "Doughs"`),
	changed(casefw.CodeStartDateChanged, "with another start date of B.1", itemB1+`/statusStartDate = "2025-06-01"`),
	changed(casefw.CodeRetiredWithoutSuccessor, "with an end date of B", itemB+`/statusEndDate = "2026-01-01"`),
	changed(casefw.CodeDocumentStampOlder, "with a later stamp of B", itemB+`/fullStatement = "Doughs"`,
		itemB+`/lastChangeDateTime = "2025-12-01T08:00:00Z"`),
	changed(casefw.CodeStatementOfFrozenChanged, "with another statement of B, and its stamp", itemB+`/fullStatement = "Doughs"`,
		itemB+`/lastChangeDateTime = "2025-12-01T08:00:00Z"`),
}
