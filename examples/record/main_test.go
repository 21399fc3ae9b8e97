package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

func runRecord(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

const ana = "did:example:ana"

// world has a record of a learner: a course of the school's own that has the record's
// signature alone, a badge of somebody else, and one that was changed.
func record(t *testing.T) (file string, school *obtest.Issuer) {
	t.Helper()
	world := obtest.New(obtest.Config{Seed: "examples/record", At: testkit.Now})
	school, err := world.Issuer("school", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	other, err := world.Issuer("other", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	good, err := other.Sign(other.Badge(obtest.Badge{Number: 1, Recipient: ana}), nil)
	require.NoError(t, err)
	changed, err := other.Sign(other.Badge(obtest.Badge{Number: 2, Recipient: ana}), nil)
	require.NoError(t, err)
	changed = bytes.Replace(changed, []byte("Keel laying 2"), []byte("Sailing \x7f2\u202e"), 1)
	own := bytes.Replace(school.Badge(obtest.Badge{Number: 3, Recipient: ana, Results: 1}), []byte(`"type":["AchievementSubject"]`),
		[]byte(`"type":["AchievementSubject"],"creditsEarned":3,"term":"Fall 2025"`), 1)
	text := bytes.Replace(school.Record(4, ana, good, changed, own), []byte(`"type":["ClrSubject"]`),
		[]byte(`"type":["ClrSubject"],"association":[`+
			`{"type":"Association","associationType":"precedes","sourceId":"urn:a","targetId":"urn:b"}]`), 1)
	signed, err := school.Secure(text, "eddsa-jcs-2022")
	require.NoError(t, err)
	file = filepath.Join(t.TempDir(), "record.json")
	require.NoError(t, os.WriteFile(file, signed, 0o644))
	return file, school
}

// -json writes one object with every member that the format has, lists even where they are
// empty.
func TestJSON(t *testing.T) {
	file, school := record(t)
	code, out, errs := runRecord("-json", "-now", "2026-01-01T00:00:00Z", file)
	require.Empty(t, errs)
	require.Equal(t, exitNot, code, "it holds a forgery")
	require.Equal(t, 1, strings.Count(out, "\n"))
	var v view
	decoder := json.NewDecoder(strings.NewReader(out))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&v))
	require.Equal(t, file, v.File)
	require.Equal(t, "record", string(v.Kind))
	require.Equal(t, "not-verified", v.Envelope.Verdict)
	require.Equal(t, school.ID, v.Envelope.Issuer)
	var standings []string
	for _, e := range v.Entries {
		standings = append(standings, e.Standing)
	}
	require.Equal(t, []string{"own-proof", "forged", "record-same-issuer"}, standings)
	require.Equal(t, map[string]string{"record-same-issuer": "3"}, v.Credits)
	require.Equal(t, "Fall 2025", v.Claims[2].Term)
	require.Equal(t, []result{{Description: "Part 0", Type: "Percent", Value: "53"}}, v.Claims[2].Results)
	require.Equal(t, []association{{Type: "precedes", Source: "urn:a", Target: "urn:b", AssertedBy: school.ID, Dangling: true}},
		v.Associations)
	for _, name := range []string{"withheld", "flags", "codes", "alignments", "results"} {
		require.NotContains(t, out, `"`+name+`":null`)
	}
}

// The table says of each claim who vouches for it, and nothing in it writes to the terminal by
// itself.
func TestTable(t *testing.T) {
	file, school := record(t)
	_, out, errs := runRecord("-now", "2026-01-01T00:00:00Z", file)
	require.Empty(t, errs)
	for _, text := range []string{"record, not-verified", school.ID, "signed by its issuer", "FORGED", "vouched for by the record",
		"does not count: standing", "Part 0: 53", "credits 3, proven 3", "Fall 2025"} {
		require.Contains(t, out, text)
	}
	for _, r := range out {
		require.True(t, r == '\n' || r >= ' ' && r != 0x7f && r != 0x202e, "%q", r)
	}
}

// Wrong usage, and files that cannot be had.
func TestUsage(t *testing.T) {
	file, _ := record(t)
	for name, c := range map[string]struct {
		args []string
		code int
		text string
	}{
		"nothing":          {nil, exitUsage, "name one file"},
		"two files":        {[]string{file, file}, exitUsage, "name one file"},
		"a bad instant":    {[]string{"-now", "today", file}, exitUsage, "not an instant"},
		"no such pack":     {[]string{"-pack", "none.json", file}, exitUsage, "trust pack cannot be read"},
		"no such file":     {[]string{"none.json"}, exitNot, "no such file"},
		"a URL, offline":   {[]string{"https://school.example/1"}, exitNot, "only with -online"},
		"what flags there": {[]string{"-h"}, exitVerified, "usage: record"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := runRecord(c.args...)
			require.Equal(t, c.code, code)
			require.Contains(t, errs, c.text)
			require.Empty(t, out)
		})
	}
}

// What a presentation must answer is asked of it, and who hands it in is compared.
func TestExpected(t *testing.T) {
	file, _ := record(t)
	_, out, _ := runRecord("-json", "-now", "2026-01-01T00:00:00Z", "-holder", "did:example:bob", file)
	require.Contains(t, out, `"subject":"different"`)
	require.NotContains(t, out, `"subject":"same"`)
}

// -html writes the page for people to a file, beside what is written anyway.
func TestHTML(t *testing.T) {
	file, _ := record(t)
	page := filepath.Join(t.TempDir(), "page.html")
	code, out, errs := runRecord("-json", "-html", page, "-lang", "de,en", "-now", "2026-01-01T00:00:00Z", file)
	require.Empty(t, errs)
	require.Equal(t, exitNot, code)
	require.True(t, strings.HasPrefix(out, "{"))
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	for _, part := range []string{`<html lang="en">`, "from <span dir=\"auto\">record.json</span>", "One carries a signature that is wrong.", "own-proof", "forged", "Fall 2025"} {
		require.True(t, strings.Contains(string(text), part), part)
	}
	_, _, errs = runRecord("-html", filepath.Join(page, "no folder"), file)
	require.NotEmpty(t, errs)
}
