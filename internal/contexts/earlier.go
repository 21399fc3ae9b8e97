package contexts

// earlier are the texts that URLs of Open Badges served before, newest first, of each
// content that is known here: today's in an older writing, and archived states. The day is
// that of the commit.
var earlier = map[string][]Text{
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": {
		{"2023-05-23", [3]string{
			"1YLzVkKC+ztwkTbShBLnjnC2eLTbwvAiH2fYSTJ0g1U=",
			"QQ5NeMjyNs1GuL/RbZrkmNrh/E7r7w72eb2CG4f8MzTZb2tYXd4iZHGnuizJNnGV",
			"1cn+z5CLHXQ+V/HBT0+0mo50GCYTVbfR3Bdyxq9q+n/BVeMdFUx8sX9x+TxqRT5UEjTsQGvUPyRD3wcr6axutg==",
		}},
		{"2023-02-06", [3]string{
			"37sHQJA5TCMVsx6rUyuO7FqhGxR9qHmEnu/5/DgenuI=",
			"710CgxQV5sw9cLAR8nEIHnpl5YwHGjYuGxUrYwyFYf4u5RzK0/3xPPRN+/DV5Pje",
			"+kd4RXiLxk39kX5CSVX26a00Ef0CeIIw3kuY62Rx1bcR0Or+MMzoke0idX5rbhI0lsoYNKSeBqVpfbWSFF16tQ==",
		}},
		{"2023-01-16", [3]string{
			"ePxNNt6l8uH8hlIfisAVeaNgNkWX8P7y+t5gls1faYs=",
			"/FWmcG6SDGqJARm2kof4n90Gl/nHjn48rv/qfUUGcmpTJkZuEe87UoS8YSedXcGs",
			"m4MQadcY6mk11NsYZdOBTbKXYGgCsdtwajiMXD4zaqmjUp1iq2lIr7uUoe8uPndVnjurb0u4uxIaKV++RuvHzQ==",
		}},
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": {
		{"2023-07-14", [3]string{
			"AGZq0IC6QHaH7RhGt/XnSV9QGQQrICpyfeR8SKF1XFM=",
			"fgAKnHG+zBOzWVYEcNTRsA+NFUygUsVM3SDH3muHr1r8gqotLlcalL/3YrkVXqh0",
			"eLFELyXi7s7PTXsnTwYZ7ITM1rgeleewHlWJnVM+FDZ46fp4tMeMPjfBSoKcNlg4+jCkM3HUe2UUKTPfdY3Rmw==",
		}},
		{"2023-05-25", [3]string{
			"76d9Xr38PxsrZcrW1/vA5su+GkZOpUUSlbcb4f/5lhw=",
			"Eq5L+7blNthqhCDCofMs+PhTjvdyV/nbahzM4PKAtl7Bt4yg9wrlFTagxmSW1lRi",
			"l6yZ7rmdkvOowo8LOhWe8HcLLaTRq9b2hLTSe0LMqt5ylxHgC4Y4QjO8ceLeuLzkpilb05uW3Cz+PVz6AzNZLg==",
		}},
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": {
		{"2024-03-04", [3]string{
			"7y+px4RtziM8wWa0NjkCcni+TuRPALsdRcdd4t0M12E=",
			"yFn2wAoeABPuecHlzHVmtt+mwolxxGzhqzIhzfuitsbYbmMOVn0DwMeAvC+a1Rek",
			"77ErJ79hQCyiUeOVYmMQ3Ao9sHak1+Spvb75/vlnZV2bK8c7k+EuqCSMKDkE9NcAcGxzqa1iUv/G65B9l8cLdg==",
		}},
		{"2024-01-24", [3]string{
			"3qFE8Oyot8VrEjS+HPyd0ILNByOFQgpoK9sgS4wEyfM=",
			"vts24wghEJY6GE/eG82Otk+mhCuejmqRt0Q6BtbYRa/2LCyOUv7P0n5OZpZh/w9u",
			"aXKEGcgeB5YVGhD7fIqrYCSpoxIF1y6LKYJfga7QYVN/LJDiqI7OZ9icQ8B/31u9QHHKIUQ2Zm+7/0TN4qmLZg==",
		}},
		{"2023-12-13", [3]string{
			"w86MCIR4Bl8Z4ckmuLDv9ev947aNBxx8Dcxj0xqFnB0=",
			"JR/y39C+06gZnFEcJS5LcDytwotxCUyVrnsIbfp5qR+NGYu2U3+zfxh6lfWh94W/",
			"hAsVmAB7C5wmHwGNYU+ZVx7RE9IrFyD0xtwt/uEBa/kxgw8h8q882i7BzDG36Z3eaaeKXXEa1KwJqgGQBD+dXg==",
		}},
		{"2023-10-27", [3]string{
			"EOPYNIu8KPxZ4Xi/RyYYxsx4GNYl/ME4wm0D6jZCjp4=",
			"IvE/wAHltMNE0+FhdHAODkTnVnb6FLKiD5PSpXOEF6se9xf7JebezAMu2+TcndTh",
			"LqLcUfdfeXN+9Z8dOEGH0eFOSCatmI9ODef7lRdEn/DpHIRcvFKesCCMpQI4VPFsSL1TvDAIjbnu82zgEE9ovA==",
		}},
	},
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json": {
		{"2023-01-12", [3]string{
			"OIVMVCuXQNuMHbGMrrdPpq4lbycEcKImoCfTqF1dix4=",
			"tcF3khqj3pArjAcSq70cDnNCA5x9WTiI91t7pocStGHe6QoPGKOF8x0Q/Oyhw4BN",
			"HOUITeo05mH1ZTrQQwmD0y3ong9qtYc1pft+9/79HeuWFUCP9pTrTWpAbGGsE55hLqhVvWwCM/f8DKmcW6ejVQ==",
		}},
		{"2022-11-03", [3]string{
			"uLqR682xfwGCqPG6ZEzYUiZdIOcsruTdeuWR1NKm0P4=",
			"t9kKf1gm+Et1T4Op0EnVSQOCAMk/m7b03aSY5wzFpC7x1misE0OIH3L3bzJ1hbsW",
			"EIlsrMnaR6Jqmkl8piRXI2pdCP9YMHfyJMgYx2oYSnt1EdLETqNcyLnxm5Yx3qVFXucqt6jhOlZd7ToEUNCFEw==",
		}},
		{"2022-09-08", [3]string{
			"UU8onG05q599aDUmAnW1gyqOiGx/NLVgnMYtFnaFwN4=",
			"L6jiDCTVfBCapWCosN5lJ25pxHqgxg6QnYhikE24fuVT9DBuSmgNDDLYByAbJvXq",
			"j5hBBDXw+mVVgsyT+Vwtkx4UhmUqzD+S0QuNV8SJdADzJs6YPE5rC/9dTiaxqXzqrmB3uTl3enCrmEP7kGHqng==",
		}},
		{"2022-06-27", [3]string{
			"h5LIVYXYK7QnY6hj/0Sw2OR8SvX4FUzy7yTXvNf0w4M=",
			"ycnBdLuDbztH0hMGMr9brafkl1q9VFP1LNSQo9pa26u9u7SaZcd0OJ3L3FISr+nv",
			"ISf83lclXHlqbltdy6O8m2ln5lvESoRU1dTHdVjt0Zon/SpJq99sgzAxfZ9peL6OqsWefGTmSpGQcAkx18NqVQ==",
		}},
		{"2022-05-23", [3]string{
			"YClTeP/l6ewW8pFzAdYqaG9oAHynHhNxacdVA5O7Ddk=",
			"/ACPtmCUtd1Brj1DuNuvLDywhyCjHbTDo/IOAGyhhgCHZsdvNtuRe5VcmClTAzRB",
			"6HSKZXrYBYYP3FeFbBpgKpA0Fl+pKhhOJpI8CBbaUxKUtLK4RHJxsfQ8MUjh/bLpgWklMcEBraEiOn6GeFWfyQ==",
		}},
	},
}
