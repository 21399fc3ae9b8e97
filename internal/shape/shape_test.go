package shape_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// A small table with one member of each sort.
func table() []shape.Class {
	short := &shape.Format{Name: "Short", Check: func(s string) string {
		if len(s) > 5 {
			return "too-long"
		}
		return ""
	}}
	extension := func(s string) bool { return strings.HasPrefix(s, "ext:") }
	colour := &shape.Enum{Name: "Colour", Terms: []string{"red", "blue"}, Extension: extension}
	return []shape.Class{
		{Name: "Box", Type: "Box", Members: []shape.Member{
			{Name: "@context", Kind: shape.Context},
			{Name: "type", Kind: shape.Types, Required: true, Many: true, Compact: true},
			{Name: "label", Kind: shape.String, Format: short, Required: true},
			{Name: "title", Kind: shape.String, Language: true},
			{Name: "words", Kind: shape.String, Language: true, Many: true},
			{Name: "plain", Kind: shape.String},
			{Name: "colour", Kind: shape.String, Enum: colour},
			{Name: "weight", Kind: shape.Number},
			{Name: "open", Kind: shape.Boolean},
			{Name: "tag", Kind: shape.String, Many: true},
			{Name: "note", Kind: shape.String, Many: true, Compact: true},
			{Name: "lid", Kind: shape.Object, Class: "Lid"},
			{Name: "sides", Kind: shape.Object, Class: "Lid", Many: true, Required: true, Absence: "sides-missing"},
			{Name: "maker", Kind: shape.Ref, Class: "Maker", Format: short},
			{Name: "status", Kind: shape.Object, Class: "Lid", ArrayToo: true},
			{Name: "image", Kind: shape.Object, Class: "Lid", StringToo: true, Format: short},
			{Name: "rest"},
			{Name: "inner", Kind: shape.Object, Class: "Inner"},
		}},
		{Name: "Lid", Type: "Lid", Closed: true, Members: []shape.Member{{Name: "type", Kind: shape.Types, Required: true}}},
		{Name: "Maker", Members: []shape.Member{{Name: "id", Kind: shape.String, Required: true}}},
		{Name: "Inner", Embedded: true, Variant: func(v jsonx.Value) string {
			if v.Get("old").Exists() {
				return "OldInner"
			}
			return ""
		}, Members: []shape.Member{{Name: "a", Required: true}}},
		{Name: "OldInner", Members: []shape.Member{{Name: "b", Required: true}}, Check: func(w *shape.Walk, v jsonx.Value) {
			w.Fault("old-inner", v, "", "a new one")
		}},
	}
}

type collector struct{ lines []string }

func (c *collector) Report(f shape.Fault) {
	line := f.Code + " " + f.At.Pointer()
	if f.Absent != "" {
		line += " lacks " + f.Absent
	}
	c.lines = append(c.lines, line)
}

func check(t testing.TB, s *shape.Schema, text string, o shape.Options) []string {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	var c collector
	s.Check("Box", doc.Root(), &c, o)
	return c.lines
}

const good = `"type":"Box","label":"b","sides":[{"type":"Lid"}]`

