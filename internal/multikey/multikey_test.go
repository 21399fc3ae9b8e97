package multikey_test

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

func parse(t testing.TB, text []byte) jsonx.Value {
	t.Helper()
	doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
	require.NoError(t, err)
	return doc.Root()
}

func requireCode(t testing.TB, code multikey.Code, err error, note ...any) *multikey.Error {
	t.Helper()
	var e *multikey.Error
	require.ErrorAs(t, err, &e, note...)
	require.Equal(t, code, e.Code, note...)
	require.ErrorIs(t, err, &multikey.Error{Code: code})
	require.NotEmpty(t, e.Error())
	return e
}

// multi is a Multikey text of any code and bytes.
func multi(code uint64, key []byte) string {
	return multibase.Encode(multibase.Base58BTC, append(multibase.AppendVarint(nil, code), key...))
}

// sameAsMaterial compares a key with the material of a published document.
func sameAsMaterial(t *testing.T, key crypto.PublicKey, method jsonx.Value) {
	t.Helper()
	if jwk := method.Get("publicKeyJwk"); jwk.Exists() {
		k, err := multikey.ParseJWK(jwk)
		require.NoError(t, err)
		require.Equal(t, key, k.Key)
		text, err := multikey.AppendJWK(nil, key)
		require.NoError(t, err)
		for m := parse(t, text).First(); m.Exists(); m = m.Next() {
			require.Equal(t, jwk.Get(m.Name()).Text(), m.Text())
		}
	}
	if base58 := method.Get("publicKeyBase58"); base58.Exists() {
		raw, err := multibase.DecodeBase58(base58.Text())
		require.NoError(t, err)
		switch key := key.(type) {
		case ed25519.PublicKey:
			require.Equal(t, raw, []byte(key))
			require.Equal(t, base58.Text(), multibase.EncodeBase58(key))
		case *ecdh.PublicKey:
			require.Equal(t, raw, key.Bytes())
		}
	}
}

func TestSharedDidKeys(t *testing.T) {
	for file, want := range map[string]int{"ed25519-x25519.json": 5, "nist-curves.json": 7, "rsa.json": 2} {
		read := 0
		root := parse(t, testkit.ReadShared(t, "vc/did-key/"+file))
		for entry := root.First(); entry.Exists(); entry = entry.Next() {
			text := strings.TrimPrefix(entry.Name(), "did:key:")
			key, err := multikey.Decode(text)
			require.NoError(t, err, text)
			again, err := multikey.Encode(key)
			require.NoError(t, err)
			require.Equal(t, text, again)
			sameAsMaterial(t, key, entry.Get("didDocument").Get("verificationMethod").First())
			read++
		}
		require.Equal(t, want, read, file)
	}
	documents := parse(t, testkit.ReadShared(t, "vc/did-key/x25519.json")).Get("didDocument")
	for entry := documents.First(); entry.Exists(); entry = entry.Next() {
		key, err := multikey.Decode(strings.TrimPrefix(entry.Name(), "did:key:"))
		require.NoError(t, err)
		require.IsType(t, &ecdh.PublicKey{}, key)
		sameAsMaterial(t, key, entry.Get("verificationMethod").First())
	}
}

func TestSharedUnsupportedKinds(t *testing.T) {
	for file, name := range map[string]string{"secp256k1.json": "secp256k1", "bls12381.json": "BLS12-381"} {
		root := parse(t, testkit.ReadShared(t, "vc/did-key/"+file))
		for entry := root.First(); entry.Exists(); entry = entry.Next() {
			_, err := multikey.Decode(strings.TrimPrefix(entry.Name(), "did:key:"))
			e := requireCode(t, multikey.CodeUnsupported, err)
			require.Contains(t, e.Detail, name)
		}
	}
}

