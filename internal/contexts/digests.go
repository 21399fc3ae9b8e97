package contexts

import (
	"crypto"
	"encoding/base64"
)

// published are the digests of the files at the URLs of known contexts, as their
// publishers have them: SHA-256, SHA-384 and SHA-512. The contexts of this program mean
// the same and are other texts.
var published = map[string][3]string{
	"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": {
		"iA8ZAtQVjy8zzgavQbkHGZd80eozep3i5B7bP/XlQ9Y=",
		"qEatkjaZxn310JMkE0xkXR4V9EKfJIhWy/HKiWd2TPh0FHbqVX3VBciR/kfiSHod",
		"oSLIySQ+U/k/B1Gn+0QH8Rh6mbZu8YYMjRA3310Ow8jZ8vyn3jgXCa85AnfIua0593ex5QW0/SbISfoKnja1xA==",
	},
	"https://purl.imsglobal.org/spec/clr/v2p0/context.json": {
		"4ZjXtRfXTFA2Q0zklQhvZ7ECRHCemj353Lf4sVebYWc=",
		"KrykFED/SqTm4q4MAIUecRCpsV9tUZVhroyD5rGk9eiUMTxytgCGcJ8D82pcZ87/",
		"2wEAwdR+Z9OwSYbo6dahwwSiTdnfqs1U0h8NaRqrDurouzsUUwc5MZmhgrcemX7FmKtHQ1RvdPgPuX4/Zmszbw==",
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": {
		"z8FH21/V41dbBr1HH+BHhOkt5pKW9ko1G43/DsM3Lpw=",
		"rLjNRjXFWIXsyJ8zol3RdQd0IosjMuHkaxj0K87wQ67OSMsBRBbNCHxXYqwJE0ST",
		"3pIQdYiurQW/AQA3v2PE8aT1PRI/K300m5XdINMA0pteYhvzrriRvQQxzDX+rnhJU15LLsCW61/IDyCBWnXzow==",
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": {
		"u6QzmJ4ecAymCDijwiN459g4GusMlZD53fhNFxTxApY=",
		"pEezHo9uhm2MbfQfZhkogjVxvQnNbNBUesL79d/KGZ9bFK4osq8rh8dNPsHT5tMt",
		"5I1nmRg5czHWVJXGghAUzD1yALKmCOAlDP0SdjmwoVhyg5yleQfen+RlFSX8jj9p3ekHaAJ49wo+KJQgLK3r7g==",
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": {
		"PTT01O8bzmkRBuY3mL6157hiuoQUI/XuHlOrfd87yoQ=",
		"xY1z7c0sF+cBmF+RjMjGhEhfLFOZ/73crLPeV0TwkAAPJE5fhyksNTKYrM+w2JTj",
		"VWSMa0VKd3hA+UemOpzBFHCxLuyI1x/Tlxa60fHiJkGfSTXqR1uLyZDB0AQIb3xEqdFj3k+WdvzCZICnc+/AUA==",
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json": {
		"sHf6E02QnZLB3NHBU/KvGyRK60FZZ/3BRn1/xd1IrBA=",
		"zHcVdFeEExngWrDZZX/hRBUKYmwfD9icDmOfWNRo7bVRNZfZ8URZMQyG7GuXW3TM",
		"bp9HiR9EWR3EMiRRNtrN2gFsG6mE+qeevdtMpp0oJzAf+/4uUTLQp1HTP9D7ljx0+nYWonGFCAJIxJrRHgNPKg==",
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": {
		"FG+Fqhbv/Xyh2oBW60Q/U84eyoo0GGywYoMsCpfYicM=",
		"z1mktLGQrnmIFKtryRHALv3ikcOGrtG7Eb1aVy0esmab/YcBnplDiNtQSgmsJE1e",
		"xMJYNcy/ddGvSoqtC7yj0ie5BM9GLgx/F2ed2Q/y4nuQ+6oVw6sVJWUUcc/wdvfOo9q/0+rjN4nkpMH1qydspg==",
	},
	"https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json": {
		"O8Y8KsdotsOumhvuslZLMVa0fEo/+uGuSbVT02ZPJ0k=",
		"5Rc9SQrzYD5gxbdbZklihHnCZrH1Boj9MF9hHg0QPeZQWe9DNDcayngh5LhX2/BQ",
		"nMeN+fvvR22yIs0nWDbeshK0Te5y1Ko6gN3tAY91SEclscDIW4sijb2MhQ3nVopPppSURtGze30jYmtZwPWUwA==",
	},
	"https://w3c-ccg.github.io/vc-ed/plugfest-2-2022/jff-vc-edu-plugfest-2-context.json": {
		"nxyPnzYboplLm1BwH0EUmRlULFDHt0VbKEbYeVkpXXI=",
		"kygVyt9q1RZbImYaixipjdPCSto9nlbWZ2MJtL2f54B5UxGo9dL/eVJf75TF0M0s",
		"S29P4QlUVXLq32TcNppF1UIEiBqFioYMk0S32CSN/DZ1LOx7DstIYO/wB4WtFsyPJukarzjWxp+wGM6mvF0vtg==",
	},
	"https://w3id.org/security/data-integrity/v1": {
		"tdgpvQmqfEKrxu+gyO12NTE7VIfzfM/OPs0UnKlBhVQ=",
		"H3tRFUwstZa4BNPu3qu3Z4x+pNNvUgFJamgdvYaNXcDLkKiDn1FCzNyR/bksWtzy",
		"xJlRvZ8+j00jH85eRXmKLTL7fvSk8aLo0vPatdEDM6FCEzmXTudxWe2uJZ/Pc8fPE28eMATe1a8lrDiYPS6Oyg==",
	},
	"https://w3id.org/security/data-integrity/v2": {
		"Z/IebjOmwU5cz9L8eGX3R0+3GgSvfpQTbLOZ36yK6PQ=",
		"DuLXYmcX+LB81Em1JdXitx/icgn8meUwieAWndKUTXk/7qRSb8YLucyhzZZRI5H2",
		"Oc16mkBHt0uFJGQP41Yz6B6ChtFL27fnfQ4I2FCwDWo1sBhdXeNcR5uu2yOheYnZ9iislVMf3XnAxaD2Mtn6lQ==",
	},
	"https://w3id.org/security/jwk/v1": {
		"DxS2L2Bxqv4A3yZXcOoMdQjhGCR9ebfYYaQG0qoAvs4=",
		"di3FXOefNh47vrfTyw3bPkS44ohSYfgoMYOVnRqqM5BK9qgAUFntlkFQDqt9jdrl",
		"Dvv/hFI9cgovMx/sT77clp7i51dkwO0yXHLLVrxTnTqcZCAjyVhzWv1TV1VKsffhMRHw3Phh9ZsrwEUSbNhSEQ==",
	},
	"https://w3id.org/security/multikey/v1": {
		"uiwYLeLZL35HGEvMqPzwvq7m05hsUnv2ZMGVu8fFhZc=",
		"D6UWQdEvuMcBsuapSSVW8l0yu0r4SpbxGAjwpiO5ckNN0YqPHxhlvGjY7gRsTlo+",
		"En0TOOp/cC10XtW/aQDtqKrEQZ2lRjGB/KAsJ+BQhRBufT7s6eoOFWvP9cP5nurTl3hcRTvFeffdVJapkeELXw==",
	},
	"https://w3id.org/security/suites/ed25519-2018/v1": {
		"Fmxqu54IF2zuX2yHycG7/vpXF9o5G8rFJeVDf5PquAk=",
		"JTTwefvsWe2qZ0z9MJTQlSlypIzD6Pvi+E6yRDHDr7W7Qfo4XxhPLJ3oMTR6y3wM",
		"8/ia6k5Eu666Lm1BgdwPr8ydxLYiOaiKjC/4CBRg0uNMVzD+POIyeQCb9m4N14srfLjfGOxvTaO3Kv7DLZrnxQ==",
	},
	"https://w3id.org/security/suites/ed25519-2020/v1": {
		"ueGrlx/Yvyx1U+DEqUOOC5RQr94eocpbJJI2i59UlYg=",
		"CYsY9HK4Qs+nUgNk1AYqo8l4lsF6alrnLmv7UJZB5k7tlhVrNfd3EoPf06U8zXnR",
		"eWrn4mTWAEGf82G8Y9b8tPqdc1X1GqpfFd89yV4kGQDWFeqZVU9LhJgCzIKgFs4ClGUdrfCatReUmbR1wiHCig==",
	},
	"https://w3id.org/security/suites/jws-2020/v1": {
		"1kjgXdxld4J8or/V6TH1Pp68blKleo2oHfTsjEb/zR4=",
		"aKzpbl5oj07QdMz03NKVLhKuZTUQBH/AsGdwdgD6bgYbHvPs8VlG1FKtTJ/SRhc7",
		"c4CQobTeHYEjgZ8FajA3jcFGIgKlMKz91Nrx1DElR7WPwrY4nXNZi4VpodJJ15bmMP5xoqpxNbtJ2fnURCRDBQ==",
	},
	"https://w3id.org/security/v1": {
		"q6+X4QfRklUDxDPcrz/9KDFpfKzB7SopPhvIAw1by0c=",
		"VgCmSRydJZ6z+mBaRx0Jb1H4gh8CXjrEBodDo9Adx7aHh3GGIMbPrKCj6cYU1tJC",
		"vN+OZaSagteOiXBXm7TICLJnYCqvRWEZfJFO+HU4/wYdreINtyZE32b0NVALCx4eVJ5olxKQ8UK/1/XfkOE8vA==",
	},
	"https://w3id.org/security/v2": {
		"YRvYEVHV7+U+ya7Xj1qBPldyh7yUUe4m1oebG4tGvDs=",
		"A4m81fPMqat1qu1tJACJdZ8Mzx843lgjQhGW6co4Yz27sLOUNWp5MGDcR92EeiUp",
		"yf7x5RVnPzQVmlrRzOtNhD6bENMWskzFRARvH9uogNqDp+g+THZn65+NCQ6nz6cz1eVKSFkyIVTiFjl03sIRqw==",
	},
	"https://w3id.org/vc/status-list/2021/v1": {
		"bdBqUr7bdx4FnBCDuounhI3OIva0qM+guYuj/BiIcOQ=",
		"Oc9AfsrrWHpZ4uNnOEIZ0U5S1Zl2JM5hu8mvSn5OP2IF5dEAtMTm/R4ZvDcEbFGU",
		"wPRsJKJsfzqzNxN8jLWprrNHfAV/UpgwJhFbUMFoCtK+1sdxXbSH814ZftJyqA+wMeZFFNjsi4eZo0MLXTdQng==",
	},
	"https://www.w3.org/2018/credentials/examples/v1": {
		"IHCuTnW8O0ws/iuLbobsRRGWcru12ig/A5nqlsYKAQQ=",
		"KAEVVL+ub5UqO9KKkhQFtmwaTQWecNIM2yQkyl+KURpXaWDVanBnC+NiYzIlEi8o",
		"C1R72dF1cd5Q0Z556BqpyEo+GSnrcyQ1zXPRrv7Ox6kyA0hZIEFsFnHHLRCdF+l5wzUQVTXWCoYjyvMM+JH5DQ==",
	},
	"https://www.w3.org/2018/credentials/v1": {
		"q03dmlMXWIB6eaW0UFENYa6NFH6rlmzJogDAcJWwzcw=",
		"gsOz6rhjdUu/0rnxfY1tufYRafMBy/CwXh/EvrX1xR3U0uiIwnT0nD+7JAj2H67R",
		"U2pAs5DdqUqeORlsAAkPYmaOgYT+PIwCxKIshWZuaL9uhdPcfy26hbK2Lvldl94kEyVo2FBNtD8snILS6IQY0g==",
	},
	"https://www.w3.org/ns/cid/v1": {
		"6iFuzBywLNObaT26IlAUHicLoL+ViQvhB92ano5D3oU=",
		"Mn2STUpIUY61Ql6KlDCj8g2WeLsREc3b8P8qZ7hU7khcLvFJ381FFt/Br35zO+wY",
		"K0b8eUWXuqjlW4ViHnujgprInNp3dJa2D+RMCqHLv/0MTudwmi2ftNYlU4A0K0mhWsCz1uYISlUFxsxCU8NXyw==",
	},
	"https://www.w3.org/ns/credentials/examples/v2": {
		"Vzk/vGnW77m5tdyctrmICwlENgq/4ur0WcnljPInnXw=",
		"zNNbQTWCSUSi0bbz7dbua+RcENv7C6FvlmYJ1Y+I727HsPOHdzwELMYO9Mz68M26",
		"jVYwl+qxI5Zr1/uIolZtGfs2kRLav96brf1VPAThAb6yMJGPWPW5J4gfezLRYEX4rA9gG0V07rCVIb+/nlOWaQ==",
	},
	"https://www.w3.org/ns/credentials/status/v1": {
		"/aWt01MjHmpohKRrEubHVGQoGQDLNIKE2cNg9iOB2fc=",
		"rA74E4M+vWZrYXCmHFrazG19L1oEDRbCko6EFNT6B/ZNcDEwIeAr9Pl73RI+2ahO",
		"/yynZnuZA3O0axJTXmuN6OricBQyeHFa2TWxWSFlIeUUyxzNhRdBCiQpUn4k2PyW+I+Lc0iHomAubuB7g7Zv7Q==",
	},
	"https://www.w3.org/ns/credentials/undefined-terms/v2": {
		"gtq1FLpE6xj10bD2OMXhQMalVvv7UIlgG9wPpeuLJYE=",
		"sqZszdunC6Z62Zwv9S5gVY3wBjzqUcTKiG4l2epzz6u4eLr5LcKtK9omwxORhQ1o",
		"fFJf9JvEeexdp/zPXVZJfkvkCOsmnTZgnMH2zh+cTuI+Su+1PTcotKHKxW2mUY/P3nia8jpd+3f0zmk+te1YGw==",
	},
	"https://www.w3.org/ns/credentials/v2": {
		"WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=",
		"l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU",
		"XVVFK9Lc+KKfWikEc+skKxxft31OaPGgqoe6pNuiaUhS1l7GPUisBKmdlW+fcVO5QG+E0tBMdIabAsI5odgTBQ==",
	},
	"https://www.w3.org/ns/did/v1": {
		"re+lAxE5PrG9eIo4rJ/iaWxlNnko9ploEs1UV3OU9No=",
		"zAm3mPG9My8w/g+qEMbFXLG0qcuuBIZdaj3c9wmbvgW56e6YLSr894KjAFpSe7q3",
		"ZEXVpVqIglPyshYTKNAxDo93ikJwjM/3suxvI+rs9vOeJBsHxSjKJWw9mO0w7ajRbWN4ihzUU5mvehST+gmDxQ==",
	},
	"https://www.w3.org/ns/odrl.jsonld": {
		"+ZN6XPggq8OaG5VKN1ITKpM0+yPsSjeed6dKAHyPVn0=",
		"nYjRz9mTO8P0ndj71jO+qp+sXMgpuzPtG4B7UEPrpWBoPWYe18FnHK8sjj4Wn8a7",
		"Zh1zVe39E+KrHJ3NVzIo/1l9cofFH+7cL/XgGBS36qXTKxNnH902GBPWRVklOUQ1M/kWYOkaFmrg9tyVJ2SVtA==",
	},
}

// Text is a file as the URL of a known context serves it, or once did, of which the
// digests are known.
type Text struct {
	// Since is the day from which on the URL served it, as YYYY-MM-DD, "" for the file of
	// today.
	Since string
	sums  [3]string
}

// Texts returns the files of the URL of a known context, today's first, nil where none is
// known.
func Texts(url string) []Text {
	digests, known := published[url]
	if !known {
		return nil
	}
	return append([]Text{{sums: digests}}, earlier[url]...)
}

// Sum returns what the file hashes to, nil for a hash that is not known of it.
func (t Text) Sum(hash crypto.Hash) []byte {
	i, done := map[crypto.Hash]int{crypto.SHA256: 0, crypto.SHA384: 1, crypto.SHA512: 2}[hash]
	if !done {
		return nil
	}
	sum, err := base64.StdEncoding.DecodeString(t.sums[i])
	if err != nil {
		return nil
	}
	return sum
}
