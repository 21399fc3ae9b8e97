package peer

import (
	"encoding/json"
	"strings"
	"testing"
)

var verifying process

// Verify has the peer verify the proof of a credential, and fails the test where it does not.
func Verify(t testing.TB, text []byte) {
	t.Helper()
	verifying.Lock()
	defer verifying.Unlock()
	verifying.start(t, "peer.mjs", "serve")
	if a := verifying.ask(t, json.RawMessage(text)); !a.Verified {
		t.Fatalf("the peer did not verify: %s", strings.Join(a.Errors, "; "))
	}
}
