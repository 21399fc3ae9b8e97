package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
)

// answer is where an answer stands, and what is known of its texts.
type answer struct {
	kind          caseapi.Kind
	id, framework []byte
	revision      int64
	own, least    sql.NullInt64
	tags          [2]sql.NullString // in the order of versions
	sizes         [2]sql.NullInt64
}

// look finds the answer of a kind under an identifier: of several frameworks that have one,
// that of an item's own, else of the one that came first.
func (s *Store) look(ctx context.Context, kind caseapi.Kind, id casefw.GUID) (*answer, error) {
	const statement = `SELECT a.framework, a.revision, a.modified, f.not_before, a.tag, a.size, a.old_tag, a.old_size
FROM case_answer a JOIN case_framework f ON f.tenant = a.tenant AND f.framework = a.framework AND f.revision = a.revision
WHERE a.tenant = $1 AND a.kind = $2 AND a.id = $3 ORDER BY a.home DESC, f.slot LIMIT 1`
	a := &answer{kind: kind, id: id[:]}
	found, err := s.db.Row(ctx, statement, []any{s.tenant, int64(kind), id[:]}, &a.framework, &a.revision, &a.own, &a.least,
		&a.tags[0], &a.sizes[0], &a.tags[1], &a.sizes[1])
	if err == nil && !found {
		err = caseapi.ErrNotFound
	}
	return a, err
}

// Find implements [caseapi.Store].
func (s *Store) Find(ctx context.Context, kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	if kind == caseapi.KindItemAssociations {
		r, err := s.findAssociations(ctx, id)
		return r, failed("finding the associations of an item", err)
	}
	a, err := s.look(ctx, kind, id)
	if err != nil {
		return nil, failed("finding an answer", err)
	}
	return caseapi.NewStored(kind, id, since(a.own, a.least), func(_ context.Context, v caseapi.Version) (caseapi.Text, error) {
		return s.textOf(a, v)
	}), nil
}

// place is that of a version among versions.
func place(v caseapi.Version) int {
	if v == caseapi.V1p0 {
		return 1
	}
	return 0
}

// textOf is the text of an answer in a version.
func (s *Store) textOf(a *answer, v caseapi.Version) (caseapi.Text, error) {
	i := place(v)
	if !a.tags[i].Valid {
		return caseapi.Text{}, caseapi.ErrNotFound
	}
	return caseapi.Text{Tag: a.tags[i].String, Size: a.sizes[i].Int64, Open: func(ctx context.Context) (io.ReadCloser, error) {
		if a.kind == caseapi.KindPackage {
			return s.packageOf(ctx, a.framework, a.revision, i, a.sizes[i].Int64), nil
		}
		b, err := s.body(ctx, a, v)
		return io.NopCloser(bytes.NewReader(b)), err
	}}, nil
}

// errReplaced is the error of a text that is not there any more: its framework was replaced
// twice since it was found.
var errReplaced = errors.New("sqlstore: the framework was replaced meanwhile")

// body reads the text of an answer that is kept beside it.
func (s *Store) body(ctx context.Context, a *answer, v caseapi.Version) ([]byte, error) {
	column := `body`
	if v == caseapi.V1p0 && a.tags[1] != a.tags[0] {
		column = `old_body`
	}
	statement := `SELECT ` + column + ` FROM case_answer
WHERE tenant = $1 AND kind = $2 AND id = $3 AND framework = $4 AND revision = $5`
	var b []byte
	found, err := s.db.Row(ctx, statement, []any{s.tenant, int64(a.kind), a.id, a.framework, a.revision}, &b)
	if err == nil && !found {
		err = errReplaced
	}
	return b, failed("reading an answer", err)
}

// packageOf reads the text of a framework.
func (s *Store) packageOf(ctx context.Context, framework []byte, revision int64, version int, size int64) *pieces {
	const statement = `SELECT body FROM case_piece
WHERE tenant = $1 AND framework = $2 AND revision = $3 AND version = $4 AND place = $5`
	return &pieces{end: int((size + pieceSize - 1) / pieceSize), get: func(place int) (piece []byte, err error) {
		found, err := s.db.Row(ctx, statement, []any{s.tenant, framework, revision, version, place}, &piece)
		if err == nil && !found {
			err = errReplaced
		}
		return piece, failed("reading a framework", err)
	}}
}

// Framework loads a framework of the store. The error is [caseapi.ErrNotFound] where there is
// none.
func (s *Store) Framework(ctx context.Context, id casefw.GUID) (*casefw.Framework, error) {
	a, err := s.look(ctx, caseapi.KindPackage, id)
	if err != nil {
		return nil, failed("finding a framework", err)
	}
	f, _, err := casefw.Load(ctx, s.packageOf(ctx, a.framework, a.revision, 0, a.sizes[0].Int64), casefw.Options{})
	return f, failed("loading a framework", err)
}
