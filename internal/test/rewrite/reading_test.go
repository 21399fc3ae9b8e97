package rewrite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
)

const shape = `{"id":"urn:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"urn:i","type":["Profile"],"name":"School","url":"https://s.example"},
"credentialSubject":{"id":"urn:s","type":["AchievementSubject"],"creditsEarned":2,"achievement":{"id":"urn:a","type":["Achievement"],"name":"Keel","tag":["a","b"],"creator":{"id":"urn:i","type":["Profile"],"name":"School"}}}}`

func read(t *testing.T, text string) string {
	t.Helper()
	r, err := rewrite.Read([]byte(text))
	require.NoError(t, err)
	return r
}

// changed is the shape with one text for another.
func changed(t *testing.T, from, to string) string {
	t.Helper()
	require.Contains(t, shape, from)
	return strings.Replace(shape, from, to, 1)
}

// What readers cannot tell apart reads alike.
func TestReadAlike(t *testing.T) {
	for name, change := range map[string][2]string{
		"order of types":            {`["VerifiableCredential","OpenBadgeCredential"]`, `["OpenBadgeCredential","VerifiableCredential"]`},
		"the other name of a badge": {`OpenBadgeCredential`, `AchievementCredential`},
		"order of tags":             {`["a","b"]`, `["b","a"]`},
		"a tag again":               {`["a","b"]`, `["b","a","b"]`},
		"an array of one":           {`"name":"Keel"`, `"name":["Keel"]`},
		"another number":            {`2,`, `2.0e0,`},
		"the creator by its id":     {`"creator":{"id":"urn:i","type":["Profile"],"name":"School"}`, `"creator":"urn:i"`},
		"the creator in full":       {`"type":["Profile"],"name":"School"}}`, `"type":["Profile"],"name":"School","url":"https://s.example"}}`},
		"a member of an extension":  {`"creditsEarned":2`, `"creditsEarned":2,"shoe":39`},
		"nothing":                   {`"creditsEarned":2`, `"creditsEarned":2,"role":null,"result":[]`},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, read(t, shape), read(t, changed(t, change[0], change[1]))) })
	}
}

// What readers can tell apart does not.
func TestReadApart(t *testing.T) {
	for name, change := range map[string][2]string{
		"another name":                {`"name":"Keel"`, `"name":"Kiel"`},
		"no name":                     {`"name":"Keel",`, ``},
		"a name by an IRI":            {`"name":"Keel"`, `"https://schema.org/name":"Keel"`},
		"a value object":              {`"name":"Keel"`, `"name":{"@value":"Keel"}`},
		"two names":                   {`"name":"Keel"`, `"name":["Keel","Keel"]`},
		"a text for a number":         {`2,`, `"2",`},
		"an id by another keyword":    {`"id":"urn:s"`, `"@id":"urn:s"`},
		"the issuer's url at creator": {`,"url":"https://s.example"},`, `},`},
		"a creator that says more":    {`"type":["Profile"],"name":"School"}}`, `"type":["Profile"],"name":"School","phone":"1"}}`},
		"a creator of another name":   {`"type":["Profile"],"name":"School"}}`, `"type":["Profile"],"name":"Other"}}`},
		"an embedded credential":      {`"creditsEarned":2`, `"creditsEarned":2,"source":{"id":"urn:x","endorsement":[{"id":"urn:e"}]}`},
	} {
		t.Run(name, func(t *testing.T) { require.NotEqual(t, read(t, shape), read(t, changed(t, change[0], change[1]))) })
	}
}

// The oracles hold an original's signatures good, and no longer when one letter of
// it is another.
func TestOracles(t *testing.T) {
	for _, o := range rewrite.Originals(t) {
		root, err := rewrite.Parse(o.Text)
		require.NoError(t, err)
		other, err := rewrite.Parse([]byte(strings.Replace(string(o.Text), `"urn:uuid:`, `"urn:uuie:`, 1)))
		require.NoError(t, err)
		for _, oracle := range []rewrite.Oracle{rewrite.Sieve(), rewrite.Gold()} {
			signed, err := oracle.Signed(root)
			require.NoError(t, err, o.Name)
			require.Equal(t, rewrite.Whole, oracle.Compare(signed, root), o.Name)
			require.NotEqual(t, rewrite.Whole, oracle.Compare(signed, other), o.Name)
		}
	}
}
