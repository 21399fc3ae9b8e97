package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// urls yields each URL of a document in turn, but of contexts, types and proofs, with a
// way to write another in its place.
func urls(t *testing.T, text string, yield func(where string, write func(url string) []byte)) {
	var root any
	require.NoError(t, json.Unmarshal([]byte(text), &root))
	var walk func(at string, v any)
	try := func(at, v string, set func(any)) {
		if scheme, _, found := strings.Cut(v, ":"); !found || !slices.Contains([]string{"https", "urn", "did", "data"}, scheme) {
			return
		}
		yield(at, func(url string) []byte {
			set(url)
			out, err := json.Marshal(root)
			require.NoError(t, err)
			set(v)
			return out
		})
	}
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				if strings.HasPrefix(name, "@") || strings.Contains(name, ":") || name == "proof" {
					continue
				}
				if s, ok := member.(string); ok {
					try(at+"/"+name, s, func(to any) { v[name] = to })
				}
				walk(at+"/"+name, member)
			}
		case []any:
			for i, item := range v {
				walk(fmt.Sprint(at, "/", i), item)
			}
		}
	}
	walk("", root)
}

// stated are the lines of a document's findings.
func stated(t *testing.T, text []byte) []string {
	findings, err := rules.CheckJSON(text)
	require.NoError(t, err)
	return outline(findings)
}

// Property: wherever the model has a URL, one that runs code or opens what is on the
// reader's device is warned of, at its place, in whatever case it is written.
func TestActiveURLs(t *testing.T) {
	active := []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:msgbox(1)", "file:///etc/passwd", "FILE://host/share", "blob:https://a.example/1",
		"about:blank", "data:text/html,hi", "data:text/html;base64,aGk=", "DATA:application/pdf;base64,JVBERi0=", "data:,x", "data:image/png",
		"filesystem:https://a.example/1", "view-source:https://a.example/", "data:text/html;x=image/png,x", "data:image/svg+xmlx,x",
	}
	passive := []string{"https://a.example/javascript:alert(1)", "urn:javascript:alert", "mailto:a@b.example", "did:example:data:text/html", "tel:+1"}
	places := map[string]bool{}
	for _, file := range []string{full, minimal, endorsement, old, record, generic} {
		urls(t, fixture(t, file), func(where string, write func(string) []byte) {
			image := strings.HasSuffix(where, "/image") || strings.HasSuffix(where, "/image/id")
			for _, url := range active {
				warned := slices.Contains(stated(t, write(url)), "warning active-url "+where)
				require.Equal(t, !image || url != "data:image/png", warned, "%s at %s in %s", url, where, file)
			}
			for _, url := range passive {
				require.NotContains(t, stated(t, write(url)), "warning active-url "+where)
			}
			if !strings.HasPrefix(where, "/credentialSubject/verifiableCredential") {
				places[where[strings.LastIndexByte(where, '/')+1:]] = true
			}
		})
	}
	for _, name := range []string{"id", "url", "targetUrl", "achievedLevel", "resultDescription", "requiredLevel", "sourceId", "targetId"} {
		require.True(t, places[name], name)
	}
}

// A picture may stand in the document, where the model has a picture.
func TestPicturesInTheDocument(t *testing.T) {
	for media, shown := range map[string]bool{
		"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "IMAGE/SVG+XML": true,
		"image/x-icon": false, "text/html": false, "application/xml": false, "": false, "image/png%20": false,
	} {
		url := "data:" + media + ";base64,AAAA"
		badge := fixture(t, full)
		picture := strings.Replace(badge, "https://harbour.example/achievements/coastal-skipper.svg", url, 1)
		require.NotEqual(t, badge, picture)
		if shown {
			require.Empty(t, stated(t, []byte(picture)), url)
		} else {
			require.Equal(t, []string{"warning active-url " + achievementAt + "/image/id"}, stated(t, []byte(picture)), url)
		}
		elsewhere := strings.Replace(badge, `"url": "https://harbour.example"`, `"url": "`+url+`"`, 1)
		require.NotEqual(t, badge, elsewhere)
		require.Equal(t, []string{"warning active-url /issuer/url"}, stated(t, []byte(elsewhere)), url)
	}
}

// A text with a scheme is told what of it is in the way, and one without that it lacks
// one: no trick of white space or case makes a URL of it that is let through.
func TestMalformedIRIs(t *testing.T) {
	type said struct {
		code            vc.Code
		found, expected string
	}
	for url, want := range map[string]said{
		`https://x.example/a|b`: {rules.CodeIRIMalformed, `U+007C at byte 19 of "https://x.example/a|b"`, `%7C in place of '|'`},
		`https://x.example/a b`: {rules.CodeIRIMalformed, `U+0020 at byte 19 of "https://x.example/a b"`, `%20 in place of ' '`},
		"java\nscript:alert(1)": {rules.CodeIRIMalformed, `U+000A at byte 4 of "java\nscript:alert(1)"`, "a URI without that character"},
		"\x01javascript:x":      {rules.CodeIRIMalformed, `U+0001 at byte 0 of "\x01javascript:x"`, "a URI without that character"},
		"\tJaVaScRiPt:x":        {rules.CodeIRIMalformed, `U+0009 at byte 0 of "\tJaVaScRiPt:x"`, "a URI without that character"},
		"https://x.example/\u202egpj.a": {rules.CodeIRIMalformed, `U+202E at byte 18 of "https://x.example/\u202egpj.a"`,
			"a URI without that character"},
		`C:\badge.png`: {rules.CodeIRIMalformed, `U+005C at byte 2 of "C:\\badge.png"`, `%5C in place of '\\'`},
		"https://":     {rules.CodeIRIMalformed, `"https://"`, "a host, or whatever the scheme asks for, behind it"},
		"mailto:":      {rules.CodeIRIMalformed, `"mailto:"`, "a host, or whatever the scheme asks for, behind it"},
		"x.example/a":  {rules.CodeIRI, `"x.example/a"`, "a URI"},
		"a badge":      {rules.CodeIRI, `"a badge"`, "a URI"},
		"_:b0":         {rules.CodeIRI, `"_:b0"`, "a URI"},
		"1: one":       {rules.CodeIRI, `"1: one"`, "a URI"},
		"":             {rules.CodeIRI, `""`, "a URI"},
	} {
		url, err := json.Marshal(url)
		require.NoError(t, err)
		text := strings.Replace(fixture(t, full), `"url": "https://harbour.example"`, `"url": `+string(url), 1)
		findings, err := rules.CheckJSON([]byte(text))
		require.NoError(t, err)
		require.Len(t, findings, 1, "%s", url)
		f := findings[0]
		require.Equal(t, want, said{f.Code, f.Found, f.Expected}, "%s", url)
		require.Equal(t, "/issuer/url", f.Pointer)
	}
}

// An envelope holds its credential in a data URL, which is no link.
func TestEnvelopeIsNoActiveURL(t *testing.T) {
	const text = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,e30.e30.c2ln"}`
	require.Empty(t, stated(t, []byte(text)))
}
