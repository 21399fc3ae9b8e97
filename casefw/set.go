package casefw

// The sets are the answers of endpoints that return several objects (CASE 1.1
// REST/JSON binding). The schema asks for one element at least; an empty server
// can only break it, so reading takes an empty set and says so.

// CFDocumentSet is the answer of getAllCFDocuments.
type CFDocumentSet struct {
	CFDocuments []CFDocument
	Members
}

// CFConceptSet is the answer of getCFConcept: the concept asked for, then those
// below it.
type CFConceptSet struct {
	CFConcepts []CFConcept
	Members
}

// CFSubjectSet is the answer of getCFSubject: the subject asked for, then those
// below it.
type CFSubjectSet struct {
	CFSubjects []CFSubject
	Members
}

// CFItemTypeSet is the answer of getCFItemType: the type asked for, then those
// below it.
type CFItemTypeSet struct {
	CFItemTypes []CFItemType
	Members
}

// CFAssociationSet is the answer of getCFItemAssociations: an item and the
// associations that it takes part in, in the form that they have in a package.
type CFAssociationSet struct {
	CFItem         *CFItem
	CFAssociations []CFAssociation
	Members
}

func newSet[R any](name, set string, base func(*R) *Members, members ...member) *class {
	c := newClass(name, base, members...)
	c.set = set
	return c
}

var documentSetClass = newSet("CFDocumentSet", "CFDocuments", func(s *CFDocumentSet) *Members { return &s.Members },
	list("CFDocuments", documentClass, func(s *CFDocumentSet) *[]CFDocument { return &s.CFDocuments }).atLeastOne(),
)

var conceptSetClass = newSet("CFConceptSet", "CFConcepts", func(s *CFConceptSet) *Members { return &s.Members },
	list("CFConcepts", conceptClass, func(s *CFConceptSet) *[]CFConcept { return &s.CFConcepts }).atLeastOne(),
)

var subjectSetClass = newSet("CFSubjectSet", "CFSubjects", func(s *CFSubjectSet) *Members { return &s.Members },
	list("CFSubjects", subjectClass, func(s *CFSubjectSet) *[]CFSubject { return &s.CFSubjects }).atLeastOne(),
)

var itemTypeSetClass = newSet("CFItemTypeSet", "CFItemTypes", func(s *CFItemTypeSet) *Members { return &s.Members },
	list("CFItemTypes", itemTypeClass, func(s *CFItemTypeSet) *[]CFItemType { return &s.CFItemTypes }).atLeastOne(),
)

var associationSetClass = newSet("CFAssociationSet", "CFAssociations", func(s *CFAssociationSet) *Members { return &s.Members },
	one("CFItem", itemClass, func(s *CFAssociationSet) **CFItem { return &s.CFItem }).must(),
	list("CFAssociations", associationClass, func(s *CFAssociationSet) *[]CFAssociation { return &s.CFAssociations }).atLeastOne(),
)
