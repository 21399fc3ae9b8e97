package multibase_test

import (
	"bytes"
	"testing"

	"github.com/mr-tron/base58"

	"github.com/laurel-edu/laurel/internal/multibase"
)

// FuzzBase58Library: an independent implementation reads what we write and writes
// what we read.
func FuzzBase58Library(f *testing.F) {
	f.Add([]byte{}, "z")
	f.Add([]byte{0, 0, 1, 255}, "z11L5")
	f.Fuzz(func(t *testing.T, b []byte, text string) {
		if len(b) > 512 || len(text) > 512 {
			return
		}
		ours := multibase.Encode(multibase.Base58BTC, b)
		if theirs := "z" + base58.Encode(b); ours != theirs {
			t.Fatalf("encode %x: %q, the library %q", b, ours, theirs)
		}
		got, err := multibase.Decode("z" + text)
		want, theirErr := base58.Decode(text)
		if text == "" {
			return // the library refuses the empty text, which stands for no bytes
		}
		if (err == nil) != (theirErr == nil) || err == nil && !bytes.Equal(got, want) {
			t.Fatalf("decode %q: %x %v, the library %x %v", text, got, err, want, theirErr)
		}
	})
}
