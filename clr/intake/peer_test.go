package intake_test

import (
	"os"
	"os/exec"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/peer"
)

const peerVariable = "LAUREL_INTAKE_PEER"

// Every rule of a reading holds of what an independent implementation signed: the tests of the
// rules are run once more, with its proofs in the place of ours.
func TestSignedByPeer(t *testing.T) {
	peer.Folder(t)
	child := exec.Command(os.Args[0], "-test.v", "-test.run",
		"Standings|Validity|Revoked|Flags|Endorsements|Duplicates|Interchangeable|Subject|Credits|Claim|Graph|Transcript|GPA|Present|Deep|Bundle$")
	child.Env = append(os.Environ(), peerVariable+"=1")
	out, err := child.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NotContains(t, string(out), "SKIP")
	require.Greater(t, len(regexp.MustCompile(`(?m)^--- PASS`).FindAll(out, -1)), 25, "%s", out)
}
