package casefw_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// package of one item with some members beside what it must have.
func itemWith(member string) string {
	return `{"CFItems":[{"identifier":"11111111-1111-4111-8111-111111111111",` + member + `}]}`
}

// A finding says how much it weighs, what was found, and what was read instead.
func TestFindingsAreProblems(t *testing.T) {
	cases := map[string]struct {
		text string
		want vc.Problem
	}{
		"what the schema forbids is an error": {itemWith(`"notes":null`), vc.Problem{
			Code: casefw.CodeNullValue, Pointer: "/CFItems/0/notes", Found: "null", Fix: "read as absent"}},
		"what the prose forbids is a warning": {itemWith(`"notes":"see javascript:alert(1)"`), vc.Problem{
			Code: casefw.CodeUnsafeURI, Severity: vc.SeverityWarning, Pointer: "/CFItems/0/notes", Found: "a URL in the text",
			Fix: "never make a link of it"}},
		"what the guide advises is advice": {itemWith(`"language":"` + strings.Repeat("é", 5000) + `"`), vc.Problem{
			Code: casefw.CodeTextLong, Severity: vc.SeverityAdvice, Pointer: "/CFItems/0/language",
			Found: "5000 characters", Expected: "at most 10", Fix: "shorten it", Spec: "CASE 1.1 implementation guide"}},
		"a repair of its own": {itemWith(`"FullStatement":"s"`), vc.Problem{
			Code: casefw.CodeUnknownProperty, Pointer: "/CFItems/0/FullStatement", Found: `"FullStatement"`,
			Expected: "a member of CFItem in CASE 1.1", Fix: "read as fullStatement"}},
		"what is missing": {itemWith(`"fullStatement":"s"`), vc.Problem{
			Code: casefw.CodeRequiredPropertyMissing, Pointer: "/CFItems/0", Expected: "uri", Fix: "add it"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, report, err := casefw.LoadBytes([]byte(c.text), casefw.Options{Advise: true})
			require.NoError(t, err)
			var got *vc.Problem
			for _, p := range report.Findings {
				if p.Code == c.want.Code && p.Pointer == c.want.Pointer && got == nil {
					got = p
				}
			}
			require.NotNil(t, got, "%v", report.Findings)
			require.NotEmpty(t, got.Message)
			c.want.Type, c.want.Message = vc.TypeLaurel, got.Message
			c.want.Spec = cmp.Or(c.want.Spec, "CASE 1.1 information model, CFItem")
			require.Equal(t, c.want, *got)
			require.ErrorIs(t, got, &vc.Problem{Code: c.want.Code})
		})
	}
}

// What ended the reading is an error like any other, and the report knows that it ended.
func TestVerdicts(t *testing.T) {
	whole := `{"identifier":"11111111-1111-4111-8111-111111111111","uri":"https://x.example/11111111-1111-4111-8111-111111111111",` +
		`"fullStatement":"s","lastChangeDateTime":"2024-01-01T00:00:00Z","CFDocumentURI":{"title":"d",` +
		`"identifier":"11111111-1111-4111-8111-111111111112","uri":"https://x.example/d"}`
	for text, want := range map[string]struct {
		verdict casefw.Verdict
		valid   bool
	}{
		whole + `}`: {casefw.Accept, true},
		whole + `,"language":"` + strings.Repeat("e", 301) + `"}`: {casefw.Accept, true},
		whole + `,"notes":"\u0007"}`:                              {casefw.AcceptWithWarnings, true},
		whole + `,"notes":null}`:                                  {casefw.AcceptWithWarnings, false},
		whole:                                                     {casefw.Reject, false},
	} {
		_, report, err := casefw.Parse[casefw.CFItem]([]byte(text), casefw.Options{Advise: true})
		require.Equal(t, want.verdict, report.Verdict(), "%s: %v", text, report.Findings)
		require.Equal(t, want.valid, report.Valid(), "%s: %v", text, report.Findings)
		require.Equal(t, want.verdict == casefw.Reject, err != nil)
		if err != nil {
			require.Same(t, err, report.Findings[0])
			require.Equal(t, vc.SeverityError, report.Findings[0].Severity)
		}
	}
}

// A sum has what each of its parts has, the end of a reading too.
func TestReportsAreSummed(t *testing.T) {
	read := func(text string) *casefw.Report {
		_, report, _ := casefw.LoadBytes([]byte(text), casefw.Options{})
		return report
	}
	sum, null, broken := read(itemWith(`"notes":"n"`)), read(itemWith(`"notes":null`)), read(`{"CFItems":`)
	total := sum.Total() + null.Total() + broken.Total()
	require.False(t, sum.Has(casefw.CodeNullValue))
	sum.Append(null)
	require.True(t, sum.Has(casefw.CodeNullValue))
	require.Equal(t, casefw.AcceptWithWarnings, sum.Verdict())
	sum.Append(broken)
	require.Equal(t, casefw.Reject, sum.Verdict())
	require.Equal(t, total, sum.Total())
	require.True(t, sum.Complete())
}

// The sum of many steps keeps no more of a code than one step does, and counts all.
func TestSumsAreBounded(t *testing.T) {
	one := func() *casefw.Report {
		_, report, err := casefw.LoadBytes([]byte(itemWith(`"notes":null`)), casefw.Options{MaxFindings: 2})
		require.NoError(t, err)
		return report
	}
	sum, each := one(), one()
	for range 1000 {
		sum.Append(each)
	}
	require.Equal(t, 1001*each.Counts[casefw.CodeNullValue], sum.Counts[casefw.CodeNullValue])
	require.Equal(t, 1001*each.Total(), sum.Total())
	require.LessOrEqual(t, len(sum.Findings), 2*len(sum.Counts))
	require.False(t, sum.Complete())
}

