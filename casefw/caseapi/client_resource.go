package caseapi

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// Known says what of an object the caller has already; the zero value is nothing.
type Known struct {
	// ETag and LastModified are what an earlier answer said, as they stood.
	ETag, LastModified string
}

func (k Known) set(h http.Header) {
	if k.ETag != "" {
		h.Set("If-None-Match", k.ETag)
	}
	if k.LastModified != "" {
		h.Set("If-Modified-Since", k.LastModified)
	}
}

// knownFrom reads the validators of an answer.
func knownFrom(h http.Header) Known {
	return Known{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
}

// Answer is one object and what the provider sent with it.
type Answer[R casefw.Resource] struct {
	Value *R
	// Report lists what of the object breaks the standard and was repaired.
	Report *casefw.Report
	// Warnings lists how the answer deviates from the binding.
	Warnings []*vc.Problem
	// Known is for asking again whether the object changed.
	Known Known
	// URL is where the object came from.
	URL string
}

// Document asks for one document (getCFDocument).
func (cl *Client) Document(ctx context.Context, id string) (*Answer[casefw.CFDocument], error) {
	return find[casefw.CFDocument](ctx, cl, KindDocument, id)
}

// Item asks for one item (getCFItem).
func (cl *Client) Item(ctx context.Context, id string) (*Answer[casefw.CFItem], error) {
	return find[casefw.CFItem](ctx, cl, KindItem, id)
}

// ItemAssociations asks for an item and the associations that begin or end at it
// (getCFItemAssociations).
func (cl *Client) ItemAssociations(ctx context.Context, id string) (*Answer[casefw.CFAssociationSet], error) {
	return find[casefw.CFAssociationSet](ctx, cl, KindItemAssociations, id)
}

// Association asks for one association (getCFAssociation).
func (cl *Client) Association(ctx context.Context, id string) (*Answer[casefw.CFAssociation], error) {
	return find[casefw.CFAssociation](ctx, cl, KindAssociation, id)
}

// AssociationGrouping asks for one grouping (getCFAssociationGrouping).
func (cl *Client) AssociationGrouping(ctx context.Context, id string) (*Answer[casefw.CFAssociationGrouping], error) {
	return find[casefw.CFAssociationGrouping](ctx, cl, KindAssociationGrouping, id)
}

// Concept asks for a concept and those below it (getCFConcept).
func (cl *Client) Concept(ctx context.Context, id string) (*Answer[casefw.CFConceptSet], error) {
	return find[casefw.CFConceptSet](ctx, cl, KindConcept, id)
}

// Subject asks for a subject and those below it (getCFSubject).
func (cl *Client) Subject(ctx context.Context, id string) (*Answer[casefw.CFSubjectSet], error) {
	return find[casefw.CFSubjectSet](ctx, cl, KindSubject, id)
}

// ItemType asks for an item type and those below it (getCFItemType).
func (cl *Client) ItemType(ctx context.Context, id string) (*Answer[casefw.CFItemTypeSet], error) {
	return find[casefw.CFItemTypeSet](ctx, cl, KindItemType, id)
}

// License asks for one licence (getCFLicense).
func (cl *Client) License(ctx context.Context, id string) (*Answer[casefw.CFLicense], error) {
	return find[casefw.CFLicense](ctx, cl, KindLicense, id)
}

// Rubric asks for one rubric (getCFRubric), the only endpoint that a provider need
// not have.
func (cl *Client) Rubric(ctx context.Context, id string) (*Answer[casefw.CFRubric], error) {
	return find[casefw.CFRubric](ctx, cl, KindRubric, id)
}

// find asks for one object.
func find[R casefw.Resource](ctx context.Context, cl *Client, kind Kind, id string) (*Answer[R], error) {
	u, v, err := cl.object(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	var a *Answer[R]
	err = cl.send(ctx, &call{url: u, most: cl.c.MaxBody, take: func(r *reply) error {
		a, err = parse[R](cl, r, v, false)
		return err
	}})
	if err != nil {
		return nil, err
	}
	if got := identifierOf(a.Value); got != "" && !sameID(got, id) {
		a.Warnings = append(a.Warnings, warning(WarnIdentifier, a.URL, "asked for "+vc.Quote(id)+", got "+vc.Quote(got)))
	}
	return a, nil
}

// parse reads an answer that fits into memory.
func parse[R casefw.Resource](cl *Client, r *reply, v Version, selection bool) (*Answer[R], error) {
	text, err := io.ReadAll(r.body)
	if err != nil {
		return nil, err
	}
	o := cl.c.Reading
	o.MaxBytes, o.Version, o.Selection = cl.c.MaxBody, v, selection
	value, report, err := casefw.Parse[R](text, o)
	if err != nil {
		return nil, &Error{Code: CodeNotJSON, URL: r.url, Status: http.StatusOK, Body: excerpt(text),
			Detail: "the answer is not what the endpoint serves", Err: err}
	}
	return &Answer[R]{Value: value, Report: report, URL: r.url, Known: knownFrom(r.header),
		Warnings: warnShape(r.warnings, r.url, report)}, nil
}

// object returns the URL of an object and the version that it is of.
func (cl *Client) object(ctx context.Context, kind Kind, id string) (*url.URL, Version, error) {
	id = strings.TrimSpace(id)
	if strings.Trim(id, ".") == "" || strings.ContainsAny(id, "/\\") || len(id) > 200 {
		return nil, 0, &Error{Code: CodeBadRequest, Detail: vc.Quote(id) + " is no identifier"}
	}
	v, err := cl.Version(ctx)
	if err != nil {
		return nil, 0, err
	}
	return cl.endpoint(v, kind.Path()+"/"+url.PathEscape(canonicalID(id)), nil), v, nil
}

// canonicalID writes an identifier as CASE wants it; one that is no UUID stays, but
// for white space around it.
func canonicalID(id string) string {
	if g, err := casefw.ParseGUID(id); err == nil {
		return g.String()
	}
	return strings.TrimSpace(id)
}

func sameID(a, b string) bool { return strings.EqualFold(canonicalID(a), canonicalID(b)) }

// identifierOf returns the identifier of an answer, of its first member where it is
// a set, "" where it has none.
func identifierOf(value any) string {
	switch v := value.(type) {
	case *casefw.CFDocument:
		return v.Identifier
	case *casefw.CFItem:
		return v.Identifier
	case *casefw.CFAssociationSet:
		if v.CFItem != nil {
			return v.CFItem.Identifier
		}
	case *casefw.CFAssociation:
		return v.Identifier
	case *casefw.CFAssociationGrouping:
		return v.Identifier
	case *casefw.CFConceptSet:
		if len(v.CFConcepts) > 0 {
			return v.CFConcepts[0].Identifier
		}
	case *casefw.CFSubjectSet:
		if len(v.CFSubjects) > 0 {
			return v.CFSubjects[0].Identifier
		}
	case *casefw.CFItemTypeSet:
		if len(v.CFItemTypes) > 0 {
			return v.CFItemTypes[0].Identifier
		}
	case *casefw.CFLicense:
		return v.Identifier
	case *casefw.CFRubric:
		return v.Identifier
	}
	return ""
}
