package oauthsrv_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

// The whole way of a client: registration, consent, tokens, use, refresh, revocation.
func TestTheWholeWay(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	got := a.connect("ada")
	require.Equal(t, "Bearer", got.Type)
	require.Equal(t, 3600, got.Expires)
	require.Equal(t, read+" offline_access", got.Scope)
	require.Equal(t, "no-store", got.header.Get("Cache-Control"))
	access, err := w.access("demo", got.Access)
	require.NoError(t, err)
	require.Equal(t, oauthsrv.Access{Tenant: "demo", Subject: "ada", Client: a.id, Scopes: []string{read, "offline_access"},
		Expires: w.now.Add(time.Hour)}, access)
	require.True(t, access.Permits(read))
	require.False(t, access.Permits(upsert))

	w.wait(time.Hour)
	w.rejects("demo", got.Access)
	next := a.refresh(got.Refresh)
	require.Equal(t, http.StatusOK, next.status)
	w.permits("demo", next.Access)

	require.Equal(t, http.StatusOK, a.post("/oauth/revoke", map[string][]string{"token": {next.Refresh}}).status)
	w.rejects("demo", next.Access)
	require.Equal(t, "invalid_grant", a.refresh(next.Refresh).Error)
}
