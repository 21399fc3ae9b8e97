package bake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

const (
	ob3 = `xmlns:o="https://purl.imsglobal.org/ob/v3p0"`
	ob2 = `xmlns:o="http://openbadges.org"`
	w3c = `xmlns="http://www.w3.org/2000/svg"`
)

func verify(jws string) string { return `<o:credential verify="` + jws + `"/>` }
func cdata(s string) string    { return `<o:credential><![CDATA[` + s + `]]></o:credential>` }
func svg(body string) string   { return `<svg ` + w3c + ` ` + ob3 + `>` + body + `</svg>` }

func TestSVGForms(t *testing.T) {
	quoted := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "ö", "&#xF6;").Replace(badgeJSON)
	cases := []struct{ name, image, want string }{
		{"verify", svg(verify(badgeJWS)), badgeJWS},
		{"verify between white space", svg(`<o:credential verify = ' ` + badgeJWS + "\n' >\n</o:credential\t>"), badgeJWS},
		{"verify with a character reference", svg(`<o:credential verify="` + strings.Replace(badgeJWS, ".", "&#46;", 1) + `"/>`), badgeJWS},
		{"CDATA", svg(cdata(badgeJSON)), badgeJSON},
		{"CDATA between white space", svg("\r\n <o:credential>\n\t<![CDATA[\r\n" + badgeJSON + "\n]]>\n</o:credential>"), badgeJSON},
		{"several CDATA sections", svg(cdata(badgeJSON[:9] + "]]><![CDATA[" + badgeJSON[9:])), badgeJSON},
		{"text and CDATA", svg(`<o:credential>{"a":"<![CDATA[x]]> <![CDATA[y]]>"}</o:credential>`), `{"a":"x y"}`},
		{"text", svg(`<o:credential>` + quoted + `</o:credential>`), badgeJSON},
		{"byte order mark", "\xef\xbb\xbf" + svg(verify(badgeJWS)), badgeJWS},
		{"XML declaration", `<?xml version='1.0' encoding="utf-8" standalone = "no" ?>` + svg(verify(badgeJWS)), badgeJWS},
		{"published DTD", `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"` + "\n " +
			`"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" >` + "\n" + svg(verify(badgeJWS)), badgeJWS},
		{"empty DOCTYPE", "<!-- a --><!DOCTYPE svg><!-- b -->" + svg(verify(badgeJWS)) + "<!-- c -->\n", badgeJWS},
		{"prefixed SVG", `<s:svg xmlns:s="http://www.w3.org/2000/svg" ` + ob3 + `>` + verify(badgeJWS) + `</s:svg>`, badgeJWS},
		{"no SVG namespace", `<svg ` + ob3 + `>` + verify(badgeJWS) + `</svg>`, badgeJWS},
		{"default namespace", `<svg><credential xmlns="https://purl.imsglobal.org/ob/v3p0" verify="` + badgeJWS + `"/></svg>`, badgeJWS},
		{"escaped namespace", `<svg xmlns:o="https&#58;//purl.imsglobal.org/ob/v3p0">` + verify(badgeJWS) + `</svg>`, badgeJWS},
		{"rebound prefix", `<svg xmlns:o="urn:other"><o:credential verify="no" xmlns:p="urn:p"/><p xmlns="urn:q"/>` +
			`<o:credential ` + ob3 + ` verify="` + badgeJWS + `"/></svg>`, badgeJWS},
		{"same name elsewhere", svg(verify(badgeJWS) + `<credential/><o:other/><g xmlns:o="urn:x"><o:credential/></g>`), badgeJWS},
		{"names beyond ASCII", svg(verify(badgeJWS) + `<été naïve·="1" 字="2" veri͉fy="3"/>`), badgeJWS},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := bake.Extract([]byte(c.image))
			require.NoError(t, err)
			require.Equal(t, c.want, string(got.Credential))
			require.Equal(t, bake.OpenBadge3, got.Kind)
		})
	}
}

