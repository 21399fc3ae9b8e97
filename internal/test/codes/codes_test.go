// Package codes_test gives each code of the module by an input, through the doors that
// products use, and keeps what is then said as one page, to be read by people:
// testdata/said.md.
package codes_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

var update = flag.Bool("update", false, "write testdata/said.md anew")

// root is the module, seen from this folder.
const root = "../../../"

// row is an input that gives a code.
type row struct {
	code  vc.Code
	input string // what it is, for a person
	give  func(*desk) []*vc.Problem
}

// rows are all of them. A code may have several, one for each sentence that it has.
func rows(d *desk) []row {
	return slices.Concat(ruleRows, recordRows, parseRows, formatRows(d.t), contextRows, proofRows, keyRows, tokenRows, sdjwtRows, signRows,
		fetchRows, statusRows, schemaRows, verifyRows, nestedRows, readingRows, bakeRows, olderRows, modelRows, jobRows, linkRows,
		caseRows, caseWholeRows, caseTableRows, caseProviderRows, planRows, publishRows, disclosedRows, presentationRows, sharingRows,
		archiveRows, keptRows, registryRows, recordedRows, clr1Rows)
}

// listedCodes are the codes of the module, in the order of their page, which a test of
// internal/floors makes from the constants.
func listedCodes(t *testing.T) (all []vc.Code) {
	t.Helper()
	page, err := os.ReadFile(root + "docs/codes.md")
	require.NoError(t, err)
	for _, line := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		all = append(all, vc.Code(line[1]))
	}
	require.Greater(t, len(all), 350)
	return all
}

// Each code is given by an input, and what is said then is what testdata/said.md has,
// which was read as a whole by somebody who would have to send it to a customer.
func TestEachCodeIsSaid(t *testing.T) {
	codes, d := listedCodes(t), newDesk(t)
	given := map[vc.Code]bool{}
	var sections []section
	for _, r := range rows(d) {
		t.Run(string(r.code), func(t *testing.T) {
			d.t = t
			if s, ok := d.say(r); ok {
				sections = append(sections, s)
				given[r.code] = true
			}
		})
		known := slices.Contains(codes, r.code) || strings.HasPrefix(string(r.code), "not-enabled-")
		require.True(t, known, "%s is no code of docs/codes.md", r.code)
	}
	for _, code := range codes {
		if !given[code] {
			t.Errorf("no input gives %s", code)
		}
	}
	page := pageOf(sections)
	const file = "testdata/said.md"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	if page != string(written) {
		t.Errorf("%s differs from what is said, first at: %s\nread what changed, and write it anew: go test ./internal/test/codes -update",
			file, firstDifference(string(written), page))
	}
}

// section is what the page has of one row.
type section struct {
	row
	said   string
	beside []string // the codes of other errors that the input gives
}

// say runs a row. It is false where the code is not among what is given.
func (d *desk) say(r row) (section, bool) {
	d.t.Helper()
	s := section{row: r}
	var codes []string
	for _, p := range r.give(d) {
		codes = append(codes, string(p.Code))
		switch {
		case p.Code == r.code && s.said == "":
			// The JSON library chooses one of two words when a program starts, so that nobody
			// goes by its messages.
			s.said = strings.ReplaceAll(p.Error(), "json: unable to ", "json: cannot ")
		case p.Code != r.code && p.Severity == vc.SeverityError && !slices.Contains(s.beside, string(p.Code)):
			s.beside = append(s.beside, string(p.Code))
		}
	}
	if s.said == "" {
		d.t.Errorf("%s: %s: gives %v", r.code, r.input, codes)
	}
	return s, s.said != ""
}

const pageHead = `# What is said

Each code of the library, an input that gives it, and what is then said of it, as somebody who is sent it reads it. Codes behind "beside" are those of other errors that the same input has. The page is made by the test of this folder and is read as a whole when it changes.
`

func pageOf(sections []section) string {
	slices.SortStableFunc(sections, func(a, b section) int { return cmp.Compare(a.code, b.code) })
	var page strings.Builder
	page.WriteString(pageHead)
	for i, s := range sections {
		if i == 0 || sections[i-1].code != s.code {
			fmt.Fprintf(&page, "\n## %s\n", s.code)
		}
		fmt.Fprintf(&page, "\n*%s*\n\n> %s\n", s.input, strings.TrimPrefix(steady(s.said), string(s.code)+": "))
		if len(s.beside) > 0 {
			fmt.Fprintf(&page, "\nbeside: %s\n", strings.Join(s.beside, ", "))
		}
	}
	return page.String()
}

// port is that of a server on loopback, which is another at each run.
var port = regexp.MustCompile(`127\.0\.0\.1:\d+`)

func steady(text string) string { return port.ReplaceAllString(text, "127.0.0.1:PORT") }

func firstDifference(a, b string) string {
	old, now := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(old), len(now)) {
		if old[i] != now[i] {
			return fmt.Sprintf("line %d:\n- %s\n+ %s", i+1, old[i], now[i])
		}
	}
	return fmt.Sprintf("line %d", min(len(old), len(now)))
}
