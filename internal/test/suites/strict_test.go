package suites_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// goldStrict is json-gold's form of a document in its safe mode.
func goldStrict(text []byte, l goldLoader) (string, error) {
	o := goldOptions("", l)
	o.SafeMode = true
	return goldExpand(text, o)
}

// noDocuments knows no context document.
func noDocuments(string) ([]byte, bool) { return nil, false }

// strictSuite are small documents with the form that a signature has to cover, or
// an error where a part could not be covered.
func strictSuite(t testing.TB) suite {
	var cases []struct {
		Name, Input string
		Expect      struct{ Value, Error *string }
	}
	folder(testkit.Shared(t, "vc/jsonld-strict")).list(t, "cases.json", &cases)
	e := jsonld.New(jsonld.Config{Policy: permissive})
	s := suite{name: "jsonld-strict"}
	for _, c := range cases {
		judge := func(got string, err error) error {
			if c.Expect.Error != nil {
				return refused(err)
			}
			return same(*c.Expect.Value, got, err)
		}
		s.probes = append(s.probes, probe{c.Name,
			func() error { return judge(expand(e, jsonld.Strict, []byte(c.Input), "")) },
			func() error { return judge(goldStrict([]byte(c.Input), noDocuments)) }})
	}
	return s
}

// pairsSuite are pairs of documents that mean different things and that some
// deployed library signs to the same bytes: their forms must differ, or one of
// them be refused.
func pairsSuite(t testing.TB) suite {
	var pairs []struct {
		Name string
		A, B json.RawMessage
	}
	folder(testkit.Shared(t, "vc/jsonld-strict")).list(t, "collision-pairs.json", &pairs)
	engines := []*jsonld.Engine{jsonld.New(jsonld.Config{}), jsonld.New(jsonld.Config{Policy: permissive})}
	s := suite{name: "collision pairs"}
	for _, p := range pairs {
		s.probes = append(s.probes, probe{p.Name,
			func() error {
				for i, e := range engines {
					if i > 0 && p.Name == "term-redefinition-vocab" {
						break // the same statements by design: only the policy on contexts can tell
					}
					a, errA := expand(e, jsonld.Strict, p.A, "")
					b, errB := expand(e, jsonld.Strict, p.B, "")
					if err := differ(a, b, errA, errB); err != nil {
						return err
					}
				}
				return nil
			},
			func() error {
				a, errA := goldStrict(p.A, noDocuments)
				b, errB := goldStrict(p.B, noDocuments)
				return differ(a, b, errA, errB)
			}})
	}
	return s
}

func differ(a, b string, errA, errB error) error {
	if errors.Join(errA, errB) == nil && a == b {
		return errors.New("one form for two documents: " + a)
	}
	return nil
}
