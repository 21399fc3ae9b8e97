package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// mutate changes a table where its structure is: lines, columns, cells, quotes, levels.
func mutate(r *rand.Rand, text string) string {
	lines := strings.SplitAfter(text, "\n")
	at := r.IntN(len(lines))
	many := 1 << r.IntN(17)
	switch r.IntN(13) {
	case 0: // a line many times
		lines[at] = strings.Repeat(lines[at], min(many, 1+(2<<20)/(len(lines[at])+1)))
	case 1: // very many tiny lines
		return text + strings.Repeat([]string{"a\n", "\n", ",a\n", "\"\"\n", "a,b\r"}[r.IntN(5)], many)
	case 2: // very many columns
		lines[at] = strings.TrimRight(lines[at], "\r\n") + strings.Repeat([]string{",", ",a", ",\"\""}[r.IntN(3)], many) + "\n"
	case 3: // a long cell
		lines[at] = strings.Replace(lines[at], ",", ","+strings.Repeat([]string{"x", "x|", "x,", "'", "1.", "=", "A."}[r.IntN(7)], many)+",", 1)
	case 4: // quotes
		lines[at] = strings.Replace(lines[at], ",", []string{",\"", ",\"\"", "\",", "\"\n\""}[r.IntN(4)], 1+r.IntN(3))
	case 5: // a chain of levels
		var b strings.Builder
		level := "1"
		b.WriteString("fullStatement,smartLevel\n")
		for range min(many, 1500) {
			b.WriteString("S," + level + "\n")
			level += ".1"
		}
		return b.String()
	case 6: // a chain, or a circle, of parents
		var b strings.Builder
		b.WriteString("fullStatement,code,parent\n")
		n := min(many, 20_000)
		for i := range n {
			fmt.Fprintf(&b, "S,c%d,c%d\n", i, (i+1)%n)
		}
		return b.String()
	case 7: // long names of columns, each an extension of every line
		return strings.Replace(text, "\n", strings.Repeat(","+strings.Repeat("n", many), 1+r.IntN(20))+"\n", 1)
	case 8: // many links in a cell
		return "fullStatement,code,isPeerOf\n" + strings.Repeat("S,A,"+strings.Repeat("A|", 1+many/4)+"A\n", 1+r.IntN(20))
	case 9: // JSON for what cells cannot hold
		return strings.Replace(text, "\n", ",CASE JSON\n", 1) + strings.Repeat(
			[]string{",S,,,,\"{}\"\n", ",S,\"[{},{\"\"notes\"\":0}]\"\n", ",S,{\n"}[r.IntN(3)], min(many, 20_000))
	case 10: // a piece twice
		from := r.IntN(len(text) + 1)
		to := from + r.IntN(len(text)-from+1)
		return text[:to] + text[from:to] + text[to:]
	case 11: // line ends
		return strings.ReplaceAll(text, "\n", []string{"\r", "\r\n", "\n\r", "\r\r"}[r.IntN(4)])
	case 12: // separators
		return strings.ReplaceAll(text, ",", []string{";", "\t", "|", ";;"}[r.IntN(4)])
	}
	return strings.Join(lines, "")
}

// Whatever a table is, reading it takes no more than 16 MiB and eight times its bytes,
// and what ends it is a finding.
func TestReadingIsBounded(t *testing.T) {
	if testkit.Race {
		t.Skip("skipped: memory is measured without the race detector")
	}
	runs := 500
	if os.Getenv("LAUREL_LONG") != "" {
		runs = 10_000
	}
	var tables [5]bytes.Buffer
	_, err := exchange.Write(context.Background(), exchange.Outputs{Document: &tables[0], Items: &tables[1], Associations: &tables[2],
		Rubrics: &tables[3], Definitions: &tables[4]}, chain(40), exchange.WriteOptions{})
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(5, 6))
	worst, what := 0.0, ""
	for seed := range runs {
		texts := make([]string, len(tables))
		for i := range tables {
			texts[i] = tables[i].String()
		}
		for range 1 + r.IntN(3) {
			i := r.IntN(len(texts))
			texts[i] = mutate(r, texts[i])
		}
		size, readers := 0, make([]io.Reader, len(texts))
		for i, text := range texts {
			size += len(text)
			readers[i] = strings.NewReader(text)
		}
		in := exchange.Tables{Document: readers[0], Items: readers[1], Associations: readers[2], Rubrics: readers[3],
			Definitions: readers[4]}
		allocated := testkit.Allocated(func() {
			_, _, err = exchange.Read(context.Background(), in, exchange.Options{Now: testkit.Clock})
		})
		bound := uint64(16<<20 + 8*size)
		require.LessOrEqual(t, allocated, bound, "run %d: %d bytes of tables, %v", seed, size, err)
		if share := float64(allocated) / float64(bound); share > worst {
			worst, what = share, fmt.Sprintf("run %d: %d of %d, %d bytes of tables, %v", seed, allocated, bound, size, err)
		}
		if err != nil {
			var p *vc.Problem
			require.ErrorAs(t, err, &p)
		}
	}
	t.Logf("the most: %.2f of the bound, %s", worst, what)
}
