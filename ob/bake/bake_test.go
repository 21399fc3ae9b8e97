package bake_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

type round struct {
	name       string
	credential string
	kind       bake.Kind
	content    bake.Format
}

var rounds = []round{
	{"OB 3.0 JSON", badgeJSON, bake.OpenBadge3, bake.JSON},
	{"OB 3.0 JWS", badgeJWS, bake.OpenBadge3, bake.JWS},
	{"CLR 2.0 JSON", recordJSON, bake.CLR2, bake.JSON},
	{"CLR 2.0 JWS", recordJWS, bake.CLR2, bake.JWS},
	{"OB 2.0 hosted", hostedJSON, bake.OpenBadge2, bake.JSON},
	{"OB 2.0 JSON without an address", unhostedJSON, bake.OpenBadge2, bake.JSON},
	{"OB 2.0 JWS", oldJWS, bake.OpenBadge2, bake.JWS},
}

func images(t testing.TB) map[bake.Format][]byte {
	return map[bake.Format][]byte{bake.PNG: artwork(t), bake.SVG: []byte(drawing)}
}

func TestRoundTrip(t *testing.T) {
	for format, plain := range images(t) {
		for _, c := range rounds {
			t.Run(format.String()+" "+c.name, func(t *testing.T) {
				before := bytes.Clone(plain)
				baked, err := bake.Bake(plain, []byte(c.credential), 0, bake.BakeOptions{})
				require.NoError(t, err)
				require.Equal(t, before, plain, "the input must stay as it is")

				got, err := bake.Extract(baked)
				require.NoError(t, err)
				require.Equal(t, c.credential, string(got.Credential))
				require.Equal(t, c.kind, got.Kind)
				require.Equal(t, format, got.Format)
				require.Equal(t, c.content, got.Content)
				require.Equal(t, c.content == bake.JWS, got.JWT())
				require.Empty(t, got.Warnings)

				from, err := bake.ExtractFrom(bytes.NewReader(baked), int64(len(baked)), bake.ExtractOptions{})
				require.NoError(t, err)
				require.Equal(t, got, from)

				for _, kind := range []bake.Kind{0, c.kind} {
					back, err := bake.Remove(baked, kind, bake.RemoveOptions{})
					require.NoError(t, err)
					require.Equal(t, string(plain), string(back))
				}
			})
		}
	}
}

func TestBakeAgain(t *testing.T) {
	for format, plain := range images(t) {
		for _, first := range rounds {
			for _, second := range rounds {
				t.Run(format.String()+" "+first.name+" then "+second.name, func(t *testing.T) {
					once, err := bake.Bake(plain, []byte(first.credential), first.kind, bake.BakeOptions{})
					require.NoError(t, err)
					_, err = bake.Bake(once, []byte(second.credential), 0, bake.BakeOptions{})
					refused(t, bake.CodeAlreadyBaked, err)

					twice, err := bake.Bake(once, []byte(second.credential), second.kind, bake.BakeOptions{Replace: true})
					require.NoError(t, err)
					direct, err := bake.Bake(plain, []byte(second.credential), second.kind, bake.BakeOptions{})
					require.NoError(t, err)
					require.Equal(t, string(direct), string(twice), "nothing of the first may be left")
				})
			}
		}
	}
}

func TestReplacingIsTold(t *testing.T) {
	for _, plain := range images(t) {
		var told []*vc.Problem
		o := bake.BakeOptions{Replace: true, Warn: func(p *vc.Problem) { told = append(told, p) }}
		once, err := bake.Bake(plain, []byte(badgeJSON), 0, o)
		require.NoError(t, err)
		require.Empty(t, told)
		_, err = bake.Bake(once, []byte(recordJSON), 0, o)
		require.NoError(t, err)
		require.Len(t, told, 1)
		require.Equal(t, bake.CodeReplaced, told[0].Code)
		require.Equal(t, vc.SeverityWarning, told[0].Severity)
		require.Contains(t, told[0].Message, "Open Badges 3.0")
		_, err = bake.Bake(once, []byte("{"), 0, o)
		require.Error(t, err)
		require.Len(t, told, 1, "nothing is told of what was not done")
	}
}

