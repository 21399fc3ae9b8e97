package caseapi

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The service description says what this handler does, in OpenAPI 3.0: the
// endpoints and schemas of CASE 1.1, from the information model, with this host.

// classFacts lists the classes: a name and the members, each with the letter of
// its type, or the class in brackets; ! is for required, * for an array, + for an
// array that is required and has an element. A line that begins with a blank goes
// on with the class before.
//
//	s String · n NormalizedString · l Language · u UUID · i AnyURI · t DateTime
//	d Date · z Integer · f Float · a association type · g target type · v CASE
//	version · c, m, q the codes of a status · x extension data
const classFacts = `
LinkURI title:n! identifier:u! uri:i!
LinkGenURI title:n! identifier:n! uri:i! targetType:g
CFPckgDocument identifier:u! uri:i! frameworkType:n caseVersion:v creator:n! title:n! lastChangeDateTime:t! officialSourceURL:i
 publisher:n description:s subject:n* subjectURI:[LinkURI]* language:l version:n adoptionStatus:n statusStartDate:d
 statusEndDate:d licenseURI:[LinkURI] notes:s extensions:x
CFDocument =CFPckgDocument CFPackageURI:[LinkURI]!
CFPckgItem identifier:u! fullStatement:s! alternativeLabel:n CFItemType:n uri:i! humanCodingScheme:n listEnumeration:n
 abbreviatedStatement:n conceptKeywords:n* conceptKeywordsURI:[LinkURI] notes:s subject:n* subjectURI:[LinkURI]* language:l
 educationLevel:n* CFItemTypeURI:[LinkURI] licenseURI:[LinkURI] statusStartDate:d statusEndDate:d lastChangeDateTime:t!
 extensions:x
CFItem =CFPckgItem CFDocumentURI:[LinkURI]!
CFPckgAssociation identifier:u! associationType:a! sequenceNumber:z uri:i! originNodeURI:[LinkGenURI]!
 destinationNodeURI:[LinkGenURI]! CFAssociationGroupingURI:[LinkURI] lastChangeDateTime:t! notes:s extensions:x
CFAssociation =CFPckgAssociation CFDocumentURI:[LinkURI]
CFConcept identifier:u! uri:i! title:n! keywords:n hierarchyCode:n! description:s lastChangeDateTime:t! extensions:x
CFSubject identifier:u! uri:i! title:n! hierarchyCode:n! description:s lastChangeDateTime:t! extensions:x
CFLicense identifier:u! uri:i! title:n! description:s licenseText:s! lastChangeDateTime:t! extensions:x
CFItemType identifier:u! uri:i! title:n! description:s! hierarchyCode:n! typeCode:n lastChangeDateTime:t! extensions:x
CFAssociationGrouping identifier:u! uri:i! title:n! description:s lastChangeDateTime:t! extensions:x
CFRubricCriterionLevel identifier:u! uri:i! description:s quality:n score:f feedback:s position:z rubricCriterionId:u
 lastChangeDateTime:t! extensions:x*
CFRubricCriterion identifier:u! uri:i! category:n description:s CFItemURI:[LinkURI] weight:f position:z rubricId:u
 lastChangeDateTime:t! CFRubricCriterionLevels:[CFRubricCriterionLevel]* extensions:x
CFRubric identifier:u! uri:i! title:n description:s lastChangeDateTime:t! CFRubricCriteria:[CFRubricCriterion]* extensions:x
CFDefinition CFConcepts:[CFConcept]* CFSubjects:[CFSubject]* CFLicenses:[CFLicense]* CFItemTypes:[CFItemType]*
 CFAssociationGroupings:[CFAssociationGrouping]* extensions:x
CFPackage CFDocument:[CFPckgDocument]! CFItems:[CFPckgItem]* CFAssociations:[CFPckgAssociation]*
 CFDefinitions:[CFDefinition] CFRubrics:[CFRubric]* extensions:x
CFDocumentSet CFDocuments:[CFDocument]!*
CFConceptSet CFConcepts:[CFConcept]+
CFSubjectSet CFSubjects:[CFSubject]+
CFItemTypeSet CFItemTypes:[CFItemType]+
CFAssociationSet CFItem:[CFItem]! CFAssociations:[CFPckgAssociation]!*
imsx_CodeMinorField imsx_codeMinorFieldName:n! imsx_codeMinorFieldValue:q!
imsx_CodeMinor imsx_codeMinorField:[imsx_CodeMinorField]+
imsx_StatusInfo imsx_codeMajor:c! imsx_severity:m! imsx_description:s imsx_codeMinor:[imsx_CodeMinor]`

// operations are the endpoints that take an identifier, by kind.
var operations = [...]struct{ id, class, summary string }{
	KindDocument:            {"getCFDocument", "CFDocument", "one framework's document"},
	KindPackage:             {"getCFPackage", "CFPackage", "a framework as a whole"},
	KindItem:                {"getCFItem", "CFItem", "one item"},
	KindItemAssociations:    {"getCFItemAssociations", "CFAssociationSet", "an item and the associations that begin or end at it"},
	KindAssociation:         {"getCFAssociation", "CFAssociation", "one association"},
	KindAssociationGrouping: {"getCFAssociationGrouping", "CFAssociationGrouping", "one association grouping"},
	KindConcept:             {"getCFConcept", "CFConceptSet", "a concept and those below it"},
	KindItemType:            {"getCFItemType", "CFItemTypeSet", "an item type and those below it"},
	KindLicense:             {"getCFLicense", "CFLicense", "one licence"},
	KindRubric:              {"getCFRubric", "CFRubric", "a rubric with its criteria and levels"},
	KindSubject:             {"getCFSubject", "CFSubjectSet", "a subject and those below it"},
}