func TestRefusedSVG(t *testing.T) {
	ok := verify(badgeJWS)
	deep := func(n int) string { return strings.Repeat("<g>", n) + strings.Repeat("</g>", n) }
	attributes := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ` a%d=""`, i)
		}
		return "<g" + b.String() + "/>"
	}
	cases := []struct {
		name, image string
		code        vc.Code
	}{
		{"nothing", svg(""), bake.CodeNoCredential},
		{"another namespace", `<svg xmlns:openbadges="urn:x"><openbadges:credential verify="` + badgeJWS + `"/></svg>`,
			bake.CodeNoCredential},
		{"OB 2.0 element in the OB 3.0 namespace", svg(`<o:assertion verify="` + badgeJWS + `"/>`), bake.CodeSVGElement},
		{"in a comment", svg("<!-- " + ok + " -->"), bake.CodeNoCredential},
		{"in CDATA", svg("<desc><![CDATA[" + ok + "]]></desc>"), bake.CodeNoCredential},
		{"another root", `<svg xmlns="urn:x" ` + ob3 + `>` + ok + `</svg>`, bake.CodeNotAnImage},
		{"empty", svg(`<o:credential/>`), bake.CodeSVGEmpty},
		{"empty verify and blank CDATA", svg(`<o:credential verify=""><![CDATA[ ]]></o:credential>`), bake.CodeSVGEmpty},
		{"verify in our namespace", svg(`<o:credential o:verify="` + badgeJWS + `"/>`), bake.CodeSVGEmpty},
		{"elements in it", svg(`<o:credential><g/>{}</o:credential>`), bake.CodeSVGContent},
		{"itself in it", svg(`<o:credential>` + ok + `</o:credential>`), bake.CodeSVGContent},
		{"prose", svg(cdata("Congratulations!")), "format-text"},
		{"an address", svg(`<o:credential verify="https://badges.example/1"/>`), "format-url"},
		{"too large", svg(cdata("{" + strings.Repeat(" ", 1<<20) + "}")), bake.CodeTooLarge},

		{"UTF-16", "\xff\xfe<\x00s\x00", bake.CodeSVGEncoding},
		{"Latin-1", `<?xml version="1.0" encoding="ISO-8859-1"?>` + svg(ok), bake.CodeSVGEncoding},
		{"bytes that are not UTF-8", svg(ok + "<desc>\xe9</desc>"), bake.CodeSVGEncoding},

		{"internal subset", `<!DOCTYPE svg [<!ENTITY a "b">]>` + svg(ok), bake.CodeSVGDoctype},
		{"internal subset behind a published DTD",
			`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a.dtd" [ ]>` + svg(ok), bake.CodeSVGDoctype},
		{"system DTD", `<!DOCTYPE svg SYSTEM "file:///etc/passwd">` + svg(ok), bake.CodeSVGDoctype},
		{"another public DTD", `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://evil.example/svg.dtd">` + svg(ok),
			bake.CodeSVGDoctype},
		{"another DTD of W3C", `<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/a.dtd">` + svg(ok),
			bake.CodeSVGDoctype},
		{"two DOCTYPEs", `<!DOCTYPE svg><!DOCTYPE svg>` + svg(ok), bake.CodeSVGDoctype},
		{"a DOCTYPE inside", svg(`<!DOCTYPE svg>` + ok), bake.CodeSVGDoctype},
		{"an entity", svg(ok + "<desc>&lol;</desc>"), bake.CodeSVGEntity},
		{"an HTML entity in an attribute", svg(ok + `<g id="&nbsp;"/>`), bake.CodeSVGEntity},
		{"a style sheet", `<?xml-stylesheet href="a.css"?>` + svg(ok), bake.CodeSVGInstruction},
		{"an instruction inside", svg(`<?php echo 1 ?>` + ok), bake.CodeSVGInstruction},

		{"an XML declaration behind a space", "\n<?xml version='1.0'?>" + svg(ok), bake.CodeSVGMalformed},
		{"XML 1.1", `<?xml version="1.1"?>` + svg(ok), bake.CodeSVGMalformed},
		{"no version", `<?xml encoding="UTF-8"?>` + svg(ok), bake.CodeSVGMalformed},
		{"parts in the wrong order", `<?xml encoding="UTF-8" version="1.0"?>` + svg(ok), bake.CodeSVGMalformed},
		{"an unknown part", `<?xml version="1.0" charset="UTF-8"?>` + svg(ok), bake.CodeSVGMalformed},
		{"a wrong standalone", `<?xml version="1.0" standalone="maybe"?>` + svg(ok), bake.CodeSVGMalformed},
		{"parts without space", `<?xml version="1.0"standalone="yes"?>` + svg(ok), bake.CodeSVGMalformed},
		{"a part without value", `<?xml version?>` + svg(ok), bake.CodeSVGMalformed},
		{"a declaration that does not end", `<?xml version="1.0"?` + svg(ok), bake.CodeNotAnImage},
		{"no name in the DOCTYPE", `<!DOCTYPE >` + svg(ok), bake.CodeSVGMalformed},
		{"one identifier", `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">` + svg(ok), bake.CodeSVGMalformed},
		{"nothing behind PUBLIC", `<!DOCTYPE svg PUBLIC >` + svg(ok), bake.CodeSVGMalformed},
		{"a control character", svg(ok + "<desc>\x0b</desc>"), bake.CodeSVGMalformed},
		{"U+FFFE", svg(ok + "<desc>\uFFFE</desc>"), bake.CodeSVGMalformed},
		{"U+FFFF", svg(ok + "<desc>\uFFFF</desc>"), bake.CodeSVGMalformed},
		{"cut", strings.TrimSuffix(svg(ok), "</svg>"), bake.CodeSVGMalformed},
		{"cut in a tag", svg(ok)[:30], bake.CodeSVGMalformed},
		{"text behind", svg(ok) + "x", bake.CodeSVGMalformed},
		{"CDATA behind", svg(ok) + "<![CDATA[]]>", bake.CodeSVGMalformed},
		{"two roots", svg(ok) + svg(ok), bake.CodeSVGMalformed},
		{"an end tag behind", svg(ok) + "</svg>", bake.CodeSVGMalformed},
		{"crossed tags", svg(ok + "<a><b></a></b>"), bake.CodeSVGMalformed},
		{"an end tag with an attribute", svg(ok + `<a></a b="">`), bake.CodeSVGMalformed},
		{"an end tag without a name", svg(ok + `<a></>`), bake.CodeSVGMalformed},
		{"a repeated attribute", svg(ok + `<a b="1" b="2"/>`), bake.CodeSVGMalformed},
		{"a repeated expanded name", svg(ok + `<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>`), bake.CodeSVGMalformed},
		{"a repeated verify", svg(`<o:credential verify="` + badgeJWS + `" verify="` + badgeJWS + `"/>`), bake.CodeSVGMalformed},
		{"no quotes", svg(ok + `<a b=1/>`), bake.CodeSVGMalformed},
		{"no value", svg(ok + `<a b/>`), bake.CodeSVGMalformed},
		{"no space between attributes", svg(ok + `<a b="1"c="2"/>`), bake.CodeSVGMalformed},
		{"a slash alone", svg(ok + `<a / >`), bake.CodeSVGMalformed},
		{"< in a value", svg(ok + `<a b="<"/>`), bake.CodeSVGMalformed},
		{"a value that does not end", svg(ok + `<a b="`), bake.CodeSVGMalformed},
		{"no name", svg(ok + `< a/>`), bake.CodeSVGMalformed},
		{"a name that begins with a digit", svg(ok + `<1a/>`), bake.CodeSVGMalformed},
		{"a name that begins with a colon", svg(ok + `<:a/>`), bake.CodeSVGMalformed},
		{"a name that ends with a colon", svg(ok + `<o:/>`), bake.CodeSVGMalformed},
		{"a name of three parts", svg(ok + `<o:a:b/>`), bake.CodeSVGMalformed},
		{"an unbound prefix", svg(ok + `<p:a/>`), bake.CodeSVGMalformed},
		{"an unbound prefix of an attribute", svg(ok + `<a xlink:href=""/>`), bake.CodeSVGMalformed},
		{"a prefix out of scope", svg(ok + `<a xmlns:p="urn:x"/><p:a/>`), bake.CodeSVGMalformed},
		{"a prefix unbound", svg(ok + `<a xmlns:o=""/>`), bake.CodeSVGMalformed},
		{"xml rebound", svg(ok + `<a xmlns:xml="urn:x"/>`), bake.CodeSVGMalformed},
		{"xmlns bound", svg(ok + `<a xmlns:xmlns="urn:x"/>`), bake.CodeSVGMalformed},
		{"the namespace of xml for a prefix", svg(ok + `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`), bake.CodeSVGMalformed},
		{"the namespace of xml as default", svg(ok + `<a xmlns="http://www.w3.org/XML/1998/namespace"/>`), bake.CodeSVGMalformed},
		{"]]> in text", svg(ok + `<a>]]></a>`), bake.CodeSVGMalformed},
		{"a CDATA section that does not end", svg(ok + `<![CDATA[`), bake.CodeSVGMalformed},
		{"a comment that does not end", svg(ok + `<!-- `), bake.CodeSVGMalformed},
		{"-- in a comment", svg(ok + `<!-- a -- b -->`), bake.CodeSVGMalformed},
		{"three dashes", svg(ok + `<!-- a --->`), bake.CodeSVGMalformed},
		{"a declaration inside", svg(ok + `<!ELEMENT a ANY>`), bake.CodeSVGMalformed},
		{"an ampersand", svg(ok + `<a>R & D</a>`), bake.CodeSVGMalformed},
		{"an ampersand at the end", svg(ok + `<a>R&</a>`), bake.CodeSVGMalformed},
		{"an empty reference", svg(ok + `<a>&;</a>`), bake.CodeSVGMalformed},
		{"a reference to no character", svg(ok + `<a>&#0;</a>`), bake.CodeSVGMalformed},
		{"a reference to a surrogate", svg(ok + `<a>&#xD800;</a>`), bake.CodeSVGMalformed},
		{"a reference beyond Unicode", svg(ok + `<a>&#x110000;</a>`), bake.CodeSVGMalformed},
		{"a reference that overflows", svg(ok + `<a>&#99999999999999999999999999;</a>`), bake.CodeSVGMalformed},
		{"a decimal reference with letters", svg(ok + `<a>&#1f;</a>`), bake.CodeSVGMalformed},
		{"a hexadecimal reference without digits", svg(ok + `<a>&#x;</a>`), bake.CodeSVGMalformed},
		{"a hexadecimal reference with X", svg(ok + `<a>&#X41;</a>`), bake.CodeSVGMalformed},

		{"deep", svg(ok + deep(256)), bake.CodeSVGTooDeep},
		{"many attributes", svg(ok + attributes(129)), bake.CodeSVGTooMany},
		{"many namespaces", svg(ok + strings.NewReplacer(" a", " xmlns:a", `""`, `"u"`).Replace(attributes(32))), bake.CodeSVGTooMany},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := bake.Extract([]byte(c.image))
			refused(t, c.code, err)
			_, err = bake.ExtractWith([]byte(c.image), bake.ExtractOptions{Lenient: true})
			refused(t, c.code, err)
		})
	}
	for _, image := range []string{svg(ok + deep(255)), svg(ok + attributes(128))} {
		_, err := bake.Extract([]byte(image))
		require.NoError(t, err)
	}
}

