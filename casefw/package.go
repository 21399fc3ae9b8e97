package casefw

import "github.com/go-json-experiment/json/jsontext"

// CFPackage is a whole framework in one value: document, items, associations,
// definitions and rubrics (CASE 1.1 information model, CFPackage). It suits small
// frameworks and building new ones; [Framework] holds large ones.
type CFPackage struct {
	CFDocument     *CFDocument
	CFItems        []CFItem
	CFAssociations []CFAssociation
	CFDefinitions  *CFDefinition
	CFRubrics      []CFRubric
	Extensions     jsontext.Value // an object, since 1.1
	Members
}

var packageClass = newClass("CFPackage", func(p *CFPackage) *Members { return &p.Members },
	one("CFDocument", documentClass, func(p *CFPackage) **CFDocument { return &p.CFDocument }).must(),
	list("CFItems", itemClass, func(p *CFPackage) *[]CFItem { return &p.CFItems }),
	list("CFAssociations", associationClass, func(p *CFPackage) *[]CFAssociation { return &p.CFAssociations }),
	one("CFDefinitions", definitionClass, func(p *CFPackage) **CFDefinition { return &p.CFDefinitions }),
	list("CFRubrics", rubricClass, func(p *CFPackage) *[]CFRubric { return &p.CFRubrics }),
	scalar("extensions", kRaw, func(p *CFPackage) any { return &p.Extensions }).in(V1p1),
)
