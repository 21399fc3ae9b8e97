package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/browser"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The page and what is kept are written beside the table; the record of the match is matched
// anew, and what was changed in it is told.
func TestPageAndRecord(t *testing.T) {
	i := school.Ed(t, 1)
	draft := bytes.Replace(testkit.BadgeOf(i.VerificationMethod), []byte(`"name": "Keel laying",`),
		[]byte(`"name": "Keel laying", "alignment": [{"type": ["Alignment"], "targetName": "Can", "targetUrl": "urn:uuid:`+skill+`2"}],`), 1)
	record := write(t, string(school.Sign(t, i, draft, nil)))
	job := write(t, `{"id": "j", "title": "Shipwright", "requirements": [{"id": "whole", "item": "`+skill+`1", "mandatory": true}]}`)
	boats, html, kept := write(t, framework), filepath.Join(t.TempDir(), "page.html"), filepath.Join(t.TempDir(), "match.json")
	var out bytes.Buffer
	args := []string{"-now", "2026-01-01T00:00:00Z", "-job", job, "-framework", boats, "-html", html, "-keep", kept}
	require.NoError(t, run(t.Context(), &out, append(args, record)))
	require.ErrorContains(t, run(t.Context(), &out, append(args, record, record)), "of one record")

	page, err := os.ReadFile(html)
	require.NoError(t, err)
	for _, part := range []string{"Shipwright", "In part, 50 %", "Keel laying", "Signed by its issuer", "says Boats"} {
		require.Contains(t, string(page), part)
	}
	p := browser.Start(t).Open(t, browser.Phone)
	p.Go("file://" + html)
	p.Sound()
	require.Equal(t, []string{"file://" + html}, p.Requests())

	out.Reset()
	require.NoError(t, run(t.Context(), &out, []string{"-replay", kept, "-framework", boats}))
	require.Equal(t, "the same as recorded\n", out.String())
	text, err := os.ReadFile(kept)
	require.NoError(t, err)
	forged := write(t, strings.Replace(string(text), `"score":0.5`, `"score":0.9`, 1))
	out.Reset()
	require.ErrorContains(t, run(t.Context(), &out, []string{"-replay", forged, "-framework", boats}), "not what it was")
	require.Equal(t, "match-replay-score-differs at /outcome/requirements/0: 0.5, was 0.9\n", out.String())
}
