package casefw_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// anchored lists the files that the official schemas accept because their
// patterns are not anchored.
var anchored = map[string]bool{
	"b07-uuid-with-junk-around.json": true,
	"b13-assoc-type-unanchored.json": true,
}

func TestValidateAgreesWithOfficialSchemas(t *testing.T) {
	for name, want := range expectations(t) {
		t.Run(name, func(t *testing.T) {
			text := synthetic(t, name)
			for version, verdict := range map[casefw.Version]string{casefw.V1p0: want.V1p0, casefw.V1p1: want.V1p1} {
				if strings.HasPrefix(verdict, "not-checked") {
					verdict = "invalid"
				}
				report := casefw.Validate[casefw.CFPackage](text, version, casefw.Options{})
				expected := verdict == "valid" && !anchored[name]
				require.Equal(t, expected, report.Valid(), "CASE %s: %v", version, report.Findings)
			}
		})
	}
}

func TestValidateRealPackages(t *testing.T) {
	facts := readFacts(t)
	for name, text := range realPackages(t) {
		t.Run(name, func(t *testing.T) {
			fact := facts[name]
			for version, verdict := range map[casefw.Version]string{casefw.V1p0: fact.StrictV1p0, casefw.V1p1: fact.StrictV1p1} {
				report := casefw.Validate[casefw.CFPackage](text, version, casefw.Options{})
				require.Equal(t, verdict == "valid", report.Valid(), "CASE %s", version)
			}
			if fact.NotAPackage {
				return
			}
			require.Equal(t, fact.StrictV1p0Errors, schemaErrors(text, casefw.V1p0), "errors under 1.0")
			require.Equal(t, fact.StrictV1p1Errors, schemaErrors(text, casefw.V1p1), "errors under 1.1")
		})
	}
}

// schemaErrors counts findings as a JSON Schema validator counts errors: all
// members that an object may not have are one.
func schemaErrors(text []byte, version casefw.Version) int {
	report := casefw.Validate[casefw.CFPackage](text, version, casefw.Options{MaxFindings: -1})
	unexpected := map[string]bool{}
	n := 0
	for _, f := range report.Findings {
		switch f.Code {
		case casefw.CodeUnknownProperty, casefw.CodeStandaloneMemberInPackage:
			unexpected[f.Pointer[:strings.LastIndexByte(f.Pointer, '/')]] = true
		case casefw.CodeTokenNewerThanVersion:
			if strings.HasSuffix(f.Pointer, "associationType") {
				n++
			} else {
				unexpected[f.Pointer[:strings.LastIndexByte(f.Pointer, '/')]] = true
			}
		case casefw.CodeItemWithoutIdentifier, casefw.CodeFullStatementRepaired:
		default:
			if f.Severity == vc.SeverityError {
				n++
			}
		}
	}
	return n + len(unexpected)
}

type fact struct {
	DocumentIdentifier string `json:"documentIdentifier"`
	Title              string `json:"title"`
	Items, Associations, UniqueItemIdentifiers, UniqueAssociationIdentifiers,
	ItemsWithMoreThanOneParent, OrphanItems, TopLevelItems, ReachableFromDocument, MaxDepth,
	ItemsInIsChildOfCycles, DanglingOriginNodes, DanglingDestinationNodes, IsChildOfWithoutSequenceNumber,
	IsChildOfRepeatingASequenceNumberUnderSameParent, ItemsWithHumanCodingScheme,
	HumanCodingSchemeValuesUsedMoreThanOnce, ItemsWithoutAnyItemType, ItemIdentifiersFailingUuidPattern,
	LastChangeDateTimeFailingRfc3339, NullValues, Rubrics int
	AssociationTypes                   map[string]int
	StrictV1p0, StrictV1p1             string
	StrictV1p0Errors, StrictV1p1Errors int
	NotAPackage                        bool
}

func readFacts(t testing.TB) map[string]fact {
	t.Helper()
	var facts map[string]fact
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/packages/facts.json"), &facts))
	return facts
}

// A stream is judged as a text in memory is.
func TestValidateStreamAgrees(t *testing.T) {
	for name, text := range allPackages(t) {
		for _, version := range []casefw.Version{casefw.V1p0, casefw.V1p1} {
			whole := casefw.Validate[casefw.CFPackage](text, version, casefw.Options{MaxFindings: -1})
			stream, err := casefw.ValidateStream(context.Background(), bytes.NewReader(text), version, casefw.Options{MaxFindings: -1})
			require.NoError(t, err)
			require.Equal(t, whole.Valid(), stream.Valid(), "%s, CASE %s: %v", name, version, stream.Findings)
			if whole.Verdict() != casefw.Reject && stream.Verdict() != casefw.Reject {
				require.Equal(t, whole.Counts, stream.Counts, "%s, CASE %s", name, version)
			}
		}
	}
}
