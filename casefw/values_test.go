package casefw_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func table[T any](t *testing.T, path string) []T {
	t.Helper()
	var rows []T
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, path), &rows))
	require.NotEmpty(t, rows)
	return rows
}

func TestIdentifiers(t *testing.T) {
	for _, row := range table[struct {
		Value                 string
		StrictAnchored        bool
		SameIdentifierLenient *string
	}](t, "case/rest/uuid-cases.json") {
		g, err := casefw.ParseGUID(row.Value)
		require.Equal(t, row.SameIdentifierLenient != nil, err == nil, "%q", row.Value)
		if err != nil {
			requireCode(t, err, casefw.CodeIdentifierSyntax)
			continue
		}
		require.Equal(t, *row.SameIdentifierLenient, g.String())
		require.Equal(t, row.StrictAnchored, g.Standard() && g.String() == row.Value, "%q", row.Value)
	}
}

func TestFindGUIDs(t *testing.T) {
	const a, b = "5e84a138-416e-11e7-9c16-f09b61c8dfdf", "0190c6f2-7a31-7c44-9b1e-2f6d1a0b3c4d"
	found := casefw.FindGUIDs("https://x.org/" + a + "/items/" + b + "#top")
	require.Len(t, found, 2)
	require.Equal(t, []string{a, b}, []string{found[0].String(), found[1].String()})
	require.Empty(t, casefw.FindGUIDs("https://x.org/5e84a138-416e-11e7-9c16"))
}

func TestMintedIdentifiersAreOfTheStandard(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		require.True(t, casefw.NewGUID(r).Standard())
		require.True(t, casefw.NewGUID(nil).Standard())
	}
	// RFC 4122, appendix B as corrected by erratum 1352: the name www.example.com
	// in the DNS namespace.
	dns, err := casefw.ParseGUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
	require.NoError(t, err)
	require.Equal(t, "5df41881-3aed-3515-88a7-2f4a814cf09e", casefw.NamedGUID(dns, "www.example.com").String())
}

func TestDateTimes(t *testing.T) {
	for _, row := range table[struct {
		Value          string
		StrictDateTime bool
		UTC            *string
	}](t, "case/rest/timestamp-cases.json") {
		at, strict, ok := casefw.ParseDateTime(row.Value)
		require.Equal(t, row.StrictDateTime, strict, "%q", row.Value)
		require.Equal(t, row.UTC != nil, ok, "%q", row.Value)
		if ok {
			require.Equal(t, *row.UTC, at.UTC().Format(time.RFC3339Nano), "%q", row.Value)
		}
	}
}

func TestExtensionTokens(t *testing.T) {
	for _, row := range table[struct {
		Value  string
		Strict bool
		Kind   string
	}](t, "case/rest/ext-token-cases.json") {
		kind := casefw.AssociationType(row.Value)
		require.Equal(t, row.Strict, kind.Known() || kind.IsExtension(), "%q", row.Value)
		require.Equal(t, row.Kind == "extension", kind.IsExtension(), "%q", row.Value)
	}
}

func TestLanguages(t *testing.T) {
	for _, row := range table[struct {
		Value string
		BCP47 *string
	}](t, "case/rest/language-cases.json") {
		tag, ok := casefw.NormalizeLanguage(row.Value)
		require.Equal(t, row.BCP47 != nil, ok, "%q", row.Value)
		if ok {
			require.Equal(t, *row.BCP47, tag)
		}
	}
}

func TestNormalizeCode(t *testing.T) {
	for _, pair := range [][2]string{{"3.NF.A.2a", "3.NF.A.2.a"}, {"HSA.APR", "HSA-APR"}, {"MP.1", "MP1"}, {"k.cc.a.1", "K.CC.A.1"}} {
		require.Equal(t, casefw.NormalizeCode(pair[0]), casefw.NormalizeCode(pair[1]))
	}
	require.NotEqual(t, casefw.NormalizeCode("Math.1"), casefw.NormalizeCode("Math.10"))
	require.NotEqual(t, casefw.NormalizeCode("01"), casefw.NormalizeCode("1"))
	require.Empty(t, casefw.NormalizeCode("--"))
}

func TestUnderCode(t *testing.T) {
	require.True(t, casefw.UnderCode("ELA.1", "ELA"))
	require.False(t, casefw.UnderCode("Math.10", "Math.1"))
	require.False(t, casefw.UnderCode("Math.1", "Math.1"))
	require.False(t, casefw.UnderCode("x", ""))
}

func TestInForce(t *testing.T) {
	day := func(s string) time.Time {
		at, err := time.Parse("2006-01-02T15:04", s)
		require.NoError(t, err)
		return at
	}
	item := casefw.CFItem{StatusStartDate: "2024-01-01", StatusEndDate: "2024-12-31"}
	require.False(t, item.InForce(day("2023-12-31T23:59")))
	require.True(t, item.InForce(day("2024-01-01T00:00")))
	require.True(t, item.InForce(day("2024-12-31T23:59")), "the last day counts whole")
	require.False(t, item.InForce(day("2025-01-01T00:00")))
	require.True(t, (&casefw.CFItem{StatusStartDate: "soon"}).InForce(day("2024-01-01T00:00")), "what cannot be read does not limit")
}

func TestStatus(t *testing.T) {
	for word, want := range map[string]casefw.Status{
		"Draft": casefw.Draft, "adopted": casefw.Implemented, "Implemented": casefw.Implemented, "Deprecated": casefw.Retired,
		"Pending  Implementation": casefw.PendingImplementation, "revision": casefw.OtherStatus, "": casefw.OtherStatus,
	} {
		require.Equal(t, want, (&casefw.CFDocument{AdoptionStatus: word}).Status(), word)
	}
}
