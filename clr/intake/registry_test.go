package intake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc"
)

const knownDIDs = `{"meta": {"created": "2024-01-02T03:04:05+00:00", "updated": "2025-06-07T08:09:10+02:00"}, "registry": {
	"did:web:school.example": {"name": "Harbour School", "location": "Harbour, Coast", "url": "https://school.example"},
	"did:key:z6MkpLDL3RoAoMRTwTgo3rs39ZwssfaPKtGdZw7AGRN7CK4W": {"name": "A College", "url": "javascript:alert(1)"}}}`

// Every form in use says the same of an issuer.
func TestParseRegistry(t *testing.T) {
	school := intake.Listed{ID: "did:web:school.example", Name: "Harbour School", Registry: "Pilot", Trust: "pilot"}
	for name, text := range map[string]string{
		"known DIDs":        `{"registry": {"did:web:school.example": {"name": "Harbour School"}}}`,
		"an object":         `{"did:web:school.example": {"name": "Harbour School"}}`,
		"names":             `{"did:web:school.example": "Harbour School"}`,
		"a list":            `[{"id": "did:web:school.example", "name": "Harbour School"}]`,
		"a list of DIDs":    `["did:web:other.example", {"did": "did:web:school.example", "name": "Harbour School"}]`,
		"an entry repeated": `[{"id": "did:web:school.example", "name": "Harbour School"}, {"id": "did:web:school.example", "name": "Harbour School"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			r, err := intake.ParseRegistry([]byte(text), intake.RegistryOptions{Name: "Pilot", Trust: "pilot"})
			require.NoError(t, err)
			l, ok := r.Issuer("did:web:school.example")
			require.True(t, ok)
			require.Equal(t, school, l)
			require.Empty(t, r.Problems())
			_, ok = r.Issuer("did:web:school.example.evil.example")
			require.False(t, ok)
		})
	}
}

func TestKnownDIDRegistry(t *testing.T) {
	r, err := intake.ParseRegistry([]byte(knownDIDs), intake.RegistryOptions{})
	require.NoError(t, err)
	require.Equal(t, 2, r.Len())
	require.Equal(t, time.Date(2025, 6, 7, 6, 9, 10, 0, time.UTC), r.Updated().UTC())
	l, _ := r.Issuer("did:web:school.example")
	require.Equal(t, intake.Listed{ID: "did:web:school.example", Name: "Harbour School", Location: "Harbour, Coast", URL: "https://school.example"}, l)
	l, _ = r.Issuer("did:key:z6MkpLDL3RoAoMRTwTgo3rs39ZwssfaPKtGdZw7AGRN7CK4W")
	require.Empty(t, l.URL, "an address that is none of the web")

	var none *intake.Registry
	_, ok := none.Issuer("did:web:school.example")
	require.False(t, ok)
	require.Zero(t, none.Len())
}

// What cannot be read is left out with a word, and the rest stays.
func TestRegistryEntriesLeftOut(t *testing.T) {
	r, err := intake.ParseRegistry([]byte(`{"registry": {"did:web:school.example": {"name": "Harbour School"},
		"school": {"name": "No identifier"}, "did:web:number.example": 7, "did:web:long.example": {"name": "`+strings.Repeat("n", 2000)+`"}}}`),
		intake.RegistryOptions{})
	require.NoError(t, err)
	require.Equal(t, 1, r.Len())
	var at []string
	for _, p := range r.Problems() {
		require.Equal(t, intake.CodeRegistryEntry, p.Code)
		require.Equal(t, vc.SeverityWarning, p.Severity)
		at = append(at, p.Pointer)
	}
	require.Equal(t, []string{"/registry/school", "/registry/did:web:number.example", "/registry/did:web:long.example"}, at)

	r, err = intake.ParseRegistry([]byte(`[{"id": "did:web:a.example", "name": "First"}, {"id": "did:web:a.example", "name": "Second"}]`), intake.RegistryOptions{})
	require.NoError(t, err)
	require.Equal(t, intake.CodeRegistryTwice, r.Problems()[0].Code)
	l, _ := r.Issuer("did:web:a.example")
	require.Equal(t, "First", l.Name)
}

func TestRegistryRefused(t *testing.T) {
	for name, test := range map[string]struct {
		text    string
		options intake.RegistryOptions
		code    vc.Code
	}{
		"no JSON":            {`registry`, intake.RegistryOptions{}, "json-syntax"},
		"a name twice":       {`{"did:web:a.example": {}, "did:web:a.example": {"name": "B"}}`, intake.RegistryOptions{}, "json-duplicate-name"},
		"a text":             {`"did:web:a.example"`, intake.RegistryOptions{}, intake.CodeRegistryForm},
		"something else":     {`{"id": "x", "type": "y"}`, intake.RegistryOptions{}, intake.CodeRegistryForm},
		"too many issuers":   {`["did:web:a.example", "did:web:b.example"]`, intake.RegistryOptions{MaxIssuers: 1}, intake.CodeRegistryTooLarge},
		"too many bytes":     {knownDIDs, intake.RegistryOptions{MaxBytes: 100}, "json-too-large"},
		"nested very deep":   {strings.Repeat("[", 100) + strings.Repeat("]", 100), intake.RegistryOptions{}, "json-too-deep"},
		"registry no object": {`{"registry": []}`, intake.RegistryOptions{}, intake.CodeRegistryForm},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := intake.ParseRegistry([]byte(test.text), test.options)
			require.ErrorIs(t, err, &vc.Problem{Code: test.code})
		})
	}
	r, err := intake.ParseRegistry([]byte(`{"registry": {}}`), intake.RegistryOptions{})
	require.NoError(t, err, "nobody is listed yet")
	require.Zero(t, r.Len())
}

// Whatever is read lists identifiers alone, under their own names.
func FuzzParseRegistry(f *testing.F) {
	f.Add([]byte(`{"registry": {"did:a:b": {"name": "c", "url": "https://d"}}}`))
	f.Add([]byte(`["did:a:b", {"id": "urn:c:d"}, 7]`))
	f.Add([]byte(`{"did:a:b": "c"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := intake.ParseRegistry(text, intake.RegistryOptions{MaxIssuers: 10})
		if err != nil {
			require.NotNil(t, vc.ProblemOf(err))
			return
		}
		require.LessOrEqual(t, r.Len(), 10)
		require.LessOrEqual(t, len(r.Problems()), 100)
		for l := range r.Listed() {
			again, ok := r.Issuer(l.ID)
			require.True(t, ok)
			require.Equal(t, l, again)
			require.True(t, vc.IsAbsoluteIRI(l.ID))
		}
	})
}
