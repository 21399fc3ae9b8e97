package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// stores are where everything is kept.
type stores struct {
	hub   hub.Store
	oauth oauthsrv.Store
	close func()
}

// openStores opens what -store names.
func openStores(ctx context.Context, spec string, now func() time.Time) (*stores, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	switch {
	case spec == "memory":
		return &stores{&hub.Memory{Now: now}, &oauthsrv.MemoryStore{}, func() {}}, nil
	case kind == "sqlite" && rest != "":
		name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: rest}).EscapedPath(), RawQuery: sqlstore.SQLitePragmas}
		return openBase(ctx, "sqlite", name.String(), now)
	case (kind == "postgres" || kind == "postgresql") && strings.HasPrefix(rest, "//"):
		return openBase(ctx, "pgx", spec, now)
	case kind == "postgres" && rest != "":
		return openBase(ctx, "pgx", rest, now)
	}
	return nil, errors.New("-store is none of memory, sqlite:PATH and postgres:URL")
}

// connections is how many a data base is given at once.
const connections = 16

// patient is how long a data base may take to answer at the start.
const patient = 30 * time.Second

// openBase opens a data base, whose tables are made where they are not there.
func openBase(ctx context.Context, driver, name string, now func() time.Time) (*stores, error) {
	db, err := sql.Open(driver, name)
	if err != nil {
		return nil, errors.New("-store: the address of the data base cannot be read") // it may hold a password
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	ctx, cancel := context.WithTimeout(ctx, patient)
	defer cancel()
	s, err := sqlstore.Open(ctx, db, sqlstore.Config{Now: now})
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("-store: %s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	return &stores{s, s.Grants(), func() {
		_ = s.Close()
		_ = db.Close()
	}}, nil
}
