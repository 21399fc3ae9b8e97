package caseapi

import "github.com/laurel-edu/laurel/casefw"

// The frameworks of [TestStore]: one with everything that has an endpoint, one that
// reuses an item of it and links to it, one that has only links.

func sampleFrameworks() ([]*casefw.Framework, error) {
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

// The identifiers of the sample.
const (
	idMain      = "11111111-aaaa-4aaa-8aaa-000000000001"
	idUser      = "11111111-aaaa-4aaa-8aaa-000000000002"
	idCrosswalk = "11111111-aaaa-4aaa-8aaa-000000000003"

	idRoot  = "22222222-aaaa-4aaa-8aaa-000000000001"
	idLeaf  = "22222222-aaaa-4aaa-8aaa-000000000002"
	idOther = "22222222-aaaa-4aaa-8aaa-000000000003"
	idAlone = "22222222-aaaa-4aaa-8aaa-000000000004"

	idTop      = "33333333-aaaa-4aaa-8aaa-000000000001"
	idBelow    = "33333333-aaaa-4aaa-8aaa-000000000002"
	idResource = "33333333-aaaa-4aaa-8aaa-000000000003"
	idAlias    = "33333333-aaaa-4aaa-8aaa-000000000004"
	idMatch    = "33333333-aaaa-4aaa-8aaa-000000000005"
	idOtherTop = "33333333-aaaa-4aaa-8aaa-000000000006"

	idConcept      = "44444444-aaaa-4aaa-8aaa-000000000001"
	idConceptBelow = "44444444-aaaa-4aaa-8aaa-000000000002"
	idConceptAside = "44444444-aaaa-4aaa-8aaa-000000000003"
	idSubject      = "44444444-aaaa-4aaa-8aaa-000000000004"
	idSubjectBelow = "44444444-aaaa-4aaa-8aaa-000000000005"
	idType         = "44444444-aaaa-4aaa-8aaa-000000000006"
	idTypeBelow    = "44444444-aaaa-4aaa-8aaa-000000000007"
	idLicense      = "44444444-aaaa-4aaa-8aaa-000000000008"
	idGrouping     = "44444444-aaaa-4aaa-8aaa-000000000009"
	idRubric       = "55555555-aaaa-4aaa-8aaa-000000000001"
)

const sampleMain = `{"CFDocument":{"identifier":"` + idMain + `","uri":"https://case.example.org/ims/case/v1p1/CFDocuments/` + idMain + `",
 "frameworkType":"Sample","caseVersion":"1.1","creator":"Example Board","title":"Garden skills",
 "lastChangeDateTime":"2024-05-01T10:00:00+02:00",
 "subject":["Botany","Craft"],"adoptionStatus":"Implemented","version":"2","language":"en","description":"Two\nlines",
 "extensions":{"board":7}},
 "CFItems":[
 {"identifier":"` + idRoot + `","fullStatement":"Grow vegetables","uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idRoot + `",
  "lastChangeDateTime":"2024-05-01T08:00:00Z","subject":["Botany"]},
 {"identifier":"` + idLeaf + `","fullStatement":"Prepare\nsoil","uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idLeaf + `",
  "lastChangeDateTime":"2024-04-01T08:00:00Z","extensions":{"note":"n"}}],
 "CFAssociations":[
 {"identifier":"` + idTop + `","associationType":"isChildOf","sequenceNumber":1,
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociations/` + idTop + `",
  "originNodeURI":{"title":"Grow vegetables","identifier":"` + idRoot + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idRoot + `"},
  "destinationNodeURI":{"title":"Garden skills","identifier":"` + idMain + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFDocuments/` + idMain + `"},"lastChangeDateTime":"2024-04-01T08:00:00Z"},
 {"identifier":"` + idBelow + `","associationType":"isChildOf","sequenceNumber":1,
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociations/` + idBelow + `",
  "originNodeURI":{"title":"Prepare soil","identifier":"` + idLeaf + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idLeaf + `","targetType":"CASE"},
  "destinationNodeURI":{"title":"Grow vegetables","identifier":"` + idRoot + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idRoot + `"},
  "CFAssociationGroupingURI":{"title":"Seasons","identifier":"` + idGrouping + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFAssociationGroupings/` + idGrouping + `"},
  "lastChangeDateTime":"2024-04-01T08:00:00Z","notes":"first of the year","extensions":{"weight":1}},
 {"identifier":"` + idResource + `","associationType":"ext:taughtBy",
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociations/` + idResource + `",
  "originNodeURI":{"title":"Prepare soil","identifier":"` + idLeaf + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idLeaf + `"},
  "destinationNodeURI":{"title":"A film","identifier":"film-7","uri":"https://films.example.org/7","targetType":"ext:film"},
  "lastChangeDateTime":"2024-04-01T08:00:00Z"}],
 "CFDefinitions":{
 "CFConcepts":[{"identifier":"` + idConcept + `","uri":"https://case.example.org/ims/case/v1p1/CFConcepts/` + idConcept + `",
  "title":"Soil","hierarchyCode":"S.1","keywords":"earth|humus","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + idConceptAside + `","uri":"https://case.example.org/ims/case/v1p1/CFConcepts/` + idConceptAside + `","title":"Sun",
   "hierarchyCode":"S.10","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + idConceptBelow + `","uri":"https://case.example.org/ims/case/v1p1/CFConcepts/` + idConceptBelow + `","title":"Clay",
   "hierarchyCode":"S.1.1","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFSubjects":[{"identifier":"` + idSubjectBelow + `","uri":"https://case.example.org/ims/case/v1p1/CFSubjects/` + idSubjectBelow + `",
  "title":"Mosses","hierarchyCode":"B.M","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + idSubject + `","uri":"https://case.example.org/ims/case/v1p1/CFSubjects/` + idSubject + `","title":"Botany",
   "hierarchyCode":"B","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFLicenses":[{"identifier":"` + idLicense + `","uri":"https://case.example.org/ims/case/v1p1/CFLicenses/` + idLicense + `",
  "title":"Free","licenseText":"Use it.","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFItemTypes":[{"identifier":"` + idType + `","uri":"https://case.example.org/ims/case/v1p1/CFItemTypes/` + idType + `","title":"Skill",
  "description":"What one can do","hierarchyCode":"1","lastChangeDateTime":"2024-01-01T00:00:00Z"},
  {"identifier":"` + idTypeBelow + `","uri":"https://case.example.org/ims/case/v1p1/CFItemTypes/` + idTypeBelow + `","title":"Craft",
   "description":"With the hands","hierarchyCode":"1.1","lastChangeDateTime":"2024-01-01T00:00:00Z"}],
 "CFAssociationGroupings":[{"identifier":"` + idGrouping + `",
  "uri":"https://case.example.org/ims/case/v1p1/CFAssociationGroupings/` + idGrouping + `","title":"Seasons",
  "lastChangeDateTime":"2024-01-01T00:00:00Z"}]},
 "CFRubrics":[{"identifier":"` + idRubric + `","uri":"https://case.example.org/ims/case/v1p1/CFRubrics/` + idRubric + `",
  "title":"Soil test","lastChangeDateTime":"2024-02-01T00:00:00Z",
  "CFRubricCriteria":[{"identifier":"55555555-aaaa-4aaa-8aaa-000000000002","uri":"https://case.example.org/criteria/2","weight":1.5,
   "position":1,"lastChangeDateTime":"2024-02-01T00:00:00Z",
   "CFRubricCriterionLevels":[{"identifier":"55555555-aaaa-4aaa-8aaa-000000000003","uri":"https://case.example.org/levels/3",
    "quality":"Good","score":2,"position":1,"lastChangeDateTime":"2024-02-01T00:00:00Z","extensions":[{"colour":"green"}]}]}]}]}`

const sampleUser = `{"CFDocument":{"identifier":"` + idUser + `","uri":"https://case.example.org/ims/case/v1p0/CFDocuments/` + idUser + `",
 "creator":"Example School","title":"allotment course","lastChangeDateTime":"2024-05-01T08:00:01Z","subject":["Craft"],
 "adoptionStatus":"Draft"},
 "CFItems":[
 {"identifier":"` + idLeaf + `","fullStatement":"Prepare\nsoil","uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idLeaf + `",
  "lastChangeDateTime":"2024-04-01T08:00:00Z"},
 {"identifier":"` + idOther + `","fullStatement":"Use a spade","uri":"https://case.example.org/ims/case/v1p0/CFItems/` + idOther + `",
  "lastChangeDateTime":"2024-03-01T08:00:00Z"},
 {"identifier":"` + idAlone + `","fullStatement":"Rest","uri":"https://case.example.org/ims/case/v1p0/CFItems/` + idAlone + `",
  "lastChangeDateTime":"2024-03-01T08:00:00Z"}],
 "CFAssociations":[
 {"identifier":"` + idAlias + `","associationType":"isChildOf","sequenceNumber":1,
  "uri":"https://case.example.org/ims/case/v1p0/CFAssociations/` + idAlias + `",
  "originNodeURI":{"title":"Prepare soil","identifier":"` + idLeaf + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idLeaf + `"},
  "destinationNodeURI":{"title":"Use a spade","identifier":"` + idOther + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFItems/` + idOther + `"},
  "lastChangeDateTime":"2024-03-01T08:00:00Z","extensions":{"sourceDocumentIdentifier":"` + idMain + `",
   "sourceDocumentURI":"https://case.example.org/ims/case/v1p1/CFDocuments/` + idMain + `"}},
 {"identifier":"` + idOtherTop + `","associationType":"isChildOf","sequenceNumber":2,
  "uri":"https://case.example.org/ims/case/v1p0/CFAssociations/` + idOtherTop + `",
  "originNodeURI":{"title":"Use a spade","identifier":"` + idOther + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFItems/` + idOther + `"},
  "destinationNodeURI":{"title":"allotment course","identifier":"` + idUser + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFDocuments/` + idUser + `"},"lastChangeDateTime":"2024-03-01T08:00:00Z"}]}`

const sampleCrosswalk = `{"CFDocument":{"identifier":"` + idCrosswalk + `",
 "uri":"https://links.example.net/ims/case/v1p0/CFDocuments/` + idCrosswalk + `",
 "creator":"Example Network","title":"Crosswalk","lastChangeDateTime":"2023-12-31T23:00:00Z"},
 "CFAssociations":[
 {"identifier":"` + idMatch + `","associationType":"exactMatchOf",
  "uri":"https://links.example.net/ims/case/v1p0/CFAssociations/` + idMatch + `",
  "originNodeURI":{"title":"Grow vegetables","identifier":"` + idRoot + `",
   "uri":"https://case.example.org/ims/case/v1p1/CFItems/` + idRoot + `"},
  "destinationNodeURI":{"title":"Use a spade","identifier":"` + idOther + `",
   "uri":"https://case.example.org/ims/case/v1p0/CFItems/` + idOther + `"},"lastChangeDateTime":"2023-12-31T23:00:00Z"}]}`
