package disclose_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
)

// A claim of an example of RFC 9901 is a salt, a name (none for an element) and JSON.
type claim struct{ salt, name, value string }

// disclosure writes a claim as the examples of the RFC are written.
func (c claim) disclosure() string {
	if c.name == "" {
		return enc(`["` + c.salt + `", ` + c.value + `]`)
	}
	return enc(`["` + c.salt + `", "` + c.name + `", ` + c.value + `]`)
}

// salts are those of the examples, in the order in which they are drawn.
var salts = []string{"2GLC42sKQveCfGfryNRN9w", "eluV5Og3gSNII8EYnsxA_A", "6Ij7tM-a5iVPGboS5tmvVA", "eI8ZWm9QnKPpNPeNenHdhQ",
	"Qg_O64zqAxe412a108iroA", "AJx-095VPrpTtN4QMOqROA", "Pc33JM2LchcU_lHggv_ufQ", "G02NSrQfjFXQ7Io09syajA", "lklxF5jMYlGTPUovMNIvCA",
	"nPuoQnkRFq3BIeAm7AnXFA"}

// simple are the claims of 5.1, each with its published digest.
var simple = []struct {
	claim
	digest string
}{
	{claim{salts[0], "given_name", `"John"`}, "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4"},
	{claim{salts[1], "family_name", `"Doe"`}, "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo"},
	{claim{salts[2], "email", `"johndoe@example.com"`}, "JzYjH4svliH0R3PyEMfeZu6Jt69u5qehZo7F7EPYlSE"},
	{claim{salts[3], "phone_number", `"+1-202-555-0101"`}, "PorFbpKuVu6xymJagvkFsFXAbRoc2JGlAUA2BA4o7cI"},
	{claim{salts[4], "phone_number_verified", `true`}, "XQ_3kPKt1XyX7KANkqVR6yZ2Va5NrPIvPYbyMvRKBMM"},
	{claim{salts[5], "address", `{"street_address": "123 Main St", "locality": "Anytown", "region": "Anystate", "country": "US"}`},
		"XzFrzwscM6Gn6CJDc6vVK8BkMnfG8vOSKfpPIZdAfdE"},
	{claim{salts[6], "birthdate", `"1940-01-01"`}, "gbOsI4Edq2x2Kw-w5wPEzakob9hV1cRD0ATN3oQL9JM"},
	{claim{salts[7], "updated_at", `1570000000`}, "CrQe7S5kqBAHt-nMYXgc6bdt2SH5aTY1sU_M-PgkjPI"},
	{claim{salts[8], "", `"US"`}, "pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo"},
	{claim{salts[9], "", `"DE"`}, "7Cf6JkPudry3lcbwHgeZ8khAv1U1OSlerP0VkBJrWZ0"},
}

// The keys and signatures of the examples.
const (
	issuerX, issuerY = "b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ", "Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8"
	holderX, holderY = "TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc", "ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ"

	signatureOfSimple     = "MczwjBFGtzf-6WMT-hIvYbkb11NrV1WMO-jTijpMPNbswNzZ87wY2uHz-CXo6R04b7jYrpj9mNRAvVssXou1iw"
	signatureOfBinding    = "T3SIus2OidNl41nmVkTZVCKKhOAX97aOldMyHFiYjHm261eLiJ1YiuONFiMN8QlCmYzDlBLAdPvrXh52KaLgUQ"
	signatureOfStructured = "EOZa2YqK8j4i7cqBDkfPcTMaFsgPwcx3aYJkFoMfvV46LxL-PPqrWsIyNukB4x8Y2LT31eIHDc4Wg4XNzaqu4w"
)

