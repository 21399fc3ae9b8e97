package schema

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // the digests that an entry may have
	_ "crypto/sha3"
	_ "crypto/sha512"
	"encoding/base64"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
)

// digest is what an entry says that its schema hashes to.
type digest struct {
	hash crypto.Hash
	sum  []byte
	text string
}

// digests are all that an entry has (VCDM 2.0, 5.3).
type digests []digest

// sriHashes are the algorithms of Subresource Integrity, the weakest first.
var sriHashes = [...]struct {
	prefix string
	hash   crypto.Hash
}{{"sha256-", crypto.SHA256}, {"sha384-", crypto.SHA384}, {"sha512-", crypto.SHA512}}

// multihashes are the algorithms of Multihash by their codes.
var multihashes = map[uint64]crypto.Hash{
	0x12: crypto.SHA256, 0x20: crypto.SHA384, 0x13: crypto.SHA512,
	0x16: crypto.SHA3_256, 0x15: crypto.SHA3_384, 0x14: crypto.SHA3_512,
}

// read reads the digests of an entry. Where one cannot be read it returns the name of
// its member: what nobody can compare must not look as if it had been.
func (d *digests) read(entry jsonx.Value) (member string, ok bool) {
	for name, read := range map[string]func(string) (digest, bool){"digestSRI": readSRI, "digestMultibase": readMultibase} {
		v := entry.Get(name).Single()
		if !v.Exists() {
			continue
		}
		one, ok := read(jsonx.Content(v))
		if !ok {
			return name, false
		}
		*d = append(*d, one)
	}
	return "", true
}

// readSRI reads integrity metadata: of several the strongest counts (Subresource
// Integrity, 3.3.4). Both alphabets of base64 are in use, with and without padding.
func readSRI(text string) (best digest, ok bool) {
	for one := range strings.FieldsSeq(text) {
		for _, known := range sriHashes {
			encoded, is := strings.CutPrefix(one, known.prefix)
			if !is {
				continue
			}
			encoded = strings.TrimRight(strings.NewReplacer("+", "-", "/", "_").Replace(encoded), "=")
			sum, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
			if err == nil && len(sum) == known.hash.Size() && known.hash >= best.hash {
				best, ok = digest{known.hash, sum, one}, true
			}
		}
	}
	return best, ok
}

// readMultibase reads a Multihash in Multibase, or the bare digest of SHA-256 that some
// documents have in its place.
func readMultibase(text string) (digest, bool) {
	b, err := multibase.Decode(text)
	if err != nil {
		return digest{}, false
	}
	if len(b) == crypto.SHA256.Size() {
		return digest{crypto.SHA256, b, text}, true
	}
	code, rest, err := multibase.Varint(b)
	if err != nil {
		return digest{}, false
	}
	size, sum, err := multibase.Varint(rest)
	hash, known := multihashes[code]
	if err != nil || !known || size != uint64(len(sum)) || len(sum) != hash.Size() {
		return digest{}, false
	}
	return digest{hash, sum, text}, true
}

// mismatch returns the first digest that a text does not have, in want, and the one
// that it has, in the same form; "" for none.
func (d digests) mismatch(text []byte) (found, want string) {
	for _, one := range d {
		h := one.hash.New()
		h.Write(text)
		if sum := h.Sum(nil); !bytes.Equal(sum, one.sum) {
			return one.hash.String() + " " + base64.StdEncoding.EncodeToString(sum), one.text
		}
	}
	return "", ""
}
