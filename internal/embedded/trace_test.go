package embedded

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// A result tells what names mean in the form that was signed, be it of the present or
// of an earlier content of a context, in a chain or not; one over JSON tells nothing.
func TestTraces(t *testing.T) {
	const url = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	states := known().statesOf(url)
	oldest := states[len(states)-1].engine
	b := testkit.Badge()
	// inLanguage and awardedDate came to the context in 2024.
	text := strings.Replace(string(b), `"name": "Keel laying"`, `"inLanguage": "en", "name": "Keel laying"`, 1)
	for name, c := range map[string]struct {
		engine *jsonld.Engine
		legacy bool
	}{"present": {known().present, false}, "archived": {oldest, false}, "deployed": {known().present, true}} {
		t.Run(name, func(t *testing.T) {
			options, document := newProof, text
			if c.legacy {
				options = strings.Replace(newProof, "eddsa-rdfc-2022", "eddsa-2022", 1)
				document = strings.Replace(text, "Lay one keel", `Lay\tone keel`, 1)
			}
			signed, key := signAs(t, document, options, c.engine, c.legacy)
			doc, err := vc.Parse(signed)
			require.NoError(t, err)
			p, problems := Read(door.Proofs(doc)[0], ReadOptions{At: testkit.Now})
			require.Empty(t, problems)
			for _, traced := range []bool{false, true} {
				s := NewVerifier(Config{Lenient: true}).Open(doc, OpenOptions{Trace: traced})
				r, err := s.Verify(context.Background(), p, key)
				require.NoError(t, err)
				if !traced {
					require.Nil(t, r.Trace)
					continue
				}
				achievement := door.Root(doc).Get("credentialSubject").Get("achievement")
				require.Equal(t, "https://schema.org/name", r.Trace.Name(achievement.Get("name")).IRI())
				require.Equal(t, c.engine != oldest, r.Trace.Name(achievement.Get("inLanguage")).Exists())
				s.Release()
			}
		})
	}
}