func TestCheck(t *testing.T) {
	s := shape.MustCompile(table())
	for text, want := range map[string][]string{
		`{` + good + `}`: nil,
		`{}`:             {"member-missing  lacks type", "member-missing  lacks label", "sides-missing  lacks sides"},
		`[]`:             {"member-wrong-kind "},
		`{"type":["Box","More"],"label":"b","sides":[{"type":"Lid"}]}`: nil,
		`{"type":["More"],"label":"b","sides":[{"type":"Lid"}]}`:       {"type-lacks-class /type"},
		`{"type":"","label":"b","sides":[{"type":"Lid"}]}`:             {"type-lacks-class /type"},
		`{"type":"Box","label":"bbbbbb","sides":[{"type":"Lid"}]}`:     {"too-long /label"},
		`{"type":"Box","label":["b"],"sides":[{"type":"Lid"}]}`:        {"member-is-array /label"},
		`{"type":"Box","label":["b","c"],"sides":[{"type":"Lid"}]}`:    {"member-repeated /label"},
		`{"type":"Box","label":[],"sides":[{"type":"Lid"}]}`:           {"member-repeated /label"},
		`{"type":"Box","label":[7],"sides":[{"type":"Lid"}]}`:          {"member-is-array /label", "member-wrong-kind /label/0"},
		`{"type":"Box","label":["bbbbbb"],"sides":[{"type":"Lid"}]}`:   {"member-is-array /label", "too-long /label/0"},
		`{` + good + `,"lid":[{}]}`:                                    {"member-is-array /lid", "member-missing /lid/0 lacks type"},
		`{` + good + `,"weight":[null]}`:                               {"member-is-array /weight", "member-null /weight/0"},
		`{` + good + `,"weight":[[1]]}`:                                {"member-is-array /weight", "member-wrong-kind /weight/0"},
		`{"type":"Box","label":null,"sides":[{"type":"Lid"}]}`:         {"member-null /label"},
		`{"type":"Box","label":7,"sides":[{"type":"Lid"}]}`:            {"member-wrong-kind /label"},
		`{"type":"Box","label":"b","sides":[]}`:                        {"sides-missing /sides"},
		`{"type":"Box","label":"b","sides":{"type":"Lid"}}`:            {"member-not-array /sides"},
		`{"type":"Box","label":"b","sides":[{"type":["Lid"]}]}`:        {"member-is-array /sides/0/type"},
		`{"type":"Box","label":"b","sides":[{"type":"Lid","x":1}]}`:    {"member-forbidden /sides/0/x"},
		`{"type":"Box","label":"b","sides":["a",null,[]]}`: {
			"member-wrong-kind /sides/0", "member-null /sides/1", "member-wrong-kind /sides/2",
		},
		`{` + good + `,"colour":"red","weight":1e3,"open":false}`:        nil,
		`{` + good + `,"colour":"ext:mauve"}`:                            nil,
		`{` + good + `,"colour":"mauve"}`:                                {"value-not-in-enumeration /colour"},
		`{` + good + `,"weight":"1"}`:                                    {"member-wrong-kind /weight"},
		`{` + good + `,"open":"yes"}`:                                    {"member-wrong-kind /open"},
		`{` + good + `,"tag":"a"}`:                                       {"member-not-array /tag"},
		`{` + good + `,"tag":[]}`:                                        {"member-empty-array /tag"},
		`{` + good + `,"note":"a"}`:                                      nil,
		`{` + good + `,"maker":"m"}`:                                     nil,
		`{` + good + `,"maker":{"id":"m"}}`:                              nil,
		`{` + good + `,"maker":{"id":["m"]}}`:                            {"member-repeated /maker/id"},
		`{` + good + `,"maker":{}}`:                                      {"member-missing /maker lacks id"},
		`{` + good + `,"maker":7}`:                                       {"member-wrong-kind /maker"},
		`{` + good + `,"maker":["m"]}`:                                   {"member-is-array /maker"},
		`{` + good + `,"lid":"l"}`:                                       {"member-wrong-kind /lid"},
		`{` + good + `,"status":[{"type":"Lid"},"l"]}`:                   {"member-is-array /status", "member-wrong-kind /status/1"},
		`{` + good + `,"image":"i"}`:                                     {"object-is-string /image"},
		`{` + good + `,"image":"iiiiiiiii"}`:                             {"object-is-string /image", "too-long /image"},
		`{` + good + `,"image":["i"]}`:                                   {"member-is-array /image", "object-is-string /image/0"},
		`{"type":"Box","label":{"@value":"b"},"sides":[{"type":"Lid"}]}`: {"member-wrong-kind /label"},
		`{` + good + `,"colour":{"@value":"a"}}`:                         {"member-wrong-kind /colour"},
		`{` + good + `,"rest":{"a":[{"@id":"x"}],"b":{"@value":"c"}}}`:   {"keyword-in-node /rest/a/0/@id"},
		`{` + good + `,"rest":[{"@graph":[]}],"@id":"x","@context":{"@vocab":"y"}}`: {
			"keyword-in-node /rest/0/@graph", "keyword-in-node /@id",
		},
		`{` + good + `,"more":{"@context":{"@id":"x"},"@type":"y"}}`: nil,
		`{` + good + `,"inner":{}}`:                                  {"member-missing /inner lacks a"},
		`{` + good + `,"inner":{"old":1}}`:                           {"member-missing /inner lacks b", "old-inner /inner"},
	} {
		require.Equal(t, want, check(t, s, text, shape.Options{}), text)
	}
	require.Empty(t, check(t, s, `{`+good+`,"inner":{}}`, shape.Options{SkipEmbedded: true}))
}

