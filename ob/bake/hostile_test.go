package bake_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// bounded runs f, which reads n bytes, and holds it to the memory that reading them may
// take: 16 MiB, and eight times what came.
func bounded(t testing.TB, n int, what string, f func()) {
	t.Helper()
	got := testkit.Allocated(f)
	require.LessOrEqual(t, got, uint64(16<<20+8*n), "%s of %d bytes", what, n)
}

// long reports whether tests are to take minutes.
func long() bool { return os.Getenv("LAUREL_LONG") != "" }

// filled is a text of two megabytes, or as long as a drawing may be: head, body as
// often as it fits, tail.
func filled(head, body, tail string) []byte {
	size := 2 << 20
	if long() {
		size = 5 << 20
	}
	n := (size - len(head) - len(tail) - 4096) / len(body)
	return []byte(head + strings.Repeat(body, n) + tail)
}

// hostileDrawings are made of one piece, over and over, each of another kind.
func hostileDrawings() map[string][]byte {
	open := `<svg ` + w3c + ` ` + ob3 + `>`
	within := func(piece string) []byte { return filled(open+`<o:credential>`, piece, `</o:credential></svg>`) }
	beside := func(piece string) []byte { return filled(open+verify(badgeJWS), piece, `</svg>`) }
	in3 := `<g xmlns="https://purl.imsglobal.org/ob/v3p0">`
	return map[string][]byte{
		"text between comments":           within(`a<!---->`),
		"text between CDATA":              within(`a<![CDATA[b]]>`),
		"blanks between comments":         within(` <!---->`),
		"references":                      within(`&#65;`),
		"references between comments":     within(`&#65;<!---->`),
		"elements in the credential":      within(`<g/>`),
		"empty CDATA":                     within(`<![CDATA[]]>`),
		"credentials":                     filled(`<svg>`+in3, `<credential/>`, `</g></svg>`),
		"misnamed credentials":            filled(`<svg>`+in3, `<assertion/>`, `</g></svg>`),
		"elements":                        beside(`<g/>`),
		"scripts":                         beside(`<script/>`),
		"handlers":                        beside(`<g onclick=""/>`),
		"links":                           beside(`<a href="&#106;avascript:"/>`),
		"images":                          beside(`<image href="//h/a"/>`),
		"styles":                          beside(`<style>a{b:url(c)}</style>`),
		"one style in comments":           filled(open+verify(badgeJWS)+`<style>`, `a<!---->`, `</style></svg>`),
		"one style in references":         filled(open+verify(badgeJWS)+`<style>`, `&#65;`, `</style></svg>`),
		"styles in styles":                []byte(open + strings.Repeat("<style>", 200) + strings.Repeat("a<!---->", 250_000) + strings.Repeat("</style>", 200) + `</svg>`),
		"escapes in a style":              filled(open+verify(badgeJWS)+`<style>`, `\75 `, `</style></svg>`),
		"attributes with references":      beside(`<g a="&#65;&#66;"/>`),
		"namespaces":                      beside(`<g xmlns:a="u&#65;"/>`),
		"one attribute of references":     filled(open+verify(badgeJWS)+`<g a="`, `&#65;`, `"/></svg>`),
		"one verify of references":        filled(open+`<o:credential verify="`, `&#65;`, `"/></svg>`),
		"versions in the declaration":     filled(`<?xml`, ` version="1.0"`, `?>`+open+`</svg>`),
		"comments in the prolog":          filled(``, `<!---->`, open+`</svg>`),
		"blanks":                          beside(` `),
		"ampersands":                      within(`&amp;`),
		"a body of text":                  within(`x`),
		"a body of JSON":                  within(`{"a":`),
		"a body of base64":                within(`QUJD`),
		"comments in comments in a title": beside(`<title>a<!-- b -->c</title>`),
	}
}

func TestMemoryFollowsTheDrawing(t *testing.T) {
	for name, image := range hostileDrawings() {
		t.Run(name, func(t *testing.T) { checkMemory(t, image) })
	}
}

// checkMemory reads an image in all ways, whatever becomes of it.
func checkMemory(t testing.TB, image []byte) {
	for _, lenient := range []bool{false, true} {
		bounded(t, len(image), fmt.Sprintf("Extract (lenient %v)", lenient), func() {
			_, _ = bake.ExtractWith(image, bake.ExtractOptions{Lenient: lenient})
		})
	}
	bounded(t, len(image), "Remove", func() { _, _ = bake.Remove(image, 0, bake.RemoveOptions{}) })
	bounded(t, len(image), "Bake", func() {
		_, _ = bake.Bake(image, []byte(badgeJSON), 0, bake.BakeOptions{Replace: true})
	})
}