type object = map[string]any

// describe writes the description of a service at a URL, or at a path of the host
// that the description is read from.
func describe(server string) ([]byte, error) {
	all := operation("getAllCFDocuments", "CFDocumentSet", "the documents of all frameworks", listParameters(), true)
	paths := object{"/CFDocuments": object{"get": all}}
	for _, k := range Kinds() {
		id := object{"name": "sourcedId", "in": "path", "required": true, "description": "the UUID of the object",
			"schema": object{"type": "string"}}
		o := operations[k]
		paths["/"+k.Path()+"/{sourcedId}"] = object{"get": operation(o.id, o.class, o.summary, []any{id}, false)}
	}
	text, err := json.Marshal(object{
		"openapi":    "3.0.1",
		"info":       object{"title": "Competencies and Academic Standards Exchange (CASE) service", "version": "1.1"},
		"servers":    []any{object{"url": server}},
		"paths":      paths,
		"components": object{"schemas": schemas()},
	})
	if err != nil {
		return nil, fmt.Errorf("caseapi: describe the service: %w", err)
	}
	return text, nil
}

func listParameters() []any {
	query := func(name, says string, schema object) any {
		return object{"name": name, "in": "query", "required": false, "description": says, "schema": schema}
	}
	return []any{
		query("limit", "the most documents of one answer", object{"type": "integer", "format": "int32", "minimum": 1}),
		query("offset", "the place of the first document", object{"type": "integer", "format": "int32", "minimum": 0, "default": 0}),
		query("sort", "the member to order by", object{"type": "string"}),
		query("orderBy", "the direction of the order", object{"type": "string", "enum": []any{"asc", "desc"}}),
		query("filter", "which documents: field, predicate and value in single quotes; two of them joined by AND or OR",
			object{"type": "string"}),
		query("fields", "which members of the documents", object{"type": "array", "items": object{"type": "string"}}),
	}
}

func operation(id, class, summary string, parameters []any, counted bool) object {
	body := func(class string) object {
		return object{"application/json": object{"schema": reference(class)}}
	}
	well := object{"description": summary, "content": body(class)}
	if counted {
		count := object{"description": "how many documents there are on all pages", "schema": object{"type": "integer"}}
		well["headers"] = object{"X-Total-Count": count}
	}
	responses := object{"200": well}
	for status, says := range map[string]string{"400": "the request is malformed", "401": "not authorised", "403": "forbidden",
		"404": "no such object, or no UUID", "429": "too many requests", "500": "a fault of the server", "default": "any other failure"} {
		responses[status] = object{"description": says, "content": body("imsx_StatusInfo")}
	}
	return object{"operationId": id, "summary": summary, "parameters": parameters, "responses": responses}
}

func reference(class string) object { return object{"$ref": "#/components/schemas/" + class + "DType"} }

const (
	uuidPattern = "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
	extPattern  = `^ext:[a-zA-Z0-9.\-_]+$`
)

func text(pairs ...string) object {
	o := object{"type": "string"}
	for i := 0; i < len(pairs); i += 2 {
		o[pairs[i]] = pairs[i+1]
	}
	return o
}

func words(list string) object {
	var all []any
	for word := range strings.FieldsSeq(list) {
		all = append(all, word)
	}
	return object{"type": "string", "enum": all}
}

func extensible(list string) object {
	return object{"anyOf": []any{words(list), text("pattern", extPattern)}}
}

// schemaOf returns the schema of a type letter.
func schemaOf(letter string) object {
	switch letter {
	case "u":
		return text("pattern", uuidPattern)
	case "i":
		return text("format", "uri")
	case "t":
		return text("format", "date-time")
	case "d":
		return text("format", "date")
	case "z":
		return object{"type": "integer", "format": "int32"}
	case "f":
		return object{"type": "number", "format": "float"}
	case "a":
		return extensible("isChildOf isPeerOf isPartOf exactMatchOf precedes isRelatedTo replacedBy exemplar hasSkillLevel isTranslationOf")
	case "g":
		return extensible("CASE")
	case "v":
		return words("1.1")
	case "c":
		return words("success processing failure unsupported")
	case "m":
		return words("status warning error")
	case "q":
		return words("fullsuccess invalid_sort_field invalid_selection_field invalid_filter_field forbidden " +
			"unauthorised_request internal_server_error unknownobject server_busy invalid_uuid")
	case "x":
		return object{"type": "object", "additionalProperties": true}
	}
	return text()
}

// schemas builds the schema of each class from the facts.
func schemas() object {
	all := object{}
	members := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(strings.ReplaceAll(classFacts, "\n ", " ")), "\n") {
		parts := strings.Fields(line)
		name, list := parts[0], parts[1:]
		if base, same := strings.CutPrefix(list[0], "="); same {
			list = append(append([]string{}, members[base]...), list[1:]...)
		}
		members[name] = list
		all[name+"DType"] = classSchema(list)
	}
	return all
}

func classSchema(members []string) object {
	properties, required := object{}, []any{}
	for _, m := range members {
		name, facts, _ := strings.Cut(m, ":")
		kind := strings.TrimRight(facts, "!*+")
		marks := facts[len(kind):]
		schema := schemaOf(kind)
		if class, is := strings.CutPrefix(kind, "["); is {
			schema = reference(strings.TrimSuffix(class, "]"))
		}
		if strings.ContainsAny(marks, "*+") {
			schema = object{"type": "array", "items": schema}
			if strings.Contains(marks, "+") {
				schema["minItems"] = 1
			}
		}
		properties[name] = schema
		if strings.ContainsAny(marks, "!+") {
			required = append(required, name)
		}
	}
	class := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		class["required"] = required
	}
	return class
}
