package schema_test

import (
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/schema"
)

// digestsOf are the digests of a text, in each form and algorithm, by the member's name.
func digestsOf(text string) (all [][2]string) {
	b := []byte(text)
	s256, s384, s512 := sha256.Sum256(b), sha512.Sum384(b), sha512.Sum512(b)
	k256, k384, k512 := sha3.Sum256(b), sha3.Sum384(b), sha3.Sum512(b)
	sri, url := base64.StdEncoding.EncodeToString, base64.RawURLEncoding.EncodeToString
	for _, v := range []string{"sha256-" + sri(s256[:]), "sha384-" + sri(s384[:]), "sha512-" + sri(s512[:]), "sha512-" + url(s512[:]),
		"sha256-" + sri(make([]byte, 32)) + " sha384-" + sri(s384[:])} { // the stronger counts
		all = append(all, [2]string{"digestSRI", v})
	}
	for code, sum := range map[byte][]byte{0x12: s256[:], 0x20: s384[:], 0x13: s512[:], 0x16: k256[:], 0x15: k384[:], 0x14: k512[:]} {
		hash := append([]byte{code, byte(len(sum))}, sum...)
		for _, base := range []multibase.Base{multibase.Base64URL, multibase.Base58BTC} {
			all = append(all, [2]string{"digestMultibase", multibase.Encode(base, hash)})
		}
	}
	return append(all, [2]string{"digestMultibase", multibase.Encode('u', s256[:])})
}

func TestDigests(t *testing.T) {
	text := `{` + head + `}`
	h := serving(text)
	judged := func(name, value string) *schema.Entry {
		return check(t, credential(t, object{}, with(name, value)), options(h))
	}
	right, wrong := digestsOf(text), digestsOf(text+" ")
	for i := range right {
		want(t, judged(right[i][0], right[i][1]), schema.StateFits, "")
		want(t, judged(wrong[i][0], wrong[i][1]), schema.StateMisfits, schema.CodeDigestMismatch)
	}
	for _, v := range [][2]string{{"digestSRI", ""}, {"digestSRI", "sha256-AAAA"}, {"digestSRI", "sha1-AAAA"}, {"digestSRI", "sha256"},
		{"digestMultibase", ""}, {"digestMultibase", "uAAAA"}, {"digestMultibase", "m" + right[0][1]}, {"digestMultibase", "uEiAA"}} {
		want(t, judged(v[0], v[1]), schema.StateMalformed, schema.CodeMalformed)
	}
}

// The example of VC JSON Schema 1.0, 4.1, whose digest is of another text than the
// schema shown with it.
func TestPublishedDigest(t *testing.T) {
	const name = "08-example-verifiable-credential-jsonschema-with-integrity-information"
	doc := parse(t, string(testkit.ReadShared(t, "vc/json-schema-spec/"+name+".json")))
	text := string(testkit.ReadShared(t, "vc/json-schema-spec/09-example-email-json-schema.json"))
	e := check(t, doc, options(&host{bodies: map[string]string{"https://example.com/schemas/email.json": text}}))
	want(t, e, schema.StateMisfits, schema.CodeDigestMismatch)
	require.Contains(t, e.Problems[0].Expected, "sha384-dNwyy/Zs")
}