func TestMemoryFollowsThePNG(t *testing.T) {
	chunks := func(p part, n int) []byte { return withParts(t, repeated(p, n)...) }
	for name, image := range map[string][]byte{
		"empty chunks":           chunks(part{"aaaa", ""}, 65_000),
		"credentials":            chunks(itxt(keyword, ""), 65_000),
		"badges of 2.0":          chunks(part{"tEXt", "openbadges\x00"}, 65_000),
		"one long text":          chunks(part{"tEXt", keyword + "\x00" + strings.Repeat("\xf6", 5<<20)}, 1),
		"one long credential":    chunks(itxt(keyword, "{"+strings.Repeat(" ", 5<<20)), 1),
		"one long language":      chunks(part{"iTXt", keyword + "\x00\x00\x00" + strings.Repeat("e", 5<<20)}, 1),
		"a text in base64":       chunks(itxt(keyword, strings.Repeat("QUJD", 1<<18-1)), 1),
		"a text of arrays":       chunks(itxt(keyword, strings.Repeat("[", 1<<20)), 1),
		"a text of quotes":       chunks(itxt(keyword, `"`+strings.Repeat(`\"`, 1<<19-2)+`"`), 1),
		"Latin-1, within bounds": chunks(part{"tEXt", keyword + "\x00{" + strings.Repeat("\xf6", 1<<20-1)}, 1),
	} {
		t.Run(name, func(t *testing.T) { checkMemory(t, image) })
	}
}

func repeated(p part, n int) (all []part) {
	for range n {
		all = append(all, p)
	}
	return all
}

// Credentials that are dense take no more than long ones.
func TestMemoryFollowsTheCredential(t *testing.T) {
	for name, inner := range map[string]string{
		"numbers": strings.Repeat("0,", 1<<19-100) + "0",
		"arrays":  strings.Repeat("[],", 349_000) + "0",
		"objects": strings.Repeat("{},", 349_000) + "0",
		"nulls":   strings.Repeat(`"",`, 349_000) + "0",
		"ends":    `"` + strings.Repeat("]]>", 340_000) + `"`,
	} {
		credential := []byte(`{"type":"Assertion","a":[` + inner + `]}`)
		require.Less(t, len(credential), 1<<20)
		t.Run(name, func(t *testing.T) {
			for _, image := range images(t) {
				bounded(t, len(image)+len(credential), "Bake", func() {
					_, _ = bake.Bake(image, credential, 0, bake.BakeOptions{})
				})
			}
		})
	}
}

// What would be baked and not read is refused with the code that reading gives.
func TestNothingIsBakedThatIsNotRead(t *testing.T) {
	chunks := func(n int) []byte { return withParts(t, repeated(part{"aaaa", ""}, n)...) }
	names := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	near := func(n int) string { return `{"type":"Assertion","a":"` + strings.Repeat("]]>", n) + `"}` }
	cases := []struct {
		name, image, credential string
		code                    string
	}{
		{"65,536 chunks", string(chunks(65_536 - 3)), badgeJWS, "png-too-many-chunks"},
		{"65,535 chunks", string(chunks(65_535 - 3)), badgeJWS, ""},
		{"all namespaces", `<svg` + names(32, ` xmlns:a%d="u"`) + `/>`, badgeJWS, "svg-too-many-names"},
		{"one namespace less", `<svg` + names(31, ` xmlns:a%d="u"`) + `/>`, badgeJWS, ""},
		{"all namespaces further in", `<svg><g` + names(32, ` xmlns:a%d="u"`) + `/></svg>`, badgeJWS, "svg-too-many-names"},
		{"all attributes", `<svg` + names(128, ` a%d=""`) + `/>`, badgeJWS, "svg-too-many-names"},
		{"one attribute less", `<svg` + names(127, ` a%d=""`) + `/>`, badgeJWS, ""},
		{"a credential of ]]>", drawing, near(349_000), "bake-credential-too-large"},
		{"a shorter credential of ]]>", drawing, near(131_000), ""},
		{"a credential of ]]> in a PNG", string(artwork(t)), near(349_000), ""},
		{"a drawing as long as may be", `<svg>` + strings.Repeat(" ", 5<<20-11) + `</svg>`, badgeJWS, "svg-too-large"},
		{"an address that XML cannot hold", drawing, `{"type":"Assertion","id":"https://badges.example/\ufffe"}`, ""},
		{"an address with a control character", drawing, `{"type":"Assertion","id":"https://badges.example/\u0001"}`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, err := bake.Bake([]byte(c.image), []byte(c.credential), 0, bake.BakeOptions{})
			if c.code != "" {
				require.Nil(t, out)
				refused(t, vc.Code(c.code), err)
				return
			}
			require.NoError(t, err)
			got, err := bake.Extract(out)
			require.NoError(t, err)
			require.Equal(t, unescaped.Replace(c.credential), unescaped.Replace(string(got.Credential)))
		})
	}
}
