package sqlstore

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/rest"
)

// touching are the associations that begin or end at a node: first those of frameworks that
// have it as an item, each in the order of its package.
const touching = `SELECT l.framework, x.association, x.body, x.old_body
FROM case_link l
JOIN case_framework f ON f.tenant = l.tenant AND f.framework = l.framework AND f.revision = l.revision
JOIN case_association x ON x.tenant = l.tenant AND x.framework = l.framework AND x.revision = l.revision AND x.place = l.place
LEFT JOIN case_answer h ON h.tenant = l.tenant AND h.kind = $3 AND h.id = l.node
	AND h.framework = l.framework AND h.revision = l.revision
WHERE l.tenant = $1 AND l.node = $2
ORDER BY CASE WHEN h.id IS NULL THEN 1 ELSE 0 END, f.slot, l.place`

// findAssociations makes the set of an item's associations. It is put together when it is
// asked for, since any framework may add to it.
func (s *Store) findAssociations(ctx context.Context, id casefw.GUID) (*caseapi.Resource, error) {
	item, err := s.look(ctx, caseapi.KindItem, id)
	if err != nil {
		return nil, err
	}
	changed, _, err := s.state(ctx)
	if err != nil {
		return nil, err
	}
	return caseapi.NewStored(caseapi.KindItemAssociations, id, changed, func(ctx context.Context, v caseapi.Version) (caseapi.Text, error) {
		set, err := s.set(ctx, item, id, v)
		return caseapi.Text{Tag: rest.Tag(set), Size: int64(len(set)), Open: func(context.Context) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(set)), nil
		}}, failed("reading the associations of an item", err)
	}), nil
}

// set writes the set of an item.
func (s *Store) set(ctx context.Context, item *answer, id casefw.GUID, v caseapi.Version) ([]byte, error) {
	text, err := s.body(ctx, item, v)
	if err != nil {
		return nil, err
	}
	b := append(append([]byte(`{"CFItem":`), text...), `,"CFAssociations":[`...)
	rows, err := s.db.Rows(ctx, touching, s.tenant, id[:], int64(caseapi.KindItem))
	if err != nil {
		return nil, err
	}
	seen := map[casefw.GUID]casefw.GUID{} // which framework an association is taken of
	some := false
	for rows.Next() {
		var framework, association, now, old []byte
		if err = rows.Scan(&framework, &association, &now, &old); err != nil {
			break
		}
		of, is := casefw.GUID(framework), casefw.GUID(association)
		if from, known := seen[is]; known && from != of && !is.IsZero() {
			continue
		}
		seen[is] = of
		if v == caseapi.V1p0 {
			if now = old; now == nil {
				continue // 1.0 cannot say it
			}
		}
		if some {
			b = append(b, ',')
		}
		b, some = append(b, now...), true
	}
	return append(b, "]}"...), errors.Join(err, rows.Err(), rows.Close())
}
