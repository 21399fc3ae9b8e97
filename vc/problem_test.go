package vc_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

func TestSeverity(t *testing.T) {
	warning := &vc.Problem{Code: "a", Severity: vc.SeverityWarning}
	fault := &vc.Problem{Code: "b"}
	advice := &vc.Problem{Code: "c", Severity: vc.SeverityAdvice}
	list := []*vc.Problem{warning, fault, advice}
	require.Equal(t, []*vc.Problem{fault}, vc.Errors(list), "the zero Severity is an error")
	require.Equal(t, []*vc.Problem{warning}, vc.Warnings(list), "advice is no warning")
	require.Empty(t, vc.Errors(list[:1]))
	require.Equal(t, "error warning advice", fmt.Sprint(fault.Severity, warning.Severity, advice.Severity))

	require.Same(t, fault, fault.WithSeverity(vc.SeverityError))
	weighed := fault.WithSeverity(vc.SeverityWarning)
	require.Equal(t, &vc.Problem{Code: "b", Severity: vc.SeverityWarning}, weighed)
	require.Equal(t, vc.SeverityError, fault.Severity, "the problem itself stays")
}

// One line in every form, with nothing said twice.
func TestProblemError(t *testing.T) {
	network := errors.New("the line is dead")
	for want, p := range map[string]*vc.Problem{
		"a":                           {Code: "a"},
		"a: it is":                    {Code: "a", Message: "it is"},
		"a at /x/0: it is":            {Code: "a", Pointer: "/x/0", Message: "it is"},
		"a: it is (found 7)":          {Code: "a", Message: "it is", Found: "7"},
		"a: it is (expected a text)":  {Code: "a", Message: "it is", Expected: "a text"},
		"a: it is; mend it":           {Code: "a", Message: "it is", Fix: "mend it"},
		"a: it is: the line is dead":  {Code: "a", Message: "it is", Err: network},
		"a: the line is dead, always": {Code: "a", Message: "the line is dead, always", Err: network},
		"a: it is: one; two":          {Code: "a", Message: "it is", Err: errors.Join(errors.New("one"), errors.New("two"))},
		"a at /x: it is (found 7, expected a text): the line is dead; mend it": {
			Code: "a", Pointer: "/x", Message: "it is", Found: "7", Expected: "a text", Fix: "mend it", Err: network,
		},
		// An error of the same code is this problem; what is beneath it is the cause, where
		// it tells of that itself.
		"b: it is: the line is dead": {Code: "b", Message: "it is", Err: fmt.Errorf("asked: %w", telling{coded{"b", network}})},
		"b: it is":                   {Code: "b", Message: "it is", Err: &coded{"b", &coded{"b", nil}}},
		"b: it was":                  {Code: "b", Message: "it was", Err: &coded{"b", network}},
		"a: it is: coded b":          {Code: "a", Message: "it is", Err: &coded{"b", network}},
		// What to do is said once, for the document at hand.
		"a: it is: c at /y: beneath; mend it": {
			Code: "a", Message: "it is", Fix: "mend it", Err: &vc.Problem{Code: "c", Pointer: "/y", Message: "beneath", Fix: "mend that"},
		},
		"a: it was late": {Code: "a", Message: "it was late", Err: context.DeadlineExceeded},
	} {
		require.Equal(t, want, p.Error())
	}
}

// telling is one whose text has its cause.
type telling struct{ coded }

func (e telling) Error() string { return e.coded.Error() + ": " + e.cause.Error() }

// coded is an error as packages below vc have them.
type coded struct {
	code  string
	cause error
}

func (e coded) Error() string       { return "coded " + e.code }
func (e coded) ProblemCode() string { return e.code }
func (e coded) Unwrap() error       { return e.cause }
