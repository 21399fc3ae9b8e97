package sqlstore

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/sqldb"
)

// Holdings keep the frameworks of a provider between two calls of [caseapi.Sync], as texts:
// a [caseapi.Holdings]. What is held has no Framework; its Load reads the text.
type Holdings struct {
	s    *Store
	name []byte
}

var _ caseapi.Holdings = (*Holdings)(nil)

// Holdings returns those of a provider, by a name such as its URL.
func (s *Store) Holdings(provider string) *Holdings {
	return &Holdings{s, fmt.Appendf(nil, "%d:%s%s", len(s.tenant), s.tenant, provider)}
}

// Held implements [caseapi.Holdings].
func (h *Holdings) Held(ctx context.Context, document string) (*caseapi.Held, error) {
	const statement = `SELECT revision, pieces, stamp, etag, last_modified, digest FROM case_held WHERE holdings = $1 AND document = $2`
	var held caseapi.Held
	var revision, count int64
	var stamp, etag, modified, digest []byte
	found, err := h.s.db.Row(ctx, statement, []any{h.name, []byte(document)}, &revision, &count, &stamp, &etag, &modified, &digest)
	switch {
	case err != nil || !found:
		return nil, failed("reading what is held", err)
	case len(digest) != sha256.Size:
		return nil, fmt.Errorf("sqlstore: reading what is held: a digest of %d bytes", len(digest))
	}
	held.Stamp, held.Known = string(stamp), caseapi.Known{ETag: string(etag), LastModified: string(modified)}
	held.Digest = [sha256.Size]byte(digest)
	if count > 0 {
		held.Load = func(ctx context.Context) (*casefw.Framework, error) { return h.load(ctx, document, revision, count) }
	}
	return &held, nil
}

// load reads a framework that is held.
func (h *Holdings) load(ctx context.Context, document string, revision, count int64) (*casefw.Framework, error) {
	const statement = `SELECT body FROM case_held_piece WHERE holdings = $1 AND document = $2 AND revision = $3 AND place = $4`
	text := &pieces{end: int(count), get: func(place int) (piece []byte, err error) {
		found, err := h.s.db.Row(ctx, statement, []any{h.name, []byte(document), revision, place}, &piece)
		if err == nil && !found {
			err = errReplaced
		}
		return piece, err
	}}
	f, _, err := casefw.Load(ctx, text, casefw.Options{})
	return f, failed("loading what is held", err)
}

// Hold implements [caseapi.Holdings].
func (h *Holdings) Hold(ctx context.Context, document string, held *caseapi.Held) error {
	if held == nil {
		return errors.New("sqlstore: there is nothing to hold")
	}
	return failed("holding a framework", h.s.db.Tx(ctx, func(t *sqldb.Tx) error { return h.hold(ctx, t, []byte(document), held) }))
}

func (h *Holdings) hold(ctx context.Context, t *sqldb.Tx, document []byte, held *caseapi.Held) error {
	const keep = `INSERT INTO case_held (holdings, document, revision, pieces, stamp, etag, last_modified, digest)
VALUES ($1, $2, 0, 0, $3, $4, $5, $6) ON CONFLICT (holdings, document) DO UPDATE
SET stamp = excluded.stamp, etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest`
	_, err := t.Exec(ctx, keep, h.name, document, []byte(held.Stamp), []byte(held.Known.ETag), []byte(held.Known.LastModified),
		held.Digest[:])
	if err != nil || held.Framework == nil {
		return err
	}
	return h.keep(ctx, t, document, held.Framework)
}

// keep writes the text of a framework. That of the one before stays for who is reading it.
func (h *Holdings) keep(ctx context.Context, t *sqldb.Tx, document []byte, f *casefw.Framework) error {
	const next = `UPDATE case_held SET revision = revision + 1 WHERE holdings = $1 AND document = $2 RETURNING revision`
	const insert = `INSERT INTO case_held_piece (holdings, document, revision, place, body) VALUES ($1, $2, $3, $4, $5)`
	const count = `UPDATE case_held SET pieces = $3 WHERE holdings = $1 AND document = $2`
	const drop = `DELETE FROM case_held_piece WHERE holdings = $1 AND document = $2 AND revision < $3`
	var revision int64
	if _, err := t.Row(ctx, next, []any{h.name, document}, &revision); err != nil {
		return err
	}
	w := &cutter{keep: func(place int, piece []byte) error {
		_, err := t.Exec(ctx, insert, h.name, document, revision, place, piece)
		return err
	}}
	if err := errors.Join(f.WriteJSON(ctx, w, casefw.AsSent), w.end()); err != nil {
		return err
	}
	if _, err := t.Exec(ctx, count, h.name, document, w.place); err != nil {
		return err
	}
	_, err := t.Exec(ctx, drop, h.name, document, revision-1)
	return err
}

// Documents implements [caseapi.Holdings].
func (h *Holdings) Documents(ctx context.Context) ([]string, error) {
	rows, err := h.s.db.Rows(ctx, `SELECT document FROM case_held WHERE holdings = $1 ORDER BY document`, h.name)
	if err != nil {
		return nil, failed("listing what is held", err)
	}
	var all []string
	for rows.Next() {
		var id []byte
		if err = rows.Scan(&id); err != nil {
			break
		}
		all = append(all, string(id))
	}
	return all, failed("listing what is held", errors.Join(err, rows.Err(), rows.Close()))
}
