package digest_test

import (
	"crypto"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/digest"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

func read(t testing.TB, text string) (digest.Digests, string) {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	return digest.Read(doc.Root())
}

// The digests of "a keel" in each form. That of SHA-256 is what OpenSSL computes.
func TestRead(t *testing.T) {
	multi := func(code byte, sum []byte) string {
		return `"u` + base64.RawURLEncoding.EncodeToString(append([]byte{code, byte(len(sum))}, sum...)) + `"`
	}
	long, other := sha512.Sum384([]byte("a keel")), sha3.Sum256([]byte("a keel"))
	const short = "sha256-eUSkIeKNrITGi9JfuaXDHj+RgJzj9UDx4ivAQdbRkhw="
	for name, c := range map[string]struct {
		object string
		want   int
		bad    string
	}{
		"none":            {`{}`, 0, ""},
		"SRI":             {`{"digestSRI":"` + short + `"}`, 1, ""},
		"the stronger":    {`{"digestSRI":"sha256-AAAA sha384-` + base64.StdEncoding.EncodeToString(long[:]) + ` x"}`, 1, ""},
		"Multihash":       {`{"digestMultibase":` + multi(0x16, other[:]) + `}`, 1, ""},
		"several":         {`{"digestSRI":["` + short + `"],"digestMultibase":[` + multi(0x20, long[:]) + `,` + multi(0x16, other[:]) + `]}`, 3, ""},
		"cut":             {`{"digestMultibase":` + multi(0x16, other[:31]) + `}`, 0, "digestMultibase"},
		"one of two":      {`{"digestMultibase":[` + multi(0x16, other[:]) + `,"uAA"]}`, 0, "digestMultibase"},
		"another hash":    {`{"digestSRI":"md5-AAAA"}`, 0, "digestSRI"},
		"too short":       {`{"digestSRI":"sha256-AAAA"}`, 0, "digestSRI"},
		"no text":         {`{"digestSRI":{"@value":"` + short + `"}}`, 0, "digestSRI"},
		"an empty object": {`{"digestMultibase":{}}`, 0, "digestMultibase"},
	} {
		all, bad := read(t, c.object)
		require.Equal(t, c.bad, bad, name)
		require.Len(t, all, c.want, name)
		found, want := all.Mismatch([]byte("a keel"))
		require.Empty(t, want, "%s: %s", name, found)
		if c.want > 0 {
			_, want = all.Mismatch([]byte("a keeL"))
			require.Equal(t, all[0].Text, want, name)
		}
	}
}

// What cannot be compared is told from what agrees.
func TestCompare(t *testing.T) {
	all, _ := read(t, `{"digestSRI":"sha256-eUSkIeKNrITGi9JfuaXDHj+RgJzj9UDx4ivAQdbRkhw="}`)
	_, want, compared := all.Compare(func(crypto.Hash) []byte { return nil })
	require.Empty(t, want)
	require.False(t, compared)
	_, _, compared = all.Compare(digest.Of([]byte("a keel")))
	require.True(t, compared)
}

// FuzzRead: whatever stands in the place of a digest, what is read is whole, and each text
// is held to have it or not without a panic.
func FuzzRead(f *testing.F) {
	f.Add("sha256-eUSkIeKNrITGi9JfuaXDHj+RgJzj9UDx4ivAQdbRkhw=", "uEiDEeTlYaQt9Rt7TIcBsEkgOXI1M8acG90FKXIrQ2r6fGg")
	f.Add("sha512-", "z")
	f.Fuzz(func(t *testing.T, sri, multi string) {
		text, err := json.Marshal(map[string]string{"digestSRI": sri, "digestMultibase": multi})
		require.NoError(t, err)
		all, bad := read(t, string(text))
		if bad != "" {
			require.Empty(t, all)
			return
		}
		require.Len(t, all, 2)
		for _, d := range all {
			require.Len(t, d.Sum, d.Hash.Size())
		}
		_, _ = all.Mismatch([]byte(sri))
	})
}