func TestMulticodecTable(t *testing.T) {
	keys := map[string]func() crypto.PublicKey{
		"ed25519-pub": func() crypto.PublicKey { return edKey() },
		"p256-pub":    func() crypto.PublicKey { return ecKey(t, elliptic.P256()).Public() },
		"p384-pub":    func() crypto.PublicKey { return ecKey(t, elliptic.P384()).Public() },
		"p521-pub":    func() crypto.PublicKey { return ecKey(t, elliptic.P521()).Public() },
		"rsa-pub":     func() crypto.PublicKey { return rsaKey().Public() },
		"x25519-pub":  func() crypto.PublicKey { return x25519Key(t) },
	}
	table := string(testkit.ReadShared(t, "vc/multi/multicodec-table.csv"))
	for line := range strings.Lines(table) {
		cells := strings.Split(line, ",")
		if make, ok := keys[strings.TrimSpace(cells[0])]; ok {
			text, err := multikey.Encode(make())
			require.NoError(t, err)
			raw, err := multibase.Decode(text)
			require.NoError(t, err)
			code, _, err := multibase.Varint(raw)
			require.NoError(t, err)
			want, ok := new(big.Int).SetString(strings.TrimSpace(cells[2]), 0)
			require.True(t, ok)
			require.Equal(t, want.Uint64(), code, cells[0])
			delete(keys, strings.TrimSpace(cells[0]))
		}
	}
	require.Empty(t, keys)
}

func edKey() ed25519.PublicKey {
	return obtest.Key(obtest.Ed25519, "a school").Public().(ed25519.PublicKey)
}

func ecKey(t testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	require.NoError(t, err)
	return key
}

func rsaKey() *rsa.PrivateKey {
	return obtest.Key(obtest.RSA, "a school").(*rsa.PrivateKey)
}

func x25519Key(t testing.TB) *ecdh.PublicKey {
	t.Helper()
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	require.NoError(t, err)
	return key.PublicKey()
}

func TestDecodeRefusals(t *testing.T) {
	good := edKey()
	p256 := ecKey(t, elliptic.P256())
	raw, err := p256.PublicKey.Bytes()
	require.NoError(t, err)
	compressed := append([]byte{2 | raw[64]&1}, raw[1:33]...)
	noPoint := append([]byte{2}, make([]byte, 32)...)
	noPoint[32] = 1 // x = 1 gives no square on P-256
	tooLarge := append([]byte{2}, p256.Params().P.Bytes()...)
	for name, test := range map[string]struct {
		text string
		code multikey.Code
	}{
		"empty":              {"", multikey.CodeMalformed},
		"not multibase":      {"6Mk", multikey.CodeMalformed},
		"no prefix":          {"z", multikey.CodeMalformed},
		"truncated varint":   {multibase.Encode('z', []byte{0xed}), multikey.CodeMalformed},
		"overlong varint":    {multibase.Encode('z', append([]byte{0xed, 0x81, 0}, good...)), multikey.CodeMalformed},
		"Ed25519 short":      {multi(0xed, good[:31]), multikey.CodeMalformed},
		"Ed25519 trailing":   {multi(0xed, append(append([]byte{}, good...), 0)), multikey.CodeMalformed},
		"Ed25519 none":       {multi(0xed, nil), multikey.CodeMalformed},
		"X25519 short":       {multi(0xec, good[:31]), multikey.CodeMalformed},
		"P-256 trailing":     {multi(0x1200, append(compressed, 0)), multikey.CodeMalformed},
		"P-256 uncompressed": {multi(0x1200, raw), multikey.CodeMalformed},
		"P-256 form":         {multi(0x1200, append([]byte{4}, raw[1:33]...)), multikey.CodeMalformed},
		"P-256 no point":     {multi(0x1200, noPoint), multikey.CodeInvalid},
		"P-256 x = p":        {multi(0x1200, tooLarge), multikey.CodeInvalid},
		"P-256 infinity":     {multi(0x1200, []byte{0}), multikey.CodeMalformed},
		"P-384 length":       {multi(0x1201, compressed), multikey.CodeMalformed},
		"RSA not DER":        {multi(0x1205, []byte("key")), multikey.CodeMalformed},
		"secret":             {multi(0x1300, good), multikey.CodeSecret},
		"other secret":       {multi(0x130a, good), multikey.CodeSecret},
		"secp256k1":          {multi(0xe7, compressed), multikey.CodeUnsupported},
		"Ed448":              {multi(0x1203, good), multikey.CodeUnsupported},
		"SM2":                {multi(0x1206, compressed), multikey.CodeUnsupported},
		"no key at all":      {multi(0x12, good), multikey.CodeUnsupported},
	} {
		key, err := multikey.Decode(test.text)
		requireCode(t, test.code, err, name)
		require.True(t, key == nil, name)
	}
	_, err = multikey.Decode(multibase.Encode(multibase.Base64URL, append([]byte{0xed, 1}, good...)))
	require.NoError(t, err, "both bases are allowed")
}

