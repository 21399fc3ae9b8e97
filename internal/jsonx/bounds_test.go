package jsonx_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// hostileTexts are texts that cost a reader the most for their length.
func hostileTexts(n int) map[string]string {
	wide := func(members int) string {
		var b strings.Builder
		b.WriteByte('{')
		for i := range members {
			fmt.Fprintf(&b, `%s"%x":0`, map[bool]string{true: ",", false: ""}[i > 0], i)
		}
		return b.String() + "}"
	}
	medium := wide(33)
	return map[string]string{
		"digits":          "[" + strings.Repeat("0,", n/2) + "0]",
		"empty arrays":    "[" + strings.Repeat("[],", n/3) + "0]",
		"empty objects":   "[" + strings.Repeat("{},", n/3) + "0]",
		"escapes":         "[" + strings.Repeat(`"\n",`, n/5) + "0]",
		"commas in texts": `["` + strings.Repeat(",", n) + `"]`,
		"a wide object":   wide(n / 10),
		"wide and medium": "[" + wide(n/20) + strings.Repeat(","+medium, n/2/len(medium)) + "]",
	}
}

// Reading takes memory in proportion to the text, whatever it holds.
func TestMemoryFollowsTheText(t *testing.T) {
	for _, n := range []int{1 << 20, 3 << 20} {
		for name, text := range hostileTexts(n) {
			src := []byte(text)
			memory := testkit.Allocated(func() { _, _ = jsonx.Parse(src, jsonx.Limits{}, nil) })
			require.LessOrEqual(t, memory, uint64(4<<20+14*len(src)), "%s of %d bytes", name, len(src))
		}
	}
}

func TestTooManyValues(t *testing.T) {
	dense := func(values int) error {
		_, err := jsonx.Parse([]byte("["+strings.Repeat("0,", values-2)+"0]"), jsonx.Limits{}, nil)
		return err
	}
	require.NoError(t, dense(1<<16), "a small text may be as dense as it likes")
	var e *jsonx.Error
	require.ErrorAs(t, dense(1<<18), &e)
	require.Equal(t, jsonx.CodeTooManyValues, e.Code)
}

// However long the names are, a pointer is short, valid, and has both its ends.
func TestPointersAreShort(t *testing.T) {
	for _, name := range []string{
		strings.Repeat("a", 1<<16), strings.Repeat("ü", 1<<15), strings.Repeat("~/", 1<<15), strings.Repeat("a", 300),
	} {
		for depth := 1; depth < 9; depth += 7 {
			text := strings.Repeat(`{"`+name+`":`, depth) + `{"last":1}` + strings.Repeat("}", depth)
			doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
			require.NoError(t, err)
			v := doc.Root()
			for v.First().Exists() {
				v = v.First()
			}
			p := v.Pointer()
			require.LessOrEqual(t, len(p), jsonx.MaxPointer)
			require.True(t, utf8.ValidString(p))
			require.True(t, strings.HasPrefix(p, "/"+jsonx.EscapePointer(name)[:2]))
			require.True(t, strings.HasSuffix(p, "/last"))
			require.Contains(t, p, "…")
		}
	}
}

func TestSingle(t *testing.T) {
	doc, err := jsonx.Parse([]byte(`{"one":["a"],"two":["a","b"],"none":[],"text":"a","deep":[["a"]]}`), jsonx.Limits{}, nil)
	require.NoError(t, err)
	root := doc.Root()
	require.Equal(t, "a", root.Get("one").Single().Text())
	require.Equal(t, root.Get("two"), root.Get("two").Single())
	require.Equal(t, root.Get("none"), root.Get("none").Single())
	require.Equal(t, root.Get("text"), root.Get("text").Single())
	require.Equal(t, jsonx.Array, root.Get("deep").Single().Kind())
	require.False(t, root.Get("gone").Single().Exists())
}
