package rest_test

import (
	"testing"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

var every = []rest.Minor{rest.FullSuccess, rest.InvalidSortField, rest.InvalidSelectionField, rest.InvalidFilterField, rest.InvalidQuery,
	rest.InvalidUUID, rest.InvalidData, rest.Unauthorised, rest.Forbidden, rest.UnknownObject, rest.NotAllowed, rest.NotAcceptable,
	rest.NotModified, rest.Misdirected, rest.ServerBusy, rest.InternalServerError}

// What a service says is in the enumeration of its published description, for what it
// has to say.
func TestVocabularies(t *testing.T) {
	inCASE := []rest.Minor{rest.FullSuccess, rest.InvalidSortField, rest.InvalidSelectionField, rest.InvalidQuery, rest.InvalidUUID,
		rest.Unauthorised, rest.Forbidden, rest.UnknownObject, rest.ServerBusy, rest.InternalServerError}
	for _, c := range []struct {
		file string
		v    rest.Vocabulary
		of   []rest.Minor
	}{
		{"case/specs/imscasev1p0_swagger.json", rest.CASE1p0, append(inCASE, rest.InvalidFilterField)},
		{"case/specs/imscasev1p1_openapi3_v1p0.json", rest.CASE1p1, inCASE},
		{"ob/schemas/ob_v3p0_2024-07/imsx_statusinfo.json", rest.Badges, every},
		{"ob/schemas/clr_v2p0/clr_v2p0_imsx_statusinfo_schema.json", rest.Badges, every},
	} {
		allowed := enumeration(t, c.file)
		for _, m := range c.of {
			require.Contains(t, allowed, c.v.Spell(m), c.file)
		}
	}
}

// enumeration is what a description allows for imsx_codeMinorFieldValue.
func enumeration(t *testing.T, file string) (allowed []string) {
	t.Helper()
	var look func(v any)
	look = func(v any) {
		object, _ := v.(map[string]any)
		field, _ := object["imsx_codeMinorFieldValue"].(map[string]any)
		words, _ := field["enum"].([]any)
		for _, word := range words {
			allowed = append(allowed, word.(string))
		}
		for _, inner := range object {
			look(inner)
		}
	}
	look(shared[any](t, file))
	require.NotEmpty(t, allowed, file)
	return allowed
}

func TestMinorsAreRead(t *testing.T) {
	for _, v := range []rest.Vocabulary{rest.CASE1p1, rest.CASE1p0, rest.Badges} {
		for _, m := range every {
			require.Contains(t, every, rest.ParseMinor(v.Spell(m)), m)
		}
		require.Equal(t, rest.Unauthorised, rest.ParseMinor(v.Spell(rest.Unauthorised)))
	}
	require.Equal(t, rest.ServerBusy, rest.ParseMinor("SERVER_Busy"))
	require.Equal(t, rest.Minor("Vendor_Own"), rest.ParseMinor("Vendor_Own"))
}
