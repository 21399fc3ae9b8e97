package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// fixed are options under which every run says the same.
func fixed() options {
	return options{
		key:   obtest.Key(obtest.Ed25519, "riverside").(ed25519.PrivateKey),
		now:   func() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) },
		newID: func() vc.IRI { return "urn:uuid:5f0c6a0e-52a5-4d4f-9d6b-0f6a1c1f7e11" },
	}
}

// golden is the whole output; the key's name and the length of the badge are
// filled in.
const golden = `1. A key for the school
   %[1]s

2. A badge with a CASE alignment, a result and evidence, signed
   %[3]d bytes of JSON

3. Baked into a PNG and an SVG

4. Read back from the PNG and verified

   Riverside School says: "Map Reading", 87 %%
   in the terms of Geography, Grades 5 to 8: Uses maps to find places and routes.

VERIFIED  badge.png
  id       urn:uuid:5f0c6a0e-52a5-4d4f-9d6b-0f6a1c1f7e11
  type     VerifiableCredential, OpenBadgeCredential
  issuer   %[1]s
  as of    2026-01-01T12:00:00Z
  ok parse
  ok contexts
  ok proof    eddsa-rdfc-2022 by %[2]s
  ok binding  the key is listed for assertion by the issuer, %[1]s
  ok rules
  ok time
  ok reading

5. One byte changed: the result 87 is now 97

NOT-VERIFIED
  code   signature-invalid
  where  /proof/proofValue
  why    the signature does not belong to this document: it was changed after signing, or another key signed it
  to do  take the credential again from its source; if it comes so from the issuer, the issuer must sign again
`

func TestOutput(t *testing.T) {
	o := fixed()
	o.out = t.TempDir()
	var out bytes.Buffer
	require.NoError(t, run(context.Background(), &out, o))
	id, method, err := didkey.From(o.key.Public())
	require.NoError(t, err)
	text, _, kept := strings.Cut(out.String(), "\nThe files are in ")
	require.True(t, kept)
	require.Equal(t, fmt.Sprintf(golden, id, method, len(read(t, o, "badge.json"))), text)
}

func TestKeptFiles(t *testing.T) {
	o := fixed()
	o.out = filepath.Join(t.TempDir(), "new", "folder")
	require.NoError(t, run(context.Background(), io.Discard, o))
	badge := read(t, o, "badge.json")
	for _, name := range []string{"badge.png", "badge.svg"} {
		baked, err := bake.Extract(read(t, o, name))
		require.NoError(t, err)
		require.Equal(t, string(badge), string(baked.Credential), name)
	}
	_, err := png.Decode(bytes.NewReader(read(t, o, "badge.png")))
	require.NoError(t, err)
	for dec := xml.NewDecoder(bytes.NewReader(read(t, o, "badge.svg"))); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
	}
	changed := read(t, o, "changed.json")
	require.Len(t, changed, len(badge))
	different := 0
	for i := range badge {
		if badge[i] != changed[i] {
			different++
		}
	}
	require.Equal(t, 1, different, "one byte")
	require.Contains(t, string(read(t, o, "report.txt")), "VERIFIED  badge.png")
}

// The zero options make a new key each time.
func TestNewKeyEachTime(t *testing.T) {
	var first, second bytes.Buffer
	require.NoError(t, run(context.Background(), &first, options{}))
	require.NoError(t, run(context.Background(), &second, options{}))
	require.NotEqual(t, strings.Split(first.String(), "\n")[1], strings.Split(second.String(), "\n")[1])
}

// The badge draws no warning from the rules either: an example is copied.
func TestBadgeIsExemplary(t *testing.T) {
	require.Empty(t, describe(fixed(), "did:example:school").Check())
}

func read(t *testing.T, o options, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(o.out, name))
	require.NoError(t, err)
	return b
}