// signed is a JWS as the RFC signs it. Its signature is good only if all of it is as it is
// there, to the byte.
func signed(t *testing.T, typ, payload, signature, x, y string) string {
	t.Helper()
	decode := func(s string) []byte {
		b, err := base64.RawURLEncoding.DecodeString(s)
		require.NoError(t, err)
		return b
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, decode(x), decode(y)))
	require.NoError(t, err)
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	input := enc(`{"alg": "ES256", "typ": "`+typ+`"}`) + "." + enc(payload)
	require.NoError(t, key.Verify(proof.ES256, []byte(input), decode(signature)))
	return input + "." + signature
}

func quotedList(texts []string) string { return `["` + strings.Join(texts, `", "`) + `"]` }

func simplePayload() string {
	var digests []string
	for _, c := range simple[:8] {
		digests = append(digests, c.digest)
	}
	slices.Sort(digests)
	return `{"_sd": ` + quotedList(digests) + `, "iss": "https://issuer.example.com", "iat": 1683000000, "exp": 1883000000, ` +
		`"sub": "user_42", "nationalities": [{"...": "` + simple[8].digest + `"}, {"...": "` + simple[9].digest + `"}], ` +
		`"_sd_alg": "sha-256", "cnf": {"jwk": {"kty": "EC", "crv": "P-256", "x": "` + holderX + `", "y": "` + holderY + `"}}}`
}

// processed splits an SD-JWT and puts its disclosures into its payload.
func processed(t *testing.T, text, payload string) (*disclose.Parts, *disclose.Processed) {
	t.Helper()
	parts, err := disclose.Split([]byte(text), 100)
	require.NoError(t, err)
	doc, err := jsonx.Parse([]byte(payload), jsonx.Limits{}, nil)
	require.NoError(t, err)
	out, err := disclose.Process(doc.Root(), parts.Disclosures, jsonx.Limits{})
	require.NoError(t, err)
	return parts, out
}

// The example of RFC 9901, 5: issued, with every digest, and presented with a key binding,
// with its sd_hash.
func TestPublishedSimple(t *testing.T) {
	jwt := signed(t, "example+sd-jwt", simplePayload(), signatureOfSimple, issuerX, issuerY)
	issued := jwt + "~"
	for _, c := range simple {
		require.Equal(t, c.digest, disclose.SHA256.Digest([]byte(c.disclosure())), c.name)
		issued += c.disclosure() + "~"
	}
	_, out := processed(t, issued, simplePayload())
	require.Empty(t, out.Withheld)
	const cnf = `"cnf":{"jwk":{"kty":"EC","crv":"P-256","x":"` + holderX + `","y":"` + holderY + `"}}`
	const start = `{"iss":"https://issuer.example.com","iat":1683000000,"exp":1883000000,"sub":"user_42",`
	address := strings.ReplaceAll(simple[5].value, `": "`, `":"`)
	require.JSONEq(t, start+`"nationalities":["US","DE"],`+cnf+`,"given_name":"John","family_name":"Doe","email":"johndoe@example.com",
		"phone_number":"+1-202-555-0101","phone_number_verified":true,"address":`+address+`,"birthdate":"1940-01-01","updated_at":1570000000}`,
		string(out.Text))

	shown := jwt + "~"
	for _, i := range []int{1, 5, 0, 8} {
		shown += simple[i].disclosure() + "~"
	}
	const hash = "0_Af-2B-EhLWX5ydh_w2xzwmO6iM66B_2QCEanI4fUY"
	shown += signed(t, "kb+jwt", `{"nonce": "1234567890", "aud": "https://verifier.example.org", "iat": 1748537244, "sd_hash": "`+hash+`"}`,
		signatureOfBinding, holderX, holderY)
	parts, out := processed(t, shown, simplePayload())
	require.Equal(t, hash, disclose.SHA256.Digest(parts.Bound))
	require.JSONEq(t, start+`"nationalities":["US"],`+cnf+`,"given_name":"John","family_name":"Doe","address":`+address+`}`, string(out.Text))
}

