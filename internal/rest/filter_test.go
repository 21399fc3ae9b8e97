package rest_test

import (
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

type filterCase struct {
	Filter string
	Parsed *struct {
		Logical string
		Terms   []struct{ Field, Op, Value string }
	}
	Expect struct{ Error string }
}

// The published table says how each filter parses, or how it fails.
func TestFilterCases(t *testing.T) {
	table := shared[struct{ Cases []filterCase }](t, "case/rest/filter-cases.json")
	require.Len(t, table.Cases, 54)
	for _, c := range table.Cases {
		f, err := rest.ParseFilter(c.Filter, rest.FilterLimits{})
		if c.Parsed == nil {
			requireCode(t, err, rest.Code(c.Expect.Error), c.Filter)
			continue
		}
		require.NoError(t, err, c.Filter)
		require.Len(t, f.Terms, len(c.Parsed.Terms), c.Filter)
		require.Equal(t, c.Parsed.Logical == "OR", f.Or, c.Filter)
		for i, want := range c.Parsed.Terms {
			got := f.Terms[i]
			require.Equal(t, [3]string{want.Field, want.Op, want.Value}, [3]string{got.Field, got.Op.String(), got.Value}, c.Filter)
		}
	}
}

func requireCode(t testing.TB, err error, code rest.Code, about ...any) {
	t.Helper()
	var e *rest.Error
	require.ErrorAs(t, err, &e, about...)
	require.Equal(t, code, e.Code, about...)
	require.NotEmpty(t, e.Error())
}

func TestFilterSyntax(t *testing.T) {
	for filter, code := range map[string]rest.Code{
		"":                                rest.CodeSyntax,
		"a":                               rest.CodeSyntax,
		"a=":                              rest.CodeSyntax,
		"a='":                             rest.CodeSyntax,
		"a='''":                           rest.CodeSyntax, // an escaped quote, and no end
		".a='x'":                          rest.CodeSyntax,
		"a..b='x'":                        rest.CodeSyntax,
		"a.='x'":                          rest.CodeSyntax,
		"a b='x'":                         rest.CodeSyntax,
		"a!'x'":                           rest.CodeSyntax,
		"a='x' AND":                       rest.CodeSyntax,
		"a='x'AND b='y":                   rest.CodeSyntax,
		"a='\xff'":                        rest.CodeSyntax,
		"a='x' AND b='y' AND c='z'":       rest.CodeOperators,
		"a='" + strings.Repeat("x", 3000): rest.CodeTooLong,
	} {
		_, err := rest.ParseFilter(filter, rest.FilterLimits{})
		requireCode(t, err, code, filter)
	}
}

func TestFilterTerms(t *testing.T) {
	three := rest.FilterLimits{Terms: 3}
	f, err := rest.ParseFilter("a='1' OR b~'2' OR c>='3'", three)
	require.NoError(t, err)
	require.True(t, f.Or)
	require.Equal(t, []rest.Term{{"a", rest.Equal, "1"}, {"b", rest.Contains, "2"}, {"c", rest.GreaterOrEqual, "3"}}, f.Terms)
	_, err = rest.ParseFilter("a='1' OR b~'2' AND c='3'", three)
	requireCode(t, err, rest.CodeOperators) // which binds closer is not said
}

// A ~ looks for 32 values at the most; what is compared as a whole has no such limit.
func TestFilterParts(t *testing.T) {
	values := func(n int) string { return strings.TrimSuffix(strings.Repeat("a,", n), ",") }
	for filter, code := range map[string]rest.Code{
		"a~'" + values(32) + "'":              "",
		"a~'" + values(33) + "'":              rest.CodeParts,
		"a~'" + values(1000) + "'":            rest.CodeParts,
		"b='x' OR a~'" + values(33) + "'":     rest.CodeParts,
		"a='" + values(500) + "'":             "",
		"a~'" + strings.Repeat(",", 31) + "'": "",
		"a~'" + strings.Repeat(",", 32) + "'": rest.CodeParts,
	} {
		_, err := rest.ParseFilter(filter, rest.FilterLimits{})
		if code == "" {
			require.NoError(t, err, filter)
			continue
		}
		requireCode(t, err, code, filter)
		require.ErrorContains(t, err, "it may have 32")
		var e *rest.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, rest.InvalidFilterField, e.Minor())
	}
	_, err := rest.ParseFilter("a~'1,2,3'", rest.FilterLimits{Parts: 2})
	requireCode(t, err, rest.CodeParts)
}

func TestFilterString(t *testing.T) {
	f := &rest.Filter{Or: true, Terms: []rest.Term{{"title", rest.NotEqual, "x' OR y='"}, {"a.b", rest.Less, "''"}}}
	require.Equal(t, "title!='x'' OR y=''' OR a.b<''''''", f.String())
	again, err := rest.ParseFilter(f.String(), rest.FilterLimits{})
	require.NoError(t, err)
	require.Equal(t, f, again)
}

// FuzzParseFilter holds: nothing panics; what was read is written as a filter that
// reads as the same one; limits hold.
func FuzzParseFilter(f *testing.F) {
	for _, s := range []string{
		"a='b'", "a='b' AND c~'d'", "a='Bob's'", "a='''' OR b=''", "a.b!='x' OR c>='y'", "a='b' AND ", "x='' AND y=' AND z'",
	} {
		f.Add(s)
	}
	limits := rest.FilterLimits{Bytes: 200, Terms: 3}
	wide := rest.FilterLimits{Bytes: 1000, Terms: 3} // doubled quotes take more room
	f.Fuzz(func(t *testing.T, s string) {
		parsed, err := rest.ParseFilter(s, limits)
		if err != nil {
			require.LessOrEqual(t, len(err.Error()), 300)
			return
		}
		require.LessOrEqual(t, len(s), limits.Bytes)
		require.LessOrEqual(t, len(parsed.Terms), limits.Terms)
		again, err := rest.ParseFilter(parsed.String(), wide)
		require.NoError(t, err)
		require.Equal(t, parsed.Terms, again.Terms)
		require.Equal(t, len(parsed.Terms) > 1 && parsed.Or, len(again.Terms) > 1 && again.Or)
	})
}
