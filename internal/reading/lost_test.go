package reading_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// lost lists the members that a decoded model keeps aside although it has a field
// for them: whoever reads the field finds nothing.
func lost(v reflect.Value) (names []string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return lost(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return nil
		}
		for i := range v.Len() {
			names = append(names, lost(v.Index(i))...)
		}
	case reflect.Struct:
		var own []string
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				names = append(names, lost(v.Field(i))...)
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				own = append(own, name)
			}
		}
		if extra, ok := v.Type().FieldByName("Extra"); ok {
			for name := range v.FieldByIndex(extra.Index).Interface().(vc.Extra) {
				if slices.Contains(own, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// replaced yields the document with each member of each object in turn replaced by
// values of every kind.
func replaced(t testing.TB, text string, yield func(name, text string)) {
	var root any
	require.NoError(t, json.Unmarshal([]byte(text), &root))
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				member := v[name]
				if strings.HasPrefix(name, "@") || name == "proof" {
					continue
				}
				for _, other := range []any{7.5, true, nil, "x", map[string]any{"x": "y"}, []any{}, []any{"x", "y"}, []any{7.5},
					[]any{map[string]any{"x": 1.0}}, []any{[]any{"x"}}, []any{nil}} {
					v[name] = other
					out, err := json.Marshal(root)
					require.NoError(t, err)
					yield(name, string(out))
				}
				v[name] = member
				walk(member)
			}
		case []any:
			for _, item := range v {
				walk(item)
			}
		}
	}
	walk(root)
}

// models are a document of each kind and the model that it is read into.
func models() map[string]func() any {
	return map[string]func() any{
		"../../ob/testdata/full.json":        func() any { return new(ob.AchievementCredential) },
		"../../ob/testdata/old.json":         func() any { return new(ob.AchievementCredential) },
		"../../ob/testdata/endorsement.json": func() any { return new(ob.EndorsementCredential) },
		"../../ob/testdata/credential.json":  func() any { return new(vc.Credential) },
		"../../clr/testdata/record.json":     func() any { return new(clr.ClrCredential) },
	}
}

// What does not fit a model is said by the rules, in every form of credential: nothing
// that the model has a field for decodes to an empty field without a word.
func TestNothingIsLostWithoutAWord(t *testing.T) {
	// Read by whoever checks the status, who says what is wrong with it.
	elsewhere := []string{"statusPurpose", "statusListIndex", "statusListCredential"}
	tried := 0
	for file, model := range models() {
		text, err := os.ReadFile(filepath.FromSlash(file))
		require.NoError(t, err)
		baseline := said(t, string(text))
		replaced(t, string(text), func(name, text string) {
			into := model()
			if slices.Contains(elsewhere, name) || vc.Unmarshal([]byte(plain(t, text)), into) != nil {
				return // who cannot decode is told
			}
			if slices.Contains(lost(reflect.ValueOf(into)), name) {
				tried++
				require.NotEqual(t, baseline, said(t, text), "%s is lost of %s", name, text)
			}
		})
	}
	t.Log(tried, "members that do not fit")
	require.Greater(t, tried, 500)
}

// inLanguages yields the document with each text in turn replaced by keel in each form
// that a text may have.
func inLanguages(t testing.TB, text string, yield func(name, text string)) {
	const keel = "Kiellegung"
	forms := []string{
		`{"@value":"` + keel + `","@language":"de"}`, `{"@value":"` + keel + `","@direction":"ltr"}`, `["` + keel + `"]`,
		`[{"@value":"` + keel + `","@language":"de"}]`, `[{"@value":"Z","@language":"zh"},{"@value":"` + keel + `","@language":"de"}]`,
		`{"de":"` + keel + `"}`, `{"de":["` + keel + `"],"zh":"Z"}`, `["` + keel + `",{"@value":"Z","@language":"en"}]`,
	}
	var root any
	require.NoError(t, json.Unmarshal([]byte(text), &root))
	var walk func(name string, v any, set func(any))
	walk = func(name string, v any, set func(any)) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if name != "proof" && name[0] != '@' { // a context, a keyword
					walk(name, v[name], func(other any) { v[name] = other })
				}
			}
		case []any:
			for i := range v {
				if name != "name" { // in several languages already
					walk(name, v[i], func(other any) { v[i] = other })
				}
			}
		case string:
			for _, form := range forms {
				set(json.RawMessage(form))
				out, err := json.Marshal(root)
				require.NoError(t, err)
				yield(name, string(out))
			}
			set(v)
		}
	}
	walk("", root, nil)
}

// A text in any form that the rules let stand is read: no field is empty and no
// document is beyond decoding for it.
func TestTextsInLanguagesAreRead(t *testing.T) {
	tried := map[string]bool{}
	for file, model := range models() {
		text, err := os.ReadFile(filepath.FromSlash(file))
		require.NoError(t, err)
		baseline := errorsIn(said(t, string(text)))
		inLanguages(t, string(text), func(name, text string) {
			if len(errorsIn(said(t, text))) > len(baseline) {
				return
			}
			tried[name] = true
			into := model()
			require.NoError(t, vc.Unmarshal([]byte(plain(t, text)), into), text)
			require.True(t, reads(reflect.ValueOf(into), "Kiellegung"), "%s is not read of %s", name, text)
		})
	}
	for _, name := range []string{"name", "description", "narrative", "caption", "tag", "role", "licenseNumber", "value"} {
		require.True(t, tried[name], name)
	}
	require.False(t, tried["status"], "a term has no language")
	require.False(t, tried["url"], "an IRI has no language")
}

func errorsIn(lines []string) (found []string) {
	for _, line := range lines {
		if strings.HasPrefix(line, "error ") {
			found = append(found, line)
		}
	}
	return found
}

// reads reports whether some field of a decoded model is the text, or the raw text of
// what it keeps has it.
func reads(v reflect.Value, want string) bool {
	if v.Kind() == reflect.Struct || v.Kind() == reflect.String {
		if text, ok := v.Interface().(vc.Text); ok {
			return text.In("de") == want
		}
	}
	switch v.Kind() {
	case reflect.String:
		return v.String() == want
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && reads(v.Elem(), want)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return strings.Contains(string(v.Bytes()), want)
		}
		for i := range v.Len() {
			if reads(v.Index(i), want) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Extra" && reads(v.Field(i), want) {
				return true
			}
		}
		if extra, ok := v.Type().FieldByName("Extra"); ok { // what the model has no field for
			for name, raw := range v.FieldByIndex(extra.Index).Interface().(vc.Extra) {
				if !slices.Contains(fieldNames(v.Type()), name) && strings.Contains(string(raw), want) {
					return true
				}
			}
		}
	}
	return false
}

func fieldNames(t reflect.Type) (names []string) {
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// said is what the rules say of a document.
func said(t testing.TB, text string) (lines []string) {
	doc, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	for _, f := range rules.Check(doc, rules.Options{}) {
		lines = append(lines, f.Severity.String()+" "+string(f.Code)+" "+f.Pointer)
	}
	return lines
}
