package exchange_test

import (
	"encoding/csv"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/stretchr/testify/require"
)

// cellsBy are the cells of a table as a program has it that takes one separator, or
// several, and does not know what a quote is behind another character.
func cellsBy(table, separators string) (cells []string) {
	for line := range strings.FieldsFuncSeq(table, func(r rune) bool { return r == '\r' || r == '\n' }) {
		r := csv.NewReader(strings.NewReader(line))
		r.LazyQuotes, r.FieldsPerRecord, r.Comma = true, -1, rune(separators[0])
		if one, err := r.Read(); err == nil {
			cells = append(cells, one...)
		}
		cells = append(cells, strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(separators, c) })...)
	}
	return cells
}

// runs reports whether a spreadsheet would take a cell for a formula, by what Excel,
// LibreOffice and Google Sheets take off first.
func runs(cell string) bool {
	cell = strings.TrimFunc(cell, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '"' || unicode.Is(unicode.Cf, r)
	})
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return false
	}
	return cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0])
}

// runsNowhere holds a table with commas against programs that split it otherwise.
func runsNowhere(t testing.TB, table string) {
	t.Helper()
	whole, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	require.NoError(t, err)
	for _, line := range whole {
		for _, c := range line {
			require.False(t, runs(c), "%q", c)
		}
	}
	for _, separators := range []string{";", "\t", ";\t"} {
		for _, c := range cellsBy(table, separators) {
			require.False(t, runs(c), "%q, split at %q", c, separators)
		}
	}
}

// A cell is run by no spreadsheet, whatever separator it takes, and comes back as it was.
func TestNoCellIsRun(t *testing.T) {
	tokens := []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "'", "''", "\"", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\t", "\r", "\n", "\r\n",
		";", ",", "|", "x", "5", "1e5", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x.example\")", "DDE(\"a\";\"b\")", "é"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Title: "Test", Identifier: "11111111-1111-4111-8111-111111111110"}}
		for i := range 10 {
			var s strings.Builder
			for range 1 + r.IntN(7) {
				s.WriteString(tokens[r.IntN(len(tokens))])
			}
			p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: "11111111-1111-4111-8111-11111111111" + strconv.Itoa(i), FullStatement: s.String()})
		}
		f := casefw.NewFramework(p)
		for _, o := range []exchange.WriteOptions{{}, {Separator: ';'}, {Separator: '\t'}, {Formulas: exchange.FlagFormulas}} {
			text, _ := write(t, f, o)
			if o == (exchange.WriteOptions{}) {
				runsNowhere(t, text)
			}
			got, _ := read(t, text)
			for i := range f.Len() {
				item, ok := got.FindText(f.At(i).Identifier())
				require.True(t, ok)
				require.Equal(t, f.At(i).Record().FullStatement, item.Record().FullStatement, "%+v", o)
			}
		}
	}
}

// Names of columns are cells too.
func TestNamesOfExtensionsComeBack(t *testing.T) {
	names := []string{"=1", "'=1", "-x;=y", "notes", "extension notes", "extension ", "#title", "", " ", "CASE JSON", "a,b", "a\r\nb", "Parent Code", "x"}
	var b strings.Builder
	for i, name := range names {
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + strconv.Quote(name) + `:"` + strconv.Itoa(i) + `"`)
	}
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Title: "Test", Identifier: "11111111-1111-4111-8111-111111111110"},
		CFItems: []casefw.CFItem{{Identifier: "11111111-1111-4111-8111-111111111111", FullStatement: "S", Extensions: []byte(b.String() + "}")}}}
	text, _ := write(t, casefw.NewFramework(p), exchange.WriteOptions{})
	runsNowhere(t, text)
	f, _ := read(t, text)
	require.JSONEq(t, b.String()+"}", string(f.At(0).Extensions()))
}
