package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The published cases come out as expected, and a changed one does not.
func TestCases(t *testing.T) {
	for file, said := range map[string]string{
		"match-cases.json": "37 of 37 as expected\n", "alignment-resolution-cases.json": "20 of 20 as expected\n",
	} {
		path := testkit.Shared(t, "case/matching/"+file)
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), &out, []string{"-cases", path}), out.String())
		require.Contains(t, out.String(), said)
	}
	folder := testkit.Shared(t, "case/matching")
	changed := bytes.Replace(testkit.ReadShared(t, "case/matching/match-cases.json"), []byte("0.6333"), []byte("0.6433"), 1)
	changed = bytes.ReplaceAll(changed, []byte(`"framework-`), []byte(`"`+folder+`/framework-`))
	changed = bytes.ReplaceAll(changed, []byte(`"crosswalk-`), []byte(`"`+folder+`/crosswalk-`))
	changed = bytes.ReplaceAll(changed, []byte(`"../packages`), []byte(`"`+filepath.Dir(folder)+`/packages`))
	path := filepath.Join(t.TempDir(), "cases.json")
	require.NoError(t, os.WriteFile(path, changed, 0o600))
	var out bytes.Buffer
	require.ErrorContains(t, run(t.Context(), &out, []string{"-cases", path}), "not all")
	require.Contains(t, out.String(), "36 of 37 as expected\n")
	require.Contains(t, out.String(), "m18-weighted-total FAILED: the total is")
}

// files of a small story: a framework with two skills under one, and a job that asks for it.
const (
	skill     = "5b6a1c1e-0000-4000-8000-00000000000"
	framework = `{"CFDocument": {"identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/d", "title": "Boats",
		"creator": "the guild", "lastChangeDateTime": "2025-01-01T00:00:00Z",
		"CFPackageURI": {"title": "Boats", "identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/p"}},
	"CFItems": [` + one + "1" + two + `,` + one + "2" + two + `,` + one + "3" + two + `],
	"CFAssociations": [` + child + "a" + from + "2" + to + "1" + end + `,` + child + "b" + from + "3" + to + "1" + end + `]}`
	one   = `{"identifier": "` + skill
	two   = `", "uri": "https://skills.example/items", "fullStatement": "Can", "lastChangeDateTime": "2025-01-01T00:00:00Z"}`
	child = `{"identifier": "` + skill
	from  = `", "uri": "https://skills.example/a", "associationType": "isChildOf", "lastChangeDateTime": "2025-01-01T00:00:00Z",
		"originNodeURI": {"title": "o", "uri": "https://skills.example/items", "identifier": "` + skill
	to  = `"}, "destinationNodeURI": {"title": "d", "uri": "https://skills.example/items", "identifier": "` + skill
	end = `"}}`
)

func write(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "file.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// A badge for one of two parts is half of the whole; a changed one is nothing.
func TestRecords(t *testing.T) {
	i := school.Ed(t, 1)
	draft := bytes.Replace(testkit.BadgeOf(i.VerificationMethod), []byte(`"name": "Keel laying",`),
		[]byte(`"name": "Keel laying", "alignment": [{"type": ["Alignment"], "targetName": "Can", "targetUrl": "urn:uuid:`+skill+`2"}],`), 1)
	badge := school.Sign(t, i, draft, nil)
	job := write(t, `{"id": "j", "title": "Shipwright", "requirements": [{"id": "whole", "item": "`+skill+`1", "mandatory": true}]}`)
	args := func(record string) []string {
		return []string{"-json", "-now", "2026-01-01T00:00:00Z", "-job", job, "-framework", write(t, framework), write(t, record)}
	}
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, args(string(badge))))
	var got struct {
		Total        float64
		Qualified    bool
		Requirements []struct {
			Score float64
			Used  []struct{ Issuer string }
		}
		Ignored []struct{ Reason string }
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &got))
	require.Equal(t, 0.5, got.Total)
	require.False(t, got.Qualified)
	require.Equal(t, i.ID, got.Requirements[0].Used[0].Issuer)

	out.Reset()
	require.NoError(t, run(t.Context(), &out, args(string(bytes.Replace(badge, []byte("Keel laying"), []byte("Keel saying"), 1)))))
	require.NoError(t, json.Unmarshal(out.Bytes(), &got))
	require.Zero(t, got.Total)
	require.Equal(t, "standing", got.Ignored[0].Reason)

	misspelt := write(t, `{"id": "j", "requirements": [{"item": "`+skill+`1", "mandatry": true}]}`)
	require.ErrorContains(t, run(t.Context(), &out, []string{"-job", misspelt, "-framework", write(t, framework), job}), "mandatry")
	require.ErrorContains(t, run(t.Context(), &out, nil), "are needed")
}
