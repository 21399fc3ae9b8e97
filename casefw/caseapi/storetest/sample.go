package storetest

import "github.com/laurel-edu/laurel/casefw"

// Frameworks makes the frameworks of [Test], anew on each call: one with everything
// that has an endpoint, one that reuses an item of it and links to it, one that has
// only links.
func Frameworks() ([]*casefw.Framework, error) {
	var all []*casefw.Framework
	for _, text := range []string{sampleMain, sampleUser, sampleCrosswalk} {
		f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// The identifiers of what [Frameworks] makes, in groups: documents, items,
// associations, definitions and a rubric.
const (
	IDMain      = "11111111-aaaa-4aaa-8aaa-000000000001"
	IDUser      = "11111111-aaaa-4aaa-8aaa-000000000002"
	IDCrosswalk = "11111111-aaaa-4aaa-8aaa-000000000003"

	IDRoot  = "22222222-aaaa-4aaa-8aaa-000000000001"
	IDLeaf  = "22222222-aaaa-4aaa-8aaa-000000000002"
	IDOther = "22222222-aaaa-4aaa-8aaa-000000000003"
	IDAlone = "22222222-aaaa-4aaa-8aaa-000000000004"

	IDTop      = "33333333-aaaa-4aaa-8aaa-000000000001"
	IDBelow    = "33333333-aaaa-4aaa-8aaa-000000000002"
	IDResource = "33333333-aaaa-4aaa-8aaa-000000000003"
	IDAlias    = "33333333-aaaa-4aaa-8aaa-000000000004"
	IDMatch    = "33333333-aaaa-4aaa-8aaa-000000000005"
	IDOtherTop = "33333333-aaaa-4aaa-8aaa-000000000006"

	IDConcept      = "44444444-aaaa-4aaa-8aaa-000000000001"
	IDConceptBelow = "44444444-aaaa-4aaa-8aaa-000000000002"
	IDConceptAside = "44444444-aaaa-4aaa-8aaa-000000000003"
	IDSubject      = "44444444-aaaa-4aaa-8aaa-000000000004"
	IDSubjectBelow = "44444444-aaaa-4aaa-8aaa-000000000005"
	IDType         = "44444444-aaaa-4aaa-8aaa-000000000006"
	IDTypeBelow    = "44444444-aaaa-4aaa-8aaa-000000000007"
	IDLicense      = "44444444-aaaa-4aaa-8aaa-000000000008"
	IDGrouping     = "44444444-aaaa-4aaa-8aaa-000000000009"
	IDRubric       = "55555555-aaaa-4aaa-8aaa-000000000001"
)

const sampleMain = `{"CFDocument":{"identifier":"` + IDMain + `","uri":"https://case.example.org/ims/case/v1p1/CFDocuments/` + IDMain + `",
 "frameworkType":"Sample","caseVersion":"1.1","creator":"Example Board","title":"Garden skills",
 "lastChangeDateTime":"2024-05-01T10:00:00+02:00",
 "subject":["Botany","Craft"],"adoptionStatus":"Implemented","version":"2","language":"en","description":"Two\nlines",
 "extensions":{"board":7}},
 "CFItems":[
 {"identifier":"` + IDRoot + `","fullStatement":"Grow vegetables","uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDRoot + `",
  "lastChangeDateTime":"2024-05-01T08:00:00Z","subject":["Botany"]},
 {"identifier":"` + IDLeaf + `","fullStatement":"Prepare\nsoil","uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDLeaf + `",
  "lastChangeDateTime":"2024-04-01T08:00:00Z","extensions":{"note":"n"}}],
 "CFAssociations":[
 {"identifier":"` + IDTop + `","associationType":"isChildOf","sequenceNumber":1,
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociations/` + IDTop + `",
  "originNodeURI":{"title":"Grow vegetables","identifier":"` + IDRoot + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDRoot + `"},
  "destinationNodeURI":{"title":"Garden skills","identifier":"` + IDMain + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFDocuments/` + IDMain + `"},"lastChangeDateTime":"2024-04-01T08:00:00Z"},
 {"identifier":"` + IDBelow + `","associationType":"isChildOf","sequenceNumber":1,
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociations/` + IDBelow + `",
  "originNodeURI":{"title":"Prepare soil","identifier":"` + IDLeaf + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDLeaf + `","targetType":"CASE"},
  "destinationNodeURI":{"title":"Grow vegetables","identifier":"` + IDRoot + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDRoot + `"},
  "CFAssociationGroupingURI":{"title":"Seasons","identifier":"` + IDGrouping + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFAssociationGroupings/` + IDGrouping + `"},
  "lastChangeDateTime":"2024-04-01T08:00:00Z","notes":"first of the year","extensions":{"weight":1}},
 {"identifier":"` + IDResource + `","associationType":"ext:taughtBy",
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociations/` + IDResource + `",
  "originNodeURI":{"title":"Prepare soil","identifier":"` + IDLeaf + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDLeaf + `"},
  "destinationNodeURI":{"title":"A film","identifier":"film-7","uri":"https://films.example.org/7","targetType":"ext:film"},
  "lastChangeDateTime":"2024-04-01T08:00:00Z"}],
 "CFDefinitions":{
 "CFConcepts":[{"identifier":"` + IDConcept + `","uri":"https://case.example.org/ims/case/v1p1/CFConcepts/` + IDConcept + `",
  "title":"Soil","hierarchyCode":"S.1","keywords":"earth|humus","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + IDConceptAside + `","uri":"https://case.example.org/ims/case/v1p1/CFConcepts/` + IDConceptAside + `","title":"Sun",
   "hierarchyCode":"S.10","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + IDConceptBelow + `","uri":"https://case.example.org/ims/case/v1p1/CFConcepts/` + IDConceptBelow + `","title":"Clay",
   "hierarchyCode":"S.1.1","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFSubjects":[{"identifier":"` + IDSubjectBelow + `","uri":"https://case.example.org/ims/case/v1p1/CFSubjects/` + IDSubjectBelow + `",
  "title":"Mosses","hierarchyCode":"B.M","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + IDSubject + `","uri":"https://case.example.org/ims/case/v1p1/CFSubjects/` + IDSubject + `","title":"Botany",
   "hierarchyCode":"B","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFLicenses":[{"identifier":"` + IDLicense + `","uri":"https://case.example.org/ims/case/v1p1/CFLicenses/` + IDLicense + `",
  "title":"Free","licenseText":"Use it.","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFItemTypes":[{"identifier":"` + IDType + `","uri":"https://case.example.org/ims/case/v1p1/CFItemTypes/` + IDType + `","title":"Skill",
  "description":"What one can do","hierarchyCode":"1","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + IDTypeBelow + `","uri":"https://case.example.org/ims/case/v1p1/CFItemTypes/` + IDTypeBelow + `","title":"Craft",
   "description":"With the hands","hierarchyCode":"1.1","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFAssociationGroupings":[{"identifier":"` + IDGrouping + `",
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociationGroupings/` + IDGrouping + `","title":"Seasons",
  "lastChangeDateTime":"2024-01-01T00:00:00Z"}]},
 "CFRubrics":[{"identifier":"` + IDRubric + `","uri":"https://case.example.org/ims/case/v1p1/CFRubrics/` + IDRubric + `",
  "title":"Soil test","lastChangeDateTime":"2024-02-01T00:00:00Z",
  "CFRubricCriteria":[{"identifier":"55555555-aaaa-4aaa-8aaa-000000000002","uri":"https://case.example.org/criteria/2","weight":1.5,
   "position":1,"lastChangeDateTime":"2024-02-01T00:00:00Z",
   "CFRubricCriterionLevels":[{"identifier":"55555555-aaaa-4aaa-8aaa-000000000003","uri":"https://case.example.org/levels/3",
    "quality":"Good","score":2,"position":1,"lastChangeDateTime":"2024-02-01T00:00:00Z","extensions":[{"colour":"green"}]}]}]}]}`

const sampleUser = `{"CFDocument":{"identifier":"` + IDUser + `","uri":"https://case.example.org/ims/case/v1p0/CFDocuments/` + IDUser + `",
 "creator":"Example School","title":"allotment course","lastChangeDateTime":"2024-05-01T08:00:01Z","subject":["Craft"],
 "adoptionStatus":"Draft"},
 "CFItems":[
 {"identifier":"` + IDLeaf + `","fullStatement":"Prepare\nsoil","uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDLeaf + `",
  "lastChangeDateTime":"2024-04-01T08:00:00Z"},
 {"identifier":"` + IDOther + `","fullStatement":"Use a spade","uri":"https://case.example.org/ims/case/v1p0/CFItems/` + IDOther + `",
  "lastChangeDateTime":"2024-03-01T08:00:00Z"},
 {"identifier":"` + IDAlone + `","fullStatement":"Rest","uri":"https://case.example.org/ims/case/v1p0/CFItems/` + IDAlone + `",
  "lastChangeDateTime":"2024-03-01T08:00:00Z"}],
 "CFAssociations":[
 {"identifier":"` + IDAlias + `","associationType":"isChildOf","sequenceNumber":1,
  "uri":"https://case.example.org/ims/case/v1p0/CFAssociations/` + IDAlias + `",
  "originNodeURI":{"title":"Prepare soil","identifier":"` + IDLeaf + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDLeaf + `"},
  "destinationNodeURI":{"title":"Use a spade","identifier":"` + IDOther + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFItems/` + IDOther + `"},
  "lastChangeDateTime":"2024-03-01T08:00:00Z","extensions":{"sourceDocumentIdentifier":"` + IDMain + `",
   "sourceDocumentURI":"https://case.example.org/ims/case/v1p1/CFDocuments/` + IDMain + `"}},
 {"identifier":"` + IDOtherTop + `","associationType":"isChildOf","sequenceNumber":2,
  "uri":"https://case.example.org/ims/case/v1p0/CFAssociations/` + IDOtherTop + `",
  "originNodeURI":{"title":"Use a spade","identifier":"` + IDOther + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFItems/` + IDOther + `"},
  "destinationNodeURI":{"title":"allotment course","identifier":"` + IDUser + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFDocuments/` + IDUser + `"},"lastChangeDateTime":"2024-03-01T08:00:00Z"}]}`

const sampleCrosswalk = `{"CFDocument":{"identifier":"` + IDCrosswalk + `",
 "uri":"https://links.example.net/ims/case/v1p0/CFDocuments/` + IDCrosswalk + `",
 "creator":"Example Network","title":"Crosswalk","lastChangeDateTime":"2023-12-31T23:00:00Z"},
 "CFAssociations":[
 {"identifier":"` + IDMatch + `","associationType":"exactMatchOf",
  "uri":"https://links.example.net/ims/case/v1p0/CFAssociations/` + IDMatch + `",
  "originNodeURI":{"title":"Grow vegetables","identifier":"` + IDRoot + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + IDRoot + `"},
  "destinationNodeURI":{"title":"Use a spade","identifier":"` + IDOther + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFItems/` + IDOther + `"},"lastChangeDateTime":"2023-12-31T23:00:00Z"}]}`