// The limits of an image are those of every call.
func TestLimitsAreTheSameForAll(t *testing.T) {
	wide := func(attribute string) string {
		return `<svg xmlns:a="u" xmlns:b="v" xmlns:c="w" ` + ob3 + `><o:credential verify="` + badgeJWS + `"/><g` + attribute + `/></svg>`
	}
	drawn := wide(` d="" e="" f="" g="" h=""`)
	raster := withParts(t, part{"tEXt", "a\x00b"}, itxt(keyword, badgeJWS))
	cases := []struct {
		name, image string
		below, just bake.Limits
		code        vc.Code
	}{
		{"chunks", string(raster), bake.Limits{Chunks: 4}, bake.Limits{Chunks: 5}, bake.CodePNGTooManyChunks},
		{"length", drawn, bake.Limits{SVG: len(drawn) - 1}, bake.Limits{SVG: len(drawn) + 20}, bake.CodeSVGTooLarge},
		{"depth", drawn, bake.Limits{Depth: 1}, bake.Limits{Depth: 2}, bake.CodeSVGTooDeep},
		{"attributes", drawn, bake.Limits{Attributes: 4}, bake.Limits{Attributes: 5}, bake.CodeSVGTooMany},
		{"namespaces", drawn, bake.Limits{Namespaces: 3}, bake.Limits{Namespaces: 4}, bake.CodeSVGTooMany},
		{"credentials in PNG", string(withParts(t, itxt(keyword, badgeJWS), itxt("clrcredential", recordJWS))),
			bake.Limits{Credentials: 1}, bake.Limits{Credentials: 2}, bake.CodeTooMany},
		{"credentials in SVG", svg(verify(badgeJWS) + `<c:credential xmlns:c="https://purl.imsglobal.org/clr/v2p0"/>`),
			bake.Limits{Credentials: 1}, bake.Limits{Credentials: 2}, bake.CodeTooMany},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			image := []byte(c.image)
			all := func(l bake.Limits) []error {
				o := bake.ExtractOptions{Kind: bake.OpenBadge3, Limits: l}
				_, extracting := bake.ExtractWith(image, o)
				_, from := bake.ExtractFrom(bytes.NewReader(image), int64(len(image)), o)
				o.Lenient = true
				_, leniently := bake.ExtractWith(image, o)
				_, removing := bake.Remove(image, 0, bake.RemoveOptions{Limits: l})
				_, baking := bake.Bake(image, []byte(badgeJWS), 0, bake.BakeOptions{Replace: true, Limits: l})
				return []error{extracting, leniently, from, removing, baking}
			}
			for _, err := range all(c.below) {
				refused(t, c.code, err)
			}
			for _, err := range all(c.just) {
				require.NoError(t, err)
			}
		})
	}
}

// What stood apart because of a credential stays apart without it.
func TestRemovingJoinsNoText(t *testing.T) {
	for _, image := range []string{
		svg(`]]` + verify(badgeJWS) + `>`), svg(`]` + verify(badgeJWS) + `]>`), svg(`]]` + verify(badgeJWS) + verify(badgeJWS) + `>`),
	} {
		rest, err := bake.Remove([]byte(image), 0, bake.RemoveOptions{})
		require.NoError(t, err)
		_, err = bake.Extract(rest)
		refused(t, bake.CodeNoCredential, err)
		_, err = bake.Bake([]byte(image), []byte(badgeJWS), 0, bake.BakeOptions{Replace: true})
		require.NoError(t, err)
	}
}

func TestReplaceTakesOutEveryForm(t *testing.T) {
	image := withParts(t, itxt("openbadgecredential", badgeJWS), itxt("clrcredential", recordJWS),
		part{"tEXt", "openbadges\x00https://badges.example/1"}, part{"zTXt", "openbadges\x00\x00junk"},
		part{"tEXt", "Comment\x00mine"})
	out, err := bake.Bake(image, []byte(badgeJSON), 0, bake.BakeOptions{Replace: true})
	require.NoError(t, err)
	require.Equal(t, withParts(t, part{"tEXt", "Comment\x00mine"}, itxt("openbadgecredential", badgeJSON)), out)

	kept, err := bake.Remove(image, bake.CLR2, bake.RemoveOptions{})
	require.NoError(t, err)
	_, err = bake.ExtractWith(kept, bake.ExtractOptions{Kind: bake.CLR2})
	refused(t, bake.CodeNoCredential, err)
	got, err := bake.ExtractWith(kept, bake.ExtractOptions{Kind: bake.OpenBadge3})
	require.NoError(t, err)
	require.Equal(t, badgeJWS, string(got.Credential))
}

func TestBakedPNGIsStillTheSameImage(t *testing.T) {
	plain := artwork(t)
	baked, err := bake.Bake(plain, []byte(badgeJSON), 0, bake.BakeOptions{})
	require.NoError(t, err)
	want, err := png.Decode(bytes.NewReader(plain))
	require.NoError(t, err)
	got, err := png.Decode(bytes.NewReader(baked))
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, withParts(t, itxt("openbadgecredential", badgeJSON)), baked)
}

