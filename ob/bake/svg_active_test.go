package bake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// Drawings that do something when they are shown, and such that do not.
var activeDrawings = []struct {
	body string
	code vc.Code
}{
	{`<script>alert(1)</script>`, bake.CodeSVGScript},
	{`<script/>`, bake.CodeSVGScript},
	{`<SCRIPT/>`, bake.CodeSVGScript},
	{`<x:script xmlns:x="urn:x"/>`, bake.CodeSVGScript},
	{`<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>`, bake.CodeSVGScript},
	{`<foreignObject/>`, bake.CodeSVGScript},
	{`<handler/>`, bake.CodeSVGScript},
	{`<g onclick="alert(1)"/>`, bake.CodeSVGScript},
	{`<g ONCLICK="alert(1)"/>`, bake.CodeSVGScript},
	{`<a href="javascript:alert(1)"/>`, bake.CodeSVGScript},
	{`<a href=" &#9;java&#10;SCRIPT&#58;alert(1)"/>`, bake.CodeSVGScript},
	{`<a xmlns:l="http://www.w3.org/1999/xlink" l:href="vbscript:x"/>`, bake.CodeSVGScript},
	{`<a href="data:text/html,&lt;script>"/>`, bake.CodeSVGScript},
	{`<use href="data:image/svg+xml,x"/>`, bake.CodeSVGScript},
	{`<a><set attributeName="href" to="javascript:x"/></a>`, bake.CodeSVGScript},
	{`<a><animate attributeName="href" values="#a; javascript:x"/></a>`, bake.CodeSVGScript},
	{`<set attributeName="onclick" to="x"/>`, bake.CodeSVGScript},

	{`<image href="https://badges.example/a.png"/>`, bake.CodeSVGExternal},
	{`<image href="a.png"/>`, bake.CodeSVGExternal},
	{`<image href="//badges.example/a.png"/>`, bake.CodeSVGExternal},
	{`<use href="a.svg#b"/>`, bake.CodeSVGExternal},
	{`<g xml:base="https://badges.example/"/>`, bake.CodeSVGExternal},
	{`<g style="fill:url(https://badges.example/a.svg#b)"/>`, bake.CodeSVGExternal},
	{`<g fill="URL( 'a.svg#b' )"/>`, bake.CodeSVGExternal},
	{`<g style="fill:\75 rl(a.svg)"/>`, bake.CodeSVGExternal},
	{`<g style="fill:u\rl(a.svg)"/>`, bake.CodeSVGExternal},
	{`<style>@import "a.css";</style>`, bake.CodeSVGExternal},
	{`<style>@im<!-- -->po<![CDATA[rt]]> "a.css";</style>`, bake.CodeSVGExternal},
	{`<style>@&#105;mport "a.css";</style>`, bake.CodeSVGExternal},
	{`<style>a{background:image-set("a.png" 1x)}</style>`, bake.CodeSVGExternal},
	{`<style>a{}</style><style>b{fill:url(a)}</style>`, bake.CodeSVGExternal},
	{`<style><g>b{fill:url(a)}</g></style>`, bake.CodeSVGExternal},

	{`<a href="https://badges.example/"/>`, ""},
	{`<use href="#a"/>`, ""},
	{`<image href="data:image/png;base64,AAAA"/>`, ""},
	{`<image href="data:image/svg+xml,x"/>`, ""},
	{`<g fill="url(#a)" transform="translate(1,2)" style="fill:url( '#a' )"/>`, ""},
	{`<style>@font-face{src:url("data:font/woff2;base64,AA")} a{fill:url(#b)}</style>`, ""},
	{`<style/><g>url(a)</g>`, ""},
	{`<title>javascript: The Good Parts</title>`, ""},
	{`<g one="" on="" aria-label="Python, javascript: both"/>`, bake.CodeSVGScript}, // one begins like a handler
	{`<g aria-label="Python, javascript: both"/>`, ""},
	{`<g xmlns:r="urn:r" r:resource="https://badges.example/"/>`, ""},
}

func TestActiveDrawings(t *testing.T) {
	for _, c := range activeDrawings {
		t.Run(c.body, func(t *testing.T) {
			var want []vc.Code
			if c.code != "" {
				want = []vc.Code{c.code}
			}
			got, err := bake.Extract([]byte(svg(verify(badgeJWS) + c.body)))
			require.NoError(t, err)
			warned(t, got, want...)

			var told []vc.Code
			plain := svg(c.body)
			out, err := bake.Bake([]byte(plain), []byte(badgeJWS), 0, bake.BakeOptions{Warn: func(p *vc.Problem) {
				require.Equal(t, vc.SeverityWarning, p.Severity)
				told = append(told, p.Code)
			}})
			require.NoError(t, err)
			require.Contains(t, string(out), c.body, "what is drawn stays as it is")
			require.Equal(t, want, told)

			_, err = bake.Bake([]byte(plain), []byte(badgeJWS), 0, bake.BakeOptions{RefuseActive: true})
			if c.code == "" {
				require.NoError(t, err)
				return
			}
			require.Equal(t, vc.SeverityError, refused(t, c.code, err).Severity)
		})
	}
}

func TestActiveRoot(t *testing.T) {
	got, err := bake.Extract([]byte(`<svg ` + ob3 + ` onload="x">` + verify(badgeJWS) + `</svg>`))
	require.NoError(t, err)
	warned(t, got, bake.CodeSVGScript)
	got, err = bake.Extract([]byte(svg(verify(badgeJWS) + `<script/><g onload="x"/><use href="a"/>`)))
	require.NoError(t, err)
	warned(t, got, bake.CodeSVGScript, bake.CodeSVGExternal)
	require.Equal(t, "2 in all", got.Warnings[0].Found)
}

// A drawing without a size is drawn as large as there is room; one with a size of nothing
// is not drawn.
func TestDrawingWithoutArea(t *testing.T) {
	for attributes, nothing := range map[string]bool{
		``:                               false,
		`width="" height="auto"`:         false,
		`width="100%" height="5.5cm"`:    false,
		`width="1e-3em"`:                 false,
		`viewBox="0 0 0.5,1"`:            false,
		`viewBox=""`:                     false,
		`viewBox="0 0 0"`:                false,
		`width="0"`:                      true,
		`height=" 0px "`:                 true,
		`height="0%"`:                    true,
		`width="-5"`:                     true,
		`viewBox="0 0 0 100"`:            true,
		"viewBox='-1, -1,\n 100 , -100'": true,
	} {
		got, err := bake.Extract([]byte(`<svg ` + ob3 + ` ` + attributes + `>` + verify(badgeJWS) + `</svg>`))
		require.NoError(t, err)
		if nothing {
			warned(t, got, bake.CodeSVGNoArea)
			continue
		}
		require.Empty(t, got.Warnings, attributes)
	}
}
