package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
)

// listed are the documents of the store as they were at a revision.
type listed struct {
	revision  int64
	modified  time.Time
	documents []*casefw.CFDocument
	resources []*caseapi.Resource
}

// state is when the store last changed, the zero time for never, and how often.
func (s *Store) state(ctx context.Context) (changed time.Time, revision int64, err error) {
	var at sql.NullInt64
	const statement = `SELECT changed, revision FROM case_store WHERE tenant = $1`
	_, err = s.db.Row(ctx, statement, []any{s.tenant}, &at, &revision)
	return since(at, at), revision, err
}

// Documents implements [caseapi.Store].
func (s *Store) Documents(ctx context.Context, q *caseapi.Query) (*caseapi.Page, error) {
	l, err := s.documents(ctx)
	if err != nil {
		return nil, failed("listing documents", err)
	}
	places, total := q.Apply(l.documents)
	page := &caseapi.Page{Total: total, Modified: l.modified}
	for _, p := range places {
		page.Documents = append(page.Documents, l.resources[p])
	}
	return page, nil
}

// documents returns the list, read anew where the store changed since. A change that comes
// between the two questions is in the list already, which is then read once more.
func (s *Store) documents(ctx context.Context) (*listed, error) {
	changed, revision, err := s.state(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	l := s.list
	s.mu.Unlock()
	if l != nil && l.revision == revision {
		return l, nil
	}
	l = &listed{revision: revision, modified: changed}
	if err := s.read(ctx, l); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list == nil || s.list.revision < revision {
		s.list = l
	}
	return l, nil
}

// read reads the documents in the order in which their frameworks came.
func (s *Store) read(ctx context.Context, l *listed) (err error) {
	const statement = `SELECT document, document_modified, modified, not_before FROM case_framework WHERE tenant = $1 ORDER BY slot`
	rows, err := s.db.Rows(ctx, statement, s.tenant)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var text []byte
		var own, all, least sql.NullInt64
		if err := rows.Scan(&text, &own, &all, &least); err != nil {
			return err
		}
		d, _, err := casefw.Parse[casefw.CFDocument](text, casefw.Options{})
		if err != nil {
			return err
		}
		l.documents, l.resources = append(l.documents, d), append(l.resources, caseapi.NewResource(d, since(own, least)))
		if at := since(all, least); at.After(l.modified) {
			l.modified = at
		}
	}
	return rows.Err()
}
