package ob2_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/schema"
	"github.com/laurel-edu/laurel/vc/verify"
)

const w3id = "https://w3id.org/openbadges/extensions/"

// Extensions are checked by the schemas of their types: published ones without a request,
// others where their context and their schema can be had.
func TestExtensions(t *testing.T) {
	own := func(o *school.Old) {
		o.Web.Put("https://moods.example/context", "application/ld+json", []byte(`{"@context": {"moods": "https://moods.example/#",
			"mood": "moods:mood"}, "obi:validation": [{"obi:validatesType": "moods:Mood", "obi:validationSchema": "https://moods.example/schema"}]}`))
		o.Web.Put("https://moods.example/schema", "application/json", []byte(`{"required": ["mood"], "properties": {"mood": {"enum": ["glad", "sad"]}}}`))
	}
	for _, c := range []struct {
		name, extension string
		code            vc.Code // "" where it fits
		verdict         verify.Verdict
		pointer         string
	}{
		{"fits", `{"@context":"` + w3id + `applyLinkExtension/context.json","type":["Extension","extensions:ApplyLink"],"url":"https://a.example"}`,
			"", verify.VerdictVerified, ""},
		{"at its other address", `{"@context":"https://openbadgespec.org/extensions/applyLinkExtension/context.json",
			"type":["Extension","extensions:ApplyLink"],"url":"no link"}`, ob2.CodeExtensionMisfits, verify.VerdictNotVerified, "/url"},
		{"lacks a member", `{"@context":"https://purl.imsglobal.org/spec/ob-exdesc/v1p0/context/",
			"type":["Extension","extensions:ExtraDescriptionExtension"],"name":"More"}`, ob2.CodeExtensionMisfits, verify.VerdictNotVerified, ""},
		{"by the IRI of a term", `{"@context":"` + w3id + `exampleExtension/context.json","type":["Extension","extensions:ExampleExtension"],
			"http://schema.org/text":1337}`, ob2.CodeExtensionMisfits, verify.VerdictNotVerified, "/exampleProperty"},
		{"by a compact IRI and as a value", `{"@context":"` + w3id + `exampleExtension/context.json","@type":["obi:Extension"],"type":["Extension",
			"extensions:ExampleExtension"],"schema:text":{"@value":"yes"}}`, "", verify.VerdictVerified, ""},
		{"a member twice", `{"@context":"` + w3id + `exampleExtension/context.json","type":["Extension","extensions:ExampleExtension"],
			"http://schema.org/text":"a","exampleProperty":"b"}`, ob2.CodeExtensionMisfits, verify.VerdictNotVerified, "/exampleProperty"},
		{"one of another type than its context", `{"@context":"` + w3id + `exampleExtension/context.json","type":["Extension","extensions:Mood"]}`,
			ob2.CodeExtensionType, verify.VerdictNotVerified, ""},
		{"two at once", `{"@context":["` + w3id + `exampleExtension/context.json","` + w3id + `applyLinkExtension/context.json"],
			"type":["Extension","extensions:ExampleExtension","extensions:ApplyLink"],"exampleProperty":"x","url":7}`,
			ob2.CodeExtensionMisfits, verify.VerdictNotVerified, "/url"},
		{"an unknown context", `{"@context":"https://nowhere.example/context","type":["Extension","extensions:Mood"],"mood":"glad"}`,
			ob2.CodeExtensionUnread, verify.VerdictVerified, ""},
		{"somebody's own", `{"@context":"https://moods.example/context","type":["Extension","https://moods.example/#Mood"],"mood":"glad"}`,
			"", verify.VerdictVerified, ""},
		{"somebody's own that misfits", `{"@context":"https://moods.example/context","type":["Extension","https://moods.example/#Mood"],
			"https://moods.example/#mood":"bad"}`, ob2.CodeExtensionMisfits, verify.VerdictNotVerified, "/mood"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for place, pointer := range map[string]string{school.OldAssertion: "", school.OldBadge: "/badge", school.OldIssuer: "/badge/issuer"} {
				o := school.NewOld()
				own(o)
				delete(o.At[school.OldAssertion], "extensions:mood")
				o.At[place]["extensions:here"] = []any{object(c.extension)}
				r := inspect(t, o, o.Text(school.OldAssertion), ob2.Options{})
				require.Equal(t, c.verdict, r.Verdict, r.Problems())
				var found []*vc.Problem
				for _, check := range r.Checks {
					if check.Name == verify.CheckSchema {
						found = append(check.Problems, check.Warnings...)
					}
				}
				if c.code == "" {
					require.Empty(t, found)
					continue
				}
				require.Equal(t, []vc.Code{c.code}, codesOf(found))
				require.Equal(t, pointer+"/extensions:here/0"+c.pointer, found[0].Pointer)
			}
		})
	}
}

