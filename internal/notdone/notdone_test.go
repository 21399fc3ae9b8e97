package notdone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/notdone"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/vc"
)

// Each entry is told by its own code and words, with what to do about its kind.
func TestEveryEntry(t *testing.T) {
	fixes := map[string]unsupported.Kind{}
	for _, e := range unsupported.All() {
		p := notdone.Problem(e, "/proof", e.Name+"\n")
		require.Equal(t, vc.Code("not-enabled-"+e.Name), p.Code)
		require.Equal(t, []string{"/proof", vc.Quote(e.Name + "\n"), e.Message(), e.Spec}, []string{p.Pointer, p.Found, p.Message, p.Spec})
		require.True(t, notdone.Is(p))
		require.NotEmpty(t, p.Type)
		fixes[p.Fix] = e.Kind
	}
	require.Len(t, fixes, 4, "proofs and suites have one fix")
	require.False(t, notdone.Is(&vc.Problem{Code: "proof-type-unknown"}))
}
