package bake_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// small bounds keep a fuzzing run on the parser and not on memory.
var small = bake.Limits{Text: 1 << 14, Chunks: 64, SVG: 1 << 15, Depth: 32}

// Whatever the bytes are: no panic; every fault is a Problem with a remedy; what
// is read strictly is read leniently, through memory and through a reader alike;
// and what can be taken out can be removed, and is then gone.
func checkExtract(t *testing.T, image []byte) {
	before := bytes.Clone(image)
	got, err := bake.ExtractWith(image, bake.ExtractOptions{Limits: small})
	lenient, lenientErr := bake.ExtractWith(image, bake.ExtractOptions{Limits: small, Lenient: true})
	from, fromErr := bake.ExtractFrom(bytes.NewReader(image), int64(len(image)), bake.ExtractOptions{Limits: small})
	for _, err := range []error{err, lenientErr, fromErr} {
		var p *vc.Problem
		require.True(t, err == nil || errors.As(err, &p) && p.Fix != "", "%v", err)
	}
	require.Equal(t, before, image)
	checkRebake(t, image)
	if err != nil {
		return
	}
	require.NoError(t, lenientErr)
	require.Equal(t, got, lenient)
	require.NoError(t, fromErr)
	require.Equal(t, got, from)
	rest, err := bake.Remove(image, got.Kind, bake.RemoveOptions{})
	require.NoError(t, err)
	_, err = bake.ExtractWith(rest, bake.ExtractOptions{Kind: got.Kind})
	refused(t, bake.CodeNoCredential, err)
}

// What is baked into any image is read from it again under the same limits, and nothing
// is left of it after it was removed.
func checkRebake(t *testing.T, image []byte) {
	for _, credential := range []string{badgeJSON, badgeJWS} {
		out, err := bake.Bake(image, []byte(credential), 0, bake.BakeOptions{Replace: true, Limits: small})
		if err != nil {
			continue
		}
		got, err := bake.ExtractWith(out, bake.ExtractOptions{Limits: small})
		require.NoError(t, err)
		require.Equal(t, credential, string(got.Credential))
		rest, err := bake.Remove(out, 0, bake.RemoveOptions{Limits: small})
		require.NoError(t, err)
		_, err = bake.ExtractWith(rest, bake.ExtractOptions{Limits: small})
		require.Error(t, err)
	}
}

func FuzzExtractPNG(f *testing.F) {
	f.Add(artwork(f))
	for _, c := range rounds {
		b, err := bake.Bake(artwork(f), []byte(c.credential), c.kind, bake.BakeOptions{})
		require.NoError(f, err)
		f.Add(b)
	}
	for n := range 20 {
		f.Add(join(newDice(n).png(f)...))
	}
	f.Add(withParts(f, part{"tEXt", "openbadges\x00https://badges.example/1"}, part{"zTXt", "clrcredential\x00\x00x"}))
	f.Fuzz(func(t *testing.T, image []byte) {
		// Check sums are mended, or the fuzzer would see little but png-crc.
		checkExtract(t, mend(append([]byte("\x89PNG\r\n\x1a\n"), bytes.TrimPrefix(image, []byte("\x89PNG\r\n\x1a\n"))...)))
		checkExtract(t, image)
	})
}

// mend writes the right check sum into every chunk.
func mend(b []byte) []byte {
	for at := 8; at+12 <= len(b); {
		n := int(b[at])<<24 | int(b[at+1])<<16 | int(b[at+2])<<8 | int(b[at+3])
		if n < 0 || n > len(b)-at-12 {
			return b
		}
		p := part{string(b[at+4 : at+8]), string(b[at+8 : at+8+n])}
		copy(b[at:], p.bytes())
		at += 12 + n
	}
	return b
}

