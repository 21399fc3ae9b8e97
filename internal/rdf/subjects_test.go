package rdf_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
)

// ground makes a dataset without blank nodes, of many subjects that begin alike
// and that come back after others.
func ground(seed uint64, subjects, quads int) *rdf.Dataset {
	random := rand.New(rand.NewPCG(seed, 7))
	d := &rdf.Dataset{}
	for range quads {
		n := random.IntN(subjects)
		iri := "urn:" + strings.Repeat("long/", n%5) + fmt.Sprint(n/5)
		if n%3 == 0 {
			iri += "-" // comes before ">", where another subject ends
		}
		q := text(rdf.NoNode, fmt.Sprintf("urn:p%d", random.IntN(3)), fmt.Sprint(random.IntN(4)))
		q.Subject = iri
		add(d, q)
	}
	return d
}

// Without blank nodes the canonical form is the set of lines, sorted.
func TestSubjectsAreSorted(t *testing.T) {
	for i, subjects := range []int{1, 5, 12, 13, 31, 32, 33, 200, 3000} {
		d := ground(uint64(i), subjects, 4*subjects)
		lines := bytes.SplitAfter(nquads.Append(nil, d), []byte("\n"))
		slices.SortFunc(lines, bytes.Compare)
		lines = slices.CompactFunc(lines, bytes.Equal)
		require.Equal(t, string(bytes.Join(lines, nil)), formOrCode(d, rdf.Options{}), "%d subjects", subjects)
	}
}

// The digest does not depend on whether the form is held as a whole.
func TestSumOfLongForms(t *testing.T) {
	for _, d := range []*rdf.Dataset{{}, badge(1), badge(60), ground(1, 900, 2000)} {
		for _, h := range []rdf.Hash{rdf.SHA256, rdf.SHA384} {
			streamed, err := rdf.Canonicalize(context.Background(), d, rdf.Options{Hash: h})
			require.NoError(t, err)
			whole, err := rdf.Canonicalize(context.Background(), d, rdf.Options{Hash: h})
			require.NoError(t, err)
			form := whole.NQuads()
			want := sha512.New384()
			if h == rdf.SHA256 {
				want = sha256.New()
			}
			want.Write(form)
			require.Equal(t, want.Sum(nil), streamed.Sum())
			require.Equal(t, want.Sum(nil), whole.Sum())
			require.Equal(t, string(form), string(streamed.NQuads()), "after Sum")
			whole.Release()
			rdf.ReleasePoisoned(streamed)
			require.Equal(t, want.Sum(nil), streamed.Sum(), "it stays")
		}
	}
}
