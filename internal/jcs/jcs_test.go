package jcs_test

import (
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

func parse(t testing.TB, text string) jsonx.Value {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	return doc.Root()
}

func canonical(t testing.TB, text string) string {
	t.Helper()
	out, err := jcs.Append(nil, parse(t, text))
	require.NoError(t, err)
	return string(out)
}

func TestSharedVectors(t *testing.T) {
	dir := testkit.Shared(t, "vc/jcs")
	inputs, err := filepath.Glob(filepath.Join(dir, "input", "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, inputs)
	for _, input := range inputs {
		name := filepath.Base(input)
		t.Run(name, func(t *testing.T) {
			source, err := os.ReadFile(input)
			require.NoError(t, err)
			got := canonical(t, string(source))

			want, err := os.ReadFile(filepath.Join(dir, "output", name))
			require.NoError(t, err)
			require.Equal(t, string(want), got)

			digits, err := os.ReadFile(filepath.Join(dir, "outhex", strings.TrimSuffix(name, ".json")+".txt"))
			require.NoError(t, err)
			bytes, err := hex.DecodeString(strings.Join(strings.Fields(string(digits)), ""))
			require.NoError(t, err)
			require.Equal(t, bytes, []byte(got))
		})
	}
}

// The values of RFC 8785, appendix B.
func TestNumberSamples(t *testing.T) {
	for bits, want := range map[uint64]string{
		0x0000000000000000: "0",
		0x8000000000000000: "0",
		0x0000000000000001: "5e-324",
		0x8000000000000001: "-5e-324",
		0x7fefffffffffffff: "1.7976931348623157e+308",
		0xffefffffffffffff: "-1.7976931348623157e+308",
		0x4340000000000000: "9007199254740992",
		0xc340000000000000: "-9007199254740992",
		0x4430000000000000: "295147905179352830000",
		0x44b52d02c7e14af5: "9.999999999999997e+22",
		0x44b52d02c7e14af6: "1e+23",
		0x44b52d02c7e14af7: "1.0000000000000001e+23",
		0x444b1ae4d6e2ef4e: "999999999999999700000",
		0x444b1ae4d6e2ef4f: "999999999999999900000",
		0x444b1ae4d6e2ef50: "1e+21",
		0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7",
		0x3eb0c6f7a0b5ed8d: "0.000001",
		0x41b3de4355555553: "333333333.3333332",
		0x41b3de4355555554: "333333333.33333325",
		0x41b3de4355555555: "333333333.3333333",
		0x41b3de4355555556: "333333333.3333334",
		0x41b3de4355555557: "333333333.33333343",
		0xbecbf647612f3696: "-0.0000033333333333333333",
		0x43143ff3c1cb0959: "1424953923781206.2",
	} {
		require.Equal(t, want, string(jcs.AppendNumber(nil, math.Float64frombits(bits))), "%016x", bits)
	}
}

func TestNumberTexts(t *testing.T) {
	for text, want := range map[string]string{
		"-0": "0", "-0.0": "0", "1.0": "1", "1e0": "1", "10e-1": "1", "1E5": "100000",
		"123456789012345": "123456789012345", "-12": "-12", "9007199254740993": "9007199254740992",
		"1e-7": "1e-7", "0.000001": "0.000001", "1e21": "1e+21", "1e-10": "1e-10", "4.50": "4.5",
		"1e-400": "0", "0e9": "0",
	} {
		require.Equal(t, want, canonical(t, text), text)
	}
}

func TestExactNumbers(t *testing.T) {
	strict := jcs.Options{ExactNumbers: true}
	for _, text := range []string{"0", "-0", "0.00", "0e5", "9007199254740991", "-9007199254740991", "1e21", "0.1", "4.35"} {
		_, err := strict.Append(nil, parse(t, text))
		require.NoError(t, err, text)
	}
	for _, text := range []string{"9007199254740992", "-9007199254740993", "123456789012345678901", "1e-400", "-0.1e-399"} {
		_, err := strict.Append(nil, parse(t, `{"a":[`+text+`]}`))
		var e *jcs.Error
		require.ErrorAs(t, err, &e, text)
		require.Equal(t, jcs.CodeInexactNumber, e.Code)
		require.Equal(t, "/a/0", e.Pointer)
	}
}

func TestSortsByUTF16(t *testing.T) {
	// U+1F600 is D83D DE00 in UTF-16, so it comes before U+FB33.
	require.Equal(t, "{\"\":0,\"a\":1,\"aa\":2,\"\U0001F600\":3,\"\uE000\":4,\"\uFB33\":5}",
		canonical(t, "{\"\uFB33\":5,\"\uE000\":4,\"\U0001F600\":3,\"aa\":2,\"a\":1,\"\":0}"))
}

func TestEscapes(t *testing.T) {
	require.Equal(t, `"\u0000\u001f\b\t\n\f\r\"\\/`+"\u007f\u2028é"+`"`,
		canonical(t, `"\u0000\u001F\u0008\u0009\u000A\u000c\u000d\"\\\/\u007f\u2028\u00e9"`))
}

func TestAppendKeepsPrefix(t *testing.T) {
	out, err := jcs.Append([]byte("x"), parse(t, `[1, {"b":null,"a":true}, false]`))
	require.NoError(t, err)
	require.Equal(t, `x[1,{"a":true,"b":null},false]`, string(out))
}

func TestMissingValue(t *testing.T) {
	_, err := jcs.Append(nil, jsonx.Value{})
	var e *jcs.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, jcs.CodeMissingValue, e.Code)
}

func TestAppendObject(t *testing.T) {
	doc := parse(t, `{"proof":{"v":1},"b":[{"z":1,"y":2}],"a":"x"}`)
	other := parse(t, `["https://example.org/context"]`)

	members := append(jcs.Members(doc, "proof"),
		jcs.Member{Name: "@context", Value: other},
		jcs.Member{Name: "proof", Elements: []jsonx.Value{doc.Get("proof"), doc.Get("a")}})
	out, err := jcs.Options{}.AppendObject(nil, members)
	require.NoError(t, err)
	require.Equal(t, `{"@context":["https://example.org/context"],"a":"x","b":[{"y":2,"z":1}],"proof":[{"v":1},"x"]}`, string(out))

	require.Empty(t, jcs.Members(doc.Get("a")))
	out, err = jcs.Options{}.AppendObject(nil, nil)
	require.NoError(t, err)
	require.Equal(t, "{}", string(out))

	for code, members := range map[jcs.Code][]jcs.Member{
		jcs.CodeDuplicateName: append(jcs.Members(doc), jcs.Member{Name: "a", Value: other}),
		jcs.CodeInvalidUTF8:   {{Name: "\xff", Value: other}},
		jcs.CodeMissingValue:  {{Name: "a"}},
	} {
		_, err := jcs.Options{}.AppendObject(nil, members)
		var e *jcs.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, code, e.Code)
	}
}

// FuzzAppend: the output is a fixed point, reads back as the same value, and is
// what an independent implementation writes.
func FuzzAppend(f *testing.F) {
	for _, seed := range []string{
		`{"b":1,"a":[1.50,-0,1e21,1e-7,true,null],"\ud83d\ude00":"\u0007","\ufb33":{}}`,
		`[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]`,
		`"\u20ac$\u000f\nA'B\"\\\\\"\/"`, `{}`, `[]`, `0`, `9007199254740993`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
		if err != nil {
			return
		}
		first, err := jcs.Append(nil, doc.Root())
		require.NoError(t, err)
		again, err := jsonx.Parse(first, jsonx.Limits{}, nil)
		require.NoError(t, err)
		second, err := jcs.Append(nil, again.Root())
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		requireSame(t, doc.Root(), again.Root())

		oracle := jsontext.Value(append([]byte(nil), text...))
		require.NoError(t, oracle.Canonicalize())
		require.Equal(t, string(oracle), string(first))
	})
}

