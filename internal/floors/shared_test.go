package floors_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// handedOn names packages of the inside that write codes of their own for faults which
// a package above them reports under the same codes, and why they do.
var handedOn = map[string]struct {
	to     []string
	reason string
}{
	"internal/safehttp": {[]string{"vc/fetch"}, "its refusals are fetch's, and it stands below"},
	"internal/shape":    {[]string{"vc/rules"}, "the walk finds what the rules word, and stands below"},
	"internal/reading":  {[]string{"vc/rules", "vc/verify"}, "the judge finds what the verifier words, and stands below"},
	"internal/jsonld":   {[]string{"vc/verify"}, "what the verifier finds of contexts before, the engine finds again"},
	"internal/multikey": {[]string{"did", "proof"}, "its refusals are those of the documents and of the keys, and it stands below"},
	"internal/rdf":      {[]string{"vc"}, "an ended context, below vc"},
}

// owners returns for each code the packages that write it down.
func owners(list []code) map[string][]string {
	by := map[string][]string{}
	for _, c := range list {
		if c.Own {
			by[c.Value] = append(by[c.Value], c.Dir)
		}
	}
	return by
}

// several returns the packages of one code where they are more than the one that is
// its home and those of the inside that hand it on to it.
func several(packages []string) []string {
	rest := slices.DeleteFunc(slices.Clone(packages), func(dir string) bool {
		return slices.ContainsFunc(handedOn[dir].to, func(to string) bool { return slices.Contains(packages, to) })
	})
	if len(rest) < 2 {
		return nil
	}
	return rest
}

// A code means one thing in the whole module, and one constant is its home: others
// that report it name that constant.
func TestCodesMeanOneThing(t *testing.T) {
	used := map[string]bool{}
	for value, packages := range owners(codes(t)) {
		require.Len(t, slices.Compact(slices.Clone(packages)), len(packages), "%s stands twice in one of %s", value, packages)
		require.Nil(t, several(packages), "%q is written in each of these", value)
		for _, dir := range packages {
			used[dir] = used[dir] || len(packages) > 1
		}
	}
	for dir := range handedOn {
		require.True(t, used[dir], "%s hands nothing on any more", dir)
	}
}

// What the table of facts and the judge of one reading find reaches products under a
// constant that they can branch on.
func TestInnerCodesHaveAPublicName(t *testing.T) {
	by := owners(codes(t))
	for value, packages := range by {
		for _, dir := range [...]string{"internal/shape", "internal/reading", "internal/safehttp"} {
			if slices.Contains(packages, dir) {
				require.True(t, slices.ContainsFunc(handedOn[dir].to, func(to string) bool { return slices.Contains(packages, to) }), value)
			}
		}
	}
}

// The rule is seen to refuse: packages that share a code, and one beside a pair that
// may.
func TestSharedCanRefuse(t *testing.T) {
	require.Equal(t, []string{"did", "vc"}, several([]string{"did", "vc"}))
	require.Nil(t, several([]string{"internal/safehttp", "vc/fetch"}))
	require.Equal(t, []string{"vc", "vc/fetch"}, several([]string{"internal/safehttp", "vc", "vc/fetch"}))
	require.Equal(t, []string{"internal/safehttp", "vc"}, several([]string{"internal/safehttp", "vc"}))
}
