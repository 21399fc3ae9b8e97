package ob_test

import (
	stdjson "encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// canonical is a JSON text by value: white space gone, members in order, numbers
// and strings in one form each.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	v := jsontext.Value(text).Clone()
	require.NoError(t, v.Format(jsontext.ReorderRawObjects(true)))
	return string(v)
}

func TestSamplesRoundTrip(t *testing.T) {
	folders := []string{
		"valid/ob3-official", "valid/ob3-dcc", "valid/ob3-mit", "valid/ob3-plugfest", "valid/ob3-unsigned", "valid/spec-examples",
		"valid/learncard-unsigned", "invalid/ob3-official", "invalid/ob3-dcc", "invalid/ob3-edubadges", "invalid/ob3-mit",
		"invalid/ob3-unsigned", "invalid/learncard-unsigned", "invalid/learncard",
	}
	for _, file := range testkit.Samples(t, folders...) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if jsontext.Value(text).Kind() != '{' {
			continue
		}
		name := filepath.Base(file)
		var badge ob.AchievementCredential
		require.NoError(t, vc.Unmarshal(text, &badge), name)
		out, err := vc.Marshal(badge)
		require.NoError(t, err, name)
		require.Equal(t, canonical(t, text), canonical(t, out), name)

		var endorsement ob.EndorsementCredential
		require.NoError(t, vc.Unmarshal(text, &endorsement), name)
		out, err = vc.Marshal(endorsement)
		require.NoError(t, err, name)
		require.Equal(t, canonical(t, text), canonical(t, out), name)
	}
}

// A draft is written in the order of the specification, whatever its struct embeds.
func TestMembersAreWrittenInTheirOrder(t *testing.T) {
	const (
		dates = `"validFrom":"2026-01-01T00:00:00Z","validUntil":"2026-01-01T00:00:00Z",` +
			`"issuanceDate":"2026-01-01T00:00:00Z","expirationDate":"2026-01-01T00:00:00Z",`
		rest = `"credentialSchema":[],"credentialStatus":[],"relatedResource":[],"refreshService":[],"termsOfUse":[],"proof":[],"a":1,"z":2}`
	)
	for text, model := range map[string]interface{ Identifier() vc.IRI }{
		`{"@context":[],"id":"urn:c","type":"T","name":"n","description":"d","image":"urn:p","awardedDate":"2026-01-01T00:00:00Z",` +
			`"issuer":"urn:i",` + dates + `"credentialSubject":{"id":"urn:s"},"endorsement":[],"endorsementJwt":[],"evidence":[],` +
			rest: &ob.AchievementCredential{},
		`{"@context":[],"id":"urn:c","type":"T","name":"n","description":"d","awardedDate":"2026-01-01T00:00:00Z",` +
			`"issuer":"urn:i",` + dates + `"credentialSubject":{"id":"urn:s"},` + rest: &ob.EndorsementCredential{},
	} {
		require.NoError(t, vc.Unmarshal([]byte(text), model))
		require.Equal(t, vc.IRI("urn:c"), model.Identifier())
		out, err := vc.Marshal(model)
		require.NoError(t, err)
		require.Equal(t, text, string(out))
		require.Len(t, reflect.ValueOf(model).Elem().FieldByName("Extra").Interface(), 2, "all else has a field")
	}
}

var (
	models = []any{
		ob.AchievementCredential{}, ob.AchievementSubject{}, ob.Evidence{}, ob.Image{}, ob.Achievement{}, ob.Criteria{}, ob.Related{},
		ob.Alignment{}, ob.Result{}, ob.ResultDescription{}, ob.RubricCriterionLevel{}, ob.Profile{}, ob.Address{}, ob.GeoCoordinates{},
		ob.IdentifierEntry{}, ob.IdentityObject{}, ob.EndorsementCredential{}, ob.EndorsementSubject{},
	}
	classes = slices.Concat(models,
		[]any{vc.Credential{}, vc.Proof{}, vc.CredentialStatus{}, vc.RelatedResource{}, vc.Issuer{}, vc.Typed{}})
)

