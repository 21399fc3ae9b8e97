package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
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
	kind, _, _ := strings.Cut(spec, ":")
	switch kind {
	case "memory":
		return &stores{&hub.Memory{Now: now}, &oauthsrv.MemoryStore{}, func() {}}, nil
	}
	_ = ctx
	return nil, errors.New("-store is none of memory, sqlite:PATH and postgres:URL")
}
