package jsonx_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

func parse(t testing.TB, text string) jsonx.Value {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	return doc.Root()
}

func TestValues(t *testing.T) {
	v := parse(t, ` {"a":[1,-0.5e+3,true,false,null,"x\u00e9\n"],"b":{"~/":{}},"c":""} `)
	require.Equal(t, jsonx.Object, v.Kind())
	require.Equal(t, 3, v.Len())
	var texts []string
	for c := v.Get("a").First(); c.Exists(); c = c.Next() {
		texts = append(texts, c.Kind().String()+"="+c.Text())
	}
	require.Equal(t, []string{"a number=1", "a number=-0.5e+3", "true=", "false=", "null=", "a string=xé\n"}, texts)
	require.Equal(t, "/b/~0~1", v.Get("b").Get("~/").Pointer())
	require.Equal(t, "/a/5", v.Get("a").Items()[5].Pointer())
	require.Equal(t, `{"~/":{}}`, string(v.Get("b").Raw()))
	require.Equal(t, v, v.Get("b").Parent())
	f, ok := v.Get("a").Items()[1].Float()
	require.True(t, ok)
	require.Equal(t, -500.0, f)
}

func TestMissingValueIsSafe(t *testing.T) {
	var v jsonx.Value
	require.Equal(t, jsonx.Missing, v.Get("a").First().Next().Parent().Kind())
	require.False(t, v.Exists())
	require.Empty(t, v.Text()+v.Name()+v.Pointer()+string(v.Raw()))
	require.Nil(t, v.Items())
	require.Equal(t, jsonx.NoSymbol, v.Symbol())
	require.False(t, parse(t, `{"a":"b"}`).Get("a").Get("b").Exists(), "a string has no members")
}

func TestSymbols(t *testing.T) {
	doc, err := jsonx.Parse([]byte(`{"id":1,"other":2}`), jsonx.Limits{}, jsonx.NewSymbols(map[string]int32{"id": 7}))
	require.NoError(t, err)
	require.EqualValues(t, 7, doc.Root().Get("id").Symbol())
	require.Equal(t, jsonx.NoSymbol, doc.Root().Get("other").Symbol())
}

