package did_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
)

// An observed resolver answers as before, and each answer is told of.
func TestObserved(t *testing.T) {
	static, err := did.NewStatic([]byte(`{"id": "did:example:school"}`))
	require.NoError(t, err)
	var told []string
	r := did.Observed{Next: static, Seen: func(id string, d *did.Document, err error) {
		if told = append(told, id); err == nil {
			told = append(told, string(d.Bytes()))
		}
	}}
	d, err := r.Resolve(t.Context(), "did:example:school")
	require.NoError(t, err)
	require.Equal(t, static["did:example:school"], d)
	_, err = r.Resolve(t.Context(), "did:example:away")
	require.ErrorIs(t, err, &did.Error{Code: did.CodeNotFound})
	require.Equal(t, []string{"did:example:school", `{"id": "did:example:school"}`, "did:example:away"}, told)

	r = did.Observed{Seen: func(string, *did.Document, error) { panic("listener") }}
	_, err = r.Resolve(t.Context(), "did:example:school")
	require.ErrorIs(t, err, &did.Error{Code: did.CodeMethodNotSupported})
}
