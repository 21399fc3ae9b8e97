package suites_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// probe is one case of a suite. Each side returns nil for what the suite wants.
type probe struct {
	name string
	ours func() error
	peer func() error // nil where json-gold has no such function
}

// suite is a set of cases.
type suite struct {
	name   string
	probes []probe
}

// exceptions are the cases that we do not pass, each with the reason and with what
// we answer. A case has the name of its suite before its own.
var exceptions = map[string]struct{ why, fails string }{
	"json-ld-api expand t0122": {"the expected document has an `@id` of null, which is no valid input (JSON-LD 1.1, 9.2), " +
		"so it cannot be read back; toRdf te122 is the same test and passes",
		"invalid-id-value"},
	"jsonld-strict link-empty": {"expects an empty dataset and no error; a link that is the empty string is a relative reference " +
		"without a base (JSON-LD 1.1 API, 8.2.2, step 1), and an empty dataset has the signature of every other empty one: " +
		"Strict reports both",
		"data-loss: empty-result"},
}

// allSuites are the suites in the order of the table.
func allSuites(t testing.TB) []suite {
	return append(append(canonSuites(t), apiSuites(t)...), strictSuite(t), pairsSuite(t),
		vectorsSuite(t), proofsSuite(t), poisonSuite(t), hostileSuite(t))
}

// TestSuites: each case passes, but for the exceptions, which do not.
func TestSuites(t *testing.T) {
	used := 0
	for _, s := range allSuites(t) {
		for _, p := range s.probes {
			t.Run(s.name+"/"+p.name, func(t *testing.T) {
				err := p.ours()
				if exception, ok := exceptions[s.name+" "+p.name]; ok {
					require.ErrorContains(t, err, exception.fails)
					used++
					return
				}
				require.NoError(t, err)
			})
		}
	}
	require.Equal(t, len(exceptions), used)
}

// folder is a folder of the shared data. Its readers panic: probes run where no
// test is at hand, and what is missing ends the run either way.
type folder string

func (f folder) read(name string) []byte {
	b, err := os.ReadFile(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		panic(err)
	}
	return b
}

// list decodes a JSON file of ours or of a suite, which is trusted.
func (f folder) list(t testing.TB, name string, into any) {
	require.NoError(t, json.Unmarshal(f.read(name), into), name)
}

// same compares canonical forms.
func same(want, got string, err error) error {
	if err != nil {
		return err
	}
	if want != got {
		return fmt.Errorf("another form:\n%s\nwanted:\n%s", got, want)
	}
	return nil
}

// refused is nil where there is an error.
func refused(err error) error {
	if err == nil {
		return fmt.Errorf("accepted")
	}
	return nil
}
