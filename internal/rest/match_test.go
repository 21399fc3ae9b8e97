package rest_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

// record is an object of texts by name; more than one is an array.
type record map[int][]string

func (r record) AppendTexts(dst []string, index int, path []string) ([]string, bool) {
	if len(path) > 0 {
		return dst, false
	}
	return append(dst, r[index]...), len(r[index]) > 1 || index == listField
}

const (
	textField = iota
	timeField
	listField
)

var fields = rest.Fields{"text": {Index: textField}, "list": {Index: listField},
	"time": {Index: timeField, Time: func(s string) (time.Time, bool) {
		at, err := time.Parse(time.RFC3339, s)
		return at, err == nil
	}}}

func matches(t testing.TB, filter string, o rest.Object) bool {
	t.Helper()
	f, err := rest.ParseFilter(filter, rest.FilterLimits{Bytes: 1 << 20, Terms: 9})
	require.NoError(t, err, filter)
	m, err := f.Compile(fields)
	require.NoError(t, err, filter)
	return m.Match(o)
}

func TestMatch(t *testing.T) {
	r := record{textField: {"Straße K\u212A"}, timeField: {"2024-01-01T02:00:00+02:00"}, listField: {"Reading, Writing", "Art"}}
	for filter, want := range map[string]bool{
		"text='STRAßE KK'":              true,  // the Kelvin sign folds to k
		"text='strasse kk'":             false, // full folding and accents are not done
		"text~'ẞE k'":                   true,  // capital sharp s
		"text~'z'":                      false,
		"text>'a'":                      true,
		"text<='STRAßE kk'":             true,
		"text<'straße kk'":              false,
		"time='2024-01-01T00:00:00Z'":   true,
		"time!='2024-01-01T00:00:00Z'":  false,
		"time>'2023-12-31T23:59:59Z'":   true,
		"time>'someday'":                false, // as texts: digits come before letters
		"list='art,writing,reading'":    true,
		"list='Art, Reading, Writing'":  true,
		"list='art'":                    false,
		"list!='art'":                   true,
		"list~'rit,nothing'":            true,
		"list~'nothing'":                false,
		"list>'q'":                      true, // any element
		"text.deeper='x'":               false,
		"text.deeper!='x'":              true,
		"text='x' OR list~'art'":        true,
		"text~'str' AND list~'nothing'": false,
		"text='x' OR list='y'":          false,
		"text~'k' AND time~'2024' ":     false,
	} {
		if strings.HasSuffix(filter, "' ") {
			_, err := rest.ParseFilter(filter, rest.FilterLimits{})
			requireCode(t, err, rest.CodeSyntax, filter)
			continue
		}
		require.Equal(t, want, matches(t, filter, r), filter)
	}
}

// Each text is folded once, however many terms and values a filter of 2 KB asks it for.
func TestTextsAreFoldedOnce(t *testing.T) {
	all := make([]record, 20_000)
	for i := range all {
		all[i] = record{textField: {strings.Repeat("A title ", 20)}, listField: {"Reading", "Writing"}, timeField: {"2024-01-01T00:00:00Z"}}
	}
	at := func(i int) rest.Object { return all[i] }
	values := strings.TrimSuffix(strings.Repeat(strings.Repeat("z", 60)+",", 32), ",")
	for filter, folds := range map[string]int{
		"list~'" + values + "'":                         2 * len(all),
		"text~'" + strings.Repeat("z", 2000) + "'":      len(all),
		"text~'z' OR text='z' OR text>'{' OR text='y'":  len(all),
		"list~'" + values + "' OR list='a' OR list>'z'": 2 * len(all),
		"list='" + strings.Repeat("a,", 1000) + "'":     2 * len(all),
		"time>'2025-01-01T00:00:00Z'":                   0,
		"text='z' AND list~'a'":                         len(all),
	} {
		f, err := rest.ParseFilter(filter, rest.FilterLimits{Bytes: 2100, Terms: 4})
		require.NoError(t, err, filter)
		m, err := f.Compile(fields)
		require.NoError(t, err)
		require.Equal(t, folds, rest.Folds(m, len(all), at), filter[:20])
		require.Zero(t, len(m.Select(len(all), at)), filter[:20])
	}
}