// Every object that the model can hold keeps what it does not know, reads and
// writes by the strict codec, and leaves nothing out that was there.
func TestEveryClassKeepsWhatItDoesNotKnow(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, class := range classes {
		walkTypes(t, reflect.TypeOf(class), seen)
	}
	for typ := range seen {
		require.Contains(t, classTypes(), typ, "the list of classes lacks %s", typ)
	}
}

func classTypes() (types []reflect.Type) {
	for _, class := range classes {
		types = append(types, reflect.TypeOf(class))
	}
	return types
}

// walkTypes visits each struct type with JSON members below typ.
func walkTypes(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice:
		walkTypes(t, typ.Elem(), seen)
		return
	case reflect.Struct:
	default:
		return
	}
	if strings.HasPrefix(typ.Name(), "OneOrMany[") {
		f, _ := typ.FieldByName("Items")
		walkTypes(t, f.Type, seen)
		return
	}
	if strings.HasPrefix(typ.Name(), "Ref[") {
		f, _ := typ.FieldByName("Object")
		walkTypes(t, f.Type, seen)
		return
	}
	if typ == reflect.TypeFor[vc.DateTime]() || typ == reflect.TypeFor[vc.Text]() || seen[typ] {
		return
	}
	seen[typ] = true
	extra, ok := typ.FieldByName("Extra")
	require.True(t, ok, "%s has no Extra", typ)
	require.Equal(t, reflect.TypeFor[vc.Extra](), extra.Type)
	require.True(t, typ.Implements(reflect.TypeFor[stdjson.Marshaler]()), "%s writes itself as a value", typ)
	require.True(t, reflect.PointerTo(typ).Implements(reflect.TypeFor[stdjson.Unmarshaler]()), "%s", typ)
	unknown := []byte(`{"https://example.org/#unknown":{"a":[1.50,null,""]}}`)
	object := reflect.New(typ).Interface()
	require.NoError(t, stdjson.Unmarshal(unknown, object), "%s", typ)
	out, err := vc.Marshal(object)
	require.NoError(t, err)
	require.Equal(t, string(unknown), string(out), "%s", typ)
	for _, f := range reflect.VisibleFields(typ) {
		if f.Name == "Extra" || f.Anonymous {
			continue
		}
		keepsEmpty(t, typ, f)
		walkTypes(t, f.Type, seen)
	}
}

// keepsEmpty checks that a member survives with each value that a field could
// take for absence, and with one of the wrong kind.
func keepsEmpty(t *testing.T, typ reflect.Type, f reflect.StructField) {
	if !f.IsExported() {
		return // no member
	}
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	require.Equal(t, "omitzero", options, "%s.%s", typ, f.Name)
	for _, value := range []string{`null`, `""`, `{}`, `[]`, `false`, `0`, `7.0`} {
		text := `{"` + name + `":` + value + `}`
		object := reflect.New(typ).Interface()
		require.NoError(t, vc.Unmarshal([]byte(text), object), "%s %s", typ, text)
		out, err := vc.Marshal(object)
		require.NoError(t, err, "%s %s", typ, text)
		require.Equal(t, text, string(out), "%s", typ)
	}
}

func TestNestingIsBounded(t *testing.T) {
	deep := func(n int) []byte {
		return []byte(strings.Repeat(`{"parentOrg":`, n) + `{}` + strings.Repeat(`}`, n))
	}
	var p ob.Profile
	require.NoError(t, vc.Unmarshal(deep(60), &p))
	require.ErrorIs(t, vc.Unmarshal(deep(70), &p), &vc.Problem{Code: "json-too-deep"})
}

// Whatever decodes is written so that it decodes to the same, and what is
// written says the same as what was read.
func FuzzAchievementCredential(f *testing.F) {
	for _, name := range []string{"minimal.json", "full.json"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(`{"credentialSubject":{},"issuer":"","image":{"id":null},"endorsement":[{"issuer":{"parentOrg":{}}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var first, second ob.AchievementCredential
		if vc.Unmarshal(b, &first) != nil {
			return
		}
		out, err := vc.Marshal(first)
		require.NoError(t, err)
		require.NoError(t, vc.Unmarshal(out, &second))
		again, err := vc.Marshal(second)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
		if jsontext.Value(b).Kind() == '{' {
			require.Equal(t, canonical(t, b), canonical(t, out))
		}
	})
}
