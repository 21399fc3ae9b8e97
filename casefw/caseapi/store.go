package caseapi

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// Store holds what a handler serves. [Memory] is the one that comes with this
// package; package storetest holds any other against the same rules. It must be safe for
// concurrent use.
//
// The context is the request's, with what Config.Authorize put into it, so that a
// store may show one reader more than another. Errors that are not among
// [ErrNotFound], [ErrUnauthorised], [ErrForbidden] and [*BusyError] are answered
// with 500 and are not shown to the client. So are a panic, no answer without an error,
// and an answer to another question: Config.Logger is told what it was.
type Store interface {
	// Documents returns the part of the documents that a query asks for. The
	// order without a wish of the query must be stable, or pages lose documents.
	Documents(ctx context.Context, q *Query) (*Page, error)
	// Find returns what the endpoint of a kind serves under an identifier, or
	// ErrNotFound. For concepts, subjects and item types this is the set of the one
	// asked for and those below it, in this order. KindItemAssociations has both
	// the associations that begin and those that end at the item, of any framework.
	Find(ctx context.Context, kind Kind, id casefw.GUID) (*Resource, error)
}

// Page is the answer to a [Query].
type Page struct {
	// Documents are the documents of the page, made by [NewResource].
	Documents []*Resource
	// Total counts all documents that the filter lets pass.
	Total int
	// Modified is when the whole list was last changed: a document came, went, or
	// changed. The zero time means unknown, and no Last-Modified is sent.
	Modified time.Time
}

// The refusals of a store or of Config.Authorize. They may be wrapped.
var (
	// ErrNotFound is answered with 404 and unknownobject. A store that hides what a
	// reader may not see returns it too.
	ErrNotFound = errors.New("caseapi: no such object")
	// ErrUnauthorised is answered with 401: the request names nobody, or nobody known.
	ErrUnauthorised = errors.New("caseapi: not authorised")
	// ErrForbidden is answered with 403: the reader is known and may not.
	ErrForbidden = errors.New("caseapi: forbidden")
)

// BusyError is answered with 429 and server_busy: the reader has had enough for
// now, or the server has.
type BusyError struct {
	// RetryAfter is when to try again; it is sent in whole seconds, rounded up. No
	// time is named for 0.
	RetryAfter time.Duration
}

// Error implements error.
func (e *BusyError) Error() string { return "caseapi: busy" }

// FilterTerm is one comparison of a query's filter, for stores that hand it on to
// a data base. Use the value as a parameter, never as a piece of a statement.
type FilterTerm struct {
	Field string // a member of CFDocument, or a path of members joined by dots
	Op    string // "=", "!=", ">", ">=", "<", "<=" or "~" for contains
	Value string // compared without regard to case
}

// Query is what a client asked of the list of documents, checked and compiled. It
// is immutable. A store reads Limit and Offset and leaves the rest to [Query.Apply]
// or [Query.Match], or reads Terms and Order and does it all itself.
type Query struct {
	Limit, Offset int

	filter  *rest.Filter
	matcher *rest.Matcher
	order   rest.Order
	fields  rest.Fields
}

// NewQuery reads the query of a URL, such as "filter=version%3D%271%27&limit=10",
// with the default limits of a handler. It is for tests of stores; a handler makes
// its own.
func NewQuery(raw string, v Version) (*Query, error) {
	values, err := rest.ParseQuery(raw, rest.QueryLimits{})
	if err != nil {
		return nil, err
	}
	return compileQuery(values, v, rest.PageLimits{}, rest.FilterLimits{})
}

func compileQuery(values url.Values, v Version, pages rest.PageLimits, filters rest.FilterLimits) (*Query, error) {
	p, err := rest.ParsePage(values, pages)
	if err != nil {
		return nil, err
	}
	q := &Query{Limit: p.Limit, Offset: p.Offset, fields: documentFields(v)}
	if q.order, err = rest.ParseOrder(values); err != nil || !values.Has("filter") {
		return q, err
	}
	if q.filter, err = rest.ParseFilterOf(values, filters); err != nil {
		return nil, err
	}
	q.matcher, err = q.filter.Compile(q.fields)
	return q, err
}

// Terms returns the comparisons of the filter, none where there is none. or says
// that one of them is enough.
func (q *Query) Terms() (terms []FilterTerm, or bool) {
	if q.filter == nil {
		return nil, false
	}
	for _, t := range q.filter.Terms {
		terms = append(terms, FilterTerm{t.Field, t.Op.String(), t.Value})
	}
	return terms, q.filter.Or
}

// canonical writes the query anew, without the page: what was understood of it and no
// more, however it was written.
func (q *Query) canonical(selected []string) url.Values {
	values := url.Values{}
	if q.filter != nil {
		values.Set("filter", q.filter.String())
	}
	if field, desc := q.Order(); field != "" {
		values.Set("sort", field)
		if desc {
			values.Set("orderBy", "desc")
		}
	}
	if selected != nil {
		values.Set("fields", strings.Join(selected, ","))
	}
	return values
}

// Order returns the member that the documents are ordered by, "" for the store's
// own order, which holds for unknown members too. Documents without the member
// come last in either direction.
func (q *Query) Order() (field string, desc bool) {
	if _, _, known := q.order.Resolve(q.fields); !known {
		return "", false
	}
	return q.order.Field, q.order.Desc
}

// Match reports whether a document passes the filter.
func (q *Query) Match(d *casefw.CFDocument) bool {
	return q.matcher == nil || q.matcher.Match(documentOf(d))
}

// Apply does all that a query asks for on the documents of a store: filter, order,
// page. It returns the places of those on the page and how many passed the filter.
func (q *Query) Apply(docs []*casefw.CFDocument) (places []int32, total int) {
	all := make([]document, len(docs))
	for i, d := range docs {
		all[i] = documentOf(d)
	}
	at := func(i int) rest.Object { return all[i] }
	passed := q.pass(q.order.Sort(len(docs), at, q.fields), at)
	from, to := rest.Page{Limit: q.Limit, Offset: q.Offset}.Window(len(passed))
	return passed[from:to], len(passed)
}

// pass returns those of the documents in order that the filter lets pass.
func (q *Query) pass(order []int32, at func(int) rest.Object) []int32 {
	if q.matcher == nil {
		return order
	}
	passed := q.matcher.Select(len(order), func(i int) rest.Object { return at(int(order[i])) })
	for i, p := range passed {
		passed[i] = order[p]
	}
	return passed
}

// latest returns the later time.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
