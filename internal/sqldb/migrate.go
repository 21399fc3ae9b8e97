package sqldb

import (
	"context"
	"fmt"
	"strings"
)

// Step is what brings the tables from one version to the next: statements, ended by
// semicolons, in the types of PostgreSQL. A table whose definition ends with
// "PARTITIONED BY (column)" is partitioned by the hash of it where that is asked for.
type Step string

const tableOfVersions = `CREATE TABLE IF NOT EXISTS laurel_schema (part text NOT NULL PRIMARY KEY, version bigint NOT NULL);`

// migrate brings the tables up to date, step by step, each in a transaction that begins by
// taking the step from others who do the same.
func (d *DB) migrate(ctx context.Context, o Options) error {
	err := d.Tx(ctx, func(t *Tx) error {
		for _, s := range d.statements(tableOfVersions, 0) {
			if _, err := t.Exec(ctx, s); err != nil {
				return err
			}
		}
		_, err := t.Exec(ctx, `INSERT INTO laurel_schema (part, version) VALUES ($1, 0) ON CONFLICT DO NOTHING`, o.Part)
		return err
	})
	if err != nil {
		return fmt.Errorf("making the table of versions: %w", err)
	}
	for {
		version, err := d.version(ctx, o.Part)
		switch {
		case err != nil:
			return err
		case version == len(o.Steps):
			return nil
		case version > len(o.Steps):
			return fmt.Errorf("the tables of %s are of version %d, which is newer than this program's %d", o.Part, version, len(o.Steps))
		}
		if err := d.step(ctx, o, version); err != nil {
			return fmt.Errorf("bringing the tables of %s to version %d: %w", o.Part, version+1, err)
		}
	}
}

func (d *DB) version(ctx context.Context, part string) (version int, err error) {
	found, err := d.Row(ctx, `SELECT version FROM laurel_schema WHERE part = $1`, []any{part}, &version)
	if err == nil && !found {
		err = fmt.Errorf("nothing is known of the tables of %s", part)
	}
	return version, err
}

// step takes the step from a version, where nobody else has.
func (d *DB) step(ctx context.Context, o Options, version int) error {
	return d.Tx(ctx, func(t *Tx) error {
		const take = `UPDATE laurel_schema SET version = version + 1 WHERE part = $1 AND version = $2`
		taken, err := t.Exec(ctx, take, o.Part, version)
		if err != nil || taken == 0 {
			return err
		}
		for _, s := range d.statements(o.Steps[version], o.Partitions) {
			if _, err := t.Exec(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
}

// partitioned is what a definition of a partitioned table ends with.
const partitioned = " PARTITIONED BY "

// sqlite are the types of SQLite for those of PostgreSQL.
var sqlite = strings.NewReplacer(" bytea", " BLOB", " bigint", " INTEGER", " smallint", " INTEGER", " text", " TEXT")

// statements are those of a step for the data base.
func (d *DB) statements(step Step, partitions int) (all []string) {
	for s := range strings.SplitSeq(string(step), ";") {
		s = strings.TrimSpace(s)
		s, column, some := strings.Cut(s, partitioned)
		switch table := strings.HasPrefix(s, "CREATE TABLE "); {
		case s == "":
		case table && !d.postgres:
			all = append(all, sqlite.Replace(s)+" STRICT")
		case some && partitions > 0:
			all = append(all, s+" PARTITION BY HASH "+column)
			name := strings.Fields(s)[2]
			for i := range partitions {
				all = append(all, fmt.Sprintf("CREATE TABLE %s_%d PARTITION OF %[1]s FOR VALUES WITH (MODULUS %[3]d, REMAINDER %[2]d)",
					name, i, partitions))
			}
		default:
			all = append(all, s)
		}
	}
	return all
}
