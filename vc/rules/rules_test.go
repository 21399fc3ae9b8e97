package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// change is one edit of a conforming credential and all that the rules say then,
// as "level code pointer".
type change struct {
	name, file, old, new string
	want                 []string
}

const (
	minimal      = "../../ob/testdata/minimal.json"
	full         = "../../ob/testdata/full.json"
	old          = "../../ob/testdata/old.json"
	endorsement  = "../../ob/testdata/endorsement.json"
	generic      = "../../ob/testdata/credential.json"
	presentation = "../../ob/testdata/presentation.json"
	record       = "../../clr/testdata/record.json"
)

var changes = slices.Concat(envelopeChanges, classChanges, languageChanges, formatChanges, resultChanges, imageChanges,
	genericChanges, presentationChanges, recordChanges)

func fixture(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(file))
	require.NoError(t, err)
	return string(text)
}

// outline is what a finding says, without its words.
func outline(findings []*vc.Problem) (lines []string) {
	for _, f := range findings {
		lines = append(lines, f.Severity.String()+" "+string(f.Code)+" "+f.Pointer)
	}
	return lines
}

func TestConformingCredentials(t *testing.T) {
	for _, name := range []string{minimal, full, endorsement, generic, presentation, record} {
		findings, err := rules.CheckJSON([]byte(fixture(t, name)))
		require.NoError(t, err)
		require.Empty(t, outline(findings), name)
	}
	findings, err := rules.CheckJSON([]byte(fixture(t, old)))
	require.NoError(t, err)
	require.Equal(t, []string{"warning data-model-outdated /@context"}, outline(findings))
}

func TestRules(t *testing.T) {
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			text := fixture(t, c.file)
			require.Contains(t, text, c.old)
			findings, err := rules.CheckJSON([]byte(strings.Replace(text, c.old, c.new, 1)))
			require.NoError(t, err)
			want := c.want
			if c.file == old {
				findings = slices.DeleteFunc(findings, func(p *vc.Problem) bool { return p.Code == rules.CodeDataModelOutdated })
			}
			require.Equal(t, want, outline(findings))
			for _, f := range findings {
				require.NotEmpty(t, f.Message)
				require.NotEmpty(t, f.Fix)
				require.NotEmpty(t, f.Spec)
				require.True(t, f.Found != "" || f.Expected != "", f)
				require.NotContains(t, f.Message+f.Found+f.Expected, "@example.org", "no personal data in a message")
			}
		})
	}
}

// Every code that has words is shown by a change that brings it about.
func TestEveryCodeIsSeen(t *testing.T) {
	seen := map[vc.Code]bool{rules.CodeMemberWithheld: true, rules.CodeDataModelOutdated: true, rules.CodeMore: true, vc.CodeJSON: true}
	for _, c := range changes {
		for _, line := range c.want {
			seen[vc.Code(strings.Fields(line)[1])] = true
		}
	}
	for _, code := range rules.Codes() {
		require.True(t, seen[code], "no test brings about %s", code)
	}
}

// A hundred of each level are told, and how many more there are: many warnings
// must not hide an error.
func TestManyFindings(t *testing.T) {
	tags := `"tag": [` + strings.Repeat(`7,`, 1999) + `7],`
	links := strings.Repeat(`{"type":["Alignment"],"targetName":"x","targetUrl":"urn:x","alignment":[],"targetCode":{"@value":"x"}},`, 300)
	text := strings.Replace(fixture(t, minimal), `"name": "Knots and Splices",
      "description"`, `"alignment": [`+links[:len(links)-1]+`], `+tags+` "name": "Knots", "description"`, 1)
	findings, err := rules.CheckJSON([]byte(text))
	require.NoError(t, err)
	require.Len(t, vc.Errors(findings), 101)
	require.Len(t, vc.Warnings(findings), 101)
	last := vc.Errors(findings)[100]
	require.Equal(t, rules.CodeMore, last.Code)
	require.Equal(t, "1900 more errors", last.Found)
	require.Equal(t, "200 more warnings", vc.Warnings(findings)[100].Found)
}

func TestSkipEmbedded(t *testing.T) {
	text := strings.Replace(fixture(t, full), `["EndorsementSubject"]`, `["Other"]`, 1)
	doc, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	require.NotEmpty(t, vc.Errors(rules.Check(doc, rules.Options{})))
	require.Empty(t, rules.Check(doc, rules.Options{SkipEmbedded: true}))
}

// The whole of a problem, once: what a person reads.
func TestProblemReadsWell(t *testing.T) {
	findings, err := rules.CheckJSON([]byte(strings.Replace(fixture(t, minimal), `"validFrom": "2026-01-01T00:00:00Z"`, `"validFrom": "2026-01-01"`, 1)))
	require.NoError(t, err)
	require.Equal(t, []*vc.Problem{{
		Code: rules.CodeDateTime, Type: vc.TypeMalformedValue, Pointer: "/validFrom", Message: "the value is not a date and time",
		Found: `"2026-01-01"`, Expected: "a date and time with its zone", Fix: "write it as 2026-01-01T00:00:00Z", Spec: "XML Schema 1.1, 3.3.7",
	}}, findings)
}

// No input makes the rules panic, and whatever they say they have words for.
func FuzzCheck(f *testing.F) {
	for _, name := range []string{minimal, full, old, endorsement, generic, presentation, record} {
		f.Add([]byte(fixture(f, name)))
	}
	f.Add([]byte(`{"@context":{},"type":"OpenBadgeCredential","credentialSubject":[{"result":7,"achievement":{"resultDescription":[{"requiredLevel":"x"},null]}}],"endorsement":[{},null,[]]}`))
	f.Add([]byte(`{"type":"ClrCredential","credentialSubject":{"association":{"sourceId":"a","targetId":"b"},"verifiableCredential":[null,[],{"type":7}]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		findings, err := rules.CheckJSON(b)
		if err != nil {
			return
		}
		for _, x := range findings {
			require.NotEmpty(t, x.Message, x.Code)
			require.NotEmpty(t, x.Spec, x.Code)
		}
	})
}