func TestSVGLenient(t *testing.T) {
	cases := []struct {
		name, image string
		code        vc.Code
		want        string
	}{
		{"twice", svg(verify(badgeJWS) + cdata(badgeJSON)), bake.CodeSVGRepeated, badgeJWS},
		{"deeper", svg(`<metadata>` + cdata(badgeJSON) + `</metadata>`), bake.CodeSVGPosition, badgeJSON},
		{"verify and body", svg(`<o:credential verify="` + badgeJWS + `">{}</o:credential>`), bake.CodeSVGVerifyAndBody, badgeJWS},
		{"empty verify and body", svg(`<o:credential verify="">{}</o:credential>`), bake.CodeSVGVerifyAndBody, `{}`},
		{"a comment", svg(`<o:credential><!-- here -->{}</o:credential>`), bake.CodeSVGContent, `{}`},
		{"a token in the body", svg(`<o:credential>` + badgeJWS + `</o:credential>`), bake.CodeSVGContent, badgeJWS},
		{"JSON in verify", svg(`<o:credential verify='{}'/>`), bake.CodeSVGContent, `{}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := bake.Extract([]byte(c.image))
			refused(t, c.code, err)
			got, err := bake.ExtractWith([]byte(c.image), bake.ExtractOptions{Lenient: true})
			require.NoError(t, err)
			require.Equal(t, c.want, string(got.Credential))
			if c.name != "twice" {
				warned(t, got, c.code)
			}
		})
	}
	got, err := bake.Extract([]byte(svg("<title/>" + verify(badgeJWS))))
	require.NoError(t, err)
	warned(t, got, bake.CodeSVGPosition)
}

func TestOpenBadges2SVG(t *testing.T) {
	open := `<svg ` + ob2 + `><o:assertion verify="`
	hosted := open + `https://badges.example/a?x=1&amp;y=2"><![CDATA[` + hostedJSON + `]]></o:assertion></svg>`
	got, err := bake.Extract([]byte(hosted))
	require.NoError(t, err)
	require.Equal(t, hostedJSON, string(got.Credential))
	require.Equal(t, "https://badges.example/a?x=1&y=2", got.HostedURL)
	require.Equal(t, bake.JSON, got.Content)

	got, err = bake.Extract([]byte(open + `https://badges.example/1"/></svg>`))
	require.NoError(t, err)
	require.Equal(t, bake.URL, got.Content)
	require.Equal(t, "https://badges.example/1", got.HostedURL)
	require.Equal(t, got.HostedURL, string(got.Credential))

	_, err = bake.Extract([]byte(open + oldJWS + `">{}</o:assertion></svg>`))
	refused(t, bake.CodeSVGVerifyAndBody, err)

	baked, err := bake.Bake([]byte("<svg/>"), []byte(hostedJSON), 0, bake.BakeOptions{})
	require.NoError(t, err)
	require.Equal(t, `<svg xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="https://badges.example/a?x=1&amp;y=2">`+
		`<![CDATA[`+hostedJSON+`]]></openbadges:assertion></svg>`, string(baked))
	got, err = bake.Extract(baked)
	require.NoError(t, err)
	require.Equal(t, "https://badges.example/a?x=1&y=2", got.HostedURL)
}

func TestAddressIsEscaped(t *testing.T) {
	const address = `https://badges.example/"<&>'`
	assertion := `{"type":"Assertion","verify":{"type":"hosted","url":"` + strings.ReplaceAll(address, `"`, `\"`) + `"},` +
		`"id":"https://badges.example/other"}`
	baked, err := bake.Bake([]byte(drawing), []byte(assertion), 0, bake.BakeOptions{})
	require.NoError(t, err)
	require.Contains(t, string(baked), `verify="https://badges.example/&quot;&lt;&amp;>'"`)
	got, err := bake.Extract(baked)
	require.NoError(t, err)
	require.Equal(t, address, got.HostedURL)
}

func TestSVGInsertion(t *testing.T) {
	const uri = `"https://purl.imsglobal.org/ob/v3p0"`
	element := func(p string) string {
		return `<` + p + `:credential verify="` + badgeJWS + `"></` + p + `:credential>`
	}
	cases := []struct{ name, plain, want string }{
		{"self-closing", `<svg/>`, `<svg xmlns:openbadges=` + uri + `>` + element("openbadges") + `</svg>`},
		{"self-closing with attributes", `<s:svg xmlns:s='http://www.w3.org/2000/svg' />` + "\n",
			`<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:openbadges=` + uri + ` >` + element("openbadges") + `</s:svg>` + "\n"},
		{"prefix there", `<svg xmlns:b=` + uri + `><g/></svg>`, `<svg xmlns:b=` + uri + `>` + element("b") + `<g/></svg>`},
		{"prefix taken", `<svg xmlns:openbadges="urn:x" xmlns:openbadges2="urn:y"></svg>`,
			`<svg xmlns:openbadges="urn:x" xmlns:openbadges2="urn:y" xmlns:openbadges3=` + uri + `>` + element("openbadges3") + `</svg>`},
		{"default namespace is no prefix", `<svg xmlns=""><a xmlns=` + uri + `/></svg>`,
			`<svg xmlns="" xmlns:openbadges=` + uri + `>` + element("openbadges") + `<a xmlns=` + uri + `/></svg>`},
		{"> in an attribute", `<svg a=">"/>`, `<svg a=">" xmlns:openbadges=` + uri + `>` + element("openbadges") + `</svg>`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := bake.Bake([]byte(c.plain), []byte(badgeJWS), 0, bake.BakeOptions{})
			require.NoError(t, err)
			require.Equal(t, c.want, string(got))
			out, err := bake.Extract(got)
			require.NoError(t, err)
			require.Equal(t, badgeJWS, string(out.Credential))
		})
	}
}

// A declaration that something else needs is kept.
func TestRemoveKeepsUsedDeclarations(t *testing.T) {
	for _, use := range []string{`<o:extra/>`, `<g o:note=""/>`} {
		got, err := bake.Remove([]byte(svg(verify(badgeJWS)+use)), 0, bake.RemoveOptions{})
		require.NoError(t, err)
		require.Equal(t, svg(use), string(got))
	}
	got, err := bake.Remove([]byte(svg(verify(badgeJWS)+"<g/>")), bake.OpenBadge3, bake.RemoveOptions{})
	require.NoError(t, err)
	require.Equal(t, `<svg `+w3c+`><g/></svg>`, string(got))

	_, err = bake.Remove([]byte(svg(verify(badgeJWS))), bake.CLR2, bake.RemoveOptions{})
	refused(t, bake.CodeNoCredential, err)
}

// A prefix that another kind's leftover declaration holds is not taken over.
func TestReplaceBesideAUsedPrefix(t *testing.T) {
	image := `<svg xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="` + oldJWS + `"/><openbadges:other/></svg>`
	got, err := bake.Bake([]byte(image), []byte(badgeJWS), 0, bake.BakeOptions{Replace: true})
	require.NoError(t, err)
	require.Equal(t, `<svg xmlns:openbadges="http://openbadges.org" xmlns:openbadges2="https://purl.imsglobal.org/ob/v3p0">`+
		`<openbadges2:credential verify="`+badgeJWS+`"></openbadges2:credential><openbadges:other/></svg>`, string(got))
}

func TestJSONThatXMLCannotHold(t *testing.T) {
	credential := "{\"type\":\"Assertion\",\"a\":\"]]>]]]>\uFFFE\uFFFFï]\"}"
	baked, err := bake.Bake([]byte("<svg/>"), []byte(credential), 0, bake.BakeOptions{})
	require.NoError(t, err)
	require.Contains(t, string(baked), `]]\u003e]]]\u003e\ufffe\uffffï]`)
	got, err := bake.Extract(baked)
	require.NoError(t, err)
	require.JSONEq(t, credential, string(got.Credential))

	png, err := bake.Bake(artwork(t), []byte(credential), 0, bake.BakeOptions{})
	require.NoError(t, err)
	require.Contains(t, string(png), credential, "a PNG holds every character")
}

func TestBakedSVGStaysWithinLimits(t *testing.T) {
	limits := bake.Limits{SVG: len(drawing) + 100}
	_, err := bake.Bake([]byte(drawing), []byte(badgeJSON), 0, bake.BakeOptions{Limits: limits})
	refused(t, bake.CodeSVGTooLarge, err)
}

func TestBakeRefusesBadSVG(t *testing.T) {
	for image, code := range map[string]vc.Code{
		`<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`: bake.CodeSVGDoctype,
		`<svg>`:                                  bake.CodeSVGMalformed,
		`<svg><?a?></svg>`:                       bake.CodeSVGInstruction,
	} {
		_, err := bake.Bake([]byte(image), []byte(badgeJSON), 0, bake.BakeOptions{})
		refused(t, code, err)
		_, err = bake.Remove([]byte(image), 0, bake.RemoveOptions{})
		refused(t, code, err)
	}
}
