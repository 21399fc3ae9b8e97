package conformance_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/conformancetest"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// Our host passes over each data base too.
func TestOurHubPassesOverSQL(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		db, err := sql.Open(b.Driver, b.DSN)
		require.NoError(t, err)
		t.Cleanup(func() { _ = db.Close() })
		store, err := sqlstore.Open(t.Context(), db, sqlstore.Config{Now: testkit.Clock})
		require.NoError(t, err)
		t.Cleanup(func() { _ = store.Close() })
		report := conformancetest.Run(t, hubSuite(newOurs(t, store, store.Grants()), providers()...))
		for _, r := range report.Results {
			require.Equal(t, conformance.OutcomePass, r.Outcome, r.Text())
		}
	})
}
