package vc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

func TestSeverity(t *testing.T) {
	warning := &vc.Problem{Code: "a", Severity: vc.SeverityWarning}
	fault := &vc.Problem{Code: "b"}
	list := []*vc.Problem{warning, fault}
	require.Equal(t, []*vc.Problem{fault}, vc.Errors(list), "the zero Severity is an error")
	require.Equal(t, []*vc.Problem{warning}, vc.Warnings(list))
	require.Empty(t, vc.Errors(list[:1]))
	require.Equal(t, "error warning", fault.Severity.String()+" "+warning.Severity.String())

	require.Same(t, fault, fault.WithSeverity(vc.SeverityError))
	weighed := fault.WithSeverity(vc.SeverityWarning)
	require.Equal(t, &vc.Problem{Code: "b", Severity: vc.SeverityWarning}, weighed)
	require.Equal(t, vc.SeverityError, fault.Severity, "the problem itself stays")
}