// Texts in languages: of a text that may have several, of texts, of one that the model
// has no language for.
func TestLanguages(t *testing.T) {
	s := shape.MustCompile(table())
	for member, want := range map[string][]string{
		`"title":{"@value":"a","@language":"en"}`:       nil,
		`"title":[{"@value":"a"},"b"]`:                  {"member-repeated /title"},
		`"title":["a",{"@value":"b","@language":"en"}]`: nil,
		`"title":[{"@value":"a","@language":"EN"},{"@value":"b","@language":"en"},{"de":"c"}]`: {
			"string-is-language-value /title/2", "member-repeated /title",
		},
		`"title":{"@value":"a","@language":"zz"}`:    {"language-unknown /title"},
		`"title":{"@value":"a","@language":"en_US"}`: {"language-value-malformed /title"},
		`"title":{"text":"a"}`:                       {"language-value-malformed /title"},
		`"title":{"en":"a","zz":"b"}`:                {"language-unknown /title", "string-is-language-value /title"},
		`"title":{"en":"a","de":7}`:                  {"language-value-malformed /title"},
		`"title":7`:                                  {"member-wrong-kind /title"},
		`"plain":{"@value":"a","@language":"en"}`:    {"string-is-language-value /plain"},
		`"words":[{"@value":"a","@language":"en"},{"@value":"b","@language":"en"},"c","c"]`: nil,
		`"words":{"@value":"a"}`:                   {"member-not-array /words"},
		`"tag":[{"@value":"a","@language":"en"}]`:  {"member-wrong-kind /tag/0"},
		`"title":["a","b"]`:                        {"member-repeated /title"},
		`"title":["a"]`:                            nil,
		`"title":[7]`:                              {"member-wrong-kind /title/0"},
		`"title":[]`:                               {"member-empty-array /title"},
		`"title":{"@value":7}`:                     {"language-value-malformed /title"},
		`"title":{"@value":"a","x":"y"}`:           {"language-value-malformed /title"},
		`"title":{"@value":"a","@direction":"up"}`: {"language-value-malformed /title"},
		`"title":{"en":"a"}`:                       {"string-is-language-value /title"},
		`"title":{}`:                               {"language-value-malformed /title"},
	} {
		text := `{` + good + `,` + member + `}`
		require.Equal(t, want, check(t, s, text, shape.Options{}), text)
	}
}

func TestCompileRefuses(t *testing.T) {
	for why, classes := range map[string][]shape.Class{
		"class A stands twice":       {{Name: "A"}, {Name: "A"}},
		"A.x stands twice":           {{Name: "A", Members: []shape.Member{{Name: "x"}, {Name: "x"}}}},
		`A.x is of class "B", which`: {{Name: "A", Members: []shape.Member{{Name: "x", Kind: shape.Object, Class: "B"}}}},
		"more than 64 members":       {{Name: "A", Members: make([]shape.Member, 65)}},
	} {
		_, err := shape.Compile(classes)
		require.ErrorContains(t, err, why)
		require.Panics(t, func() { shape.MustCompile(classes) })
	}
	s := shape.MustCompile(table())
	require.Len(t, s.Classes(), 5)
	require.Panics(t, func() { s.Check("Crate", jsonx.Value{}, &collector{}, shape.Options{}) })
}

// While nothing is wrong, a walk allocates the Walk and nothing per value.
func TestNothingIsAllocatedPerValue(t *testing.T) {
	s := shape.MustCompile(table())
	side := `{"type":"Lid"},`
	allocations := func(n int) float64 {
		text := `{"type":"Box","label":"b","sides":[` + strings.Repeat(side, n) + `{"type":"Lid"}]}`
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
		require.NoError(t, err)
		var c collector
		return testing.AllocsPerRun(20, func() { s.Check("Box", doc.Root(), &c, shape.Options{}) })
	}
	require.Equal(t, allocations(1), allocations(1000))
}

// The walk never panics and every fault has a code and a place.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(`{` + good + `,"rest":{"@value":1},"title":[{"@value":"a"}],"inner":{"old":null}}`))
	s := shape.MustCompile(table())
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := jsonx.Parse(b, jsonx.Limits{}, nil)
		if err != nil {
			return
		}
		s.Check("Box", doc.Root(), asserting{t}, shape.Options{})
	})
}

type asserting struct{ t *testing.T }

func (a asserting) Report(f shape.Fault) {
	require.NotEmpty(a.t, f.Code)
	require.True(a.t, f.At.Exists())
	require.NotNil(a.t, f.Class)
}
