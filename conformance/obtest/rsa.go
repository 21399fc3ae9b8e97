package obtest

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"sync"
)

// rsaKeys are the RSA keys of every World. They are written down because nothing draws such
// a key alike with each version of Go. Everybody knows them: they protect nothing.
var rsaKeys = sync.OnceValue(func() (keys [len(rsaTexts)]*rsa.PrivateKey) {
	for i, text := range rsaTexts {
		der, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			panic("obtest: a key of its own is no base64")
		}
		if keys[i], err = x509.ParsePKCS1PrivateKey(der); err != nil {
			panic("obtest: a key of its own cannot be read: " + err.Error())
		}
	}
	return keys
})

// rsaTexts are keys of 2048 bits, PKCS #1 in base64.
var rsaTexts = [...]string{
	"MIIEowIBAAKCAQEAovqqIeaa7V/FfcY42PtX8O3zGcTDsA5Gf7ReTP+ltpFQg2e5PSR1pJ6QevyXrjFROZs8xh6ONWjxhGcvdjb4" +
		"zAAI0GhyNALV/X+2KwkQf/0UQr/8yh2frLriqqGSk0H4sq+D56QN3MTwt9lcP5D+8t/TWuq8zx2ybegzEfG7sI7Uibe+R7hw8PND" +
		"i33qFeqicmiY4Q4KzWz/ukJ00aEW9rwkCLzzWo/bi+4j4XUqV6RmmL9SBLLrSG12njwDYdrvjh6qNodUgGlH3q7hee662bQEkw3k" +
		"bN7FiP+8id+BsvwiDc45x4wt17zjxa+LY9metBOeOlqdlBcYK+aXmD7IMQIDAQABAoIBAC3AW1E/+L7pMzoPErdKu5GtYqCZvWtn" +
		"XoAMBKrt2zmoimcRD42r9gB76Mg1r2jdfFVFEGb3feldZ+tIwiiX3vj5i3/hyilyoFrU5rEnDsQ3KeBhH9gnP8NQBUBsMgb3rpaO" +
		"seMtiRywBnk94ekQTZmlnqH3ooAr8IJs/CUt7Ifv5bvOseBNiBAGXbxisk26W5FUumZ6hE9YgmtRvO4LvVwTHE0o/I68gbjXTS3r" +
		"jD2o4ImW0F2wvl+4Y/PXqCas5S1766EBn8JaNILaZiqsw1S6pJHX+1VDkz0d2x8mO87AY8a9M3gRE/poxLD/kcHBrY7SiuJGIagn" +
		"tKoaafwsJF8CgYEA190piuT1UaUdfBSKR9hGeiqz0upQCg5f+LKjW7Fi+CGTjpRAEILU5hhglLFOo/Jz+fHu4Gpqs3452ZG7+XhQ" +
		"6TfcVLWUhjHJemfl3QJErAFfD5RtvZrzhvf6blIpNKm3QaHBaz1MMQX7N3y57KkPDvgOlWnqUaFVuQjalmx9TWMCgYEAwUhB84e6" +
		"fzJ54Z1A5M+V9cJiD0kkAJhbINgny4S2jG3jpqSmfuVExduC2DQggvEEyNFRyKBo/JiiCHR4lJV4sFSWhI0V8cF4vQI/t/D0bSAz" +
		"7sZcHntFm6JEWAVHieS0bqpqxX3Z4RDyoZvI0wY+8tRj6RkBPE+Tq6hkgmB4glsCgYAUH/xlhJ8Sc5BiJxAVTqaTcTO+sDWyGlD8" +
		"QLtWKx2NAKRfIJcwcuIiaZdnhXhNdKc3YETjC0jTXytJi3q48WypsZmLFDq6oB2mmdUmW7XHS4FvVGk+yhl2NdxVOLe6vy/koI4F" +
		"z3sw/tvC+o/i7ogG3z2M1IkR/zacv6SRbZ/o/QKBgDdFZ36xoJZBI/NtmaIU7qgxpwMCAmadKuoQhgi/8cfkoMYFrYr6GxmNdTRI" +
		"a8emDp0ypnV90afyKdvLGrQ6riGWfth21ACnN9Ss8PWz1OHj5JXyaWNaEwS3eV3GXLfFDAfdedzx6T1gMFIgj2QxFA0yyUNeIClU" +
		"BEGBTQSve6ajAoGBAKatU9mkz1MX/kQOLhlASqF3u/TEYC7zCQpCOWcXTF4UFm0ze+OFVyi4ze2Jndl2EObuzjbhLqtIzwuE8gCs" +
		"4ne1mCar4xR75FRot/dmZx6R2XhBeVUFZ/0CRX81HVRYKsAfH0IWECqPlRJ51Kl0dEel0Z8GTDLXu6pLr5yodX4a",
	"MIIEpAIBAAKCAQEAx2AJGD74XYgO4Dx3ryYr4XAVqHnVkBAJLW4GfSdJvaYTrd2QsVI2UJU9Fr3XCE1XPbh1xQwrMTH7NgvhU22n" +
		"NVQVGvi2Ds4uaY1zNJMVPSNTxDVxm2sBJcYTh90auTJUcII+a8U2SlNR0KorsZDWzhs+FPrs3Iff+yzJ85GLEMw0g1wGEhYaxqty" +
		"dv32Z+j5L1GbKrre6cYtIrlxzklmWZyB+JmNfWnhSyVVI8+hOB4GdZ39/hi36Zo3O2kAJ/sAzO5dvlLota9x4WFlZaeC85mCfMkc" +
		"EjESPPtn/u6gdWI8ow0aXBuAJYzkAyqluSb/DUuhiOfXi0qN8O/vlww0swIDAQABAoIBABKSjqZUj1xfJUucNmX5f1Lz1wCnwM43" +
		"wDMcMbyM4WCqTOEAZ88s4mRlUpiAvLxIQB0+xrHBbXCawFULjETyTQY5u/GUQ5ljeY1ZoOa/4NWeKdp4RAn/UM8NAZrBbRDdcGI+" +
		"r8PoTiNkWZW/lGxpGql+fi0EJvZwLdw/Etz+rN62jPQDxVTfRMemY2mdMmgwu8BO4u0SPq23ETgNVAmS5az6TgUtHXoxGna6LN9z" +
		"8gbeluiHTIz9DLaqXXOQmje3zGN5BtBkE8nbHyQ4M+rpVc97TDTBQVnuVJjLTOH+Thj1IXtzD1gdoChsX9M6/FNlscPCoNdLkxp2" +
		"9mr6W8lIBqkCgYEA7eh0VJbIii0Ze8GFx394v4AMa4aPpju0PDcrlR6wiKNyqP5TEfEuykbO/goPxwnaxIidqfsSM046idJg5oRs" +
		"Vl4RAa0RDrJDJeB5V0HL2rh4l3sl/Q+wtBNrxSkQl0hSIL0Q8UTqzpvFfvb5of6nDb/zKoWTZV6iHctRzHtqmw0CgYEA1oluPcMR" +
		"HL4rpRuCKZD16ODZnliDy0djIDci2H8q3aIJWYYIJJuuABY3PiqHudu2ikwDLSDFyUNPvO2pt+wEPbCZFLjeCz7Nv7lQCv2FVD9G" +
		"gL8SB2+KSKVEbA8OS/bK0UaImi0Ulkeg49PB/rjyicr1utJVuqy31RTwFXPzHr8CgYEAykOFE52WJZOuRL8FI9VGLVmKNaiTXHsK" +
		"At/M19zdrW14wCBpM6nfY+3LccPQIiJIsiqMEMX6dVAfCKmp5JHVIaCbyNcA14PK/trXjs3LqMqJDBCQ/ZNnYdHZICiHiHbeDCNx" +
		"0g4Lq1hYElebaJR+Jnx5Gj+yTs6j+bywcK7EtckCgYEAtiiOwEZG217ldBV9WYnKIuf4HykNDqcYlZv7LFQds34H7kmN1HeTMGOs" +
		"mE5IXBkgTyDneYPgLFnI9KPffVka6L5v3FZzwpya2nWgbxSABt6LIHob9tBQXApnpFDMVNfBshvvlOk+F7PN+mQszfl/hlwcdXpu" +
		"bEiG9pgGmlCPV8UCgYAG2f1k4k5W4xZ8uRoYBF+/fsrh/8L9/EcJmW/NTw+DyLFG8X7zlAHKnBIRtG8YdZgYb8x/VCdAaA500ZRg" +
		"9wQN3VjqG6l4iPqKayOa8PVceVCPwSmvpbA0DX9hH54YXHF2w5SyOrd0Ft0fKYxIKTDnw3gJzAZxZ+zLmFM+qxgFSA==",
	"MIIEpAIBAAKCAQEA0uQuVaxpMb8oTm7GEijNjgyYZj8Xg6V2BDQ89fXO/Ur+TxN6X57pFmxrTsn1jyLfFTzqm2iMZotqVHN85WoR" +
		"tfxcI8v4QGKUI7fQOV6tTvImskJT4w2VZ4B6rB8SHLIv5wvXeuOliHwf6hg/1B4DjYP4ae2PWbwEAE8h9zL1wPF0PnYQ/kMusb9v" +
		"eLnSs6vL7sePhokMXoiO5d8ODuOseZbfRBcQnkK+SY+ddd87qQpCn0797jAqeBjmsdosbOolw1OYy51HrMfT9UtOmS/ugcevUlBM" +
		"Lpic/EnusQkd0ui2BTW0c6E46TudeQ9qOy6eBBXjyrmhKFxRx5UHv3I1yQIDAQABAoIBAAMoIT1tEEILX3oVFGfvLmyC6cEWDq8M" +
		"ygB0G7l+zXNjLP1YCEvoIAsS4mRSh5d16SrzN3vOC9P5IEVVWThB5zP3LBXpFrU4BImoVbiWHzgATe37KjBK4sKi3LM439eIH0lx" +
		"Fu+i+rZZTUz+we3V6S20HQLQ6IVqWBD9HkAKBj22GJDmGIvNawIGtZ3BA6+FCcrhAT6GncvkPPCntTsul0jCdygFr134hHv349hA" +
		"s6YmO2yguECqogCXyja7LXsq5TUCsx6rsj3J067oz1/PxgF/x/Q+nurUEbQJsjoD9VquYyjjn/zj5nFd9nvPnLXMXlqKQFtlZDVj" +
		"ynYqv88laqUCgYEA/WAc3rUwa1iVxuNsRoSVMDcG/9laAFE/tIXTt5BjoPUpy7uOBvWrtS//mDEcTqgadUa7p/xUXKx2uVynVEZn" +
		"FuQp9NXzfcIia4+tiucyVw/U/KqWYgqxSWAnwedoBzfVVyo6ORi5AEC3w3yFB4lSV/I521YVq8LXuuMDXJBiCq8CgYEA1RNpQn3L" +
		"1Po/aU92Zz/cmBYCz/6jnH180+EMrB3991T/PB2Vdk6W6rOw8zmomDspUv4/E9JQBEbcKQWBE48O1XxIqRUGtnqtX9qoY8LqET3P" +
		"30W3hhN3f2xGHj/Lhyw8YeoskvfFsBt943CkWGkIVgMWg7hLVgIXzwKGMVf5hQcCgYEAumMDmcjLz4ug0mfl9JH/dTJlkbv/+w/J" +
		"vzBbKEOtJnByyI410mTSZTzj1r75xdrfa7oWvWJfZLTxuTWxWctYdnxtaNAiiDZRP7K3xOCCJY1d7mhGq+SVuhZj6L4jxnuKEs7b" +
		"ebj4DnmNNN7atUqNKmjjqrfOxUVVkQMCLAuCM70CgYA9iTiaAliOrqMHl/JbCT99EMZJKYI43KjjTBhr0NGaz4pS4zxaCYJeT/zn" +
		"kZxWMqfRlynCYLfJNGm60yMe8e7Xyuf1JORmaPGPQEfnX9BXoGFbWvgQmaimPS/W5pex9x2NLaMn4rTOEnJ97/cWrWbB6GxlKCFh" +
		"uoMDvvfgYkbmmwKBgQDQ3VMdTAqH4foI2Q8h9EQEoAzheuOvQFhCnO1VKm+tmsuTUSMdTk3zsm5JucJPHKiE3DAqqiJ42ESYKozq" +
		"v7CtiQyYDOutfrvrW9TnJHNX/Mu5/iVDC1LU8Kz5dRldEo7p/Q7GFyY0Wi49V0JalmNY3kVKtgARqzHAAa+kJ4MwWA==",
}