func TestRefused(t *testing.T) {
	wide := func(last string) string {
		var b strings.Builder
		for i := range 40 {
			b.WriteString(`"m` + strconv.Itoa(i) + `":0,`)
		}
		return `{` + b.String() + `"` + last + `":1}`
	}
	for _, c := range []struct {
		name, text string
		code       jsonx.Code
		pointer    string
	}{
		{"empty", ``, jsonx.CodeTruncated, ""},
		{"space only", "  \n", jsonx.CodeTruncated, ""},
		{"trailing data", `{} {}`, jsonx.CodeTrailingData, ""},
		{"trailing comma in object", `{"a":1,}`, jsonx.CodeSyntax, ""},
		{"trailing comma in array", `{"a":[1,]}`, jsonx.CodeSyntax, "/a"},
		{"unquoted name", `{a:1}`, jsonx.CodeSyntax, ""},
		{"no colon", `{"a" 1}`, jsonx.CodeSyntax, ""},
		{"cut in object", `{"a":{"b":1`, jsonx.CodeTruncated, "/a"},
		{"cut in string", `{"a":"b`, jsonx.CodeTruncated, ""},
		{"cut in escape", `["\`, jsonx.CodeTruncated, ""},
		{"cut in literal", `[tru`, jsonx.CodeSyntax, ""},
		{"repeated name", `{"x":{"a":1,"b":2,"a":3}}`, jsonx.CodeDuplicateName, "/x/a"},
		{"repeated name, escaped", `{"issuer":1,"issu\u0065r":2}`, jsonx.CodeDuplicateName, "/issuer"},
		{"repeated name in a wide object", wide("m7"), jsonx.CodeDuplicateName, "/m7"},
		{"bad UTF-8", "{\"a\":\"\xff\"}", jsonx.CodeInvalidUTF8, ""},
		{"overlong UTF-8", "[\"\xc0\xaf\"]", jsonx.CodeInvalidUTF8, ""},
		{"UTF-8 surrogate", "[\"\xed\xa0\x80\"]", jsonx.CodeInvalidUTF8, ""},
		{"byte order mark", "\xef\xbb\xbf{}", jsonx.CodeByteOrderMark, ""},
		{"lone high surrogate", `{"a":["\ud800"]}`, jsonx.CodeLoneSurrogate, "/a"},
		{"lone low surrogate", `["\udc00"]`, jsonx.CodeLoneSurrogate, ""},
		{"high, then no low", `["\ud800\u0041"]`, jsonx.CodeLoneSurrogate, ""},
		{"raw control", "[\"a\tb\"]", jsonx.CodeControlInInput, ""},
		{"unknown escape", `["\x"]`, jsonx.CodeSyntax, ""},
		{"short \\u", `["\u12"]`, jsonx.CodeSyntax, ""},
		{"leading zero", `[01]`, jsonx.CodeSyntax, ""},
		{"plus sign", `[+1]`, jsonx.CodeSyntax, ""},
		{"bare minus", `[-]`, jsonx.CodeSyntax, ""},
		{"no fraction digits", `[1.]`, jsonx.CodeSyntax, ""},
		{"no exponent digits", `[1e]`, jsonx.CodeSyntax, ""},
		{"NaN", `[NaN]`, jsonx.CodeSyntax, ""},
		{"number out of range", `[1e400]`, jsonx.CodeNumberRange, ""},
		{"number too long", `[0.` + strings.Repeat("1", 80) + `]`, jsonx.CodeNumberTooLong, ""},
		{"too deep", strings.Repeat("[", 65) + strings.Repeat("]", 65), jsonx.CodeTooDeep, strings.Repeat("/0", 63)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := jsonx.Parse([]byte(c.text), jsonx.Limits{}, nil)
			var e *jsonx.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Code, e.Error())
			require.Equal(t, c.pointer, e.Pointer, e.Error())
		})
	}
}

func TestLimits(t *testing.T) {
	_, err := jsonx.Parse([]byte(`[1,2,3]`), jsonx.Limits{Bytes: 5}, nil)
	require.ErrorContains(t, err, string(jsonx.CodeTooLarge))
	_, err = jsonx.Parse([]byte(`[[[]]]`), jsonx.Limits{Depth: 2}, nil)
	require.ErrorContains(t, err, string(jsonx.CodeTooDeep))
	_, err = jsonx.Parse([]byte(strings.Repeat("[", 64)+strings.Repeat("]", 64)), jsonx.Limits{}, nil)
	require.NoError(t, err, "the default depth is 64")
}

// A string of every length and alignment, so that each lane of the eight-byte
// scan meets the quote, the backslash and the control character.
func TestStringScan(t *testing.T) {
	for n := range 40 {
		body := strings.Repeat("é~", n)[:n-n%3]
		require.Equal(t, body, parse(t, `"`+body+`"`).Text())
		require.Equal(t, body+"\"\u007f", parse(t, `"`+body+`\"`+"\u007f"+`"`).Text())
		_, err := jsonx.Parse([]byte(`"`+body+"\x1f"+`"`), jsonx.Limits{}, nil)
		require.ErrorContains(t, err, string(jsonx.CodeControlInInput))
	}
}

// Parsing cost is linear in the number of members, so that a document of one
// wide object is no attack: the allocations of n and 2n members differ by a
// constant factor, not by a square.
func TestWideObject(t *testing.T) {
	var b strings.Builder
	b.WriteByte('{')
	for i := range 100_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + strconv.FormatUint(rand.Uint64(), 36) + strconv.Itoa(i) + `":0`)
	}
	b.WriteByte('}')
	require.Equal(t, 100_000, parse(t, b.String()).Len())
}

// FuzzParse: whatever jsontext accepts as one strict value, jsonx accepts, and
// the other way round, except for what jsonx refuses on purpose: size, depth,
// numbers that a float64 cannot hold or that are longer than 64 characters.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{}`, `[1,2.5e-3,"a\u00e9\ud83d\ude00"]`, `{"a":{"b":[null,true,false]}}`, `{"a":1,"a":2}`, `"\ud800"`, "\xef\xbb\xbf{}",
		`1e999`, ` [ ] `, "[\"\xff\"]", `-0`, `[0.10]`,
	} {
		f.Add([]byte(s))
	}
	onPurpose := []jsonx.Code{jsonx.CodeTooDeep, jsonx.CodeNumberRange, jsonx.CodeNumberTooLong, jsonx.CodeTooLarge}
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := jsonx.Parse(b, jsonx.Limits{}, nil)
		var e *jsonx.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("not a coded error: %v", err)
		}
		if err != nil && slices.Contains(onPurpose, e.Code) {
			return
		}
		other := jsontext.Value(b).IsValid()
		if (err == nil) != other {
			t.Fatalf("jsonx: %v; jsontext valid: %v", err, other)
		}
		if err == nil && doc.Root().Offset()+len(doc.Root().Raw()) > len(b) {
			t.Fatal("raw text beyond the source")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	small := []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:0f1c6b6e-3a52-4a07-9c1e-0a3b1c2d3e4f",` +
		`"type":["VerifiableCredential"],"issuer":{"id":"did:example:1","name":"Example"},"credentialSubject":{"id":"did:example:2",` +
		`"achievement":{"name":"Welding","criteria":{"narrative":"Weld twice."}}}}`)
	b.ReportAllocs()
	b.SetBytes(int64(len(small)))
	for b.Loop() {
		if _, err := jsonx.Parse(small, jsonx.Limits{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