// The encodings of points of small order, and those of y at or beyond the prime,
// as 255-bit numbers with either sign.
func TestEd25519Points(t *testing.T) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	encode := func(y *big.Int, sign byte) ed25519.PublicKey {
		b := y.FillBytes(make([]byte, 32))
		for i, j := 0, 31; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
		b[31] |= sign << 7
		return b
	}
	y8 := orderEight(t, p)
	for _, y := range []*big.Int{big.NewInt(0), big.NewInt(1), new(big.Int).Sub(p, big.NewInt(1)), y8, new(big.Int).Sub(p, y8)} {
		for sign := range byte(2) {
			requireCode(t, multikey.CodeWeak, multikey.Check(encode(y, sign)))
		}
	}
	for i := range int64(19) {
		for sign := range byte(2) {
			requireCode(t, multikey.CodeMalformed, multikey.Check(encode(new(big.Int).Add(p, big.NewInt(i)), sign)))
		}
	}
	// Whether y is that of a point, by the curve's equation x^2 = (y^2-1)/(dy^2+1).
	d := new(big.Int).Mul(big.NewInt(-121665), new(big.Int).ModInverse(big.NewInt(121666), p))
	points := 0
	for y := int64(2); y < 100; y++ {
		square := big.NewInt(y * y)
		bottom := new(big.Int).Add(new(big.Int).Mul(d, square), big.NewInt(1))
		x2 := new(big.Int).Mul(new(big.Int).Sub(square, big.NewInt(1)), bottom.ModInverse(bottom.Mod(bottom, p), p))
		want := big.Jacobi(x2.Mod(x2, p), p) >= 0
		for sign := range byte(2) {
			require.NoError(t, multikey.Check(encode(big.NewInt(y), sign)))
			require.Equal(t, want, multikey.IsPoint(encode(big.NewInt(y), sign)), y)
		}
		if want {
			points++
		}
	}
	require.InDelta(t, 49, points, 20, "about half are points")
}

// orderEight derives y of a point of order 8. Its double has y = 0, that is
// x^2 = -y^2, which makes the curve's equation dy^4 + 2y^2 - 1 = 0.
func orderEight(t *testing.T, p *big.Int) *big.Int {
	d := new(big.Int).Mul(big.NewInt(-121665), new(big.Int).ModInverse(big.NewInt(121666), p))
	root := new(big.Int).ModSqrt(new(big.Int).Mod(new(big.Int).Add(d, big.NewInt(1)), p), p)
	require.NotNil(t, root)
	for _, root := range []*big.Int{root, new(big.Int).Neg(root)} {
		square := new(big.Int).Sub(root, big.NewInt(1))
		square.Mul(square, new(big.Int).ModInverse(new(big.Int).Mod(d, p), p))
		if y := new(big.Int).ModSqrt(square.Mod(square, p), p); y != nil {
			return y
		}
	}
	t.Fatal("no point of order 8")
	return nil
}

func TestRSABounds(t *testing.T) {
	for file, n := range map[string]int{"vc/did-key/rsa.json": 2} {
		require.Equal(t, n, parse(t, testkit.ReadShared(t, file)).Len())
	}
	odd := func(bits uint) *big.Int {
		n := new(big.Int).Lsh(big.NewInt(1), bits)
		return n.Sub(n, big.NewInt(1))
	}
	require.NoError(t, multikey.Check(&rsa.PublicKey{N: odd(2048), E: 3}))
	require.NoError(t, multikey.Check(&rsa.PublicKey{N: odd(8192), E: 1<<31 - 1}))
	for _, key := range []*rsa.PublicKey{
		{N: odd(2047), E: 3}, {N: odd(8193), E: 3}, {N: odd(2048), E: 1}, {N: odd(2048), E: 2}, {N: odd(2048), E: -3},
		{N: odd(2048), E: 1<<31 + 1}, {N: new(big.Int).Neg(odd(2048)), E: 3}, {N: new(big.Int).Lsh(big.NewInt(1), 2047), E: 3},
	} {
		requireCode(t, multikey.CodeWeak, multikey.Check(key))
	}
	requireCode(t, multikey.CodeMissing, multikey.Check((*rsa.PublicKey)(nil)))
	requireCode(t, multikey.CodeMissing, multikey.Check((*ecdsa.PublicKey)(nil)))
	requireCode(t, multikey.CodeMissing, multikey.Check((*ecdh.PublicKey)(nil)))
	requireCode(t, multikey.CodeUnsupported, multikey.Check(nil))
	//lint:ignore SA1019 a key built by hand is what is tested
	requireCode(t, multikey.CodeUnsupported, multikey.Check(&ecdsa.PublicKey{Curve: elliptic.P224(), X: big.NewInt(1), Y: big.NewInt(1)}))
}