// An empty text is one, and another thing than none.
func TestEmptyTexts(t *testing.T) {
	for filter, want := range map[string]bool{"text=''": true, "text!=''": false, "text~''": true, "text<'a'": true, "text!='x'": true,
		"text>=''": true, "text='x'": false} {
		require.Equal(t, want, matches(t, filter, record{textField: {""}}), filter)
	}
}

func TestAbsentMembers(t *testing.T) {
	for filter, want := range map[string]bool{"text=''": false, "text~''": false, "text!='x'": true, "text<'x'": false, "list=''": false} {
		require.Equal(t, want, matches(t, filter, record{}), filter)
	}
}

func TestUnknownFilterField(t *testing.T) {
	f, err := rest.ParseFilter("text='a' AND nothing.at='b'", rest.FilterLimits{})
	require.NoError(t, err)
	_, err = f.Compile(fields)
	requireCode(t, err, rest.CodeFilterField)
	require.ErrorContains(t, err, `"nothing.at"`)
}

func TestSelectKeepsOrder(t *testing.T) {
	all := []record{{textField: {"a"}}, {textField: {"b"}}, {textField: {"A"}}, {}}
	at := func(i int) rest.Object { return all[i] }
	f, err := rest.ParseFilter("text='a'", rest.FilterLimits{})
	require.NoError(t, err)
	m, err := f.Compile(fields)
	require.NoError(t, err)
	require.Equal(t, []int32{0, 2}, m.Select(len(all), at))
	require.Equal(t, []int32{0, 1, 2, 3}, (*rest.Matcher)(nil).Select(len(all), at))
}

func TestOrder(t *testing.T) {
	all := []record{{textField: {"b"}, timeField: {"soon"}}, {}, {textField: {"A"}, timeField: {"2024-01-01T01:00:00+02:00"}},
		{textField: {"a"}, timeField: {"2024-01-01T00:00:00Z"}}}
	at := func(i int) rest.Object { return all[i] }
	for _, c := range []struct {
		order rest.Order
		want  []int32
	}{
		{rest.Order{Field: "text"}, []int32{2, 3, 0, 1}},
		{rest.Order{Field: "text", Desc: true}, []int32{0, 2, 3, 1}},
		{rest.Order{Field: "time"}, []int32{2, 3, 0, 1}},
		{rest.Order{Field: "time", Desc: true}, []int32{3, 2, 0, 1}},
		{rest.Order{Field: "nothing", Desc: true}, []int32{0, 1, 2, 3}},
		{rest.Order{Desc: true}, []int32{0, 1, 2, 3}},
	} {
		require.Equal(t, c.want, c.order.Sort(len(all), at, fields), c.order)
	}
}

// FuzzContains holds containment and equality without regard to case against a
// slow way of saying the same: map every rune to the least of those that differ
// from it in case alone.
func FuzzContains(f *testing.F) {
	f.Add("Straße", "SSE")
	f.Add("K-12 Mathematics", "k")
	f.Add("\u212A", "k")
	f.Add("ǅ", "ǆ")
	f.Fuzz(func(t *testing.T, text, value string) {
		value = strings.ToValidUTF8(value, "")
		quoted := "'" + strings.ReplaceAll(value, "'", "''") + "'"
		if strings.ContainsRune(value, 0) || text == "" {
			return
		}
		o := record{textField: {text}}
		require.Equal(t, strings.Contains(least(text), least(value)), matches(t, "text~"+quoted, o))
		if strings.ToValidUTF8(text, "") == text {
			require.Equal(t, least(text) == least(value), matches(t, "text="+quoted, o))
		}
	})
}

func least(s string) string {
	return strings.Map(func(r rune) rune {
		low := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			low = min(low, next)
		}
		return low
	}, s)
}

func BenchmarkSelect(b *testing.B) {
	all := make([]record, 1000)
	for i := range all {
		all[i] = record{textField: {"A title of usual length, number " + strings.Repeat("x", i%7)}}
	}
	f, err := rest.ParseFilter("text~'xxxx'", rest.FilterLimits{})
	require.NoError(b, err)
	m, err := f.Compile(fields)
	require.NoError(b, err)
	for b.Loop() {
		m.Select(len(all), func(i int) rest.Object { return all[i] })
	}
}
