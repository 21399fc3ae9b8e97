// Package digest reads what a document says that another hashes to, and compares it
// (VCDM 2.0, 5.3): digestSRI and digestMultibase.
package digest

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // the digests that there may be
	_ "crypto/sha3"
	_ "crypto/sha512"
	"encoding/base64"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
)

// Digest is what a text hashes to.
type Digest struct {
	Hash crypto.Hash
	Sum  []byte
	Text string // as it is written
}

// Digests are all that an object has.
type Digests []Digest

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

// Read reads the digests of an object. Where one cannot be read it returns the name of
// its member: what nobody can compare must not look as if it had been.
func Read(object jsonx.Value) (all Digests, bad string) {
	for _, form := range [...]struct {
		name string
		read func(string) (Digest, bool)
	}{{"digestSRI", readSRI}, {"digestMultibase", readMultibase}} {
		for v := range object.Get(form.name).All() {
			one, ok := form.read(jsonx.Content(v))
			if !ok {
				return nil, form.name
			}
			all = append(all, one)
		}
	}
	return all, ""
}

// readSRI reads integrity metadata: of several the strongest counts (Subresource
// Integrity, 3.3.4). Both alphabets of base64 are in use, with and without padding.
func readSRI(text string) (best Digest, ok bool) {
	for one := range strings.FieldsSeq(text) {
		for _, known := range sriHashes {
			encoded, is := strings.CutPrefix(one, known.prefix)
			if !is {
				continue
			}
			encoded = strings.TrimRight(strings.NewReplacer("+", "-", "/", "_").Replace(encoded), "=")
			sum, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
			if err == nil && len(sum) == known.hash.Size() && known.hash >= best.Hash {
				best, ok = Digest{known.hash, sum, one}, true
			}
		}
	}
	return best, ok
}

// readMultibase reads a Multihash in Multibase, or the bare digest of SHA-256 that some
// documents have in its place.
func readMultibase(text string) (Digest, bool) {
	b, err := multibase.Decode(text)
	if err != nil {
		return Digest{}, false
	}
	if len(b) == crypto.SHA256.Size() {
		return Digest{crypto.SHA256, b, text}, true
	}
	code, rest, err := multibase.Varint(b)
	if err != nil {
		return Digest{}, false
	}
	size, sum, err := multibase.Varint(rest)
	hash, known := multihashes[code]
	if err != nil || !known || size != uint64(len(sum)) || len(sum) != hash.Size() {
		return Digest{}, false
	}
	return Digest{hash, sum, text}, true
}

// Mismatch returns the first digest that a text does not have, in want, and the one
// that it has, in the same form; "" for none.
func (d Digests) Mismatch(text []byte) (found, want string) {
	found, want, _ = d.Compare(Of(text))
	return found, want
}

// Compare is [Digests.Mismatch] for a text of which only digests may be known. An algorithm
// for which sum returns nil is not compared; any says whether one was.
func (d Digests) Compare(sum func(crypto.Hash) []byte) (found, want string, any bool) {
	for _, one := range d {
		has := sum(one.Hash)
		if has != nil && !bytes.Equal(has, one.Sum) {
			return one.Hash.String() + " " + base64.StdEncoding.EncodeToString(has), one.Text, true
		}
		any = any || has != nil
	}
	return "", "", any
}

// Of returns what a text hashes to. Each sum is computed once, when it is asked for.
func Of(text []byte) func(crypto.Hash) []byte {
	sums := map[crypto.Hash][]byte{}
	return func(hash crypto.Hash) []byte {
		if sums[hash] == nil {
			h := hash.New()
			h.Write(text)
			sums[hash] = h.Sum(nil)
		}
		return sums[hash]
	}
}
