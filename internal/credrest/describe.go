package credrest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// The service description says what this server does, in OpenAPI 3.0: the profiled version
// of the standard's document (Open Badges 3.0, 6.1).

type object = map[string]any

// describe writes the description of a service that stands at a URL.
func describe(s *Service, c *Config, list []*Operation, server string) ([]byte, error) {
	d := &c.Description
	paths := object{}
	for _, o := range list {
		item, ok := paths[o.Path].(object)
		if !ok {
			item = object{}
			paths[o.Path] = item
		}
		item[strings.ToLower(o.Method)] = s.describeOperation(o)
	}
	info := object{"title": d.Title, "version": s.Version, "termsOfService": d.TermsOfService, "x-imssf-privacyPolicyUrl": d.PrivacyPolicy}
	if d.Image != "" {
		info["x-imssf-image"] = d.Image
	}
	text, err := json.Marshal(object{
		"openapi": "3.0.1", "info": info, "servers": []any{object{"url": server}}, "paths": paths,
		"components": object{"securitySchemes": object{scheme: s.describeScheme(d, list)}, "schemas": s.schemas()},
	})
	if err != nil {
		return nil, fmt.Errorf("describe the service: %w", err)
	}
	return text, nil
}

// scheme is the name of the one security scheme that the standard has.
const scheme = "OAuth2ACG"

// describeScheme says where tokens come from. The standard has no member for the URL by
// which one is revoked, so ours stands beside the others.
func (s *Service) describeScheme(d *Description, list []*Operation) object {
	scopes := object{}
	for _, o := range list {
		if o.Scope != "" {
			scopes[s.scope(o)] = s.scopeWords(o)
		}
	}
	flow := object{"authorizationUrl": d.AuthorizationURL, "tokenUrl": d.TokenURL, "refreshUrl": d.TokenURL, "scopes": scopes}
	all := object{
		"type": "oauth2", "flows": object{"authorizationCode": flow}, "x-imssf-name": d.Title,
		"x-imssf-registrationUrl": d.RegistrationURL, "x-imssf-privacyPolicyUrl": d.PrivacyPolicy,
		"x-imssf-termsOfServiceUrl": d.TermsOfService,
	}
	if d.RevocationURL != "" {
		all["x-laurel-revocationUrl"] = d.RevocationURL
	}
	return all
}

// schemaOf is the schema of the JSON that an operation takes and gives.
func (s *Service) schemaOf(o *Operation) string {
	switch o {
	case &operations[opDiscovery]:
		return "ServiceDescriptionDocument"
	case &operations[opCredentials]:
		return s.List
	case &operations[opUpsert]:
		return s.Schema
	}
	return "Profile"
}

func reference(name string) object {
	return object{"schema": object{"$ref": "#/components/schemas/" + name}}
}

// contents are the bodies of media types: a token is a text, anything else the schema.
func contents(media []string, schema string) object {
	all := object{}
	for _, m := range media {
		if all[m] = reference(schema); m == mediaToken {
			all[m] = object{"schema": object{"type": "string", "pattern": tokenPattern}}
		}
	}
	return all
}

const tokenPattern = `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`

func (s *Service) describeOperation(o *Operation) object {
	answers := object{"default": object{"description": "any other failure", "content": contents([]string{mediaJSON}, "Imsx_StatusInfo")}}
	for _, status := range o.Errors {
		answers[strconv.Itoa(status)] = answers["default"]
	}
	for _, status := range o.Statuses {
		well := object{"description": o.Summary, "content": contents(o.Answers, s.schemaOf(o))}
		if o == &operations[opCredentials] {
			well["headers"] = object{
				"X-Total-Count": object{"description": "how many there are on all pages", "schema": object{"type": "integer"}},
				"Link":          object{"description": "the pages around this one", "schema": object{"type": "string"}},
			}
		}
		answers[strconv.Itoa(status)] = well
	}
	all := object{"operationId": o.ID, "summary": o.Summary, "responses": answers}
	if o.Scope != "" {
		all["security"] = []any{object{scheme: []any{s.scope(o)}}}
	}
	if o.Body != nil {
		all["requestBody"] = object{"required": true, "content": contents(o.Body, s.schemaOf(o))}
	}
	if o == &operations[opCredentials] {
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
			"credential": array(reference(s.Schema)["schema"].(object)), "compactJwsString": array(text)}},
		"Imsx_StatusInfo": object{"type": "object", "required": []any{"imsx_codeMajor", "imsx_severity"}, "properties": object{
			"imsx_codeMajor": text, "imsx_severity": text, "imsx_description": text,
			"imsx_codeMinor": object{"type": "object", "properties": object{"imsx_codeMinorField": array(field)}}}},
	}
}