func TestWhiteSpaceAroundACredential(t *testing.T) {
	for _, plain := range images(t) {
		want, err := bake.Bake(plain, []byte(badgeJSON), 0, bake.BakeOptions{})
		require.NoError(t, err)
		got, err := bake.Bake(plain, []byte("\xef\xbb\xbf\r\n "+badgeJSON+"\n"), 0, bake.BakeOptions{})
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
}

func TestRefusedCredentials(t *testing.T) {
	deep := strings.Repeat("[", 80) + strings.Repeat("]", 80)
	cases := []struct {
		name, credential string
		kind             bake.Kind
		code             vc.Code
	}{
		{"nothing", " ", 0, "format-empty"},
		{"text", "Congratulations!", 0, "format-text"},
		{"an array", "[" + badgeJSON + "]", 0, "format-array"},
		{"bytes", "\x00\x01", 0, "not-a-credential"},
		{"a container", `{"credential":` + badgeJSON + `}`, bake.OpenBadge3, "format-container"},
		{"an old record", `{"type":"Clr"}`, bake.CLR2, "format-clr-1"},
		{"an address", "https://badges.example/1", bake.OpenBadge2, "format-url"},
		{"a PNG", "\x89PNG\r\n\x1a\n", 0, "format-png"},
		{"cut JSON", badgeJSON[:40], 0, "not-a-credential"},
		{"two values", badgeJSON + badgeJSON, 0, "not-a-credential"},
		{"a repeated name", `{"type":"Assertion","type":"Assertion"}`, 0, "not-a-credential"},
		{"deep JSON", `{"type":"Assertion","a":` + deep + `}`, 0, "not-a-credential"},
		{"bad UTF-8", "{\"type\":\"Assertion\",\"a\":\"\xff\"}", 0, "not-a-credential"},
		{"a token of two parts", "e30.e30", 0, "not-a-credential"},
		{"a token of four parts", "e30.e30.e30.e30", 0, "not-a-credential"},
		{"a token with an empty part", "e30..e30", 0, "not-a-credential"},
		{"a token without a signature", "e30.e30.", 0, "not-a-credential"},
		{"a token in two lines", badgeJWS[:10] + "\n" + badgeJWS[10:], 0, "format-token-wrapped"},
		{"a token with a loose last character", "e3.e30.e30", 0, "not-a-credential"},
		{"a token of text", token(`{"alg":"ES256"}`, "hello"), 0, "not-a-credential"},
		{"a token with a header that is no object", token(`[]`, `{"type":"Assertion"}`), 0, "not-a-credential"},
		{"alg none", token(`{"alg":"None"}`, `{"type":"Assertion"}`), 0, "bake-unsigned"},
		{"no alg", token(`{}`, `{"type":"Assertion"}`), 0, "bake-unsigned"},
		{"no proof", `{"type":["VerifiableCredential","OpenBadgeCredential"]}`, 0, "bake-unsigned"},
		{"no type", `{"proof":{}}`, 0, "bake-unknown-kind"},
		{"another type", `{"type":["VerifiableCredential",7],"proof":{}}`, 0, "bake-unknown-kind"},
		{"a presentation", token(`{"alg":"ES256"}`, `{"type":"VerifiablePresentation"}`), 0, "bake-unknown-kind"},
		{"a record as a badge", recordJSON, bake.OpenBadge3, "bake-kind-mismatch"},
		{"a badge as a record", badgeJWS, bake.CLR2, "bake-kind-mismatch"},
		{"a kind that does not exist", badgeJSON, 9, "bake-unknown-kind"},
		{"too large", `{"a":"` + strings.Repeat("x", 1<<20) + `"}`, 0, "bake-credential-too-large"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := bake.Bake([]byte(drawing), []byte(c.credential), c.kind, bake.BakeOptions{})
			p := refused(t, c.code, err)
			require.Less(t, len(p.Error()), 500, "messages stay short")
		})
	}
}

func TestKindIsTakenFromTheCallerWhereTheTypeIsSilent(t *testing.T) {
	baked, err := bake.Bake(artwork(t), []byte(`{"type":"Alias","proof":{}}`), bake.CLR2, bake.BakeOptions{})
	require.NoError(t, err)
	got, err := bake.Extract(baked)
	require.NoError(t, err)
	require.Equal(t, bake.CLR2, got.Kind)
}