// The example of RFC 9901, A.1: claims of an object one by one, beside decoys.
func TestPublishedStructured(t *testing.T) {
	top := []string{"C9inp6YoRaEXR427zYJP7Qrk1WH_8bdwOA_YUrUnGQU", "Kuet1yAa0HIQvYnOVd59hcViO9Ug6J2kSfqYRBeowvE",
		"MMldOFFzB2d0umlmpTIaGerhWdU_PpYfLvKhh_f_9aY", "X6ZAYOII2vPN40V7xExZwVwz7yRmLNcVwt5DL8RLv4g",
		"Y34zmIo0QLLOtdMpXGwjBgLvr17yEhhYT0FGofR-aIE", "fyGp0WTwwPv2JDQln1lSiaeobZsMWA10bQ5989-9DTs",
		"ommFAicVT8LGHCB0uywx7fYuo3MHYKO15cz-RZEYM5Q", "s0BKYsLWxQQeU8tVlltM7MKsIRTrEIa1PkJmqxBBf5U"}
	address := []string{"6aUhzYhZ7SJ1kVmagQAO3u2ETN2CC1aHheZpKnaF0_E", "AzLlFobkJ2xiaupREPyoJz-9-NSldB6Cgjr7fUyoHzg",
		"PzzcVu0qbMuBGSjulfewzkesD9zutOExn5EWNwkrQ-k", "b2Dkw0jcIF9rGg8_PF8ZcvncW7zwZj5ryBWvXfrpzek",
		"cPYJHIZ8Vu-f9CCyVub2UfgEk8jvvXezwK1p_JneeXQ", "glT3hrSU7fSWgwF5UDZmWwBTw32gnUldIhi8hGVCaV4",
		"rvJd6iq6T5ejmsBMoGwuNXh9qAAFATAci40oidEeVsA", "uNHoWYhXsZhVJCNE2Dqy-zqt7t69gJKy5QaFv7GrMX4"}
	const start = `{"iss":"https://issuer.example.com","iat":1683000000,"exp":1883000000,`
	payload := `{"_sd": ` + quotedList(top) + `, "iss": "https://issuer.example.com", "iat": 1683000000, "exp": 1883000000, "address": {"_sd": ` +
		quotedList(address) + `}, "_sd_alg": "sha-256"}`
	jwt := signed(t, "example+sd-jwt", payload, signatureOfStructured, issuerX, issuerY)
	claims := []claim{
		{salts[0], "sub", `"6c5c0a49-b589-431d-bae7-219122a9ec2c"`}, {salts[1], "given_name", `"\u592a\u90ce"`},
		{salts[2], "family_name", `"\u5c71\u7530"`}, {salts[3], "email", `"\"unusual email address\"@example.jp"`},
		{salts[4], "phone_number", `"+81-80-1234-5678"`},
		{salts[5], "street_address", `"\u6771\u4eac\u90fd\u6e2f\u533a\u829d\u516c\u5712\uff14\u4e01\u76ee\uff12\u2212\uff18"`},
		{salts[6], "locality", `"\u6771\u4eac\u90fd"`}, {salts[7], "region", `"\u6e2f\u533a"`}, {salts[8], "country", `"JP"`},
		{"yytVbdAPGcgl2rI4C9GSog", "birthdate", `"1940-01-01"`},
	}
	all, shown := jwt+"~", jwt+"~"
	for _, c := range claims {
		text := c.disclosure()
		all += text + "~"
		require.Contains(t, slices.Concat(top, address), disclose.SHA256.Digest([]byte(text)), c.name)
	}
	_, out := processed(t, all, payload)
	decoys := 0
	for _, n := range out.Withheld {
		decoys += n
	}
	require.Equal(t, len(top)+len(address)-len(claims), decoys)
	for _, c := range claims {
		require.Contains(t, string(out.Text), `"`+c.name+`":`)
	}
	shown += claims[7].disclosure() + "~" + claims[8].disclosure() + "~"
	_, out = processed(t, shown, payload)
	require.JSONEq(t, start+`"address":{"region":"港区","country":"JP"}}`, string(out.Text))
}
