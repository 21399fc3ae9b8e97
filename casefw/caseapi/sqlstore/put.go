package sqlstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/sqldb"
)

// versions are those that answers are written in, in the order of their columns.
var versions = []caseapi.Version{caseapi.V1p1, caseapi.V1p0}

// Put adds a framework, or replaces the one of the same identifier: its answers are written
// and kept, in one transaction, and those who read see the one before until then. A
// framework that says the same as the one that is there changes nothing. The error says that
// it has no document with a UUID, or is the data base's.
func (s *Store) Put(ctx context.Context, f *casefw.Framework) error {
	one, err := caseapi.NewMemory(f) // knows what is answered of a framework, and how
	if err != nil {
		return err
	}
	p := &putting{s: s, f: f, one: one, id: f.GUID()}
	if p.digest, err = digestOf(ctx, f); err != nil {
		return failed("writing a framework", err)
	}
	var known []byte
	const statement = `SELECT digest FROM case_framework WHERE tenant = $1 AND framework = $2`
	_, err = s.db.Row(ctx, statement, []any{s.tenant, p.id[:]}, &known)
	if err == nil && !bytes.Equal(known, p.digest) {
		err = s.db.Tx(ctx, func(t *sqldb.Tx) error { return p.put(ctx, t) })
	}
	return failed("putting a framework", err)
}

