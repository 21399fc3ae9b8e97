package vc_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
)

const minimal = `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:1",` +
	`"type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:example:school"},"proof":{"type":"X"}}`

func TestParseLocates(t *testing.T) {
	for _, text := range []string{minimal, "\xef\xbb\xbf \n" + minimal + "\r\n"} {
		doc, err := vc.Parse([]byte(text))
		require.NoError(t, err)
		require.Equal(t, vc.FormJSON, doc.Form())
		require.Equal(t, vc.Version20, doc.Version())
		require.Equal(t, "urn:uuid:1", doc.ID())
		require.Equal(t, "did:example:school", doc.IssuerID())
		require.Equal(t, []string{"VerifiableCredential", "OpenBadgeCredential"}, doc.Types())
		require.True(t, doc.HasType("OpenBadgeCredential"))
		require.False(t, doc.HasType("openbadgecredential"))
		require.Len(t, door.Proofs(doc), 1)
		require.Equal(t, minimal, string(doc.Bytes()), "a mark and white space around it are no part of it")
	}
}

// What stands where a string belongs and is none is not taken for one.
func TestParseBelievesNoNumbers(t *testing.T) {
	doc, err := vc.Parse([]byte(`{"@context":5,"id":7,"type":9,"issuer":11}`))
	require.NoError(t, err)
	require.Empty(t, doc.ID()+doc.IssuerID())
	require.Empty(t, doc.Types())
	require.Equal(t, vc.VersionUnknown, doc.Version())
	require.Empty(t, door.Proofs(doc))
}

func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code vc.Code
	}{
		"nothing":          {"", "format-empty"},
		"white space":      {" \n", "format-empty"},
		"HTML":             {"<!DOCTYPE html>", "format-html"},
		"PNG":              {"\x89PNG\r\n", "format-png"},
		"a list":           {"[" + minimal + "]", "format-array"},
		"prose":            {"hello world", "format-text"},
		"bytes":            {"\x00\x01\x02", vc.CodeNotACredential},
		"a container":      {`{"credential":` + minimal + `}`, "format-container"},
		"broken list":      {"[1,", "json-truncated"},
		"repeated member":  {`{"issuer":"a","issuer":"b"}`, "json-duplicate-name"},
		"two documents":    {minimal + minimal, "json-trailing-data"},
		"cut":              {minimal[:60], "json-truncated"},
		"too long":         {`{"a":"` + strings.Repeat("x", 5<<20) + `"}`, vc.CodeTooLarge},
		"token too long":   {"e30." + strings.Repeat("A", 2<<20) + ".AA", vc.CodeTooLarge},
		"token, two parts": {"e30.e30", vc.CodeTokenMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := vc.Parse([]byte(c.text))
			require.ErrorIs(t, err, &vc.Problem{Code: c.code})
			var p *vc.Problem
			require.ErrorAs(t, err, &p)
			require.NotEmpty(t, p.Fix)
		})
	}
}

// What came as a token is told by its payload, and what is held is pointed to.
func TestParseRecognises(t *testing.T) {
	token := func(payload string) string {
		return "eyJhbGciOiJFUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".AA"
	}
	for text, want := range map[string][2]string{
		`{"credentials":[{"credential":` + minimal + `}]}`:                                 {"format-container", "/credentials/0/credential"},
		token(`{"vp":{"verifiableCredential":["a.b.c"]}}`):                                 {"format-presentation", "/vp/verifiableCredential/0"},
		token(`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}`):          {"format-open-badges-2", ""},
		token(`{"@context":"https://w3id.org/blockcerts/v3","proof":{"type":"Merkle"}}`):   {"", ""},
		token(`{"vc":{"type":"VerifiableCredential"},"type":"Assertion"}`):                 {"", ""},
		`{"type":"VerifiablePresentation","verifiableCredential":[]}`:                      {"", ""},
		`{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,e30.e30."}`: {"", ""},
	} {
		_, err := vc.Parse([]byte(text))
		if want[0] == "" {
			require.NoError(t, err, text)
			continue
		}
		var p *vc.Problem
		require.ErrorAs(t, err, &p, text)
		require.Equal(t, want, [2]string{string(p.Code), p.Pointer}, text)
		require.NotEmpty(t, p.Type+p.Message+p.Found+p.Fix+p.Spec)
	}
}

