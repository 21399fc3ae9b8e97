package caseapi

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
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

	entries int // of the array of a list, what is no object among them
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
	if got := identifierOf(a.Value); !sameID(got, id) {
		p := warning(WarnIdentifier, a.URL, vc.Quote(got))
		p.Expected = vc.Quote(canonicalID(id))
		a.Warnings = append(a.Warnings, p)
	}
	return a, nil
}

// parse reads an answer that fits into memory.
func parse[R casefw.Resource](cl *Client, r *reply, v Version, selection bool) (*Answer[R], error) {
	var text bytes.Buffer
	if _, err := text.ReadFrom(r.body); err != nil {
		return nil, err
	}
	if n, most := valuesIn(text.Bytes()), mostValues(text.Len()); n > most {
		return nil, failure(CodeTooLarge, r.url, strconv.Itoa(n)+" values in an answer of "+strconv.Itoa(text.Len())+
			" bytes, more than "+strconv.Itoa(most), nil)
	}
	o := cl.c.Reading
	o.MaxBytes, o.Version, o.Selection = cl.c.MaxBody, v, selection
	o.MaxObjects = cmp.Or(o.MaxObjects, 10_000+text.Len()/256)
	value, report, err := casefw.Parse[R](text.Bytes(), o)
	if err != nil {
		return nil, unreadable(r, "the answer is not what the endpoint serves", text.Bytes(), err)
	}
	return &Answer[R]{Value: value, Report: report, URL: r.url, Known: knownFrom(r.header), entries: entriesOf(value, text.Bytes()),
		Warnings: warnShape(r.warnings, r.url, report)}, nil
}

// unreadable is the error of an answer that was no JSON of the class asked for.
func unreadable(r *reply, detail string, text []byte, err error) *Error {
	e := failure(CodeNotJSON, r.url, detail, err)
	e.Status, e.Body = http.StatusOK, excerpt(text)
	if problem, ok := errors.AsType[*vc.Problem](err); ok && problem.Code == casefw.CodeTooLarge {
		e.Code, e.Detail = CodeTooLarge, "the answer is more than is read"
	}
	if e.cut = casefw.CutOff(err); e.cut {
		e.Detail = "the answer was cut off"
	}
	return e
}

// mostValues is how many values a JSON text may hold: one for each 16 bytes, since none of
// a real answer is shorter with its name, and some for what is small. What is built for a
// value takes several times its two bytes.
func mostValues(bytes int) int { return 20_000 + bytes/16 }

// valuesIn counts values by what divides them, without building any.
func valuesIn(text []byte) (n int) {
	inside := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case !inside && (c == ',' || c == '{' || c == '['):
			n++
		}
	}
	return n
}

// entriesOf is how many entries the array of a list has: the documents and what could not
// be read as one. An array that stands under a second name has no place in the list.
func entriesOf(value any, text []byte) int {
	set, ok := value.(*casefw.CFDocumentSet)
	if !ok {
		return 0
	}
	n := len(set.CFDocuments)
	for _, members := range []vc.Extra{set.Sent, set.Extra} {
		for name, raw := range members {
			if strings.EqualFold(name, "CFDocuments") {
				n = max(n, 1, arrayLen(raw))
			}
		}
	}
	if first := bytes.TrimLeft(bytes.TrimPrefix(text, []byte(byteOrderMark)), " \t\r\n"); first[0] == '[' {
		n = arrayLen(first)
	}
	return n
}

// arrayLen is the length of a JSON array, 0 for another value.
func arrayLen(text []byte) int {
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: len(text), Depth: 10_000}, nil)
	if err != nil || doc.Root().Kind() != jsonx.Array {
		return 0
	}
	return doc.Root().Len()
}

// object returns the URL of an object and the version that it is of.
func (cl *Client) object(ctx context.Context, kind Kind, id string) (*url.URL, Version, error) {
	id = strings.TrimSpace(id)
	if strings.Trim(id, ".") == "" || strings.ContainsAny(id, "/\\") || len(id) > 200 {
		return nil, 0, failure(CodeBadRequest, "", vc.Quote(id)+" is no identifier", nil)
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