// digestOf tells a framework from others that say something else, in either version.
func digestOf(ctx context.Context, f *casefw.Framework) ([]byte, error) {
	h := sha256.New()
	for _, v := range versions {
		if err := f.WriteVersion(ctx, h, v); err != nil {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// putting is the transaction that puts a framework.
type putting struct {
	s        *Store
	f        *casefw.Framework
	one      *caseapi.Memory // of it alone
	id       casefw.GUID
	digest   []byte
	revision int64
	whole    [2]written // the package, in the order of versions
}

// written is what is known of a text.
type written struct {
	tag  sql.NullString
	size sql.NullInt64
	body []byte // where it is kept beside that
}

func (p *putting) put(ctx context.Context, t *sqldb.Tx) (err error) {
	if p.revision, err = p.s.advance(ctx, t); err != nil {
		return err
	}
	var before sql.NullInt64
	const was = `SELECT revision FROM case_framework WHERE tenant = $1 AND framework = $2`
	if _, err = t.Row(ctx, was, []any{p.s.tenant, p.id[:]}, &before); err != nil {
		return err
	}
	for _, step := range []func(context.Context, *sqldb.Tx) error{p.pieces, p.answers, p.associations} {
		if err := step(ctx, t); err != nil {
			return err
		}
	}
	if err := p.framework(ctx, t); err != nil {
		return err
	}
	// Whoever reads what was there until now can end.
	for _, table := range belonging {
		drop := `DELETE FROM ` + table + ` WHERE tenant = $1 AND framework = $2 AND revision < $3`
		if _, err := t.Exec(ctx, drop, p.s.tenant, p.id[:], before.Int64); err != nil {
			return err
		}
	}
	return nil
}

// framework writes the row by which all else counts.
func (p *putting) framework(ctx context.Context, t *sqldb.Tx) error {
	const statement = `INSERT INTO case_framework
(tenant, framework, slot, revision, digest, not_before, modified, document_modified, document)
VALUES ($1, $2, $3, $3, $4, NULL, $5, $6, $7) ON CONFLICT (tenant, framework) DO UPDATE
SET revision = excluded.revision, digest = excluded.digest, not_before = $8, modified = excluded.modified,
	document_modified = excluded.document_modified, document = excluded.document`
	whole, err := p.one.Find(ctx, caseapi.KindPackage, p.id)
	if err != nil {
		return err
	}
	document, err := p.one.Find(ctx, caseapi.KindDocument, p.id)
	if err != nil {
		return err
	}
	text := casefw.AppendVersion(nil, p.f.StandaloneDocument(), caseapi.V1p1)
	_, err = t.Exec(ctx, statement, p.s.tenant, p.id[:], p.revision, p.digest, micro(whole.Modified()), micro(document.Modified()), text,
		p.s.now().UnixMicro())
	return err
}

// pieces writes the package, in both versions.
func (p *putting) pieces(ctx context.Context, t *sqldb.Tx) error {
	const insert = `INSERT INTO case_piece (tenant, framework, revision, version, place, body) VALUES ($1, $2, $3, $4, $5, $6)`
	for i, v := range versions {
		h := sha256.New()
		w := &cutter{keep: func(place int, piece []byte) error {
			h.Write(piece)
			_, err := t.Exec(ctx, insert, p.s.tenant, p.id[:], p.revision, i, place, piece)
			return err
		}}
		if err := p.f.WriteVersion(ctx, w, v); err != nil {
			return err
		}
		if err := w.end(); err != nil {
			return err
		}
		p.whole[i] = written{tag: text(hex.EncodeToString(h.Sum(nil))), size: number(w.size)}
	}
	return nil
}

func text(s string) sql.NullString { return sql.NullString{String: s, Valid: true} }
func number(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: true} }

// answers writes what is served of each record.
func (p *putting) answers(ctx context.Context, t *sqldb.Tx) error {
	rows := &batch{t: t, into: `case_answer (tenant, kind, id, framework, revision, home, modified, tag, size, old_tag, old_size,
	body, old_body)`}
	for kind, id := range p.one.Each() {
		r, err := p.one.Find(ctx, kind, id)
		if err != nil {
			return fmt.Errorf("%v %v: %w", kind, id, err)
		}
		texts := p.whole
		if kind != caseapi.KindPackage {
			if texts, err = both(ctx, r); err != nil {
				return fmt.Errorf("%v %v: %w", kind, id, err)
			}
		}
		now, old := texts[0], texts[1]
		if old.tag == now.tag {
			old.body = nil
		}
		err = rows.add(ctx, p.s.tenant, int64(kind), id[:], p.id[:], p.revision, p.home(kind, id), micro(r.Modified()),
			now.tag, now.size, old.tag, old.size, now.body, old.body)
		if err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

// both writes a resource in both versions. One that 1.0 cannot say has no tag there.
func both(ctx context.Context, r *caseapi.Resource) (texts [2]written, err error) {
	for i, v := range versions {
		var b bytes.Buffer
		err := r.WriteJSON(ctx, &b, v)
		if errors.Is(err, caseapi.ErrNotFound) && v == caseapi.V1p0 {
			continue
		}
		if err != nil {
			return texts, err
		}
		texts[i] = written{text(rest.Tag(b.Bytes())), number(int64(b.Len())), b.Bytes()}
	}
	return texts, nil
}

// home is 1 for what is served from this framework even where another came before: an item
// that others reuse.
func (p *putting) home(kind caseapi.Kind, id casefw.GUID) int64 {
	if kind != caseapi.KindItem {
		return 0
	}
	if t, ok := p.f.Find(id); ok && t.Standalone().CFDocumentURI.GUID() == p.id {
		return 1
	}
	return 0
}

// associations writes those of a set: in the form that they have in a package, with the
// nodes at their ends.
func (p *putting) associations(ctx context.Context, t *sqldb.Tx) error {
	rows := &batch{t: t, into: `case_association (tenant, framework, revision, place, association, body, old_body)`}
	links := &batch{t: t, into: `case_link (tenant, node, framework, revision, place)`}
	for a := range p.f.Associations() {
		rec, id := a.Record(), a.GUID()
		rec.CFDocumentURI = nil
		now := casefw.AppendVersion(nil, rec, caseapi.V1p1)
		var old []byte
		if !rec.BeyondCASE() {
			old = casefw.AppendVersion(nil, rec, caseapi.V1p0)
		}
		if err := rows.add(ctx, p.s.tenant, p.id[:], p.revision, a.Index(), id[:], now, old); err != nil {
			return err
		}
		origin, destination := a.Origin().GUID(), a.Destination().GUID()
		for i, end := range []casefw.GUID{origin, destination} {
			if end.IsZero() || i == 1 && end == origin {
				continue
			}
			if err := links.add(ctx, p.s.tenant, end[:], p.id[:], p.revision, a.Index()); err != nil {
				return err
			}
		}
	}
	return errors.Join(rows.flush(ctx), links.flush(ctx))
}
