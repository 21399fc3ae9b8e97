package caseapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// The service description says what this handler does, in OpenAPI 3.0: the
// endpoints and schemas of CASE 1.1, from the information model, with this host.

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

func enum(list string) object {
	var all []any
	for word := range strings.FieldsSeq(list) {
		all = append(all, word)
	}
	return object{"type": "string", "enum": all}
}

func extensible(list string) object {
	return object{"anyOf": []any{enum(list), text("pattern", extPattern)}}
}

// schemaOf returns the schema of a type of the information model.
func schemaOf(name string) object {
	switch name {
	case "UUID":
		return text("pattern", uuidPattern)
	case "AnyURI":
		return text("format", "uri")
	case "DateTime":
		return text("format", "date-time")
	case "Date":
		return text("format", "date")
	case "Integer":
		return object{"type": "integer", "format": "int32"}
	case "Float":
		return object{"type": "number", "format": "float"}
	case "CFAssociationTypeExtEnum":
		return extensible("isChildOf isPeerOf isPartOf exactMatchOf precedes isRelatedTo replacedBy exemplar hasSkillLevel isTranslationOf")
	case "TargetTypeExtEnum":
		return extensible("CASE")
	case "CaseVersionEnum":
		return enum("1.1")
	case "Extension":
		return object{"type": "object", "additionalProperties": true}
	case "String", "NormalizedString", "Language":
		return text()
	case "codeMajor":
		return enum("success processing failure unsupported")
	case "severity":
		return enum("status warning error")
	case "codeMinor":
		return enum("fullsuccess invalid_sort_field invalid_selection_field invalid_filter_field forbidden " +
			"unauthorised_request internal_server_error unknownobject server_busy invalid_uuid")
	}
	return reference(name)
}

// schemas builds the schema of each class from the information model; a class that has
// another form inside a package has one for each.
func schemas() object {
	all := object{}
	for _, name := range casefw.Classes() {
		properties := casefw.Properties(name)
		all[name+"DType"] = classSchema(properties)
		inside := slices.DeleteFunc(slices.Clone(properties), func(p casefw.Property) bool { return p.Standalone })
		if len(inside) < len(properties) {
			all[packaged(name)+"DType"] = classSchema(inside)
		}
	}
	for name, properties := range statusClasses {
		all[name+"DType"] = classSchema(properties)
	}
	return all
}

// statusClasses are the classes of an error's body (REST/JSON binding).
var statusClasses = map[string][]casefw.Property{
	"imsx_StatusInfo": {{Name: "imsx_codeMajor", Type: "codeMajor", Required: true},
		{Name: "imsx_severity", Type: "severity", Required: true},
		{Name: "imsx_description", Type: "String"}, {Name: "imsx_codeMinor", Type: "imsx_CodeMinor"}},
	"imsx_CodeMinor": {{Name: "imsx_codeMinorField", Type: "imsx_CodeMinorField", Many: true, NonEmpty: true, Required: true}},
	"imsx_CodeMinorField": {{Name: "imsx_codeMinorFieldName", Type: "NormalizedString", Required: true},
		{Name: "imsx_codeMinorFieldValue", Type: "codeMinor", Required: true}},
}

// packaged returns the name of the form that a class has inside a package.
func packaged(class string) string { return "CFPckg" + strings.TrimPrefix(class, "CF") }

// maybeEmpty are lists that the standard wants an element in and the handler answers
// empty: a page of no documents, an item that nothing begins or ends at.
var maybeEmpty = map[string]bool{"CFDocuments": true, "CFAssociations": true}

func classSchema(properties []casefw.Property) object {
	members, required := object{}, []any{}
	for _, p := range properties {
		schema := propertySchema(p)
		if p.Many {
			schema = object{"type": "array", "items": schema}
		}
		if p.NonEmpty && !maybeEmpty[p.Name] {
			schema["minItems"] = 1
		}
		members[p.Name] = schema
		if p.Required {
			required = append(required, p.Name)
		}
	}
	class := object{"type": "object", "properties": members, "additionalProperties": false}
	if len(required) > 0 {
		class["required"] = required
	}
	return class
}

// propertySchema returns the schema of one value of a property.
func propertySchema(p casefw.Property) object {
	if p.Inside && slices.ContainsFunc(casefw.Properties(p.Type), func(m casefw.Property) bool { return m.Standalone }) {
		return reference(packaged(p.Type))
	}
	return schemaOf(p.Type)
}
