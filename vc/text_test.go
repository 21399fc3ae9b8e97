package vc_test

import (
	stdjson "encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

func decodeText(t testing.TB, text string) (v vc.Text) {
	t.Helper()
	require.NoError(t, vc.Unmarshal([]byte(text), &v), text)
	return v
}

func TestTextReads(t *testing.T) {
	const (
		english = `{"@value":"Knots","@language":"en"}`
		german  = `{"@value":"Knoten","@language":"de-AT"}`
		french  = `{"@value":"Nœuds","@language":"fr"}`
	)
	for _, row := range []struct{ text, standard, inGerman string }{
		{`"Knots"`, "Knots", "Knots"},
		{english, "Knots", "Knots"},
		{german, "Knoten", "Knoten"},
		{`[` + german + `,` + english + `]`, "Knots", "Knoten"},
		{`[` + french + `,` + german + `]`, "Knoten", "Knoten"},
		{`[` + french + `,"Knots"]`, "Knots", "Knots"},
		{`[` + french + `,{"@value":"Knopen","@language":"nl"}]`, "Nœuds", "Nœuds"},
		{`[` + french + `,{"@value":"Knots","@language":"und"}]`, "Knots", "Knots"},
		{`[` + french + `,{"@value":"Qaw","@language":"x-klingon"}]`, "Nœuds", "Nœuds"},
		{`[{"@value":"Qaw","@language":"x-klingon"},{"@value":"Gordian"}]`, "Gordian", "Gordian"},
		{`{"fr":"Nœuds","DE":"Knoten"}`, "Knoten", "Knoten"},
		{`{"en":"Knots","de":"Knoten","text":"no"}`, "Knots", "Knoten"},
		{`{"en":["Knots"],"de":[],"fr":null}`, "Knots", "Knots"},
		{`3.870`, "3.870", "3.870"},
		{`{"@value":7.0}`, "7.0", "7.0"},
		{`[1,2]`, "1", "1"},
		{`{"@value":true}`, "", ""},
		{`{"text":"Knots"}`, "", ""},
		{`{}`, "", ""},
		{`[]`, "", ""},
		{`[[` + english + `],null,true]`, "", ""},
	} {
		v := decodeText(t, row.text)
		require.Equal(t, row.standard, v.String(), row.text)
		require.Equal(t, row.standard, v.In(), row.text)
		require.Equal(t, row.inGerman, v.In("de-CH", "es"), row.text)
		require.Equal(t, row.standard, fmt.Sprint(v))
		require.False(t, v.IsZero())
		out, err := vc.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, row.text, string(out))
	}
	require.ErrorIs(t, vc.Unmarshal([]byte(`true`), new(vc.Text)), &vc.Problem{Code: vc.CodeJSONKind})
	require.ErrorIs(t, vc.Unmarshal([]byte(`{"en":"a","en":"b"}`), new(vc.Text)), &vc.Problem{Code: vc.CodeJSON})
}

// What a holder can turn around in signed statements does not choose the text.
func TestTextDoesNotGoByOrder(t *testing.T) {
	items := []string{
		`{"@value":"Nodi","@language":"it"}`, `{"@value":"Nœuds","@language":"fr-CA"}`, `{"@value":"Knots","@language":"en-GB"}`,
		`{"@value":"Knots!","@language":"en-US"}`, `{"@value":"Nœuds!","@language":"fr"}`, `{"@value":"Knot","@language":"en-us"}`,
	}
	for _, prefer := range []string{"", "en", "fr", "es", "en-AU", "FR-ca"} {
		read := func(items ...string) [2]string {
			v := decodeText(t, `[`+strings.Join(items, ",")+`]`)
			return [2]string{v.String(), v.In(prefer)}
		}
		want := read(items...)
		for range items {
			items = append(items[1:], items[0])
			require.Equal(t, want, read(items...), prefer)
			turned := slices.Clone(items)
			slices.Reverse(turned)
			require.Equal(t, want, read(turned...), prefer)
		}
	}
}

// White space goes; what is written is kept byte for byte.
func TestTextKeepsItsForm(t *testing.T) {
	v := decodeText(t, ` [ {"@language" : "ar", "@value":"\u0634\/" , "@direction":"rtl"} , 1.50 ] `)
	out, err := vc.Marshal(v)
	require.NoError(t, err)
	require.Equal(t, `[{"@language":"ar","@value":"\u0634\/","@direction":"rtl"},1.50]`, string(out))
	require.Equal(t, vc.LanguageValue{Value: "ش/", Language: "ar", Direction: "rtl"}, v.ValueIn("ar"))
	require.Equal(t, decodeText(t, string(out)), v, "texts that are written alike are equal")
}

func TestNewText(t *testing.T) {
	english, german := vc.LanguageValue{Value: "Knots", Language: "en"}, vc.LanguageValue{Value: "Knoten", Language: "de"}
	hebrew := vc.LanguageValue{Value: "קשרים", Direction: "rtl"}
	for text, v := range map[string]vc.Text{
		`"Knots"`:                             vc.Plain("Knots"),
		`{"@value":"Knots","@language":"en"}`: vc.NewText(english),
		`[{"@value":"Knots","@language":"en"},{"@value":"Knoten","@language":"de"}]`:   vc.NewText(english, german),
		`["a",{"@value":"Knoten","@language":"de"}]`:                                   vc.NewText(vc.LanguageValue{Value: "a"}, german),
		`[{"@value":"קשרים","@direction":"rtl"},{"@value":"Knoten","@language":"de"}]`: vc.NewText(hebrew, german),
	} {
		out, err := stdjson.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, text, string(out))
		require.Equal(t, v, decodeText(t, text))
	}
	require.Equal(t, vc.Plain("Knots"), vc.NewText(vc.LanguageValue{Value: "Knots"}))
	require.True(t, vc.NewText().IsZero())
	require.True(t, vc.Plain("").IsZero())
	require.Nil(t, vc.Text{}.Values())
	require.Equal(t, []vc.LanguageValue{english, german}, vc.NewText(english, german).Values())
	require.Equal(t, "Knots", vc.NewText(german, english).String())
	for _, bad := range []vc.Text{
		vc.Plain("\xff"), vc.NewText(english, vc.LanguageValue{Value: "\xff"}), vc.NewText(vc.LanguageValue{Language: "\xff"}),
	} {
		_, err := vc.Marshal(bad)
		require.Error(t, err, "no UTF-8")
	}
}

func TestLaxDecodersOfTexts(t *testing.T) {
	lax := json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for _, text := range []string{`{"en":"a","en":"b"}`, "\"\xff\""} {
		require.Error(t, json.Unmarshal([]byte(text), new(vc.Text), lax), text)
	}
}

// Whatever decodes is written as it was, and its text is one of its values.
func FuzzText(f *testing.F) {
	f.Add([]byte(`[{"@value":"a","@language":"en"},{"@value":"b","@direction":"rtl"},"c",{"de":"d"},1.0]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var first, second vc.Text
		if vc.Unmarshal(b, &first) != nil {
			return
		}
		out, err := vc.Marshal(first)
		require.NoError(t, err)
		require.NoError(t, vc.Unmarshal(out, &second))
		require.Equal(t, first, second)
		sameJSON(t, string(b), string(out))
		values := first.Values()
		if len(values) > 0 {
			require.Contains(t, values, first.ValueIn())
			require.Contains(t, values, first.ValueIn("de-CH", "x-a", "zz", "no tag"))
		}
		require.Equal(t, first.String(), first.In())
	})
}