// Besides the property of checkExtract: what the scanner takes for well-formed,
// encoding/xml takes for well-formed too, and sees the same credential.
func FuzzExtractSVG(f *testing.F) {
	f.Add([]byte(drawing))
	for _, c := range rounds {
		b, err := bake.Bake([]byte(drawing), []byte(c.credential), c.kind, bake.BakeOptions{})
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a">` +
		`<svg><![CDATA[]]]]><a xmlns:p="u" p:b='&#x41;'/></svg>`))
	for n := range 20 {
		f.Add([]byte(newDice(n).svg()))
	}
	for _, c := range activeDrawings {
		f.Add([]byte(svg(c.body)))
	}
	f.Add([]byte(svg(`]]` + verify(badgeJWS) + `>`)))
	f.Add([]byte(svg(`<o:credential>{"a":"<![CDATA[x]]> &lt;<![CDATA[y]]>"}</o:credential>`)))
	f.Add([]byte(`<svg ` + ob2 + `><o:assertion verify="https://badges.example/1"/></svg>`))
	f.Fuzz(func(t *testing.T, image []byte) {
		checkExtract(t, image)
		got, err := bake.ExtractWith(image, bake.ExtractOptions{Limits: small})
		wellFormed := err == nil || errors.Is(err, &vc.Problem{Code: bake.CodeNoCredential})
		if !wellFormed || bytes.HasPrefix(image, []byte("\x89PNG")) {
			return
		}
		element, xmlErr := readXML(image)
		if xmlErr != nil && strings.Contains(xmlErr.Error(), "invalid XML name") {
			return // encoding/xml has the names of XML's fourth edition, the fifth allows more
		}
		require.NoError(t, xmlErr)
		if err == nil {
			require.Equal(t, normal(element), normal(got.Credential))
		}
	})
}

// readXML reads the drawing with encoding/xml and returns the content of the
// credential element: the body, or verify where there is none.
func readXML(image []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(image, []byte("\xef\xbb\xbf"))))
	var body, verify []byte
	inside := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if inside > 0 || isCredential(e.Name) {
				inside++
			}
			for _, a := range e.Attr {
				if inside == 1 && a.Name == (xml.Name{Local: "verify"}) {
					verify = []byte(a.Value)
				}
			}
		case xml.EndElement:
			inside = max(0, inside-1)
		case xml.CharData:
			if inside > 0 {
				body = append(body, e...)
			}
		}
	}
	if len(bytes.TrimSpace(body)) > 0 {
		return body, nil
	}
	return verify, nil
}

func isCredential(n xml.Name) bool {
	switch n.Space {
	case "https://purl.imsglobal.org/ob/v3p0", "https://purl.imsglobal.org/clr/v2p0":
		return n.Local == "credential"
	}
	return n == xml.Name{Space: "http://openbadges.org", Local: "assertion"}
}

// normal levels what the two readers may do differently: line ends and the white
// space around the credential.
func normal(b []byte) string {
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	return string(bytes.Trim(bytes.TrimPrefix(bytes.Trim(b, " \t\n"), []byte("\xef\xbb\xbf")), " \t\n"))
}

// What was baked comes out again, the image stays as it was, and removing gives
// it back. The PNG still decodes to the same pixels.
func FuzzBakeExtract(f *testing.F) {
	for _, c := range rounds {
		f.Add([]byte(drawing), []byte(c.credential))
	}
	f.Add([]byte(`<svg xmlns:openbadges="urn:x" a='>' />`), []byte("{\"type\":\"Assertion\",\"a\":\"]]>]]]>\uFFFE\"}"))
	plain := artwork(f)
	want, err := png.Decode(bytes.NewReader(plain))
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, image, credential []byte) {
		baked, err := bake.Bake(plain, credential, bake.OpenBadge2, bake.BakeOptions{Limits: small})
		if err != nil {
			return
		}
		text := normal(credential)
		got, err := bake.Extract(baked)
		require.NoError(t, err)
		require.Equal(t, text, normal(got.Credential))
		pixels, err := png.Decode(bytes.NewReader(baked))
		require.NoError(t, err)
		require.Equal(t, want, pixels)

		baked, err = bake.Bake(image, credential, bake.OpenBadge2, bake.BakeOptions{})
		if err != nil || bake.Detect(image) != bake.SVG {
			return
		}
		got, err = bake.Extract(baked)
		require.NoError(t, err)
		require.Equal(t, unescaped.Replace(text), unescaped.Replace(normal(got.Credential)))
		back, err := bake.Remove(baked, 0, bake.RemoveOptions{})
		require.NoError(t, err)
		if bytes.Contains(back, []byte("></")) && bytes.Contains(image, []byte("/>")) {
			return // the root may have been closed by itself
		}
		if !bytes.Contains(image, []byte("openbadges.org")) {
			require.Equal(t, string(image), string(back))
		}
	})
}

// unescaped levels the escapes that an SVG needs.
var unescaped = strings.NewReplacer(`]]\u003e`, "]]>", `\ufffe`, "\uFFFE", `\uffff`, "\uFFFF")
