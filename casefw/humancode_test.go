package casefw_test

import (
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func coded(codes ...string) *casefw.Framework {
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Title: "F"}}
	for i, code := range codes {
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(1, i), HumanCodingScheme: code, FullStatement: "s"})
	}
	return casefw.NewFramework(p)
}

// codeForms are the ways in which people write one code.
var codeForms = map[string]func(string) string{
	"as it is":    func(c string) string { return c },
	"capitals":    strings.ToUpper,
	"small":       strings.ToLower,
	"dashes":      func(c string) string { return strings.ReplaceAll(c, ".", "-") },
	"blanks":      func(c string) string { return " " + strings.ReplaceAll(c, ".", " ") + " " },
	"prefix":      func(c string) string { return "CCSS.Math.Content." + strings.TrimPrefix(c, "CCSS.Math.Content.") },
	"its capital": func(c string) string { return "CCSS.MATH.CONTENT." + strings.TrimPrefix(c, "CCSS.Math.Content.") },
	"no prefix":   func(c string) string { return strings.TrimPrefix(c, "CCSS.Math.Content.") },
	"short":       func(c string) string { return "CCSS." + strings.TrimPrefix(c, "CCSS.Math.Content.") },
}

// Every code of a framework is found in each form, with its prefix and without, whether
// the framework writes it or not; and no other one is.
func TestFindCodeInEveryForm(t *testing.T) {
	bare := []string{"3.NF.A.2", "3.NF.A.2a", "3.NF.A.2.b", "HSA-APR.A.1", "A.1", "A.10", "K.CC.B.4", "1.OA.1", "10.A"}
	var full []string
	for _, c := range bare {
		full = append(full, "CCSS.Math.Content."+c)
	}
	for _, all := range [][]string{bare, full} {
		f := coded(all...)
		for i, code := range all {
			for name, form := range codeForms {
				items, exact := f.FindCode(form(code))
				require.Len(t, items, 1, "%s: %s", name, form(code))
				require.True(t, f.At(i) == items[0], "%s: %s", name, form(code))
				require.Equal(t, form(code) == code, exact)
			}
		}
		for _, none := range []string{"3.NF.A.3", "3.NF", "NF.A.2", "HSA.A.1", "APR.A.1", "CCSS", "CCSS.Math.Content", "CCSS.ELA-Literacy.X.1", "",
			"NGSS.A.1", "Content.A.1"} {
			items, _ := f.FindCode(none)
			require.Empty(t, items, none)
		}
	}
}

// A code that two subjects have is not found without saying which.
func TestFindCodeIsNotAmbiguous(t *testing.T) {
	f := coded("CCSS.Math.Content.1.A", "CCSS.ELA-Literacy.1.A", "CCSS.ELA-Literacy.2.B", "CCSS.ELA-Literacy.2.B")
	for code, want := range map[string]int{"1.A": 0, "CCSS.1.A": 0, "CCSS.Math.Content.1A": 1, "ccss.ela-literacy.1.a": 1,
		"CCSS.Math.Content.2.B": 0, "2.B": 2, "CCSS.Math.Practice.1.A": 0} {
		items, exact := f.FindCode(code)
		require.Len(t, items, want, code)
		require.False(t, exact)
	}
}

// Likewise the codes of a framework that was published with the prefix, and of one that
// was without.
func TestFindCodeOfRealFrameworks(t *testing.T) {
	for name, form := range map[string]func(string) string{
		"what-standards-could-be-2017-legacy.json": func(c string) string { return strings.TrimPrefix(c, "CCSS.Math.Content.") },
		"ccss-math-2010.json":                      func(c string) string { return "CCSS.Math.Content." + c },
	} {
		f := loaded(t, testkit.ReadShared(t, "case/packages/real/"+name))
		n := 0
		for item := range f.Items() {
			if code := form(item.Code()); item.Code() != "" && code != item.Code() {
				items, _ := f.FindCode(code)
				require.Contains(t, codesOf(items), item.Code(), code)
				n++
			}
		}
		require.Greater(t, n, 10)
	}
}

func codesOf(items []casefw.Item) (codes []string) {
	for _, t := range items {
		codes = append(codes, t.Code())
	}
	return codes
}

// What OneRoster calls sourcedId is read as the identifier, by a stream and by single
// reading alike, and comes back as it was sent.
func TestSourcedIDIsAnIdentifier(t *testing.T) {
	text := strings.ReplaceAll(bakers, `"identifier":`, `"sourcedId":`)
	f, report, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.True(t, report.Has(casefw.CodeUnknownProperty))
	whole := loaded(t, []byte(bakers))
	require.Equal(t, whole.Document().Identifier, f.Document().Identifier)
	for i := range whole.Len() {
		item, ok := f.FindText(whole.At(i).Identifier())
		require.True(t, ok)
		require.Equal(t, whole.At(i).Identifier(), item.Identifier())
		require.Equal(t, codes(whole.At(i).Children()), codes(item.Children()))
	}
	require.True(t, casefw.Diff(whole, f).Empty())
	require.Equal(t, value(t, []byte(text)), value(t, []byte(written(t, f, casefw.AsSent))))
	both, _, err := casefw.Parse[casefw.CFItem]([]byte(`{"sourcedId":"a","identifier":"b"}`), casefw.Options{})
	require.NoError(t, err)
	require.Equal(t, "b", both.Identifier)
	agree(t, []byte(text))
}
