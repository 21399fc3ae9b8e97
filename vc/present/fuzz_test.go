package present_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/present"
)

// FuzzLook: of JSON without tokens every value is told, and no other; whatever can be cut, what
// is sent of it holds no value that was hidden and is told as hidden, but where another says
// the same.
func FuzzLook(f *testing.F) {
	f.Add([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[{"type":["VerifiableCredential"],"a":{}}]}`))
	f.Add([]byte(`{"type":["ClrCredential"],"credentialSubject":{"verifiableCredential":[{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,e30.e30.AA"}]}}`))
	f.Add([]byte(`{"type":["AchievementCredential"],"credentialSubject":{"result":[{"value":"A"},[]],"x":{"y":null}}}`))
	f.Add([]byte(`eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjpbIlZlcmlmaWFibGVDcmVkZW50aWFsIl0sIl9zZCI6WyJhIl19.AA~`))
	k := school.Ed(f, 1)
	f.Add(school.Sign(f, k, testkit.BadgeOf(k.VerificationMethod), nil))
	f.Fuzz(func(t *testing.T, text []byte) {
		seen, err := present.Look(text)
		if err != nil {
			return
		}
		if text = bytes.TrimSpace(text); text[0] == '{' && !bytes.Contains(text, []byte("data:")) && !bytes.Contains(text, []byte("dorsement")) {
			require.Equal(t, flat(t, text), told(seen))
		}
		seen.Links()
		e, err := present.Cut(t.Context(), text, present.Choice{Hide: []present.Part{present.PartGrades, present.PartExtensions}}, nil)
		if err != nil {
			return
		}
		sent, err := e.Bytes()
		if err != nil {
			require.NotEmpty(t, e.Unmet())
			return
		}
		shown := look(t, sent)
		for _, l := range e.Hidden() {
			require.False(t, slices.ContainsFunc(shown.Learned, func(s present.Learned) bool {
				return s.Place == l.Place && s.Pointer == l.Pointer && s.Value == l.Value && !strings.ContainsAny(l.Pointer, "0123456789")
			}), "%v", l)
		}
	})
}
