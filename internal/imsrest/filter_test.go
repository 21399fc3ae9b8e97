package imsrest_test

import (
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/imsrest"
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
		f, err := imsrest.ParseFilter(c.Filter, imsrest.FilterLimits{})
		if c.Parsed == nil {
			requireCode(t, err, imsrest.Code(c.Expect.Error), c.Filter)
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

func requireCode(t testing.TB, err error, code imsrest.Code, about ...any) {
	t.Helper()
	var e *imsrest.Error
	require.ErrorAs(t, err, &e, about...)
	require.Equal(t, code, e.Code, about...)
	require.NotEmpty(t, e.Error())
}

func TestFilterSyntax(t *testing.T) {
	for filter, code := range map[string]imsrest.Code{
		"":                                imsrest.CodeSyntax,
		"a":                               imsrest.CodeSyntax,
		"a=":                              imsrest.CodeSyntax,
		"a='":                             imsrest.CodeSyntax,
		"a='''":                           imsrest.CodeSyntax, // an escaped quote, and no end
		".a='x'":                          imsrest.CodeSyntax,
		"a..b='x'":                        imsrest.CodeSyntax,
		"a.='x'":                          imsrest.CodeSyntax,
		"a b='x'":                         imsrest.CodeSyntax,
		"a!'x'":                           imsrest.CodeSyntax,
		"a='x' AND":                       imsrest.CodeSyntax,
		"a='x'AND b='y":                   imsrest.CodeSyntax,
		"a='\xff'":                        imsrest.CodeSyntax,
		"a='x' AND b='y' AND c='z'":       imsrest.CodeOperators,
		"a='" + strings.Repeat("x", 3000): imsrest.CodeTooLong,
	} {
		_, err := imsrest.ParseFilter(filter, imsrest.FilterLimits{})
		requireCode(t, err, code, filter)
	}
}

func TestFilterTerms(t *testing.T) {
	three := imsrest.FilterLimits{Terms: 3}
	f, err := imsrest.ParseFilter("a='1' OR b~'2' OR c>='3'", three)
	require.NoError(t, err)
	require.True(t, f.Or)
	require.Equal(t, []imsrest.Term{{"a", imsrest.Equal, "1"}, {"b", imsrest.Contains, "2"}, {"c", imsrest.GreaterOrEqual, "3"}}, f.Terms)
	_, err = imsrest.ParseFilter("a='1' OR b~'2' AND c='3'", three)
	requireCode(t, err, imsrest.CodeOperators) // which binds closer is not said
}

func TestFilterString(t *testing.T) {
	f := &imsrest.Filter{Or: true, Terms: []imsrest.Term{{"title", imsrest.NotEqual, "x' OR y='"}, {"a.b", imsrest.Less, "''"}}}
	require.Equal(t, "title!='x'' OR y=''' OR a.b<''''''", f.String())
	again, err := imsrest.ParseFilter(f.String(), imsrest.FilterLimits{})
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
	limits := imsrest.FilterLimits{Bytes: 200, Terms: 3}
	wide := imsrest.FilterLimits{Bytes: 1000, Terms: 3} // doubled quotes take more room
	f.Fuzz(func(t *testing.T, s string) {
		parsed, err := imsrest.ParseFilter(s, limits)
		if err != nil {
			require.LessOrEqual(t, len(err.Error()), 300)
			return
		}
		require.LessOrEqual(t, len(s), limits.Bytes)
		require.LessOrEqual(t, len(parsed.Terms), limits.Terms)
		again, err := imsrest.ParseFilter(parsed.String(), wide)
		require.NoError(t, err)
		require.Equal(t, parsed.Terms, again.Terms)
		require.Equal(t, len(parsed.Terms) > 1 && parsed.Or, len(again.Terms) > 1 && again.Or)
	})
}