// requireSame compares two values as JSON: objects as sets of members, numbers
// as floats.
func requireSame(t *testing.T, a, b jsonx.Value) {
	t.Helper()
	require.Equal(t, a.Kind(), b.Kind())
	require.Equal(t, a.Len(), b.Len())
	switch a.Kind() {
	case jsonx.Number:
		x, _ := a.Float()
		y, _ := b.Float()
		require.True(t, x == y)
	case jsonx.String:
		require.Equal(t, a.Text(), b.Text())
	case jsonx.Array:
		for x, y := a.First(), b.First(); x.Exists(); x, y = x.Next(), y.Next() {
			requireSame(t, x, y)
		}
	case jsonx.Object:
		for x := a.First(); x.Exists(); x = x.Next() {
			requireSame(t, x, b.Get(x.Name()))
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	doc := parse(b, `{"type":["VerifiableCredential","OpenBadgeCredential"],"id":"urn:uuid:3e5c","@context":["https://www.w3.org/ns/credentials/v2"],"validFrom":"2025-01-01T00:00:00Z","credentialSubject":{"type":"AchievementSubject","achievement":{"name":"A","id":"urn:x","criteria":{"narrative":"n"},"creditsAvailable":4.5}}}`)
	buffer := make([]byte, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if buffer, err = jcs.Append(buffer[:0], doc); err != nil {
			b.Fatal(err)
		}
	}
}
