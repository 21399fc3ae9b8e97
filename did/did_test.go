package did_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
)

func requireCode(t testing.TB, code did.Code, err error, note ...any) *did.Error {
	t.Helper()
	var e *did.Error
	require.ErrorAs(t, err, &e, note...)
	require.Equal(t, code, e.Code, note...)
	require.ErrorIs(t, err, &did.Error{Code: code})
	require.NotEmpty(t, e.Type, note...)
	require.NotEmpty(t, e.Error())
	return e
}

func TestParse(t *testing.T) {
	for text, want := range map[string]did.DID{
		"did:key:z6Mk":                       {Method: "key", ID: "z6Mk"},
		"did:web:example.com%3A3000:a:b":     {Method: "web", ID: "example.com%3A3000:a:b"},
		"did:3:a::b":                         {Method: "3", ID: "a::b"},
		"did:example:a.b-c_d%C3%a9":          {Method: "example", ID: "a.b-c_d%C3%a9"},
		"did:example::x":                     {Method: "example", ID: ":x"},
		"did:x:" + strings.Repeat("a", 4090): {Method: "x", ID: strings.Repeat("a", 4090)},
	} {
		d, err := did.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, d)
		require.Equal(t, text, d.String())
	}
	for _, text := range []string{
		"", "did", "did:", "did:a", "did:a:", "did::a", "did:a:b:", "DID:a:b", "did:A:b", "did:a_b:c", "did:a:b c", "did:a:b\n",
		"did:a:é", "did:a:b%", "did:a:b%2", "did:a:b%2g", "did:a:b%zz", "did:a:b/", "did:a:b/c", "did:a:b?c", "did:a:b#c", "did:a:b#",
		" did:a:b", "did:a:b;c", "did:a:b@c", "https://example.com", "did:x:" + strings.Repeat("a", 4091), "did:a:\x00", "did:a:/b", "did:a:?b", "did:a:#b",
	} {
		_, err := did.Parse(text)
		requireCode(t, did.CodeInvalidDID, err, text)
	}
}

func TestParseURL(t *testing.T) {
	for text, want := range map[string]did.URL{
		"did:a:b":                           {DID: did.DID{Method: "a", ID: "b"}},
		"did:a:b#":                          {DID: did.DID{Method: "a", ID: "b"}, Fragment: "#"},
		"did:a:b/":                          {DID: did.DID{Method: "a", ID: "b"}, Path: "/"},
		"did:a:b?":                          {DID: did.DID{Method: "a", ID: "b"}, Query: "?"},
		"did:a:b/p;x=1/q?a=/?b#f/g?h":       {DID: did.DID{Method: "a", ID: "b"}, Path: "/p;x=1/q", Query: "?a=/?b", Fragment: "#f/g?h"},
		"did:a:b?service=f&relativeRef=%2F": {DID: did.DID{Method: "a", ID: "b"}, Query: "?service=f&relativeRef=%2F"},
		"did:a:b#c?d":                       {DID: did.DID{Method: "a", ID: "b"}, Fragment: "#c?d"},
	} {
		u, err := did.ParseURL(text)
		require.NoError(t, err, text)
		require.Equal(t, want, u)
		require.Equal(t, text, u.String())
	}
	for _, text := range []string{"did:a:b#c#d", "did:a:b/ ", "did:a:b#é", "did:a:b?[", "did:a:b#%", "did:a:b/\"", "/p"} {
		_, err := did.ParseURL(text)
		requireCode(t, did.CodeInvalidDID, err, text)
	}
}

func TestAbsolute(t *testing.T) {
	for _, test := range [][3]string{
		{"did:a:b", "#k", "did:a:b#k"},
		{"did:a:b", "", "did:a:b"},
		{"did:a:b", "did:c:d#k", "did:c:d#k"},
		{"did:a:b", "https://example.com/x#k", "https://example.com/x#k"},
		{"did:a:b", "/p/q?r#k", "did:a:b/p/q?r#k"},
		{"did:a:b/x/y", "z", "did:a:b/x/z"},
		{"did:a:b/x/y", "../z/.#k", "did:a:b/z/#k"},
		{"did:a:b", "../../z", "did:a:b/z"},
		{"did:a:b", "p", "did:a:b/p"},
		{"did:a:b/x", "?q", "did:a:b/x?q"},
		{"https://example.com/a", "#k", "https://example.com/a#k"},
		{"https://example.com/a/b?c", "#k", "https://example.com/a/b?c#k"},
		{"https://example.com/a/b", "c#k", "https://example.com/a/c#k"},
		{"https://example.com", "/c", "https://example.com/c"},
		{"https://example.com/a", "//other.example/b", "https://other.example/b"},
	} {
		got, err := did.Absolute(test[0], test[1])
		require.NoError(t, err, test)
		require.Equal(t, test[2], got, test)
	}
	for _, test := range [][2]string{
		{"did:a:b", "#k k"}, {"did:a:b", "did:A:b"}, {"did:a:b", "https://"}, {"did:a:b", "https:///x"}, {"did:a:b", "http:x"},
		{"did:a:b", "urn:"}, {"nothing", "#k"}, {"https://example.com", "\x00"}, {"did:a", "/x"}, {"https://example.com/", "%zz"},
		{"did:a:b", "https://exa mple.com"}, {"did:a:b", "https://" + strings.Repeat("a", 5000)}, {"did:a:b", "https://example.com/<x>"},
	} {
		got, err := did.Absolute(test[0], test[1])
		var e *did.Error
		require.ErrorAs(t, err, &e, test)
		require.Contains(t, []did.Code{did.CodeInvalidURL, did.CodeInvalidDID}, e.Code)
		require.Empty(t, got)
	}
}

// FuzzParseURL: what parses is written back as it was, its DID parses alone, and
// a fragment resolves against it to a URL that parses.
func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{"did:a:b", "did:web:x%3A1:y/p?q#f", "did:a:b:", "did:a::b#", "did:a:b?x/y"} {
		f.Add(seed, "#k")
	}
	f.Add("did:a:b/c/d", "../e")
	f.Add("https://example.com/a", "b?c#d")
	f.Fuzz(func(t *testing.T, text, reference string) {
		absolute, err := did.Absolute(text, reference)
		if err == nil && strings.HasPrefix(absolute, "did:") {
			_, err = did.ParseURL(absolute)
			require.NoError(t, err)
		}
		u, err := did.ParseURL(text)
		if err != nil {
			return
		}
		require.Equal(t, text, u.String())
		d, err := did.Parse(u.DID.String())
		require.NoError(t, err)
		require.Equal(t, u.DID, d)
		if len(text) < did.MaxLength-2 {
			absolute, err = did.Absolute(text, "#k")
			require.NoError(t, err)
			require.True(t, strings.HasSuffix(absolute, "#k"))
		}
	})
}
