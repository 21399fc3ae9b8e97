package obapi_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

func testNow() time.Time { return testkit.Now }

// unreachable is a status at a host that nobody asks.
func unreachable() []vc.CredentialStatus {
	return []vc.CredentialStatus{{
		Type: vc.One("BitstringStatusListEntry"), StatusPurpose: "revocation", StatusListIndex: "7",
		StatusListCredential: "https://status.example/1",
	}}
}

// without returns a text without one member.
func without(t testing.TB, text []byte, name string) []byte {
	t.Helper()
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &all))
	delete(all, name)
	changed, err := json.Marshal(all)
	require.NoError(t, err)
	return changed
}
