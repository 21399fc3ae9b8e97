package codes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// parsed is a row about a text that cannot be read.
func parsed(code vc.Code, input, text string) row {
	return row{code, input, func(*desk) []*vc.Problem { return parse(vc.ParseConfig{}, text) }}
}

func parse(c vc.ParseConfig, text string) []*vc.Problem {
	_, err := c.Parse([]byte(text))
	return of(err)
}

var parseRows = []row{
	parsed(vc.CodeNotACredential, "three bytes of no format", "\x00\x01\x02"),
	{vc.CodeTooLarge, "a badge of 5 MiB", func(d *desk) []*vc.Problem {
		return parse(vc.ParseConfig{}, d.draft(badge, `/description = "`+strings.Repeat("x", 5<<20)+`"`))
	}},
	parsed(vc.CodeTokenMalformed, "a token with padding", "eyJhbGciOiJFZERTQSJ9.e30=.c2ln"),
	parsed(vc.CodeTokenClaim, "a token whose claim vc is a text", token(`{"alg":"EdDSA"}`, `{"vc":"x"}`)),
	parsed(vc.Code(jsonx.CodeTooLarge), "an array of 5 MiB", `["`+strings.Repeat("x", 5<<20)+`"]`),
	parsed(vc.Code(jsonx.CodeTooDeep), "a badge with arrays in arrays, 70 deep", `{"type":"VerifiableCredential","x":`+strings.Repeat("[", 70)+strings.Repeat("]", 70)+"}"),
	parsed(vc.Code(jsonx.CodeTooManyValues), "a badge with a million and a half zeros", `{"type":"VerifiableCredential","issuer":"urn:i","x":[`+strings.Repeat("0,", 1_500_000)+"0]}"),
	parsed(vc.Code(jsonx.CodeInvalidUTF8), "a badge with a name in Latin-1", `{"type":"VerifiableCredential","issuer":"urn:i","name":"M`+"\xf6"+`bius"}`),
	parsed(vc.Code(jsonx.CodeSyntax), "a badge without a comma", `{"type":"VerifiableCredential" "issuer":"urn:i"}`),
	parsed(vc.Code(jsonx.CodeTrailingData), "two badges in one file", `{"type":"VerifiableCredential"} {"type":"VerifiableCredential"}`),
	parsed(vc.Code(jsonx.CodeDuplicateName), "a badge with two issuers", `{"issuer":"urn:a","issuer":"urn:b"}`),
	parsed(vc.Code(jsonx.CodeLoneSurrogate), "a badge with half a surrogate pair", `{"type":"VerifiableCredential","issuer":"urn:i","name":"\ud83d"}`),
	parsed(vc.Code(jsonx.CodeNumberRange), "a badge with 1e400 credits", `{"type":"VerifiableCredential","issuer":"urn:i","creditsEarned":1e400}`),
	parsed(vc.Code(jsonx.CodeNumberTooLong), "a badge with 2,000 digits", `{"type":"VerifiableCredential","issuer":"urn:i","creditsEarned":0.`+strings.Repeat("1", 2000)+`}`),
	parsed(vc.Code(jsonx.CodeTruncated), "a badge cut off", `{"type":"VerifiableCredential","issuer":"urn:i","na`),
	parsed(vc.Code(jsonx.CodeControlInInput), "a badge with a line break in its name", "{\"type\":\"VerifiableCredential\",\"issuer\":\"urn:i\",\"name\":\"Knots\nand Splices\"}"),
}

// formatRows are the inputs of internal/format, the first of each code.
func formatRows(t *testing.T) (all []row) {
	folder := root + "internal/format/testdata/"
	for _, code := range testkit.Constants(t, root+"internal/format/words.go")["Code"] {
		if code == string(format.CodePresentation) { // as JSON it is verified
			all = append(all, parsed(vc.Code(code), "a presentation as a token", token(`{"alg":"EdDSA"}`, `{"vp":{"verifiableCredential":["a.b.c"]}}`)))
			continue
		}
		files, err := filepath.Glob(folder + code + ".*")
		require.NoError(t, err)
		require.NotEmpty(t, files, code)
		name := filepath.Base(files[0])
		all = append(all, row{vc.Code(code), "the file " + name, func(d *desk) []*vc.Problem {
			text, err := os.ReadFile(files[0])
			require.NoError(d.t, err)
			return parse(vc.ParseConfig{}, string(text))
		}})
	}
	return all
}
