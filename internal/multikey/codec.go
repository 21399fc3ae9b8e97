package multikey

// Multicodec codes (the multicodec table, "key" entries).
const (
	codeX25519  = 0xec
	codeEd25519 = 0xed
	codeP256    = 0x1200
	codeP384    = 0x1201
	codeP521    = 0x1202
	codeRSA     = 0x1205
)

// nameOfCode names the kinds of key that are recognised, for messages.
func nameOfCode(code uint64) (name string, secret bool) {
	switch code {
	case 0xe7:
		return "secp256k1", false
	case 0xea, 0xeb, 0xee:
		return "BLS12-381", false
	case 0xef:
		return "sr25519", false
	case 0x1203:
		return "Ed448", false
	case 0x1204:
		return "X448", false
	case 0x1206:
		return "SM2", false
	case 0x1210, 0x1211, 0x1212:
		return "ML-DSA", false
	case 0x1220, 0x1221, 0x1222, 0x1223, 0x1224, 0x1225, 0x1226, 0x1227, 0x1228, 0x1229, 0x122a, 0x122b:
		return "SLH-DSA", false
	case 0x1340:
		return "BIP 340", false
	case 0xeb51:
		return "JWK in JCS form", false
	}
	return secretName(code)
}

func secretName(code uint64) (string, bool) {
	switch code {
	case 0x1300:
		return "Ed25519", true
	case 0x1301:
		return "secp256k1", true
	case 0x1302:
		return "X25519", true
	case 0x1305:
		return "RSA", true
	case 0x1306:
		return "P-256", true
	case 0x1307:
		return "P-384", true
	case 0x1308:
		return "P-521", true
	}
	if code >= 0x1300 && code <= 0x1320 || code == 0x1341 {
		return "of another kind", true
	}
	return "", false
}