func TestNotAnImage(t *testing.T) {
	cases := map[string]string{
		"":                               "nothing",
		"\xff\xd8\xff\xe0":               "a JPEG image",
		"GIF89a":                         "a GIF image",
		"\x1f\x8b\x08":                   "gzip-compressed data",
		badgeJSON:                        "a credential as JSON, not baked into an image",
		badgeJWS:                         "a credential as JWS, not baked into an image",
		"<!DOCTYPE html><html><svg/>":    "an HTML page",
		"<html><svg></svg></html>":       "an HTML page",
		"\x89PNG\r\n\x1a":                "a PNG image",
		"hello":                          "plain text",
		"https://badges.example/one.png": "a credential as URL, not baked into an image",
	}
	for content, found := range cases {
		b := []byte(content)
		_, err := bake.Extract(b)
		require.Equal(t, found, refused(t, bake.CodeNotAnImage, err).Found)
		_, err = bake.ExtractFrom(bytes.NewReader(b), int64(len(b)), bake.ExtractOptions{})
		refused(t, bake.CodeNotAnImage, err)
		_, err = bake.Bake(b, []byte(badgeJSON), 0, bake.BakeOptions{})
		refused(t, bake.CodeNotAnImage, err)
		_, err = bake.Remove(b, 0, bake.RemoveOptions{})
		refused(t, bake.CodeNotAnImage, err)
	}
}

func TestNoCredential(t *testing.T) {
	for _, plain := range images(t) {
		_, err := bake.Extract(plain)
		refused(t, bake.CodeNoCredential, err)
		_, err = bake.Remove(plain, 0, bake.RemoveOptions{})
		refused(t, bake.CodeNoCredential, err)
		_, err = bake.ExtractWith(plain, bake.ExtractOptions{Kind: 8})
		refused(t, bake.CodeUnknownKind, err)
		_, err = bake.ExtractFrom(bytes.NewReader(plain), int64(len(plain)), bake.ExtractOptions{Kind: 8})
		refused(t, bake.CodeUnknownKind, err)
		_, err = bake.Remove(plain, 8, bake.RemoveOptions{})
		refused(t, bake.CodeUnknownKind, err)
	}
}

func TestSeveralKinds(t *testing.T) {
	svg := `<svg xmlns:c="https://purl.imsglobal.org/clr/v2p0"><o:assertion xmlns:o="http://openbadges.org" verify="` + oldJWS +
		`"/><c:credential verify="` + recordJWS + `"/></svg>`
	for _, image := range [][]byte{[]byte(svg), withParts(t, itxt("openbadges", oldJWS), itxt("clrcredential", recordJWS))} {
		_, err := bake.Extract(image)
		refused(t, bake.CodeSeveralKinds, err)
		_, err = bake.ExtractWith(image, bake.ExtractOptions{Lenient: true})
		refused(t, bake.CodeSeveralKinds, err)
		for kind, want := range map[bake.Kind]string{bake.CLR2: recordJWS, bake.OpenBadge2: oldJWS} {
			got, err := bake.ExtractWith(image, bake.ExtractOptions{Kind: kind})
			require.NoError(t, err)
			require.Equal(t, want, string(got.Credential))
		}
		_, err = bake.ExtractWith(image, bake.ExtractOptions{Kind: bake.OpenBadge3})
		refused(t, bake.CodeNoCredential, err)
	}
}

func TestStrings(t *testing.T) {
	require.Equal(t, "unknown kind", bake.Kind(77).String())
	require.Equal(t, "CLR 2.0", bake.CLR2.String())
	require.Equal(t, "unknown", bake.Format(77).String())
	require.Equal(t, "SVG", bake.SVG.String())
}

// shared credentials that others issued, baked by us and taken out again.
func TestSharedCredentialsRoundTrip(t *testing.T) {
	for _, path := range []string{
		"ob/samples/valid/ob3-official/simple.json", "ob/samples/valid/clr2-official/simple.json",
		"ob/samples/valid/ob2-official/basic-assertion.json", "ob/samples/valid/ob2-official/simple.jwt",
	} {
		credential := testkit.ReadShared(t, path)
		for _, plain := range images(t) {
			baked, err := bake.Bake(plain, credential, 0, bake.BakeOptions{})
			require.NoError(t, err, path)
			got, err := bake.Extract(baked)
			require.NoError(t, err, path)
			require.Equal(t, string(bytes.TrimSpace(credential)), string(got.Credential))
		}
	}
}