func TestNumericDate(t *testing.T) {
	for text, want := range map[string]string{
		"0":             "1970-01-01T00:00:00Z",
		"1748764800":    "2025-06-01T08:00:00Z",
		"1748764800.25": "2025-06-01T08:00:00.25Z",
		"-62167219200":  "0000-01-01T00:00:00Z",
	} {
		got, err := vc.NumericDate(text)
		require.NoError(t, err)
		require.Equal(t, want, got.Format("2006-01-02T15:04:05.999Z07:00"))
	}
	for _, text := range []string{"", "NaN", "1e300", "-1e300", "253402300800", "x"} {
		_, err := vc.NumericDate(text)
		require.ErrorContains(t, err, "is no NumericDate", text)
	}
}

// FuzzParse: every error is a Problem with a code, and what parses is located
// within its own bytes.
func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte("eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6e30sIm5iZiI6MX0.AA"))
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := vc.Parse(b)
		if err != nil {
			var p *vc.Problem
			if !errors.As(err, &p) || p.Code == "" {
				t.Fatalf("no coded problem: %v", err)
			}
			return
		}
		if door.Root(doc).Kind().String() != "an object" {
			t.Fatalf("the root is %v", door.Root(doc).Kind())
		}
		for _, p := range door.Proofs(doc) {
			if !strings.HasPrefix(p.Pointer(), "/proof") {
				t.Fatal(p.Pointer())
			}
		}
	})
}

// A record may be long, any other document may not, and a limit that the caller
// sets holds for both unless there is one for each.
func TestLongDocuments(t *testing.T) {
	text := func(kind string, n int) []byte {
		return []byte(`{"type":["VerifiableCredential","` + kind + `"],"a":"` + strings.Repeat("x", n) + `"}`)
	}
	for _, c := range []struct {
		config vc.ParseConfig
		kind   string
		bytes  int
		ok     bool
	}{
		{vc.ParseConfig{}, "ClrCredential", 5 << 20, true},
		{vc.ParseConfig{}, "ClrCredential", 65 << 20, false},
		{vc.ParseConfig{}, "OpenBadgeCredential", 5 << 20, false},
		{vc.ParseConfig{}, `x","ClrCredentials`, 5 << 20, false},
		{vc.ParseConfig{MaxBytes: 1 << 20}, "ClrCredential", 2 << 20, false},
		{vc.ParseConfig{MaxBytes: 6 << 20}, "OpenBadgeCredential", 5 << 20, true},
		{vc.ParseConfig{MaxRecordBytes: 2 << 20}, "ClrCredential", 3 << 20, true}, // as any document
		{vc.ParseConfig{MaxRecordBytes: 5 << 20}, "ClrCredential", 6 << 20, false},
		{vc.ParseConfig{MaxBytes: 1 << 20, MaxRecordBytes: 3 << 20}, "ClrCredential", 2 << 20, true},
		{vc.ParseConfig{MaxBytes: 1 << 20, MaxRecordBytes: 3 << 20}, "OpenBadgeCredential", 2 << 20, false},
	} {
		_, err := c.config.Parse(text(c.kind, c.bytes))
		if c.ok {
			require.NoError(t, err, "%+v", c.config)
		} else {
			require.ErrorIs(t, err, &vc.Problem{Code: vc.CodeTooLarge}, "%+v %s", c.config, c.kind)
		}
	}
	// The word in a text does not make a document a record.
	_, err := vc.Parse([]byte(`{"type":["VerifiableCredential"],"name":"ClrCredential","a":"` + strings.Repeat("x", 5<<20) + `"}`))
	require.ErrorIs(t, err, &vc.Problem{Code: vc.CodeTooLarge})
}
