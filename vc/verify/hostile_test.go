package verify_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Files made to do harm: each gets a coded answer and none is believed. Those of
// the JSON layer are refused by it, with its code.
func TestHostileFiles(t *testing.T) {
	codes := map[string]vc.Code{
		"deep-object-1000.json": "json-too-deep", "deep-array-100000.json": "json-too-deep", "dup-keys-issuer.json": "json-duplicate-name",
		"dup-keys-escaped.json": "json-duplicate-name", "invalid-utf8.json": "json-invalid-utf8", "overlong-utf8.json": "json-invalid-utf8",
		"lone-surrogate.json": "json-lone-surrogate", "trailing-garbage.json": "json-trailing-data", "number-1e400.json": "json-number-range",
	}
	dir := testkit.Shared(t, "vc/hostile")
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		name := filepath.Base(f)
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(f)
			require.NoError(t, err)
			r := inspect(t, text, verify.Config{Kinds: []string{verify.AnyKind}, Lenient: true})
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
			require.NotEmpty(t, r.Codes())
			if code, ok := codes[name]; ok {
				require.Equal(t, []vc.Code{code}, r.Codes())
				require.Equal(t, verify.VerdictUnreadable, r.Verdict)
			}
		})
	}
}

// The case-folded names of a document are other names: the issuer is the one that
// is spelled so.
func TestNamesAreExact(t *testing.T) {
	for _, name := range []string{"case-fold-issuer.json", "case-fold-issuer-longs.json"} {
		doc, err := vc.Parse(testkit.ReadShared(t, "vc/hostile/"+name))
		require.NoError(t, err)
		require.Equal(t, "did:example:good", doc.IssuerID())
	}
}
