package clr_test

import (
	stdjson "encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

func canonical(t *testing.T, text []byte) string {
	t.Helper()
	v := jsontext.Value(text).Clone()
	require.NoError(t, v.Format(jsontext.ReorderRawObjects(true)))
	return string(v)
}

func fixture(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/record.json")
	require.NoError(t, err)
	return text
}

func roundTrip(t *testing.T, name string, text []byte) {
	t.Helper()
	var c clr.ClrCredential
	require.NoError(t, vc.Unmarshal(text, &c), name)
	out, err := stdjson.Marshal(c)
	require.NoError(t, err, name)
	require.Equal(t, canonical(t, text), canonical(t, out), name)
}

func TestRecordRoundTrips(t *testing.T) { roundTrip(t, "record.json", fixture(t)) }

func TestSamplesRoundTrip(t *testing.T) {
	var files []string
	for _, pattern := range []string{
		"valid/clr2-official/*.json", "invalid/clr2-official/*.json", "invalid/learncard-unsigned/clr__*.json",
	} {
		found, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/samples"), pattern))
		require.NoError(t, err)
		files = append(files, found...)
	}
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		roundTrip(t, filepath.Base(file), text)
	}
}

// A draft is written in the order of the specification, whatever its struct embeds.
func TestMembersAreWrittenInTheirOrder(t *testing.T) {
	const all = `{"@context":[],"id":"urn:c","type":"T","name":"n","description":"d","image":"urn:p","partial":false,` +
		`"awardedDate":"2026-01-01T00:00:00Z","issuer":"urn:i","validFrom":"2026-01-01T00:00:00Z",` +
		`"validUntil":"2026-01-01T00:00:00Z","issuanceDate":"2026-01-01T00:00:00Z","expirationDate":"2026-01-01T00:00:00Z",` +
		`"credentialSubject":{"id":"urn:s"},"endorsement":[],"endorsementJwt":[],"evidence":[],"credentialSchema":[],` +
		`"credentialStatus":[],"relatedResource":[],"refreshService":[],"termsOfUse":[],"proof":[],"a":1,"z":2}`
	var c clr.ClrCredential
	require.NoError(t, vc.Unmarshal([]byte(all), &c))
	require.Equal(t, []string{"a", "z"}, c.Extra.Names(), "all else has a field")
	out, err := vc.Marshal(c)
	require.NoError(t, err)
	require.Equal(t, all, string(out))
}

func TestEveryClassKeepsWhatItDoesNotKnow(t *testing.T) {
	for _, class := range []any{&clr.ClrCredential{}, &clr.ClrSubject{}, &clr.Association{}} {
		typ := reflect.TypeOf(class).Elem()
		for _, f := range reflect.VisibleFields(typ) {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if options == "embed" || f.Anonymous {
				continue
			}
			require.Equal(t, "omitzero", options)
			for _, value := range []string{`null`, `""`, `{}`, `[]`, `false`, `0`, `7.0`} {
				text := `{"` + name + `":` + value + `,"https://example.org/#x":[1.50]}`
				object := reflect.New(typ).Interface()
				require.NoError(t, vc.Unmarshal([]byte(text), object), text)
				out, err := stdjson.Marshal(object)
				require.NoError(t, err)
				require.Equal(t, text, string(out), "%s", typ)
			}
		}
	}
}

// Nested credentials come back byte for byte but for white space: escapes,
// numbers and the order of members stay.
func TestNestedCredentialsStayBytes(t *testing.T) {
	const nested = `{"b":"\u00e9\/","a":1.0E+2,"proof":{"z":"<&>"}}`
	c := clr.NewClrCredential(clr.Record{Credentials: [][]byte{[]byte(nested)}})
	text, err := c.JSON()
	require.NoError(t, err)
	require.Contains(t, string(text), nested)
	text, err = vc.Marshal(c)
	require.NoError(t, err)
	require.Contains(t, string(text), nested)
}

// Whatever decodes is written so that it decodes to the same.
func FuzzClrCredential(f *testing.F) {
	f.Add(fixture(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		var first, second clr.ClrCredential
		if vc.Unmarshal(b, &first) != nil {
			return
		}
		out, err := vc.Marshal(first)
		require.NoError(t, err)
		require.NoError(t, vc.Unmarshal(out, &second))
		again, err := vc.Marshal(second)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
	})
}