// What was cut off is told from what is wrong.
func TestCutOff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"CFDocument":`: true, `{"CFItems":[{"identifier":"b`: true, `{"CFItems":[{"identifier":"b"}]`: true, `{"CFItems":[x`: false, `{}x`: false,
	} {
		_, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
		require.Equal(t, want, casefw.CutOff(err), "%s: %v", text, err)
		_, _, err = casefw.Parse[casefw.CFPackage]([]byte(text), casefw.Options{})
		require.Equal(t, want, casefw.CutOff(err), "%s: %v", text, err)
	}
	require.False(t, casefw.CutOff(nil))
}

// Nothing is made for a finding that is only counted: a text with a thousand of each costs
// as many allocations as one without.
func TestWhatIsOnlyCountedCostsNothing(t *testing.T) {
	const n = 1000
	document := func(item string) []byte { return []byte(`{"CFItems":[` + strings.Repeat(item+",", n) + item + `]}`) }
	good := `{"identifier":"11111111-1111-4111-8111-111111111111","uri":"https://x.example/11111111-1111-4111-8111-111111111111",` +
		`"fullStatement":"s","notes":"n","lastChangeDateTime":"2024-01-01T00:00:00Z","statusStartDate":"2024-01-01",` +
		`"statusEndDate":"2024-02-01",` +
		`"CFItemTypeURI":{"title":"t","identifier":"11111111-1111-4111-8111-111111111112","uri":"https://x.example/t"}}`
	allocations := func(item string) float64 {
		text := document(item)
		return testing.AllocsPerRun(3, func() {
			casefw.Validate[casefw.CFPackage](text, casefw.V1p1, casefw.Options{MaxFindings: 1})
		})
	}
	const own, other = "https://x.example/11111111-1111-4111-8111-111111111111", "https://x.example/11111111-1111-4111-8111-111111111110"
	clean := allocations(good)
	for code, change := range map[vc.Code][2]string{
		casefw.CodeUUIDNotLowercase:        {`-111111111112"`, `-AAAAAAAAAAAA"`},
		casefw.CodeIdentifierNotUUID:       {`"11111111-1111-4111-8111-111111111112"`, `"{11111111-1111-4111-8111-111111111112}"`},
		casefw.CodeUUIDVersionNotAllowed:   {`-4111-8111-111111111112"`, `-0111-8111-111111111112"`},
		casefw.CodeURINotAbsolute:          {`https://x.example/t`, `unknown/address`},
		casefw.CodeURIIdentifierMismatch:   {own, other},
		casefw.CodeUnsafeURI:               {`https://x.example/t`, `javascript:alert(1)`},
		casefw.CodeBadDateTime:             {`2024-01-01T00:00:00Z`, `2024-01-01T00:00:00`},
		casefw.CodeBadDate:                 {`"statusStartDate":"2024-01-01"`, `"statusStartDate":"yesterday"`},
		casefw.CodeEndBeforeStart:          {`2024-02-01`, `2023-02-01`},
		casefw.CodeControlCharacter:        {`"title":"t"`, `"title":"` + "\u0085" + `"`},
		casefw.CodeRequiredPropertyMissing: {`"fullStatement":"s",`, ``},
		casefw.CodeUnknownProperty:         {`"notes"`, `"Notes"`},
		casefw.CodeNullValue:               {`"notes":"n"`, `"notes":null`},
		casefw.CodeWrongType:               {`"notes":"n"`, `"notes":1.5`},
		casefw.CodeStringInsteadOfArray:    {`"notes":"n"`, `"educationLevel":"01"`},
	} {
		require.Equal(t, 1, strings.Count(good, change[0]), code)
		faulty := strings.Replace(good, change[0], change[1], 1)
		report := casefw.Validate[casefw.CFPackage](document(faulty), casefw.V1p1, casefw.Options{MaxFindings: 1})
		require.GreaterOrEqual(t, report.Counts[code], n+1, "%s: %v", code, report.Findings)
		require.InDelta(t, clean, allocations(faulty), 100, code)
	}
}

// The findings about changes are warnings with the clause of the guide.
func TestLintsAreProblems(t *testing.T) {
	one := loaded(t, []byte(strings.Replace(itemWith(`"fullStatement":"s"`), `{`, `{"CFDocument":{"adoptionStatus":"Implemented"},`, 1)))
	two := loaded(t, []byte(`{"CFDocument":{"adoptionStatus":"Implemented"},"CFItems":[]}`))
	report := casefw.Diff(one, two).Lint(time.Now())
	require.Len(t, report.Findings, 1)
	require.Equal(t, &vc.Problem{
		Code: casefw.CodeItemDeleted, Severity: vc.SeverityWarning, Type: vc.TypeLaurel, Pointer: "/CFItems/0", Found: `"s"`,
		Message: "the item was deleted", Fix: "retire it with statusEndDate", Spec: "CASE 1.1 implementation guide, managing change",
	}, report.Findings[0])
	require.Equal(t, casefw.AcceptWithWarnings, report.Verdict())
	require.True(t, report.Valid())
}