// A badge full of extensions is checked as far as the limit, which is told of.
func TestManyExtensions(t *testing.T) {
	o := school.NewOld()
	delete(o.At[school.OldAssertion], "extensions:mood")
	var all []any
	for i := range 100 {
		all = append(all, object(fmt.Sprintf(`{"@context":"https://e%d.example/c","type":["Extension","extensions:X"]}`, i)))
	}
	o.At[school.OldAssertion]["extensions:x"] = all
	r := inspect(t, o, o.Text(school.OldAssertion), ob2.Options{})
	require.Equal(t, verify.VerdictVerified, r.Verdict)
	require.Len(t, r.Warnings(), 33)
	require.Zero(t, o.Web.Asked("https://e90.example/c"))
}

// What 1EdTech publishes is judged as its published schemas do, by members left out and
// values of all kinds, but for what is documented otherwise.
func TestPublishedExtensions(t *testing.T) {
	const at = "ob/contexts/extensions-ob2"
	folders, err := filepath.Glob(filepath.Join(testkit.Shared(t, at), "*"))
	require.NoError(t, err)
	require.Len(t, folders, 11)
	random := rand.New(rand.NewPCG(2, 0))
	for _, folder := range folders {
		name := filepath.Base(folder)
		text, err := os.ReadFile(filepath.Join(folder, "schema.json"))
		require.NoError(t, err)
		if name == "accessibilityExtension" || name == "licenseExtension" {
			continue // no schema of its draft; excludes the URL of a license
		}
		var published map[string]any
		text = []byte(strings.ReplaceAll(string(text), dated, `^([0-9]{4}-(1[0-2]|0[1-9])-|[0-9]{4}(1[0-2]|0[1-9]))(3[01]|0[1-9]|[12][0-9])$`))
		require.NoError(t, json.Unmarshal(text, &published))
		kind := school.NewOld()
		agree, fits := 0, 0
		for range 150 {
			value, ok := instance(random, published, published, 0).(map[string]any)
			if !ok {
				continue
			}
			raw, err := json.Marshal(value)
			require.NoError(t, err)
			want := schema.Evaluate(t.Context(), raw, "https://schemas.example/", text, schema.Options{})
			require.NotEqual(t, schema.StateUnknown, want.State, want.Problems)
			value["@context"], value["type"] = w3id+name+"/context.json", []any{"Extension", ob2.PublishedType(name)}
			kind.At[school.OldAssertion]["extensions:mood"] = value
			r := inspect(t, kind, kind.Text(school.OldAssertion), ob2.Options{})
			got := r.Verdict == verify.VerdictVerified
			require.Equal(t, want.State == schema.StateFits, got, "%s %s: %v, but %v", name, raw, want.Problems, r.Problems())
			if agree++; got {
				fits++
			}
		}
		require.Positive(t, fits, name)
		require.True(t, name == "recipientProfile" || fits < agree, name)
	}
}

// dated is a pattern that refers back, which takes an expression of another kind.
const dated = `^([0-9]{4})(-?)(1[0-2]|0[1-9])\\2(3[01]|0[1-9]|[12][0-9])$`

// instance draws a value for a schema that mostly fits.
func instance(random *rand.Rand, s, root map[string]any, depth int) any {
	if ref, ok := s["$ref"].(string); ok {
		return instance(random, root["definitions"].(map[string]any)[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any), root, depth)
	}
	if choices, ok := s["oneOf"].([]any); ok {
		return instance(random, choices[random.IntN(len(choices))].(map[string]any), root, depth)
	}
	if random.IntN(40) == 0 {
		return []any{7, "text", true, nil, []any{}, map[string]any{}}[random.IntN(6)]
	}
	if values, ok := s["enum"].([]any); ok {
		return values[random.IntN(len(values))]
	}
	switch s["type"] {
	case "object":
		o := map[string]any{}
		required, _ := s["required"].([]any)
		members, _ := s["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			member, must := members[name], slices.Contains(required, any(name))
			if must && random.IntN(20) > 0 || !must && depth < 6 && random.IntN(3) == 0 {
				o[name] = instance(random, member.(map[string]any), root, depth+1)
			}
		}
		return o
	case "array":
		return []any{instance(random, s["items"].(map[string]any), root, depth+1)}
	case "number":
		return random.IntN(100)
	case "boolean":
		return random.IntN(2) == 0
	}
	texts := []string{"a text", "https://a.example/b", "2024-05-01", "20240501", "2024-0501", "2024-05-01T10:00:00Z",
		"6deb4a00-ebce-4b28-8cc2-afa705ef7be4", "CC-BY"}
	switch pattern, _ := s["pattern"].(string); {
	case random.IntN(10) == 0:
	case s["format"] == "uri":
		return texts[1]
	case s["format"] == "date-time":
		return texts[5]
	case strings.Contains(pattern, "a-f"):
		return texts[6]
	}
	return texts[random.IntN(len(texts))]
}
