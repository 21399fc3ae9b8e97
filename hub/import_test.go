package hub_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
)

const (
	ownerLine = `{"owner":{"tenant":"school","user":"anna"}}` + "\n"
	badgeLine = `{"credential":{"kind":"badge","issuer":"urn:i","id":"urn:a","validFrom":"2024-01-01T00:00:00Z","form":"JSON",` +
		`"changed":"2024-01-01T00:00:00Z","text":"{ }"}}` + "\n"
	endLine = `{"end":{"credentials":1}}` + "\n"
)

func TestImportKeepsALine(t *testing.T) {
	m := &hub.Memory{}
	done, err := hub.Import(t.Context(), m, anna, strings.NewReader(ownerLine+badgeLine+endLine), hub.ImportOptions{})
	require.NoError(t, err)
	require.Equal(t, hub.Imported{Created: 1}, done)
	e, err := m.Find(t.Context(), anna, hub.Key{Kind: hub.KindBadge, Identity: hub.IdentityOf("urn:i", "urn:a")})
	require.NoError(t, err)
	require.Equal(t, "{ }", string(e.Raw))
}

func TestImportRefuses(t *testing.T) {
	replace := func(old, by string) string { return ownerLine + strings.Replace(badgeLine, old, by, 1) + endLine }
	for text, want := range map[string]string{
		"":                                        "line 1 of the export: unexpected EOF",
		ownerLine:                                 "line 2 of the export: unexpected EOF",
		ownerLine + badgeLine:                     "line 3 of the export: unexpected EOF",
		ownerLine + badgeLine + endLine[:20]:      "line 3 of the export: unexpected EOF",
		badgeLine + endLine:                       "line 1 of the export: it is not the first line",
		ownerLine + endLine:                       "1 credentials were exported, and 0 came",
		ownerLine + ownerLine + badgeLine:         "line 2 of the export: it is no line of an export",
		ownerLine + "{}\n":                        "line 2 of the export: it is no line of an export",
		ownerLine + "\n":                          "line 2 of the export",
		"[]\n":                                    "line 1 of the export",
		replace(`"JSON"`, `"XML"`):                "line 2 of the export: it has no form",
		replace(`"badge"`, `"medal"`):             "line 2 of the export: hub: invalid: a credential with no kind",
		replace(`"urn:i"`, `""`):                  "line 2 of the export: hub: invalid",
		replace(`"{ }"`, `"{ }","text":""`):       "line 2 of the export",
		replace(`"2024-01-01T00:00:00Z"`, `"no"`): "line 2 of the export",
	} {
		_, err := hub.Import(t.Context(), &hub.Memory{}, anna, strings.NewReader(text), hub.ImportOptions{})
		require.ErrorContains(t, err, want, text[:min(300, len(text))])
	}
	_, err := hub.Import(t.Context(), &hub.Memory{}, anna, endless{}, hub.ImportOptions{MaxLine: 100_000})
	require.ErrorContains(t, err, "line 1 of the export: it has more than 100000 bytes")
	forged := errors.New("forged")
	m := &hub.Memory{}
	check := func(_ context.Context, c hub.Credential) error {
		require.Equal(t, "urn:a", c.ID)
		return forged
	}
	_, err = hub.Import(t.Context(), m, anna, strings.NewReader(ownerLine+badgeLine+endLine), hub.ImportOptions{Check: check})
	require.ErrorIs(t, err, forged)
	page, err := m.List(t.Context(), anna, hub.Query{Kind: hub.KindBadge})
	require.NoError(t, err)
	require.Zero(t, page.Total)
}

// endless is a line without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// ended is a store whose connection ends.
type ended struct{ hub.Store }

func (ended) Upsert(context.Context, hub.Owner, hub.Credential) (hub.Stored, hub.Outcome, error) {
	return hub.Stored{}, 0, io.EOF
}

// What a store says is never taken for the end of the lines.
func TestImportTellsAnErrorFromTheEnd(t *testing.T) {
	_, err := hub.Import(t.Context(), ended{}, anna, strings.NewReader(ownerLine+badgeLine+endLine), hub.ImportOptions{})
	require.ErrorContains(t, err, "line 2 of the export: EOF")
}

// A profile that is there is the person's, and an import is not.
func TestImportLeavesTheProfile(t *testing.T) {
	m := &hub.Memory{}
	_, err := m.PutProfile(t.Context(), anna, []byte(`{"own":1}`), nil)
	require.NoError(t, err)
	text := ownerLine + `{"profile":{"changed":"2024-01-01T00:00:00Z","text":"{}"}}` + "\n" + badgeLine + endLine
	done, err := hub.Import(t.Context(), m, anna, strings.NewReader(text), hub.ImportOptions{})
	require.NoError(t, err)
	require.Equal(t, hub.Imported{Created: 1}, done)
	p, err := m.Profile(t.Context(), anna)
	require.NoError(t, err)
	require.Equal(t, `{"own":1}`, string(p.Raw))
}

// broken is a writer that takes so many writes.
type broken struct{ left int }

func (b *broken) Write(p []byte) (int, error) {
	if b.left--; b.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestExportSaysWhatItCouldNotWrite(t *testing.T) {
	m := &hub.Memory{}
	_, _, err := m.Upsert(t.Context(), anna, badge("a", 1))
	require.NoError(t, err)
	_, err = m.PutProfile(t.Context(), anna, []byte("{}"), nil)
	require.NoError(t, err)
	for n := range 4 {
		require.ErrorIs(t, hub.Export(t.Context(), m, anna, &broken{n}), io.ErrShortWrite)
	}
	require.NoError(t, hub.Export(t.Context(), m, anna, &broken{4}))
	require.ErrorIs(t, hub.Export(t.Context(), m, hub.Owner{}, io.Discard), hub.ErrInvalid)
}

// What is imported without an error is exported again, and that is imported without change.
func FuzzImport(f *testing.F) {
	f.Add(ownerLine + badgeLine + endLine)
	f.Add(ownerLine + `{"profile":{"changed":"2024-01-01T00:00:00Z","text":"{}"}}` + "\n" + `{"end":{"credentials":0}}` + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		m := &hub.Memory{}
		done, err := hub.Import(t.Context(), m, anna, strings.NewReader(text), hub.ImportOptions{})
		if err != nil {
			return
		}
		var b bytes.Buffer
		require.NoError(t, hub.Export(t.Context(), m, anna, &b))
		again, err := hub.Import(t.Context(), m, anna, &b, hub.ImportOptions{})
		require.NoError(t, err)
		require.LessOrEqual(t, again.Unchanged, done.Created, fmt.Sprint(done, again))
		require.Zero(t, again.Created+again.Replaced+again.Older)
	})
}
