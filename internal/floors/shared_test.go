package floors_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// handedOn names packages of the inside, and the package that reports their faults to
// products under the same codes.
var handedOn = map[string]string{
	"internal/safehttp": "vc/fetch",
	"internal/shape":    "vc/rules",
	"internal/reading":  "vc/verify",
	"internal/jsonld":   "vc/verify",
}

// shared lists the codes that stand in several packages all the same, with why that is
// one fault, or why nobody can take the one for the other.
var shared = map[string]struct{ packages, reason string }{
	"context-missing":   {"vc/rules vc/verify", "no context that the document must have; verify asks for any, the rules for each"},
	"date-malformed":    {"vc/rules vc/verify", "two faults: a calendar date of the model, and a dateTime of the validity"},
	"fetch-budget":      {"vc/fetch vc/status", "no more requests, said of a list"},
	"issuer-missing":    {"vc/rules vc/verify", "no issuer, found by the rules and by the search for its key"},
	"key-malformed":     {"internal/multikey vc/verify", "no key in its form; verify says it of a kind that is not supported, too"},
	"key-type-mismatch": {"internal/multikey proof", "two faults: material against the method's type, key against the suite; the first is told as key-malformed"},
	"key-unsupported":   {"internal/multikey proof", "a kind of key that is not used here"},
	"key-weak":          {"internal/multikey proof", "a key that must not be used"},
	"methods-too-many":  {"did vc/verify", "a document with more keys than are read"},
	"more-findings":     {"internal/reading vc/rules", "more than are told"},
	"not-found":         {"did vc/fetch", "no such document, said by a resolver and by a host"},
	"rdf-too-large":     {"internal/jsonld internal/rdf", "more statements, as text, than the document may make"},
	"too-large":         {"vc vc/fetch", "longer than the limit: a document that came, and one that was fetched"},
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

// several returns the packages of one code between which it must be said that they mean
// one fault.
func several(packages []string) []string {
	rest := slices.DeleteFunc(slices.Clone(packages), func(dir string) bool {
		to, inside := handedOn[dir]
		return inside && slices.Contains(packages, to)
	})
	if len(rest) < 2 {
		return nil
	}
	return rest
}

// A code means one thing in the whole module: it is written down once, or the table
// says why not.
func TestCodesMeanOneThing(t *testing.T) {
	by := owners(codes(t))
	for value, packages := range by {
		require.Len(t, slices.Compact(slices.Clone(packages)), len(packages), "%s stands twice in one of %s", value, packages)
		if rest := several(packages); rest != nil {
			require.Equal(t, shared[value].packages, strings.Join(rest, " "), "%q is a code of each of these; is it one fault?", value)
		}
	}
	for value := range shared {
		require.NotNil(t, several(by[value]), "%s is no longer shared", value)
	}
}

// What the table of facts and the judge of one reading find reaches products under a
// constant that they can branch on.
func TestInnerCodesHaveAPublicName(t *testing.T) {
	by := owners(codes(t))
	for value, packages := range by {
		for _, dir := range [...]string{"internal/shape", "internal/reading", "internal/safehttp"} {
			if slices.Contains(packages, dir) && !slices.Contains(packages, "vc/rules") {
				require.Contains(t, packages, handedOn[dir], value)
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
