package rdf_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// U+FF08 comes before U+1F600 as a code point, and after D83D DE00 in UTF-16.
func TestUTF16Order(t *testing.T) {
	var text string
	for _, value := range []string{"\uFF08", "\U0001F600", "\uD7FF", "\uE000", "\U0010FFFF"} {
		text += `<urn:s> <urn:p> "` + value + "\" .\n"
	}
	d, _ := parse(t, text)
	values := func(o rdf.Options) (found []string) {
		for _, line := range lines(canonical(t, d, o)) {
			found = append(found, strings.Split(line, `"`)[1])
		}
		return found
	}
	require.Equal(t, []string{"\uD7FF", "\uE000", "\uFF08", "\U0001F600", "\U0010FFFF"}, values(rdf.Options{}))
	require.Equal(t, []string{"\uD7FF", "\U0001F600", "\U0010FFFF", "\uE000", "\uFF08"}, values(rdf.Options{UTF16: true}))
	require.Equal(t, []string{"\uD7FF", "\uE000", "\uFF08", "\U0001F600", "\U0010FFFF"}, values(rdf.Options{}), "the dataset is as it was")
}

// compareUTF16 orders texts by their code units, as strings of JavaScript compare.
func compareUTF16(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

// Drawn datasets with such characters in subjects, predicates, objects and graphs, and
// with blank nodes whose hashes depend on the order, have the form of the letter of the
// standard but for the order; so has the digest, whether the form is held or not.
func TestUTF16OrderLikeTheStandard(t *testing.T) {
	texts := []string{"a", "\uFF08", "\U0001F600", "\uE000x", "\U0001F600x", "\uD7FF", "a\uFF08", "a\U0001F600", "a\tb"}
	differ := 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 10))
		pick := func() string { return texts[random.IntN(len(texts))] }
		var v rdf.Vocabulary
		d := dataset(3)
		d.Use(&v)
		for range 4 + random.IntN(10) {
			q := text(random.Int32N(3), "urn:"+strings.ReplaceAll(pick(), "\t", ""), pick())
			q.Order = v.Order(q.Predicate)
			switch random.IntN(4) {
			case 0:
				q.SubjectNode, q.Subject = rdf.NoNode, "urn:"+strings.ReplaceAll(pick(), "\t", "")
			case 1:
				q.Kind, q.Value, q.ObjectNode = rdf.Blank, "", random.Int32N(3)
			case 2:
				q.Graph = "urn:" + strings.ReplaceAll(pick(), "\t", "")
			}
			add(d, q)
		}
		want, err := referenceFormSorted(d, compareUTF16)
		require.NoError(t, err)
		c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{UTF16: true})
		require.NoError(t, err)
		sum := sha256.Sum256([]byte(want))
		require.Equal(t, sum[:], c.Sum())
		require.Equal(t, want, string(c.NQuads()))
		c.Release()
		c, err = rdf.Canonicalize(context.Background(), d, rdf.Options{UTF16: true})
		require.NoError(t, err)
		require.Equal(t, want, string(c.NQuads()))
		require.Equal(t, sum[:], c.Sum(), "after NQuads")
		rdf.ReleasePoisoned(c)
		both := canonical(t, d, rdf.Options{UTF16: true, Legacy: true})
		require.Equal(t, strings.Count(want, `\t`), strings.Count(both, "\t"), "escapes and order together")
		require.NotContains(t, both, `\t`)
		if requireForm(t, d); want != canonical(t, d, rdf.Options{}) {
			differ++
		}
	}
	require.Greater(t, differ, 30, fmt.Sprint("of 300 datasets, ", differ, " differ"))
}

// A form that is hashed in parts is hashed as it reads.
func TestUTF16OrderOfLongForms(t *testing.T) {
	d := &rdf.Dataset{}
	for i := range 500 {
		q := text(d.NewNode(), "urn:p", fmt.Sprint([]string{"\uFF08", "\U0001F600"}[i%2], strings.Repeat("料理", 20), i))
		if i%3 == 0 {
			q.Subject, q.SubjectNode = fmt.Sprint("urn:s", i), rdf.NoNode
		}
		add(d, q)
	}
	o := rdf.Options{UTF16: true}
	c, err := rdf.Canonicalize(context.Background(), d, o)
	require.NoError(t, err)
	defer c.Release()
	sum := sha256.Sum256([]byte(canonical(t, d, o)))
	require.Equal(t, sum[:], c.Sum())
}