func TestMaterial(t *testing.T) {
	key := edKey()
	ed, err := multikey.Encode(key)
	require.NoError(t, err)
	base58 := multibase.EncodeBase58(key)
	p256, err := multikey.Encode(ecKey(t, elliptic.P256()).Public())
	require.NoError(t, err)
	x25519, err := multikey.Encode(x25519Key(t))
	require.NoError(t, err)
	text, err := multikey.AppendJWK(nil, key)
	require.NoError(t, err)
	jwk := parse(t, text)

	for _, m := range []multikey.Material{
		{Type: "Multikey", Multibase: ed}, {Type: "JsonWebKey", JWK: jwk.Raw()}, {Type: "JsonWebKey2020", JWK: jwk.Raw()},
		{Type: "Ed25519VerificationKey2020", Multibase: ed}, {Type: "Ed25519VerificationKey2018", Base58: base58},
	} {
		got, _, err := multikey.PublicKey(m)
		require.NoError(t, err, m.Type)
		require.Equal(t, key, got)
	}
	for _, test := range []struct {
		m    multikey.Material
		code multikey.Code
	}{
		{multikey.Material{Type: "Multikey"}, multikey.CodeMissing},
		{multikey.Material{Type: "Multikey", Multibase: ed, Base58: base58}, multikey.CodeAmbiguous},
		{multikey.Material{Type: "Multikey", Multibase: ed, JWK: jwk.Raw()}, multikey.CodeAmbiguous},
		{multikey.Material{Type: "Multikey", JWK: jwk.Raw()}, multikey.CodeMismatch},
		{multikey.Material{Type: "Multikey", Multibase: x25519}, multikey.CodeConflict},
		{multikey.Material{Type: "Multikey", Multibase: "z"}, multikey.CodeMalformed},
		{multikey.Material{Type: "JsonWebKey", Multibase: ed}, multikey.CodeMismatch},
		{multikey.Material{Type: "JsonWebKey2020", JWK: []byte(`"x"`)}, multikey.CodeMalformed},
		{multikey.Material{Type: "Ed25519VerificationKey2020", Multibase: p256}, multikey.CodeMismatch},
		{multikey.Material{Type: "Ed25519VerificationKey2020", Multibase: "z" + base58}, multikey.CodeUnsupported},
		{multikey.Material{Type: "Ed25519VerificationKey2020", Base58: base58}, multikey.CodeMismatch},
		{multikey.Material{Type: "Ed25519VerificationKey2018", Multibase: ed}, multikey.CodeMismatch},
		{multikey.Material{Type: "Ed25519VerificationKey2018", Base58: ed}, multikey.CodeMalformed},
		{multikey.Material{Type: "Ed25519VerificationKey2018", Base58: "0"}, multikey.CodeMalformed},
		{multikey.Material{Type: "EcdsaSecp256k1VerificationKey2019", Multibase: ed}, multikey.CodeUnsupported},
		{multikey.Material{Multibase: ed}, multikey.CodeUnsupported},
	} {
		got, _, err := multikey.PublicKey(test.m)
		requireCode(t, test.code, err, test.m.Type)
		require.True(t, got == nil)
	}
}

// FuzzDecode: what decodes is a checked key and encodes to the one text of its
// base58 form.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv",
		"z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54", "z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
		"uhSQx", "z",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key, err := multikey.Decode(text)
		if err != nil {
			require.True(t, key == nil)
			return
		}
		require.NoError(t, multikey.Check(key))
		again, err := multikey.Encode(key)
		require.NoError(t, err)
		if text[0] == 'z' {
			require.Equal(t, text, again)
		}
	})
}

func BenchmarkDecodeEd25519(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := multikey.Decode("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeP256(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := multikey.Decode("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"); err != nil {
			b.Fatal(err)
		}
	}
}
