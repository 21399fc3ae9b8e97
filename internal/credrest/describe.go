package credrest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// Host is what the description of a service says besides the table: where it stands, who
// offers it, and where its tokens come from. All URLs are absolute.
type Host struct {
	Server                               string // with the path of the standard
	Title                                string
	TermsOfService, PrivacyPolicy, Image string
	oauthsrv.Endpoints
}

type object = map[string]any

// Description is what a service says of itself, in OpenAPI 3.0: the profiled version of the
// standard's document, with the operations that there are (Open Badges 3.0, 6.1).
func (s *Service) Description(h Host, list []*Operation) ([]byte, error) {
	paths := object{}
	for _, o := range list {
		item, ok := paths[o.Path].(object)
		if !ok {
			item = object{}
			paths[o.Path] = item
		}
		item[strings.ToLower(o.Method)] = s.describeOperation(o)
	}
	info := object{"title": h.Title, "version": s.Version, "termsOfService": h.TermsOfService, "x-imssf-privacyPolicyUrl": h.PrivacyPolicy}
	if h.Image != "" {
		info["x-imssf-image"] = h.Image
	}
	text, err := json.Marshal(object{
		"openapi": "3.0.1", "info": info, "servers": []any{object{"url": h.Server}}, "paths": paths,
		"components": object{"securitySchemes": object{scheme: s.describeScheme(h, list)}, "schemas": s.schemas()},
	})
	if err != nil {
		return nil, fmt.Errorf("credrest: describe the service: %w", err)
	}
	return text, nil
}

// scheme is the name of the one security scheme that the standard has.
const scheme = "OAuth2ACG"

// describeScheme says where tokens come from. The standard has no member for the URL by
// which one is revoked, so ours stands beside the others.
func (s *Service) describeScheme(h Host, list []*Operation) object {
	scopes := object{}
	for _, scope := range s.Scopes(list) {
		scopes[scope.Name] = scope.Words
	}
	flow := object{"authorizationUrl": h.Authorization, "tokenUrl": h.Token, "refreshUrl": h.Token, "scopes": scopes}
	all := object{
		"type": "oauth2", "flows": object{"authorizationCode": flow}, "x-imssf-name": h.Title, "x-imssf-registrationUrl": h.Registration,
		"x-imssf-privacyPolicyUrl": h.PrivacyPolicy, "x-imssf-termsOfServiceUrl": h.TermsOfService,
	}
	if h.Revocation != "" {
		all["x-laurel-revocationUrl"] = h.Revocation
	}
	return all
}

// schemaOf is the schema of the JSON that an operation takes and gives.
func (s *Service) schemaOf(o *Operation) string {
	switch o {
	case Describe:
		return "ServiceDescriptionDocument"
	case List:
		return s.List
	case Upsert:
		return s.Schema
	}
	return "Profile"
}

func reference(name string) object { return object{"$ref": "#/components/schemas/" + name} }

// contents are the bodies of media types: a token is a text, anything else the schema.
func contents(media []string, schema string) object {
	all := object{}
	for _, m := range media {
		if all[m] = (object{"schema": reference(schema)}); m == Token {
			all[m] = object{"schema": object{"type": "string", "pattern": `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`}}
		}
	}
	return all
}

func (s *Service) describeOperation(o *Operation) object {
	failed := object{"description": "what went wrong", "content": contents([]string{JSON}, "Imsx_StatusInfo")}
	answers := object{"default": failed}
	for _, status := range o.Errors {
		answers[strconv.Itoa(status)] = failed
	}
	for _, status := range o.Statuses {
		well := object{"description": o.Words, "content": contents(o.Answers, s.schemaOf(o))}
		if o == List {
			well["headers"] = object{
				"X-Total-Count": object{"description": "how many there are on all pages", "schema": object{"type": "integer"}},
				"Link":          object{"description": "the pages around this one", "schema": object{"type": "string"}},
			}
		}
		answers[strconv.Itoa(status)] = well
	}
	all := object{"operationId": o.ID, "summary": o.Words, "responses": answers}
	if o.Scope != "" {
		all["security"] = []any{object{scheme: []any{s.ScopeOf(o)}}}
	}
	if o.Body != nil {
		all["requestBody"] = object{"required": true, "content": contents(o.Body, s.schemaOf(o))}
	}
	if o == List {
		all["parameters"] = pagingParameters()
	}
	return all
}

func pagingParameters() []any {
	query := func(name, says string, schema object) any {
		return object{"name": name, "in": "query", "required": false, "description": says, "schema": schema}
	}
	return []any{
		query("limit", "the most credentials of one page", object{"type": "integer", "format": "int32", "minimum": 1}),
		query("offset", "the place of the first credential", object{"type": "integer", "format": "int32", "minimum": 0}),
		query("since", "only those that were issued later", object{"type": "string", "format": "date-time"}),
	}
}

// schemas are those that the description refers to. What a credential is made of the
// standard's own files say, at length; this says what there is.
func (s *Service) schemas() object {
	array := func(items object) object { return object{"type": "array", "items": items} }
	text := object{"type": "string"}
	field := object{"type": "object", "required": []any{"imsx_codeMinorFieldName", "imsx_codeMinorFieldValue"},
		"properties": object{"imsx_codeMinorFieldName": text, "imsx_codeMinorFieldValue": text}}
	open := object{"type": "object", "additionalProperties": true}
	return object{
		s.Schema: open, "Profile": open, "ServiceDescriptionDocument": open,
		s.List: object{"type": "object", "additionalProperties": false, "properties": object{
			"credential": array(reference(s.Schema)), "compactJwsString": array(text)}},
		"Imsx_StatusInfo": object{"type": "object", "required": []any{"imsx_codeMajor", "imsx_severity"}, "properties": object{
			"imsx_codeMajor": text, "imsx_severity": text, "imsx_description": text,
			"imsx_codeMinor": object{"type": "object", "properties": object{"imsx_codeMinorField": array(field)}}}},
	}
}
